//! Handing a lead over: what follows from a move, who gets it, the clocks that run until it is taken up and spoken to, and what
//! is done when they run out.
//!
//! Whoever has a lead keeps it as long as nobody else can get it; a lead whose owner is gone is somebody else's, or waits as
//! nobody's. Not here: who is qualified ([`super::advance`]), and the rules themselves ([`crate::routing`], [`crate::clock`]).

use super::world::{World, Written};
use crate::clock::{Clock, Kind, Turn};
use crate::hours::Hours;
use crate::id::{LeadId, Ms, UserId};
use crate::journal::{
    Actor, Body, ClockStarted, ClockTurned, ConversationSaved, Fact, LeadAssigned, StageMoved,
};
use crate::pursuit::{Given, Occasion, Pursuit};
use crate::routing::{Ask, Assignment, Floor};
use crate::stage::{Cause, Move, Rung, Verdict};
use std::collections::{BTreeMap, BTreeSet};

impl World {
    /// Notes what became of clocks that are due, and gives leads to others that were not taken up in time. All of them must be at
    /// hand; the facts are numbered from `next_seq`.
    pub fn expire(&mut self, leads: &[LeadId], (now, next_seq): (Ms, u64)) -> Vec<Fact> {
        let mut written = Written::from(now, next_seq);
        for id in leads {
            let clocks = self.pursuit(*id).map(|pursuit| pursuit.clocks.clone());
            for mut clock in clocks.unwrap_or_default() {
                if let Some(turn) = clock.expire(now) {
                    self.write_turn(&mut written, *id, (clock.kind, turn, now));
                    self.follow_breach(&mut written, *id, clock.kind);
                }
            }
        }
        written.facts()
    }

    /// Routes those that are nobody's, or somebody's who is no longer there. All of them must be at hand.
    pub fn route_waiting(&mut self, leads: &[LeadId], (now, next_seq): (Ms, u64)) -> Vec<Fact> {
        let mut written = Written::from(now, next_seq);
        for id in leads {
            let open = self.pursuit(*id).filter(|pursuit| pursuit.is_open());
            let Some(owner) = open.map(|pursuit| pursuit.owner) else {
                continue;
            };
            match owner {
                None => self.route(&mut written, *id, Occasion::Waiting),
                Some(owner) if !self.settings.practice.is_active(owner.user) => {
                    self.route(&mut written, *id, Occasion::OwnerLeft);
                }
                Some(_) => {}
            }
        }
        written.facts()
    }

    /// Moves those out of what went out of use who stand there. All of them must be at hand; the facts are numbered from
    /// `next_seq`.
    pub fn retire(&mut self, leads: &[LeadId], (now, next_seq): (Ms, u64)) -> Vec<Fact> {
        let mut written = Written::from(now, next_seq);
        let mut moved = BTreeSet::new();
        for id in leads {
            let Some(step) = self.retired(*id, now) else {
                continue;
            };
            moved.insert(*id);
            let fact = StageMoved {
                key: None,
                lead: *id,
                step,
                rung: None,
                by: None,
            };
            self.write_move(&mut written, Actor::System, Box::new(fact));
        }
        self.note_segments(&mut written, &moved);
        self.follow(&mut written, moved);
        written.facts()
    }

    fn retired(&self, id: LeadId, now: Ms) -> Option<Move> {
        let pursuit = self.pursuit(id)?;
        let ladder = &self.settings.practice.ladder;
        let (to, reason) = pursuit.journey.retire(ladder, pursuit.rung)?;
        Some(Move {
            from: pursuit.stands().map(|(stage, _)| stage.to_owned()),
            to: to.id.clone(),
            at: now,
            cause: Cause::Retired {
                ladder: ladder.version,
                reason: reason.map(str::to_owned),
            },
        })
    }

    fn follow_breach(&mut self, written: &mut Written, id: LeadId, kind: Kind) {
        let reassign = self.settings.promises().reassign;
        let pursuit = self.pursuit(id);
        let owned = pursuit.is_some_and(|pursuit| pursuit.owner.is_some());
        match kind {
            Kind::Accepted if reassign && owned => self.route(written, id, Occasion::Breached),
            Kind::Assigned if !owned => self.route(written, id, Occasion::Waiting),
            _ => {}
        }
    }

    fn pursuit(&self, id: LeadId) -> Option<&Pursuit> {
        let lead = self.leads.get(&id)?;
        lead.merged_into.is_none().then_some(&lead.pursuit)
    }

    /// Writes a move, and what follows from it.
    pub(super) fn write_move(
        &mut self,
        written: &mut Written,
        actor: Actor,
        mut moved: Box<StageMoved>,
    ) {
        let (id, at) = (moved.lead, moved.step.at);
        let rung = self.settings.practice.ladder.stage(&moved.step.to);
        let rung = rung.map(|stage| stage.rung);
        moved.rung = rung;
        if matches!(moved.step.cause, Cause::Retired { .. }) {
            self.write(written, at, actor, Body::StageMoved(moved));
            return;
        }
        let accepts = match &moved.step.cause {
            Cause::Verdict {
                by,
                verdict: Verdict::Accepted,
                ..
            } => Some(*by),
            _ => None,
        };
        // Whatever it is that takes it out of the stage is an answer.
        if rung != Some(Rung::Mql) {
            self.meet(written, id, Kind::Accepted, at);
        }
        if rung.is_some_and(Rung::is_aside) {
            self.drop_ruled_tasks(written, id);
        }
        let by = moved.by.clone();
        self.write(written, at, actor, Body::StageMoved(moved));
        let owner = self.pursuit(id).and_then(|pursuit| pursuit.owner);
        match accepts {
            Some(user) if owner.is_none() && self.settings.practice.is_active(user) => {
                let why = Given::Hand {
                    by: user,
                    note: String::new(),
                };
                self.give(written, (id, actor), (Some(user), by), why);
            }
            _ if rung == Some(Rung::Mql) => self.follow_qualified(written, id),
            _ => {}
        }
    }

    /// Who is qualified is to be given to somebody; whoever has it already is to answer.
    fn follow_qualified(&mut self, written: &mut Written, id: LeadId) {
        let owner = self.pursuit(id).and_then(|pursuit| pursuit.owner);
        match owner {
            Some(owner) if self.settings.practice.is_active(owner.user) => {
                self.start_answering(written, id);
                self.open_first_task(written, id, owner.user);
            }
            _ if self.settings.practice.routes() => {
                self.start(written, id, Kind::Assigned);
                self.route(written, id, Occasion::Qualified);
            }
            _ => {}
        }
    }

    /// Asks who gets a lead, and gives it. Where nobody else can get it, whoever has it keeps it, unless that one is gone.
    fn route(&mut self, written: &mut Written, id: LeadId, on: Occasion) {
        let Some(assignment) = self.assignment(id, on, written.now()) else {
            return;
        };
        let waits = matches!(on, Occasion::Waiting | Occasion::Breached);
        if assignment.to.is_none() && waits {
            return;
        }
        let to = assignment.to;
        let why = Given::Routed { on, assignment };
        self.give(written, (id, Actor::System), (to, None), why);
    }

    fn assignment(&mut self, id: LeadId, on: Occasion, now: Ms) -> Option<Assignment> {
        let meant = self.meant(id, now);
        let family = self.family(id)?;
        let pursuit = &family.root().pursuit;
        let account = family.account().and_then(|id| self.accounts.get(&id));
        let mut not = pursuit.had.clone();
        if on == Occasion::Breached {
            not.extend(pursuit.owner.map(|owner| owner.user));
        }
        let practice = &self.settings.practice;
        let given = self.loads.given.iter().flat_map(|(team, members)| {
            let members = members.iter();
            members.map(|(user, times)| ((team.clone(), *user), *times))
        });
        let given: BTreeMap<(String, UserId), u64> = given.collect();
        let floor = Floor {
            active: &practice.active(),
            open: &self.loads.open,
            given: &given,
        };
        let ask = Ask {
            meant: &meant,
            account_owner: account.and_then(|account| account.owner),
            not: &not,
        };
        Some(practice.routing.assign(&ask, &floor, now))
    }

    /// Writes whose a lead is, as a person says, and what follows.
    pub(super) fn write_assigned(
        &mut self,
        written: &mut Written,
        actor: Actor,
        assigned: Box<LeadAssigned>,
    ) {
        let (id, at, to) = (assigned.lead, written.now(), assigned.to);
        let had = self.pursuit(id).and_then(|pursuit| pursuit.owner);
        self.write(written, at, actor, Body::LeadAssigned(assigned));
        self.hand_tasks(written, id, (had.map(|owner| owner.user), to));
        let qualified = self.pursuit(id).and_then(|pursuit| pursuit.rung) == Some(Rung::Mql);
        if let Some(to) = to {
            self.meet(written, id, Kind::Assigned, at);
            if qualified {
                self.start_answering(written, id);
                self.open_first_task(written, id, to);
            }
        }
    }

    pub(super) fn give(
        &mut self,
        written: &mut Written,
        (lead, actor): (LeadId, Actor),
        (to, by): (Option<UserId>, Option<String>),
        why: Given,
    ) {
        let assigned = LeadAssigned {
            key: None,
            lead,
            to,
            why,
            by,
        };
        self.write_assigned(written, actor, Box::new(assigned));
    }

    /// Whoever has it is to say yes or no, and to speak to the person.
    fn start_answering(&mut self, written: &mut Written, id: LeadId) {
        self.start(written, id, Kind::Accepted);
        let spoken = self
            .pursuit(id)
            .and_then(|one| one.clock(Kind::FirstResponse));
        if spoken.is_none() {
            self.start(written, id, Kind::FirstResponse);
        }
    }

    fn start(&mut self, written: &mut Written, lead: LeadId, kind: Kind) {
        let now = written.now();
        let calendar = &self.settings.practice.calendar;
        let local = calendar.local();
        let hours = Hours::new(calendar, &local);
        if let Some(clock) = self.settings.promises().start(kind, now, hours) {
            let body = Body::ClockStarted(ClockStarted { lead, clock });
            self.write(written, now, Actor::System, body);
        }
    }

    /// Notes that a promise was kept, where one runs or ran out.
    pub(super) fn meet(&mut self, written: &mut Written, id: LeadId, kind: Kind, at: Ms) {
        let clock = self.pursuit(id).and_then(|pursuit| pursuit.clock(kind));
        let Some(mut clock): Option<Clock> = clock.copied() else {
            return;
        };
        if let Some(turn) = clock.meet(at) {
            self.write_turn(written, id, (kind, turn, at));
        }
    }

    fn write_turn(&mut self, written: &mut Written, lead: LeadId, turned: (Kind, Turn, Ms)) {
        let (kind, turn, at) = turned;
        let now = written.now();
        let body = Body::ClockTurned(ClockTurned {
            lead,
            kind,
            turn,
            at,
        });
        self.write(written, now, Actor::System, body);
    }

    /// Writes a conversation down; one of the owner's is the first response, or the one that was promised next.
    pub(super) fn write_conversation(
        &mut self,
        written: &mut Written,
        at: Ms,
        actor: Actor,
        saved: Box<ConversationSaved>,
    ) {
        let told = &saved.conversation;
        let (id, spoken_at) = (self.root(told.lead), told.at.min(written.now()));
        let spoken = told.is_spoken();
        self.write(written, at, actor, Body::ConversationSaved(saved));
        let Some(pursuit) = self.pursuit(id) else {
            return;
        };
        let by_owner = pursuit
            .owner
            .is_some_and(|owner| actor == Actor::User(owner.user));
        if !spoken || !by_owner {
            return;
        }
        let since = |kind| pursuit.clock(kind).map(|clock| clock.since);
        let promised = [Kind::FirstResponse, Kind::FollowUp];
        let kept = promised.map(|kind| (kind, since(kind)));
        for (kind, since) in kept {
            if since.is_some_and(|since| since <= spoken_at) {
                self.meet(written, id, kind, spoken_at);
            }
        }
    }
}
