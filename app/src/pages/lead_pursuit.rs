//! How one lead is worked, beside it on its page; and sales' answer on its way.

use super::failure::sentence;
use crate::api::Failure;
use crate::components::{Notice, PursuitCard, Tone};
use crate::state::ids::Attempt;
use crate::state::session::Session;
use crate::text::words;
use domain::api::{AnswerLead, ErrorCode, Pursued, ReadLadder, Role};
use domain::id::Ms;
use domain::stage::{Ladder, Verdict};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Sales' answer on its way; it outlives that the lead is read anew.
#[derive(Clone, Copy)]
pub(super) struct Answering {
    ladder: RwSignal<Option<Ladder>>,
    failure: RwSignal<Option<Failure>>,
    busy: RwSignal<bool>,
    attempt: Attempt<(u64, Verdict)>,
    again: Callback<()>,
    session: Session,
}

impl Answering {
    /// Nothing is answered yet, and the stages are on their way. `again` reads the lead anew, when someone else was faster.
    pub(super) fn new(session: Session, again: impl Fn(()) + Send + Sync + 'static) -> Answering {
        let answering = Answering {
            ladder: RwSignal::new(None),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            attempt: Attempt::new(),
            again: Callback::new(again),
            session,
        };
        spawn_local(async move {
            match session.call(&ReadLadder {}).await {
                Ok(detail) => drop(answering.ladder.try_set(Some(detail.ladder))),
                Err(failed) => drop(answering.failure.try_set(Some(failed))),
            }
        });
        answering
    }

    fn answer(self, pursued: &Pursued, verdict: Verdict) {
        let (id, expected_seq) = (pursued.id, pursued.seq);
        let key = self.attempt.key(&(expected_seq, verdict.clone()));
        self.busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let call = AnswerLead {
                key,
                id,
                expected_seq,
                verdict,
                note: String::new(),
            };
            let reply = self.session.call(&call).await;
            let _ = self.busy.try_set(false);
            match reply {
                Ok(_) => self.attempt.forget(),
                Err(failed) => {
                    let behind = failed.code() == Some(ErrorCode::Conflict);
                    let _ = self.failure.try_set(Some(failed));
                    if behind {
                        self.again.run(());
                    }
                }
            }
        });
    }
}

/// How a lead is worked.
#[component]
pub(super) fn LeadPursuit(
    /// How it is.
    pursued: Pursued,
    /// What time it is.
    now: Signal<Ms>,
    /// Sales' answer on its way.
    answering: Answering,
) -> impl IntoView {
    let t = words();
    let said = move |failed: &Failure| {
        if failed.code() == Some(ErrorCode::Conflict) {
            t.get().pursuit.changed_meanwhile.to_owned()
        } else {
            sentence(t.get(), failed)
        }
    };
    let editable = Signal::derive(move || answering.session.may(Role::Sdr));
    let asked = pursued.clone();
    let answer = Callback::new(move |verdict: Verdict| answering.answer(&asked, verdict));
    view! {
        {move || answering.failure.get().map(|failed| view! { <Notice tone=Tone::Bad text=Signal::derive(move || said(&failed)) /> })}
        {move || answering.ladder.get().map(|ladder| view! {
            <PursuitCard pursued=pursued.clone() ladder now editable busy=answering.busy answer />
        })}
    }
}
