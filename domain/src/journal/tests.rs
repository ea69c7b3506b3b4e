//! Facts are read back as written, and written as they always were.

use super::*;
use crate::agent::BotReason;
use crate::channel::Channel;
use crate::device::{App, Browser, Class, Os};
use crate::event::{Content, Engagement, Stamp, TrackedEvent};
use crate::id::{EventId, SessionId, SiteKey};
use crate::wire::Kind;
use expect_test::expect_file;
use std::collections::BTreeMap;

#[test]
fn a_line_is_read_back_as_written() {
    for fact in crate::sample::facts(1, 300) {
        assert_eq!(Fact::decode(&fact.encode().unwrap()).unwrap(), fact);
    }
}

/// What each kind of event is written as. Journals are full of these: a form once written is read for ever.
#[test]
fn events_are_written_as_they_always_were() {
    let fields = || BTreeMap::from([("email".to_owned(), "a@b.cn".to_owned())]);
    let form = || "trial".to_owned();
    let engagement = Engagement {
        seconds: 42,
        scroll: 80,
    };
    let contents = [
        Content::PageView {
            referrer: Some("https://b.cn/".into()),
            title: Some("T".into()),
        },
        Content::Engagement(engagement),
        Content::FormView { form: form() },
        Content::FormStart { form: form() },
        Content::FormSubmit {
            form: form(),
            fields: fields(),
        },
        Content::Identify { fields: fields() },
        Content::Custom {
            name: "video".into(),
            props: BTreeMap::new(),
        },
    ];
    assert!(contents.iter().map(Content::kind).eq(Kind::ALL));
    let bodies = contents.map(|content| {
        let event = TrackedEvent {
            id: EventId(Uuid::from_u128(1)),
            visitor: VisitorId(Uuid::from_u128(2)),
            site: SiteKey("main.demo".into()),
            session: (content.kind() != Kind::PageView).then(|| SessionId("mia40dc0".into())),
            url: "https://a.cn/".into(),
            content,
        };
        let stamp = Stamp::default();
        let body = Body::Tracked(Box::new(Tracked { event, stamp }));
        let (kind, v) = body.kind();
        let text = body.encode().unwrap();
        assert_eq!(Body::decode(kind, v, &text).unwrap(), body);
        format!("{kind} {v} {text}")
    });
    expect_file!["../../golden/events.txt"].assert_eq(&(bodies.join("\n") + "\n"));
}

/// What is decided of a page view is written as, and the names of what it may be: no name is ever taken back.
#[test]
fn stamps_are_written_as_they_always_were() {
    let agent =
        "Mozilla/5.0 (Linux; Android 13; wv) Version/4.0 Chrome/116.0 Mobile MicroMessenger/8.0";
    let device = crate::agent::read(agent).device;
    let touch = |landing: &str| crate::touch::read(landing, None, &[], device.app);
    let stamp = Stamp {
        bot: Some(BotReason::ReferrerSpam),
        touch: touch("https://a.cn/?bd_vid=1&utm_term=crm"),
        device: Some(device),
        table: 2,
    };
    let mut lines = vec![serde_json::to_string(&stamp).unwrap()];
    lines.extend(
        Channel::ALL
            .iter()
            .map(|channel| format!("channel {}", channel.name())),
    );
    lines.extend(
        Class::ALL
            .iter()
            .map(|class| format!("class {}", class.name())),
    );
    lines.extend(Os::ALL.iter().map(|os| format!("os {}", os.name())));
    lines.extend(
        Browser::ALL
            .iter()
            .map(|browser| format!("browser {}", browser.name())),
    );
    lines.extend(App::ALL.iter().map(|app| format!("app {}", app.name())));
    assert_eq!(serde_json::from_str::<Stamp>(&lines[0]).unwrap(), stamp);
    expect_file!["../../golden/stamps.txt"].assert_eq(&(lines.join("\n") + "\n"));
}

#[test]
fn an_unknown_kind_stops_with_its_name() {
    let line = r#"{"seq":1,"at":2,"occurred_at":3,"actor":"system","subject":"workspace","kind":"teleported","v":4,"body":{}}"#;
    assert_eq!(
        Fact::decode(line).unwrap_err().to_string(),
        "unknown fact kind \"teleported\" version 4"
    );
    let newer = line.replace("teleported", "tracked");
    assert_eq!(
        Fact::decode(&newer).unwrap_err().to_string(),
        "unknown fact kind \"tracked\" version 4"
    );
}
