//! Views: a list that is put together, kept under a name, shared, changed by two, taken away and brought back.

use crate::long_list::import;
use domain::api::{Lang, Role, SaveView, Views};
use domain::list::Column;
use domain::view::View;
use serde_json::json;
use tests::browser::{Browser, Session};
use tests::member::{Member, OWNER};
use tests::new_uuid;
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::wait;

/// The tab of the view with this name.
fn tab(window: &Session, name: &str) -> String {
    wait::until(&format!("the tab {name}"), || {
        let script = "const tab = [...document.querySelectorAll(\"[data-test='view']\")]
            .find(tab => tab.innerText.includes(arguments[0])); return tab && tab.dataset.id";
        let id = window.run(script, &[name.into()]);
        id.as_str()
            .map(|id| format!("{}[data-id='{id}']", named("view")))
    })
}

fn until_rows(window: &Session, rows: usize) {
    wait::until(&format!("{rows} rows"), || {
        (window.all(&named("lead-row")).len() == rows).then_some(())
    });
}

fn saved(member: &Member, name: &str) -> Option<View> {
    let all = member.call(&Views {});
    all.into_iter().find(|view| view.name == name)
}

#[test]
fn a_list_is_kept_shared_and_brought_back() {
    let (server, owner) = Server::opened();
    import(&owner, 12);
    server.settle();
    let colleague = owner.brings(&server, Role::Sdr);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::Zh);
    screen.open("/leads");
    screen.arrives();
    until_rows(&window, 12);

    // Put together with “or”, which no button above the list says.
    window.click(&named("filter-more"));
    let line = |place: usize, part: &str| {
        format!(
            "{}:nth-of-type(1) > {}:nth-of-type({place}) {}",
            named("filter-group"),
            named("filter-line"),
            named(part)
        )
    };
    window.choose(&line(1, "filter-column"), "name");
    window.type_in(&line(1, "filter-value"), "P0003");
    window.click(&named("filter-or"));
    window.find(&line(2, "filter-column"));
    window.choose(&line(2, "filter-column"), "email");
    window.type_in(&line(2, "filter-value"), "p7@");
    window.click(&named("filter-apply"));
    until_rows(&window, 2);

    // Kept under a name and shared: a tab with its count.
    window.click(&named("view-save-as"));
    window.type_in(&named("view-name-input"), "本周联系");
    window.click(&named("view-shared"));
    window.click(&named("view-name-save"));
    let own = tab(&window, "本周联系");
    window.until_text(&format!("{own} {}", named("view-count")), "2");
    let shared = saved(&colleague, "本周联系").expect("it is shared");
    assert!(shared.shared && shared.filter.is_some());

    // A colleague may look at it and not change it; what is one's own nobody else sees.
    let call = SaveView {
        key: new_uuid(),
        id: shared.id,
        expected_version: shared.version,
        view: shared.clone(),
    };
    assert_eq!(colleague.try_call(&call).status, 403);
    colleague.call(&SaveView {
        key: new_uuid(),
        id: domain::id::ViewId(new_uuid()),
        expected_version: 0,
        view: View {
            name: "只给自己".to_owned(),
            ..View::default()
        },
    });
    assert_eq!(saved(&owner, "只给自己"), None);

    // A click shows it, and so does a link to it.
    window.click(&named("view-all"));
    until_rows(&window, 12);
    screen.open(&format!("/leads?view={}", shared.id));
    screen.arrives();
    until_rows(&window, 2);
    window.find(&format!("{own}[aria-current]"));

    // Two change it: both versions are shown.
    owner.call(&SaveView {
        key: new_uuid(),
        view: View {
            columns: vec![Column::Stage],
            ..shared.clone()
        },
        ..call
    });
    window.click(&named("order-score"));
    window.click(&named("view-save"));
    window.find(&format!("{}[open]", named("contested")));
    window.click(&named("contested-mine"));
    wait::until("the third version", || {
        saved(&owner, "本周联系").filter(|view| view.version == 3 && view.order == Column::Score)
    });

    // Taken away, and brought back.
    window.until_gone(&named("contested"));
    window.click(&named("view-menu"));
    window.click(&named("view-menu-remove"));
    window.until_gone(&own);
    window.click(&named("undo"));
    let again = tab(&window, "本周联系");
    window.find(&format!("{again}[aria-current]"));
    until_rows(&window, 2);
    assert!(saved(&colleague, "本周联系").is_some());
}

#[test]
fn a_page_may_begin_anywhere() {
    let (server, owner) = Server::opened();
    import(&owner, 30);
    server.settle();
    let page = |at: u32| {
        let path = format!("/api/leads?order=name&direction=ascending&limit=5&at={at}");
        let answer = owner.ask("GET", &path, None);
        assert_eq!(answer.status, 200, "{}", answer.text());
        let page: serde_json::Value = answer.json();
        let items = page["items"].as_array().cloned().unwrap_or_default();
        let names: Vec<String> = items
            .iter()
            .map(|row| row["name"].as_str().unwrap_or_default().to_owned())
            .collect();
        (names.join(" "), page["total"].clone())
    };
    assert_eq!(page(0).0, "P0000 P0001 P0002 P0003 P0004");
    assert_eq!(page(17).0, "P0017 P0018 P0019 P0020 P0021");
    assert_eq!(page(28), ("P0028 P0029".to_owned(), json!(30)));
    assert_eq!(page(99), (String::new(), json!(30)));
}
