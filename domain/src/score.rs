//! The behaviour score: a function of the set of activities, the rulebook, the zone and the day.
//!
//! It never depends on the order in which activities arrived: awards are chosen in (time, event id) order. Each fades by
//! its rule's half-life in whole days; then come the rule's cap, the group's, what silence costs, and 0–100; all of it in
//! thousandths of a point, rounded once. So a score changes with an activity, and otherwise only on a day that can be
//! foretold ([`Scorer::judge`]). Not here: how well somebody fits ([`crate::grade`]), and what follows from a score.

mod decay;
mod due;
mod explain;
mod shape;
mod walk;

pub use decay::curve;
pub use explain::{Award, Cut, Line, Missing, Score, Silent, Threshold};
pub use shape::Shape;
pub(crate) use shape::{Lookup, Pattern};

use crate::day::{Day, Zone};
use crate::id::{EventId, Ms};
use crate::rulebook::{Repeat, Rulebook, SCORE_MAX, Silence, limit};
use decay::Decay;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use walk::{Gathered, Window};

/// Thousandths of a point.
const POINT: i64 = 1_000;

/// No dictionary has more shapes than this.
pub(crate) const SHAPES_MAX: usize = 20_000;

/// A shape's number in its workspace's dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ShapeId(pub u32);

impl ShapeId {
    fn place(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// What is kept hot of an event that weighs: bots' events have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Activity {
    /// When, corrected.
    pub at: Ms,
    /// Which event.
    pub event: EventId,
    /// What it looks like to a rule.
    pub shape: ShapeId,
}

/// A score, and how long it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// 0–100.
    pub total: i32,
    /// The first day on which it is another one though nothing happens; none when that never comes.
    pub next_change_day: Option<Day>,
}

/// A rulebook made ready to score: its patterns compiled, and matched once against each shape.
#[derive(Clone, Debug)]
pub struct Scorer {
    rules: Vec<Compiled>,
    decays: Vec<Decay>,
    /// The caps of the groups, in thousandths.
    groups: Vec<(String, i64)>,
    silence: Option<Silence>,
    /// What a score may reach, the lowest first.
    thresholds: Vec<(i32, Threshold)>,
    zone: Zone,
    /// As of which day; none, as of a history's last.
    day: Option<Day>,
    /// How many days the windows of all rules look back on together.
    ring_days: usize,
    lookup: Lookup,
}

#[derive(Clone, Debug)]
struct Compiled {
    id: String,
    when: Pattern,
    /// In thousandths.
    points: i64,
    repeat: Repeat,
    cap: Option<i64>,
    group: Option<usize>,
    decay: Option<usize>,
    need: Option<Window>,
    within: Option<Window>,
}

impl Scorer {
    /// Compiles a rulebook. One that [`crate::rulebook::check`] refuses is scored as it reads, without panic.
    pub fn new(rulebook: &Rulebook, zone: Zone) -> Scorer {
        let mut scorer = Scorer {
            rules: Vec::with_capacity(rulebook.rules.len()),
            decays: Vec::new(),
            groups: Vec::new(),
            silence: rulebook.silence,
            thresholds: explain::thresholds(rulebook),
            zone,
            day: None,
            ring_days: 0,
            lookup: Lookup::default(),
        };
        for group in &rulebook.groups {
            scorer
                .groups
                .push((group.id.clone(), in_thousandths(group.cap)));
        }
        let mut known = BTreeMap::new();
        for rule in &rulebook.rules {
            let need = rule.need.map(|need| scorer.window(need.times, need.days));
            let within = match rule.repeat {
                Repeat::Within { times, days } => Some(scorer.window(times, days)),
                Repeat::Once | Repeat::Every | Repeat::PerDay(_) => None,
            };
            let decay = rule.half_life_days.map(|days| {
                *known.entry(days).or_insert_with(|| {
                    scorer.decays.push(Decay::new(days));
                    scorer.decays.len().saturating_sub(1)
                })
            });
            let of = rule.group.as_ref();
            let of = of.and_then(|of| scorer.groups.iter().position(|(id, _)| id == of));
            scorer.rules.push(Compiled {
                id: rule.id.clone(),
                when: Pattern::new(&rule.when),
                points: in_thousandths(rule.points),
                repeat: rule.repeat,
                cap: rule.cap.map(in_thousandths),
                group: of,
                decay,
                need,
                within,
            });
        }
        scorer
    }

    fn window(&mut self, times: u16, days: u16) -> Window {
        let times = usize::from(times.min(limit::NEED_TIMES_MAX));
        let begins = self.ring_days;
        self.ring_days = begins.saturating_add(times);
        Window {
            begins,
            times,
            days: i32::from(days),
        }
    }

    /// Scores as of a day from now on; without one, each history as of its own last day. For a score as it was at a past
    /// instant, the activities after it are left out by the caller.
    pub fn set_day(&mut self, day: Option<Day>) {
        self.day = day;
    }

    /// Makes a shape known. Activities of a shape that was never made known earn nothing.
    pub fn learn(&mut self, id: ShapeId, shape: &Shape) {
        let patterns = self.rules.iter().map(|rule| &rule.when);
        self.lookup.learn(id, patterns, shape);
    }

    /// Whether a shape was made known.
    pub fn knows(&self, id: ShapeId) -> bool {
        self.lookup.knows(id)
    }

    /// The total alone. `activities` in (time, event id) order.
    pub fn total(&self, activities: impl IntoIterator<Item = (Ms, ShapeId)>) -> i32 {
        let gathered = self.gather(activities);
        let day = self.day_of(&gathered);
        self.total_on(&gathered, day)
    }

    /// The total, and when it changes next if nothing happens. `activities` in (time, event id) order.
    pub fn judge(&self, activities: impl IntoIterator<Item = (Ms, ShapeId)>) -> Judged {
        let gathered = self.gather(activities);
        let day = self.day_of(&gathered);
        let total = self.total_on(&gathered, day);
        Judged {
            total,
            next_change_day: self.next_change(&gathered, day, total),
        }
    }

    /// The days on which the score was higher than ever before, each with that score; a day counts as its end. Days on which
    /// nothing was earned are passed over. `activities` in (time, event id) order.
    pub fn highs(&self, activities: impl IntoIterator<Item = (Ms, ShapeId)>) -> Vec<(Day, i32)> {
        let mut awards: Vec<(Day, usize)> = Vec::new();
        self.walk(activities, |_, place, day| awards.push((day, place)));
        let mut so_far = Gathered::nothing(self.rules.len());
        let (mut highs, mut highest) = (Vec::new(), 0);
        for of_day in awards.chunk_by(|(one, _), (next, _)| one == next) {
            let Some((day, _)) = of_day.first().copied() else {
                continue;
            };
            for (_, place) in of_day {
                self.earn(&mut so_far, *place, day);
            }
            so_far.last = Some(day);
            let total = self.total_on(&so_far, day);
            if total > highest {
                highest = total;
                highs.push((day, total));
            }
        }
        highs
    }

    fn day_of(&self, gathered: &Gathered) -> Day {
        self.day.or(gathered.last).unwrap_or_default()
    }

    fn total_on(&self, gathered: &Gathered, day: Day) -> i32 {
        let sum = self.capped(&self.values(gathered, day));
        let cost = self.cost_of_silence(sum, self.silent(gathered, day));
        bounded(sum.saturating_sub(cost))
    }

    /// What each rule gives on a day, before its cap.
    fn values(&self, gathered: &Gathered, day: Day) -> Vec<i64> {
        let mut values = gathered.steady.clone();
        let faded = values.iter_mut().zip(&self.rules).zip(&gathered.fading);
        for ((value, rule), awards) in faded {
            for (then, times) in awards {
                let left = self.left(rule, *then, day).saturating_mul(*times);
                *value = value.saturating_add(left);
            }
        }
        values
    }

    /// What is left on a day of what a rule gave on an earlier one.
    fn left(&self, rule: &Compiled, then: Day, day: Day) -> i64 {
        let decay = rule.decay.and_then(|place| self.decays.get(place));
        decay.map_or(rule.points, |decay| {
            decay.left(rule.points, then.until(day))
        })
    }

    /// The sum of what the rules give, each within its cap, and each group within its own.
    fn capped(&self, values: &[i64]) -> i64 {
        let mut grouped = vec![0_i64; self.groups.len()];
        let mut sum = 0_i64;
        for (rule, value) in self.rules.iter().zip(values) {
            let value = within(*value, rule.cap);
            let of = rule.group.and_then(|place| grouped.get_mut(place));
            let to = of.unwrap_or(&mut sum);
            *to = to.saturating_add(value);
        }
        let grouped = grouped.into_iter().zip(&self.groups);
        grouped.fold(sum, |sum, (value, (_, cap))| {
            sum.saturating_add(within(value, Some(*cap)))
        })
    }

    /// For how many full times of silence somebody has been silent.
    fn silent(&self, gathered: &Gathered, day: Day) -> u32 {
        let (Some(silence), Some(last)) = (self.silence, gathered.last) else {
            return 0;
        };
        let times = last.until(day).checked_div(u32::from(silence.days));
        times.unwrap_or(0)
    }

    /// What so much silence takes off a sum.
    fn cost_of_silence(&self, sum: i64, times: u32) -> i64 {
        let Some(silence) = self.silence else {
            return 0;
        };
        let most = sum.saturating_sub(in_thousandths(silence.floor)).max(0);
        let cost = in_thousandths(silence.points).saturating_mul(i64::from(times));
        cost.clamp(0, most)
    }
}

fn in_thousandths(points: i32) -> i64 {
    i64::from(points).saturating_mul(POINT)
}

/// To the nearest whole point, a half upwards.
fn whole(thousandths: i64) -> i32 {
    let whole = thousandths.saturating_add(POINT / 2).div_euclid(POINT);
    i32::try_from(whole).unwrap_or(if whole < 0 { i32::MIN } else { i32::MAX })
}

/// A total as it is shown.
fn bounded(sum: i64) -> i32 {
    whole(sum.clamp(0, in_thousandths(SCORE_MAX)))
}

/// A value within a cap, either way.
fn within(value: i64, cap: Option<i64>) -> i64 {
    cap.map_or(value, |cap| {
        let cap = cap.max(0);
        value.clamp(cap.saturating_neg(), cap)
    })
}

#[cfg(test)]
mod tests;
