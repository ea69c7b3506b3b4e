//! Dates as people write them. `04/03/2026` is two dates; which, a person says for the whole column.

use super::known::narrow;
use serde::{Deserialize, Serialize};

/// Which of two small numbers is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 4 March: `04/03/2026`.
    DayFirst,
    /// March 4: `03/04/2026`.
    MonthFirst,
}

/// What a text says of a date. Dates are days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateText {
    /// The year stands first: no doubt.
    Plain(i32),
    /// Only this order gives a date.
    Only(DateOrder, i32),
    /// Either order gives one.
    Either {
        /// With the day first.
        day_first: i32,
        /// With the month first.
        month_first: i32,
    },
    /// Numbers like a date's, of a day that no calendar has.
    Impossible,
    /// No date.
    Not,
}

/// A text is looked at this far, in characters.
const CHARS_MAX: usize = 40;

/// Reads `2026-3-4`, `2026/03/04`, `2026.3.4`, `20260304`, `2026年3月4日`, `4/3/2026`, `4.3.2026`, each with a time behind it
/// or without. A year has four digits.
pub fn date_text(text: &str) -> DateText {
    let text: String = text.trim().chars().take(CHARS_MAX).map(narrow).collect();
    let Some((numbers, separator)) = numbers(date_alone(&text)) else {
        return DateText::Not;
    };
    match numbers {
        [(year, 4), (month, 1..=2), (day, 1..=2)] => {
            days(year, month, day).map_or(DateText::Impossible, DateText::Plain)
        }
        [(first, 1..=2), (second, 1..=2), (year, 4)] if separator != '年' => {
            either(first, second, year)
        }
        _ => DateText::Not,
    }
}

fn either(first: i32, second: i32, year: i32) -> DateText {
    match (days(year, second, first), days(year, first, second)) {
        (Some(one), Some(other)) if one == other => DateText::Plain(one),
        (Some(day_first), Some(month_first)) => DateText::Either {
            day_first,
            month_first,
        },
        (Some(day), None) => DateText::Only(DateOrder::DayFirst, day),
        (None, Some(day)) => DateText::Only(DateOrder::MonthFirst, day),
        (None, None) => DateText::Impossible,
    }
}

/// The text without a time of day behind it.
fn date_alone(text: &str) -> &str {
    let (date, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let is_time = time.contains(':')
        && time
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z' | ' '));
    if time.is_empty() || is_time {
        date
    } else {
        text
    }
}

/// Three numbers with their digits, and what stands between the first two.
fn numbers(text: &str) -> Option<([(i32, usize); 3], char)> {
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        let part = |from: usize, to: usize| number(text.get(from..to)?);
        return Some(([part(0, 4)?, part(4, 6)?, part(6, 8)?], '-'));
    }
    let text = text.trim_end_matches(['日', '号']);
    let separator = text.chars().find(|c| !c.is_ascii_digit())?;
    let second = match separator {
        '-' | '/' | '.' => separator,
        '年' => '月',
        _ => return None,
    };
    let (first, rest) = text.split_once(separator)?;
    let (middle, last) = rest.split_once(second)?;
    Some(([number(first)?, number(middle)?, number(last)?], separator))
}

fn number(text: &str) -> Option<(i32, usize)> {
    let plain = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let value = plain.then(|| text.parse().ok())??;
    Some((value, text.len()))
}

/// Years that a date may have.
const YEARS: std::ops::RangeInclusive<i32> = 1_900..=2_199;

/// Days since 1970-01-01 of a day of the Gregorian calendar; `None` of one that it does not have, or out of
/// 1900–2199.
pub fn days(year: i32, month: i32, day: i32) -> Option<i32> {
    let last = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    if !YEARS.contains(&year) || !(1..=last).contains(&day) {
        return None;
    }
    // Years begin in March, so that the leap day is the last one; 146,097 days are 400 years.
    let years = if month > 2 {
        year
    } else {
        year.checked_sub(1)?
    };
    let months = month.checked_add(9)?.checked_rem(12)?;
    let before = months.checked_mul(153)?.checked_add(2)?.checked_div(5)?;
    let leaps = years
        .div_euclid(4)
        .checked_sub(years.div_euclid(100))?
        .checked_add(years.div_euclid(400))?;
    years
        .checked_mul(365)?
        .checked_add(leaps)?
        .checked_add(before)?
        .checked_add(day)?
        .checked_sub(719_469)
}

fn is_leap(year: i32) -> bool {
    let by = |divisor: i32| year.rem_euclid(divisor) == 0;
    by(4) && (!by(100) || by(400))
}

/// Year, month and day of a day since 1970-01-01; `None` out of 1900–2199.
pub fn ymd(day: i32) -> Option<(i32, i32, i32)> {
    // A guess that is at most one year too late.
    let guess = day.checked_div(365)?.checked_add(1_971)?;
    let year = (0..4)
        .filter_map(|back| guess.checked_sub(back))
        .find(|year| days(*year, 1, 1).is_some_and(|first| first <= day))?;
    let month = (1..=12)
        .rev()
        .find(|month| days(year, *month, 1).is_some_and(|first| first <= day))?;
    let first = days(year, month, 1)?;
    let of_month = day.checked_sub(first)?.checked_add(1)?;
    days(year, month, of_month).map(|_| (year, month, of_month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let fourth_of_march = days(2026, 3, 4).unwrap();
        let third_of_april = days(2026, 4, 3).unwrap();
        let thirteenth = days(2026, 3, 13).unwrap();
        let check = |texts: &[&str], expect: DateText| {
            for text in texts {
                assert_eq!(date_text(text), expect, "{text}");
            }
        };
        check(
            &[
                "2026-03-04",
                "2026/3/4",
                "2026.3.4",
                "20260304",
                "2026年3月4日",
                "2026年03月04号",
                " ２０２６－０３－０４ ",
                "2026-03-04 12:30:00",
                "2026-03-04T12:30:00.000Z",
            ],
            DateText::Plain(fourth_of_march),
        );
        check(
            &["04/03/2026", "4.3.2026", "4-3-2026", "04/03/2026 9:00"],
            DateText::Either {
                day_first: fourth_of_march,
                month_first: third_of_april,
            },
        );
        check(
            &["13/3/2026"],
            DateText::Only(DateOrder::DayFirst, thirteenth),
        );
        check(
            &["3/13/2026"],
            DateText::Only(DateOrder::MonthFirst, thirteenth),
        );
        check(&["3/3/2026"], DateText::Plain(days(2026, 3, 3).unwrap()));
        check(
            &[
                "2026-02-30",
                "31/31/2026",
                "2025-02-29",
                "0000-01-01",
                "20261301",
            ],
            DateText::Impossible,
        );
        check(
            &[
                "",
                "今天",
                "04/03/26",
                "2026-03",
                "13800138000",
                "1.5",
                "2026-03-04 maybe",
                "1/2/3/2026",
                "４月",
                "100-100-2026",
            ],
            DateText::Not,
        );
    }

    #[test]
    fn days_count_from_1970_and_back() {
        for (date, expect) in [
            ((1970, 1, 1), 0),
            ((1969, 12, 31), -1),
            ((2000, 2, 29), 11_016),
            ((2026, 11, 22), 20_779),
        ] {
            assert_eq!(days(date.0, date.1, date.2), Some(expect), "{date:?}");
        }
        let first = days(1900, 1, 1).unwrap();
        let last = days(2199, 12, 31).unwrap();
        let mut before = None;
        for day in first..=last {
            let (y, m, d) = ymd(day).unwrap();
            assert_eq!(days(y, m, d), Some(day));
            assert!(before < Some((y, m, d)));
            before = Some((y, m, d));
        }
        assert_eq!((ymd(first - 1), ymd(last + 1)), (None, None));
    }
}
