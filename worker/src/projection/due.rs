//! Whose score changes on which day though nothing happens: days fade points, and silence costs some.
//!
//! Not here: scoring them (`domain::fold`), and when a day begins (`workspace`).

use super::load::{self, Keys, ToHex};
use super::save;
use super::tables::{DUE_VISITORS, Tables};
use crate::error::StoreError;
use crate::limit::{DUE_LEADS_AT_ONCE, DUE_ROWS_AT_ONCE};
use crate::store::sql::Database;
use domain::day::Day;
use domain::fold::{Changes, Due, World};
use domain::id::{LeadId, VisitorId};

/// Writes on which day those who were scored are due.
pub(super) fn save(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    let leads = changes.leads.iter().filter_map(|id| world.lead(*id));
    let leads: Vec<_> = leads
        .filter_map(|lead| Some((lead.due?, lead.id.to_hex())))
        .collect();
    db.run_over(
        &tables.sql(
            "INSERT OR IGNORE INTO due_leads_{g} SELECT value->>0, unhex(value->>1) FROM json_each(?)",
        ),
        &leads,
    )?;
    let visitors = changes.visitors.iter().filter_map(|id| world.visitor(*id));
    let visitors: Vec<_> = visitors
        .filter_map(|visitor| Some((visitor.due?, visitor.id.to_hex())))
        .collect();
    let statement = format!(
        "INSERT OR IGNORE INTO due_visitors_{{g}} SELECT DISTINCT j.value->>0, v.n / {DUE_VISITORS}
         FROM json_each(?) j JOIN visitors_{{g}} v ON v.id = unhex(j.value->>1)"
    );
    db.run_over(&tables.sql(&statement), &visitors)
}

/// The first day on which somebody may be due.
pub(crate) fn first(db: &Database, tables: Tables) -> Result<Option<Day>, StoreError> {
    let statement = "SELECT min(day) FROM
         (SELECT min(day) AS day FROM due_leads_{g} UNION ALL SELECT min(day) FROM due_visitors_{g})";
    let row: Option<(Option<Day>,)> = db.read_one(&tables.sql(statement), ())?;
    Ok(row.and_then(|(day,)| day))
}

/// Takes some of those out who are due by a day; whoever is scored is written down for a later one. Nobody when all are done.
/// Some may not be due, but no row says so any more.
pub(crate) fn take(db: &Database, tables: Tables, day: Day) -> Result<Option<Due>, StoreError> {
    let statement = "DELETE FROM due_leads_{g} WHERE (day, lead) IN
           (SELECT day, lead FROM due_leads_{g} WHERE day <= ? ORDER BY day, lead LIMIT ?)
         RETURNING lower(hex(lead))";
    let leads: Vec<(LeadId,)> = db.read(&tables.sql(statement), (day.0, DUE_LEADS_AT_ONCE))?;
    let statement = "DELETE FROM due_visitors_{g} WHERE (day, some) IN
           (SELECT day, some FROM due_visitors_{g} WHERE day <= ? ORDER BY day, some LIMIT ?)
         RETURNING some";
    let some: Vec<(i64,)> = if leads.is_empty() {
        db.read(&tables.sql(statement), (day.0, DUE_ROWS_AT_ONCE))?
    } else {
        Vec::new()
    };
    if leads.is_empty() && some.is_empty() {
        return Ok(None);
    }
    let some: Vec<i64> = some.into_iter().map(|(some,)| some).collect();
    let statement = format!(
        "SELECT lower(hex(v.id)) FROM json_each(?) j
         JOIN visitors_{{g}} v ON v.n >= j.value * {DUE_VISITORS} AND v.n < (j.value + 1) * {DUE_VISITORS}
         WHERE v.due <= {}",
        day.0
    );
    let visitors: Vec<(VisitorId,)> = db.read_over(&tables.sql(&statement), &some)?;
    Ok(Some(Due {
        visitors: visitors.into_iter().map(|(id,)| id).collect(),
        leads: leads.into_iter().map(|(id,)| id).collect(),
    }))
}

/// Scores some of those who are due by today, as a replay does; whether there was anyone.
pub(super) fn replay(db: &Database, tables: Tables) -> Result<bool, StoreError> {
    let mut world = load::empty_world(db, tables)?;
    let day = world.day().unwrap_or_default();
    let Some(due) = take(db, tables, day)? else {
        return Ok(false);
    };
    load::bring(db, tables, &mut world, &Keys::due(&due))?;
    world.rescore_due(&due);
    let changes = world.take_changes();
    save::save(db, tables, &world, &changes)?;
    Ok(true)
}
