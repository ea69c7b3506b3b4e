//! Who a browser's events belong to, whichever way the website says it; and what of them a timeline shows.

use domain::api::{Leads, Timeline, TimelineItem, What};
use domain::event::Engagement;
use domain::id::LeadId;
use domain::lead::LeadRow;
use domain::wire::Kind;
use serde_json::json;
use tests::member::Member;
use tests::now_ms;
use tests::server::Server;
use tests::visitor::id_of;

pub(crate) fn leads(owner: &Member) -> Vec<LeadRow> {
    let call = Leads::default();
    owner.call(&call).items
}

pub(crate) fn timeline(owner: &Member, id: LeadId) -> Vec<TimelineItem> {
    let call = Timeline {
        as_of: None,
        id,
        what: What::Behaviour,
        cursor: None,
        limit: None,
    };
    owner.call(&call).page.items
}

#[test]
fn a_website_may_say_who_it_is_without_a_form() {
    let (server, owner) = Server::opened();
    let (first, second) = (server.visitor(), server.visitor());
    let said = first.identify(json!({"email": "Qian@Yunge.example", "company": "云格"}));
    first.send(&[first.view("/demo/"), said.clone()]);
    let lead = LeadId::from(id_of(&said));
    let [row] = leads(&owner).try_into().expect("one lead");
    assert_eq!(
        (row.id, row.email.as_deref()),
        (lead, Some("qian@yunge.example"))
    );
    assert_eq!(row.company.as_deref(), Some("云格"));

    // The same address on another browser attaches it, fills what is empty and overwrites nothing.
    second.send(&[
        second.view("/demo/case/"),
        second.identify(json!({"email": "qian@yunge.example", "company": "Other", "姓名": "钱宁"})),
    ]);
    let [row] = leads(&owner).try_into().expect("still one lead");
    assert_eq!(row.name.as_deref(), Some("钱宁"));
    assert_eq!(row.company.as_deref(), Some("云格"));
    let browsers: Vec<_> = timeline(&owner, lead)
        .iter()
        .map(|item| item.visitor)
        .collect();
    assert_eq!(browsers, [second.id, second.id, first.id, first.id]);

    // Without an address, or from a program, it names nobody.
    let stranger = server.visitor();
    stranger.send(&[stranger.identify(json!({"name": "nobody"}))]);
    let robot = server.visitor().calling_itself("curl/8.5.0");
    robot.send(&[robot.identify(json!({"email": "robot@yunge.example"}))]);
    assert_eq!(leads(&owner).len(), 1);
}

#[test]
fn a_timeline_shows_how_a_page_was_read_and_a_form_begun() {
    let (server, owner) = Server::opened();
    let visitor = server.visitor();
    let form = visitor.form("trial", json!({"email": "sun@yunge.example"}));
    let mut events = vec![visitor.view("/demo/trial/"), visitor.engagement(42, 80)];
    for kind in ["form_view", "form_start"] {
        let mut event = visitor.form("trial", json!(null));
        event.as_object_mut().expect("an event").remove("fields");
        event["kind"] = json!(kind);
        events.push(event);
    }
    events.push(form.clone());
    let began = now_ms() - 10_000;
    for (at, event) in (began..).zip(&mut events) {
        event["at"] = json!(at);
        event["session"] = json!("mia40dc0");
    }
    visitor.send(&events);
    let mut shown = timeline(&owner, LeadId::from(id_of(&form)));
    shown.reverse();
    let kinds: Vec<Kind> = shown.iter().map(|item| item.kind).collect();
    assert_eq!(
        kinds,
        [
            Kind::PageView,
            Kind::Engagement,
            Kind::FormView,
            Kind::FormStart,
            Kind::FormSubmit
        ]
    );
    let read = Engagement {
        seconds: 42,
        scroll: 80,
    };
    assert_eq!(shown[1].engagement, Some(read));
    let named = shown[2..].iter().map(|item| item.name.as_deref());
    assert!(named.eq([Some("trial"); 3]));
    for item in &shown {
        let session = item.session.as_ref().map(ToString::to_string);
        assert_eq!(session.as_deref(), Some("mia40dc0"), "{:?}", item.kind);
        assert_eq!(item.touch.is_some(), item.kind == Kind::PageView);
    }
}

/// The sample site accepts pages of this machine: a page there that was left for another is the same visit.
#[test]
fn a_page_of_the_company_is_no_source() {
    let (server, _) = Server::opened();
    let visitor = server.visitor();
    let landed = |url: &str, referrer: &str| {
        let mut event = visitor.view("/");
        (event["url"], event["referrer"]) = (json!(url), json!(referrer));
        event
    };
    let own = visitor.site_url.clone();
    visitor.send(&[
        landed("https://other.example/", &own),
        landed("https://other.example/?_trl=*", "https://www.baidu.com/"),
        landed("https://other.example/", "https://www.baidu.com/"),
    ]);
    let sources: Vec<Option<String>> = server
        .journal()
        .into_iter()
        .filter_map(|fact| match fact.body {
            domain::journal::Body::Tracked(tracked) => Some(tracked.stamp.touch),
            _ => None,
        })
        .map(|touch| touch.map(|touch| touch.source))
        .collect();
    assert_eq!(sources, [None, None, Some("baidu".to_owned())]);
}
