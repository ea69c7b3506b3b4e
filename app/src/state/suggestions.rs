//! What only a person can tell: the list of it, the one that is looked at, and settling it.

use crate::api::Failure;
use crate::state::ids::fresh;
use crate::state::lead_desk::Edit;
use crate::state::merge::MergeView;
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use domain::account::Choice;
use domain::api::{DismissSuggestion, MergeLeads, SuggestionRow, Suggestions, UndoMerge};
use domain::id::LeadId;
use domain::suggestion::Suggested;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

/// Rows of a page.
const PAGE_ROWS: u32 = 50;

/// The list.
#[derive(Clone, Copy)]
pub(crate) struct SuggestionsState {
    /// The rows, once read.
    pub(crate) rows: RwSignal<Option<Vec<SuggestionRow>>>,
    /// How many there are in all.
    pub(crate) total: RwSignal<u64>,
    /// Where the next page begins.
    pub(crate) next: RwSignal<Option<String>>,
    /// The one that is looked at.
    pub(crate) chosen: RwSignal<Option<Uuid>>,
    /// What would come of it, where two are one person.
    pub(crate) merge: MergeView,
    /// Whether one is being settled.
    pub(crate) busy: RwSignal<bool>,
    /// Why the list could not be read.
    pub(crate) failure: RwSignal<Option<Failure>>,
    session: Session,
    toasts: Toasts,
    told: Callback<Failure>,
}

impl SuggestionsState {
    /// The list, about to be read.
    pub(crate) fn open(
        session: Session,
        toasts: Toasts,
        told: Callback<Failure>,
    ) -> SuggestionsState {
        let state = SuggestionsState {
            rows: RwSignal::new(None),
            total: RwSignal::new(0),
            next: RwSignal::new(None),
            chosen: RwSignal::new(None),
            merge: MergeView::new(session),
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            session,
            toasts,
            told,
        };
        state.load();
        state
    }

    /// Reads the list anew.
    pub(crate) fn load(self) {
        self.read(None);
    }

    /// Reads its next page.
    pub(crate) fn more(self) {
        if let Some(cursor) = self.next.get_untracked() {
            self.read(Some(cursor));
        }
    }

    fn read(self, cursor: Option<String>) {
        let first = cursor.is_none();
        let call = Suggestions {
            cursor,
            limit: Some(PAGE_ROWS),
        };
        spawn_local(async move {
            match self.session.call(&call).await {
                Ok(page) => {
                    let _ = self.rows.try_update(|rows| match rows {
                        Some(rows) if !first => rows.extend(page.items),
                        rows => *rows = Some(page.items),
                    });
                    let _ = self.total.try_set(page.total);
                    let _ = self.next.try_set(page.next);
                    let _ = self.failure.try_set(None);
                }
                Err(failure) => drop(self.failure.try_set(Some(failure))),
            }
        });
    }

    /// The one that is looked at: the chosen one, else the first.
    pub(crate) fn at_hand(self) -> Option<SuggestionRow> {
        let chosen = self.chosen.get();
        self.rows.with(|rows| {
            let rows = rows.as_ref()?;
            let found = rows.iter().find(|row| Some(row.id) == chosen);
            found.or(rows.first()).cloned()
        })
    }

    /// Does what it says: merges the two that are looked at, or writes the key or the company down.
    pub(crate) fn accept(self, row: &SuggestionRow) {
        match row.suggestion.what.clone() {
            Suggested::SamePerson(..) => {
                if let Some((id, other)) = self.merge.pair.get_untracked() {
                    self.merge_two(row.id, id, other);
                }
            }
            Suggested::OwnKey(id, key) => {
                let edit = Edit {
                    keys: vec![key],
                    ..Edit::default()
                };
                self.write(row, id, edit);
            }
            Suggested::Member(id, account) => {
                let edit = Edit {
                    account: Some(Choice::Is(account)),
                    ..Edit::default()
                };
                self.write(row, id, edit);
            }
        }
    }

    fn merge_two(self, settled: Uuid, id: LeadId, other: LeadId) {
        let call = MergeLeads {
            key: fresh(),
            id,
            other,
        };
        self.busy.set(true);
        spawn_local(async move {
            let reply = self.session.call(&call).await;
            let _ = self.busy.try_set(false);
            match reply {
                Ok(detail) => {
                    let name = detail.row.label().to_owned();
                    self.toasts.undoable(
                        move |text| (text.profile.was_merged)(&name),
                        move || self.part(other),
                    );
                    self.leave(settled);
                }
                Err(failure) => self.told.run(failure),
            }
            self.load();
        });
    }

    fn part(self, merged: LeadId) {
        let call = UndoMerge {
            key: fresh(),
            id: merged,
        };
        spawn_local(async move {
            match self.session.call(&call).await {
                Ok(_) => self.toasts.done(|text| text.profile.was_parted.to_owned()),
                Err(failure) => self.told.run(failure),
            }
            self.load();
        });
    }

    fn write(self, row: &SuggestionRow, id: LeadId, edit: Edit) {
        let lead = row.leads.iter().find(|lead| lead.id == id);
        let Some(seq) = lead.map(|lead| lead.seq) else {
            return;
        };
        let (settled, call) = (row.id, edit.call(fresh(), id, seq));
        self.busy.set(true);
        spawn_local(async move {
            let reply = self.session.call(&call).await;
            let _ = self.busy.try_set(false);
            match reply {
                Ok(detail) => {
                    let name = detail.row.label().to_owned();
                    self.toasts.done(move |text| (text.frame.saved)(&name));
                    self.leave(settled);
                }
                Err(failure) => self.told.run(failure),
            }
            self.load();
        });
    }

    /// Says that it is not so.
    pub(crate) fn dismiss(self, id: Uuid) {
        let call = DismissSuggestion { key: fresh(), id };
        self.busy.set(true);
        spawn_local(async move {
            let reply = self.session.call(&call).await;
            let _ = self.busy.try_set(false);
            match reply {
                Ok(_) => {
                    self.toasts.done(|text| text.today.dismissed.to_owned());
                    self.leave(id);
                }
                Err(failure) => self.told.run(failure),
            }
            self.load();
        });
    }

    /// Takes one off the list, and looks at the one after it.
    fn leave(self, settled: Uuid) {
        let next = self.rows.try_update(|rows| {
            let rows = rows.as_mut()?;
            let place = rows.iter().position(|row| row.id == settled)?;
            rows.remove(place);
            let last = rows.len().checked_sub(1)?;
            rows.get(place.min(last)).map(|row| row.id)
        });
        let _ = self.chosen.try_set(next.flatten());
        let _ = self
            .total
            .try_update(|total| *total = total.saturating_sub(1));
    }
}
