//! When the waiting events go, and what an answer of the collector means for them.
//!
//! In scope: times and counts. Not in scope: the events themselves, which wait as text in
//! `js/host.js`, in memory and in the browser's storage, and the sending. The clock and the chance are
//! arguments.

use core::cell::Cell;

/// The longest pause that a collector may ask for.
const AFTER_S_MAX: u32 = 60 * 60;
/// How long the first event waits for company, and the next batch for its turn: however fast a page
/// makes events, the collector sees at most one batch a second of it.
const WAIT_MS: u32 = 1_000;
/// As many events do not wait.
const EVENTS_AT_ONCE: u32 = 10;
/// The pause after the first failure; it doubles with each.
const PAUSE_MS: u32 = 2_000;
/// How often the pause doubles, at most: to 128 seconds.
const DOUBLINGS_MAX: u32 = 6;

/// When the next batch is due, and how it went lately. Times are milliseconds since the page began.
#[derive(Debug)]
pub(crate) struct Queue {
    /// When the next batch goes; [`NEVER`] when none is due.
    due_ms: Cell<u32>,
    /// No batch goes before, because the last one has just gone.
    free_ms: Cell<u32>,
    /// The failures since the last success.
    failures: Cell<u32>,
    /// Whether a batch is on its way. The next one waits for its answer.
    away: Cell<bool>,
}

const NEVER: u32 = u32::MAX;

impl Queue {
    /// Nothing waits.
    pub(crate) const fn empty() -> Queue {
        Queue {
            due_ms: Cell::new(NEVER),
            free_ms: Cell::new(0),
            failures: Cell::new(0),
            away: Cell::new(false),
        }
    }

    /// An event was added, and now `waiting` do; an urgent one does not wait for company, but for its turn.
    /// After a failure the pause goes on.
    #[inline(never)]
    pub(crate) fn added(&self, now_ms: u32, waiting: u32, urgent: bool) {
        if self.failures.get() > 0 || self.away.get() || waiting == 0 {
            return;
        }
        let mut due_ms = now_ms.max(self.free_ms.get());
        if !urgent && waiting < EVENTS_AT_ONCE {
            due_ms = due_ms.saturating_add(WAIT_MS);
        }
        self.due_ms.set(due_ms.min(self.due_ms.get()));
    }

    /// There is reason to hope again, and `waiting` events wait: the page is shown, or the network is back. No pause
    /// is waited out but the one that the collector asked for.
    pub(crate) fn resume(&self, now_ms: u32, waiting: u32) {
        if self.failures.replace(0) > 0 {
            self.due_ms.set(NEVER);
        }
        self.added(now_ms, waiting, false);
    }

    /// Whether a batch is due.
    pub(crate) fn is_due(&self, now_ms: u32) -> bool {
        self.due_ms.get() <= now_ms
    }

    /// A batch left, or there was none; the next one waits for its answer, or else for an event.
    pub(crate) fn left(&self, now_ms: u32, away: bool) {
        self.due_ms.set(NEVER);
        self.free_ms.set(now_ms.saturating_add(WAIT_MS));
        self.away.set(away);
        if !away {
            self.failures.set(0);
        }
    }

    /// A batch was answered for good, and `waiting` more events wait.
    pub(crate) fn settled(&self, now_ms: u32, waiting: u32) {
        self.away.set(false);
        self.failures.set(0);
        self.added(now_ms, waiting, false);
    }

    /// A batch failed and has to be sent again. The pause doubles with each failure, and `chance`
    /// draws it out by up to a half, so that the visitors of a site do not all come back at once. It is
    /// no shorter than the `after_s` seconds that the collector asked for.
    pub(crate) fn failed(&self, now_ms: u32, after_s: u32, chance: u8) {
        let failures = self.failures.get();
        let after_ms = after_s.min(AFTER_S_MAX).saturating_mul(1_000);
        let pause_ms = (PAUSE_MS << failures.min(DOUBLINGS_MAX)).max(after_ms);
        let longer_ms = (pause_ms >> 9).saturating_mul(u32::from(chance));
        let due_ms = now_ms.saturating_add(pause_ms).saturating_add(longer_ms);
        self.due_ms.set(due_ms);
        self.free_ms.set(now_ms.saturating_add(after_ms));
        self.failures.set(failures.saturating_add(1));
        self.away.set(false);
    }

    /// The milliseconds until the next batch is due, or −1.
    #[inline(never)]
    pub(crate) fn wait_ms(&self, now_ms: u32) -> i32 {
        match self.due_ms.get() {
            NEVER => -1,
            due_ms => due_ms.saturating_sub(now_ms) as i32,
        }
    }
}

/// Whether the batch has to be sent again after this HTTP status; 0 stands for no answer. Every
/// other status is for good: the collector has the events, or never wants them.
pub(crate) fn is_passing(status: u32) -> bool {
    matches!(status, 0 | 408 | 425 | 429 | 500..)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A queue to which this was done.
    fn queue(did: impl FnOnce(&Queue)) -> Queue {
        let queue = Queue::empty();
        did(&queue);
        queue
    }

    #[test]
    fn the_first_event_starts_the_wait_and_the_tenth_ends_it() {
        let queue = Queue::empty();
        assert_eq!(queue.wait_ms(100), -1);
        queue.added(100, 1, false);
        assert_eq!(queue.wait_ms(100), 1_000);
        queue.added(600, 2, false);
        assert_eq!(queue.wait_ms(600), 500);
        assert!(!queue.is_due(600));
        queue.added(700, 10, false);
        assert!(queue.is_due(700));
        queue.left(700, false);
        assert_eq!(queue.wait_ms(700), -1);
    }

    #[test]
    fn an_urgent_event_waits_for_its_turn_and_no_longer() {
        for (now_ms, expect) in [(120, 980), (1_100, 0), (5_000, 0)] {
            let queue = queue(|queue| {
                queue.left(100, true);
                queue.settled(110, 0);
                queue.added(now_ms, 1, true);
            });
            assert_eq!(queue.wait_ms(now_ms), expect);
        }
    }

    #[test]
    fn one_batch_is_on_its_way_at_a_time() {
        for urgent in [false, true] {
            let queue = queue(|queue| {
                queue.left(100, true);
                queue.added(101, 900, urgent);
            });
            assert_eq!(queue.wait_ms(101), -1);
        }
    }

    #[test]
    fn one_batch_goes_a_second() {
        for (answered_ms, waiting, expect) in [
            (200, 900, 900),
            (2_000, 900, 0),
            (200, 3, 1_900),
            (200, 0, -1),
        ] {
            let queue = queue(|queue| {
                queue.left(100, true);
                queue.settled(answered_ms, waiting);
            });
            assert_eq!(
                queue.wait_ms(answered_ms),
                expect,
                "{answered_ms} {waiting}"
            );
        }
    }

    #[test]
    fn the_pause_doubles_to_a_limit_and_new_events_do_not_end_it() {
        let queue = Queue::empty();
        for expect in [
            2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 128_000,
        ] {
            queue.failed(0, 0, 0);
            assert_eq!(queue.wait_ms(0), expect);
            queue.added(0, 500, true);
            assert_eq!(queue.wait_ms(0), expect);
        }
        queue.resume(0, 5);
        assert_eq!(queue.wait_ms(0), 1_000);
    }

    #[test]
    fn the_pause_is_as_long_as_the_collector_asks_within_a_limit() {
        for (after_s, chance, expect) in [
            (0, 255, 2_765),
            (1, 0, 2_000),
            (30, 0, 30_000),
            (u32::MAX, 0, 3_600_000),
        ] {
            let queue = queue(|queue| queue.failed(0, after_s, chance));
            assert_eq!(queue.wait_ms(0), expect);
        }
    }

    #[test]
    fn hope_does_not_shorten_the_pause_that_the_collector_asked_for() {
        let queue = queue(|queue| {
            queue.failed(0, 600, 0);
            queue.resume(1_000, 5);
        });
        assert_eq!(queue.wait_ms(1_000), 600_000);
    }

    #[test]
    fn after_a_failure_with_nothing_left_to_send_the_next_event_goes() {
        let queue = queue(|queue| {
            queue.failed(0, 0, 0);
            queue.left(2_000, false);
            queue.added(5_000, 1, true);
        });
        assert!(queue.is_due(5_000));
    }

    #[test]
    fn hope_without_a_failure_does_not_put_off_what_is_due() {
        let queue = queue(|queue| {
            queue.added(100, 1, true);
            queue.resume(100, 1);
        });
        assert!(queue.is_due(100));
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
