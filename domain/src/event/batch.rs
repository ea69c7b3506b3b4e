//! A batch of events: reading one, within limits, with a name for everything that is refused.

use super::{Content, Engagement, Refused, Rejection, TrackedEvent, clean};
use crate::id::{EventId, Ms, SessionId, SiteKey, VisitorId};
use crate::tally::{self, Fault};
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
    /// What is wrong with them: of each reason the first.
    pub faults: Vec<Fault>,
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
        faults: Vec::new(),
    };
    for (index, event) in raw.events.iter().enumerate() {
        let read = if index < limit::EVENTS_MAX {
            parse_event(event.get(), &batch.site, visitor, now, clock_behind_ms)
        } else {
            Err((None, Rejection::TooManyEvents))
        };
        match read {
            Ok(event) => batch.events.push(event),
            Err((id, why)) => {
                if batch.faults.iter().all(|fault| fault.why != why) {
                    batch.faults.push(tally::fault(event.get(), why));
                }
                batch.refused.push(Refused {
                    id: id.or_else(|| claimed_id(event.get())),
                    index: u32::try_from(index).unwrap_or(u32::MAX),
                    code: why.code().to_owned(),
                });
            }
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
    session: Option<Cow<'a, str>>,
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

    let session = raw.session.as_deref().map(SessionId::parse);
    require(session != Some(None), Rejection::InvalidEvent)?;
    let content = content(kind, &raw).map_err(refuse)?;
    let event = TrackedEvent {
        id,
        visitor,
        site: site.clone(),
        session: session.flatten(),
        url: clean(&raw.url),
        content,
    };
    Ok((occurred_at.min(now), event))
}

/// What happened, of an event of this kind.
fn content(kind: Kind, raw: &RawEvent<'_>) -> Result<Content, Rejection> {
    Ok(match kind {
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
        Kind::Engagement => Content::Engagement(engagement(&pairs(&raw.props)?)?),
        Kind::FormView => Content::FormView {
            form: form_name(raw)?,
        },
        Kind::FormStart => Content::FormStart {
            form: form_name(raw)?,
        },
        Kind::FormSubmit => Content::FormSubmit {
            form: form_name(raw)?,
            fields: pairs(&raw.fields)?,
        },
        Kind::Identify => Content::Identify {
            fields: pairs(&raw.fields)?,
        },
        Kind::Custom => Content::Custom {
            name: name(raw.name.as_deref().unwrap_or_default())?,
            props: pairs(&raw.props)?,
        },
    })
}

/// The name of the event's form; one that nobody named is called `form`.
fn form_name(raw: &RawEvent<'_>) -> Result<String, Rejection> {
    name(raw.form.as_deref().unwrap_or("form"))
}

fn name(text: &str) -> Result<String, Rejection> {
    if text.is_empty() {
        Err(Rejection::InvalidEvent)
    } else if text.len() > limit::NAME_BYTES_MAX {
        Err(Rejection::NameTooLong)
    } else {
        Ok(clean(text))
    }
}

/// Seconds and depth, both whole numbers within their limits.
fn engagement(props: &BTreeMap<String, String>) -> Result<Engagement, Rejection> {
    let number = |key: &str| props.get(key).and_then(|text| text.parse::<u32>().ok());
    let seconds = number("seconds").filter(|n| (1..=limit::ENGAGED_SECONDS_MAX).contains(n));
    let scroll = number("scroll").and_then(|percent| u8::try_from(percent).ok());
    let scroll = scroll.filter(|percent| *percent <= limit::SCROLL_PERCENT_MAX);
    seconds
        .zip(scroll)
        .map(|(seconds, scroll)| Engagement { seconds, scroll })
        .ok_or(Rejection::InvalidEvent)
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
mod tests;
