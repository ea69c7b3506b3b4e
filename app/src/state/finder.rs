//! Whom and what the finder finds in the base while one types: the first few people and companies.

use crate::state::session::Session;
use domain::account::AccountName;
use domain::api::{Accounts, Leads};
use domain::lead::LeadRow;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How long typing must pause before it is looked for.
const PAUSE_MS: u32 = 140;
/// So many of each are shown.
const FOUND_MAX: u32 = 6;

/// Whom and what was found.
#[derive(Clone, Copy)]
pub(crate) struct Finder {
    /// The people.
    pub(crate) leads: RwSignal<Vec<LeadRow>>,
    /// The companies.
    pub(crate) companies: RwSignal<Vec<AccountName>>,
    /// Whether an answer is on its way.
    pub(crate) busy: RwSignal<bool>,
    session: Session,
    turn: StoredValue<u32>,
    pending: StoredValue<Option<Timeout>, LocalStorage>,
}

impl Finder {
    /// Nothing found yet.
    pub(crate) fn new(session: Session) -> Finder {
        Finder {
            leads: RwSignal::new(Vec::new()),
            companies: RwSignal::new(Vec::new()),
            busy: RwSignal::new(false),
            session,
            turn: StoredValue::new(0),
            pending: StoredValue::new_local(None),
        }
    }

    /// Looks for people and companies.
    pub(crate) fn look(self, text: &str) {
        self.seek(text, true);
    }

    /// Looks for people alone.
    pub(crate) fn look_for_people(self, text: &str) {
        self.seek(text, false);
    }

    fn seek(self, text: &str, companies: bool) {
        let text = text.trim().to_owned();
        let turn = self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        });
        self.busy.set(true);
        let seek = move || {
            spawn_local(async move {
                let search = (!text.is_empty()).then(|| text.clone());
                let people = Leads {
                    search: search.clone(),
                    limit: Some(FOUND_MAX),
                    ..Leads::default()
                };
                let people = self.session.call(&people).await;
                let accounts = Accounts {
                    order: Default::default(),
                    search,
                    cursor: None,
                    limit: Some(FOUND_MAX),
                };
                let accounts = match companies {
                    true => self.session.call(&accounts).await.ok(),
                    false => None,
                };
                // Something else was looked for since, or the page is left.
                if self.turn.try_get_value() != turn {
                    return;
                }
                // What cannot be read is not found: the pages are still there to go to.
                let people = people.map(|page| page.items).unwrap_or_default();
                let accounts = accounts.map(|page| page.items).unwrap_or_default();
                let named = accounts.into_iter().map(|row| AccountName {
                    id: row.account.id,
                    name: row.account.name,
                });
                let _ = self.leads.try_set(people);
                let _ = self.companies.try_set(named.collect());
                let _ = self.busy.try_set(false);
            });
        };
        self.pending.set_value(Some(Timeout::new(PAUSE_MS, seek)));
    }
}
