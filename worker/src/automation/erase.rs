//! Erasing a person from what is stored: after the commit that says so, every fact that came before is looked at, first
//! the journal's rows, then the segments that only edge KV has; published scores and examples go too.
//!
//! Each step is a transaction that notes how far it has come, so a crash costs a step. A segment whose events have left the
//! journal is kept here until it was read back from KV, at least a minute after it was written. Segments that the
//! journal can still make are made anew by the job that reads segments back (`trim`). Not here: what becomes of
//! a fact (`domain::erasure`).

use super::publish;
use crate::error::StoreError;
use crate::limit::{
    PUBLISH_AFTER_MS, READ_BACK_AFTER_MS, REBUILD_FACTS, SEGMENT_BYTES_MAX, SEGMENT_FACTS_MAX,
    SEGMENTS_A_RUN,
};
use crate::projection::rebuild;
use crate::projection::tables::Tables;
use crate::store::archive::{self, Sealed, Shelf};
use crate::store::erasures::{self, Job};
use crate::store::kv::{self, EdgeWriter};
use crate::store::sql::Database;
use crate::store::{journal, samples};
use domain::erasure::{Erasure, PersonErased};
use domain::id::{Ms, WorkspaceId};
use domain::journal::{Body, Fact};
use std::time::Duration;

/// What the job works on.
pub(crate) struct Erase<'a> {
    pub(crate) db: &'a Database,
    pub(crate) tables: Tables,
    pub(crate) edge: &'a EdgeWriter,
    pub(crate) shelf: &'a Shelf,
    pub(crate) workspace: &'a WorkspaceId,
    /// Whether edge KV has anything of this workspace.
    pub(crate) publishes: bool,
    pub(crate) now: Ms,
}

/// When something is due; none when nobody is being erased.
pub(crate) fn pending_at(db: &Database, now: Ms) -> Result<Option<Ms>, StoreError> {
    if let Some((_, job)) = erasures::next(db)? {
        let waits = job.walked || !job.noted;
        let rest = if waits { PUBLISH_AFTER_MS } else { 0 };
        return Ok(Some(now.saturating_add(rest)));
    }
    let written = erasures::oldest_written_at(db)?;
    Ok(written.map(|at| at.saturating_add(READ_BACK_AFTER_MS)))
}

/// Whether copies of someone who was erased may still stand somewhere.
pub(crate) fn is_pending(db: &Database) -> Result<bool, StoreError> {
    Ok(pending_at(db, 0)?.is_some() || rebuild::is_under_way(db)?)
}

impl Erase<'_> {
    /// Does the next bounded part of what is due.
    pub(crate) async fn run(&self) -> Result<(), StoreError> {
        let looked = self.look_at_remade().await;
        let Some((seq, mut job)) = erasures::next(self.db)? else {
            return looked;
        };
        let asked = journal::facts(self.db, &[seq])?.pop().map(|fact| fact.body);
        let Some(Body::PersonErased(erased)) = asked else {
            return erasures::done(self.db, seq);
        };
        if !job.noted {
            // What is erased in part must not be forgotten: first edge KV knows that it is to be.
            if self.publishes {
                if publish::published_to(self.db)? < seq {
                    return looked;
                }
                self.edge.put_erasure(self.workspace, seq, &job).await?;
                self.unpublish(&job).await?;
            }
            job.noted = true;
            erasures::put(self.db, seq, &job)?;
        }
        for _ in 0..SEGMENTS_A_RUN {
            if job.walked {
                if !self.is_waited_for(seq)? {
                    self.end(seq, &job).await?;
                }
                break;
            } else if !job.rows_done {
                job = self.rows(seq, job, &erased)?;
            } else if !self.segment(seq, &mut job, &erased).await? {
                if job.unnoted && self.publishes {
                    self.note_segments().await?;
                }
                job.walked = true;
                erasures::put(self.db, seq, &job)?;
            }
        }
        looked
    }

    /// Whether edge KV has facts still as they were.
    fn is_waited_for(&self, seq: u64) -> Result<bool, StoreError> {
        Ok(self.publishes
            && (archive::is_any_outdated(self.db)? || publish::published_to(self.db)? < seq))
    }

    /// Erases among the next of the journal's rows.
    fn rows(&self, seq: u64, mut job: Job, erased: &PersonErased) -> Result<Job, StoreError> {
        let mut facts = journal::after(self.db, job.rows_to, REBUILD_FACTS, SEGMENT_BYTES_MAX)?;
        facts.retain(|fact| fact.seq < seq);
        job.rows_done = facts.is_empty();
        job.rows_to = facts.last().map_or(job.rows_to, |fact| fact.seq);
        let made = remade(&facts, erased, &mut job);
        let sealed_to = publish::sealed_to(self.db)?;
        let sealed = made.iter().map(|fact| fact.seq);
        let sealed: Vec<u64> = sealed.filter(|seq| *seq <= sealed_to).collect();
        job.unnoted |= !archive::are_noted(self.db, &sealed)?;
        let (db, noted, now) = (self.db.clone(), job.clone(), self.now);
        self.db.transaction(move || {
            journal::replace(&db, &made)?;
            let seqs: Vec<u64> = made.iter().map(|fact| fact.seq).collect();
            archive::make_anew(&db, &seqs, now)?;
            if noted.rows_done {
                publish::publish_tail_anew(&db)?;
            }
            erasures::put(&db, seq, &noted)
        })?;
        Ok(job)
    }

    /// Erases in the next segment whose events have left the journal; whether there was one.
    async fn segment(
        &self,
        seq: u64,
        job: &mut Job,
        erased: &PersonErased,
    ) -> Result<bool, StoreError> {
        let next = job.segments_to.saturating_add(1);
        if next >= seq {
            return Ok(false);
        }
        let Some(sealed) = archive::trimmed_with(self.db, next)? else {
            return Ok(false);
        };
        let edge = &self.edge.edge;
        let facts = self.shelf.facts(edge, self.workspace, &sealed).await?;
        let made = remade(&facts, erased, job);
        job.segments_to = sealed.last_seq;
        let noted = job.clone();
        if made.is_empty() {
            erasures::put(self.db, seq, &noted)?;
            return Ok(true);
        }
        let mut whole = facts;
        for fact in &mut whole {
            if let Some(new) = made.iter().find(|new| new.seq == fact.seq) {
                *fact = new.clone();
            }
        }
        let packed = kv::pack(&whole, Duration::ZERO).await?;
        let db = self.db.clone();
        let (first_seq, shelved) = (sealed.first_seq, packed.clone());
        self.db.transaction(move || {
            erasures::keep(&db, first_seq, &packed)?;
            archive::rewritten(&db, first_seq, &packed)?;
            erasures::put(&db, seq, &noted)
        })?;
        self.shelf.put(first_seq, shelved);
        Ok(true)
    }

    /// Notes the sealed segments that no note is kept of as other than they are, so that they are made anew.
    async fn note_segments(&self) -> Result<(), StoreError> {
        let keys = self.edge.edge.segment_keys(self.workspace).await?;
        let firsts = keys.iter().filter_map(|key| key.rsplit_once('/'));
        let firsts: Vec<u64> = firsts.filter_map(|(_, first)| first.parse().ok()).collect();
        let sealed_to = publish::sealed_to(self.db)?;
        let limit = u32::try_from(SEGMENT_FACTS_MAX).unwrap_or(u32::MAX);
        let nexts = firsts.iter().skip(1).map(|next| next.saturating_sub(1));
        for (first, last) in firsts.iter().zip(nexts) {
            if last > sealed_to || archive::beginning_with(self.db, *first)?.is_some() {
                continue;
            }
            let before = first.saturating_sub(1);
            let mut facts = journal::after(self.db, before, limit, SEGMENT_BYTES_MAX)?;
            facts.retain(|fact| fact.seq <= last);
            if let Some(sealed) = Sealed::of(&facts, &[], self.now, self.now) {
                archive::record(self.db, &sealed)?;
            }
        }
        Ok(())
    }

    /// Writes what was made anew, and lets go of what stands in KV.
    async fn look_at_remade(&self) -> Result<(), StoreError> {
        let written_by = self.now.saturating_sub(READ_BACK_AFTER_MS);
        for _ in 0..SEGMENTS_A_RUN {
            let Some(remade) = erasures::kept(self.db, written_by)? else {
                break;
            };
            let (first_seq, packed) = (remade.first_seq, remade.packed);
            if remade.written_at.is_some() {
                let edge = &self.edge.edge;
                let found = edge.segment_bytes(self.workspace, first_seq).await?;
                if found.is_some_and(|found| found == packed) {
                    erasures::let_go(self.db, first_seq)?;
                    continue;
                }
            }
            self.edge
                .put_segment(self.workspace, first_seq, &packed)
                .await?;
            erasures::written(self.db, first_seq, self.now)?;
        }
        Ok(())
    }

    /// Takes the published scores away.
    async fn unpublish(&self, job: &Job) -> Result<(), StoreError> {
        let leads = job.leads.iter().map(|id| id.0);
        for id in leads.chain(job.visitors.iter().map(|id| id.0)) {
            self.edge.remove_score(self.workspace, id).await?;
        }
        Ok(())
    }

    /// Every fact is done, and stands so in edge KV.
    async fn end(&self, seq: u64, job: &Job) -> Result<(), StoreError> {
        samples::forget(self.db, &job.visitors)?;
        if self.publishes {
            self.unpublish(job).await?;
            self.edge.remove_erasure(self.workspace, seq).await?;
        }
        let (db, tables) = (self.db.clone(), self.tables);
        let anew = job.rebuild || rebuild::is_under_way(&db)?;
        self.db.transaction(move || {
            if anew {
                rebuild::begin(&db, tables)?;
            }
            erasures::done(&db, seq)
        })
    }
}

/// The facts that an erasure changes, as it leaves them. The job notes whether rows are to be built anew for it, and the
/// browsers that it meets.
fn remade(facts: &[Fact], erased: &PersonErased, job: &mut Job) -> Vec<Fact> {
    let keys = job.keys.clone();
    let erasure = Erasure::new(erased, &keys);
    let mut changed = Vec::new();
    for fact in facts {
        job.add(erasure.browser(fact));
        if let Some(made) = erasure.of(fact) {
            job.rebuild |= made.others || job.restored;
            if made.fact != *fact {
                changed.push(made.fact);
            }
        }
    }
    changed
}
