//! A morning: the app opens with what the day asks, and what it asks is done from there, by the keys.

use crate::stages::{Office, pursued};
use domain::api::{Lang, Role, Tasks, Today};
use domain::clock::Kind as Promise;
use domain::day::Zone;
use domain::profile::show_date;
use serde_json::json;
use tests::browser::{Browser, Session};
use tests::member::{OWNER, PASSWORD};
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::wait;

/// The keys as the protocol writes them.
const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";
const CONTROL_K: &str = "\u{e009}k\u{e000}";
const CONTROL_ENTER: &str = "\u{e009}\u{e007}\u{e000}";
const DOWN: &str = "\u{e015}";

/// Waits until a section of the day counts so many.
fn until_counts(window: &Session, section: &str, count: &str) {
    window.until_text(&format!("{} .count", named(section)), count);
}

/// Whether the focus is on an element that this selector finds, or within it.
fn is_on(window: &Session, css: &str) -> bool {
    let script = "return document.activeElement.closest(arguments[0]) !== null";
    window.run(script, &[css.into()]) == true
}

fn until_on(window: &Session, css: &str) {
    wait::until(&format!("the focus on {css}"), || {
        is_on(window, css).then_some(())
    });
}

/// Goes on with a key until the focus is there.
fn goes_to(window: &Session, key: &str, css: &str) {
    window.find(css);
    for _ in 0..60 {
        if is_on(window, css) {
            return;
        }
        window.type_keys(key);
    }
    panic!("{key} never comes to {css}");
}

#[test]
fn a_morning_of_somebody_who_calls() {
    let office = Office::opened();
    office.is(0, 0);
    let (sales, seller) = office.hires(Role::Sales);
    office.saves_ladder();
    office.saves_team(&[seller]);
    let (_, id) = office.qualifies();
    // An hour later both promises are broken, and the task that came with them is overdue.
    office.is(0, 70);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &office.server.app(""));
    screen.signs_in_to("", "sales@larkmeter.example");
    assert!(window.address().ends_with("/today"), "{}", window.address());
    screen.speaks(Lang::Zh);
    window.until_text("h1", "今天");
    until_counts(&window, "today-promises", "2");
    until_counts(&window, "today-tasks", "1");

    // The lead whose promise is broken is accepted by one key.
    let promise = |kind: Promise| {
        let name = kind.name();
        format!("{}[data-kind='{name}']", named("today-promise"))
    };
    goes_to(&window, "j", &promise(Promise::Accepted));
    window.type_keys("a");
    window.until_gone(&promise(Promise::Accepted));
    until_counts(&window, "today-promises", "1");
    let now = pursued(&office.owner, id);
    assert_eq!(now.stage.as_deref(), Some("sql"));
    assert_eq!(now.owner.map(|owner| owner.user), Some(seller));

    // It is called, and called again in two days.
    goes_to(&window, "j", &named("today-task"));
    window.type_keys("d");
    window.find(&format!("{}[open]", named("finish-dialog")));
    window.choose(&named("finish-outcome"), "0");
    window.type_in(&named("finish-note"), "在比较两家供应商，后天再谈");
    let day = show_date(Zone::SHANGHAI.day(office.at(2, 0)).0);
    let pick = "const input = document.querySelector(arguments[0]); input.value = arguments[1];
        input.dispatchEvent(new Event('change', { bubbles: true }));";
    window.run(pick, &[named("finish-next").into(), day.into()]);
    window.click(&named("finish-save"));
    window.until_gone(&named("finish-dialog"));
    until_counts(&window, "today-tasks", "0");
    // What was promised is kept, late; what was said now runs.
    window.until_gone(&promise(Promise::FirstResponse));
    let today = sales.call(&Today::default());
    assert_eq!((today.breached.count, today.overdue.count), (0, 0));
    assert_eq!(today.running.count, 1);
    let next = sales.call(&Tasks::default());
    assert_eq!(next.items[0].lead.id, id);
    assert!(next.items[0].noted.task.due_at > office.at(1, 0));

    // On its page stand the call and the task that comes.
    let hot = format!("{} a", named("today-hot"));
    goes_to(&window, "j", &hot);
    window.type_keys(ENTER);
    window.find(&format!("{}[data-stage='sql']", named("pursuit-stage")));
    window.until_text(&named("task-count"), "1");
    window.until_text_is(".timeline", "what was said", |text| {
        text.contains("在比较两家供应商，后天再谈")
    });
}

#[test]
fn by_the_keys_alone_from_the_sign_in_on() {
    let (server, owner) = Server::opened();
    let visitor = server.visitor();
    let fields =
        json!({"email": "ann@harbour.example", "name": "Ann Porter", "company": "Harbourline"});
    visitor.send(&[
        visitor.view("/demo/pricing/"),
        visitor.form("trial", fields),
    ]);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.open("/sign-in");
    goes_to(&window, TAB, &named("email"));
    window.type_keys(OWNER);
    window.type_keys(TAB);
    window.type_keys(PASSWORD);
    window.type_keys(ENTER);
    screen.arrives();
    goes_to(&window, TAB, &named("lang-en"));
    window.type_keys(ENTER);
    window.find(&format!("{}[aria-pressed='true']", named("lang-en")));

    // A lead by its name.
    window.type_in("body", CONTROL_K);
    until_on(&window, &named("palette-input"));
    window.type_keys("Porter");
    let hit = format!("{}[data-value^='/leads/'].is-active", named("palette-hit"));
    window.until_text_is(&hit, "Ann Porter", |text| text.contains("Ann Porter"));
    window.type_keys(ENTER);
    window.until_text(&named("lead-name"), "Ann Porter");
    window.until_gone(&named("palette"));

    // A note.
    window.type_keys("n");
    until_on(&window, &named("talk-text"));
    window.type_keys("Prefers mail in the afternoon");
    window.type_in(&named("talk-text"), CONTROL_ENTER);
    window.until_gone(&named("talk-editor"));
    window.until_text_is(".timeline", "the note", |text| {
        text.contains("Prefers mail in the afternoon")
    });

    // A task.
    window.type_keys("t");
    until_on(&window, &named("task-text"));
    window.type_keys("Send the price list");
    window.type_keys(ENTER);
    window.until_gone(&named("task-editor"));
    window.until_text(&named("task-count"), "1");
    assert_eq!(
        owner.call(&Tasks::default()).items[0].noted.task.text,
        "Send the price list"
    );

    // Into another stage, by its menu.
    goes_to(&window, TAB, &named("pursuit-move"));
    window.type_keys(ENTER);
    goes_to(&window, DOWN, &named("pursuit-move-sql"));
    window.type_keys(ENTER);
    window.find(&format!("{}[data-stage='sql']", named("pursuit-stage")));
}
