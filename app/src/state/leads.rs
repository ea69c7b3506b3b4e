//! The list of leads: its order, its search, its pages, and the frames that move it.

use crate::api::Failure;
use crate::state::live::Live;
use crate::state::row_list::{Order, RowList};
use crate::state::session::Session;
use domain::api::{LeadOrder, Leads};
use domain::id::LeadId;
use domain::lead::LeadRow;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Rows of a page.
const PAGE_ROWS: u32 = 50;

/// How a list's loading is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Phase {
    /// The first page is on its way.
    Loading,
    /// The next page is on its way.
    More,
    /// Nothing is.
    Ready,
    /// The last page asked for did not come.
    Failed(Failure),
}

/// The list of leads.
#[derive(Clone, Copy)]
pub(crate) struct LeadsState {
    /// The rows.
    pub(crate) list: RwSignal<RowList<LeadRow>>,
    /// How their loading is.
    pub(crate) phase: RwSignal<Phase>,
    /// Their order.
    pub(crate) order: RwSignal<LeadOrder>,
    /// What is searched for.
    pub(crate) search: RwSignal<String>,
    session: Session,
    live: Live,
    turn: StoredValue<u32>,
}

impl LeadsState {
    /// An empty list that is about to load.
    pub(crate) fn new(session: Session, live: Live) -> LeadsState {
        LeadsState {
            list: RwSignal::new(RowList::new(order_of(LeadOrder::LastAt))),
            phase: RwSignal::new(Phase::Loading),
            order: RwSignal::new(LeadOrder::LastAt),
            search: RwSignal::new(String::new()),
            session,
            live,
            turn: StoredValue::new(0),
        }
    }

    /// Reads the first page, or as many rows as are shown.
    pub(crate) fn load(self) {
        let shown = u32::try_from(self.list.with_untracked(RowList::len)).unwrap_or(u32::MAX);
        self.fetch(None, shown.clamp(PAGE_ROWS, 200));
    }

    /// Reads the next page.
    pub(crate) fn more(self) {
        if let Some(cursor) = self.list.with_untracked(RowList::next) {
            self.fetch(Some(cursor), PAGE_ROWS);
        }
    }

    /// Shows them in this order.
    pub(crate) fn sort_by(self, order: LeadOrder) {
        if self.order.get_untracked() != order {
            self.order.set(order);
            self.fetch(None, PAGE_ROWS);
        }
    }

    /// Shows those with this text.
    pub(crate) fn search_for(self, text: String) {
        if self.search.get_untracked() != text {
            self.search.set(text);
            self.fetch(None, PAGE_ROWS);
        }
    }

    fn fetch(self, cursor: Option<String>, limit: u32) {
        let first = cursor.is_none();
        let order = self.order.get_untracked();
        let search =
            Some(self.search.get_untracked().trim().to_owned()).filter(|text| !text.is_empty());
        let turn = self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        });
        self.phase
            .set(if first { Phase::Loading } else { Phase::More });
        spawn_local(async move {
            let reply = self
                .session
                .call(&Leads {
                    order,
                    search,
                    cursor,
                    limit: Some(limit),
                })
                .await;
            if self.turn.try_get_value() != turn {
                return;
            }
            match reply {
                Ok(page) => {
                    let seq = page.seq;
                    self.list.update(|list| {
                        if first {
                            list.replace(page, order_of(order))
                        } else {
                            list.append(page)
                        }
                    });
                    self.phase.set(Phase::Ready);
                    self.live.start(seq);
                }
                Err(failure) => {
                    self.phase.set(Phase::Failed(failure));
                    self.live.give_up_waiting();
                }
            }
        });
    }

    /// Takes rows away that are no longer there.
    pub(crate) fn remove(self, gone: &[LeadId]) {
        if !gone.is_empty() {
            self.list
                .update(|list| gone.iter().for_each(|id| list.remove(*id)));
        }
    }

    /// Takes in rows that changed.
    pub(crate) fn patch(self, rows: &[LeadRow]) {
        if rows.is_empty() {
            return;
        }
        let search = self.search.get_untracked().trim().to_lowercase();
        self.list.update(|list| {
            for row in rows {
                list.patch(row.clone(), has_text(row, &search));
            }
        });
    }
}

/// Whether a row would be found by this lower-case text: the rule of [`Leads::search`].
fn has_text(row: &LeadRow, search: &str) -> bool {
    let holds = |text: &str| text.to_lowercase().contains(search);
    search.is_empty()
        || row.email.as_deref().is_some_and(holds)
        || row.phone.as_deref().is_some_and(holds)
        || row.name.as_deref().is_some_and(holds)
        || row.company.as_deref().is_some_and(holds)
}

/// How rows are compared in an order: the greatest first, then as the worker does, by the latest change.
fn order_of(order: LeadOrder) -> Order<LeadRow> {
    match order {
        LeadOrder::LastAt => |a, b| b.last_at.cmp(&a.last_at),
        LeadOrder::Score => |a, b| b.score.cmp(&a.score),
        LeadOrder::CreatedAt => |a, b| b.created_at.cmp(&a.created_at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_looks_at_keys_name_and_company() {
        let row = LeadRow {
            id: LeadId(uuid::Uuid::nil()),
            email: Some("li.wei@yunge.cn".into()),
            phone: Some("+8613800138000".into()),
            name: Some("李伟".into()),
            company: Some("YunGe 云格".into()),
            title: None,
            account: None,
            role: None,
            score: 1,
            channel: None,
            source: String::new(),
            campaign: None,
            tags: Default::default(),
            created_at: 0,
            last_at: 0,
            seq: 1,
        };
        for text in ["", "li.wei", "李", "yunge 云", "138001"] {
            assert!(has_text(&row, text), "{text}");
        }
        assert!(!has_text(&row, "wang"));
    }
}
