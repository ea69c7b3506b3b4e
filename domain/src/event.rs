//! Tracked events: what a visitor's browser says happened, and what is decided when it says so.
//!
//! The only way in for what visitors send is [`parse`]. A bad event is refused by name and the good ones of its
//! batch are kept; a batch is refused whole only when nothing in it can be read. Not here: site keys,
//! origins, consent and bots, which the collector checks with what it knows of the request.

mod batch;
mod rejection;
mod repeat;
mod step;

pub use batch::{Batch, parse};
pub use rejection::{Answer, Refused, Rejection};
pub use repeat::forgettable_at;
pub use step::Step;

use crate::agent::{self, BotReason};
use crate::channel::TABLE_VERSION;
use crate::contact::Key;
use crate::device::Device;
use crate::id::{EventId, SessionId, SiteKey, VisitorId};
use crate::identity::{self, Claim};
use crate::rulebook::limit::ASSET_BYTES_MAX;
use crate::score::Shape;
use crate::touch::{self, Touch, cut};
use crate::wechat;
use crate::wire::Kind;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// An event as the tracker sent it, within limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackedEvent {
    /// Made on the client: the same id is the same event.
    pub id: EventId,
    /// By which browser.
    pub visitor: VisitorId,
    /// On which site.
    pub site: SiteKey,
    /// In which visit of the browser; none from trackers that do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// The page's URL, unchanged.
    pub url: String,
    /// What happened.
    #[serde(rename = "what")]
    pub content: Content,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// A page was shown.
    PageView {
        /// The URL that led to it, unchanged.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        referrer: Option<String>,
        /// Its title.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
    },
    /// The page was in front.
    #[serde(rename = "user_engagement")]
    Engagement(Engagement),
    /// A form came into view.
    FormView {
        /// The form's name.
        form: String,
    },
    /// The first field of a form was filled in.
    FormStart {
        /// The form's name.
        form: String,
    },
    /// A form was submitted.
    FormSubmit {
        /// The form's name.
        form: String,
        /// Its fields.
        fields: BTreeMap<String, String>,
    },
    /// The site said who uses the browser.
    Identify {
        /// What it said, like a form's fields.
        fields: BTreeMap<String, String>,
    },
    /// The site said so.
    Custom {
        /// What it calls it.
        name: String,
        /// What it says of it.
        props: BTreeMap<String, String>,
    },
    /// A follower of an official account of WeChat did something there; no tracker can say so.
    Wechat {
        /// The account's AppID.
        app: String,
        /// The follower's id at that account.
        openid: String,
        /// What was done.
        message: wechat::Kind,
    },
}

/// How a page was read, since the last such event of the same page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Engagement {
    /// For how long it was in front, 1–[`crate::wire::limit::ENGAGED_SECONDS_MAX`].
    pub seconds: u32,
    /// How deep it was scrolled at most, in percent of its height.
    pub scroll: u8,
}

impl Content {
    /// What kind of event it is.
    pub fn kind(&self) -> Kind {
        match self {
            Content::PageView { .. } => Kind::PageView,
            Content::Engagement(_) => Kind::Engagement,
            Content::FormView { .. } => Kind::FormView,
            Content::FormStart { .. } => Kind::FormStart,
            Content::FormSubmit { .. } => Kind::FormSubmit,
            Content::Identify { .. } => Kind::Identify,
            Content::Custom { .. } | Content::Wechat { .. } => Kind::Custom,
        }
    }

    /// The form's or the custom event's name.
    pub fn name(&self) -> Option<&str> {
        match self {
            Content::FormView { form: name }
            | Content::FormStart { form: name }
            | Content::FormSubmit { form: name, .. }
            | Content::Custom { name, .. } => Some(name),
            Content::Wechat { message, .. } => Some(message.name()),
            Content::PageView { .. } | Content::Engagement(_) | Content::Identify { .. } => None,
        }
    }

    /// The asset that it is about, when it names one.
    fn asset(&self) -> Option<&str> {
        let named = match self {
            Content::FormSubmit { fields, .. } => fields,
            Content::Custom { props, .. } => props,
            _ => return None,
        };
        let asset = named.get(Shape::ASSET)?.trim();
        (!asset.is_empty()).then_some(asset)
    }

    /// What it says of the person, when it says so.
    pub fn claim(&self) -> Option<Claim> {
        match self {
            Content::FormSubmit { fields, .. } | Content::Identify { fields } => {
                identity::claim(fields)
            }
            Content::Wechat { app, openid, .. } => Key::open_id(app, openid).map(Claim::proven),
            _ => None,
        }
    }
}

/// What the collector decided about an event when it came, with the version of the tables it used. A replay
/// applies it and does not decide again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Why it is held to come from a program; then it weighs nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bot: Option<BotReason>,
    /// Where the visit came from, when the event is a touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touch: Option<Touch>,
    /// With what the page was seen; page views alone say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Device>,
    /// [`TABLE_VERSION`] of the channel and click id tables.
    #[serde(default)]
    pub table: u16,
}

impl TrackedEvent {
    /// What kind of event it is.
    pub fn kind(&self) -> Kind {
        self.content.kind()
    }

    /// Decides what is to be decided about the event when it comes: the verdict, the touch and the device. `bot` is what
    /// its batch is held for, `device` what its user agent names, `own` are the hosts of its site.
    pub fn stamp(&self, bot: Option<BotReason>, device: &Device, own: &[String]) -> Stamp {
        let mut stamp = Stamp {
            bot,
            touch: None,
            device: None,
            table: TABLE_VERSION,
        };
        if let Content::PageView { referrer, .. } = &self.content {
            stamp.touch = touch::read(&self.url, referrer.as_deref(), own, device.app);
            stamp.device = Some(*device).filter(|device| !device.is_unknown());
        }
        let suspect = |touch: &Touch| agent::judge_touch(touch, device);
        stamp.bot = bot.or_else(|| stamp.touch.as_ref().and_then(suspect));
        stamp
    }

    /// What the event looks like to a rule.
    pub fn shape(&self, stamp: &Stamp) -> Shape {
        let path = decoded(path(&self.url));
        let asset = self.content.asset();
        Shape {
            name: self.content.name().map(str::to_owned),
            channel: stamp.touch.as_ref().map(|touch| touch.channel),
            asset: asset.map(|asset| cut(asset, ASSET_BYTES_MAX).to_owned()),
            seconds: match &self.content {
                Content::Engagement(engagement) => Shape::step(engagement.seconds),
                _ => 0,
            },
            ..Shape::new(self.kind(), cut(&path, Shape::PATH_BYTES_MAX))
        }
    }
}

/// The path of an absolute URL, `/` when it has none.
fn path(url: &str) -> &str {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = after_scheme.find(['?', '#']).unwrap_or(after_scheme.len());
    let before_query = after_scheme.get(..end).unwrap_or(after_scheme);
    before_query
        .find('/')
        .and_then(|start| before_query.get(start..))
        .unwrap_or("/")
}

/// A path as people write it: `/%E4%BA%A7` is `/产`.
fn decoded(path: &str) -> Cow<'_, str> {
    let text = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    if text.contains('\0') {
        clean(&text).into()
    } else {
        text
    }
}

/// The text without U+0000, at which stores written in C stop reading.
fn clean(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_what_stands_between_host_and_query() {
        for (url, expect) in [
            ("https://a.cn", "/"),
            ("https://a.cn?x=/y", "/"),
            ("https://a.cn/b/c#d", "/b/c"),
        ] {
            assert_eq!(path(url), expect);
        }
        for (path, expect) in [
            ("/%E4%BA%A7", "/产"),
            ("/a%00%2Fb", "/a\u{fffd}/b"),
            ("/%FF", "/\u{fffd}"),
        ] {
            assert_eq!(decoded(path), expect);
        }
    }
}
