//! A persona and the profiles it is tried on, for tests.

use super::*;
use crate::lead::Field;
use crate::profile::Value;
use crate::profile::sample::{Person, custom, name};
use uuid::Uuid;

pub(in crate::persona) fn standard(field: Field) -> Subject {
    Subject::Field(FieldId::Standard(field))
}

pub(in crate::persona) fn entry(label: &str, text: &str, about: Option<Subject>) -> Entry {
    Entry {
        label: label.into(),
        text: text.into(),
        about,
    }
}

pub(in crate::persona) fn note(kind: EvidenceKind, groups: &[Group]) -> Evidence {
    Evidence {
        kind,
        text: "Asks for the price first".into(),
        source: "12 interviews in Hangzhou".into(),
        date: 20_000,
        link: Some("https://example.com/interviews".into()),
        groups: groups.iter().copied().collect(),
    }
}

/// An IT head of a retail chain.
pub(in crate::persona) fn persona() -> Persona {
    let company = vec![
        entry("行业", "零售、快消", Some(standard(Field::Industry))),
        entry("规模", "100-499人", Some(standard(Field::Size))),
        entry("职位", "IT; CIO；信息", Some(standard(Field::Title))),
        entry("产品", "CRM", Some(Subject::Field(custom("product")))),
    ];
    let budget = vec![entry(
        "年预算",
        "10-50万",
        Some(Subject::Field(custom("budget"))),
    )];
    let pains = vec![entry("痛点", "数据不通", None)];
    Persona {
        id: PersonaId(Uuid::from_u128(1)),
        version: 1,
        name: name("连锁零售的信息主管", "IT head of a retail chain"),
        summary: "想要一套系统。".into(),
        colour: Colour::Teal,
        groups: [
            (Group::Company, company),
            (Group::Budget, budget),
            (Group::Pains, pains),
        ]
        .into(),
        evidence: vec![
            note(EvidenceKind::Interview, &[Group::Company]),
            note(EvidenceKind::Survey, &[]),
        ],
        fit: vec![Criterion {
            about: Subject::Tags,
            test: Test::OneOf(BTreeSet::from(["retail".into()])),
            weight: 4,
            group: Group::Company,
        }],
    }
}

pub(in crate::persona) fn profile(fields: &[(&str, Value)], tags: &[&str]) -> Person {
    let fields = fields.iter();
    let fields = fields.map(|(id, value)| (id.parse().unwrap(), value.clone()));
    Person {
        fields: fields.collect(),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
    }
}

pub(in crate::persona) fn text(text: &str) -> Value {
    Value::Text(text.into())
}
