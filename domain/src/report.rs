//! What reports are made of: the days they are about, how response times are put together, and what is in the middle of many.
//!
//! Not here: counting rows, which whoever stores them does, and where a visit came from ([`crate::session`]).

use crate::day::{Day, Zone};
use crate::id::Ms;
use crate::rulebook::Invalid;
use serde::{Deserialize, Serialize};

/// A report is about at most so many days: two years and a leap day.
pub const DAYS_MAX: u32 = 731;

/// So many days are reported where nobody says how many.
const DAYS_USUAL: i32 = 30;

/// The days that a report is about, both ends among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
}

impl Period {
    /// The days between these two. Codes: `before_begin`, `too_many` (of `until`).
    pub fn of(from: Day, until: Day) -> Result<Period, Invalid> {
        let wrong = |code| {
            Err(Invalid {
                field: "until".into(),
                code,
            })
        };
        if until < from {
            return wrong("before_begin");
        }
        if from.until(until) >= DAYS_MAX {
            return wrong("too_many");
        }
        Ok(Period { from, until })
    }

    /// The days that are asked for: until today, where no last day is, and [`DAYS_USUAL`] days, where no first one is. Codes as of
    /// [`Period::of`].
    pub fn asked(from: Option<Day>, until: Option<Day>, today: Day) -> Result<Period, Invalid> {
        let until = until.unwrap_or(today);
        let usual = 1_i32.saturating_sub(DAYS_USUAL);
        Period::of(from.unwrap_or(until.plus(usual)), until)
    }

    /// As a call asks for them.
    pub fn ends(self) -> (Option<Day>, Option<Day>) {
        (Some(self.from), Some(self.until))
    }

    /// How many days they are.
    pub fn days(self) -> u32 {
        self.from.until(self.until).saturating_add(1)
    }

    /// As many days right before these, to compare with.
    #[must_use]
    pub fn before(self) -> Period {
        let back = i32::try_from(self.days()).unwrap_or(i32::MAX);
        let back = back.saturating_neg();
        Period {
            from: self.from.plus(back),
            until: self.until.plus(back),
        }
    }

    /// When they begin, and when they are over: the first instant of the day after them.
    pub fn bounds(self, zone: Zone) -> (Ms, Ms) {
        (zone.begins(self.from), zone.begins(self.until.plus(1)))
    }
}

/// How soon something was answered, in working time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ResponseBucket"))]
#[serde(rename_all = "snake_case")]
pub enum Bucket {
    /// Within five minutes: who is called then is reached far more often than later, as Harvard Business Review found in
    /// "The Short Life of Online Sales Leads" (2011) and many after it.
    FiveMinutes,
    /// Within half an hour.
    HalfHour,
    /// Within an hour.
    Hour,
    /// Within four hours.
    HalfDay,
    /// Within eight hours: a working day.
    Day,
    /// Later.
    Later,
    /// Not at all so far.
    Never,
}

impl Bucket {
    /// Every one, the soonest first.
    pub const ALL: [Bucket; 7] = [
        Bucket::FiveMinutes,
        Bucket::HalfHour,
        Bucket::Hour,
        Bucket::HalfDay,
        Bucket::Day,
        Bucket::Later,
        Bucket::Never,
    ];

    /// The last whole minute that is in it; none of the last two.
    pub const fn last_minute(self) -> Option<u32> {
        match self {
            Bucket::FiveMinutes => Some(5),
            Bucket::HalfHour => Some(30),
            Bucket::Hour => Some(60),
            Bucket::HalfDay => Some(240),
            Bucket::Day => Some(480),
            Bucket::Later | Bucket::Never => None,
        }
    }

    /// The minutes that are in it, both ends among them; none of what was never answered.
    pub fn minutes(self) -> Option<(u32, u32)> {
        let place = Bucket::ALL.iter().position(|bucket| *bucket == self)?;
        let before = place
            .checked_sub(1)
            .and_then(|place| Bucket::ALL.get(place));
        let from = before.and_then(|bucket| bucket.last_minute());
        let from = from.map_or(0, |last| last.saturating_add(1));
        match self {
            Bucket::Never => None,
            _ => Some((from, self.last_minute().unwrap_or(u32::MAX))),
        }
    }

    /// The one in which an answer after so many working minutes is; none was never answered.
    pub fn of(minutes: Option<u32>) -> Bucket {
        let Some(minutes) = minutes else {
            return Bucket::Never;
        };
        let mut all = Bucket::ALL.into_iter();
        let fits = |bucket: &Bucket| bucket.last_minute().is_some_and(|last| minutes <= last);
        all.find(fits).unwrap_or(Bucket::Later)
    }
}

/// The least value that at least so many of a hundred do not exceed (the nearest rank); values with how often each is there,
/// in any order. None of nothing.
pub fn percentile(values: &[(u32, u64)], per_cent: u64) -> Option<u32> {
    let mut values = values.to_vec();
    values.sort_unstable();
    let all = values.iter().map(|(_, count)| *count);
    let all = all.fold(0_u64, u64::saturating_add);
    let rank = all.saturating_mul(per_cent).div_ceil(100).max(1);
    let mut seen = 0_u64;
    let found = values.into_iter().find(|(_, count)| {
        seen = seen.saturating_add(*count);
        seen >= rank
    });
    found.map(|(value, _)| value)
}

/// How many of a thousand: rounded to the nearest; none of nothing.
pub fn per_mille(part: u64, whole: u64) -> Option<u32> {
    let twice = part.saturating_mul(2_000).saturating_add(whole);
    let share = twice.checked_div(whole.saturating_mul(2))?;
    Some(u32::try_from(share).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_period_is_some_days_and_as_many_before_them() {
        let period = Period::of(Day(10), Day(16)).unwrap();
        assert_eq!(period.days(), 7);
        let before = period.before();
        assert_eq!((before.from, before.until), (Day(3), Day(9)));
        let (from, until) = period.bounds(Zone(0));
        assert_eq!((from, until), (10 * 86_400_000, 17 * 86_400_000));
        assert_eq!(before.bounds(Zone(0)).1, from);
        let wrong = |from, until| Period::of(Day(from), Day(until)).unwrap_err().to_string();
        let usual = Period::asked(None, None, Day(100)).unwrap();
        assert_eq!((usual.from, usual.until), (Day(71), Day(100)));
        assert!(Period::asked(Some(Day(101)), None, Day(100)).is_err());
        assert_eq!(wrong(2, 1), "until: before_begin");
        assert_eq!(wrong(0, 731), "until: too_many");
        assert!(Period::of(Day(0), Day(730)).is_ok());
        assert_eq!(wrong(i32::MIN, i32::MAX), "until: too_many");
    }

    #[test]
    fn an_answer_is_in_the_first_bucket_that_it_fits_into() {
        let cases = [
            (Some(0), Bucket::FiveMinutes),
            (Some(5), Bucket::FiveMinutes),
            (Some(6), Bucket::HalfHour),
            (Some(60), Bucket::Hour),
            (Some(61), Bucket::HalfDay),
            (Some(480), Bucket::Day),
            (Some(481), Bucket::Later),
            (Some(u32::MAX), Bucket::Later),
            (None, Bucket::Never),
        ];
        for (minutes, bucket) in cases {
            assert_eq!(Bucket::of(minutes), bucket, "{minutes:?}");
        }
        assert_eq!(Bucket::FiveMinutes.minutes(), Some((0, 5)));
        assert_eq!(Bucket::Later.minutes(), Some((481, u32::MAX)));
        assert_eq!(Bucket::Never.minutes(), None);
    }

    #[test]
    fn shares_are_rounded_and_of_nothing_there_is_none() {
        assert_eq!(per_mille(1, 3), Some(333));
        assert_eq!(per_mille(2, 3), Some(667));
        assert_eq!(per_mille(5, 5), Some(1_000));
        assert_eq!(per_mille(0, 0), None);
    }

    proptest! {
        #[test]
        fn a_percentile_is_where_it_stands_among_all(values in proptest::collection::vec((0_u32..50, 1_u64..5), 1..20), per_cent in 1_u64..=100) {
            let mut all: Vec<u32> = values.iter().flat_map(|(value, count)| vec![*value; *count as usize]).collect();
            all.sort_unstable();
            let rank = (all.len() as u64 * per_cent).div_ceil(100).max(1) as usize;
            prop_assert_eq!(percentile(&values, per_cent), Some(all[rank - 1]));
        }

        #[test]
        fn every_minute_is_in_the_bucket_that_says_so(minutes in 0_u32..2_000) {
            let (from, until) = Bucket::of(Some(minutes)).minutes().unwrap();
            prop_assert!((from..=until).contains(&minutes));
        }
    }
}
