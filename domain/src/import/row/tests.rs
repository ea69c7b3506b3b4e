//! What becomes of a row, cell by cell.

use super::*;
use crate::contact::Phone;
use crate::import::{KnownField, KnownOption, Sheet, Survey, head_at, propose};

/// Reads numbers of eleven digits, and what is a number.
pub(crate) struct PlainRead;

impl Read for PlainRead {
    fn phone(&self, text: &str, country: &str) -> Result<Phone, Reason> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let phone = match (text.starts_with('+'), country) {
            (true, _) => format!("+{digits}"),
            (false, "CN") if digits.len() == 11 => format!("+86{digits}"),
            (false, "US") if digits.len() == 10 => format!("+1{digits}"),
            _ => return Err(Reason::BadPhone),
        };
        serde_json::from_value(phone.into()).map_err(|_| Reason::BadPhone)
    }

    fn value(&self, field: &FieldId, text: &str) -> Result<Value, Reason> {
        if field.to_string() == "custom.seats" {
            let number: i64 = text.parse().map_err(|_| Reason::BadNumber)?;
            return Ok(Value::Number(number * 1_000));
        }
        Ok(Value::Text(text.to_owned()))
    }
}

fn field(id: &str, shape: Shape, options: &[&str]) -> KnownField {
    let option = |name: &&str| KnownOption {
        id: name.to_lowercase(),
        names: vec![name.to_string()],
    };
    KnownField {
        id: FieldId::Custom(id.into()),
        names: vec![id.into()],
        shape,
        options: options.iter().map(option).collect(),
    }
}

pub(crate) fn known() -> Known {
    Known {
        fields: vec![
            field("seats", Shape::Number, &[]),
            field("signed", Shape::Date, &[]),
            field("level", Shape::Choice, &["Gold", "Silver"]),
            field("likes", Shape::Choices, &["Red", "Blue"]),
        ],
        tags: [("vip".to_owned(), "tag_vip".to_owned())].into(),
        ..Known::default()
    }
}

/// The outcome of one row under these names.
fn outcome(names: &[&str], cells: &[&str], change: impl Fn(&mut Plan)) -> Option<Outcome> {
    let mut sheet = Sheet::default();
    sheet.push(names.iter().copied()).unwrap();
    let head = head_at(&sheet, Some(0));
    let mut plan = propose(Uuid::nil(), 7, &head, &Survey::default(), &known());
    change(&mut plan);
    check(&plan, &known(), &PlainRead, 1, &|at| {
        cells.get(at).copied().unwrap_or("")
    })
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
    assert_eq!(draft.tags, ["tag_vip".to_owned(), new.clone()].into());
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
    check("ID", "a b", Reason::BadId);
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
fn a_rows_id_is_of_the_import_and_the_row() {
    let id = |import: u128| {
        let change = |plan: &mut Plan| plan.import = Uuid::from_u128(import);
        outcome(&["email"], &["a@b.cn"], change).unwrap().id
    };
    assert_eq!(id(1), id(1));
    assert_ne!(id(1), id(2));
}
