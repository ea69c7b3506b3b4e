//! Scoring everyone by a rulebook that was published, in batches with a stored cursor.

use crate::error::StoreError;
use crate::limit::RESCORE_ROWS;
use crate::projection::load::{self, Keys};
use crate::projection::tables::Tables;
use crate::projection::{read, save};
use crate::store::meta;
use crate::store::sql::Database;
use domain::api::{Rescore, VisitorRow};
use domain::lead::{Lead, LeadRow};
use domain::visitor::Visitor;
use serde::{Deserialize, Serialize};

const CURSOR: &str = "rescore";
const FINISHED: &str = "rescored_at_seq";

/// How far it has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Cursor {
    progress: Rescore,
    phase: Phase,
}

/// Leads first, then visitors; each in the order of their ids, after this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Phase {
    Leads(String),
    Visitors(String),
}

/// What a batch did.
#[derive(Clone, Debug, Default)]
pub(crate) struct Batch {
    /// How far it has come; none when there was nothing to do.
    pub(crate) progress: Option<Rescore>,
    /// Whether there is more.
    pub(crate) more: bool,
    /// Leads that changed.
    pub(crate) leads: Vec<LeadRow>,
    /// Visitors that changed.
    pub(crate) visitors: Vec<VisitorRow>,
}

/// Begins to score everyone by this version; a re-scoring that is under way gives way to it.
pub(crate) fn begin(db: &Database, tables: Tables, version: u32) -> Result<(), StoreError> {
    let total = read::count_all(db, tables)?;
    let start = "0".repeat(32);
    let progress = Rescore {
        version,
        done: 0,
        total,
    };
    meta::put(
        db,
        CURSOR,
        &Cursor {
            progress,
            phase: Phase::Leads(start),
        },
    )
}

/// How far the one under way has come.
pub(crate) fn progress(db: &Database) -> Result<Option<Rescore>, StoreError> {
    Ok(meta::get::<Cursor>(db, CURSOR)?.map(|cursor| cursor.progress))
}

/// Whether someone who knows everything up to this fact may have missed new scores: a re-scoring is under way, or
/// no fact came after the last one.
pub(crate) fn may_be_missed(db: &Database, seq: u64) -> Result<bool, StoreError> {
    let finished: Option<u64> = meta::get(db, FINISHED)?;
    Ok(progress(db)?.is_some() || finished.is_some_and(|finished| seq <= finished))
}

/// Scores the next batch; `seq` is the journal's last fact. Runs inside a transaction.
pub(crate) fn step(db: &Database, tables: Tables, seq: u64) -> Result<Batch, StoreError> {
    let Some(Cursor {
        mut progress,
        phase,
    }) = meta::get::<Cursor>(db, CURSOR)?
    else {
        return Ok(Batch::default());
    };
    let mut keys = Keys::default();
    let (found, next) = match phase {
        Phase::Leads(after) => {
            let ids = read::lead_ids(db, tables, &after, RESCORE_ROWS)?;
            let next = ids.last().map_or(Phase::Visitors("0".repeat(32)), |id| {
                Phase::Leads(id.0.simple().to_string())
            });
            keys.leads.extend(ids.iter().copied());
            (ids.len(), Some(next))
        }
        Phase::Visitors(after) => {
            let ids = read::visitor_ids(db, tables, &after, RESCORE_ROWS)?;
            keys.visitors.extend(ids.iter().copied());
            (
                ids.len(),
                ids.last()
                    .map(|id| Phase::Visitors(id.0.simple().to_string())),
            )
        }
    };
    let mut world = load::empty_world(db, tables)?;
    load::bring(db, tables, &mut world, &keys)?;
    world.rescore();
    let changes = world.take_changes();
    save::save(db, tables, &world, &changes)?;
    let done = progress
        .done
        .saturating_add(u64::try_from(found).unwrap_or(u64::MAX));
    progress.done = if next.is_some() {
        done.min(progress.total)
    } else {
        progress.total
    };
    let more = next.is_some();
    match next {
        Some(phase) => meta::put(db, CURSOR, &Cursor { progress, phase })?,
        None => {
            meta::remove(db, CURSOR)?;
            meta::put(db, FINISHED, &seq)?;
        }
    }
    Ok(Batch {
        progress: Some(progress),
        more,
        leads: changes
            .leads
            .iter()
            .filter_map(|id| world.lead(*id))
            .map(Lead::row)
            .collect(),
        visitors: changes
            .visitors
            .iter()
            .filter_map(|id| world.visitor(*id))
            .map(Visitor::row)
            .collect(),
    })
}
