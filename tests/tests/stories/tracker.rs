//! The tracker on real pages: what it hears is what the collector stores, once, and no secret among it.

use domain::agent::BotReason;
use domain::event::Content;
use domain::journal::{Body, Tracked};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tests::browser::{Browser, Session};
use tests::server::Server;
use tests::wait;
use tests::web::{Page, Web};

/// The tag that a customer puts into its pages.
fn tag(server: &Server) -> String {
    let address = server.public("/t.js");
    format!("<script defer src=\"{address}\" data-site=\"main.demo\"></script>")
}

/// The events in the journal, in its order.
fn stored(server: &Server) -> Vec<Tracked> {
    let bodies = server.journal().into_iter().map(|fact| fact.body);
    bodies
        .filter_map(|body| match body {
            Body::Tracked(tracked) => Some(*tracked),
            _ => None,
        })
        .collect()
}

/// Waits until so many events are stored.
#[track_caller]
fn until_stored(server: &Server, count: usize) -> Vec<Tracked> {
    let found = wait::until(&format!("{count} events in the journal"), || {
        let found = stored(server);
        (found.len() >= count).then_some(found)
    });
    assert_eq!(found.len(), count, "{found:#?}");
    let ids: BTreeSet<_> = found.iter().map(|tracked| tracked.event.id).collect();
    assert_eq!(ids.len(), count, "each has an id of its own");
    found
}

/// What a page view says: path, title, referrer's path.
fn view(tracked: &Tracked) -> (String, String, Option<String>) {
    let path = |url: &str| url.splitn(4, '/').nth(3).unwrap_or_default().to_owned();
    match &tracked.event.content {
        Content::PageView { referrer, title } => (
            path(&tracked.event.url),
            title.clone().unwrap_or_default(),
            referrer.as_deref().map(path),
        ),
        other => panic!("not a page view: {other:?}"),
    }
}

#[test]
fn pages_are_seen_however_they_come() {
    let (server, _) = Server::opened();
    let site = Web::site(vec![
        Page::tracked("/", "Home", &tag(&server), "<a id=next href=/next>next</a>"),
        Page::tracked("/next", "Next", &tag(&server), ""),
    ]);
    let browser = Browser::start();
    let window = browser.open();
    window.go(&site.public("/?utm_source=zhihu"));
    until_stored(&server, 1);
    window.click("#next");
    until_stored(&server, 2);
    window.run(
        "history.pushState({}, '', '/next/prices'); document.title = 'Prices'",
        &[],
    );
    until_stored(&server, 3);
    window.run(
        "history.replaceState({}, '', '/next/prices?plan=2'); document.title = 'Plan 2'",
        &[],
    );
    until_stored(&server, 4);
    // An anchor is not another page; going back is.
    window.run("location.hash = 'details'", &[]);
    window.run("history.go(-2)", &[]);
    let found = until_stored(&server, 5);

    let expect = [
        ("?utm_source=zhihu", "Home", None),
        ("next", "Next", Some("?utm_source=zhihu")),
        ("next/prices", "Prices", Some("next")),
        ("next/prices?plan=2", "Plan 2", Some("next/prices")),
        ("next", "Plan 2", Some("next/prices?plan=2")),
    ];
    let views: Vec<_> = found.iter().map(view).collect();
    let views: Vec<_> = views
        .iter()
        .map(|(path, title, referrer)| (path.as_str(), title.as_str(), referrer.as_deref()))
        .map(|(path, title, referrer)| {
            (
                path,
                title,
                referrer.map(|r| r.split('#').next().unwrap_or(r)),
            )
        })
        .collect();
    assert_eq!(views, expect);
    assert_eq!(
        found[0]
            .stamp
            .touch
            .as_ref()
            .map(|touch| touch.source.as_str()),
        Some("zhihu")
    );
    let visitors: BTreeSet<_> = found.iter().map(|tracked| tracked.event.visitor).collect();
    assert_eq!(visitors.len(), 1, "one browser");
    assert!(found.iter().all(|tracked| tracked.stamp.bot.is_none()));
}

#[test]
fn forms_are_read_without_their_secrets() {
    let (server, _) = Server::opened();
    let form = "<form id=order action=/done method=post>
        <input name=email type=email><input name=secret type=password><input name=token type=hidden value=t0ken>
        <input name=card autocomplete=cc-number><input name=pwd><input name=file type=file>
        <input name=colour type=radio value=red><input name=colour type=radio value=blue>
        <input name=topic type=checkbox value=a><input name=topic type=checkbox value=b>
        <input name=private data-no-track><select name=size><option value=s>S<option value=l>L</select>
        <textarea name=message></textarea><button>Send</button></form>
        <form id=silent data-no-track onsubmit='return false'><input name=email value=a@b.example><button>Send</button></form>";
    let site = Web::site(vec![
        Page::tracked("/", "Order", &tag(&server), form),
        Page::tracked("/done", "Done", &tag(&server), ""),
    ]);
    let browser = Browser::start();
    let window = browser.open();
    window.go(&site.public("/"));
    until_stored(&server, 1);
    window.click("#silent button");
    for (name, text) in [
        ("email", "hua@ming.example"),
        ("secret", "hunter2hunter2"),
        ("card", "4242424242424242"),
        ("pwd", "hunter3hunter3"),
        ("private", "nobody's business"),
        ("message", "第一行\n\"second\""),
    ] {
        window.type_in(&format!("#order [name={name}]"), text);
    }
    window.click("#order [value=blue]");
    window.click("#order [value=a]");
    window.click("#order [value=b]");
    window.choose("#order [name=size]", "l");
    window.click("#order button");
    // The page is gone at once, and what was typed has arrived.
    let found = until_stored(&server, 3);
    let (name, fields) = submitted(&found);
    assert_eq!(name, "order");
    let expect = [
        ("colour", "blue"),
        ("email", "hua@ming.example"),
        ("message", "第一行\n\"second\""),
        ("size", "l"),
        ("topic", "a, b"),
    ];
    let expect = expect.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(fields, BTreeMap::from(expect));
    let all = format!("{:?}", server.journal());
    for secret in ["hunter2", "hunter3", "t0ken", "42424242", "nobody's"] {
        assert!(!all.contains(secret), "{secret} is in the journal");
    }

    // The sample website's own form leaves for another page too.
    window.go(&server.public("/demo/contact/"));
    window.type_in("#contact [name=email]", "he@beiqiao.example");
    window.click("#contact button[type=submit]");
    wait::until("the thank-you page", || {
        window.address().ends_with("/demo/thanks/").then_some(())
    });
    let found = until_stored(&server, 6);
    let (name, fields) = submitted(&found[3..]);
    assert_eq!(
        (name.as_str(), fields["email"].as_str()),
        ("contact", "he@beiqiao.example")
    );
}

/// The form among these events: name and fields.
fn submitted(found: &[Tracked]) -> (String, BTreeMap<String, String>) {
    let form = found
        .iter()
        .find_map(|tracked| match &tracked.event.content {
            Content::FormSubmit { form, fields } => Some((form.clone(), fields.clone())),
            _ => None,
        });
    form.expect("a submitted form")
}

#[test]
fn nothing_is_lost_by_leaving_nor_by_a_server_that_is_away() {
    let (mut server, _) = Server::opened();
    let site = Web::site(vec![
        Page::tracked("/", "Home", &tag(&server), ""),
        Page::tracked("/other", "Other", "", ""),
    ]);
    let browser = Browser::start();
    let window = browser.open();
    window.go(&site.public("/"));
    until_stored(&server, 1);
    // Tracked, and gone in the same breath: by beacon.
    window.run(
        "trellis('track', 'leaving', {seconds: 3, to: 'other'}); location.href = '/other'",
        &[],
    );
    let found = until_stored(&server, 2);
    let Content::Custom { name, props } = &found[1].event.content else {
        panic!("{:?}", found[1]);
    };
    assert_eq!(name, "leaving");
    assert_eq!(json!(props), json!({"seconds": "3", "to": "other"}));

    window.go(&site.public("/"));
    until_stored(&server, 3);
    server.kill();
    window.run("trellis('track', 'while away', {})", &[]);
    wait::until("the tracker to fail", || failures(&window).then_some(()));
    server.restart();
    let found = until_stored(&server, 4);
    assert!(
        matches!(&found[3].event.content, Content::Custom { name, .. } if name == "while away")
    );
}

#[test]
fn a_later_page_sends_what_an_earlier_one_could_not() {
    let (mut server, _) = Server::opened();
    let site = Web::site(vec![
        Page::tracked("/", "Home", &tag(&server), ""),
        Page::tracked("/bare", "Bare", "", ""),
    ]);
    let browser = Browser::start();
    let window = browser.open();
    window.go(&site.public("/"));
    until_stored(&server, 1);
    server.kill();
    window.run("trellis('track', 'while away', {})", &[]);
    wait::until("the tracker to fail", || failures(&window).then_some(()));
    // The page goes; a page without the tracker sends nothing, but the browser has kept the event.
    window.go(&site.public("/bare"));
    server.restart();
    let kept =
        "return Object.keys(localStorage).filter(key => key.startsWith('_trl.main.demo.')).length";
    assert_eq!(window.run(kept, &[]), json!(1));
    window.go(&site.public("/?later"));
    let found = until_stored(&server, 3);
    let away = |tracked: &Tracked| matches!(&tracked.event.content, Content::Custom { name, .. } if name == "while away");
    assert_eq!(found.iter().filter(|tracked| away(tracked)).count(), 1);
    wait::until("nothing to be kept", || {
        (window.run(kept, &[]) == json!(0)).then_some(())
    });
}

#[test]
fn nobody_is_tracked_against_their_will() {
    let (server, _) = Server::opened();
    let tag = tag(&server);
    let asking = tag.replace("data-site", "data-consent=required data-site");
    let signal =
        "<script>Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})</script>";
    let site = Web::site(vec![
        Page::tracked("/signal", "Signal", &format!("{signal}{tag}"), ""),
        Page::tracked("/asking", "Asking", &asking, ""),
        Page::tracked("/home", "Home", &tag, ""),
    ]);
    let browser = Browser::start();
    let window = browser.open();
    let kept = "return Object.keys(localStorage).sort().join()";
    window.go(&site.public("/signal"));
    window.run("trellis('track', 'unseen', {})", &[]);
    window.go(&site.public("/asking?utm_source=zhihu&mail=hua%40ming.example&reset_token=t0ken"));
    window.run("trellis('track', 'before', {})", &[]);
    assert_eq!(window.run(kept, &[]), json!(""), "nothing is stored");
    assert_eq!(stored(&server).len(), 0);

    // Consent attaches what was seen; addresses tell no secrets.
    window.run("trellis('consent', true)", &[]);
    let found = until_stored(&server, 2);
    assert_eq!(
        view(&found[0]).0,
        "asking?utm_source=zhihu&mail=*&reset_token=*"
    );
    wait::until("the queue to be empty", || {
        (window.run(kept, &[]) == json!("_trc,_trl")).then_some(())
    });

    // Who opts out is forgotten, and stays so on other pages, until consent is given again.
    window.run("trellis('optOut')", &[]);
    assert_eq!(window.run(kept, &[]), json!("_trc"));
    window.go(&site.public("/home"));
    window.run(
        "trellis('track', 'unheard', {}); trellis('consent', true)",
        &[],
    );
    let found = until_stored(&server, 3);
    assert_eq!(view(&found[2]).0, "home");
    assert_ne!(found[0].event.visitor, found[2].event.visitor);
}

#[test]
fn clicks_scripted_forms_and_a_page_that_comes_back_are_seen() {
    let (server, _) = Server::opened();
    let body = "<button id=cta data-track=call_to_action>Try it</button>
        <a id=out href='http://elsewhere.example/?token=t0ken' onclick='event.preventDefault()'>out</a>
        <a id=file href='/files/prices.pdf' onclick='event.preventDefault()'>file</a>
        <p data-no-track><a id=quiet href='http://quiet.example/' onclick='event.preventDefault()'>quiet</a></p>
        <form id=order action=/done><input name=email value=hua@ming.example></form>";
    let site = Web::site(vec![
        Page::tracked("/", "Home", &tag(&server), body),
        Page::tracked("/done", "Done", &tag(&server), ""),
    ]);
    let browser = Browser::start();
    let window = browser.open();
    window.go(&site.public("/"));
    until_stored(&server, 1);
    for link in ["#quiet", "#cta", "#out", "#file"] {
        window.click(link);
    }
    let found = until_stored(&server, 4);
    let clicks: Vec<Value> = found[1..]
        .iter()
        .map(|tracked| match &tracked.event.content {
            Content::Custom { name, props } => json!([name, props]),
            other => panic!("not a click: {other:?}"),
        })
        .collect();
    let file = site.public("/files/prices.pdf");
    let expect = [
        json!(["call_to_action", {}]),
        json!(["$outbound", {"url": "http://elsewhere.example/?token=*"}]),
        json!(["$download", {"url": file}]),
    ];
    assert_eq!(clicks, expect);

    // What the browser says when it shows a page of its back/forward cache.
    window.run(
        "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))",
        &[],
    );
    let found = until_stored(&server, 5);
    assert_eq!(view(&found[4]).1, "Home");

    window.run("document.querySelector('#order').submit()", &[]);
    let found = until_stored(&server, 7);
    assert_eq!(submitted(&found).0, "order");
}

/// Whether the page has sent something in vain.
fn failures(window: &Session) -> bool {
    let script = "return performance.getEntriesByType('resource')
        .filter(entry => entry.name.endsWith('/e')).some(entry => entry.responseStatus === 0)";
    window.run(script, &[]) == Value::Bool(true)
}

#[test]
fn odd_pages_count_once_too() {
    let (server, _) = Server::opened();
    let twice = format!("{0}{0}", tag(&server));
    let early = format!(
        "<script>window.trellis = window.trellis || function () {{ (trellis.q = trellis.q || []).push(arguments) }};
         trellis('track', 'early', {{}})</script>{}",
        tag(&server)
    );
    let strict = Page {
        policy: Some(format!(
            "default-src 'none'; script-src {origin}; connect-src {origin}",
            origin = server.public("")
        )),
        ..Page::tracked("/strict", "Strict", &tag(&server), "")
    };
    let site = Web::site(vec![
        Page::tracked("/twice", "Twice", &twice, ""),
        Page::tracked("/early", "Early", &early, ""),
        strict,
    ]);
    let browser = Browser::start();
    let window = browser.open();
    window.go(&site.public("/twice"));
    let found = until_stored(&server, 1);
    assert_eq!(view(&found[0]).0, "twice");

    // A policy without 'wasm-unsafe-eval' refuses wasm: the loader sends the page view by itself.
    window.go(&site.public("/strict"));
    let found = until_stored(&server, 2);
    assert_eq!(view(&found[1]).1, "Strict");
    assert_eq!(found[0].event.visitor, found[1].event.visitor);

    window.go(&site.public("/early"));
    let found = until_stored(&server, 4);
    let early = |tracked: &Tracked| matches!(&tracked.event.content, Content::Custom { name, .. } if name == "early");
    assert_eq!(found.iter().filter(|tracked| early(tracked)).count(), 1);

    // A browser that says it has no screen is a program, and weighs nothing.
    let headless = browser.open_as("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/126.0.0.0");
    headless.go(&site.public("/twice"));
    let found = until_stored(&server, 5);
    assert_eq!(found[4].stamp.bot, Some(BotReason::Headless));
}
