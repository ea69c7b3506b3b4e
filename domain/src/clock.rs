//! Clocks of a promise: what must be done with a lead by when, in working time; and whether it was.
//!
//! A clock runs once: it is met or breached, each a decision that is taken once and kept. Met after it was breached says how
//! late it was. Not here: who is told, and who gets the lead then ([`crate::routing`]).

use crate::hours::{Hours, Offset};
use crate::id::Ms;
use crate::profile::Findings;
use crate::rulebook::Invalid;
use serde::{Deserialize, Serialize};

/// What promises are held to.
pub mod limit {
    /// A promise, in working minutes: a year of them.
    pub const MINUTES_MAX: u32 = 125_000;
    /// Attempts before somebody may be given up.
    pub const ATTEMPTS_MAX: u8 = 20;
    /// Days until somebody counts as forgotten.
    pub const FORGOTTEN_DAYS_MAX: u16 = 365;
}

/// What is promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PromiseKind"))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Somebody has the lead.
    Assigned,
    /// Sales says yes or no to it.
    Accepted,
    /// It is spoken to first.
    FirstResponse,
    /// It is spoken to again by the date that was set.
    FollowUp,
}

impl Kind {
    /// Every kind, in the order in which they come up.
    pub const ALL: [Kind; 4] = [
        Kind::Assigned,
        Kind::Accepted,
        Kind::FirstResponse,
        Kind::FollowUp,
    ];

    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Assigned => "assigned",
            Kind::Accepted => "accepted",
            Kind::FirstResponse => "first_response",
            Kind::FollowUp => "follow_up",
        }
    }
}

/// What both sides promise about each lead, in working minutes, and what is done when it is broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Promises {
    /// Until somebody has it.
    pub assign_minutes: u32,
    /// Until sales says yes or no.
    pub accept_minutes: u32,
    /// Until it is first spoken to.
    pub respond_minutes: u32,
    /// So often it is tried before it may be given up.
    pub attempts_min: u8,
    /// Whether somebody else gets it when it is not accepted in time.
    pub reassign: bool,
    /// After so many days without a word, and with nothing set, it counts as forgotten.
    #[serde(default = "forgotten_days")]
    pub forgotten_days: u16,
}

fn forgotten_days() -> u16 {
    14
}

impl Default for Promises {
    fn default() -> Promises {
        Promises {
            assign_minutes: 1,
            accept_minutes: 30,
            respond_minutes: 60,
            attempts_min: 6,
            reassign: true,
            forgotten_days: forgotten_days(),
        }
    }
}

/// A clock of one lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// What is promised.
    pub kind: Kind,
    /// Since when.
    pub since: Ms,
    /// By when.
    pub due_at: Ms,
    /// When it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub met_at: Option<Ms>,
    /// When it was noted that it was not done in time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breached_at: Option<Ms>,
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ClockState"))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// There is so much working time left.
    Due(Ms),
    /// It is over, by so much working time, and not done.
    Breached(Ms),
    /// It was done in time, after so much working time.
    Met(Ms),
    /// It was done, so much working time too late.
    MetLate(Ms),
}

/// What becomes of a clock: a decision that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// It was done in time.
    Met,
    /// It was done too late.
    MetLate,
    /// Its time is over.
    Breached,
}

impl Promises {
    /// How many working minutes a kind has; a follow-up has the date that was set.
    pub fn minutes(&self, kind: Kind) -> Option<u32> {
        match kind {
            Kind::Assigned => Some(self.assign_minutes),
            Kind::Accepted => Some(self.accept_minutes),
            Kind::FirstResponse => Some(self.respond_minutes),
            Kind::FollowUp => None,
        }
    }

    /// Starts a clock. None of a calendar in which its end never comes, and of a follow-up without a date.
    pub fn start<O: Offset>(&self, kind: Kind, at: Ms, hours: Hours<'_, O>) -> Option<Clock> {
        let working_ms = i64::from(self.minutes(kind)?).saturating_mul(60_000);
        let due_at = hours.after(at, working_ms)?;
        Some(Clock::until(kind, at, due_at))
    }

    /// Whether somebody who was tried so often may be given up. Codes: `too_few_attempts`.
    pub fn may_give_up(&self, attempts: u32) -> Result<(), Invalid> {
        if attempts >= u32::from(self.attempts_min) {
            return Ok(());
        }
        Err(Invalid {
            field: "attempts".into(),
            code: "too_few_attempts",
        })
    }
}

impl Clock {
    /// A clock that runs until a date.
    pub fn until(kind: Kind, since: Ms, due_at: Ms) -> Clock {
        Clock {
            kind,
            since,
            due_at,
            met_at: None,
            breached_at: None,
        }
    }

    /// When it is to be looked at next; never once it was met or breached.
    pub fn next_due(&self) -> Option<Ms> {
        let runs = self.met_at.is_none() && self.breached_at.is_none();
        runs.then_some(self.due_at)
    }

    /// Notes that it was done. Nothing the second time.
    pub fn meet(&mut self, at: Ms) -> Option<Turn> {
        if self.met_at.is_some() {
            return None;
        }
        self.met_at = Some(at.max(self.since));
        let late = at > self.due_at;
        Some(if late { Turn::MetLate } else { Turn::Met })
    }

    /// Notes that its time is over, if it is. Once.
    pub fn expire(&mut self, now: Ms) -> Option<Turn> {
        let due = self.next_due()?;
        // What is done in the last millisecond is done in time.
        if now <= due {
            return None;
        }
        self.breached_at = Some(now);
        Some(Turn::Breached)
    }

    /// How it stands, in working time.
    pub fn standing<O: Offset>(&self, now: Ms, hours: Hours<'_, O>) -> Standing {
        match self.met_at {
            Some(met) if met <= self.due_at => Standing::Met(hours.between(self.since, met)),
            Some(met) => Standing::MetLate(hours.between(self.due_at, met)),
            None if now <= self.due_at => Standing::Due(hours.between(now, self.due_at)),
            None => Standing::Breached(hours.between(self.due_at, now)),
        }
    }
}

/// Says what is wrong with promises. Codes: `out_of_range`.
pub fn check(promises: &Promises) -> Vec<Invalid> {
    let mut found = Findings::default();
    let minutes = [
        ("assign_minutes", promises.assign_minutes),
        ("accept_minutes", promises.accept_minutes),
        ("respond_minutes", promises.respond_minutes),
    ];
    for (field, minutes) in minutes {
        let range = (1..=limit::MINUTES_MAX).contains(&minutes);
        found.require(range, format_args!("{field}"), "out_of_range");
    }
    let range = (1..=limit::ATTEMPTS_MAX).contains(&promises.attempts_min);
    found.require(range, format_args!("attempts_min"), "out_of_range");
    let range = (1..=limit::FORGOTTEN_DAYS_MAX).contains(&promises.forgotten_days);
    found.require(range, format_args!("forgotten_days"), "out_of_range");
    found.into_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::{DAY_MS, Day, Zone};
    use crate::hours::starter;

    const MINUTE: Ms = 60_000;

    /// Minutes since Friday, 2026-11-20, 17:45 in Shanghai.
    fn at(minutes: i64) -> Ms {
        Zone::SHANGHAI.begins(Day(20_777)) + (17 * 60 + 45 + minutes) * MINUTE
    }

    /// Minutes from then to Monday at nine.
    const MONDAY: i64 = 2 * 24 * 60 + 15 * 60 + 15;

    #[test]
    fn a_clock_runs_in_working_time() {
        let calendar = starter();
        let hours = Hours::new(&calendar, &Zone::SHANGHAI);
        let promises = Promises::default();
        let due = |kind| promises.start(kind, at(0), hours).map(|clock| clock.due_at);
        assert_eq!(due(Kind::Assigned), Some(at(1)));
        assert_eq!(due(Kind::Accepted), Some(at(MONDAY + 15)));
        assert_eq!(due(Kind::FirstResponse), Some(at(MONDAY + 45)));
        assert_eq!(due(Kind::FollowUp), None);
        let mut closed = starter();
        closed.week = Default::default();
        let never = Hours::new(&closed, &Zone::SHANGHAI);
        assert_eq!(promises.start(Kind::Accepted, at(0), never), None);
    }

    #[test]
    fn it_is_due_then_met_or_breached() {
        let calendar = starter();
        let hours = Hours::new(&calendar, &Zone::SHANGHAI);
        let clock = Promises::default()
            .start(Kind::Accepted, at(0), hours)
            .unwrap();
        let check = |clock: &Clock, minutes, expect| {
            assert_eq!(clock.standing(at(minutes), hours), expect, "{minutes}");
        };
        check(&clock, 0, Standing::Due(30 * MINUTE));
        check(&clock, 10, Standing::Due(20 * MINUTE));
        check(&clock, 600, Standing::Due(15 * MINUTE));
        check(&clock, MONDAY + 15, Standing::Due(0));
        check(&clock, MONDAY + 20, Standing::Breached(5 * MINUTE));
        let mut met = clock;
        assert_eq!(met.meet(at(10)), Some(Turn::Met));
        assert_eq!((met.meet(at(20)), met.expire(at(99_999))), (None, None));
        assert_eq!(met.next_due(), None);
        check(&met, 99_999, Standing::Met(10 * MINUTE));
        let mut late = clock;
        assert_eq!(late.next_due(), Some(clock.due_at));
        assert_eq!(late.expire(clock.due_at), None);
        assert_eq!(late.expire(clock.due_at + 1), Some(Turn::Breached));
        assert_eq!(
            (late.expire(clock.due_at + 2), late.next_due()),
            (None, None)
        );
        assert_eq!(late.meet(at(MONDAY + 25)), Some(Turn::MetLate));
        check(&late, 99_999, Standing::MetLate(10 * MINUTE));
        assert_eq!(at(MONDAY) - at(0), 3 * DAY_MS - (8 * 60 + 45) * MINUTE);
    }

    #[test]
    fn somebody_is_tried_often_enough() {
        let promises = Promises::default();
        let code = |attempts| promises.may_give_up(attempts).map_err(|e| e.code);
        assert_eq!(
            (code(0), code(5)),
            (Err("too_few_attempts"), Err("too_few_attempts"))
        );
        assert_eq!(code(6), Ok(()));
    }

    #[test]
    fn what_is_wrong_with_promises_is_named() {
        assert_eq!(check(&Promises::default()), []);
        let wrong = Promises {
            assign_minutes: 0,
            accept_minutes: 125_001,
            respond_minutes: 1,
            attempts_min: 0,
            reassign: false,
            forgotten_days: 0,
        };
        let found: Vec<_> = check(&wrong).iter().map(Invalid::to_string).collect();
        let expect = [
            "assign_minutes",
            "accept_minutes",
            "attempts_min",
            "forgotten_days",
        ];
        assert_eq!(found, expect.map(|field| format!("{field}: out_of_range")));
    }
}
