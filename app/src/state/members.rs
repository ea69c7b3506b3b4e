//! Who is in a segment: the pages of its list, and who is put in or taken out by hand.

use crate::api::Failure;
use crate::state::ids;
use crate::state::live::Live;
use crate::state::session::Session;
use domain::api::{ChooseMember, Leads};
use domain::id::LeadId;
use domain::lead::LeadRow;
use domain::list::{self, Clause, Filter, Operand, Test};
use domain::segment::ByHand;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Rows of a page.
const PAGE_ROWS: u32 = 25;

/// Who is in a segment.
#[derive(Clone, Copy)]
pub(crate) struct MembersState {
    /// The rows, once read.
    pub(crate) rows: RwSignal<Option<Vec<LeadRow>>>,
    /// How many there are in all.
    pub(crate) total: RwSignal<u64>,
    /// Where the next page begins.
    pub(crate) next: RwSignal<Option<String>>,
    /// Whether a page is on its way.
    pub(crate) busy: RwSignal<bool>,
    /// Why it did not come.
    pub(crate) failure: RwSignal<Option<Failure>>,
    id: StoredValue<String>,
    session: Session,
}

impl MembersState {
    /// Reads who is in it, and again when somebody enters or leaves.
    pub(crate) fn open(id: String, session: Session, live: Live) -> MembersState {
        let members = MembersState {
            rows: RwSignal::new(None),
            total: RwSignal::new(0),
            next: RwSignal::new(None),
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            id: StoredValue::new(id),
            session,
        };
        members.load();
        live.hear(move |frame| {
            let moved = frame.leads.iter().any(|row| members.is_news(row));
            if moved {
                members.load();
            }
        });
        members
    }

    /// Whether somebody entered or left, by what a row says of it.
    fn is_news(self, row: &LeadRow) -> bool {
        let Some(id) = self.id.try_get_value() else {
            return false;
        };
        let shown = self.rows.try_with_untracked(|rows| {
            let mut rows = rows.iter().flatten();
            rows.any(|known| known.id == row.id)
        });
        let whole = self.next.try_with_untracked(Option::is_none) == Some(true);
        match (shown, row.segments.contains(&id)) {
            (Some(true), false) => true,
            // Who is beyond the pages that were read is no news.
            (Some(false), true) => whole,
            _ => false,
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

    fn fetch(self, cursor: Option<String>) {
        let Some(id) = self.id.try_get_value() else {
            return;
        };
        let first = cursor.is_none();
        let filter = Clause::One(Filter {
            column: list::Column::Segment.to_string(),
            test: Test::Is(Operand::Text(id)),
        });
        let asked = Leads {
            filter: list::write(&[filter]),
            cursor,
            limit: Some(PAGE_ROWS),
            ..Leads::default()
        };
        let _ = self.busy.try_set(true);
        spawn_local(async move {
            let reply = self.session.call(&asked).await;
            let _ = self.busy.try_set(false);
            match reply {
                Ok(page) => {
                    let _ = self.failure.try_set(None);
                    let _ = self.total.try_set(page.total);
                    let _ = self.next.try_set(page.next);
                    let _ = self.rows.try_update(|rows| {
                        let kept = rows.take().filter(|_| !first).unwrap_or_default();
                        *rows = Some(kept.into_iter().chain(page.items).collect());
                    });
                }
                Err(failure) => drop(self.failure.try_set(Some(failure))),
            }
        });
    }

    /// Puts somebody in or takes one out, or lets the condition decide again. `done` hears whether it was done.
    pub(crate) fn choose(
        self,
        lead: LeadId,
        by_hand: Option<ByHand>,
        done: impl FnOnce(Result<(), Failure>) + 'static,
    ) {
        let Some(id) = self.id.try_get_value() else {
            return;
        };
        let call = ChooseMember {
            key: ids::fresh(),
            id,
            lead,
            by_hand,
        };
        spawn_local(async move {
            let reply = self.session.call(&call).await;
            let answered = reply.map(|_| self.load());
            done(answered);
        });
    }
}
