//! What is due when. An object has one alarm; it is set to the earliest of these.

use super::sql::Database;
use crate::error::StoreError;
use domain::id::Ms;

/// The table.
pub(crate) const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS timers(
  name TEXT PRIMARY KEY, due_at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;";

/// Sees to it that the timer is due no later than then; one that waits after a failure goes on waiting.
pub(crate) fn arm(db: &Database, name: &str, due_at: Ms) -> Result<(), StoreError> {
    db.run_with(
        "INSERT INTO timers(name, due_at) VALUES(?, ?)
         ON CONFLICT(name) DO UPDATE SET due_at = excluded.due_at WHERE tries = 0 AND excluded.due_at < due_at",
        (name, due_at),
    )
}

/// The timers that are due, the earliest first: (name, tries so far).
pub(crate) fn due(db: &Database, now: Ms) -> Result<Vec<(String, u32)>, StoreError> {
    db.read(
        "SELECT name, tries FROM timers WHERE due_at <= ? ORDER BY due_at, name",
        (now,),
    )
}

/// When the earliest is due.
pub(crate) fn next(db: &Database) -> Result<Option<Ms>, StoreError> {
    let row: Option<(Option<Ms>,)> = db.read_one("SELECT min(due_at) FROM timers", ())?;
    Ok(row.and_then(|(due_at,)| due_at))
}

/// Notes a try before it is made, and when the next one would be: a job that breaks the object is not lost.
pub(crate) fn try_again_at(db: &Database, name: &str, due_at: Ms) -> Result<(), StoreError> {
    db.run_with(
        "UPDATE timers SET tries = tries + 1, due_at = ? WHERE name = ?",
        (due_at, name),
    )
}

/// The job is done, or done for now: due again then, or not at all.
pub(crate) fn done(db: &Database, name: &str, again_at: Option<Ms>) -> Result<(), StoreError> {
    match again_at {
        Some(due_at) => db.run_with(
            "UPDATE timers SET tries = 0, due_at = ? WHERE name = ?",
            (due_at, name),
        ),
        None => db.run_with("DELETE FROM timers WHERE name = ?", (name,)),
    }
}
