//! When a draft is tried out: after typing pauses, in a web worker, so that typing never waits.

use crate::api::Failure;
use crate::heavy::client::{Client, Gone};
use crate::heavy::protocol::{Ask, Tell};
use crate::state::clock::now;
use crate::state::history;
use crate::state::session::Session;
use crate::state::what_if::Outcome;
use domain::id::Ms;
use domain::rulebook::Rulebook;
use futures::lock::Mutex;
use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// How long typing must pause.
const PAUSE_MS: u32 = 180;

/// How the history's reading is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Reading {
    /// Nobody asked for it.
    Not,
    /// So many leads of so many are here.
    Some(u64, u64),
    /// It is here, read at this time.
    Whole(Ms),
    /// It did not come.
    Failed(Failure),
}

/// A worker that holds the history, and how many leads a week sales can take up.
pub(crate) struct Bench {
    /// The worker.
    pub(crate) client: Mutex<Client>,
    /// The capacity, where it is agreed.
    pub(crate) capacity: Option<u32>,
}

/// The trial of a draft.
#[derive(Clone, Copy)]
pub(crate) struct TrialState {
    /// How the history's reading is.
    pub(crate) reading: RwSignal<Reading>,
    /// What came out last.
    pub(crate) outcome: RwSignal<Option<Outcome>>,
    /// Whether what came out is older than the draft.
    pub(crate) stale: RwSignal<bool>,
    session: Session,
    bench: StoredValue<Option<Rc<Bench>>, LocalStorage>,
    turn: StoredValue<u32>,
}

impl TrialState {
    /// Nothing tried yet.
    pub(crate) fn new(session: Session) -> TrialState {
        TrialState {
            reading: RwSignal::new(Reading::Not),
            outcome: RwSignal::new(None),
            stale: RwSignal::new(false),
            session,
            bench: StoredValue::new_local(None),
            turn: StoredValue::new(0),
        }
    }

    /// Reads the history, when it is not here or on its way.
    pub(crate) fn open(self) {
        if matches!(
            self.reading.get_untracked(),
            Reading::Not | Reading::Failed(_)
        ) {
            self.read();
        }
    }

    /// Reads the history anew.
    pub(crate) fn read(self) {
        self.reading.set(Reading::Some(0, 0));
        spawn_local(async move {
            let progress = move |done, total| self.reading.set(Reading::Some(done, total));
            match history::read(self.session, progress).await {
                Ok(bench) => {
                    self.bench.set_value(Some(Rc::new(bench)));
                    self.reading.set(Reading::Whole(now()));
                }
                Err(failure) => self.reading.set(Reading::Failed(failure)),
            }
        });
    }

    /// How many leads a week sales can take up, where that is agreed and known here.
    pub(crate) fn capacity(self) -> Option<u32> {
        self.bench
            .with_value(|bench| bench.as_ref().and_then(|bench| bench.capacity))
    }

    /// Tries a draft against the published rules; a later draft takes the place of this one.
    pub(crate) fn run(self, published: Rulebook, draft: Rulebook) {
        let turn = self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        });
        self.stale.set(true);
        spawn_local(async move {
            TimeoutFuture::new(PAUSE_MS).await;
            let current = move || self.turn.try_get_value() == turn;
            let bench = self.bench.try_get_value().flatten();
            let (true, Some(bench)) = (current(), bench) else {
                return;
            };
            let mut client = bench.client.lock().await;
            // A draft that came while another was tried is tried once, the last of them.
            if !current() {
                return;
            }
            let asked = Ask::Try {
                published: Box::new(published),
                draft: Box::new(draft),
                capacity: bench.capacity,
            };
            match client.ask(&asked, None, |_| {}).await.map(|it| it.tell) {
                Ok(Tell::Tried { outcome }) if current() => {
                    self.outcome.set(Some(*outcome));
                    self.stale.set(false);
                }
                Ok(_) => {}
                Err(Gone) => self.reading.set(Reading::Failed(Failure::Unreadable)),
            }
        });
    }
}
