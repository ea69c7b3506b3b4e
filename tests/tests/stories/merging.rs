//! One person in the base: put down by several doors, merged, parted again, and suggestions settled by people.

use crate::rebuild::{assert_same, rebuild};
use domain::api::{
    DismissSuggestion, ErrorCode, LeadDetail, Leads, MergeLeads, PreviewMerge, PutLead, ReadLead,
    SaveLead, Suggestions, Timeline, UndoMerge, What,
};
use domain::contact::Key;
use domain::draft::{Door, Draft, Origin};
use domain::id::{LeadId, VisitorId};
use domain::identity::Email;
use domain::lead::Field;
use domain::profile::{FieldId, Value};
use domain::suggestion::{Suggestion, Why};
use serde_json::json;
use std::collections::BTreeSet;
use tests::member::Member;
use tests::new_uuid;
use tests::server::Server;
use tests::visitor::id_of;

pub(crate) fn email(text: &str) -> Key {
    Key::Email(Email::parse(text).expect("an address"))
}

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

pub(crate) fn draft(keys: &[Key], fields: &[(Field, &str)]) -> Draft {
    let fields = fields.iter();
    Draft {
        keys: keys.to_vec(),
        fields: fields
            .map(|(field, value)| (FieldId::Standard(*field), text(value)))
            .collect(),
        tags: BTreeSet::new(),
        origin: Origin {
            door: Door::Api,
            source: "crm".to_owned(),
            ..Origin::default()
        },
    }
}

pub(crate) fn put(member: &Member, draft: Draft) -> LeadDetail {
    member.call(&PutLead {
        key: new_uuid(),
        draft,
        fill_only: false,
    })
}

fn ids(owner: &Member) -> BTreeSet<LeadId> {
    let call = Leads::default();
    let page = owner.call(&call);
    assert_eq!(page.total, page.items.len() as u64);
    page.items.into_iter().map(|row| row.id).collect()
}

pub(crate) fn browsers(owner: &Member, id: LeadId) -> BTreeSet<VisitorId> {
    let call = Timeline {
        as_of: None,
        id,
        what: What::Behaviour,
        cursor: None,
        limit: None,
    };
    let items = owner.call(&call).page.items;
    items.into_iter().map(|item| item.visitor).collect()
}

/// Without for how long it stands where it stands.
fn timeless(mut detail: LeadDetail) -> LeadDetail {
    if let Some(pursuit) = &mut detail.pursuit {
        pursuit.times.clear();
    }
    detail
}

#[test]
fn two_are_merged_and_parted_and_nothing_is_lost() {
    let (mut server, owner) = Server::opened();
    let (phone, desk) = (server.visitor(), server.visitor());
    let forms = [
        (&phone, "wei@yunge.example", "李伟"),
        (&desk, "li.wei@gmail.example", "Li Wei"),
    ];
    let [one, other] = forms.map(|(visitor, email, name)| {
        let form = visitor.form("trial", json!({"email": email, "name": name}));
        visitor.send(&[visitor.view("/demo/pricing/"), form.clone()]);
        LeadId::from(id_of(&form))
    });
    let before = [one, other].map(|id| owner.call(&ReadLead { id, as_of: None }));
    assert_eq!(ids(&owner), [one, other].into());

    // The preview is what the merge makes, and changes nothing.
    let shown = owner.call(&PreviewMerge { id: one, other });
    assert_eq!(ids(&owner), [one, other].into());
    let merge = MergeLeads {
        key: new_uuid(),
        id: one,
        other,
    };
    let merged = owner.call(&merge);
    let again = owner.call(&merge);
    assert_eq!(
        timeless(again),
        timeless(merged.clone()),
        "a repeat changes nothing"
    );
    assert_eq!(
        (merged.fields.clone(), merged.keys.clone()),
        (shown.fields, shown.keys)
    );
    assert_eq!(merged.score, shown.score);
    assert_eq!(ids(&owner), [one].into());
    assert_eq!(merged.row.name.as_deref(), Some("Li Wei"), "the newer name");
    assert!(merged.score.total > before[0].score.total);
    assert_eq!(browsers(&owner, one), [phone.id, desk.id].into());
    assert_eq!(
        owner
            .call(&ReadLead {
                id: other,
                as_of: None
            })
            .row
            .id,
        one,
        "the old id finds the person"
    );

    // Its next visit belongs to the person, and after parting to whom the browser was identified as.
    desk.send(&[desk.view("/demo/case/")]);
    let last = owner
        .call(&ReadLead {
            id: one,
            as_of: None,
        })
        .row
        .last_at;
    assert!(last > merged.row.last_at);
    let parted = owner.call(&UndoMerge {
        key: new_uuid(),
        id: other,
    });
    assert_eq!((parted.row.id, parted.row.last_at), (other, last));
    let after = owner.call(&ReadLead {
        id: one,
        as_of: None,
    });
    assert_eq!(
        (
            after.fields,
            after.score,
            after.first_touch,
            after.row.last_at
        ),
        (
            before[0].fields.clone(),
            before[0].score.clone(),
            before[0].first_touch.clone(),
            before[0].row.last_at
        )
    );
    assert_eq!(browsers(&owner, other), [desk.id].into());

    // The journal tells the same: what it makes anew is what is shown.
    server.restart();
    let rows = server.projections();
    rebuild(&server, &owner);
    assert_same(&rows, &server.projections());
    assert_eq!(ids(&owner), [one, other].into());
}

#[test]
fn other_systems_prove_and_people_decide() {
    let (server, owner) = Server::opened();
    let visitor = server.visitor();
    let form = visitor.form(
        "trial",
        json!({"email": "wei@yunge.example", "title": "工程师"}),
    );
    visitor.send(std::slice::from_ref(&form));
    let lead = LeadId::from(id_of(&form));
    let crm = Key::External("crm/17".to_owned());

    // Another system knows the address: it overwrites what the visitor claimed, in whatever form it writes the key.
    let body = json!({
        "key": new_uuid(),
        "keys": [
            {"kind": "email", "value": " Wei@Yunge.example "},
            {"kind": "phone", "value": "１３８ 0013-8000"},
            {"kind": "external", "value": "crm/17"},
        ],
        "fields": {"title": {"type": "text", "is": "CTO"}},
    });
    let answer = owner.ask("POST", "/api/leads", Some(body.to_string().as_bytes()));
    assert_eq!(answer.status, 200, "{}", answer.text());
    let known: LeadDetail = answer.json();
    assert_eq!(
        (known.row.id, known.text(Field::Title)),
        (lead, Some("CTO"))
    );
    assert_eq!(
        owner
            .ask("POST", "/api/leads", Some(body.to_string().as_bytes()))
            .status,
        200
    );
    assert_eq!(ids(&owner), [lead].into());
    assert_eq!(known.row.phone.as_deref(), Some("+8613800138000"));

    // A stranger types the address with another's number: nobody is merged and nothing is overwritten.
    let other = put(
        &owner,
        draft(&[Key::external("erp", "3").expect("a key")], &[]),
    );
    let phone = json!({"key": new_uuid(), "expected_seq": other.row.seq, "keys": [{"kind": "phone", "value": "+8613900139000"}]});
    let path = format!("/api/leads/{}", other.row.id);
    assert_eq!(
        owner
            .ask("PUT", &path, Some(phone.to_string().as_bytes()))
            .status,
        200
    );
    let stranger = server.visitor();
    let form = stranger.form(
        "trial",
        json!({"email": "wei@yunge.example", "phone": "139 0013 9000", "title": "骗子"}),
    );
    stranger.send(std::slice::from_ref(&form));
    let after = owner.call(&ReadLead {
        id: lead,
        as_of: None,
    });
    assert_eq!(after.text(Field::Title), Some("CTO"));
    assert_eq!(after.row.phone, known.row.phone);
    assert!(matches!(
        after.suggestions[..],
        [Suggestion {
            why: Why::ClaimedTogether(_),
            ..
        }]
    ));
    for suggestion in owner
        .call(&Suggestions {
            cursor: None,
            limit: None,
        })
        .items
    {
        owner.call(&DismissSuggestion {
            key: new_uuid(),
            id: suggestion.id,
        });
    }

    // Two who each have an address are one only if a person says so.
    let second = put(&owner, draft(&[email("liwei@other.example")], &[]));
    put(
        &owner,
        draft(&[crm.clone(), email("liwei@other.example")], &[]),
    );
    let list = Suggestions {
        cursor: None,
        limit: None,
    };
    let open = owner.call(&list);
    let [row] = open.items.try_into().expect("one suggestion");
    assert!(matches!(row.suggestion.why, Why::PutTogether(_)), "{row:?}");
    let about: BTreeSet<_> = row.leads.iter().map(|lead| lead.id).collect();
    assert_eq!(about, [lead, second.row.id].into());
    let dismiss = DismissSuggestion {
        key: new_uuid(),
        id: row.id,
    };
    owner.call(&dismiss);
    assert_eq!(owner.call(&list).total, 0);
    put(&owner, draft(&[crm, email("liwei@other.example")], &[]));
    assert_eq!(owner.call(&list).total, 0, "dismissed is dismissed");

    // Two members who edit the same field: the later one sees what the first wrote.
    let edit = |title: &str| SaveLead {
        key: new_uuid(),
        id: lead,
        expected_seq: known.row.seq,
        set: [(FieldId::Standard(Field::Title), Some(text(title)))].into(),
        tagged: BTreeSet::new(),
        untagged: BTreeSet::new(),
        keys: Vec::new(),
        dropped: Vec::new(),
        account: None,
        role: None,
    };
    let saved = owner.call(&edit("VP"));
    assert_eq!(saved.text(Field::Title), Some("VP"));
    let refused = owner.try_call(&edit("CEO"));
    assert_eq!(refused.status, ErrorCode::Conflict.status());
    let current: LeadDetail =
        serde_json::from_value(refused.error().current.expect("what holds")).expect("a lead");
    assert_eq!(current.text(Field::Title), Some("VP"));
}

#[test]
fn what_cannot_be_is_refused_by_name() {
    let (server, owner) = Server::opened();
    let lead = put(&owner, draft(&[email("a@b.example")], &[])).row.id;
    let other = put(&owner, draft(&[email("c@d.example")], &[])).row.id;
    let rows = server.projections();
    let check =
        |path: &str, body: serde_json::Value, status: u16, code: &str, field: Option<&str>| {
            let mut body = body;
            body["key"] = json!(new_uuid());
            let method = if path == "/api/leads" || path.ends_with("merge") {
                "POST"
            } else {
                "PUT"
            };
            let answer = owner.ask(method, path, Some(body.to_string().as_bytes()));
            let error = answer.error();
            assert_eq!(
                (answer.status, error.code.as_str(), error.field.as_deref()),
                (status, code, field),
                "{path} {body}"
            );
        };
    let long = "长".repeat(10_000);
    check("/api/leads", json!({}), 422, "no_key", Some("keys"));
    let bad = json!({"keys": [{"kind": "email", "value": "no address"}]});
    check("/api/leads", bad, 422, "not_an_email", Some("keys[0]"));
    let phone = json!({"keys": [{"kind": "phone", "value": "+86 138"}]});
    check("/api/leads", phone, 422, "not_a_phone", Some("keys[0]"));
    let id = json!({"keys": [{"kind": "external", "value": "no system"}]});
    check("/api/leads", id, 422, "not_a_key", Some("keys[0]"));
    let name = json!({"fields": {"name": {"type": "text", "is": long}}});
    check("/api/leads", name, 422, "too_long", Some("name"));
    let typed = json!({"fields": {"name": {"type": "number", "is": 5}}});
    check("/api/leads", typed, 422, "wrong_kind", Some("name"));
    let unknown = json!({"fields": {"shoe_size": {"type": "number", "is": 5}}});
    check("/api/leads", unknown, 422, "malformed", Some("body"));
    let taken = json!({"expected_seq": 99, "keys": [{"kind": "email", "value": "c@d.example"}]});
    check(
        &format!("/api/leads/{lead}"),
        taken,
        422,
        "taken",
        Some("keys[0]"),
    );
    let merge = format!("/api/leads/{lead}/merge");
    check(
        &merge,
        json!({"other": lead}),
        422,
        "same_person",
        Some("other"),
    );
    check(&merge, json!({"other": new_uuid()}), 404, "not_found", None);
    let undo = format!("/api/leads/{other}/unmerge");
    check(&undo, json!({}), 422, "not_merged", Some("id"));
    assert_eq!(server.projections(), rows, "nothing changed");
}
