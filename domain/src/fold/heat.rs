//! Who got hot: how much higher somebody's score is than it was at a time, and which rules gave the points since.

use super::world::World;
use crate::api::HotRule;
use crate::id::{LeadId, Ms};
use crate::score::{Activity, Scorer};
use std::collections::BTreeMap;

/// How a score rose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heat {
    /// The score then.
    pub from: i32,
    /// The score now.
    pub to: i32,
    /// The rules that gave points since, the most first.
    pub why: Vec<HotRule>,
}

impl World {
    /// How much higher the score of somebody at hand is than it was at a time; none where it is not. Both scores are by the
    /// rules of today, so a change of them heats nobody.
    pub fn heat(&self, id: LeadId, since: Ms) -> Option<Heat> {
        let family = self.family(id)?;
        let settings = &self.settings;
        let activities: Vec<Activity> = self.activities_of(&family).into_iter().collect();
        let mut scorer = Scorer::new(&settings.rulebook, settings.zone);
        for activity in &activities {
            if let Some(shape) = self.shapes.get(activity.shape) {
                scorer.learn(activity.shape, shape);
            }
        }
        scorer.set_day(Some(settings.zone.day(since)));
        let before = activities.iter().filter(|activity| activity.at < since);
        let from = scorer.total(before.map(|activity| (activity.at, activity.shape)));
        scorer.set_day(self.day());
        let score = scorer.explain(&activities);
        if score.total <= from {
            return None;
        }
        let names: BTreeMap<&str, _> = settings
            .rulebook
            .rules
            .iter()
            .map(|rule| (rule.id.as_str(), &rule.name))
            .collect();
        let rules = score.lines.iter().filter_map(|line| {
            let new = line.awards.iter().filter(|award| award.at >= since);
            let points = new.clone().map(|award| award.points);
            let points = points.fold(0, i32::saturating_add);
            let name = names.get(line.rule.as_str())?;
            (points > 0).then(|| HotRule {
                id: line.rule.clone(),
                name: (*name).clone(),
                times: u32::try_from(new.count()).unwrap_or(u32::MAX),
                points,
            })
        });
        let mut why: Vec<HotRule> = rules.collect();
        why.sort_by(|one, other| (other.points, &one.id).cmp(&(one.points, &other.id)));
        Some(Heat {
            from,
            to: score.total,
            why,
        })
    }
}
