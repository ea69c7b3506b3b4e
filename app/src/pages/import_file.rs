//! Choosing a file, and how it was read: encoding, sheet, and which row is the head.

use crate::components::{Glyph, Icon};
use crate::format;
use crate::state::import_desk::{ImportDesk, Way};
use crate::text::words;
use leptos::html::Input;
use leptos::prelude::*;
use web_sys::{DragEvent, File, FileList};

/// Encodings that a person may name.
const ENCODINGS: [&str; 7] = [
    "UTF-8",
    "GB18030",
    "Big5",
    "UTF-16LE",
    "Shift_JIS",
    "EUC-KR",
    "windows-1252",
];

/// Where a file is dropped or chosen.
#[component]
pub(super) fn FileDrop(desk: ImportDesk) -> impl IntoView {
    let t = words();
    let node = NodeRef::<Input>::new();
    let over = RwSignal::new(false);
    let take = move |files: Option<FileList>| {
        let file: Option<File> = files.and_then(|files| files.get(0));
        if let Some(file) = file {
            desk.choose(file);
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        take(event.data_transfer().and_then(|data| data.files()));
    };
    let dragged = move |event: DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    view! {
        <label class="file-drop" class:is-over=over on:drop=dropped on:dragover=dragged on:dragleave=move |_| over.set(false)>
            <Icon glyph=Glyph::File />
            <b>{move || t.get().import.drop}</b>
            <span class="muted">{move || t.get().import.drop_hint}</span>
            <span class="button is-main">{move || t.get().import.choose}</span>
            <input class="visually-hidden" type="file" accept=".csv,.tsv,.txt,.xlsx" node_ref=node data-test="import-file"
                on:change=move |_| take(node.get_untracked().and_then(|input| input.files())) />
        </label>
    }
}

/// How the file was read, and the way to have it read otherwise.
#[component]
pub(super) fn FilePanel(desk: ImportDesk) -> impl IntoView {
    let t = words();
    let facts = Memo::new(move |_| {
        desk.opened
            .with(|opened| opened.as_ref().map(|opened| opened.file.clone()))
    });
    let head = Memo::new(move |_| {
        desk.opened
            .with(|opened| opened.as_ref().and_then(|opened| opened.head.row))
    });
    let encoding = move || {
        let known = facts.get()?.encoding?;
        let mut all: Vec<String> = ENCODINGS.iter().map(|one| (*one).to_owned()).collect();
        if !all.contains(&known) {
            all.insert(0, known.clone());
        }
        let options = all.into_iter().map(|one| {
            let own = known == one;
            view! { <option value=one.clone() selected=own>{one.clone()}</option> }
        });
        let options = options.collect_view();
        Some(view! {
            <label class="field"><span class="field-label">{move || t.get().import.encoding}</span>
                <select class="input" data-test="import-encoding" on:change:target=move |event| {
                    let way = desk.way.get_untracked();
                    desk.read_as(Way { encoding: Some(event.target().value()), ..way });
                }>{options}</select></label>
        })
    };
    let sheet = move || {
        let sheets = facts.get().map(|facts| facts.sheets).unwrap_or_default();
        let chosen = desk.way.get().sheet.or_else(|| sheets.first().cloned());
        (sheets.len() > 1).then(|| {
            let options = sheets.into_iter().map(|one| {
                let own = chosen.as_ref() == Some(&one);
                view! { <option value=one.clone() selected=own>{one.clone()}</option> }
            });
            let options = options.collect_view();
            view! {
                <label class="field"><span class="field-label">{move || t.get().import.sheet}</span>
                    <select class="input" data-test="import-sheet" on:change:target=move |event| {
                        let way = desk.way.get_untracked();
                        desk.read_as(Way { sheet: Some(event.target().value()), ..way });
                    }>{options}</select></label>
            }
        })
    };
    let heads = move || {
        let rows = desk.opened.with(|opened| {
            let opened = opened.as_ref()?;
            Some(opened.first_rows.clone())
        });
        let rows = rows.unwrap_or_default().into_iter().enumerate();
        let options = rows.map(|(at, cells)| {
            let own = head.get().is_some_and(|head| usize::try_from(head) == Ok(at));
            let cells: Vec<String> = cells.into_iter().filter(|cell| !cell.is_empty()).take(4).collect();
            let number = at.saturating_add(1);
            view! { <option value=at.to_string() selected=own>{format!("{number} · {}", cells.join(" | "))}</option> }
        });
        options.collect_view()
    };
    let rows = move || format::number(t.lang(), desk.summary.with(|summary| summary.rows.into()));
    view! {
        <section class="panel import-facts" data-test="import-facts">
            <header><h2>{desk.name}</h2><span class="muted">{move || (t.get().import.rows)(&rows())}</span></header>
            <div class="import-fields">
                {encoding}
                {sheet}
                <label class="field is-wide"><span class="field-label">{move || t.get().import.head_row}</span>
                    <select class="input" data-test="import-head" on:change:target=move |event| desk.take_head(event.target().value().parse().ok())>
                        <option value="" selected=move || head.get().is_none()>{move || t.get().import.no_head}</option>
                        {heads}
                    </select></label>
            </div>
        </section>
    }
}
