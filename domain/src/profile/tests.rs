//! Schemas are checked against what was saved; text is read into typed values and written back.

use super::sample::{custom, field_and_value, name, schema, tag};
use super::*;
use crate::api::Lang;
use proptest::prelude::*;

/// What is wrong with a schema that was changed so.
fn check_change(change: impl FnOnce(&mut Schema), expect: &[(&str, &str)]) {
    let before = schema();
    let mut after = before.clone();
    change(&mut after);
    let found = check(&before, &after);
    let found: Vec<_> = found.iter().map(|i| (i.field.as_str(), i.code)).collect();
    assert_eq!(found, expect);
}

fn options(schema: &mut Schema, place: usize) -> &mut Vec<Choice> {
    match &mut schema.fields[place].kind {
        Kind::Choice { options } | Kind::Choices { options } => options,
        _ => panic!("a field with options"),
    }
}

#[test]
fn what_a_workspace_begins_with_is_valid() {
    assert_eq!(check(&Schema::default(), &starter()), []);
    assert_eq!(check(&starter(), &schema()).len(), 3);
    assert_eq!(check(&Schema::default(), &schema()), []);
    assert_eq!(
        Field::ALL
            .into_iter()
            .filter(|f| starter().kind(&FieldId::Standard(*f)).is_none())
            .count(),
        0
    );
}

#[test]
fn what_is_wrong_with_a_field_is_named() {
    let long = "名".repeat(10_000);
    check_change(|_| {}, &[]);
    check_change(
        |s| s.fields[0].name = name(" ", "a\u{202e}"),
        &[("fields[0].name.zh", "empty")],
    );
    check_change(
        |s| s.fields[0].name.zh = long.clone(),
        &[("fields[0].name.zh", "too_long")],
    );
    check_change(|s| s.fields[0].name.en = "👩\u{200d}💻".into(), &[]);
    check_change(
        |s| s.fields[1].name.en = "BUDGET".into(),
        &[("fields[1].name", "duplicate")],
    );
    check_change(
        |s| s.fields[1].name.zh = "ｂｕｄｇｅｔ".into(),
        &[("fields[1].name", "duplicate")],
    );
    check_change(
        |s| {
            s.fields[0].kind = Kind::Number {
                min: Some(2),
                max: Some(1),
                decimals: 4,
            }
        },
        &[
            ("fields[0].kind.max", "out_of_range"),
            ("fields[0].kind.decimals", "out_of_range"),
        ],
    );
    check_change(
        |s| {
            s.fields[0].kind = Kind::Number {
                min: Some(i64::MIN),
                max: None,
                decimals: 0,
            }
        },
        &[("fields[0].kind.min", "out_of_range")],
    );
    check_change(
        |s| s.fields[0].kind = Kind::Date,
        &[("fields.budget.kind", "kind_changed")],
    );
    check_change(|s| s.fields[5].kind = Kind::Text { long: false }, &[]);
    check_change(
        |s| {
            s.fields[2].kind = Kind::Choices {
                options: options(s, 2).clone(),
            }
        },
        &[("fields.product.kind", "kind_changed")],
    );
    check_change(
        |s| s.fields[0].id = "Budget".into(),
        &[("fields[0].id", "not_a_slug"), ("fields.budget", "removed")],
    );
    check_change(
        |s| s.fields[0].id = "since".into(),
        &[
            ("fields[1].id", "duplicate"),
            ("fields[1].name", "duplicate"),
            ("fields.budget", "removed"),
            ("fields.since.kind", "kind_changed"),
        ],
    );
    let more = |s: &mut Schema| {
        for n in 0..limit::FIELDS_MAX {
            let mut field = s.fields[1].clone();
            (field.id, field.name) = (
                format!("f{n}"),
                name(&format!("字段{n}"), &format!("Field {n}")),
            );
            s.fields.push(field);
        }
    };
    check_change(more, &[("fields", "too_many")]);
}

#[test]
fn what_is_wrong_with_an_option_is_named() {
    check_change(
        |s| options(s, 2).clear(),
        &[
            ("fields[2].kind.options", "empty"),
            ("fields.product.kind.options.crm", "removed"),
            ("fields.product.kind.options.r-d", "removed"),
            ("fields.product.kind.options.3", "removed"),
            ("fields.product.kind.options.erp", "removed"),
        ],
    );
    check_change(|s| options(s, 2)[0].retired = true, &[]);
    check_change(|s| options(s, 2)[0].name.en = "A, B".into(), &[]);
    check_change(
        |s| options(s, 3)[0].name.en = "A, B".into(),
        &[("fields[3].kind.options[0].name", "separator")],
    );
    check_change(
        |s| options(s, 2)[1].name.zh = "crm".into(),
        &[("fields[2].kind.options[1].name", "duplicate")],
    );
    check_change(
        |s| options(s, 2)[1].id = "客户".into(),
        &[
            ("fields[2].kind.options[1].id", "not_a_slug"),
            ("fields.product.kind.options.r-d", "removed"),
        ],
    );
    let more = |s: &mut Schema| {
        for n in 0..limit::OPTIONS_MAX {
            let mut option = options(s, 2)[0].clone();
            (option.id, option.name) = (
                format!("o{n}"),
                name(&format!("选项{n}"), &format!("Option {n}")),
            );
            options(s, 2).push(option);
        }
    };
    check_change(more, &[("fields[2].kind.options", "too_many")]);
}

#[test]
fn what_is_wrong_with_a_tag_is_named() {
    check_change(|s| s.tag_groups.swap(0, 1), &[]);
    check_change(|s| s.tag_groups[1].retired = true, &[]);
    check_change(|s| s.tag_groups[0].exclusive = false, &[]);
    check_change(
        |s| {
            let moved = s.tag_groups[0].tags.remove(0);
            s.tag_groups[1].tags.push(moved);
        },
        &[],
    );
    check_change(
        |s| {
            s.tag_groups.remove(0);
        },
        &[
            ("tag_groups.industry", "removed"),
            ("tags.retail", "removed"),
            ("tags.bank", "removed"),
        ],
    );
    check_change(
        |s| s.tag_groups[1].tags.push(tag("bank", "银行二", "Bank 2")),
        &[("tag_groups[1].tags[3].id", "duplicate")],
    );
    check_change(
        |s| s.tag_groups[1].tags.push(tag("bank-2", "银行", "Bank")),
        &[],
    );
    check_change(
        |s| s.tag_groups[1].tags.push(tag("vip-2", "贵宾", "VIP 2")),
        &[("tag_groups[1].tags[3].name", "duplicate")],
    );
    check_change(
        |s| s.tag_groups[0].tags.push(tag("a", "甲、乙", "A")),
        &[("tag_groups[0].tags[2].name", "separator")],
    );
    let tags = |s: &mut Schema| {
        let more = (0..limit::TAGS_MAX)
            .map(|n| tag(&format!("t{n}"), &format!("签{n}"), &format!("Tag {n}")));
        s.tag_groups[0].tags.extend(more);
    };
    check_change(tags, &[("tag_groups", "too_many")]);
}

#[test]
fn a_tag_that_was_made_on_the_way_is_taken_in_once() {
    let names = |names: &[(&str, &str)]| {
        let names = names.iter();
        names
            .map(|(id, name)| ((*id).to_owned(), (*name).to_owned()))
            .collect()
    };
    let before = schema();
    let mut after = before.clone();
    after.admit(&names(&[
        ("vip", "other"),
        ("t1", "展会"),
        ("t2", "老客户"),
    ]));
    assert_eq!(check(&before, &after), []);
    let found: Vec<_> = after.tag_groups[2]
        .tags
        .iter()
        .map(|tag| tag.id.as_str())
        .collect();
    assert_eq!(found, ["t1", "t2"]);
    let once = after.clone();
    after.admit(&names(&[("t2", "老客户"), ("vip", "")]));
    assert_eq!(after, once);
    after.admit(&names(&[("t3", "展会")]));
    let found = check(&once, &after);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].to_string(),
        "tag_groups[2].tags[2].name: duplicate"
    );
}

fn read_in(field: &FieldId, text: &str, order: Option<DateOrder>) -> Result<Value, &'static str> {
    let found = read(&schema(), field, text, Hints { date_order: order });
    found.map_err(|invalid| {
        assert_eq!(invalid.field, field.to_string());
        invalid.code
    })
}

#[test]
fn text_is_read_by_the_fields_kind() {
    let check = |field: &str, text: &str, expect: Result<Value, &str>| {
        let id = field.parse().unwrap();
        assert_eq!(read_in(&id, text, None), expect, "{field} {text:?}");
    };
    let text = |text: &str| Ok(Value::Text(text.into()));
    check("name", " 李伟\u{202e}\u{0} ", text("李伟"));
    check("name", "李\n伟", text("李 伟"));
    check("name", "👩\u{200d}💻", text("👩\u{200d}💻"));
    check("name", "\u{200b}\u{202e}", Err("empty"));
    check("name", &"名".repeat(10_000), Err("too_long"));
    check("message", "a\r\nb", text("a\nb"));
    check(
        "custom.pains",
        &"痛".repeat(2_730),
        text(&"痛".repeat(2_730)),
    );
    check("custom.pains", &"痛".repeat(2_731), Err("too_long"));
    check("custom.gone", "still read", text("still read"));
    check("custom.nothing", "x", Err("unknown_field"));

    check("custom.budget", "1.5万", Ok(Value::Number(15_000_000)));
    check("custom.budget", "１，０００", Ok(Value::Number(1_000_000)));
    check("custom.budget", "-1", Err("out_of_range"));
    check("custom.budget", "2m", Err("out_of_range"));
    check("custom.budget", "1.234", Err("too_many_decimals"));
    check("custom.budget", "lots", Err("not_a_number"));

    check("custom.since", "2026年3月4日", Ok(Value::Date(20_516)));
    check("custom.since", "04/03/2026", Err("ambiguous_date"));
    check("custom.since", "2026-02-30", Err("impossible_date"));

    let choice = |id: &str| Ok(Value::Choice(id.into()));
    check("custom.product", "crm", choice("crm"));
    check("custom.product", " ＣＲＭ ", choice("crm"));
    check("custom.product", "客户管理", choice("crm"));
    check("custom.product", "third  PARTY", choice("3"));
    check("custom.product", "ERP", choice("erp"));
    check("custom.product", "scm", Err("unknown_option"));
    check(
        "custom.product",
        &"crm".repeat(10_000),
        Err("unknown_option"),
    );

    let choices = |ids: &[&str]| {
        Ok(Value::Choices(
            ids.iter().map(|id| (*id).to_owned()).collect(),
        ))
    };
    check("custom.needs", "crm;研发", choices(&["crm", "r-d"]));
    check(
        "custom.needs",
        "CRM、CRM，R&D ✓|3",
        choices(&["3", "crm", "r-d"]),
    );
    check("custom.needs", ";; crm ,", choices(&["crm"]));
    check("custom.needs", ";", Err("empty"));
    check("custom.needs", "crm;scm", Err("unknown_option"));
    check("custom.needs", &"crm;".repeat(100_000), choices(&["crm"]));

    for yes in ["是", "YES", "y", "✓", "1", "True", "√"] {
        check("custom.partner", yes, Ok(Value::Bool(true)));
    }
    for no in ["否", "No", "×", "０", "false"] {
        check("custom.partner", no, Ok(Value::Bool(false)));
    }
    check("custom.partner", "maybe", Err("not_yes_or_no"));
    check("custom.partner", "x", Err("not_yes_or_no"));
}

#[test]
fn the_order_of_a_date_is_taken_from_who_knows() {
    let day_first = read_in(&custom("since"), "04/03/2026", Some(DateOrder::DayFirst));
    assert_eq!(day_first, Ok(Value::Date(20_516)));
    let month_first = read_in(&custom("since"), "03/04/2026", Some(DateOrder::MonthFirst));
    assert_eq!(month_first, Ok(Value::Date(20_516)));
}

#[test]
fn a_value_must_be_of_the_fields_kind() {
    let check = |field: &str, value: Value, expect: Result<(), &str>| {
        let found = check_value(&schema(), &field.parse().unwrap(), &value);
        assert_eq!(
            found.map_err(|invalid| invalid.code),
            expect,
            "{field} {value:?}"
        );
    };
    check("name", Value::Text("李".into()), Ok(()));
    check("name", Value::Text(" 李".into()), Err("not_clean"));
    check("name", Value::Text("a\nb".into()), Err("not_clean"));
    check("message", Value::Text("a\nb".into()), Ok(()));
    check("name", Value::Text(String::new()), Err("empty"));
    check("name", Value::Bool(true), Err("wrong_kind"));
    check("custom.budget", Value::Number(5), Err("too_many_decimals"));
    check(
        "custom.budget",
        Value::Number(i64::MIN),
        Err("out_of_range"),
    );
    check("custom.since", Value::Date(i32::MAX), Err("out_of_range"));
    check(
        "custom.product",
        Value::Choice("scm".into()),
        Err("unknown_option"),
    );
    check(
        "custom.product",
        Value::Choices(BTreeSet::from(["crm".into()])),
        Err("wrong_kind"),
    );
    check(
        "custom.needs",
        Value::Choices(BTreeSet::new()),
        Err("empty"),
    );
    check("custom.nothing", Value::Bool(true), Err("unknown_field"));
}

#[test]
fn a_field_is_written_by_its_name() {
    let check = |text: &str, holds: bool| {
        let found = text.parse::<FieldId>();
        assert_eq!(found.is_ok(), holds, "{text}");
        if let Ok(id) = found {
            assert_eq!(id.to_string(), text);
            let map = std::collections::BTreeMap::from([(id, 1)]);
            let json = serde_json::to_string(&map).unwrap();
            assert_eq!(json, format!("{{\"{text}\":1}}"));
            assert_eq!(
                serde_json::from_str::<std::collections::BTreeMap<FieldId, i32>>(&json).unwrap(),
                map
            );
        }
    };
    for field in Field::ALL {
        check(field.name(), true);
    }
    check("custom.budget", true);
    check("custom.2-b", true);
    check("custom.", false);
    check("custom.Budget", false);
    check("custom.预算", false);
    check(&format!("custom.{}", "a".repeat(10_000)), false);
    check("budget", false);
    check("", false);
}

#[test]
fn a_schema_is_read_back_as_written() {
    for schema in [schema(), starter(), Schema::default()] {
        let text = serde_json::to_string(&schema).unwrap();
        assert_eq!(serde_json::from_str::<Schema>(&text).unwrap(), schema);
    }
    assert_eq!(
        serde_json::from_str::<Schema>("{}").unwrap(),
        Schema::default()
    );
    assert!(serde_json::from_str::<Schema>(r#"{"fields":[],"more":1}"#).is_err());
}

#[test]
fn a_tag_is_found_by_id_or_name() {
    let schema = schema();
    let check = |text: &str, expect: Option<&str>| {
        let found = schema.tag_named(text).map(|(_, tag)| tag.id.as_str());
        assert_eq!(found, expect, "{text:?}");
    };
    check("retail", Some("retail"));
    check("品牌零售", Some("retail"));
    check(" HIGH  value ", Some("high"));
    check("Old", Some("old"));
    check("零售", None);
    check("", None);
}

proptest! {
    #[test]
    fn what_is_shown_is_read_back((field, value) in field_and_value(), zh in any::<bool>()) {
        let schema = schema();
        prop_assert_eq!(check_value(&schema, &field, &value), Ok(()));
        let shown = show(&schema, &field, &value, if zh { Lang::Zh } else { Lang::En });
        prop_assert_eq!(read(&schema, &field, &shown, Hints::default()), Ok(value));
    }

    #[test]
    fn what_is_read_is_valid(text in any::<String>(), place in 0..20_usize) {
        let schema = schema();
        let standard = Field::ALL.into_iter().map(FieldId::Standard);
        let fields: Vec<FieldId> = standard.chain(schema.fields.iter().map(|f| custom(&f.id))).collect();
        let field = &fields[place % fields.len()];
        if let Ok(value) = read(&schema, field, &text, Hints::default()) {
            prop_assert_eq!(check_value(&schema, field, &value), Ok(()));
            let shown = show(&schema, field, &value, Lang::Zh);
            prop_assert_eq!(read(&schema, field, &shown, Hints::default()), Ok(value));
        }
    }
}
