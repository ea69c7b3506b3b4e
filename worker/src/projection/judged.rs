//! What only a verdict needs of a visitor: read before one is applied, and written anew after. Not here: what a
//! verdict changes (`domain::fold`).

use super::load::{ToHex, hexes};
use super::tables::Tables;
use crate::error::StoreError;
use crate::store::sql::Database;
use domain::fold::{Changes, World};
use domain::id::{EventId, Ms, VisitorId};
use domain::score::{Activity, ShapeId};
use domain::touch::{Touch, TouchAt};
use domain::verdict::{Aside, Kept};
use domain::visitor::Visitor;
use std::collections::{BTreeMap, BTreeSet};

/// An activity or a touch that weighs.
const WEIGHS: u8 = 1;
/// One that did before the verdict that holds now.
const WEIGHED: u8 = 2;

/// One that does not.
const RESTS: u8 = 0;
/// Stands for the shape of what does not weigh: nobody looks at it.
pub(super) const NO_SHAPE: ShapeId = ShapeId(0);

/// What is kept of these visitors for another verdict, and what weighed before the one that holds.
pub(super) fn read(
    db: &Database,
    tables: Tables,
    visitors: &BTreeSet<VisitorId>,
) -> Result<BTreeMap<VisitorId, Aside>, StoreError> {
    let mut asides: BTreeMap<VisitorId, Aside> = BTreeMap::new();
    if visitors.is_empty() {
        return Ok(asides);
    }
    let keys = hexes(&visitors.iter().copied().collect::<Vec<_>>());
    let of = |columns: &str, table: &str| {
        let statement = format!(
            "SELECT lower(hex(v.id)), t.at, lower(hex(t.event)), t.{columns} FROM visitors_{{g}} v
             JOIN {table}_{{g}} t ON t.visitor = v.n WHERE v.id IN (SELECT unhex(value) FROM json_each(?))"
        );
        tables.sql(&statement)
    };
    let kept: Vec<(VisitorId, Ms, EventId, String)> = db.read_over(&of("body", "kept"), &keys)?;
    for (visitor, at, event, body) in kept {
        let kept: Kept = serde_json::from_str(&body)?;
        let aside = asides.entry(visitor).or_default();
        aside.kept.insert((at, event), kept);
    }
    let weighed = format!(" AND t.weighs = {WEIGHED}");
    let activities: Vec<(VisitorId, Ms, EventId, ShapeId)> =
        db.read_over(&(of("shape", "activity") + &weighed), &keys)?;
    for (visitor, at, event, shape) in activities {
        let aside = asides.entry(visitor).or_default();
        aside.activities.insert(Activity { at, event, shape });
    }
    let touches = of("body", "touches") + &weighed + " ORDER BY v.id, t.at, t.event";
    let touches: Vec<(VisitorId, Ms, EventId, String)> = db.read_over(&touches, &keys)?;
    for (visitor, at, event, body) in touches {
        let touch: Touch = serde_json::from_str(&body)?;
        let aside = asides.entry(visitor).or_default();
        aside.touches.push(TouchAt { at, event, touch });
    }
    Ok(asides)
}

/// Writes the weight of everything anew that visitors did about whom a person decided.
pub(super) fn save(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    if changes.judged.is_empty() {
        return Ok(());
    }
    let visitors = || changes.judged.iter().filter_map(|id| world.visitor(*id));
    let keys = hexes(&changes.judged.iter().copied().collect::<Vec<_>>());
    let theirs =
        "visitor IN (SELECT v.n FROM json_each(?) j JOIN visitors_{g} v ON v.id = unhex(j.value))";
    db.run_over(
        &tables.sql(&format!(
            "UPDATE activity_{{g}} SET weighs = 0 WHERE {theirs} AND weighs > 0"
        )),
        &keys,
    )?;
    db.run_over(
        &tables.sql(
            "UPDATE activity_{g} SET shape = j.value->>3, weighs = j.value->>4
             FROM json_each(?) j JOIN visitors_{g} v ON v.id = unhex(j.value->>0)
             WHERE activity_{g}.visitor = v.n AND activity_{g}.at = j.value->>1 AND activity_{g}.event = unhex(j.value->>2)",
        ),
        &visitors().flat_map(activities).collect::<Vec<_>>(),
    )?;
    db.run_over(
        &tables.sql(&format!("DELETE FROM touches_{{g}} WHERE {theirs}")),
        &keys,
    )?;
    db.run_over(
        &tables.sql(
            "INSERT INTO touches_{g} SELECT v.n, j.value->>1, unhex(j.value->>2), j.value->>3, j.value->>4
             FROM json_each(?) j JOIN visitors_{g} v ON v.id = unhex(j.value->>0)",
        ),
        &visitors().flat_map(touches).collect::<Vec<_>>(),
    )
}

/// A visitor's activities as rows.
fn activities(visitor: &Visitor) -> Vec<(String, Ms, String, ShapeId, u8)> {
    let row = |weighs: u8| {
        let id = visitor.id.to_hex();
        move |a: &Activity| (id.clone(), a.at, a.event.to_hex(), a.shape, weighs)
    };
    let weighed = visitor.aside.activities.iter().map(row(WEIGHED));
    let weighing: BTreeSet<(Ms, EventId)> = {
        let activities = visitor.activities.iter();
        activities.map(|a| (a.at, a.event)).collect()
    };
    let kept = visitor.aside.kept.keys();
    let resting = kept
        .filter(|key| !weighing.contains(key))
        .map(|key| Activity {
            at: key.0,
            event: key.1,
            shape: NO_SHAPE,
        });
    let resting: Vec<Activity> = resting.collect();
    weighed
        .chain(visitor.activities.iter().map(row(WEIGHS)))
        .chain(resting.iter().map(row(RESTS)))
        .collect()
}

/// A visitor's touches as rows.
fn touches(visitor: &Visitor) -> Vec<(String, Ms, String, &Touch, u8)> {
    let row = |weighs: u8| {
        let id = visitor.id.to_hex();
        move |t| {
            let TouchAt { at, event, touch }: &TouchAt = t;
            (id.clone(), *at, event.to_hex(), touch, weighs)
        }
    };
    let weighed = visitor.aside.touches.iter().map(row(WEIGHED));
    weighed
        .chain(visitor.touches.iter().map(row(WEIGHS)))
        .collect()
}
