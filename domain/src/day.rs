//! Days of a workspace: which calendar day an instant falls on.
//!
//! Not here: working hours and holidays ([`crate::hours`]).

use crate::id::Ms;
use serde::{Deserialize, Serialize};

/// A day, counted from 1970-01-01 in the workspace's zone.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Day(pub i32);

impl Day {
    /// So many days later.
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }

    /// How many days it is until a later one; 0 when that is not later.
    pub fn until(self, later: Day) -> u32 {
        later
            .0
            .checked_sub(self.0)
            .map_or(if later > self { u32::MAX } else { 0 }, |days| {
                u32::try_from(days).unwrap_or(0)
            })
    }
}

/// How far the workspace's clock is from UTC, in minutes east. Zones whose offset changes in the
/// year are not told apart yet: China, the default, has had one offset since 1991.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Zone(pub i16);

/// Milliseconds of a day.
pub(crate) const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Milliseconds of a minute.
pub(crate) const MINUTE_MS: i64 = 60 * 1_000;

impl Zone {
    /// Asia/Shanghai, the default.
    pub const SHANGHAI: Zone = Zone(8 * 60);

    /// When a day begins.
    pub fn begins(self, day: Day) -> Ms {
        let local = i64::from(day.0).saturating_mul(DAY_MS);
        local.saturating_sub(i64::from(self.0).saturating_mul(MINUTE_MS))
    }

    /// The day that `at` falls on.
    pub fn day(self, at: Ms) -> Day {
        let local = at.saturating_add(i64::from(self.0).saturating_mul(MINUTE_MS));
        Day(
            i32::try_from(local.div_euclid(DAY_MS)).unwrap_or(if local < 0 {
                i32::MIN
            } else {
                i32::MAX
            }),
        )
    }
}

impl Default for Zone {
    fn default() -> Zone {
        Zone::SHANGHAI
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_the_zones_midnight() {
        let midnight_in_shanghai = 16 * 60 * 60 * 1_000;
        assert_eq!(Zone::SHANGHAI.day(midnight_in_shanghai - 1), Day(0));
        assert_eq!(Zone::SHANGHAI.day(midnight_in_shanghai), Day(1));
        assert_eq!(Zone(0).day(-1), Day(-1));
        assert_eq!(Zone(-300).day(0), Day(-1));
        assert_eq!(Zone(0).day(i64::MAX), Day(i32::MAX));
        assert_eq!(Zone::SHANGHAI.begins(Day(1)), midnight_in_shanghai);
        assert_eq!(Zone(-300).begins(Day(0)), 5 * 60 * 60 * 1_000);
    }

    #[test]
    fn days_are_counted_forward_only() {
        assert_eq!(Day(3).plus(4), Day(7));
        assert_eq!(Day(3).until(Day(7)), 4);
        assert_eq!(Day(7).until(Day(3)), 0);
        assert_eq!(Day(i32::MIN).until(Day(i32::MAX)), u32::MAX);
        assert_eq!(Day(i32::MAX).plus(1), Day(i32::MAX));
    }
}
