//! The journal's rows, and the ids by which a repeat is known.

use super::sql::Database;
use crate::error::StoreError;
use domain::api::{Area, Deed, Done};
use domain::audit;
use domain::id::{BulkId, LeadId, Ms, UserId};
use domain::journal::{Actor, Body, Fact, Subject};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use uuid::Uuid;

/// Of which kinds the facts are that the audit log tells: those of [`domain::audit::KINDS`]. The index and the read say it in
/// the same words, or SQLite does not use the one for the other: with a kind more the index gets another name.
macro_rules! told {
    () => {
        "kind IN ('workspace_opened', 'site_saved', 'rulebook_published', 'verdict_changed', 'import_opened', 'import_undone', 'schema_saved', 'persona_saved', 'persona_removed', 'heads_named', 'definition_drafted', 'definition_signed', 'person_erased', 'ladder_saved', 'calendar_saved', 'routing_saved', 'away_saved', 'segment_saved', 'segment_removed', 'bulk_begun')"
    };
}

/// The tables. An event's subject is found by its visitor's activity, so only the other facts are indexed.
pub(crate) const SCHEMA: &str = concat!(
    "
CREATE TABLE IF NOT EXISTS journal(
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, occurred_at INTEGER NOT NULL, actor TEXT NOT NULL,
  subject TEXT NOT NULL, kind TEXT NOT NULL, v INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS journal_subject ON journal(subject) WHERE kind <> 'tracked';
DROP INDEX IF EXISTS journal_told;
CREATE INDEX IF NOT EXISTS journal_audited ON journal(seq) WHERE ",
    told!(),
    ";
CREATE TABLE IF NOT EXISTS ids(id BLOB PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;"
);

type Row = (u64, Ms, Ms, String, String, u16, String);
const COLUMNS: &str = "seq, at, occurred_at, actor, kind, v, body";

/// Appends facts, and the ids of those that have one.
pub(crate) fn append(db: &Database, facts: &[Fact]) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(facts.len());
    let mut ids = Vec::with_capacity(facts.len());
    for fact in facts {
        let (kind, v) = fact.body.kind();
        let (actor, subject) = (fact.actor.to_string(), fact.body.subject().to_string());
        rows.push((
            fact.seq,
            fact.at,
            fact.occurred_at,
            actor,
            subject,
            kind,
            v,
            fact.body.encode()?,
        ));
        if let Some(id) = fact.body.idempotency_id() {
            ids.push((id.simple().to_string(), fact.seq));
        }
    }
    db.run_over(
        "INSERT INTO journal SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7
         FROM json_each(?)",
        &rows,
    )?;
    db.run_over(
        "INSERT INTO ids SELECT unhex(value->>0), value->>1 FROM json_each(?)",
        &ids,
    )
}

/// Puts facts in the place of those of the same numbers; the ids by which a repeat is known stay.
pub(crate) fn replace(db: &Database, facts: &[Fact]) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(facts.len());
    for fact in facts {
        let (kind, v) = fact.body.kind();
        let (actor, subject) = (fact.actor.to_string(), fact.body.subject().to_string());
        rows.push((fact.seq, actor, subject, kind, v, fact.body.encode()?));
    }
    db.run_over(
        "UPDATE journal SET actor = j.value->>1, subject = j.value->>2, kind = j.value->>3, v = j.value->>4,
           body = j.value->>5
         FROM json_each(?) j WHERE journal.seq = j.value->>0",
        &rows,
    )
}

/// Which of these ids are in the journal already.
pub(crate) fn known(db: &Database, ids: &[Uuid]) -> Result<HashSet<Uuid>, StoreError> {
    let keys: Vec<String> = ids.iter().map(|id| id.simple().to_string()).collect();
    let found: Vec<(Uuid,)> = db.read_over(
        "SELECT lower(hex(id)) FROM ids WHERE id IN (SELECT unhex(value) FROM json_each(?))",
        &keys,
    )?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// The number of the last fact; 0 in an empty journal.
pub(crate) fn last_seq(db: &Database) -> Result<u64, StoreError> {
    let row: Option<(Option<u64>,)> = db.read_one("SELECT max(seq) FROM journal", ())?;
    Ok(row.and_then(|(seq,)| seq).unwrap_or(0))
}

/// At most `limit` facts after this one, and no more than `bytes_max` of bodies, but always one.
pub(crate) fn after(
    db: &Database,
    seq: u64,
    limit: u32,
    bytes_max: usize,
) -> Result<Vec<Fact>, StoreError> {
    let bytes_max = u64::try_from(bytes_max).unwrap_or(u64::MAX);
    let statement = format!(
        "SELECT {COLUMNS} FROM (
           SELECT {COLUMNS}, sum(length(body)) OVER (ORDER BY seq) AS bytes
           FROM (SELECT {COLUMNS} FROM journal WHERE seq > ? ORDER BY seq LIMIT ?))
         WHERE bytes <= ? OR seq = (SELECT min(seq) FROM journal WHERE seq > ?) ORDER BY seq"
    );
    let rows: Vec<Row> = db.read(&statement, (seq, limit, bytes_max, seq))?;
    rows.into_iter().map(fact).collect()
}

/// The facts of these numbers.
pub(crate) fn facts(db: &Database, seqs: &[u64]) -> Result<Vec<Fact>, StoreError> {
    let rows: Vec<Row> = db.read_over(
        &format!("SELECT {COLUMNS} FROM journal WHERE seq IN (SELECT value FROM json_each(?))"),
        seqs,
    )?;
    rows.into_iter().map(fact).collect()
}

/// What these records are named in, but events; one fact of several of them is not among it.
pub(crate) fn about(db: &Database, leads: &[LeadId]) -> Result<Vec<Fact>, StoreError> {
    let subjects: Vec<String> = leads
        .iter()
        .map(|lead| Subject::Lead(*lead).to_string())
        .collect();
    let statement = format!(
        "SELECT {COLUMNS} FROM journal WHERE subject IN (SELECT value FROM json_each(?)) AND kind <> 'tracked'"
    );
    let rows: Vec<Row> = db.read_over(&statement, &subjects)?;
    rows.into_iter().map(fact).collect()
}

/// The fact with this id; none when it is not in the journal.
pub(crate) fn of_id(db: &Database, id: Uuid) -> Result<Option<Fact>, StoreError> {
    let statement = format!(
        "SELECT {COLUMNS} FROM journal WHERE seq = (SELECT seq FROM ids WHERE id = unhex(?))"
    );
    let row: Option<Row> = db.read_one(&statement, (&id.simple().to_string(),))?;
    row.map(fact).transpose()
}

/// The first slice of a bulk after that fact.
pub(crate) fn slice_after(
    db: &Database,
    bulk: BulkId,
    seq: u64,
) -> Result<Option<Fact>, StoreError> {
    let statement = format!(
        "SELECT {COLUMNS} FROM journal WHERE subject = ? AND kind <> 'tracked' AND kind = 'bulk_done' AND seq > ?
         ORDER BY seq LIMIT 1"
    );
    let row: Option<Row> = db.read_one(&statement, (&Subject::Bulk(bulk).to_string(), seq))?;
    row.map(fact).transpose()
}

/// The last bulks, the newest first: the fact that began each, how many it changed, and of how many that was taken back.
pub(crate) fn bulks(db: &Database, limit: u32) -> Result<Vec<(Fact, u64, u64)>, StoreError> {
    let statement = format!(
        "SELECT {COLUMNS} FROM journal WHERE subject = 'bulks' AND kind <> 'tracked' ORDER BY seq DESC LIMIT ?"
    );
    let rows: Vec<Row> = db.read(&statement, (limit,))?;
    let sums = "SELECT coalesce(sum(iif(kind = 'bulk_done', (SELECT count(*) FROM json_each(body, '$.leads')), 0)), 0),
           coalesce(sum(iif(kind = 'bulk_undone', (SELECT count(*) FROM json_each(body, '$.leads')), 0)), 0)
         FROM journal WHERE subject = ? AND kind <> 'tracked'";
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let begun = fact(row)?;
        if let Body::BulkBegun(bulk) = &begun.body {
            let subject = Subject::Bulk(bulk.id).to_string();
            let sums: Option<(u64, u64)> = db.read_one(sums, (&subject,))?;
            let (done, undone) = sums.unwrap_or((0, 0));
            all.push((begun, done, undone));
        }
    }
    Ok(all)
}

/// When that fact was written; none when it is not in the journal.
pub(crate) fn written_at(db: &Database, seq: u64) -> Result<Option<Ms>, StoreError> {
    let row: Option<(Ms,)> = db.read_one("SELECT at FROM journal WHERE seq = ?", (seq,))?;
    Ok(row.map(|(at,)| at))
}

/// The last fact that was written by a time, and the next that is in the journal: between the two stood only events, which
/// may have left it.
pub(crate) fn written_by(db: &Database, then: Ms) -> Result<(u64, u64), StoreError> {
    let first = "SELECT seq, at FROM journal WHERE seq >= ? ORDER BY seq LIMIT 1";
    let end = last_seq(db)?.saturating_add(1);
    // Numbers and times go up together.
    let (mut last, mut beyond) = (0_u64, end);
    while last.saturating_add(1) < beyond {
        let middle = last.midpoint(beyond);
        match db.read_one::<_, (u64, Ms)>(first, (middle,))? {
            Some((seq, at)) if at <= then => last = seq,
            _ => beyond = middle,
        }
    }
    let next = db.read_one::<_, (u64, Ms)>(first, (last.saturating_add(1),))?;
    Ok((last, next.map_or(end, |(seq, _)| seq)))
}

/// The fact that made the rulebook that held at a time.
pub(crate) fn rulebook_at(db: &Database, then: Ms) -> Result<Option<Fact>, StoreError> {
    let statement = format!(
        "SELECT {COLUMNS} FROM journal WHERE subject IN ('rulebook', 'workspace') AND kind <> 'tracked'
           AND kind IN ('workspace_opened', 'rulebook_published') AND at <= ? ORDER BY seq DESC LIMIT 1"
    );
    let row: Option<Row> = db.read_one(&statement, (then,))?;
    row.map(fact).transpose()
}

/// The facts that made the rulebooks before a version, the latest first.
pub(crate) fn rulebooks(
    db: &Database,
    before: Option<u32>,
    most: u32,
) -> Result<Vec<Fact>, StoreError> {
    let statement = format!(
        "SELECT {COLUMNS} FROM journal WHERE subject IN ('rulebook', 'workspace') AND kind <> 'tracked'
           AND kind IN ('workspace_opened', 'rulebook_published') AND coalesce(body->>'version', 1) < ?
         ORDER BY seq DESC LIMIT ?"
    );
    let rows: Vec<Row> = db.read(&statement, (before.unwrap_or(u32::MAX), most))?;
    rows.into_iter().map(fact).collect()
}

/// Takes the events between two facts out of the journal, and what is left of those that were erased; how many there were.
pub(crate) fn remove_tracked(db: &Database, first: u64, last: u64) -> Result<u64, StoreError> {
    let among = "FROM journal WHERE seq BETWEEN ? AND ?
       AND (kind = 'tracked' OR (kind = 'erased' AND body->>'event' IS NOT NULL))";
    let row: Option<(u64,)> = db.read_one(&format!("SELECT count(*) {among}"), (first, last))?;
    db.run_with(&format!("DELETE {among}"), (first, last))?;
    Ok(row.map_or(0, |(count,)| count))
}

/// Forgets ids: an event that comes with one of them is new.
pub(crate) fn forget(db: &Database, ids: &[Uuid]) -> Result<(), StoreError> {
    let keys: Vec<String> = ids.iter().map(|id| id.simple().to_string()).collect();
    db.run_over(
        "DELETE FROM ids WHERE id IN (SELECT unhex(value) FROM json_each(?))",
        &keys,
    )
}

/// For the tests: how many ids are known.
#[cfg(feature = "hooks")]
pub(crate) fn count_ids(db: &Database) -> Result<u64, StoreError> {
    let row: Option<(u64,)> = db.read_one("SELECT count(*) FROM ids", ())?;
    Ok(row.map_or(0, |(count,)| count))
}

/// For the tests: how many tracked events there are.
#[cfg(feature = "hooks")]
pub(crate) fn count_tracked(db: &Database) -> Result<u64, StoreError> {
    let row: Option<(u64,)> =
        db.read_one("SELECT count(*) FROM journal WHERE kind = 'tracked'", ())?;
    Ok(row.map_or(0, |(count,)| count))
}

/// For the tests: how many of these ids are of a tracked event in the journal.
#[cfg(feature = "hooks")]
pub(crate) fn count_known(db: &Database, ids: &[Uuid]) -> Result<u64, StoreError> {
    let keys: Vec<String> = ids.iter().map(|id| id.simple().to_string()).collect();
    let counts: Vec<(u64,)> = db.read_over(
        "SELECT count(*) FROM json_each(?) k JOIN ids ON ids.id = unhex(k.value) JOIN journal j ON j.seq = ids.seq
         WHERE j.kind = 'tracked'",
        &keys,
    )?;
    Ok(counts
        .iter()
        .fold(0, |sum, (count,)| sum.saturating_add(*count)))
}

/// Whom the facts after this one are about: (number, subject), at most `limit`.
pub(crate) fn subjects_after(
    db: &Database,
    seq: u64,
    limit: u32,
) -> Result<Vec<(u64, String)>, StoreError> {
    db.read(
        "SELECT seq, subject FROM journal WHERE seq > ? ORDER BY seq LIMIT ?",
        (seq, limit),
    )
}

/// The same of facts by which a score may have changed; one that changes none is about nobody. A file of people with one
/// name makes many suggestions.
pub(crate) fn scored_after(
    db: &Database,
    seq: u64,
    limit: u32,
) -> Result<Vec<(u64, String)>, StoreError> {
    db.read(
        "SELECT seq, iif(kind IN ('suggestion_made', 'suggestion_dismissed', 'conversation_saved', 'conversation_removed'), '', subject)
         FROM journal WHERE seq > ? ORDER BY seq LIMIT ?",
        (seq, limit),
    )
}

fn fact((seq, at, occurred_at, actor, kind, v, body): Row) -> Result<Fact, StoreError> {
    let actor = actor.parse().map_err(|_| StoreError::Stored {
        what: "fact",
        why: format!("actor {actor:?}"),
    })?;
    Ok(Fact {
        seq,
        at,
        occurred_at,
        actor,
        body: Body::decode(&kind, v, &body)?,
    })
}

/// Which facts the audit log is asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Which {
    /// Caused by this member or token.
    pub(crate) actor: Option<UserId>,
    /// About this.
    pub(crate) area: Option<Area>,
    /// Before the one of this number.
    pub(crate) before: Option<u64>,
    /// At most so many.
    pub(crate) limit: u32,
}

impl Which {
    /// The names of the deeds that are asked for.
    pub(crate) fn deeds(&self) -> Vec<&'static str> {
        let of_area = |deed: &&Deed| self.area.is_none_or(|area| deed.area() == area);
        Deed::ALL
            .iter()
            .filter(of_area)
            .map(|deed| deed.name())
            .collect()
    }
}

/// What members did, as the audit log tells it, with the numbers of the facts, the latest first.
pub(crate) fn deeds(db: &Database, which: &Which) -> Result<Vec<(u64, Done)>, StoreError> {
    let actor = which.actor.map(|actor| Actor::User(actor).to_string());
    let actor = actor.unwrap_or_default();
    let statement = format!(
        "SELECT {COLUMNS} FROM journal INDEXED BY journal_audited WHERE {} AND seq < ? AND (? = '' OR actor = ?)
           AND kind IN (SELECT value FROM json_each(?)) ORDER BY seq DESC LIMIT ?",
        told!()
    );
    let rows: Vec<Row> = db.read(
        &statement,
        (
            which.before.unwrap_or(u64::from(u32::MAX)),
            &actor,
            &actor,
            &serde_json::to_string(&which.deeds())?,
            which.limit,
        ),
    )?;
    let mut told = Vec::with_capacity(rows.len());
    for row in rows {
        let fact = fact(row)?;
        told.extend(audit::told(&fact).map(|done| (fact.seq, done)));
    }
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_is_of_the_kinds_that_are_told() {
        let kinds: Vec<String> = audit::KINDS
            .iter()
            .map(|(kind, _)| format!("'{kind}'"))
            .collect();
        assert_eq!(told!(), format!("kind IN ({})", kinds.join(", ")));
    }
}
