//! A messy file brought in through the screen: read, matched, put right, foreseen, sent and undone; and what it left to be settled.

use crate::merging::{draft, email, put};
use domain::api::{Imports, Lang, Leads, Role, SavePersona, Suggestions};
use domain::id::PersonaId;
use domain::lead::Field;
use domain::persona::{Colour, Persona};
use domain::rulebook::Name;
use tests::browser::{Browser, Session};
use tests::member::OWNER;
use tests::new_uuid;
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::wait;

/// Gives a file to the page as if it was dropped.
fn drop_file(window: &Session, name: &str, text: &str) {
    window.find(&named("import-file"));
    window.run(
        "const data = new DataTransfer(); data.items.add(new File([arguments[1]], arguments[0]));
         document.querySelector('.file-drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));",
        &[name.into(), text.into()],
    );
}

fn column(name: &str) -> String {
    format!("{}[data-name='{name}']", named("import-column"))
}

#[test]
fn a_messy_file_comes_in_through_the_screen() {
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
    screen.open("/import");
    let text = "展会名单,,,,\n姓名;手机;邮箱;公司;意向\n李伟;13800138000;li@yunge.cn;云格科技;高\n王芳;1.38E+10;;启衡智能;中\n陈北;13900139000;chen@beiqiao.cn;北桥科技;低\n";
    drop_file(&window, "展会.csv", text);
    window.find(&named("import-columns"));
    // The head was found below the title, and the columns by their names.
    assert_eq!(
        window
            .value(&format!("{} {}", column("手机"), named("import-target")))
            .as_deref(),
        Some("phone")
    );
    assert_eq!(
        window
            .value(&format!("{} {}", column("意向"), named("import-target")))
            .as_deref(),
        Some("ignore")
    );
    window.choose(
        &format!("{} {}", column("意向"), named("import-target")),
        "field:message",
    );
    window.until_text(&named("import-good"), "2");
    window.until_text(&named("import-bad"), "1");
    window.type_in(&named("import-source"), "上海展会");

    // What cannot be taken is put right where it stands.
    let row = named("import-row");
    let said = window.text(&row);
    assert!(said.contains("末尾几位已丢失"), "{said}");
    window.retype(
        &format!("{row} td:nth-child(3) {}", named("import-cell")),
        "13700137000\u{e004}",
    );
    window.until_text(&named("import-good"), "3");
    window.until_text(&named("import-bad"), "0");

    // Nothing is written by looking at what it would do.
    window.click(&named("import-foresee"));
    window.until_text(&named("foreseen-new"), "2");
    window.until_text(&named("foreseen-changed"), "1");
    assert_eq!(owner.call(&Leads::default()).total, 1);
    window.click(&named("import-send"));
    window.find(&named("import-done"));
    window.until_text_is(
        &named("import-said"),
        "three rows, two of them new",
        |text| text.contains('3') && text.contains('2'),
    );
    assert_eq!(owner.call(&Leads::default()).total, 3);

    // It is taken back whole.
    window.click(&named("past-undo"));
    window.click(&named("past-undo-now"));
    window.find(&named("past-undone"));
    wait::until("the base as it was", || {
        (owner.call(&Leads::default()).total == 1).then_some(())
    });
}

/// A page that is left while a file is sent goes on where it was, with the same file.
#[test]
fn an_import_goes_on_after_a_reload() {
    const ROWS: u64 = 4_000;
    let (server, owner) = Server::opened();
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::En);
    screen.open("/import");
    let rows = (1..=ROWS).map(|row| format!("Guest {row},guest{row}@fair.example\n"));
    let text = format!("Name,Email\n{}", rows.collect::<String>());
    drop_file(&window, "fair.csv", &text);
    window.find(&named("import-columns"));
    window.until_text(&named("import-good"), "4,000");
    assert_eq!(window.value(&named("import-vendor")).as_deref(), Some(""));
    // Sent right out of the field: what was typed is checked first, and goes along.
    window.type_in(&named("import-source"), "Fair");
    window.click(&named("import-send"));
    let begun = wait::until("some rows to have come", || {
        let known = owner.call(&Imports {
            cursor: None,
            limit: None,
        });
        known.items.into_iter().find(|import| import.done > 0)
    });
    window.reload();
    screen.arrives();
    assert!(
        u64::from(begun.done) < ROWS,
        "it was over before it was left"
    );

    // It says which file it was; with that, it goes on as it was begun.
    window.until_text_is(&named("import"), "the file's name", |text| {
        text.contains("fair.csv")
    });
    drop_file(&window, "fair.csv", &text);
    window.find(&named("import-columns"));
    window.until_text(&named("import-good"), "4,000");
    assert_eq!(
        window.value(&named("import-source")).as_deref(),
        Some("Fair")
    );
    window.click(&format!("{}:not([disabled])", named("import-send")));
    window.find(&named("import-done"));
    let known = owner.call(&Imports {
        cursor: None,
        limit: None,
    });
    assert_eq!((known.items.len(), known.items[0].id), (1, begun.id));
    assert_eq!(u64::from(known.items[0].done), ROWS);
    assert_eq!(owner.call(&Leads::default()).total, ROWS);
}

#[test]
fn who_may_not_import_is_told_so() {
    let (server, owner) = Server::opened();
    owner.brings(&server, Role::Sdr);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in("sdr@larkmeter.example");
    assert!(window.all(&named("to-import")).is_empty());
    screen.open("/import");
    window.find(&named("notice"));
    assert!(window.all(&named("import-file")).is_empty());
}

#[test]
fn what_only_a_person_can_tell_is_settled_by_keys() {
    let (server, owner) = Server::opened();
    for (mail, name) in [
        ("a@yunge.cn", "李伟"),
        ("b@yunge.cn", "李伟"),
        ("c@qiheng.cn", "王芳"),
        ("d@qiheng.cn", "王芳"),
    ] {
        let company = if name == "李伟" {
            "云格科技"
        } else {
            "启衡智能"
        };
        put(
            &owner,
            draft(
                &[email(mail)],
                &[(Field::Name, name), (Field::Company, company)],
            ),
        );
    }
    let all = |owner: &tests::member::Member| {
        owner
            .call(&Suggestions {
                cursor: None,
                limit: None,
            })
            .total
    };
    wait::until("two pairs to settle", || (all(&owner) == 2).then_some(()));
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::En);
    screen.open("/suggestions");
    window.until_text(&named("suggestion-count"), "2");
    window.type_keys("j");
    window.type_keys("j");
    window.find(&format!("{}:not([disabled])", named("suggestion-accept")));
    window.find(&named("merge-table"));
    window.type_keys("m");
    window.until_text(&named("suggestion-count"), "1");
    wait::until("one left", || (all(&owner) == 1).then_some(()));
    window.find(&named("merge-table"));
    window.type_keys("d");
    window.find(&named("empty-state"));
    wait::until("none left", || (all(&owner) == 0).then_some(()));
    assert_eq!(owner.call(&Leads::default()).total, 3);
}

#[test]
fn a_persona_is_written_kept_and_contested() {
    let (server, owner) = Server::opened();
    put(
        &owner,
        draft(
            &[email("ann@harbour.example")],
            &[(Field::Industry, "Logistics")],
        ),
    );
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::En);
    screen.open("/personas");
    window.find(&named("empty-state"));
    window.type_keys("n");
    window.type_in(&named("persona-zh"), "物流采购");
    window.type_in(&named("persona-en"), "Logistics buyer");
    let company = format!("{}[data-group='company']", named("persona-edit"));
    window.click(&format!("{company} {}", named("entry-add")));
    window.type_in(&format!("{company} {}", named("entry-label")), "Industry");
    window.type_in(&format!("{company} {}", named("entry-text")), "logistics");
    window.choose(&format!("{company} {}", named("entry-about")), "industry");
    window.click(&named("note-add"));
    window.type_in(&named("note-source"), "6 customers in Lisbon");
    window.type_in(&named("note-text"), "They all ship by sea.");
    window.click(&named("note-company"));
    window.click(&named("persona-save"));
    window.find(&named("persona"));
    window.until_text(&named("persona-name"), "Logistics buyer");
    let groups = window.all(&named("persona-group")).len();
    assert_eq!(groups, 7);

    // Somebody else saves while it is edited: both versions are shown.
    let id = window
        .address()
        .rsplit('/')
        .next()
        .and_then(|id| id.split('?').next())
        .expect("an id")
        .parse::<PersonaId>()
        .expect("an id");
    window.type_keys("e");
    window.retype(&named("persona-summary"), "Mine");
    owner.call(&SavePersona {
        key: new_uuid(),
        id,
        expected_version: 1,
        persona: Persona {
            id,
            version: 1,
            name: Name {
                zh: "物流".into(),
                en: "Logistics".into(),
            },
            summary: "Theirs".into(),
            colour: Colour::Green,
            groups: Default::default(),
            evidence: Vec::new(),
            fit: Vec::new(),
        },
    });
    window.click(&named("persona-save"));
    let both = window.text(&named("persona-conflict"));
    assert!(both.contains("Mine") && both.contains("Theirs"), "{both}");
    window.click(&named("persona-mine"));
    window.click(&named("persona-save"));
    window.find(&named("persona"));
    screen.open("/personas");
    server.settle();
    window.reload();
    window.until_text_is(&named("persona-matching"), "one fits", |text| {
        text.contains('1')
    });
}
