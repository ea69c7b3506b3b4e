//! Whose score time alone changed: no fact tells of it, so it stands here until edge KV has the new one.

use super::sql::Database;
use crate::error::StoreError;
use domain::day::Day;
use domain::fold::Due;

/// The table: who, as a fact's subject, and on which day.
pub(crate) const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS faded(
  subject TEXT PRIMARY KEY, day INTEGER NOT NULL) WITHOUT ROWID;";

/// Notes whose score changed on a day.
pub(crate) fn add(db: &Database, due: &Due, day: Day) -> Result<(), StoreError> {
    let leads = due.leads.iter().map(|id| format!("lead:{id}"));
    let visitors = due.visitors.iter().map(|id| format!("visitor:{id}"));
    let rows: Vec<_> = leads.chain(visitors).map(|who| (who, day)).collect();
    db.run_over(
        "INSERT INTO faded SELECT value->>0, value->>1 FROM json_each(?) WHERE true
         ON CONFLICT(subject) DO UPDATE SET day = excluded.day",
        &rows,
    )
}

/// Some of them.
pub(crate) fn some(db: &Database, limit: u32) -> Result<Vec<(String, i32)>, StoreError> {
    db.read("SELECT subject, day FROM faded LIMIT ?", (limit,))
}

/// Whether there is anyone.
pub(crate) fn any(db: &Database) -> Result<bool, StoreError> {
    let row: Option<(i32,)> = db.read_one("SELECT 1 FROM faded LIMIT 1", ())?;
    Ok(row.is_some())
}

/// Edge KV has what these had come to on their day.
pub(crate) fn done(db: &Database, published: &[(String, i32)]) -> Result<(), StoreError> {
    db.run_over(
        "DELETE FROM faded WHERE (subject, day) IN (SELECT value->>0, value->>1 FROM json_each(?))",
        published,
    )
}
