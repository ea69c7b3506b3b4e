//! Someone else published first: both versions side by side, and the choice.

use super::{Choices, Dialog, DifferenceTable};
use crate::state::difference::Difference;
use crate::text::words;
use leptos::prelude::*;

/// The choice between two versions of the rules.
#[component]
pub(crate) fn ConflictDialog(
    /// What happened, in a sentence.
    #[prop(into)]
    text: Signal<String>,
    /// What differs: published, draft.
    differences: Vec<Difference>,
    /// What their conditions name.
    choices: Choices,
    /// The published version is taken.
    #[prop(into)]
    take_theirs: Callback<()>,
    /// The draft is kept, on top of the published version.
    #[prop(into)]
    keep_mine: Callback<()>,
    /// Nothing is decided yet.
    #[prop(into)]
    close: Callback<()>,
) -> impl IntoView {
    let t = words();
    view! {
        <Dialog title=t.line(|t| t.conflict) name="conflict" close>
            <p>{text}</p>
            <DifferenceTable differences choices left=|t| t.published_now right=|t| t.your_draft />
            <div class="dialog-actions">
                <button type="button" class="button is-quiet" on:click=move |_| close.run(())>{move || t.get().decide_later}</button>
                <button type="button" class="button" on:click=move |_| take_theirs.run(()) data-test="conflict-theirs">{move || t.get().take_theirs}</button>
                <button type="button" class="button is-main" on:click=move |_| keep_mine.run(()) data-test="conflict-mine">{move || t.get().keep_mine}</button>
            </div>
        </Dialog>
    }
}
