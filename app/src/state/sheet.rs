//! Something that is read whole, edited in a form, and saved against the version it was made from: the stages, the routing,
//! the definition.
//!
//! A form that somebody changed survives what others save meanwhile; both are shown once it is saved.

use crate::api::Failure;
use crate::state::ids::Attempt;
use crate::state::session::Session;
use domain::api::{Call, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// What has a form.
pub(crate) trait Formed:
    Clone + PartialEq + DeserializeOwned + Send + Sync + 'static
{
    /// It as it stands in a form.
    type Form: Clone + PartialEq + Default + Send + Sync + 'static;

    /// Its form.
    fn form(&self) -> Self::Form;
}

/// It, and its form.
pub(crate) struct Sheet<T: Formed> {
    /// It as it was last read or saved.
    pub(crate) saved: RwSignal<Option<T>>,
    /// The form.
    pub(crate) form: RwSignal<T::Form>,
    /// How often the form was laid out anew: what is half typed belongs to one time.
    pub(crate) round: RwSignal<u32>,
    /// What someone else saved first, while one has to choose.
    pub(crate) theirs: RwSignal<Option<T>>,
    /// Why it was not read, or not saved.
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// Whether it is being saved.
    pub(crate) busy: RwSignal<bool>,
    session: Session,
    attempt: Attempt<(T::Form, &'static str)>,
}

impl<T: Formed> Clone for Sheet<T> {
    fn clone(&self) -> Sheet<T> {
        *self
    }
}

impl<T: Formed> Copy for Sheet<T> {}

impl<T: Formed> Sheet<T> {
    /// Nothing read yet.
    pub(crate) fn new(session: Session) -> Sheet<T> {
        Sheet {
            saved: RwSignal::new(None),
            form: RwSignal::new(T::Form::default()),
            round: RwSignal::new(0),
            theirs: RwSignal::new(None),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            session,
            attempt: Attempt::new(),
        }
    }

    /// Reads it. A form that was changed stays as it is.
    pub(crate) fn read<C: Call<Reply = T> + 'static>(self, call: C) {
        spawn_local(async move {
            match self.session.call(&call).await {
                Ok(found) => {
                    let _ = self.failure.try_set(None);
                    self.take(found);
                }
                Err(failure) => drop(self.failure.try_set(Some(failure))),
            }
        });
    }

    /// Takes in what there is now; the form follows, unless somebody changed it. Where that is contested, both are shown.
    pub(crate) fn take(self, found: T) {
        let known = self.saved.try_get_untracked().flatten();
        let before = known.map(|known| known.form());
        let changed = before
            .as_ref()
            .is_some_and(|before| self.form.with_untracked(|form| form != before));
        match (changed, before == Some(found.form())) {
            (true, false) => {
                let _ = self.theirs.try_set(Some(found));
            }
            (true, true) => drop(self.saved.try_set(Some(found))),
            (false, same) => {
                if !same {
                    self.lay_out(&found);
                }
                let _ = self.saved.try_set(Some(found));
            }
        }
    }

    /// Whether the form says something else than what is saved.
    pub(crate) fn is_changed(self) -> bool {
        let form = self.form.get();
        self.saved
            .with(|saved| saved.as_ref().is_some_and(|saved| saved.form() != form))
    }

    /// Puts the form back to what is saved.
    pub(crate) fn discard(self) {
        self.failure.set(None);
        if let Some(saved) = self.saved.get_untracked() {
            self.lay_out(&saved);
        }
    }

    fn lay_out(self, of: &T) {
        self.form.set(of.form());
        self.round.update(|round| *round = round.wrapping_add(1));
    }

    /// Makes a call that changes it; a repeat after no answer carries the same key. `what` tells one kind of change from
    /// another; `done` hears of what there is then.
    pub(crate) fn change<C: Call<Reply = T> + 'static>(
        self,
        what: &'static str,
        call: impl FnOnce(Uuid) -> C,
        done: impl FnOnce() + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        let call = call(self.attempt.key(&(self.form.get_untracked(), what)));
        self.busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let reply = self.session.call(&call).await;
            let _ = self.busy.try_set(false);
            match reply {
                Ok(found) => {
                    self.attempt.forget();
                    self.saved.try_update(|saved| *saved = Some(found.clone()));
                    self.lay_out(&found);
                    done();
                }
                Err(Failure::Refused(ErrorCode::Conflict, error)) => {
                    let current = error.current.clone();
                    match current.and_then(|current| serde_json::from_value(current).ok()) {
                        Some(theirs) => drop(self.theirs.try_set(Some(theirs))),
                        None => {
                            let failure = Failure::Refused(ErrorCode::Conflict, error);
                            let _ = self.failure.try_set(Some(failure));
                        }
                    }
                }
                Err(failure) => drop(self.failure.try_set(Some(failure))),
            }
        });
    }

    /// Takes what someone else saved.
    pub(crate) fn take_theirs(self) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.lay_out(&theirs);
            self.saved.set(Some(theirs));
        }
        self.theirs.set(None);
    }

    /// Keeps the form, on top of what someone else saved.
    pub(crate) fn keep_mine(self) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.saved.set(Some(theirs));
        }
        self.theirs.set(None);
    }
}
