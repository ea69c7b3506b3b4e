//! Every page of the app, full of the sample company: nothing on it keeps anybody out, as axe-core finds it by WCAG 2.2 A and AA;
//! wide by day in zh, and narrow by night in en. What stands on what in which colours is told by `colours` too.

use domain::api::{AccountOrder, Accounts, Leads, LoadSample, Sites};
use domain::list::{Column, Direction};
use serde_json::{Value, json};
use std::fs;
use tests::browser::{Browser, Session};
use tests::member::{Member, OWNER};
use tests::screen::Screen;
use tests::server::Server;
use tests::settings::serve_script;
use tests::wait;

/// Runs what the page has of axe-core; tells what is serious or worse, and where.
const LOOK: &str = "const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const where = one => one.nodes.map(node => node.target.join(' ') + ': ' + node.any.concat(node.all, node.none).map(check => check.message).join('; '));
    window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(found => done(
        found.violations.filter(one => one.impact === 'serious' || one.impact === 'critical').map(one => [one.id, where(one)])))";

/// Whether the page shows what it has: an example of what is still to come is no sign of it.
const SETTLED: &str =
    "return !!document.querySelector('h1') && !document.querySelector(':is(.skeleton, .is-stale):not(.kit *)')
    && document.getAnimations().every(one => one.playState !== 'running' || one.effect.getComputedTiming().endTime === Infinity)";

/// Every page, by its address.
fn pages(owner: &Member) -> Vec<String> {
    let lead = owner.call(&Leads {
        order: Column::Score,
        direction: Direction::Descending,
        limit: Some(1),
        ..Leads::default()
    });
    let account = owner.call(&Accounts {
        order: AccountOrder::Score,
        search: None,
        cursor: None,
        limit: Some(1),
    });
    let site = owner.call(&Sites {}).sites.remove(0);
    let fixed = [
        "/today",
        "/leads",
        "/companies",
        "/visitors",
        "/suggestions",
        "/bulks",
        "/import",
        "/personas",
        "/stages",
        "/segments",
        "/segments/new",
        "/rules",
        "/rules/definition",
        "/rules/stages",
        "/rules/routing",
        "/reports?days=90",
        "/reports/funnel?days=365",
        "/reports/responses?days=365",
        "/settings",
        "/settings/account",
        "/settings/workspace",
        "/settings/team",
        "/settings/tokens",
        "/settings/hours",
        "/settings/fields",
        "/settings/audit",
        "/settings/files",
        "/settings/refusals",
        "/settings/events",
        "/kit",
        "/nowhere",
    ];
    let mut pages: Vec<String> = fixed.map(str::to_owned).into();
    pages.push(format!("/leads/{}", lead.items[0].id));
    pages.push(format!("/companies/{}", account.items[0].account.id));
    pages.push(format!("/settings/sites/{}", site.key));
    pages
}

fn look(window: &Session, axe: &str, page: &str) -> Vec<Value> {
    wait::until(&format!("{page} to show what it has"), || {
        (window.run(SETTLED, &[]) == Value::Bool(true)).then_some(())
    });
    window.run(axe, &[]);
    let found = window.run_async(LOOK, &[]);
    found.as_array().cloned().expect("a list")
}

#[test]
fn no_page_keeps_anybody_out() {
    let (server, owner) = Server::opened();
    owner.call(&LoadSample {});
    let pages = pages(&owner);
    let script = serve_script();
    let node = script.parent().expect("a folder");
    let axe = fs::read_to_string(node.join("node_modules/axe-core/axe.min.js")).expect("axe-core");
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    // The session of the browser looks at the sample company as soon as it is told to.
    window.run_async(
        "const done = arguments[arguments.length - 1];
         fetch('/api/sample/view', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{\"view\":true}' }).then(reply => done(reply.status))",
        &[],
    );
    let mut wrong = Vec::new();
    for (width, scheme, lang) in [(1440, "light", "zh"), (390, "dark", "en")] {
        let size = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        window.devtools("Emulation.setDeviceMetricsOverride", size);
        window.run(
            "localStorage.setItem('trellis.theme', JSON.stringify(arguments[0])); localStorage.setItem('trellis.lang', JSON.stringify(arguments[1]))",
            &[scheme.into(), lang.into()],
        );
        for page in &pages {
            screen.open(page);
            for found in look(&window, &axe, page) {
                wrong.push(format!("{page} {width} {scheme} {lang}: {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
