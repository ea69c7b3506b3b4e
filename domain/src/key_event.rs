//! Key events: what is noted when a browser does something often enough within some days.
//!
//! It is noted once a window: within its days, before and after, the same one is not noted again. Which event it is that
//! reaches it depends on what had come by then, so it is decided once, when events come, and kept as a fact. Not here:
//! what a lead did on several browsers together, and what follows from a key event.

use crate::id::{EventId, Ms};
use crate::rulebook::KeyEvent;
use serde::{Deserialize, Serialize};

/// Milliseconds of a day.
const DAY_MS: Ms = 24 * 60 * 60 * 1_000;

/// A key event that a browser reached.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reached {
    /// When.
    pub at: Ms,
    /// By which event.
    pub event: EventId,
    /// Which: [`KeyEvent::id`].
    pub key: String,
}

/// Within how many milliseconds a key event is asked for.
pub fn window_ms(key: &KeyEvent) -> Ms {
    Ms::from(key.days).saturating_mul(DAY_MS)
}

/// By which of a browser's events a key event is reached now: when, which, and since when the others were counted.
/// `matching` are the events that count, in order of (time, id); `before` is when it was reached already. A window in
/// which nothing is new reaches nothing: a key event holds from its publication on.
pub fn reach(
    key: &KeyEvent,
    matching: &[(Ms, EventId)],
    before: &[Ms],
    is_new: impl Fn(Ms, EventId) -> bool,
) -> Vec<(Ms, EventId, Ms)> {
    let window_ms = window_ms(key);
    let at_least = usize::try_from(key.at_least).unwrap_or(usize::MAX);
    let mut closed = before.to_vec();
    let mut found = Vec::new();
    for (place, (at, event)) in matching.iter().enumerate() {
        let since = at.saturating_sub(window_ms);
        let first = matching.partition_point(|(at, _)| *at <= since);
        let within = matching.get(first..=place).unwrap_or_default();
        let is_open = !closed
            .iter()
            .any(|other| at.abs_diff(*other) < window_ms.unsigned_abs());
        let is_fresh = || within.iter().any(|(at, event)| is_new(*at, *event));
        if within.len() >= at_least && is_open && is_fresh() {
            let since = within.first().map_or(*at, |(at, _)| *at);
            closed.push(*at);
            found.push((*at, *event, since));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::starter;
    use uuid::Uuid;

    /// Of events on these days, of which the last `new` have just come, the days that reach three within seven days.
    fn check(days: &[i64], new: usize, before: &[i64], expect: &[(i64, i64)]) {
        let key = KeyEvent {
            at_least: 3,
            days: 7,
            ..starter().key_events.remove(0)
        };
        let id = |place: usize| EventId(Uuid::from_u128(place as u128 + 1));
        let mut matching: Vec<_> = days
            .iter()
            .enumerate()
            .map(|(n, d)| (d * DAY_MS, id(n)))
            .collect();
        let fresh: Vec<EventId> = matching.iter().rev().take(new).map(|(_, id)| *id).collect();
        matching.sort_unstable();
        let before: Vec<Ms> = before.iter().map(|day| day * DAY_MS).collect();
        let found = reach(&key, &matching, &before, |_, event| fresh.contains(&event));
        let found: Vec<_> = found
            .iter()
            .map(|(at, _, since)| (at / DAY_MS, since / DAY_MS))
            .collect();
        assert_eq!(found, expect, "{days:?}, {new} new, before {before:?}");
    }

    #[test]
    fn it_is_reached_by_the_event_that_is_enough() {
        check(&[], 0, &[], &[]);
        check(&[0, 1], 2, &[], &[]);
        check(&[0, 1, 2], 1, &[], &[(2, 0)]);
        check(&[0, 0, 0], 3, &[], &[(0, 0)]);
        check(&[0, 1, 7], 1, &[], &[]);
        check(&[0, 1, 6], 1, &[], &[(6, 0)]);
    }

    #[test]
    fn it_is_reached_once_a_window() {
        check(&[0, 1, 2, 3, 4], 5, &[], &[(2, 0)]);
        check(&[0, 1, 2, 3, 4], 1, &[2], &[]);
        check(&[0, 1, 2, 8, 8, 9], 3, &[2], &[(9, 8)]);
        check(&[10, 11, 12, 8], 1, &[12], &[]);
        check(&[0, 1, 2, 20, 21, 22], 6, &[], &[(2, 0), (22, 20)]);
    }

    #[test]
    fn a_late_event_may_be_what_was_missing() {
        check(&[0, 2, 1], 1, &[], &[(2, 0)]);
        check(&[5, 6, 3], 1, &[], &[(6, 3)]);
        check(&[20, 21, 22, 0], 1, &[22], &[]);
    }

    #[test]
    fn what_had_come_before_reaches_nothing_alone() {
        check(&[0, 1, 2], 0, &[], &[]);
        check(&[0, 1, 2, 30], 1, &[], &[]);
    }
}
