//! Sessions: the visits of a browser, by the corrected times of its events.
//!
//! A session ends when nothing has come for [`SILENCE_MS`]. Nothing else ends one: not midnight, not another source,
//! and not a new id from the tracker, which counts silence by the visitor's own clock, forgets with the cookies and is
//! absent from what other clients send. So sessions are a function of the set of events, whatever order they came in:
//! a late one regroups them. Bots' events weigh nothing and are in no session. Not here: time spent reading, which the
//! activities that are kept hot do not tell.

mod visits;

pub use visits::{Origin, Visit, Visits, visits, visits_changed};

use crate::channel::Channel;
use crate::fold::Shapes;
use crate::id::{EventId, Ms, VisitorId};
use crate::score::Activity;
use crate::touch::TouchAt;
use crate::visitor::Visitor;
use crate::wire::Kind;
use serde::{Deserialize, Serialize};

/// After so long without an event the next one begins a session: 30 minutes, as in GA4 and in the tracker.
pub const SILENCE_MS: Ms = 30 * 60 * 1_000;

/// One visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Session {
    /// By which browser.
    pub visitor: VisitorId,
    /// Its first event, by which it is told from the others.
    pub first: EventId,
    /// When that was.
    pub start: Ms,
    /// When its last event was.
    pub end: Ms,
    /// Events in it.
    pub events: u32,
    /// Page views among them.
    pub views: u32,
    /// The path of the first page viewed; empty when none was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub entry: String,
    /// The channel of its first touch; none when the visitor only went on after a silence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The source of that touch.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The campaign of that touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
}

impl Session {
    /// Whether an event of that browser at that time is in it.
    pub fn covers(&self, visitor: VisitorId, at: Ms) -> bool {
        self.visitor == visitor && (self.start..=self.end).contains(&at)
    }

    /// A session of one event so far.
    fn begin(visitor: VisitorId, activity: &Activity) -> Session {
        Session {
            visitor,
            first: activity.event,
            start: activity.at,
            end: activity.at,
            events: 0,
            views: 0,
            entry: String::new(),
            channel: None,
            source: String::new(),
            campaign: None,
        }
    }

    fn add(&mut self, activity: &Activity, shapes: &Shapes) {
        self.end = activity.at;
        self.events = self.events.saturating_add(1);
        let shape = shapes.get(activity.shape);
        if let Some(shape) = shape.filter(|shape| shape.kind == Kind::PageView) {
            if self.views == 0 {
                self.entry.clone_from(&shape.path);
            }
            self.views = self.views.saturating_add(1);
        }
    }
}

/// Whether an event begins a session, given the one before it.
fn begins(before: Option<Ms>, at: Ms) -> bool {
    before.is_none_or(|before| at.saturating_sub(before) >= SILENCE_MS)
}

/// How many sessions these activities are, in (time, event id) order.
pub fn count<'a>(activities: impl IntoIterator<Item = &'a Activity>) -> u32 {
    let (mut sessions, mut before) = (0_u32, None);
    for activity in activities {
        sessions = sessions.saturating_add(u32::from(begins(before, activity.at)));
        before = Some(activity.at);
    }
    sessions
}

/// The sessions of a browser, oldest first, of those of its events that `is_own` lets through.
pub fn of(
    visitor: &Visitor,
    shapes: &Shapes,
    is_own: impl Fn(Ms, EventId) -> bool,
) -> Vec<Session> {
    let mut sessions: Vec<Session> = Vec::new();
    for activity in &visitor.activities {
        if !is_own(activity.at, activity.event) {
            continue;
        }
        let before = sessions.last().map(|session| session.end);
        if begins(before, activity.at) {
            sessions.push(Session::begin(visitor.id, activity));
        }
        if let Some(session) = sessions.last_mut() {
            session.add(activity, shapes);
        }
    }
    for touch in &visitor.touches {
        if is_own(touch.at, touch.event) {
            land(&mut sessions, touch);
        }
    }
    sessions
}

/// Gives a touch to the session it is in; the first of a session counts.
fn land(sessions: &mut [Session], touch: &TouchAt) {
    let after = sessions.partition_point(|session| session.start <= touch.at);
    let place = after.checked_sub(1);
    let session = place.and_then(|place| sessions.get_mut(place));
    if let Some(session) = session.filter(|session| session.channel.is_none()) {
        session.channel = Some(touch.touch.channel);
        session.source.clone_from(&touch.touch.source);
        session.campaign.clone_from(&touch.touch.campaign);
    }
}

#[cfg(test)]
mod tests;
