//! The tasks with one lead: those that are to be done, those that were, and setting, changing, finishing and cancelling one.

use crate::api::Failure;
use crate::state::clock::now;
use crate::state::ids::fresh;
use crate::state::profile::Profile;
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use crate::state::today::{Finish, complete};
use domain::api::{Call, CancelTask, SaveTask, TaskList, TaskRow, Tasks};
use domain::id::{LeadId, Ms, TaskId, UserId};
use domain::task::{Kind, Noted, State, Task, Why, check};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// So many are read of each.
const READ_MAX: u32 = 50;
/// A new one is due so long after now, unless another time is chosen: a day.
const DUE_MS: Ms = 86_400_000;

/// A task as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TaskForm {
    /// Which.
    pub(crate) id: TaskId,
    /// The fact that it was made from; 0 of a new one.
    pub(crate) seq: u64,
    /// What kind.
    pub(crate) kind: Kind,
    /// What is to be done.
    pub(crate) text: String,
    /// By when.
    pub(crate) due_at: Option<Ms>,
    /// Who does it.
    pub(crate) assignee: Option<UserId>,
}

/// The tasks.
#[derive(Clone, Copy)]
pub(crate) struct LeadTasks {
    /// Those that are to be done, once read.
    pub(crate) open: RwSignal<Option<Vec<TaskRow>>>,
    /// Those that were done or cancelled, once asked for.
    pub(crate) settled: RwSignal<Option<Vec<TaskRow>>>,
    /// The one that is typed.
    pub(crate) form: RwSignal<Option<TaskForm>>,
    /// Why it may not be kept: a code.
    pub(crate) wrong: RwSignal<Option<&'static str>>,
    /// The one that is being finished.
    pub(crate) finishing: RwSignal<Option<TaskRow>>,
    profile: Profile,
    session: Session,
    toasts: Toasts,
    told: Callback<Failure>,
}

impl LeadTasks {
    /// Those of a lead, about to be read; read again whenever the lead changed.
    pub(crate) fn open(
        profile: Profile,
        session: Session,
        toasts: Toasts,
        told: Callback<Failure>,
    ) -> LeadTasks {
        let tasks = LeadTasks {
            open: RwSignal::new(None),
            settled: RwSignal::new(None),
            form: RwSignal::new(None),
            wrong: RwSignal::new(None),
            finishing: RwSignal::new(None),
            profile,
            session,
            toasts,
            told,
        };
        let seq = Memo::new(move |_| {
            profile
                .detail
                .with(|detail| detail.as_ref().map(|detail| detail.row.seq))
        });
        Effect::new(move |_| {
            if seq.get().is_some() {
                tasks.read();
            }
        });
        tasks
    }

    /// Reads them.
    pub(crate) fn read(self) {
        self.read_list(TaskList::Open);
        if self.settled.try_with_untracked(Option::is_some) == Some(true) {
            self.read_list(TaskList::Settled);
        }
    }

    /// Shows those that were done or cancelled, or no longer.
    pub(crate) fn show_settled(self, shown: bool) {
        match shown {
            true => self.read_list(TaskList::Settled),
            false => self.settled.set(None),
        }
    }

    fn read_list(self, list: TaskList) {
        let call = Tasks {
            list,
            lead: Some(self.profile.id),
            limit: Some(READ_MAX),
            ..Tasks::default()
        };
        spawn_local(async move {
            let into = match list {
                TaskList::Settled => self.settled,
                TaskList::Open | TaskList::Overdue => self.open,
            };
            match self.session.call(&call).await {
                Ok(page) => drop(into.try_set(Some(page.items))),
                Err(failure) => self.told.run(failure),
            }
        });
    }

    /// Sets a new one.
    pub(crate) fn begin(self) {
        self.wrong.set(None);
        self.form.set(Some(TaskForm {
            id: TaskId(fresh()),
            seq: 0,
            kind: Kind::Call,
            text: String::new(),
            due_at: Some(now().saturating_add(DUE_MS)),
            assignee: self.session.id(),
        }));
    }

    /// Changes one.
    pub(crate) fn change(self, noted: &Noted) {
        let task = &noted.task;
        self.wrong.set(None);
        self.form.set(Some(TaskForm {
            id: task.id,
            seq: noted.seq,
            kind: task.kind,
            text: task.text.clone(),
            due_at: Some(task.due_at),
            assignee: task.assignee,
        }));
    }

    /// Keeps what is typed.
    pub(crate) fn save(self) {
        let Some(form) = self.form.get_untracked() else {
            return;
        };
        let Some(due_at) = form.due_at else {
            return self.wrong.set(Some("no_date"));
        };
        let task = form.task(self.profile.id, due_at);
        if let Some(invalid) = check(&task, now()).first() {
            return self.wrong.set(Some(invalid.code));
        }
        self.form.set(None);
        self.act(set(&task, form.seq), |text| {
            text.profile.task_saved.to_owned()
        });
    }

    /// Finishes one.
    pub(crate) fn finish(self, row: &TaskRow, finish: Finish) {
        self.finishing.set(None);
        let name = row.lead.label().to_owned();
        let call = complete(&row.noted, finish);
        self.act(call, move |text| (text.today.was_done)(&name));
    }

    /// Cancels one; it can be set anew.
    pub(crate) fn cancel(self, noted: Noted) {
        let call = CancelTask {
            key: fresh(),
            id: noted.task.id,
            expected_seq: noted.seq,
            note: String::new(),
        };
        spawn_local(async move {
            match self.session.call(&call).await {
                Ok(_) => {
                    let back = move || self.set_anew(&noted.task);
                    self.toasts
                        .undoable(|text| text.profile.task_was_cancelled.to_owned(), back);
                }
                Err(failure) => self.told.run(failure),
            }
            self.again();
        });
    }

    fn set_anew(self, task: &Task) {
        let task = Task {
            id: TaskId(fresh()),
            state: State::Open,
            ..task.clone()
        };
        self.act(set(&task, 0), |text| text.profile.task_saved.to_owned());
    }

    fn act<C: Call + 'static>(
        self,
        call: C,
        said: impl Fn(&'static crate::text::Text) -> String + Send + Sync + 'static,
    ) {
        spawn_local(async move {
            match self.session.call(&call).await {
                Ok(_) => self.toasts.done(said),
                Err(failure) => self.told.run(failure),
            }
            self.again();
        });
    }

    fn again(self) {
        self.read();
        self.profile.read();
    }
}

impl TaskForm {
    fn task(&self, lead: LeadId, due_at: Ms) -> Task {
        Task {
            id: self.id,
            lead,
            kind: self.kind,
            text: self.text.clone(),
            due_at,
            assignee: self.assignee,
            why: Why::Hand { by: String::new() },
            state: State::Open,
        }
        .cleaned()
    }
}

fn set(task: &Task, expected_seq: u64) -> SaveTask {
    SaveTask {
        key: fresh(),
        id: task.id,
        lead: task.lead,
        expected_seq,
        kind: task.kind,
        text: task.text.clone(),
        due_at: task.due_at,
        assignee: task.assignee,
    }
}
