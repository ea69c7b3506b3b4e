//! A person on the screen: merged and parted, edited by two at once, spoken with, and looked at as of a day that is past.

use crate::merging::{draft, email, put};
use domain::api::{Lang, LeadDetail, ReadLead, Role, SaveLead, Tasks};
use domain::id::LeadId;
use domain::lead::Field;
use domain::profile::{FieldId, Value};
use std::collections::BTreeMap;
use tests::browser::{Browser, Session};
use tests::member::{Member, OWNER};
use tests::new_uuid;
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::wait;

fn read(owner: &Member, id: LeadId) -> LeadDetail {
    owner.call(&ReadLead { id, as_of: None })
}

fn choose(window: &Session, css: &str, text: &str) {
    window.type_in(css, text);
    window.click(&named("choice"));
}

#[test]
fn two_records_become_one_and_are_parted_again() {
    let (server, owner) = Server::opened();
    let one = put(
        &owner,
        draft(
            &[email("li@yunge.cn")],
            &[(Field::Name, "李伟"), (Field::Company, "云格科技")],
        ),
    )
    .row
    .id;
    let other = put(
        &owner,
        draft(
            &[email("wei.li@qq.com")],
            &[(Field::Name, "李伟伟"), (Field::Title, "采购经理")],
        ),
    )
    .row
    .id;
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::Zh);
    screen.open(&format!("/leads/{one}"));
    window.until_text(&named("lead-name"), "李伟");
    window.click(&named("lead-more"));
    window.click(&named("lead-more-merge"));
    choose(&window, &named("merge-who"), "李伟伟");
    // Both are shown, and what comes of them, before anything is done.
    let table = window.text(&named("merge-table"));
    assert!(
        table.contains("采购经理")
            && table.contains("li@yunge.cn")
            && table.contains("wei.li@qq.com"),
        "{table}"
    );
    assert!(read(&owner, one).merged.is_empty());
    window.click(&named("merge-now"));
    window.until_gone(&named("merge"));
    wait::until("one person", || {
        (read(&owner, one).merged.len() == 1).then_some(())
    });
    window.until_text(
        &format!("{} {}", named("lead-fields"), named("field-title")),
        "采购经理",
    );

    // By the way that is offered, and once more from the history.
    window.click(&named("undo"));
    wait::until("two people", || {
        read(&owner, one).merged.is_empty().then_some(())
    });
    assert_eq!(read(&owner, other).row.id, other);
    window.click(&named("lead-more"));
    window.click(&named("lead-more-merge"));
    choose(&window, &named("merge-who"), "李伟伟");
    window.find(&named("merge-table"));
    window.click(&named("merge-now"));
    wait::until("one person again", || {
        (read(&owner, one).merged.len() == 1).then_some(())
    });
    window.click(&named("show-changes"));
    wait::until("the changes in the address", || {
        window.address().contains("show=changes").then_some(())
    });
    window.click(&named("part"));
    wait::until("two people again", || {
        read(&owner, one).merged.is_empty().then_some(())
    });
}

#[test]
fn two_edit_one_lead_and_nothing_is_lost() {
    let (server, owner) = Server::opened();
    let id = put(
        &owner,
        draft(
            &[email("ann@harbour.example")],
            &[(Field::Name, "Ann"), (Field::Title, "Buyer")],
        ),
    )
    .row
    .id;
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::En);
    screen.open(&format!("/leads/{id}"));
    window.click(&named("field-title"));
    let input = named("field-input");
    window.retype(&input, "Head of procurement");
    // Meanwhile somebody else saves the same field, and another one.
    let title = FieldId::Standard(Field::Title);
    let set = |field, text: &str| BTreeMap::from([(field, Some(Value::Text(text.to_owned())))]);
    let mut other = set(title.clone(), "Purchasing lead");
    other.extend(set(FieldId::Standard(Field::City), "Lisbon"));
    owner.call(&SaveLead {
        key: new_uuid(),
        id,
        expected_seq: read(&owner, id).row.seq,
        set: other,
        tagged: Default::default(),
        untagged: Default::default(),
        keys: Vec::new(),
        dropped: Vec::new(),
        account: None,
        role: None,
    });
    // What is typed stays while the page learns of it.
    window.until_text(&named("field-city"), "Lisbon");
    assert_eq!(window.value(&input).as_deref(), Some("Head of procurement"));
    window.click(&named("field-save"));
    let both = window.text(&named("lead-conflict-row"));
    assert!(
        both.contains("Purchasing lead") && both.contains("Head of procurement"),
        "{both}"
    );
    window.click(&named("lead-mine"));
    window.until_text(&named("field-title"), "Head of procurement");
    assert_eq!(
        read(&owner, id).text(Field::Title),
        Some("Head of procurement")
    );
    assert_eq!(
        read(&owner, id).text(Field::City),
        Some("Lisbon"),
        "what the other one saved"
    );
    // The version that gave way stands in the history.
    window.click(&named("show-changes"));
    window.until_text_is(&named("timeline"), "both versions", |text| {
        text.contains("Purchasing lead") && text.contains("Head of procurement")
    });

    // What somebody typed is still there to be mended when it cannot be kept.
    window.type_in(&named("key-input"), "12");
    window.click(&named("key-add"));
    assert_eq!(window.value(&named("key-input")).as_deref(), Some("12"));
}

#[test]
fn what_was_said_and_what_is_next_stand_on_the_page() {
    let (server, owner) = Server::opened();
    let id = put(
        &owner,
        draft(&[email("min@qiheng.example")], &[(Field::Name, "周敏")]),
    )
    .row
    .id;
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.open(&format!("/leads/{id}"));
    window.find(&named("lead-name"));
    window.type_keys("n");
    window.type_in(&named("talk-text"), "报价已发，下周再谈");
    // What was typed outlives a reload.
    window.reload();
    wait::until("the draft", || {
        (window.value(&named("talk-text")).as_deref() == Some("报价已发，下周再谈")).then_some(())
    });
    window.click(&named("talk-call"));
    window.type_in(&named("talk-minutes"), "12");
    window.click(&named("talk-save"));
    window.until_gone(&named("talk-editor"));
    let talk = named("timeline-talk");
    window.until_text_is(&talk, "the call", |text| {
        text.contains("报价已发") && text.contains("12")
    });
    window.click(&named("talk-edit"));
    window.retype(&named("talk-text"), "报价已确认");
    window.click(&named("talk-save"));
    window.until_text_is(&talk, "the call as it was mended", |text| {
        text.contains("报价已确认")
    });
    window.click(&named("talk-remove"));
    window.until_gone(&talk);
    window.click(&named("undo"));
    window.until_text_is(&talk, "the call again", |text| text.contains("报价已确认"));

    window.click(&named("task-new"));
    window.type_in(&named("task-text"), "寄样品");
    window.click(&named("task-save"));
    window.until_text(&named("task-count"), "1");
    window.click(&named("task-done"));
    window.type_in(&named("finish-note"), "已签收");
    window.click(&named("finish-save"));
    window.until_text(&named("task-count"), "0");
    let none = owner.call(&Tasks {
        lead: Some(id),
        ..Tasks::default()
    });
    assert_eq!(none.total, 0);
    window.click(&named("show-settled"));
    window.until_text_is(&named("lead-tasks"), "what became of it", |text| {
        text.contains("已签收")
    });
}

#[test]
fn the_past_is_looked_at_and_not_changed() {
    const DAY_MS: i64 = 86_400_000;
    let (server, owner) = Server::opened();
    let id = put(
        &owner,
        draft(
            &[email("bo@lund.example")],
            &[(Field::Name, "Bo"), (Field::Title, "Clerk")],
        ),
    )
    .row
    .id;
    server.set_clock(3 * DAY_MS);
    put(
        &owner,
        draft(&[email("bo@lund.example")], &[(Field::Title, "Director")]),
    );
    let then = tests::now_ms() / DAY_MS + 1;
    let day = domain::profile::show_date(i32::try_from(then).expect("a day"));
    owner.brings(&server, Role::Viewer);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.open(&format!("/leads/{id}?as_of={day}"));
    window.find(&named("past"));
    window.until_text(&named("field-title"), "Clerk");
    assert!(window.all(&named("lead-edit")).is_empty());
    window.click(&named("to-now"));
    window.until_text(&named("field-title"), "Director");
    window.find(&named("lead-edit"));
    // Who only reads is offered no deeds.
    let reader = browser.open();
    let screen = Screen::new(&reader, &server.app(""));
    screen.signs_in("viewer@larkmeter.example");
    screen.open(&format!("/leads/{id}"));
    reader.until_text(&named("field-title"), "Director");
    for absent in [
        "lead-edit",
        "lead-more",
        "talk-new",
        "task-new",
        "key-input",
    ] {
        assert!(reader.all(&named(absent)).is_empty(), "{absent}");
    }
}
