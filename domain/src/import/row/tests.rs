//! What becomes of a row, cell by cell.

use super::*;
use crate::day::Zone;
use crate::import::{Sheet, Survey, head_at, propose};
use crate::profile::{Choice, DateOrder, Definition, Kind, Schema, Tag, TagGroup};
use crate::rulebook::Name;

fn called(name: &str) -> Name {
    Name {
        zh: name.into(),
        en: name.into(),
    }
}

fn field(id: &str, kind: Kind) -> Definition {
    Definition {
        id: id.into(),
        name: called(id),
        kind,
        retired: false,
    }
}

fn options(names: &[&str]) -> Vec<Choice> {
    let option = |name: &&str| Choice {
        id: name.to_lowercase(),
        name: called(name),
        retired: *name == "Bronze",
    };
    names.iter().map(option).collect()
}

fn schema() -> Schema {
    let (level, likes) = (
        options(&["Gold", "Silver", "Bronze"]),
        options(&["Red", "Blue"]),
    );
    let seats = Kind::Number {
        min: None,
        max: None,
        decimals: 0,
    };
    Schema {
        version: 1,
        fields: vec![
            field("seats", seats),
            field("signed", Kind::Date),
            field("level", Kind::Choice { options: level }),
            field("likes", Kind::Choices { options: likes }),
            field("key-account", Kind::Bool),
            Definition {
                retired: true,
                ..field("fax", Kind::Text { long: false })
            },
        ],
        tag_groups: vec![TagGroup {
            id: "value".into(),
            name: called("value"),
            exclusive: false,
            tags: vec![Tag {
                id: "tag-vip".into(),
                name: called("VIP"),
                retired: false,
            }],
            retired: false,
        }],
    }
}

pub(crate) fn known() -> Known {
    Known::of(schema(), Zone::default())
}

/// The outcome of one row under these names.
fn outcome(names: &[&str], cells: &[&str], change: impl Fn(&mut Plan)) -> Option<Outcome> {
    outcome_by(&known(), names, cells, change)
}

fn outcome_by(
    known: &Known,
    names: &[&str],
    cells: &[&str],
    change: impl Fn(&mut Plan),
) -> Option<Outcome> {
    let mut sheet = Sheet::default();
    sheet.push(names.iter().copied()).unwrap();
    let head = head_at(&sheet, Some(0));
    let mut plan = propose(7, &head, &Survey::default(), known);
    plan.system = "crm".into();
    change(&mut plan);
    check(&plan, known, 1, &|at| cells.get(at).copied().unwrap_or(""))
}

fn reasons(names: &[&str], cells: &[&str]) -> Vec<(Option<u32>, Reason)> {
    let outcome = outcome(names, cells, |_| {}).unwrap();
    let problems = outcome.problems.iter();
    problems.map(|p| (p.column, p.code)).collect()
}

#[test]
fn a_row_puts_down_a_person() {
    let outcome = outcome(
        &[
            "姓", "名", "邮箱", "手机", "公司", "标签", "来源", "成本", "seats", "signed", "level",
            "likes", "ID",
        ],
        &[
            "李",
            "伟",
            "Li@B.cn; li2@b.cn",
            "13800138000",
            "云格",
            "VIP、新客",
            "CIIE 2026",
            "¥1,200.5",
            "12",
            "2026-03-04",
            "gold",
            "red;Blue",
            "88",
        ],
        |plan| plan.system = "crm".into(),
    )
    .unwrap();
    assert_eq!((&outcome.problems, &outcome.warnings), (&vec![], &vec![]));
    let draft = outcome.draft;
    let keys: Vec<String> = draft
        .keys
        .iter()
        .map(|key| serde_json::to_value(key).unwrap()["value"].to_string())
        .collect();
    assert_eq!(
        keys,
        [
            "\"li@b.cn\"",
            "\"li2@b.cn\"",
            "\"+8613800138000\"",
            "\"crm/88\""
        ]
    );
    let new = tag_id("新客");
    assert_eq!(draft.tags, ["tag-vip".to_owned(), new.clone()].into());
    assert_eq!(outcome.new_tags, [(new, "新客".to_owned())].into());
    assert_eq!(draft.origin.source, "CIIE 2026");
    assert_eq!(draft.origin.cost_minor, Some(120_050));
    let fields: Vec<String> = draft
        .fields
        .iter()
        .map(|(id, value)| format!("{id}={}", serde_json::to_value(value).unwrap()["is"]))
        .collect();
    assert_eq!(
        fields,
        [
            "name=\"李伟\"",
            "company=\"云格\"",
            "custom.level=\"gold\"",
            "custom.likes=[\"blue\",\"red\"]",
            "custom.seats=12000",
            "custom.signed=20516",
        ]
    );
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let check = |name: &str, cell: &str, expect: Reason| {
        let found = reasons(&["email", name], &["a@b.cn", cell]);
        assert_eq!(found, [(Some(1), expect)], "{name}: {cell}");
    };
    check("手机", "12", Reason::BadPhone);
    check("手机", "1.38001E+10", Reason::RoundedNumber);
    check("手机", "13800138000/1", Reason::BadPhone);
    check("ID", "4.2E+15", Reason::RoundedNumber);
    check("ID", "a\u{7}b", Reason::BadId);
    check("ID", &"1".repeat(129), Reason::BadId);
    check("unionid", "a b", Reason::BadId);
    check("手机", "4155552671", Reason::AmbiguousPhone);
    check("key-account", "perhaps", Reason::BadBool);
    check("seats", "1.5", Reason::BadNumber);
    check("company", &"x".repeat(1_025), Reason::TooLong);
    check("openid", "without-app", Reason::BadId);
    check("signed", "04/03/2026", Reason::AmbiguousDate);
    check("signed", "2026-02-30", Reason::ImpossibleDate);
    check("signed", "soon", Reason::BadDate);
    check("seats", "many", Reason::BadNumber);
    check("level", "bronze", Reason::UnknownChoice);
    check("likes", "red, green", Reason::UnknownChoice);
    check("cost", "cheap", Reason::BadAmount);
    check("company", "#REF!", Reason::FormulaError);
    check("company", &"x".repeat(CELL_BYTES_MAX + 1), Reason::TooLong);
    check("tags", &"x".repeat(TAG_BYTES_MAX + 1), Reason::TooLong);
    let many: Vec<String> = (0..=ROW_TAGS_MAX).map(|n| n.to_string()).collect();
    check("tags", &many.join(","), Reason::TooManyTags);
    assert_eq!(
        reasons(&["email", "name"], &["nobody", "Ada"]),
        [(Some(0), Reason::BadEmail)]
    );
    assert_eq!(
        reasons(&["email", "name"], &["", "Ada"]),
        [(None, Reason::NoKey)]
    );
}

#[test]
fn a_blank_row_is_nothing_and_a_value_shown_is_cut() {
    assert_eq!(outcome(&["email", "name"], &[" ", ""], |_| {}), None);
    let long = outcome(&["email"], &[&"é".repeat(10_000)], |_| {}).unwrap();
    assert!(long.problems[0].value.len() <= SHOWN_BYTES_MAX);
    let garbled = outcome(&["email", "name"], &["a@b.cn", "L\u{fffd}"], |_| {}).unwrap();
    assert_eq!(garbled.problems, []);
    assert_eq!(garbled.warnings[0].code, Reason::Garbled);
}

#[test]
fn answers_decide_what_was_unclear() {
    let names = ["email", "signed", "level", "tel"];
    let cells = ["a@b.cn", "04/03/2026", "bronze", "4155552671"];
    let answered = outcome(&names, &cells, |plan| {
        plan.columns[1].dates = Some(DateOrder::MonthFirst);
        plan.columns[2].options = [("bronze".to_owned(), Some("silver".to_owned()))].into();
        plan.columns[3].country = Some("US".into());
    })
    .unwrap();
    assert_eq!(answered.problems, []);
    let text = serde_json::to_string(&answered.draft).unwrap();
    assert!(
        text.contains("+14155552671") && text.contains("silver"),
        "{text}"
    );
    assert!(text.contains("20546"), "3 April: {text}");
    let against = outcome(&["email", "signed"], &["a@b.cn", "25/03/2026"], |plan| {
        plan.columns[1].dates = Some(DateOrder::MonthFirst);
    });
    assert_eq!(against.unwrap().problems[0].code, Reason::ImpossibleDate);
}

#[test]
fn consent_is_the_rows_own_else_the_files() {
    let consent = |cells: &[&str], whole: bool| {
        let names = ["email", "consent", "consent date"];
        let outcome = outcome(&names, cells, |plan| {
            plan.origin.consent = whole.then(|| Consent {
                ground: "fair".into(),
                at: 3,
            });
        });
        let consent = outcome.unwrap().draft.origin.consent;
        consent.map(|consent| (consent.ground, consent.at))
    };
    let midnight = 20_516 * 86_400_000 - 8 * 3_600_000;
    assert_eq!(consent(&["a@b.cn"], false), None);
    assert_eq!(consent(&["a@b.cn"], true), Some(("fair".into(), 3)));
    assert_eq!(consent(&["a@b.cn", "否"], true), None);
    assert_eq!(
        consent(&["a@b.cn", "ticked"], false),
        Some(("ticked".into(), 7))
    );
    assert_eq!(
        consent(&["a@b.cn", "ticked", "2026-03-04"], true),
        Some(("ticked".into(), midnight))
    );
}

#[test]
fn tags_that_were_taken_in_are_known_the_next_time() {
    let names = |known: &Known| {
        let outcome = outcome_by(known, &["email", "tags"], &["a@b.cn", "新客, VIP"], |_| {});
        outcome.unwrap().new_tags
    };
    let new = names(&known());
    assert_eq!(new, [(tag_id("新客"), "新客".to_owned())].into());
    let before = schema();
    let mut schema = before.clone();
    schema.admit(&new);
    assert_eq!(crate::profile::check(&before, &schema), []);
    assert_eq!(names(&Known::of(schema, Zone::default())), BTreeMap::new());
}
