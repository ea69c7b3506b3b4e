//! The gate: every call of the API, for everyone who may and may not make it; and nothing changes by a refusal.

use domain::api::{
    Access, AdmitTags, ApiError, CALLS, CallInfo, DraftDefinition, Home, LeadDetail, Me, Members,
    MergeLeads, Method, MoveLead, OpenImport, Personas, ReadCalendar, ReadDefinition, ReadLadder,
    ReadPursuit, ReadRouting, ReadRulebook, ReadSchema, ReadWorkspace, RemovePersona,
    RemoveSegment, RevokeToken, Role, SaveAccount, Segments, SignIn, SignOut, Sites, Suggestions,
};
use domain::draft::Origin;
use domain::id::{AccountId, DEMO_SITE, LeadId, VisitorId};
use domain::task::Noted;
use serde_json::{Value, json};
use tests::http::{Answer, send_raw};
use tests::live::{Live, Refused};
use tests::member::{Member, OWNER, PASSWORD};
use tests::new_uuid;
use tests::server::Server;
use tests::visitor::id_of;
use uuid::Uuid;

/// Who asks.
struct Who {
    name: String,
    member: Member,
    /// None without a session and without a token.
    role: Option<Role>,
    /// Whether it comes with a token.
    by_token: bool,
    /// Whether the page is one of the workspace's own.
    at_home: bool,
}

#[test]
fn every_call_is_for_who_may_make_it() {
    let (server, owner) = Server::opened();
    let visitor = server.visitor();
    let form = visitor.form("trial", json!({"email": "zhao@tuoyuan.example"}));
    visitor.send(std::slice::from_ref(&form));
    let lead = LeadId::from(id_of(&form));
    let everyone = everyone(&server, &owner);
    let mut checked = 0;

    // What ends sessions comes last, and last of all what ends the own one.
    let (mut last, calls): (Vec<&CallInfo>, Vec<_>) = CALLS
        .iter()
        .partition(|call| matches!(call.name, "sign_out" | "end_sessions"));
    last.sort_by_key(|call| call.name == "sign_out");
    for call in calls.into_iter().chain(last) {
        let (allowed, refused): (Vec<&Who>, Vec<&Who>) = everyone
            .iter()
            .partition(|who| expected(call, who).0 == 200);
        checked += allowed.len() + refused.len();

        // Nothing changes by all the refusals together.
        let request = written(call, lead, visitor.id, &owner);
        server.settle();
        let before = (server.projections(), server.journal().len());
        for who in refused {
            let answer = asked(call, who, &request);
            assert_eq!(answer.error().code, expected(call, who).1);
        }
        let after = (server.projections(), server.journal().len());
        assert!(
            before == after,
            "{} was refused and changed something",
            call.name
        );

        for who in allowed {
            if GOES_ON.contains(&call.name) {
                server.settle();
            }
            asked(call, who, &written(call, lead, visitor.id, &owner));
        }
        let elsewhere = server.public(&written(call, lead, visitor.id, &owner).0);
        let origin = server.public("");
        let headers = [("origin", origin.as_str())];
        let body = (call.method != Method::Get).then_some(b"{}".as_slice());
        let answer = server.ask(call.method.name(), &elsewhere, &headers, body);
        assert_eq!(answer.status, 404, "{} on the public host", call.name);
    }
    println!("gate: {checked} pairs of a call and who asks");
}

/// Calls after which work goes on by itself, of which another call of theirs has to wait for the end.
const GOES_ON: &[&str] = &[
    "save_rulebook",
    "rebuild",
    "undo_import",
    "erase_person",
    "save_segment",
    "remove_segment",
    "choose_member",
    "preview_segment",
    "do_bulk",
    "undo_bulk",
];

/// Asks, and sees that the status is the one that is due and that no other origin may read the answer.
fn asked(call: &CallInfo, who: &Who, (path, body): &(String, Option<Vec<u8>>)) -> Answer {
    let answer = who.member.ask(call.method.name(), path, body.as_deref());
    let shown = format!("{} by {}: {}", call.name, who.name, answer.text());
    assert_eq!(answer.status, expected(call, who).0, "{shown}");
    let readable_by = answer.header("access-control-allow-origin");
    assert_eq!(readable_by, None, "{shown}");
    answer
}

/// A member of every role, and everyone else.
fn everyone(server: &Server, owner: &Member) -> Vec<Who> {
    let mut all: Vec<Who> = Role::ALL
        .into_iter()
        .map(|role| Who {
            name: format!("{role:?}"),
            member: match role {
                Role::Owner => Member::signs_in(server, OWNER),
                role => owner.brings(server, role),
            },
            role: Some(role),
            by_token: false,
            at_home: true,
        })
        .collect();
    all.extend(Role::ALL.into_iter().map(|role| Who {
        name: format!("a token as {role:?}"),
        member: owner.makes_token(role, &format!("{role:?}")).0,
        role: Some(role),
        by_token: true,
        at_home: false,
    }));
    let (revoked, made) = owner.makes_token(Role::Owner, "revoked");
    owner.call(&RevokeToken { id: made.token.id });
    let mut foreign = owner.makes_token(Role::Owner, "on a page").0;
    foreign.origin = Some("https://evil.example".to_owned());
    let mut both = owner.clone();
    both.token = Some("trl_made-up".to_owned());
    for (name, member, role) in [
        ("a revoked token", revoked, None),
        ("a made-up token over a session", both, None),
        ("a token on a foreign page", foreign, Some(Role::Owner)),
    ] {
        all.push(Who {
            at_home: member.origin.as_ref() == owner.origin.as_ref(),
            name: name.to_owned(),
            member,
            role,
            by_token: true,
        });
    }
    let ended = Member::signs_in(server, OWNER);
    ended.call(&SignOut {});
    let mut made_up = Member::nobody(server);
    made_up.cookie = Some("trellis_session=made-up".to_owned());
    let on_page = |origin: Option<&str>| {
        let mut member = owner.clone();
        member.origin = origin.map(str::to_owned);
        member
    };
    let public = server.public("");
    for (name, member, role, at_home) in [
        ("nobody", Member::nobody(server), None, true),
        ("an ended session", ended, None, true),
        ("a made-up session", made_up, None, true),
        (
            "a foreign page",
            on_page(Some("https://evil.example")),
            Some(Role::Owner),
            false,
        ),
        (
            "the public host's page",
            on_page(Some(&public)),
            Some(Role::Owner),
            false,
        ),
        ("no page", on_page(None), Some(Role::Owner), false),
    ] {
        all.push(Who {
            name: name.to_owned(),
            member,
            role,
            by_token: false,
            at_home,
        });
    }
    all
}

/// A call as a request that is right in itself: path and body.
fn written(
    call: &CallInfo,
    lead: LeadId,
    visitor: VisitorId,
    owner: &Member,
) -> (String, Option<Vec<u8>>) {
    let mut id = lead.0;
    let body = match call.name {
        "persona_card" => {
            id = described(owner);
            None
        }
        "account" => {
            id = company(owner);
            None
        }
        _ if call.method == Method::Get => None,
        "put_lead" => {
            Some(json!({"key": new_uuid(), "fields": {"name": {"type": "text", "is": "周敏"}}}))
        }
        "save_lead" => {
            owner.call(&AdmitTags {
                key: new_uuid(),
                tags: [("met".to_owned(), "Met".to_owned())].into(),
            });
            Some(json!({"key": new_uuid(), "expected_seq": 0, "tagged": ["met"]}))
        }
        "merge_leads" => {
            let other = someone(
                owner,
                &[json!({"kind": "external", "value": format!("crm/{}", new_uuid())})],
            );
            Some(json!({"key": new_uuid(), "other": other}))
        }
        "undo_merge" => {
            let other = someone(
                owner,
                &[json!({"kind": "external", "value": format!("crm/{}", new_uuid())})],
            );
            let key = new_uuid();
            owner.call(&MergeLeads {
                key,
                id: lead,
                other,
            });
            id = other.0;
            Some(json!({"key": new_uuid()}))
        }
        "open_import" => Some(json!({"key": new_uuid(), "name": "file.csv", "rows": 3})),
        "import_rows" => {
            id = imported(owner);
            Some(
                json!({"rows": [{"row": 1, "keys": [{"kind": "external", "value": format!("crm/{}", new_uuid())}]}]}),
            )
        }
        "preview_import" => Some(
            json!({"rows": [{"row": 1, "keys": [{"kind": "external", "value": format!("crm/{}", new_uuid())}]}]}),
        ),
        "undo_import" => {
            id = imported(owner);
            Some(json!({"key": new_uuid()}))
        }
        "save_schema" => {
            let schema = owner.call(&ReadSchema {});
            Some(json!({"key": new_uuid(), "expected_version": schema.version, "schema": schema}))
        }
        "admit_tags" => Some(json!({"key": new_uuid(), "tags": {"met": "Met"}})),
        "remove_persona" => {
            id = described(owner);
            Some(json!({"key": new_uuid()}))
        }
        "save_persona" => {
            id = new_uuid();
            Some(json!({"key": new_uuid(), "expected_version": 0, "persona": persona()}))
        }
        "save_conversation" => {
            id = new_uuid();
            Some(json!({"key": new_uuid(), "lead": lead, "kind": "note", "at": AT, "text": "电话"}))
        }
        "remove_conversation" => {
            id = new_uuid();
            let path = format!("/api/conversations/{id}");
            let body =
                json!({"key": new_uuid(), "lead": lead, "kind": "note", "at": AT, "text": "电话"});
            let answer = owner.ask("PUT", &path, Some(body.to_string().as_bytes()));
            assert_eq!(answer.status, 200, "{}", answer.text());
            Some(json!({"key": new_uuid()}))
        }
        "erase_person" => {
            let crm = format!("crm/{}", new_uuid());
            id = someone(owner, &[json!({"kind": "external", "value": &crm})]).0;
            Some(json!({"key": new_uuid(), "confirm": crm}))
        }
        "revoke_token" => {
            let made = owner.makes_token(Role::Sdr, &new_uuid().to_string());
            id = made.1.token.id.0;
            Some(json!({}))
        }
        "dismiss_suggestion" => {
            id = suggested(owner);
            Some(json!({"key": new_uuid()}))
        }
        "set_up" => Some(set_up_body("not the token")),
        "sign_in" => Some(json!({"email": OWNER, "password": PASSWORD})),
        "join" => Some(join_body("not an invitation")),
        "make_token" => Some(json!({"name": new_uuid(), "role": "sdr"})),
        "invite" => Some(json!({"email": "guest@larkmeter.example", "role": "viewer"})),
        "save_rulebook" => {
            let current = owner.call(&ReadRulebook {});
            Some(
                json!({"key": new_uuid(), "expected_version": current.version, "rulebook": current.rulebook}),
            )
        }
        "save_site" => {
            let site = owner.call(&Sites {}).sites.remove(0);
            Some(
                json!({"key": new_uuid(), "expected_version": site.version, "origins": site.origins, "consent_required": false}),
            )
        }
        "save_verdict" => Some(json!({"key": new_uuid(), "verdict": "automatic"})),
        "sign_out" | "end_sessions" | "rebuild" | "load_sample" | "remove_sample" => {
            Some(json!({}))
        }
        "end_session" => {
            // Of one that is not there it changes nothing.
            id = new_uuid();
            Some(json!({}))
        }
        "save_me" => Some(json!({"name": "周敏", "lang": "zh"})),
        "change_password" => {
            Some(json!({"current": "not the password", "next": "another long one"}))
        }
        "withdraw_invite" => Some(json!({"email": "nobody@larkmeter.example"})),
        "change_role" => {
            let members = owner.call(&Members {});
            let viewer = members.iter().find(|member| member.role == Role::Viewer);
            id = viewer.expect("a viewer").id.0;
            Some(json!({"role": "viewer"}))
        }
        "save_workspace" => {
            let facts = owner.call(&ReadWorkspace {});
            let version = facts.version;
            Some(
                json!({"expected_version": version, "name": facts.name, "lang": "zh", "currency": "CNY"}),
            )
        }
        "view_sample" => Some(json!({"view": false})),
        "save_account" => {
            id = new_uuid();
            Some(json!({"key": new_uuid(), "expected_seq": 0, "name": "云格"}))
        }
        "save_wechat_account" => {
            Some(json!({"name": "云雀智表", "app_id": "wx0123456789abcdef", "token": "larkmeter1"}))
        }
        "remove_wechat_account" => Some(json!({})),
        "draft_definition" => {
            let state = owner.call(&ReadDefinition {});
            let last = state.agreement.last;
            Some(json!({"key": new_uuid(), "expected_version": last, "definition": state.next}))
        }
        "sign_definition" => {
            Some(json!({"key": new_uuid(), "expected_version": drafted(owner), "side": "sales"}))
        }
        "name_heads" => {
            let members = owner.call(&Members {});
            let may = |member: &&domain::api::Member| member.role.may(Role::Sales);
            let mut heads = members.iter().filter(may).map(|member| member.id);
            Some(json!({"key": new_uuid(), "marketing": heads.next(), "sales": heads.next()}))
        }
        "save_ladder" | "save_calendar" | "save_routing" => Some(practised(owner, call.name)),
        "apply_moves" => Some(json!({"key": new_uuid(), "leads": [lead]})),
        "move_lead" | "answer_lead" | "note_step" | "assign_lead" => {
            let (lead, body) = pursued(owner, call.name);
            id = lead.0;
            Some(body)
        }
        "assign_account" => {
            id = company(owner);
            owner.call(&ReadRouting {});
            Some(json!({"key": new_uuid()}))
        }
        "take_holidays" => {
            let version = owner.call(&ReadCalendar {}).version;
            Some(
                json!({"key": new_uuid(), "expected_version": version, "country": "CN", "year": 2026}),
            )
        }
        "save_task" | "complete_task" | "cancel_task" => {
            let (task, more) = set_task(owner, call.name, lead);
            id = task;
            Some(more)
        }
        "save_away" => {
            id = on_a_team(owner);
            Some(json!({"key": new_uuid(), "away": [{"from": 1, "until": 2}]}))
        }
        "remove_member" => {
            // Of somebody who is not there it changes nothing.
            id = new_uuid();
            owner.call(&ReadRouting {});
            Some(json!({}))
        }
        "save_segment" => {
            id = new_uuid();
            Some(json!({"key": new_uuid(), "expected_version": 0, "segment": segment()}))
        }
        "remove_segment" => {
            id = grouped(owner);
            Some(json!({"key": new_uuid()}))
        }
        "choose_member" => {
            id = grouped(owner);
            Some(json!({"key": new_uuid(), "lead": lead, "by_hand": "added"}))
        }
        "preview_segment" => Some(json!({"who": segment()["who"]})),
        "save_view" => {
            id = new_uuid();
            Some(json!({"key": new_uuid(), "expected_version": 0, "view": {"name": "Mine"}}))
        }
        "remove_view" => {
            // Shared, so that everyone sees it.
            id = kept(owner);
            Some(json!({"key": new_uuid()}))
        }
        "do_bulk" => {
            id = new_uuid();
            owner.call(&ReadRouting {});
            Some(json!({"key": new_uuid(), "deed": {"do": "give"}, "whom": {"these": [lead]}}))
        }
        "undo_bulk" => {
            id = done_with(owner, lead);
            Some(json!({"key": new_uuid()}))
        }
        other => panic!("say here how {other} is written"),
    };
    let query = match call.name {
        "report_responses" | "reported_responses" => "?kind=first_response".to_owned(),
        "samples" => "?what=refused&name=not_json".to_owned(),
        "preview_merge" => {
            let other = someone(
                owner,
                &[json!({"kind": "external", "value": format!("crm/{}", new_uuid())})],
            );
            format!("?other={other}")
        }
        _ => String::new(),
    };
    let path = format!("{}{query}", call.path)
        .replace("/wechat/{id}", "/wechat/service")
        .replace("{id}", &id.to_string())
        .replace("{visitor}", &visitor.to_string())
        .replace("{site}", DEMO_SITE);
    assert!(!path.contains('{'), "say here what stands in {}", call.path);
    (path, body.map(|body| body.to_string().into_bytes()))
}

/// A draft of the definition, by its version.
fn drafted(owner: &Member) -> u32 {
    let state = owner.call(&ReadDefinition {});
    let drafted = owner.call(&DraftDefinition {
        key: new_uuid(),
        expected_version: state.agreement.last,
        definition: state.next,
        from: None,
    });
    drafted.agreement.last
}

/// What is saved about how leads are worked, as it is.
fn practised(owner: &Member, call: &str) -> Value {
    let (name, version, value) = match call {
        "save_ladder" => {
            let now = owner.call(&ReadLadder {}).ladder;
            ("ladder", now.version, json!(now))
        }
        "save_calendar" => {
            let now = owner.call(&ReadCalendar {});
            ("calendar", now.version, json!(now))
        }
        _ => {
            let now = owner.call(&ReadRouting {}).routing;
            ("routing", now.version, json!(now))
        }
    };
    json!({"key": new_uuid(), "expected_version": version, name: value})
}

/// A new task, and what is done with it; of one that is to be saved alone its id.
fn set_task(owner: &Member, call: &str, lead: LeadId) -> (Uuid, Value) {
    let id = new_uuid();
    owner.call(&ReadRouting {});
    let body = json!({"key": new_uuid(), "lead": lead, "kind": "call", "due_at": AT});
    if call == "save_task" {
        return (id, body);
    }
    let path = format!("/api/tasks/{id}");
    let answer = owner.ask("PUT", &path, Some(body.to_string().as_bytes()));
    assert_eq!(answer.status, 200, "{}", answer.text());
    let set: Noted = answer.json();
    let more = match call {
        "complete_task" => json!({"outcome": "connected"}),
        _ => json!({}),
    };
    let mut body = json!({"key": new_uuid(), "expected_seq": set.seq});
    if let (Some(body), Some(more)) = (body.as_object_mut(), more.as_object()) {
        body.extend(more.clone());
    }
    (id, body)
}

/// A new person, and what is done with it.
fn pursued(owner: &Member, call: &str) -> (LeadId, Value) {
    let mail = format!("{}@yunge.example", new_uuid());
    let id = someone(owner, &[json!({"kind": "email", "value": mail})]);
    owner.call(&ReadRouting {});
    let seq = |owner: &Member| owner.call(&ReadPursuit { id }).seq;
    if call == "answer_lead" {
        owner.call(&MoveLead {
            key: new_uuid(),
            id,
            expected_seq: seq(owner),
            to: "mql".to_owned(),
            reason: None,
            note: String::new(),
        });
    }
    let more = match call {
        "move_lead" => json!({"to": "opportunity"}),
        "answer_lead" => json!({"verdict": "accepted"}),
        "note_step" => json!({"step": "plan", "done": true}),
        _ => json!({}),
    };
    let mut body = json!({"key": new_uuid(), "expected_seq": seq(owner)});
    if let (Some(body), Some(more)) = (body.as_object_mut(), more.as_object()) {
        body.extend(more.clone());
    }
    (id, body)
}

/// Sees to it that the owner is in a team; the owner's id.
fn on_a_team(owner: &Member) -> Uuid {
    let me = owner.call(&Me {}).id;
    let version = owner.call(&ReadRouting {}).routing.version;
    let team = json!({"id": "all", "name": {"zh": "全体", "en": "All"}, "method": "load", "members": [{"user": me, "share": 1}]});
    let body =
        json!({"key": new_uuid(), "expected_version": version, "routing": {"teams": [team]}});
    let answer = owner.ask("PUT", "/api/routing", Some(body.to_string().as_bytes()));
    assert_eq!(answer.status, 200, "{}", answer.text());
    me.0
}

/// When a conversation was, and a task is due.
const AT: i64 = 1_750_000_000_000;

/// A persona, whose id is not looked at.
fn persona() -> Value {
    json!({"id": new_uuid(), "name": {"zh": "信息主管", "en": "IT head"}})
}

/// A segment, whose id is not looked at.
fn segment() -> Value {
    json!({"id": "", "name": {"zh": "热", "en": "Hot"}, "who": {"score": {"min": 90}}})
}

/// A new segment: any before it is taken away, for there may be few.
fn grouped(owner: &Member) -> Uuid {
    for old in owner.call(&Segments {}).segments {
        let (id, key) = (old.segment.id, new_uuid());
        owner.call(&RemoveSegment { key, id });
    }
    let id = new_uuid();
    let body = json!({"key": new_uuid(), "expected_version": 0, "segment": segment()});
    let path = format!("/api/segments/{id}");
    let answer = owner.ask("PUT", &path, Some(body.to_string().as_bytes()));
    assert_eq!(answer.status, 200, "{}", answer.text());
    id
}

/// A new view that is shared.
fn kept(owner: &Member) -> Uuid {
    let id = new_uuid();
    let view = json!({"name": "Ours", "shared": true});
    let body = json!({"key": new_uuid(), "expected_version": 0, "view": view});
    let path = format!("/api/views/{id}");
    let answer = owner.ask("PUT", &path, Some(body.to_string().as_bytes()));
    assert_eq!(answer.status, 200, "{}", answer.text());
    id
}

/// A bulk of the owner's.
fn done_with(owner: &Member, lead: LeadId) -> Uuid {
    let id = new_uuid();
    let body = json!({"key": new_uuid(), "deed": {"do": "give"}, "whom": {"these": [lead]}});
    let path = format!("/api/bulks/{id}");
    let answer = owner.ask("POST", &path, Some(body.to_string().as_bytes()));
    assert_eq!(answer.status, 200, "{}", answer.text());
    id
}

/// A new persona: any before it is taken away, for there may be few.
pub(crate) fn described(owner: &Member) -> Uuid {
    for old in owner.call(&Personas {}).personas {
        owner.call(&RemovePersona {
            key: new_uuid(),
            id: old.id,
        });
    }
    let id = new_uuid();
    let body = json!({"key": new_uuid(), "expected_version": 0, "persona": persona()}).to_string();
    let answer = owner.ask("PUT", &format!("/api/personas/{id}"), Some(body.as_bytes()));
    assert_eq!(answer.status, 200, "{}", answer.text());
    id
}

/// A new person with these keys.
fn someone(owner: &Member, keys: &[Value]) -> LeadId {
    let body = json!({"key": new_uuid(), "keys": keys}).to_string();
    let answer = owner.ask("POST", "/api/leads", Some(body.as_bytes()));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json::<LeadDetail>().row.id
}

/// A company that a member put down.
pub(crate) fn company(owner: &Member) -> Uuid {
    let id = new_uuid();
    owner.call(&SaveAccount {
        key: new_uuid(),
        id: AccountId(id),
        expected_seq: 0,
        name: "云格".to_owned(),
        domains: Vec::new(),
        parent: None,
    });
    id
}

/// An import that rows may come of.
fn imported(owner: &Member) -> Uuid {
    let key = new_uuid();
    owner.call(&OpenImport {
        key,
        name: "file.csv".to_owned(),
        rows: 3,
        origin: Origin::default(),
        fill_only: false,
    });
    key
}

/// A suggestion that is open: two people with an address each, of whom something says that they are one.
fn suggested(owner: &Member) -> Uuid {
    let key = |kind: &str, value: String| json!({"kind": kind, "value": value});
    let [one, other] = [0, 1].map(|_| {
        let (mail, id) = (format!("{}@yunge.example", new_uuid()), new_uuid());
        let own = key("external", format!("crm/{id}"));
        someone(owner, &[key("email", mail), own.clone()]);
        own
    });
    someone(owner, &[one, other]);
    let call = Suggestions {
        cursor: None,
        limit: None,
    };
    owner.call(&call).items.remove(0).id
}

fn set_up_body(token: &str) -> Value {
    json!({"token": token, "email": "a@b.example", "password": PASSWORD, "name": "n", "company": "c", "lang": "en"})
}

fn join_body(token: &str) -> Value {
    json!({"token": token, "name": "n", "password": PASSWORD, "lang": "en"})
}

/// What the declaration of the call means for who asks: status and code.
fn expected(call: &CallInfo, who: &Who) -> (u16, &'static str) {
    let is_public = call.access == Access::Public;
    if call.method != Method::Get && !who.at_home && (is_public || !who.by_token) {
        return (403, "foreign_origin");
    }
    match (call.access, who.role) {
        (Access::Public, _) => match call.name {
            "set_up" => (403, "set_up_closed"),
            "join" => (403, "invitation_closed"),
            _ => (200, ""),
        },
        (Access::Role(_) | Access::Session(_), None) => (401, "signed_out"),
        (Access::Session(_), _) if who.by_token => (403, "forbidden"),
        (Access::Session(_), Some(_)) if call.name == "change_password" => (422, "wrong"),
        // Nobody was named a head yet.
        (_, Some(role)) if call.name == "sign_definition" && role.may(Role::Sales) => {
            (422, "not_the_head")
        }
        // Someone else wrote it down; it is another's time.
        (_, Some(role))
            if matches!(call.name, "remove_conversation" | "save_away" | "undo_bulk")
                && !role.may(Role::Marketer) =>
        {
            (403, "forbidden")
        }
        // It is the owner's.
        (_, Some(role)) if call.name == "remove_view" && !role.may(Role::Owner) => {
            (403, "forbidden")
        }
        // Others work the stage.
        (_, Some(Role::Success)) if matches!(call.name, "answer_lead" | "move_lead") => {
            (403, "forbidden")
        }
        (Access::Role(least) | Access::Session(least), Some(role)) if role.may(least) => (200, ""),
        (Access::Role(_) | Access::Session(_), Some(_)) => (403, "forbidden"),
    }
}

#[test]
fn a_link_works_once() {
    let server = Server::start();
    let nobody = Member::nobody(&server);
    let post =
        |path: &str, body: Value| nobody.ask("POST", path, Some(body.to_string().as_bytes()));
    assert_error(
        &post("/api/setup", set_up_body("wrong")),
        403,
        "set_up_closed",
    );
    let owner = Member::sets_up(&server);
    let again = post("/api/setup", set_up_body(&server.token));
    assert_error(&again, 403, "set_up_closed");
    assert_eq!(
        nobody.ask("GET", "/api/setup", None).json::<Value>(),
        json!({"open": false})
    );

    let invited = owner.call(&domain::api::Invite {
        email: "once@larkmeter.example".to_owned(),
        role: Role::Viewer,
    });
    let first = post("/api/join", join_body(&invited.token));
    assert_eq!(first.status, 200, "{}", first.text());
    let cookie = first.header("set-cookie").expect("a cookie").to_owned();
    for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let second = post("/api/join", join_body(&invited.token));
    assert_error(&second, 403, "invitation_closed");

    let late = owner.call(&domain::api::Invite {
        email: "late@larkmeter.example".to_owned(),
        role: Role::Viewer,
    });
    server.set_clock(8 * 86_400_000);
    let expired = post("/api/join", join_body(&late.token));
    assert_error(&expired, 403, "invitation_closed");
    server.set_clock(0);
}

#[test]
fn guessing_a_password_has_to_wait() {
    let (server, _) = Server::opened();
    let nobody = Member::nobody(&server);
    let tries = |password: &str| {
        nobody.try_call(&SignIn {
            email: OWNER.to_owned(),
            password: domain::api::Password(password.to_owned()),
        })
    };
    for _ in 0..10 {
        assert_error(&tries("a wrong password"), 401, "wrong_password");
    }
    assert_error(&tries("a wrong password"), 429, "rate_limited");
    assert_error(&tries(PASSWORD), 429, "rate_limited");
    server.set_clock(16 * 60_000);
    assert_eq!(tries(PASSWORD).status, 200);
    // Who signed in is forgiven, and begins to count anew.
    assert_error(&tries("a wrong password"), 401, "wrong_password");
    server.set_clock(0);
}

#[test]
fn what_cannot_be_read_is_named() {
    let (server, owner) = Server::opened();
    let put = |body: &[u8]| owner.ask("PUT", "/api/rulebook", Some(body));
    let post = |path: &str, body: &[u8]| owner.ask("POST", path, Some(body));
    assert_field(&put(b"nonsense"), "body");
    assert_field(&put(b"{}"), "body");
    assert_field(&put(b"\"\xff\""), "body");
    assert_field(&post("/api/invites", b"[]"), "body");
    let email = post("/api/invites", br#"{"email":"nobody","role":"viewer"}"#);
    assert_field(&email, "email");
    for path in ["/api/leads", "/api/visitors", "/api/replay"] {
        let answer = owner.ask("GET", &format!("{path}?cursor=somewhere"), None);
        assert_field(&answer, "cursor");
    }
    let long = format!("/api/leads?search={}", "x".repeat(1_025));
    assert_field(&owner.ask("GET", &long, None), "search");
    for query in ["limit=many", "limit=-1", "order=beauty"] {
        let answer = owner.ask("GET", &format!("/api/leads?{query}"), None);
        assert_eq!(answer.status, 422, "{query}: {}", answer.text());
        assert!(answer.error().field.is_some(), "{query}: {}", answer.text());
    }
    let unknown = owner.ask("GET", &format!("/api/leads/{}", new_uuid()), None);
    assert_error(&unknown, 404, "not_found");

    let wrong_method = owner.ask("DELETE", "/api/leads", None);
    assert_error(&wrong_method, 405, "method_not_allowed");
    let nowhere = owner.ask("GET", "/api/nothing", None);
    assert_error(&nowhere, 404, "not_found");

    let head = format!(
        "PUT /api/rulebook HTTP/1.1\r\nhost: localhost:{port}\r\norigin: http://localhost:{port}\r\ncookie: {cookie}\r\n\
         content-type: application/json\r\nconnection: close\r\ncontent-length: 1000000\r\n\r\n",
        port = server.port,
        cookie = owner.cookie.as_deref().unwrap_or_default(),
    );
    let answer = send_raw(server.port, head.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("\"too_large\""), "{answer}");
}

#[test]
fn each_host_refuses_the_others_paths() {
    let (server, owner) = Server::opened();
    let cookie = owner.cookie.as_deref().expect("a session");
    let origin = server.app("");
    let headers = [("cookie", cookie), ("origin", origin.as_str())];
    for path in [
        "/t.js",
        "/t.wasm",
        "/demo",
        "/demo/",
        "/demo/pricing/",
        "/e",
        "/s/00000000-0000-4000-8000-000000000001?site=main.demo",
    ] {
        let answer = server.ask("GET", &server.app(path), &headers, None);
        assert_eq!(answer.status, 404, "{path} on the workspace's host");
    }
    let events = server.ask("POST", &server.app("/e"), &headers, Some(b"{}"));
    assert_eq!(events.status, 404);
    for path in [
        "/",
        "/index.html",
        "/leads",
        "/setup",
        "/api/me",
        "/api/setup",
        "/live",
        "/__test/journal",
    ] {
        let answer = server.ask("GET", &server.public(path), &headers, None);
        assert_eq!(answer.status, 404, "{path} on the public host");
    }
    for path in ["/", "/api/setup", "/demo/", "/t.js"] {
        let stranger = format!(
            "GET {path} HTTP/1.1\r\nhost: evil.example:{}\r\nconnection: close\r\n\r\n",
            server.port
        );
        let answer = send_raw(server.port, stranger.as_bytes());
        assert!(answer.starts_with("HTTP/1.1 404 "), "{path}: {answer}");
    }
    let page = server.ask("GET", &server.app("/leads"), &[], None);
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.contains("default-src 'none'"), "{policy}");
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    for path in ["/t.js", "/t.wasm"] {
        let tag = server.ask("GET", &server.public(path), &[], None);
        assert_eq!(tag.status, 200);
        for (header, value) in [
            ("access-control-allow-origin", "*"),
            ("cross-origin-resource-policy", "cross-origin"),
            ("timing-allow-origin", "*"),
            ("cache-control", "public, max-age=600"),
        ] {
            assert_eq!(tag.header(header), Some(value), "{path}: {header}");
        }
    }
}

#[test]
fn signing_out_ends_the_session_and_its_socket() {
    let (server, owner) = Server::opened();
    let second = Member::signs_in(&server, OWNER);
    let mut live = server.live(&second, None);
    let mut other = server.live(&owner, None);
    let answer = second.try_call(&SignOut {});
    assert_eq!(answer.status, 200);
    let taken_away = answer.header("set-cookie").expect("a cookie that goes");
    assert!(taken_away.contains("Max-Age=0"), "{taken_away}");
    assert_eq!(live.until_closed(), 4001);
    assert_error(&second.try_call(&ReadRulebook {}), 401, "signed_out");
    assert_eq!(
        Live::connect(&server, &second, None).err(),
        Some(Refused(401))
    );

    // The other session of the same person goes on.
    owner.call(&ReadRulebook {});
    let visitor = server.visitor();
    visitor.send(&[visitor.view("/demo/")]);
    other.until("a visitor", |frame| !frame.visitors.is_empty());

    // Sessions end by themselves after 30 days, and so do their sockets.
    server.set_clock(31 * 86_400_000);
    assert_error(&owner.try_call(&ReadRulebook {}), 401, "signed_out");
    let late = server.visitor();
    late.post(&late.batch(&[late.view("/demo/")]));
    assert_eq!(other.until_closed(), 4001);
    server.set_clock(0);
}

#[test]
fn the_calls_say_which_object_answers() {
    for call in CALLS {
        let is_account = call.path.starts_with("/api/setup")
            || matches!(
                call.path,
                "/api/sign-in"
                    | "/api/sign-out"
                    | "/api/me"
                    | "/api/me/password"
                    | "/api/members"
                    | "/api/members/{id}/remove"
                    | "/api/members/{id}/role"
                    | "/api/invites"
                    | "/api/invites/withdraw"
                    | "/api/join"
                    | "/api/workspace"
                    | "/api/audit"
            )
            || call.path.starts_with("/api/sessions")
            || call.path.starts_with("/api/tokens")
            || call.path == "/api/sample"
            || call.path.starts_with("/api/sample/");
        assert_eq!(call.home == Home::Directory, is_account, "{}", call.name);
    }
}

#[track_caller]
fn assert_error(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.error().code, code);
}

#[track_caller]
fn assert_field(answer: &Answer, field: &str) {
    assert_eq!(answer.status, 422, "{}", answer.text());
    let error: ApiError = answer.error();
    assert_eq!(error.field.as_deref(), Some(field), "{error:?}");
}
