//! What a list is searched by. The page's keys go to it with `/`; Escape empties it.

use super::{Glyph, Icon};
use crate::text::{Word, words};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

/// How long typing must pause before it is searched for.
const PAUSE_MS: u32 = 220;

/// The search of a list.
#[component]
pub(crate) fn SearchBox(
    /// What is searched for.
    #[prop(into)]
    value: Signal<String>,
    /// Something else is.
    #[prop(into)]
    search: Callback<String>,
    /// What it may be.
    hint: Word,
) -> impl IntoView {
    let t = words();
    let pending = StoredValue::new_local(None::<Timeout>);
    let typed = move |text: String| {
        pending.set_value(Some(Timeout::new(PAUSE_MS, move || search.run(text))));
    };
    view! {
        <label class="search-box">
            <Icon glyph=Glyph::Search />
            <span class="visually-hidden">{move || t.get().search}</span>
            <input class="input" type="search" placeholder=move || hint(t.get()) autocomplete="off" spellcheck="false" data-test="search"
                prop:value=value
                on:input:target=move |event| typed(event.target().value())
                on:keydown=move |event| if event.key() == "Escape" { search.run(String::new()) } />
            <kbd aria-hidden="true">"/"</kbd>
        </label>
    }
}
