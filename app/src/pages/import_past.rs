//! The imports that there were, and taking one back.

use super::failure::FailureNotice;
use crate::components::{Badge, Button, Dialog, Look, Table, Tone, WhenText};
use crate::format;
use crate::state::base::Base;
use crate::state::clock::Clock;
use crate::state::imports::ImportsState;
use crate::text::words;
use domain::api::Role;
use domain::intake::{Import, State};
use leptos::prelude::*;

/// The imports that there were.
#[component]
pub(super) fn PastImports(past: ImportsState) -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let asked = RwSignal::new(None::<Import>);
    let now = expect_context::<Clock>().signal();
    let editable = Signal::derive(move || base.session.may(Role::Marketer));
    let head = move || {
        view! {
            <th scope="col">{move || t.get().import.file}</th>
            <th scope="col" class="past-when">{move || t.get().created}</th>
            <th scope="col" class="past-count">{move || t.get().import.rows_done}</th>
            <th scope="col" class="past-count">{move || t.get().import.opened}</th>
            <th scope="col" class="past-deed">{move || t.get().import.state}</th>
        }
    };
    let line = move |import: Import| {
        let taken = import.clone();
        let (state, done, rows, opened) = (import.state, import.done, import.rows, import.opened);
        let number = move |count: u32| format::number(t.lang(), count.into());
        let deed = move || {
            match state {
            State::Open if editable.get() => {
                let taken = taken.clone();
                view! { <Button label=t.line(|t| t.import.undo) name="past-undo" small=true press=move |()| asked.set(Some(taken.clone())) /> }.into_any()
            }
            State::Open => ().into_any(),
            State::Undoing => view! { <Badge tone=Tone::Care text=t.line(|t| t.import.undoing) /> }.into_any(),
            State::Undone => view! { <span class="muted" data-test="past-undone">{move || t.get().import.undone}</span> }.into_any(),
        }
        };
        view! {
            <tr class="row" data-test="past-import">
                <td><b>{import.name}</b><span class="row-sub">{import.by}</span></td>
                <td class="past-when"><WhenText at=import.at now /></td>
                <td class="past-count" data-label=move || t.get().import.rows_done>{move || (t.get().of)(number(done), number(rows))}</td>
                <td class="past-count" data-label=move || t.get().import.opened>{move || number(opened)}</td>
                <td class="past-deed">{deed}</td>
            </tr>
        }
    };
    let rows = move || {
        let all = past.list.get().unwrap_or_default();
        all.into_iter().map(line).collect_view()
    };
    let any = move || {
        past.list
            .with(|list| list.as_ref().is_some_and(|list| !list.is_empty()))
    };
    view! {
        {move || past.failure.get().map(|failure| view! { <FailureNotice failure again=move |()| past.load() /> })}
        <Show when=any>
            <section class="past-imports">
                <h2>{move || t.get().import.past}</h2>
                <Table class="past-table" head>{rows}</Table>
            </section>
        </Show>
        {move || asked.get().map(|import| {
            let id = import.id;
            view! {
                <Dialog title=t.line(|t| t.import.undo_question) name="import-undo-ask" close=move |()| asked.set(None)>
                    <p>{move || (t.get().import.undo_text)(&import.name)}</p>
                    <div class="dialog-actions">
                        <Button label=t.line(|t| t.frame.cancel) name="past-keep" look=Look::Quiet press=move |()| asked.set(None) />
                        <Button label=t.line(|t| t.import.undo) name="past-undo-now" look=Look::Bad press=move |()| { asked.set(None); past.undo(id) } />
                    </div>
                </Dialog>
            }
        })}
    }
}
