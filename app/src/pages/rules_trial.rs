//! The trial of a draft of the rules on the real history.

use super::failure::FailureNotice;
use super::rules::Held;
use crate::components::{Glyph, Icon, Meter, Skeleton, WhatIfPanel};
use crate::format;
use crate::state::base::Base;
use crate::state::trial::Reading;
use crate::text::words;
use domain::api::{Member, Members};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The trial of the draft.
#[component]
pub(super) fn WhatIf(held: Held) -> impl IntoView {
    let t = words();
    let Held { base, desk, .. } = held;
    let members = members_of(base);
    let owner = Callback::new(move |id: String| {
        let known = members.with(|members| {
            members
                .iter()
                .find(|member| member.id.to_string() == id)
                .map(|member| member.name.clone())
        });
        match id.is_empty() {
            true => t.get().scoring.nobodys.to_owned(),
            false => known.unwrap_or_else(|| t.get().scoring.somebody_gone.to_owned()),
        }
    });
    let trial = base.trial;
    let mending = Memo::new(move |_| desk.read.with(|(_, wrong)| !wrong.is_empty()));
    let read_at = move || match trial.reading.get() {
        Reading::Whole(at) => Some((t.get().history_from)(&format::clock_time(t.lang(), at))),
        _ => None,
    };
    let body = move || {
        match trial.reading.get() {
        Reading::Failed(failure) => view! { <FailureNotice failure again=move |()| trial.read() /> }.into_any(),
        Reading::Not => ().into_any(),
        Reading::Some(done, total) => view! {
            <Meter done total text=Signal::derive(move || (t.get().reading_history)(format::number(t.lang(), done), format::number(t.lang(), total))) />
            <Skeleton lines=5 />
        }
        .into_any(),
        Reading::Whole(_) => view! {
            {move || trial.outcome.get().map(|outcome| view! { <WhatIfPanel outcome href=|id| format!("/leads/{id}") owner capacity=trial.capacity() /> })}
        }
        .into_any(),
    }
    };
    view! {
        <header class="rules-trial-head">
            <h2>{move || t.get().what_if_title}</h2>
            <span class="muted">{read_at}</span>
            <button type="button" class="icon-button" title=move || t.get().read_again aria-label=move || t.get().read_again on:click=move |_| trial.read() data-test="history-again">
                <Icon glyph=Glyph::Again />
            </button>
        </header>
        <Show when=move || mending.get()><p class="field-note is-bad">{move || t.get().mend_first}</p></Show>
        <div class="rules-trial-body" class:is-stale=move || trial.stale.get() || mending.get() data-test="trial" data-stale=move || (trial.stale.get() || mending.get()).to_string()>{body}</div>
    }
}

/// Who is there, to name the owners.
fn members_of(base: Base) -> RwSignal<Vec<Member>> {
    let members = RwSignal::new(Vec::new());
    spawn_local(async move {
        // Who cannot be named is told as somebody.
        if let Ok(found) = base.session.call(&Members {}).await {
            let _ = members.try_set(found);
        }
    });
    members
}
