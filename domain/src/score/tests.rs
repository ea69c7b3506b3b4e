//! Repetition, windows, decay, caps, silence and bounds by hand-computed examples; order of arrival, the sum and the days
//! of change by property.

use super::*;
use crate::grade::Grading;
use crate::rulebook::{Name, Need, Rule, RuleGroup, When};
use crate::wire::Kind;
use proptest::prelude::*;

const HOUR: Ms = 3_600_000;

fn event(n: u128) -> EventId {
    EventId(uuid::Uuid::from_u128(n))
}

fn rule(id: &str, path: &str, points: i32, repeat: Repeat, cap: Option<i32>) -> Rule {
    let name = Name {
        zh: id.into(),
        en: id.into(),
    };
    let when = When {
        path: Some(path.into()),
        ..When::any(Kind::PageView)
    };
    Rule {
        cap,
        ..Rule::new(id, name, when, points, repeat)
    }
}

fn group(id: &str, cap: i32) -> RuleGroup {
    RuleGroup {
        id: id.into(),
        name: Name::default(),
        cap,
    }
}

fn of(rules: Vec<Rule>) -> Rulebook {
    Rulebook {
        mql_score: 60,
        rules,
        ..Rulebook::default()
    }
}

/// Knows views of `/a` (shape 0), `/b` (1) and `/c` (2).
fn scorer(rulebook: &Rulebook, zone: Zone) -> Scorer {
    let mut scorer = Scorer::new(rulebook, zone);
    for (n, path) in (0..).zip(["/a", "/b", "/c"]) {
        scorer.learn(ShapeId(n), &Shape::new(Kind::PageView, path));
    }
    scorer
}

/// Views at these hours (UTC+0).
fn views(views: &[(u32, i64)]) -> Vec<Activity> {
    let views = views.iter().enumerate();
    let views = views.map(|(n, (shape, hour))| Activity {
        at: hour * HOUR,
        event: event(n as u128),
        shape: ShapeId(*shape),
    });
    views.collect()
}

fn check(rules: Vec<Rule>, at: &[(u32, i64)], total: i32, lines: &[(&str, &[i32], i32)]) {
    let score = scorer(&of(rules), Zone(0)).explain(views(at));
    let found: Vec<(String, Vec<i32>, i32)> = score
        .lines
        .iter()
        .map(|l| {
            let points = l.awards.iter().map(|a| a.points).collect();
            (l.rule.clone(), points, l.lost_to_cap)
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

/// The days on which a view of `/a` on each of these days earns a point.
fn check_days(repeat: Repeat, need: Option<Need>, days: &[i64], expect: &[i64]) {
    let rule = Rule {
        need,
        ..rule("a", "/a", 1, repeat, None)
    };
    let at: Vec<(u32, i64)> = days.iter().map(|day| (0, day * 24)).collect();
    let score = scorer(&of(vec![rule]), Zone(0)).explain(views(&at));
    let awards = score.lines.iter().flat_map(|line| &line.awards);
    let found: Vec<i64> = awards.map(|award| award.at / HOUR / 24).collect();
    assert_eq!(found, expect, "{repeat:?} {need:?} {days:?}");
}

#[test]
fn so_many_in_a_window() {
    let within = |times, days| Repeat::Within { times, days };
    check_days(within(1, 7), None, &[0, 1, 6, 7, 8, 13, 14], &[0, 7, 14]);
    check_days(within(2, 7), None, &[0, 1, 6, 7, 8, 9], &[0, 1, 7, 8]);
    check_days(within(3, 2), None, &[0, 0, 0, 0, 1, 2], &[0, 0, 0, 2]);
    check_days(within(0, 7), None, &[0, 1], &[]);
}

#[test]
fn only_what_happens_often_enough_within_a_window() {
    let need = |times, days| Some(Need { times, days });
    let every = Repeat::Every;
    check_days(every, need(2, 7), &[0], &[]);
    check_days(every, need(2, 7), &[0, 6], &[6]);
    check_days(every, need(2, 7), &[0, 7], &[]);
    check_days(every, need(2, 7), &[0, 7, 8, 9, 20], &[8, 9]);
    check_days(every, need(3, 3), &[0, 1, 2, 4, 5, 6], &[2, 6]);
    check_days(every, need(2, 1), &[0, 0, 1, 2, 2], &[0, 2]);
    check_days(Repeat::Once, need(2, 7), &[0, 7, 8, 9], &[8]);
    let weekly = Repeat::Within { times: 1, days: 7 };
    check_days(weekly, need(2, 7), &[0, 1, 2, 7, 8, 9], &[1, 8]);
    check_days(every, need(0, 7), &[0, 1], &[0, 1]);
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
fn a_group_shares_a_cap() {
    let in_group = |id: &str, points, repeat| Rule {
        group: Some("reading".into()),
        ..rule(id, "/a", points, repeat, None)
    };
    let rulebook = Rulebook {
        groups: vec![group("reading", 20)],
        ..of(vec![
            in_group("a", 10, Repeat::Every),
            in_group("b", 5, Repeat::Once),
            rule("c", "/a", 7, Repeat::Once, None),
        ])
    };
    let score = scorer(&rulebook, Zone(0)).explain(views(&[(0, 1), (0, 2)]));
    // 20 + 5 are 5 too many; 7 stand outside.
    assert_eq!(score.total, 27);
    let cut = Cut {
        group: "reading".into(),
        cap: 20,
        points: -5,
    };
    assert_eq!(score.cuts, [cut]);
    let lines: Vec<i32> = score.lines.iter().map(|line| line.points).collect();
    assert_eq!(lines, [20, 5, 7]);
}

#[test]
fn points_fade_in_whole_days() {
    let fading = Rule {
        half_life_days: Some(10),
        ..rule("a", "/a", 40, Repeat::Every, Some(50))
    };
    let mut scorer = scorer(&of(vec![fading]), Zone(0));
    let score = |scorer: &Scorer, at: &[(u32, i64)]| {
        let score = scorer.explain(views(at));
        let awards = score.lines.iter().flat_map(|line| &line.awards);
        let left: Vec<(i64, i64)> = awards.map(|a| (a.left, a.counted)).collect();
        (score.total, left)
    };
    // As of its own last day nothing of it has faded.
    assert_eq!(score(&scorer, &[(0, 5)]), (40, vec![(40_000, 40_000)]));
    let at = [(0, 5), (0, 240)];
    // 20 + 40, of which the cap leaves 50.
    assert_eq!(
        score(&scorer, &at),
        (50, vec![(20_000, 20_000), (40_000, 30_000)])
    );
    scorer.set_day(Some(Day(20)));
    assert_eq!(
        score(&scorer, &at),
        (30, vec![(10_000, 10_000), (20_000, 20_000)])
    );
    // 40 × 2^(−2.1) = 9.3304…, 40 × 2^(−1.1) = 18.6607…
    scorer.set_day(Some(Day(21)));
    assert_eq!(
        score(&scorer, &at),
        (28, vec![(9_330, 9_330), (18_661, 18_661)])
    );
    scorer.set_day(Some(Day(1_000)));
    assert_eq!(score(&scorer, &at), (0, vec![(0, 0), (0, 0)]));
    // An event whose clock runs ahead is not worth more.
    scorer.set_day(Some(Day(9)));
    assert_eq!(score(&scorer, &[(0, 240)]), (40, vec![(40_000, 40_000)]));
}

#[test]
fn silence_costs_for_each_full_month_down_to_a_floor() {
    let silence = Silence {
        days: 30,
        points: 10,
        floor: 5,
    };
    let rulebook = Rulebook {
        silence: Some(silence),
        ..of(vec![rule("a", "/a", 14, Repeat::Every, None)])
    };
    let mut scorer = scorer(&rulebook, Zone(0));
    let mut check = |at: &[(u32, i64)], day, expect: (i32, Option<(u32, i32)>)| {
        scorer.set_day(Some(Day(day)));
        let score = scorer.explain(views(at));
        let silent = score.silent.map(|silent| (silent.times, silent.points));
        assert_eq!((score.total, silent), expect, "day {day}");
    };
    let twice = [(0, 0), (0, 1)];
    check(&twice, 0, (28, None));
    check(&twice, 29, (28, None));
    check(&twice, 30, (18, Some((1, -10))));
    check(&twice, 59, (18, Some((1, -10))));
    check(&twice, 60, (8, Some((2, -20))));
    check(&twice, 90, (5, Some((3, -23))));
    check(&twice, 3_000, (5, Some((100, -23))));
    // Whatever happens ends it, be it worth nothing.
    check(&[(0, 0), (0, 1), (1, 60 * 24)], 60, (28, None));
    // Whoever is below the floor stays there.
    check(&[(1, 0)], 60, (0, Some((2, 0))));
    check(&[], 60, (0, None));
}

#[test]
fn what_is_missing_to_the_next_threshold_is_said() {
    let rulebook = Rulebook {
        grading: Some(Grading::default()),
        ..of(Vec::new())
    };
    let scorer = Scorer::new(&rulebook, Zone(0));
    let check = |total, expect: Option<(Threshold, i32)>| {
        let found = scorer.missing(total);
        assert_eq!(
            found.map(|missing| (missing.to, missing.points)),
            expect,
            "{total}"
        );
    };
    check(0, Some((Threshold::Band(3), 25)));
    check(25, Some((Threshold::Band(2), 25)));
    check(53, Some((Threshold::Mql, 7)));
    check(60, Some((Threshold::Band(1), 15)));
    check(75, None);
    let plain = Scorer::new(&of(Vec::new()), Zone(0));
    assert_eq!(plain.missing(53).map(|missing| missing.points), Some(7));
    assert_eq!(plain.missing(60), None);
}

#[test]
fn the_next_day_of_change_is_foretold() {
    let fading = |half_life_days| Rule {
        half_life_days: Some(half_life_days),
        ..rule("a", "/a", 10, Repeat::Every, None)
    };
    let silence = Some(Silence {
        days: 30,
        points: 10,
        floor: 0,
    });
    let check = |rulebook: &Rulebook, day, expect: Option<i32>| {
        let mut scorer = scorer(rulebook, Zone(0));
        scorer.set_day(Some(Day(day)));
        let judged = scorer.judge([(0, ShapeId(0))]);
        assert_eq!(judged.next_change_day, expect.map(Day), "day {day}");
    };
    let steady = of(vec![rule("a", "/a", 10, Repeat::Every, None)]);
    check(&steady, 0, None);
    // 10 × 2^(−d/10) falls below 9.5 when d > 0.74, below 0.5 when d > 43.2.
    let fades = of(vec![fading(10)]);
    check(&fades, 0, Some(1));
    check(&fades, 1, Some(3));
    check(&fades, 43, Some(44));
    check(&fades, 44, None);
    // 9.5 of 10 in 730 days: after 54.02.
    check(&of(vec![fading(730)]), 0, Some(55));
    let silent = Rulebook { silence, ..steady };
    check(&silent, 0, Some(30));
    check(&silent, 29, Some(30));
    check(&silent, 30, None);
    let nothing = Rulebook {
        silence,
        ..of(Vec::new())
    };
    check(&nothing, 0, None);
}

#[test]
fn the_first_in_time_gets_the_award_and_not_the_first_to_arrive() {
    let scorer = scorer(&of(vec![rule("a", "/a", 10, Repeat::Once, None)]), Zone(0));
    let at = |at, n| Activity {
        at,
        event: event(n),
        shape: ShapeId(0),
    };
    let score = scorer.explain([at(2, 1), at(1, 2)]);
    assert_eq!(
        score.lines[0].awards,
        [Award {
            event: event(2),
            at: 1,
            points: 10,
            fresh: 10_000,
            left: 10_000,
            counted: 10_000,
        }]
    );
}

/// A score at a past instant is that of what had happened by then.
#[test]
fn a_past_instant_has_its_own_score() {
    let mut scorer = scorer(&of(vec![rule("a", "/a", 10, Repeat::Every, None)]), Zone(0));
    let all = views(&[(0, 1), (0, 30), (0, 31)]);
    let mut at = |instant: Ms| {
        scorer.set_day(Some(Zone(0).day(instant)));
        let by_then = all.iter().filter(|activity| activity.at <= instant);
        scorer.explain(by_then).total
    };
    assert_eq!(
        (at(0), at(HOUR), at(30 * HOUR), at(32 * HOUR)),
        (0, 10, 20, 30)
    );
}

#[test]
fn the_highs_of_a_history_are_found() {
    let fading = Rule {
        half_life_days: Some(10),
        ..rule("a", "/a", 40, Repeat::Every, None)
    };
    let minus = rule("b", "/b", -30, Repeat::Every, None);
    let scorer = scorer(&of(vec![fading, minus]), Zone(0));
    let check = |at: &[(u32, i64)], expect: &[(i32, i32)]| {
        let found = scorer.highs(views(at).iter().map(|a| (a.at, a.shape)));
        let expect: Vec<_> = expect
            .iter()
            .map(|(day, score)| (Day(*day), *score))
            .collect();
        assert_eq!(found, expect);
    };
    check(&[], &[]);
    check(&[(1, 5)], &[]);
    check(&[(0, 5)], &[(0, 40)]);
    // On the tenth day 20 are left of the first 40; 2 awards of a day count at its end.
    check(&[(0, 5), (0, 240)], &[(0, 40), (10, 60)]);
    check(&[(0, 5), (0, 6)], &[(0, 80)]);
    check(&[(0, 5), (1, 6), (0, 30)], &[(0, 10), (1, 47)]);
    // A hundred days on it never gets as high again.
    check(&[(0, 5), (0, 2_400)], &[(0, 40)]);
}

fn any_rulebook() -> impl Strategy<Value = Rulebook> {
    let repeat = prop_oneof![
        Just(Repeat::Once),
        Just(Repeat::Every),
        (1..4_u16).prop_map(Repeat::PerDay),
        (1..4_u16, 2..9_u16).prop_map(|(times, days)| Repeat::Within { times, days }),
    ];
    let need = (2..4_u16, 1..9_u16).prop_map(|(times, days)| Need { times, days });
    let shape = ("/[abc*]", -100..=100_i32, repeat);
    let limits = (
        proptest::option::of(1..=100_i32),
        proptest::option::of(0..3_usize),
        proptest::option::of(prop_oneof![Just(1_u16), Just(7), Just(30), Just(365)]),
        proptest::option::of(need),
    );
    let one = (shape, limits).prop_map(|((path, points, repeat), (cap, group, half, need))| Rule {
        group: group.map(|group| group.to_string()),
        half_life_days: half,
        need,
        ..rule("r", &path, points, repeat, cap)
    });
    let silence = (1..60_u16, 1..40_i32, 0..50_i32).prop_map(|(days, points, floor)| Silence {
        days,
        points,
        floor,
    });
    let rules = proptest::collection::vec(one, 0..8);
    let caps = proptest::collection::vec(1..100_i32, 2);
    (rules, caps, proptest::option::of(silence)).prop_map(|(rules, caps, silence)| Rulebook {
        groups: caps
            .iter()
            .enumerate()
            .map(|(n, cap)| group(&n.to_string(), *cap))
            .collect(),
        silence,
        grading: Some(Grading::default()),
        ..of(rules)
    })
}

fn any_views() -> impl Strategy<Value = Vec<(u32, i64)>> {
    proptest::collection::vec((0..4_u32, 0..1_440_i64), 0..40)
}

proptest! {
    #[test]
    fn any_order_of_arrival_gives_the_same_score(
        rulebook in any_rulebook(),
        at in any_views(),
        later in 0..400_i32,
        seed in any::<u64>(),
    ) {
        let mut scorer = scorer(&rulebook, Zone::SHANGHAI);
        scorer.set_day(Some(Day(later)));
        let mut activities = views(&at);
        let score = scorer.explain(&activities);
        fastrand::Rng::with_seed(seed).shuffle(&mut activities);
        prop_assert_eq!(&scorer.explain(&activities), &score);
        activities.sort();
        let pairs = || activities.iter().map(|a| (a.at, a.shape));
        prop_assert_eq!(scorer.total(pairs()), score.total);
        let judged = scorer.judge(pairs());
        prop_assert_eq!((judged.total, judged.next_change_day), (score.total, score.next_change_day));
    }

    #[test]
    fn an_explanation_sums_exactly_to_the_score(
        rulebook in any_rulebook(),
        at in any_views(),
        later in 0..400_i32,
    ) {
        let mut scorer = scorer(&rulebook, Zone::SHANGHAI);
        scorer.set_day(Some(Day(later)));
        let score = scorer.explain(views(&at));
        let lines: i32 = score.lines.iter().map(|line| line.points).sum();
        let cuts: i32 = score.cuts.iter().map(|cut| cut.points).sum();
        let silent = score.silent.map_or(0, |silent| silent.points);
        prop_assert_eq!(score.total, lines + cuts + silent + score.clamped);
        for line in &score.lines {
            prop_assert_eq!(line.points, line.awards.iter().map(|a| a.points).sum::<i32>());
            prop_assert_eq!(line.exact, line.awards.iter().map(|a| a.counted).sum::<i64>());
            let faded: i64 = line.awards.iter().map(|a| a.fresh - a.left).sum();
            prop_assert_eq!(line.faded, faded);
            prop_assert!((i64::from(line.points) * POINT - line.exact).abs() < POINT);
        }
        if let Some(missing) = score.missing {
            prop_assert!(missing.points > 0);
            prop_assert!(scorer.missing(score.total + missing.points - 1).is_some());
        }
    }

    #[test]
    fn a_score_changes_only_on_the_foretold_day(
        rulebook in any_rulebook(),
        at in any_views(),
        from in 0..200_i32,
    ) {
        let mut scorer = scorer(&rulebook, Zone::SHANGHAI);
        let mut activities = views(&at);
        activities.sort();
        let pairs = || activities.iter().map(|a| (a.at, a.shape));
        // Every day one by one: nothing changes before, and on the day itself it does.
        scorer.set_day(Some(Day(from)));
        let mut judged = scorer.judge(pairs());
        for day in from + 1..from + 300 {
            scorer.set_day(Some(Day(day)));
            let then = scorer.judge(pairs());
            if judged.next_change_day == Some(Day(day)) {
                prop_assert_ne!(then.total, judged.total, "day {}", day);
            } else {
                prop_assert_eq!(then, judged, "day {}", day);
            }
            judged = then;
        }
    }
}
