//! The frame of the app: whatever there is is found by its name, and everything is done by the keys.

use domain::api::{Lang, Leads, Role};
use serde_json::json;
use tests::browser::{Browser, Session};
use tests::member::OWNER;
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::wait;

/// The keys as the protocol writes them.
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const CONTROL_K: &str = "\u{e009}k\u{e000}";

fn becomes_lead(server: &Server, email: &str, name: &str) {
    let visitor = server.visitor();
    let fields = json!({"email": email, "name": name, "company": "启衡"});
    visitor.send(&[
        visitor.view("/demo/pricing/"),
        visitor.form("trial", fields),
    ]);
}

/// Waits until the address has this in it.
fn until_at(window: &Session, part: &str) {
    wait::until(&format!("the address {part}"), || {
        window.address().contains(part).then_some(())
    });
}

/// Whether the focus is on an element that this selector finds.
fn until_on(window: &Session, css: &str) {
    let script = "return document.activeElement.matches(arguments[0])";
    wait::until(&format!("the focus on {css}"), || {
        (window.run(script, &[css.into()]) == true).then_some(())
    });
}

#[test]
fn everything_is_found_and_done_by_the_keys() {
    let (server, owner) = Server::opened();
    becomes_lead(&server, "min@qiheng.example", "周敏");
    becomes_lead(&server, "ann@harbour.example", "Ann Porter");
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::En);
    screen.lead_row("Ann Porter");

    // The keys tell of themselves.
    window.type_keys("?");
    window.find(&format!("{}[open]", named("keys")));
    window.type_keys(ESCAPE);
    window.until_gone(&named("keys"));

    // A person by two letters of the name, in both languages.
    window.type_in("body", CONTROL_K);
    until_on(&window, &named("palette-input"));
    window.type_keys("周");
    let hit = format!("{}[data-value^='/leads/'].is-active", named("palette-hit"));
    window.until_text_is(&hit, "周敏", |text| text.contains("周敏"));
    window.type_keys(ENTER);
    window.until_text(&named("lead-name"), "周敏");
    window.until_gone(&named("palette"));

    // Pages by their letters, rows by j and k, and what is searched for stays in the address.
    window.type_keys("gl");
    until_at(&window, "/leads");
    screen.lead_row("Ann Porter");
    window.type_keys("j");
    let first = format!("{}:nth-of-type(1) a", named("lead-row"));
    until_on(&window, &first);
    window.type_keys("j");
    until_on(&window, &format!("{}:nth-of-type(2) a", named("lead-row")));
    window.type_keys("k");
    until_on(&window, &first);
    window.type_keys("/");
    until_on(&window, &named("search"));
    window.type_keys("harbour");
    until_at(&window, "q=harbour");
    wait::until("one row", || {
        (window.all(&named("lead-row")).len() == 1).then_some(())
    });
    window.reload();
    screen.arrives();
    screen.lead_row("Ann Porter");
    assert_eq!(window.all(&named("lead-row")).len(), 1);
    assert_eq!(window.value(&named("search")).as_deref(), Some("harbour"));

    // A new lead, and a better name for it.
    window.type_keys("n");
    until_at(&window, "new=1");
    window.type_in(
        &format!("{} {}", named("lead-form"), named("email")),
        "bo@lund.example",
    );
    window.type_in(&format!("{} {}", named("lead-form"), named("name")), "Bo");
    window.click(&named("lead-save"));
    window.until_text(&named("lead-name"), "Bo");
    window.until_gone(&named("lead-form"));
    window.type_keys("e");
    window.retype(
        &format!("{} {}", named("lead-form"), named("name")),
        "Bo Lund",
    );
    window.click(&named("lead-save"));
    window.until_text(&named("lead-name"), "Bo Lund");
    assert_eq!(owner.call(&Leads::default()).total, 3);
}

#[test]
fn who_only_reads_is_offered_no_deeds() {
    let (server, owner) = Server::opened();
    becomes_lead(&server, "min@qiheng.example", "周敏");
    owner.brings(&server, Role::Viewer);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in("viewer@larkmeter.example");
    screen.lead_row("周敏");
    window.type_keys("n");
    window.type_in("body", CONTROL_K);
    window.find(&format!("{}[data-value='/segments']", named("palette-hit")));
    for absent in ["/leads?new=1", "/segments/new"] {
        let hit = format!("{}[data-value='{absent}']", named("palette-hit"));
        assert!(window.all(&hit).is_empty(), "{absent} for a viewer");
    }
    assert!(window.all(&named("lead-form")).is_empty());
}

/// Every component stands on one page, without a session, and none of them complains.
#[test]
fn the_components_have_a_page() {
    let (server, _) = Server::opened();
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.open("/kit");
    window.find(&named("kit-main"));
    for lang in [Lang::En, Lang::Zh] {
        screen.speaks(lang);
        window.click(&named("kit-open-dialog"));
        window.find(&format!("{}[open]", named("kit-dialog")));
        window.type_keys(ESCAPE);
        window.until_gone(&named("kit-dialog"));
        until_on(&window, &named("kit-open-dialog"));
        window.click(&named("kit-menu"));
        until_on(&window, "[role=menuitem]");
        window.type_keys(ESCAPE);
        until_on(&window, &named("kit-menu"));
        window.type_in(&named("kit-several"), "won");
        window.type_keys(ENTER);
        wait::until("a third choice", || {
            let chips = window.all(&named("chip")).len();
            (chips >= 3).then_some(())
        });
        window.click(&named("kit-done"));
        window.click(&named("undo"));
        window.find(&named("toast"));
    }
    // That nobody is in is no complaint.
    let said = window.console();
    let complains = |line: &&String| line.starts_with("SEVERE") && !line.contains("/api/me");
    let complaints: Vec<&String> = said.iter().filter(complains).collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
}
