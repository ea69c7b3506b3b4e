//! What a screen says when a call failed: a sentence, and trying again.

use crate::api::Failure;
use crate::components::{Notice, Tone};
use crate::state::rules_form::Why;
use crate::text::{Text, words};
use leptos::prelude::*;

/// A failure in a sentence with a next step.
pub(super) fn sentence(text: &Text, failure: &Failure) -> String {
    match failure {
        Failure::NoAnswer => text.no_answer.to_owned(),
        Failure::Unreadable => text.unreadable.to_owned(),
        Failure::Refused(code, _) => (text.error)(*code).to_owned(),
        Failure::Field(error) => (text.why_wrong)(Why::read(
            &error.code,
            error.field.as_deref().unwrap_or_default(),
        )),
    }
}

/// A failure, with a button to try again.
#[component]
pub(super) fn FailureNotice(
    /// What failed.
    failure: Failure,
    /// Tries again.
    #[prop(into)]
    again: Callback<()>,
) -> impl IntoView {
    let t = words();
    view! {
        <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure))>
            <button type="button" class="button is-small" on:click=move |_| again.run(())>{move || t.get().try_again}</button>
        </Notice>
    }
}
