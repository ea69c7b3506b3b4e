//! Erasures under way, and segments that were made anew for one and are not known to stand in edge KV yet.
//!
//! What is to be erased (keys and browsers) is kept here alone, until it is nowhere else. Not here: the walk over the
//! facts (`automation::erase`).

use super::sql::Database;
use crate::error::StoreError;
use domain::contact::Key;
use domain::id::{LeadId, Ms, VisitorId};
use serde::{Deserialize, Serialize};

/// The tables. `packed` is the segment in hexadecimal digits: it is the only copy until it was read back.
pub(crate) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS erasures(seq INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS remade(first_seq INTEGER PRIMARY KEY, packed TEXT NOT NULL, written_at INTEGER);";

/// An erasure under way.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Job {
    /// What finds the person.
    pub(crate) keys: Vec<Key>,
    /// The records.
    pub(crate) leads: Vec<LeadId>,
    /// The browsers that were the person's alone.
    pub(crate) visitors: Vec<VisitorId>,
    /// Up to which fact the journal's rows are done.
    pub(crate) rows_to: u64,
    /// Whether all of them are.
    pub(crate) rows_done: bool,
    /// Up to which fact the trimmed segments are done.
    pub(crate) segments_to: u64,
    /// Whether facts changed in sealed segments of which no note is kept, as after a restore.
    #[serde(default)]
    pub(crate) unnoted: bool,
    /// Whether facts changed that are of others too, so that the projections are to be built anew.
    pub(crate) rebuild: bool,
    /// Whether it came back from edge KV: the rows may be of facts that were erased in part.
    #[serde(default)]
    pub(crate) restored: bool,
    /// Whether edge KV knows of it, and has no score of the person any more.
    #[serde(default)]
    pub(crate) noted: bool,
    /// Whether every fact was looked at, so that nothing but edge KV is waited for.
    #[serde(default)]
    pub(crate) walked: bool,
}

impl Job {
    /// The same, looking for what the other looks for too.
    pub(crate) fn with(mut self, other: Job) -> Job {
        let keys = other.keys.into_iter();
        let unknown: Vec<Key> = keys.filter(|key| !self.keys.contains(key)).collect();
        self.keys.extend(unknown);
        self.add(other.visitors);
        self
    }

    /// Adds browsers that are not known yet.
    pub(crate) fn add(&mut self, visitors: impl IntoIterator<Item = VisitorId>) {
        for visitor in visitors {
            if !self.visitors.contains(&visitor) {
                self.visitors.push(visitor);
            }
        }
    }
}

/// A segment that was made anew.
pub(crate) struct Remade {
    /// Its first fact.
    pub(crate) first_seq: u64,
    /// Its bytes.
    pub(crate) packed: Vec<u8>,
    /// When it was written to edge KV.
    pub(crate) written_at: Option<Ms>,
}

/// Begins an erasure, or notes how far one has come; the fact of that number asked for it.
pub(crate) fn put(db: &Database, seq: u64, job: &Job) -> Result<(), StoreError> {
    let body = serde_json::to_string(job)?;
    db.run_with(
        "INSERT INTO erasures VALUES(?, ?) ON CONFLICT(seq) DO UPDATE SET body = excluded.body",
        (seq, &body),
    )
}

/// The oldest erasure under way.
pub(crate) fn next(db: &Database) -> Result<Option<(u64, Job)>, StoreError> {
    let row: Option<(u64, String)> =
        db.read_one("SELECT seq, body FROM erasures ORDER BY seq LIMIT 1", ())?;
    row.map(|(seq, body)| Ok((seq, serde_json::from_str(&body)?)))
        .transpose()
}

/// Every erasure under way.
pub(crate) fn all(db: &Database) -> Result<Vec<(u64, Job)>, StoreError> {
    let rows: Vec<(u64, String)> = db.read("SELECT seq, body FROM erasures ORDER BY seq", ())?;
    let jobs = rows
        .iter()
        .map(|(seq, body)| Ok((*seq, serde_json::from_str(body)?)));
    jobs.collect()
}

/// The erasure has ended.
pub(crate) fn done(db: &Database, seq: u64) -> Result<(), StoreError> {
    db.run_with("DELETE FROM erasures WHERE seq = ?", (seq,))
}

/// Keeps a segment until it is known to stand in edge KV.
pub(crate) fn keep(db: &Database, first_seq: u64, packed: &[u8]) -> Result<(), StoreError> {
    let hex: String = packed.iter().map(|byte| format!("{byte:02x}")).collect();
    db.run_with(
        "INSERT OR REPLACE INTO remade VALUES(?, ?, NULL)",
        (first_seq, &hex),
    )
}

/// The next segment that is to be written, or that was written by then and is to be read back.
pub(crate) fn kept(db: &Database, written_by: Ms) -> Result<Option<Remade>, StoreError> {
    let row: Option<(u64, String, Option<Ms>)> = db.read_one(
        "SELECT first_seq, packed, written_at FROM remade WHERE coalesce(written_at, 0) <= ? ORDER BY first_seq LIMIT 1",
        (written_by,),
    )?;
    Ok(row.map(|(first_seq, hex, written_at)| Remade {
        first_seq,
        packed: bytes(&hex),
        written_at,
    }))
}

/// When the next of them is to be looked at, as of when it was written.
pub(crate) fn oldest_written_at(db: &Database) -> Result<Option<Ms>, StoreError> {
    let row: Option<(Option<Ms>,)> =
        db.read_one("SELECT min(coalesce(written_at, 0)) FROM remade", ())?;
    Ok(row.and_then(|(at,)| at))
}

/// Notes that a segment was written.
pub(crate) fn written(db: &Database, first_seq: u64, at: Ms) -> Result<(), StoreError> {
    db.run_with(
        "UPDATE remade SET written_at = ? WHERE first_seq = ?",
        (at, first_seq),
    )
}

/// The segment stands in edge KV.
pub(crate) fn let_go(db: &Database, first_seq: u64) -> Result<(), StoreError> {
    db.run_with("DELETE FROM remade WHERE first_seq = ?", (first_seq,))
}

fn bytes(hex: &str) -> Vec<u8> {
    let pairs = hex.as_bytes().chunks(2);
    let digits = pairs.filter_map(|pair| std::str::from_utf8(pair).ok());
    digits
        .filter_map(|pair| u8::from_str_radix(pair, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_back_as_written() {
        assert_eq!(bytes("00ff7f"), [0, 255, 127]);
        assert_eq!(bytes(""), [0_u8; 0]);
    }
}
