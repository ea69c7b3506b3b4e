//! The dictionary follows the rulebook and what came; the properties are what the collector takes.

use super::*;
use crate::event::{Content, parse};
use crate::rulebook::{self, Repeat, Rule};
use proptest::prelude::*;
use serde_json::{Map, json};

const TODAY: Day = Day(20_000);

fn seen(kind: Kind, name: Option<&str>, count: u64) -> Seen {
    Seen {
        kind,
        name: name.map(str::to_owned),
        count,
        last: Day(TODAY.0 - 1),
    }
}

fn when(kind: Kind, name: Option<&str>) -> When {
    When {
        name: name.map(str::to_owned),
        ..When::any(kind)
    }
}

fn rule(when: When) -> Rule {
    Rule::new("more", Name::default(), when, 1, Repeat::Every)
}

fn dictionary(rulebook: &Rulebook, seen: &[Seen]) -> Dictionary {
    Dictionary::of(rulebook, TODAY, seen, [])
}

fn entry(dictionary: &Dictionary, kind: Kind, name: Option<&str>) -> Entry {
    let mut entries = dictionary.entries.iter();
    let found = entries.find(|entry| entry.kind == kind && entry.name.as_deref() == name);
    found.unwrap().clone()
}

/// How an event stands by the starter rulebook and one more rule, when it comes and when it does not.
fn check(
    kind: Kind,
    name: Option<&str>,
    more: Option<When>,
    comes: Status,
    does_not: Option<Status>,
) {
    let mut rulebook = rulebook::starter();
    rulebook.rules.extend(more.map(rule));
    let came = dictionary(&rulebook, &[seen(kind, name, 3)]);
    let came = entry(&came, kind, name);
    assert_eq!((came.status, came.count), (comes, 3), "{kind:?} {name:?}");
    let absent = dictionary(&rulebook, &[]).entries;
    let mut absent = absent.iter();
    let absent = absent.find(|e| e.kind == kind && e.name.as_deref() == name);
    assert_eq!(absent.map(|e| e.status), does_not, "{kind:?} {name:?}");
}

#[test]
fn an_event_is_used_by_what_the_rulebook_and_the_product_make_of_it() {
    use Status::{Awaited, Quiet, Unused, Used};
    check(Kind::PageView, None, None, Used, Some(Awaited));
    check(Kind::Engagement, None, None, Unused, Some(Quiet));
    check(Kind::FormView, None, None, Unused, Some(Quiet));
    check(Kind::FormStart, None, None, Unused, Some(Quiet));
    check(Kind::FormSubmit, None, None, Used, Some(Awaited));
    check(Kind::Identify, None, None, Used, Some(Quiet));
    check(Kind::Custom, None, None, Unused, Some(Quiet));
    check(Kind::Custom, Some("a"), None, Unused, None);

    let engaged = Some(when(Kind::Engagement, None));
    check(Kind::Engagement, None, engaged, Used, Some(Awaited));
    let any = || Some(when(Kind::Custom, None));
    check(Kind::Custom, None, any(), Used, Some(Awaited));
    check(Kind::Custom, Some("a"), any(), Used, None);
    let named = || Some(when(Kind::Custom, Some("a")));
    check(Kind::Custom, Some("a"), named(), Used, Some(Awaited));
    check(Kind::Custom, Some("b"), named(), Unused, None);
    check(Kind::Custom, None, named(), Used, Some(Awaited));
}

#[test]
fn a_count_of_what_was_stored_is_read() {
    let check = |name: &str, expect: Option<(Kind, Option<&str>)>| {
        let found = Seen::read(name, 3, TODAY);
        let told = found.as_ref().map(|seen| (seen.kind, seen.name.as_deref()));
        assert_eq!(told, expect, "{name}");
    };
    for kind in Kind::ALL {
        check(kind.name(), Some((kind, None)));
    }
    for name in ["a", "page_view", "a:b", "下载", ""] {
        check(
            &crate::tally::custom_name(name),
            Some((Kind::Custom, Some(name))),
        );
    }
    check("page", None);
    check("", None);
}

#[test]
fn a_segment_is_a_use_too() {
    let mut rulebook = rulebook::starter();
    rulebook.segments[0].when = when(Kind::FormView, None);
    let id = rulebook.segments[0].id.clone();
    let found = dictionary(&rulebook, &[seen(Kind::FormView, None, 1)]);
    let found = entry(&found, Kind::FormView, None);
    assert_eq!(found.status, Status::Used);
    assert!(matches!(&found.uses[0], Use::Segment { id: it, .. } if *it == id));
}

#[test]
fn a_custom_event_is_counted_by_its_name_and_with_its_kind() {
    let (mut early, late) = (
        seen(Kind::Custom, Some("a"), 2),
        seen(Kind::Custom, Some("b"), 5),
    );
    early.last = Day(TODAY.0 - 9);
    let found = dictionary(&rulebook::starter(), &[early, late]);
    let told = |name| {
        let entry = entry(&found, Kind::Custom, name);
        (entry.count, entry.last)
    };
    let yesterday = Some(Day(TODAY.0 - 1));
    assert_eq!(told(None), (7, yesterday));
    assert_eq!(told(Some("a")), (2, Some(Day(TODAY.0 - 9))));
    assert_eq!(told(Some("b")), (5, yesterday));
    assert_eq!(found.entries.len(), Kind::ALL.len() + 2);
    assert_eq!(found.since, Day(TODAY.0 - 29));
}

#[test]
fn a_rule_that_no_event_ever_met_waits() {
    let rulebook = rulebook::starter();
    let shape = |kind, path: &str, name: Option<&str>| Shape {
        name: name.map(str::to_owned),
        ..Shape::new(kind, path)
    };
    let waiting = |shapes: &[Shape]| -> Vec<String> {
        let found = Dictionary::of(&rulebook, TODAY, &[], shapes);
        let by = found.waiting.into_iter().map(|waiting| match waiting.by {
            Use::Rule { id, .. } | Use::Segment { id, .. } | Use::KeyEvent { id, .. } => id,
            Use::Indicator(_) => panic!("an indicator waits for nothing"),
        });
        by.collect()
    };
    let all = waiting(&[]);
    let lists = (
        rulebook.rules.len(),
        rulebook.segments.len(),
        rulebook.key_events.len(),
    );
    assert_eq!(all.len(), lists.0 + lists.1 + lists.2);
    let programs = [shape(Kind::PageView, "", None)];
    assert_eq!(waiting(&programs), all, "programs meet nothing");
    let met = [
        shape(Kind::PageView, "/demo/pricing/", None),
        shape(Kind::FormSubmit, "/demo/", Some("trial")),
    ];
    let left = waiting(&met);
    for id in [
        "pricing_view",
        "trial_form",
        "any_view",
        "evaluating",
        "in-touch",
    ] {
        assert!(
            all.iter().any(|it| it == id) && !left.iter().any(|it| it == id),
            "{id}"
        );
    }
    assert!(left.iter().any(|id| id == "contact_form"));
}

#[test]
fn every_indicator_but_refusals_is_made_of_some_event() {
    let rulebook = rulebook::starter();
    for indicator in Indicator::ALL {
        let kinds = indicator.kinds(&rulebook);
        let (some, every) = (!kinds.is_empty(), kinds.len() == Kind::ALL.len());
        assert_eq!(some, indicator != Indicator::Refusals, "{indicator:?}");
        assert_eq!(every, indicator.is_of_every_event(), "{indicator:?}");
    }
    assert_eq!(
        Indicator::Score.kinds(&rulebook),
        [Kind::PageView, Kind::FormSubmit]
    );
    for class in Class::ALL {
        let told = Indicator::ALL.iter().any(|i| i.class() == class);
        assert!(told, "{class:?}");
    }
}

/// An event made of the examples.
fn example(kind: Kind) -> serde_json::Value {
    let mut event = Map::from_iter([("kind".to_owned(), json!(kind.name()))]);
    let mut url = Property::Url.example().to_owned();
    let mut join = '?';
    for property in Property::COMMON.iter().chain(Property::of(kind)) {
        let (name, example) = (property.name(), property.example());
        let value = match property.value() {
            Value::Query { .. } => {
                url = format!("{url}{join}{name}={example}");
                join = '&';
                continue;
            }
            Value::Time { .. } | Value::Pairs { .. } => serde_json::from_str(example).unwrap(),
            Value::Whole { least, most } => {
                assert!((least..=most).contains(&example.parse().unwrap()));
                json!(example)
            }
            Value::Text { bytes_max } | Value::Url { bytes_max } => {
                assert!(example.len() <= bytes_max, "{name}");
                json!(example)
            }
            Value::Uuid => json!(example),
        };
        match name.split_once('.') {
            Some((outer, inner)) => {
                let outer = event.entry(outer).or_insert_with(|| json!({}));
                outer[inner] = value;
            }
            None => {
                event.insert(name.to_owned(), value);
            }
        }
    }
    event.insert("url".to_owned(), json!(url));
    event.into()
}

#[test]
fn the_examples_are_events_that_are_taken() {
    for kind in Kind::ALL {
        let event = example(kind);
        let batch =
            json!({"v": 1, "site": event["site"], "visitor": event["visitor"], "events": [event]});
        let now = Property::At.example().parse::<i64>().unwrap() + 1_000;
        let read = parse(batch.to_string().as_bytes(), now).unwrap();
        assert_eq!(read.refused, [], "{kind:?}");
        let (_, event) = &read.events[0];
        assert_eq!(event.kind(), kind);
        assert!(event.session.is_some());
        let touch = event
            .stamp(None, &crate::device::Device::default(), &[])
            .touch;
        match &event.content {
            Content::PageView { referrer, title } => {
                assert!(referrer.is_some() && title.is_some());
                let touch = touch.unwrap();
                assert_eq!(touch.source, Property::UtmSource.example());
                assert_eq!(touch.term.as_deref(), Some(Property::UtmTerm.example()));
                assert_eq!(touch.click.unwrap().id, Property::ClickId.example());
            }
            Content::Engagement(read) => assert_eq!((read.seconds, read.scroll), (42, 80)),
            Content::FormView { form } | Content::FormStart { form } => assert_eq!(form, "trial"),
            Content::FormSubmit { form, .. } => {
                assert_eq!(form, "trial");
                assert!(event.content.claim().is_some());
            }
            Content::Identify { .. } => assert!(event.content.claim().is_some()),
            Content::Custom { name, props } => {
                assert_eq!((name.as_str(), props.len()), ("video_played", 2));
            }
            Content::Wechat { .. } => panic!("no tracker sends it"),
        }
    }
}

fn any_kind() -> impl Strategy<Value = Kind> {
    proptest::sample::select(&Kind::ALL[..])
}

fn any_name() -> impl Strategy<Value = Option<String>> {
    proptest::option::of("[a-c]")
}

proptest! {
    #[test]
    fn every_kind_has_an_entry_and_a_rule_for_it_uses_it(
        came in proptest::collection::vec((any_kind(), any_name(), 1..9_u64), 0..12),
        kind in any_kind(),
        name in any_name(),
    ) {
        let named = |kind: Kind, name: Option<String>| name.filter(|_| kind == Kind::Custom);
        let came = came.into_iter();
        let came = came.map(|(kind, name, count)| seen(kind, named(kind, name).as_deref(), count));
        let came: Vec<Seen> = came.collect();
        let name = named(kind, name);
        let mut rulebook = rulebook::starter();
        let before = dictionary(&rulebook, &came);
        rulebook.rules.push(rule(when(kind, name.as_deref())));
        let after = dictionary(&rulebook, &came);
        for dictionary in [&before, &after] {
            for kind in Kind::ALL {
                let whole = entry(dictionary, kind, None);
                let sum: u64 = came.iter().filter(|s| s.kind == kind).map(|s| s.count).sum();
                prop_assert_eq!(whole.count, sum);
            }
            for entry in &dictionary.entries {
                let comes = matches!(entry.status, Status::Used | Status::Unused);
                prop_assert_eq!(comes, entry.count > 0);
            }
        }
        let used = entry(&after, kind, name.as_deref());
        let expect = if used.count > 0 { Status::Used } else { Status::Awaited };
        prop_assert_eq!(used.status, expect);
        for entry in &after.entries {
            if entry.kind != kind {
                prop_assert!(before.entries.contains(entry), "others stay as they were");
            }
        }
    }
}
