//! What is wrong with a segment or a condition, by tables.

use super::*;
use crate::grade::Grade;
use crate::lead::Field;
use crate::persona::Test;
use crate::profile::FieldId;
use crate::profile::sample::{custom, name, schema};
use crate::rulebook::When;
use crate::segment::Moment;
use crate::wire::Kind;
use uuid::Uuid;

fn texts(texts: &[&str]) -> BTreeSet<String> {
    texts.iter().map(|text| String::from(*text)).collect()
}

fn segment(id: &str, who: Condition) -> Segment {
    Segment {
        id: id.into(),
        version: 0,
        name: name(id, id),
        who,
        public: false,
        tag: None,
    }
}

/// Of these segments, in a workspace of the sample schema with a stage `mql` and a form `trial`.
fn check_all(segments: &[Segment], expect: &[&str]) {
    let accounts = [AccountId(Uuid::from_u128(1))].into();
    let terms = Terms {
        schema: &schema(),
        stages: &texts(&["mql"]),
        segments: &segments.iter().map(|segment| segment.id.clone()).collect(),
        forms: Some(&texts(&["trial"])),
        accounts: Some(&accounts),
    };
    let found: Vec<_> = check(&terms, segments)
        .iter()
        .map(Invalid::to_string)
        .collect();
    assert_eq!(found, expect, "{segments:?}");
}

fn check_who(who: Condition, codes: &[&str]) {
    let codes: Vec<String> = codes
        .iter()
        .map(|code| format!("segments[0].who{code}"))
        .collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    check_all(&[segment("one", who)], &codes);
}

fn of(id: &str) -> Condition {
    Condition::Segment(id.into())
}

fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

#[test]
fn a_segment_does_not_ask_for_itself() {
    let all = || Condition::All(Vec::new());
    check_all(&[segment("a", all()), segment("b", of("a"))], &[]);
    check_all(&[segment("a", of("a"))], &["segments[0].who: circle"]);
    // Through two others; whoever only asks for one of them is fine.
    let round = [
        segment("a", of("b")),
        segment("b", not(of("c"))),
        segment("c", Condition::Any(vec![all(), of("a")])),
        segment("d", of("a")),
    ];
    let circles = [
        "segments[0].who: circle",
        "segments[1].who: circle",
        "segments[2].who: circle",
    ];
    check_all(&round, &circles);
    check_all(
        &[segment("a", of("gone"))],
        &["segments[0].who: unknown_segment"],
    );
}

#[test]
fn a_segment_has_a_name_of_its_own() {
    let all = || Condition::All(Vec::new());
    check_all(
        &[segment("a", all()), segment("a", all())],
        &["segments[1].id: duplicate"],
    );
    check_all(&[segment("A b", all())], &["segments[0].id: not_a_slug"]);
    let mut unnamed = segment("a", all());
    unnamed.name.zh.clear();
    check_all(&[unnamed], &["segments[0].name.zh: empty"]);
    let mut tagged = segment("a", all());
    tagged.tag = Some("high".into());
    check_all(&[tagged.clone()], &[]);
    tagged.tag = Some("gone".into());
    check_all(&[tagged], &["segments[0].tag: unknown_tag"]);
    let many = (0..=limit::SEGMENTS_MAX).map(|n| segment(&n.to_string(), all()));
    let many: Vec<_> = many.collect();
    check_all(&many, &["segments: too_many"]);
}

#[test]
fn what_is_wrong_with_a_condition_is_named() {
    let field = |field, is| Condition::Field { field, is };
    let industry = || FieldId::Standard(Field::Industry);
    check_who(field(industry(), Test::Known), &[]);
    check_who(
        field(custom("none"), Test::Known),
        &[".about: unknown_field"],
    );
    check_who(
        field(custom("since"), Test::Is(true)),
        &[".test: wrong_kind"],
    );
    check_who(
        field(custom("product"), Test::OneOf(texts(&["none"]))),
        &[".test: unknown_option"],
    );
    let dates = |min, max| Dates::FromToday { min, max };
    let date = |field, is| Condition::FieldDate { field, is };
    check_who(date(custom("since"), dates(Some(-7), Some(0))), &[]);
    check_who(
        date(custom("budget"), dates(Some(0), None)),
        &[": wrong_kind"],
    );
    check_who(
        date(custom("none"), dates(Some(0), None)),
        &[": unknown_field"],
    );
    let created = |is| Condition::Moment {
        of: Moment::Created,
        is,
    };
    check_who(created(dates(None, None)), &[": empty"]);
    check_who(created(dates(Some(1), Some(0))), &[": out_of_range"]);
    check_who(created(dates(Some(-3_651), None)), &[": out_of_range"]);
    check_who(Condition::Tags(texts(&["high"])), &[]);
    check_who(Condition::Tags(texts(&["none"])), &[": unknown_tag"]);
    check_who(Condition::Tags(BTreeSet::new()), &[": empty"]);
    check_who(Condition::Silent { days: 0 }, &[": out_of_range"]);
    check_who(Condition::Silent { days: 3_651 }, &[": out_of_range"]);
    let range = |min, max| Condition::Score(Range { min, max });
    check_who(range(Some(60), None), &[]);
    check_who(range(None, None), &[": empty"]);
    check_who(range(Some(60), Some(59)), &[": out_of_range"]);
    check_who(range(Some(101), None), &[": out_of_range"]);
    check_who(Condition::Grade([Grade::A].into()), &[]);
    check_who(Condition::Grade(BTreeSet::new()), &[": empty"]);
    check_who(Condition::Stage(texts(&["sql"])), &[": unknown_stage"]);
    let account = |n| Condition::Account([AccountId(Uuid::from_u128(n))].into());
    check_who(account(1), &[]);
    check_who(account(2), &[": unknown_account"]);
    let domains = |domain: &str| Condition::Mail(Mail::Domains(texts(&[domain])));
    check_who(domains("rival.example"), &[]);
    check_who(domains("Rival.example"), &[": not_a_domain"]);
    check_who(domains("@rival"), &[": not_a_domain"]);
}

#[test]
fn what_is_wrong_with_a_window_or_an_event_is_named() {
    let did = |when, at_least, days| {
        Condition::Did(Did {
            when,
            at_least,
            days,
        })
    };
    let form = |name: &str| When {
        name: Some(name.into()),
        ..When::any(Kind::FormSubmit)
    };
    let view = || When::any(Kind::PageView);
    check_who(did(form("trial"), 1, Some(7)), &[]);
    check_who(did(form("gone"), 1, Some(7)), &[".when.name: unknown_form"]);
    check_who(did(view(), 0, None), &[".at_least: out_of_range"]);
    check_who(did(view(), 1, Some(0)), &[".days: out_of_range"]);
    check_who(did(view(), 1, Some(3_651)), &[".days: out_of_range"]);
    let stars = When {
        path: Some("*".repeat(1_000)),
        ..view()
    };
    check_who(
        did(stars, 1, None),
        &[".when.path: too_long", ".when.path: too_many_stars"],
    );
}

#[test]
fn a_condition_is_neither_too_deep_nor_too_long() {
    let deep = |times: usize| (0..times).fold(Condition::HasAccount, |inner, _| not(inner));
    check_who(deep(DEPTH_MAX - 1), &[]);
    check_who(deep(DEPTH_MAX), &[": too_deep"]);
    check_who(deep(1_000), &[": too_deep"]);
    let wide = |times: usize| Condition::Any(vec![Condition::HasAccount; times]);
    check_who(wide(limit::CONDITIONS_MAX - 1), &[]);
    check_who(wide(limit::CONDITIONS_MAX), &[": too_many"]);
}
