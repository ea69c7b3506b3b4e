//! Schemas and values as they may be, for property tests.

use super::{
    Choice, Definition, Described, FieldId, Kind, Schema, Tag, TagGroup, Value, limit, line, lines,
};
use crate::lead::Field;
use crate::rulebook::Name;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Someone of whom this is known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Person {
    pub(crate) fields: BTreeMap<FieldId, Value>,
    pub(crate) tags: BTreeSet<String>,
}

impl Described for Person {
    fn value(&self, field: &FieldId) -> Option<&Value> {
        self.fields.get(field)
    }

    fn tags(&self) -> impl Iterator<Item = &str> {
        self.tags.iter().map(String::as_str)
    }
}

pub(crate) fn name(zh: &str, en: &str) -> Name {
    Name {
        zh: zh.into(),
        en: en.into(),
    }
}

fn choice(id: &str, zh: &str, en: &str) -> Choice {
    Choice {
        id: id.into(),
        name: name(zh, en),
        retired: false,
    }
}

pub(crate) fn tag(id: &str, zh: &str, en: &str) -> Tag {
    Tag {
        id: id.into(),
        name: name(zh, en),
        retired: false,
    }
}

pub(crate) fn custom(id: &str) -> FieldId {
    FieldId::Custom(id.into())
}

/// A schema with a field of every kind, and two groups of tags.
pub(crate) fn schema() -> Schema {
    let field = |id: &str, kind| Definition {
        id: id.into(),
        name: name(&format!("{id}（中）"), id),
        kind,
        retired: false,
    };
    let options = || {
        let mut retired = choice("erp", "企业资源", "ERP");
        retired.retired = true;
        vec![
            choice("crm", "客户管理", "CRM"),
            choice("r-d", "研发", "R&D ✓"),
            choice("3", "第三", "Third Party"),
            retired,
        ]
    };
    let group = |id: &str, exclusive, tags| TagGroup {
        id: id.into(),
        name: name(&format!("组{id}"), id),
        exclusive,
        tags,
        retired: false,
    };
    let mut old = tag("old", "旧", "Old");
    old.retired = true;
    Schema {
        version: 1,
        fields: vec![
            field(
                "budget",
                Kind::Number {
                    min: Some(0),
                    max: Some(1_000_000_000),
                    decimals: 2,
                },
            ),
            field("since", Kind::Date),
            field("product", Kind::Choice { options: options() }),
            field("needs", Kind::Choices { options: options() }),
            field("partner", Kind::Bool),
            field("pains", Kind::Text { long: true }),
            Definition {
                retired: true,
                ..field("gone", Kind::Text { long: false })
            },
        ],
        tag_groups: vec![
            group(
                "industry",
                true,
                vec![
                    tag("retail", "品牌零售", "Retail"),
                    tag("bank", "银行", "Bank"),
                ],
            ),
            group(
                "value",
                false,
                vec![
                    tag("high", "高价值", "High value"),
                    tag("vip", "贵宾", "VIP"),
                    old,
                ],
            ),
        ],
    }
}

/// A field of [`schema`] with a value that it takes.
pub(crate) fn field_and_value() -> impl Strategy<Value = (FieldId, Value)> {
    let said = |clean: fn(&str) -> String, bytes_max: usize| {
        let text = any::<String>().prop_map(move |text| clean(&text));
        text.prop_filter_map("says nothing", move |text| {
            (!text.is_empty() && text.len() <= bytes_max).then_some(Value::Text(text))
        })
    };
    let id = prop::sample::select(vec!["crm", "r-d", "3", "erp"]);
    let texts = Field::ALL
        .into_iter()
        .filter(|field| *field != Field::Amount);
    let standard = prop::sample::select(texts.collect::<Vec<_>>());
    prop_oneof![
        (standard, said(line, limit::LINE_BYTES_MAX))
            .prop_map(|(field, value)| (FieldId::Standard(field), value)),
        said(lines, limit::TEXT_BYTES_MAX).prop_map(|value| (custom("pains"), value)),
        (0..=100_000_000_i64).prop_map(|n| (custom("budget"), Value::Number(n * 10))),
        (0..=100_000_000_i64)
            .prop_map(|n| (FieldId::Standard(Field::Amount), Value::Number(n * 10))),
        (limit::DATE_MIN..=limit::DATE_MAX).prop_map(|day| (custom("since"), Value::Date(day))),
        id.clone()
            .prop_map(|id| (custom("product"), Value::Choice(id.into()))),
        prop::collection::btree_set(id, 1..4).prop_map(|ids| {
            let ids: BTreeSet<String> = ids.into_iter().map(str::to_owned).collect();
            (custom("needs"), Value::Choices(ids))
        }),
        any::<bool>().prop_map(|is| (custom("partner"), Value::Bool(is))),
    ]
}
