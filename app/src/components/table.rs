//! Rows below heads: what every list is. Rows keep still under the pointer and the focus, where someone asks for that.
//!
//! Not here: walking from row to row, which the keys of the page do for whatever has `data-step`.

use leptos::prelude::*;

/// Rows below heads.
#[component]
pub(crate) fn Table(
    /// Its class.
    class: &'static str,
    /// The pointer or the focus is in the table, or no longer.
    #[prop(optional)]
    hold: Option<Callback<bool>>,
    /// The heads.
    #[prop(into)]
    head: ViewFn,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let (pointer, focus) = (RwSignal::new(false), RwSignal::new(false));
    if let Some(hold) = hold {
        Effect::new(move |_| hold.run(pointer.get() || focus.get()));
    }
    view! {
        <table
            class=format!("{class} rows")
            on:pointerenter=move |event| if event.pointer_type() == "mouse" { pointer.set(true) }
            on:pointerleave=move |_| pointer.set(false)
            on:focusin=move |_| focus.set(true)
            on:focusout=move |_| focus.set(false)
        >
            <thead><tr>{head.run()}</tr></thead>
            <tbody>{children()}</tbody>
        </table>
    }
}
