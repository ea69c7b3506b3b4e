//! What makes a rulebook valid.

use super::{
    KeyEvent, Name, Repeat, Rule, RuleGroup, Rulebook, SCORE_MAX, Segment, Silence, When, limit,
};
use crate::grade;
use crate::id::is_slug;
use crate::score::Shape;
use crate::segment::Terms;
use crate::wire::{self, Kind};
use std::collections::BTreeSet;
use std::fmt;

/// Why a rulebook is not valid: the field and a stable code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// Where, as a path: `rules[3].points`.
    pub field: String,
    /// Why.
    pub code: &'static str,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.code)
    }
}

/// Says what is wrong with a rulebook, by itself; nothing when it may be published. Codes: `empty`, `too_long`, `too_many`,
/// `duplicate`, `zero`, `out_of_range`, `cap_below_points`, `unknown_group`, `too_many_stars`, `not_a_path`,
/// `channel_needs_page_view`, `name_needs_form_or_custom`, `asset_needs_form_or_custom`, `seconds_need_engagement`,
/// `not_a_step`, `not_a_slug`, and those of [`grade::check`].
pub fn check(rulebook: &Rulebook) -> Vec<Invalid> {
    let mut found = Vec::new();
    if !(1..=SCORE_MAX).contains(&rulebook.mql_score) {
        found.push(Invalid {
            field: "mql_score".into(),
            code: "out_of_range",
        });
    }
    let rules = rulebook.rules.iter();
    let rules = rules.map(|rule| (rule.id.as_str(), check_rule(rule)));
    check_list("rules", limit::RULES_MAX, rules, &mut found);
    let segments = rulebook.segments.iter();
    let segments = segments.map(|segment| (segment.id.as_str(), check_segment(segment)));
    check_list("segments", limit::SEGMENTS_MAX, segments, &mut found);
    let keys = rulebook.key_events.iter();
    let keys = keys.map(|key| (key.id.as_str(), check_key_event(key)));
    check_list("key_events", limit::KEY_EVENTS_MAX, keys, &mut found);
    let groups = rulebook.groups.iter();
    let groups = groups.map(|group| (group.id.as_str(), check_group(group)));
    check_list("groups", limit::GROUPS_MAX, groups, &mut found);
    check_membership(rulebook, &mut found);
    let silence = rulebook.silence.map(check_silence);
    found.extend(silence.into_iter().flatten().map(|(code, field)| Invalid {
        field: format!("silence.{field}"),
        code,
    }));
    found.extend(rulebook.grading.iter().flat_map(grade::check));
    found
}

/// Says what a rulebook names that is not there: a form that is gone, a field, a tag. Codes: `unknown_form`, and those of a
/// condition.
pub fn check_against(terms: &Terms<'_>, rulebook: &Rulebook) -> Vec<Invalid> {
    let rules = rulebook.rules.iter().map(|rule| &rule.when);
    let rules = rules
        .enumerate()
        .map(|(place, when)| ("rules", place, when));
    let keys = rulebook.key_events.iter().map(|key| &key.when);
    let keys = keys
        .enumerate()
        .map(|(place, when)| ("key_events", place, when));
    let segments = rulebook.segments.iter().map(|segment| &segment.when);
    let segments = segments
        .enumerate()
        .map(|(place, when)| ("segments", place, when));
    let asking = rules.chain(segments).chain(keys);
    let gone = asking.filter(|(_, _, when)| !asks_known_form(terms.forms, when));
    let mut found: Vec<Invalid> = gone
        .map(|(list, place, _)| Invalid {
            field: format!("{list}[{place}].when.name"),
            code: "unknown_form",
        })
        .collect();
    let grading = rulebook.grading.iter();
    found.extend(grading.flat_map(|grading| grade::check_terms(terms, grading)));
    found
}

/// Whether the form that is asked for is there, or nobody knows which forms are.
pub(crate) fn asks_known_form(forms: Option<&BTreeSet<String>>, when: &When) -> bool {
    let of_form = when.kind.is_named() && when.kind != Kind::Custom;
    match (forms, &when.name) {
        (Some(forms), Some(name)) if of_form => forms.contains(name),
        _ => true,
    }
}

/// Each rule is of a group that is there, if of any, and one award fits under its cap.
fn check_membership(rulebook: &Rulebook, found: &mut Vec<Invalid>) {
    for (place, rule) in rulebook.rules.iter().enumerate() {
        let Some(id) = &rule.group else {
            continue;
        };
        let group = rulebook.groups.iter().find(|group| group.id == *id);
        let points = rule.points.saturating_abs();
        let code = match group {
            None => "unknown_group",
            Some(group) if points > group.cap && points <= limit::POINTS_MAX => "cap_below_points",
            Some(_) => continue,
        };
        let field = format!("rules[{place}].group");
        found.push(Invalid { field, code });
    }
}

fn check_group(group: &RuleGroup) -> Wrong {
    let mut found = Vec::new();
    check_text(&mut found, &group.id, "id");
    check_name(&mut found, &group.name);
    let range = (1..=limit::POINTS_MAX).contains(&group.cap);
    require(&mut found, range, "out_of_range", "cap");
    found
}

fn check_silence(silence: Silence) -> Wrong {
    let mut found = Vec::new();
    let mut require = |holds, field| require(&mut found, holds, "out_of_range", field);
    require(
        (1..=limit::SILENCE_DAYS_MAX).contains(&silence.days),
        "days",
    );
    require((1..=limit::POINTS_MAX).contains(&silence.points), "points");
    require((0..=SCORE_MAX).contains(&silence.floor), "floor");
    found
}

/// What is wrong with one entry of a list, on its own: (code, field).
pub(crate) type Wrong = Vec<(&'static str, &'static str)>;

/// What is wrong with a list of so many entries at most, each with an id of its own.
fn check_list<'a>(
    list: &str,
    most: usize,
    entries: impl ExactSizeIterator<Item = (&'a str, Wrong)>,
    found: &mut Vec<Invalid>,
) {
    if entries.len() > most {
        found.push(Invalid {
            field: list.into(),
            code: "too_many",
        });
    }
    let mut seen = BTreeSet::new();
    for (place, (id, wrong)) in entries.enumerate() {
        let duplicate = (!seen.insert(id)).then_some(("duplicate", "id"));
        found.extend(
            duplicate
                .into_iter()
                .chain(wrong)
                .map(|(code, field)| Invalid {
                    field: format!("{list}[{place}].{field}"),
                    code,
                }),
        );
    }
}

fn require(found: &mut Wrong, holds: bool, code: &'static str, field: &'static str) {
    if !holds {
        found.push((code, field));
    }
}

fn check_rule(rule: &Rule) -> Wrong {
    let mut found = Vec::new();
    check_text(&mut found, &rule.id, "id");
    check_name(&mut found, &rule.name);
    let mut require = |holds, code, field| require(&mut found, holds, code, field);
    let range = -limit::POINTS_MAX..=limit::POINTS_MAX;
    require(rule.points != 0, "zero", "points");
    require(range.contains(&rule.points), "out_of_range", "points");
    if let Some(cap) = rule.cap {
        require(
            (1..=limit::POINTS_MAX).contains(&cap),
            "out_of_range",
            "cap",
        );
        require(
            cap >= rule.points.saturating_abs(),
            "cap_below_points",
            "cap",
        );
    }
    if let Repeat::PerDay(times) | Repeat::Within { times, .. } = rule.repeat {
        let range = (1..=limit::PER_DAY_MAX).contains(&times);
        require(range, "out_of_range", "repeat");
    }
    if let Repeat::Within { days, .. } = rule.repeat {
        let range = (2..=limit::WINDOW_DAYS_MAX).contains(&days);
        require(range, "out_of_range", "repeat.days");
    }
    if let Some(days) = rule.half_life_days {
        let range = (1..=limit::HALF_LIFE_DAYS_MAX).contains(&days);
        require(range, "out_of_range", "half_life_days");
    }
    if let Some(need) = rule.need {
        let range = (2..=limit::NEED_TIMES_MAX).contains(&need.times);
        require(range, "out_of_range", "need.times");
        let range = (1..=limit::WINDOW_DAYS_MAX).contains(&need.days);
        require(range, "out_of_range", "need.days");
    }
    found.extend(check_when(&rule.when));
    found
}

fn check_segment(segment: &Segment) -> Wrong {
    let mut found = Vec::new();
    let slug = is_slug(&segment.id, limit::SEGMENT_ID_BYTES_MAX);
    require(&mut found, slug, "not_a_slug", "id");
    check_name(&mut found, &segment.name);
    let range = 1..=limit::AT_LEAST_MAX;
    let counts = range.contains(&segment.at_least);
    require(&mut found, counts, "out_of_range", "at_least");
    found.extend(check_when(&segment.when));
    found
}

fn check_key_event(key: &KeyEvent) -> Wrong {
    let mut found = Vec::new();
    check_text(&mut found, &key.id, "id");
    check_name(&mut found, &key.name);
    let counts = (1..=limit::AT_LEAST_MAX).contains(&key.at_least);
    require(&mut found, counts, "out_of_range", "at_least");
    let days = (1..=limit::KEY_EVENT_DAYS_MAX).contains(&key.days);
    require(&mut found, days, "out_of_range", "days");
    found.extend(check_when(&key.when));
    found
}

fn check_name(found: &mut Wrong, name: &Name) {
    check_text(found, &name.zh, "name.zh");
    check_text(found, &name.en, "name.en");
}

fn check_text(found: &mut Wrong, text: &str, field: &'static str) {
    require(found, !text.trim().is_empty(), "empty", field);
    let short = text.len() <= limit::NAME_BYTES_MAX;
    require(found, short, "too_long", field);
}

/// What is wrong with what is asked of an event.
pub(crate) fn check_when(when: &When) -> Wrong {
    let mut found = Vec::new();
    let mut require = |holds, code, field| require(&mut found, holds, code, field);
    if let Some(path) = &when.path {
        let begins = path.starts_with('/') || path.starts_with('*');
        require(begins, "not_a_path", "when.path");
        require(path.len() <= limit::GLOB_BYTES_MAX, "too_long", "when.path");
        let stars = path.bytes().filter(|b| *b == b'*').count();
        require(
            stars <= limit::GLOB_STARS_MAX,
            "too_many_stars",
            "when.path",
        );
    }
    let touches = when.kind == Kind::PageView;
    require(
        touches || when.channel.is_none(),
        "channel_needs_page_view",
        "when.channel",
    );
    if let Some(name) = &when.name {
        let named = when.kind.is_named();
        require(named, "name_needs_form_or_custom", "when.name");
        require(!name.is_empty(), "empty", "when.name");
        let short = name.len() <= wire::limit::NAME_BYTES_MAX;
        require(short, "too_long", "when.name");
    }
    if let Some(asset) = &when.asset {
        let named = matches!(when.kind, Kind::FormSubmit | Kind::Custom);
        require(named, "asset_needs_form_or_custom", "when.asset");
        require(!asset.trim().is_empty(), "empty", "when.asset");
        let short = asset.len() <= limit::ASSET_BYTES_MAX;
        require(short, "too_long", "when.asset");
    }
    if let Some(seconds) = when.seconds {
        let engaged = when.kind == Kind::Engagement;
        require(engaged, "seconds_need_engagement", "when.seconds");
        let step = Shape::SECONDS.contains(&seconds);
        require(step, "not_a_step", "when.seconds");
    }
    found
}

#[cfg(test)]
mod tests {
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
}
