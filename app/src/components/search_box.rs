//! What a list is searched by. `/` goes to it, Escape empties it.

use super::{Glyph, Icon};
use crate::text::{Word, words};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

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
    let node = NodeRef::<Input>::new();
    let pending = StoredValue::new_local(None::<Timeout>);
    let typed = move |text: String| {
        pending.set_value(Some(Timeout::new(PAUSE_MS, move || search.run(text))));
    };
    let listener = EventListener::new_with_options(
        &document(),
        "keydown",
        EventListenerOptions::enable_prevent_default(),
        move |event| {
            let key = event
                .dyn_ref::<web_sys::KeyboardEvent>()
                .map(web_sys::KeyboardEvent::key);
            let in_field = event
                .target()
                .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
                .is_some_and(|element| element.matches("input, select, textarea").unwrap_or(false));
            if key.as_deref() == Some("/")
                && !in_field
                && let Some(input) = node.get_untracked()
            {
                event.prevent_default();
                let _ = input.focus();
            }
        },
    );
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || listener.set_value(None));
    view! {
        <label class="search-box">
            <Icon glyph=Glyph::Search />
            <span class="visually-hidden">{move || t.get().search}</span>
            <input class="input" type="search" node_ref=node placeholder=move || hint(t.get()) autocomplete="off" spellcheck="false" data-test="search"
                prop:value=value
                on:input:target=move |event| typed(event.target().value())
                on:keydown=move |event| if event.key() == "Escape" { search.run(String::new()) } />
            <kbd aria-hidden="true">"/"</kbd>
        </label>
    }
}
