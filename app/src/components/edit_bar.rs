//! Edits that are not saved yet: that there are some, what is to be mended first, and the two ways to go on.

use super::{Button, Look};
use crate::text::words;
use leptos::prelude::*;

/// The bar of what is edited; there while something is not saved.
#[component]
pub(crate) fn EditBar(
    /// Whether something is not saved.
    #[prop(into)]
    changed: Signal<bool>,
    /// How many things are wrong: as long as there are any, nothing is saved.
    #[prop(into)]
    wrong: Signal<usize>,
    /// Whether it is being saved.
    #[prop(into)]
    busy: Signal<bool>,
    /// It is saved.
    #[prop(into)]
    save: Callback<()>,
    /// It becomes again what it was.
    #[prop(into)]
    discard: Callback<()>,
) -> impl IntoView {
    let t = words();
    let said = move || match wrong.get() {
        0 => t.get().edits.unsaved.to_owned(),
        count => (t.get().edits.to_mend)(count),
    };
    let cannot = Signal::derive(move || busy.get() || wrong.get() > 0);
    move || {
        changed.get().then(|| view! {
            <div class="edit-bar" data-test="edit-bar">
                <p role="status" class:is-bad=move || { wrong.get() > 0 }>{said}</p>
                <Button label=t.line(|t| t.discard) name="discard" look=Look::Quiet press=discard />
                <Button label=t.line(|t| t.frame.save) name="save" look=Look::Main disabled=cannot press=save />
            </div>
        })
    }
}
