//! Holidays of countries, and the days that are worked in their place, a year at a time: a table that a calendar takes over
//! and whoever saves it may change.
//!
//! Only years whose days were officially made known are in it. Not here: working hours themselves ([`crate::hours`]).

use crate::day::Day;
use crate::hours::{Calendar, Span};
use crate::profile;
use crate::rulebook::Name;
use serde::{Deserialize, Serialize};

/// A country's holidays of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Table {
    /// The country, by its two letters: `CN` is the mainland of China.
    pub country: String,
    /// The year.
    pub year: u16,
    /// The holidays, in the order of the year.
    pub holidays: Vec<Holiday>,
}

/// A holiday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Holiday {
    /// What it is called.
    pub name: Name,
    /// Its first day, as days since 1970-01-01.
    pub from: Day,
    /// How many days nobody works.
    pub days: u8,
    /// Days that are worked in their place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub worked: Vec<Day>,
}

/// A row: names, the first day's month and day, how many days, and the days that are worked in their place.
type Row = (
    &'static str,
    &'static str,
    (u8, u8),
    u8,
    &'static [(u8, u8)],
);

/// Of the mainland of China, as the State Council's office made them known on 2024-11-12.
const CN_2025: &[Row] = &[
    ("元旦", "New Year's Day", (1, 1), 1, &[]),
    ("春节", "Spring Festival", (1, 28), 8, &[(1, 26), (2, 8)]),
    ("清明节", "Tomb-sweeping Day", (4, 4), 3, &[]),
    ("劳动节", "Labour Day", (5, 1), 5, &[(4, 27)]),
    ("端午节", "Dragon Boat Festival", (5, 31), 3, &[]),
    (
        "国庆节、中秋节",
        "National Day and Mid-autumn Festival",
        (10, 1),
        8,
        &[(9, 28), (10, 11)],
    ),
];

/// The same, as made known on 2025-11-04.
const CN_2026: &[Row] = &[
    ("元旦", "New Year's Day", (1, 1), 3, &[(1, 4)]),
    ("春节", "Spring Festival", (2, 15), 9, &[(2, 14), (2, 28)]),
    ("清明节", "Tomb-sweeping Day", (4, 4), 3, &[]),
    ("劳动节", "Labour Day", (5, 1), 5, &[(5, 9)]),
    ("端午节", "Dragon Boat Festival", (6, 19), 3, &[]),
    ("中秋节", "Mid-autumn Festival", (9, 25), 3, &[]),
    ("国庆节", "National Day", (10, 1), 7, &[(9, 20), (10, 10)]),
];

/// Every table there is.
pub fn tables() -> Vec<Table> {
    [("CN", 2025, CN_2025), ("CN", 2026, CN_2026)]
        .map(|(country, year, rows)| table(country, year, rows))
        .into()
}

fn table(country: &str, year: u16, rows: &[Row]) -> Table {
    let day = |(month, day): (u8, u8)| date(year, month, day);
    let holiday = |(zh, en, from, days, worked): &Row| Holiday {
        name: Name {
            zh: (*zh).to_owned(),
            en: (*en).to_owned(),
        },
        from: day(*from),
        days: *days,
        worked: worked.iter().copied().map(day).collect(),
    };
    Table {
        country: country.to_owned(),
        year,
        holidays: rows.iter().map(holiday).collect(),
    }
}

/// The day of a date that there is.
fn date(year: u16, month: u8, day: u8) -> Day {
    let day = profile::day_of((year.into(), month.into(), day.into()));
    Day(day.unwrap_or_default())
}

impl Table {
    /// Puts the year's holidays into a calendar, in place of whatever special days it had in that year. What is worked in a
    /// holiday's place is worked as the first day of the week is that is worked at all.
    pub fn put_into(&self, calendar: &mut Calendar) {
        let (first, end) = (
            date(self.year, 1, 1),
            date(self.year.saturating_add(1), 1, 1),
        );
        calendar
            .special
            .retain(|day, _| !(first.0..end.0).contains(day));
        let ordinary = calendar.week.iter().find(|spans| !spans.is_empty());
        let ordinary: Vec<Span> = ordinary.cloned().unwrap_or_default();
        for holiday in &self.holidays {
            let days = (0..i32::from(holiday.days)).map(|ahead| holiday.from.plus(ahead));
            calendar.special.extend(days.map(|day| (day.0, Vec::new())));
            let worked = holiday.worked.iter();
            calendar
                .special
                .extend(worked.map(|day| (day.0, ordinary.clone())));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hours::{self, Hours, Offset};
    use crate::local::Local;

    /// How many days of a year are off though they are weekdays, and worked though they are not.
    #[test]
    fn a_year_has_as_many_days_as_was_made_known() {
        let check = |year: u16, off: usize, worked: usize| {
            let all = tables();
            let table = all.iter().find(|table| table.year == year).unwrap();
            let mut calendar = hours::starter();
            table.put_into(&mut calendar);
            assert_eq!(hours::check(&calendar), []);
            let free = calendar.special.values().filter(|spans| spans.is_empty());
            let made_up = calendar
                .special
                .iter()
                .filter(|(_, spans)| !spans.is_empty());
            assert_eq!(
                (free.count(), made_up.clone().count()),
                (off, worked),
                "{year}"
            );
            // What is worked in place of another day is always a Saturday or a Sunday.
            for (day, _) in made_up {
                assert!(matches!((day + 3).rem_euclid(7), 5 | 6), "{year} {day}");
            }
        };
        check(2025, 28, 5);
        check(2026, 33, 6);
    }

    #[test]
    fn a_day_is_worked_as_its_table_says() {
        let mut calendar = hours::starter();
        for table in tables() {
            table.put_into(&mut calendar);
        }
        let local = Local::of("Asia/Shanghai").unwrap();
        let hours = Hours::new(&calendar, &local);
        let check = |(year, month, day), open: bool| {
            let east = i64::from(local.minutes_east(0)) * 60_000;
            let at = i64::from(date(year, month, day).0) * 86_400_000 + 10 * 3_600_000 - east;
            assert_eq!(hours.is_open(at), open, "{year}-{month}-{day}");
        };
        check((2025, 1, 26), true);
        check((2025, 1, 27), true);
        check((2025, 1, 28), false);
        check((2025, 2, 4), false);
        check((2025, 2, 5), true);
        check((2025, 10, 8), false);
        check((2025, 10, 11), true);
        check((2026, 1, 2), false);
        check((2026, 1, 4), true);
        check((2026, 2, 14), true);
        check((2026, 2, 23), false);
        check((2026, 2, 24), true);
        check((2026, 5, 9), true);
        check((2026, 10, 7), false);
        check((2026, 10, 8), true);
        check((2026, 10, 10), true);
        check((2026, 10, 11), false);
        // A year without a table is as its weeks are.
        check((2027, 10, 1), true);
    }

    #[test]
    fn a_table_takes_the_place_of_what_was_there_that_year() {
        let mut calendar = hours::starter();
        let kept = date(2024, 12, 31).0;
        calendar.special.insert(kept, Vec::new());
        calendar.special.insert(date(2026, 8, 8).0, Vec::new());
        let all = tables();
        let of = |year| all.iter().find(|table| table.year == year).unwrap();
        of(2026).put_into(&mut calendar);
        assert!(calendar.special.contains_key(&kept));
        assert!(!calendar.special.contains_key(&date(2026, 8, 8).0));
        let once = calendar.clone();
        of(2026).put_into(&mut calendar);
        assert_eq!(calendar, once);
        assert_eq!(date(2026, 11, 16), Day(20_773));
    }
}
