//! What would come of a merge: two records, and both as one, before anything is done.

use crate::api::Failure;
use crate::state::session::Session;
use domain::api::{LeadDetail, PreviewMerge, ReadLead};
use domain::id::LeadId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Two records and what would come of them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    /// Who would stay.
    pub(crate) one: Box<LeadDetail>,
    /// Who would be merged into it.
    pub(crate) other: Box<LeadDetail>,
    /// Both as one.
    pub(crate) both: Box<LeadDetail>,
}

/// A merge that is looked at.
#[derive(Clone, Copy)]
pub(crate) struct MergeView {
    /// Who would stay, and who would go.
    pub(crate) pair: RwSignal<Option<(LeadId, LeadId)>>,
    /// What would come of it, once read.
    pub(crate) found: RwSignal<Option<Found>>,
    /// Why that could not be read.
    pub(crate) failure: RwSignal<Option<Failure>>,
    session: Session,
}

impl MergeView {
    /// Nothing is looked at yet.
    pub(crate) fn new(session: Session) -> MergeView {
        MergeView {
            pair: RwSignal::new(None),
            found: RwSignal::new(None),
            failure: RwSignal::new(None),
            session,
        }
    }

    /// Looks at two.
    pub(crate) fn look(self, id: LeadId, other: LeadId) {
        self.pair.set(Some((id, other)));
        self.found.set(None);
        self.failure.set(None);
        spawn_local(async move {
            let found = self.read(id, other).await;
            // Others may be looked at by now.
            if self.pair.try_get_untracked().flatten() != Some((id, other)) {
                return;
            }
            match found {
                Ok(found) => self.found.set(Some(found)),
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }

    async fn read(self, id: LeadId, other: LeadId) -> Result<Found, Failure> {
        let read = |id| ReadLead { id, as_of: None };
        let both = self.session.call(&PreviewMerge { id, other }).await?;
        let one = self.session.call(&read(id)).await?;
        let other = self.session.call(&read(other)).await?;
        Ok(Found {
            one: Box::new(one),
            other: Box::new(other),
            both: Box::new(both),
        })
    }
}
