//! Building the projections anew from the journal, in batches, beside the live ones.
//!
//! The live generation goes on being read and written. The swap happens in the commit of the last
//! batch, when no fact is left that the next generation does not have.

use super::due;
use super::load::{self, Keys};
use super::save;
use super::scoring::{self, Phase};
use super::tables::{self, Tables};
use crate::clock;
use crate::error::StoreError;
use crate::limit::{REBUILD_FACTS, REBUILD_WORLD_BYTES_MAX, SEGMENT_BYTES_MAX};
use crate::store::sql::Database;
use crate::store::{archive, journal, meta};
use domain::fold::World;
use domain::journal::Fact;
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

/// Those whom the last step had at hand: the next one reads only who is not among them. It is good only for the step
/// that follows.
pub(crate) struct AtHand {
    after: u64,
    world: World,
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

/// The fact that a rebuild under way folds next.
pub(crate) fn next_seq(db: &Database) -> Result<Option<u64>, StoreError> {
    let cursor: Option<Cursor> = meta::get(db, CURSOR)?;
    Ok(cursor.map(|cursor| cursor.after.saturating_add(1)))
}

/// Folds the next facts into the next generation; when none is left, makes it the live one and returns it. Runs
/// inside a transaction. `trimmed` are the next facts where the journal no longer has them.
pub(crate) fn step(
    db: &Database,
    live: Tables,
    trimmed: &[Fact],
    at_hand: &mut Option<AtHand>,
) -> Result<Option<Tables>, StoreError> {
    let Some(mut cursor) = meta::get::<Cursor>(db, CURSOR)? else {
        return Ok(None);
    };
    let next = live.next();
    let kept = at_hand.take().filter(|kept| kept.after == cursor.after);
    let facts = facts_after(db, cursor.after, trimmed)?;
    if let Some(last) = facts.last() {
        let mut world = match kept {
            Some(kept) => kept.world,
            None => load::empty_world(db, next)?,
        };
        world.set_now(clock::now());
        load::bring(db, next, &mut world, &Keys::of(&facts))?;
        world.replay(&facts);
        let changes = world.take_changes();
        save::save(db, next, &world, &changes)?;
        cursor.after = last.seq;
        if changes.rulebook || changes.judging {
            cursor.scoring = Phase::start();
        }
        meta::put(db, CURSOR, &cursor)?;
        let after = cursor.after;
        let is_small = world.bytes() <= REBUILD_WORLD_BYTES_MAX
            || world.let_go(REBUILD_WORLD_BYTES_MAX.div_euclid(2));
        *at_hand = is_small.then_some(AtHand { after, world });
        return Ok(None);
    }
    let mut world = load::empty_world(db, next)?;
    let scored = scoring::score_next(db, next, &mut world, cursor.scoring.clone())?;
    if let Some(scoring) = scored.next {
        cursor.scoring = scoring;
        meta::put(db, CURSOR, &cursor)?;
        return Ok(None);
    }
    // Those who were scored before midnight.
    if due::replay(db, next)? {
        return Ok(None);
    }
    next.swap_in(db, live)?;
    meta::remove(db, CURSOR)?;
    Ok(Some(next))
}

/// The next facts, from the journal or from what was read for it; a rebuild never passes over one.
fn facts_after(db: &Database, after: u64, trimmed: &[Fact]) -> Result<Vec<Fact>, StoreError> {
    let facts: Vec<Fact> = if after < archive::trimmed_to(db)? {
        let later = trimmed.iter().filter(|fact| fact.seq > after);
        later.cloned().collect()
    } else {
        journal::after(db, after, REBUILD_FACTS, SEGMENT_BYTES_MAX)?
    };
    let whole = (after.saturating_add(1)..).zip(&facts);
    if after < archive::trimmed_to(db)? && facts.is_empty()
        || whole.into_iter().any(|(seq, fact)| seq != fact.seq)
    {
        return Err(StoreError::Stored {
            what: "journal",
            why: format!("the facts after {after} are not at hand"),
        });
    }
    Ok(facts)
}
