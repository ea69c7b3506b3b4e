//! The keys that find a person: e-mail address, telephone number, WeChat ids, another system's id.
//!
//! Not here: who a key belongs to, and what becomes of two people with one key.

pub mod country;
pub mod phone;

pub use country::Country;
pub use phone::{Phone, PhoneFault, PhoneRead};

use crate::id::is_slug;
use crate::identity::Email;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What finds a person. No two people have the same one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

impl Key {
    /// A key as text is at most this long, in bytes: the longest is a WeChat user of an app, both of their longest.
    pub const BYTES_MAX: usize = 265;
    /// A WeChat id, and what another system calls a person, is at most this long, in bytes.
    pub const ID_BYTES_MAX: usize = 128;
    /// Another system's name is at most this long, in bytes.
    pub const SYSTEM_BYTES_MAX: usize = 32;

    /// The kind, as stored and sent.
    pub const fn kind(&self) -> &'static str {
        match self {
            Key::Email(_) => "email",
            Key::Phone(_) => "phone",
            Key::OpenId(_) => "open_id",
            Key::UnionId(_) => "union_id",
            Key::External(_) => "external",
        }
    }

    /// What is of that kind.
    pub fn value(&self) -> &str {
        match self {
            Key::Email(email) => email.as_str(),
            Key::Phone(phone) => phone.as_str(),
            Key::OpenId(id) | Key::UnionId(id) | Key::External(id) => id,
        }
    }

    /// The key in the form in which people are found by it; a phone without a country is read as of `default`. Codes:
    /// `not_an_email`, `not_a_phone`, `ambiguous_phone`, `not_a_key`.
    pub fn normal(self, default: Country) -> Result<Key, &'static str> {
        match self {
            Key::Email(email) => {
                let email = Email::parse(email.as_str()).ok_or("not_an_email")?;
                Ok(Key::Email(email))
            }
            Key::Phone(phone) => match Phone::parse(phone.as_str(), default) {
                PhoneRead::Good(phone) => Ok(Key::Phone(phone)),
                PhoneRead::Ambiguous(_) => Err("ambiguous_phone"),
                PhoneRead::Bad(_) => Err("not_a_phone"),
            },
            other => other.to_string().parse().map_err(|_| "not_a_key"),
        }
    }

    /// A WeChat user of an official account or mini program.
    pub fn open_id(app: &str, id: &str) -> Option<Key> {
        (is_wechat_id(app) && is_wechat_id(id)).then(|| Key::OpenId(format!("{app}/{id}")))
    }

    /// A WeChat user of a company.
    pub fn union_id(id: &str) -> Option<Key> {
        is_wechat_id(id).then(|| Key::UnionId(id.to_owned()))
    }

    /// What another system calls a person. The system's name is lower-case letters, digits and hyphens; the id is
    /// without control characters and without blanks at its ends.
    pub fn external(system: &str, id: &str) -> Option<Key> {
        let fits = (1..=Key::ID_BYTES_MAX).contains(&id.len());
        let plain = id.trim() == id && !id.chars().any(char::is_control);
        (is_slug(system, Key::SYSTEM_BYTES_MAX) && fits && plain)
            .then(|| Key::External(format!("{system}/{id}")))
    }
}

/// Letters, digits, `-` and `_`, as WeChat makes its ids.
fn is_wechat_id(text: &str) -> bool {
    let mut bytes = text.bytes();
    (1..=Key::ID_BYTES_MAX).contains(&text.len())
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

impl fmt::Display for Key {
    /// One text for each key: `email:a@b.cn`, `phone:+8613800138000`, `external:crm/42`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind(), self.value())
    }
}

impl FromStr for Key {
    type Err = &'static str;

    /// Reads what [`Key::fmt`] wrote. A phone is in E.164 and an address may be in any form.
    fn from_str(text: &str) -> Result<Key, &'static str> {
        let whole = Some(text).filter(|text| text.len() <= Key::BYTES_MAX);
        let (kind, value) = whole
            .and_then(|text| text.split_once(':'))
            .ok_or("not_a_key")?;
        let pair = value.split_once('/');
        let key = match kind {
            "email" => Email::parse(value).map(Key::Email),
            "phone" => value.parse().ok().map(Key::Phone),
            "open_id" => pair.and_then(|(app, id)| Key::open_id(app, id)),
            "union_id" => Key::union_id(value),
            "external" => pair.and_then(|(system, id)| Key::external(system, id)),
            _ => return Err("unknown_key_kind"),
        };
        key.ok_or("not_a_key")
    }
}

/// How well a key is known to be the person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Someone typed it.
    Claimed,
    /// A mailed link was clicked, a platform or a token says so, or a member of the workspace does.
    Proven,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_key_is_written_and_read_as_one_text() {
        let check = |text: &str, expect: Result<&str, &str>| {
            let read = text.parse::<Key>().map(|key| key.to_string());
            assert_eq!(read, expect.map(str::to_owned), "{text:?}");
        };
        check("email:a@b.cn", Ok("email:a@b.cn"));
        check("email: A@B.CN", Ok("email:a@b.cn"));
        check("email:a@xn--fsqu00a.xn--fiqs8s", Ok("email:a@例子.中国"));
        check("phone:+8613800138000", Ok("phone:+8613800138000"));
        check(
            "open_id:wx0123456789abcdef/oABC-d_e",
            Ok("open_id:wx0123456789abcdef/oABC-d_e"),
        );
        check("union_id:oXyZ", Ok("union_id:oXyZ"));
        check("external:crm/a/b:c 中", Ok("external:crm/a/b:c 中"));
        for bad in [
            "",
            "email",
            "email:",
            "phone:13800138000",
            "open_id:wx1",
            "open_id:/o",
            "open_id:wx1/",
            "open_id:wx1/a/b",
            "union_id:a b",
            "external:crm",
            "external:CRM/1",
            "external:crm/",
            "external:crm/ 1",
            "external:crm/a\n",
        ] {
            check(bad, Err("not_a_key"));
        }
        check("fax:1", Err("unknown_key_kind"));
        check(
            &format!("external:crm/{}", "a".repeat(129)),
            Err("not_a_key"),
        );
        check(&"email:".repeat(5_000), Err("not_a_key"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(system in "[a-z0-9-]{1,32}", id in "\\PC{1,60}", wechat in "[A-Za-z0-9_-]{1,128}") {
            let keys = [Key::external(&system, &id), Key::open_id(&wechat, &wechat), Key::union_id(&wechat)];
            for key in keys.into_iter().flatten() {
                let text = key.to_string();
                prop_assert!(text.len() <= Key::BYTES_MAX);
                prop_assert_eq!(text.parse(), Ok(key));
            }
        }
    }
}
