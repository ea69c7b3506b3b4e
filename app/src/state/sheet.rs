//! Something that is read whole, edited in a form, and saved against the version it was made from: the stages, the routing,
//! the definition.
//!
//! A form that somebody changed survives what others save meanwhile; both are shown then. Of some, this browser keeps the form
//! until it is saved, so that it survives a reload too.

use crate::api::Failure;
use crate::state::ids::Attempt;
use crate::state::kept;
use crate::state::session::Session;
use domain::api::{Call, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What has a form.
pub(crate) trait Formed:
    Clone + PartialEq + DeserializeOwned + Send + Sync + 'static
{
    /// It as it stands in a form.
    type Form: Clone + PartialEq + Send + Sync + 'static;

    /// The form of nothing, before anything was read.
    fn blank() -> Self::Form;

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
            form: RwSignal::new(T::blank()),
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
        let (before, after) = (known.map(|known| known.form()), found.form());
        let Some(form) = self.form.try_get_untracked() else {
            return;
        };
        let changed = before.as_ref().is_some_and(|before| form != *before);
        if changed && form != after && before != Some(after) {
            let _ = self.theirs.try_set(Some(found));
            return;
        }
        if !changed && form != found.form() {
            self.lay_out(&found);
        }
        let _ = self.saved.try_set(Some(found));
    }

    /// Shows what is saved now, in the place of whatever stood in the form.
    pub(crate) fn show(self, found: T) {
        self.lay_out(&found);
        let _ = self.saved.try_set(Some(found));
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
        let _ = self.form.try_set(of.form());
        let _ = self
            .round
            .try_update(|round| *round = round.wrapping_add(1));
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
                    self.show(found);
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

/// A form that was changed, as this browser keeps it.
#[derive(Serialize, Deserialize)]
struct Kept<T, F> {
    /// What it was made from.
    saved: T,
    /// The form.
    form: F,
}

impl<T> Sheet<T>
where
    T: Formed + Serialize,
    T::Form: Serialize + DeserializeOwned,
{
    /// Nothing read yet; what this browser keeps of the form stands in it.
    pub(crate) fn kept(session: Session, what: &'static str) -> Sheet<T> {
        let sheet = Sheet::new(session);
        let member = untrack(|| session.member());
        let Some(workspace) = member.map(|member| member.workspace) else {
            return sheet;
        };
        if let Some(Kept { saved, form }) = kept::load::<Kept<T, T::Form>>(what, &workspace) {
            sheet.form.set(form);
            sheet.saved.set(Some(saved));
        }
        Effect::new(move |_| {
            let (form, saved) = (sheet.form.get(), sheet.saved.get());
            match saved {
                Some(saved) if saved.form() != form => {
                    kept::store(what, &workspace, &Kept { saved, form });
                }
                Some(_) => kept::forget(what, &workspace),
                None => {}
            }
        });
        sheet
    }
}
