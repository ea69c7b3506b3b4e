//! What the base would do with the first rows of a file, before anything is written.

use crate::components::Button;
use crate::format;
use crate::state::import_desk::ImportDesk;
use crate::text::words;
use domain::api::{Foreseen, ForeseenRow};
use leptos::prelude::*;

/// So many rows of a kind are named.
const NAMED_MAX: usize = 10;

/// What the base would do.
#[component]
pub(super) fn ForeseenPanel(desk: ImportDesk) -> impl IntoView {
    let t = words();
    let shown = move || {
        desk.foreseen
            .get()
            .map(|foreseen| view! { <Seen foreseen /> })
    };
    let can = move || {
        !desk.foreseeing.get()
            && desk.summary.with(|summary| summary.good > 0)
            && desk
                .plan
                .with(|plan| plan.as_ref().is_some_and(|plan| plan.is_ready()))
    };
    view! {
        <div class="import-foreseen">
            <div class="import-deeds">
                <Button label=t.line(|t| t.import.foresee) name="import-foresee" disabled=Signal::derive(move || !can()) press=move |()| desk.foresee() />
                <span class="muted">{move || t.get().import.foresee_note}</span>
            </div>
            {shown}
        </div>
    }
}

#[component]
fn Seen(foreseen: Foreseen) -> impl IntoView {
    let t = words();
    let count = |is: fn(&ForeseenRow) -> bool| {
        let count = foreseen.rows.iter().filter(|row| is(row)).count();
        u64::try_from(count).unwrap_or(u64::MAX)
    };
    let figures = [
        ("new", count(|row| row.known.is_none())),
        (
            "changed",
            count(|row| {
                row.known.is_some()
                    && !(row.changed.is_empty() && row.keys.is_empty() && row.tagged.is_empty())
            }),
        ),
        ("merged", count(|row| !row.merged.is_empty())),
        ("suggested", count(|row| !row.suggested.is_empty())),
        (
            "refused",
            u64::try_from(foreseen.refused.len()).unwrap_or(u64::MAX),
        ),
    ];
    let figures = figures.map(|(name, count)| {
        view! { <div><dt>{move || (t.get().import.foreseen)(name)}</dt><dd data-test=format!("foreseen-{name}")>{move || format::number(t.lang(), count)}</dd></div> }
    });
    let merged: Vec<ForeseenRow> = foreseen
        .rows
        .into_iter()
        .filter(|row| !row.merged.is_empty() || !row.suggested.is_empty())
        .take(NAMED_MAX)
        .collect();
    let lines = merged.into_iter().map(|row| {
        let is_merge = !row.merged.is_empty();
        let names = row.known.iter().chain(&row.merged).chain(&row.suggested);
        let names = names
            .map(|lead| lead.label().to_owned())
            .collect::<Vec<_>>()
            .join(" · ");
        let number = row.row;
        view! { <li>{move || match is_merge {
            true => (t.get().import.would_merge)(number, &names),
            false => (t.get().import.would_suggest)(number, &names),
        }}</li> }
    });
    let refused = foreseen.refused.into_iter().take(NAMED_MAX).map(|row| {
        let (number, field, code) = (row.row, row.field, row.code);
        view! { <li>{move || (t.get().import.would_refuse)(number, &field, (t.get().profile.why)(&code))}</li> }
    });
    view! {
        <dl class="import-figures" data-test="foreseen">{figures}</dl>
        <ul class="import-named">{lines.collect_view()}{refused.collect_view()}</ul>
    }
}
