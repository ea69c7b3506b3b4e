//! What is wrong with a rulebook, by tables.

use super::*;
use crate::rulebook::{Need, starter};

fn check_one(change: impl FnOnce(&mut Rule), expect: &[(&str, &str)]) {
    let mut rulebook = starter();
    change(&mut rulebook.rules[2]);
    let found: Vec<_> = check(&rulebook)
        .into_iter()
        .map(|i| (i.field, i.code))
        .collect();
    let found: Vec<_> = found
        .iter()
        .map(|(field, code)| (field.as_str(), *code))
        .collect();
    assert_eq!(found, expect);
}

#[test]
fn the_starter_rulebook_is_valid() {
    assert_eq!(check(&starter()), []);
}

#[test]
fn what_is_wrong_is_named_with_its_field() {
    check_one(|r| r.points = 0, &[("rules[2].points", "zero")]);
    check_one(
        |r| r.points = 101,
        &[
            ("rules[2].points", "out_of_range"),
            ("rules[2].cap", "cap_below_points"),
        ],
    );
    check_one(
        |r| r.points = i32::MIN,
        &[
            ("rules[2].points", "out_of_range"),
            ("rules[2].cap", "cap_below_points"),
        ],
    );
    check_one(|r| r.cap = Some(9), &[("rules[2].cap", "cap_below_points")]);
    check_one(|r| r.cap = Some(101), &[("rules[2].cap", "out_of_range")]);
    check_one(
        |r| r.repeat = Repeat::PerDay(0),
        &[("rules[2].repeat", "out_of_range")],
    );
    check_one(
        |r| r.when.path = Some("pricing".into()),
        &[("rules[2].when.path", "not_a_path")],
    );
    check_one(
        |r| r.when.path = Some("*".repeat(1_000)),
        &[
            ("rules[2].when.path", "too_long"),
            ("rules[2].when.path", "too_many_stars"),
        ],
    );
    check_one(
        |r| r.id = "trial_form".into(),
        &[("rules[2].id", "duplicate")],
    );
    check_one(
        |r| r.name.zh = "  ".into(),
        &[("rules[2].name.zh", "empty")],
    );
    let named = |kind, name: &str| {
        let when = When {
            name: Some(name.into()),
            ..When::any(kind)
        };
        move |r: &mut Rule| r.when = when
    };
    check_one(named(Kind::Custom, ""), &[("rules[2].when.name", "empty")]);
    for kind in Kind::ALL {
        let refused = [("rules[2].when.name", "name_needs_form_or_custom")];
        let expect: &[(&str, &str)] = if kind.is_named() { &[] } else { &refused };
        check_one(named(kind, "trial"), expect);
    }
}

#[test]
fn a_window_a_decay_and_a_need_have_their_limits() {
    check_one(
        |r| r.repeat = Repeat::Within { times: 0, days: 0 },
        &[
            ("rules[2].repeat", "out_of_range"),
            ("rules[2].repeat.days", "out_of_range"),
        ],
    );
    for days in [0, 10_000] {
        check_one(
            |r| r.half_life_days = Some(days),
            &[("rules[2].half_life_days", "out_of_range")],
        );
    }
    check_one(|r| r.half_life_days = Some(730), &[]);
    let need = |times, days| move |r: &mut Rule| r.need = Some(Need { times, days });
    check_one(need(2, 0), &[("rules[2].need.days", "out_of_range")]);
    check_one(need(2, 366), &[("rules[2].need.days", "out_of_range")]);
    check_one(need(1, 7), &[("rules[2].need.times", "out_of_range")]);
    check_one(
        |r| r.group = Some("gone".into()),
        &[("rules[2].group", "unknown_group")],
    );
    check_one(
        |r| r.when.asset = Some("film".into()),
        &[("rules[2].when.asset", "asset_needs_form_or_custom")],
    );
    check_one(
        |r| r.when.seconds = Some(60),
        &[("rules[2].when.seconds", "seconds_need_engagement")],
    );
    let engaged = |seconds| {
        move |r: &mut Rule| {
            r.when = When {
                seconds: Some(seconds),
                ..When::any(Kind::Engagement)
            }
        }
    };
    check_one(engaged(60), &[]);
    check_one(engaged(61), &[("rules[2].when.seconds", "not_a_step")]);
}

#[test]
fn what_is_wrong_with_a_group_or_a_silence_is_named() {
    let check_one = |change: fn(&mut Rulebook), expect: &[&str]| {
        let mut rulebook = starter();
        change(&mut rulebook);
        let found: Vec<_> = check(&rulebook).iter().map(Invalid::to_string).collect();
        assert_eq!(found, expect);
    };
    let silence = |days, points, floor| Silence {
        days,
        points,
        floor,
    };
    assert_eq!(check_silence(silence(1, 1, 0)), []);
    let of = |silence| check_silence(silence).into_iter().map(|(_, field)| field);
    assert!(of(silence(0, 0, -1)).eq(["days", "points", "floor"]));
    assert!(of(silence(366, 101, 101)).eq(["days", "points", "floor"]));
    check_one(
        |r| r.silence.as_mut().unwrap().days = 0,
        &["silence.days: out_of_range"],
    );
    check_one(
        |r| r.groups[0].cap = 9,
        &[
            "rules[2].group: cap_below_points",
            "rules[9].group: cap_below_points",
        ],
    );
    check_one(|r| r.groups[0].cap = 101, &["groups[0].cap: out_of_range"]);
    check_one(
        |r| r.groups.push(r.groups[0].clone()),
        &["groups[1].id: duplicate"],
    );
    check_one(
        |r| r.grading.as_mut().unwrap().bands = [1, 2, 3],
        &["grading.bands: not_falling"],
    );
}

#[test]
fn a_rule_that_names_a_form_that_is_gone_is_named() {
    let schema = crate::profile::starter();
    let none = BTreeSet::new();
    let check_forms = |forms: Option<&BTreeSet<String>>, expect: &[&str]| {
        let terms = Terms {
            schema: &schema,
            stages: &none,
            segments: &none,
            forms,
            accounts: None,
        };
        let found = check_against(&terms, &starter());
        let found: Vec<_> = found.iter().map(Invalid::to_string).collect();
        assert_eq!(found, expect);
    };
    let forms = |of: &str| -> BTreeSet<String> { of.split(' ').map(String::from).collect() };
    check_forms(None, &[]);
    let all = "trial contact demo salon whitepaper unsubscribe";
    check_forms(Some(&forms(all)), &[]);
    check_forms(
        Some(&forms(&all.replace("contact", "other"))),
        &["rules[1].when.name: unknown_form"],
    );
}

#[test]
fn a_rulebook_has_limits_of_its_own() {
    let mut rulebook = starter();
    rulebook.mql_score = 0;
    let rule = rulebook.rules[0].clone();
    rulebook.rules = (0..=limit::RULES_MAX)
        .map(|n| Rule {
            id: n.to_string(),
            ..rule.clone()
        })
        .collect();
    let found: Vec<_> = check(&rulebook)
        .into_iter()
        .map(|i| i.to_string())
        .collect();
    assert_eq!(found, ["mql_score: out_of_range", "rules: too_many"]);
}

#[test]
fn what_is_wrong_with_a_key_event_is_named_with_its_field() {
    let check_one = |change: fn(&mut KeyEvent), expect: &[&str]| {
        let mut rulebook = starter();
        change(&mut rulebook.key_events[0]);
        let found: Vec<_> = check(&rulebook).iter().map(Invalid::to_string).collect();
        assert_eq!(found, expect);
    };
    check_one(|_| {}, &[]);
    check_one(|k| k.id = " ".into(), &["key_events[0].id: empty"]);
    check_one(
        |k| k.name.zh = String::new(),
        &["key_events[0].name.zh: empty"],
    );
    check_one(
        |k| k.at_least = 0,
        &["key_events[0].at_least: out_of_range"],
    );
    check_one(|k| k.days = 0, &["key_events[0].days: out_of_range"]);
    check_one(|k| k.days = 365, &[]);
    check_one(|k| k.days = 366, &["key_events[0].days: out_of_range"]);
    check_one(
        |k| k.when.path = Some("x".into()),
        &["key_events[0].when.path: not_a_path"],
    );
    let mut rulebook = starter();
    let key = rulebook.key_events[0].clone();
    rulebook.key_events = vec![key; limit::KEY_EVENTS_MAX + 1];
    let found = check(&rulebook);
    assert_eq!(found[0].to_string(), "key_events: too_many");
    assert_eq!(found[1].to_string(), "key_events[1].id: duplicate");
}

#[test]
fn what_is_wrong_with_a_segment_is_named_with_its_field() {
    let check_one = |change: fn(&mut Segment), expect: &[&str]| {
        let mut rulebook = starter();
        change(&mut rulebook.segments[1]);
        let found: Vec<_> = check(&rulebook).iter().map(Invalid::to_string).collect();
        assert_eq!(found, expect);
    };
    check_one(|_| {}, &[]);
    check_one(
        |s| s.id = "evaluating".into(),
        &["segments[1].id: duplicate"],
    );
    for id in ["", "In-touch", "a.b", "线"] {
        let mut rulebook = starter();
        rulebook.segments[1].id = id.into();
        let found: Vec<_> = check(&rulebook).iter().map(Invalid::to_string).collect();
        assert_eq!(found, ["segments[1].id: not_a_slug"], "{id}");
    }
    check_one(|s| s.id = "x".repeat(41), &["segments[1].id: not_a_slug"]);
    check_one(|s| s.id = "x".repeat(40), &[]);
    check_one(|s| s.name.en = " ".into(), &["segments[1].name.en: empty"]);
    check_one(|s| s.at_least = 0, &["segments[1].at_least: out_of_range"]);
    check_one(|s| s.at_least = 1_000, &[]);
    check_one(
        |s| s.at_least = 1_001,
        &["segments[1].at_least: out_of_range"],
    );
    check_one(
        |s| s.when.path = Some("x".into()),
        &["segments[1].when.path: not_a_path"],
    );
    let mut rulebook = starter();
    let segment = rulebook.segments[0].clone();
    rulebook.segments = (0..=limit::SEGMENTS_MAX)
        .map(|n| Segment {
            id: n.to_string(),
            ..segment.clone()
        })
        .collect();
    let found: Vec<_> = check(&rulebook).iter().map(Invalid::to_string).collect();
    assert_eq!(found, ["segments: too_many"]);
}
