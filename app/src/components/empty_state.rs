//! What a list says when it has nothing: why, and the one thing to do.

use leptos::prelude::*;

/// What a list says when it has nothing.
#[component]
pub(crate) fn EmptyState(
    /// In a few words.
    #[prop(into)]
    title: Signal<String>,
    /// In a sentence.
    #[prop(into)]
    text: Signal<String>,
    /// The one thing to do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state" data-test="empty-state">
            <svg class="empty-state-art" viewBox="0 0 120 80" width="120" height="80" aria-hidden="true">
                <path class="art-lattice" d="M20 4v72M46 4v72M72 4v72M98 4v72M8 16h104M8 40h104M8 64h104" />
                <path class="art-vine" d="M46 76c0-16 26-14 26-34 0-12-10-16-14-22" />
                <path class="art-leaf" d="M58 20c-3-9-13-11-20-8 2 9 11 13 20 8zM63 50c9-6 19-3 24 4-8 6-19 5-24-4z" />
            </svg>
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="empty-state-action">{children()}</div> })}
        </div>
    }
}
