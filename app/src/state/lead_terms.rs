//! What things are called that a lead's page names: the stages, the members, the fields and tags, the segments.

use crate::state::session::Session;
use domain::api::{Members, ReadLadder, ReadSchema, Segments};
use domain::id::UserId;
use domain::profile::Schema;
use domain::rulebook::Name;
use domain::stage::Ladder;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;

/// What things are called.
#[derive(Clone, Copy)]
pub(crate) struct LeadTerms {
    /// The stages, once read.
    pub(crate) ladder: RwSignal<Option<Ladder>>,
    /// The members.
    pub(crate) members: RwSignal<BTreeMap<UserId, String>>,
    /// The fields and tags.
    pub(crate) schema: RwSignal<Schema>,
    /// The segments.
    pub(crate) segments: RwSignal<BTreeMap<String, Name>>,
}

impl LeadTerms {
    /// Reads them. What cannot be read is called by its id.
    pub(crate) fn read(session: Session) -> LeadTerms {
        let terms = LeadTerms {
            ladder: RwSignal::new(None),
            members: RwSignal::new(BTreeMap::new()),
            schema: RwSignal::new(Schema::default()),
            segments: RwSignal::new(BTreeMap::new()),
        };
        spawn_local(async move {
            if let Ok(detail) = session.call(&ReadLadder {}).await {
                let _ = terms.ladder.try_set(Some(detail.ladder));
            }
        });
        spawn_local(async move {
            if let Ok(schema) = session.call(&ReadSchema {}).await {
                let _ = terms.schema.try_set(schema);
            }
        });
        spawn_local(async move {
            if let Ok(members) = session.call(&Members {}).await {
                let named = members.into_iter().map(|member| (member.id, member.name));
                let _ = terms.members.try_set(named.collect());
            }
        });
        spawn_local(async move {
            if let Ok(list) = session.call(&Segments {}).await {
                let named = list.segments.into_iter();
                let named = named.map(|row| (row.segment.id, row.segment.name));
                let _ = terms.segments.try_set(named.collect());
            }
        });
        terms
    }
}
