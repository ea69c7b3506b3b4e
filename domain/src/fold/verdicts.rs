//! What a verdict changes: which of a browser's events weigh, and whom they name.
//!
//! Whoever has a verdict applied brings all of the browser's history to hand ([`Aside`]).

use super::memory::PERSON_BYTES;
use super::world::{World, Written};
use crate::id::{EventId, Ms, VisitorId};
use crate::identity::Claim;
use crate::journal::{Actor, Body, Fact, IdentificationWithdrawn, Tracked, VerdictChanged};
use crate::lead::By;
use crate::score::{Activity, Shape};
use crate::touch::TouchAt;
use crate::verdict::{Aside, KEPT_MAX, Kept, Verdict};
use crate::visitor::{Binding, Visitor};
use crate::wire::Kind;
use std::collections::BTreeSet;

impl World {
    /// Puts the rest of a stored visitor's history at hand.
    pub fn put_aside(&mut self, id: VisitorId, aside: Aside) {
        if let Some(visitor) = self.visitors.get_mut(&id) {
            let events = aside.kept.len().saturating_add(aside.touches.len());
            let bytes = events.saturating_mul(PERSON_BYTES);
            self.bytes = self.bytes.saturating_add(bytes);
            visitor.aside = aside;
        }
    }

    /// Decides what a verdict has brought up: whom the browser's events name no longer, and whom they name now.
    pub(super) fn follow_verdict(&mut self, written: &mut Written, visitor: VisitorId) {
        while let Some((at, withdrawn)) = self.withdrawal(visitor) {
            let body = Body::IdentificationWithdrawn(withdrawn);
            self.write(written, at, Actor::System, body);
        }
        for (at, event, claim) in self.open_claims(visitor) {
            let named = self.name(visitor, event, claim, at);
            self.write_named(written, at, named);
        }
    }

    /// What is kept of an event for another verdict; none of one that needs none, or beyond what is kept.
    pub(super) fn kept(&mut self, at: Ms, tracked: &Tracked, shape: &Shape) -> Option<Kept> {
        let (event, reason) = (&tracked.event, tracked.stamp.bot);
        let known = self.visitors.get(&event.visitor);
        let (verdict, kept) = known.map_or_else(Default::default, |v| (v.verdict, v.kept));
        if (reason.is_none() && verdict != Verdict::Bot) || kept >= KEPT_MAX {
            return None;
        }
        let kept = Kept {
            reason,
            shape: shape.clone(),
            touch: tracked.stamp.touch.clone(),
            claim: event.content.claim(),
        };
        self.bytes = self.bytes.saturating_add(PERSON_BYTES);
        let change = (event.visitor, at, event.id, kept.clone());
        self.changes.kept.push(change);
        Some(kept)
    }

    /// Lets the events of a browser weigh, or not, as the verdict says.
    pub(super) fn apply_verdict(&mut self, fact: &Fact, changed: &VerdictChanged) {
        let id = changed.visitor;
        let visitor = self.visitors.entry(id).or_insert_with(|| Visitor::new(id));
        visitor.verdict = changed.verdict;
        visitor.seq = fact.seq;
        set_ordinary_apart(visitor);
        let kept = std::mem::take(&mut visitor.aside.kept);
        for ((at, event), kept) in &kept {
            if !visitor.verdict.weighs(kept.reason.is_some()) {
                continue;
            }
            let shape = kept.shape.clone();
            let shape = self.shapes.number(shape, &mut self.changes.shapes);
            visitor.activities.insert(Activity {
                at: *at,
                event: *event,
                shape,
            });
            if let Some(touch) = &kept.touch {
                visitor.add_touch(TouchAt {
                    at: *at,
                    event: *event,
                    touch: touch.clone(),
                });
            }
        }
        visitor.aside.kept = kept;
        let kind = |activity: &&Activity| self.shapes.get(activity.shape).map(|shape| shape.kind);
        let views = visitor
            .activities
            .iter()
            .filter(|a| kind(a) == Some(Kind::PageView));
        visitor.views = u32::try_from(views.count()).unwrap_or(u32::MAX);
        let leads = visitor.leads();
        self.changes.visitors.insert(id);
        self.changes.judged.insert(id);
        self.touch_leads(leads, fact.seq);
    }

    /// Takes a browser away from a lead that it was identified as, and the lead away that nothing else names.
    pub(super) fn apply_withdrawn(&mut self, fact: &Fact, withdrawn: &IdentificationWithdrawn) {
        let id = withdrawn.visitor;
        let Some(visitor) = self.visitors.get_mut(&id) else {
            return;
        };
        let touched = visitor.leads();
        visitor
            .bindings
            .retain(|binding| binding.event != withdrawn.because);
        visitor.seq = fact.seq;
        let is_still_its = visitor.leads().contains(&withdrawn.lead);
        self.changes.visitors.insert(id);
        self.changes.rebound.insert(id);
        self.touch_leads(touched, fact.seq);
        if withdrawn.closed {
            self.remove_lead(withdrawn.lead);
            return;
        }
        let because = withdrawn.because;
        self.take_back(withdrawn.lead, |by| *by == By::Claim(because));
        if !is_still_its && let Some(lead) = self.leads.get_mut(&withdrawn.lead) {
            lead.visitors.remove(&id);
        }
        self.date_anew(withdrawn.lead);
    }

    /// The next identification that rests on an event which weighs no longer.
    fn withdrawal(&self, id: VisitorId) -> Option<(Ms, IdentificationWithdrawn)> {
        let visitor = self.visitors.get(&id)?;
        let weighs = |binding: &Binding| {
            let kept = visitor.aside.kept.get(&(binding.from, binding.event));
            kept.is_none_or(|kept| visitor.verdict.weighs(kept.reason.is_some()))
        };
        let binding = visitor.bindings.iter().find(|binding| !weighs(binding))?;
        let withdrawn = IdentificationWithdrawn {
            visitor: id,
            lead: binding.lead,
            because: binding.event,
            emptied: self.filled_by(binding.lead, binding.event),
            closed: !self.is_named_otherwise(binding.lead, Some(binding.event)),
        };
        Some((binding.from, withdrawn))
    }

    /// What kept events of a browser claim that weigh and have named nobody, in order.
    fn open_claims(&self, id: VisitorId) -> Vec<(Ms, EventId, Claim)> {
        let Some(visitor) = self.visitors.get(&id) else {
            return Vec::new();
        };
        let bound: BTreeSet<EventId> = visitor.bindings.iter().map(|b| b.event).collect();
        let kept = visitor.aside.kept.iter();
        let open = kept.filter(|((_, event), kept)| {
            visitor.verdict.weighs(kept.reason.is_some()) && !bound.contains(event)
        });
        open.filter_map(|((at, event), kept)| Some((*at, *event, kept.claim.clone()?)))
            .collect()
    }
}

/// Whether an event of this browser weighs that is suspected, or not. One that is suspected weighs only where it is
/// kept, so that a verdict can be taken back.
pub(super) fn may_weigh(known: Option<&Visitor>, suspected: bool) -> bool {
    known.map_or(!suspected, |visitor| {
        let is_kept = !suspected || visitor.kept < KEPT_MAX;
        visitor.verdict.weighs(suspected) && is_kept
    })
}

/// Moves what is not kept to where the verdict wants it, and leaves nothing that is kept among what weighs.
fn set_ordinary_apart(visitor: &mut Visitor) {
    let mut activities = std::mem::take(&mut visitor.activities);
    activities.append(&mut visitor.aside.activities);
    let mut touches = std::mem::take(&mut visitor.touches);
    touches.append(&mut visitor.aside.touches);
    activities.retain(|activity| !visitor.aside.keeps(activity.at, activity.event));
    touches.retain(|touch| !visitor.aside.keeps(touch.at, touch.event));
    touches.sort_by_key(|touch| (touch.at, touch.event));
    if visitor.verdict == Verdict::Bot {
        visitor.aside.activities = activities;
        visitor.aside.touches = touches;
    } else {
        visitor.activities = activities;
        visitor.touches = touches;
    }
}

#[cfg(test)]
mod tests;
