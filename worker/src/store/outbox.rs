//! Effects that leave the object: written in the commit that causes them, sent later, repeated until
//! they are done. Each has a key; a newer effect of the same key replaces an older one that waits.

use super::sql::Database;
use crate::error::StoreError;
use domain::id::Ms;

/// The table. Parked rows are the dead letters.
pub(crate) const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS outbox(
  key TEXT PRIMARY KEY, body TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL,
  parked INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;";

/// Puts an effect out to be sent.
pub(crate) fn put(db: &Database, key: &str, body: &str, now: Ms) -> Result<(), StoreError> {
    db.run_with(
        "INSERT INTO outbox(key, body, due_at) VALUES(?, ?, ?) ON CONFLICT(key) DO UPDATE SET
           body = excluded.body, tries = 0, due_at = excluded.due_at, parked = 0",
        (key, body, now),
    )
}

/// The effects that are due: (key, body, tries so far).
pub(crate) fn due(
    db: &Database,
    now: Ms,
    limit: u32,
) -> Result<Vec<(String, String, u32)>, StoreError> {
    db.read("SELECT key, body, tries FROM outbox WHERE due_at <= ? AND NOT parked ORDER BY due_at, key LIMIT ?", (now, limit))
}

/// When the next effect is due.
pub(crate) fn next(db: &Database) -> Result<Option<Ms>, StoreError> {
    let row: Option<(Option<Ms>,)> =
        db.read_one("SELECT min(due_at) FROM outbox WHERE NOT parked", ())?;
    Ok(row.and_then(|(due_at,)| due_at))
}

/// The effect has been done, unless a newer one has taken its place.
pub(crate) fn done(db: &Database, key: &str, body: &str) -> Result<(), StoreError> {
    db.run_with("DELETE FROM outbox WHERE key = ? AND body = ?", (key, body))
}

/// The effect has failed: due again then, or never again.
pub(crate) fn failed(db: &Database, key: &str, again_at: Option<Ms>) -> Result<(), StoreError> {
    db.run_with(
        "UPDATE outbox SET tries = tries + 1, due_at = ifnull(?, due_at), parked = ? IS NULL WHERE key = ?",
        (again_at, again_at, key),
    )
}
