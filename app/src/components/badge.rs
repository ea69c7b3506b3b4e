//! A word about something, beside it.

use super::Tone;
use leptos::prelude::*;

/// A word about something.
#[component]
pub(crate) fn Badge(
    /// How it sounds.
    #[prop(default = Tone::Calm)]
    tone: Tone,
    /// The word.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <span class="badge" class:is-care=tone == Tone::Care class:is-bad=tone == Tone::Bad>{text}</span> }
}
