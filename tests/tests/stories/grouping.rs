//! Segments as people put them together in the app: counted while one types, saved, contested, refused and taken away.

use domain::api::{Lang, PutLead, Role, SaveSegment, Segments};
use domain::contact::Key;
use domain::draft::Draft;
use domain::identity::Email;
use domain::segment::{Condition, Segment};
use serde_json::json;
use tests::browser::{Browser, Session};
use tests::member::{Member, OWNER};
use tests::new_uuid;
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::wait;

const ENTER: &str = "\u{e007}";

fn put(owner: &Member, email: &str, name: &str) {
    let mut draft = Draft::default();
    draft
        .keys
        .push(Key::Email(Email::parse(email).expect("an address")));
    draft.fields.insert(
        "name".parse().expect("a field"),
        domain::profile::Value::Text(name.to_owned()),
    );
    owner.call(&PutLead {
        key: new_uuid(),
        draft,
        fill_only: false,
    });
}

fn saved(owner: &Member, id: &str) -> Option<(Segment, u64)> {
    let rows = owner.call(&Segments {}).segments.into_iter();
    let mut found = rows.map(|row| (row.segment, row.people));
    found.find(|(segment, _)| segment.id == id)
}

/// Waits until so many people are counted.
fn until_counted(window: &Session, people: &str) {
    window.until_text(
        &format!(
            "{}[aria-busy='false'] {}",
            named("preview"),
            named("preview-people")
        ),
        people,
    );
}

#[test]
fn a_segment_is_put_together_and_contested() {
    let (server, owner) = Server::opened();
    for (email, name) in [
        ("li@yunge.cn", "李伟"),
        ("wang@yunge.cn", "王芳"),
        ("ann@qq.com", "Ann"),
    ] {
        put(&owner, email, name);
    }
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::En);
    screen.visit("segments");
    window.type_keys("n");
    window.find(&named("segment"));
    until_counted(&window, "3");

    // Mail of a domain: counted as soon as it says something.
    window.type_in(&named("segment-zh"), "云格的人");
    window.type_in(&named("segment-en"), "People of Yunge");
    window.click(&named("condition-add"));
    window.choose(&named("condition-ask"), "mail");
    window.choose(&named("condition-how"), "domains");
    window.type_in(&named("condition-values"), "yunge.cn");
    window.type_keys(ENTER);
    until_counted(&window, "2");
    // The opposite, and back.
    window.choose(&named("condition-not"), "true");
    until_counted(&window, "1");
    window.choose(&named("condition-not"), "false");
    until_counted(&window, "2");
    // A line that says nothing is not counted, and says so.
    window.click(&named("condition-add-group"));
    let line = format!(
        "{}[data-depth='1'] {}",
        named("condition-group"),
        named("condition-line")
    );
    window.choose(&format!("{line} {}", named("condition-ask")), "score");
    window.find(&format!("{line}.is-wrong"));
    window.type_in(&format!("{line} {}", named("condition-min")), "0");
    until_counted(&window, "2");
    window.click(&named("segment-save"));
    wait::until("the segment", || {
        window
            .address()
            .ends_with("/segments/people-of-yunge")
            .then_some(())
    });
    let (segment, people) = wait::until("its members", || {
        saved(&owner, "people-of-yunge").filter(|(_, people)| *people == 2)
    });
    assert_eq!((segment.version, people), (1, 2));
    let asked = Condition::clone(&segment.who);
    let expect: Condition = serde_json::from_value(json!({"all": [
        {"mail": {"domains": ["yunge.cn"]}}, {"any": [{"score": {"min": 0}}]},
    ]}))
    .expect("a condition");
    assert_eq!(asked, expect);

    // Someone else saves meanwhile: both versions are shown, and mine goes on.
    let other = Segment {
        public: true,
        ..segment.clone()
    };
    owner.call(&SaveSegment {
        key: new_uuid(),
        id: segment.id.clone(),
        expected_version: 1,
        segment: other,
    });
    window.retype(&named("segment-en"), "Yunge");
    window.click(&named("segment-save"));
    window.find(&format!("{}[open]", named("segment-conflict")));
    window.click(&named("segment-mine"));
    window.until_gone(&named("segment-conflict"));
    window.click(&named("segment-save"));
    let (segment, _) = wait::until("the third version", || {
        saved(&owner, "people-of-yunge").filter(|(segment, _)| segment.version == 3)
    });
    assert_eq!((segment.name.en.as_str(), segment.public), ("Yunge", false));
}

#[test]
fn people_are_put_in_by_hand_and_a_segment_in_use_stays() {
    let (server, owner) = Server::opened();
    put(&owner, "li@yunge.cn", "李伟");
    put(&owner, "ann@qq.com", "Ann");
    let make = |id: &str, who| {
        owner.call(&SaveSegment {
            key: new_uuid(),
            id: id.to_owned(),
            expected_version: 0,
            segment: serde_json::from_value(
                json!({"id": id, "name": {"zh": "人群", "en": id}, "who": who}),
            )
            .expect("a segment"),
        });
    };
    make("nobody", json!({"any": []}));
    make("of-nobody", json!({"segment": "nobody"}));
    let marketer = owner.brings(&server, Role::Marketer);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in("marketer@larkmeter.example");
    screen.visit("segments");
    window.click(&format!("{}[data-id='nobody'] a", named("segment-row")));
    window.find(&named("members"));
    window.type_in(&named("member-add"), "Ann");
    window.click(&named("choice"));
    window.until_text_is(&named("member-row"), "Ann", |text| text.contains("Ann"));
    window.click(&named("undo"));
    window.until_gone(&named("member-row"));
    assert_eq!(
        saved(&marketer, "nobody").map(|(_, people)| people),
        Some(0)
    );

    // Another asks for it.
    window.click(&named("segment-more"));
    window.click(&named("segment-more-remove"));
    window.click(&named("segment-remove-now"));
    window.find(&named("notice"));
    assert!(saved(&marketer, "nobody").is_some());
    screen.open("/segments/of-nobody");
    window.click(&named("segment-more"));
    window.click(&named("segment-more-remove"));
    window.click(&named("segment-remove-now"));
    wait::until("the list", || {
        window.address().ends_with("/segments").then_some(())
    });
    assert!(saved(&marketer, "of-nobody").is_none());
}
