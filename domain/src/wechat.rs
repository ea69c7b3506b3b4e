//! Messages that a WeChat official account pushes: from a request's query and body to a [`Message`], or a [`Refusal`].
//!
//! After the published protocol (developers.weixin.qq.com: receiving messages and event pushes, encrypted messages). An
//! openid comes from WeChat's own servers, signed, so it is proof of a person. Not here: what becomes of a message,
//! and answering one: an empty answer is an answer, and WeChat sends again what is not answered within five seconds.

mod cipher;
mod follower;
mod signature;
mod xml;

#[cfg(test)]
mod tests;

pub use cipher::is_aes_key;
pub use follower::site;

use crate::id::Ms;
use serde::{Deserialize, Serialize};
use signature::{Signed, is_signed};
use std::collections::BTreeMap;

/// Limits of what is read.
pub mod limit {
    /// A body, in bytes: a text message has some 2,000 characters, and an encrypted one is a third longer.
    pub const BODY_BYTES_MAX: usize = 64 * 1024;
    /// A query, in bytes: WeChat's have some 200.
    pub const QUERY_BYTES_MAX: usize = 4 * 1024;
    /// Elements of a message.
    pub const ELEMENTS_MAX: usize = 64;
    /// How deep they are nested.
    pub const DEPTH_MAX: usize = 8;
    /// An openid, in bytes; they have 28.
    pub const OPENID_BYTES_MAX: usize = 64;
    /// A text that is kept, in bytes; longer ones are cut.
    pub const TEXT_BYTES_MAX: usize = 8 * 1024;
    /// How far the time of a signature, and of a message, may lie from now, in milliseconds: WeChat sends again within seconds, and a
    /// request that was overheard is of no use afterwards.
    pub const SIGNED_MS: i64 = 10 * 60_000;
    /// How old a message may be, in milliseconds.
    pub const MESSAGE_MS: i64 = 24 * 60 * 60_000;
}

/// What is agreed with WeChat about an official account. The last two are secrets.
#[derive(Clone, Copy)]
pub struct Account<'a> {
    /// The AppID.
    pub app_id: &'a str,
    /// The token, with which every request is signed.
    pub token: &'a str,
    /// The EncodingAESKey, where messages are encrypted: then none is taken that is not.
    pub aes_key: Option<&'a str>,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Who: the person's id at this account.
    pub openid: String,
    /// When, to the second.
    pub at: Ms,
    /// What happened.
    pub kind: Kind,
    /// The id of what a person wrote; events have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub msg_id: Option<String>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The person follows the account; by a code with a scene, when there is one.
    Subscribe {
        /// The code's parameter.
        scene: Option<String>,
    },
    /// The person follows it no longer.
    Unsubscribe,
    /// A follower scanned a code with a scene.
    Scan {
        /// The code's parameter.
        scene: String,
    },
    /// A menu's button was pressed.
    Menu {
        /// The button's key.
        key: String,
    },
    /// A menu's link was followed.
    View {
        /// Where it leads.
        url: String,
    },
    /// Where the person is, sent because the person allowed it.
    Position(Place),
    /// A text was written.
    Text {
        /// What it says.
        text: String,
    },
    /// A picture was sent.
    Image {
        /// Where WeChat keeps it for some days.
        url: String,
    },
    /// A voice message.
    Voice {
        /// What was said, where WeChat recognised it.
        text: Option<String>,
    },
    /// A video, long or short.
    Video,
    /// A place was sent.
    Location {
        /// Where.
        place: Place,
        /// What the map calls it.
        label: String,
    },
    /// A link was sent.
    Link {
        /// Its title.
        title: String,
        /// Where it leads.
        url: String,
    },
    /// Something else: its type, of an event the event's name.
    Other {
        /// As WeChat calls it.
        name: String,
    },
}

/// A place on earth, in millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// North is positive.
    pub latitude: i32,
    /// East is positive.
    pub longitude: i32,
}

/// Why a request is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The query lacks what a signature needs.
    #[error("unsigned")]
    Unsigned,
    /// The signature is another.
    #[error("wrong_signature")]
    WrongSignature,
    /// The signature is of another time.
    #[error("stale")]
    Stale,
    /// The body is longer than [`limit::BODY_BYTES_MAX`].
    #[error("too_large")]
    TooLarge,
    /// The account encrypts, and this is not encrypted.
    #[error("not_encrypted")]
    NotEncrypted,
    /// It is encrypted, and cannot be decrypted with the account's key.
    #[error("undecryptable")]
    Undecryptable,
    /// It was encrypted for another account.
    #[error("other_account")]
    OtherAccount,
    /// The body is no XML of WeChat's form.
    #[error("malformed")]
    Malformed,
}

impl Refusal {
    /// Every one.
    pub const ALL: [Refusal; 8] = [
        Refusal::Unsigned,
        Refusal::WrongSignature,
        Refusal::Stale,
        Refusal::TooLarge,
        Refusal::NotEncrypted,
        Refusal::Undecryptable,
        Refusal::OtherAccount,
        Refusal::Malformed,
    ];

    /// The one that is counted by that name.
    pub fn of(name: &str) -> Option<Refusal> {
        Refusal::ALL.into_iter().find(|why| why.to_string() == name)
    }
}

impl Message {
    /// The same for every time that WeChat sends it: the message's id; of an event, which has none, person, time and
    /// what happened.
    pub fn identity(&self) -> String {
        match &self.msg_id {
            Some(id) => id.clone(),
            None => format!("{} {} {}", self.openid, self.at, self.kind.name()),
        }
    }
}

impl Kind {
    /// The stable name: that of the event which it becomes.
    pub const fn name(&self) -> &'static str {
        match self {
            Kind::Subscribe { .. } => "wechat.subscribe",
            Kind::Unsubscribe => "wechat.unsubscribe",
            Kind::Scan { .. } => "wechat.scan",
            Kind::Menu { .. } => "wechat.menu",
            Kind::View { .. } => "wechat.view",
            Kind::Position(_) => "wechat.position",
            Kind::Text { .. } => "wechat.text",
            Kind::Image { .. } => "wechat.image",
            Kind::Voice { .. } => "wechat.voice",
            Kind::Video => "wechat.video",
            Kind::Location { .. } => "wechat.location",
            Kind::Link { .. } => "wechat.link",
            Kind::Other { .. } => "wechat.other",
        }
    }
}

/// The answer to the request by which WeChat tries an address out: its `echostr`.
pub fn echo(account: &Account, query: &str, now: Ms) -> Result<String, Refusal> {
    let signed = Signed::of(query)?;
    signed.check(account, now)?;
    signed.echo.ok_or(Refusal::Unsigned)
}

/// Reads a pushed message.
pub fn read(account: &Account, query: &str, body: &[u8], now: Ms) -> Result<Message, Refusal> {
    if body.len() > limit::BODY_BYTES_MAX {
        return Err(Refusal::TooLarge);
    }
    let signed = Signed::of(query)?;
    signed.check(account, now)?;
    let body = std::str::from_utf8(body).map_err(|_| Refusal::Malformed)?;
    let fields = xml::fields(body)?;
    let Some(key) = account.aes_key else {
        return timely(message(&Fields(fields))?, now);
    };
    let encrypted = fields.get("Encrypt").ok_or(Refusal::NotEncrypted)?;
    let signature = signed.message.as_deref().ok_or(Refusal::Unsigned)?;
    let parts = [account.token, &signed.timestamp, &signed.nonce, encrypted];
    if !is_signed(signature, &parts) {
        return Err(Refusal::WrongSignature);
    }
    let body = cipher::decrypt(key, account.app_id, encrypted)?;
    timely(message(&Fields(xml::fields(&body)?))?, now)
}

/// A message of today: WeChat gives up sending after seconds, and an older one may have been counted and forgotten.
fn timely(message: Message, now: Ms) -> Result<Message, Refusal> {
    let age = now.saturating_sub(message.at);
    let is_timely = (-limit::SIGNED_MS..=limit::MESSAGE_MS).contains(&age);
    is_timely.then_some(message).ok_or(Refusal::Stale)
}

/// The elements of a message, by name.
struct Fields(BTreeMap<String, String>);

impl Fields {
    /// One that may be absent, and counts as absent when it is empty.
    fn get(&self, name: &str) -> Option<String> {
        let text = self.0.get(name).filter(|text| !text.is_empty())?;
        let end = text.floor_char_boundary(limit::TEXT_BYTES_MAX);
        text.get(..end).map(str::to_owned)
    }

    fn require(&self, name: &str) -> Result<String, Refusal> {
        self.get(name).ok_or(Refusal::Malformed)
    }

    fn place(&self, latitude: &str, longitude: &str) -> Result<Place, Refusal> {
        let read = |name, degrees_max| {
            millionths(&self.require(name)?, degrees_max).ok_or(Refusal::Malformed)
        };
        Ok(Place {
            latitude: read(latitude, 90)?,
            longitude: read(longitude, 180)?,
        })
    }
}

fn message(fields: &Fields) -> Result<Message, Refusal> {
    let openid = fields.require("FromUserName")?;
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    if openid.len() > limit::OPENID_BYTES_MAX || !openid.bytes().all(is_plain) {
        return Err(Refusal::Malformed);
    }
    let seconds: u32 = number(&fields.require("CreateTime")?)?;
    let msg_id = fields.get("MsgId");
    if let Some(id) = &msg_id {
        number::<u64>(id)?;
    }
    let name = fields.require("MsgType")?;
    let kind = match name.as_str() {
        "event" => event(fields)?,
        "text" => Kind::Text {
            text: fields.get("Content").unwrap_or_default(),
        },
        "image" => Kind::Image {
            url: fields.get("PicUrl").unwrap_or_default(),
        },
        "voice" => Kind::Voice {
            text: fields.get("Recognition"),
        },
        "video" | "shortvideo" => Kind::Video,
        "location" => Kind::Location {
            place: fields.place("Location_X", "Location_Y")?,
            label: fields.get("Label").unwrap_or_default(),
        },
        "link" => Kind::Link {
            title: fields.get("Title").unwrap_or_default(),
            url: fields.require("Url")?,
        },
        _ => Kind::Other { name },
    };
    Ok(Message {
        openid,
        at: Ms::from(seconds).saturating_mul(1_000),
        kind,
        msg_id,
    })
}

/// What an event tells. WeChat writes some names in capitals; either is taken.
fn event(fields: &Fields) -> Result<Kind, Refusal> {
    let name = fields.require("Event")?;
    let key = || fields.require("EventKey");
    Ok(match name.to_ascii_lowercase().as_str() {
        "subscribe" => Kind::Subscribe {
            // Without a code there is no key, or one of another form.
            scene: fields
                .get("EventKey")
                .and_then(|key| key.strip_prefix("qrscene_").map(str::to_owned)),
        },
        "unsubscribe" => Kind::Unsubscribe,
        "scan" => Kind::Scan { scene: key()? },
        "click" => Kind::Menu { key: key()? },
        "view" => Kind::View { url: key()? },
        "location" => Kind::Position(fields.place("Latitude", "Longitude")?),
        _ => Kind::Other { name },
    })
}

/// A whole number of digits alone.
fn number<N: std::str::FromStr>(text: &str) -> Result<N, Refusal> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let number = digits.then(|| text.parse().ok()).flatten();
    number.ok_or(Refusal::Malformed)
}

/// Degrees as a decimal fraction, in millionths; what lies beyond those is cut off.
fn millionths(text: &str, degrees_max: i32) -> Option<i32> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => (-1, text),
        None => (1, text),
    };
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(part) {
        return None;
    }
    let part: String = part.chars().chain("000000".chars()).take(6).collect();
    let whole: i32 = whole.parse().ok()?;
    let all = whole
        .checked_mul(1_000_000)?
        .checked_add(part.parse().ok()?)?;
    (all <= degrees_max.checked_mul(1_000_000)?).then(|| all.saturating_mul(sign))
}
