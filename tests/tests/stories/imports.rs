//! A file's rows on their way into the base: each once, whatever breaks, and taken back whole.

use crate::rebuild::{assert_same, rebuild};
use domain::api::{
    AdmitTags, ImportRow, ImportRows, Imported, Imports, LeadDetail, Leads, OpenImport, PutLead,
    ReadLead, Rebuild, UndoImport,
};
use domain::contact::Key;
use domain::draft::{Door, Draft, Origin};
use domain::id::{ImportId, LeadId};
use domain::identity::Email;
use domain::intake::State;
use domain::lead::Field;
use domain::profile::{FieldId, Value as Held};
use serde_json::{Value, json};
use tests::member::Member;
use tests::new_uuid;
use tests::server::Server;
use tests::visitor::id_of;
use tests::wait;

fn row(number: u32, keys: &[Key], fields: &[(Field, &str)]) -> ImportRow {
    let fields = fields.iter();
    let text = |value: &str| Held::Text(value.to_owned());
    ImportRow {
        row: number,
        draft: Draft {
            keys: keys.to_vec(),
            fields: fields
                .map(|(field, value)| (FieldId::Standard(*field), text(value)))
                .collect(),
            tags: ["expo".to_owned()].into(),
            origin: Origin::default(),
        },
    }
}

fn email(text: &str) -> Key {
    Key::Email(Email::parse(text).expect("an address"))
}

fn open(owner: &Member, rows: u32) -> ImportId {
    owner.call(&AdmitTags {
        key: new_uuid(),
        tags: [("expo".to_owned(), "展会".to_owned())].into(),
    });
    let call = OpenImport {
        key: new_uuid(),
        name: "CIIE 2026.xlsx".to_owned(),
        rows,
        origin: Origin {
            door: Door::Import,
            source: "CIIE 2026".to_owned(),
            vendor: Some("Dun".to_owned()),
            cost_minor: Some(1_250),
            consent: None,
        },
        fill_only: false,
    };
    let import = owner.call(&call);
    assert_eq!(owner.call(&call), import, "a repeat changes nothing");
    import.id
}

fn send(owner: &Member, id: ImportId, rows: &[ImportRow]) -> Imported {
    owner.call(&ImportRows {
        id,
        rows: rows.to_vec(),
    })
}

pub(crate) fn total(owner: &Member) -> u64 {
    let call = Leads::default();
    owner.call(&call).total
}

/// The rows of people and their keys, without the numbers of the facts that last changed them.
fn people(server: &Server) -> Vec<Value> {
    let rows = server.projections().into_iter();
    let rows = rows.map(|row| serde_json::from_str::<Value>(&row).expect("a row"));
    let rows = rows.filter(|row| row[0] == "lead" || row[0] == "key");
    rows.map(|mut row| {
        for cell in row.as_array_mut().expect("a list of cells") {
            let stored = cell
                .as_str()
                .and_then(|text| serde_json::from_str::<Value>(text).ok());
            if let Some(mut stored) = stored.filter(Value::is_object) {
                stored["seq"] = Value::Null;
                *cell = stored;
            }
        }
        if row[0] == "lead" {
            row[SEQ] = Value::Null;
        }
        row
    })
    .collect()
}

/// Where a person's row says by which fact it was last changed.
const SEQ: usize = 5;

#[test]
fn an_import_survives_a_crash_and_is_taken_back_whole() {
    let (mut server, owner) = Server::opened();
    let visitor = server.visitor();
    let form = visitor.form(
        "trial",
        json!({"email": "wei@yunge.example", "title": "工程师"}),
    );
    visitor.send(&[visitor.view("/demo/"), form.clone()]);
    let known = LeadId::from(id_of(&form));
    let by_id = owner.call(&PutLead {
        key: new_uuid(),
        draft: Draft {
            keys: vec![Key::External("crm/9".to_owned())],
            ..Draft::default()
        },
        fill_only: false,
    });
    let before = owner.call(&ReadLead {
        id: known,
        as_of: None,
    });
    let rows_before = people(&server);

    let import = open(&owner, 1_200);
    let all: Vec<ImportRow> = (1..=1_200_u32)
        .map(|n| match n {
            // Someone whom the base knows, and a row that joins two whom it knows.
            7 => row(
                n,
                &[
                    email("wei@yunge.example"),
                    Key::External("crm/9".to_owned()),
                ],
                &[(Field::Title, "CTO")],
            ),
            // The same person twice in the file.
            9 => row(
                n,
                &[email("person8@other.example")],
                &[(Field::Company, "云格")],
            ),
            _ => row(
                n,
                &[email(&format!("person{n}@other.example"))],
                &[(Field::Name, "王芳")],
            ),
        })
        .collect();
    for batch in all.chunks(400) {
        send(&owner, import, batch);
    }
    // The answer to the last batch was lost in a crash: it is sent again, and counts once.
    server.restart();
    let owner = Member::signs_in(&server, tests::member::OWNER);
    let last = send(&owner, import, &all[700..1_200]);
    assert_eq!((last.import.done, last.import.opened), (1_200, 1_198));
    assert!(last.refused.is_empty());
    assert_eq!(
        total(&owner),
        2 + 1_198 - 1,
        "one of the two known is merged"
    );
    let found = owner.call(&ReadLead {
        id: known,
        as_of: None,
    });
    assert_eq!(found.text(Field::Title), Some("CTO"));
    assert!(found.row.tags.contains("expo"));
    assert_eq!(
        owner
            .call(&ReadLead {
                id: by_id.row.id,
                as_of: None
            })
            .row
            .id,
        known
    );
    let new: LeadDetail = owner.call(&ReadLead {
        id: LeadId(domain::intake::row_key(import, 8)),
        as_of: None,
    });
    let origin = new.origin.clone().expect("where it comes from");
    assert_eq!(
        (origin.source.as_str(), origin.cost_minor),
        ("CIIE 2026", Some(1_250))
    );
    assert_eq!(
        (new.text(Field::Name), new.text(Field::Company)),
        (Some("王芳"), Some("云格"))
    );
    let rows = server.projections();
    rebuild(&server, &owner);
    assert_same(&rows, &server.projections());

    // Taken back: whom only the file named is gone, and whom it changed is as before.
    let undo = UndoImport {
        key: new_uuid(),
        id: import,
    };
    assert_eq!(owner.call(&undo).state, State::Undoing);
    server.restart();
    wait::until("the import to be taken back", || {
        server.settle();
        let list = owner.call(&Imports {
            cursor: None,
            limit: None,
        });
        (list.items[0].state == State::Undone).then_some(())
    });
    assert_eq!(total(&owner), 2);
    let after = owner.call(&ReadLead {
        id: known,
        as_of: None,
    });
    assert_eq!(
        (&after.fields, &after.keys, &after.row.tags),
        (&before.fields, &before.keys, &before.row.tags)
    );
    assert_eq!(people(&server), rows_before);
    let rows = server.projections();
    owner.call(&Rebuild {});
    server.settle();
    assert_same(&rows, &server.projections());
    let refused = owner.try_call(&ImportRows {
        id: import,
        rows: all[..1].to_vec(),
    });
    assert_eq!(refused.error().code, "undone");
}

#[test]
fn a_bad_row_is_refused_by_name_and_the_others_stay() {
    let (server, owner) = Server::opened();
    let import = open(&owner, 3);
    let long = "长".repeat(10_000);
    let body = json!({"rows": [
        {"row": 1, "keys": [{"kind": "email", "value": "wang@yunge.example"}]},
        {"row": 2, "keys": [{"kind": "email", "value": "wang at yunge"}]},
        {"row": 3, "fields": {"name": {"type": "text", "is": long}}},
        {"row": 4, "keys": [{"kind": "email", "value": "wu@yunge.example"}]},
        {"row": 3},
    ]});
    let path = format!("/api/imports/{import}/rows");
    let answer = owner.ask("POST", &path, Some(body.to_string().as_bytes()));
    assert_eq!(answer.status, 200, "{}", answer.text());
    let imported: Imported = answer.json();
    let refused: Vec<_> = imported
        .refused
        .iter()
        .map(|refused| (refused.row, refused.field.as_str(), refused.code.as_str()))
        .collect();
    assert_eq!(
        refused,
        [
            (2, "keys[0]", "not_an_email"),
            (3, "name", "too_long"),
            (3, "keys", "no_key"),
            (4, "row", "out_of_range"),
        ]
    );
    assert_eq!((imported.import.done, total(&owner)), (1, 1));
    let many = ImportRows {
        id: import,
        rows: vec![row(1, &[], &[]); 501],
    };
    let answer = owner.try_call(&many);
    assert_eq!(answer.error().code, "too_many");
    let nowhere = ImportRows {
        id: ImportId(new_uuid()),
        rows: Vec::new(),
    };
    assert_eq!(owner.try_call(&nowhere).status, 404);
    assert_eq!(
        server
            .projections()
            .iter()
            .filter(|row| row.contains("\"key\""))
            .count(),
        1
    );
}
