//! A share as a bar: how much of the whole something is.

use leptos::prelude::*;

/// A share as a bar. The figure stands beside it in words.
#[component]
pub(crate) fn ShareBar(
    /// How much of a thousand.
    per_mille: u32,
    /// Whether it is what the page is about, or stands aside.
    #[prop(optional)]
    aside: bool,
) -> impl IntoView {
    // What is there at all is seen.
    let width = per_mille.min(1_000).max(if per_mille > 0 { 4 } else { 0 });
    view! {
        <svg class="share-bar" class:is-aside=aside viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="share-bar-track" width="1000" height="10" />
            <rect class="share-bar-fill" width=width.to_string() height="10" />
        </svg>
    }
}
