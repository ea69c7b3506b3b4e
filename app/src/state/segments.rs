//! The segments, with how many people are in each; read again while everyone is asked anew.

use crate::api::Failure;
use crate::state::session::Session;
use domain::api::{SegmentList, Segments};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How soon it is looked how far that has come.
const AGAIN_MS: u32 = 1_000;

/// The segments.
#[derive(Clone, Copy)]
pub(crate) struct SegmentsState {
    /// The last answer.
    pub(crate) list: RwSignal<Option<SegmentList>>,
    /// Why there was none.
    pub(crate) failure: RwSignal<Option<Failure>>,
    session: Session,
}

impl SegmentsState {
    /// Nothing read yet.
    pub(crate) fn new(session: Session) -> SegmentsState {
        SegmentsState {
            list: RwSignal::new(None),
            failure: RwSignal::new(None),
            session,
        }
    }

    /// Reads them, and again while everyone is asked anew.
    pub(crate) fn load(self) {
        spawn_local(async move {
            let reply = self.session.call(&Segments {}).await;
            match reply {
                Ok(list) => {
                    let sifting = list.sift.is_some();
                    let _ = self.failure.try_set(None);
                    // The page may be left meanwhile; then nobody asks again.
                    let left = self.list.try_set(Some(list)).is_some();
                    if sifting && !left {
                        Timeout::new(AGAIN_MS, move || self.load()).forget();
                    }
                }
                Err(failure) => drop(self.failure.try_set(Some(failure))),
            }
        });
    }
}
