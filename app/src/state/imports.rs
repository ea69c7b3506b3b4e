//! The imports that there were: the list, and taking one back.

use crate::api::Failure;
use crate::state::ids::fresh;
use crate::state::session::Session;
use domain::api::{Imports, UndoImport};
use domain::id::ImportId;
use domain::intake::{Import, State};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// So many are shown.
const SHOWN: u32 = 20;
/// How long to wait before it is looked again how far one is taken back.
const AGAIN_MS: u32 = 1_000;

/// The list.
#[derive(Clone, Copy)]
pub(crate) struct ImportsState {
    /// The imports, the newest first; nothing before they were read.
    pub(crate) list: RwSignal<Option<Vec<Import>>>,
    /// Why they were not read, or one was not taken back.
    pub(crate) failure: RwSignal<Option<Failure>>,
    session: Session,
}

impl ImportsState {
    /// The list, about to be read.
    pub(crate) fn open(session: Session) -> ImportsState {
        let state = ImportsState {
            list: RwSignal::new(None),
            failure: RwSignal::new(None),
            session,
        };
        state.load();
        state
    }

    /// Reads it; again and again while one is being taken back.
    pub(crate) fn load(self) {
        let call = Imports {
            cursor: None,
            limit: Some(SHOWN),
        };
        spawn_local(async move {
            match self.session.call(&call).await {
                Ok(page) => {
                    let moving = page.items.iter().any(|one| one.state == State::Undoing);
                    if self.list.try_set(Some(page.items)).is_none() && moving {
                        Timeout::new(AGAIN_MS, move || self.load()).forget();
                    }
                }
                Err(failure) => drop(self.failure.try_set(Some(failure))),
            }
        });
    }

    /// Takes one back.
    pub(crate) fn undo(self, id: ImportId) {
        let call = UndoImport { key: fresh(), id };
        self.failure.set(None);
        spawn_local(async move {
            if let Err(failure) = self.session.call(&call).await {
                let _ = self.failure.try_set(Some(failure));
            }
            self.load();
        });
    }
}
