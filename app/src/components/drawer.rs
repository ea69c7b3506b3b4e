//! Something looked at beside the page, from its edge: over it, and as high.

use super::modal::{is_beside, modal};
use super::{Glyph, Icon};
use crate::text::words;
use leptos::prelude::*;

/// Something over the edge of the page. Escape and the ground beside it close it.
#[component]
pub(crate) fn Drawer(
    /// What it is.
    #[prop(into)]
    title: Signal<String>,
    /// Its name, for the tests.
    name: &'static str,
    /// It was looked at.
    #[prop(into)]
    close: Callback<()>,
    /// What there is to see.
    children: Children,
) -> impl IntoView {
    let t = words();
    let node = modal();
    let heading = format!("{name}-title");
    let labelled = heading.clone();
    view! {
        <dialog class="drawer" node_ref=node aria-labelledby=labelled data-test=name
            on:cancel=move |event: leptos::ev::Event| { event.prevent_default(); close.run(()) }
            on:click=move |event| if is_beside(node, &event) { close.run(()) }>
            <div class="drawer-body">
                <header class="drawer-head">
                    <h2 id=heading>{title}</h2>
                    <button type="button" class="icon-button" aria-label=move || t.get().close on:click=move |_| close.run(()) data-test="drawer-close"><Icon glyph=Glyph::Cross /></button>
                </header>
                {children()}
            </div>
        </dialog>
    }
}
