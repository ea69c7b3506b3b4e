//! The views of the list of leads: which there are, how many people each shows, and their way into the base.

use crate::api::Failure;
use crate::state::ids::{Attempt, fresh};
use crate::state::leads::LeadsState;
use crate::state::session::Session;
use domain::api::{ErrorCode, Leads, RemoveView, SaveView, Views};
use domain::id::ViewId;
use domain::view::View;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;

/// The views.
#[derive(Clone, Copy)]
pub(crate) struct ViewsState {
    /// Those that one sees, in the order of their names; nothing before they were read.
    pub(crate) list: RwSignal<Option<Vec<View>>>,
    /// How many people each shows, as far as it was counted.
    pub(crate) counts: RwSignal<BTreeMap<ViewId, u64>>,
    /// What someone else saved meanwhile, and what was to be saved.
    pub(crate) contest: RwSignal<Option<(View, View)>>,
    /// Why one was not saved.
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// Whether one is on its way.
    pub(crate) busy: RwSignal<bool>,
    session: Session,
    leads: LeadsState,
    attempt: Attempt<View>,
}

impl ViewsState {
    /// Reads them, and then counts whom each shows.
    pub(crate) fn open(session: Session, leads: LeadsState) -> ViewsState {
        let views = ViewsState {
            list: RwSignal::new(None),
            counts: RwSignal::new(BTreeMap::new()),
            contest: RwSignal::new(None),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            session,
            leads,
            attempt: Attempt::new(),
        };
        spawn_local(async move {
            // Without an answer there are no tabs; the list is there all the same.
            let list = session.call(&Views {}).await.unwrap_or_default();
            let all = list.clone();
            if views.list.try_set(Some(list)).is_none() {
                for view in all {
                    views.count(&view).await;
                }
            }
        });
        views
    }

    async fn count(self, view: &View) {
        let asked = Leads {
            filter: view.filter.clone(),
            search: view.search.clone(),
            limit: Some(1),
            ..Leads::default()
        };
        // A view whose field is gone has no number.
        if let Ok(page) = self.session.call(&asked).await {
            let _ = self
                .counts
                .try_update(|counts| counts.insert(view.id, page.total));
        }
    }

    /// A view.
    pub(crate) fn get(self, id: ViewId) -> Option<View> {
        self.list.with(|list| {
            let mut all = list.iter().flatten();
            all.find(|view| view.id == id).cloned()
        })
    }

    /// The view that the list was opened as.
    pub(crate) fn chosen(self) -> Option<View> {
        self.get(self.leads.view.get()?)
    }

    /// Whether the list shows something else than the view that it was opened as; without one, whether it is narrowed or shown
    /// otherwise than usual.
    pub(crate) fn is_changed(self) -> bool {
        let (name, shared) = (String::new(), false);
        let shown = self.leads.as_view(name, shared);
        let same = |saved: &View| {
            saved.order == shown.order
                && saved.direction == shown.direction
                && saved.filter == shown.filter
                && saved.search == shown.search
                && saved.columns == shown.columns
        };
        !same(&self.chosen().unwrap_or_default())
    }

    /// Saves a view: `view.id` of a new one is none that there is. `done` hears of it.
    pub(crate) fn save(self, view: View, done: impl FnOnce(View) + 'static) {
        let id = match view.version {
            0 if view.id == ViewId::default() => ViewId(fresh()),
            _ => view.id,
        };
        let view = View { id, ..view };
        self.busy.set(true);
        self.failure.set(None);
        let call = SaveView {
            key: self.attempt.key(&view),
            id,
            expected_version: view.version,
            view: view.clone(),
        };
        spawn_local(async move {
            let reply = self.session.call(&call).await;
            let _ = self.busy.try_set(false);
            match reply {
                Ok(saved) => {
                    self.attempt.forget();
                    self.know(saved.clone());
                    done(saved.clone());
                    self.count(&saved).await;
                }
                Err(Failure::Refused(ErrorCode::Conflict, error)) => {
                    let current = error.current;
                    let theirs = current.and_then(|current| serde_json::from_value(current).ok());
                    let both = theirs.map(|theirs| (theirs, view));
                    let _ = self.contest.try_set(both);
                }
                Err(failure) => drop(self.failure.try_set(Some(failure))),
            }
        });
    }

    /// Takes what someone else saved.
    pub(crate) fn take_theirs(self) {
        if let Some((theirs, _)) = self.contest.get_untracked() {
            self.leads.open(&theirs);
            self.know(theirs);
        }
        self.contest.set(None);
    }

    /// Saves what was to be saved, on top of what someone else saved. `done` hears of it.
    pub(crate) fn keep_mine(self, done: impl FnOnce(View) + 'static) {
        if let Some((theirs, mine)) = self.contest.get_untracked() {
            let version = theirs.version;
            self.contest.set(None);
            self.save(View { version, ..mine }, done);
        }
    }

    fn know(self, view: View) {
        let _ = self.list.try_update(|list| {
            let all = list.get_or_insert_default();
            all.retain(|known| known.id != view.id);
            all.push(view);
            all.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        });
    }

    /// Takes a view away. `done` hears what became of it.
    pub(crate) fn remove(self, id: ViewId, done: impl FnOnce(Result<(), Failure>) + 'static) {
        let call = RemoveView { key: fresh(), id };
        spawn_local(async move {
            let reply = self.session.call(&call).await;
            if reply.is_ok() {
                let _ = self.list.try_update(|list| {
                    list.get_or_insert_default().retain(|view| view.id != id);
                });
                if self.leads.view.try_get_untracked().flatten() == Some(id) {
                    self.leads.view.set(None);
                }
            }
            done(reply.map(drop));
        });
    }
}
