//! What can be done in a commit, and what was done.
//!
//! Events come in frames, one a batch: what waits together ([`super::Workspace::commit`]) is one commit. An edit and a job
//! have a commit each.

use super::edit::Edit;
use crate::error::Failure;
use crate::limit::{GROUP_BYTES_MAX, GROUP_EVENTS_MAX};
use domain::api::{ApiError, DoBulk, ImportRows, Imported, Member, Site, UndoBulk};
use domain::event::Refused;
use domain::id::{Ms, SiteKey};
use domain::journal::{Fact, Tracked, WorkspaceOpened};
use domain::practice::Roster;
use domain::tally::Sample;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Stamped events on their way from the collector, and what it refused on the way.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct HandOver {
    /// Each with the time at which it happened.
    pub(crate) events: Vec<(Ms, Tracked)>,
    /// (site, code, how many).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) refused: Vec<(SiteKey, String, u32)>,
    /// Examples of what was refused and suspected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) samples: Vec<Sample>,
}

impl HandOver {
    /// The ids of its events.
    pub(super) fn ids(&self) -> impl Iterator<Item = Uuid> {
        self.events.iter().map(|(_, tracked)| tracked.event.id.0)
    }
}

/// What became of a hand-over.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Stored {
    /// Events that are stored, now or before.
    pub(crate) accepted: u32,
    /// Events that broke the object: `index` is their place in the hand-over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) refused: Vec<Refused>,
}

/// What the object answers to a hand-over.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Reply {
    /// It is stored.
    Stored(Stored),
    /// Nothing of it is: the HTTP status, and what the sender is told.
    Failed(u16, ApiError),
}

impl From<Result<Stored, Failure>> for Reply {
    fn from(result: Result<Stored, Failure>) -> Reply {
        match result {
            Ok(stored) => Reply::Stored(stored),
            Err(failure) => {
                let (status, error) = failure.told();
                Reply::Failed(status, error)
            }
        }
    }
}

/// Something to do in a commit.
#[derive(Debug)]
pub(super) enum Work {
    /// Events came.
    Events(HandOver),
    /// A member changes something.
    Edit(Box<Edit>, Box<Member>),
    /// Rows of a file come.
    Rows(Box<ImportRows>, Box<Member>),
    /// A deed is done with some people.
    Bulk(Box<DoBulk>, Box<Member>),
    /// It is taken back of some.
    UndoBulk(Box<UndoBulk>, Box<Member>),
    /// The next batch of taking imports back.
    TakeBack,
    /// The workspace is opened, with its first site.
    Open(Box<WorkspaceOpened>, Site),
    /// Facts are read back from KV.
    Restore(Vec<Fact>),
    /// The next batch of a rebuild; with the facts for it that the journal no longer has.
    Rebuild(Vec<Fact>),
    /// A rebuild begins.
    BeginRebuild,
    /// The next batch of a re-scoring.
    Rescore,
    /// Some of those whose score another day changes.
    Fade,
    /// Who is there.
    Roster(Box<Roster>),
    /// The next clocks that ran out.
    Clocks,
    /// The next leads that wait for somebody.
    Route,
    /// The next of those are moved who stand in what went out of use.
    Retire,
    /// The next batch of asking people which segments they are in.
    Sift,
}

/// What was done.
#[derive(Debug)]
pub(super) enum Done {
    /// Of [`Work::Events`].
    Events(Stored),
    /// Of [`Work::Rows`].
    Imported(Box<Imported>),
    /// Of [`Work::Edit`]: what holds now of that which it changes; of a bulk: what its slice did.
    Edited(serde_json::Value),
    /// Of the others.
    Finished,
}

/// How many of these hand-overs, each with the length of its frame, go into the next commit: as many as fit, and always one.
pub(super) fn fit(waiting: &[(usize, HandOver)]) -> usize {
    let (mut events, mut bytes) = (0_usize, 0_usize);
    let together = waiting.iter().take_while(|(length, hand_over)| {
        events = events.saturating_add(hand_over.events.len());
        bytes = bytes.saturating_add(*length);
        events <= GROUP_EVENTS_MAX && bytes <= GROUP_BYTES_MAX
    });
    together.count().max(1).min(waiting.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_takes_what_fits_and_always_one() {
        let check = |lengths: &[usize], expect: usize| {
            let waiting: Vec<_> = lengths
                .iter()
                .map(|length| (*length, HandOver::default()))
                .collect();
            assert_eq!(fit(&waiting), expect, "{lengths:?}");
        };
        check(&[], 0);
        check(&[10, 10, 10], 3);
        check(&[GROUP_BYTES_MAX, 1], 1);
        check(&[GROUP_BYTES_MAX + 1, 1], 1);
        check(&[GROUP_BYTES_MAX - 1, 1, 1], 2);
    }
}
