//! A choice that is on or off, with a sentence on what it does.

use leptos::prelude::*;

/// A choice that is on or off.
#[component]
pub(crate) fn Toggle(
    /// Its label.
    #[prop(into)]
    label: Signal<&'static str>,
    /// What it does.
    #[prop(into)]
    note: Signal<&'static str>,
    /// How it is written, where it stands for something written.
    #[prop(optional)]
    code: Option<&'static str>,
    /// Its name, for the tests.
    name: &'static str,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// It is switched.
    #[prop(into)]
    choose: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="toggle">
            <input type="checkbox" data-test=name prop:checked=on on:change:target=move |event| choose.run(event.target().checked()) />
            <span class="toggle-label">{label}{code.map(|code| view! { <code>{code}</code> })}</span>
            <span class="toggle-note">{note}</span>
        </label>
    }
}
