//! When a score changes though nothing happens.
//!
//! What a rule gives fades one way only, and silence only grows. So between two days a score lies between bounds, and
//! whole stretches in which nothing can change are passed over at once.

use super::walk::Gathered;
use super::{Scorer, bounded};
use crate::day::Day;

/// Nothing is foretold for later than this, in days: a century.
const FORETOLD_DAYS_MAX: i32 = 36_525;

/// What the rules give on a day, and for how long there was silence.
struct At {
    day: Day,
    values: Vec<i64>,
    silent: u32,
}

impl Scorer {
    /// The first day after `day` on which the total is not `total`.
    pub(super) fn next_change(&self, gathered: &Gathered, day: Day, total: i32) -> Option<Day> {
        let fades = gathered.fading.iter().any(|awards| !awards.is_empty());
        let may_fade = fades || self.silence.is_some();
        if !may_fade || gathered.last.is_none() {
            return None;
        }
        let last = day.plus(FORETOLD_DAYS_MAX);
        let far = self.at(gathered, last);
        let mut from = self.at(gathered, day.plus(1));
        if self.holds(&from, &far, total) {
            return None;
        }
        let mut stride = 1_i32;
        while from.day < last {
            let to = self.at(gathered, from.day.plus(stride).min(last));
            let next = to.day.plus(1);
            if let Some(found) = self.first_change(gathered, &from, &to, total) {
                return Some(found);
            }
            stride = stride.saturating_mul(2);
            from = self.at(gathered, next);
        }
        None
    }

    fn at(&self, gathered: &Gathered, day: Day) -> At {
        At {
            day,
            values: self.values(gathered, day),
            silent: self.silent(gathered, day),
        }
    }

    /// The first day from one to the other, both included, on which the total is not `total`.
    fn first_change(&self, gathered: &Gathered, from: &At, to: &At, total: i32) -> Option<Day> {
        if self.holds(from, to, total) {
            return None;
        }
        if from.day >= to.day {
            return Some(from.day);
        }
        let half = to.day.0.saturating_sub(from.day.0) / 2;
        let middle = self.at(gathered, from.day.plus(half));
        let found = self.first_change(gathered, from, &middle, total);
        found.or_else(|| {
            let after = self.at(gathered, middle.day.plus(1));
            self.first_change(gathered, &after, to, total)
        })
    }

    /// Whether the total can be nothing else from one day to the other.
    fn holds(&self, from: &At, to: &At, total: i32) -> bool {
        let both = || from.values.iter().zip(&to.values);
        let least: Vec<i64> = both().map(|(one, other)| *one.min(other)).collect();
        let most: Vec<i64> = both().map(|(one, other)| *one.max(other)).collect();
        let bound = |values: &[i64], silent| {
            let sum = self.capped(values);
            bounded(sum.saturating_sub(self.cost_of_silence(sum, silent)))
        };
        bound(&least, to.silent) == total && bound(&most, from.silent) == total
    }
}
