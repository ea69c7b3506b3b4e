use super::*;
use crate::channel::Channel;
use crate::grade::Grade;
use crate::id::{LeadId, PersonaId, UserId};
use crate::lead::{Field, LeadRow};
use crate::profile::{FieldId, Schema, Value, starter};
use serde_json::{Value as Json, json};
use std::cmp::Ordering;
use std::collections::BTreeSet;
use uuid::Uuid;

fn row(number: u128) -> LeadRow {
    LeadRow {
        id: LeadId(Uuid::from_u128(number)),
        email: Some("Li.Wei@yunge.cn".into()),
        phone: None,
        name: Some("李伟".into()),
        company: Some("YunGe 云格".into()),
        title: None,
        account: None,
        role: None,
        score: 40,
        channel: Some(Channel::PaidSearch),
        source: "Baidu".into(),
        campaign: None,
        tags: ["vip".to_owned(), "expo".to_owned()].into(),
        stage: Some("mql".into()),
        stage_at: Some(1_500),
        owner: Some(UserId(Uuid::from_u128(9))),
        amount: None,
        fields: Default::default(),
        grade: Some(Grade::B),
        cell: Some("B3".into()),
        excluded: BTreeSet::new(),
        personas: [PersonaId(Uuid::from_u128(5))].into(),
        segments: ["warm".to_owned()].into(),
        created_at: 1_000,
        last_at: 2_000,
        seq: 1,
    }
}

fn listed(row: &LeadRow, fields: &[(&str, Value)]) -> Listed {
    let fields = fields.iter();
    let fields = fields.map(|(field, value)| (field.parse().unwrap(), value));
    Listed::new(row, fields, "li.wei@yunge.cn\n李伟\nyunge 云格".into())
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

/// Someone of whom a little is known.
fn someone() -> Listed {
    let fields = [
        ("name", text("李伟")),
        ("company", text("ＹunGe  云格")),
        ("custom.budget", Value::Number(5_000)),
    ];
    listed(&row(7), &fields)
}

fn query(filter: &Json) -> Result<Query, (String, &'static str)> {
    let filter = filter.to_string();
    let asked = Asked {
        order: &Column::LastAt,
        direction: Direction::Descending,
        filter: Some(&filter),
        search: None,
        cursor: None,
    };
    Query::of(asked, &starter()).map_err(|invalid| (invalid.field, invalid.code))
}

#[test]
fn a_filter_holds_or_does_not() {
    let someone = someone();
    let check = |filter: Json, holds: bool| {
        let query = query(&json!([filter])).unwrap();
        assert_eq!(query.has(&someone), holds, "{filter}");
    };
    for (column, op, value, holds) in [
        ("score", "is", json!(40), true),
        ("score", "is_not", json!(40), false),
        ("score", "any_of", json!([1, 40]), true),
        ("score", "at_least", json!(40), true),
        ("score", "at_least", json!(41), false),
        ("last_at", "at_most", json!(1_999), false),
        ("created_at", "none_of", json!([1_000]), false),
        ("channel", "is", json!("paid_search"), true),
        ("channel", "any_of", json!(["direct", "email"]), false),
        ("source", "is", json!("BAIDU"), true),
        ("campaign", "is_not", json!("q4"), true),
        ("campaign", "contains", json!("q"), false),
        ("campaign", "not_contains", json!("q"), true),
        ("email", "contains", json!("YUNGE"), true),
        ("email", "starts", json!("li."), true),
        ("email", "starts", json!("wei"), false),
        ("company", "is", json!("yunge 云格"), true),
        ("company", "contains", json!("云"), true),
        ("company", "not_contains", json!("云"), false),
        ("tags", "is", json!("vip"), true),
        ("tags", "any_of", json!(["x", "expo"]), true),
        ("tags", "all_of", json!(["vip", "expo"]), true),
        ("tags", "all_of", json!(["vip", "x"]), false),
        ("tags", "none_of", json!(["x"]), true),
        ("tags", "is_not", json!("vip"), false),
        ("custom.budget", "at_most", json!(5_000), true),
        ("custom.buying-date", "at_most", json!(99_999), false),
        ("custom.buying-date", "is_not", json!(1), true),
        ("role", "any_of", json!(["champion"]), false),
        ("stage", "any_of", json!(["lead", "mql"]), true),
        ("stage", "is_not", json!("mql"), false),
        ("stage_at", "at_most", json!(1_500), true),
        ("stage_at", "at_least", json!(1_501), false),
        (
            "owner",
            "is",
            json!("00000000-0000-0000-0000-000000000009"),
            true,
        ),
        (
            "owner",
            "none_of",
            json!(["00000000-0000-0000-0000-000000000008"]),
            true,
        ),
        ("grade", "is", json!("B"), true),
        ("grade", "any_of", json!(["A", "C"]), false),
        ("cell", "is", json!("B3"), true),
        ("persona", "is", json!(Uuid::from_u128(5)), true),
        ("persona", "none_of", json!([Uuid::from_u128(5)]), false),
        ("segment", "is", json!("warm"), true),
        ("segment", "all_of", json!(["warm", "hot"]), false),
        ("segment", "is_not", json!("hot"), true),
        ("excluded", "is", json!("student"), false),
    ] {
        check(json!({"column": column, "op": op, "value": value}), holds);
    }
    for (column, is_empty) in [
        ("phone", true),
        ("account", true),
        ("title", true),
        ("tags", false),
        ("excluded", true),
        ("segment", false),
        ("name", false),
        ("score", false),
    ] {
        check(json!({"column": column, "op": "empty"}), is_empty);
        check(json!({"column": column, "op": "not_empty"}), !is_empty);
    }
    let no = json!({"column": "score", "op": "is", "value": 1});
    let yes = json!({"column": "score", "op": "is", "value": 40});
    check(json!({"any": [no, yes]}), true);
    check(json!({"any": [no, no]}), false);
    assert!(!query(&json!([yes, no])).unwrap().has(&someone));
}

#[test]
fn what_is_no_filter_is_refused_by_name() {
    let check = |filter: Json, field: &str, code: &'static str| {
        assert_eq!(query(&filter), Err((field.to_owned(), code)), "{filter}");
    };
    let one =
        |column: &str, op: &str, value: Json| json!([{"column": column, "op": op, "value": value}]);
    check(json!({}), "filter", "malformed");
    check(json!([1]), "filter[0]", "malformed");
    check(one("score", "near", json!(1)), "filter[0]", "malformed");
    check(
        one("nothing", "is", json!("x")),
        "filter[0].column",
        "unknown_field",
    );
    check(
        one("custom.x", "is", json!("x")),
        "filter[0].column",
        "unknown_field",
    );
    check(
        one("score", "contains", json!("x")),
        "filter[0].op",
        "wrong_type",
    );
    check(
        one("company", "at_least", json!(1)),
        "filter[0].op",
        "wrong_type",
    );
    check(
        one("company", "all_of", json!(["x"])),
        "filter[0].op",
        "wrong_type",
    );
    check(
        one("score", "is", json!("40")),
        "filter[0].value",
        "wrong_type",
    );
    check(
        one("company", "is", json!(4)),
        "filter[0].value",
        "wrong_type",
    );
    check(
        one("account", "is", json!("x")),
        "filter[0].value",
        "wrong_type",
    );
    check(
        one("channel", "is", json!("x")),
        "filter[0].value",
        "unknown_option",
    );
    check(
        one("role", "is", json!("x")),
        "filter[0].value",
        "unknown_option",
    );
    check(
        one("company", "contains", json!(" ")),
        "filter[0].value",
        "empty",
    );
    check(
        one("company", "any_of", json!([])),
        "filter[0].value",
        "empty",
    );
    check(
        one("company", "is", json!("x".repeat(1_025))),
        "filter[0].value",
        "too_long",
    );
    check(
        one("score", "any_of", json!(vec![1; 51])),
        "filter[0].value",
        "too_many",
    );
    check(
        one("company", "is", json!("x".repeat(4_000))),
        "filter",
        "too_long",
    );
    check(json!([{"any": []}]), "filter[0].any", "empty");
    let empty = json!({"column": "email", "op": "empty"});
    check(json!(vec![empty.clone(); 21]), "filter", "too_many");
    check(
        json!([{"any": vec![empty.clone(); 21]}]),
        "filter",
        "too_many",
    );
    let bad = json!({"column": "email", "op": "at_least", "value": 1});
    check(
        json!([empty, {"any": [empty, bad]}]),
        "filter[1].any[1].op",
        "wrong_type",
    );
}

fn asked(order: &Column) -> Asked<'_> {
    Asked {
        order,
        direction: Direction::Descending,
        filter: None,
        search: None,
        cursor: None,
    }
}

#[test]
fn an_order_a_search_and_a_cursor_are_checked() {
    let schema = starter();
    let check = |asked: Asked<'_>, field: &str, code: &'static str| {
        let invalid = Query::of(asked, &schema).unwrap_err();
        assert_eq!((invalid.field.as_str(), invalid.code), (field, code));
    };
    let column = |name: &str| name.parse::<Column>().unwrap();
    check(asked(&column("custom.none")), "order", "unknown_field");
    for unsortable in ["account", "tags", "message"] {
        check(asked(&column(unsortable)), "order", "unsortable");
    }
    let long = "x".repeat(1_025);
    let search = Asked {
        search: Some(&long),
        ..asked(&Column::Score)
    };
    check(search, "search", "too_long");
    let id = "0".repeat(32);
    for (order, cursor) in [
        (Column::Score, String::new()),
        (Column::Score, "x".to_owned()),
        (Column::Score, format!("{id}|")),
        (Column::Score, format!("{id}|-")),
        (Column::Score, format!("{id}|tx")),
        (Column::Score, format!("{id}|n1.5")),
        (Column::Email, format!("{id}|n1")),
        (Column::Email, "0|tx".to_owned()),
    ] {
        let cursor = Asked {
            cursor: Some(&cursor),
            ..asked(&order)
        };
        check(cursor, "cursor", "malformed");
    }
}

#[test]
fn a_column_is_read_as_it_is_written() {
    let fields = Field::ALL.map(Column::from);
    let custom = Column::Field(FieldId::Custom("budget".into()));
    let own = [
        "last_at",
        "score",
        "created_at",
        "account",
        "channel",
        "source",
        "campaign",
        "role",
        "tags",
        "stage",
        "stage_at",
        "owner",
        "email",
        "phone",
    ];
    let own = own.map(|name| name.parse::<Column>().unwrap());
    for column in own.into_iter().chain(fields).chain([custom]) {
        assert_eq!(column.to_string().parse(), Ok(column));
    }
    assert_eq!("phone".parse(), Ok(Column::Phone));
    assert!("nothing".parse::<Column>().is_err());
    assert_eq!(Column::Tags.holds(&Schema::default()), Some(Holds::Words));
}

#[test]
fn equals_stand_in_the_order_of_their_ids_and_who_has_nothing_last() {
    let schema = starter();
    let place = |by: Option<&str>, id: u128| Place {
        by: by.map(|text| Fact::Text(text.into())),
        id: LeadId(Uuid::from_u128(id)),
    };
    let in_order = [
        place(Some("a"), 1),
        place(Some("a"), 2),
        place(Some("b"), 0),
        place(None, 1),
        place(None, 2),
    ];
    let descending = [
        place(Some("b"), 0),
        place(Some("a"), 2),
        place(Some("a"), 1),
        place(None, 2),
        place(None, 1),
    ];
    for (direction, expect) in [
        (Direction::Ascending, in_order),
        (Direction::Descending, descending),
    ] {
        let asked = Asked {
            direction,
            ..asked(&Column::Email)
        };
        let query = Query::of(asked, &schema).unwrap();
        for pair in expect.windows(2) {
            assert_eq!(
                query.compare(&pair[0], &pair[1]),
                Ordering::Less,
                "{pair:?}"
            );
        }
        for place in &expect {
            assert_eq!(Place::parse(&place.print()).as_ref(), Some(place));
        }
    }
}

#[test]
fn a_search_looks_at_all_of_a_person_and_filters_travel() {
    let schema = starter();
    let search = |text: &str| {
        let asked = Asked {
            search: Some(text),
            ..asked(&Column::Score)
        };
        Query::of(asked, &schema).unwrap().has(&someone())
    };
    for (text, holds) in [
        ("", true),
        (" ", true),
        ("李", true),
        ("YUNGE 云", true),
        ("wang", false),
    ] {
        assert_eq!(search(text), holds, "{text}");
    }
    let clauses = vec![
        Clause::One(Filter {
            column: "score".into(),
            test: Test::AtLeast(40),
        }),
        Clause::Any {
            any: vec![Filter {
                column: "tags".into(),
                test: Test::Is(Operand::Text("vip".into())),
            }],
        },
    ];
    let sent = write(&clauses).unwrap();
    assert_eq!(
        sent,
        r#"[{"column":"score","op":"at_least","value":40},{"any":[{"column":"tags","op":"is","value":"vip"}]}]"#
    );
    assert!(
        query(&serde_json::from_str(&sent).unwrap())
            .unwrap()
            .has(&someone())
    );
    assert_eq!(write(&[]), None);
}
