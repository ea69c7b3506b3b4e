//! The sealed segments of the journal: what was written to KV, whether it was read back, and whether its events have
//! left the journal.
//!
//! They leave from the oldest on: up to [`trimmed_to`] the journal's rows are what is not an event, and the whole
//! stands in KV. In scope: these rows, and reading facts that are no longer in the journal. Not here: when a segment is read
//! back and trimmed (`automation::trim`).

use super::kv::{self, Edge};
use super::sql::Database;
use super::{journal, meta};
use crate::error::StoreError;
use crate::limit::{HOT_DAYS_DEFAULT, HOT_DAYS_MAX, SEGMENTS_KEPT_MAX};
use domain::id::{Ms, WorkspaceId};
use domain::journal::Fact;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// The table: `check_at` is when the segment is to be read back, null when that was done; `trimmed` how many events
/// have left the journal, null while they are in it.
pub(crate) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS segments(
  first_seq INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
  sealed_at INTEGER NOT NULL, newest_at INTEGER NOT NULL, check_at INTEGER, trimmed INTEGER);
CREATE INDEX IF NOT EXISTS segments_check ON segments(check_at) WHERE check_at IS NOT NULL;";

/// Where it is kept up to which fact events have left the journal.
const TRIMMED: &str = "trimmed";
const MS_A_DAY: Ms = 86_400_000;

type Row = (u64, u64, u64, String, Ms, Ms, Option<Ms>);
const COLUMNS: &str = "first_seq, last_seq, bytes, sha256, sealed_at, newest_at, check_at";

/// A sealed segment, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sealed {
    /// Its first fact, and so its key.
    pub(crate) first_seq: u64,
    /// Its last fact.
    pub(crate) last_seq: u64,
    bytes: u64,
    sha256: String,
    sealed_at: Ms,
    /// When the newest of its facts was written.
    pub(crate) newest_at: Ms,
    /// When it is to be read back; none when that was done.
    pub(crate) check_at: Option<Ms>,
}

impl Sealed {
    /// What was written of these facts, to be read back then; of no facts nothing.
    pub(crate) fn of(facts: &[Fact], packed: &[u8], now: Ms, check_at: Ms) -> Option<Sealed> {
        let newest_at = facts.iter().map(|fact| fact.at).max()?;
        Some(Sealed {
            first_seq: facts.first()?.seq,
            last_seq: facts.last()?.seq,
            bytes: length(packed),
            sha256: sha256(packed),
            sealed_at: now,
            newest_at,
            check_at: Some(check_at),
        })
    }

    /// Whether these bytes are what was written.
    pub(crate) fn is(&self, bytes: &[u8]) -> bool {
        self.bytes == length(bytes) && self.sha256 == sha256(bytes)
    }

    fn from_row((first_seq, last_seq, bytes, sha256, sealed_at, newest_at, check_at): Row) -> Self {
        Sealed {
            first_seq,
            last_seq,
            bytes,
            sha256,
            sealed_at,
            newest_at,
            check_at,
        }
    }
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Notes a segment that was written, for the first time or again.
pub(crate) fn record(db: &Database, sealed: &Sealed) -> Result<(), StoreError> {
    db.run_with(
        "INSERT OR REPLACE INTO segments VALUES(?, ?, ?, ?, ?, ?, ?, NULL)",
        (
            sealed.first_seq,
            sealed.last_seq,
            sealed.bytes,
            &sealed.sha256,
            sealed.sealed_at,
            sealed.newest_at,
            sealed.check_at,
        ),
    )
}

/// The segments that are to be read back by now.
pub(crate) fn to_check(db: &Database, now: Ms, limit: usize) -> Result<Vec<Sealed>, StoreError> {
    let limit = u32::try_from(limit).unwrap_or(u32::MAX);
    let statement =
        format!("SELECT {COLUMNS} FROM segments WHERE check_at <= ? ORDER BY check_at LIMIT ?");
    let rows: Vec<Row> = db.read(&statement, (now, limit))?;
    Ok(rows.into_iter().map(Sealed::from_row).collect())
}

/// When the next one is to be read back.
pub(crate) fn next_check_at(db: &Database) -> Result<Option<Ms>, StoreError> {
    let row: Option<(Option<Ms>,)> = db.read_one(
        "SELECT min(check_at) FROM segments WHERE check_at IS NOT NULL",
        (),
    )?;
    Ok(row.and_then(|(at,)| at))
}

/// Sets when the segment is to be read back; none when it was, and is what was written.
pub(crate) fn check_again_at(
    db: &Database,
    first_seq: u64,
    check_at: Option<Ms>,
) -> Result<(), StoreError> {
    db.run_with(
        "UPDATE segments SET check_at = ? WHERE first_seq = ?",
        (check_at, first_seq),
    )
}

/// Up to which fact events have left the journal.
pub(crate) fn trimmed_to(db: &Database) -> Result<u64, StoreError> {
    Ok(meta::get(db, TRIMMED)?.unwrap_or(0))
}

/// The segment that begins with this fact.
pub(crate) fn beginning_with(db: &Database, seq: u64) -> Result<Option<Sealed>, StoreError> {
    let statement = format!("SELECT {COLUMNS} FROM segments WHERE first_seq = ?");
    let row: Option<Row> = db.read_one(&statement, (seq,))?;
    Ok(row.map(Sealed::from_row))
}

/// The first fact of the first segment after this fact.
pub(crate) fn next_after(db: &Database, seq: u64) -> Result<Option<u64>, StoreError> {
    let row: Option<(Option<u64>,)> = db.read_one(
        "SELECT min(first_seq) FROM segments WHERE first_seq > ?",
        (seq,),
    )?;
    Ok(row.and_then(|(seq,)| seq))
}

/// The segment whose events have left the journal and that this fact is in.
pub(crate) fn trimmed_with(db: &Database, seq: u64) -> Result<Option<Sealed>, StoreError> {
    if seq > trimmed_to(db)? {
        return Ok(None);
    }
    let statement = format!(
        "SELECT {COLUMNS} FROM segments WHERE first_seq <= ? ORDER BY first_seq DESC LIMIT 1"
    );
    let row: Option<Row> = db.read_one(&statement, (seq,))?;
    let found = row.map(Sealed::from_row);
    match found.filter(|sealed| seq <= sealed.last_seq) {
        Some(sealed) => Ok(Some(sealed)),
        None => Err(StoreError::Stored {
            what: "segment",
            why: format!("none is known to hold fact {seq}"),
        }),
    }
}

/// Takes the events of a segment out of the journal. Decisions and settings stay. Runs inside a transaction.
pub(crate) fn trim(db: &Database, sealed: &Sealed) -> Result<(), StoreError> {
    let count = journal::remove_tracked(db, sealed.first_seq, sealed.last_seq)?;
    db.run_with(
        "UPDATE segments SET trimmed = ? WHERE first_seq = ?",
        (count, sealed.first_seq),
    )?;
    meta::put(db, TRIMMED, &sealed.last_seq)
}

/// For the tests: how many events have left the journal.
#[cfg(feature = "hooks")]
pub(crate) fn count_trimmed(db: &Database) -> Result<u64, StoreError> {
    let row: Option<(Option<u64>,)> = db.read_one("SELECT sum(trimmed) FROM segments", ())?;
    Ok(row.and_then(|(count,)| count).unwrap_or(0))
}

/// Has the segments made anew that hold these facts and whose events are in the journal still: they are not what was
/// written any more.
pub(crate) fn make_anew(db: &Database, seqs: &[u64], now: Ms) -> Result<(), StoreError> {
    let mut wanted: Vec<(u64, Ms, u64)> = Vec::with_capacity(seqs.len());
    let trimmed_to = trimmed_to(db)?;
    wanted.extend(seqs.iter().map(|seq| (*seq, now, trimmed_to)));
    db.run_over(
        "UPDATE segments SET sha256 = '', check_at = j.value->>1 FROM json_each(?) j
         WHERE first_seq <= j.value->>0 AND last_seq >= j.value->>0 AND first_seq > j.value->>2",
        &wanted,
    )
}

/// Whether a segment is still to be made anew.
pub(crate) fn is_any_outdated(db: &Database) -> Result<bool, StoreError> {
    let row: Option<(u8,)> = db.read_one(
        "SELECT 1 FROM segments WHERE sha256 = '' OR bytes = 0 LIMIT 1",
        (),
    )?;
    Ok(row.is_some())
}

/// Whether a note is kept of a segment that holds one of these facts, of each of them.
pub(crate) fn are_noted(db: &Database, seqs: &[u64]) -> Result<bool, StoreError> {
    let unnoted: Vec<(u64,)> = db.read_over(
        "SELECT value FROM json_each(?) WHERE NOT EXISTS
           (SELECT 1 FROM segments WHERE first_seq <= value AND last_seq >= value) LIMIT 1",
        seqs,
    )?;
    Ok(unnoted.is_empty())
}

/// Notes what a trimmed segment is from now on.
pub(crate) fn rewritten(db: &Database, first_seq: u64, packed: &[u8]) -> Result<(), StoreError> {
    db.run_with(
        "UPDATE segments SET bytes = ?, sha256 = ?, check_at = NULL WHERE first_seq = ?",
        (length(packed), &sha256(packed), first_seq),
    )
}

/// The trimmed segments that were lately read, compressed.
#[derive(Default)]
pub(crate) struct Shelf {
    segments: RefCell<VecDeque<(u64, Rc<Vec<u8>>)>>,
}

impl Shelf {
    /// The facts of a trimmed segment, from memory or from KV. Bytes that are not what was written are an error.
    pub(crate) async fn facts(
        &self,
        edge: &Edge,
        workspace: &WorkspaceId,
        sealed: &Sealed,
    ) -> Result<Vec<Fact>, StoreError> {
        let kept = self.find(sealed.first_seq);
        let bytes = match kept {
            Some(bytes) => bytes,
            None => {
                let bytes = edge.segment_bytes(workspace, sealed.first_seq).await?;
                let bytes = bytes.filter(|bytes| sealed.is(bytes));
                let bytes = bytes.ok_or_else(|| not_as_written(sealed))?;
                self.keep(sealed.first_seq, Rc::new(bytes))
            }
        };
        kv::unpack(&bytes)
    }

    /// Puts a segment in the place of what it was.
    pub(crate) fn put(&self, first_seq: u64, bytes: Vec<u8>) {
        let mut segments = self.segments.borrow_mut();
        segments.retain(|(first, _)| *first != first_seq);
        drop(segments);
        self.keep(first_seq, Rc::new(bytes));
    }

    fn find(&self, first_seq: u64) -> Option<Rc<Vec<u8>>> {
        let segments = self.segments.borrow();
        let (_, bytes) = segments.iter().find(|(first, _)| *first == first_seq)?;
        Some(Rc::clone(bytes))
    }

    fn keep(&self, first_seq: u64, bytes: Rc<Vec<u8>>) -> Rc<Vec<u8>> {
        let mut segments = self.segments.borrow_mut();
        if segments.len() >= SEGMENTS_KEPT_MAX {
            segments.pop_front();
        }
        segments.push_back((first_seq, Rc::clone(&bytes)));
        bytes
    }
}

/// The edge store does not show what was written there.
pub(crate) fn not_as_written(sealed: &Sealed) -> StoreError {
    let why = format!(
        "the edge store does not show facts {}–{} as they were written",
        sealed.first_seq, sealed.last_seq
    );
    StoreError::Stored {
        what: "segment",
        why,
    }
}

/// What the deployment's `HOT_DAYS` says that is no number of days; see [`hot_ms`].
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "HOT_DAYS {0:?} is not a number of days from 1 to {HOT_DAYS_MAX}; {HOT_DAYS_DEFAULT} is taken"
)]
pub(crate) struct InvalidHotDays(String);

/// How long events stay in the journal, as the deployment says; without a word the default.
pub(crate) fn hot_ms(days: Option<&str>) -> Result<Ms, InvalidHotDays> {
    let days = match days {
        None => HOT_DAYS_DEFAULT,
        Some(text) => {
            let days = text.trim().parse().ok();
            days.filter(|days| (1..=HOT_DAYS_MAX).contains(days))
                .ok_or_else(|| InvalidHotDays(text.to_owned()))?
        }
    };
    Ok(days.saturating_mul(MS_A_DAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hot_days_are_a_number_or_a_named_error() {
        let check = |days: Option<&str>, expect: Option<i64>| {
            let found = hot_ms(days).ok();
            assert_eq!(found, expect.map(|days| days * MS_A_DAY), "{days:?}");
        };
        check(None, Some(HOT_DAYS_DEFAULT));
        check(Some("1"), Some(1));
        check(Some(" 400 "), Some(400));
        check(Some("36500"), Some(HOT_DAYS_MAX));
        for bad in ["", "0", "-1", "36501", "90d", "1.5", "99999999999999999999"] {
            check(Some(bad), None);
        }
        let error = hot_ms(Some("soon")).unwrap_err().to_string();
        let expect = "HOT_DAYS \"soon\" is not a number of days from 1 to 36500; 90 is taken";
        assert_eq!(error, expect);
    }

    #[test]
    fn a_segment_is_known_by_its_bytes() {
        let facts = domain::sample::facts(3, 40);
        let packed = b"what is stored".to_vec();
        let sealed = Sealed::of(&facts, &packed, 7, 60_007).unwrap();
        assert_eq!(
            (sealed.first_seq, sealed.last_seq),
            (1, facts.last().unwrap().seq)
        );
        assert!(sealed.is(&packed));
        let mut other = packed.clone();
        *other.last_mut().unwrap() ^= 1;
        assert!(!sealed.is(&other));
        assert!(!sealed.is(&packed[..packed.len() - 1]));
        assert!(!sealed.is(&[]));
        assert_eq!(Sealed::of(&[], &[], 7, 60_007), None);
    }
}
