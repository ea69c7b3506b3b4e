//! What follows a sealed segment: it is read back, its events leave the journal when their time has come, and ids are
//! forgotten that cannot come again.
//!
//! A segment is read twice before its events go: at the earliest a minute after it was written, and once more just
//! before, since in the months between it may have been lost and the rows are then the only copy. Bytes that
//! are missing or different are written again. Decisions and settings stay in the journal: they are few, and lists
//! find them by their subject. Not here: writing segments for the first time (`publish`).

use super::publish;
use crate::error::StoreError;
use crate::limit::{
    FACTS_FORGOTTEN_A_RUN, READ_BACK_AFTER_MS, SEGMENT_BYTES_MAX, SEGMENT_FACTS_MAX,
    SEGMENTS_A_RUN, SEGMENTS_TRIMMED_A_RUN,
};
use crate::store::archive::{self, Sealed, Shelf};
use crate::store::kv::{self, EdgeWriter};
use crate::store::sql::Database;
use crate::store::{journal, meta};
use domain::event;
use domain::id::{Ms, WorkspaceId};
use domain::journal::{Body, Fact};
use std::time::Duration;
use uuid::Uuid;

/// Up to which fact ids are forgotten.
const FORGOTTEN: &str = "forgotten_ids";

/// What the job works on.
pub(crate) struct Trim<'a> {
    pub(crate) db: &'a Database,
    pub(crate) edge: &'a EdgeWriter,
    pub(crate) shelf: &'a Shelf,
    pub(crate) workspace: &'a WorkspaceId,
    /// How long events stay in the journal.
    pub(crate) hot_ms: Ms,
    pub(crate) now: Ms,
}

/// When something is due; none as long as nothing is sealed or stored.
pub(crate) fn pending_at(db: &Database, hot_ms: Ms) -> Result<Option<Ms>, StoreError> {
    let due = [
        archive::next_check_at(db)?,
        next_trim_at(db, hot_ms)?,
        next_forget_at(db)?,
    ];
    Ok(due.into_iter().flatten().min())
}

/// When the next segment may be trimmed, unless it waits for something else.
fn next_trim_at(db: &Database, hot_ms: Ms) -> Result<Option<Ms>, StoreError> {
    let first = archive::trimmed_to(db)?.saturating_add(1);
    let newest_at = match archive::beginning_with(db, first)? {
        Some(sealed) if may_go(db, &sealed)? => Some(sealed.newest_at),
        None if first <= publish::sealed_to(db)? => journal::written_at(db, first)?,
        _ => None,
    };
    Ok(newest_at.map(|at| at.saturating_add(hot_ms)))
}

/// Whether nothing but time keeps a segment's events in the journal: it was read back, and neither scores nor the
/// number of the next fact need its rows.
fn may_go(db: &Database, sealed: &Sealed) -> Result<bool, StoreError> {
    let last = sealed.last_seq;
    let needed = last > publish::settled_to(db)? || last >= journal::last_seq(db)?;
    Ok(sealed.check_at.is_none() && !needed)
}

/// When the next id may be forgotten.
fn next_forget_at(db: &Database) -> Result<Option<Ms>, StoreError> {
    let next = forgotten_to(db)?.saturating_add(1);
    let at = match archive::trimmed_with(db, next)? {
        Some(sealed) => Some(sealed.newest_at),
        None => journal::written_at(db, next)?,
    };
    Ok(at.map(event::forgettable_at))
}

fn forgotten_to(db: &Database) -> Result<u64, StoreError> {
    Ok(meta::get(db, FORGOTTEN)?.unwrap_or(0))
}

impl Trim<'_> {
    /// Does what is due, a bounded part of it. What fails does not keep the rest from being done.
    pub(crate) async fn run(&self) -> Result<(), StoreError> {
        let checked = self.check().await;
        let trimmed = self.trim().await;
        let forgotten = self.forget().await;
        checked.and(trimmed).and(forgotten)
    }

    /// Reads segments back; those that are not what was written are written again.
    async fn check(&self) -> Result<(), StoreError> {
        for sealed in archive::to_check(self.db, self.now, SEGMENTS_A_RUN)? {
            let found = self
                .edge
                .edge
                .segment_bytes(self.workspace, sealed.first_seq)
                .await;
            match found {
                Ok(Some(bytes)) if sealed.is(&bytes) => {
                    archive::check_again_at(self.db, sealed.first_seq, None)?;
                    continue;
                }
                Ok(_) => worker::console_error!("{}", archive::not_as_written(&sealed)),
                Err(error) => worker::console_error!("segment {}: {error}", sealed.first_seq),
            }
            let later = self.now.saturating_add(READ_BACK_AFTER_MS);
            archive::check_again_at(self.db, sealed.first_seq, Some(later))?;
            self.write_again(sealed.first_seq, sealed.last_seq).await?;
        }
        Ok(())
    }

    /// Writes the journal's facts between two as a segment; no more than fit into one.
    async fn write_again(&self, first_seq: u64, last_seq: u64) -> Result<(), StoreError> {
        let limit = u32::try_from(SEGMENT_FACTS_MAX).unwrap_or(u32::MAX);
        let before = first_seq.saturating_sub(1);
        let mut facts = journal::after(self.db, before, limit, SEGMENT_BYTES_MAX)?;
        facts.retain(|fact| fact.seq <= last_seq);
        let written =
            publish::put_segment(self.edge, self.workspace, &facts, Duration::ZERO, self.now)
                .await?;
        written.map_or(Ok(()), |sealed| archive::record(self.db, &sealed))
    }

    /// Takes events out of the journal, a segment a transaction, from the oldest on.
    async fn trim(&self) -> Result<(), StoreError> {
        for _ in 0..SEGMENTS_TRIMMED_A_RUN {
            if next_trim_at(self.db, self.hot_ms)?.is_none_or(|at| at > self.now) {
                break;
            }
            let first = archive::trimmed_to(self.db)?.saturating_add(1);
            let Some(sealed) = archive::beginning_with(self.db, first)? else {
                self.adopt(first).await?;
                continue;
            };
            let edge = &self.edge.edge;
            let bytes = edge.segment_bytes(self.workspace, first).await?;
            if !bytes.is_some_and(|bytes| sealed.is(&bytes)) {
                worker::console_error!("{}", archive::not_as_written(&sealed));
                archive::check_again_at(self.db, first, Some(self.now))?;
                break;
            }
            let db = self.db.clone();
            self.db.transaction(move || archive::trim(&db, &sealed))?;
        }
        Ok(())
    }

    /// Notes a segment that was sealed before a note was kept of them, or that a restore read: as it stands in KV when that is
    /// what the journal says, else it is written again.
    async fn adopt(&self, first_seq: u64) -> Result<(), StoreError> {
        let edge = &self.edge.edge;
        let bytes = edge.segment_bytes(self.workspace, first_seq).await?;
        let bytes = bytes.unwrap_or_default();
        let sealed_to = publish::sealed_to(self.db)?;
        let later = self.now.saturating_add(READ_BACK_AFTER_MS);
        let facts = kv::unpack(&bytes).unwrap_or_default();
        let found = Sealed::of(&facts, &bytes, self.now, later);
        if let Some(sealed) = found.filter(|sealed| sealed.last_seq <= sealed_to)
            && self.is_journal(&facts)?
        {
            return archive::record(self.db, &sealed);
        }
        let next = archive::next_after(self.db, first_seq)?;
        let last = next.map_or(sealed_to, |next| next.saturating_sub(1));
        self.write_again(first_seq, last).await
    }

    /// Whether these facts are the journal's, whole.
    fn is_journal(&self, facts: &[Fact]) -> Result<bool, StoreError> {
        let seqs: Vec<u64> = facts.iter().map(|fact| fact.seq).collect();
        let mut own = journal::facts(self.db, &seqs)?;
        own.sort_by_key(|fact| fact.seq);
        Ok(own == facts)
    }

    /// Forgets the ids of events that cannot come again.
    async fn forget(&self) -> Result<(), StoreError> {
        let after = forgotten_to(self.db)?;
        if next_forget_at(self.db)?.is_none_or(|at| at > self.now) {
            return Ok(());
        }
        let facts = match archive::trimmed_with(self.db, after.saturating_add(1))? {
            Some(sealed) => {
                let edge = &self.edge.edge;
                self.shelf.facts(edge, self.workspace, &sealed).await?
            }
            None => journal::after(self.db, after, FACTS_FORGOTTEN_A_RUN, SEGMENT_BYTES_MAX)?,
        };
        let old: Vec<Fact> = facts
            .into_iter()
            .filter(|fact| fact.seq > after)
            .take_while(|fact| event::forgettable_at(fact.at) <= self.now)
            .collect();
        let Some(last) = old.last().map(|fact| fact.seq) else {
            return Ok(());
        };
        let ids: Vec<Uuid> = old.iter().filter_map(event_id).collect();
        let db = self.db.clone();
        self.db.transaction(move || {
            journal::forget(&db, &ids)?;
            meta::put(&db, FORGOTTEN, &last)
        })
    }
}

/// The id of an event; edits keep theirs, which may be repeated however late.
fn event_id(fact: &Fact) -> Option<Uuid> {
    match &fact.body {
        Body::Tracked(tracked) => Some(tracked.event.id.0),
        Body::Erased(erased) if erased.event.is_some() => erased.id,
        _ => None,
    }
}
