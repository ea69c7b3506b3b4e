//! Who someone claims to be: the keys that find a person, and what a submitted form claims. What its fields are for,
//! [`crate::input`] tells by their names.
//!
//! What a visitor types is a claim: it may create a lead or attach the visitor to the lead of that
//! e-mail address; it merges nothing and overwrites no filled field. Not here yet: phone and WeChat
//! keys, proof, merging.

use crate::input::{self, Input};
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The address in the field that is most plainly named as one.
    pub email: Email,
    /// The other known fields that are not empty.
    pub fields: BTreeMap<Field, String>,
}

/// A claimed value is cut to this many bytes.
const CLAIM_BYTES_MAX: usize = 1_024;

/// The claim in a form's fields; `None` without an e-mail address. Of two fields for the same, the one with the shorter
/// name counts: `email` and not `colleague_email`.
pub fn claim(fields: &BTreeMap<String, String>) -> Option<Claim> {
    let mut named: Vec<(&String, Input, &str)> = fields
        .iter()
        .filter_map(|(name, value)| {
            let value = cut(value.trim(), CLAIM_BYTES_MAX);
            let input = input::read(name)?;
            (!value.is_empty()).then_some((name, input, value))
        })
        .collect();
    named.sort_by_key(|(name, ..)| name.chars().count());
    let email = named
        .iter()
        .filter(|(_, input, _)| *input == Input::Email)
        .find_map(|(_, _, value)| Email::parse(value))?;
    let (mut given, mut family) = (None, None);
    let mut known = BTreeMap::new();
    for (_, input, value) in named {
        match input {
            Input::Email => {}
            Input::GivenName => fill(&mut given, value),
            Input::FamilyName => fill(&mut family, value),
            Input::Field(field) => {
                known.entry(field).or_insert_with(|| value.to_owned());
            }
        }
    }
    if let Some(name) = whole_name(given, family) {
        known.entry(Field::Name).or_insert(name);
    }
    Some(Claim {
        email,
        fields: known,
    })
}

fn fill<'a>(place: &mut Option<&'a str>, value: &'a str) {
    place.get_or_insert(value);
}

/// A person's name of its parts, in the order and with the blank of the script it is written in.
pub(crate) fn whole_name(given: Option<&str>, family: Option<&str>) -> Option<String> {
    let is_han = |text: &str| text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
    match (given, family) {
        (Some(given), Some(family)) if is_han(given) && is_han(family) => {
            Some(format!("{family}{given}"))
        }
        (Some(given), Some(family)) => Some(format!("{given} {family}")),
        (one, other) => one.or(other).map(str::to_owned),
    }
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

    fn form(pairs: &[(&str, &str)]) -> Option<Claim> {
        let pairs = pairs.iter().map(|(k, v)| (k.to_string(), v.to_string()));
        claim(&pairs.collect())
    }

    #[test]
    fn a_claim_takes_known_fields_and_needs_an_address() {
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
        assert_eq!(form(&[("username", "a@b.cn")]), None);
    }

    #[test]
    fn of_two_fields_for_the_same_the_plainest_counts() {
        let check = |pairs: &[(&str, &str)], email: &str, company: &str| {
            let found = form(pairs).unwrap();
            assert_eq!(found.email.as_str(), email);
            let company = Some(company.to_owned()).filter(|company| !company.is_empty());
            assert_eq!(found.fields.get(&Field::Company), company.as_ref());
        };
        check(
            &[("colleague_email", "c@d.cn"), ("email", "a@b.cn")],
            "a@b.cn",
            "",
        );
        check(
            &[("email", "none yet"), ("work_email", "a@b.cn")],
            "a@b.cn",
            "",
        );
        check(
            &[
                ("billing_company", "Old"),
                ("company", "New"),
                ("your-email", "a@b.cn"),
            ],
            "a@b.cn",
            "New",
        );
        check(
            &[("company", " "), ("邮箱", "a@b.cn"), ("公司名称", "云格")],
            "a@b.cn",
            "云格",
        );
    }

    #[test]
    fn a_name_in_parts_is_put_together() {
        let check = |pairs: &[(&str, &str)], expect: Option<&str>| {
            let with_email = [pairs, &[("email", "a@b.cn")]].concat();
            let found = form(&with_email).unwrap();
            assert_eq!(
                found.fields.get(&Field::Name).map(String::as_str),
                expect,
                "{pairs:?}"
            );
        };
        check(&[("given-name", "伟"), ("family-name", "李")], Some("李伟"));
        check(
            &[("first_name", "Ada"), ("last_name", "Lovelace")],
            Some("Ada Lovelace"),
        );
        check(
            &[("given-name", "Wei"), ("family-name", "李")],
            Some("Wei 李"),
        );
        check(&[("first_name", "Ada"), ("last_name", "")], Some("Ada"));
        check(&[("姓", "欧阳"), ("名", "娜")], Some("欧阳娜"));
        check(
            &[("name", "Countess"), ("first_name", "Ada")],
            Some("Countess"),
        );
        check(&[("username", "ada"), ("user_name", "ada")], None);
    }
}
