//! A website's own page: added, tagged, seen, refused and mended; and who may change it.

use domain::api::{Lang, Role, SaveSite, Site, SiteList, SiteStatus, Sites, Standing};
use domain::id::{DEMO_SITE, SiteKey};
use domain::journal::{Actor, Body};
use tests::browser::{Browser, Session};
use tests::member::{Member, OWNER};
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::web::{Page, Web};
use tests::{new_uuid, wait};

/// The collector keeps a site's settings for ten seconds; a clock moved by this much is past that.
const LATER_MS: i64 = 11_000;

fn key(name: &str) -> SiteKey {
    SiteKey(format!("main.{name}"))
}

fn save(site: &str, expected_version: u32, origins: &[&str]) -> SaveSite {
    SaveSite {
        key: new_uuid(),
        site: key(site),
        expected_version,
        origins: origins.iter().map(|&origin| origin.to_owned()).collect(),
        consent_required: false,
    }
}

fn standing(member: &Member, site: &str) -> Standing {
    member.call(&SiteStatus { site: key(site) })
}

#[test]
fn a_site_is_added_changed_and_published() {
    let (mut server, owner) = Server::opened();
    let marketer = owner.brings(&server, Role::Marketer);
    let call = save("www", 0, &["https://WWW.example.com/"]);
    let added = marketer.call(&call);
    let expect = Site {
        key: key("www"),
        origins: vec!["https://www.example.com".to_owned()],
        consent_required: false,
        version: 1,
    };
    assert_eq!(added, expect);
    let facts = server.journal();
    let last = facts.last().expect("a fact");
    assert!(matches!(last.actor, Actor::User(_)), "{last:?}");
    assert!(matches!(&last.body, Body::SiteSaved(saved) if saved.site == added));

    // The same key is the same edit, after a restart too.
    assert_eq!(marketer.call(&call), added);
    server.restart();
    assert_eq!(marketer.call(&call), added);
    assert_eq!(server.journal().len(), facts.len());

    let changed = owner.call(&save("www", 1, &[]));
    assert_eq!((changed.version, changed.origins.len()), (2, 0));
    server.settle();
    let published: Site =
        serde_json::from_slice(&server.kv_value("site/main.www")).expect("a site's settings");
    assert_eq!(published, changed);
    let listed: Vec<SiteKey> = owner
        .call(&Sites {})
        .sites
        .into_iter()
        .map(|site| site.key)
        .collect();
    assert_eq!(listed, [SiteKey(DEMO_SITE.to_owned()), key("www")]);
}

#[test]
fn an_edit_that_is_wrong_is_refused_with_the_field() {
    let (server, owner) = Server::opened();
    let www = owner.call(&save("www", 0, &[]));
    let facts = server.journal().len();
    let elsewhere = SaveSite {
        site: SiteKey("other.www".to_owned()),
        ..save("www", 0, &[])
    };
    for (call, code, field) in [
        (save("www", 0, &[]), "duplicate", "site"),
        (save("A", 0, &[]), "not_a_site_key", "site"),
        (elsewhere, "not_a_site_key", "site"),
        (
            save("www", 1, &["https://a.cn", "a.cn"]),
            "not_an_origin",
            "origins[1]",
        ),
    ] {
        let answer = owner.try_call(&call);
        let error = answer.error();
        let found = (answer.status, error.code.as_str(), error.field.as_deref());
        assert_eq!(found, (422, code, Some(field)), "{call:?}");
    }
    let late = owner.try_call(&save("www", 7, &[]));
    let error = late.error();
    assert_eq!((late.status, error.code.as_str()), (409, "conflict"));
    let current: Site =
        serde_json::from_value(error.current.expect("what is current")).expect("the site as it is");
    assert_eq!(current, www);
    // The read comes first: who is refused before the body is read loses the connection.
    let viewer = owner.brings(&server, Role::Viewer);
    assert_eq!(standing(&viewer, "www").site, www, "a viewer may read");
    let refused = viewer.try_call(&save("www", 1, &[]));
    assert_eq!(
        (refused.status, refused.error().code.as_str()),
        (403, "forbidden")
    );
    assert_eq!(server.journal().len(), facts, "nothing was changed");
    let unknown = owner.try_call(&SiteStatus { site: key("none") });
    assert_eq!(unknown.status, 404);
}

#[test]
fn a_standing_tells_the_last_event_and_the_last_refusal() {
    let (mut server, owner) = Server::opened();
    let before = standing(&owner, "demo");
    assert_eq!(
        (before.events, &before.seen, &before.refused),
        (0, &None, &None)
    );

    let visitor = server.visitor();
    visitor.send(&[visitor.view("/demo/"), visitor.view("/demo/pricing/")]);
    let again = visitor.view("/demo/case/");
    visitor.send(std::slice::from_ref(&again));
    visitor.send(std::slice::from_ref(&again));
    let seen = standing(&owner, "demo");
    assert_eq!(seen.events, 3, "a repeat counts once");
    let last = seen.seen.expect("the last event");
    assert!(last.url.ends_with("/demo/case/"), "{}", last.url);
    assert!(last.at <= seen.now);

    let stranger = visitor.from_origin(Some("https://shop.example.com"));
    let answer = stranger.post(&stranger.batch(&[stranger.view("/")]));
    assert_eq!(answer.status, 403);
    let refused = wait::until("the refusal", || standing(&owner, "demo").refused);
    assert_eq!(refused.code, "foreign_origin");
    assert_eq!(refused.origin.as_deref(), Some("https://shop.example.com"));

    // An object that wakes finds the last event again, and counts anew.
    server.restart();
    let after = standing(&owner, "demo");
    assert_eq!((after.events, after.seen), (0, Some(last)));
}

#[test]
fn a_tag_is_made_of_what_the_worker_knows() {
    let (server, owner) = Server::opened();
    let SiteList { tag, .. } = owner.call(&Sites {});
    assert_eq!(tag.public_origin, server.public(""));
    let integrity = tag.integrity.expect("the script's hash");
    let html = |integrity: &str| {
        format!(
            "<script defer src=\"{}/t.js\" data-site=\"{DEMO_SITE}\" integrity=\"{integrity}\" crossorigin=\"anonymous\"></script>",
            tag.public_origin
        )
    };
    let other = integrity.replace(|c: char| c.is_ascii_uppercase(), "A");
    let site = Web::site(vec![
        Page::tracked("/right", "Right", &html(&integrity), ""),
        Page::tracked("/wrong", "Wrong", &html(&other), ""),
    ]);
    let browser = Browser::start();
    let window = browser.open();
    window.go(&site.public("/wrong"));
    window.go(&site.public("/right"));
    let seen = wait::until("the page view", || standing(&owner, "demo").seen);
    assert!(seen.url.ends_with("/right"), "{}", seen.url);
    assert_eq!(standing(&owner, "demo").events, 1);
}

#[test]
fn a_marketer_adds_a_website_and_sees_it_live() {
    let (server, owner) = Server::opened();
    owner.brings(&server, Role::Marketer);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in("marketer@larkmeter.example");
    screen.speaks(Lang::En);

    // The website stands at one address, and a copy of it at another.
    let tag = format!(
        "<script defer src=\"{}/t.js\" data-site=\"main.www\"></script>",
        server.public("")
    );
    let pages = vec![Page::tracked("/", "Home", &tag, "")];
    let (www, shop) = (Web::site(pages.clone()), Web::site(pages));
    screen.visit("settings");
    window.type_in(&named("site-name"), "www");
    window.type_in(&named("site-address"), "www.example");
    window.click(&named("site-add-submit"));
    window.until_text_is(&format!("{} .is-wrong", named("site-add")), "how", |text| {
        text.contains("https://www.example.com")
    });
    window.retype(&named("site-address"), &www.public("/"));
    window.click(&named("site-add-submit"));
    window.until_text(&named("site-key"), "main.www");
    assert!(window.address().ends_with("/settings/sites/main.www"));
    window.reload();
    until_state(&window, "waiting");

    window.until_text(&copied("tag"), &tag);

    let visitor = browser.open();
    visitor.go(&www.public("/?from=www"));
    until_state(&window, "seen");
    window.until_text_is(&named("site-seen"), "the page", |text| {
        text.contains("Page view") && text.contains("/?from=www")
    });
    window.until_text(&named("site-events"), "1 event since this page was opened");

    visitor.go(&shop.public("/"));
    until_state(&window, "refused");
    let refusal = format!("{}[data-code='foreign_origin']", named("site-refused"));
    window.until_text_is(&refusal, "what to do", |text| {
        text.contains(&shop.public("")) && text.contains("add its address")
    });
    window.click(&named("site-add-origin"));
    window.click(&named("site-save"));
    window.find(&named("site-saved"));
    window.until_gone(&named("site-refused"));
    let origins = standing(&owner, "www").site.origins;
    assert_eq!(origins, [www.public(""), shop.public("")]);

    server.settle();
    server.set_clock(LATER_MS);
    visitor.go(&shop.public("/?from=shop"));
    window.until_text_is(&named("site-seen"), "the other address", |text| {
        text.contains("/?from=shop")
    });
    until_state(&window, "seen");
}

#[test]
fn a_tag_follows_what_is_chosen() {
    let (server, owner) = Server::opened();
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.open(&format!("/settings/sites/{DEMO_SITE}"));
    let has = |part: &str| {
        window.until_text_is(&copied("tag"), part, |text| text.contains(part));
    };
    for attribute in [
        "data-consent=\"required\"",
        "data-signals=\"ignore\"",
        "data-hash",
        "data-engagement",
        "integrity",
    ] {
        let lacks = |text: &str| !text.contains(attribute);
        window.until_text_is(&copied("tag"), "not yet", lacks);
        window.click(&named(attribute));
        has(attribute);
        window.click(&named(attribute));
        window.until_text_is(&copied("tag"), "no more", lacks);
    }
    window.type_in(&named("tag-domains"), "a.com B.cn");
    has("data-domains=\"a.com b.cn\"");
    window.type_in(&named("tag-endpoint"), "https://www.a.cn/x");
    has("data-endpoint=\"https://www.a.cn/x\"");
    let public = server.public("");
    window.until_text(
        &copied("policy"),
        &format!("script-src {public} 'wasm-unsafe-eval'; connect-src {public} https://www.a.cn"),
    );

    // Consent follows the site, whoever changes it.
    let site = standing(&owner, "demo").site;
    let edit = SaveSite {
        origins: site.origins,
        consent_required: true,
        ..save("demo", site.version, &[])
    };
    owner.call(&edit);
    has("data-consent=\"required\"");
}

#[test]
fn two_who_change_a_website_are_told() {
    let (server, owner) = Server::opened();
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.open(&format!("/settings/sites/{DEMO_SITE}"));
    let site = standing(&owner, "demo").site;
    let mine = "https://mine.example.com";
    window.type_in(&named("site-origins"), &format!("\n{mine}"));
    owner.call(&save("demo", site.version, &["https://theirs.example.com"]));
    window.click(&named("site-save"));
    window.click(&named("site-mine"));
    window.click(&named("site-save"));
    window.find(&named("site-saved"));
    let saved = standing(&owner, "demo").site;
    assert_eq!(saved.version, site.version + 2);
    assert_eq!(saved.origins, [site.origins[0].as_str(), mine]);

    // Who changes nothing sees what others save.
    owner.call(&save(
        "demo",
        saved.version,
        &["https://theirs.example.com"],
    ));
    wait::until("their address", || {
        let shown = window.value(&named("site-origins"))?;
        (shown == "https://theirs.example.com").then_some(())
    });
}

#[test]
fn a_viewer_reads_and_changes_nothing() {
    let (server, owner) = Server::opened();
    owner.brings(&server, Role::Viewer);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in("viewer@larkmeter.example");
    screen.visit("settings");
    window.click(&named("site-open"));
    window.until_text_is(&copied("tag"), "the tag", |text| text.contains(DEMO_SITE));
    for absent in ["site-save", "site-add"] {
        assert!(
            window.all(&named(absent)).is_empty(),
            "{absent} for a viewer"
        );
    }
    let fields = format!("{} fieldset", named("site-edit"));
    assert!(window.attribute(&fields, "disabled").is_some());
    screen.open("/settings/sites/main.none");
    window.find(&named("empty-state"));
}

/// The text of a box to be copied.
fn copied(name: &str) -> String {
    format!("{} {}", named(name), named("copy-text"))
}

/// Waits until the page says this of its website.
#[track_caller]
fn until_state(window: &Session, state: &str) {
    window.find(&format!("{}[data-state='{state}']", named("site-check")));
}
