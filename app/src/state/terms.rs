//! What conditions may name: the fields and tags, the stages, the segments, and companies as they are looked for.

use crate::state::finder::Finder;
use crate::state::session::Session;
use domain::api::{ReadAccount, ReadLadder, ReadSchema, Segments};
use domain::id::AccountId;
use domain::profile::Schema;
use domain::rulebook::{Invalid, Name};
use domain::segment::{Condition, Segment, Terms, check};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::{BTreeMap, BTreeSet};

/// What a condition is called while it is held to the rules by itself.
const ALONE: &str = "alone";

/// What conditions may name.
#[derive(Clone, Copy)]
pub(crate) struct TermsState {
    /// The fields and tags.
    pub(crate) schema: RwSignal<Schema>,
    /// The stages in their order.
    pub(crate) stages: RwSignal<Vec<(String, Name)>>,
    /// The segments.
    pub(crate) segments: RwSignal<Vec<Segment>>,
    /// The companies that were seen, by their ids.
    pub(crate) companies: RwSignal<BTreeMap<String, String>>,
    /// Whether everything was read.
    pub(crate) ready: RwSignal<bool>,
    finder: Finder,
    session: Session,
}

impl TermsState {
    /// Reads them.
    pub(crate) fn read(session: Session) -> TermsState {
        let terms = TermsState {
            schema: RwSignal::new(Schema::default()),
            stages: RwSignal::new(Vec::new()),
            segments: RwSignal::new(Vec::new()),
            companies: RwSignal::new(BTreeMap::new()),
            ready: RwSignal::new(false),
            finder: Finder::new(session),
            session,
        };
        Effect::new(move |_| {
            let found = terms.finder.companies.get();
            terms.companies.update(|known| {
                known.extend(
                    found
                        .into_iter()
                        .map(|account| (account.id.to_string(), account.name)),
                );
            });
        });
        spawn_local(async move {
            // What cannot be read is not offered; the worker still says whether it is right.
            let schema = session.call(&ReadSchema {}).await;
            let ladder = session.call(&ReadLadder {}).await;
            let segments = session.call(&Segments {}).await;
            if let Ok(schema) = schema {
                let _ = terms.schema.try_set(schema);
            }
            if let Ok(detail) = ladder {
                let stages = detail.ladder.stages.into_iter();
                let named = stages.map(|stage| (stage.id, stage.name));
                let _ = terms.stages.try_set(named.collect());
            }
            if let Ok(list) = segments {
                let all = list.segments.into_iter().map(|row| row.segment);
                let _ = terms.segments.try_set(all.collect());
            }
            let _ = terms.ready.try_set(true);
        });
        terms
    }

    /// Looks for companies.
    pub(crate) fn seek_company(self, text: &str) {
        self.finder.look(text);
    }

    /// Learns what these companies are called.
    pub(crate) fn name_companies(self, ids: BTreeSet<AccountId>) {
        let known = self.companies.get_untracked();
        let unknown = ids
            .into_iter()
            .filter(|id| !known.contains_key(&id.to_string()));
        for id in unknown {
            spawn_local(async move {
                // One that is gone stays an id.
                if let Ok(found) = self.session.call(&ReadAccount { id }).await {
                    let _ = self.companies.try_update(|known| {
                        known.insert(id.to_string(), found.row.account.name.clone())
                    });
                }
            });
        }
    }

    /// What is wrong with a condition by itself, if anything is: a code. Forms and companies are not looked at.
    pub(crate) fn wrong(self, who: &Condition) -> Option<&'static str> {
        let name = Name {
            zh: ALONE.to_owned(),
            en: ALONE.to_owned(),
        };
        let segment = Segment {
            id: ALONE.to_owned(),
            version: 0,
            name,
            who: who.clone(),
            public: false,
            tag: None,
        };
        self.held_to(|terms| {
            let found: Vec<Invalid> = check(terms, std::slice::from_ref(&segment));
            found.first().map(|invalid| invalid.code)
        })
    }

    /// Holds something to what there is. Forms and companies are not looked at.
    pub(crate) fn held_to<R>(self, check: impl FnOnce(&Terms<'_>) -> R) -> R {
        let stages: BTreeSet<String> = self
            .stages
            .with(|stages| stages.iter().map(|(id, _)| id.clone()).collect());
        let segments: BTreeSet<String> = self
            .segments
            .with(|all| all.iter().map(|segment| segment.id.clone()).collect());
        self.schema.with(|schema| {
            check(&Terms {
                schema,
                stages: &stages,
                segments: &segments,
                forms: None,
                accounts: None,
            })
        })
    }
}
