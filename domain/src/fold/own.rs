//! What of its visitors' history is a lead's own.

use super::shapes::Shapes;
use crate::id::{EventId, Ms, VisitorId};
use crate::lead::Lead;
use crate::score::{Activity, Scorer};
use crate::touch::TouchAt;
use crate::visitor::Visitor;
use std::collections::{BTreeSet, HashMap};

/// Makes the shapes of these activities known to a scorer.
pub(super) fn learn(scorer: &mut Scorer, shapes: &Shapes, activities: &BTreeSet<Activity>) {
    for activity in activities {
        if scorer.knows(activity.shape) {
            continue;
        }
        if let Some(shape) = shapes.get(activity.shape) {
            scorer.learn(activity.shape, shape);
        }
    }
}

/// What of its visitors' history is a lead's own.
pub(super) struct Own {
    /// Its activities, in order.
    pub(super) activities: BTreeSet<Activity>,
    /// Its earliest touch.
    pub(super) first: Option<TouchAt>,
    /// Its latest touch.
    pub(super) last: Option<TouchAt>,
}

impl Own {
    /// What of these visitors' history is the lead's.
    pub(super) fn of(lead: &Lead, visitors: &HashMap<VisitorId, Visitor>) -> Own {
        let activities = lead
            .visitors
            .iter()
            .filter_map(|id| visitors.get(id))
            .flat_map(|v| {
                v.activities
                    .iter()
                    .filter(|a| v.owner(a.at, a.event) == Some(lead.id))
            })
            .copied()
            .collect();
        let key = |t: &&TouchAt| -> (Ms, EventId) { (t.at, t.event) };
        let first = Own::touches(lead, visitors).min_by_key(key).cloned();
        let last = Own::touches(lead, visitors).max_by_key(key).cloned();
        Own {
            activities,
            first,
            last,
        }
    }

    /// The lead's touches, in no order.
    pub(super) fn touches<'a>(
        lead: &Lead,
        visitors: &'a HashMap<VisitorId, Visitor>,
    ) -> impl Iterator<Item = &'a TouchAt> {
        let id = lead.id;
        lead.visitors
            .iter()
            .filter_map(|visitor| visitors.get(visitor))
            .flat_map(move |v| {
                v.touches
                    .iter()
                    .filter(move |t| v.owner(t.at, t.event) == Some(id))
            })
    }
}
