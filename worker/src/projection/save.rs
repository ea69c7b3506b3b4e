//! From a [`World`]'s changes into rows: one statement a table.

use super::accounts;
use super::described;
use super::due;
use super::entries;
use super::erased;
use super::judged;
use super::load::ToHex;
use super::people;
use super::pursuits;
use super::reported;
use super::sifted;
use super::tables::{SEEN_MS, Tables};
use super::tasks;
use super::warmed;
use crate::error::StoreError;
use crate::store::sql::Database;
use domain::fold::{Changes, World};
use domain::id::VisitorId;
use domain::visitor::{Binding, Visitor};

/// Writes what has changed.
pub(crate) fn save(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    reported::forget(db, tables, changes)?;
    erased::save(db, tables, changes)?;
    save_shapes(db, tables, changes)?;
    save_visitors(db, tables, world, changes)?;
    save_history(db, tables, changes)?;
    judged::save(db, tables, world, changes)?;
    save_bindings(db, tables, world, changes)?;
    people::save(db, tables, world, changes)?;
    described::save(db, tables, world, changes)?;
    entries::save(db, tables, changes)?;
    accounts::save(db, tables, world, changes)?;
    due::save(db, tables, world, changes)?;
    pursuits::save(db, tables, world, changes)?;
    tasks::save(db, tables, world, changes)?;
    reported::save(db, tables, world, changes)?;
    sifted::save(db, tables, world, changes)?;
    warmed::save(db, tables, changes)?;
    if changes.settings {
        let body = serde_json::to_string(&world.settings)?;
        let statement = "INSERT INTO settings_{g} VALUES('settings', ?) ON CONFLICT(name) DO UPDATE SET body = excluded.body";
        db.run_with(&tables.sql(statement), (&body,))?;
    }
    Ok(())
}

fn save_shapes(db: &Database, tables: Tables, changes: &Changes) -> Result<(), StoreError> {
    db.run_over(
        &tables.sql("INSERT INTO shapes_{g} SELECT value->>0, value->>1 FROM json_each(?)"),
        &changes.shapes,
    )
}

fn save_visitors(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    let visitors = changes.visitors.iter().filter_map(|id| world.visitor(*id));
    let rows: Vec<_> = visitors
        .map(|v| {
            let anonymous = u8::from(v.bindings.is_empty());
            (
                v.id.to_hex(),
                v.first_at,
                v.last_at,
                v.views,
                v.score,
                v.rules,
                v.seq,
                anonymous,
                v.row(),
                (
                    v.verdict,
                    v.suspected,
                    v.reason,
                    v.kept,
                    v.device,
                    v.company.as_ref().map(ToHex::to_hex),
                    v.due,
                ),
            )
        })
        .collect();
    db.run_over(
        &tables.sql(
            "INSERT INTO visitors_{g}(id, first_at, last_at, views, score, rules, seq, anonymous, row,
               verdict, suspected, reason, kept, device, company, due)
             SELECT unhex(value->>0), value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8,
               value->>'$[9][0]', value->>'$[9][1]', value->>'$[9][2]', value->>'$[9][3]', value->'$[9][4]', value->>'$[9][5]', value->>'$[9][6]'
             FROM json_each(?) WHERE true
             ON CONFLICT(id) DO UPDATE SET first_at = excluded.first_at, last_at = excluded.last_at,
               views = excluded.views, score = excluded.score, rules = excluded.rules, seq = excluded.seq,
               anonymous = excluded.anonymous, row = excluded.row, verdict = excluded.verdict,
               suspected = excluded.suspected, reason = excluded.reason, kept = excluded.kept, device = excluded.device,
               company = excluded.company, due = excluded.due",
        ),
        &rows,
    )?;
    save_seen(db, tables, world, changes)
}

/// Writes who stands in the list of visitors, and where. Which do not is written, because they are few: so a visit of one
/// who does writes nothing but its place.
fn save_seen(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    let visitors = changes.visitors.iter().filter_map(|id| world.visitor(*id));
    let (listed, others): (Vec<&Visitor>, Vec<_>) =
        visitors.partition(|visitor| visitor.bindings.is_empty() && visitor.views > 0);
    let hexes = |all: &[&Visitor]| all.iter().map(|v| v.id.to_hex()).collect::<Vec<_>>();
    let (listed, others) = (hexes(&listed), hexes(&others));
    let named = "(SELECT v.n FROM json_each(?) j JOIN visitors_{g} v ON v.id = unhex(j.value))";
    let seen = format!(
        "INSERT OR IGNORE INTO seen_{{g}}
         SELECT v.last_at / {SEEN_MS}, v.n FROM json_each(?) j JOIN visitors_{{g}} v ON v.id = unhex(j.value)"
    );
    db.run_over(&tables.sql(&seen), &listed)?;
    let now_listed = format!("DELETE FROM unlisted_{{g}} WHERE visitor IN {named}");
    db.run_over(&tables.sql(&now_listed), &listed)?;
    let unlisted = format!("INSERT OR IGNORE INTO unlisted_{{g}} SELECT * FROM {named}");
    db.run_over(&tables.sql(&unlisted), &others)
}

fn save_history(db: &Database, tables: Tables, changes: &Changes) -> Result<(), StoreError> {
    let activities: Vec<_> = changes
        .activities
        .iter()
        .map(|a| {
            let (visitor, event) = (a.visitor.to_hex(), a.activity.event.to_hex());
            let shape = if a.weighs {
                a.activity.shape
            } else {
                judged::NO_SHAPE
            };
            (
                visitor,
                a.activity.at,
                event,
                shape,
                a.seq,
                u8::from(a.weighs),
            )
        })
        .collect();
    let of_visitor = "FROM json_each(?) j JOIN visitors_{g} v ON v.id = unhex(j.value->>0)";
    db.run_over(
        &tables.sql(&format!(
            "INSERT INTO activity_{{g}} SELECT v.n, j.value->>1, unhex(j.value->>2), j.value->>3, j.value->>4, j.value->>5 {of_visitor}"
        )),
        &activities,
    )?;
    let touches: Vec<_> = changes
        .touches
        .iter()
        .map(|(visitor, t)| (visitor.to_hex(), t.at, t.event.to_hex(), &t.touch))
        .collect();
    db.run_over(
        &tables.sql(&format!(
            "INSERT INTO touches_{{g}} SELECT v.n, j.value->>1, unhex(j.value->>2), j.value->>3, 1 {of_visitor}"
        )),
        &touches,
    )?;
    let reached: Vec<_> = changes
        .reached
        .iter()
        .map(|(visitor, r)| (visitor.to_hex(), r.at, r.event.to_hex(), &r.key))
        .collect();
    db.run_over(
        &tables.sql(&format!(
            "INSERT INTO reached_{{g}} SELECT v.n, j.value->>1, unhex(j.value->>2), j.value->>3 {of_visitor}"
        )),
        &reached,
    )?;
    let kept: Vec<_> = changes
        .kept
        .iter()
        .map(|(visitor, at, event, kept)| (visitor.to_hex(), at, event.to_hex(), kept))
        .collect();
    db.run_over(
        &tables.sql(&format!(
            "INSERT INTO kept_{{g}} SELECT v.n, j.value->>1, unhex(j.value->>2), j.value->>3 {of_visitor}"
        )),
        &kept,
    )?;
    db.run_over(
        &tables.sql(&format!(
            "INSERT OR IGNORE INTO suspected_{{g}} SELECT v.n {of_visitor} WHERE v.suspected > 0"
        )),
        &kept,
    )
}

/// Writes new bindings; of visitors who lost one, all of them.
fn save_bindings(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    let row = |visitor: VisitorId, b: &Binding| {
        let (event, lead) = (b.event.to_hex(), b.lead.to_hex());
        (visitor.to_hex(), b.from, event, lead)
    };
    let is_rebound = |visitor: &VisitorId| changes.rebound.contains(visitor);
    let new = changes.bindings.iter();
    let mut rows: Vec<_> = new
        .filter(|(visitor, _)| !is_rebound(visitor))
        .map(|(visitor, binding)| row(*visitor, binding))
        .collect();
    for visitor in changes.rebound.iter().filter_map(|id| world.visitor(*id)) {
        rows.extend(visitor.bindings.iter().map(|b| row(visitor.id, b)));
    }
    let rebound: Vec<String> = changes.rebound.iter().map(ToHex::to_hex).collect();
    db.run_over(
        &tables.sql(
            "DELETE FROM bindings_{g} WHERE visitor IN
               (SELECT v.n FROM json_each(?) j JOIN visitors_{g} v ON v.id = unhex(j.value))",
        ),
        &rebound,
    )?;
    db.run_over(
        &tables.sql(
            "INSERT INTO bindings_{g} SELECT v.n, j.value->>1, unhex(j.value->>2), unhex(j.value->>3)
             FROM json_each(?) j JOIN visitors_{g} v ON v.id = unhex(j.value->>0)",
        ),
        &rows,
    )
}
