//! How points fade: by a half-life, in whole days, in integers, so that every machine gives the same.

/// One, as a share: 2³¹.
const ONE: u64 = 1 << 31;
/// After so many halvings nothing is left of any points.
const HALVINGS_MAX: u32 = 32;

/// A half-life, made ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decay {
    half_life_days: u32,
    /// What is left after 0, 1, … days of the first half-life, as parts of 2³¹.
    left: Box<[u64]>,
}

impl Decay {
    /// Makes a half-life ready. One of no days leaves nothing after the first day.
    pub(super) fn new(half_life_days: u16) -> Decay {
        let roots = roots();
        let half_life_days = u32::from(half_life_days);
        let left = (0..half_life_days).map(|age| {
            // The days gone as a share of the half-life, in binary: bit after bit chooses a root of one half.
            let part = (u64::from(age) << 32).checked_div(u64::from(half_life_days));
            let part = part.unwrap_or(0);
            roots.iter().zip(1_u32..).fold(ONE, |left, (root, bit)| {
                let chosen = part >> 32_u32.saturating_sub(bit) & 1 == 1;
                if chosen { times(left, *root) } else { left }
            })
        });
        Decay {
            half_life_days,
            left: left.collect(),
        }
    }

    /// What is left of points, in thousandths, after so many days; rounded to the nearest thousandth, either way alike.
    pub(super) fn left(&self, thousandths: i64, age_days: u32) -> i64 {
        if age_days == 0 {
            return thousandths;
        }
        let halvings = age_days.checked_div(self.half_life_days);
        let place = age_days.checked_rem(self.half_life_days);
        let place = place.and_then(|place| self.left.get(usize::try_from(place).ok()?));
        let (Some(halvings @ 0..HALVINGS_MAX), Some(left)) = (halvings, place) else {
            return 0;
        };
        let shift = halvings.saturating_add(31);
        let half = 1_u64 << shift.saturating_sub(1);
        let whole = thousandths.unsigned_abs().saturating_mul(*left);
        let kept = i64::try_from(whole.saturating_add(half) >> shift).unwrap_or(0);
        kept.saturating_mul(thousandths.signum())
    }
}

/// What is left of some points after 0, 1, … days, in thousandths: what a screen draws. Without a half-life they keep their
/// worth.
pub fn curve(points: i32, half_life_days: Option<u16>, days: u32) -> Vec<i64> {
    let thousandths = i64::from(points).saturating_mul(1_000);
    let decay = half_life_days.map(Decay::new);
    let left = |age| match &decay {
        Some(decay) => decay.left(thousandths, age),
        None => thousandths,
    };
    (0..=days).map(left).collect()
}

fn times(one: u64, other: u64) -> u64 {
    one.saturating_mul(other) >> 31
}

/// The square root of one half, the root of that, and so on.
fn roots() -> [u64; 32] {
    let mut root = ONE >> 1;
    [(); 32].map(|()| {
        root = root.saturating_mul(ONE).isqrt();
        root
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_fade_by_half_in_each_half_life() {
        let check = |half_life_days, age_days, expect: i64| {
            let decay = Decay::new(half_life_days);
            assert_eq!(decay.left(10_000, age_days), expect);
            assert_eq!(decay.left(-10_000, age_days), -expect);
        };
        check(30, 0, 10_000);
        check(30, 30, 5_000);
        check(30, 60, 2_500);
        // 10 × 2^(−1/30) = 9.7715…
        check(30, 1, 9_772);
        // 10 × 2^(−1/2) = 7.0710…
        check(30, 15, 7_071);
        check(2, 1, 7_071);
        // 10 × 2^(−45/30) = 3.5355…
        check(30, 45, 3_536);
        check(1, 1, 5_000);
        check(1, 13, 1);
        check(1, 15, 0);
        check(730, u32::MAX, 0);
        check(0, 0, 10_000);
        check(0, 1, 0);
    }

    #[test]
    fn a_curve_has_a_point_for_each_day() {
        assert_eq!(curve(8, Some(2), 4), [8_000, 5_657, 4_000, 2_828, 2_000]);
        assert_eq!(curve(-20, None, 1), [-20_000, -20_000]);
    }

    #[test]
    fn a_share_is_exact_to_the_thousandth() {
        for half_life_days in [1, 7, 14, 30, 90, 365, 730] {
            let decay = Decay::new(half_life_days);
            let mut before = i64::MAX;
            for age in 0..u32::from(half_life_days) * 20 {
                let exact = 100_000.0 * (-f64::from(age) / f64::from(half_life_days)).exp2();
                let left = decay.left(100_000, age);
                assert!(
                    (left as f64 - exact).abs() <= 0.501,
                    "{half_life_days} {age}"
                );
                assert!(left <= before);
                before = left;
            }
        }
    }
}
