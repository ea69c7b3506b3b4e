//! What is fuzzed: everything that reads what strangers send or what a store gives back. Each target is a plain function
//! of bytes that panics when something is wrong.
//!
//! Three callers share this file, by its path: libFuzzer's harnesses (`fuzz_targets`, which need a nightly compiler and are
//! run by hand), a bounded run on stable with the kept corpus (`domain/tests/hostile.rs`, part of `cargo xtask test`),
//! and the check that time grows with size and not with its square (`cargo xtask bench parser`). The bounded run has a small mutator of
//! its own: a fuzzing framework that works on stable would be a second engine beside libFuzzer, and one more thing to build.

use domain::agent;
use domain::api::Lang;
use domain::device::{App, Device};
use domain::event;
use domain::id::Ms;
use domain::journal::{Actor, Body, Fact, Tracked};
use domain::lead::Field;
use domain::profile::{self, Choice, Definition, FieldId, Hints, Kind, Schema};
use domain::rulebook::Name;
use domain::touch;
use domain::wire::limit;

/// A target: bytes in, a panic when something is wrong.
pub(crate) type Target = fn(&[u8]);

/// An input of about so many bytes.
pub(crate) type Input = fn(usize) -> Vec<u8>;

/// Every target, by the name of its corpus.
pub(crate) const TARGETS: &[(&str, Target)] = &[
    ("batch", batch),
    ("touch", touch),
    ("agent", agent),
    ("fact", fact),
    ("value", value),
];

/// The time at which batches arrive: that of the corpus.
const NOW: Ms = 1_763_770_000_000;

/// A body as a browser, or anyone, sends it: read, stamped, stored and read back.
pub(crate) fn batch(bytes: &[u8]) {
    let Ok(batch) = event::parse(bytes, NOW) else {
        return;
    };
    assert!(bytes.len() <= limit::BODY_BYTES_MAX);
    assert!(batch.events.len() <= limit::EVENTS_MAX);
    assert!(!(batch.events.is_empty() && batch.refused.is_empty()));
    for (at, event) in batch.events {
        assert!((NOW - limit::AGE_MS_MAX..=NOW).contains(&at));
        assert!(event.url.len() <= limit::URL_BYTES_MAX * 3);
        let stamp = event.stamp(None, &Device::default(), &["a.cn".to_owned()]);
        let _ = (event.shape(&stamp), event.content.claim());
        let written = Fact {
            seq: 1,
            at: NOW,
            occurred_at: at,
            actor: Actor::Visitor(event.visitor),
            body: Body::Tracked(Box::new(Tracked { event, stamp })),
        };
        let line = written.encode().expect("a fact is written");
        assert_eq!(Fact::decode(&line).expect("a fact is read"), written);
    }
}

/// Lines: the page's address, the referrer, and hosts of the company's own.
pub(crate) fn touch(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.lines();
    let landing = lines.next().unwrap_or_default();
    let referrer = lines.next();
    let own: Vec<String> = lines.take(8).map(str::to_owned).collect();
    if let Some(found) = touch::read(landing, referrer, &own, App::default()) {
        assert_eq!(found.landing, landing);
        assert_eq!(
            touch::read(landing, referrer, &own, App::default()).as_ref(),
            Some(&found),
            "the same every time"
        );
    }
}

/// A user agent.
pub(crate) fn agent(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let read = agent::read(&text);
    let bot = read.judge(false);
    assert!(bot.is_none() || bot == read.judge(true));
    assert_eq!(agent::read(&text), read, "the same every time");
}

/// A line of a segment, as edge KV gives it back.
pub(crate) fn fact(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for line in text.lines() {
        if let Ok(read) = Fact::decode(line) {
            let again = read.encode().expect("what was read is written");
            assert_eq!(Fact::decode(&again).expect("and read again"), read);
        }
    }
}

/// A cell of a file, or an answer of a form: read as each kind of field, written and read back.
pub(crate) fn value(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let schema = schema();
    let custom = schema.fields.iter();
    let custom = custom.map(|field| FieldId::Custom(field.id.clone()));
    for field in custom.chain([Field::Name, Field::Message].map(FieldId::Standard)) {
        let Ok(value) = profile::read(&schema, &field, &text, Hints::default()) else {
            continue;
        };
        assert_eq!(profile::check_value(&schema, &field, &value), Ok(()));
        for lang in [Lang::Zh, Lang::En] {
            let shown = profile::show(&schema, &field, &value, lang);
            let again = profile::read(&schema, &field, &shown, Hints::default());
            assert_eq!(again.as_ref(), Ok(&value), "{shown:?}");
        }
    }
    if let Some((least, most)) = profile::span(&text) {
        assert!(least <= most);
    }
}

/// What a workspace begins with, and a field of each other kind.
fn schema() -> Schema {
    let name = |zh: &str, en: &str| Name {
        zh: zh.into(),
        en: en.into(),
    };
    let option = |id: &str, zh, en| Choice {
        id: id.into(),
        name: name(zh, en),
        retired: false,
    };
    let options = vec![
        option("crm", "客户管理", "CRM"),
        option("r-d", "研发", "R&D"),
    ];
    let field = |id: &str, kind| Definition {
        id: id.into(),
        name: name(id, id),
        kind,
        retired: false,
    };
    let mut schema = profile::starter();
    let choice = Kind::Choice {
        options: options.clone(),
    };
    schema.fields.extend([
        field("product", choice),
        field("needs", Kind::Choices { options }),
        field("partner", Kind::Bool),
    ]);
    assert_eq!(profile::check(&profile::starter(), &schema), []);
    schema
}

/// Inputs that bring out work that grows with the square of their size: (name, target, input).
pub(crate) const HOSTILE: &[(&str, Target, Input)] = &[
    ("nested lists", batch, |n| "[".repeat(n).into_bytes()),
    ("nested lists in a batch", batch, |n| {
        in_batch(&"[".repeat(n))
    }),
    ("many small events", batch, |n| in_batch(&list("{}", n))),
    ("many events that are numbers", batch, |n| {
        in_batch(&list("1", n))
    }),
    ("many fields", batch, |n| in_batch(&form(&members(n)))),
    ("the same field", batch, |n| {
        in_batch(&form(&list(r#""a":"b""#, n)))
    }),
    ("one long value", batch, |n| {
        in_batch(&form(&format!(r#""a":"{}""#, "x".repeat(n))))
    }),
    ("escapes", batch, |n| {
        in_batch(&form(&format!(r#""a":"{}""#, "\\u0000".repeat(n / 6))))
    }),
    ("a long number", batch, |n| in_batch(&"9".repeat(n))),
    ("a path of slashes", touch, |n| {
        format!("https://a.cn/{}", "/../".repeat(n / 4)).into_bytes()
    }),
    ("many parameters", touch, |n| {
        format!("https://a.cn/?{}", "utm_source=&".repeat(n / 12)).into_bytes()
    }),
    ("parameters without names", touch, |n| {
        format!("https://a.cn/?{}", "&=".repeat(n / 2)).into_bytes()
    }),
    ("percent signs", touch, |n| {
        format!("https://a.cn/?gclid={}", "%".repeat(n)).into_bytes()
    }),
    ("many labels", touch, |n| {
        from(&format!("https://{}cn/", "a.".repeat(n / 2)))
    }),
    ("a long label", touch, |n| {
        from(&format!("https://{}.cn/", "a".repeat(n)))
    }),
    ("labels of known names", touch, |n| {
        from(&format!("https://{}/", "google.".repeat(n / 7)))
    }),
    ("signs before a host", touch, |n| {
        from(&format!("https://{}a.cn/", "@".repeat(n)))
    }),
    ("foreign letters in a host", touch, |n| {
        from(&format!("https://{}.cn/", "é".repeat(n / 2)))
    }),
    ("spaces", agent, |n| " ".repeat(n).into_bytes()),
    ("half a bot", agent, |n| "bo".repeat(n / 2).into_bytes()),
    ("half of many names", agent, |n| {
        "Mozilla/5.0 (compatible; head".repeat(n / 29).into_bytes()
    }),
    ("brackets", agent, |n| "(".repeat(n).into_bytes()),
    ("products", agent, |n| "A/1.0 ".repeat(n / 6).into_bytes()),
    ("telephones", agent, |n| "cubot".repeat(n / 5).into_bytes()),
    ("options", value, |n| "crm;".repeat(n / 4).into_bytes()),
    ("separators", value, |n| ";".repeat(n).into_bytes()),
    ("joiners", value, |n| "\u{200d}".repeat(n / 3).into_bytes()),
    ("joined signs", value, |n| {
        "👩\u{200d}".repeat(n / 7).into_bytes()
    }),
    ("marks that turn text", value, |n| {
        "\u{202e}a".repeat(n / 4).into_bytes()
    }),
    ("digits", value, |n| "9".repeat(n).into_bytes()),
    ("groups of digits", value, |n| {
        ",123".repeat(n / 4).into_bytes()
    }),
    ("full-width letters", value, |n| {
        "Ｃ".repeat(n / 3).into_bytes()
    }),
    ("nested facts", fact, |n| {
        format!("{{\"seq\":{}", "[".repeat(n)).into_bytes()
    }),
];

fn in_batch(events: &str) -> Vec<u8> {
    format!(
        r#"{{"v":1,"site":"main.demo","visitor":"0192b0b4-0000-7000-8000-0000000000ff","sent":{NOW},"events":[{events}]}}"#
    )
    .into_bytes()
}

fn form(fields: &str) -> String {
    format!(
        r#"{{"id":"0192b0b4-0000-7000-8000-000000000001","at":{NOW},"kind":"form_submit","url":"https://a.cn/","form":"f","fields":{{{fields}}}}}"#
    )
}

fn list(item: &str, bytes: usize) -> String {
    vec![item; bytes / (item.len() + 1)].join(",")
}

fn members(bytes: usize) -> String {
    let one = |number| format!(r#""{number:05}":1"#);
    let all: Vec<String> = (0..bytes / 10).map(one).collect();
    all.join(",")
}

fn from(referrer: &str) -> Vec<u8> {
    format!("https://shop.example/\n{referrer}\nb.example").into_bytes()
}
