//! Segments of people: who is in them is kept by what happens and by the day, and is the same as if everyone were asked.

use crate::edge::copy;
use crate::rebuild::{assert_same, rebuild};
use domain::api::{
    AdmitTags, ChooseMember, LeadDetail, Leads, Personas, PreviewSegment, Previewed, PutLead,
    ReadLead, RemoveSegment, Role, SaveLead, SavePersona, SaveSegment, SegmentList, Segments,
    Timeline, What,
};
use domain::contact::Key;
use domain::draft::Draft;
use domain::grade::Grade;
use domain::id::{DEMO_SITE, LeadId, Ms, PersonaId};
use domain::identity::Email;
use domain::journal::{Because, Body, SegmentsMoved};
use domain::lead::{Field, LeadRow};
use domain::list::{Clause, Direction, Filter, Operand, Test, write};
use domain::persona::Persona;
use domain::profile::{FieldId, Value};
use domain::segment::{ByHand, Segment};
use fastrand::Rng;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use tests::member::{Member, OWNER};
use tests::new_uuid;
use tests::server::Server;
use tests::visitor::id_of;

const DAY_MS: Ms = 86_400_000;
const SEED: u64 = 20_261_123;

/// A segment as a member would send it.
fn segment(who: &Json) -> Segment {
    serde_json::from_value(json!({
        "id": "", "name": {"zh": "人群", "en": "People"}, "who": who,
    }))
    .unwrap_or_else(|error| panic!("{who}: {error}"))
}

fn saving(id: &str, version: u32, segment: Segment) -> SaveSegment {
    SaveSegment {
        key: new_uuid(),
        id: id.into(),
        expected_version: version,
        segment,
    }
}

fn save(owner: &Member, id: &str, who: &Json) -> Segment {
    owner.call(&saving(id, 0, segment(who)))
}

fn admit(owner: &Member, tags: &[&str]) {
    owner.call(&AdmitTags {
        key: new_uuid(),
        tags: tags
            .iter()
            .map(|tag| ((*tag).into(), (*tag).into()))
            .collect(),
    });
}

fn put(owner: &Member, mail: &str, fields: &[(Field, &str)]) -> LeadId {
    let fields = fields.iter();
    let fields = fields.map(|(f, text)| (FieldId::Standard(*f), Value::Text((*text).into())));
    let put = PutLead {
        key: new_uuid(),
        draft: Draft {
            keys: vec![Key::Email(Email::parse(mail).expect("an address"))],
            fields: fields.collect(),
            ..Draft::default()
        },
        fill_only: false,
    };
    owner.call(&put).row.id
}

fn read(owner: &Member, id: LeadId) -> LeadDetail {
    owner.call(&ReadLead { id, as_of: None })
}

/// Who is listed by one filter.
fn listed(owner: &Member, column: &str, value: &str) -> Vec<LeadRow> {
    let filter = Filter {
        column: column.into(),
        test: Test::Is(Operand::Text(value.into())),
    };
    let page = owner.call(&Leads {
        filter: write(&[Clause::One(filter)]),
        limit: Some(200),
        ..Leads::default()
    });
    assert_eq!(page.total, page.items.len() as u64, "a page holds all");
    page.items
}

fn ids(rows: &[LeadRow]) -> BTreeSet<LeadId> {
    rows.iter().map(|row| row.id).collect()
}

fn in_segments(owner: &Member, id: LeadId) -> Vec<String> {
    read(owner, id).segments.into_keys().collect()
}

fn moves(server: &Server) -> Vec<SegmentsMoved> {
    let facts = server.journal().into_iter();
    let moved = facts.filter_map(|fact| match fact.body {
        Body::SegmentsMoved(moved) => Some(*moved),
        _ => None,
    });
    moved.collect()
}

fn preview(owner: &Member, who: &Json) -> Previewed {
    let who = serde_json::from_value(who.clone()).expect("a condition");
    owner.call(&PreviewSegment { who })
}

fn count(list: &SegmentList, id: &str) -> u64 {
    let row = list.segments.iter().find(|row| row.segment.id == id);
    row.expect("the segment").people
}

fn refused(owner: &Member, save: &SaveSegment) -> (u16, String, Option<String>) {
    let answer = owner.try_call(save);
    let error = answer.error();
    (answer.status, error.code, error.field)
}

fn pricing(times: u32, days: Option<u16>) -> Json {
    json!({"did": {"when": {"kind": "page_view", "path": "*pricing*"}, "at_least": times, "days": days}})
}

#[test]
fn who_enters_and_who_leaves_is_a_fact() {
    let (server, owner) = Server::opened();
    admit(&owner, &["hot", "vip"]);
    let mut readers = segment(&pricing(2, Some(7)));
    readers.tag = Some("hot".into());
    let readers = owner.call(&saving("readers", 0, readers));
    assert_eq!((readers.id.as_str(), readers.version), ("readers", 1));
    save(
        &owner,
        "followers",
        &json!({"all": [{"segment": "readers"}, {"tags": ["vip"]}]}),
    );
    let visitor = server.visitor();
    let form = visitor.form("trial", json!({"email": "li@yunge.cn", "name": "李伟"}));
    visitor.send(&[visitor.view("/demo/pricing/"), form]);
    let everyone = owner.call(&Leads::default()).items;
    let [lead] = everyone.try_into().expect("one lead");
    let id = lead.id;
    assert_eq!(in_segments(&owner, id), [""; 0]);
    visitor.send(&[visitor.view("/demo/zh/pricing/")]);
    // In the same commit, and the tag with it.
    let detail = read(&owner, id);
    assert_eq!(detail.segments.keys().collect::<Vec<_>>(), ["readers"]);
    assert_eq!(
        detail.ruled,
        BTreeMap::from([("hot".into(), "readers".into())])
    );
    assert_eq!(ids(&listed(&owner, "segment", "readers")), [id].into());
    assert_eq!(ids(&listed(&owner, "tags", "hot")), [id].into());
    let journal = server.journal();
    let [.., event, moved] = &journal[..] else {
        panic!("{journal:?}")
    };
    let Body::SegmentsMoved(entered) = &moved.body else {
        panic!("{moved:?}")
    };
    assert_eq!(entered.entered, BTreeMap::from([("readers".into(), 1)]));
    assert_eq!(entered.because, Because::Fact(event.seq));
    // A tag by hand lets into the other; a hand lets out of it whatever it says.
    let seq = detail.row.seq;
    owner.call(&SaveLead {
        key: new_uuid(),
        id,
        expected_seq: seq,
        set: BTreeMap::new(),
        tagged: ["vip".to_owned()].into(),
        untagged: BTreeSet::new(),
        keys: Vec::new(),
        dropped: Vec::new(),
        account: None,
        role: None,
    });
    assert_eq!(in_segments(&owner, id), ["followers", "readers"]);
    let choose = |segment: &str, by_hand| ChooseMember {
        key: new_uuid(),
        id: segment.into(),
        lead: id,
        by_hand,
    };
    let chosen = owner.call(&choose("followers", Some(ByHand::Removed)));
    assert_eq!(
        chosen.by_hand,
        BTreeMap::from([("followers".into(), ByHand::Removed)])
    );
    assert_eq!(in_segments(&owner, id), ["readers"]);
    server.settle();
    let list = owner.call(&Segments {});
    assert_eq!((count(&list, "readers"), count(&list, "followers")), (1, 0));
    assert_eq!(list.sift, None);
    let rows = server.projections();
    rebuild(&server, &owner);
    assert_same(&rows, &server.projections());
    // Days pass, and nothing else: the visits are too long ago.
    server.settle_at(8 * DAY_MS);
    let detail = read(&owner, id);
    assert_eq!((detail.segments.len(), detail.ruled.len()), (0, 0));
    assert!(!detail.row.tags.contains("hot"), "{:?}", detail.row.tags);
    let last = moves(&server).pop().expect("a move");
    assert_eq!(last.left, ["readers".to_owned()].into());
    assert_eq!(last.untagged, ["hot".to_owned()].into());
    assert!(matches!(last.because, Because::Day(_)), "{last:?}");
    let told = owner.call(&Timeline {
        as_of: None,
        id,
        what: What::All,
        cursor: None,
        limit: None,
    });
    let told = serde_json::to_string(&told).expect("JSON");
    for what in ["\"sifted\"", "\"chosen\""] {
        assert!(told.contains(what), "{what} in {told}");
    }
}

#[test]
fn a_segment_is_checked_saved_and_taken_away() {
    let (server, owner) = Server::opened();
    admit(&owner, &["vip"]);
    let all = json!({"all": []});
    save(&owner, "one", &all);
    save(&owner, "two", &json!({"segment": "one"}));
    save(&owner, "three", &json!({"not": {"segment": "two"}}));
    let check = |id: &str, version: u32, who: Json, code: &str, field: &str| {
        let found = refused(&owner, &saving(id, version, segment(&who)));
        assert_eq!(found, (422, code.into(), Some(field.into())), "{who}");
    };
    check(
        "one",
        1,
        json!({"segment": "three"}),
        "circle",
        "segment.who",
    );
    check(
        "four",
        0,
        json!({"segment": "four"}),
        "circle",
        "segment.who",
    );
    check(
        "four",
        0,
        json!({"segment": "nobody"}),
        "unknown_segment",
        "segment.who",
    );
    check(
        "four",
        0,
        json!({"tags": ["nobody"]}),
        "unknown_tag",
        "segment.who",
    );
    check(
        "four",
        0,
        json!({"stage": ["nobody"]}),
        "unknown_stage",
        "segment.who",
    );
    check(
        "four",
        0,
        json!({"account": [new_uuid()]}),
        "unknown_account",
        "segment.who",
    );
    check(
        "four",
        0,
        json!({"silent": {"days": 0}}),
        "out_of_range",
        "segment.who",
    );
    check(
        "four",
        0,
        pricing(0, None),
        "out_of_range",
        "segment.who.at_least",
    );
    check(
        "four",
        0,
        pricing(1, Some(0)),
        "out_of_range",
        "segment.who.days",
    );
    check("Not-A-Slug", 0, all.clone(), "not_a_slug", "segment.id");
    check(
        "four",
        0,
        json!({"account_score": {"min": 5, "max": 4}}),
        "out_of_range",
        "segment.who",
    );
    let stars = "*".repeat(100);
    let glob = json!({"did": {"when": {"kind": "page_view", "path": stars}, "at_least": 1}});
    let found = refused(&owner, &saving("four", 0, segment(&glob)));
    assert_eq!(found.0, 422, "{found:?}");
    let tagging = Segment {
        tag: Some("nobody".into()),
        ..segment(&all)
    };
    let found = refused(&owner, &saving("four", 0, tagging));
    assert_eq!(
        found,
        (422, "unknown_tag".into(), Some("segment.tag".into()))
    );
    // Two who edit: the second gets what the first saved.
    let edit = saving("one", 1, segment(&json!({"any": []})));
    assert_eq!(owner.call(&edit).version, 2);
    assert_eq!(owner.call(&edit).version, 2, "a repeat changes nothing");
    let late = owner.try_call(&saving("one", 1, segment(&all)));
    let error = late.error();
    assert_eq!((late.status, error.code.as_str()), (409, "conflict"));
    assert_eq!(error.current.expect("the segment")["version"], 2);
    assert_eq!(
        owner.try_call(&saving("five", 3, segment(&all))).status,
        404
    );
    let remove = |id: &str| RemoveSegment {
        key: new_uuid(),
        id: id.into(),
    };
    let error = owner.try_call(&remove("one")).error();
    assert_eq!(
        (error.code.as_str(), error.field.as_deref()),
        ("in_use", Some("id"))
    );
    let viewer = owner.brings(&server, Role::Viewer);
    assert_eq!(viewer.try_call(&remove("three")).status, 403);
    let lead = put(&owner, "li@yunge.cn", &[]);
    server.settle();
    assert_eq!(in_segments(&owner, lead), ["three"]);
    for id in ["three", "two", "one"] {
        assert_eq!(owner.call(&remove(id)).id, id);
    }
    server.settle();
    assert_eq!(in_segments(&owner, lead), [""; 0]);
    assert_eq!(owner.call(&Segments {}).segments, []);
    assert_eq!(owner.try_call(&remove("one")).status, 404);
}

/// Segments of all kinds.
fn many() -> Vec<(String, Json)> {
    let mut all = vec![
        ("scored".to_owned(), json!({"score": {"min": 20}})),
        (
            "warm".to_owned(),
            json!({"all": [{"score": {"min": 5, "max": 60}}, {"not": {"silent": {"days": 10}}}]}),
        ),
        ("tagged".to_owned(), json!({"tags": ["vip", "expo"]})),
        (
            "both".to_owned(),
            json!({"any": [{"segment": "scored"}, {"segment": "tagged"}]}),
        ),
        ("rest".to_owned(), json!({"not": {"segment": "both"}})),
        ("paid".to_owned(), json!({"channel": ["paid_search"]})),
        ("work".to_owned(), json!({"mail": "work"})),
        (
            "named".to_owned(),
            json!({"field": {"field": "company", "is": "known"}}),
        ),
        (
            "new".to_owned(),
            json!({"moment": {"of": "created", "is": {"from_today": {"min": -3}}}}),
        ),
        (
            "seen".to_owned(),
            json!({"moment": {"of": "last_seen", "is": {"from_today": {"min": -1, "max": 0}}}}),
        ),
        ("fits".to_owned(), json!({"grade": ["A", "B"]})),
        ("company".to_owned(), json!("has_account")),
    ];
    all.extend((1..=4).map(|n| (format!("priced-{n}"), pricing(n, Some(7)))));
    all
}

#[test]
fn one_is_asked_as_everyone_is() {
    let (server, owner) = Server::opened();
    admit(&owner, &["vip", "expo"]);
    let segments = many();
    for (id, who) in &segments {
        save(&owner, id, who);
    }
    let mut rng = Rng::with_seed(SEED);
    for number in 0..40_u32 {
        let visitor = server.visitor();
        let paths = [
            "/demo/",
            "/demo/pricing/",
            "/demo/zh/pricing/?utm_source=baidu&utm_medium=cpc",
        ];
        let mut events: Vec<Json> = (0..rng.usize(1..6))
            .map(|_| visitor.view(paths[rng.usize(..paths.len())]))
            .collect();
        let host = ["yunge.cn", "qq.com", "tuoyuan.example"][rng.usize(..3)];
        let mut fields = json!({"email": format!("p{}@{host}", number % 25)});
        if rng.bool() {
            fields["company"] = "云格".into();
            fields["title"] = "信息主管".into();
            fields["size"] = "200-500".into();
        }
        if rng.u8(..4) > 0 {
            events.push(visitor.form("trial", fields));
        }
        visitor.send(&events);
    }
    for row in owner.call(&Leads::default()).items.iter().step_by(3) {
        owner.call(&SaveLead {
            key: new_uuid(),
            id: row.id,
            expected_seq: row.seq,
            set: BTreeMap::new(),
            tagged: ["vip".to_owned()].into(),
            untagged: BTreeSet::new(),
            keys: Vec::new(),
            dropped: Vec::new(),
            account: None,
            role: None,
        });
    }
    server.settle();
    let list = owner.call(&Segments {});
    let leads = owner.call(&Leads::default()).total;
    for (id, who) in &segments {
        let found = preview(&owner, who);
        let members = listed(&owner, "segment", id);
        assert_eq!(found.people, members.len() as u64, "{id}: {found:?}");
        assert_eq!(count(&list, id), found.people, "{id}");
        assert!(
            found.looked_at == found.candidates && found.leads == leads,
            "{found:?}"
        );
    }
    // Everyone is asked anew, and nobody moves.
    let before = moves(&server).len();
    assert!(before > 20, "{before} moves");
    for (id, who) in &segments {
        owner.call(&saving(id, 1, segment(who)));
    }
    server.settle();
    assert_eq!(moves(&server).len(), before);
    let rows = server.projections();
    rebuild(&server, &owner);
    assert_same(&rows, &server.projections());
    server.settle();
    assert_eq!(moves(&server).len(), before, "a rebuild moves nobody");
    assert_same(&rows, &server.projections());
}

/// What one of a company does may let a colleague in, and what time takes from one may let the other out.
#[test]
fn people_follow_how_warm_their_company_is() {
    let (server, owner) = Server::opened();
    let warm = json!({"account_score": {"min": 60}});
    save(&owner, "warm", &warm);
    let sends = |mail: &str| {
        let visitor = server.visitor();
        let form = visitor.form("trial", json!({"email": mail}));
        visitor.send(&[visitor.view("/demo/pricing/"), form.clone()]);
        LeadId(id_of(&form).0)
    };
    let first = sends("li@yunge.cn");
    sends("zhao@beiqiao.cn");
    server.settle();
    assert_eq!(in_segments(&owner, first), [""; 0]);
    let second = sends("wu@yunge.cn");
    assert_eq!(in_segments(&owner, second), ["warm"], "at once");
    server.settle();
    let both: BTreeSet<LeadId> = [first, second].into();
    assert_eq!(ids(&listed(&owner, "segment", "warm")), both);
    assert_eq!(preview(&owner, &warm).people, 2);
    let last = moves(&server).pop().expect("a move");
    assert!(
        last.lead == first && matches!(last.because, Because::Account(_)),
        "{last:?}"
    );
    let rows = server.projections();
    rebuild(&server, &owner);
    assert_same(&rows, &server.projections());
    // Silence alone: both grow cold, and so does the company.
    server.settle_at(100 * DAY_MS);
    server.set_clock(100 * DAY_MS);
    let owner = Member::signs_in(&server, OWNER);
    assert_eq!(listed(&owner, "segment", "warm"), []);
}

/// What is read back decides nothing anew: everyone is asked once more, and nobody moves.
#[test]
fn who_is_in_what_comes_back_from_the_edge() {
    let (mut server, owner) = Server::opened();
    admit(&owner, &["vip", "expo"]);
    for (id, who) in many() {
        save(&owner, &id, &who);
    }
    for number in 0..12 {
        let visitor = server.visitor();
        let form = visitor.form("trial", json!({"email": format!("p{number}@yunge.cn")}));
        visitor.send(&[visitor.view("/demo/pricing/"), form]);
    }
    server.settle();
    let (journal, rows) = (server.journal(), server.projections());
    server.kill();
    let bare = tempfile::tempdir().expect("a temporary directory");
    copy(&server.data().join("kv"), &bare.path().join("kv"));
    let restored = Server::start_on(bare);
    let keeper = Member::sets_up(&restored);
    restored.settle();
    assert_eq!(restored.journal(), journal);
    assert_same(&rows, &restored.projections());
    assert_eq!(keeper.call(&Segments {}).sift, None);
}

/// What a website is told.
fn told(server: &Server, visitor: impl ToString) -> Vec<String> {
    let url = server.public(&format!("/s/{}?site={DEMO_SITE}", visitor.to_string()));
    let answer = server.ask("GET", &url, &[("origin", "https://a.example")], None);
    assert_eq!(answer.status, 200, "{}", answer.text());
    serde_json::from_value(answer.json::<Json>()["segments"].clone()).expect("names")
}

#[test]
fn a_public_segment_is_told_to_websites() {
    let (server, owner) = Server::opened();
    let public = |who: &Json| Segment {
        public: true,
        ..segment(who)
    };
    owner.call(&saving("fresh", 0, public(&pricing(1, Some(7)))));
    owner.call(&saving("quiet", 0, public(&json!({"silent": {"days": 3}}))));
    save(&owner, "hidden", &pricing(1, None));
    let known = json!({"field": {"field": "company", "is": "known"}});
    owner.call(&saving("customers", 0, public(&known)));
    let (one, other) = (server.visitor(), server.visitor());
    one.send(&[
        one.view("/demo/pricing/"),
        one.form(
            "trial",
            json!({"email": "he@beiqiao.cn", "company": "北桥"}),
        ),
    ]);
    other.send(&[other.view("/demo/")]);
    server.settle();
    // What was put down of a person is no browser's behaviour, and not told.
    assert_eq!(told(&server, one.id), ["fresh", "in-touch"]);
    assert_eq!(told(&server, other.id), [""; 0]);
    assert_eq!(owner.call(&Segments {}).segments.len(), 4);
    // Time alone, and no write to the edge.
    server.set_clock(4 * DAY_MS);
    assert_eq!(told(&server, one.id), ["fresh", "in-touch", "quiet"]);
    server.set_clock(8 * DAY_MS);
    assert_eq!(told(&server, one.id), ["in-touch", "quiet"]);
    assert_eq!(told(&server, other.id), ["quiet"]);
    server.set_clock(0);
    let taken = refused(&owner, &saving("evaluating", 0, public(&known)));
    assert_eq!(taken, (422, "taken".into(), Some("segment.id".into())));
}

#[test]
fn people_are_graded_and_counted_by_persona() {
    let (server, owner) = Server::opened();
    let fields = [
        (Field::Size, "500"),
        (Field::Title, "信息主管"),
        (Field::Industry, "零售"),
    ];
    let best = put(&owner, "li@yunge.cn", &fields);
    let student = put(
        &owner,
        "wu@yunge.cn",
        &[(Field::Title, "学生"), (Field::Size, "5")],
    );
    let nobody = put(&owner, "zhao@tuoyuan.cn", &[]);
    let placed = |id| read(&owner, id).placed.expect("a rulebook that grades");
    let found = placed(best);
    assert_eq!(
        (found.graded.grade, found.cell.as_str()),
        (Some(Grade::A), "A4")
    );
    assert!(
        found.excluded.is_empty() && found.graded.known_percent >= 30,
        "{found:?}"
    );
    let found = placed(student);
    assert_eq!(found.graded.grade, Some(Grade::D));
    let grounds: Vec<&str> = found.excluded.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(grounds, ["student"]);
    assert_eq!(placed(nobody).graded.grade, None);
    assert_eq!(ids(&listed(&owner, "grade", "A")), [best].into());
    assert_eq!(ids(&listed(&owner, "cell", "D4")), [student].into());
    assert_eq!(
        ids(&listed(&owner, "excluded", "student")),
        [student].into()
    );
    let sorted = owner.call(&Leads {
        order: "grade".parse().expect("a column"),
        direction: Direction::Ascending,
        ..Leads::default()
    });
    let sorted: Vec<LeadId> = sorted.items.iter().map(|row| row.id).collect();
    assert_eq!(sorted, [best, student, nobody]);
    let bad = owner.try_call(&Leads {
        filter: Some(r#"[{"column":"grade","op":"is","value":"E"}]"#.into()),
        ..Leads::default()
    });
    let error = bad.error();
    assert_eq!(
        (error.code.as_str(), error.field.as_deref()),
        ("unknown_option", Some("filter[0].value"))
    );
    // A persona: everyone is looked at, and a list is filtered by it.
    let persona: Persona = serde_json::from_value(json!({
        "id": new_uuid(), "name": {"zh": "零售主管", "en": "Head of retail"},
        "groups": {"company": [{"label": "行业", "text": "零售", "about": {"field": "industry"}}]},
    }))
    .expect("a persona");
    let id = PersonaId(new_uuid());
    owner.call(&SavePersona {
        key: new_uuid(),
        id,
        expected_version: 0,
        persona,
    });
    server.settle();
    let list = owner.call(&Personas {});
    assert_eq!((list.looked_at, list.leads), (3, 3));
    assert_eq!(list.personas[0].matching, 1);
    assert_eq!(
        ids(&listed(&owner, "persona", &id.to_string())),
        [best].into()
    );
    let rows = server.projections();
    rebuild(&server, &owner);
    assert_same(&rows, &server.projections());
}
