//! Batches, good and bad; each refusal by its name.

use super::*;
use crate::device::Device;
use serde_json::{Value, json};

const NOW: Ms = 1_763_770_000_000;
const ID: &str = "0192b0b4-0000-7000-8000-000000000001";

fn view() -> Value {
    json!({"id": ID, "at": NOW - 1_000, "kind": "page_view", "url": "https://a.cn/x?y#z"})
}

fn batch(events: Vec<Value>) -> Value {
    json!({"v": 1, "site": "main.demo", "visitor": "0192b0b4-0000-7000-8000-0000000000ff",
           "sent": NOW, "events": events})
}

fn read(value: &Value) -> Result<Batch, Rejection> {
    parse(value.to_string().as_bytes(), NOW)
}

/// What is wrong with a good page view after this change; `ok` when nothing is.
fn check(change: impl FnOnce(&mut Value), expect: &str) {
    let mut event = view();
    change(&mut event);
    let batch = read(&batch(vec![event, view()])).unwrap();
    let found = batch.refused.first().map_or("ok", |r| r.code.as_str());
    assert_eq!(found, expect);
    assert_eq!(
        batch.events.len() + batch.refused.len(),
        2,
        "the other event is kept"
    );
}

#[test]
fn a_good_batch_is_read() {
    let found = read(&batch(vec![view()])).unwrap();
    assert_eq!(found.refused, []);
    let (at, event) = &found.events[0];
    assert_eq!(*at, NOW - 1_000);
    let shape = event.shape(&event.stamp(None, &Device::default(), &[]));
    assert_eq!(
        (shape.path.as_str(), shape.channel),
        ("/x", Some(crate::channel::Channel::Direct))
    );
}

#[test]
fn a_batch_that_cannot_be_read_is_refused_whole() {
    let check = |body: &[u8], why| assert_eq!(parse(body, NOW).unwrap_err(), why);
    check(b"", Rejection::NotJson);
    check(b"{", Rejection::NotJson);
    check(b"nonsense", Rejection::NotJson);
    check(b"{\"v\":1}", Rejection::InvalidBatch);
    check(b"[]", Rejection::InvalidBatch);
    check(b"\"\xff\xfe\"", Rejection::InvalidUtf8);
    check(&[b' '; limit::BODY_BYTES_MAX + 1], Rejection::BodyTooLarge);
    let change = |key: &str, value: Value| {
        let mut value_ = batch(vec![view()]);
        value_[key] = value;
        value_.to_string().into_bytes()
    };
    check(&change("v", json!(2)), Rejection::UnknownVersion);
    check(&change("visitor", json!("me")), Rejection::InvalidBatch);
    check(
        &change("visitor", json!(Uuid::nil())),
        Rejection::InvalidBatch,
    );
    check(&change("events", json!([])), Rejection::InvalidBatch);
    check(
        &change("events", json!(vec![1; 501])),
        Rejection::InvalidBatch,
    );
    check(
        &change("site", json!("x".repeat(65))),
        Rejection::InvalidBatch,
    );
    check("[".repeat(60_000).as_bytes(), Rejection::InvalidBatch);
}

#[test]
fn a_bad_event_is_named_and_the_others_are_kept() {
    check(|_| {}, "ok");
    check(|e| e["id"] = json!("7"), "invalid_id");
    check(|e| e["id"] = json!(7), "invalid_event");
    check(|e| e["kind"] = json!("page"), "unknown_kind");
    check(
        |e| e["at"] = json!(NOW + limit::AHEAD_MS_MAX + 1),
        "from_future",
    );
    check(|e| e["at"] = json!(NOW + limit::AHEAD_MS_MAX), "ok");
    check(|e| e["at"] = json!(NOW - limit::AGE_MS_MAX - 1), "too_old");
    check(|e| e["at"] = json!(i64::MAX), "from_future");
    check(|e| e["at"] = json!(i64::MIN), "too_old");
    check(|e| e["at"] = json!("now"), "invalid_event");
    check(
        |e| e["url"] = json!(format!("https://a.cn/{}", "x".repeat(2_048))),
        "url_too_long",
    );
    check(|e| e["url"] = json!("javascript:alert(1)"), "invalid_url");
    check(|e| e["url"] = json!("/pricing"), "invalid_url");
    check(|e| *e = json!([1]), "invalid_event");
    check(|e| e["title"] = json!("线".repeat(500)), "ok");
    check(|e| e["referrer"] = json!("javascript:alert(1)"), "ok");
    check(|e| e["session"] = json!("mia40dc0"), "ok");
    check(|e| e["session"] = json!(null), "ok");
    for bad in ["", "MIA", "a-b", "线", "0123456789abcdefg"] {
        check(|e| e["session"] = json!(bad), "invalid_event");
    }
}

#[test]
fn forms_and_custom_events_have_limits() {
    let form = |e: &mut Value, fields: Value| {
        e["kind"] = json!("form_submit");
        e["form"] = json!("trial");
        e["fields"] = fields;
    };
    let many: BTreeMap<String, u32> = (0..65).map(|n| (n.to_string(), n)).collect();
    check(
        |e| form(e, json!({"email": "a@b.cn", "n": 1, "b": true, "no": null})),
        "ok",
    );
    check(|e| form(e, json!(many)), "too_many_props");
    check(
        |e| form(e, json!({"a": "x".repeat(1_025)})),
        "value_too_long",
    );
    check(|e| form(e, json!({"x".repeat(65): "a"})), "name_too_long");
    check(|e| form(e, json!({"a": {"b": 1}})), "invalid_event");
    check(|e| form(e, json!({"__proto__": "x", "a\0": "b\0"})), "ok");
    check(|e| e["kind"] = json!("custom"), "invalid_event");
    check(
        |e| (e["kind"], e["name"]) = (json!("custom"), json!("x".repeat(65))),
        "name_too_long",
    );
}

/// Each limit: what is just within it is kept, and one more is refused by that name.
#[test]
fn what_is_just_within_a_limit_is_kept() {
    let url = |length: usize| {
        let start = "https://a.cn/";
        json!(format!("{start}{}", "x".repeat(length - start.len())))
    };
    let custom = |e: &mut Value, name: usize, props: Value| {
        e["kind"] = json!("custom");
        e["name"] = json!("x".repeat(name));
        e["props"] = props;
    };
    let props = |count: usize| -> Value {
        let all: BTreeMap<String, u32> = (0..count).map(|n| (n.to_string(), 1)).collect();
        json!(all)
    };
    for (more, codes) in [
        (0, ["ok"; 5]),
        (
            1,
            [
                "url_too_long",
                "name_too_long",
                "too_many_props",
                "name_too_long",
                "value_too_long",
            ],
        ),
    ] {
        let [by_url, by_name, by_count, by_key, by_value] = codes;
        check(|e| e["url"] = url(limit::URL_BYTES_MAX + more), by_url);
        check(
            |e| custom(e, limit::NAME_BYTES_MAX + more, json!({})),
            by_name,
        );
        check(|e| custom(e, 1, props(limit::PROPS_MAX + more)), by_count);
        let key = "k".repeat(limit::KEY_BYTES_MAX + more);
        check(|e| custom(e, 1, json!({ key: "v" })), by_key);
        let value = "v".repeat(limit::VALUE_BYTES_MAX + more);
        check(|e| custom(e, 1, json!({ "k": value })), by_value);
    }
    let mut body = batch(vec![view()]).to_string();
    body.push_str(&" ".repeat(limit::BODY_BYTES_MAX - body.len()));
    assert_eq!(parse(body.as_bytes(), NOW).unwrap().events.len(), 1);
}

#[test]
fn a_long_title_is_cut_and_a_long_referrer_left_out() {
    let mut event = view();
    event["title"] = json!("线".repeat(500));
    event["referrer"] = json!(format!("https://b.cn/{}", "x".repeat(limit::URL_BYTES_MAX)));
    let found = read(&batch(vec![event])).unwrap();
    let expect = Content::PageView {
        referrer: None,
        title: Some("线".repeat(limit::TITLE_BYTES_MAX / 3)),
    };
    assert_eq!(found.events[0].1.content, expect);
}

#[test]
fn the_other_kinds_are_read() {
    let read_one = |more: Value| {
        let mut event = view();
        let more = more.as_object().unwrap().clone();
        event.as_object_mut().unwrap().extend(more);
        let batch = read(&batch(vec![event])).unwrap();
        batch.events.into_iter().next().map(|(_, event)| {
            let shape = event.shape(&event.stamp(None, &Device::default(), &[]));
            assert_eq!((shape.kind, shape.path.as_str()), (event.kind(), "/x"));
            assert_eq!(shape.name.is_some(), event.kind().is_named());
            assert_eq!(
                event.stamp(None, &Device::default(), &[]).touch.is_some(),
                event.kind() == Kind::PageView
            );
            (event.session.clone(), event.content)
        })
    };
    let check = |more: Value, expect: Content| {
        assert_eq!(read_one(more), Some((None, expect)));
    };
    let form = || "trial".to_owned();
    check(
        json!({"kind": "form_view", "form": "trial"}),
        Content::FormView { form: form() },
    );
    check(
        json!({"kind": "form_start", "form": "trial"}),
        Content::FormStart { form: form() },
    );
    check(
        json!({"kind": "form_start"}),
        Content::FormStart {
            form: "form".into(),
        },
    );
    let fields = BTreeMap::from([("email".to_owned(), "a@b.cn".to_owned())]);
    check(
        json!({"kind": "identify", "fields": {"email": "a@b.cn"}}),
        Content::Identify { fields },
    );
    let engagement = |seconds, scroll| Content::Engagement(Engagement { seconds, scroll });
    let engaged = |seconds: Value, scroll: Value| json!({"kind": "user_engagement", "props": {"seconds": seconds, "scroll": scroll}});
    check(engaged(json!("42"), json!("80")), engagement(42, 80));
    check(engaged(json!(86_400), json!(0)), engagement(86_400, 0));
    check(engaged(json!(1), json!(100)), engagement(1, 100));
    for (seconds, scroll) in [
        (json!(0), json!(0)),
        (json!(86_401), json!(0)),
        (json!("1.5"), json!(0)),
        (json!(-1), json!(0)),
        (json!(null), json!(0)),
        (json!(1), json!(101)),
        (json!(1), json!(256)),
        (json!(1), json!("")),
    ] {
        assert_eq!(read_one(engaged(seconds, scroll)), None);
    }
    let session = read_one(json!({"session": "mia40dc0"})).unwrap().0;
    assert_eq!(session, Some(SessionId("mia40dc0".into())));
}

#[test]
fn events_beyond_the_fiftieth_are_refused_by_name() {
    let found = read(&batch(vec![view(); 51])).unwrap();
    assert_eq!(found.events.len(), 50);
    let refused = Refused {
        id: Some(ID.into()),
        index: 50,
        code: "too_many_events".into(),
    };
    assert_eq!(found.refused, [refused]);
}

/// An event that by the client's clock was made and sent at these times, from the collector's: when it happened, or
/// why it is refused.
fn check_clock(at: Ms, sent: Value, expect: Result<Ms, &str>) {
    let mut value = batch(vec![view()]);
    value["events"][0]["at"] = json!(NOW.saturating_add(at));
    value["sent"] = sent.clone();
    let found = read(&value).unwrap();
    let found = match found.events.first() {
        Some((at, _)) => Ok(at - NOW),
        None => Err(found.refused[0].code.as_str()),
    };
    assert_eq!(found, expect, "at {at}, sent {sent}");
}

const DAY: Ms = 86_400_000;

#[test]
fn a_wrong_clock_is_corrected_by_the_time_of_sending() {
    for off in [
        0,
        5_000,
        -5_000,
        3 * DAY,
        -3 * DAY,
        365 * DAY,
        -365 * DAY,
        -NOW,
    ] {
        let sent = || json!(NOW + off);
        check_clock(off - 5_000, sent(), Ok(-5_000));
        check_clock(off, sent(), Ok(0));
        check_clock(off + 60_000, sent(), Ok(0));
        check_clock(off + limit::AHEAD_MS_MAX + 1, sent(), Err("from_future"));
        // From a queue that waited for the network.
        check_clock(off - 2 * DAY, sent(), Ok(-2 * DAY));
        check_clock(off - 30 * DAY, sent(), Ok(-30 * DAY));
        check_clock(off - 30 * DAY - 1, sent(), Err("too_old"));
    }
}

#[test]
fn without_a_time_of_sending_the_events_own_time_holds() {
    check_clock(-5_000, json!(null), Ok(-5_000));
    check_clock(60_000, json!(null), Ok(0));
    check_clock(3 * DAY, json!(null), Err("from_future"));
    check_clock(-31 * DAY, json!(null), Err("too_old"));
}

#[test]
fn an_absurd_time_of_sending_refuses_by_name() {
    for sent in [0, -1, Ms::MIN, Ms::MIN + 1, NOW - 31 * DAY] {
        check_clock(-5_000, json!(sent), Err("from_future"));
    }
    for sent in [Ms::MAX, Ms::MAX - NOW, NOW + 31 * DAY] {
        check_clock(-5_000, json!(sent), Err("too_old"));
    }
    for sent in [
        json!("now"),
        json!(1.5),
        json!(1e300),
        json!([]),
        json!(true),
    ] {
        let mut value = batch(vec![view()]);
        value["sent"] = sent;
        assert_eq!(read(&value).unwrap_err(), Rejection::InvalidBatch);
    }
}

#[test]
fn the_events_of_a_batch_keep_their_distances() {
    let times = [-2 * DAY, -2 * DAY + 1, -60_000, -1, 0];
    let event = |at: &Ms| {
        let mut event = view();
        event["at"] = json!(NOW + 9 * DAY + at);
        event
    };
    let mut value = batch(times.iter().map(event).collect());
    value["sent"] = json!(NOW + 9 * DAY);
    let found = read(&value).unwrap();
    let found: Vec<Ms> = found.events.iter().map(|(at, _)| at - NOW).collect();
    assert_eq!(found, times);
}

#[test]
fn codes_are_unique() {
    let mut codes: Vec<&str> = Rejection::ALL.iter().map(|r| r.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), Rejection::ALL.len());
}
