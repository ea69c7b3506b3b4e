//! The job that moves people out of stages and reasons that went out of use, a slice a commit. Not here: where they go
//! (`domain::stage`).

use super::core::Core;
use crate::error::StoreError;
use crate::limit::{RETIRED_AT_ONCE, RETIRED_LOOKED_AT};
use crate::projection::load::{self, Keys};
use crate::projection::pursuits;
use crate::store::meta;
use domain::fold::World;
use domain::id::Ms;
use domain::journal::Fact;

/// Where it is kept after whom it goes on, by the id in hex; absent when nobody is to be moved.
const CURSOR: &str = "retire";

/// Begins to look at everyone, where anything says where people go.
pub(super) fn begin(core: &Core, world: &World) -> Result<bool, StoreError> {
    let leaves = !world.settings.practice.ladder.leaving().is_empty();
    if leaves {
        meta::put(&core.db, CURSOR, &"0".repeat(32))?;
    }
    Ok(leaves)
}

/// Whether it is under way.
pub(super) fn is_under_way(core: &Core) -> Result<bool, StoreError> {
    Ok(meta::get::<String>(&core.db, CURSOR)?.is_some())
}

/// Moves the next of them. Runs inside a transaction.
pub(super) fn step(core: &Core, world: &mut World, now: Ms) -> Result<Vec<Fact>, StoreError> {
    let (db, tables) = (&core.db, core.tables.get());
    let Some(after) = meta::get::<String>(db, CURSOR)? else {
        return Ok(Vec::new());
    };
    let stages = world.settings.practice.ladder.leaving();
    let limits = (RETIRED_LOOKED_AT, RETIRED_AT_ONCE);
    let (leads, next) = pursuits::standing_in(db, tables, &stages, &after, limits)?;
    match next {
        Some(next) => meta::put(db, CURSOR, &next)?,
        None => meta::remove(db, CURSOR)?,
    }
    let keys = Keys {
        leads: leads.iter().copied().collect(),
        ..Keys::default()
    };
    load::bring(db, tables, world, &keys)?;
    let next_seq = core.last_seq.get().saturating_add(1);
    Ok(world.retire(&leads, (now, next_seq)))
}
