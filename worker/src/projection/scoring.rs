//! Scoring everyone by the current rulebook, a batch at a time, in the order of their ids.

use super::load::{self, Keys};
use super::tables::Tables;
use super::{read, save};
use crate::error::StoreError;
use crate::limit::RESCORE_ROWS;
use crate::store::sql::Database;
use domain::api::VisitorRow;
use domain::fold::{Due, World};
use domain::lead::LeadRow;
use domain::visitor::Visitor;
use serde::{Deserialize, Serialize};

/// How far it has come: leads first, then visitors, each after this id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Phase {
    Leads(String),
    Visitors(String),
}

impl Phase {
    /// Before everyone.
    pub(crate) fn start() -> Phase {
        Phase::Leads("0".repeat(32))
    }
}

/// What a batch did.
#[derive(Clone, Debug, Default)]
pub(crate) struct Batch {
    /// How many it looked at.
    pub(crate) count: u64,
    /// Where to go on; none at the end.
    pub(crate) next: Option<Phase>,
    /// Leads that changed.
    pub(crate) leads: Vec<LeadRow>,
    /// Visitors that changed.
    pub(crate) visitors: Vec<VisitorRow>,
}

/// Scores the next batch of those who were last scored by another rulebook, with whoever is at hand. Runs inside a
/// transaction.
pub(crate) fn score_next(
    db: &Database,
    tables: Tables,
    world: &mut World,
    phase: Phase,
) -> Result<Batch, StoreError> {
    let mut due = Due::default();
    let (found, next) = match phase {
        Phase::Leads(after) => {
            let ids = read::lead_ids(db, tables, &after, RESCORE_ROWS)?;
            let next = match ids.last() {
                Some(id) => Phase::Leads(id.0.simple().to_string()),
                None => Phase::Visitors("0".repeat(32)),
            };
            due.leads = ids;
            (due.leads.len(), Some(next))
        }
        Phase::Visitors(after) => {
            let ids = read::visitor_ids(db, tables, &after, RESCORE_ROWS)?;
            let last = ids.last().map(|id| id.0.simple().to_string());
            due.visitors = ids;
            (due.visitors.len(), last.map(Phase::Visitors))
        }
    };
    load::bring(db, tables, world, &Keys::due(&due))?;
    world.rescore_of(&due);
    let changes = world.take_changes();
    save::save(db, tables, world, &changes)?;
    let families = changes.leads.iter().filter_map(|id| world.family(*id));
    let families = families.filter(|family| changes.leads.contains(&family.root().id));
    let visitors = changes.visitors.iter().filter_map(|id| world.visitor(*id));
    Ok(Batch {
        count: u64::try_from(found).unwrap_or(u64::MAX),
        next,
        leads: families.map(|family| world.row(&family)).collect(),
        visitors: visitors.map(Visitor::row).collect(),
    })
}
