//! A cell of the list of leads, mended in its place.

use super::failure::sentence;
use crate::api::Failure;
use crate::components::{MoveDialog, Naming, VersionsDialog, column_name, name_in};
use crate::state::base::Base;
use crate::state::cell_edit::{CellChange, CellEdit, Telling, stands};
use crate::state::toasts::Toasts;
use crate::text::{Text, Words, words};
use domain::api::ErrorCode;
use domain::id::LeadId;
use domain::list::Column;
use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Cells that are mended on this page.
pub(super) fn mending(base: Base, naming: Naming) -> CellEdit {
    let t = words();
    let telling = Telling {
        done: |text, name| (text.frame.saved)(name),
        failed: said,
        note: t.line(|t| t.lists.by_mistake),
    };
    CellEdit::new(
        base.session,
        expect_context::<Toasts>(),
        naming.ladder,
        telling,
    )
}

/// What must be said before a change, and both versions where there are two.
#[component]
pub(super) fn MendDialogs(edit: CellEdit, naming: Naming) -> impl IntoView {
    let t = words();
    view! {
        {move || edit.asked.get().zip(naming.ladder.get()).map(|(asked, ladder)| view! {
            <MoveDialog asked ladder say=move |said| edit.answer(said) close=move |()| edit.asked.set(None) />
        })}
        {move || edit.contest.get().map(|contest| {
            let rows = Signal::derive(move || {
                let column = &contest.mine.column;
                let word = |raw: &str| called(t, naming, column, raw);
                vec![(column_name(t, naming, column), word(&contest.theirs), word(&contest.mine.to))]
            });
            view! { <VersionsDialog rows take_theirs=move |()| edit.contest.set(None) keep_mine=move |()| edit.keep_mine() close=move |()| edit.contest.set(None) /> }
        })}
    }
}

/// What a cell is mended with.
pub(super) fn editor(
    base: Base,
    edit: CellEdit,
    naming: Naming,
    (id, column): (LeadId, Column),
) -> AnyView {
    let Some((lead, _)) = base.leads.list.with_untracked(|list| list.get(id)) else {
        return ().into_any();
    };
    let before = stands(&lead, &column);
    let label = {
        let column = column.clone();
        let t = words();
        move || column_name(t, naming, &column)
    };
    let save = {
        let (lead, column) = (lead, column.clone());
        Callback::new(move |to: String| {
            edit.save(CellChange {
                lead: lead.clone(),
                column: column.clone(),
                to,
            });
            back_to(id);
        })
    };
    let node = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if let Some(node) = node.get() {
            request_animation_frame(move || focus_in(&node));
        }
    });
    let pressed = move |event: KeyboardEvent| {
        event.stop_propagation();
        if event.key() == "Escape" {
            edit.open.set(None);
            back_to(id);
        }
    };
    let input = match column {
        Column::Owner | Column::Stage => {
            let (offered, known) = (column.clone(), before.clone());
            let options = move || options(naming, &offered, &known);
            view! {
                <select class="input" aria-label=label data-test="mend-input" on:change:target=move |event| save.run(event.target().value()) on:blur=move |_| edit.open.set(None)>{options}</select>
            }
            .into_any()
        }
        _ => {
            let typed = RwSignal::new(before.clone());
            let enter = move |event: KeyboardEvent| {
                if event.key() == "Enter" && !event.is_composing() {
                    event.prevent_default();
                    save.run(typed.get_untracked());
                }
            };
            let leave = move |_| {
                // Leaving it keeps what was typed; Escape does not.
                if edit.open.try_get_untracked().flatten().is_some()
                    && typed.get_untracked() != before
                {
                    save.run(typed.get_untracked());
                } else {
                    edit.open.set(None);
                }
            };
            view! {
                <input class="input" type="text" autocomplete="off" aria-label=label data-test="mend-input" prop:value=typed
                    on:input:target=move |event| typed.set(event.target().value()) on:keydown=enter on:blur=leave />
            }
            .into_any()
        }
    };
    view! { <div class="lead-table-editor" node_ref=node on:keydown=pressed>{input}</div> }
        .into_any()
}

/// What there is to choose from, with what stands there.
fn options(naming: Naming, column: &Column, before: &str) -> AnyView {
    let t = words();
    let before = before.to_owned();
    let all: Vec<(String, String)> = match column {
        Column::Owner => naming.members.with(|members| {
            let nobody = (String::new(), t.get().lists.nobody.to_owned());
            let all = members.iter();
            let all = all.map(|(id, name)| (id.to_string(), name.clone()));
            std::iter::once(nobody).chain(all).collect()
        }),
        _ => naming.ladder.with(|ladder| {
            let stages = ladder.iter().flat_map(|ladder| &ladder.stages);
            let stages = stages.filter(|stage| !stage.retired || stage.id == before);
            let named = stages.map(|stage| (stage.id.clone(), name_in(t.lang(), &stage.name)));
            let none = before.is_empty().then(|| (String::new(), "–".to_owned()));
            none.into_iter().chain(named).collect()
        }),
    };
    let options = all.into_iter().map(move |(id, name)| {
        let chosen = id == before;
        view! { <option value=id selected=chosen>{name}</option> }
    });
    options.collect_view().into_any()
}

/// What stands in a cell, in words.
fn called(t: Words, naming: Naming, column: &Column, raw: &str) -> String {
    let known = match column {
        Column::Owner => naming.members.with(|members| {
            let id = raw.parse().ok()?;
            members.get(&id).cloned()
        }),
        Column::Stage => naming.ladder.with(|ladder| {
            let stage = ladder.as_ref()?.stage(raw)?;
            Some(name_in(t.lang(), &stage.name))
        }),
        _ => Some(raw.to_owned()).filter(|text| !text.is_empty()),
    };
    known.unwrap_or_else(|| "–".to_owned())
}

/// Why a change was not made.
fn said(text: &Text, failure: &Failure) -> String {
    match failure {
        Failure::Refused(ErrorCode::Conflict, _) => text.lists.conflict_text.to_owned(),
        Failure::Field(error) => {
            let own = (text.board.why)(&error.code);
            own.map_or_else(|| sentence(text, failure), str::to_owned)
        }
        other => sentence(text, other),
    }
}

/// Goes back to the row.
fn back_to(id: LeadId) {
    request_animation_frame(move || {
        let css = format!("[data-id='{id}'] .row-link");
        let found = document().query_selector(&css).ok().flatten();
        if let Some(found) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = found.focus();
        }
    });
}

/// Goes to what is typed into.
fn focus_in(node: &web_sys::HtmlDivElement) {
    let found = node.query_selector(".input").ok().flatten();
    if let Some(found) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = found.focus();
    }
}
