//! How far something has come, of a known whole.

use leptos::prelude::*;

/// How far something has come.
#[component]
pub(crate) fn Meter(
    /// So many.
    #[prop(into)]
    done: Signal<u64>,
    /// Of so many.
    #[prop(into)]
    total: Signal<u64>,
    /// In words.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="meter" data-test="meter">
            <span>{text}</span>
            <progress value=move || done.get().to_string() max=move || total.get().max(1).to_string()></progress>
        </div>
    }
}
