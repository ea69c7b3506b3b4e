//! Tasks: the checks of what members do with them, what opens one by rule, what follows when one was done, and what facts
//! change. A task belongs to the record it was set for, whoever is shown for that; open ones stand in the record itself, so
//! that rules have them at hand.
//!
//! Not here: who gets a lead ([`super::hand_over`]).

use super::edits::{invalid, refuse};
use super::settings::EditError;
use super::world::{World, Written};
use crate::api::{CancelTask, CompleteTask, SaveTask, TaskDone};
use crate::clock::{Clock, Kind as Promise};
use crate::conversation::{Conversation, Direction};
use crate::hours::Hours;
use crate::id::{LeadId, Ms, TaskId, UserId, derived};
use crate::journal::{
    Actor, Body, ClockStarted, ConversationSaved, Fact, KeyEventReached, TaskSaved,
};
use crate::task::{self, Kind, Noted, State, Task, Why, limit};

impl World {
    /// Puts a stored task at hand.
    pub fn put_task(&mut self, noted: Noted) {
        self.tasks.insert(noted.task.id, noted);
    }

    /// A task at hand.
    pub fn task(&self, id: TaskId) -> Option<&Noted> {
        self.tasks.get(&id)
    }

    /// A task at hand that was done, and the one that follows it.
    pub fn task_done(&self, id: TaskId) -> Option<TaskDone> {
        Some(TaskDone {
            done: self.task(id)?.clone(),
            next: self.task(task::next_of(id)).cloned(),
        })
    }

    /// Checks a task that is set, or changed; the body of the fact that does it. It and its person must be at hand, and it must
    /// have been told who is there.
    pub fn save_task(&self, save: &SaveTask, by: &str, now: Ms) -> Result<Body, EditError> {
        let known = match self.tasks.get(&save.id) {
            None if save.expected_seq > 0 => return Err(EditError::NotFound),
            None => None,
            Some(_) => Some(self.open_task(save.id, save.expected_seq)?),
        };
        let family = self.family(save.lead).ok_or(EditError::NotFound)?;
        let lead = known.map_or(family.root().id, |task| task.lead);
        if !family.holds(lead) {
            return Err(invalid("lead", "another"));
        }
        if known.is_none() && !self.has_room(lead) {
            return Err(invalid("lead", "too_many"));
        }
        let practice = &self.settings.practice;
        let same = known.is_some_and(|task| task.assignee == save.assignee);
        if !same && save.assignee.is_some_and(|user| !practice.is_active(user)) {
            return Err(invalid("assignee", "member_left"));
        }
        let task = Task {
            id: save.id,
            lead,
            kind: save.kind,
            text: save.text.clone(),
            due_at: save.due_at,
            assignee: save.assignee,
            why: known.map_or(Why::Hand { by: by.to_owned() }, |task| task.why.clone()),
            state: State::Open,
        };
        saved(task, (save.key, by), now)
    }

    /// Checks that a task was done; the body of the fact that says so.
    pub fn complete_task(&self, call: &CompleteTask, by: &str, now: Ms) -> Result<Body, EditError> {
        let task = self.open_task(call.id, call.expected_seq)?;
        let state = State::Done {
            at: now,
            by: by.to_owned(),
            outcome: call.outcome,
            note: call.note.clone(),
            next: call.next.clone(),
        };
        let task = Task {
            state,
            ..task.clone()
        };
        saved(task, (call.key, by), now)
    }

    /// Checks that a task is not to be done any more; the body of the fact that says so.
    pub fn cancel_task(&self, call: &CancelTask, by: &str, now: Ms) -> Result<Body, EditError> {
        let task = self.open_task(call.id, call.expected_seq)?;
        let state = State::Cancelled {
            at: now,
            by: Some(by.to_owned()),
            note: call.note.clone(),
        };
        let task = Task {
            state,
            ..task.clone()
        };
        saved(task, (call.key, by), now)
    }

    /// A task that is open, when an edit was made from how it is.
    fn open_task(&self, id: TaskId, expected_seq: u64) -> Result<&Task, EditError> {
        let known = self.tasks.get(&id).ok_or(EditError::NotFound)?;
        if known.seq != expected_seq {
            return Err(EditError::Conflict);
        }
        if !known.task.state.is_open() {
            return Err(invalid("id", "settled"));
        }
        Ok(&known.task)
    }

    fn has_room(&self, lead: LeadId) -> bool {
        let lead = self.leads.get(&lead);
        lead.is_some_and(|lead| lead.tasks.len() < limit::OPEN_MAX)
    }

    /// Writes a task as a person says, and what follows: what was done with the person is a conversation, and what is next is
    /// the next task.
    pub(super) fn write_task(
        &mut self,
        written: &mut Written,
        actor: Actor,
        saved: Box<TaskSaved>,
    ) {
        let (now, task, by) = (written.now(), saved.task.clone(), saved.by.clone());
        self.write(written, now, actor, Body::TaskSaved(saved));
        let root = self.root(task.lead);
        if let State::Done { next, .. } = &task.state {
            if let Some(conversation) = told(&task, now) {
                let saved = ConversationSaved {
                    key: conversation.id.0,
                    by: by.unwrap_or_default(),
                    conversation,
                };
                self.write_conversation(written, now, actor, Box::new(saved));
            }
            self.meet(written, root, Promise::FollowUp, now);
            if let Some(next) = next {
                let next = Task {
                    id: task::next_of(task.id),
                    lead: task.lead,
                    kind: next.kind,
                    text: next.text.clone(),
                    due_at: next.due_at,
                    assignee: task.assignee,
                    why: Why::Next { of: task.id },
                    state: State::Open,
                };
                self.write_ruled(written, next);
            }
        }
        self.start_follow_up(written, root);
    }

    /// Promises that a person who is to be worked is spoken to again by the earliest date that people set for the owner.
    fn start_follow_up(&mut self, written: &mut Written, root: LeadId) {
        let now = written.now();
        let Some(family) = self.family(root) else {
            return;
        };
        let pursuit = &family.root().pursuit;
        let Some(owner) = pursuit.owner.filter(|_| pursuit.is_open()) else {
            return;
        };
        let set = family.tasks().filter(|noted| {
            let task = &noted.task;
            !task.why.is_rule() && task.assignee == Some(owner.user) && task.due_at > now
        });
        let Some(due_at) = set.map(|noted| noted.task.due_at).min() else {
            return;
        };
        let running = pursuit.clock(Promise::FollowUp).and_then(Clock::next_due);
        if running != Some(due_at) {
            let body = Body::ClockStarted(ClockStarted {
                lead: root,
                clock: Clock::until(Promise::FollowUp, now, due_at),
            });
            self.write(written, now, Actor::System, body);
        }
    }

    /// Sees to it that whoever was given a qualified lead has a task to speak to the person.
    pub(super) fn open_first_task(&mut self, written: &mut Written, root: LeadId, to: UserId) {
        let Some(family) = self.family(root) else {
            return;
        };
        let there = family.tasks().any(|noted| noted.task.why == Why::Assigned);
        if !there {
            let id = derived(&format!("task/assigned/{root}/{}", written.next_seq()));
            self.open_ruled(written, (TaskId(id), root, to), Why::Assigned);
        }
    }

    /// Tells whoever has a person to work that a key event was reached, once as long as that is not settled.
    pub(super) fn alert(&mut self, written: &mut Written, at: Ms, reached: &KeyEventReached) {
        if written.now().saturating_sub(at) > limit::ALERT_MS_MAX {
            return;
        }
        let visitor = self.visitors.get(&reached.visitor);
        let lead = visitor.and_then(|visitor| visitor.owner(at, reached.because));
        let Some(family) = lead.and_then(|lead| self.family(lead)) else {
            return;
        };
        let Some(owner) = family.root().pursuit.owner else {
            return;
        };
        let same = |why: &Why| matches!(why, Why::KeyEvent { key, .. } if *key == reached.key);
        if family.tasks().any(|noted| same(&noted.task.why)) {
            return;
        }
        let root = family.root().id;
        let why = Why::KeyEvent {
            key: reached.key.clone(),
            visitor: reached.visitor,
            at,
        };
        let id = derived(&format!("task/reached/{root}/{}", written.next_seq()));
        self.open_ruled(written, (TaskId(id), root, owner.user), why);
    }

    /// Opens a task that is due as soon as a qualified lead is to be spoken to.
    fn open_ruled(
        &mut self,
        written: &mut Written,
        (id, lead, to): (TaskId, LeadId, UserId),
        why: Why,
    ) {
        if !self.has_room(lead) {
            return;
        }
        let (now, practice) = (written.now(), &self.settings.practice);
        let local = practice.calendar.local();
        let hours = Hours::new(&practice.calendar, &local);
        let promises = self.settings.promises();
        let first = promises.start(Promise::FirstResponse, now, hours);
        let task = Task {
            id,
            lead,
            kind: Kind::Call,
            text: String::new(),
            due_at: first.map_or(now, |clock| clock.due_at),
            assignee: Some(to),
            why,
            state: State::Open,
        };
        self.write_ruled(written, task);
    }

    /// Gives the open tasks of whoever had a person to whoever has it now.
    pub(super) fn hand_tasks(
        &mut self,
        written: &mut Written,
        root: LeadId,
        (from, to): (Option<UserId>, Option<UserId>),
    ) {
        if from == to {
            return;
        }
        for task in self.tasks_of(root) {
            if task.assignee == from {
                let assignee = to;
                self.write_ruled(written, Task { assignee, ..task });
            }
        }
    }

    /// Cancels what rules opened for a person who is not to be worked any more.
    pub(super) fn drop_ruled_tasks(&mut self, written: &mut Written, root: LeadId) {
        let at = written.now();
        for task in self.tasks_of(root) {
            if task.why.is_rule() {
                let state = State::Cancelled {
                    at,
                    by: None,
                    note: String::new(),
                };
                self.write_ruled(written, Task { state, ..task });
            }
        }
    }

    fn tasks_of(&self, root: LeadId) -> Vec<Task> {
        let family = self.family(root);
        let tasks = family
            .iter()
            .flat_map(|family| family.tasks())
            .map(|noted| noted.task.clone());
        tasks.collect()
    }

    fn write_ruled(&mut self, written: &mut Written, task: Task) {
        let now = written.now();
        let body = Body::TaskSaved(Box::new(TaskSaved {
            key: None,
            task,
            by: None,
        }));
        self.write(written, now, Actor::System, body);
    }

    pub(super) fn apply_task(&mut self, fact: &Fact, saved: &TaskSaved) {
        let task = saved.task.clone();
        let (id, lead) = (task.id, task.lead);
        let Some(record) = self.leads.get_mut(&lead) else {
            return;
        };
        let noted = Noted {
            seq: fact.seq,
            task,
        };
        let before = record.tasks.remove(&id);
        if noted.task.state.is_open() {
            record.tasks.insert(id, noted.clone());
        } else if matches!(noted.task.state, State::Done { .. }) {
            record.contact(fact.occurred_at);
        }
        let cancelled = matches!(noted.task.state, State::Cancelled { .. });
        self.tasks.insert(id, noted);
        self.changes.tasks.insert(id);
        if let Some(before) = before.filter(|_| cancelled) {
            self.stop_follow_up(fact, lead, before.task.due_at);
        }
        self.touch_leads([lead], fact.seq);
    }

    /// Nobody is to be spoken to any more by a date that was taken away.
    fn stop_follow_up(&mut self, fact: &Fact, lead: LeadId, due_at: Ms) {
        let root = self.root(lead);
        let clock = self.leads.get(&root).and_then(|lead| {
            let clock = lead.pursuit.clock(Promise::FollowUp)?;
            clock.next_due()
        });
        if clock == Some(due_at) {
            self.pursue(fact, root, |pursuit| pursuit.stop(Promise::FollowUp));
        }
    }

    /// Forgets the tasks of records that are gone.
    pub(super) fn forget_tasks(&mut self, of: impl Fn(LeadId) -> bool) {
        self.tasks.retain(|_, noted| !of(noted.task.lead));
    }
}

/// The conversation that a task becomes which was done with the person; none of another.
fn told(task: &Task, at: Ms) -> Option<Conversation> {
    let State::Done {
        by, outcome, note, ..
    } = &task.state
    else {
        return None;
    };
    Some(Conversation {
        id: task.conversation_id(),
        lead: task.lead,
        kind: task.kind.conversation()?,
        at,
        direction: Some(Direction::Out),
        text: note.clone(),
        outcome: *outcome,
        seconds: None,
        by: by.clone(),
    })
}

fn saved(task: Task, (key, by): (uuid::Uuid, &str), now: Ms) -> Result<Body, EditError> {
    let task = task.cleaned();
    refuse(task::check(&task, now))?;
    Ok(Body::TaskSaved(Box::new(TaskSaved {
        key: Some(key),
        task,
        by: Some(by.to_owned()),
    })))
}

#[cfg(test)]
mod tests;
