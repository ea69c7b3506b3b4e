//! The vault: secrets that the workspace needs as they are. They stand here alone: in no fact, no log and not in edge KV.

use super::sql::Database;
use crate::error::StoreError;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The table.
pub(crate) const SCHEMA: &str =
    "CREATE TABLE IF NOT EXISTS vault(name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;";

/// Everything there is, by name.
pub(crate) fn all<T: DeserializeOwned>(db: &Database) -> Result<Vec<T>, StoreError> {
    let rows: Vec<(String,)> = db.read("SELECT body FROM vault ORDER BY name", ())?;
    let read = |(body,): (String,)| Ok(serde_json::from_str(&body)?);
    rows.into_iter().map(read).collect()
}

/// What is kept under a name.
pub(crate) fn get<T: DeserializeOwned>(db: &Database, name: &str) -> Result<Option<T>, StoreError> {
    let row: Option<(String,)> = db.read_one("SELECT body FROM vault WHERE name = ?", (name,))?;
    row.map(|(body,)| Ok(serde_json::from_str(&body)?))
        .transpose()
}

/// Keeps something under a name, in the place of what was kept there.
pub(crate) fn put<T: Serialize>(db: &Database, name: &str, kept: &T) -> Result<(), StoreError> {
    let body = serde_json::to_string(kept)?;
    db.run_with(
        "INSERT INTO vault VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET body = excluded.body",
        (name, &body),
    )
}

/// Takes away what is kept under a name.
pub(crate) fn remove(db: &Database, name: &str) -> Result<(), StoreError> {
    db.run_with("DELETE FROM vault WHERE name = ?", (name,))
}
