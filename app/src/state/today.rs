//! What the day asks of a member, and what the member does about it. It is read anew when something of it was done, and
//! whenever the screen is opened.

use super::ids::fresh;
use crate::api::Failure;
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use domain::api::{
    AnswerLead, Call, CancelTask, CompleteTask, DismissSuggestion, ReadPursuit, SaveTask, TaskRow,
    Today, TodayDetail,
};
use domain::conversation::Outcome;
use domain::id::{LeadId, Ms, TaskId, UserId};
use domain::lead::LeadRow;
use domain::stage::Verdict;
use domain::task::{Kind, Next, Noted};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

/// At which hour a call is set for.
const CALL_HOUR_MS: Ms = 9 * 3_600_000;
const DAY_MS: Ms = 86_400_000;
/// How many of each are shown.
const SHOWN: u32 = 10;
/// How long the screen waits for more before it is read anew.
const SOON_MS: u32 = 2_000;

/// The day.
#[derive(Clone, Copy)]
pub(crate) struct TodayState {
    /// What it asks; nothing while that is on its way.
    pub(crate) detail: RwSignal<Option<TodayDetail>>,
    /// Why it could not be read.
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// Whether of everyone.
    pub(crate) everyone: RwSignal<bool>,
    /// The task that is being finished.
    pub(crate) finishing: RwSignal<Option<TaskRow>>,
    session: Session,
    toasts: Toasts,
    /// Something was not done.
    told: Callback<Failure>,
    turn: StoredValue<u32>,
    waits: StoredValue<bool>,
}

/// What came of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Finish {
    /// What came of it.
    pub(crate) outcome: Option<Outcome>,
    /// What is to be said about it.
    pub(crate) note: String,
    /// On which day the next one is due, as days since 1970-01-01 by the browser's calendar.
    pub(crate) next_on: Option<i32>,
}

impl TodayState {
    /// The day, about to be read.
    pub(crate) fn new(
        session: Session,
        toasts: Toasts,
        told: Callback<Failure>,
        everyone: bool,
    ) -> TodayState {
        TodayState {
            detail: RwSignal::new(None),
            failure: RwSignal::new(None),
            everyone: RwSignal::new(everyone),
            finishing: RwSignal::new(None),
            session,
            toasts,
            told,
            turn: StoredValue::new(0),
            waits: StoredValue::new(false),
        }
    }

    /// Reads it. What is shown stays until the new is there.
    pub(crate) fn load(self) {
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        self.failure.set(None);
        let call = Today {
            everyone: self.everyone.get_untracked(),
            limit: Some(SHOWN),
        };
        spawn_local(async move {
            let reply = self.session.call(&call).await;
            // Another question may have been asked meanwhile, or the screen was left.
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            match reply {
                Ok(found) => drop(self.detail.try_set(Some(found))),
                Err(failed) => drop(self.failure.try_set(Some(failed))),
            }
        });
    }

    /// Says sales' yes to a lead.
    pub(crate) fn accept(self, lead: &LeadRow) {
        let (id, name) = (lead.id, lead.label().to_owned());
        spawn_local(async move {
            let reply = match self.session.call(&ReadPursuit { id }).await {
                Ok(pursued) => {
                    let call = AnswerLead {
                        key: fresh(),
                        id,
                        expected_seq: pursued.seq,
                        verdict: Verdict::Accepted,
                        note: String::new(),
                    };
                    self.session.call(&call).await
                }
                Err(failure) => Err(failure),
            };
            match reply {
                Ok(_) => self.toasts.done(move |text| (text.today.accepted)(&name)),
                Err(failure) => self.told.run(failure),
            }
            self.load();
        });
    }

    /// Reads it in a moment: of many who ask meanwhile once.
    pub(crate) fn load_soon(self) {
        if self.waits.try_get_value() != Some(false) {
            return;
        }
        self.waits.set_value(true);
        Timeout::new(SOON_MS, move || {
            if self
                .waits
                .try_update_value(|waits| *waits = false)
                .is_some()
            {
                self.load();
            }
        })
        .forget();
    }

    /// Looks at everyone's, or at one's own.
    pub(crate) fn look_at(self, everyone: bool) {
        self.everyone.set(everyone);
        self.load();
    }

    /// Makes a call, tells what was done, and reads the day anew.
    fn act<C: Call + 'static>(self, call: C, done: impl FnOnce(TodayState) + 'static) {
        spawn_local(async move {
            match self.session.call(&call).await {
                Ok(_) => done(self),
                Err(failed) => self.told.run(failed),
            }
            self.load();
        });
    }

    /// Finishes a task.
    pub(crate) fn finish(self, row: &TaskRow, finish: Finish) {
        let name = row.lead.label().to_owned();
        let call = complete(&row.noted, finish);
        self.finishing.set(None);
        self.act(call, move |state| {
            state.toasts.done(move |text| (text.today.was_done)(&name));
        });
    }

    /// Sets a call for tomorrow; it can be taken back.
    pub(crate) fn plan_call(self, row: &LeadRow, now: Ms) {
        let (lead, name) = (row.id, row.label().to_owned());
        let id = TaskId(fresh());
        let call = plan(id, lead, now, row.owner.or_else(|| self.session.id()));
        spawn_local(async move {
            match self.session.call(&call).await {
                Ok(noted) => {
                    let (id, expected_seq) = (noted.task.id, noted.seq);
                    let undo = move || self.cancel(id, expected_seq);
                    self.toasts
                        .undoable(move |text| (text.today.planned)(&name), undo);
                }
                Err(failed) => self.told.run(failed),
            }
            self.load();
        });
    }

    fn cancel(self, id: TaskId, expected_seq: u64) {
        let call = CancelTask {
            key: fresh(),
            id,
            expected_seq,
            note: String::new(),
        };
        self.act(call, |state| {
            state.toasts.done(|text| text.today.settled.to_owned())
        });
    }

    /// Says that a suggestion is wrong.
    pub(crate) fn dismiss(self, id: Uuid) {
        let call = DismissSuggestion { key: fresh(), id };
        self.act(call, |state| {
            state.toasts.done(|text| text.today.dismissed.to_owned());
        });
    }
}

/// The call that finishes a task.
pub(crate) fn complete(noted: &Noted, finish: Finish) -> CompleteTask {
    let task = &noted.task;
    let next = finish.next_on.map(|day| Next {
        kind: task.kind,
        text: String::new(),
        due_at: morning_of(day),
    });
    CompleteTask {
        key: fresh(),
        id: task.id,
        expected_seq: noted.seq,
        outcome: finish.outcome,
        note: finish.note,
        next,
    }
}

fn plan(id: TaskId, lead: LeadId, now: Ms, assignee: Option<UserId>) -> SaveTask {
    let tomorrow = i32::try_from(crate::format::local_day(now).saturating_add(1));
    SaveTask {
        key: fresh(),
        id,
        lead,
        expected_seq: 0,
        kind: Kind::Call,
        text: String::new(),
        due_at: tomorrow.map_or(now.saturating_add(DAY_MS), morning_of),
        assignee,
    }
}

/// When a day's morning is, by the browser's clock.
fn morning_of(day: i32) -> Ms {
    crate::format::local_begin(day).saturating_add(CALL_HOUR_MS)
}
