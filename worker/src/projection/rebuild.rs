//! Building the projections anew from the journal, in batches, beside the live ones.
//!
//! The live generation goes on being read and written. The swap happens in the commit of the last
//! batch, when no fact is left that the next generation does not have.

use super::load::{self, Keys};
use super::save;
use super::scoring::{self, Phase};
use super::tables::{self, Tables};
use crate::error::StoreError;
use crate::limit::{REBUILD_FACTS, SEGMENT_BYTES_MAX};
use crate::store::sql::Database;
use crate::store::{journal, meta};
use serde::{Deserialize, Serialize};

/// Where it is kept how far a rebuild has come; absent when none is under way.
const CURSOR: &str = "rebuild";

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Cursor {
    /// By which version of the projections.
    version: u32,
    /// The last fact that the next generation has.
    after: u64,
    /// How far the scoring has come of those whom only older rulebooks scored.
    scoring: Phase,
}

/// Begins a rebuild; one that is under way begins again.
pub(crate) fn begin(db: &Database, live: Tables) -> Result<(), StoreError> {
    live.make_next(db)?;
    let start = Cursor {
        version: tables::VERSION,
        after: 0,
        scoring: Phase::start(),
    };
    meta::put(db, CURSOR, &start)
}

/// Whether one is under way, by this version of the product.
pub(crate) fn is_under_way(db: &Database) -> Result<bool, StoreError> {
    let cursor: Option<Cursor> = meta::get(db, CURSOR)?;
    Ok(cursor.is_some_and(|cursor| cursor.version == tables::VERSION))
}

/// Folds the next facts into the next generation; when none is left, makes it the live one and returns it. Runs
/// inside a transaction.
pub(crate) fn step(db: &Database, live: Tables) -> Result<Option<Tables>, StoreError> {
    let Some(mut cursor) = meta::get::<Cursor>(db, CURSOR)? else {
        return Ok(None);
    };
    let next = live.next();
    let facts = journal::after(db, cursor.after, REBUILD_FACTS, SEGMENT_BYTES_MAX)?;
    if let Some(last) = facts.last() {
        let mut world = load::empty_world(db, next)?;
        load::bring(db, next, &mut world, &Keys::of(&facts))?;
        world.replay(&facts);
        let changes = world.take_changes();
        save::save(db, next, &world, &changes)?;
        cursor.after = last.seq;
        if changes.rulebook {
            cursor.scoring = Phase::start();
        }
        meta::put(db, CURSOR, &cursor)?;
        return Ok(None);
    }
    if let Some(scoring) = scoring::score_next(db, next, cursor.scoring.clone())?.next {
        cursor.scoring = scoring;
        meta::put(db, CURSOR, &cursor)?;
        return Ok(None);
    }
    next.swap_in(db, live)?;
    meta::remove(db, CURSOR)?;
    Ok(Some(next))
}
