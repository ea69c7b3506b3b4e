//! Building the projections anew from the journal, in batches, beside the live ones.
//!
//! The live generation goes on being read and written. The swap happens in the commit of the last
//! batch, when no fact is left that the next generation does not have.

use super::load::{self, Keys};
use super::save;
use super::tables::Tables;
use crate::error::StoreError;
use crate::limit::{REBUILD_FACTS, RESCORE_ROWS};
use crate::store::sql::Database;
use crate::store::{journal, meta};
use domain::id::{LeadId, VisitorId};

/// The number of the last fact that the next generation has; absent when none is being built.
const CURSOR: &str = "rebuild_after";

/// Begins a rebuild; one that is under way begins again.
pub(crate) fn begin(db: &Database, live: Tables) -> Result<(), StoreError> {
    live.make_next(db)?;
    meta::put(db, CURSOR, &0_u64)
}

/// Whether one is under way.
pub(crate) fn is_under_way(db: &Database) -> Result<bool, StoreError> {
    Ok(meta::get::<u64>(db, CURSOR)?.is_some())
}

/// Folds the next facts into the next generation; when none is left, makes it the live one and returns it. Runs
/// inside a transaction.
pub(crate) fn step(db: &Database, live: Tables) -> Result<Option<Tables>, StoreError> {
    let Some(after) = meta::get::<u64>(db, CURSOR)? else {
        return Ok(None);
    };
    let next = live.next();
    let facts = journal::after(db, after, REBUILD_FACTS)?;
    if let Some(last) = facts.last() {
        let mut world = load::empty_world(db, next)?;
        load::bring(db, next, &mut world, &Keys::of(&facts))?;
        world.replay(&facts);
        let changes = world.take_changes();
        save::save(db, next, &world, &changes)?;
        meta::put(db, CURSOR, &last.seq)?;
        return Ok(None);
    }
    if rescore_some(db, next)? {
        return Ok(None);
    }
    next.swap_in(db, live)?;
    meta::remove(db, CURSOR)?;
    Ok(Some(next))
}

/// Scores some of those who were last scored by an older rulebook; whether there were any.
fn rescore_some(db: &Database, tables: Tables) -> Result<bool, StoreError> {
    let mut world = load::empty_world(db, tables)?;
    let version = world.settings.version;
    let leads: Vec<(LeadId,)> = db.read(
        &tables.sql("SELECT lower(hex(id)) FROM leads_{g} WHERE rules <> ? LIMIT ?"),
        (version, RESCORE_ROWS),
    )?;
    let visitors: Vec<(VisitorId,)> = db.read(
        &tables.sql("SELECT lower(hex(id)) FROM visitors_{g} WHERE rules <> ? LIMIT ?"),
        (version, RESCORE_ROWS),
    )?;
    if leads.is_empty() && visitors.is_empty() {
        return Ok(false);
    }
    let keys = Keys {
        leads: leads.into_iter().map(|(id,)| id).collect(),
        visitors: visitors.into_iter().map(|(id,)| id).collect(),
        ..Keys::default()
    };
    load::bring(db, tables, &mut world, &keys)?;
    world.rescore();
    let changes = world.take_changes();
    save::save(db, tables, &world, &changes)?;
    Ok(true)
}
