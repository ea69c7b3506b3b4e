//! What of its visitors' history is a person's own.

use super::shapes::Shapes;
use crate::family::Family;
use crate::id::{EventId, Ms, VisitorId};
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

/// What of its visitors' history is a person's own.
#[derive(Default)]
pub(super) struct Own {
    /// Its activities, in order.
    pub(super) activities: BTreeSet<Activity>,
    /// Its earliest touch.
    pub(super) first: Option<TouchAt>,
    /// Its latest touch.
    pub(super) last: Option<TouchAt>,
}

impl Own {
    /// What of these visitors' history is the person's.
    pub(super) fn of(family: &Family<'_>, visitors: &HashMap<VisitorId, Visitor>) -> Own {
        let activities = family
            .visitors()
            .into_iter()
            .filter_map(|id| visitors.get(&id))
            .flat_map(|v| {
                let all = v.activities.iter();
                all.filter(|a| family.owns(v, a.at, a.event))
            })
            .copied()
            .collect();
        let key = |t: &&TouchAt| -> (Ms, EventId) { (t.at, t.event) };
        let first = Own::touches(family, visitors).min_by_key(key).cloned();
        let last = Own::touches(family, visitors).max_by_key(key).cloned();
        Own {
            activities,
            first,
            last,
        }
    }

    /// The person's touches, in no order.
    pub(super) fn touches<'a>(
        family: &Family<'_>,
        visitors: &'a HashMap<VisitorId, Visitor>,
    ) -> impl Iterator<Item = &'a TouchAt> {
        let of_family = family.visitors().into_iter();
        let of_family = of_family.filter_map(|id| visitors.get(&id));
        of_family.flat_map(|v| {
            let all = v.touches.iter();
            all.filter(|t| family.owns(v, t.at, t.event))
        })
    }
}
