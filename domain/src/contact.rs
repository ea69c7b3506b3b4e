//! The keys that find a person: e-mail address, telephone number, WeChat ids, another system's id.
//!
//! Not here: who a key belongs to, and what becomes of two people with one key.

use crate::identity::Email;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A telephone number in E.164: `+8613800138000`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(String);

impl Phone {
    /// The number.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Another system's id of a person is at most this long, in bytes.
const KEY_BYTES_MAX: usize = 200;

/// What finds a person. No two people have the same one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Key {
    /// An e-mail address.
    Email(Email),
    /// A telephone number.
    Phone(Phone),
    /// A WeChat user of one official account or mini program: `{app id}/{openid}`.
    OpenId(String),
    /// A WeChat user of one company.
    UnionId(String),
    /// What another system calls the person: `{system}/{id}`.
    External(String),
}

/// How well a key is known to be the person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Someone typed it.
    Claimed,
    /// A mailed link was clicked, a platform or a token says so, or a member of the workspace does.
    Proven,
}

impl Key {
    /// The key in the form in which people are found by it. Codes: `not_an_email`, `not_a_phone`, `not_a_key`.
    pub fn normal(self) -> Result<Key, &'static str> {
        let plain = |id: &str| {
            let fits = (1..=KEY_BYTES_MAX).contains(&id.len());
            fits && !id.chars().any(|c| c.is_whitespace() || c.is_control())
        };
        match self {
            Key::Email(email) => {
                let email = Email::parse(email.as_str()).ok_or("not_an_email")?;
                Ok(Key::Email(email))
            }
            Key::Phone(phone) => Ok(Key::Phone(phone)),
            Key::OpenId(id) | Key::UnionId(id) | Key::External(id) if !plain(&id) => {
                Err("not_a_key")
            }
            known => Ok(known),
        }
    }

    /// The stable name of its kind.
    pub const fn kind(&self) -> &'static str {
        match self {
            Key::Email(_) => "email",
            Key::Phone(_) => "phone",
            Key::OpenId(_) => "open_id",
            Key::UnionId(_) => "union_id",
            Key::External(_) => "external",
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = match self {
            Key::Email(email) => email.as_str(),
            Key::Phone(phone) => phone.as_str(),
            Key::OpenId(id) | Key::UnionId(id) | Key::External(id) => id,
        };
        write!(f, "{}:{value}", self.kind())
    }
}
