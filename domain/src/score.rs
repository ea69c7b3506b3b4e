//! The behaviour score: a function of the set of activities, the rulebook and the zone.
//!
//! It never depends on the order in which activities arrived: awards are chosen in (time, event id)
//! order. In scope: points, once / every / so many a day, caps, the reasons. Not here yet: decay,
//! inactivity and key events; because of that a score does not change with time alone.

use crate::channel::Channel;
use crate::day::{Day, Zone};
use crate::id::{EventId, Ms};
use crate::rulebook::{Repeat, Rule, Rulebook, SCORE_MAX, When, kind_name};
use crate::wire::Kind;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use wildmatch::WildMatch;

/// All of an event that a rule may look at. Many events have the same shape, so rules are matched
/// once a shape and not once an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shape {
    /// The kind of event.
    #[serde(with = "kind_name", rename = "k")]
    #[cfg_attr(feature = "schema", schemars(with = "kind_name::Schema"))]
    pub kind: Kind,
    /// The page's path, its percent signs decoded, cut to [`Shape::PATH_BYTES_MAX`].
    #[serde(default, rename = "p", skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// The form's or the custom event's name.
    #[serde(default, rename = "n", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The channel, where the event is a touch.
    #[serde(default, rename = "c", skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
}

impl Shape {
    /// A path in a shape is at most this long, in bytes.
    pub const PATH_BYTES_MAX: usize = 200;

    /// The shape with no more than its kind.
    pub fn without_details(self) -> Shape {
        Shape {
            path: String::new(),
            name: None,
            channel: None,
            ..self
        }
    }
}

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

/// A score with its reasons. `total` = the sum of the lines' points + `clamped`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Score {
    /// 0–100.
    pub total: i32,
    /// A line a rule that gave points, in the rulebook's order.
    pub lines: Vec<Line>,
    /// What keeping the total within 0–100 added or took away.
    pub clamped: i32,
}

/// What one rule gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    /// The rule's id.
    pub rule: String,
    /// The sum of the awards.
    pub points: i32,
    /// What the rule's cap took away: the points without the cap were `points + lost_to_cap`.
    pub lost_to_cap: i32,
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
    /// How many points counted, after the cap.
    pub points: i32,
}

/// A rulebook made ready to score: its patterns compiled, and matched once against each shape.
#[derive(Clone, Debug)]
pub struct Scorer {
    rules: Vec<Compiled>,
    zone: Zone,
    /// By shape: the places of the rules that match it; none while the shape is not known.
    matches: Vec<Option<Box<[usize]>>>,
}

#[derive(Clone, Debug)]
struct Compiled {
    rule: Rule,
    when: Pattern,
}

/// A condition made ready to be held against shapes.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    when: When,
    path: Option<WildMatch>,
}

impl Pattern {
    /// Compiles a condition.
    pub(crate) fn new(when: &When) -> Pattern {
        Pattern {
            when: when.clone(),
            path: when.path.as_deref().map(WildMatch::new),
        }
    }

    /// Whether events that look like this meet it.
    pub(crate) fn matches(&self, shape: &Shape) -> bool {
        let when = &self.when;
        when.kind == shape.kind
            && self
                .path
                .as_ref()
                .is_none_or(|path| path.matches(&shape.path))
            && when
                .name
                .as_ref()
                .is_none_or(|name| shape.name.as_ref() == Some(name))
            && when
                .channel
                .is_none_or(|channel| shape.channel == Some(channel))
    }
}

/// What a rule has given so far.
#[derive(Clone, Copy, Default)]
struct Tally {
    points: i32,
    lost: i32,
    count: u32,
    day: Option<Day>,
    day_count: u16,
}

impl Tally {
    /// The points that one more event earns; `None` when the rule's repetition does not let it count.
    fn award(&mut self, rule: &Rule, day: Day) -> Option<i32> {
        if self.day != Some(day) {
            self.day = Some(day);
            self.day_count = 0;
        }
        let counts = match rule.repeat {
            Repeat::Once => self.count == 0,
            Repeat::Every => true,
            Repeat::PerDay(times) => self.day_count < times,
        };
        if !counts {
            return None;
        }
        self.count = self.count.saturating_add(1);
        self.day_count = self.day_count.saturating_add(1);
        let before = self.points;
        let wanted = before.saturating_add(rule.points);
        let after = rule
            .cap
            .map_or(wanted, |cap| wanted.clamp(cap.saturating_neg(), cap));
        self.points = after;
        self.lost = self.lost.saturating_add(wanted.saturating_sub(after));
        Some(after.saturating_sub(before))
    }
}

impl Scorer {
    /// Compiles a rulebook. One that [`crate::rulebook::check`] refuses is scored as it reads, without panic.
    pub fn new(rulebook: &Rulebook, zone: Zone) -> Scorer {
        let rules = rulebook
            .rules
            .iter()
            .map(|rule| Compiled {
                rule: rule.clone(),
                when: Pattern::new(&rule.when),
            })
            .collect();
        Scorer {
            rules,
            zone,
            matches: Vec::new(),
        }
    }

    /// Makes a shape known. Activities of a shape that was never made known earn nothing. Shapes are numbered
    /// from 0 without gaps, so the list is as long as the dictionary.
    pub fn learn(&mut self, id: ShapeId, shape: &Shape) {
        let place = id.place();
        if place >= SHAPES_MAX {
            return;
        }
        if self.matches.len() <= place {
            self.matches.resize(place.saturating_add(1), None);
        }
        let rules = &self.rules;
        if let Some(known) = self.matches.get_mut(place) {
            known.get_or_insert_with(|| {
                let matching = rules
                    .iter()
                    .enumerate()
                    .filter(|(_, rule)| rule.when.matches(shape));
                matching.map(|(place, _)| place).collect()
            });
        }
    }

    /// Whether a shape was made known.
    pub fn knows(&self, id: ShapeId) -> bool {
        self.matches.get(id.place()).is_some_and(Option::is_some)
    }

    /// The total alone. `activities` in (time, event id) order.
    pub fn total(&self, activities: impl IntoIterator<Item = (Ms, ShapeId)>) -> i32 {
        let mut tallies = vec![Tally::default(); self.rules.len()];
        for (at, shape) in activities {
            self.walk(&mut tallies, at, shape, |_, _| {});
        }
        clamp(&tallies)
    }

    /// The total with its reasons. `activities` in any order.
    pub fn explain<A: Borrow<Activity>>(&self, activities: impl IntoIterator<Item = A>) -> Score {
        let mut sorted: Vec<Activity> = activities.into_iter().map(|a| *a.borrow()).collect();
        sorted.sort_unstable();
        let mut tallies = vec![Tally::default(); self.rules.len()];
        let mut awards: Vec<Vec<Award>> = vec![Vec::new(); self.rules.len()];
        for activity in sorted {
            self.walk(
                &mut tallies,
                activity.at,
                activity.shape,
                |place, points| {
                    if let Some(list) = awards.get_mut(place) {
                        list.push(Award {
                            event: activity.event,
                            at: activity.at,
                            points,
                        });
                    }
                },
            );
        }
        let total = clamp(&tallies);
        let lines: Vec<Line> = self
            .rules
            .iter()
            .zip(tallies)
            .zip(awards)
            .filter(|(_, awards)| !awards.is_empty())
            .map(|((compiled, tally), awards)| Line {
                rule: compiled.rule.id.clone(),
                points: tally.points,
                lost_to_cap: tally.lost,
                awards,
            })
            .collect();
        let sum = lines
            .iter()
            .fold(0_i32, |sum, line| sum.saturating_add(line.points));
        Score {
            total,
            lines,
            clamped: total.saturating_sub(sum),
        }
    }

    fn walk(
        &self,
        tallies: &mut [Tally],
        at: Ms,
        shape: ShapeId,
        mut award: impl FnMut(usize, i32),
    ) {
        let Some(Some(matches)) = self.matches.get(shape.place()) else {
            return;
        };
        let day = self.zone.day(at);
        for place in &**matches {
            if let (Some(tally), Some(compiled)) = (tallies.get_mut(*place), self.rules.get(*place))
                && let Some(points) = tally.award(&compiled.rule, day)
            {
                award(*place, points);
            }
        }
    }
}

/// The sum of what the rules gave, within 0–100.
fn clamp(tallies: &[Tally]) -> i32 {
    tallies
        .iter()
        .fold(0_i32, |sum, tally| sum.saturating_add(tally.points))
        .clamp(0, SCORE_MAX)
}

#[cfg(test)]
mod tests;
