//! What a draft of the rules changes, and its way out: published, discarded, or held against what someone else published.

use super::failure::sentence;
use super::rules::Held;
use crate::components::{ConflictDialog, DifferenceTable, Notice, Tone};
use crate::state::base::Base;
use crate::state::desk::Desk;
use crate::text::{Text, words};
use leptos::prelude::*;

/// What the draft changes, and its way out.
#[component]
pub(super) fn PublishBar(held: Held) -> impl IntoView {
    let t = words();
    let Held {
        base,
        desk,
        choices,
        ..
    } = held;
    let wrong = Memo::new(move |_| desk.read.with(|(_, wrong)| wrong.len()));
    let changes = Memo::new(move |_| desk.differences().len());
    let showing = RwSignal::new(false);
    let words_on_it = move || match (wrong.get(), desk.changed.get()) {
        (0, false) => match desk.done.get() {
            Some(version) => (t.get().published_now_as)(version),
            None => t.get().no_changes.to_owned(),
        },
        (0, true) => (t.get().changes_kept_here)(changes.get()),
        (count, _) => (t.get().fields_to_mend)(count),
    };
    view! {
        <div class="publish-bar" class:is-dirty=desk.changed data-test="publish-bar" data-changed=move || desk.changed.get().to_string()>
            <p role="status">{words_on_it}</p>
            <div class="publish-bar-actions">
                <Show when=move || desk.changed.get()>
                    <button type="button" class="button is-quiet is-small" aria-expanded=move || showing.get().to_string() on:click=move |_| showing.update(|showing| *showing = !*showing)>{move || t.get().see_changes}</button>
                    <button type="button" class="button is-small" on:click=move |_| desk.discard() data-test="discard">{move || t.get().discard}</button>
                </Show>
                <button type="button" class="button is-main is-small" data-test="publish"
                    disabled={move || desk.publishing.get() || !desk.changed.get() || wrong.get() != 0}
                    on:click=move |_| desk.publish()>
                    {move || if desk.publishing.get() { t.get().one_moment } else { t.get().publish }}
                </button>
            </div>
        </div>
        <Show when=move || showing.get() && desk.changed.get()>
            {move || view! { <div class="panel"><DifferenceTable differences=desk.differences() choices left=|t| t.published_now right=|t| t.your_draft /></div> }}
        </Show>
        {move || desk.failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
        {move || desk.is_behind().then(|| {
            let text = Signal::derive(move || behind_text(base, desk, t.get()));
            view! {
                <Notice tone=Tone::Care text>
                    <button type="button" class="button is-small" on:click=move |_| desk.choosing.set(true) data-test="compare">{move || t.get().compare}</button>
                </Notice>
            }
        })}
    }
}

fn behind_text(base: Base, desk: Desk, text: &Text) -> String {
    let (version, by) = base.published.with(|known| {
        known
            .as_ref()
            .map(|known| (known.version, known.by.clone()))
            .unwrap_or_default()
    });
    (text.draft_is_behind)(version, &by.unwrap_or_default(), desk.from.get())
}

/// Two versions, and the choice between them.
#[component]
pub(super) fn Choice(held: Held) -> impl IntoView {
    let t = words();
    let Held {
        base,
        desk,
        choices,
        ..
    } = held;
    let text = Signal::derive(move || behind_text(base, desk, t.get()));
    let differences = untrack(move || desk.differences());
    view! {
        <ConflictDialog
            text
            differences
            choices
            take_theirs=move |()| desk.discard()
            keep_mine=move |()| desk.rebase()
            close=move |()| desk.choosing.set(false)
        />
    }
}
