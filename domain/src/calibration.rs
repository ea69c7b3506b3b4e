//! Calibration: whether a score finds the leads that sales takes and wins, and which threshold fits what sales can take up.
//!
//! Not here: computing the scores ([`crate::score`]), and whose leads these are: the caller groups them by source or owner.

use crate::day::Day;
use crate::rulebook::SCORE_MAX;
use serde::{Deserialize, Serialize};

/// How many bands a table has: each is ten points wide, the last one eleven.
pub const BANDS: usize = 10;
/// Days of a week.
const WEEK: u32 = 7;

/// A lead that is looked back on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "CalibrationCase"))]
pub struct Case {
    /// When its score was higher than ever before: [`crate::score::Scorer::highs`].
    pub highs: Vec<(Day, i32)>,
    /// What sales said; none as long as it said nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<bool>,
    /// Whether it was won.
    #[serde(default)]
    pub won: bool,
}

/// What is held to be good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Good {
    /// What sales accepted; of what it said nothing about nobody knows.
    Accepted,
    /// What was won.
    Won,
}

/// How well a threshold finds what is good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "CalibrationQuality"))]
pub struct Quality {
    /// Leads that are known to be good or not.
    pub all: u64,
    /// Those that are good.
    pub good: u64,
    /// Those that reached the threshold.
    pub qualified: u64,
    /// Those that are both.
    pub both: u64,
}

impl Quality {
    /// How many of those that reached it are good, in thousandths; none when none did.
    pub fn precision(&self) -> Option<u64> {
        share(self.both, self.qualified)
    }

    /// How many of the good ones reached it, in thousandths.
    pub fn recall(&self) -> Option<u64> {
        share(self.both, self.good)
    }

    /// How many times as many good ones stand among those that reached it as among all, in thousandths: 1,000 is no better
    /// than by lot.
    pub fn lift(&self) -> Option<u64> {
        let found = u128::from(self.both).saturating_mul(self.all.into());
        let by_lot = u128::from(self.qualified).saturating_mul(self.good.into());
        let lift = found.saturating_mul(1_000).checked_div(by_lot)?;
        u64::try_from(lift).ok()
    }
}

fn share(part: u64, all: u64) -> Option<u64> {
    part.saturating_mul(1_000).checked_div(all)
}

/// What came of the leads of a band of scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "CalibrationBand"))]
pub struct Band {
    /// Leads whose highest score lies in it.
    pub leads: u64,
    /// Those that sales accepted.
    pub accepted: u64,
    /// Those that it did not.
    pub rejected: u64,
    /// Those that were won.
    pub won: u64,
}

impl Case {
    /// The highest score there ever was.
    pub fn highest(&self) -> i32 {
        self.highs.last().map_or(0, |(_, score)| *score)
    }

    /// When a score was first reached.
    pub fn reached(&self, score: i32) -> Option<Day> {
        let mut highs = self.highs.iter();
        highs.find(|(_, high)| *high >= score).map(|(day, _)| *day)
    }

    /// Whether it is good; nobody knows of what sales said nothing about.
    fn is_good(&self, good: Good) -> Option<bool> {
        match good {
            Good::Accepted => self.accepted,
            Good::Won => Some(self.won),
        }
    }
}

/// How well a threshold finds what is good.
pub fn quality<'a>(
    cases: impl IntoIterator<Item = &'a Case>,
    threshold: i32,
    good: Good,
) -> Quality {
    let mut found = Quality::default();
    for case in cases {
        let Some(is_good) = case.is_good(good) else {
            continue;
        };
        let qualified = case.highest() >= threshold;
        for (count, holds) in [
            (&mut found.all, true),
            (&mut found.good, is_good),
            (&mut found.qualified, qualified),
            (&mut found.both, is_good && qualified),
        ] {
            *count = count.saturating_add(u64::from(holds));
        }
    }
    found
}

/// What came of the leads of each band, the lowest first.
pub fn bands<'a>(cases: impl IntoIterator<Item = &'a Case>) -> [Band; BANDS] {
    let mut found = [Band::default(); BANDS];
    for case in cases {
        let score = usize::try_from(case.highest().clamp(0, SCORE_MAX)).unwrap_or(0);
        let place = (score / 10).min(BANDS.saturating_sub(1));
        if let Some(band) = found.get_mut(place) {
            for (count, holds) in [
                (&mut band.leads, true),
                (&mut band.accepted, case.accepted == Some(true)),
                (&mut band.rejected, case.accepted == Some(false)),
                (&mut band.won, case.won),
            ] {
                *count = count.saturating_add(u64::from(holds));
            }
        }
    }
    found
}

/// How many leads crossed each threshold from 1 to 100 in some days, both included.
fn crossed<'a>(
    cases: impl IntoIterator<Item = &'a Case>,
    from: Day,
    to: Day,
) -> [u64; SCORE_MAX as usize] {
    let mut crossed = [0_u64; SCORE_MAX as usize];
    for case in cases {
        let mut before = 0;
        for (day, high) in &case.highs {
            let high = usize::try_from(*high).unwrap_or(0);
            let new = crossed.get_mut(before..high).unwrap_or_default();
            if (from..=to).contains(day) {
                new.iter_mut()
                    .for_each(|count| *count = count.saturating_add(1));
            }
            before = before.max(high);
        }
    }
    crossed
}

/// How many leads a week crossed a threshold in some days, both included, in thousandths; none of no days.
pub fn per_week<'a>(
    cases: impl IntoIterator<Item = &'a Case>,
    threshold: i32,
    from: Day,
    to: Day,
) -> Option<u64> {
    let crossed = crossed(cases, from, to);
    let place = usize::try_from(threshold.checked_sub(1)?).ok()?;
    weekly(*crossed.get(place)?, from, to)
}

fn weekly(count: u64, from: Day, to: Day) -> Option<u64> {
    let days = u64::from(from.until(to.plus(1)));
    let weeks = count.saturating_mul(WEEK.into()).saturating_mul(1_000);
    weeks.checked_div(days)
}

/// The lowest threshold that no more leads a week cross than sales can take up; none when even the highest lets too many
/// through, and of no days.
pub fn fitting<'a>(
    cases: impl IntoIterator<Item = &'a Case>,
    capacity: u32,
    from: Day,
    to: Day,
) -> Option<i32> {
    let most = u64::from(capacity).saturating_mul(1_000);
    let crossed = crossed(cases, from, to);
    let mut thresholds = (1..=SCORE_MAX).zip(crossed);
    let fits =
        thresholds.find(|(_, count)| weekly(*count, from, to).is_some_and(|weekly| weekly <= most));
    fits.map(|(threshold, _)| threshold)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn case(highs: &[(i32, i32)], accepted: Option<bool>, won: bool) -> Case {
        let highs = highs.iter().map(|(day, score)| (Day(*day), *score));
        Case {
            highs: highs.collect(),
            accepted,
            won,
        }
    }

    /// Ten leads; of the five at 60 and above three were accepted and one was won, of the others one was accepted.
    fn cases() -> Vec<Case> {
        let yes = Some(true);
        let no = Some(false);
        vec![
            case(&[(1, 20), (3, 90)], yes, true),
            case(&[(8, 60)], yes, false),
            case(&[(2, 30), (9, 75)], yes, false),
            case(&[(10, 100)], no, false),
            case(&[(13, 65)], None, false),
            case(&[(4, 59)], yes, false),
            case(&[(5, 10)], no, false),
            case(&[(6, 45)], no, false),
            case(&[], None, false),
            case(&[(14, 5)], no, false),
        ]
    }

    #[test]
    fn precision_recall_and_lift() {
        let check = |threshold, good, counts: [u64; 4], shares: [Option<u64>; 3]| {
            let found = quality(&cases(), threshold, good);
            assert_eq!([found.all, found.good, found.qualified, found.both], counts);
            assert_eq!([found.precision(), found.recall(), found.lift()], shares);
        };
        // Of eight that sales spoke of: 3 of 4 against 4 of 8.
        check(
            60,
            Good::Accepted,
            [8, 4, 4, 3],
            [Some(750), Some(750), Some(1_500)],
        );
        check(
            50,
            Good::Accepted,
            [8, 4, 5, 4],
            [Some(800), Some(1_000), Some(1_600)],
        );
        // Of all ten: 1 of 5 against 1 of 10.
        check(
            60,
            Good::Won,
            [10, 1, 5, 1],
            [Some(200), Some(1_000), Some(2_000)],
        );
        check(95, Good::Won, [10, 1, 1, 0], [Some(0), Some(0), Some(0)]);
        let nothing = quality(&[], 60, Good::Won);
        assert_eq!(
            (nothing.precision(), nothing.recall(), nothing.lift()),
            (None, None, None)
        );
    }

    #[test]
    fn bands_say_what_came_of_them() {
        let found = bands(&cases());
        let told = found.map(|b| (b.leads, b.accepted, b.rejected, b.won));
        let none = (0, 0, 0, 0);
        let expect = [
            (2, 0, 1, 0),
            (1, 0, 1, 0),
            none,
            none,
            (1, 0, 1, 0),
            (1, 1, 0, 0),
            (2, 1, 0, 0),
            (1, 1, 0, 0),
            none,
            (2, 1, 1, 1),
        ];
        assert_eq!(told, expect);
    }

    #[test]
    fn the_threshold_follows_what_sales_can_take_up() {
        let (from, to) = (Day(1), Day(14));
        let weekly = |threshold| per_week(&cases(), threshold, from, to);
        // In two weeks five cross 60, one crosses 95.
        assert_eq!(
            (weekly(60), weekly(95), weekly(1)),
            (Some(2_500), Some(500), Some(4_500))
        );
        assert_eq!(per_week(&cases(), 60, Day(1), Day(7)), Some(1_000));
        assert_eq!(per_week(&cases(), 60, Day(7), Day(6)), None);
        assert_eq!((weekly(0), weekly(101)), (None, None));
        let fits = |capacity| fitting(&cases(), capacity, from, to);
        assert_eq!(
            (fits(5), fits(4), fits(3), fits(2), fits(1)),
            (Some(1), Some(6), Some(46), Some(61), Some(76))
        );
        assert_eq!(fits(0), None);
    }

    proptest! {
        #[test]
        fn what_fits_fits_and_no_lower_one_does(
            all in proptest::collection::vec(proptest::collection::vec((0..60_i32, 1..=100_i32), 0..4), 0..60),
            capacity in 0..10_u32,
        ) {
            let cases: Vec<Case> = all.into_iter().map(|mut highs| {
                highs.sort_unstable();
                let mut highest = 0;
                highs.retain(|(_, high)| {
                    let higher = *high > highest;
                    highest = highest.max(*high);
                    higher
                });
                case(&highs, None, false)
            }).collect();
            let (from, to) = (Day(10), Day(50));
            let weekly = |threshold| {
                let reached = cases.iter().filter_map(|case| case.reached(threshold));
                let count = reached.filter(|day| (from..=to).contains(day)).count() as u64;
                count * 7_000 / 41
            };
            for threshold in 1..=100 {
                prop_assert_eq!(per_week(&cases, threshold, from, to), Some(weekly(threshold)));
            }
            let first = (1..=100).find(|threshold| weekly(*threshold) <= u64::from(capacity) * 1_000);
            prop_assert_eq!(fitting(&cases, capacity, from, to), first);
        }
    }
}
