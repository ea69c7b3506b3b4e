//! The list of anonymous visitors, the latest first, and the frames that move it.

use crate::state::leads::Phase;
use crate::state::row_list::RowList;
use crate::state::session::Session;
use domain::api::{VisitorRow, Visitors};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Rows of a page.
const PAGE_ROWS: u32 = 50;

/// The list of visitors.
#[derive(Clone, Copy)]
pub(crate) struct VisitorsState {
    /// The rows.
    pub(crate) list: RwSignal<RowList<VisitorRow>>,
    /// How their loading is.
    pub(crate) phase: RwSignal<Phase>,
    session: Session,
    asked: StoredValue<bool>,
}

fn latest_first(a: &VisitorRow, b: &VisitorRow) -> std::cmp::Ordering {
    b.last_at.cmp(&a.last_at)
}

impl VisitorsState {
    /// An empty list that nobody looks at.
    pub(crate) fn new(session: Session) -> VisitorsState {
        VisitorsState {
            list: RwSignal::new(RowList::new(latest_first)),
            phase: RwSignal::new(Phase::Loading),
            session,
            asked: StoredValue::new(false),
        }
    }

    /// Reads the first page, when nobody has.
    pub(crate) fn open(self) {
        if !self.asked.get_value() {
            self.load();
        }
    }

    /// Reads the first page.
    pub(crate) fn load(self) {
        self.asked.set_value(true);
        self.fetch(None);
    }

    /// Reads the first page anew, when it was ever read.
    pub(crate) fn reload(self) {
        if self.asked.get_value() {
            self.load();
        }
    }

    /// Reads the next page.
    pub(crate) fn more(self) {
        if let Some(cursor) = self.list.with_untracked(RowList::next) {
            self.fetch(Some(cursor));
        }
    }

    fn fetch(self, cursor: Option<String>) {
        let first = cursor.is_none();
        self.phase
            .set(if first { Phase::Loading } else { Phase::More });
        spawn_local(async move {
            match self
                .session
                .call(&Visitors {
                    cursor,
                    limit: Some(PAGE_ROWS),
                })
                .await
            {
                Ok(page) => {
                    self.list.update(|list| {
                        if first {
                            list.replace(page, latest_first)
                        } else {
                            list.append(page)
                        }
                    });
                    self.phase.set(Phase::Ready);
                }
                Err(failure) => self.phase.set(Phase::Failed(failure)),
            }
        });
    }

    /// Takes in rows that changed; one that was identified is no longer anonymous, and one of which nothing
    /// weighs is not listed.
    pub(crate) fn patch(self, rows: &[VisitorRow]) {
        if rows.is_empty() || !self.asked.get_value() {
            return;
        }
        self.list.update(|list| {
            for row in rows {
                list.patch(row.clone(), row.lead.is_none() && row.views > 0);
            }
        });
    }
}
