//! Publishing to edge KV: the journal's segments, and the scores that changed.

use crate::error::StoreError;
use crate::limit::{
    PACKING_REST, PUBLISH_AFTER_MS, READ_BACK_AFTER_MS, SCORE_FACTS_A_RUN, SCORE_KEYS_A_RUN,
    SCORE_SUBJECTS_A_RUN, SCORES_FADED_A_RUN, SCORES_REST, SEGMENT_BYTES_MAX, SEGMENT_FACTS_MAX,
    SEGMENTS_A_RUN, TAIL_EVERY_MS,
};
use crate::projection::load::Keys;
use crate::projection::tables::Tables;
use crate::projection::{load, read, sifted};
use crate::store::archive::{self, Sealed};
use crate::store::kv::{self, EdgeScore, EdgeWriter};
use crate::store::sql::Database;
use crate::store::{faded, journal, meta};
use domain::id::{LeadId, Ms, VisitorId, WorkspaceId};
use domain::journal::Fact;
use domain::segment::Segmenter;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use uuid::Uuid;
use worker::Delay;

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

impl Segments {
    /// When the tail may be written again; a clock that was put back does not keep it waiting.
    fn tail_due_at(&self, now: Ms) -> Ms {
        let written_at = if self.at > now { 0 } else { self.at };
        written_at.saturating_add(TAIL_EVERY_MS)
    }
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
    edge: &EdgeWriter,
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
    if scores < last || meta::get::<Walk>(db, WALK)?.is_some() || faded::any(db)? {
        return Ok(Some(soon));
    }
    if is_segment_full(&segments, last) {
        return Ok(Some(now));
    }
    let tail_at = segments.tail_due_at(now).max(soon);
    Ok((segments.published < last).then_some(tail_at))
}

/// Up to which fact all is published for good: in sealed segments, and in scores.
pub(crate) fn settled_to(db: &Database) -> Result<u64, StoreError> {
    let scores: u64 = meta::get(db, SCORES)?.unwrap_or(0);
    Ok(sealed_to(db)?.min(scores))
}

/// Up to which fact the journal is in sealed segments.
pub(crate) fn sealed_to(db: &Database) -> Result<u64, StoreError> {
    let segments: Segments = meta::get(db, SEGMENTS)?.unwrap_or_default();
    Ok(segments.sealed)
}

/// Up to which fact the journal is in KV, the tail too.
pub(crate) fn published_to(db: &Database) -> Result<u64, StoreError> {
    let segments: Segments = meta::get(db, SEGMENTS)?.unwrap_or_default();
    Ok(segments.published)
}

/// The tail's facts are not what was published any more.
pub(crate) fn publish_tail_anew(db: &Database) -> Result<(), StoreError> {
    let segments: Segments = meta::get(db, SEGMENTS)?.unwrap_or_default();
    let anew = Segments {
        published: segments.sealed,
        ..segments
    };
    meta::put(db, SEGMENTS, &anew)
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
    edge: &EdgeWriter,
    workspace: &WorkspaceId,
    now: Ms,
) -> Result<(), StoreError> {
    let mut cursor: Segments = meta::get(db, SEGMENTS)?.unwrap_or_default();
    let due_at = cursor.tail_due_at(now);
    let last = journal::last_seq(db)?;
    if last == cursor.published || (now < due_at && !is_segment_full(&cursor, last)) {
        return Ok(());
    }
    let rest = if segments_waiting(&cursor, last) > SEGMENTS_A_RUN {
        Duration::ZERO
    } else {
        PACKING_REST
    };
    for _ in 0..SEGMENTS_A_RUN {
        let limit = u32::try_from(SEGMENT_FACTS_MAX).unwrap_or(u32::MAX);
        let facts = journal::after(db, cursor.sealed, limit, SEGMENT_BYTES_MAX)?;
        let Some(last) = facts.last().map(|fact| fact.seq) else {
            break;
        };
        let full = facts.len() == SEGMENT_FACTS_MAX || last < journal::last_seq(db)?;
        let written = put_segment(edge, workspace, &facts, rest, now).await?;
        cursor.published = last;
        cursor.at = now;
        if full {
            cursor.sealed = last;
            written.map_or(Ok(()), |sealed| archive::record(db, &sealed))?;
        }
        meta::put(db, SEGMENTS, &cursor)?;
        if !full {
            break;
        }
    }
    Ok(())
}

/// Writes a segment, resting so long before each part of it; what it is known by when it is read back. Of no facts nothing
/// is written.
pub(super) async fn put_segment(
    edge: &EdgeWriter,
    workspace: &WorkspaceId,
    facts: &[Fact],
    rest: Duration,
    now: Ms,
) -> Result<Option<Sealed>, StoreError> {
    let packed = kv::pack(facts, rest).await?;
    let written = Sealed::of(facts, &packed, now, now.saturating_add(READ_BACK_AFTER_MS));
    if let Some(sealed) = &written {
        edge.put_segment(workspace, sealed.first_seq, &packed)
            .await?;
    }
    Ok(written)
}

/// Whether enough facts wait for a whole segment: those need not wait for the tail's time.
fn is_segment_full(cursor: &Segments, last: u64) -> bool {
    segments_waiting(cursor, last) > 0
}

/// How many whole segments wait.
fn segments_waiting(cursor: &Segments, last: u64) -> usize {
    let waiting = last.saturating_sub(cursor.sealed);
    usize::try_from(waiting).map_or(usize::MAX, |waiting| waiting.div_euclid(SEGMENT_FACTS_MAX))
}

async fn publish_scores(
    db: &Database,
    tables: Tables,
    edge: &EdgeWriter,
    workspace: &WorkspaceId,
    now: Ms,
) -> Result<(), StoreError> {
    let after: u64 = meta::get(db, SCORES)?.unwrap_or(0);
    let subjects = journal::scored_after(db, after, SCORE_FACTS_A_RUN)?;
    let walk: Option<Walk> = meta::get(db, WALK)?;
    let mut aged = faded::some(db, SCORES_FADED_A_RUN)?;
    let (mut last, mut next, mut scores) = (after, None, Vec::new());
    // A browser may belong to several people: when that makes too many keys, fewer are taken.
    for most in halves(SCORE_SUBJECTS_A_RUN) {
        let few = first_of(&subjects, most);
        last = few.last().map_or(after, |(seq, _)| *seq);
        aged.truncate(most);
        let subjects = few.iter().map(|(_, subject)| subject.as_str());
        let subjects = subjects.chain(aged.iter().map(|(subject, _)| subject.as_str()));
        let (mut leads, mut visitors) = read::named(subjects);
        next = walk
            .clone()
            .map(|walk| step(db, tables, walk, most / 4, &mut leads, &mut visitors))
            .transpose()?;
        scores = scores_of(db, tables, now, &visitors, &leads)?;
        if scores.len() <= SCORE_KEYS_A_RUN {
            break;
        }
    }
    for (id, score) in &scores {
        edge.put_score(workspace, *id, score).await?;
        // Visitors who send in the meantime come first.
        Delay::from(SCORES_REST).await;
    }
    if last != after {
        meta::put(db, SCORES, &last)?;
    }
    faded::done(db, &aged)?;
    match next {
        Some(Walk {
            leads: None,
            visitors: None,
        }) => meta::remove(db, WALK),
        Some(walk) => meta::put(db, WALK, &walk),
        None => Ok(()),
    }
}

/// The number, its half, and so on to 1.
fn halves(number: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(number), |most| (*most > 1).then_some(most / 2))
}

/// The first subjects, as long as at most so many differ.
fn first_of(subjects: &[(u64, String)], most: usize) -> &[(u64, String)] {
    let mut distinct = BTreeSet::new();
    let taken = subjects.iter().take_while(|(_, subject)| {
        distinct.insert(subject.as_str());
        distinct.len() <= most
    });
    subjects.get(..taken.count()).unwrap_or_default()
}

/// Takes the next of everyone: at most so many leads and as many visitors, but always one.
fn step(
    db: &Database,
    tables: Tables,
    walk: Walk,
    most: usize,
    leads: &mut BTreeSet<LeadId>,
    visitors: &mut BTreeSet<VisitorId>,
) -> Result<Walk, StoreError> {
    let most = u32::try_from(most.max(1)).unwrap_or(u32::MAX);
    let mut next = Walk::default();
    if let Some(after) = walk.leads {
        let found = read::lead_ids(db, tables, &after, most)?;
        next.leads = found.last().map(|id| id.0.simple().to_string());
        leads.extend(found);
    }
    if let Some(after) = walk.visitors {
        let found = read::visitor_ids(db, tables, &after, most)?;
        next.visitors = found.last().map(|id| id.0.simple().to_string());
        visitors.extend(found);
    }
    Ok(next)
}

/// In which segments a browser is, from each time on; from the first on it is so now.
type Spans = Vec<(Ms, Vec<String>)>;

/// The segments of these browsers, each by what it did itself, whoever it belongs to: the website's own, and those of people
/// that are public.
fn segments_of(
    db: &Database,
    tables: Tables,
    now: Ms,
    visitors: &BTreeSet<VisitorId>,
) -> Result<BTreeMap<VisitorId, Spans>, StoreError> {
    let settings = load::settings(db, tables)?;
    let segmenter = Segmenter::new(&settings.rulebook.segments);
    let mut segments: BTreeMap<VisitorId, Spans> = BTreeMap::new();
    if !segmenter.is_empty() {
        for (visitor, history) in read::behaviour(db, tables, visitors)? {
            let history = history.iter().map(|(shape, times)| (&**shape, *times));
            segments.insert(visitor, vec![(now, segmenter.of(history))]);
        }
    }
    if !sifted::is_any(db, tables, true)? {
        return Ok(segments);
    }
    let mut world = load::empty_world(db, tables)?;
    let keys = Keys {
        visitors: visitors.clone(),
        ..Keys::default()
    };
    load::bring(db, tables, &mut world, &keys)?;
    for visitor in visitors {
        let mut spans = world.public_segments_of(*visitor, now);
        if spans.is_empty() {
            continue;
        }
        let own = segments
            .remove(visitor)
            .and_then(|spans| spans.into_iter().next());
        let (_, own) = own.unwrap_or_default();
        for (_, span) in &mut spans {
            span.extend(own.iter().cloned());
            span.sort_unstable();
            span.dedup();
        }
        segments.insert(*visitor, spans);
    }
    Ok(segments)
}

/// What is to be published of these, and of the leads that the visitors were identified as.
fn scores_of(
    db: &Database,
    tables: Tables,
    now: Ms,
    visitors: &BTreeSet<VisitorId>,
    leads: &BTreeSet<LeadId>,
) -> Result<Vec<(Uuid, EdgeScore)>, StoreError> {
    let scored = read::scores(db, tables, visitors, leads)?;
    let mut segments = segments_of(db, tables, now, visitors)?;
    let published = scored.into_iter().map(|(id, stage, score, rules)| {
        let spans = segments.remove(&VisitorId(id)).unwrap_or_default();
        let mut spans = spans.into_iter();
        let score = EdgeScore {
            score,
            stage,
            segments: spans.next().map(|(_, now)| now).unwrap_or_default(),
            later: spans.collect(),
            rules,
            as_of: now,
        };
        (id, score)
    });
    Ok(published.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_are_taken_down_to_one() {
        let found: Vec<usize> = halves(250).collect();
        assert_eq!(found, [250, 125, 62, 31, 15, 7, 3, 1]);
    }

    #[test]
    fn subjects_are_counted_once() {
        let subjects: Vec<(u64, String)> = [(1, "a"), (2, "b"), (3, "a"), (4, "c"), (5, "b")]
            .map(|(seq, subject)| (seq, subject.to_owned()))
            .into();
        let check = |most: usize, last: Option<u64>| {
            let found = first_of(&subjects, most).last().map(|(seq, _)| *seq);
            assert_eq!(found, last, "{most}");
        };
        check(1, Some(1));
        check(2, Some(3));
        check(3, Some(5));
        check(9, Some(5));
    }
}
