//! Personas are checked and carded.

use super::sample::{entry, note, persona, standard};
use super::*;
use crate::api::Lang;
use crate::lead::Field;
use crate::profile::sample::{custom, schema};

fn check_persona(change: impl FnOnce(&mut Persona), expect: &[(&str, &str)]) {
    let mut persona = persona();
    change(&mut persona);
    let found = check(&schema(), &persona);
    let found: Vec<_> = found.iter().map(|i| (i.field.as_str(), i.code)).collect();
    assert_eq!(found, expect);
}

fn company(persona: &mut Persona) -> &mut Vec<Entry> {
    persona.groups.get_mut(&Group::Company).unwrap()
}

#[test]
fn what_is_wrong_with_a_description_is_named() {
    let long = "名".repeat(10_000);
    check_persona(|_| {}, &[]);
    check_persona(|p| p.groups.clear(), &[]);
    check_persona(|p| p.name.zh = "\u{200f}".into(), &[("name.zh", "empty")]);
    check_persona(|p| p.name.en = long.clone(), &[("name.en", "too_long")]);
    check_persona(|p| p.summary = long.clone(), &[("summary", "too_long")]);
    check_persona(
        |p| company(p)[0].label.clear(),
        &[("groups.company[0].label", "empty")],
    );
    check_persona(
        |p| company(p)[0].text = long.clone(),
        &[("groups.company[0].text", "too_long")],
    );
    check_persona(
        |p| company(p)[3].text = "SCM".into(),
        &[("groups.company[3].text", "no_criterion")],
    );
    check_persona(
        |p| company(p)[3].about = Some(Subject::Field(custom("none"))),
        &[("groups.company[3].about", "unknown_field")],
    );
    check_persona(
        |p| company(p).extend(vec![entry("a", "b", None); 30]),
        &[("groups.company", "too_many")],
    );
    check_persona(
        |p| p.evidence[0].text.clear(),
        &[("evidence[0].text", "empty")],
    );
    check_persona(
        |p| p.evidence[1].source = long.clone(),
        &[("evidence[1].source", "too_long")],
    );
    check_persona(
        |p| p.evidence[0].date = i32::MAX,
        &[("evidence[0].date", "out_of_range")],
    );
    for link in [
        "javascript:alert(1)",
        "data:text/html,x",
        "example.com",
        "https://",
        "",
    ] {
        check_persona(
            |p| p.evidence[0].link = Some(link.into()),
            &[("evidence[0].link", "not_a_link")],
        );
    }
    check_persona(
        |p| p.evidence[0].link = Some(format!("https://a.cn/{long}")),
        &[("evidence[0].link", "too_long")],
    );
    check_persona(
        |p| p.evidence = vec![note(EvidenceKind::History, &[]); 201],
        &[("evidence", "too_many")],
    );
}

#[test]
fn what_is_wrong_with_a_criterion_is_named() {
    let check = |about: Subject, test: Test, expect: &[(&str, &str)]| {
        check_persona(|p| (p.fit[0].about, p.fit[0].test) = (about, test), expect);
    };
    let set = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| (*text).to_owned())
            .collect::<BTreeSet<_>>()
    };
    let of = |id: &str| Subject::Field(custom(id));
    check(
        standard(Field::Industry),
        Test::Contains(set(&["零售"])),
        &[],
    );
    check(
        standard(Field::Industry),
        Test::Contains(set(&[])),
        &[("fit[0].test", "empty")],
    );
    check(
        standard(Field::Industry),
        Test::Contains(set(&["a", " \u{200b}"])),
        &[("fit[0].test", "empty")],
    );
    check(
        standard(Field::Size),
        Test::Range {
            min: Some(1),
            max: None,
        },
        &[],
    );
    check(
        of("budget"),
        Test::Range {
            min: None,
            max: None,
        },
        &[("fit[0].test", "empty")],
    );
    check(
        of("budget"),
        Test::Range {
            min: Some(2),
            max: Some(1),
        },
        &[("fit[0].test", "out_of_range")],
    );
    check(
        of("budget"),
        Test::Range {
            min: Some(i64::MIN),
            max: None,
        },
        &[("fit[0].test", "out_of_range")],
    );
    check(
        of("budget"),
        Test::OneOf(set(&["1"])),
        &[("fit[0].test", "wrong_kind")],
    );
    check(of("product"), Test::OneOf(set(&["crm", "erp"])), &[]);
    check(
        of("product"),
        Test::OneOf(set(&["scm"])),
        &[("fit[0].test", "unknown_option")],
    );
    check(
        of("product"),
        Test::Contains(set(&["crm"])),
        &[("fit[0].test", "wrong_kind")],
    );
    check(of("partner"), Test::Is(true), &[]);
    check(
        of("since"),
        Test::Is(true),
        &[("fit[0].test", "wrong_kind")],
    );
    check(of("since"), Test::Known, &[]);
    check(
        of("none"),
        Test::Known,
        &[("fit[0].about", "unknown_field")],
    );
    check(
        Subject::Tags,
        Test::OneOf(set(&["nobody"])),
        &[("fit[0].test", "unknown_tag")],
    );
    check(
        Subject::Tags,
        Test::Is(true),
        &[("fit[0].test", "wrong_kind")],
    );
    check_persona(
        |p| p.fit[0].weight = 0,
        &[("fit[0].weight", "out_of_range")],
    );
    check_persona(
        |p| p.fit[0].weight = u16::MAX,
        &[("fit[0].weight", "out_of_range")],
    );
    check_persona(|p| p.fit.push(p.fit[0].clone()), &[("fit[1]", "duplicate")]);
}

#[test]
fn a_card_shows_what_is_missing() {
    let persona = persona();
    let card_zh = card(&schema(), &persona, Lang::Zh);
    assert_eq!(card_zh.name, "连锁零售的信息主管");
    assert_eq!(
        card(&schema(), &persona, Lang::En).name,
        "IT head of a retail chain"
    );
    assert_eq!(
        card_zh
            .groups
            .iter()
            .map(|group| group.group)
            .collect::<Vec<_>>(),
        Group::ALL
    );
    let missing: Vec<_> = card_zh.missing().collect();
    assert_eq!(
        missing,
        [
            Group::Demographics,
            Group::Behaviour,
            Group::Channels,
            Group::Contents
        ]
    );
    let guesses = card_zh.groups.iter().filter(|group| group.is_guess());
    assert_eq!(
        guesses.map(|group| group.group).collect::<Vec<_>>(),
        [Group::Budget, Group::Pains]
    );
    let counts: Vec<usize> = card_zh.evidence.iter().map(|(_, count)| *count).collect();
    assert_eq!(counts, [1, 1, 0, 0, 0]);
    assert_eq!(card_zh.fit.len(), 6);
}

#[test]
fn a_persona_is_read_back_as_written() {
    let text = serde_json::to_string(&persona()).unwrap();
    assert_eq!(serde_json::from_str::<Persona>(&text).unwrap(), persona());
    let least = r#"{"id":"00000000-0000-0000-0000-000000000001","name":{"zh":"甲","en":"A"}}"#;
    assert!(
        serde_json::from_str::<Persona>(least)
            .unwrap()
            .groups
            .is_empty()
    );
    for group in Group::ALL {
        assert_eq!(serde_json::to_value(group).unwrap(), group.name());
    }
}
