//! When anybody is at work in a made-up company: a weekday from nine to six, by the clock of Shanghai.

use super::{DAY_MS, HOUR_MS, MINUTE_MS};
use crate::day::Zone;
use crate::id::Ms;

/// The step in which working time is gone back through.
const STEP_MS: Ms = 10 * MINUTE_MS;
/// So many steps back at most: three weeks.
const STEPS_MAX: i64 = 21 * 24 * 6;

/// So many minutes later, and then when somebody is at work: a weekday from nine to six.
pub(super) fn worked(from: Ms, minutes: i64) -> Ms {
    let zone = Zone::SHANGHAI;
    let mut at = from.saturating_add(minutes.saturating_mul(MINUTE_MS));
    for _ in 0..8 {
        let day = zone.day(at);
        let since = at.saturating_sub(zone.begins(day));
        let weekend = matches!(day.0.saturating_add(3).rem_euclid(7), 5 | 6);
        if is_work(at) {
            return at;
        }
        let nine = zone
            .begins(day)
            .saturating_add(9 * HOUR_MS)
            .saturating_add(minutes.rem_euclid(45).saturating_mul(MINUTE_MS));
        at = if !weekend && since < 9 * HOUR_MS {
            nine
        } else {
            nine.saturating_add(DAY_MS)
        };
    }
    at
}

/// So many minutes of work before then; three weeks before, where nobody works so long.
pub(super) fn work_before(until: Ms, minutes: i64) -> Ms {
    let mut left = minutes.saturating_mul(MINUTE_MS);
    let mut at = until;
    for _ in 0..STEPS_MAX {
        if left <= 0 {
            break;
        }
        at = at.saturating_sub(STEP_MS);
        if is_work(at) {
            left = left.saturating_sub(STEP_MS);
        }
    }
    at
}

/// Whether somebody is at work then.
fn is_work(at: Ms) -> bool {
    let zone = Zone::SHANGHAI;
    let day = zone.day(at);
    let since = at.saturating_sub(zone.begins(day));
    let weekend = matches!(day.0.saturating_add(3).rem_euclid(7), 5 | 6);
    !weekend && (9 * HOUR_MS..18 * HOUR_MS).contains(&since)
}
