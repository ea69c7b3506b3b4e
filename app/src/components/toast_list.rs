//! What was just done, at the foot of the page for a few seconds, with the way back.

use super::{Glyph, Icon};
use crate::state::toasts::Toasts;
use crate::text::words;
use leptos::prelude::*;

/// What was just done. The pointer and the focus keep it there.
#[component]
pub(crate) fn ToastList(
    /// The sentences.
    toasts: Toasts,
) -> impl IntoView {
    let t = words();
    view! {
        <div class="toast-list" role="status" aria-live="polite"
            on:pointerenter=move |_| toasts.keep(true) on:pointerleave=move |_| toasts.keep(false)
            on:focusin=move |_| toasts.keep(true) on:focusout=move |_| toasts.keep(false)>
            <For each=move || toasts.list().get() key=|toast| toast.id() let:toast>
                {
                    let id = toast.id();
                    let said = toast.clone();
                    let undo = toast.undo();
                    view! {
                        <div class="toast" class:is-bad=toast.is_failure() data-test="toast">
                            <Icon glyph=if toast.is_failure() { Glyph::Warning } else { Glyph::Check } />
                            <p>{move || said.text(t.get())}</p>
                            {undo.map(|undo| view! {
                                <button type="button" class="toast-undo" on:click=move |_| { toasts.close(id); undo() } data-test="undo">{move || t.get().frame.undo}</button>
                            })}
                            <button type="button" class="icon-button" aria-label=move || t.get().close on:click=move |_| toasts.close(id)><Icon glyph=Glyph::Cross /></button>
                        </div>
                    }
                }
            </For>
        </div>
    }
}
