//! When the waiting events go, and what an answer of the collector means for them.
//!
//! In scope: times and counts. Not in scope: the events themselves, which wait as text in
//! `js/host.js`, in memory and in the browser's storage, and the sending. The clock and the chance are
//! arguments.

/// Events kept while the collector cannot be reached; the oldest ones go first.
pub(crate) const EVENTS_KEPT_MAX: u32 = 1_000;
/// How long an event is kept for a later page.
pub(crate) const KEPT_MS_MAX: u64 = 7 * 24 * 60 * 60 * 1_000;
/// The longest pause that a collector may ask for.
const AFTER_S_MAX: u32 = 60 * 60;
/// How long the first event waits for company.
const WAIT_MS: u64 = 1_000;
/// As many events do not wait.
const EVENTS_AT_ONCE: u32 = 10;
/// The pause after the first failure; it doubles with each.
const PAUSE_MS: u64 = 2_000;
/// How often the pause doubles, at most: to 128 seconds.
const DOUBLINGS_MAX: u32 = 6;

/// When the next batch is due, and how it went lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Queue {
    /// When the next batch goes, in Unix milliseconds; 0 when none is due.
    due_ms: u64,
    /// The failures since the last success.
    failures: u32,
    /// Whether a batch is on its way. The next one waits for its answer: however fast a page makes
    /// events, the collector sees one batch at a time.
    away: bool,
}

impl Queue {
    /// Nothing waits.
    pub(crate) const EMPTY: Queue = Queue {
        due_ms: 0,
        failures: 0,
        away: false,
    };

    /// An event was added, and now `waiting` do. After a failure the pause goes on.
    pub(crate) fn added(mut self, now_ms: u64, waiting: u32) -> Queue {
        if self.failures == 0 && !self.away {
            if waiting >= EVENTS_AT_ONCE {
                self.due_ms = now_ms;
            } else if self.due_ms == 0 {
                self.due_ms = now_ms.saturating_add(WAIT_MS);
            }
        }
        self
    }

    /// Whether a batch is due.
    pub(crate) fn is_due(self, now_ms: u64) -> bool {
        self.due_ms != 0 && self.due_ms <= now_ms
    }

    /// A batch left, or there was none; the next one waits for its answer, or else for an event.
    pub(crate) fn left(mut self, away: bool) -> Queue {
        self.due_ms = 0;
        self.away = away;
        self
    }

    /// A batch was answered for good, and `waiting` more events wait.
    pub(crate) fn settled(self, now_ms: u64, waiting: u32) -> Queue {
        Queue {
            due_ms: if waiting > 0 { now_ms } else { 0 },
            ..Queue::EMPTY
        }
    }

    /// A batch failed and has to be sent again. The pause doubles with each failure, and `chance`
    /// draws it out by up to a half, so that the visitors of a site do not all come back at once. It is
    /// no shorter than the `after_s` seconds that the collector asked for.
    pub(crate) fn failed(self, now_ms: u64, chance: u8, after_s: u32) -> Queue {
        let after_ms = u64::from(after_s.min(AFTER_S_MAX)).saturating_mul(1_000);
        let pause_ms = (PAUSE_MS << self.failures.min(DOUBLINGS_MAX)).max(after_ms);
        let longer_ms = (pause_ms >> 9).saturating_mul(u64::from(chance));
        let due_ms = now_ms.saturating_add(pause_ms).saturating_add(longer_ms);
        Queue {
            due_ms,
            failures: self.failures.saturating_add(1),
            away: false,
        }
    }

    /// Whether the last batch failed, so that what a beacon takes along must be kept as well.
    pub(crate) fn is_failing(self) -> bool {
        self.failures > 0
    }

    /// The milliseconds until the next batch is due, or −1.
    pub(crate) fn wait_ms(self, now_ms: u64) -> i32 {
        if self.due_ms == 0 {
            -1
        } else {
            i32::try_from(self.due_ms.saturating_sub(now_ms)).unwrap_or(i32::MAX)
        }
    }
}

/// Whether the batch has to be sent again after this HTTP status; 0 stands for no answer. Every
/// other status is for good: the collector has the events, or never wants them.
pub(crate) fn is_passing(status: u16) -> bool {
    matches!(status, 0 | 408 | 425 | 429 | 500..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_event_starts_the_wait_and_the_tenth_ends_it() {
        let mut queue = Queue::EMPTY;
        assert_eq!(queue.wait_ms(100), -1);
        queue = queue.added(100, 1);
        assert_eq!(queue.wait_ms(100), 1_000);
        queue = queue.added(600, 2);
        assert_eq!(queue.wait_ms(600), 500);
        assert!(!queue.is_due(600));
        queue = queue.added(700, 10);
        assert!(queue.is_due(700));
        assert_eq!(queue.left(false), Queue::EMPTY);
    }

    #[test]
    fn one_batch_is_on_its_way_at_a_time() {
        let queue = Queue::EMPTY.added(100, 10).left(true);
        assert_eq!(queue.added(101, 900).wait_ms(101), -1);
        assert!(queue.settled(200, 900).is_due(200));
        assert_eq!(queue.settled(200, 0).added(200, 1).wait_ms(200), 1_000);
    }

    #[test]
    fn the_pause_doubles_to_a_limit_and_new_events_do_not_end_it() {
        let mut queue = Queue::EMPTY;
        for expect in [
            2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 128_000,
        ] {
            queue = queue.failed(0, 0, 0);
            assert_eq!(queue.wait_ms(0), expect);
            assert_eq!(queue.added(0, 500).wait_ms(0), expect);
            assert!(queue.is_failing());
        }
        assert_eq!(
            queue.left(true).added(0, 500).wait_ms(0),
            -1,
            "waits for the answer"
        );
        assert_eq!(Queue::EMPTY.failed(0, 255, 0).wait_ms(0), 2_765);
    }

    #[test]
    fn the_pause_is_as_long_as_the_collector_asks_within_a_limit() {
        for (after_s, expect) in [(1, 2_000), (30, 30_000), (u32::MAX, 3_600_000)] {
            assert_eq!(Queue::EMPTY.failed(0, 0, after_s).wait_ms(0), expect);
        }
    }

    #[test]
    fn an_answer_for_good_lets_the_rest_go() {
        let queue = Queue::EMPTY.failed(0, 0, 0);
        assert!(queue.settled(5, 3).is_due(5));
        assert_eq!(queue.settled(5, 0), Queue::EMPTY);
    }

    #[test]
    fn only_passing_failures_are_tried_again() {
        for status in [0, 408, 425, 429, 500, 502, 503, 504, 599] {
            assert!(is_passing(status), "{status}");
        }
        for status in [
            200, 202, 204, 304, 400, 401, 403, 404, 409, 410, 413, 415, 422, 451,
        ] {
            assert!(!is_passing(status), "{status}");
        }
    }
}
