//! A line of text or a number that is typed, with what is wrong below it: what forms of many parts are made of.

use leptos::prelude::*;

/// A line of text or a number.
#[component]
pub(crate) fn TextLine(
    /// Its label.
    #[prop(into)]
    label: Signal<String>,
    /// Its name, for the tests.
    #[prop(into)]
    name: String,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Something else is typed.
    #[prop(into)]
    change: Callback<String>,
    /// Why it is wrong.
    #[prop(into, optional)]
    wrong: Signal<Option<String>>,
    /// What to type.
    #[prop(into, optional)]
    hint: Signal<Option<String>>,
    /// Whether it is a number.
    #[prop(optional)]
    number: bool,
) -> impl IntoView {
    view! {
        <label class="field text-line" class:is-number=number class:is-wrong=move || wrong.with(Option::is_some)>
            <span class="field-label">{label}</span>
            <input class="input" autocomplete="off" spellcheck="false" data-test=name
                inputmode=number.then_some("numeric")
                prop:value=value
                on:input:target=move |event| change.run(event.target().value())
                aria-invalid=move || wrong.with(Option::is_some).then_some("true") />
            <span class="field-note" aria-live="polite">{move || wrong.get().or_else(|| hint.get())}</span>
        </label>
    }
}
