//! The one queue: events, edits and jobs wait here for the next commit.
//!
//! The first to arrive waits a few milliseconds for others; what waits together is committed together,
//! and only then answered.

use super::commit;
use super::core::Core;
use super::edit::Edit;
use crate::error::Failure;
use crate::limit::{GROUP_BYTES_MAX, GROUP_EVENTS_MAX, GROUP_WAIT, WAITING_BYTES_MAX, WAITING_MAX};
use domain::api::{ErrorCode, Member, Site};
use domain::event::Refused;
use domain::id::{Ms, SiteKey};
use domain::journal::{Fact, Tracked, WorkspaceOpened};
use domain::tally::Sample;
use futures_channel::oneshot;
use serde::{Deserialize, Serialize};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use worker::Delay;

/// Stamped events on their way from the collector, and what it refused on the way.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct HandOver {
    /// Each with the time at which it happened.
    pub(crate) events: Vec<(Ms, Tracked)>,
    /// (site, code, how many).
    pub(crate) refused: Vec<(SiteKey, String, u32)>,
    /// Examples of what was refused and suspected.
    pub(crate) samples: Vec<Sample>,
}

/// What became of a hand-over.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct HandedOver {
    /// Events that are stored, now or before.
    pub(crate) accepted: u32,
    /// Events that broke the object: their ids. `index` is not meant.
    pub(crate) refused: Vec<Refused>,
}

/// Something to do in a commit.
#[derive(Debug)]
pub(super) enum Work {
    /// Events came.
    Events(HandOver),
    /// A member changes something.
    Edit(Box<Edit>, Box<Member>),
    /// The workspace is opened, with its first site.
    Open(Box<WorkspaceOpened>, Site),
    /// Facts are read back from KV.
    Restore(Vec<Fact>),
    /// The next batch of a rebuild.
    Rebuild,
    /// A rebuild begins.
    BeginRebuild,
    /// The next batch of a re-scoring.
    Rescore,
}

/// What was done.
#[derive(Debug)]
pub(super) enum Done {
    /// Of [`Work::Events`].
    Events(HandedOver),
    /// Of [`Work::Edit`]: what holds now of that which it changes.
    Edited(serde_json::Value),
    /// Of the others.
    Finished,
}

impl Work {
    /// Whether it must have a commit of its own: everything but events, which are many.
    pub(super) fn is_alone(&self) -> bool {
        !matches!(self, Work::Events(_))
    }

    /// How many events it brings.
    pub(super) fn events(&self) -> usize {
        match self {
            Work::Events(hand_over) => hand_over.events.len(),
            _ => 1,
        }
    }
}

/// Work and whoever waits for it.
pub(super) struct Waiting {
    pub(super) work: Work,
    /// About how much memory the work takes.
    pub(super) bytes: usize,
    pub(super) answer: oneshot::Sender<Result<Done, Failure>>,
}

/// See the module.
#[derive(Default)]
pub(super) struct Queue {
    waiting: RefCell<Vec<Waiting>>,
    bytes: Cell<usize>,
    scheduled: Cell<bool>,
}

impl Queue {
    /// Takes the next group: one that must be alone, or as many as may go together.
    fn take_group(&self) -> Vec<Waiting> {
        let mut waiting = self.waiting.borrow_mut();
        let (mut events, mut bytes) = (0_usize, 0_usize);
        let together = waiting
            .iter()
            .enumerate()
            .take_while(|(place, next)| {
                events = events.saturating_add(next.work.events());
                bytes = bytes.saturating_add(next.bytes);
                let fits = events <= GROUP_EVENTS_MAX && bytes <= GROUP_BYTES_MAX;
                *place == 0 || (!next.work.is_alone() && fits)
            })
            .count();
        let first_alone = waiting.first().is_some_and(|first| first.work.is_alone());
        let count = if first_alone { 1 } else { together };
        let group: Vec<Waiting> = waiting.drain(..count).collect();
        let left = waiting.iter().map(|waiting| waiting.bytes);
        self.bytes.set(left.fold(0, usize::saturating_add));
        group
    }

    fn is_empty(&self) -> bool {
        self.waiting.borrow().is_empty()
    }
}

/// Waits until the work is committed; `bytes` is about how much memory it takes. Only events are refused when too
/// much waits.
pub(super) async fn submit(core: &Rc<Core>, work: Work, bytes: usize) -> Result<Done, Failure> {
    let (answer, answered) = oneshot::channel();
    {
        let mut waiting = core.queue.waiting.borrow_mut();
        let waiting_bytes = core.queue.bytes.get().saturating_add(bytes);
        let full = waiting.len() >= WAITING_MAX || waiting_bytes > WAITING_BYTES_MAX;
        if full && !work.is_alone() {
            return Err(Failure::new(
                ErrorCode::Unavailable,
                "too many requests wait; try again",
            ));
        }
        core.queue.bytes.set(waiting_bytes);
        waiting.push(Waiting {
            work,
            bytes,
            answer,
        });
    }
    if !core.queue.scheduled.replace(true) {
        let core = Rc::clone(core);
        spawn_local(async move {
            Delay::from(GROUP_WAIT).await;
            core.queue.scheduled.set(false);
            while !core.queue.is_empty() {
                commit::commit(&core, core.queue.take_group());
            }
        });
    }
    answered.await.unwrap_or_else(|_| {
        Err(Failure::new(
            ErrorCode::Unavailable,
            "the commit was given up; try again",
        ))
    })
}
