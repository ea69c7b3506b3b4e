//! How long to wait before the next attempt to connect.

/// Waits that double from half a second to fifteen, shifted so that many browsers do not come back at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Backoff {
    failures: u32,
}

/// The first wait, in milliseconds.
const WAIT_MS_MIN: u32 = 500;
/// The longest wait, in milliseconds.
const WAIT_MS_MAX: u32 = 15_000;

impl Backoff {
    /// The wait after one more failure; `chance` is 0–1.
    pub(crate) fn fail(&mut self, chance: f64) -> u32 {
        let doubled = WAIT_MS_MIN.saturating_mul(2_u32.saturating_pow(self.failures.min(10)));
        self.failures = self.failures.saturating_add(1);
        let whole = f64::from(doubled.min(WAIT_MS_MAX));
        // Between three quarters of the wait and the whole.
        (whole * (0.75 + chance.clamp(0.0, 1.0) / 4.0)) as u32
    }

    /// It worked: the next wait is the first again.
    pub(crate) fn reset(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_limit_and_start_anew() {
        let mut backoff = Backoff::default();
        let waits: Vec<u32> = (0..8).map(|_| backoff.fail(1.0)).collect();
        assert_eq!(
            waits,
            [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]
        );
        assert_eq!(backoff.fail(0.0), 11_250);
        backoff.reset();
        assert_eq!(backoff.fail(1.0), 500);
    }
}
