//! A labelled input with a hint and, when it is wrong, the reason.

use leptos::prelude::*;

/// A labelled input.
#[component]
pub(crate) fn Field(
    /// Its label.
    #[prop(into)]
    label: Signal<&'static str>,
    /// Its name, for the browser's memory and the tests.
    name: &'static str,
    /// Its HTML type.
    #[prop(default = "text")]
    kind: &'static str,
    /// The HTML autocomplete token.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// What is typed.
    value: RwSignal<String>,
    /// Why it is wrong.
    #[prop(into, optional)]
    wrong: Signal<Option<String>>,
    /// What to type.
    #[prop(into, optional)]
    hint: Signal<Option<&'static str>>,
) -> impl IntoView {
    let note = format!("{name}-note");
    let described = note.clone();
    view! {
        <label class="field" class:is-wrong=move || wrong.get().is_some()>
            <span class="field-label">{label}</span>
            <input
                class="input"
                type=kind
                name=name
                autocomplete=autocomplete
                data-test=name
                required=!optional
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
                aria-invalid=move || wrong.get().is_some().then_some("true")
                aria-describedby=described
            />
            <span class="field-note" id=note aria-live="polite">
                {move || wrong.get().or_else(|| hint.get().map(str::to_owned))}
            </span>
        </label>
    }
}
