//! The dictionary says what is collected and what uses it, and follows both.

use domain::api::{Lang, ReadDictionary, ReadRulebook, Role, SaveRulebook};
use domain::dictionary::{Dictionary, Entry, Status, Use};
use domain::rulebook::{Name, Repeat, Rule, When};
use domain::wire::Kind;
use serde_json::json;
use tests::browser::Browser;
use tests::member::{Member, OWNER};
use tests::new_uuid;
use tests::screen::{Screen, named};
use tests::server::Server;

fn entry(dictionary: &Dictionary, kind: Kind, name: Option<&str>) -> Option<Entry> {
    let mut entries = dictionary.entries.iter();
    entries
        .find(|entry| entry.kind == kind && entry.name.as_deref() == name)
        .cloned()
}

/// How an event stands, and how often it came.
fn stands(owner: &Member, kind: Kind, name: Option<&str>) -> Option<(Status, u64)> {
    let entry = entry(&owner.call(&ReadDictionary {}), kind, name)?;
    assert_eq!(entry.last.is_some(), entry.count > 0);
    Some((entry.status, entry.count))
}

/// A rule for a custom event.
fn rule_for(name: &str) -> Rule {
    let title = Name {
        zh: "看视频".into(),
        en: "Video played".into(),
    };
    let when = When {
        name: Some(name.into()),
        ..When::any(Kind::Custom)
    };
    Rule::new("played", title, when, 3, Repeat::Every)
}

#[test]
fn an_event_is_unused_until_a_rule_uses_it() {
    let (mut server, owner) = Server::opened();
    let viewer = owner.brings(&server, Role::Viewer);
    let empty = viewer.call(&ReadDictionary {});
    assert_eq!(empty.entries.len(), Kind::ALL.len());
    assert!(empty.entries.iter().all(|entry| entry.count == 0));
    let rulebook = owner.call(&ReadRulebook {}).rulebook;
    let lists = (rulebook.segments.len(), rulebook.key_events.len());
    let conditions = rulebook.rules.len() + lists.0 + lists.1;
    assert_eq!(empty.waiting.len(), conditions, "all of them wait");

    let visitor = server.visitor();
    visitor.send(&[
        visitor.view("/demo/pricing/"),
        visitor.custom("video_played"),
        visitor.engagement(42, 80),
    ]);
    let twice = visitor.custom("video_played");
    visitor.send(std::slice::from_ref(&twice));
    visitor.send(&[twice]);
    let check = |kind, name, expect| assert_eq!(stands(&owner, kind, name), expect, "{kind:?}");
    let played = Some("video_played");
    check(Kind::PageView, None, Some((Status::Used, 1)));
    check(Kind::Engagement, None, Some((Status::Unused, 1)));
    check(Kind::FormSubmit, None, Some((Status::Awaited, 0)));
    check(Kind::Identify, None, Some((Status::Quiet, 0)));
    check(Kind::Custom, played, Some((Status::Unused, 2)));
    check(Kind::Custom, Some("downloaded"), None);

    let mut rulebook = rulebook;
    rulebook.rules.push(rule_for("video_played"));
    rulebook.rules.push(Rule {
        id: "downloaded".into(),
        ..rule_for("downloaded")
    });
    let (key, expected_version) = (new_uuid(), 1);
    owner.call(&SaveRulebook {
        key,
        expected_version,
        rulebook,
    });
    server.restart();
    check(Kind::Custom, played, Some((Status::Used, 2)));
    check(Kind::Custom, Some("downloaded"), Some((Status::Awaited, 0)));
    let waits = |id: &str| {
        let dictionary = owner.call(&ReadDictionary {});
        let mut waiting = dictionary.waiting.iter();
        waiting.any(|waiting| matches!(&waiting.by, Use::Rule { id: it, .. } if it == id))
    };
    assert!(waits("downloaded") && !waits("played") && !waits("pricing_view"));
    visitor.send(&[visitor.custom("downloaded")]);
    check(Kind::Custom, Some("downloaded"), Some((Status::Used, 1)));
    assert!(!waits("downloaded"));
}

#[test]
fn the_screen_leads_from_an_unused_event_to_its_rule() {
    let server = Server::start();
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.sets_up(&server.token);
    screen.speaks(Lang::En);
    screen.visit("settings");
    window.click(&named("to-dictionary"));
    window.find(&named("empty-state"));

    let visitor = server.visitor();
    let mut played = visitor.custom("video_played");
    played["props"] = json!({"seconds": 30});
    visitor.send(&[visitor.view("/demo/"), played]);
    window.reload();
    let line = format!("{}[data-name='video_played']", named("dictionary-entry"));
    window.find(&format!("{line}[data-status='unused']"));
    window.click(&named("status-unused"));
    let names = window.texts(&format!("{} code", named("dictionary-entry")));
    let shown: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| !name.is_empty())
        .collect();
    assert_eq!(shown, ["custom", "video_played"]);
    window.click(&named("status-null"));
    window.type_in(&named("dictionary-search"), "scroll");
    window.until_gone(&line);
    window.find(&format!(
        "{}[data-kind='user_engagement']",
        named("dictionary-entry")
    ));
    window.retype(&named("dictionary-search"), "video");
    window.click(&format!("{line} summary"));
    window.until_text(&format!("{line}[open] [data-test='property'] code"), "name");

    let todo = format!("{}[data-name='video_played']", named("todo-unused"));
    window.click(&format!("{todo} {}", named("make-rule")));
    let bar = named("publish-bar");
    window.find(&format!("{bar}[data-changed='true']"));
    assert!(window.address().ends_with("/rules"), "asked once");
    let sentence = format!("{} .rule-card-sentence", named("rule-row"));
    let sentence = window.text(&sentence);
    assert!(sentence.contains("video_played"), "{sentence}");

    let owner = Member::signs_in(&server, OWNER);
    let mut rulebook = owner.call(&ReadRulebook {}).rulebook;
    rulebook.rules.push(rule_for("video_played"));
    let (key, expected_version) = (new_uuid(), 1);
    owner.call(&SaveRulebook {
        key,
        expected_version,
        rulebook,
    });
    screen.open("/settings/events");
    window.find(&format!("{line}[data-status='used']"));
    window.click(&format!("{line} summary"));
    window.until_text(
        &format!("{line} {}", named("dictionary-use")),
        "Rule: Video played",
    );
    window.until_gone(&todo);
}
