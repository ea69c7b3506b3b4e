//! Working hours: when a company works, over weekends, holidays and the days that are worked in their place; and time
//! counted in them.
//!
//! All in integers of milliseconds and minutes. How far local time is from UTC the calendar's zone tells, whose clock may
//! change ([`crate::local`]). Not here: what must be done in time ([`crate::clock`]), and the holidays of a country
//! ([`crate::holidays`]).

use crate::day::{DAY_MS, Day, MINUTE_MS, Zone};
use crate::id::Ms;
use crate::local::{Local, SHANGHAI};
use crate::profile::Findings;
use crate::rulebook::Invalid;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a calendar is held to.
pub mod limit {
    /// Spans of a day.
    pub const SPANS_MAX: usize = 6;
    /// Days that are not like others.
    pub const SPECIAL_MAX: usize = 400;
    /// Minutes of a day.
    pub const DAY_MINUTES: u16 = 24 * 60;
    /// So many days ahead the next working day is looked for.
    pub const AHEAD_DAYS_MAX: i32 = 800;
}

/// When a company works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Counted by who stores it; 0 before it was ever saved.
    #[serde(default)]
    pub version: u32,
    /// The zone that its clock stands in, by its IANA name: `Europe/Berlin`.
    #[serde(default = "shanghai")]
    pub zone: String,
    /// The spans of Monday to Sunday.
    pub week: [Vec<Span>; 7],
    /// Days that are not like others, as days since 1970-01-01: a holiday has no span, a Saturday that is worked in its
    /// place has some.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub special: BTreeMap<i32, Vec<Span>>,
}

/// Some hours of a day, in minutes since its midnight: 540 to 1,080 is from nine to six.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// From.
    pub from: u16,
    /// Until, at most 1,440.
    pub until: u16,
}

/// How far local time is from UTC.
pub trait Offset {
    /// At an instant, in minutes east.
    fn minutes_east(&self, at: Ms) -> i16;
}

impl Offset for Zone {
    fn minutes_east(&self, _: Ms) -> i16 {
        self.0
    }
}

impl<F: Fn(Ms) -> i16> Offset for F {
    fn minutes_east(&self, at: Ms) -> i16 {
        self(at)
    }
}

/// A calendar where its clock stands.
#[derive(Debug)]
pub struct Hours<'a, O> {
    calendar: &'a Calendar,
    offset: &'a O,
}

impl<O> Clone for Hours<'_, O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O> Copy for Hours<'_, O> {}

fn shanghai() -> String {
    SHANGHAI.to_owned()
}

/// Monday to Friday from nine to six, without the hour at noon.
pub fn starter() -> Calendar {
    let span = |from: u16, until: u16| Span {
        from: from.saturating_mul(60),
        until: until.saturating_mul(60),
    };
    let working = vec![span(9, 12), span(13, 18)];
    let week = [true, true, true, true, true, false, false];
    Calendar {
        version: 0,
        zone: shanghai(),
        week: week.map(|works| if works { working.clone() } else { Vec::new() }),
        special: BTreeMap::new(),
    }
}

impl Calendar {
    /// The clock of its zone. A name that is no zone's any more has UTC's.
    pub fn local(&self) -> Local {
        Local::of(&self.zone).unwrap_or_default()
    }

    /// The spans of a day.
    pub fn spans(&self, day: Day) -> &[Span] {
        let special = self.special.get(&day.0).map(Vec::as_slice);
        // 1970-01-01 was a Thursday.
        let weekday = usize::try_from(day.0.saturating_add(3).rem_euclid(7)).unwrap_or(0);
        let usual = || self.week.get(weekday).map_or(&[][..], Vec::as_slice);
        special.unwrap_or_else(usual)
    }
}

impl<'a, O: Offset> Hours<'a, O> {
    /// A calendar where its clock stands.
    pub fn new(calendar: &'a Calendar, offset: &'a O) -> Hours<'a, O> {
        Hours { calendar, offset }
    }

    fn day(&self, at: Ms) -> Day {
        Zone(self.offset.minutes_east(at)).day(at)
    }

    /// When the day that an instant falls on ends.
    pub fn day_ends(&self, at: Ms) -> Ms {
        self.instant(self.day(at).plus(1), 0)
    }

    /// The instant at which a local clock first shows so many minutes of a day. Minutes that a clock leaves out begin when it
    /// leaves them out.
    fn instant(&self, day: Day, minute: u16) -> Ms {
        let local = i64::from(minute).saturating_mul(MINUTE_MS);
        let local = i64::from(day.0)
            .saturating_mul(DAY_MS)
            .saturating_add(local);
        let east = |at: Ms| i64::from(self.offset.minutes_east(at)).saturating_mul(MINUTE_MS);
        // No place is further from UTC than a day, and none changes its clock twice in two days.
        let before = local.saturating_sub(east(local.saturating_sub(DAY_MS)));
        let after = local.saturating_sub(east(local.saturating_add(DAY_MS)));
        let shows = |at: Ms| at.saturating_add(east(at)) == local;
        if shows(before) {
            return before;
        }
        if shows(after) {
            return after;
        }
        // The clock jumps from before these minutes to behind them, somewhere between the two.
        let (mut still, mut changed) = (after, before);
        while changed.saturating_sub(still) > 1 {
            let middle = still.midpoint(changed);
            if middle.saturating_add(east(middle)) > local {
                changed = middle;
            } else {
                still = middle;
            }
        }
        changed
    }

    /// The working spans from an instant on, in order, each as instants. Those of days that lie too far ahead are left out.
    fn from(&self, at: Ms) -> impl Iterator<Item = (Ms, Ms)> {
        let first = self.day(at);
        let days = (0..=limit::AHEAD_DAYS_MAX).map(move |ahead| first.plus(ahead));
        let spans = days.flat_map(move |day| {
            let spans = self.calendar.spans(day).iter();
            spans.map(move |span| (self.instant(day, span.from), self.instant(day, span.until)))
        });
        let spans = spans.map(move |(from, until)| (from.max(at), until));
        spans.filter(|(from, until)| from < until)
    }

    /// Whether the company works at an instant.
    pub fn is_open(&self, at: Ms) -> bool {
        self.from(at).next().is_some_and(|(from, _)| from == at)
    }

    /// The first instant from one on at which the company works; none when it does not in all the days that are looked at.
    pub fn next_open(&self, at: Ms) -> Option<Ms> {
        self.from(at).next().map(|(from, _)| from)
    }

    /// The instant by which so much working time has passed; none when that lies too far ahead.
    pub fn after(&self, at: Ms, working_ms: Ms) -> Option<Ms> {
        let mut left = working_ms.max(0);
        for (from, until) in self.from(at) {
            let span = until.saturating_sub(from);
            if left <= span {
                return Some(from.saturating_add(left));
            }
            left = left.saturating_sub(span);
        }
        None
    }

    /// How much working time lies between two instants; 0 when the second is not later.
    pub fn between(&self, at: Ms, until: Ms) -> Ms {
        let spans = self.from(at).take_while(|(from, _)| *from < until);
        let spans = spans.map(|(from, end)| end.min(until).saturating_sub(from));
        spans.fold(0, Ms::saturating_add)
    }
}

/// Says what is wrong with a calendar; nothing when it may be saved. Codes: `unknown_zone`, `no_working_day`, `too_many`,
/// `out_of_range`, `overlap`.
pub fn check(calendar: &Calendar) -> Vec<Invalid> {
    let mut found = Findings::default();
    let zone = Local::of(&calendar.zone).is_some();
    found.require(zone, format_args!("zone"), "unknown_zone");
    let mut all = found.into_vec();
    all.extend(check_hours(calendar));
    all
}

/// The same, but for the zone: where the table of zones is not at hand.
pub fn check_hours(calendar: &Calendar) -> Vec<Invalid> {
    let mut found = Findings::default();
    // Days that are worked by exception pass; someone must work in an ordinary week.
    let works = calendar.week.iter().any(|spans| !spans.is_empty());
    found.require(works, format_args!("week"), "no_working_day");
    let few = calendar.special.len() <= limit::SPECIAL_MAX;
    found.require(few, format_args!("special"), "too_many");
    for (place, spans) in calendar.week.iter().enumerate() {
        check_spans(&mut found, spans, &format!("week[{place}]"));
    }
    for (day, spans) in calendar.special.iter().take(limit::SPECIAL_MAX) {
        check_spans(&mut found, spans, &format!("special.{day}"));
    }
    found.into_vec()
}

fn check_spans(found: &mut Findings, spans: &[Span], path: &str) {
    let few = spans.len() <= limit::SPANS_MAX;
    found.require(few, format_args!("{path}"), "too_many");
    let ordered = |span: &Span| span.from < span.until && span.until <= limit::DAY_MINUTES;
    let range = spans.iter().all(ordered);
    found.require(range, format_args!("{path}"), "out_of_range");
    let apart = spans.is_sorted_by(|one, next| one.until <= next.from);
    found.require(apart || !range, format_args!("{path}"), "overlap");
}

#[cfg(test)]
mod tests;
