//! The board of the stages: a card moved by the keys, with what must be said, and back again.

use domain::api::{Lang, PutLead, ReadPursuit, Role, SaveLadder};
use domain::contact::Key;
use domain::draft::Draft;
use domain::id::LeadId;
use domain::identity::Email;
use domain::segment::Condition;
use domain::stage::starter;
use tests::browser::{Browser, Session};
use tests::member::{Member, OWNER};
use tests::new_uuid;
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::wait;

fn put(owner: &Member, email: &str) -> LeadId {
    let mut draft = Draft::default();
    draft
        .keys
        .push(Key::Email(Email::parse(email).expect("an address")));
    let put = PutLead {
        key: new_uuid(),
        draft,
        fill_only: false,
    };
    owner.call(&put).row.id
}

fn card(stage: &str, lead: LeadId) -> String {
    format!(
        "{}[data-stage='{stage}'] {}[data-id='{lead}']",
        named("board-column"),
        named("board-card")
    )
}

/// Moves the card that has the focus into a stage.
fn moves(window: &Session, from: &str, to: &str) {
    let link = format!("{from} a");
    window.find(&link);
    window.run(
        "document.querySelector(arguments[0]).focus()",
        &[link.as_str().into()],
    );
    window.type_keys("m");
    window.find(&format!("{}[open]", named("choose")));
    let script = "const all = [...document.querySelectorAll(arguments[0])]; all.find(b => b.innerText.trim() === arguments[1]).click()";
    window.run(script, &[named("choose-stage").into(), to.into()]);
}

fn until_in(owner: &Member, lead: LeadId, stage: &str) {
    wait::until(&format!("the lead in {stage}"), || {
        let pursued = owner.call(&ReadPursuit { id: lead });
        (pursued.stage.as_deref() == Some(stage)).then_some(())
    });
}

#[test]
fn a_card_goes_along_the_board_and_back() {
    let (server, owner) = Server::opened();
    owner.call(&SaveLadder {
        key: new_uuid(),
        expected_version: 0,
        ladder: starter(),
    });
    let lead = put(&owner, "li@yunge.cn");
    until_in(&owner, lead, "lead");
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::En);
    screen.visit("stages");
    window.find(&card("lead", lead));

    // Forward without a word, and back by the way that is offered.
    moves(&window, &card("lead", lead), "SQL");
    window.find(&card("sql", lead));
    until_in(&owner, lead, "sql");
    window.click(&named("undo"));
    until_in(&owner, lead, "lead");
    window.find(&card("lead", lead));

    // What must have been done first is asked for.
    moves(&window, &card("lead", lead), "SQL");
    until_in(&owner, lead, "sql");
    moves(&window, &card("sql", lead), "Opportunity");
    window.find(&format!("{}[open]", named("move")));
    window.find(&card("sql", lead));
    window.click(&named("step-need"));
    window.click(&named("move-now"));
    until_in(&owner, lead, "opportunity");
    window.find(&card("opportunity", lead));

    // Why it is lost is asked for, and a lead that stays stays.
    moves(&window, &card("opportunity", lead), "Lost");
    window.find(&format!("{}[open]", named("move")));
    window.click(&named("move-cancel"));
    window.find(&card("opportunity", lead));
    moves(&window, &card("opportunity", lead), "Lost");
    window.choose(&named("move-reason"), "price");
    window.click(&named("move-now"));
    until_in(&owner, lead, "lost");
    window.find(&card("lost", lead));
}

#[test]
fn a_viewer_looks_at_the_board() {
    let (server, owner) = Server::opened();
    owner.call(&SaveLadder {
        key: new_uuid(),
        expected_version: 0,
        ladder: starter(),
    });
    let lead = put(&owner, "li@yunge.cn");
    owner.brings(&server, Role::Viewer);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in("viewer@larkmeter.example");
    screen.visit("stages");
    window.find(&card("lead", lead));
    assert!(window.all(&named("card-move")).is_empty());
}

/// Stages that are saved move nobody: the board tells who would move, and moves them when it is told to.
#[test]
fn who_would_move_on_is_shown_and_moved() {
    let (server, owner) = Server::opened();
    let leads = ["he@lanhe.example", "tao@lanhe.example"].map(|email| put(&owner, email));
    let mut ladder = starter();
    let mut open = ladder.stages[0].clone();
    open.id = "open".to_owned();
    open.name.zh = "已公开".to_owned();
    open.entry = Some(Condition::All(Vec::new()));
    ladder.stages.insert(1, open);
    owner.call(&SaveLadder {
        key: new_uuid(),
        expected_version: 0,
        ladder,
    });
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.open("/stages");
    window.click(&named("going-on-open"));
    wait::until("both to be named", || {
        (window.all(&named("going-on-row")).len() == leads.len()).then_some(())
    });
    window.click(&named("let-go-on"));
    window.until_gone(&named("going-on"));
    for lead in leads {
        until_in(&owner, lead, "open");
        window.find(&card("open", lead));
    }
    window.click(&named("going-on-open"));
    window.find(&named("empty-state"));
}
