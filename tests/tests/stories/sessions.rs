//! Sessions and touches go by corrected time: what comes late takes its place, and a rebuild puts it there too.

use domain::api::{Leads, ReadLead, Rebuild, Timeline, TimelinePage, VisitorRow, Visitors, What};
use domain::id::{LeadId, Ms};
use domain::journal::Body;
use domain::session::SILENCE_MS;
use serde_json::{Value, json};
use tests::member::Member;
use tests::now_ms;
use tests::server::Server;
use tests::visitor::{Visitor, id_of};

const MINUTE: Ms = 60_000;
const DAY: Ms = 86_400_000;

/// A page view on that path, so many milliseconds ago.
fn ago(visitor: &Visitor, path: &str, ms: Ms) -> Value {
    let mut view = visitor.view(path);
    view["at"] = json!(now_ms() - ms);
    view
}

fn timeline(owner: &Member, id: LeadId) -> TimelinePage {
    let (cursor, limit) = (None, None);
    owner.call(&Timeline {
        as_of: None,
        id,
        what: What::Behaviour,
        cursor,
        limit,
    })
}

/// The entry, the source and the number of events of a lead's sessions, oldest first.
fn told(owner: &Member, id: LeadId) -> Vec<(String, String, u32)> {
    let mut sessions = timeline(owner, id).sessions;
    sessions.sort_by_key(|session| session.start);
    let count = owner.call(&ReadLead { id, as_of: None }).sessions;
    assert_eq!(count as usize, sessions.len());
    let told = sessions.into_iter();
    told.map(|session| (session.entry, session.source, session.events))
        .collect()
}

#[test]
fn a_late_event_moves_the_first_touch_and_regroups_the_sessions() {
    let (server, owner) = Server::opened();
    let visitor = server.visitor();
    let form = visitor.form("trial", json!({"email": "shen@yunge.example"}));
    let lead = LeadId::from(id_of(&form));
    let first = ago(
        &visitor,
        "/demo/?utm_source=baidu&utm_medium=cpc",
        50 * MINUTE,
    );
    visitor.send(&[first.clone(), form]);
    let sessions = |expect: &[(&str, &str, u32)]| {
        let told = told(&owner, lead);
        let told = told.iter().map(|(a, b, n)| (a.as_str(), b.as_str(), *n));
        assert_eq!(told.collect::<Vec<_>>(), expect);
    };
    sessions(&[("/demo/", "baidu", 1), ("", "", 1)]);

    // It waited in the browser for two days; the client's clock is a week slow.
    let late = ago(&visitor, "/demo/?utm_source=edm&utm_medium=email", 9 * DAY);
    let mut batch = visitor.batch(std::slice::from_ref(&late));
    batch["sent"] = json!(now_ms() - 7 * DAY);
    assert_eq!(visitor.post(&batch).status, 200);
    sessions(&[("/demo/", "edm", 1), ("/demo/", "baidu", 1), ("", "", 1)]);
    let detail = owner.call(&ReadLead {
        id: lead,
        as_of: None,
    });
    let touch = detail.first_touch.expect("a first touch");
    assert_eq!(
        (touch.event, touch.touch.source.as_str()),
        (id_of(&late), "edm")
    );
    let two_days_ago = now_ms() - 2 * DAY;
    assert!((two_days_ago - 30_000..=two_days_ago).contains(&touch.at));
    let moved: Vec<_> = server
        .journal()
        .into_iter()
        .filter_map(|fact| match fact.body {
            Body::FirstTouchMoved(moved) => Some((moved.lead, moved.from, moved.to)),
            _ => None,
        })
        .collect();
    assert_eq!(moved, [(lead, id_of(&first), id_of(&late))]);

    // Between the other two, it makes one of them.
    visitor.send(&[ago(&visitor, "/demo/pricing/", 25 * MINUTE)]);
    sessions(&[("/demo/", "edm", 1), ("/demo/", "baidu", 3)]);

    let lived = (server.projections(), timeline(&owner, lead));
    owner.call(&Rebuild {});
    server.settle();
    assert_eq!((server.projections(), timeline(&owner, lead)), lived);
}

#[test]
fn visitors_are_listed_with_their_sessions_and_programs_have_none() {
    let (server, owner) = Server::opened();
    let visitor = server.visitor();
    let robot = visitor.calling_itself("curl/8.5.0");
    visitor.send(&[
        ago(&visitor, "/demo/", SILENCE_MS + 5 * MINUTE),
        ago(&visitor, "/demo/", 4 * MINUTE),
    ]);
    robot.send(&[ago(&robot, "/demo/", 3 * DAY)]);
    let (cursor, limit) = (None, None);
    let listed: Vec<VisitorRow> = owner.call(&Visitors { cursor, limit }).items;
    let [row] = listed.try_into().expect("one visitor");
    assert_eq!((row.id, row.sessions, row.views), (visitor.id, 2, 2));

    visitor.send(&[visitor.identify(json!({"email": "a@b.example"}))]);
    let lead = owner.call(&Leads::default()).items.remove(0);
    let page = timeline(&owner, lead.id);
    assert_eq!(page.page.items.len(), 4, "the program's event is shown");
    assert_eq!(page.sessions.len(), 2, "and is in no session");
}

#[test]
fn a_key_event_is_noted_once_and_shown_with_the_event_that_reached_it() {
    let (server, owner) = Server::opened();
    let visitor = server.visitor();
    let looks: Vec<Value> = (0..5)
        .map(|day| ago(&visitor, "/demo/pricing/", (5 - day) * DAY))
        .collect();
    for look in [0, 2, 3, 4] {
        visitor.send(&[looks[look].clone()]);
    }
    visitor.send(&[visitor.identify(json!({"email": "lu@yunge.example"}))]);
    visitor.send(&[looks[1].clone()]);
    let lead = owner.call(&Leads::default()).items.remove(0);
    let check = || {
        let reached = timeline(&owner, lead.id).reached;
        let reached: Vec<_> = reached
            .iter()
            .map(|r| (r.event, r.name.zh.as_str()))
            .collect();
        assert_eq!(reached, [(id_of(&looks[3]), "一周内多次查看报价")]);
    };
    check();
    let lived = server.projections();
    assert!(lived.iter().any(|row| row.contains("pricing_again")));
    owner.call(&Rebuild {});
    server.settle();
    assert_eq!(server.projections(), lived);
    check();
}
