//! A piece of text to be copied whole, with the button that does it.

use super::{Glyph, Icon};
use crate::text::words;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

/// How long the button says that it worked.
const SAID_MS: u32 = 1_800;

/// Text to be copied.
#[component]
pub(crate) fn CopyBox(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let t = words();
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            // Without permission the text can still be selected by hand.
            if JsFuture::from(window().navigator().clipboard().write_text(&text))
                .await
                .is_ok()
            {
                copied.set(true);
                Timeout::new(SAID_MS, move || {
                    let _ = copied.try_set(false);
                })
                .forget();
            }
        });
    };
    view! {
        <div class="copy-box">
            <code data-test="copy-text">{text}</code>
            <button type="button" class="button is-small" on:click=copy data-test="copy">
                {move || view! { <Icon glyph=if copied.get() { Glyph::Check } else { Glyph::Copy } /> }}
                <span aria-live="polite">{move || if copied.get() { t.get().copied } else { t.get().copy }}</span>
            </button>
        </div>
    }
}
