//! Who someone claims to be: the keys that find a person, and what a submitted form claims. What its fields are for,
//! [`crate::input`] tells by their names.
//!
//! What a visitor types is a claim: it may create a lead or attach the visitor to the lead of that
//! e-mail address, else of that telephone number; it merges nothing and overwrites no filled field. Not here: the other keys ([`crate::contact`]),
//! proof, merging.

use crate::contact::{Country, Key, Phone, PhoneRead};
use crate::host;
use crate::input::{self, Input};
use crate::lead::Field;
use crate::plain;
use crate::touch::cut;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An e-mail address in the one form it is compared in: a key of a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// An address is at most this long, in bytes (RFC 5321 §4.5.3.1.3, less the angle brackets).
    pub const BYTES_MAX: usize = 254;
    /// What is before the `@` is at most this long, in bytes (RFC 5321 §4.5.3.1.1).
    pub const LOCAL_BYTES_MAX: usize = 64;

    /// Reads an address: something before the last `@` and a host with a dot after it. Whether mail reaches it only
    /// mail can tell.
    ///
    /// Full-width characters are taken as ASCII, upper case as lower, and a host's international labels as Unicode
    /// ([`host::parse`]). Before the `@`, quotes that change nothing go (RFC 5321 §4.1.2), and a `+` with what follows
    /// stays: whose it is only the receiving host knows. Hidden characters at the ends come of pasting and go;
    /// one within would make two addresses that look like one, so it is refused (RFC 8264 §9.1 disallows them too).
    pub fn parse(text: &str) -> Option<Email> {
        // A character of full width has three bytes, and some may be hidden.
        if text.len() > Email::BYTES_MAX.saturating_mul(4) {
            return None;
        }
        let text: String = plain::trimmed(text).chars().map(plain::narrow).collect();
        let (local, domain) = text.rsplit_once('@')?;
        let (local, domain) = (local_part(local)?, host::parse(domain)?);
        let address = format!("{local}@{domain}");
        let fits = local.len() <= Email::LOCAL_BYTES_MAX && address.len() <= Email::BYTES_MAX;
        fits.then_some(Email(address))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host that the address is at.
    pub fn host(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, host)| host)
    }
}

/// What is before the `@`, in lower case; in quotes only when it has to be.
fn local_part(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let is_bad = |c: char| c.is_control() || plain::is_hidden(c);
    if text.is_empty() || text.chars().any(is_bad) {
        return None;
    }
    let inner = text
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let Some(inner) = inner else {
        return is_atom(&text).then_some(text);
    };
    let (mut bare, mut quoted, mut escaped) = (String::new(), String::new(), false);
    for c in inner.chars() {
        match c {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            '"' if !escaped => return None,
            '"' | '\\' => quoted.push('\\'),
            _ if c.is_whitespace() && c != ' ' => return None,
            _ => {}
        }
        escaped = false;
        bare.push(c);
        quoted.push(c);
    }
    let dotted = bare.starts_with('.') || bare.ends_with('.') || bare.contains("..");
    match (escaped, is_atom(&bare) && !dotted) {
        (true, _) => None,
        (false, true) => Some(bare),
        (false, false) => Some(format!("\"{quoted}\"")),
    }
}

/// Whether a text stands before the `@` without quotes (RFC 5322 §3.2.3, and letters of every script by RFC 6531).
/// Dots may stand anywhere: some providers have given out such addresses.
fn is_atom(text: &str) -> bool {
    let special = |c: char| c.is_whitespace() || "()<>[]:;@\\,\"".contains(c);
    !text.is_empty() && !text.chars().any(special)
}

/// What a submitted form says of the person who submitted it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The address in the field that is most plainly named as one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// The telephone number in the field that is most plainly named as one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// What a platform says that knows the person; nobody can type it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proven: Option<Key>,
    /// The other known fields that are not empty.
    pub fields: BTreeMap<Field, String>,
}

impl Claim {
    /// Nothing but a key that a platform proves.
    pub fn proven(key: Key) -> Claim {
        Claim {
            email: None,
            phone: None,
            proven: Some(key),
            fields: BTreeMap::new(),
        }
    }

    /// The claimed keys, that by which the person is looked for first.
    pub fn keys(&self) -> Vec<Key> {
        let email = self.email.clone().map(Key::Email);
        let phone = self.phone.clone().map(Key::Phone);
        let proven = self.proven.clone();
        proven.into_iter().chain(email).chain(phone).collect()
    }
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
        .find_map(|(_, _, value)| Email::parse(value));
    let phone = named
        .iter()
        .filter(|(_, input, _)| *input == Input::Field(Field::Phone))
        .find_map(|(_, _, value)| match Phone::parse(value, Country::CN) {
            PhoneRead::Good(phone) => Some(phone),
            PhoneRead::Ambiguous(_) | PhoneRead::Bad(_) => None,
        });
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
    let claim = Claim {
        email,
        phone,
        proven: None,
        fields: known,
    };
    (!claim.keys().is_empty()).then_some(claim)
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
        check("李@xn--fsqu00a.XN--FIQS8S", Some("李@例子.中国"));
        check("info@Bücher.de", Some("info@bücher.de"));
        check("info@xn--bcher-kva.de", Some("info@bücher.de"));
        check(
            "ｌｉ．ｗｅｉ＠ｅｘａｍｐｌｅ．ｃｎ",
            Some("li.wei@example.cn"),
        );
        check("li@example。cn", Some("li@example.cn"));
        check("\u{feff}a@b.cn\u{200b}\u{202c} ", Some("a@b.cn"));
        check("\"A b\"@x.cn", Some("\"a b\"@x.cn"));
        check("\"a@b\"@x.cn", Some("\"a@b\"@x.cn"));
        check("\"a\\\"b\"@x.cn", Some("\"a\\\"b\"@x.cn"));
        check("\"a\\b\"@x.cn", Some("ab@x.cn"));
        check("\"ab\"@x.cn", Some("ab@x.cn"));
        check("\"a+b\"@x.cn", Some("a+b@x.cn"));
        check("\"a..b\"@x.cn", Some("\"a..b\"@x.cn"));
        check("a..b.@docomo.ne.jp", Some("a..b.@docomo.ne.jp"));
        check("a+😀@b.cn", Some("a+😀@b.cn"));
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
            "a\u{200b}b@c.cn",
            "a@b\u{200d}b.cn",
            "a\u{202e}@b.cn",
            "\"\"\"@b.cn",
            "\"a\\\"@b.cn",
            "\"a\tb\"@b.cn",
            "a\"b@c.cn",
            "a(b)@c.cn",
            "a@[1.2.3.4]",
            "a@b_c.cn",
            "a@-b.cn",
            "a@xn--b.cn",
        ] {
            check(bad, None);
        }
        check(
            &format!("{}@b.c", "a".repeat(64)),
            Some(&format!("{}@b.c", "a".repeat(64))),
        );
        check(&format!("{}@b.c", "a".repeat(65)), None);
        check(&"a@".repeat(5_000), None);
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
        assert_eq!(found.email.as_ref().unwrap().as_str(), "a@b.cn");
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
            assert_eq!(found.email.as_ref().unwrap().as_str(), email);
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
