//! A verdict is about to be given: what it means, and whether it is meant.

use super::Dialog;
use crate::text::{Text, words};
use domain::verdict::Verdict;
use leptos::prelude::*;

/// The last question before a verdict.
#[component]
pub(crate) fn VerdictDialog(
    /// The browser, as its page names it.
    browser: String,
    /// What is about to hold.
    verdict: Verdict,
    /// It is meant.
    #[prop(into)]
    confirm: Callback<()>,
    /// It is not.
    #[prop(into)]
    close: Callback<()>,
) -> impl IntoView {
    let t = words();
    view! {
        <Dialog title=Signal::derive(move || question(t.get(), verdict).to_owned()) name="verdict-dialog" close>
            <p class="verdict-dialog-browser"><code>{browser}</code></p>
            <p>{move || meaning(t.get(), verdict)}</p>
            <div class="dialog-actions">
                <button type="button" class="button is-quiet" on:click=move |_| close.run(())>{move || t.get().refused.cancel}</button>
                <button type="button" class="button is-main" on:click=move |_| confirm.run(()) data-test="verdict-confirm">{move || action(t.get(), verdict)}</button>
            </div>
        </Dialog>
    }
}

/// What the button to a verdict says.
pub(super) const fn action(text: &Text, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Person => text.refused.is_person,
        Verdict::Bot => text.refused.is_bot,
        Verdict::Automatic => text.refused.take_back,
    }
}

const fn question(text: &Text, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Person => text.refused.ask_person,
        Verdict::Bot => text.refused.ask_bot,
        Verdict::Automatic => text.refused.ask_take_back,
    }
}

const fn meaning(text: &Text, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Person => text.refused.means_person,
        Verdict::Bot => text.refused.means_bot,
        Verdict::Automatic => text.refused.means_take_back,
    }
}
