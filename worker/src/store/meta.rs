//! Small named values: versions and cursors.

use super::sql::Database;
use crate::error::StoreError;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The table.
pub(crate) const SCHEMA: &str =
    "CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;";

/// The value of that name.
pub(crate) fn get<T: DeserializeOwned>(db: &Database, name: &str) -> Result<Option<T>, StoreError> {
    let row: Option<(String,)> = db.read_one("SELECT body FROM meta WHERE name = ?", (name,))?;
    row.map(|(body,)| serde_json::from_str(&body))
        .transpose()
        .map_err(Into::into)
}

/// Writes a value.
pub(crate) fn put<T: Serialize>(db: &Database, name: &str, value: &T) -> Result<(), StoreError> {
    let body = serde_json::to_string(value)?;
    db.run_with(
        "INSERT INTO meta VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET body = excluded.body",
        (name, &body),
    )
}

/// Takes a value away.
pub(crate) fn remove(db: &Database, name: &str) -> Result<(), StoreError> {
    db.run_with("DELETE FROM meta WHERE name = ?", (name,))
}
