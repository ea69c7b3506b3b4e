//! The requests an isolate has in its hands, counted so that their number is bounded.
//!
//! One that is too old no longer counts: the runtime may drop a request without a word, and who only opens requests
//! must not keep others out. Not here: what is answered when there are too many.

use domain::id::Ms;
use std::collections::BTreeMap;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Flights {
    last: u64,
    /// Since when each is in hand; the first is the oldest.
    begun: BTreeMap<u64, Ms>,
}

impl Flights {
    /// Takes one more in, unless there are so many that are younger than `age_ms_max`; its number.
    pub(super) fn begin(&mut self, count_max: usize, age_ms_max: Ms, now: Ms) -> Option<u64> {
        while self.begun.len() >= count_max {
            let oldest = self.begun.first_entry()?;
            if now.saturating_sub(*oldest.get()) < age_ms_max {
                return None;
            }
            oldest.remove();
        }
        self.last = self.last.wrapping_add(1);
        self.begun.insert(self.last, now);
        Some(self.last)
    }

    /// It is over.
    pub(super) fn end(&mut self, number: u64) {
        self.begun.remove(&number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_more_than_may_be_is_refused_until_one_is_over() {
        let mut flights = Flights::default();
        let first = flights.begin(2, 100, 0).unwrap();
        let second = flights.begin(2, 100, 0).unwrap();
        assert_eq!(flights.begin(2, 100, 99), None);
        flights.end(first);
        let third = flights.begin(2, 100, 99).unwrap();
        assert_eq!(flights.begin(2, 100, 99), None);
        flights.end(second);
        flights.end(third);
        assert!(flights.begun.is_empty());
    }

    #[test]
    fn who_is_never_done_counts_for_a_while() {
        let mut flights = Flights::default();
        let gone = flights.begin(1, 100, 0).unwrap();
        assert_eq!(flights.begin(1, 100, 99), None);
        assert!(flights.begin(1, 100, 100).is_some());
        // One that is done all the same after that takes nobody else's place away.
        flights.end(gone);
        assert_eq!(flights.begin(1, 100, 101), None);
        assert_eq!(flights.begin(0, 100, 500), None, "none at all");
    }
}
