//! Taking the rows of erased browsers away. Not here: those of people (`people`).

use super::load::ToHex;
use super::tables::Tables;
use crate::error::StoreError;
use crate::store::sql::Database;
use domain::fold::Changes;

/// What has rows by a visitor's number. Those of `seen` stay: times and a number that is nobody's any more, and whoever
/// gets it next has rows of their own.
const HISTORY: &[&str] = &[
    "activity",
    "touches",
    "reached",
    "kept",
    "suspected",
    "bindings",
    "account_visitors",
    "unlisted",
];

/// Takes everything away that erased browsers did. One that has come anew since is written after.
pub(super) fn save(db: &Database, tables: Tables, changes: &Changes) -> Result<(), StoreError> {
    let gone: Vec<String> = changes.erased.iter().map(ToHex::to_hex).collect();
    for table in HISTORY {
        let statement = format!(
            "DELETE FROM {table}_{{g}} WHERE visitor IN
               (SELECT v.n FROM json_each(?) j JOIN visitors_{{g}} v ON v.id = unhex(j.value))"
        );
        db.run_over(&tables.sql(&statement), &gone)?;
    }
    db.run_over(
        &tables.sql("DELETE FROM visitors_{g} WHERE id IN (SELECT unhex(value) FROM json_each(?))"),
        &gone,
    )
}
