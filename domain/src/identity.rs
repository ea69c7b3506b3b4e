//! Who someone claims to be: the keys that find a person, and what a submitted form claims.
//!
//! What a visitor types is a claim: it may create a lead or attach the visitor to the lead of that
//! e-mail address; it merges nothing and overwrites no filled field. Not here yet: phone and WeChat
//! keys, proof, merging.

use crate::lead::Field;
use crate::touch::cut;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An e-mail address, trimmed and lower-cased: a key of a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// An address is at most this long, in bytes (RFC 5321 §4.5.3.1.3, less the angle brackets).
    pub const BYTES_MAX: usize = 254;

    /// Reads an address: one `@` with something before it, a dot in the domain, no blanks or
    /// control characters. Whether mail reaches it only mail can tell.
    pub fn parse(text: &str) -> Option<Email> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@')?;
        let plain = text
            .chars()
            .all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | ',' | ';'));
        let dotted = domain
            .split_once('.')
            .is_some_and(|(first, rest)| !first.is_empty() && !rest.is_empty());
        let holds = plain
            && dotted
            && !local.is_empty()
            && !local.contains('@')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !domain.contains("..")
            && text.len() <= Email::BYTES_MAX;
        holds.then(|| Email(text.to_lowercase()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a submitted form says of the person who submitted it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The first field that reads as an e-mail address and is named as one.
    pub email: Email,
    /// The other known fields that are not empty.
    pub fields: BTreeMap<Field, String>,
}

/// A claimed value is cut to this many bytes.
const CLAIM_BYTES_MAX: usize = 1_024;

/// The claim in a form's fields; `None` without an e-mail address.
pub fn claim(fields: &BTreeMap<String, String>) -> Option<Claim> {
    let named = |name: &String| {
        matches!(
            name.to_ascii_lowercase().as_str(),
            "email" | "e-mail" | "mail" | "work_email"
        )
    };
    let email = fields
        .iter()
        .find_map(|(name, value)| named(name).then(|| Email::parse(value)).flatten())?;
    let mut known = BTreeMap::new();
    for (name, value) in fields {
        let value = cut(value.trim(), CLAIM_BYTES_MAX);
        if let (Some(field), false) = (Field::of_input(name), value.is_empty()) {
            known.entry(field).or_insert_with(|| value.to_owned());
        }
    }
    Some(Claim {
        email,
        fields: known,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_trimmed_and_folded() {
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(
                Email::parse(text).as_ref().map(Email::as_str),
                expect,
                "{text:?}"
            );
        };
        check(" Li.Wei@Example.COM ", Some("li.wei@example.com"));
        check(
            "o'neil+tag@sub.example.cn",
            Some("o'neil+tag@sub.example.cn"),
        );
        check("李@例子.中国", Some("李@例子.中国"));
        for bad in [
            "",
            "a",
            "@b.c",
            "a@",
            "a@b",
            "a@.b",
            "a@b.",
            "a@b..c",
            "a b@c.d",
            "a@b@c.d",
            "a@b.c,d@e.f",
            "<a@b.c>",
        ] {
            check(bad, None);
        }
        check(&format!("{}@b.c", "a".repeat(260)), None);
    }

    #[test]
    fn a_claim_takes_known_fields_and_needs_an_address() {
        let form = |pairs: &[(&str, &str)]| {
            claim(
                &pairs
                    .iter()
                    .map(|(k, v)| (k.to_string(), v.to_string()))
                    .collect(),
            )
        };
        let found = form(&[
            ("Email", "a@b.cn"),
            ("company", " 云格 "),
            ("tel", ""),
            ("colour", "red"),
        ])
        .unwrap();
        assert_eq!(found.email.as_str(), "a@b.cn");
        assert_eq!(
            found.fields.into_iter().collect::<Vec<_>>(),
            [(Field::Company, "云格".to_owned())]
        );
        assert_eq!(form(&[("name", "a@b.cn")]), None);
        assert_eq!(form(&[("email", "not one")]), None);
    }
}
