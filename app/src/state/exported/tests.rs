//! A file's way in, out and in again.

use super::*;
use crate::heavy::Desk;
use crate::heavy::protocol::{Ask, Form, Open, Tell};
use domain::api::ImportRow;
use domain::draft::Draft;
use domain::id::LeadId;
use domain::import::Target;
use domain::lead::LeadRow;
use domain::profile::{Choice, Definition, Kind, starter};
use domain::rulebook::Name;
use proptest::prelude::*;
use std::io::Cursor;
use uuid::Uuid;

fn schema() -> Schema {
    let field = |id: &str, zh: &str, en: &str, kind| Definition {
        id: id.into(),
        name: Name {
            zh: zh.into(),
            en: en.into(),
        },
        kind,
        retired: false,
    };
    let option = |id: &str, zh: &str, en: &str| Choice {
        id: id.into(),
        name: Name {
            zh: zh.into(),
            en: en.into(),
        },
        retired: false,
    };
    let options = vec![
        option("a", "甲方案", "Plan A"),
        option("b", "乙方案", "Plan B"),
    ];
    let mut schema = starter();
    schema.fields.extend([
        field(
            "plan",
            "方案",
            "Plan",
            Kind::Choice {
                options: options.clone(),
            },
        ),
        field("wants", "关注", "Wants", Kind::Choices { options }),
        field("member", "会员", "Member", Kind::Bool),
    ]);
    schema
}

/// The rows that a file puts down, with the tags that it brings taken in.
fn taken_in(bytes: Vec<u8>, schema: &mut Schema) -> Vec<Draft> {
    let mut desk = Desk::default();
    let mut ask = |ask: Ask, file: Option<Vec<u8>>| {
        let mut told = Vec::new();
        desk.answer(ask, file.map(Cursor::new), &mut |tell| told.push(tell));
        told
    };
    let open = Ask::Open(Open {
        at: 0,
        schema: schema.clone(),
        zone: Zone::default(),
        encoding: None,
        delimiter: None,
        sheet: None,
    });
    let told = ask(open, Some(bytes));
    let Some(Tell::Checked { summary, questions }) = told.last() else {
        panic!("{told:?}")
    };
    assert_eq!(
        (
            summary.bad,
            questions.iter().any(|question| question.kind.must())
        ),
        (0, false),
        "{told:?}"
    );
    let new = summary.new_tags.iter();
    schema.admit(&new.map(|tag| (tag.id.clone(), tag.name.clone())).collect());
    let mut drafts = Vec::new();
    let mut from = Some(0);
    while let Some(first) = from {
        let told = ask(
            Ask::Batch {
                from: first,
                limit: 500,
            },
            None,
        );
        let Some(Tell::Batch { rows, next }) = told.last() else {
            panic!("{told:?}")
        };
        drafts.extend(rows.iter().map(|ImportRow { draft, .. }| draft.clone()));
        from = *next;
    }
    drafts
}

/// Who would be in the base.
fn person(draft: &Draft) -> LeadRecord {
    let first = |is: fn(&Key) -> bool| {
        draft
            .keys
            .iter()
            .find(|key| is(key))
            .map(|key| key.value().to_owned())
    };
    LeadRecord {
        row: LeadRow {
            id: LeadId(Uuid::nil()),
            email: first(|key| matches!(key, Key::Email(_))),
            phone: first(|key| matches!(key, Key::Phone(_))),
            name: None,
            company: None,
            title: None,
            account: None,
            role: None,
            score: 12,
            channel: None,
            source: draft.origin.source.clone(),
            campaign: None,
            tags: draft.tags.clone(),
            stage: None,
            stage_at: None,
            owner: None,
            amount: None,
            fields: Default::default(),
            grade: None,
            cell: None,
            excluded: Default::default(),
            personas: Default::default(),
            segments: Default::default(),
            created_at: 1_790_000_000_000,
            last_at: 1_790_000_000_000,
            seq: 1,
        },
        keys: draft.keys.clone(),
        fields: draft.fields.clone(),
        origin: Some(draft.origin.clone()),
    }
}

fn written(records: &[LeadRecord], writing: &Writing, form: Form) -> Vec<u8> {
    let mut desk = Desk::default();
    let mut ask = |ask: Ask| {
        desk.answer(ask, None::<Cursor<Vec<u8>>>, &mut |tell| {
            assert!(!matches!(tell, Tell::Failed(_)), "{tell:?}")
        })
    };
    let head = writing.people_head();
    ask(Ask::Export { form, head });
    let rows = records.iter().map(|record| writing.person(record));
    ask(Ask::ExportRows {
        rows: rows.collect(),
    });
    ask(Ask::ExportEnd).unwrap().bytes
}

/// A cell of a file, as text of a spreadsheet may be.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        3 => "[李伟云格a-zA-Z][李伟云格a-z .,;'\"=+@-]{0,10}[a-z李]",
        1 => "[=+@-][0-9A-Z()+]{1,8}",
    ]
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

fn row() -> impl Strategy<Value = Vec<String>> {
    let some =
        |texts: &'static [&'static str]| proptest::sample::select(texts).prop_map(str::to_owned);
    (
        (0_u32..90_000_000, 0_u32..90_000_000),
        proptest::collection::vec(cell(), 4),
        some(&["", "VIP", "新客;VIP", "=cmd、展会"]),
        some(&["", "0", "-1", "12.5", "1,000"]),
        some(&["", "2027-03-04", "1999-12-31"]),
        some(&["", "甲方案", "Plan B"]),
        some(&["", "甲方案、乙方案", "Plan B"]),
        some(&["", "是", "no"]),
        (
            some(&["", "CIIE 2026", "=HYPERLINK(1)"]),
            some(&["", "Dun"]),
            some(&["", "12.50"]),
        ),
    )
        .prop_map(
            |((mail, phone), texts, tags, number, date, plan, wants, member, origin)| {
                let mut row = vec![
                    format!("p{mail}@b.example; q{mail}@c.example"),
                    format!("138{phone:08}"),
                ];
                row.extend(texts);
                // A budget is not negative, and zero is one.
                let number = number.replace('-', "");
                row.extend([
                    tags, number, date, plan, wants, member, origin.0, origin.1, origin.2,
                ]);
                row
            },
        )
}

const HEAD: &str =
    "邮箱,手机,姓名,公司,部门,备注,标签,预算,预计采购日期,方案,关注,会员,来源,供应商,成本";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_imported_is_exported_and_imported_again_as_the_same(
        rows in proptest::collection::vec(row(), 1..8),
        zh in any::<bool>(),
    ) {
        let lines = rows.iter().map(|row| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(","));
        let file = [HEAD.to_owned()].into_iter().chain(lines).collect::<Vec<_>>().join("\r\n");
        let mut schema = schema();
        let drafts = taken_in(file.into_bytes(), &mut schema);
        prop_assert_eq!(drafts.len(), rows.len());
        let records: Vec<LeadRecord> = drafts.iter().map(person).collect();
        let writing = Writing {
            lang: if zh { Lang::Zh } else { Lang::En },
            schema: schema.clone(),
            zone: Zone::default(),
        };
        for form in [Form::Csv, Form::Xlsx] {
            let before = schema.clone();
            let again = taken_in(written(&records, &writing, form), &mut schema);
            prop_assert_eq!(&again, &drafts);
            prop_assert_eq!(&schema, &before, "no tag is new");
        }
    }
}

#[test]
fn every_column_that_is_taken_in_is_known_by_its_name() {
    for lang in [Lang::Zh, Lang::En] {
        let writing = Writing {
            lang,
            schema: schema(),
            zone: Zone::default(),
        };
        let bytes = written(&[], &writing, Form::Csv);
        let mut desk = Desk::default();
        let open = Ask::Open(Open {
            at: 0,
            schema: schema(),
            zone: Zone::default(),
            encoding: None,
            delimiter: None,
            sheet: None,
        });
        let mut plan = None;
        desk.answer(open, Some(Cursor::new(bytes)), &mut |tell| {
            if let Tell::Opened(opened) = tell {
                plan = Some(opened.plan);
            }
        });
        let targets: Vec<Target> = plan
            .unwrap()
            .columns
            .into_iter()
            .map(|column| column.target)
            .collect();
        let mut expect = vec![Target::Email];
        expect.extend(Field::ALL.map(|field| match field {
            Field::Phone => Target::Phone,
            field => Target::Field(FieldId::Standard(field)),
        }));
        let custom = schema().fields.into_iter();
        expect.extend(custom.map(|field| Target::Field(FieldId::Custom(field.id))));
        expect.extend([
            Target::Tags,
            Target::Source,
            Target::Vendor,
            Target::Cost,
            Target::Consent,
            Target::ConsentAt,
            Target::OpenId,
            Target::UnionId,
        ]);
        let rest = writing.people_head().len() - expect.len();
        expect.extend(vec![Target::Ignore; rest]);
        let named: Vec<_> = writing.people_head().into_iter().zip(expect).collect();
        let found: Vec<_> = writing.people_head().into_iter().zip(targets).collect();
        assert_eq!(found, named);
    }
}
