//! Numbers: read from what people write, exact in thousandths, and written so that they are read back.
//!
//! Not here: which numbers a field takes, and currencies.

use super::clean::folded;
use super::limit::{DECIMALS_MAX, NUMBER_MAX};

/// A number is written with fewer bytes than this.
const BYTES_MAX: usize = 64;
/// Digits of one number, those after the point too.
const DIGITS_MAX: usize = 24;

/// What a letter or a word after a number multiplies it by, the longer ones first.
const UNITS: &[(&str, i128)] = &[
    ("万亿", 1_000_000_000_000),
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    ("亿", 100_000_000),
    ("万", 10_000),
    ("萬", 10_000),
    ("億", 100_000_000),
    ("千", 1_000),
    ("bn", 1_000_000_000),
    ("k", 1_000),
    ("w", 10_000),
    ("m", 1_000_000),
    ("b", 1_000_000_000),
];

/// Reads a number, in thousandths: thousands may be set apart (1,234,567.8), and a unit may follow (1.5万, 3k). Codes:
/// `empty`, `not_a_number`, `too_many_decimals` with more than three, `out_of_range`.
pub fn read_number(text: &str) -> Result<i64, &'static str> {
    if text.len() > BYTES_MAX {
        return Err("not_a_number");
    }
    let text = folded(text);
    if text.is_empty() {
        return Err("empty");
    }
    let (number, unit) = without_unit(&text);
    of_unit(number, unit)
}

/// The number without its unit, and the unit.
fn without_unit(text: &str) -> (&str, i128) {
    let units = UNITS.iter();
    let mut found = units.filter_map(|(word, unit)| Some((text.strip_suffix(word)?, *unit)));
    let (number, unit) = found.next().unwrap_or((text, 1));
    (number.trim_end(), unit)
}

fn of_unit(text: &str, unit: i128) -> Result<i64, &'static str> {
    let (text, sign) = match text.strip_prefix('-') {
        Some(rest) => (rest, -1),
        None => (text.strip_prefix('+').unwrap_or(text), 1),
    };
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let whole = without_separators(whole).ok_or("not_a_number")?;
    if !is_digits(part) {
        return Err("not_a_number");
    }
    let part = part.trim_end_matches('0');
    let digits = format!("{whole}{part}");
    let digits = digits.trim_start_matches('0');
    if digits.len() > DIGITS_MAX {
        return Err("out_of_range");
    }
    let digits: i128 = if digits.is_empty() {
        0
    } else {
        digits.parse().map_err(|_| "not_a_number")?
    };
    let power = u32::try_from(part.len())
        .ok()
        .and_then(|places| 10_i128.checked_pow(places));
    // A fraction too long for the power is longer than any unit makes whole.
    let power = power.ok_or("too_many_decimals")?;
    let scaled = digits
        .checked_mul(unit)
        .and_then(|n| n.checked_mul(1_000))
        .ok_or("out_of_range")?;
    if scaled.checked_rem(power) != Some(0) {
        return Err("too_many_decimals");
    }
    let found = scaled
        .checked_div(power)
        .and_then(|n| i64::try_from(n).ok());
    let found = found.filter(|n| *n <= NUMBER_MAX).ok_or("out_of_range")?;
    Ok(found.saturating_mul(sign))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The digits of a whole number; none when what stands between them does not set thousands apart.
fn without_separators(text: &str) -> Option<String> {
    let separator = text.chars().find(|c| !c.is_ascii_digit());
    let Some(separator) = separator else {
        return is_digits(text).then(|| text.to_owned());
    };
    if !matches!(separator, ',' | ' ' | '\'' | '’') {
        return None;
    }
    let mut groups = text.split(separator);
    let first = groups
        .next()
        .filter(|first| (1..=3).contains(&first.len()) && is_digits(first))?;
    let mut found = first.to_owned();
    for group in groups {
        if group.len() != 3 || !is_digits(group) {
            return None;
        }
        found.push_str(group);
    }
    Some(found)
}

/// The number as it is written everywhere: `-1234.5`.
pub fn show_number(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let size = thousandths.unsigned_abs();
    let (whole, part) = (size / 1_000, size % 1_000);
    let text = format!("{sign}{whole}.{part:03}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Whether a number has no more digits after the point than `decimals`.
pub(super) fn has_decimals(thousandths: i64, decimals: u8) -> bool {
    let more = u32::from(DECIMALS_MAX.saturating_sub(decimals));
    let step = 10_i64.checked_pow(more).unwrap_or(1);
    thousandths.checked_rem(step) == Some(0)
}

/// What a number of people or an amount may be: from, to, in thousandths.
pub type Span = (i64, i64);

/// Signs and words before a number that leave one end open, and by how much the number itself is off: whether it is the least.
const OPEN_BEFORE: &[(&str, bool, i64)] = &[
    (">=", true, 0),
    ("≥", true, 0),
    ("至少", true, 0),
    ("at least ", true, 0),
    (">", true, 1),
    ("大于", true, 1),
    ("超过", true, 1),
    ("over ", true, 1),
    ("more than ", true, 1),
    ("<=", false, 0),
    ("≤", false, 0),
    ("至多", false, 0),
    ("up to ", false, 0),
    ("<", false, -1),
    ("小于", false, -1),
    ("少于", false, -1),
    ("不足", false, -1),
    ("under ", false, -1),
    ("less than ", false, -1),
];
/// The same after a number.
const OPEN_AFTER: &[(&str, bool, i64)] = &[
    ("及以上", true, 0),
    ("以上", true, 0),
    ("+", true, 0),
    (" or more", true, 0),
    ("及以下", false, 0),
    ("以下", false, 0),
    ("以内", false, 0),
    (" or less", false, 0),
];
/// What is counted, and says nothing of how many.
const COUNTED: &[&str] = &["人", "名", "员工", "employees", "people", "staff", "元"];
/// What stands between the two ends.
const BETWEEN: &[&str] = &["-", "~", "–", "—", "至", "到", " to "];

/// Reads how many there may be: `100-499人`, `500+`, `50人以下`, `10-50万`, `200`. None when it says no number.
pub fn span(text: &str) -> Option<Span> {
    if text.len() > BYTES_MAX {
        return None;
    }
    let text = folded(text);
    let text = without_counted(&text);
    let before = OPEN_BEFORE.iter();
    let mut before =
        before.filter_map(|(word, least, off)| Some((text.strip_prefix(word)?, *least, *off)));
    let after = OPEN_AFTER.iter();
    let mut after =
        after.filter_map(|(word, least, off)| Some((text.strip_suffix(word)?, *least, *off)));
    if let Some((number, least, off)) = before.next().or_else(|| after.next()) {
        let end = read_number(without_counted(number))
            .ok()?
            .saturating_add(off);
        return Some(if least {
            (end, NUMBER_MAX)
        } else {
            (-NUMBER_MAX, end)
        });
    }
    if let Ok(number) = read_number(text) {
        return Some((number, number));
    }
    let (low, high) = BETWEEN.iter().find_map(|word| text.split_once(word))?;
    let (low, high) = (without_counted(low), without_counted(high));
    let (_, unit) = without_unit(high);
    let most = read_number(high).ok()?;
    let least = read_number(low).ok()?;
    // "10-50万" says the unit once.
    let of_both = of_unit(low, unit).ok().filter(|of_both| *of_both <= most);
    let least = of_both.unwrap_or(least);
    (least <= most).then_some((least, most))
}

fn without_counted(text: &str) -> &str {
    let text = text.trim();
    let mut words = COUNTED.iter();
    let rest = words.find_map(|word| text.strip_suffix(word));
    rest.unwrap_or(text).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        let check = |text: &str, expect: Result<i64, &str>| {
            assert_eq!(read_number(text), expect, "{text:?}")
        };
        check("0", Ok(0));
        check("-0", Ok(0));
        check("42", Ok(42_000));
        check(" +42 ", Ok(42_000));
        check("-1.5", Ok(-1_500));
        check("−1.5", Ok(-1_500));
        check("007", Ok(7_000));
        check("1.50000", Ok(1_500));
        check("1,234,567.891", Ok(1_234_567_891));
        check("1 234 567", Ok(1_234_567_000));
        check("1\u{a0}234", Ok(1_234_000));
        check("1'234", Ok(1_234_000));
        check("１，２３４．５", Ok(1_234_500));
        check("1.5万", Ok(15_000_000));
        check("1.2345万", Ok(12_345_000));
        check("3k", Ok(3_000_000));
        check("3 K", Ok(3_000_000));
        check("2亿", Ok(200_000_000_000));
        check("5w", Ok(50_000_000));
        check("1.5千万", Ok(15_000_000_000));
        check("0.0000001亿", Ok(10_000));
        check("", Err("empty"));
        check("1.2345", Err("too_many_decimals"));
        check("0.00000001万", Err("too_many_decimals"));
        check("9007199254740.991", Ok(NUMBER_MAX));
        check("-9007199254740.991", Ok(-NUMBER_MAX));
        check("9007199254740.992", Err("out_of_range"));
        check("99999亿亿", Err("not_a_number"));
        check("999999999999999999999999亿", Err("out_of_range"));
        for text in [
            "1,23",
            "1,2345",
            ",123",
            "1,",
            "1.234,56",
            "1..2",
            "1.",
            ".5",
            "--1",
            "1e5",
            "NaN",
            "∞",
            "一百",
            "٣",
            "1 2",
            "12,345 678",
            "万",
            "abc",
            "$5",
            "5%",
            "0x10",
            "1\u{1f600}",
        ] {
            check(text, Err("not_a_number"));
        }
        check(&"9".repeat(10_000), Err("not_a_number"));
    }

    #[test]
    fn how_many_there_may_be_is_read() {
        let check = |text: &str, expect: Option<Span>| assert_eq!(span(text), expect, "{text:?}");
        let all = NUMBER_MAX;
        check("200", Some((200_000, 200_000)));
        check("200人", Some((200_000, 200_000)));
        check("100-499人", Some((100_000, 499_000)));
        check("100人-499人", Some((100_000, 499_000)));
        check("51 – 200 employees", Some((51_000, 200_000)));
        check("100至499", Some((100_000, 499_000)));
        check("10-50万", Some((100_000_000, 500_000_000)));
        check("900-1万", Some((900_000, 10_000_000)));
        check("500+", Some((500_000, all)));
        check("500人以上", Some((500_000, all)));
        check("＞500", Some((500_001, all)));
        check("50人以下", Some((-all, 50_000)));
        check("少于50人", Some((-all, 49_999)));
        check("less than 50", Some((-all, 49_999)));
        check("-5", Some((-5_000, -5_000)));
        for text in ["", "大型", "人", "-", "499-100", "a-b", "1-2-3", "以上"] {
            check(text, None);
        }
    }

    proptest! {
        #[test]
        fn a_number_is_read_back_as_written(number in -NUMBER_MAX..=NUMBER_MAX) {
            prop_assert_eq!(read_number(&show_number(number)), Ok(number));
        }

        #[test]
        fn any_text_has_an_answer(text in any::<String>(), digits in "[0-9.,' 万亿k+<>人以上-]{0,24}") {
            for text in [&text, &digits] {
                if let Ok(number) = read_number(text) {
                    prop_assert!((-NUMBER_MAX..=NUMBER_MAX).contains(&number));
                }
                if let Some((least, most)) = span(text) {
                    prop_assert!(least <= most);
                }
            }
        }
    }
}
