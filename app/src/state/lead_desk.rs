//! What members do with a lead on its page: mending what is known, merging, parting, moving along the stages.
//!
//! Two who edit one field at the same time lose nothing: who comes second sees both versions and chooses.

use crate::api::Failure;
use crate::state::board::{MoveContest, Said, moved_first, tell};
use crate::state::ids::{Attempt, fresh};
use crate::state::profile::Profile;
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use domain::account::{BuyingRole, Choice};
use domain::api::{ErrorCode, LeadDetail, MergeLeads, NoteStep, Pursued, SaveLead, UndoMerge};
use domain::contact::Key;
use domain::id::{AccountId, LeadId};
use domain::profile::{FieldId, Value};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What is to become otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Edit {
    /// What is put into fields; nothing empties one.
    pub(crate) set: BTreeMap<FieldId, Option<Value>>,
    /// Tags to put on.
    pub(crate) tagged: BTreeSet<String>,
    /// Tags to take off.
    pub(crate) untagged: BTreeSet<String>,
    /// Keys that are the person's too.
    pub(crate) keys: Vec<Key>,
    /// Keys that are not.
    pub(crate) dropped: Vec<Key>,
    /// The company.
    pub(crate) account: Option<Choice<AccountId>>,
    /// What the person is to the decision to buy.
    pub(crate) role: Option<Choice<BuyingRole>>,
}

impl Edit {
    /// The edit of one field.
    pub(crate) fn of(field: FieldId, value: Option<Value>) -> Edit {
        Edit {
            set: BTreeMap::from([(field, value)]),
            ..Edit::default()
        }
    }

    /// The call that makes it.
    pub(crate) fn call(self, key: Uuid, id: LeadId, expected_seq: u64) -> SaveLead {
        SaveLead {
            key,
            id,
            expected_seq,
            set: self.set,
            tagged: self.tagged,
            untagged: self.untagged,
            keys: self.keys,
            dropped: self.dropped,
            account: self.account,
            role: self.role,
        }
    }
}

/// Two versions of one lead.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Contest {
    /// How it is.
    pub(crate) theirs: Box<LeadDetail>,
    /// What was to become otherwise.
    pub(crate) mine: Edit,
}

/// The desk.
#[derive(Clone, Copy)]
pub(crate) struct LeadDesk {
    /// Whom it is about.
    pub(crate) profile: Profile,
    /// The two versions, while there are two.
    pub(crate) contest: RwSignal<Option<Contest>>,
    /// The two moves, while somebody else moved it first.
    pub(crate) moved: RwSignal<Option<MoveContest>>,
    /// Whether something is on its way.
    pub(crate) busy: RwSignal<bool>,
    /// Who does it.
    pub(crate) session: Session,
    /// Where it is told.
    pub(crate) toasts: Toasts,
    told: Callback<Failure>,
    attempt: Attempt<(u64, Edit)>,
}

impl LeadDesk {
    /// A desk for a lead. `told` says why something was not done.
    pub(crate) fn new(
        profile: Profile,
        session: Session,
        toasts: Toasts,
        told: Callback<Failure>,
    ) -> LeadDesk {
        LeadDesk {
            profile,
            contest: RwSignal::new(None),
            moved: RwSignal::new(None),
            busy: RwSignal::new(false),
            session,
            toasts,
            told,
            attempt: Attempt::new(),
        }
    }

    /// The number of the row that an edit is made from now.
    pub(crate) fn seq(self) -> u64 {
        self.profile
            .detail
            .with_untracked(|detail| detail.as_ref().map_or(0, |detail| detail.row.seq))
    }

    /// Saves what was made from the version `seq`. `done` hears whether it was saved.
    pub(crate) fn save(self, seq: u64, edit: Edit, done: impl FnOnce(bool) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let key = self.attempt.key(&(seq, edit.clone()));
        let call = edit.clone().call(key, self.profile.id, seq);
        spawn_local(async move {
            let reply = self.session.call(&call).await;
            let _ = self.busy.try_set(false);
            match reply {
                Ok(detail) => {
                    self.attempt.forget();
                    self.take(detail);
                    done(true);
                }
                Err(failure) => {
                    match contested(&failure) {
                        Some(theirs) => self.contend(theirs, edit),
                        None => self.told.run(failure),
                    }
                    done(false);
                }
            }
        });
    }

    /// Shows both versions.
    pub(crate) fn contend(self, theirs: Box<LeadDetail>, mine: Edit) {
        let _ = self.contest.try_set(Some(Contest { theirs, mine }));
    }

    /// Leaves it as the other one saved it.
    pub(crate) fn take_theirs(self) {
        if let Some(contest) = self.contest.get_untracked() {
            self.contest.set(None);
            self.take(*contest.theirs);
        }
    }

    /// Saves what was to be saved, over what the other one saved.
    pub(crate) fn keep_mine(self) {
        if let Some(contest) = self.contest.get_untracked() {
            self.contest.set(None);
            let seq = contest.theirs.row.seq;
            self.profile.know(*contest.theirs);
            self.save(seq, contest.mine, |_| ());
        }
    }

    fn take(self, detail: LeadDetail) {
        self.profile.know(detail);
        self.profile.read();
    }

    /// Says that another is this person.
    pub(crate) fn merge(self, other: LeadId, name: String) {
        let call = MergeLeads {
            key: fresh(),
            id: self.profile.id,
            other,
        };
        spawn_local(async move {
            match self.session.call(&call).await {
                Ok(detail) => {
                    self.toasts.undoable(
                        move |text| (text.profile.was_merged)(&name),
                        move || self.part(other),
                    );
                    self.take(detail);
                }
                Err(failure) => self.told.run(failure),
            }
        });
    }

    /// Parts a record that was merged.
    pub(crate) fn part(self, merged: LeadId) {
        let call = UndoMerge {
            key: fresh(),
            id: merged,
        };
        spawn_local(async move {
            match self.session.call(&call).await {
                Ok(_) => {
                    self.toasts.done(|text| text.profile.was_parted.to_owned());
                    self.profile.read();
                }
                Err(failure) => self.told.run(failure),
            }
        });
    }

    /// Notes that a step was done, or was not.
    pub(crate) fn note_step(self, pursued: &Pursued, step: String, done: bool, date: Option<i32>) {
        let call = NoteStep {
            key: fresh(),
            id: pursued.id,
            expected_seq: pursued.seq,
            step,
            done,
            date,
        };
        spawn_local(async move {
            if let Err(failure) = self.session.call(&call).await {
                self.told.run(failure);
            }
            self.profile.read();
        });
    }

    /// Moves it into a stage; it can be taken back. `name` is the stage's, `note` what stands beside the way back.
    pub(crate) fn move_to(
        self,
        pursued: Pursued,
        to: String,
        said: Said,
        name: String,
        note: String,
    ) {
        let from = pursued.stage.clone();
        spawn_local(async move {
            match tell(self.session, &to, pursued, said.clone()).await {
                Ok(moved) => {
                    let back = from.map(|from| (from, moved));
                    self.tell_moved(back, name, note);
                }
                Err(failure) => match moved_first(&failure) {
                    Some(current) => self.contend_move(to, said, current),
                    None => self.told.run(failure),
                },
            }
            self.profile.read();
        });
    }

    /// Shows where it was to go, and where somebody else moved it.
    fn contend_move(self, to: String, said: Said, current: Box<Pursued>) {
        let detail = self.profile.detail.try_get_untracked().flatten();
        let contest = detail.map(|detail| MoveContest {
            lead: detail.row,
            to,
            said,
            current,
        });
        let _ = self.moved.try_set(contest);
    }

    fn tell_moved(self, back: Option<(String, Pursued)>, name: String, note: String) {
        let lead = self.profile.detail.with_untracked(|detail| {
            let detail = detail.as_ref();
            detail.map(|detail| detail.row.label().to_owned())
        });
        let lead = lead.unwrap_or_default();
        let said = move |text: &'static crate::text::Text| (text.board.moved)(&lead, &name);
        let Some((from, moved)) = back else {
            return self.toasts.done(said);
        };
        self.toasts.undoable(said, move || {
            let said = Said {
                note: note.clone(),
                ..Said::default()
            };
            let (from, moved) = (from.clone(), moved.clone());
            spawn_local(async move {
                if let Err(failure) = tell(self.session, &from, moved, said).await {
                    self.told.run(failure);
                }
                self.profile.read();
            });
        });
    }
}

/// The lead as it is, where somebody else saved first.
pub(crate) fn contested(failure: &Failure) -> Option<Box<LeadDetail>> {
    match failure {
        Failure::Refused(ErrorCode::Conflict, error) => {
            serde_json::from_value(error.current.clone()?).ok()
        }
        _ => None,
    }
}
