//! Chooses the language. Each language is named in itself.

use crate::state::prefs::tag;
use crate::text::{self, words};
use domain::api::Lang;
use leptos::prelude::*;

/// Chooses the language.
#[component]
pub(crate) fn LangSwitch(
    /// The one chosen.
    #[prop(into)]
    lang: Signal<Lang>,
    /// Another is chosen.
    #[prop(into)]
    choose: Callback<Lang>,
) -> impl IntoView {
    let t = words();
    let option = move |option: Lang| {
        view! {
            <button
                type="button"
                lang=tag(option)
                aria-pressed=move || (lang.get() == option).to_string()
                on:click=move |_| choose.run(option)
                data-test=format!("lang-{}", tag(option))
            >
                {text::of(option).own_name}
            </button>
        }
    };
    view! {
        <div class="lang-switch segmented" role="group" aria-label=move || t.get().language>
            {option(Lang::Zh)} {option(Lang::En)}
        </div>
    }
}
