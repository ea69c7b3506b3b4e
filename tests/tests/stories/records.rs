//! What leaves the base by the screen: everything as one file, and a person who asks to be forgotten.

use crate::merging::{draft, email, put};
use domain::api::{Lang, Leads};
use domain::lead::Field;
use serde_json::Value;
use tests::browser::{Browser, Downloads};
use tests::member::OWNER;
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::wait;

#[test]
fn everything_is_written_into_a_file() {
    let (server, owner) = Server::opened();
    put(
        &owner,
        draft(&[email("li@yunge.cn")], &[(Field::Name, "李伟")]),
    );
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::Zh);
    screen.open("/settings/files");
    let saved = Downloads::of(&window);
    let facts = server.journal().len();
    window.click(&named("export-all-start"));
    window.until_text_is(&named("export-all"), "how many there are", |text| {
        text.contains("事实")
    });
    let file = String::from_utf8(saved.file("ndjson")).expect("text");
    let lines: Vec<Value> = file
        .lines()
        .map(|line| serde_json::from_str(line).expect("a fact"))
        .collect();
    assert!(lines.len() >= facts, "{} of {facts}", lines.len());
    assert!(file.contains("李伟") && file.contains("li@yunge.cn"));
    let numbers: Vec<Option<u64>> = lines.iter().map(|fact| fact["seq"].as_u64()).collect();
    assert!(
        numbers.is_sorted() && !numbers.contains(&None),
        "{numbers:?}"
    );
}

#[test]
fn a_person_is_found_and_erased() {
    let (server, owner) = Server::opened();
    for (address, name) in [
        ("ann@harbour.example", "Ann Porter"),
        ("bo@lund.example", "Bo Lund"),
    ] {
        put(&owner, draft(&[email(address)], &[(Field::Name, name)]));
    }
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::En);
    screen.open("/settings/files");
    window.type_in(&named("erase-find"), "Porter");
    window.click(&named("choice"));
    window.click(&named("erase-ask"));
    window.until_text(&named("erase-name"), "Ann Porter");
    // Not without the name.
    window.type_in(&named("erase-typed"), "Ann");
    window.click(&named("erase-really"));
    window.find(&format!("{} .is-wrong", named("erase-dialog")));
    assert_eq!(owner.call(&Leads::default()).total, 2);
    window.retype(&named("erase-typed"), "Ann Porter");
    window.click(&named("erase-really"));
    window.until_gone(&named("erase-dialog"));
    window.find(&named("toast"));
    wait::until("one person left", || {
        let left = owner.call(&Leads::default());
        (left.total == 1 && left.items[0].label() == "Bo Lund").then_some(())
    });
    wait::until("nothing of her in the journal", || {
        let journal = server.journal();
        let journal = journal.iter().map(|fact| fact.encode().expect("a line"));
        let journal: String = journal.collect();
        (!journal.contains("Ann Porter") && !journal.contains("ann@harbour.example")).then_some(())
    });
}
