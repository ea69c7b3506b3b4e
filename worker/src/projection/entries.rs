//! Entries of people's histories, and the conversations beside them: into rows, and a page of them.

use super::load::{ToHex, hexes};
use super::read::Place;
use super::tables::Tables;
use crate::error::StoreError;
use crate::store::sql::Database;
use domain::conversation::Noted;
use domain::entry::Entry;
use domain::fold::Changes;
use domain::id::LeadId;
use serde::de::DeserializeOwned;

/// Writes what has come. A record that is gone has no history, even where it comes back.
pub(super) fn save(db: &Database, tables: Tables, changes: &Changes) -> Result<(), StoreError> {
    let gone: Vec<String> = changes.gone.iter().map(ToHex::to_hex).collect();
    db.run_over(
        &tables
            .sql("DELETE FROM entries_{g} WHERE lead IN (SELECT unhex(value) FROM json_each(?))"),
        &gone,
    )?;
    let entries = changes.entries.iter();
    let rows: Vec<_> = entries
        .map(|(lead, entry)| (lead.to_hex(), entry.at, entry.seq, entry))
        .collect();
    db.run_over(
        &tables.sql(
            "INSERT INTO entries_{g} SELECT unhex(value->>0), value->>1, value->>2, value->>3 FROM json_each(?)",
        ),
        &rows,
    )
}

/// Where a page begins that follows an entry.
pub(crate) fn place(entry: &Entry) -> Place {
    Place {
        by: entry.at,
        id: format!("{:032x}", entry.seq),
    }
}

/// Where a page begins that follows a conversation.
pub(crate) fn place_of(noted: &Noted) -> Place {
    Place {
        by: noted.conversation.at,
        id: noted.conversation.id.to_hex(),
    }
}

/// Entries of these records after a place, the latest first; one that stands in several of them once.
pub(crate) fn entries(
    db: &Database,
    tables: Tables,
    leads: &[LeadId],
    after: &Place,
    limit: u32,
) -> Result<Vec<Entry>, StoreError> {
    let statement =
        "SELECT min(body) FROM entries_{g} WHERE lead IN (SELECT unhex(value) FROM json_each(?))
         AND at <= ? AND (at, printf('%032x', seq)) < (?, ?)
         GROUP BY at, seq ORDER BY at DESC, seq DESC LIMIT ?";
    bodies(db, &tables.sql(statement), leads, after, limit)
}

/// Conversations of these records after a place, the latest first.
pub(crate) fn conversations(
    db: &Database,
    tables: Tables,
    leads: &[LeadId],
    after: &Place,
    limit: u32,
) -> Result<Vec<Noted>, StoreError> {
    let statement =
        "SELECT body FROM conversations_{g} WHERE lead IN (SELECT unhex(value) FROM json_each(?))
         AND at <= ? AND (at, lower(hex(id))) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?";
    bodies(db, &tables.sql(statement), leads, after, limit)
}

fn bodies<T: DeserializeOwned>(
    db: &Database,
    statement: &str,
    leads: &[LeadId],
    after: &Place,
    limit: u32,
) -> Result<Vec<T>, StoreError> {
    let leads = serde_json::to_string(&hexes(leads))?;
    let rows: Vec<(String,)> =
        db.read(statement, (&leads, after.by, after.by, &after.id, limit))?;
    let rows = rows.iter().map(|(body,)| serde_json::from_str(body));
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The numbers of the facts that these records' entries tell of.
pub(crate) fn seqs(
    db: &Database,
    tables: Tables,
    leads: &[LeadId],
) -> Result<Vec<u64>, StoreError> {
    let statement = "SELECT DISTINCT seq FROM entries_{g} WHERE lead IN (SELECT unhex(value) FROM json_each(?)) ORDER BY seq";
    let rows: Vec<(u64,)> = db.read_over(&tables.sql(statement), &hexes(leads))?;
    Ok(rows.into_iter().map(|(seq,)| seq).collect())
}
