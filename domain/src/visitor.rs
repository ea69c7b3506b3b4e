//! A visitor: one browser, its touches and activities, and which lead it belongs to when.
//!
//! Not here: deciding that a visitor is someone (that is [`crate::identity`]).

use crate::agent::BotReason;
use crate::api::VisitorRow;
use crate::day::Day;
use crate::device::Device;
use crate::id::{AccountId, EventId, LeadId, Ms, VisitorId};
use crate::key_event::Reached;
use crate::score::Activity;
use crate::session;
use crate::touch::TouchAt;
use crate::verdict::{Aside, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A browser, as the projections hold it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visitor {
    /// Which browser.
    pub id: VisitorId,
    /// The earliest event, corrected.
    pub first_at: Ms,
    /// The latest event, corrected.
    pub last_at: Ms,
    /// Page views, bots' left out.
    pub views: u32,
    /// The score of its own behaviour, whoever it belongs to.
    pub score: i32,
    /// The rulebook version that the score was computed by.
    pub rules: u32,
    /// The first day on which the score is another one though nothing happens; none when that never comes.
    #[serde(skip)]
    pub due: Option<Day>,
    /// The journal's number of the last fact that changed it.
    pub seq: u64,
    /// With what it was last seen, and when; bots' views left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<(Ms, Device)>,
    /// Who it was identified as and from when, ordered by (time, event).
    pub bindings: BTreeSet<Binding>,
    /// Every touch, in order of (time, event).
    pub touches: Vec<TouchAt>,
    /// Every event that weighs, in order of (time, event).
    pub activities: BTreeSet<Activity>,
    /// The key events it reached, in order of (time, event).
    #[serde(skip)]
    pub reached: BTreeSet<Reached>,
    /// The company that it was seen to come from, whoever uses it.
    #[serde(skip)]
    pub company: Option<AccountId>,
    /// What a person decided about it.
    #[serde(skip)]
    pub verdict: Verdict,
    /// How many events were suspected when they came.
    #[serde(skip)]
    pub suspected: u32,
    /// Why the last of them was.
    #[serde(skip)]
    pub reason: Option<BotReason>,
    /// How many events are kept for another verdict.
    #[serde(skip)]
    pub kept: u32,
    /// What is at hand only where a verdict names it.
    #[serde(skip)]
    pub aside: Aside,
}

/// From this event on, the browser is this lead's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Binding {
    /// From when.
    pub from: Ms,
    /// The event that named the lead.
    pub event: EventId,
    /// Whose.
    pub lead: LeadId,
}

impl Visitor {
    /// A browser that was never seen.
    pub fn new(id: VisitorId) -> Visitor {
        Visitor {
            id,
            first_at: Ms::MAX,
            last_at: Ms::MIN,
            views: 0,
            score: 0,
            rules: 0,
            due: None,
            seq: 0,
            device: None,
            bindings: BTreeSet::new(),
            touches: Vec::new(),
            activities: BTreeSet::new(),
            reached: BTreeSet::new(),
            company: None,
            verdict: Verdict::Automatic,
            suspected: 0,
            reason: None,
            kept: 0,
            aside: Aside::default(),
        }
    }

    /// The browser with what it had done by a time, and nobody's yet.
    #[must_use]
    pub fn until(mut self, then: Ms) -> Visitor {
        self.bindings.clear();
        self.activities.retain(|activity| activity.at <= then);
        self.touches.retain(|touch| touch.at <= then);
        self.device = self.device.filter(|(at, _)| *at <= then);
        self
    }

    /// Whose an event of this browser is: the lead identified at that time; the anonymous past
    /// belongs to the first identified.
    pub fn owner(&self, at: Ms, event: EventId) -> Option<LeadId> {
        let then = Binding {
            from: at,
            event,
            lead: LeadId(Uuid::max()),
        };
        let by_then = self.bindings.range(..=then).next_back();
        by_then
            .or_else(|| self.bindings.first())
            .map(|binding| binding.lead)
    }

    /// Everyone the browser was ever identified as.
    pub fn leads(&self) -> BTreeSet<LeadId> {
        self.bindings.iter().map(|binding| binding.lead).collect()
    }

    /// The visitor as lists show it.
    pub fn row(&self) -> VisitorRow {
        let first = self.touches.first().map(|at| &at.touch);
        VisitorRow {
            id: self.id,
            lead: self.bindings.last().map(|binding| binding.lead),
            score: self.score,
            views: self.views,
            sessions: session::count(&self.activities),
            channel: first.map(|touch| touch.channel),
            source: first.map(|touch| touch.source.clone()).unwrap_or_default(),
            campaign: first.and_then(|touch| touch.campaign.clone()),
            device: self.device.map(|(_, device)| device),
            first_at: self.first_at,
            last_at: self.last_at,
            suspected: self.suspected,
            reason: self.reason,
            verdict: self.verdict,
            seq: self.seq,
        }
    }

    /// Notes with what it was seen, unless it was seen later.
    pub fn see(&mut self, at: Ms, device: Device) {
        if self.device.is_none_or(|(last, _)| last <= at) {
            self.device = Some((at, device));
        }
    }

    /// Puts a touch in its place.
    pub fn add_touch(&mut self, touch: TouchAt) {
        let place = self
            .touches
            .partition_point(|t| (t.at, t.event) < (touch.at, touch.event));
        self.touches.insert(place, touch);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_the_leads_that_was_identified_at_its_time() {
        let event = |n| EventId(Uuid::from_u128(n));
        let lead = |n| LeadId(Uuid::from_u128(n));
        let mut visitor = Visitor::new(VisitorId(Uuid::from_u128(1)));
        assert_eq!(visitor.owner(5, event(1)), None);
        visitor.bindings.insert(Binding {
            from: 20,
            event: event(9),
            lead: lead(2),
        });
        visitor.bindings.insert(Binding {
            from: 10,
            event: event(8),
            lead: lead(1),
        });
        let check =
            |at, n, expect| assert_eq!(visitor.owner(at, event(n)), Some(lead(expect)), "{at} {n}");
        check(5, 1, 1);
        check(10, 8, 1);
        check(19, 1, 1);
        check(20, 8, 1);
        check(20, 9, 2);
        check(99, 1, 2);
    }
}
