//! What every page behind the sign-in shares: the lists, the published rules, the live connection.

use crate::api::Failure;
use crate::state::bulk::BulkState;
use crate::state::currency::Currency;
use crate::state::leads::LeadsState;
use crate::state::live::Live;
use crate::state::session::Session;
use crate::state::trial::TrialState;
use crate::state::visitors::VisitorsState;
use domain::api::{Frame, Published, ReadRulebook, Rescore};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How long a finished re-scoring stays on the screen.
const FINISHED_MS: u32 = 4_000;

/// The shared state.
#[derive(Clone, Copy)]
pub(crate) struct Base {
    /// Who is in.
    pub(crate) session: Session,
    /// The leads.
    pub(crate) leads: LeadsState,
    /// The anonymous visitors.
    pub(crate) visitors: VisitorsState,
    /// What is done with many leads, which goes on when the list is left.
    pub(crate) bulk: BulkState,
    /// The currency of amounts.
    pub(crate) currency: Currency,
    /// The published rules, once read.
    pub(crate) published: RwSignal<Option<Published>>,
    /// Why they could not be read.
    pub(crate) published_failure: RwSignal<Option<Failure>>,
    /// The re-scoring under way or just finished.
    pub(crate) rescore: RwSignal<Option<Rescore>>,
    /// The live connection.
    pub(crate) live: Live,
    /// The trial of a draft.
    pub(crate) trial: TrialState,
    /// How far re-scoring was seen to come: version, leads and visitors done.
    rescored: StoredValue<(u32, u64)>,
    /// Counts the times when pages have to be read anew.
    pub(crate) resyncs: RwSignal<u32>,
}

impl Base {
    /// Makes it, for the session's member.
    pub(crate) fn start(session: Session) -> Base {
        let live = Live::new();
        let base = Base {
            session,
            leads: LeadsState::new(session, live),
            visitors: VisitorsState::new(session),
            bulk: BulkState::new(session),
            currency: Currency::new(session),
            published: RwSignal::new(None),
            published_failure: RwSignal::new(None),
            rescore: RwSignal::new(None),
            rescored: StoredValue::new((0, 0)),
            live,
            trial: TrialState::new(session),
            resyncs: RwSignal::new(0),
        };
        live.on_doubt(move || {
            // A session that has ended sends the person to the sign-in.
            spawn_local(session.ask_again());
        });
        live.hear(move |frame| base.take(frame));
        base.leads.load();
        base.read_rules();
        base
    }

    fn take(self, frame: &Frame) {
        self.leads.remove(&frame.gone);
        self.leads.patch(&frame.leads);
        self.visitors.patch(&frame.visitors);
        if let Some(version) = frame.rulebook
            && self
                .published
                .with_untracked(|known| known.as_ref().is_none_or(|known| known.version < version))
        {
            self.read_rules();
        }
        if let Some(rescore) = frame.rescore {
            self.show_rescore(rescore);
        }
        if frame.resync {
            self.leads.load();
            self.visitors.reload();
            self.read_rules();
            self.resyncs.update(|count| *count = count.wrapping_add(1));
        }
    }

    /// Reads the published rules.
    pub(crate) fn read_rules(self) {
        spawn_local(async move {
            match self.session.call(&ReadRulebook {}).await {
                Ok(published) => self.take_rules(published),
                Err(failure) => self.published_failure.set(Some(failure)),
            }
        });
    }

    /// Takes in published rules, unless newer ones are known.
    pub(crate) fn take_rules(self, published: Published) {
        if let Some(rescore) = published.rescore {
            self.show_rescore(rescore);
        }
        self.published_failure.set(None);
        if self.published.with_untracked(|known| {
            known
                .as_ref()
                .is_none_or(|known| known.version <= published.version)
        }) {
            self.published.set(Some(published));
        }
    }

    fn show_rescore(self, rescore: Rescore) {
        // A reply may be older than the frames that overtook it.
        let place = (rescore.version, rescore.done);
        if self.rescored.get_value() >= place {
            return;
        }
        self.rescored.set_value(place);
        self.rescore.set(Some(rescore));
        if rescore.done >= rescore.total {
            let hide = move || {
                if self.rescore.try_get_untracked() == Some(Some(rescore)) {
                    self.rescore.set(None);
                }
            };
            Timeout::new(FINISHED_MS, hide).forget();
        }
    }

    /// The score at which a lead is qualified, once known.
    pub(crate) fn mql_score(self) -> Signal<Option<i32>> {
        Signal::derive(move || {
            self.published
                .with(|known| known.as_ref().map(|known| known.rulebook.mql_score))
        })
    }
}
