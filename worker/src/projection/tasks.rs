//! Tasks: into rows, a page of them, and how many each member has. Not here: what follows from one (`domain::fold`).

use super::companies::name_accounts;
use super::load::{ToHex, hexes};
use super::read::Place;
use super::tables::Tables;
use crate::error::StoreError;
use crate::store::sql::{Bound, Database};
use domain::fold::{Changes, World};
use domain::id::{LeadId, Ms, TaskId, UserId};
use domain::lead::LeadRow;
use domain::task::Noted;
use std::collections::{BTreeMap, BTreeSet};

/// Brings these tasks to hand; the records that they were set for.
pub(super) fn bring(
    db: &Database,
    tables: Tables,
    world: &mut World,
    ids: &BTreeSet<TaskId>,
) -> Result<BTreeSet<LeadId>, StoreError> {
    let unknown = ids.iter().filter(|id| world.task(**id).is_none());
    let unknown: Vec<String> = unknown.map(ToHex::to_hex).collect();
    if !unknown.is_empty() {
        let statement =
            "SELECT body FROM tasks_{g} WHERE id IN (SELECT unhex(value) FROM json_each(?))";
        let found: Vec<(String,)> = db.read_over(&tables.sql(statement), &unknown)?;
        for (body,) in found {
            world.put_task(serde_json::from_str::<Noted>(&body)?);
        }
    }
    let known = ids.iter().filter_map(|id| world.task(*id));
    Ok(known.map(|noted| noted.task.lead).collect())
}

/// Writes what has changed. A record that is gone has none, even where it comes back.
pub(super) fn save(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    let gone: Vec<String> = changes.gone.iter().map(ToHex::to_hex).collect();
    db.run_over(
        &tables.sql("DELETE FROM tasks_{g} WHERE lead IN (SELECT unhex(value) FROM json_each(?))"),
        &gone,
    )?;
    let known = changes.tasks.iter().filter_map(|id| world.task(*id));
    let rows: Vec<_> = known
        .map(|noted| {
            let task = &noted.task;
            (
                task.id.to_hex(),
                task.lead.to_hex(),
                task.assignee.as_ref().map(ToHex::to_hex),
                u8::from(task.state.is_open()),
                task.due_at,
                noted,
            )
        })
        .collect();
    db.run_over(
        &tables.sql(
            "INSERT INTO tasks_{g} SELECT unhex(value->>0), unhex(value->>1), unhex(value->>2), value->>3, value->>4, value->>5
             FROM json_each(?) WHERE true
             ON CONFLICT(id) DO UPDATE SET assignee = excluded.assignee, open = excluded.open, due_at = excluded.due_at,
               body = excluded.body",
        ),
        &rows,
    )
}

/// Which tasks are asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Which {
    /// Those that are settled, and not those that are open.
    pub(crate) settled: bool,
    /// Only this member's.
    pub(crate) assignee: Option<UserId>,
    /// Only those of these records.
    pub(crate) leads: Option<Vec<LeadId>>,
    /// Only those due from then on.
    pub(crate) from: Option<Ms>,
    /// Only those due before then.
    pub(crate) before: Option<Ms>,
}

impl Which {
    /// As a condition, with its parameters in order. Each form of it has an index that it walks.
    fn matching(&self) -> Result<(String, Vec<Bound>), StoreError> {
        // Those of some people are few: a sign before it keeps SQLite from walking all that are open.
        let plus = if self.leads.is_some() { "+" } else { "" };
        let mut sql = format!("{plus}open = {}", u8::from(!self.settled));
        let mut bound = Vec::new();
        if let Some(user) = self.assignee {
            sql.push_str(" AND assignee = unhex(?)");
            bound.push(Bound::Text(user.to_hex()));
        }
        if let Some(leads) = &self.leads {
            sql.push_str(" AND lead IN (SELECT unhex(value) FROM json_each(?))");
            bound.push(Bound::Text(serde_json::to_string(&hexes(leads))?));
        }
        for (edge, sign) in [(self.from, ">="), (self.before, "<")] {
            if let Some(at) = edge {
                sql.push_str(&format!(" AND due_at {sign} ?"));
                bound.push(Bound::Number(at));
            }
        }
        Ok((sql, bound))
    }
}

/// A page of tasks, the earliest due first, and where to go on.
pub(crate) fn page(
    db: &Database,
    tables: Tables,
    which: &Which,
    after: Option<&Place>,
    limit: u32,
) -> Result<(Vec<Noted>, Option<Place>), StoreError> {
    let (matching, mut bound) = which.matching()?;
    let mut behind = String::new();
    if let Some(after) = after {
        behind.push_str(" AND due_at >= ? AND (due_at, id) > (?, unhex(?))");
        bound.extend([
            Bound::Number(after.by),
            Bound::Number(after.by),
            Bound::Text(after.id.clone()),
        ]);
    }
    let statement = format!(
        "SELECT due_at, lower(hex(id)), body FROM tasks_{{g}} WHERE {matching}{behind} ORDER BY due_at, id LIMIT ?"
    );
    bound.push(Bound::Number(i64::from(limit).saturating_add(1)));
    let rows = db.read(&tables.sql(&statement), &bound)?;
    super::read::page(rows, limit)
}

/// How many tasks there are.
pub(crate) fn count(db: &Database, tables: Tables, which: &Which) -> Result<u64, StoreError> {
    let (matching, bound) = which.matching()?;
    let statement = format!("SELECT count(*) FROM tasks_{{g}} WHERE {matching}");
    let row: Option<(u64,)> = db.read_one(&tables.sql(&statement), &bound)?;
    Ok(row.map_or(0, |(count,)| count))
}

/// Of each member: how many open tasks, and how many of them are overdue.
pub(crate) fn loads(
    db: &Database,
    tables: Tables,
    now: Ms,
) -> Result<Vec<(Option<UserId>, u64, u64)>, StoreError> {
    // From one member to the next along the index, so that neither rows nor what is settled is read.
    let statement = tables.sql(
        "WITH RECURSIVE who(member) AS (
           SELECT min(assignee) FROM tasks_{g}
           UNION ALL SELECT (SELECT min(assignee) FROM tasks_{g} WHERE assignee > member) FROM who WHERE member IS NOT NULL),
         counts(member, tasks, overdue) AS (
           SELECT lower(hex(member)), (SELECT count(*) FROM tasks_{g} WHERE assignee = member AND open = 1),
             (SELECT count(*) FROM tasks_{g} WHERE assignee = member AND open = 1 AND due_at < ?1) FROM who WHERE member IS NOT NULL
           UNION ALL SELECT NULL, (SELECT count(*) FROM tasks_{g} WHERE assignee IS NULL AND open = 1),
             (SELECT count(*) FROM tasks_{g} WHERE assignee IS NULL AND open = 1 AND due_at < ?1))
         SELECT member, tasks, overdue FROM counts WHERE tasks > 0",
    );
    db.read(&statement, (now,))
}

/// The people whose records these are, as lists show them, by record.
pub(crate) fn people(
    db: &Database,
    tables: Tables,
    records: &BTreeSet<LeadId>,
) -> Result<BTreeMap<LeadId, LeadRow>, StoreError> {
    let records: Vec<LeadId> = records.iter().copied().collect();
    let statement =
        "SELECT lower(hex(l.id)), r.row FROM leads_{g} l JOIN leads_{g} r ON r.id = l.root
         WHERE l.id IN (SELECT unhex(value) FROM json_each(?))";
    let found: Vec<(LeadId, String)> = db.read_over(&tables.sql(statement), &hexes(&records))?;
    let (mut ids, mut rows) = (Vec::new(), Vec::new());
    for (id, row) in found {
        ids.push(id);
        rows.push(serde_json::from_str(&row)?);
    }
    name_accounts(db, tables, &mut rows)?;
    Ok(ids.into_iter().zip(rows).collect())
}

/// People to whom nobody spoke, each with since when.
pub(crate) type Silent = Vec<(LeadId, Ms)>;

/// People for whom nothing is set and to whom nobody spoke since before a time, those who wait longest first: who, and since
/// when; where to go on.
pub(crate) fn silent(
    db: &Database,
    tables: Tables,
    (owner, before): (Option<UserId>, Ms),
    after: Option<&Place>,
    limit: u32,
) -> Result<(Silent, Option<Place>), StoreError> {
    let (matching, mut bound) = silence(owner, before);
    let mut behind = String::new();
    if let Some(after) = after {
        behind.push_str(" AND silent_since >= ? AND (silent_since, id) > (?, unhex(?))");
        bound.extend([
            Bound::Number(after.by),
            Bound::Number(after.by),
            Bound::Text(after.id.clone()),
        ]);
    }
    let statement = format!(
        "SELECT lower(hex(id)), silent_since FROM listed_{{g}} WHERE {matching}{behind} ORDER BY silent_since, id LIMIT ?"
    );
    bound.push(Bound::Number(i64::from(limit).saturating_add(1)));
    let mut rows: Silent = db.read(&tables.sql(&statement), &bound)?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|(id, since)| Place {
        by: *since,
        id: id.to_hex(),
    });
    Ok((rows, next))
}

/// How many of them there are.
pub(crate) fn count_silent(
    db: &Database,
    tables: Tables,
    of: (Option<UserId>, Ms),
) -> Result<u64, StoreError> {
    let (matching, bound) = silence(of.0, of.1);
    let statement = format!("SELECT count(*) FROM listed_{{g}} WHERE {matching}");
    let row: Option<(u64,)> = db.read_one(&tables.sql(&statement), &bound)?;
    Ok(row.map_or(0, |(count,)| count))
}

fn silence(owner: Option<UserId>, before: Ms) -> (String, Vec<Bound>) {
    let mut sql = "silent_since IS NOT NULL AND silent_since < ?".to_owned();
    let mut bound = vec![Bound::Number(before)];
    if let Some(owner) = owner {
        sql.push_str(" AND owner = unhex(?)");
        bound.push(Bound::Text(owner.to_hex()));
    }
    (sql, bound)
}

/// Of those who did something since a time, the ones with the highest scores.
pub(crate) fn busy(
    db: &Database,
    tables: Tables,
    (owner, since): (Option<UserId>, Ms),
    limit: u32,
) -> Result<Vec<LeadId>, StoreError> {
    let mut bound = vec![Bound::Number(since)];
    let mut of = String::new();
    if let Some(owner) = owner {
        // A sign before it keeps SQLite from walking its index: the one by the latest activity has all that is asked.
        of.push_str(" AND +owner = unhex(?)");
        bound.push(Bound::Text(owner.to_hex()));
    }
    bound.push(Bound::Number(limit.into()));
    let statement = format!(
        "SELECT lower(hex(id)) FROM listed_{{g}} WHERE last_at >= ?{of} ORDER BY +score DESC, id LIMIT ?"
    );
    let rows: Vec<(LeadId,)> = db.read(&tables.sql(&statement), &bound)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
