//! What every page shows of a sheet that is edited: the bar of its edits, and both versions where somebody else saved first.

use crate::components::{EditBar, VersionsDialog, Versus};
use crate::state::sheet::{Formed, Sheet};
use leptos::prelude::*;

/// The bar of a sheet's edits, and both versions while there are two.
#[component]
pub(super) fn SheetEdits<T: Formed>(
    /// What is edited.
    sheet: Sheet<T>,
    /// How many things are wrong with it.
    #[prop(into)]
    wrong: Signal<usize>,
    /// It is saved.
    #[prop(into)]
    save: Callback<()>,
    /// Where what somebody else saved and the form differ.
    #[prop(into)]
    rows: Signal<Vec<Versus>>,
) -> impl IntoView {
    let changed = Memo::new(move |_| sheet.is_changed());
    let contested = Memo::new(move |_| sheet.theirs.with(Option::is_some));
    let keep = move |()| {
        sheet.keep_mine();
        if wrong.get_untracked() == 0 {
            save.run(());
        }
    };
    view! {
        <EditBar changed wrong busy=sheet.busy save discard=move |()| sheet.discard() />
        {move || contested.get().then(|| view! {
            <VersionsDialog rows take_theirs=move |()| sheet.take_theirs() keep_mine=keep close=move |()| sheet.theirs.set(None) />
        })}
    }
}
