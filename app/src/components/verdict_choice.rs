//! What is held of a browser, and the way to another verdict for whoever may give one.

use super::verdict_dialog::action;
use crate::text::words;
use domain::verdict::Verdict;
use leptos::prelude::*;

/// What is held of a browser.
#[component]
pub(crate) fn VerdictChoice(
    /// What holds.
    #[prop(into)]
    verdict: Signal<Verdict>,
    /// What is offered where nothing was decided.
    otherwise: Verdict,
    /// Whether another may be given.
    #[prop(into)]
    editable: Signal<bool>,
    /// Another is chosen.
    #[prop(into)]
    choose: Callback<Verdict>,
) -> impl IntoView {
    let t = words();
    let offered = move || match verdict.get() {
        Verdict::Automatic => otherwise,
        Verdict::Person | Verdict::Bot => Verdict::Automatic,
    };
    let mark = move || {
        let verdict = verdict.get();
        (!verdict.is_automatic()).then(|| {
            view! { <span class="badge" class:is-care=verdict == Verdict::Bot>{(t.get().refused.verdict)(verdict)}</span> }
        })
    };
    view! {
        <span class="verdict-choice" data-test="verdict" data-verdict=move || verdict.get().name()>
            {mark}
            {move || editable.get().then(|| view! {
                <button type="button" class="button is-small" data-test="verdict-choose" on:click=move |_| choose.run(offered())>
                    {action(t.get(), offered())}
                </button>
            })}
        </span>
    }
}
