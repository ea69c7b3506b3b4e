//! The currency in which the workspace counts, read once somebody wants to know.

use crate::state::session::Session;
use domain::api::ReadWorkspace;
use domain::currency;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The currency.
#[derive(Clone, Copy)]
pub(crate) struct Currency {
    code: RwSignal<String>,
    asked: StoredValue<bool>,
    session: Session,
}

impl Currency {
    /// A currency that nobody asked for yet.
    pub(crate) fn new(session: Session) -> Currency {
        Currency {
            code: RwSignal::new(currency::STARTER.to_owned()),
            asked: StoredValue::new(false),
            session,
        }
    }

    /// Its three letters; those of a new workspace until they were read.
    pub(crate) fn code(self) -> Signal<String> {
        if !self.asked.get_value() {
            self.asked.set_value(true);
            spawn_local(async move {
                match self.session.call(&ReadWorkspace {}).await {
                    Ok(facts) => drop(self.code.try_set(facts.currency)),
                    Err(_) => drop(self.asked.try_set_value(false)),
                }
            });
        }
        self.code.into()
    }
}
