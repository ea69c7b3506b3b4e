//! Which segments a browser is in: told to its website from edge KV, and nothing else of it.

use domain::api::{ReadRulebook, SaveRulebook};
use domain::id::{DEMO_SITE, VisitorId};
use serde_json::{Value, json};
use tests::browser::Browser;
use tests::http::Answer;
use tests::new_uuid;
use tests::server::Server;
use tests::wait;
use uuid::Uuid;

fn ask(server: &Server, visitor: impl ToString, query: &str) -> Answer {
    let url = server.public(&format!("/s/{}{query}", visitor.to_string()));
    server.ask("GET", &url, &[("origin", "https://a.example")], None)
}

/// The answer holds these segments and nothing else.
#[track_caller]
fn assert_in(server: &Server, visitor: VisitorId, segments: &[&str]) {
    let answer = ask(server, visitor, &format!("?site={DEMO_SITE}"));
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.json::<Value>(), json!({ "segments": segments }));
    for (header, value) in [
        ("content-type", "application/json"),
        ("access-control-allow-origin", "*"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("cache-control", "private, max-age=10"),
    ] {
        assert_eq!(answer.header(header), Some(value), "{header}");
    }
}

#[test]
fn a_website_is_told_the_segments_of_the_browser_it_is_shown_in() {
    let (server, owner) = Server::opened();
    let (one, other) = (server.visitor(), server.visitor());
    let form = |visitor: &tests::visitor::Visitor| {
        visitor.form("trial", json!({"email": "he@beiqiao.example"}))
    };
    one.send(&[
        one.view("/demo/pricing/"),
        one.view("/demo/zh/pricing/"),
        form(&one),
    ]);
    // Another browser of the same person is in what it did itself.
    other.send(&[other.view("/demo/pricing/"), form(&other)]);
    let robot = server.visitor().calling_itself("curl/8.5.0");
    robot.send(&[robot.view("/demo/pricing/"), robot.view("/demo/pricing/")]);
    assert_in(&server, one.id, &[]);
    server.settle();
    assert_in(&server, one.id, &["evaluating", "in-touch"]);
    assert_in(&server, other.id, &["in-touch"]);
    assert_in(&server, robot.id, &[]);
    assert_in(&server, VisitorId(new_uuid()), &[]);

    // The person's own key in the store has a score and no segments.
    let [lead] = owner.call(&leads()).items.try_into().expect("one lead");
    assert_in(&server, VisitorId(lead.id.0), &[]);

    // It takes once more, and a rulebook that asks for less makes it enough at once.
    let mut published = owner.call(&ReadRulebook {});
    assert_eq!(published.rulebook.segments.len(), 2);
    let segment = &mut published.rulebook.segments[0];
    (segment.id, segment.at_least) = ("curious".into(), 1);
    published.rulebook.segments.truncate(1);
    owner.call(&SaveRulebook {
        key: new_uuid(),
        expected_version: published.version,
        rulebook: published.rulebook,
    });
    server.settle();
    assert_in(&server, one.id, &["curious"]);
    assert_in(&server, other.id, &["curious"]);
    assert_in(&server, robot.id, &[]);
}

fn leads() -> domain::api::Leads {
    domain::api::Leads::default()
}

#[test]
fn what_is_no_browser_or_no_site_is_refused() {
    let (server, _) = Server::opened();
    let known = new_uuid().to_string();
    let demo = format!("?site={DEMO_SITE}");
    let nil = Uuid::nil().to_string();
    for (visitor, query, code, field) in [
        ("me", demo.as_str(), "invalid_id", "visitor"),
        ("", &demo, "invalid_id", "visitor"),
        (&nil, &demo, "invalid_id", "visitor"),
        (&known, "", "invalid_key", "site"),
        (&known, "?site=", "invalid_key", "site"),
        (&known, "?site=main", "invalid_key", "site"),
        (&known, "?site=..%2Fevents.x", "invalid_key", "site"),
    ] {
        let answer = ask(&server, visitor, query);
        assert_eq!(answer.status, 400, "{visitor}{query}: {}", answer.text());
        let error = answer.error();
        assert_eq!(
            (error.code.as_str(), error.field.as_deref()),
            (code, Some(field)),
            "{visitor}{query}"
        );
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    }
    let path = format!("/s/{known}{demo}");
    let head = server.ask("HEAD", &server.public(&path), &[], None);
    assert_eq!((head.status, head.body.len()), (200, 0));
    let post = server.ask("POST", &server.public(&path), &[], Some(b"{}"));
    assert_eq!(post.status, 404);
    let app = server.ask("GET", &server.app(&path), &[], None);
    assert_eq!(app.status, 404);

    // The store is broken: the page may come back.
    server.change_kv(&format!("score/main/{known}"), Some(b"not a score"));
    let answer = ask(&server, &known, &demo);
    assert_eq!(answer.status, 503, "{}", answer.text());
    assert_eq!(answer.error().code, "unavailable");
    assert_eq!(answer.header("retry-after"), Some("5"));
    let exposed = answer.header("access-control-expose-headers");
    assert_eq!(exposed, Some("retry-after"));
}

/// Nobody has opened the workspace: the object that would have to answer does not even exist.
#[test]
fn no_object_is_asked() {
    let server = Server::start();
    assert_in(&server, VisitorId(new_uuid()), &[]);
    assert!(server.journal().is_empty());
}

#[test]
fn the_sample_website_greets_who_compares_prices() {
    let (server, _) = Server::opened();
    let browser = Browser::start();
    let window = browser.open();
    let call_to_action = ".actions [data-if-in]";
    window.go(&server.public("/demo/"));
    window.until_text(call_to_action, "Start a trial");
    for page in ["/demo/pricing/", "/demo/zh/pricing/"] {
        window.go(&server.public(page));
    }
    wait::until("three page views", || {
        (server.rows().events == 3).then_some(())
    });
    server.settle();
    for (page, words, leads_to) in [
        (
            "/demo/",
            "Ask an engineer about your plan",
            "/demo/contact/",
        ),
        ("/demo/zh/", "请工程师帮您选方案", "/demo/zh/contact/"),
    ] {
        // What the browser was told of its segments it may believe for ten seconds.
        wait::until(words, || {
            window.go(&server.public(page));
            (window.text(call_to_action) == words).then_some(())
        });
        let link = window.attribute(call_to_action, "href");
        assert_eq!(link.as_deref(), Some(leads_to));
    }
}
