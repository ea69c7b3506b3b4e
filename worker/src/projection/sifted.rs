//! Segments into rows and back, who is in them, and on which day to ask whom again. Not here: asking (`domain::fold`).
//!
//! The days follow from what is kept and from the day they were made on, and are the one table that a rebuild does not
//! make anew: everyone is asked after it.

use super::load::{ToHex, hexes};
use super::people::rooted;
use super::tables::Tables;
use crate::error::StoreError;
use crate::store::sql::Database;
use domain::day::Day;
use domain::fold::{Changes, Kept, World};
use domain::id::{LeadId, PersonaId};
use domain::segment::Segment;
use std::collections::{BTreeMap, BTreeSet};

/// The day of whoever changed and was not asked in the same commit.
pub(crate) const AT_ONCE: Day = Day(0);

/// Brings every segment to hand.
pub(super) fn bring_segments(
    db: &Database,
    tables: Tables,
    world: &mut World,
) -> Result<(), StoreError> {
    let found: Vec<(u64, String)> =
        db.read(&tables.sql("SELECT since, body FROM segments_{g}"), ())?;
    for (since, body) in found {
        let segment: Segment = serde_json::from_str(&body)?;
        world.put_segment(Kept { segment, since });
    }
    Ok(())
}

/// Writes what has changed.
pub(super) fn save(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    let changed = |kept: &&Kept| changes.segments.contains(&kept.segment.id);
    let rows: Vec<_> = world
        .segments()
        .filter(changed)
        .map(|kept| {
            let public = u8::from(kept.segment.public);
            (&kept.segment.id, kept.since, public, &kept.segment)
        })
        .collect();
    let gone = changes.segments.iter();
    let gone: Vec<&String> = gone.filter(|id| world.segment(id).is_none()).collect();
    db.run_over(
        &tables.sql("DELETE FROM segments_{g} WHERE id IN (SELECT value FROM json_each(?))"),
        &gone,
    )?;
    db.run_over(
        &tables.sql(
            "INSERT INTO segments_{g} SELECT value->>0, value->>1, value->>2, value->>3 FROM json_each(?) WHERE true
             ON CONFLICT(id) DO UPDATE SET since = excluded.since, public = excluded.public, body = excluded.body",
        ),
        &rows,
    )?;
    save_members(db, tables, world, changes)?;
    save_due(db, tables, world, changes)
}

/// Writes who is in what. A record that somebody else is shown for is in nothing.
fn save_members(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    let moved = changes.members.iter().chain(&changes.gone).copied();
    let moved: BTreeSet<LeadId> = moved.chain(rooted(world, changes)).collect();
    let rows: Vec<_> = moved
        .iter()
        .map(|id| {
            let shown = world.lead(*id).filter(|_| world.root(*id) == *id);
            let of = shown.map(|lead| lead.segments.clone()).unwrap_or_default();
            (id.to_hex(), of)
        })
        .collect();
    db.run_over(
        &tables.sql(
            "DELETE FROM members_{g} WHERE (segment, lead) IN (
               SELECT m.segment, m.lead FROM json_each(?) j JOIN members_{g} m ON m.lead = unhex(j.value->>0)
               WHERE m.segment NOT IN (SELECT key FROM json_each(j.value->1)))",
        ),
        &rows,
    )?;
    let rows: Vec<_> = rows.iter().filter(|(_, of)| !of.is_empty()).collect();
    db.run_over(
        &tables.sql(
            "INSERT INTO members_{g} SELECT s.key, unhex(j.value->>0), s.value
             FROM json_each(?) j, json_each(j.value->1) s WHERE true
             ON CONFLICT(segment, lead) DO UPDATE SET at = excluded.at WHERE at <> excluded.at",
        ),
        &rows,
    )
}

/// Writes when to ask again: those who were asked on the day that was answered, others who changed at once.
fn save_due(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    let mut due = changes.sifted.clone();
    if world.segments().next().is_some() {
        for id in &changes.leads {
            let root = world.root(*id);
            due.entry(root).or_insert(Some(AT_ONCE));
            if root != *id {
                due.insert(*id, None);
            }
        }
    }
    for id in changes.gone.iter().filter(|id| world.lead(**id).is_none()) {
        due.insert(*id, None);
    }
    let (mut rows, mut never) = (Vec::new(), Vec::new());
    for (id, day) in &due {
        match day {
            Some(day) => rows.push((id.to_hex(), *day)),
            None => never.push(*id),
        }
    }
    db.run_over(
        &tables.sql("DELETE FROM due_{g} WHERE lead IN (SELECT unhex(value) FROM json_each(?))"),
        &hexes(&never),
    )?;
    db.run_over(
        &tables.sql(
            "INSERT INTO due_{g} SELECT unhex(value->>0), value->>1 FROM json_each(?) WHERE true
             ON CONFLICT(lead) DO UPDATE SET day = excluded.day WHERE day <> excluded.day",
        ),
        &rows,
    )
}

/// Whom to ask again on one of these days, those first who wait longest, each with the day.
pub(crate) fn due(
    db: &Database,
    tables: Tables,
    (from, until): (Day, Day),
    limit: u32,
) -> Result<Vec<(LeadId, Day)>, StoreError> {
    let statement = "SELECT lower(hex(lead)), day FROM due_{g} WHERE day >= ? AND day <= ? ORDER BY day LIMIT ?";
    db.read(&tables.sql(statement), (from.0, until.0, limit))
}

/// The first day on which somebody is to be asked again.
pub(crate) fn next_due(db: &Database, tables: Tables) -> Result<Option<Day>, StoreError> {
    let row: Option<(Option<Day>,)> =
        db.read_one(&tables.sql("SELECT min(day) FROM due_{g}"), ())?;
    Ok(row.and_then(|(day,)| day))
}

/// Forgets all of the days: everyone is about to be asked.
pub(crate) fn forget_due(db: &Database, tables: Tables) -> Result<(), StoreError> {
    db.run(&tables.sql("DELETE FROM due_{g}"))
}

/// The next of everyone who is shown, in the order of the ids.
pub(crate) fn people_after(
    db: &Database,
    tables: Tables,
    after: &str,
    limit: u32,
) -> Result<Vec<LeadId>, StoreError> {
    let statement = "SELECT lower(hex(id)) FROM listed_{g} WHERE id > unhex(?) ORDER BY id LIMIT ?";
    let rows: Vec<(LeadId,)> = db.read(&tables.sql(statement), (after, limit))?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Whether there is a segment; of those that anyone may ask for, where only they are looked for.
pub(crate) fn is_any(db: &Database, tables: Tables, public: bool) -> Result<bool, StoreError> {
    let statement = "SELECT count(*) FROM segments_{g} WHERE public >= ?";
    let row: Option<(u64,)> = db.read_one(&tables.sql(statement), (i32::from(public),))?;
    Ok(row.is_some_and(|(count,)| count > 0))
}

/// How many people are in each segment that somebody is in.
pub(crate) fn counts(db: &Database, tables: Tables) -> Result<BTreeMap<String, u64>, StoreError> {
    let statement = "SELECT segment, count(*) FROM members_{g} GROUP BY segment";
    let rows: Vec<(String, u64)> = db.read(&tables.sql(statement), ())?;
    Ok(rows.into_iter().collect())
}

/// How many people are of each persona that somebody is of.
pub(crate) fn persona_counts(
    db: &Database,
    tables: Tables,
) -> Result<BTreeMap<PersonaId, u64>, StoreError> {
    let statement = "SELECT p.value, count(*) FROM listed_{g} l, json_each(l.facts, '$.persona') p GROUP BY p.value";
    let rows: Vec<(PersonaId, u64)> = db.read(&tables.sql(statement), ())?;
    Ok(rows.into_iter().collect())
}
