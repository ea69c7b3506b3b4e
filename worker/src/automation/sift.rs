//! Asking people anew which segments they are in, and on which day a stage may let them in: whose day has come, whose company is warmer or less warm, and everyone after
//! a segment changed, in batches with a stored cursor.

use crate::error::StoreError;
use crate::limit::SIFT_ROWS;
use crate::projection::load::{self, Keys};
use crate::projection::read;
use crate::projection::sifted::{self, AT_ONCE};
use crate::projection::tables::Tables;
use crate::projection::warmed;
use crate::store::meta;
use crate::store::sql::Database;
use domain::api::Sift;
use domain::day::Zone;
use domain::fold::World;
use domain::id::{LeadId, Ms};
use domain::journal::{Because, Fact};
use serde::{Deserialize, Serialize};

const CURSOR: &str = "sift";

/// How far it has come that everyone is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Cursor {
    progress: Sift,
    /// The last one who was asked, by the id in hex.
    after: String,
    /// Because of which fact.
    because: u64,
}

/// Begins to ask everyone because of that fact; one that is under way begins again.
pub(crate) fn begin(db: &Database, tables: Tables, because: u64) -> Result<(), StoreError> {
    let progress = Sift {
        done: 0,
        total: read::count_leads(db, tables)?,
    };
    let after = "0".repeat(32);
    let cursor = Cursor {
        progress,
        after,
        because,
    };
    meta::put(db, CURSOR, &cursor)
}

/// After tables were made anew nobody's day is known: everyone is asked, where there is a segment to be asked for, or a stage that
/// waits for a day.
pub(crate) fn begin_anew(
    db: &Database,
    tables: Tables,
    last: u64,
    awaits: bool,
) -> Result<(), StoreError> {
    sifted::forget_due(db, tables)?;
    warmed::forget(db, tables)?;
    meta::remove(db, CURSOR)?;
    if awaits || sifted::is_any(db, tables, false)? {
        begin(db, tables, last)?;
    }
    Ok(())
}

/// How far the one under way has come.
pub(crate) fn progress(db: &Database) -> Result<Option<Sift>, StoreError> {
    Ok(meta::get::<Cursor>(db, CURSOR)?.map(|cursor| cursor.progress))
}

/// When somebody is to be asked.
pub(crate) fn pending_at(
    db: &Database,
    tables: Tables,
    zone: Zone,
    now: Ms,
) -> Result<Option<Ms>, StoreError> {
    if progress(db)?.is_some() || warmed::is_any(db, tables)? {
        return Ok(Some(now));
    }
    let day = sifted::next_due(db, tables)?;
    Ok(day.map(|day| zone.begins(day).max(now)))
}

/// Asks the next ones, those whose day has come before the others; the facts that come of it, numbered from `next_seq`, and
/// the world with what else changed. Runs inside a transaction.
pub(crate) fn step(
    db: &Database,
    tables: Tables,
    (now, next_seq): (Ms, u64),
) -> Result<(World, Vec<Fact>), StoreError> {
    let mut world = load::empty_world(db, tables)?;
    let today = world.settings.zone.day(now);
    // Where everyone is asked, whoever changed is asked along, and not twice.
    let from = progress(db)?.map_or(AT_ONCE, |_| AT_ONCE.plus(1));
    let due = sifted::due(db, tables, (from, today), SIFT_ROWS)?;
    let (leads, because): (Vec<LeadId>, _) = if due.is_empty() {
        others(db, tables)?
    } else {
        (due.iter().map(|(id, _)| *id).collect(), None)
    };
    let keys = Keys {
        leads: leads.iter().copied().collect(),
        ..Keys::default()
    };
    load::bring(db, tables, &mut world, &keys)?;
    let changed = |id: LeadId| world.lead(id).map_or(0, |lead| lead.seq);
    let asked: Vec<(LeadId, Because)> = match because {
        Some(because) => leads.iter().map(|id| (*id, because)).collect(),
        None => due
            .iter()
            .map(|(id, day)| match *day == AT_ONCE {
                true => (*id, Because::Fact(changed(*id))),
                false => (*id, Because::Day(today)),
            })
            .collect(),
    };
    let facts = world.sift(&asked, (now, next_seq));
    Ok((world, facts))
}

/// The next ones where nobody's day has come: of a company that is warmer or less warm, else of everyone.
fn others(db: &Database, tables: Tables) -> Result<(Vec<LeadId>, Option<Because>), StoreError> {
    if let Some((account, leads)) = warmed::take(db, tables, SIFT_ROWS)? {
        return Ok((leads, Some(Because::Account(account))));
    }
    Ok(match meta::get::<Cursor>(db, CURSOR)? {
        Some(cursor) => {
            let because = Because::Fact(cursor.because);
            (next(db, tables, &cursor)?, Some(because))
        }
        None => (Vec::new(), None),
    })
}

/// The next of everyone; notes how far it has come.
fn next(db: &Database, tables: Tables, cursor: &Cursor) -> Result<Vec<LeadId>, StoreError> {
    let ids = sifted::people_after(db, tables, &cursor.after, SIFT_ROWS)?;
    let Some(last) = ids.last() else {
        meta::remove(db, CURSOR)?;
        return Ok(ids);
    };
    let asked = u64::try_from(ids.len()).unwrap_or(u64::MAX);
    let done = cursor.progress.done.saturating_add(asked);
    let progress = Sift {
        done: done.min(cursor.progress.total),
        ..cursor.progress
    };
    let after = last.0.simple().to_string();
    let because = cursor.because;
    let cursor = Cursor {
        progress,
        after,
        because,
    };
    meta::put(db, CURSOR, &cursor)?;
    Ok(ids)
}
