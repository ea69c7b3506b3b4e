//! What came of a file's rows: counts, the rows that need a hand, put right in place, and what the base would do with the first.

use super::import_foreseen::ForeseenPanel;
use crate::components::{Badge, Button, Tab, Tabs, Tone};
use crate::format;
use crate::state::import_desk::{ImportDesk, Rows, Shown};
use crate::text::{imported, words};
use leptos::prelude::*;

/// So many columns of a row are shown.
const COLUMNS_SHOWN: usize = 12;

/// What came of a file's rows.
#[component]
pub(super) fn CheckPanel(desk: ImportDesk) -> impl IntoView {
    let t = words();
    let one = |value, label, name| Tab { value, label, name };
    let tabs = vec![
        one(Rows::Bad, |t| t.import.bad_rows, "rows-bad"),
        one(Rows::Warned, |t| t.import.warned_rows, "rows-warned"),
        one(Rows::All, |t| t.import.all_rows, "rows-all"),
    ];
    let figure = move |read: fn(&domain::import::Summary) -> u32| {
        move || format::number(t.lang(), desk.summary.with(read).into())
    };
    let reasons = move || {
        let reasons = desk
            .summary
            .with(|summary| summary.reasons.clone())
            .into_iter();
        reasons
            .map(|(reason, count)| {
                let text = move || format!("{} × {count}", (imported(t.lang()).reason)(reason));
                view! { <li><Badge tone=Tone::Care text=Signal::derive(text) /></li> }
            })
            .collect_view()
    };
    let new_tags = move || {
        let tags = desk.summary.with(|summary| summary.new_tags.clone());
        (!tags.is_empty()).then(|| {
            let names = tags.into_iter().map(|tag| tag.name).collect::<Vec<_>>().join(" · ");
            view! { <p class="import-tags"><span class="muted">{move || t.get().import.new_tags}</span>{names}</p> }
        })
    };
    let bad = move || desk.summary.with(|summary| summary.bad) > 0;
    let download = move |()| {
        let name = desk.name.get_untracked();
        let stem = name
            .rsplit_once('.')
            .map_or(name.as_str(), |(stem, _)| stem);
        desk.error_file(
            t.lang(),
            format!("{stem}-{}.csv", t.get().import.error_file_name),
        );
    };
    view! {
        <section class="panel import-check" data-test="import-check" aria-busy=move || desk.checking.get().to_string()>
            <header><h2>{move || t.get().import.check}</h2>
                {move || bad().then(|| view! { <Button label=t.line(|t| t.import.error_file) name="import-error-file" small=true press=download /> })}</header>
            <dl class="import-figures">
                <div><dt>{move || t.get().import.good}</dt><dd data-test="import-good">{figure(|summary| summary.good)}</dd></div>
                <div><dt>{move || t.get().import.bad}</dt><dd data-test="import-bad">{figure(|summary| summary.bad)}</dd></div>
                <div><dt>{move || t.get().import.warned}</dt><dd>{figure(|summary| summary.warned)}</dd></div>
                <div><dt>{move || t.get().import.repeated}</dt><dd>{figure(|summary| summary.repeated)}</dd></div>
                <div><dt>{move || t.get().import.blank}</dt><dd>{figure(|summary| summary.blank)}</dd></div>
            </dl>
            <ul class="import-reasons">{reasons}</ul>
            {new_tags}
            <Tabs label=t.line(|t| t.import.check) tabs chosen=desk.which choose=move |which| desk.show(which) />
            <RowTable desk />
            {move || desk.next.get().is_some().then(|| view! { <button type="button" class="button is-small" on:click=move |_| desk.more()>{move || t.get().load_more}</button> })}
            <ForeseenPanel desk />
        </section>
    }
}

/// The rows that are looked at.
#[component]
fn RowTable(desk: ImportDesk) -> impl IntoView {
    let t = words();
    let names = move || {
        desk.plan.with(|plan| {
            let columns = plan
                .as_ref()
                .map(|plan| plan.columns.clone())
                .unwrap_or_default();
            columns
                .into_iter()
                .take(COLUMNS_SHOWN)
                .map(|column| column.name)
                .collect::<Vec<_>>()
        })
    };
    let heads = move || {
        names()
            .into_iter()
            .map(|name| view! { <th scope="col">{name}</th> })
            .collect_view()
    };
    let none = move || desk.rows.with(Vec::is_empty);
    view! {
        {move || none().then(|| view! { <p class="muted">{move || match desk.which.get() {
            Rows::Bad => t.get().import.no_bad,
            Rows::Warned => t.get().import.no_warned,
            Rows::All => t.get().import.no_rows,
        }}</p> })}
        <div class="import-scroll" class:is-hidden=none>
            <table class="plain-table import-rows">
                <thead><tr><th scope="col">{move || t.get().import.row}</th>{heads}<th scope="col">{move || t.get().import.reason}</th></tr></thead>
                <tbody><For each=move || desk.rows.get() key=|shown| (shown.outcome.row, shown.cells.clone()) let(shown)><Line desk shown /></For></tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(desk: ImportDesk, shown: Shown) -> impl IntoView {
    let t = words();
    let Shown { cells, outcome } = shown;
    let row = outcome.row;
    let all = outcome.problems.iter().map(|problem| (problem, true));
    let all = all.chain(outcome.warnings.iter().map(|problem| (problem, false)));
    let said: Vec<_> = all
        .map(|(problem, bad)| (problem.column, problem.code, bad))
        .collect();
    let wrong = |at: usize| {
        let column = u32::try_from(at).ok();
        outcome
            .problems
            .iter()
            .any(|problem| problem.column == column)
    };
    let cells = cells.into_iter().take(COLUMNS_SHOWN).enumerate().map(|(at, cell)| {
        let is_wrong = wrong(at);
        let before = cell.clone();
        let fix = move |text: String| {
            if let Ok(column) = u32::try_from(at) && text != before {
                desk.fix(row, column, text);
            }
        };
        view! {
            <td><input class="cell-input" type="text" class:is-wrong=is_wrong aria-invalid=is_wrong.then_some("true") aria-label=move || (t.get().import.cell)(at.saturating_add(1), row.saturating_add(1)) data-test="import-cell"
                prop:value=cell on:change:target=move |event| fix(event.target().value()) /></td>
        }
    });
    let cells = cells.collect_view();
    let reasons = move || {
        let said = said.iter().map(|(column, code, bad)| {
            let tone = if *bad { Tone::Bad } else { Tone::Care };
            let (column, code) = (*column, *code);
            let name = move || {
                desk.plan.with(|plan| {
                    let at = usize::try_from(column?).ok()?;
                    Some(plan.as_ref()?.columns.get(at)?.name.clone())
                })
            };
            let text = move || {
                let words = imported(t.lang());
                (words.reason_of)(&name().unwrap_or_default(), (words.reason)(code))
            };
            view! { <Badge tone text=Signal::derive(text) /> }
        });
        said.collect_view()
    };
    view! {
        <tr data-test="import-row" data-row=row><td>{row.saturating_add(1)}</td>{cells}<td class="import-why">{reasons}</td></tr>
    }
}
