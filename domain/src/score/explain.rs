//! A score with its reasons: every point says which rule gave it, for which event, and what was lost on the way.
//!
//! All is counted in thousandths; the whole points beside them are rounded along the way down the list, so that what is
//! shown adds up to the total, exactly.

use super::{Activity, Scorer, bounded, whole, within};
use crate::day::Day;
use crate::id::{EventId, Ms};
use crate::rulebook::{Rulebook, SCORE_MAX};
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;

/// A score with its reasons. `total` = the points of the lines + of the cuts + of the silence + `clamped`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Score {
    /// 0–100.
    pub total: i32,
    /// As of which day.
    #[serde(default)]
    pub day: Day,
    /// A line a rule that gave points, in the rulebook's order.
    pub lines: Vec<Line>,
    /// What the caps of the groups took away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cuts: Vec<Cut>,
    /// What silence took away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silent: Option<Silent>,
    /// What keeping the total within 0–100 added or took away.
    pub clamped: i32,
    /// What is missing to the next threshold; none above the highest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Missing>,
    /// The first day on which the total is another one though nothing happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_change_day: Option<Day>,
}

/// What one rule gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    /// The rule's id.
    pub rule: String,
    /// The sum of the awards.
    pub points: i32,
    /// The same in thousandths.
    #[serde(default)]
    pub exact: i64,
    /// What the rule's cap took away: the points without the cap were `points + lost_to_cap`, but for rounding.
    pub lost_to_cap: i32,
    /// What time took away, in thousandths: of fresh awards the sum would be so much further from 0.
    #[serde(default)]
    pub faded: i64,
    /// Each award, oldest first; one that the cap swallowed whole has 0 points.
    pub awards: Vec<Award>,
}

/// Points for one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Award {
    /// For which event.
    pub event: EventId,
    /// When it happened.
    pub at: Ms,
    /// How many points counted, after fading and the cap.
    pub points: i32,
    /// What it was worth when it was fresh, in thousandths.
    #[serde(default)]
    pub fresh: i64,
    /// What is left of that, in thousandths.
    #[serde(default)]
    pub left: i64,
    /// What of that counted, after the rule's cap, in thousandths.
    #[serde(default)]
    pub counted: i64,
}

/// What a group's cap took away, or what it kept from being taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cut {
    /// The group's id.
    pub group: String,
    /// Its cap.
    pub cap: i32,
    /// The points: below 0 where it took them.
    pub points: i32,
}

/// What silence took away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Silent {
    /// Since which day.
    pub since: Day,
    /// For how many full times.
    pub times: u32,
    /// The points, 0 or less.
    pub points: i32,
}

/// What is missing to a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Missing {
    /// Which is next.
    pub to: Threshold,
    /// So many points.
    pub points: i32,
}

/// What a score may reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Threshold {
    /// A band of the matrix, 1 the highest.
    Band(u8),
    /// Marketing calls the lead qualified.
    Mql,
}

/// What a score may reach, the lowest first; where two are the same, what it means for sales comes last.
pub(super) fn thresholds(rulebook: &Rulebook) -> Vec<(i32, Threshold)> {
    let grading = rulebook.grading.iter();
    let bands = grading.flat_map(|grading| (1_u8..).zip(grading.bands));
    let bands = bands.map(|(band, points)| (points, Threshold::Band(band)));
    let mql = (rulebook.mql_score, Threshold::Mql);
    let mut found: Vec<_> = bands.chain([mql]).collect();
    found.sort_unstable();
    found
}

/// Rounds the parts of a sum so that the rounded parts make the rounded sum.
#[derive(Default)]
struct Rounding {
    exact: i64,
    shown: i32,
}

impl Rounding {
    fn add(&mut self, part: i64) -> i32 {
        self.exact = self.exact.saturating_add(part);
        let after = whole(self.exact);
        let shown = after.saturating_sub(self.shown);
        self.shown = after;
        shown
    }
}

impl Scorer {
    /// The total with its reasons. `activities` in any order.
    pub fn explain<A: Borrow<Activity>>(&self, activities: impl IntoIterator<Item = A>) -> Score {
        let mut sorted: Vec<Activity> = activities.into_iter().map(|a| *a.borrow()).collect();
        sorted.sort_unstable();
        let pairs = || sorted.iter().map(|activity| (activity.at, activity.shape));
        let gathered = self.gather(pairs());
        let day = self.day_of(&gathered);
        let mut awards: Vec<Vec<(Activity, Day)>> = vec![Vec::new(); self.rules.len()];
        self.walk(pairs(), |at_place, place, then| {
            if let (Some(list), Some(activity)) = (awards.get_mut(place), sorted.get(at_place)) {
                list.push((*activity, then));
            }
        });
        let mut rounding = Rounding::default();
        let earned = awards.into_iter().enumerate();
        let earned = earned.filter(|(_, awards)| !awards.is_empty());
        let lines: Vec<Line> = earned
            .filter_map(|(place, awards)| self.line(place, awards, day, &mut rounding))
            .collect();
        let cuts = self.cuts(&self.values(&gathered, day), &mut rounding);
        let silent = gathered.last.and_then(|since| {
            let times = self.silent(&gathered, day);
            let cost = self.cost_of_silence(rounding.exact, times);
            (times > 0).then(|| Silent {
                since,
                times,
                points: rounding.add(cost.saturating_neg()),
            })
        });
        let total = bounded(rounding.exact);
        Score {
            total,
            day,
            lines,
            cuts,
            silent,
            clamped: total.saturating_sub(rounding.shown),
            missing: self.missing(total),
            next_change_day: self.next_change(&gathered, day, total),
        }
    }

    /// What a rule gave. Its cap leaves the oldest awards as they are.
    fn line(
        &self,
        place: usize,
        awards: Vec<(Activity, Day)>,
        day: Day,
        rounding: &mut Rounding,
    ) -> Option<Line> {
        let rule = self.rules.get(place)?;
        let (mut sum, mut fresh, mut points) = (0_i64, 0_i64, 0_i32);
        let awards = awards.into_iter().map(|(activity, then)| {
            let before = within(sum, rule.cap);
            let left = self.left(rule, then, day);
            sum = sum.saturating_add(left);
            fresh = fresh.saturating_add(rule.points);
            let counted = within(sum, rule.cap).saturating_sub(before);
            let shown = rounding.add(counted);
            points = points.saturating_add(shown);
            Award {
                event: activity.event,
                at: activity.at,
                points: shown,
                fresh: rule.points,
                left,
                counted,
            }
        });
        let awards = awards.collect();
        let exact = within(sum, rule.cap);
        Some(Line {
            rule: rule.id.clone(),
            points,
            exact,
            lost_to_cap: whole(sum).saturating_sub(whole(exact)),
            faded: fresh.saturating_sub(sum),
            awards,
        })
    }

    /// What the caps of the groups took away.
    fn cuts(&self, values: &[i64], rounding: &mut Rounding) -> Vec<Cut> {
        let groups = self.groups.iter().enumerate();
        let cuts = groups.filter_map(|(place, (id, cap))| {
            let of = self.rules.iter().zip(values);
            let of = of.filter(|(rule, _)| rule.group == Some(place));
            let sum = of.map(|(rule, value)| within(*value, rule.cap));
            let sum = sum.fold(0, i64::saturating_add);
            let cut = within(sum, Some(*cap)).saturating_sub(sum);
            (cut != 0).then(|| Cut {
                group: id.clone(),
                cap: whole(*cap),
                points: rounding.add(cut),
            })
        });
        cuts.collect()
    }

    /// What is missing from a total to the next threshold.
    pub fn missing(&self, total: i32) -> Option<Missing> {
        let above = |(points, _): &&(i32, Threshold)| *points > total && *points <= SCORE_MAX;
        let (next, _) = self.thresholds.iter().find(above)?;
        // Of several at the same points, what it means for sales.
        let at = self.thresholds.iter().filter(|(points, _)| points == next);
        let (points, to) = at.max_by_key(|(_, to)| *to)?;
        Some(Missing {
            to: *to,
            points: points.saturating_sub(total),
        })
    }
}
