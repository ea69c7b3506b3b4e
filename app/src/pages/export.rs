//! A list as a file: in which form, how far it is, and why not.

use super::failure::sentence;
use crate::components::{Meter, Notice, Tone};
use crate::format;
use crate::state::export::{ExportState, Form, Progress, Trouble, What};
use crate::text::{Word, words};
use leptos::prelude::*;

/// The forms, with their names in selectors.
const FORMS: [(Form, &str, Word); 2] = [
    (Form::Csv, "export-csv", |t| t.csv),
    (Form::Xlsx, "export-xlsx", |t| t.xlsx),
];

/// The buttons that begin it.
#[component]
pub(super) fn ExportButtons(
    export: ExportState,
    /// What is written, as it is asked for then.
    #[prop(into)]
    what: Callback<(), What>,
    /// What the file is called.
    name: Word,
) -> impl IntoView {
    let t = words();
    on_cleanup(move || export.stop());
    let busy = move || matches!(export.progress.get(), Progress::Writing(..));
    view! {
        <div class="export segmented" role="group" aria-label=move || t.get().export>
            <span class="export-label" aria-hidden="true">{move || t.get().export}</span>
            {FORMS.map(|(form, test, label)| view! {
                <button type="button" disabled=busy data-test=test
                    on:click=move |_| export.write(what.run(()), form, t.lang(), name(t.get()))>
                    {move || label(t.get())}
                </button>
            })}
        </div>
    }
}

/// How far it is, or why it was given up.
#[component]
pub(super) fn ExportProgress(export: ExportState) -> impl IntoView {
    let t = words();
    let is_writing = Memo::new(move |_| matches!(export.progress.get(), Progress::Writing(..)));
    let counts = Memo::new(move |_| match export.progress.get() {
        Progress::Writing(done, total) => (done, total),
        _ => (0, 0),
    });
    let text = move || {
        let (done, total) = counts.get();
        let number = |count| format::number(t.lang(), count);
        (t.get().exporting)(number(done), number(total))
    };
    let failed = move || match export.progress.get() {
        Progress::Failed(Trouble::List(failure)) => Some(sentence(t.get(), &failure)),
        Progress::Failed(Trouble::File) => Some(t.get().export_failed.to_owned()),
        _ => None,
    };
    view! {
        {move || is_writing.get().then(|| view! {
            <div class="export-progress" role="status">
                <Meter done=Signal::derive(move || counts.get().0) total=Signal::derive(move || counts.get().1) text=Signal::derive(text) />
                <button type="button" class="button is-small" on:click=move |_| export.stop() data-test="export-stop">{move || t.get().export_stop}</button>
            </div>
        })}
        {move || failed().map(|text| view! {
            <Notice tone=Tone::Bad text=Signal::stored(text)>
                <button type="button" class="button is-small" on:click=move |_| export.stop()>{move || t.get().close}</button>
            </Notice>
        })}
    }
}
