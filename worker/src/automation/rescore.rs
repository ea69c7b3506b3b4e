//! Scoring everyone by a rulebook that was published, in batches with a stored cursor.

use crate::error::StoreError;
use crate::projection::read;
use crate::projection::scoring::{self, Batch, Phase};
use crate::projection::tables::Tables;
use crate::store::meta;
use crate::store::sql::Database;
use domain::api::Rescore;
use domain::fold::World;
use serde::{Deserialize, Serialize};

const CURSOR: &str = "rescore";
const FINISHED: &str = "rescored_at_seq";

/// How far it has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Cursor {
    progress: Rescore,
    phase: Phase,
}

/// What a batch did.
#[derive(Clone, Debug, Default)]
pub(crate) struct Step {
    /// How far it has come; none when there was nothing to do.
    pub(crate) progress: Option<Rescore>,
    /// Whether that was the end of it.
    pub(crate) finished: bool,
    /// Who changed.
    pub(crate) batch: Batch,
}

/// Begins to score everyone by this version; a re-scoring that is under way gives way to it. Whether
/// there is anyone.
pub(crate) fn begin(db: &Database, tables: Tables, version: u32) -> Result<bool, StoreError> {
    let total = read::count_all(db, tables)?;
    if total == 0 {
        return Ok(false);
    }
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
            phase: Phase::start(),
        },
    )?;
    Ok(true)
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

/// Scores changed that no fact tells of: who knows everything up to this one may have missed them.
pub(crate) fn note_missed(db: &Database, seq: u64) -> Result<(), StoreError> {
    meta::put(db, FINISHED, &seq)
}

/// Scores the next batch; `seq` is the journal's last fact. Runs inside a transaction.
pub(crate) fn step(
    db: &Database,
    tables: Tables,
    world: &mut World,
    seq: u64,
) -> Result<Step, StoreError> {
    let Some(Cursor {
        mut progress,
        phase,
    }) = meta::get::<Cursor>(db, CURSOR)?
    else {
        return Ok(Step::default());
    };
    let mut batch = scoring::score_next(db, tables, world, phase)?;
    let done = progress.done.saturating_add(batch.count);
    let next = batch.next.take();
    let finished = next.is_none();
    progress.done = if finished {
        progress.total
    } else {
        done.min(progress.total)
    };
    match next {
        Some(phase) => meta::put(db, CURSOR, &Cursor { progress, phase })?,
        None => {
            meta::remove(db, CURSOR)?;
            note_missed(db, seq)?;
        }
    }
    Ok(Step {
        progress: Some(progress),
        finished,
        batch,
    })
}
