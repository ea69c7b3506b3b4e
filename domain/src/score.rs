//! The behaviour score: a function of the set of activities, the rulebook and the zone.
//!
//! It never depends on the order in which activities arrived: awards are chosen in (time, event id)
//! order. In scope: points, once / every / so many a day, caps, the reasons. Not here yet: decay,
//! inactivity and key events; because of that a score does not change with time alone.

use crate::channel::Channel;
use crate::day::{Day, Zone};
use crate::id::{EventId, Ms};
use crate::rulebook::{Repeat, Rule, Rulebook, SCORE_MAX, kind_name};
use crate::wire::Kind;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use wildmatch::WildMatch;

/// All of an event that a rule may look at. Many events have the same shape, so rules are matched
/// once a shape and not once an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shape {
    /// The kind of event.
    #[serde(with = "kind_name", rename = "k")]
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
    path: Option<WildMatch>,
}

impl Compiled {
    fn matches(&self, shape: &Shape) -> bool {
        let when = &self.rule.when;
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
                path: rule.when.path.as_deref().map(WildMatch::new),
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
                    .filter(|(_, rule)| rule.matches(shape));
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
mod tests {
    use super::*;
    use crate::rulebook::{Name, When};
    use proptest::prelude::*;

    const HOUR: Ms = 3_600_000;

    fn event(n: u128) -> EventId {
        EventId(uuid::Uuid::from_u128(n))
    }

    fn rule(id: &str, path: &str, points: i32, repeat: Repeat, cap: Option<i32>) -> Rule {
        let when = When {
            kind: Kind::PageView,
            path: Some(path.into()),
            name: None,
            channel: None,
        };
        Rule {
            id: id.into(),
            name: Name {
                zh: id.into(),
                en: id.into(),
            },
            when,
            points,
            repeat,
            cap,
        }
    }

    fn view(path: &str) -> Shape {
        Shape {
            kind: Kind::PageView,
            path: path.into(),
            name: None,
            channel: None,
        }
    }

    /// Scores views of `/a` (shape 0) and `/b` (shape 1) at these hours (UTC+0).
    fn check(rules: Vec<Rule>, views: &[(u32, i64)], total: i32, lines: &[(&str, &[i32], i32)]) {
        let rulebook = Rulebook {
            mql_score: 60,
            rules,
        };
        let mut scorer = Scorer::new(&rulebook, Zone(0));
        scorer.learn(ShapeId(0), &view("/a"));
        scorer.learn(ShapeId(1), &view("/b"));
        let activities: Vec<Activity> = views
            .iter()
            .enumerate()
            .map(|(n, (shape, hour))| Activity {
                at: hour * HOUR,
                event: event(n as u128),
                shape: ShapeId(*shape),
            })
            .collect();
        let score = scorer.explain(&activities);
        let found: Vec<(String, Vec<i32>, i32)> = score
            .lines
            .iter()
            .map(|l| {
                (
                    l.rule.clone(),
                    l.awards.iter().map(|a| a.points).collect(),
                    l.lost_to_cap,
                )
            })
            .collect();
        let expect: Vec<(String, Vec<i32>, i32)> = lines
            .iter()
            .map(|(r, p, lost)| (r.to_string(), p.to_vec(), *lost))
            .collect();
        assert_eq!((score.total, found), (total, expect));
    }

    #[test]
    fn once_every_and_so_many_a_day() {
        let views = [(0, 1), (0, 2), (0, 23), (0, 24), (1, 25)];
        check(
            vec![rule("a", "/a", 10, Repeat::Once, None)],
            &views,
            10,
            &[("a", &[10], 0)],
        );
        check(
            vec![rule("a", "/a", 10, Repeat::Every, None)],
            &views,
            40,
            &[("a", &[10, 10, 10, 10], 0)],
        );
        check(
            vec![rule("a", "/a", 10, Repeat::PerDay(2), None)],
            &views,
            30,
            &[("a", &[10, 10, 10], 0)],
        );
        check(
            vec![rule("any", "/*", 1, Repeat::PerDay(1), None)],
            &views,
            2,
            &[("any", &[1, 1], 0)],
        );
    }

    #[test]
    fn a_cap_takes_the_rest_and_says_so() {
        let views = [(0, 1), (0, 2), (0, 3)];
        check(
            vec![rule("a", "/a", 10, Repeat::Every, Some(15))],
            &views,
            15,
            &[("a", &[10, 5, 0], 15)],
        );
        check(
            vec![
                rule("a", "/a", 30, Repeat::Once, None),
                rule("b", "/a", -10, Repeat::Every, Some(15)),
            ],
            &views,
            15,
            &[("a", &[30], 0), ("b", &[-10, -5, 0], -15)],
        );
    }

    #[test]
    fn the_total_stays_between_0_and_100() {
        let views = [(0, 1), (0, 2), (0, 3)];
        check(
            vec![rule("a", "/a", 50, Repeat::Every, None)],
            &views,
            100,
            &[("a", &[50, 50, 50], 0)],
        );
        check(
            vec![rule("a", "/a", -50, Repeat::Once, None)],
            &views,
            0,
            &[("a", &[-50], 0)],
        );
        check(
            vec![rule("a", "/c", 50, Repeat::Every, None)],
            &views,
            0,
            &[],
        );
    }

    #[test]
    fn the_first_in_time_gets_the_award_and_not_the_first_to_arrive() {
        let rulebook = Rulebook {
            mql_score: 60,
            rules: vec![rule("a", "/a", 10, Repeat::Once, None)],
        };
        let mut scorer = Scorer::new(&rulebook, Zone(0));
        scorer.learn(ShapeId(0), &view("/a"));
        let late = Activity {
            at: 2,
            event: event(1),
            shape: ShapeId(0),
        };
        let early = Activity {
            at: 1,
            event: event(2),
            shape: ShapeId(0),
        };
        let score = scorer.explain([late, early]);
        assert_eq!(
            score.lines[0].awards,
            [Award {
                event: event(2),
                at: 1,
                points: 10
            }]
        );
    }

    fn any_rules() -> impl Strategy<Value = Vec<Rule>> {
        let repeat = prop_oneof![
            Just(Repeat::Once),
            Just(Repeat::Every),
            (1..4_u16).prop_map(Repeat::PerDay)
        ];
        let one = (
            "/[abc*]",
            -100..=100_i32,
            repeat,
            proptest::option::of(1..=100_i32),
        )
            .prop_map(|(path, points, repeat, cap)| rule("r", &path, points, repeat, cap));
        proptest::collection::vec(one, 0..8)
    }

    proptest! {
        #[test]
        fn any_order_of_arrival_gives_the_same_score(
            rules in any_rules(),
            views in proptest::collection::vec((0..3_u32, 0..72_i64), 0..40).prop_shuffle(),
            seed in any::<u64>(),
        ) {
            let rulebook = Rulebook { mql_score: 60, rules };
            let mut scorer = Scorer::new(&rulebook, Zone::SHANGHAI);
            for (n, path) in ["/a", "/b", "/c"].iter().enumerate() {
                scorer.learn(ShapeId(n as u32), &view(path));
            }
            let mut activities: Vec<Activity> = views.iter().enumerate()
                .map(|(n, (shape, hour))| Activity { at: hour * HOUR, event: event(n as u128), shape: ShapeId(*shape) })
                .collect();
            let score = scorer.explain(&activities);
            fastrand::Rng::with_seed(seed).shuffle(&mut activities);
            prop_assert_eq!(&scorer.explain(&activities), &score);
            let sum: i32 = score.lines.iter().map(|l| l.points).sum();
            prop_assert_eq!(score.total, sum + score.clamped);
            for line in &score.lines {
                prop_assert_eq!(line.points, line.awards.iter().map(|a| a.points).sum::<i32>());
            }
            activities.sort();
            prop_assert_eq!(scorer.total(activities.iter().map(|a| (a.at, a.shape))), score.total);
        }
    }
}
