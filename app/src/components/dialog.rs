//! A question that must be answered before anything else: over the page, in its middle.

use super::modal::{is_beside, modal};
use leptos::prelude::*;

/// A question over the page. Escape and the ground beside it close it.
#[component]
pub(crate) fn Dialog(
    /// What is asked.
    #[prop(into)]
    title: Signal<String>,
    /// Its name, for the tests.
    name: &'static str,
    /// Nothing is decided.
    #[prop(into)]
    close: Callback<()>,
    /// What is said and chosen, the actions last.
    children: Children,
) -> impl IntoView {
    let node = modal();
    let heading = format!("{name}-title");
    let labelled = heading.clone();
    view! {
        <dialog class="dialog" node_ref=node aria-labelledby=labelled data-test=name
            on:cancel=move |event: leptos::ev::Event| { event.prevent_default(); close.run(()) }
            on:click=move |event| if is_beside(node, &event) { close.run(()) }>
            <div class="dialog-body">
                <h2 id=heading>{title}</h2>
                {children()}
            </div>
        </dialog>
    }
}
