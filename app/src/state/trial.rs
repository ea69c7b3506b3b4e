//! When a draft is tried out: after typing pauses, in slices short enough that typing never waits.

use crate::api::Failure;
use crate::state::clock::now;
use crate::state::history;
use crate::state::session::Session;
use crate::state::what_if::{History, Outcome, Trial};
use domain::id::Ms;
use domain::rulebook::Rulebook;
use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// How long typing must pause.
const PAUSE_MS: u32 = 180;
/// How long one slice may take before the browser gets its turn.
const SLICE_MS: f64 = 10.0;
/// Leads scored between two looks at the clock.
const SLICE_LEADS: usize = 200;

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
    history: StoredValue<Option<Rc<History>>, LocalStorage>,
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
            history: StoredValue::new_local(None),
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
                Ok(history) => {
                    self.history.set_value(Some(Rc::new(history)));
                    self.reading.set(Reading::Whole(now()));
                }
                Err(failure) => self.reading.set(Reading::Failed(failure)),
            }
        });
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
            let history = self.history.try_get_value().flatten();
            let (true, Some(history)) = (current(), history) else {
                return;
            };
            if let Some(outcome) = try_out(&history, &published, &draft, current).await {
                self.outcome.set(Some(outcome));
                self.stale.set(false);
            }
        });
    }
}

/// Scores the whole history; `None` when it stopped being `current`.
async fn try_out(
    history: &History,
    published: &Rulebook,
    draft: &Rulebook,
    current: impl Fn() -> bool,
) -> Option<Outcome> {
    let mut trial = Trial::new(history, published, draft);
    let mut slice_end = clock_ms() + SLICE_MS;
    for leads in history.leads().chunks(SLICE_LEADS) {
        trial.step(leads);
        if clock_ms() > slice_end {
            TimeoutFuture::new(0).await;
            if !current() {
                return None;
            }
            slice_end = clock_ms() + SLICE_MS;
        }
    }
    current().then(|| trial.finish())
}

fn clock_ms() -> f64 {
    window()
        .performance()
        .map_or(0.0, |performance| performance.now())
}
