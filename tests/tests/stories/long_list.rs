//! The list of leads as one long scroll: rows are read where somebody looks, and columns are chosen.

use domain::api::{ImportRow, ImportRows, Lang, OpenImport, PutLead};
use domain::contact::Key;
use domain::draft::{Door, Draft, Origin};
use domain::identity::Email;
use domain::intake::BATCH_ROWS_MAX;
use domain::profile::Value;
use serde_json::json;
use tests::browser::{Browser, Session};
use tests::member::{Member, OWNER};
use tests::new_uuid;
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::wait;

/// People of the long list.
const PEOPLE: u32 = 1_500;

/// Somebody of this number, by whose name lists can be sorted.
pub(crate) fn person(number: u32) -> Draft {
    let mut draft = Draft::default();
    let mail = format!("p{number}@company{}.cn", number % 40);
    draft
        .keys
        .push(Key::Email(Email::parse(&mail).expect("an address")));
    let name = "name".parse().expect("a field");
    draft
        .fields
        .insert(name, Value::Text(format!("P{number:04}")));
    draft
}

/// So many people come from a file.
pub(crate) fn import(owner: &Member, people: u32) {
    let import = owner.call(&OpenImport {
        key: new_uuid(),
        name: "people.csv".to_owned(),
        rows: people,
        origin: Origin {
            door: Door::Import,
            ..Origin::default()
        },
        fill_only: false,
    });
    let rows: Vec<ImportRow> = (1..=people)
        .map(|row| ImportRow {
            row,
            draft: person(row - 1),
        })
        .collect();
    for batch in rows.chunks(BATCH_ROWS_MAX) {
        owner.call(&ImportRows {
            id: import.id,
            rows: batch.to_vec(),
        });
    }
}

/// Scrolls so that the row of this place is in the middle of the screen.
fn scroll_to(window: &Session, place: u32) {
    let script = "const table = document.querySelector('.lead-table').getBoundingClientRect();
        const row = document.querySelector(\"[data-test='lead-row']\").getBoundingClientRect().height;
        window.scrollTo(0, table.top + window.scrollY + arguments[0] * row - window.innerHeight / 2)";
    window.run(script, &[json!(place)]);
}

/// The text of the row that stands in the middle of the screen.
fn in_the_middle(window: &Session) -> String {
    let script = "const rows = [...document.querySelectorAll(\"[data-test='lead-row']\")];
        const middle = window.innerHeight / 2;
        const row = rows.find(row => { const box = row.getBoundingClientRect(); return box.top <= middle && box.bottom > middle; });
        return row ? row.querySelector('.row-link').innerText : ''";
    let text = window.run(script, &[]);
    text.as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_long_list_is_one_scroll() {
    let (server, owner) = Server::opened();
    import(&owner, PEOPLE);
    server.settle();
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::Zh);
    screen.open("/leads?sort=name");
    screen.arrives();
    screen.lead_row("P0000");

    // Few rows stand in the page, which is as long as the list.
    let count = || window.all(&named("lead-row")).len();
    assert!(count() < 150, "{} rows stand", count());
    let script = "const row = document.querySelector(\"[data-test='lead-row']\").getBoundingClientRect().height;
        return document.documentElement.scrollHeight >= row * arguments[0]";
    assert_eq!(window.run(script, &[json!(PEOPLE)]), true);

    // In the middle and at the end stands who belongs there.
    for (place, text) in [(750, "P0750"), (1_490, "P1490"), (300, "P0300")] {
        scroll_to(&window, place);
        wait::until(&format!("{text} in the middle"), || {
            let found = in_the_middle(&window);
            let near = found.strip_prefix('P')?.parse::<u32>().ok()?;
            (near.abs_diff(place) <= 1).then_some(())
        });
        assert!(count() < 150, "{} rows stand", count());
    }

    // Who comes does not move what is looked at.
    scroll_to(&window, 900);
    screen.lead_row("P0900");
    let before = in_the_middle(&window);
    owner.call(&PutLead {
        key: new_uuid(),
        draft: Draft {
            fields: [("name".parse().expect("a field"), Value::Text("A".into()))].into(),
            ..person(9_000)
        },
        fill_only: false,
    });
    window.find(&named("show-waiting"));
    assert_eq!(in_the_middle(&window), before);

    // The keys go on past the end of what was read first.
    window.run("window.scrollTo(0, 0)", &[]);
    screen.lead_row("P0000");
    window.type_keys(&"j".repeat(60));
    wait::until("the focus on P0130", || {
        let script = "return document.activeElement.innerText";
        let text = window.run(script, &[]);
        if text == "P0130" {
            return Some(());
        }
        window.type_keys("j");
        None
    });
}

#[test]
fn columns_are_chosen_and_stay() {
    let (server, owner) = Server::opened();
    import(&owner, 3);
    server.settle();
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::En);
    screen.open("/leads");
    screen.arrives();
    screen.lead_row("P0000");
    let heads = || {
        let script = "return [...document.querySelectorAll('.lead-table thead th')].map(th => th.innerText.trim()).join('|')";
        let text = window.run(script, &[]);
        text.as_str().unwrap_or_default().to_owned()
    };
    let until_heads = |expect: &str| {
        wait::until(&format!("the heads {expect}"), || {
            (heads() == expect).then_some(())
        });
    };
    until_heads("|Person|First source|Score|Last activity|Created");
    window.click(&named("columns"));
    for column in ["channel", "created_at", "stage", "owner"] {
        window.click(&named(&format!("column-{column}")));
    }
    until_heads("|Person|Score|Last activity|Stage|Owner");
    window.find(&named("lead-stage"));

    // By the mouse, and by the keys.
    window.click("[data-column='owner'] [data-test='column-up']");
    until_heads("|Person|Score|Last activity|Owner|Stage");
    let script = "document.querySelector(\"[data-test='column-owner']\").focus()";
    window.run(script, &[]);
    window.type_in(&named("column-owner"), "\u{e00a}\u{e013}\u{e000}");
    until_heads("|Person|Score|Owner|Last activity|Stage");

    // They stand in the address.
    wait::until("the address", || {
        window
            .address()
            .contains("columns=score%2Cowner%2Clast_at%2Cstage")
            .then_some(())
    });
    window.reload();
    screen.arrives();
    screen.lead_row("P0000");
    until_heads("|Person|Score|Owner|Last activity|Stage");
    window.click(&named("columns"));
    window.click(&named("columns-usual"));
    until_heads("|Person|First source|Score|Last activity|Created");

    // What stands in fields, the workspace's own too, moving live.
    let says = |of: &[(&str, Value)]| {
        let fields = of.iter().map(|(field, value)| {
            let field = field.parse().expect("a field");
            (field, value.clone())
        });
        let fields = fields.chain(person(0).fields).collect();
        owner.call(&PutLead {
            key: new_uuid(),
            draft: Draft {
                fields,
                ..person(0)
            },
            fill_only: false,
        });
    };
    says(&[
        ("custom.budget", Value::Number(1_250_500)),
        ("amount", Value::Number(880_000_000)),
        ("city", Value::Text("杭州".into())),
    ]);
    screen.open("/leads?q=P0000&columns=custom.budget%2Camount%2Ccity");
    screen.arrives();
    until_heads("|Person|Budget|Opportunity value|City");
    window.until_text(&named("lead-custom.budget"), "1250.5");
    window.until_text(&named("lead-amount"), "¥880,000");
    window.until_text(&named("lead-city"), "杭州");
    says(&[("city", Value::Text("苏州".into()))]);
    window.until_text(&named("lead-city"), "苏州");
}
