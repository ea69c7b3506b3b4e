//! The one walk: a stranger reads, fills a form in, and stands on another person's screen a moment later.
//!
//! Alone in its binary, so that the times it prints are not those of a machine that runs other stories.

use domain::api::{Leads, ReadLead};
use domain::channel::Channel;
use domain::fold::World;
use domain::lead::Field;
use serde_json::Value;
use std::io::Write;
use std::time::Duration;
use tests::browser::{Browser, Session};
use tests::member::{Member, OWNER};
use tests::now_ms;
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::wait;

const LANDING: &str = "/demo/?utm_source=baidu&utm_medium=cpc&utm_campaign=q4&bd_vid=abc";
const RUNS: usize = 20;

#[test]
fn a_walk_from_the_landing_page_to_the_other_screen() {
    let server = Server::start();
    let browser = Browser::start();

    let office = browser.open();
    let screen = Screen::new(&office, &server.app(""));
    screen.sets_up(&server.token);
    office.find(&named("empty-state"));

    let street = browser.open();
    street.go(&server.public(LANDING));
    until_tracked(&street);
    street.go(&server.public("/demo/pricing/"));
    until_tracked(&street);
    street.go(&server.public("/demo/pricing/"));
    until_tracked(&street);
    submits_trial(&street, &server, "wei@northbridge.example");

    // The other person has not touched the page.
    let row = screen.lead_row("wei@northbridge.example");
    let channel = office.attribute(&format!("{row} .channel-chip"), "data-channel");
    assert_eq!(channel.as_deref(), Some("paid_search"));
    // 5 for paid search, 2 × 10 for the prices, 10 for coming back to them, 4 × 1 for pages, 40 for the form.
    office.until_text(&format!("{row} [data-test='score-number']"), "79");

    the_lead_is_right(&server);
    arrival_times(&server, &street, &office);
}

/// Channel, first touch, score and reasons, against what the rules make of the journal.
fn the_lead_is_right(server: &Server) {
    let owner = Member::signs_in(server, OWNER);
    let leads = owner.call(&Leads::default());
    assert_eq!(leads.total, 1);
    let detail = owner.call(&ReadLead {
        id: leads.items[0].id,
        as_of: None,
    });
    assert_eq!(detail.row, leads.items[0]);
    assert_eq!(detail.row.channel, Some(Channel::PaidSearch));
    assert_eq!(detail.text(Field::Company), Some("北桥科技"));

    let first = detail.first_touch.expect("a first touch").touch;
    assert_eq!(first.source, "baidu");
    assert_eq!(first.medium, "cpc");
    assert_eq!(first.campaign.as_deref(), Some("q4"));
    let click = first.click.expect("the click's id");
    assert_eq!((click.name.as_str(), click.id.as_str()), ("bd_vid", "abc"));
    assert_eq!(first.landing, server.public(LANDING));

    let lines: Vec<(&str, i32, usize)> = detail
        .score
        .lines
        .iter()
        .map(|line| (line.rule.as_str(), line.points, line.awards.len()))
        .collect();
    let expect = [
        ("trial_form", 40, 1),
        ("pricing_view", 20, 2),
        ("any_view", 4, 4),
        ("paid_search_visit", 5, 1),
        ("pricing_again", 10, 1),
    ];
    assert_eq!(lines, expect);
    assert_eq!((detail.score.total, detail.score.clamped), (79, 0));

    let mut world = World::default();
    world.set_now(now_ms());
    world.replay(&server.journal());
    let family = world.family(detail.row.id).expect("the lead, replayed");
    assert_eq!(
        family.row(),
        detail.row,
        "the rules make the same of the journal"
    );
}

/// Measures from the click to the row on the other screen.
fn arrival_times(server: &Server, street: &Session, office: &Session) {
    office.run(
        "window.seen = {};
         const look = () => { for (const row of document.querySelectorAll(\"[data-test='lead-row']\")) {
             const address = row.innerText.match(/run\\d+@northbridge\\.example/);
             if (address && !seen[address[0]]) seen[address[0]] = performance.timeOrigin + performance.now();
         } };
         new MutationObserver(look).observe(document.body, {childList: true, subtree: true, characterData: true});",
        &[],
    );
    let mut times_ms: Vec<f64> = (0..RUNS)
        .map(|run| {
            let address = format!("run{run}@northbridge.example");
            // Nobody of the runs before.
            street.run(
                "localStorage.clear(); document.cookie = '_trl=; domain=127.0.0.1; path=/; max-age=0'",
                &[],
            );
            let clicked = submits_trial(street, server, &address);
            let arrived = wait::within(Duration::from_secs(10), "the row to appear", || {
                office
                    .run("return seen[arguments[0]]", &[address.as_str().into()])
                    .as_f64()
            });
            arrived - clicked
        })
        .collect();
    times_ms.sort_by(f64::total_cmp);
    let at = |share: usize| times_ms[(RUNS * share).div_ceil(100) - 1];
    // Past the harness, which keeps to itself what a test prints that passes.
    writeln!(
        std::io::stdout(),
        "click to row on the other screen, {RUNS} runs: p50 {:.0} ms, p95 {:.0} ms, greatest {:.0} ms",
        at(50),
        at(95),
        at(100)
    )
    .expect("standard output");
    assert!(at(100) < 10_000.0, "every row arrives");
}

/// Waits until the tracker has sent the page view.
fn until_tracked(street: &Session) {
    until_loaded(street, "/e");
}

/// Waits until the page has loaded something whose path ends so.
fn until_loaded(street: &Session, end: &str) {
    wait::until(end, || {
        let script = "return performance.getEntriesByType('resource').some(e => new URL(e.name).pathname.endsWith(arguments[0]))";
        (street.run(script, &[end.into()]) == Value::Bool(true)).then_some(())
    });
}

/// Fills the trial form in and submits it; when it was clicked, by the page's clock.
fn submits_trial(street: &Session, server: &Server, address: &str) -> f64 {
    street.go(&server.public("/demo/trial/"));
    until_loaded(street, "/t.wasm");
    street.run(
        "document.querySelector('#trial button[type=submit]').addEventListener('click',
             () => window.clicked = performance.timeOrigin + performance.now(), true)",
        &[],
    );
    street.type_in("#trial [name=name]", "王伟");
    street.type_in("#trial [name=email]", address);
    street.type_in("#trial [name=company]", "北桥科技");
    street.click("#trial button[type=submit]");
    street.find("#trial-thanks:not([hidden])");
    street
        .run("return window.clicked", &[])
        .as_f64()
        .expect("the click was seen")
}
