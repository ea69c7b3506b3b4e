//! Publishing to edge KV: the journal's segments, and the scores that changed.

use crate::error::StoreError;
use crate::limit::{
    PUBLISH_AFTER_MS, SCORE_FACTS_A_RUN, SCORE_KEYS_A_RUN, SEGMENT_BYTES_MAX, SEGMENT_FACTS_MAX,
    SEGMENTS_A_RUN, TAIL_EVERY_MS,
};
use crate::projection::tables::Tables;
use crate::projection::{load, read};
use crate::store::kv::{Edge, EdgeScore};
use crate::store::sql::Database;
use crate::store::{journal, meta};
use domain::id::{LeadId, Ms, VisitorId, WorkspaceId};
use domain::segment::Segmenter;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The cursors' names.
const SEGMENTS: &str = "published_segments";
const SCORES: &str = "published_scores";
const WALK: &str = "publish_all_scores";

/// What of the journal is in KV.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Segments {
    /// The last fact of the last sealed segment: the tail begins after it.
    sealed: u64,
    /// The last fact in KV.
    published: u64,
    /// When the tail was last written.
    at: Ms,
}

/// How far the walk over everyone has come, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Walk {
    leads: Option<String>,
    visitors: Option<String>,
}

/// Publishes what is due; [`pending_at`] tells when to go on.
pub(crate) async fn publish(
    db: &Database,
    tables: Tables,
    edge: &Edge,
    workspace: &WorkspaceId,
    now: Ms,
) -> Result<(), StoreError> {
    publish_segments(db, edge, workspace, now).await?;
    publish_scores(db, tables, edge, workspace, now).await
}

/// Everyone's score has changed: all are published in the runs to come.
pub(crate) fn publish_everyone(db: &Database) -> Result<(), StoreError> {
    let start = "0".repeat(32);
    meta::put(
        db,
        WALK,
        &Walk {
            leads: Some(start.clone()),
            visitors: Some(start),
        },
    )
}

/// When something that is not published yet is due; none when all is published.
pub(crate) fn pending_at(db: &Database, now: Ms) -> Result<Option<Ms>, StoreError> {
    let last = journal::last_seq(db)?;
    let scores: u64 = meta::get(db, SCORES)?.unwrap_or(0);
    let segments: Segments = meta::get(db, SEGMENTS)?.unwrap_or_default();
    let soon = now.saturating_add(PUBLISH_AFTER_MS);
    if scores < last || meta::get::<Walk>(db, WALK)?.is_some() {
        return Ok(Some(soon));
    }
    if is_segment_full(&segments, last) {
        return Ok(Some(now));
    }
    Ok((segments.published < last).then(|| segments.at.saturating_add(TAIL_EVERY_MS).max(soon)))
}

/// A restored journal came from KV, so KV has it.
pub(crate) fn is_published(db: &Database, sealed: u64, last: u64) -> Result<(), StoreError> {
    meta::put(
        db,
        SEGMENTS,
        &Segments {
            sealed,
            published: last,
            at: 0,
        },
    )?;
    meta::put(db, SCORES, &last)
}

async fn publish_segments(
    db: &Database,
    edge: &Edge,
    workspace: &WorkspaceId,
    now: Ms,
) -> Result<(), StoreError> {
    let mut cursor: Segments = meta::get(db, SEGMENTS)?.unwrap_or_default();
    let due_at = cursor.at.saturating_add(TAIL_EVERY_MS);
    let last = journal::last_seq(db)?;
    if last == cursor.published || (now < due_at && !is_segment_full(&cursor, last)) {
        return Ok(());
    }
    for _ in 0..SEGMENTS_A_RUN {
        let limit = u32::try_from(SEGMENT_FACTS_MAX).unwrap_or(u32::MAX);
        let facts = journal::after(db, cursor.sealed, limit, SEGMENT_BYTES_MAX)?;
        let Some(last) = facts.last().map(|fact| fact.seq) else {
            break;
        };
        let full = facts.len() == SEGMENT_FACTS_MAX || last < journal::last_seq(db)?;
        edge.put_segment(workspace, &facts).await?;
        cursor.published = last;
        cursor.at = now;
        if full {
            cursor.sealed = last;
        }
        meta::put(db, SEGMENTS, &cursor)?;
        if !full {
            break;
        }
    }
    Ok(())
}

/// Whether enough facts wait for a whole segment: those need not wait for the tail's time.
fn is_segment_full(cursor: &Segments, last: u64) -> bool {
    let waiting = last.saturating_sub(cursor.sealed);
    usize::try_from(waiting).is_ok_and(|waiting| waiting >= SEGMENT_FACTS_MAX)
}

async fn publish_scores(
    db: &Database,
    tables: Tables,
    edge: &Edge,
    workspace: &WorkspaceId,
    now: Ms,
) -> Result<(), StoreError> {
    let after: u64 = meta::get(db, SCORES)?.unwrap_or(0);
    let subjects = journal::subjects_after(db, after, SCORE_FACTS_A_RUN)?;
    let mut distinct = BTreeSet::new();
    let few: Vec<&(u64, String)> = subjects
        .iter()
        .take_while(|(_, subject)| {
            distinct.insert(subject.as_str());
            distinct.len() <= SCORE_KEYS_A_RUN
        })
        .collect();
    let last = few.last().map_or(after, |(seq, _)| *seq);
    let (mut leads, mut visitors) = read::named(few.iter().map(|(_, subject)| subject.as_str()));
    let walk: Option<Walk> = meta::get(db, WALK)?;
    let walk = walk
        .map(|walk| step(db, tables, walk, &mut leads, &mut visitors))
        .transpose()?;
    put_scores(db, tables, edge, workspace, now, &visitors, &leads).await?;
    if last != after {
        meta::put(db, SCORES, &last)?;
    }
    match walk {
        Some(Walk {
            leads: None,
            visitors: None,
        }) => meta::remove(db, WALK),
        Some(walk) => meta::put(db, WALK, &walk),
        None => Ok(()),
    }
}

/// Takes the next of everyone.
fn step(
    db: &Database,
    tables: Tables,
    walk: Walk,
    leads: &mut BTreeSet<LeadId>,
    visitors: &mut BTreeSet<VisitorId>,
) -> Result<Walk, StoreError> {
    let half = u32::try_from(SCORE_KEYS_A_RUN).unwrap_or(u32::MAX) / 4;
    let mut next = Walk::default();
    if let Some(after) = walk.leads {
        let found = read::lead_ids(db, tables, &after, half)?;
        next.leads = found.last().map(|id| id.0.simple().to_string());
        leads.extend(found);
    }
    if let Some(after) = walk.visitors {
        let found = read::visitor_ids(db, tables, &after, half)?;
        next.visitors = found.last().map(|id| id.0.simple().to_string());
        visitors.extend(found);
    }
    Ok(next)
}

/// The segments of these browsers, each by what it did itself, whoever it belongs to.
fn segments_of(
    db: &Database,
    tables: Tables,
    visitors: &BTreeSet<VisitorId>,
) -> Result<BTreeMap<VisitorId, Vec<String>>, StoreError> {
    let settings = load::settings(db, tables)?;
    let segmenter = Segmenter::new(&settings.rulebook.segments);
    if segmenter.is_empty() {
        return Ok(BTreeMap::new());
    }
    let behaviour = read::behaviour(db, tables, visitors)?.into_iter();
    let segments = behaviour.map(|(visitor, history)| {
        let history = history.iter().map(|(shape, times)| (shape, *times));
        (visitor, segmenter.of(history))
    });
    Ok(segments.collect())
}

async fn put_scores(
    db: &Database,
    tables: Tables,
    edge: &Edge,
    workspace: &WorkspaceId,
    now: Ms,
    visitors: &BTreeSet<VisitorId>,
    leads: &BTreeSet<LeadId>,
) -> Result<(), StoreError> {
    let scored = read::scores(db, tables, visitors, leads)?;
    let mut segments = segments_of(db, tables, visitors)?;
    for (id, stage, score, rules) in scored {
        let score = EdgeScore {
            score,
            stage,
            segments: segments.remove(&VisitorId(id)).unwrap_or_default(),
            rules,
            as_of: now,
        };
        edge.put_score(workspace, id, &score).await?;
    }
    Ok(())
}
