//! A dot and a word: whether changes arrive.

use crate::state::live::Status;
use crate::text::words;
use leptos::prelude::*;

/// Whether changes arrive.
#[component]
pub(crate) fn LiveStatus(
    /// How the connection is.
    #[prop(into)]
    status: Signal<Status>,
) -> impl IntoView {
    let t = words();
    view! {
        <span class="live-status" data-test="live-status" data-state=move || status.get().name() role="status">
            <i></i>
            <span>{move || (t.get().live_status)(status.get())}</span>
        </span>
    }
}
