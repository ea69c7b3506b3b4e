//! The list of companies: its order, its search, its pages.
//!
//! What a company's people do moves it without a word of its own, so the list is read anew whenever it is opened.

use crate::state::leads::Phase;
use crate::state::session::Session;
use domain::api::{AccountOrder, AccountRow, Accounts};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Rows of a page.
const PAGE_ROWS: u32 = 50;

/// The list of companies.
#[derive(Clone, Copy)]
pub(crate) struct CompaniesState {
    /// The rows.
    pub(crate) rows: RwSignal<Vec<AccountRow>>,
    /// How their loading is.
    pub(crate) phase: RwSignal<Phase>,
    /// By what they are sorted.
    pub(crate) order: RwSignal<AccountOrder>,
    /// What is searched for.
    pub(crate) search: RwSignal<String>,
    /// How many there are in all.
    pub(crate) total: RwSignal<u64>,
    /// Where the next page begins.
    pub(crate) next: RwSignal<Option<String>>,
    session: Session,
    turn: StoredValue<u32>,
}

impl CompaniesState {
    /// An empty list that is about to load.
    pub(crate) fn new(session: Session) -> CompaniesState {
        CompaniesState {
            rows: RwSignal::new(Vec::new()),
            phase: RwSignal::new(Phase::Loading),
            order: RwSignal::new(AccountOrder::default()),
            search: RwSignal::new(String::new()),
            total: RwSignal::new(0),
            next: RwSignal::new(None),
            session,
            turn: StoredValue::new(0),
        }
    }

    /// Reads the first page.
    pub(crate) fn load(self) {
        self.fetch(None);
    }

    /// Reads the next page.
    pub(crate) fn more(self) {
        if let Some(cursor) = self.next.get_untracked() {
            self.fetch(Some(cursor));
        }
    }

    /// Sorts them anew.
    pub(crate) fn sort_by(self, order: AccountOrder) {
        self.order.set(order);
        self.load();
    }

    /// Looks for something, unless it is looked for already.
    pub(crate) fn search_for(self, text: String) {
        if self.search.with_untracked(|search| *search != text) {
            self.search.set(text);
            self.load();
        }
    }

    /// What is asked for, from that place on.
    pub(crate) fn asked(self, cursor: Option<String>, limit: u32) -> Accounts {
        let search = self.search.get_untracked();
        Accounts {
            order: self.order.get_untracked(),
            search: (!search.is_empty()).then_some(search),
            cursor,
            limit: Some(limit),
        }
    }

    fn fetch(self, cursor: Option<String>) {
        let first = cursor.is_none();
        self.phase
            .set(if first { Phase::Loading } else { Phase::More });
        let turn = self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        });
        let asked = self.asked(cursor, PAGE_ROWS);
        spawn_local(async move {
            let answer = self.session.call(&asked).await;
            // The page is left, or something else was asked for since.
            if self.turn.try_get_value() != turn {
                return;
            }
            match answer {
                Ok(page) => {
                    self.rows.update(|rows| {
                        if first {
                            rows.clear();
                        }
                        let new = page.items.into_iter();
                        let new = new.filter(|row| {
                            !rows.iter().any(|known| known.account.id == row.account.id)
                        });
                        let new: Vec<AccountRow> = new.collect();
                        rows.extend(new);
                    });
                    self.total.set(page.total);
                    self.next.set(page.next);
                    self.phase.set(Phase::Ready);
                }
                Err(failure) => self.phase.set(Phase::Failed(failure)),
            }
        });
    }
}
