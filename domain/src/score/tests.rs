//! Repetition, caps and bounds by hand-computed examples; order of arrival by property.

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
        segments: Vec::new(),
        key_events: Vec::new(),
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
        segments: Vec::new(),
        key_events: Vec::new(),
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
        let rulebook = Rulebook { mql_score: 60, rules, segments: Vec::new(), key_events: Vec::new() };
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
