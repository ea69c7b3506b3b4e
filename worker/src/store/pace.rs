//! One write a second a key: when a key of KV may be written next.
//!
//! Held in memory alone. What was written before the object woke is not known, so every key is held to have been
//! written when it woke. Not here: what is written.

use crate::limit::{KEY_RESTS_MS, KEYS_RESTING_MAX};
use domain::id::Ms;
use std::cell::RefCell;
use std::collections::HashMap;

/// See the module. Times are the platform's own.
pub(crate) struct Pace {
    awake_since: Ms,
    written: RefCell<HashMap<String, Ms>>,
}

impl Pace {
    /// Of an object that has just woken.
    pub(crate) fn new(now: Ms) -> Pace {
        Pace {
            awake_since: now,
            written: RefCell::default(),
        }
    }

    /// How long to wait before the key may be written, in milliseconds; never longer than a key rests.
    pub(super) fn wait_ms(&self, key: &str, now: Ms) -> Ms {
        let written = self.written.borrow().get(key).copied();
        let rested_ms = now.saturating_sub(written.unwrap_or(self.awake_since));
        KEY_RESTS_MS
            .saturating_sub(rested_ms)
            .clamp(0, KEY_RESTS_MS)
    }

    /// The key is being written, or has been.
    pub(super) fn note(&self, key: &str, now: Ms) {
        let mut written = self.written.borrow_mut();
        if written.len() >= KEYS_RESTING_MAX {
            written.retain(|_, at| now.saturating_sub(*at) < KEY_RESTS_MS);
        }
        written.insert(key.to_owned(), now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_rests_after_a_write_and_after_a_wake() {
        let pace = Pace::new(10_000);
        let check = |key: &str, now: Ms, wait_ms: Ms| {
            assert_eq!(pace.wait_ms(key, now), wait_ms, "{key} at {now}");
        };
        check("a", 10_000, 1_100);
        check("a", 10_400, 700);
        check("a", 11_100, 0);
        pace.note("a", 11_100);
        check("a", 11_101, 1_099);
        check("b", 11_101, 0);
        check("a", 12_200, 0);
        // A clock that was put back waits no longer than that.
        check("a", 5_000, 1_100);
    }

    #[test]
    fn what_has_rested_is_let_go() {
        let pace = Pace::new(0);
        for n in 0..10 * i64::try_from(KEYS_RESTING_MAX).unwrap() {
            pace.note(&n.to_string(), 5_000 + n * 10);
        }
        assert!(pace.written.borrow().len() <= KEYS_RESTING_MAX);
        let last = 10 * i64::try_from(KEYS_RESTING_MAX).unwrap() - 1;
        assert_eq!(
            pace.wait_ms(&last.to_string(), 5_000 + last * 10),
            KEY_RESTS_MS
        );
    }
}
