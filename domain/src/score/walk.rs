//! Which events earn points: a walk over a history in order of (time, event id).
//!
//! Not here: how many points are left of them later.

use super::{Compiled, Scorer, ShapeId};
use crate::day::Day;
use crate::id::Ms;
use crate::rulebook::Repeat;

/// Some days back, and how many times are remembered in them: where in the ring, and how many.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    /// Where its part of the ring begins.
    pub(super) begins: usize,
    /// How many times.
    pub(super) times: usize,
    /// How many days.
    pub(super) days: i32,
}

/// What a history has earned, before anything fades.
#[derive(Clone, Debug)]
pub(super) struct Gathered {
    /// By rule: what does not fade.
    pub(super) steady: Vec<i64>,
    /// By rule: what fades, how many awards of which day.
    pub(super) fading: Vec<Vec<(Day, i64)>>,
    /// The last day of the history.
    pub(super) last: Option<Day>,
}

impl Gathered {
    /// Nothing yet, by so many rules.
    pub(super) fn nothing(rules: usize) -> Gathered {
        Gathered {
            steady: vec![0; rules],
            fading: vec![Vec::new(); rules],
            last: None,
        }
    }
}

/// What a rule has met so far.
#[derive(Clone, Copy, Default)]
struct Tally {
    met: usize,
    awarded: usize,
    day: Option<Day>,
    day_count: u16,
}

/// The last days on which a window's events came, of all windows one after the other.
struct Ring(Vec<Day>);

impl Ring {
    /// The day of the `times`-th event before this one; none when fewer came. `count` came so far.
    fn oldest(&self, window: Window, count: usize) -> Option<Day> {
        let place = count.checked_rem(window.times)?;
        let day = self.0.get(window.begins.saturating_add(place));
        day.copied().filter(|_| count >= window.times)
    }

    /// Notes the next.
    fn note(&mut self, window: Window, count: usize, day: Day) {
        let Some(place) = count.checked_rem(window.times) else {
            return;
        };
        if let Some(slot) = self.0.get_mut(window.begins.saturating_add(place)) {
            *slot = day;
        }
    }
}

impl Tally {
    /// Whether the rule's need is met by one more event.
    fn meets_need(&mut self, ring: &mut Ring, rule: &Compiled, day: Day) -> bool {
        let Some(need) = rule.need else {
            return true;
        };
        ring.note(need, self.met, day);
        self.met = self.met.saturating_add(1);
        let oldest = ring.oldest(need, self.met);
        oldest.is_some_and(|oldest| is_within(oldest, day, need.days)) || need.times == 0
    }

    /// Whether the rule's repetition lets one more event count.
    fn may_repeat(&mut self, ring: &mut Ring, rule: &Compiled, day: Day) -> bool {
        if self.day != Some(day) {
            (self.day, self.day_count) = (Some(day), 0);
        }
        let counts = match (rule.repeat, rule.within) {
            (Repeat::Once, _) => self.awarded == 0,
            (Repeat::Every, _) => true,
            (Repeat::PerDay(times), _) => self.day_count < times,
            (Repeat::Within { .. }, None) => false,
            (Repeat::Within { .. }, Some(window)) => {
                let full = ring.oldest(window, self.awarded);
                let full = full.is_some_and(|oldest| is_within(oldest, day, window.days));
                if !full {
                    ring.note(window, self.awarded, day);
                }
                !full && window.times > 0
            }
        };
        if counts {
            self.awarded = self.awarded.saturating_add(1);
            self.day_count = self.day_count.saturating_add(1);
        }
        counts
    }
}

/// Whether a day is one of the last so many, the later one among them.
fn is_within(earlier: Day, later: Day, days: i32) -> bool {
    later.0.saturating_sub(earlier.0) < days
}

impl Scorer {
    /// Names every award: the activity's place, the rule's, the day. The last day of the history.
    pub(super) fn walk(
        &self,
        activities: impl IntoIterator<Item = (Ms, ShapeId)>,
        mut award: impl FnMut(usize, usize, Day),
    ) -> Option<Day> {
        let mut tallies = vec![Tally::default(); self.rules.len()];
        let mut ring = Ring(vec![Day::default(); self.ring_days]);
        let mut last = None;
        for (at_place, (at, shape)) in activities.into_iter().enumerate() {
            last = last.max(Some(at));
            let matches = self.lookup.get(shape);
            if matches.is_empty() {
                continue;
            }
            let day = self.zone.day(at);
            for place in matches {
                let (Some(tally), Some(rule)) = (tallies.get_mut(*place), self.rules.get(*place))
                else {
                    continue;
                };
                if tally.meets_need(&mut ring, rule, day) && tally.may_repeat(&mut ring, rule, day)
                {
                    award(at_place, *place, day);
                }
            }
        }
        last.map(|at| self.zone.day(at))
    }

    /// What a history earns.
    pub(super) fn gather(&self, activities: impl IntoIterator<Item = (Ms, ShapeId)>) -> Gathered {
        let mut gathered = Gathered::nothing(self.rules.len());
        let last = self.walk(activities, |_, place, day| {
            self.earn(&mut gathered, place, day);
        });
        gathered.last = last;
        gathered
    }

    /// Adds an award.
    pub(super) fn earn(&self, gathered: &mut Gathered, place: usize, day: Day) {
        let Some(rule) = self.rules.get(place) else {
            return;
        };
        if rule.decay.is_none() {
            if let Some(sum) = gathered.steady.get_mut(place) {
                *sum = sum.saturating_add(rule.points);
            }
        } else if let Some(awards) = gathered.fading.get_mut(place) {
            match awards.last_mut() {
                Some((last, times)) if *last == day => *times = times.saturating_add(1),
                _ => awards.push((day, 1)),
            }
        }
    }
}
