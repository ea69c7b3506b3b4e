//! The board of the stages: a card moved by the keys, with what must be said, and back again.

use domain::api::{
    Lang, Leads, MoveLead, PutLead, ReadBoard, ReadPursuit, Role, SaveLadder, SaveWorkspace,
};
use domain::board::sums;
use domain::contact::Key;
use domain::draft::Draft;
use domain::id::LeadId;
use domain::identity::Email;
use domain::lead::Field;
use domain::profile::{FieldId, Value};
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

/// Says what there is to win with somebody who is put down.
fn put_worth(owner: &Member, email: &str, amount: i64) -> LeadId {
    let mut draft = Draft::default();
    draft
        .keys
        .push(Key::Email(Email::parse(email).expect("an address")));
    let field = FieldId::Standard(Field::Amount);
    draft.fields.insert(field, Value::Number(amount));
    let put = PutLead {
        key: new_uuid(),
        draft,
        fill_only: false,
    };
    owner.call(&put).row.id
}

fn moved(owner: &Member, id: LeadId, to: &str, reason: Option<&str>) {
    let pursued = owner.call(&ReadPursuit { id });
    owner.call(&MoveLead {
        key: new_uuid(),
        id,
        expected_seq: pursued.seq,
        to: to.to_owned(),
        reason: reason.map(str::to_owned),
        note: String::new(),
    });
}

/// The heads of the columns say what stands in them, in the currency of the workspace, and the pointer moves a card.
#[test]
fn the_heads_count_and_a_card_is_dragged() {
    let (server, owner) = Server::opened();
    owner.call(&SaveLadder {
        key: new_uuid(),
        expected_version: 0,
        ladder: starter(),
    });
    owner.call(&SaveWorkspace {
        expected_version: 0,
        name: "Larkmeter".to_owned(),
        lang: Lang::Zh,
        currency: "EUR".to_owned(),
    });
    let one = put_worth(&owner, "he@lanhe.example", 1_200_000_000);
    put_worth(&owner, "tao@lanhe.example", 34_567_890);
    put(&owner, "li@lanhe.example");
    // What the database adds up is what the rule adds up.
    wait::until("everyone in the first stage", || {
        let board = owner.call(&ReadBoard {});
        let [only] = board.stages.as_slice() else {
            return None;
        };
        (only.stage.is_some() && board.stages == sums(&owner.call(&Leads::default()).items))
            .then_some(())
    });
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::Zh);
    screen.visit("stages");
    let column = |stage: &str| format!("{}[data-stage='{stage}']", named("board-column"));
    let head = |stage: &str| format!("{} {}", column(stage), named("board-amount"));
    window.until_text(&head("lead"), "€123.5万");
    window.until_text(&format!("{} {}", column("lead"), named("board-count")), "3");
    window.until_text(
        &format!("{} {}", column("lead"), named("board-age")),
        "平均不足 1 天",
    );
    screen.speaks(Lang::En);
    window.until_text(&head("lead"), "€1.2M");

    window.drag(
        &card("lead", one),
        &format!("{} .board-cards", column("sql")),
    );
    until_in(&owner, one, "sql");
    window.find(&card("sql", one));
    window.until_text(&head("sql"), "€1.2M");
    window.until_text(&head("lead"), "€34.6K");
}

/// Somebody else moves the lead while one says what must be said: both are shown, on the board and on the lead's page.
#[test]
fn a_move_that_came_too_late_is_shown_beside_the_other() {
    let (server, owner) = Server::opened();
    owner.call(&SaveLadder {
        key: new_uuid(),
        expected_version: 0,
        ladder: starter(),
    });
    let lead = put(&owner, "li@yunge.cn");
    until_in(&owner, lead, "lead");
    moved(&owner, lead, "sql", None);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::Zh);
    screen.visit("stages");
    window.find(&card("sql", lead));
    moves(&window, &card("sql", lead), "商机");
    window.find(&format!("{}[open]", named("move")));
    moved(&owner, lead, "lost", Some("price"));
    window.click(&named("step-need"));
    window.click(&named("move-now"));
    let shown = window.until_text_is(&named("contested"), "both", |text| text.contains("输单"));
    assert!(shown.contains("商机") && shown.contains("林一"), "{shown}");
    // Left there, it is where the other one moved it.
    window.click(&named("contested-theirs"));
    window.until_gone(&named("contested"));
    window.find(&card("lost", lead));
    assert_eq!(
        owner.call(&ReadPursuit { id: lead }).stage.as_deref(),
        Some("lost")
    );

    // On its page it is moved all the same.
    screen.open(&format!("/leads/{lead}"));
    window.click(&named("pursuit-move"));
    window.click(&named("pursuit-move-recycled"));
    window.find(&format!("{}[open]", named("move")));
    moved(&owner, lead, "lead", None);
    window.choose(&named("move-reason"), "not-now");
    window.click(&named("move-now"));
    window.until_text_is(&named("contested"), "both", |text| {
        text.contains("林一") && text.contains("培育")
    });
    window.click(&named("contested-mine"));
    until_in(&owner, lead, "recycled");
}
