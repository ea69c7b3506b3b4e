//! How much one sender may send: token buckets, and a bounded number of them.
//!
//! A bucket holds tokens up to its burst and is refilled at a steady rate; an event costs one. Whole numbers only, and
//! `now` is an argument. Not here: what a token is asked for, and what a refusal says: that is the collector's.

use crate::id::Ms;
use crate::wire::limit::EVENTS_MAX;
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::net::{IpAddr, Ipv4Addr};

/// A burst is what comes in so many seconds.
const BURST_S: u32 = 10;
/// Levels are kept in thousandths, so that a rate a second is a whole number a millisecond.
const THOUSAND: i64 = 1_000;

/// How fast tokens come, and how many are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    per_s: u32,
    burst: u32,
}

impl Rate {
    /// So many tokens a second, and ten seconds' worth at once. At least one a second, and a whole batch at once:
    /// a batch that never fits would be sent again for ever.
    pub fn per_second(tokens: u32) -> Rate {
        let per_s = tokens.max(1);
        let batch = u32::try_from(EVENTS_MAX).unwrap_or(u32::MAX);
        Rate {
            per_s,
            burst: per_s.saturating_mul(BURST_S).max(batch),
        }
    }

    /// Tokens a second.
    pub fn per_s(self) -> u32 {
        self.per_s
    }

    /// Tokens at once.
    pub fn burst(self) -> u32 {
        self.burst
    }

    fn full(self) -> i64 {
        i64::from(self.burst).saturating_mul(THOUSAND)
    }
}

/// What is left to one sender.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// Thousandths of a token at that time.
    level: i64,
    at: Ms,
}

impl Bucket {
    /// The level now. A clock that went back brings nothing and takes nothing.
    fn level(self, rate: Rate, now: Ms) -> i64 {
        let passed_ms = now.saturating_sub(self.at).max(0);
        let come = passed_ms.saturating_mul(i64::from(rate.per_s));
        self.level.saturating_add(come).min(rate.full())
    }
}

/// The buckets of all senders of one sort. When there is room for no more, those that are full again go, which
/// changes nothing, and should many be left, those not asked for the longest.
#[derive(Debug)]
pub struct Buckets<K> {
    rate: Rate,
    count_max: usize,
    buckets: HashMap<K, Bucket>,
}

impl<K: Eq + Hash> Buckets<K> {
    /// No bucket yet; at most so many.
    pub fn new(rate: Rate, count_max: usize) -> Buckets<K> {
        Buckets {
            rate,
            count_max: count_max.max(1),
            buckets: HashMap::new(),
        }
    }

    /// In how many milliseconds so many tokens are there; 0 when they are there now. More than a burst are never
    /// there: whoever asks for more waits for a full bucket.
    pub fn wait_ms(&self, sender: &K, tokens: u32, now: Ms) -> Ms {
        let asked = i64::from(tokens.min(self.rate.burst)).saturating_mul(THOUSAND);
        let missing = asked.saturating_sub(self.level(sender, now)).max(0);
        let per_ms = i64::from(self.rate.per_s).max(1);
        missing
            .saturating_add(per_ms.saturating_sub(1))
            .checked_div(per_ms)
            .unwrap_or(0)
    }

    /// Takes tokens when they are all there, and none otherwise; the error is when they will be, in milliseconds.
    pub fn take(&mut self, sender: K, tokens: u32, now: Ms) -> Result<(), Ms> {
        if let Some(bucket) = self.buckets.get_mut(&sender) {
            // After a clock that went back nobody waits until it has caught up.
            bucket.at = bucket.at.min(now);
        }
        let wait_ms = self.wait_ms(&sender, tokens, now);
        if wait_ms > 0 {
            return Err(wait_ms);
        }
        let cost = i64::from(tokens.min(self.rate.burst)).saturating_mul(THOUSAND);
        let level = self.level(&sender, now).saturating_sub(cost);
        if self.buckets.len() >= self.count_max && !self.buckets.contains_key(&sender) {
            self.make_room(now);
        }
        self.buckets.insert(sender, Bucket { level, at: now });
        Ok(())
    }

    fn level(&self, sender: &K, now: Ms) -> i64 {
        let bucket = self.buckets.get(sender);
        bucket.map_or(self.rate.full(), |bucket| bucket.level(self.rate, now))
    }

    /// Leaves room for as many again as stay, so that a flood of senders is not swept through one by one.
    fn make_room(&mut self, now: Ms) {
        let rate = self.rate;
        self.buckets
            .retain(|_, bucket| bucket.level(rate, now) < rate.full());
        let keep = self.count_max.div_euclid(2);
        if self.buckets.len() > keep {
            let mut times: Vec<Ms> = self.buckets.values().map(|bucket| bucket.at).collect();
            let middle = times.len().saturating_sub(keep.max(1));
            let (_, oldest_kept, _) = times.select_nth_unstable(middle);
            let oldest_kept = *oldest_kept;
            self.buckets.retain(|_, bucket| bucket.at > oldest_kept);
        }
    }
}

/// Who sends, as far as an address tells: an IPv6 address by its /64, which is what one customer of a provider gets,
/// so that nobody is many. Kept in memory only, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Client {
    /// An IPv4 address; many people may share it.
    V4(Ipv4Addr),
    /// The upper half of an IPv6 address.
    Network(u64),
}

impl Client {
    /// Reads an address.
    pub fn read(address: &str) -> Option<Client> {
        let address: IpAddr = address.trim().parse().ok()?;
        Some(match address.to_canonical() {
            IpAddr::V4(address) => Client::V4(address),
            IpAddr::V6(address) => {
                let upper = address.to_bits().checked_shr(64).unwrap_or_default();
                Client::Network(u64::try_from(upper).unwrap_or_default())
            }
        })
    }
}

/// As a key of the platform's limiter.
impl fmt::Display for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Client::V4(address) => address.fmt(f),
            Client::Network(upper) => write!(f, "{upper:016x}/64"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Of (time, tokens asked for), what each is answered: 0 for taken, else the wait.
    fn check(per_s: u32, asked: &[(Ms, u32)], expect: &[Ms]) {
        let mut buckets = Buckets::new(Rate::per_second(per_s), 10);
        let found: Vec<Ms> = asked
            .iter()
            .map(|(now, tokens)| buckets.take("a", *tokens, *now).err().unwrap_or(0))
            .collect();
        assert_eq!(found, expect, "{asked:?} at {per_s} a second");
    }

    #[test]
    fn a_burst_then_the_rate() {
        check(10, &[(0, 100), (0, 1), (99, 1), (100, 1)], &[0, 100, 1, 0]);
        check(
            10,
            &[(0, 60), (0, 50), (1_000, 50), (1_000, 1)],
            &[0, 1_000, 0, 100],
        );
        check(3, &[(0, 50), (0, 1), (333, 1), (334, 1)], &[0, 334, 1, 0]);
        // A batch always fits a bucket that was left alone, however low the rate.
        check(0, &[(0, 50), (0, 50), (50_000, 50)], &[0, 50_000, 0]);
        // More than a burst: the whole bucket.
        check(10, &[(0, 500), (0, 500), (10_000, 500)], &[0, 10_000, 0]);
        check(10, &[(0, 0), (0, 100), (0, 0)], &[0, 0, 0]);
    }

    #[test]
    fn what_is_refused_costs_nothing() {
        check(10, &[(0, 99), (0, 50), (0, 1)], &[0, 4_900, 0]);
    }

    #[test]
    fn a_clock_that_goes_back_is_harmless() {
        check(
            10,
            &[(5_000, 100), (0, 1), (100, 1), (5_100, 50)],
            &[0, 100, 0, 0],
        );
        check(
            10,
            &[(i64::MAX, 100), (i64::MIN, 1), (i64::MAX, 100)],
            &[0, 100, 0],
        );
    }

    #[test]
    fn senders_do_not_pay_for_each_other() {
        let mut buckets = Buckets::new(Rate::per_second(10), 10);
        assert_eq!(buckets.take("a", 100, 0), Ok(()));
        assert_eq!(buckets.take("a", 1, 0), Err(100));
        assert_eq!(buckets.take("b", 100, 0), Ok(()));
    }

    #[test]
    fn the_longest_idle_make_room() {
        let mut buckets = Buckets::new(Rate::per_second(1), 4);
        for (at, sender) in ["a", "b", "c", "d"].into_iter().enumerate() {
            assert_eq!(buckets.take(sender, 50, at as Ms), Ok(()));
        }
        assert_eq!(buckets.take("e", 50, 4), Ok(()));
        assert!(buckets.buckets.len() <= 4);
        assert!(buckets.take("d", 50, 4).is_err(), "the newest is known");
        assert!(
            buckets.take("a", 50, 4).is_ok(),
            "the oldest has been forgotten"
        );
    }

    #[test]
    fn an_address_is_a_client() {
        let check = |text: &str, expect: Option<&str>| {
            let found = Client::read(text).map(|client| client.to_string());
            assert_eq!(found.as_deref(), expect, "{text}");
        };
        check("203.0.113.7", Some("203.0.113.7"));
        check(" 203.0.113.7 ", Some("203.0.113.7"));
        check("::ffff:203.0.113.7", Some("203.0.113.7"));
        check("2001:db8:1:2:3:4:5:6", Some("20010db800010002/64"));
        check("2001:db8:1:2::", Some("20010db800010002/64"));
        check("2001:db8:1:3::", Some("20010db800010003/64"));
        for bad in ["", "a", "203.0.113.7, 198.51.100.1", "203.0.113", "::1/64"] {
            check(bad, None);
        }
    }

    proptest! {
        #[test]
        fn never_more_than_the_burst_and_what_came_since(
            per_s in 1_u32..2_000,
            asked in proptest::collection::vec((-2_000_i64..5_000, 0_u32..=50), 1..200),
        ) {
            let rate = Rate::per_second(per_s);
            let mut buckets = Buckets::new(rate, 10);
            let mut now: Ms = 1_000_000;
            // (time the clock has moved forward, tokens taken): a clock that goes back gives no time twice.
            let mut taken: Vec<(i64, i64)> = Vec::new();
            let mut forward = 0;
            for (step, tokens) in asked {
                now += step;
                forward += step.max(0);
                if buckets.take(0, tokens, now).is_ok() {
                    taken.push((forward, i64::from(tokens)));
                }
            }
            for first in 0..taken.len() {
                let mut sum = 0;
                for (at, tokens) in &taken[first..] {
                    sum += tokens;
                    let come = (at - taken[first].0) * i64::from(per_s) / 1_000;
                    prop_assert!(sum <= i64::from(rate.burst()) + come + 1);
                }
            }
        }

        #[test]
        fn whoever_waits_as_told_is_served(per_s in 1_u32..2_000, asked in proptest::collection::vec(1_u32..60, 1..100)) {
            let mut buckets = Buckets::new(Rate::per_second(per_s), 10);
            let mut now: Ms = 0;
            for tokens in asked {
                if let Err(wait_ms) = buckets.take(0, tokens, now) {
                    prop_assert!(buckets.take(0, tokens, now + wait_ms - 1).is_err());
                    now += wait_ms;
                    prop_assert_eq!(buckets.take(0, tokens, now), Ok(()));
                }
            }
        }

        #[test]
        fn there_are_never_more_than_may_be(max in 1_usize..20, senders in proptest::collection::vec(0_u8..255, 1..300)) {
            let mut buckets = Buckets::new(Rate::per_second(5), max);
            for (at, sender) in senders.into_iter().enumerate() {
                let _ = buckets.take(sender, 40, at as Ms);
                prop_assert!(buckets.buckets.len() <= max);
            }
        }
    }
}
