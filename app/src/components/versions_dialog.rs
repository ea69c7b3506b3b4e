//! Someone else saved first: what both versions say where they differ, and the choice.

use super::{Button, Dialog, Look};
use crate::text::{Word, words};
use leptos::prelude::*;

/// What one of them says: what it is about, theirs, mine.
pub(crate) type Versus = (String, String, String);

/// The choice between two versions.
#[component]
pub(crate) fn VersionsDialog(
    /// Where they differ.
    #[prop(into)]
    rows: Signal<Vec<Versus>>,
    /// What someone else saved is taken.
    #[prop(into)]
    take_theirs: Callback<()>,
    /// One's own is kept, on top of it.
    #[prop(into)]
    keep_mine: Callback<()>,
    /// Nothing is decided yet.
    #[prop(into)]
    close: Callback<()>,
    /// What happened, where it is something else than that a version was saved.
    #[prop(into, optional)]
    title: MaybeProp<String>,
    /// The same in a sentence.
    #[prop(into, optional)]
    text: MaybeProp<String>,
    /// What it is to take theirs.
    #[prop(into, optional)]
    take: MaybeProp<String>,
    /// What it is to keep one's own.
    #[prop(into, optional)]
    keep: MaybeProp<String>,
) -> impl IntoView {
    let t = words();
    let or = move |own: MaybeProp<String>, word: Word| {
        Signal::derive(move || own.get().unwrap_or_else(|| word(t.get()).to_owned()))
    };
    let lines = move || {
        let rows = rows.get().into_iter();
        let lines = rows.map(|(label, theirs, mine)| {
            view! { <tr><th scope="row">{label}</th><td>{theirs}</td><td>{mine}</td></tr> }
        });
        lines.collect_view()
    };
    view! {
        <Dialog title=or(title, |t| t.scoring.contested) name="contested" close>
            <p>{or(text, |t| t.segments.conflict_text)}</p>
            <div class="difference-table">
                <table>
                    <thead><tr><th scope="col">{move || t.get().scoring.part}</th><th scope="col">{move || t.get().segments.theirs}</th><th scope="col">{move || t.get().segments.mine}</th></tr></thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            <div class="dialog-actions">
                <Button label=or(take, |t| t.segments.take_theirs) name="contested-theirs" press=take_theirs />
                <Button label=or(keep, |t| t.segments.keep_mine) name="contested-mine" look=Look::Main press=keep_mine />
            </div>
        </Dialog>
    }
}
