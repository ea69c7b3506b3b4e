//! An example of what was refused or suspected: enough to find what sends it, and nothing that a visitor typed.

use super::What;
use crate::event::Rejection;
use crate::id::{Ms, SiteKey, VisitorId};
use crate::touch::cut;
use crate::verdict::Verdict;
use crate::wire::{Kind, limit};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sample {
    /// When it came.
    pub at: Ms,
    /// The site; empty for what names no site that is known.
    pub site: SiteKey,
    /// Refused or suspected.
    pub what: What,
    /// Which of it, as in [`super::Tally::name`].
    pub name: String,
    /// The origin of the page that sent it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The page: see [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// What the sender calls itself, cut.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// The member that is wrong: `url`, `fields.comment`. Never what it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Of a suspected event: the browser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visitor: Option<VisitorId>,
    /// What a person decided about that browser, as it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
}

/// What is wrong with an event that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Why.
    pub why: Rejection,
    /// The page it names, as [`Sample::page`].
    pub page: Option<String>,
    /// The member that is wrong, as [`Sample::field`].
    pub field: Option<String>,
}

/// An origin or a page in an example is at most this long, in bytes.
const PLACE_BYTES_MAX: usize = 240;
/// A user agent in an example.
const AGENT_BYTES_MAX: usize = 200;
/// What stands for what is left out.
const HIDDEN: &str = "…";

/// A page's address as an example may tell it: no values of the query, no fragment, no name or password, and nothing
/// in the path that may be an address or a telephone number. None of what is no web address.
pub fn page(url: &str) -> Option<String> {
    let url = Url::parse(cut(url, limit::URL_BYTES_MAX)).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let mut text = url.origin().ascii_serialization();
    for part in url.path_segments()? {
        text.push('/');
        text.push_str(if is_plain(part) { part } else { HIDDEN });
    }
    for (place, pair) in url
        .query()
        .into_iter()
        .flat_map(|q| q.split('&'))
        .enumerate()
    {
        text.push(if place == 0 { '?' } else { '&' });
        // What has no name is a value.
        let name = pair.split_once('=').map_or(HIDDEN, |(name, _)| name);
        text.push_str(if is_plain(name) { name } else { HIDDEN });
    }
    Some(cut(&text, PLACE_BYTES_MAX).to_owned())
}

/// An origin as an example may tell it; none of one that is not.
pub fn origin(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let origin = url.origin();
    let text = origin.is_tuple().then(|| origin.ascii_serialization())?;
    Some(cut(&text, PLACE_BYTES_MAX).to_owned())
}

/// A user agent as an example may tell it; none of an empty one.
pub fn agent(text: &str) -> Option<String> {
    let text = cut(text.trim(), AGENT_BYTES_MAX);
    let plain: String = text.chars().filter(|c| !c.is_control()).collect();
    (!plain.is_empty()).then_some(plain)
}

/// Whether a part of an address or a name holds nothing that may be personal.
fn is_plain(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8_lossy();
    digits < 7 && !decoded.contains('@') && text.len() <= limit::KEY_BYTES_MAX
}

/// What is wrong with an event, as it was sent.
pub fn fault(event: &str, why: Rejection) -> Fault {
    let read: Option<Map<String, Value>> = serde_json::from_str(event).ok();
    let url = read.as_ref().and_then(|event| event.get("url")?.as_str());
    Fault {
        why,
        page: url.and_then(page),
        field: read.as_ref().and_then(|event| wrong_member(event, why)),
    }
}

fn wrong_member(event: &Map<String, Value>, why: Rejection) -> Option<String> {
    let named = |name: &str| Some(name.to_owned());
    match why {
        Rejection::InvalidId => named("id"),
        Rejection::UnknownKind => named("kind"),
        Rejection::UrlTooLong | Rejection::InvalidUrl => named("url"),
        Rejection::FromFuture | Rejection::TooOld => named("at"),
        Rejection::TooManyProps => LISTS.into_iter().find_map(|list| {
            let count = event.get(list)?.as_object()?.len();
            (count > limit::PROPS_MAX).then(|| list.to_owned())
        }),
        Rejection::NameTooLong => wrong_pair(event, |name, _| name.len() > limit::KEY_BYTES_MAX)
            .or_else(|| {
                let long = |name: &&str| text(event, name).len() > limit::NAME_BYTES_MAX;
                ["form", "name"].into_iter().find(long).map(str::to_owned)
            }),
        Rejection::ValueTooLong => wrong_pair(event, |_, value| {
            value
                .as_str()
                .is_some_and(|v| v.len() > limit::VALUE_BYTES_MAX)
        }),
        Rejection::InvalidEvent => wrong_type(event),
        _ => None,
    }
}

/// Where an event has names and values of the site's own.
const LISTS: [&str; 2] = ["fields", "props"];

fn text<'a>(event: &'a Map<String, Value>, name: &str) -> &'a str {
    event.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The first field or property that is so: `fields.comment`.
fn wrong_pair(
    event: &Map<String, Value>,
    is_wrong: impl Fn(&str, &Value) -> bool,
) -> Option<String> {
    LISTS.into_iter().find_map(|list| {
        let mut pairs = event.get(list)?.as_object()?.iter();
        let (name, _) = pairs.find(|(name, value)| is_wrong(name, value))?;
        let name = if is_plain(name) { name } else { HIDDEN };
        Some(format!("{list}.{name}"))
    })
}

/// The first member that is missing or of another type.
fn wrong_type(event: &Map<String, Value>) -> Option<String> {
    let is_text = |name: &&str| event.get(*name).is_none_or(|value| !value.is_string());
    if let Some(name) = ["id", "kind", "url"].into_iter().find(is_text) {
        return Some(name.to_owned());
    }
    if !event.get("at").is_some_and(Value::is_i64) {
        return Some("at".to_owned());
    }
    let is_composed = |_: &str, value: &Value| value.is_object() || value.is_array();
    if let Some(name) = wrong_pair(event, is_composed) {
        return Some(name);
    }
    let kind = text(event, "kind");
    if kind == Kind::Engagement.name() {
        return Some("props".to_owned());
    }
    let name = if kind == Kind::Custom.name() {
        "name"
    } else {
        "form"
    };
    text(event, name).is_empty().then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_page_tells_nothing_personal() {
        let check = |url: &str, expect: Option<&str>| {
            assert_eq!(page(url).as_deref(), expect, "{url}");
        };
        check("https://a.cn", Some("https://a.cn/"));
        check(
            "https://me:secret@a.cn:8443/b/c?email=li@b.cn&utm_source=x#li@b.cn",
            Some("https://a.cn:8443/b/c?email&utm_source"),
        );
        check("https://a.cn/u/li@b.cn/x", Some("https://a.cn/u/…/x"));
        check("https://a.cn/u/li%40b.cn", Some("https://a.cn/u/…"));
        check(
            "https://a.cn/t/13800138000?13800138000",
            Some("https://a.cn/t/…?…"),
        );
        check("https://a.cn/?li@b.cn", Some("https://a.cn/?…"));
        check("https://a.cn/?li@b.cn=1", Some("https://a.cn/?…"));
        check("javascript:1", None);
        check("a.cn", None);
        let long = format!("https://a.cn/{}", "b/".repeat(400));
        assert!(page(&long).unwrap().len() <= PLACE_BYTES_MAX);
    }

    #[test]
    fn an_origin_and_a_user_agent_are_cut() {
        assert_eq!(origin("https://a.cn").as_deref(), Some("https://a.cn"));
        assert_eq!(origin("null"), None);
        assert_eq!(agent(" \u{7}curl/8 ").as_deref(), Some("curl/8"));
        assert_eq!(agent("  "), None);
        assert_eq!(agent(&"é".repeat(500)).unwrap().len(), AGENT_BYTES_MAX);
    }

    #[test]
    fn the_wrong_member_is_named_and_never_what_it_holds() {
        let secret = "li.wei@yunge.example";
        let event = json!({"id": secret, "at": 1, "kind": "form_submit", "url": "https://a.cn/?q=1",
            "form": "trial", "fields": {"email": secret, "comment": secret.repeat(60)}});
        let check = |key: &str, value: Value, why: Rejection, expect: Option<&str>| {
            let mut event = event.clone();
            if !key.is_empty() {
                event[key] = value;
            }
            let found = fault(&event.to_string(), why);
            assert_eq!(found.field.as_deref(), expect, "{why:?}");
            assert!(!format!("{found:?}").contains("yunge"), "{found:?}");
        };
        let none = || Value::Null;
        check("", none(), Rejection::InvalidId, Some("id"));
        check("", none(), Rejection::ValueTooLong, Some("fields.comment"));
        check("url", json!(7), Rejection::InvalidEvent, Some("url"));
        check("at", json!("now"), Rejection::InvalidEvent, Some("at"));
        check(
            "fields",
            json!({"a": {"b": secret}}),
            Rejection::InvalidEvent,
            Some("fields.a"),
        );
        check("form", json!(""), Rejection::InvalidEvent, Some("form"));
        check(
            "form",
            json!("x".repeat(65)),
            Rejection::NameTooLong,
            Some("form"),
        );
        check(
            "fields",
            json!({"x".repeat(65): 1}),
            Rejection::NameTooLong,
            Some("fields.…"),
        );
        check(
            "fields",
            json!({secret: "x".repeat(2_000)}),
            Rejection::ValueTooLong,
            Some("fields.…"),
        );
        check("", none(), Rejection::TooManyEvents, None);
        let bare = fault("7", Rejection::InvalidEvent);
        assert_eq!((bare.page, bare.field), (None, None));
    }
}
