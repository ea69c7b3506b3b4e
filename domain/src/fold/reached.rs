//! Which key events are reached by what has just come, and how a fact of one changes a visitor.

use super::world::{World, Written};
use crate::id::{EventId, Ms, VisitorId};
use crate::journal::{Actor, Body, Fact, KeyEventReached};
use crate::key_event::{Reached, reach, window_ms};
use crate::rulebook::KeyEvent;
use crate::score::{Activity, Pattern, ShapeId};
use crate::visitor::Visitor;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Events that have just come, each with its time, by browser.
pub(super) type Came = BTreeMap<VisitorId, BTreeSet<(Ms, EventId)>>;

/// Before every activity of that time.
fn edge(at: Ms) -> Activity {
    Activity {
        at,
        event: EventId(Uuid::nil()),
        shape: ShapeId(0),
    }
}

impl World {
    /// Decides which key events are reached by what came.
    pub(super) fn note_key_events(&mut self, written: &mut Written, came: &Came) {
        let keys = self.settings.rulebook.key_events.iter();
        let keys: Vec<_> = keys.map(|key| (key, Pattern::new(&key.when))).collect();
        let mut found = Vec::new();
        for (id, new) in came {
            let Some(visitor) = self.visitors.get(id) else {
                continue;
            };
            for (key, when) in &keys {
                found.extend(self.reached_by(visitor, key, when, new));
            }
        }
        for (at, reached) in found {
            let body = Body::KeyEventReached(reached.clone());
            self.write(written, at, Actor::System, body);
            self.alert(written, at, &reached);
        }
    }

    /// Only what lies within a window of what is new is looked at, and only where something new counts.
    fn reached_by(
        &self,
        visitor: &Visitor,
        key: &KeyEvent,
        when: &Pattern,
        new: &BTreeSet<(Ms, EventId)>,
    ) -> Vec<(Ms, KeyEventReached)> {
        let counts = |activity: &Activity| {
            let shape = self.shapes.get(activity.shape);
            shape.is_some_and(|shape| when.matches(shape))
        };
        let at = |at: Ms| {
            visitor
                .activities
                .range(edge(at)..edge(at.saturating_add(1)))
        };
        let is_met = new.iter().any(|(then, event)| {
            let mut then = at(*then);
            then.any(|activity| activity.event == *event && counts(activity))
        });
        let (Some((first, _)), Some((last, _)), true) = (new.first(), new.last(), is_met) else {
            return Vec::new();
        };
        let window_ms = window_ms(key);
        let from = edge(first.saturating_sub(window_ms));
        let to = edge(last.saturating_add(window_ms));
        let near = visitor.activities.range(from..to);
        let matching = near.filter(|activity| counts(activity));
        let matching: Vec<_> = matching.map(|a| (a.at, a.event)).collect();
        let before = visitor
            .reached
            .iter()
            .filter(|reached| reached.key == key.id);
        let before: Vec<Ms> = before.map(|reached| reached.at).collect();
        let found = reach(key, &matching, &before, |at, event| {
            new.contains(&(at, event))
        });
        let found = found.into_iter().map(|(at, because, since)| {
            let reached = KeyEventReached {
                visitor: visitor.id,
                key: key.id.clone(),
                because,
                since,
                times: key.at_least,
            };
            (at, reached)
        });
        found.collect()
    }

    /// Notes a key event.
    pub(super) fn apply_reached(&mut self, fact: &Fact, reached: &KeyEventReached) {
        let id = reached.visitor;
        let visitor = self.visitors.entry(id).or_insert_with(|| Visitor::new(id));
        let noted = Reached {
            at: fact.occurred_at,
            event: reached.because,
            key: reached.key.clone(),
        };
        visitor.seq = fact.seq;
        let owner = visitor.owner(noted.at, noted.event);
        if visitor.reached.insert(noted.clone()) {
            self.changes.reached.push((id, noted));
        }
        self.changes.visitors.insert(id);
        self.touch_leads(owner, fact.seq);
    }
}

#[cfg(test)]
mod tests;
