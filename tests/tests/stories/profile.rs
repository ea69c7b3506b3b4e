//! What is known of a person: the fields and tags there are, personas, conversations, one timeline, and any past instant.

use crate::rebuild::{assert_same, rebuild};
use domain::api::{
    AdmitTags, ErrorCode, LeadDetail, MergeLeads, PersonaCard, Personas, PutLead, ReadLead,
    ReadSchema, RemoveConversation, RemovePersona, Role, SaveConversation, SaveLead, SavePersona,
    SaveSchema, Timeline, TimelinePage, UndoMerge, What,
};
use domain::contact::Key;
use domain::conversation::{Kind, Noted};
use domain::draft::Draft;
use domain::entry::Change;
use domain::id::{ConversationId, LeadId, Ms, PersonaId};
use domain::lead::Field;
use domain::persona::{Answer, Persona};
use domain::profile::{FieldId, Value};
use serde_json::json;
use tests::member::Member;
use tests::new_uuid;
use tests::server::Server;
use tests::visitor::id_of;

fn put(owner: &Member, id: &str, fields: &[(Field, &str)]) -> LeadDetail {
    let fields = fields.iter();
    let fields = fields.map(|(f, text)| (FieldId::Standard(*f), Value::Text((*text).to_owned())));
    owner.call(&PutLead {
        key: new_uuid(),
        draft: Draft {
            keys: vec![Key::External(id.to_owned())],
            fields: fields.collect(),
            ..Draft::default()
        },
        fill_only: false,
    })
}

fn edit(lead: &LeadDetail) -> SaveLead {
    SaveLead {
        key: new_uuid(),
        id: lead.row.id,
        expected_seq: lead.row.seq,
        set: Default::default(),
        tagged: Default::default(),
        untagged: Default::default(),
        keys: Vec::new(),
        dropped: Vec::new(),
        account: None,
        role: None,
    }
}

fn note(lead: LeadId, at: Ms, text: &str) -> SaveConversation {
    SaveConversation {
        key: new_uuid(),
        id: ConversationId(new_uuid()),
        lead,
        expected_seq: 0,
        kind: Kind::Call,
        at,
        direction: None,
        text: text.to_owned(),
        outcome: None,
        seconds: None,
    }
}

fn timeline(owner: &Member, id: LeadId, what: What, limit: u32) -> Vec<TimelinePage> {
    let (mut pages, mut cursor) = (Vec::new(), None);
    loop {
        let limit = Some(limit);
        let page = owner.call(&Timeline {
            as_of: None,
            id,
            what,
            cursor,
            limit,
        });
        cursor = page.page.next.clone();
        pages.push(page);
        if cursor.is_none() {
            return pages;
        }
    }
}

#[test]
fn fields_and_tags_are_the_workspaces_own() {
    let (server, owner) = Server::opened();
    let schema = owner.call(&ReadSchema {});
    assert_eq!(schema.version, 0);
    let admit = AdmitTags {
        key: new_uuid(),
        tags: [("retail".to_owned(), "零售".to_owned())].into(),
    };
    let admitted = owner.call(&admit);
    assert_eq!((admitted.version, admitted.tags().count()), (1, 1));
    let again = AdmitTags {
        key: new_uuid(),
        ..admit
    };
    assert_eq!(owner.call(&again), admitted, "what is known is taken once");
    let save = SaveSchema {
        key: new_uuid(),
        expected_version: 0,
        schema: admitted.clone(),
    };
    let refused = owner.try_call(&save);
    assert_eq!(refused.status, ErrorCode::Conflict.status());
    let removed = SaveSchema {
        expected_version: 1,
        schema,
        ..save
    };
    let refused = owner.try_call(&removed).error();
    assert_eq!(
        (refused.code.as_str(), refused.field.as_deref()),
        ("removed", Some("tag_groups.unsorted"))
    );

    let lead = put(&owner, "crm/1", &[(Field::Name, " 李伟 ")]);
    assert_eq!(lead.text(Field::Name), Some("李伟"), "kept as it is clean");
    let mut save = edit(&lead);
    save.tagged = ["vip".to_owned()].into();
    let refused = owner.try_call(&save).error();
    assert_eq!(
        (refused.code.as_str(), refused.field.as_deref()),
        ("unknown_tag", Some("tagged[0]"))
    );
    save.tagged = ["retail".to_owned()].into();
    let budget: FieldId = "custom.budget".parse().expect("a field");
    save.set = [(budget.clone(), Some(Value::Number(-5)))].into();
    let refused = owner.try_call(&save).error();
    assert_eq!(
        (refused.code.as_str(), refused.field.as_deref()),
        ("out_of_range", Some("custom.budget"))
    );
    save.set = [(budget.clone(), Some(Value::Number(5_000_000)))].into();
    let saved = owner.call(&save);
    assert!(saved.row.tags.contains("retail") && saved.fields.contains_key(&budget));
    let rows = server.projections();
    rebuild(&server, &owner);
    assert_same(&rows, &server.projections());
}

#[test]
fn a_persona_finds_its_people() {
    let (server, owner) = Server::opened();
    let retail = put(&owner, "crm/1", &[(Field::Industry, "品牌零售")]);
    put(&owner, "crm/2", &[(Field::Industry, "银行")]);
    let persona: Persona = serde_json::from_value(json!({
        "id": new_uuid(), "name": {"zh": "零售主管", "en": "Head of retail"},
        "groups": {"company": [{"label": "行业", "text": "零售", "about": {"field": "industry"}}]},
    }))
    .expect("a persona");
    let save = SavePersona {
        key: new_uuid(),
        id: PersonaId(new_uuid()),
        expected_version: 0,
        persona,
    };
    let saved = owner.call(&save);
    assert_eq!((saved.id, saved.version), (save.id, 1));
    assert_eq!(owner.call(&save), saved, "a repeat changes nothing");
    server.settle();
    let list = owner.call(&Personas {});
    assert_eq!((list.looked_at, list.leads), (2, 2));
    assert_eq!(list.personas[0].matching, 1);
    let card = PersonaCard {
        id: save.id,
        lang: None,
    };
    let shown = owner.call(&card);
    assert_eq!(
        (shown.card.name.as_str(), shown.card.fit.len()),
        ("零售主管", 1)
    );
    assert_eq!(shown.card.missing().count(), 6);
    let id = retail.row.id;
    let best = owner.call(&ReadLead { id, as_of: None }).persona;
    let best = best.expect("a persona");
    assert_eq!(
        (best.id, best.answer, best.percent),
        (save.id, Answer::Yes, Some(100))
    );
    let rows = server.projections();
    rebuild(&server, &owner);
    assert_same(&rows, &server.projections());
    owner.call(&RemovePersona {
        key: new_uuid(),
        id: save.id,
    });
    assert_eq!(owner.try_call(&card).status, 404);
    assert_eq!(owner.call(&Personas {}).personas, []);
}

#[test]
fn one_timeline_tells_everything_and_any_instant() {
    let (mut server, owner) = Server::opened();
    let visitor = server.visitor();
    let form = visitor.form(
        "trial",
        json!({"email": "wei@yunge.example", "name": "李伟"}),
    );
    visitor.send(&[visitor.view("/demo/pricing/"), form.clone()]);
    let id = LeadId::from(id_of(&form));
    let first = owner.call(&ReadLead { id, as_of: None });
    let sdr = owner.brings(&server, Role::Sdr);

    // A conversation: changed by who wrote it and by marketing, and by no one else.
    let call = note(id, first.row.last_at + 1, "报价已发");
    let noted: Noted = sdr.call(&call);
    let change = |noted: &Noted, text: &str| SaveConversation {
        key: new_uuid(),
        expected_seq: noted.seq,
        text: text.to_owned(),
        ..call.clone()
    };
    let noted = owner.call(&change(&noted, "下周再谈"));
    let other = owner.brings(&server, Role::Sales);
    let refused = other.try_call(&change(&noted, "x"));
    assert_eq!(refused.status, ErrorCode::Forbidden.status());
    let stale = Noted { seq: 1, ..noted };
    assert_eq!(sdr.try_call(&change(&stale, "x")).status, 409);

    // Edits, a merge and its undoing.
    let mut save = edit(&first);
    let title = FieldId::Standard(Field::Title);
    let to = |text: &str| [(title.clone(), Some(Value::Text(text.to_owned())))].into();
    save.set = to("CTO");
    let edited = owner.call(&save);
    let second = put(&owner, "crm/9", &[(Field::Company, "云格")]);
    owner.call(&MergeLeads {
        key: new_uuid(),
        id,
        other: second.row.id,
    });
    visitor.send(&[visitor.view("/demo/case/")]);
    let merged = owner.call(&ReadLead { id, as_of: None });
    server.restart();
    let owner = Member::signs_in(&server, tests::member::OWNER);
    owner.call(&UndoMerge {
        key: new_uuid(),
        id: second.row.id,
    });
    let after = owner.call(&ReadLead { id, as_of: None });
    save = edit(&after);
    save.set = to("VP");
    owner.call(&save);

    let whole = timeline(&owner, id, What::All, 200);
    let [all] = whole.as_slice() else {
        panic!("one page")
    };
    assert_eq!((all.page.items.len(), all.conversations.len()), (3, 1));
    assert_eq!(all.conversations[0].conversation.text, "下周再谈");
    let kinds: Vec<&str> = all
        .changes
        .iter()
        .map(|entry| match &entry.what {
            Change::Put { .. } => "put",
            Change::Named { .. } => "named",
            Change::Merged { .. } => "merged",
            Change::Parted { .. } => "parted",
            Change::Moved { .. } => "moved",
            _ => "other",
        })
        .collect();
    let expect = ["put", "parted", "merged", "put", "moved", "named"];
    assert_eq!(kinds, expect);
    let Change::Put { fields, .. } = &all.changes[0].what else {
        panic!()
    };
    assert_eq!(fields[0].from, Some(Value::Text("CTO".to_owned())));
    for limit in [1, 2, 4] {
        let pages = timeline(&owner, id, What::All, limit);
        let changes: Vec<_> = pages.iter().flat_map(|page| page.changes.clone()).collect();
        let items: Vec<_> = pages
            .iter()
            .flat_map(|page| page.page.items.clone())
            .collect();
        assert_eq!(
            (changes, items),
            (all.changes.clone(), all.page.items.clone())
        );
    }
    let only = timeline(&owner, id, What::Changes, 200);
    assert!(only[0].page.items.is_empty() && only[0].changes == all.changes);

    // As of: after the edit, while the two were one, and now.
    let facts = server.journal();
    let written = |seq: u64| facts[usize::try_from(seq).expect("small") - 1].at;
    let as_of = |at: Ms| {
        owner.call(&ReadLead {
            id,
            as_of: Some(at),
        })
    };
    let check = |then: LeadDetail, expect: &LeadDetail| {
        assert_eq!(then.fields, expect.fields);
        assert_eq!(
            (then.keys, then.merged),
            (expect.keys.clone(), expect.merged.clone())
        );
        assert_eq!(
            (then.score, then.rules),
            (expect.score.clone(), expect.rules)
        );
    };
    check(as_of(written(edited.row.seq)), &edited);
    check(as_of(written(merged.row.seq)), &merged);
    let now = owner.call(&ReadLead { id, as_of: None });
    check(as_of(now.row.last_at.max(written(now.row.seq))), &now);
    let before = ReadLead { id, as_of: Some(1) };
    assert_eq!(owner.try_call(&before).status, 404);

    owner.call(&RemoveConversation {
        key: new_uuid(),
        id: call.id,
    });
    assert_eq!(
        timeline(&owner, id, What::Conversations, 9)[0].conversations,
        []
    );
    let rows = server.projections();
    rebuild(&server, &owner);
    assert_same(&rows, &server.projections());
}
