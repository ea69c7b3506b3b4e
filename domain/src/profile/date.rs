//! Calendar dates: read from what people write, and written as ISO 8601 says.
//!
//! A date is days since 1970-01-01 in the Gregorian calendar, of the years 1000 to 9999. Not here: instants and zones
//! ([`crate::day`]), and the day numbers of spreadsheets, which who reads the file turns into dates.

use super::clean::folded;
use serde::{Deserialize, Serialize};

/// Which number of `04/03/2026` is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// The first.
    DayFirst,
    /// The second.
    MonthFirst,
}

/// A date is written with fewer bytes than this, its time of day too.
const BYTES_MAX: usize = 64;
/// Days before 1970-01-01, counted from 0001-01-01.
const EPOCH: i32 = 719_162;
/// The months as English shortens them.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Year, month, day.
type Parts = (i32, i32, i32);

/// Reads a date as it is written in China (2026年3月4日, 2026/3/4), by ISO 8601 (2026-03-04, 20260304), with the month
/// as an English word (4 Mar 2026), or with the year last (04/03/2026), where `order` says what no one can see. A time of day
/// after it is passed over. Codes: `empty`, `not_a_date`, `impossible_date`, `ambiguous_date`, `two_digit_year`.
pub fn read_date(text: &str, order: Option<DateOrder>) -> Result<i32, &'static str> {
    if text.len() > BYTES_MAX {
        return Err("not_a_date");
    }
    let text = folded(text);
    if text.is_empty() {
        return Err("empty");
    }
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return read_compact(&text).and_then(day_of);
    }
    let ([first, second, third], rest) = split(&text).ok_or("not_a_date")?;
    if !is_time_of_day(rest) {
        return Err("not_a_date");
    }
    if let Some(month) = month_named(second) {
        return day_of((year(third)?, month, small(first)?));
    }
    if let Some(month) = month_named(first) {
        return day_of((year(third)?, month, small(second)?));
    }
    if first.len() == 4 {
        return day_of((number(first)?, small(second)?, small(third)?));
    }
    of_order(small(first)?, small(second)?, year(third)?, order)
}

/// The date of a day and a month in one order or the other.
fn of_order(one: i32, two: i32, year: i32, order: Option<DateOrder>) -> Result<i32, &'static str> {
    let day_first = day_of((year, two, one));
    let month_first = day_of((year, one, two));
    match (order, day_first, month_first) {
        (Some(DateOrder::DayFirst), date, _) | (Some(DateOrder::MonthFirst), _, date) => date,
        (None, Ok(one), Ok(two)) if one != two => Err("ambiguous_date"),
        (None, one, two) => one.or(two),
    }
}

/// `20260304`.
fn read_compact(text: &str) -> Result<Parts, &'static str> {
    let number = |from, to| number(text.get(from..to).unwrap_or_default());
    Ok((number(0, 4)?, number(4, 6)?, number(6, 8)?))
}

/// The three numbers or words that a date is made of, and what stands after them.
fn split(text: &str) -> Option<([&str; 3], &str)> {
    let mut found = [""; 3];
    let mut rest = text;
    for part in &mut found {
        rest = rest.trim_start_matches(is_separator);
        let digits = rest.starts_with(|c: char| c.is_ascii_digit());
        let ends = |c: char| !c.is_ascii_alphanumeric() || c.is_ascii_digit() != digits;
        let (token, after) = rest.split_at_checked(rest.find(ends).unwrap_or(rest.len()))?;
        (*part, rest) = (token, after);
        if part.is_empty() {
            return None;
        }
    }
    Some((found, rest.strip_prefix(['日', '号']).unwrap_or(rest)))
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        '-' | '/' | '.' | ',' | ' ' | '年' | '月' | '日' | '号' | '‐' | '–'
    )
}

/// Whether what follows a date is a time of day, or nothing. Which time does not matter.
fn is_time_of_day(text: &str) -> bool {
    let text = text.trim_start();
    let text = text.strip_prefix('t').unwrap_or(text);
    let looks = |c: char| {
        c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | ' ' | 'z' | 'a' | 'p' | 'm')
    };
    text.is_empty()
        || (text.contains(':')
            && text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().all(looks))
}

fn month_named(word: &str) -> Option<i32> {
    let short = word.get(..3)?;
    let place = MONTHS.iter().position(|month| *month == short)?;
    let long = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is_it = word == short || word == "sept" || long.get(place) == Some(&word);
    is_it.then(|| i32::try_from(place).ok()?.checked_add(1))?
}

fn number(text: &str) -> Result<i32, &'static str> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits
        .then(|| text.parse().ok())
        .flatten()
        .ok_or("not_a_date")
}

/// A day or a month: what has more digits is none, but part of a telephone number perhaps.
fn small(text: &str) -> Result<i32, &'static str> {
    let fits = text.len() <= 2;
    fits.then(|| number(text)).ok_or("not_a_date")?
}

fn year(text: &str) -> Result<i32, &'static str> {
    match (number(text)?, text.len()) {
        (year, 4) => Ok(year),
        (_, 2) => Err("two_digit_year"),
        _ => Err("not_a_date"),
    }
}

/// The day of a date; `impossible_date` when the calendar has no such date.
pub(crate) fn day_of((year, month, day): Parts) -> Result<i32, &'static str> {
    let place = usize::try_from(month.saturating_sub(1)).ok();
    let month_days = place.and_then(|place| month_days(year).into_iter().nth(place));
    let holds =
        (1_000..=9_999).contains(&year) && month_days.is_some_and(|days| (1..=days).contains(&day));
    if !holds {
        return Err("impossible_date");
    }
    let before = month_days_before(year, place.unwrap_or_default());
    Ok(year_begins(year)
        .saturating_add(before)
        .saturating_add(day)
        .saturating_sub(1))
}

/// The date as ISO 8601 writes it: `2026-03-04`. A day outside of the years 1000 to 9999 is written as the nearest in them.
pub fn show_date(day: i32) -> String {
    let (year, month, day) = ymd(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Year, month and day of a date, as [`show_date`] writes it.
pub fn ymd(day: i32) -> (i32, i32, i32) {
    let day = day.clamp(super::limit::DATE_MIN, super::limit::DATE_MAX);
    // A year has 366 days at most, so the guess is never too late, and a few years early at worst.
    let since = day.saturating_add(EPOCH);
    let mut year = (since / 366).saturating_add(1);
    while year_begins(year.saturating_add(1)) <= day {
        year = year.saturating_add(1);
    }
    let mut left = day.saturating_sub(year_begins(year));
    let mut month = 1_i32;
    for days in month_days(year) {
        if left < days {
            break;
        }
        left = left.saturating_sub(days);
        month = month.saturating_add(1);
    }
    (year, month, left.saturating_add(1))
}

/// The first day of a year.
fn year_begins(year: i32) -> i32 {
    let before = year.saturating_sub(1);
    let leap_days = (before / 4)
        .saturating_sub(before / 100)
        .saturating_add(before / 400);
    let days = before.saturating_mul(365).saturating_add(leap_days);
    days.saturating_sub(EPOCH)
}

fn month_days(year: i32) -> [i32; 12] {
    let is_leap =
        year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0);
    let february = if is_leap { 29 } else { 28 };
    [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

fn month_days_before(year: i32, place: usize) -> i32 {
    month_days(year)
        .into_iter()
        .take(place)
        .fold(0, i32::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::super::limit::{DATE_MAX, DATE_MIN};
    use super::*;
    use DateOrder::{DayFirst, MonthFirst};
    use proptest::prelude::*;

    fn check(text: &str, order: Option<DateOrder>, expect: Result<&str, &str>) {
        let found = read_date(text, order).map(show_date);
        assert_eq!(
            found.as_deref().map_err(|code| *code),
            expect,
            "{text:?} {order:?}"
        );
    }

    #[test]
    fn a_date_is_read_in_any_usual_form() {
        for text in [
            "2026-03-04",
            "2026/3/4",
            "2026.03.04",
            "2026年3月4日",
            "2026年03月04号",
            "2026年3月4",
            "20260304",
            "２０２６／３／４",
            " 2026-3-4 ",
            "2026 3 4",
            "4 Mar 2026",
            "04-mar-2026",
            "4 March 2026",
            "Mar 4, 2026",
            "march 4 2026",
            "4mar2026",
            "2026-03-04T23:59:59Z",
            "2026-03-04T23:59:59.000+08:00",
            "2026/3/4 0:00",
            "2026-03-04 09:05 pm",
            "2026年3月4日 12:00",
        ] {
            check(text, None, Ok("2026-03-04"));
        }
        check("2024-02-29", None, Ok("2024-02-29"));
        check("2000-02-29", None, Ok("2000-02-29"));
        check("1999-12-31", None, Ok("1999-12-31"));
        check("sept 9, 1999", None, Ok("1999-09-09"));
        assert_eq!(read_date("1970-01-01", None), Ok(0));
        assert_eq!(read_date("2026-11-22", None), Ok(20_779));
        assert_eq!(read_date("1000-01-01", None), Ok(DATE_MIN));
        assert_eq!(read_date("9999-12-31", None), Ok(DATE_MAX));
    }

    #[test]
    fn what_no_one_can_see_is_asked() {
        check("04/03/2026", None, Err("ambiguous_date"));
        check("04/03/2026", Some(DayFirst), Ok("2026-03-04"));
        check("04/03/2026", Some(MonthFirst), Ok("2026-04-03"));
        check("3.3.2026", None, Ok("2026-03-03"));
        check("13/03/2026", None, Ok("2026-03-13"));
        check("03/13/2026", None, Ok("2026-03-13"));
        check("03/13/2026", Some(DayFirst), Err("impossible_date"));
        check("13/03/2026", Some(MonthFirst), Err("impossible_date"));
        check("04/03/26", None, Err("two_digit_year"));
        check("4 Mar 26", None, Err("two_digit_year"));
        check("2026-03-04", Some(DayFirst), Ok("2026-03-04"));
    }

    #[test]
    fn what_is_no_date_says_why() {
        for text in [
            "2026-02-30",
            "2026-13-01",
            "2026-00-10",
            "2023-02-29",
            "1900-02-29",
            "20261301",
            "31/04/2026",
            "0999-01-01",
            "31 Feb 2026",
        ] {
            check(text, None, Err("impossible_date"));
        }
        for text in [
            "tomorrow",
            "2026",
            "2026-03",
            "2026-03-04-05",
            "45000",
            "3/4",
            "1/2/3",
            "2026-03-04 noon",
            "四月",
            "12026-03-04",
            "2026-marchly-04",
            "--",
            "٢٠٢٦-٠٣-٠٤",
            "mar mar 2026",
        ] {
            check(text, None, Err("not_a_date"));
        }
        check(" \u{200b} ", None, Err("empty"));
        check(&"1".repeat(10_000), None, Err("not_a_date"));
    }

    proptest! {
        #[test]
        fn a_date_is_read_back_as_written(day in DATE_MIN..=DATE_MAX) {
            prop_assert_eq!(read_date(&show_date(day), None), Ok(day));
        }

        #[test]
        fn the_day_after_is_written_after(day in DATE_MIN..DATE_MAX) {
            prop_assert!(show_date(day) < show_date(day + 1));
        }

        #[test]
        fn any_text_has_an_answer(text in any::<String>(), digits in "[0-9/年月日 -]{0,20}") {
            for text in [&text, &digits] {
                if let Ok(day) = read_date(text, None) {
                    prop_assert!((DATE_MIN..=DATE_MAX).contains(&day));
                }
            }
        }
    }
}
