//! What people type, paste and mean wrong: each is read, told by code and field, or left for a person to settle; and
//! nothing changes that should not.

use crate::merging::{draft, email, put};
use crate::people::leads;
use domain::api::{LeadDetail, MergeLeads, ReadLead, Suggestions, UndoMerge};
use domain::contact::Key;
use domain::id::LeadId;
use domain::lead::Field;
use domain::profile::{FieldId, Value};
use serde_json::json;
use tests::member::Member;
use tests::new_uuid;
use tests::server::Server;
use tests::visitor::id_of;

fn read(owner: &Member, id: LeadId) -> LeadDetail {
    owner.call(&ReadLead { id, as_of: None })
}

#[test]
fn what_is_typed_into_a_form_is_read_in_its_one_form() {
    let (server, owner) = Server::opened();
    let check = |fields: serde_json::Value, key: &str, name: Option<&str>| {
        let visitor = server.visitor();
        let form = visitor.form("trial", fields.clone());
        visitor.send(std::slice::from_ref(&form));
        let lead = read(&owner, LeadId::from(id_of(&form)));
        let keys: Vec<String> = lead.keys.iter().map(|(key, _)| key.to_string()).collect();
        assert_eq!(keys, [key], "{fields}");
        assert_eq!(lead.text(Field::Name), name, "{fields}");
    };
    check(
        json!({"email": "  Wei.Li+Expo@Yunge.Example\u{200b}", "name": "李伟 👩‍💻"}),
        "email:wei.li+expo@yunge.example",
        Some("李伟 👩‍💻"),
    );
    check(
        json!({"email": "\"Wang.Fang\"@yunge.example", "name": "Wang Fang"}),
        "email:wang.fang@yunge.example",
        Some("Wang Fang"),
    );
    check(
        json!({"email": "zhao@XN--FSQU00A.XN--FIQS8S"}),
        "email:zhao@例子.中国",
        None,
    );
    check(
        json!({"phone": "（８６）１３８-００１３-８０００"}),
        "phone:+8613800138000",
        None,
    );

    // An address that looks like another one opens nobody.
    let visitor = server.visitor();
    let hidden = visitor.form("trial", json!({"email": "li\u{202e}wei@yunge.example"}));
    visitor.send(std::slice::from_ref(&hidden));
    assert_eq!(leads(&owner).len(), 4);
}

#[test]
fn too_long_a_name_is_refused_or_cut_and_never_half_written() {
    let (server, owner) = Server::opened();
    let long = "长".repeat(10_000);
    let visitor = server.visitor();
    let form = visitor.form("trial", json!({"email": "li@yunge.example", "name": long}));
    let answer = visitor.post(&visitor.batch(&[form, visitor.view("/demo/")]));
    assert_eq!(answer.status, 200, "{}", answer.text());
    let said: serde_json::Value = answer.json();
    assert_eq!(
        (&said["accepted"], &said["refused"][0]["code"]),
        (&json!(1), &json!("value_too_long"))
    );
    assert_eq!(leads(&owner).len(), 0);

    let known = put(&owner, draft(&[email("li@yunge.example")], &[]));
    let rows = server.projections();
    let id = known.row.id;
    for (field, value, code) in [
        ("name", json!({"type": "text", "is": long}), "too_long"),
        ("name", json!({"type": "date", "is": 20_000}), "wrong_kind"),
        ("size", json!({"type": "number", "is": "x"}), "malformed"),
    ] {
        let body = json!({"key": new_uuid(), "expected_seq": known.row.seq, "set": {field: value}});
        let path = format!("/api/leads/{id}");
        let answer = owner.ask("PUT", &path, Some(body.to_string().as_bytes()));
        assert_eq!((answer.status, answer.error().code.as_str()), (422, code));
    }
    assert_eq!(server.projections(), rows, "nothing changed");

    // Marks that show nothing or turn the line around are not kept.
    let pasted = draft(
        &[email("li@yunge.example")],
        &[(Field::Name, "\u{202e}李\u{200b}伟\u{200f}")],
    );
    assert_eq!(put(&owner, pasted).text(Field::Name), Some("李伟"));
}

#[test]
fn a_merge_goes_in_no_circle_and_is_undone_after_later_ones() {
    let (server, owner) = Server::opened();
    let ids = ["a", "b", "c"].map(|name| {
        let address = format!("{name}@yunge.example");
        put(&owner, draft(&[email(&address)], &[(Field::Name, name)]))
            .row
            .id
    });
    let [a, b, c] = ids;
    let merge = |id, other| MergeLeads {
        key: new_uuid(),
        id,
        other,
    };
    owner.call(&merge(a, b));
    for (id, other) in [(b, a), (a, b), (a, a), (b, b)] {
        let refused = owner.try_call(&merge(id, other));
        assert_eq!(
            (refused.status, refused.error().code.as_str()),
            (422, "same_person")
        );
    }
    owner.call(&merge(c, a));
    assert_eq!(leads(&owner).len(), 1);
    assert_eq!(read(&owner, b).row.id, c);
    let refused = owner.try_call(&merge(b, c));
    assert_eq!(refused.error().code, "same_person");

    // The first merge is undone while the second holds, then the second.
    let undo = |id| UndoMerge {
        key: new_uuid(),
        id,
    };
    owner.call(&undo(b));
    assert_eq!((read(&owner, b).row.id, read(&owner, a).row.id), (b, c));
    assert_eq!(read(&owner, b).text(Field::Name), Some("b"));
    let again = owner.try_call(&undo(b));
    assert_eq!(again.error().code, "not_merged");
    owner.call(&undo(a));
    for (id, name) in ids.into_iter().zip(["a", "b", "c"]) {
        let lead = read(&owner, id);
        assert_eq!((lead.row.id, lead.text(Field::Name)), (id, Some(name)));
    }
    let rows = server.projections();
    crate::rebuild::rebuild(&server, &owner);
    crate::rebuild::assert_same(&rows, &server.projections());
}

#[test]
fn a_stranger_with_a_customers_address_and_anothers_number_changes_neither() {
    let (server, owner) = Server::opened();
    let number: Key = "phone:+8613900139000".parse().expect("a key");
    let customer = put(
        &owner,
        draft(&[email("li@yunge.example")], &[(Field::Name, "李伟")]),
    );
    let other = put(
        &owner,
        draft(&[number], &[(Field::Name, "王芳"), (Field::Title, "CTO")]),
    );
    let stranger = server.visitor();
    let form = stranger.form(
        "trial",
        json!({"email": "li@yunge.example", "phone": "13900139000", "name": "骗子", "title": "CEO"}),
    );
    stranger.send(std::slice::from_ref(&form));
    for before in [&customer, &other] {
        let after = read(&owner, before.row.id);
        let name = FieldId::Standard(Field::Name);
        assert_eq!(after.fields.get(&name), before.fields.get(&name));
        assert_eq!(after.keys, before.keys);
    }
    // What was empty may be filled by a claim; what was not stays.
    let title = FieldId::Standard(Field::Title);
    let known = read(&owner, customer.row.id);
    let filled = known.fields.get(&title).map(|known| &known.value);
    assert_eq!(filled, Some(&Value::Text("CEO".to_owned())));
    assert_eq!(read(&owner, other.row.id).text(Field::Title), Some("CTO"));
    let list = Suggestions {
        cursor: None,
        limit: None,
    };
    let [row] = owner.call(&list).items.try_into().expect("one suggestion");
    assert_eq!(row.leads.len(), 2);
}
