//! How one lead is worked: the checks of what members do with it, what facts change, and the counts that follow.
//!
//! Not here: what follows from a move ([`super::hand_over`]), and moves by rule ([`super::advance`]).

use super::edits::invalid;
use super::settings::EditError;
use super::world::World;
use crate::api::{AnswerLead, AssignLead, ClockStanding, MoveLead, NoteStep, Pursued};
use crate::day::{DAY_MS, MINUTE_MS};
use crate::hours::Hours;
use crate::id::{LeadId, Ms, UserId};
use crate::journal::{Body, ClockStarted, ClockTurned, Fact, LeadAssigned, StageMoved, StepNoted};
use crate::lead::Lead;
use crate::pursuit::{Given, NOTE_BYTES_MAX, Pursuit};
use crate::stage::{Cause, Done, Journey, Move, Moving, Rung};
use std::collections::{BTreeMap, BTreeSet};

/// Who does something with a lead: the id, and the address or the token's name.
pub type Doer<'a> = (UserId, &'a str);

/// What a record counts as.
struct Counted {
    /// The stage it stands in.
    stage: Option<String>,
    /// For which reason.
    reason: Option<String>,
    /// Whose it is to work, where it is to be worked.
    open: Option<Option<UserId>>,
}

impl World {
    /// How a lead is worked, as seen at `now`.
    pub fn pursued(&self, id: LeadId, now: Ms) -> Option<Pursued> {
        let lead = self.leads.get(&self.root(id))?;
        let (pursuit, practice) = (&lead.pursuit, &self.settings.practice);
        let local = practice.calendar.local();
        let hours = Hours::new(&practice.calendar, &local);
        let since = pursuit.stands().map(|(_, at)| at);
        let clocks = pursuit.clocks.iter().map(|clock| ClockStanding {
            clock: *clock,
            standing: clock.standing(now, hours),
        });
        let named = named(pursuit).into_iter();
        let names = named.filter_map(|id| Some((id, practice.roster.get(&id)?.name.clone())));
        let days = since.map(|since| now.saturating_sub(since).div_euclid(DAY_MS));
        let times = pursuit.journey.times(now).into_iter();
        let missing = pursuit.journey.missing(&practice.ladder).into_iter();
        Some(Pursued {
            id: lead.id,
            seq: pursuit.seq,
            stage: pursuit.stands().map(|(stage, _)| stage.to_owned()),
            rung: pursuit.rung,
            since,
            days: days.map(|days| u32::try_from(days).unwrap_or(0)),
            times: times.map(|(id, ms)| (id.to_owned(), ms)).collect(),
            journey: pursuit.journey.clone(),
            missing: missing.map(str::to_owned).collect(),
            owner: pursuit.owner,
            names: names.collect(),
            clocks: clocks.collect(),
            attempts: pursuit.attempts,
            attempts_min: self.settings.promises().attempts_min,
        })
    }

    /// The record of a person that is worked, when an edit was made from how it is.
    fn worked(&self, id: LeadId, expected_seq: u64) -> Result<&Lead, EditError> {
        let lead = self.leads.get(&self.root(id)).ok_or(EditError::NotFound)?;
        if lead.pursuit.seq != expected_seq {
            return Err(EditError::Conflict);
        }
        Ok(lead)
    }

    /// Checks a move; the body of the fact that makes it.
    pub fn move_lead(
        &self,
        call: &MoveLead,
        (user, by): Doer<'_>,
        now: Ms,
    ) -> Result<Body, EditError> {
        let lead = self.worked(call.id, call.expected_seq)?;
        let (pursuit, practice) = (&lead.pursuit, &self.settings.practice);
        let moving = Moving {
            to: call.to.clone(),
            reason: call.reason.clone(),
            note: call.note.clone(),
        };
        let by_hand = pursuit.journey.by_hand(&practice.ladder, &moving, user);
        let cause = by_hand.map_err(EditError::Invalid)?;
        let to = practice.ladder.stage(&call.to);
        if pursuit.is_open() && to.is_some_and(|to| to.rung == Rung::Recycled) {
            let tried = self.settings.promises().may_give_up(pursuit.attempts);
            tried.map_err(EditError::Invalid)?;
        }
        Ok(moved(lead, (call.key, by), (&call.to, now), cause))
    }

    /// Checks sales' answer; the body of the fact that it becomes.
    pub fn answer_lead(
        &self,
        call: &AnswerLead,
        (user, by): Doer<'_>,
        now: Ms,
    ) -> Result<Body, EditError> {
        let lead = self.worked(call.id, call.expected_seq)?;
        check_note(&call.note)?;
        let ladder = &self.settings.practice.ladder;
        let to = lead.pursuit.journey.judge(ladder, &call.verdict);
        let to = to.map_err(EditError::Invalid)?;
        let cause = Cause::Verdict {
            by: user,
            verdict: call.verdict.clone(),
            note: call.note.clone(),
        };
        Ok(moved(lead, (call.key, by), (&to.id, now), cause))
    }

    /// Checks a step; the body of the fact that says it was done, or was not.
    pub fn note_step(
        &self,
        call: &NoteStep,
        (user, by): Doer<'_>,
        now: Ms,
    ) -> Result<Body, EditError> {
        let lead = self.worked(call.id, call.expected_seq)?;
        let date = call.date.or((!call.done).then_some(0));
        let ladder = &self.settings.practice.ladder;
        Journey::check_step(ladder, &call.step, date).map_err(EditError::Invalid)?;
        let done = call.done.then_some(Done {
            at: now,
            by: user,
            date: call.date,
        });
        Ok(Body::StepNoted(StepNoted {
            key: call.key,
            lead: lead.id,
            step: call.step.clone(),
            done,
            by: by.to_owned(),
        }))
    }

    /// Checks that a lead may be given to somebody; the body of the fact that does it. It must have been told who is there.
    pub fn assign_lead(&self, call: &AssignLead, (user, by): Doer<'_>) -> Result<Body, EditError> {
        let lead = self.worked(call.id, call.expected_seq)?;
        check_note(&call.note)?;
        let practice = &self.settings.practice;
        if call.to.is_some_and(|to| !practice.is_active(to)) {
            return Err(invalid("to", "member_left"));
        }
        Ok(Body::LeadAssigned(Box::new(LeadAssigned {
            key: Some(call.key),
            lead: lead.id,
            to: call.to,
            why: Given::Hand {
                by: user,
                note: call.note.clone(),
            },
            by: Some(by.to_owned()),
        })))
    }

    pub(super) fn apply_stage(&mut self, fact: &Fact, moved: &StageMoved) {
        let step = moved.step.clone();
        self.pursue(fact, moved.lead, |pursuit| {
            pursuit.go(step, moved.rung, fact.seq);
        });
    }

    pub(super) fn apply_step(&mut self, fact: &Fact, noted: &StepNoted) {
        self.pursue(fact, noted.lead, |pursuit| {
            pursuit.note(&noted.step, noted.done.clone(), fact.seq);
        });
    }

    pub(super) fn apply_assigned(&mut self, fact: &Fact, assigned: &LeadAssigned) {
        if let (Some(to), Given::Routed { assignment, .. }) = (assigned.to, &assigned.why)
            && let Some(team) = &assignment.team
            && self.leads.contains_key(&assigned.lead)
        {
            let members = self.loads.given.entry(team.clone()).or_default();
            let times = members.entry(to).or_default();
            *times = times.saturating_add(1);
            self.changes.loads = true;
        }
        self.pursue(fact, assigned.lead, |pursuit| {
            pursuit.give(assigned.to, &assigned.why, (fact.occurred_at, fact.seq));
        });
    }

    pub(super) fn apply_clock(&mut self, fact: &Fact, started: &ClockStarted) {
        self.pursue(fact, started.lead, |pursuit| pursuit.start(started.clock));
    }

    pub(super) fn apply_turn(&mut self, fact: &Fact, turned: &ClockTurned) {
        let calendar = &self.settings.practice.calendar;
        let clock = self
            .leads
            .get(&turned.lead)
            .and_then(|lead| lead.pursuit.clock(turned.kind));
        let worked = clock.map_or(0, |clock| {
            let local = calendar.local();
            Hours::new(calendar, &local).between(clock.since, turned.at)
        });
        let minutes = u32::try_from(worked.div_euclid(MINUTE_MS)).unwrap_or(0);
        self.pursue(fact, turned.lead, |pursuit| {
            pursuit.turn(turned.kind, turned.turn, turned.at, minutes);
        });
    }

    /// Counts that the person whose record this is was tried once more.
    pub(super) fn count_attempt(&mut self, id: LeadId) {
        let root = self.root(id);
        if let Some(lead) = self.leads.get_mut(&root)
            && lead.pursuit.is_open()
        {
            lead.pursuit.attempts = lead.pursuit.attempts.saturating_add(1);
            self.changes.leads.insert(root);
        }
    }

    pub(super) fn pursue(&mut self, fact: &Fact, id: LeadId, change: impl FnOnce(&mut Pursuit)) {
        self.uncount(id);
        if let Some(lead) = self.leads.get_mut(&id) {
            change(&mut lead.pursuit);
        }
        self.count_again(id);
        self.touch_leads([id], fact.seq);
    }

    /// Takes a record out of the counts, before it changes.
    pub(super) fn uncount(&mut self, id: LeadId) {
        let counted = self.leads.get(&id).and_then(counted);
        self.recount(counted, |count| count.saturating_sub(1));
    }

    /// Puts it back, as it is now.
    pub(super) fn count_again(&mut self, id: LeadId) {
        let counted = self.leads.get(&id).and_then(counted);
        self.recount(counted, |count| count.saturating_add(1));
        self.changes.pursued.insert(id);
    }

    fn recount(&mut self, counted: Option<Counted>, change: impl Fn(u64) -> u64) {
        let Some(counted) = counted else {
            return;
        };
        let loads = &mut self.loads;
        if let Some(stage) = counted.stage {
            change_count(&mut loads.standing, stage, &change);
        }
        if let Some(reason) = counted.reason {
            change_count(&mut loads.reasons, reason, &change);
        }
        match counted.open {
            Some(Some(owner)) => {
                let changed = change(loads.open.get(&owner).copied().unwrap_or(0).into());
                match u32::try_from(changed).unwrap_or(u32::MAX) {
                    0 => drop(loads.open.remove(&owner)),
                    some => drop(loads.open.insert(owner, some)),
                }
            }
            Some(None) => loads.waiting = change(loads.waiting),
            None => {}
        }
        self.changes.loads = true;
    }

    /// Takes a record that goes out of all counts, as if nobody had ever been given it.
    pub(super) fn forget_pursuit(&mut self, id: LeadId) {
        self.uncount(id);
        self.changes.pursued.insert(id);
        let given = self.leads.get(&id).map(|lead| lead.pursuit.given.clone());
        for (team, members) in given.into_iter().flatten() {
            let Some(counts) = self.loads.given.get_mut(&team) else {
                continue;
            };
            for (user, times) in members {
                change_count(counts, user, &|count| count.saturating_sub(times));
            }
            if counts.is_empty() {
                self.loads.given.remove(&team);
            }
            self.changes.loads = true;
        }
    }
}

/// Changes a count; none is not kept.
fn change_count<K: Ord>(counts: &mut BTreeMap<K, u64>, key: K, change: &impl Fn(u64) -> u64) {
    match change(counts.get(&key).copied().unwrap_or(0)) {
        0 => drop(counts.remove(&key)),
        some => drop(counts.insert(key, some)),
    }
}

/// What a record counts as; one that was merged into another counts as nothing.
fn counted(lead: &Lead) -> Option<Counted> {
    let pursuit = &lead.pursuit;
    if lead.merged_into.is_some() || pursuit.is_empty() {
        return None;
    }
    let owner = pursuit.owner.map(|owner| owner.user);
    Some(Counted {
        stage: pursuit.stands().map(|(stage, _)| stage.to_owned()),
        reason: pursuit.reason().map(|(of, id)| of.path(id)),
        open: pursuit.is_open().then_some(owner),
    })
}

/// Everyone who is named in how a lead is worked.
fn named(pursuit: &Pursuit) -> BTreeSet<UserId> {
    let moves = pursuit.journey.moves.iter();
    let movers = moves.filter_map(|step| match &step.cause {
        Cause::Hand { by, .. } | Cause::Verdict { by, .. } => Some(*by),
        Cause::Rule { .. } | Cause::Merged { .. } | Cause::Retired { .. } => None,
    });
    let done = pursuit.journey.done.values().map(|done| done.by);
    let owner = pursuit.owner.map(|owner| owner.user);
    let had = pursuit.had.iter().copied();
    movers.chain(done).chain(owner).chain(had).collect()
}

fn moved(lead: &Lead, (key, by): (uuid::Uuid, &str), (to, at): (&str, Ms), cause: Cause) -> Body {
    let from = lead.pursuit.stands().map(|(stage, _)| stage.to_owned());
    let to = to.to_owned();
    Body::StageMoved(Box::new(StageMoved {
        key: Some(key),
        lead: lead.id,
        step: Move {
            from,
            to,
            at,
            cause,
        },
        rung: None,
        by: Some(by.to_owned()),
    }))
}

fn check_note(note: &str) -> Result<(), EditError> {
    if note.len() > NOTE_BYTES_MAX {
        return Err(invalid("note", "too_long"));
    }
    Ok(())
}

#[cfg(test)]
pub(super) mod tests;
