//! How a lead is worked: the stage it stands in and how it came there, whose it is, how often it was tried, and the clocks
//! that run for it.
//!
//! Each record has its own. Of a person with several records it is that of the one that is shown; what a merged one had
//! beyond it comes over by decisions of their own when they become one, and stays when they are parted. Not here: what decides
//! any of it ([`crate::fold`]), and the rules ([`crate::stage`], [`crate::routing`], [`crate::clock`]).

use crate::clock::{self, Clock, Turn};
use crate::id::{LeadId, Ms, UserId};
use crate::routing::Assignment;
use crate::stage::{Cause, Done, Journey, Move, ReasonFor, Rung, Verdict, limit};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pursuit {
    /// How it went along the ladder.
    #[serde(default)]
    pub journey: Journey,
    /// What the stage where it stands was to the product when it came there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rung: Option<Rung>,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owned>,
    /// Who had it since it was qualified and did not take it up in time.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub had: BTreeSet<UserId>,
    /// The clocks since then, one of a kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Clock>,
    /// How often it was tried since then.
    #[serde(default)]
    pub attempts: u32,
    /// When it first came as far as each rung, or further; those that stand aside have their own first time.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reached: BTreeMap<Rung, Ms>,
    /// What became of each promise about it, the oldest first, also of those before it was given back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    /// How often each team gave it to each of its members, ever.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub given: BTreeMap<String, BTreeMap<UserId, u64>>,
    /// The number of the last fact that changed stage, steps or owner: an edit that was made from another one is a conflict.
    #[serde(default)]
    pub seq: u64,
}

/// Whose a lead is, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Owned {
    /// Who.
    pub user: UserId,
    /// Since when.
    pub at: Ms,
}

/// What became of a promise, as reports count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PromiseAnswer"))]
pub struct Answer {
    /// What was promised.
    pub kind: clock::Kind,
    /// Since when.
    pub since: Ms,
    /// By when.
    pub due_at: Ms,
    /// When it was done; none as long as it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub met_at: Option<Ms>,
    /// After how many whole minutes of work that was, by the hours that held then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Whose the lead was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whose: Option<UserId>,
}

impl Answer {
    /// Whether it was done in time.
    pub fn is_in_time(&self) -> bool {
        self.met_at.is_some_and(|met| met <= self.due_at)
    }
}

/// So many answers of a lead are kept; of more, the oldest go.
pub const ANSWERS_MAX: usize = 100;

/// Why somebody gets a lead, or nobody does: the evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Given {
    /// Routing said so.
    Routed {
        /// What it was asked for.
        on: Occasion,
        /// What it said.
        assignment: Assignment,
    },
    /// A person did.
    Hand {
        /// Who.
        by: UserId,
        /// What the person wrote about it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// It was so of a record that is the same person.
    Merged {
        /// Which.
        of: LeadId,
    },
}

/// Why routing was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// The lead was qualified.
    Qualified,
    /// It was nobody's, and somebody may be there now.
    Waiting,
    /// Whoever had it did not take it up in time.
    Breached,
    /// Whoever had it is no longer there.
    OwnerLeft,
}

impl Pursuit {
    /// What sales said of it last; none as long as it said nothing.
    pub fn accepted(&self) -> Option<bool> {
        let mut moves = self.journey.moves.iter().rev();
        moves.find_map(|step| match &step.cause {
            Cause::Verdict { verdict, .. } => Some(*verdict == Verdict::Accepted),
            Cause::Rule { .. }
            | Cause::Hand { .. }
            | Cause::Merged { .. }
            | Cause::Retired { .. } => None,
        })
    }

    /// Whether it was won.
    pub fn is_won(&self) -> bool {
        matches!(self.rung, Some(Rung::Won | Rung::Customer))
    }

    /// Whether nothing is known of it.
    pub fn is_empty(&self) -> bool {
        *self == Pursuit::default()
    }

    /// Whether it is to be worked: somebody should have it.
    pub fn is_open(&self) -> bool {
        matches!(self.rung, Some(Rung::Mql | Rung::Sql | Rung::Opportunity))
    }

    /// The stage and since when.
    pub fn stands(&self) -> Option<(&str, Ms)> {
        self.journey.stands()
    }

    /// For which reason it stands where it stands.
    pub fn reason(&self) -> Option<(ReasonFor, &str)> {
        self.journey.reason(self.rung)
    }

    /// Moves it. Who is qualified is qualified anew; who is given back, lost or won is nobody's promise any more, and who is
    /// given back or lost nobody's lead. That a stage went out of use changes nothing else.
    pub fn go(&mut self, step: Move, rung: Option<Rung>, seq: u64) {
        let retired = matches!(step.cause, Cause::Retired { .. });
        self.note_reached(rung, step.at);
        self.journey.go(step);
        self.rung = rung;
        self.seq = seq;
        if retired {
            return;
        }
        if !matches!(rung, Some(Rung::Sql | Rung::Opportunity)) {
            self.clocks.clear();
            self.had.clear();
            self.attempts = 0;
        }
        if rung.is_some_and(Rung::is_aside) {
            self.owner = None;
        }
    }

    fn note_reached(&mut self, rung: Option<Rung>, at: Ms) {
        let Some(rung) = rung else { return };
        let before = Rung::ALL.iter().copied();
        let before = before.filter(|one| *one <= rung && !one.is_aside() && !rung.is_aside());
        for reached in before.chain(rung.is_aside().then_some(rung)) {
            self.reached.entry(reached).or_insert(at);
        }
    }

    /// Notes that a step was done, or was not.
    pub fn note(&mut self, step: &str, done: Option<Done>, seq: u64) {
        match done {
            Some(done) => self.journey.done.insert(step.to_owned(), done),
            None => self.journey.done.remove(step),
        };
        self.seq = seq;
    }

    /// Gives it to somebody, or to nobody.
    pub fn give(&mut self, to: Option<UserId>, why: &Given, (at, seq): (Ms, u64)) {
        if let Given::Routed { on, assignment } = why {
            if *on == Occasion::Breached {
                self.had.extend(self.owner.map(|owner| owner.user));
            }
            if let (Some(to), Some(team)) = (to, &assignment.team) {
                let members = self.given.entry(team.clone()).or_default();
                let times = members.entry(to).or_default();
                *times = times.saturating_add(1);
            }
        }
        self.owner = to.map(|user| Owned { user, at });
        self.seq = seq;
    }

    /// The clock of a kind.
    pub fn clock(&self, kind: clock::Kind) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.kind == kind)
    }

    /// Starts a clock; another of its kind gives way to it.
    pub fn start(&mut self, clock: Clock) {
        self.clocks.retain(|other| other.kind != clock.kind);
        self.clocks.push(clock);
    }

    /// Stops a clock of which nothing became yet: nothing is promised any more.
    pub fn stop(&mut self, kind: clock::Kind) {
        self.clocks
            .retain(|clock| clock.kind != kind || clock.next_due().is_none());
    }

    /// Notes what became of a clock, and after how much working time it was done.
    pub fn turn(&mut self, kind: clock::Kind, turn: Turn, at: Ms, minutes: u32) {
        let whose = self.owner.map(|owner| owner.user);
        let mut clocks = self.clocks.iter_mut();
        let Some(clock) = clocks.find(|clock| clock.kind == kind) else {
            return;
        };
        let minutes = match turn {
            Turn::Met | Turn::MetLate => {
                clock.met_at = Some(at);
                Some(minutes)
            }
            Turn::Breached => {
                clock.breached_at = Some(at);
                None
            }
        };
        let answer = Answer {
            kind,
            since: clock.since,
            due_at: clock.due_at,
            met_at: clock.met_at,
            minutes,
            whose,
        };
        self.answers
            .retain(|other| (other.kind, other.since) != (kind, answer.since));
        self.answers.push(answer);
        let beyond = self.answers.len().saturating_sub(ANSWERS_MAX);
        self.answers.drain(..beyond);
    }
}

/// What a person writes about it is at most so long, in bytes.
pub const NOTE_BYTES_MAX: usize = limit::NOTE_BYTES_MAX;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routing::Because;
    use crate::stage::Cause;
    use uuid::Uuid;

    const WANG: UserId = UserId(Uuid::from_u128(1));
    const ZHAO: UserId = UserId(Uuid::from_u128(2));

    fn step(to: &str, at: Ms) -> Move {
        let cause = Cause::Hand {
            by: WANG,
            reason: None,
            note: String::new(),
        };
        Move {
            from: None,
            to: to.to_owned(),
            at,
            cause,
        }
    }

    fn routed(on: Occasion, to: UserId) -> Given {
        let assignment = Assignment {
            to: Some(to),
            because: Because::Others,
            team: Some("sales".into()),
            passed: Vec::new(),
        };
        Given::Routed { on, assignment }
    }

    #[test]
    fn who_is_given_back_is_nobodys_and_starts_anew() {
        let mut pursuit = Pursuit::default();
        assert!(pursuit.is_empty() && !pursuit.is_open());
        pursuit.go(step("mql", 1), Some(Rung::Mql), 1);
        pursuit.give(Some(WANG), &routed(Occasion::Qualified, WANG), (2, 2));
        pursuit.start(Clock::until(clock::Kind::Accepted, 2, 9));
        pursuit.turn(clock::Kind::Accepted, Turn::Breached, 10, 0);
        pursuit.give(Some(ZHAO), &routed(Occasion::Breached, ZHAO), (10, 3));
        pursuit.attempts = 3;
        assert_eq!(pursuit.had, [WANG].into());
        let given = BTreeMap::from([(WANG, 1), (ZHAO, 1)]);
        assert_eq!(pursuit.given, BTreeMap::from([("sales".into(), given)]));
        let breached = pursuit.clock(clock::Kind::Accepted).unwrap();
        assert_eq!(
            (breached.breached_at, breached.next_due()),
            (Some(10), None)
        );
        pursuit.go(step("sql", 11), Some(Rung::Sql), 4);
        assert!(pursuit.is_open() && pursuit.attempts == 3 && !pursuit.clocks.is_empty());
        pursuit.go(step("recycled", 12), Some(Rung::Recycled), 5);
        assert!(!pursuit.is_open() && pursuit.clocks.is_empty() && pursuit.had.is_empty());
        assert_eq!((pursuit.owner, pursuit.attempts, pursuit.seq), (None, 0, 5));
        let reached = [
            (Rung::Lead, 1),
            (Rung::Mql, 1),
            (Rung::Sql, 11),
            (Rung::Recycled, 12),
        ];
        assert_eq!(pursuit.reached, BTreeMap::from(reached));
    }

    #[test]
    fn what_became_of_promises_outlives_them() {
        let mut pursuit = Pursuit::default();
        pursuit.go(step("opportunity", 1), Some(Rung::Opportunity), 1);
        pursuit.give(Some(WANG), &routed(Occasion::Qualified, WANG), (2, 2));
        for since in 0..100 {
            pursuit.start(Clock::until(clock::Kind::FollowUp, since, since + 5));
            pursuit.turn(clock::Kind::FollowUp, Turn::Met, since + 5, 3);
        }
        pursuit.start(Clock::until(clock::Kind::FirstResponse, 200, 205));
        pursuit.turn(clock::Kind::FirstResponse, Turn::Breached, 206, 0);
        assert_eq!(pursuit.answers.len(), ANSWERS_MAX);
        assert_eq!(pursuit.answers.first().map(|one| one.since), Some(1));
        let last = |pursuit: &Pursuit| pursuit.answers.last().copied().unwrap();
        let breached = last(&pursuit);
        assert_eq!((breached.met_at, breached.minutes), (None, None));
        pursuit.turn(clock::Kind::FirstResponse, Turn::MetLate, 300, 9);
        pursuit.go(step("recycled", 301), Some(Rung::Recycled), 3);
        let late = last(&pursuit);
        assert_eq!(pursuit.answers.len(), ANSWERS_MAX);
        assert_eq!(
            (late.met_at, late.minutes, late.whose),
            (Some(300), Some(9), Some(WANG))
        );
        assert!(!late.is_in_time() && pursuit.answers.first().unwrap().is_in_time());
        let reached = [Rung::Lead, Rung::Mql, Rung::Sql, Rung::Opportunity].map(|rung| (rung, 1));
        let reached: BTreeMap<Rung, Ms> =
            reached.into_iter().chain([(Rung::Recycled, 301)]).collect();
        assert_eq!(pursuit.reached, reached);
    }
}
