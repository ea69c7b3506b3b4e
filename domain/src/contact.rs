//! The keys that find a person: e-mail address, telephone number, WeChat ids, another system's id.
//!
//! Not here: who a key belongs to, and what becomes of two people with one key.

use crate::identity::Email;
use serde::{Deserialize, Serialize};

/// A telephone number in E.164: `+8613800138000`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(String);

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
