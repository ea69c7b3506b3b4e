//! The desk where a persona is written: kept in this browser until it is saved, held to the rules while it is typed, and contested
//! when somebody else saved first.

use crate::api::Failure;
use crate::state::ids::{Attempt, fresh};
use crate::state::session::Session;
use domain::api::{ErrorCode, PersonaCard, ReadSchema, RemovePersona, SavePersona};
use domain::id::PersonaId;
use domain::persona::{Colour, Persona, check};
use domain::profile::Schema;
use domain::rulebook::{Invalid, Name};
use gloo::storage::{LocalStorage, Storage};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The desk.
#[derive(Clone, Copy)]
pub(crate) struct PersonaDesk {
    /// The persona as it is written.
    pub(crate) form: RwSignal<Persona>,
    /// As it is saved; nothing of a new one, or before it was read.
    pub(crate) saved: RwSignal<Option<Persona>>,
    /// Whether there is something to write on.
    pub(crate) ready: RwSignal<bool>,
    /// The fields and tags.
    pub(crate) schema: RwSignal<Schema>,
    /// What somebody else saved first.
    pub(crate) theirs: RwSignal<Option<Persona>>,
    /// Whether it is on its way.
    pub(crate) busy: RwSignal<bool>,
    /// Why it was not read or saved.
    pub(crate) failure: RwSignal<Option<Failure>>,
    id: PersonaId,
    session: Session,
    attempt: Attempt<Persona>,
}

/// A persona of which nothing is known yet.
fn blank(id: PersonaId) -> Persona {
    Persona {
        id,
        version: 0,
        name: Name {
            zh: String::new(),
            en: String::new(),
        },
        summary: String::new(),
        colour: Colour::default(),
        groups: Default::default(),
        evidence: Vec::new(),
        fit: Vec::new(),
    }
}

impl PersonaDesk {
    /// A desk for this one, or for a new one.
    pub(crate) fn open(id: Option<PersonaId>, session: Session) -> PersonaDesk {
        let is_new = id.is_none();
        let id = id.unwrap_or_else(|| PersonaId(fresh()));
        let desk = PersonaDesk {
            form: RwSignal::new(blank(id)),
            saved: RwSignal::new(None),
            ready: RwSignal::new(is_new),
            schema: RwSignal::new(Schema::default()),
            theirs: RwSignal::new(None),
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            id,
            session,
            attempt: Attempt::new(),
        };
        spawn_local(async move {
            // Without the schema no field is offered; the worker still says what is wrong.
            if let Ok(schema) = session.call(&ReadSchema {}).await {
                let _ = desk.schema.try_set(schema);
            }
        });
        if !is_new {
            desk.read();
        }
        Effect::new(move |_| {
            let form = desk.form.get();
            let changed = desk.ready.get_untracked()
                && desk
                    .saved
                    .with_untracked(|saved| saved.as_ref().is_some_and(|saved| *saved != form));
            if changed {
                // A browser that keeps nothing loses it with the page.
                let _ = LocalStorage::set(desk.storage(), &form);
            }
        });
        desk
    }

    fn storage(self) -> String {
        format!("trellis.persona.{}", self.id)
    }

    /// Reads it.
    pub(crate) fn read(self) {
        let call = PersonaCard {
            id: self.id,
            lang: None,
        };
        self.failure.set(None);
        spawn_local(async move {
            match self.session.call(&call).await {
                Ok(detail) => {
                    let saved = detail.persona;
                    let draft = LocalStorage::get::<Persona>(self.storage()).ok();
                    let _ = self.saved.try_set(Some(saved.clone()));
                    let _ = self.form.try_set(draft.unwrap_or(saved));
                    let _ = self.ready.try_set(true);
                }
                Err(failure) => drop(self.failure.try_set(Some(failure))),
            }
        });
    }

    /// Whether it says something else than what is saved.
    pub(crate) fn is_changed(self) -> bool {
        let form = self.form.get();
        self.saved.with(|saved| saved.as_ref() != Some(&form))
    }

    /// What is wrong with it.
    pub(crate) fn wrong(self) -> Vec<Invalid> {
        self.schema
            .with(|schema| self.form.with(|form| check(schema, form)))
    }

    /// Takes it as it is saved.
    pub(crate) fn discard(self) {
        LocalStorage::delete(self.storage());
        let saved = self.saved.get_untracked();
        self.form.set(saved.unwrap_or_else(|| blank(self.id)));
    }

    /// Saves it. `done` hears of it.
    pub(crate) fn save(self, done: impl FnOnce(Persona) + 'static) {
        let persona = self.form.get_untracked();
        let saved = self.saved.get_untracked();
        let call = SavePersona {
            key: self.attempt.key(&persona),
            id: self.id,
            expected_version: saved.map_or(0, |saved| saved.version),
            persona,
        };
        self.busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let reply = self.session.call(&call).await;
            let _ = self.busy.try_set(false);
            match reply {
                Ok(saved) => {
                    self.attempt.forget();
                    self.take(saved.clone());
                    done(saved);
                }
                Err(Failure::Refused(ErrorCode::Conflict, error)) => {
                    let current = error.current;
                    let current = current.and_then(|found| serde_json::from_value(found).ok());
                    let _ = self.theirs.try_set(current);
                }
                Err(failure) => drop(self.failure.try_set(Some(failure))),
            }
        });
    }

    fn take(self, saved: Persona) {
        LocalStorage::delete(self.storage());
        let _ = self.saved.try_set(Some(saved.clone()));
        let _ = self.form.try_set(saved);
    }

    /// Takes what somebody else saved.
    pub(crate) fn take_theirs(self) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.take(theirs);
        }
        self.theirs.set(None);
    }

    /// Keeps what is written, on top of what somebody else saved.
    pub(crate) fn keep_mine(self) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.saved.set(Some(theirs));
        }
        self.theirs.set(None);
    }

    /// Takes it away. `done` hears of it.
    pub(crate) fn remove(self, done: impl FnOnce() + 'static) {
        let call = RemovePersona {
            key: fresh(),
            id: self.id,
        };
        self.busy.set(true);
        spawn_local(async move {
            let reply = self.session.call(&call).await;
            let _ = self.busy.try_set(false);
            match reply {
                Ok(_) => {
                    LocalStorage::delete(self.storage());
                    done();
                }
                Err(failure) => drop(self.failure.try_set(Some(failure))),
            }
        });
    }
}
