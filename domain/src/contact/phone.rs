//! A telephone number, read out of what people write, into E.164.
//!
//! A number is what finds a person, so nothing is guessed: what can be read in two ways, or only with a repair, is told
//! as such, for someone to say which it is. Not here: whether the number is in use.

use super::country::{self, Country, Plan};
use crate::plain::{is_hidden, narrow};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A telephone number in E.164: `+8613800138000`. What comes from outside is read by [`Phone::parse`] or [`super::Key::normal`] first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Phone(String);

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhoneRead {
    /// One number, as written.
    Good(Phone),
    /// What it may be, the likeliest first; at least one. Someone has to say which.
    Ambiguous(Vec<(Country, Phone)>),
    /// No number, and why.
    Bad(PhoneFault),
}

/// Why a text is no number that finds a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneFault {
    /// Nothing is there.
    Empty,
    /// More characters than any way of writing a number has.
    TooLong,
    /// A character that stands in no number.
    Letters,
    /// A spreadsheet has rounded it: `1.38E+10`. Its last digits are lost.
    Rounded,
    /// More than one number.
    Several,
    /// An extension of a switchboard. The switchboard's number is everybody's who sits behind it, so it finds nobody.
    Extension,
    /// A number within a town, without its area code.
    NoAreaCode,
    /// No country has this calling code.
    UnknownCode,
    /// Too few digits for its country.
    TooFewDigits,
    /// Too many digits for its country.
    TooManyDigits,
    /// As many digits as its country has, and not one of its numbers.
    NotInUse,
}

/// A text is at most this long, in characters.
pub const CHARS_MAX: usize = 64;
/// A number has at most this many digits, with its calling code (E.164 §6.2.1).
pub const DIGITS_MAX: usize = 15;
/// No number that can be dialled from abroad has fewer digits, with its calling code.
const DIGITS_MIN: usize = 7;
/// From so many digits on, a number may be one from abroad whose `+` was lost; shorter ones fit too many countries.
const LOST_PLUS_DIGITS_MIN: usize = 10;

impl Phone {
    /// Reads what someone wrote. A number without a calling code is one of `default`.
    pub fn parse(text: &str, default: Country) -> PhoneRead {
        match written(text) {
            Ok(Written::Abroad(digits)) => match abroad(&digits) {
                Ok(phone) => PhoneRead::Good(phone),
                Err(fault) => PhoneRead::Bad(fault),
            },
            Ok(Written::Home(digits)) => home(&digits, default),
            Err(fault) => PhoneRead::Bad(fault),
        }
    }

    /// The number, with its `+`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(plan: &Plan, national: &str) -> Phone {
        Phone(format!("+{}{national}", plan.code))
    }
}

impl PhoneFault {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            PhoneFault::Empty => "phone_empty",
            PhoneFault::TooLong => "phone_too_long",
            PhoneFault::Letters => "phone_letters",
            PhoneFault::Rounded => "phone_rounded",
            PhoneFault::Several => "phone_several",
            PhoneFault::Extension => "phone_extension",
            PhoneFault::NoAreaCode => "phone_no_area_code",
            PhoneFault::UnknownCode => "phone_unknown_code",
            PhoneFault::TooFewDigits => "phone_too_few_digits",
            PhoneFault::TooManyDigits => "phone_too_many_digits",
            PhoneFault::NotInUse => "phone_not_in_use",
        }
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Phone {
    type Err = &'static str;

    /// Reads the one form a number is stored in: `+` and digits.
    fn from_str(text: &str) -> Result<Phone, &'static str> {
        let digits = text.strip_prefix('+').unwrap_or_default();
        let fits = (DIGITS_MIN..=DIGITS_MAX).contains(&digits.len());
        let plain = digits.bytes().all(|b| b.is_ascii_digit());
        let known = fits && plain && country::of_code(digits).is_some();
        known.then(|| Phone(text.to_owned())).ok_or("not_a_phone")
    }
}

/// The digits of a text.
enum Written {
    /// After `+` or `00`.
    Abroad(String),
    /// Without either.
    Home(String),
}

fn written(text: &str) -> Result<Written, PhoneFault> {
    if text.chars().nth(CHARS_MAX).is_some() {
        return Err(PhoneFault::TooLong);
    }
    let line: String = text
        .chars()
        .filter(|c| !is_hidden(*c))
        .map(|c| narrow(c).to_ascii_lowercase())
        .collect();
    let line = line.trim();
    let line = line.strip_prefix("tel:").unwrap_or(line);
    // A spreadsheet that took the number for one wrote it so.
    let line = line
        .strip_suffix(".0")
        .filter(|whole| whole.bytes().all(|b| b.is_ascii_digit()))
        .unwrap_or(line);
    let (mut digits, mut plus) = (String::new(), false);
    for c in line.chars() {
        match c {
            '+' if digits.is_empty() && !plus => plus = true,
            _ if digit(c).is_some() => digits.extend(digit(c)),
            _ if is_blank(c) => {}
            _ => return Err(why_not(line, c, &digits)),
        }
    }
    if digits.is_empty() {
        return Err(PhoneFault::Empty);
    }
    if plus {
        return Ok(Written::Abroad(digits));
    }
    match digits.strip_prefix("00") {
        Some(rest) => Ok(Written::Abroad(rest.to_owned())),
        None => Ok(Written::Home(digits)),
    }
}

/// A digit of ASCII or of Arabic, as ASCII.
fn digit(c: char) -> Option<char> {
    let from = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        _ => return None,
    };
    char::from_digit(u32::from(c).saturating_sub(u32::from(from)), 10)
}

/// What people put between digits.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '.'
                | '('
                | ')'
                | '['
                | ']'
                | '/'
                | '_'
                | '~'
                | '\''
                | '·'
                | '•'
                | '−'
                | '【'
                | '】'
                | '\u{2010}'..='\u{2015}' | '\u{30fb}' | '\u{30fc}'
        )
}

/// Why a text with that character after those digits is no number.
fn why_not(line: &str, c: char, before: &str) -> PhoneFault {
    let enough = before.len() >= DIGITS_MIN;
    match c {
        'e' if line.contains("e+") => PhoneFault::Rounded,
        '转' | '轉' | '分' | '#' | 'x' | 'e' | ';' if enough && has_extension(line) => {
            PhoneFault::Extension
        }
        ',' | ';' | '、' | '|' | '&' | '或' | '和' | '+' if enough => PhoneFault::Several,
        _ => PhoneFault::Letters,
    }
}

fn has_extension(line: &str) -> bool {
    ["转", "轉", "分机", "分機", "#", "x", "ext"]
        .iter()
        .any(|word| line.contains(word))
}

/// The number of digits that begin with a calling code.
fn abroad(digits: &str) -> Result<Phone, PhoneFault> {
    let (plan, rest) = country::of_code(digits).ok_or(PhoneFault::UnknownCode)?;
    if is_of(plan, rest) {
        return Ok(Phone::of(plan, rest));
    }
    // `+44 (0)20 …`: written for both, home and abroad.
    match rest
        .strip_prefix(plan.trunk)
        .filter(|_| plan.trunk.starts_with('0'))
    {
        Some(national) if is_of(plan, national) => Ok(Phone::of(plan, national)),
        _ => Err(length_fault(plan, rest)),
    }
}

/// The number of digits without a calling code, or what they may be.
fn home(digits: &str, default: Country) -> PhoneRead {
    let Some(plan) = default.plan() else {
        return PhoneRead::Bad(PhoneFault::UnknownCode);
    };
    let trunk = plan.trunk;
    let after = |start: &str| digits.strip_prefix(start).filter(|rest| is_of(plan, rest));
    let dialled = after(trunk).filter(|_| !trunk.is_empty());
    let bare = Some(digits)
        .filter(|all| is_of(plan, all) && (trunk.is_empty() || !all.starts_with(trunk)));
    let whole = bare.filter(|all| trunk.is_empty() || is_whole(plan, all));
    let plain = dialled
        .or(whole)
        .or_else(|| after(plan.code).filter(|_| bare.is_none()));
    let mut found: Vec<(Country, Phone)> = Vec::new();
    let mut add = |plan: &Plan, national: &str| {
        let phone = Phone::of(plan, national);
        if found.iter().all(|(_, other)| *other != phone) {
            found.push((plan.country, phone));
        }
    };
    for national in [plain, bare, after(plan.code)].into_iter().flatten() {
        add(plan, national);
    }
    for other in [Country::CN, Country::US]
        .into_iter()
        .filter_map(Country::plan)
    {
        // China's mobile numbers are known by their shape; so are North America's ten digits, when nothing better is.
        let known = if other.country == Country::CN {
            is_cn_mobile(digits)
        } else {
            plain.is_none() && is_of(other, digits)
        };
        if known {
            add(other, digits);
        }
    }
    if plain.is_none()
        && digits.len() >= LOST_PLUS_DIGITS_MIN
        && let Some((other, rest)) =
            country::of_code(digits).filter(|(other, rest)| is_of(other, rest))
    {
        add(other, rest);
    }
    match (plain, found.len()) {
        (Some(national), 1) => PhoneRead::Good(Phone::of(plan, national)),
        (_, 0) => PhoneRead::Bad(home_fault(plan, digits)),
        _ => PhoneRead::Ambiguous(found),
    }
}

/// Whether digits are a national number of the country.
fn is_of(plan: &Plan, national: &str) -> bool {
    let (min, max) = plan.digits;
    let fits = (min..=max).contains(&national.len());
    match plan.code {
        "86" => is_whole(plan, national) || is_cn_landline(national),
        "1" => fits && is_nanp(national),
        _ => fits && (plan.trunk.is_empty() || !national.starts_with('0')),
    }
}

/// Whether digits are a number of the country that is dialled at home as it is, with nothing before it.
fn is_whole(plan: &Plan, national: &str) -> bool {
    match plan.code {
        "86" => is_cn_mobile(national) || is_cn_service(national),
        "1" => is_nanp(national),
        _ => false,
    }
}

/// Eleven digits from 13 to 19.
fn is_cn_mobile(digits: &str) -> bool {
    let mut bytes = digits.bytes();
    digits.len() == 11 && bytes.next() == Some(b'1') && bytes.next().is_some_and(|b| b >= b'3')
}

/// 400 and 800 with seven digits.
fn is_cn_service(digits: &str) -> bool {
    digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"))
}

/// An area code without its 0 (10, 2x, three digits from 3 to 9) and seven or eight digits from 2 to 8.
fn is_cn_landline(digits: &str) -> bool {
    let area = match digits.as_bytes() {
        [b'1', b'0', ..] | [b'2', ..] => 2,
        [b'3'..=b'9', ..] => 3,
        _ => return false,
    };
    let local = digits.len().saturating_sub(area);
    let first = digits.as_bytes().get(area).copied();
    let lengths = if area == 2 { 8..=8 } else { 7..=8 };
    lengths.contains(&local) && first.is_some_and(|b| (b'2'..=b'8').contains(&b))
}

/// Area and exchange, neither beginning with 0 or 1 nor ending in 11, and four digits (the North American plan).
fn is_nanp(digits: &str) -> bool {
    let part = |start: usize| {
        let part = digits.as_bytes().get(start..start.saturating_add(3));
        part.is_some_and(|part| matches!(part, [b'2'..=b'9', ..]) && !part.ends_with(b"11"))
    };
    digits.len() == 10 && part(0) && part(3)
}

fn home_fault(plan: &Plan, digits: &str) -> PhoneFault {
    let local = plan.country == Country::CN && (7..=8).contains(&digits.len());
    let begins = digits.as_bytes().first().copied();
    if local && begins.is_some_and(|b| (b'2'..=b'8').contains(&b)) {
        return PhoneFault::NoAreaCode;
    }
    let national = digits.strip_prefix(plan.trunk).unwrap_or(digits);
    length_fault(plan, national)
}

fn length_fault(plan: &Plan, national: &str) -> PhoneFault {
    let (min, max) = plan.digits;
    match national.len() {
        length if length < min => PhoneFault::TooFewDigits,
        length if length > max => PhoneFault::TooManyDigits,
        _ => PhoneFault::NotInUse,
    }
}

#[cfg(test)]
mod tests;
