//! A batch of events: reading one, within limits, with a name for everything that is refused.

use super::{Content, Refused, Rejection, TrackedEvent, clean};
use crate::id::{EventId, Ms, SiteKey, VisitorId};
use crate::touch::cut;
use crate::wire::{Kind, VERSION, limit};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use url::Url;
use uuid::Uuid;

/// A batch as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The site's key, not yet looked up.
    pub site: SiteKey,
    /// The browser.
    pub visitor: VisitorId,
    /// Whether the visitor consented.
    pub consent: bool,
    /// Whether the tracker saw that a program drives the browser.
    pub automated: bool,
    /// The events that can be kept, each with the time at which it happened, in the collector's time.
    pub events: Vec<(Ms, TrackedEvent)>,
    /// The others.
    pub refused: Vec<Refused>,
}

/// A batch of more events than this is no batch: naming each refusal would make the answer longer than the question.
const EVENTS_NAMED_MAX: usize = 500;

/// Reads a body as a batch. `now` is the collector's time; `sent`, the client's at the moment of sending, tells how
/// far its clock is off. An error refuses all of it.
pub fn parse(body: &[u8], now: Ms) -> Result<Batch, Rejection> {
    if body.len() > limit::BODY_BYTES_MAX {
        return Err(Rejection::BodyTooLarge);
    }
    let text = std::str::from_utf8(body).map_err(|_| Rejection::InvalidUtf8)?;
    let raw: RawBatch<'_> = serde_json::from_str(text).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => Rejection::InvalidBatch,
        _ => Rejection::NotJson,
    })?;
    if raw.v != VERSION {
        return Err(Rejection::UnknownVersion);
    }
    let visitor = Uuid::parse_str(&raw.visitor).ok().filter(|id| !id.is_nil());
    let visitor = VisitorId(visitor.ok_or(Rejection::InvalidBatch)?);
    let countable = (1..=EVENTS_NAMED_MAX).contains(&raw.events.len());
    if raw.site.len() > SiteKey::BYTES_MAX || !countable {
        return Err(Rejection::InvalidBatch);
    }
    let site = SiteKey(raw.site.into_owned());
    let clock_behind_ms = raw.sent.map_or(0, |sent| now.saturating_sub(sent));
    let mut batch = Batch {
        site,
        visitor,
        consent: raw.consent,
        automated: raw.automated,
        events: Vec::with_capacity(raw.events.len()),
        refused: Vec::new(),
    };
    for (index, event) in raw.events.iter().enumerate() {
        let read = if index < limit::EVENTS_MAX {
            parse_event(event.get(), &batch.site, visitor, now, clock_behind_ms)
        } else {
            Err((None, Rejection::TooManyEvents))
        };
        match read {
            Ok(event) => batch.events.push(event),
            Err((id, why)) => batch.refused.push(Refused {
                id: id.or_else(|| claimed_id(event.get())),
                index: u32::try_from(index).unwrap_or(u32::MAX),
                code: why.code().to_owned(),
            }),
        }
    }
    Ok(batch)
}

#[derive(Deserialize)]
struct RawBatch<'a> {
    v: u32,
    #[serde(borrow)]
    site: Cow<'a, str>,
    #[serde(borrow)]
    visitor: Cow<'a, str>,
    #[serde(default)]
    sent: Option<Ms>,
    #[serde(default)]
    consent: bool,
    #[serde(default)]
    automated: bool,
    #[serde(borrow)]
    events: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct RawEvent<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    at: Ms,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    url: Cow<'a, str>,
    #[serde(borrow, default)]
    referrer: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    title: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    form: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    name: Option<Cow<'a, str>>,
    #[serde(default)]
    fields: BTreeMap<String, Scalar>,
    #[serde(default)]
    props: BTreeMap<String, Scalar>,
}

/// A value that is not a list or an object.
#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Text(String),
    Bool(bool),
    Number(serde_json::Number),
    Null(()),
}

/// The id of an event that could not be read, where it has one that may be repeated back.
fn claimed_id(event: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct OnlyId {
        id: String,
    }
    let only: OnlyId = serde_json::from_str(event).ok()?;
    Some(cut(&only.id, limit::NAME_BYTES_MAX).to_owned())
}

type Unread = (Option<String>, Rejection);

fn parse_event(
    text: &str,
    site: &SiteKey,
    visitor: VisitorId,
    now: Ms,
    clock_behind_ms: Ms,
) -> Result<(Ms, TrackedEvent), Unread> {
    let raw: RawEvent<'_> =
        serde_json::from_str(text).map_err(|_| (None, Rejection::InvalidEvent))?;
    let refuse = |why| (Some(cut(&raw.id, limit::NAME_BYTES_MAX).to_owned()), why);
    let require = |holds: bool, why| if holds { Ok(()) } else { Err(refuse(why)) };

    let id = Uuid::parse_str(&raw.id).ok().filter(|id| !id.is_nil());
    let id = EventId(id.ok_or_else(|| refuse(Rejection::InvalidId))?);
    let kind = Kind::from_name(&raw.kind).ok_or_else(|| refuse(Rejection::UnknownKind))?;
    let occurred_at = raw.at.saturating_add(clock_behind_ms);
    require(
        occurred_at <= now.saturating_add(limit::AHEAD_MS_MAX),
        Rejection::FromFuture,
    )?;
    require(
        occurred_at >= now.saturating_sub(limit::AGE_MS_MAX),
        Rejection::TooOld,
    )?;
    require(raw.url.len() <= limit::URL_BYTES_MAX, Rejection::UrlTooLong)?;
    require(is_web_url(&raw.url), Rejection::InvalidUrl)?;

    let name = match kind {
        Kind::PageView => None,
        Kind::FormSubmit => Some(raw.form.as_deref().unwrap_or("form")),
        Kind::Custom => Some(raw.name.as_deref().unwrap_or_default()),
    };
    require(name != Some(""), Rejection::InvalidEvent)?;
    require(
        name.is_none_or(|name| name.len() <= limit::NAME_BYTES_MAX),
        Rejection::NameTooLong,
    )?;
    let name = name.map(clean).unwrap_or_default();
    let content = match kind {
        Kind::PageView => Content::PageView {
            referrer: raw
                .referrer
                .as_deref()
                .filter(|r| r.len() <= limit::URL_BYTES_MAX && is_web_url(r))
                .map(clean),
            title: raw
                .title
                .as_deref()
                .map(|t| clean(cut(t.trim(), limit::TITLE_BYTES_MAX)))
                .filter(|t| !t.is_empty()),
        },
        Kind::FormSubmit => Content::FormSubmit {
            form: name,
            fields: pairs(&raw.fields).map_err(refuse)?,
        },
        Kind::Custom => Content::Custom {
            name,
            props: pairs(&raw.props).map_err(refuse)?,
        },
    };
    let event = TrackedEvent {
        id,
        visitor,
        site: site.clone(),
        url: clean(&raw.url),
        content,
    };
    Ok((occurred_at.min(now), event))
}

/// Whether it is an http or https URL with a host.
fn is_web_url(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// Fields or properties within their limits; empty and null values are left out.
fn pairs(raw: &BTreeMap<String, Scalar>) -> Result<BTreeMap<String, String>, Rejection> {
    if raw.len() > limit::PROPS_MAX {
        return Err(Rejection::TooManyProps);
    }
    let mut found = BTreeMap::new();
    for (key, value) in raw {
        let value = match value {
            Scalar::Text(text) => clean(text),
            Scalar::Bool(value) => value.to_string(),
            Scalar::Number(number) => number.to_string(),
            Scalar::Null(()) => continue,
        };
        if key.len() > limit::KEY_BYTES_MAX {
            return Err(Rejection::NameTooLong);
        }
        if value.len() > limit::VALUE_BYTES_MAX {
            return Err(Rejection::ValueTooLong);
        }
        if !value.is_empty() {
            found.insert(clean(key), value);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let shape = event.shape(&event.stamp(None));
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

    #[test]
    fn a_wrong_clock_is_corrected_by_the_time_of_sending() {
        let mut value = batch(vec![view()]);
        let year = 365 * 86_400_000;
        value["sent"] = json!(NOW + year);
        value["events"][0]["at"] = json!(NOW + year - 5_000);
        assert_eq!(read(&value).unwrap().events[0].0, NOW - 5_000);
        value["events"][0]["at"] = json!(NOW + year + 60_000);
        assert_eq!(read(&value).unwrap().events[0].0, NOW, "not later than now");
    }

    #[test]
    fn codes_are_unique() {
        let mut codes: Vec<&str> = Rejection::ALL.iter().map(|r| r.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Rejection::ALL.len());
    }
}
