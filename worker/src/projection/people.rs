//! From a [`World`]'s people into rows: records, the keys that find them, and suggestions. Not here: what lists of them
//! are made of.

use super::lists;
use super::load::ToHex;
use super::tables::Tables;
use crate::error::StoreError;
use crate::store::sql::Database;
use domain::fold::{Changes, World};
use domain::id::{ImportId, LeadId};
use domain::intake::State;
use domain::suggestion::Settled;
use std::collections::{BTreeMap, BTreeSet};

/// Writes who has changed.
pub(super) fn save(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    take_away(db, tables, world, changes)?;
    save_leads(db, tables, world, changes)?;
    lists::save(db, tables, world, changes)?;
    save_keys(db, tables, world, changes)?;
    save_suggestions(db, tables, world, changes)?;
    save_imports(db, tables, world, changes)
}

/// Takes the records away that nothing names any more.
fn take_away(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    let gone = changes.gone.iter().filter(|id| world.lead(**id).is_none());
    let gone: Vec<String> = gone.map(ToHex::to_hex).collect();
    db.run_over(
        &tables.sql("DELETE FROM leads_{g} WHERE id IN (SELECT unhex(value) FROM json_each(?))"),
        &gone,
    )
}

fn save_leads(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(changes.leads.len());
    for lead in changes.leads.iter().filter_map(|id| world.lead(*id)) {
        let family = world.family(lead.id);
        let Some(family) = family else { continue };
        rows.push((
            lead.id.to_hex(),
            family.root().id.to_hex(),
            lead.score,
            lead.rules,
            lead.seq,
            family.row(),
            lead,
        ));
    }
    db.run_over(
        &tables.sql(
            "INSERT INTO leads_{g}(id, root, score, rules, seq, row, body)
             SELECT unhex(value->>0), unhex(value->>1), value->>2, value->>3, value->>4, value->>5, value->>6
             FROM json_each(?) WHERE true
             ON CONFLICT(id) DO UPDATE SET score = excluded.score, rules = excluded.rules, seq = excluded.seq,
               row = excluded.row, body = excluded.body",
        ),
        &rows,
    )?;
    // Apart, because naming an indexed column in the update rewrites its index for every event.
    let rooted: BTreeSet<LeadId> = rooted(world, changes).collect();
    let rooted: Vec<_> = rooted
        .iter()
        .map(|id| (id.to_hex(), world.root(*id).to_hex()))
        .collect();
    db.run_over(
        &tables.sql(
            "UPDATE leads_{g} SET root = unhex(j.value->>1) FROM json_each(?) j WHERE leads_{g}.id = unhex(j.value->>0)",
        ),
        &rooted,
    )
}

/// Of whom it may have changed who is shown for them, and who is.
pub(super) fn rooted(world: &World, changes: &Changes) -> impl Iterator<Item = LeadId> {
    let rooted = changes.rooted.iter();
    rooted.flat_map(|id| [*id, world.root(*id)])
}

fn save_keys(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    let (mut held, mut free) = (Vec::new(), Vec::new());
    for key in &changes.keys {
        match world.lead_of(key) {
            Some(lead) => held.push((key.to_string(), lead.id.to_hex())),
            None => free.push(key.to_string()),
        }
    }
    db.run_over(
        &tables.sql("DELETE FROM keys_{g} WHERE key IN (SELECT value FROM json_each(?))"),
        &free,
    )?;
    db.run_over(
        &tables.sql(
            "INSERT INTO keys_{g} SELECT value->>0, unhex(value->>1) FROM json_each(?) WHERE true
             ON CONFLICT(key) DO UPDATE SET lead = excluded.lead WHERE lead <> excluded.lead",
        ),
        &held,
    )
}

fn save_suggestions(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    let (mut known, mut gone) = (BTreeMap::new(), Vec::new());
    for (lead, id) in &changes.suggestions {
        let hex = id.simple().to_string();
        let suggestion = world.lead(*lead).and_then(|lead| lead.suggestions.get(id));
        match suggestion {
            Some(suggestion) => {
                let open = u8::from(suggestion.state == Settled::Open);
                let first = suggestion.what.lead().to_hex();
                known.insert(hex.clone(), (hex, suggestion.at, first, open, suggestion));
            }
            None => gone.push(hex),
        }
    }
    let rows: Vec<_> = known.values().collect();
    db.run_over(
        &tables
            .sql("DELETE FROM suggestions_{g} WHERE id IN (SELECT unhex(value) FROM json_each(?))"),
        &gone,
    )?;
    db.run_over(
        &tables.sql(
            "INSERT INTO suggestions_{g} SELECT unhex(value->>0), value->>1, unhex(value->>2), value->>3, value->>4
             FROM json_each(?) WHERE true
             ON CONFLICT(id) DO UPDATE SET open = excluded.open, body = excluded.body",
        ),
        &rows,
    )
}

fn save_imports(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    let known = changes.imports.iter().filter_map(|id| world.import(*id));
    let rows: Vec<_> = known
        .map(|import| {
            let undoing = u8::from(import.state == State::Undoing);
            (import.id.to_hex(), import.at, undoing, import)
        })
        .collect();
    db.run_over(
        &tables.sql(
            "INSERT INTO imports_{g} SELECT unhex(value->>0), value->>1, value->>2, value->>3 FROM json_each(?) WHERE true
             ON CONFLICT(id) DO UPDATE SET undoing = excluded.undoing, body = excluded.body",
        ),
        &rows,
    )?;
    let pairs = |pairs: &BTreeSet<(ImportId, LeadId)>| {
        let pairs = pairs.iter();
        let hexes = pairs.map(|(import, lead)| (import.to_hex(), lead.to_hex()));
        hexes.collect::<Vec<_>>()
    };
    db.run_over(
        &tables.sql(
            "INSERT OR IGNORE INTO imported_{g} SELECT unhex(value->>0), unhex(value->>1) FROM json_each(?)",
        ),
        &pairs(&changes.imported),
    )?;
    db.run_over(
        &tables.sql(
            "DELETE FROM imported_{g} WHERE (import, lead) IN
               (SELECT unhex(value->>0), unhex(value->>1) FROM json_each(?))",
        ),
        &pairs(&changes.taken_back),
    )
}
