//! The protocol's page says what the code does: its examples are taken whole, and no kind, code or limit is missing.

use domain::api::{ApiError, ErrorCode};
use domain::event::{self, Answer, Rejection, Step};
use domain::wire::{Kind, limit};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::settings::root;

fn read(path: &str) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn page() -> String {
    read("docs/protocol.md")
}

/// Every example of JSON on the page.
fn examples() -> Vec<Value> {
    let page = page();
    let blocks = page.split("```json\n").skip(1);
    let found: Vec<Value> = blocks
        .map(|block| {
            let text = block.split("\n```").next().unwrap_or_default();
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
        })
        .collect();
    assert!(!found.is_empty());
    found
}

#[test]
fn every_example_is_taken_whole() {
    let mut kinds = BTreeSet::new();
    let (mut batches, mut answers, mut errors) = (0, 0, 0);
    let batch = |example: &Value| {
        let sent = example["sent"].as_i64().expect("a time of sending");
        let read = event::parse(example.to_string().as_bytes(), sent).expect("a batch");
        assert_eq!(read.refused, [], "{example}");
        read
    };
    let mut first = None;
    for example in examples() {
        if example.get("events").is_some() {
            batch(&example);
            first.get_or_insert(example);
            batches += 1;
        } else if example.get("kind").is_some() {
            let mut whole = first.clone().expect("the page begins with a batch");
            whole["events"] = json!([example]);
            let event = batch(&whole).events.remove(0).1;
            assert!(event.session.is_some(), "{example}");
            kinds.insert(event.kind());
        } else if example.get("accepted").is_some() {
            serde_json::from_value::<Answer>(example).expect("an answer");
            answers += 1;
        } else if example.get("code").is_some() {
            serde_json::from_value::<ApiError>(example).expect("a refusal");
            errors += 1;
        } else {
            assert!(example["segments"].is_array(), "{example}");
        }
    }
    assert!(kinds.into_iter().eq(Kind::ALL), "an example of every kind");
    assert!(batches > 0 && answers > 0 && errors > 0);
}

#[test]
fn every_kind_and_every_code_is_on_the_page() {
    let page = page();
    for kind in Kind::ALL {
        let name = kind.name();
        assert!(page.contains(&format!("\n**`{name}`**: ")), "{name}");
    }
    for why in Rejection::ALL {
        let (code, status, step) = (why.code(), why.status(), why.step().name());
        let row = format!("\n| `{code}` | {status} | {step} | ");
        assert!(page.contains(&row), "{row}");
    }
    for error in [ErrorCode::Unavailable, ErrorCode::Internal] {
        let row = format!("\n| `{}` | {} | ", error.name(), error.status());
        assert!(page.contains(&row), "{row}");
    }
}

/// The steps stand in one order: in the rules, on the page, and where the collector takes them.
#[test]
fn the_collector_takes_the_steps_in_their_order() {
    let names = Step::ALL.map(Step::name);
    let listed = names.map(|name| format!("`{name}`")).join(" → ");
    let page = page().replace('\n', " ");
    assert!(page.contains(&listed), "{listed}");

    let source = read("worker/src/ingest.rs");
    let listed = format!("//! {}. ", names.join(" → "));
    assert!(source.contains(&listed), "{listed}");
    let walk = source.split("\nfn collect(").nth(1).expect("the steps");
    let walk = walk.split("\n}\n").next().unwrap_or_default();
    let marked = walk
        .lines()
        .filter_map(|line| line.trim().strip_prefix("// step: "));
    let marked: Vec<&str> = marked.flat_map(|names| names.split(", ")).collect();
    assert_eq!(marked, names);
}

#[test]
fn every_limit_is_on_the_page() {
    let page = page();
    let section = page
        .split("\n### ")
        .find_map(|section| section.strip_prefix("Limits\n"))
        .expect("a section of limits");
    let bytes = |count: usize| format!("| {} bytes", grouped(count));
    let minutes = limit::AHEAD_MS_MAX / 60_000;
    let days = limit::AGE_MS_MAX / 86_400_000;
    let table = [
        ("BODY_BYTES_MAX", bytes(limit::BODY_BYTES_MAX)),
        (
            "EVENTS_MAX",
            format!("events in a batch | {}", limit::EVENTS_MAX),
        ),
        ("URL_BYTES_MAX", bytes(limit::URL_BYTES_MAX)),
        ("SESSION_BYTES_MAX", bytes(limit::SESSION_BYTES_MAX)),
        ("TITLE_BYTES_MAX", bytes(limit::TITLE_BYTES_MAX)),
        (
            "NAME_BYTES_MAX",
            format!("`name` {}", bytes(limit::NAME_BYTES_MAX)),
        ),
        ("PROPS_MAX", format!("properties | {}", limit::PROPS_MAX)),
        (
            "KEY_BYTES_MAX",
            format!("name of one {}", bytes(limit::KEY_BYTES_MAX)),
        ),
        ("VALUE_BYTES_MAX", bytes(limit::VALUE_BYTES_MAX)),
        ("ENGAGED_SECONDS_MAX", {
            let seconds = usize::try_from(limit::ENGAGED_SECONDS_MAX).expect("a small number");
            format!("| {} |", grouped(seconds))
        }),
        (
            "SCROLL_PERCENT_MAX",
            format!("| {} |", limit::SCROLL_PERCENT_MAX),
        ),
        ("AGE_MS_MAX", format!("| {days} days |")),
        ("AHEAD_MS_MAX", format!("| {minutes} minutes |")),
    ];
    for (name, shown) in &table {
        assert!(section.contains(shown), "{name}: {shown:?}");
    }
    let source = read("domain/src/wire.rs");
    let declared = source.lines().filter_map(|line| {
        let name = line.trim().strip_prefix("pub const ")?.split(':').next()?;
        name.ends_with("_MAX").then(|| name.to_owned())
    });
    let known: BTreeSet<String> = table.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(declared.collect::<BTreeSet<_>>(), known);
}

/// A whole number with a comma before every third digit.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| std::str::from_utf8(group).expect("digits"))
        .collect();
    groups.join(",")
}
