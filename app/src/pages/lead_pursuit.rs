//! How one lead is worked, beside it on its page; and sales' answer on its way.

use super::failure::sentence;
use crate::api::Failure;
use crate::components::{Notice, PursuitCard, Tone};
use crate::state::base::Base;
use crate::state::ids::Attempt;
use crate::text::words;
use domain::api::{AnswerLead, ErrorCode, Pursued, ReadLadder, Role};
use domain::id::Ms;
use domain::stage::{Ladder, Verdict};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How a lead is worked. The stages are read once for each lead that is shown.
#[component]
pub(super) fn LeadPursuit(
    /// How it is.
    pursued: Pursued,
    /// What time it is.
    now: Signal<Ms>,
    /// Someone else was faster: the lead is to be read anew.
    #[prop(into)]
    again: Callback<()>,
) -> impl IntoView {
    let t = words();
    let session = expect_context::<Base>().session;
    let ladder = RwSignal::new(None::<Ladder>);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let attempt = Attempt::<(u64, Verdict)>::new();
    spawn_local(async move {
        match session.call(&ReadLadder {}).await {
            Ok(detail) => drop(ladder.try_set(Some(detail.ladder))),
            Err(failed) => drop(failure.try_set(Some(failed))),
        }
    });
    let (id, seq) = (pursued.id, pursued.seq);
    let answer = Callback::new(move |verdict: Verdict| {
        let key = attempt.key(&(seq, verdict.clone()));
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let call = AnswerLead {
                key,
                id,
                expected_seq: seq,
                verdict,
                note: String::new(),
            };
            let reply = session.call(&call).await;
            let _ = busy.try_set(false);
            match reply {
                Ok(_) => attempt.forget(),
                Err(failed) => {
                    let behind = failed.code() == Some(ErrorCode::Conflict);
                    let _ = failure.try_set(Some(failed));
                    if behind {
                        again.run(());
                    }
                }
            }
        });
    });
    let said = move |failed: &Failure| {
        if failed.code() == Some(ErrorCode::Conflict) {
            t.get().pursuit.changed_meanwhile.to_owned()
        } else {
            sentence(t.get(), failed)
        }
    };
    let editable = Signal::derive(move || session.may(Role::Sdr));
    view! {
        {move || failure.get().map(|failed| view! { <Notice tone=Tone::Bad text=Signal::derive(move || said(&failed)) /> })}
        {move || ladder.get().map(|ladder| view! {
            <PursuitCard pursued=pursued.clone() ladder now editable busy answer />
        })}
    }
}
