//! What a text says of a date before anyone has said which number is the day. `04/03/2026` is two dates; which, a person
//! says for the whole column.

use crate::profile::{DateOrder, read_date};

/// What a text says of a date. Dates are days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateText {
    /// The year stands first, or the month is a word: no doubt.
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

/// Reads what [`read_date`] reads, in both orders.
pub fn date_text(text: &str) -> DateText {
    let of = |order| read_date(text, Some(order));
    match (of(DateOrder::DayFirst), of(DateOrder::MonthFirst)) {
        (Ok(one), Ok(other)) if one == other => DateText::Plain(one),
        (Ok(day_first), Ok(month_first)) => DateText::Either {
            day_first,
            month_first,
        },
        (Ok(day), Err(_)) => DateText::Only(DateOrder::DayFirst, day),
        (Err(_), Ok(day)) => DateText::Only(DateOrder::MonthFirst, day),
        (Err("impossible_date"), Err(_)) => DateText::Impossible,
        (Err(_), Err(_)) => DateText::Not,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_one_two_or_none() {
        let day = |text| read_date(text, None).unwrap();
        let check = |texts: &[&str], expect: DateText| {
            for text in texts {
                assert_eq!(date_text(text), expect, "{text}");
            }
        };
        check(
            &[
                "2026-03-04",
                "2026年3月4日",
                " ２０２６－０３－０４ ",
                "2026-03-04 12:30:00",
                "4 Mar 2026",
            ],
            DateText::Plain(day("2026-03-04")),
        );
        check(
            &["04/03/2026", "4.3.2026", "4-3-2026", "04/03/2026 9:00"],
            DateText::Either {
                day_first: day("2026-03-04"),
                month_first: day("2026-04-03"),
            },
        );
        let thirteenth = day("2026-03-13");
        check(
            &["13/3/2026"],
            DateText::Only(DateOrder::DayFirst, thirteenth),
        );
        check(
            &["3/13/2026"],
            DateText::Only(DateOrder::MonthFirst, thirteenth),
        );
        check(&["3/3/2026"], DateText::Plain(day("2026-03-03")));
        check(
            &["2026-02-30", "31/31/2026", "2025-02-29", "20261301"],
            DateText::Impossible,
        );
        check(
            &[
                "",
                "今天",
                "04/03/26",
                "2026-03",
                "13800138000",
                "138 0013 8000",
                "021-5555 8888",
                "1.5",
                "2026-03-04 maybe",
                "1/2/3/2026",
                "４月",
                "100-100-2026",
            ],
            DateText::Not,
        );
    }
}
