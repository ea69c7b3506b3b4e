//! Filters that are put together: groups of which all must hold, and lines of which one must.

use super::lead_cell::{COLUMNS, column_name};
use super::timeline_change::Naming;
use super::{Button, DateField, Glyph, Icon, Look, Offer, SelectSearch, name_in};
use crate::state::filter_form::{Asks, FilterForm, FilterLine, holds, ops};
use crate::text::{Words, words};
use domain::account::BuyingRole;
use domain::channel::Channel;
use domain::grade::Grade;
use domain::lead::Field;
use domain::list::Column;
use domain::profile::{FieldId, Kind, read_date, show_date};
use leptos::prelude::*;

/// Filters that are put together.
#[component]
pub(crate) fn FilterEditor(
    /// The filters.
    form: RwSignal<FilterForm>,
    /// What things are called.
    naming: Naming,
) -> impl IntoView {
    let t = words();
    let groups = Memo::new(move |_| {
        form.with(|form| {
            let ids = |lines: &Vec<FilterLine>| lines.iter().map(|line| line.id).collect();
            form.groups.iter().map(ids).collect::<Vec<Vec<u32>>>()
        })
    });
    let add = move |group: Option<usize>| {
        let schema = naming.schema.get_untracked();
        form.update(|form| form.add(group, &schema));
    };
    let group = move |(place, ids): (usize, Vec<u32>)| {
        let several = ids.len() > 1;
        let lines = ids.into_iter().map(|id| view! { <Line form naming id /> });
        view! {
            <div class="filter-editor-group" role="group" aria-label=move || t.get().lists.any_of data-test="filter-group">
                {several.then(|| view! { <span class="filter-editor-any">{move || t.get().lists.any_of}</span> })}
                {lines.collect_view()}
                <Button label=t.line(|t| t.lists.add_or) name="filter-or" small=true look=Look::Quiet glyph=Glyph::Plus press=move |()| add(Some(place)) />
            </div>
        }
    };
    view! {
        <div class="filter-editor">
            {move || groups.get().into_iter().enumerate().map(group).collect_view()}
            <Button label=t.line(|t| t.lists.add_filter) name="filter-and" small=true glyph=Glyph::Plus press=move |()| add(None) />
        </div>
    }
}

#[component]
fn Line(form: RwSignal<FilterForm>, naming: Naming, id: u32) -> impl IntoView {
    let t = words();
    let line = Memo::new(move |_| form.with(|form| form.line(id).cloned()));
    let column =
        Memo::new(move |_| line.with(|line| line.as_ref().map(|line| line.column.clone())));
    let op = Memo::new(move |_| line.with(|line| line.as_ref().map(|line| line.op)));
    let asks = Memo::new(move |_| {
        let line = line.get();
        line.map(|line| naming.schema.with(|schema| line.asks(schema)))
    });
    let offered = move || {
        let known = naming.schema.with(|schema| {
            let own = schema.fields.iter().filter(|field| !field.retired);
            let own = own.map(|field| FieldId::Custom(field.id.clone()));
            let standard = Field::ALL.into_iter().map(FieldId::Standard);
            let all = standard.chain(own).map(Column::Field);
            COLUMNS.into_iter().chain(all).collect::<Vec<_>>()
        });
        // A company is found on its own page, and the telephone number has a column.
        let fit = |column: &Column| {
            !matches!(
                column,
                Column::Account | Column::Field(FieldId::Standard(Field::Phone))
            )
        };
        let mut seen = std::collections::BTreeSet::new();
        let all = known.into_iter().filter(fit);
        let all = all.filter(move |column| seen.insert(column.clone()));
        let options = all.map(|one| {
            let value = one.to_string();
            let label = column_name(t, naming, &one);
            view! { <option value=value selected=move || column.get().as_ref() == Some(&one)>{label}</option> }
        });
        options.collect_view()
    };
    let choose_column = move |text: String| {
        if let Ok(column) = text.parse::<Column>() {
            let schema = naming.schema.get_untracked();
            form.update(|form| form.change(id, |line| line.ask(column, &schema)));
        }
    };
    let ways = move || {
        let column = column.get()?;
        let ops = naming.schema.with(|schema| ops(holds(&column, schema)));
        let options = ops.iter().map(|way| view! { <option value=*way selected=move || op.get() == Some(*way)>{move || (t.get().lists.test)(way)}</option> });
        Some(options.collect_view())
    };
    let choose_way = move |text: String| {
        let schema = naming.schema.get_untracked();
        form.update(|form| {
            form.change(id, |line| {
                let all = ops(holds(&line.column, &schema));
                line.op = all.iter().find(|way| **way == text).unwrap_or(&line.op);
            });
        });
    };
    let value = move || {
        asks.get()
            .map(|asks| view! { <Value form naming id asks /> })
    };
    view! {
        <div class="filter-editor-line" data-test="filter-line">
            <select class="input" aria-label=move || t.get().lists.column_label data-test="filter-column" on:change:target=move |event| choose_column(event.target().value())>{offered}</select>
            <select class="input" aria-label=move || t.get().lists.test_label data-test="filter-way" on:change:target=move |event| choose_way(event.target().value())>{ways}</select>
            <div class="filter-editor-value">{value}</div>
            <button type="button" class="icon-button" aria-label=move || t.get().lists.remove_filter data-test="filter-remove" on:click=move |_| form.update(|form| form.remove(id))><Icon glyph=Glyph::Cross /></button>
        </div>
    }
}

#[component]
fn Value(form: RwSignal<FilterForm>, naming: Naming, id: u32, asks: Asks) -> impl IntoView {
    let t = words();
    let typed = Signal::derive(move || {
        form.with(|form| form.line(id).map(|line| line.typed.clone()))
            .unwrap_or_default()
    });
    let type_in = move |text: String| form.update(|form| form.change(id, |line| line.typed = text));
    let label = move || t.get().lists.value_label;
    match asks {
        Asks::Nothing => ().into_any(),
        Asks::Text | Asks::Number => {
            let kind = if asks == Asks::Number { "decimal" } else { "text" };
            view! { <input class="input" type="text" inputmode=kind autocomplete="off" aria-label=label data-test="filter-value" prop:value=typed on:input:target=move |event| type_in(event.target().value()) /> }.into_any()
        }
        Asks::Day => {
            let day = Signal::derive(move || typed.with(|typed| read_date(typed, None).ok()));
            let choose = move |day: Option<i32>| type_in(day.map(show_date).unwrap_or_default());
            view! { <DateField label=t.line(|t| t.lists.value_label) name="filter-day" day choose /> }.into_any()
        }
        Asks::YesNo => view! {
            <select class="input" aria-label=label data-test="filter-value" prop:value=typed on:change:target=move |event| type_in(event.target().value())>
                <option value="">"–"</option>
                <option value="yes">{move || t.get().lists.yes}</option>
                <option value="no">{move || t.get().lists.no}</option>
            </select>
        }
        .into_any(),
        Asks::Words => {
            let chosen = Signal::derive(move || {
                form.with(|form| form.line(id).map(|line| line.chosen.clone()))
                    .unwrap_or_default()
            });
            let options = Signal::derive(move || {
                let column = form.with(|form| form.line(id).map(|line| line.column.clone()));
                column.map(|column| offers(t, naming, &column)).unwrap_or_default()
            });
            let choose = move |all: Vec<String>| form.update(|form| form.change(id, |line| line.chosen = all));
            view! { <SelectSearch label=t.line(|t| t.lists.value_label) name="filter-words" options chosen choose many=true /> }.into_any()
        }
    }
}

/// The words that a column can have.
fn offers(t: Words, naming: Naming, column: &Column) -> Vec<Offer> {
    let lang = t.lang();
    match column {
        Column::Stage => naming.ladder.with(|ladder| {
            let stages = ladder.iter().flat_map(|ladder| &ladder.stages);
            stages
                .map(|stage| (stage.id.clone(), name_in(lang, &stage.name)))
                .collect()
        }),
        Column::Owner => naming.members.with(|members| {
            let members = members.iter();
            members
                .map(|(id, name)| (id.to_string(), name.clone()))
                .collect()
        }),
        Column::Tags => naming.schema.with(|schema| {
            let tags = schema
                .tags()
                .filter(|(group, tag)| !group.retired && !tag.retired);
            tags.map(|(_, tag)| (tag.id.clone(), name_in(lang, &tag.name)))
                .collect()
        }),
        Column::Segment => naming.segments.with(|segments| {
            let segments = segments.iter();
            segments
                .map(|(id, name)| (id.clone(), name_in(lang, name)))
                .collect()
        }),
        Column::Channel => Channel::ALL
            .iter()
            .map(|one| (one.name().to_owned(), (t.get().channel)(*one).to_owned()))
            .collect(),
        Column::Role => BuyingRole::ALL
            .iter()
            .map(|one| {
                (
                    one.name().to_owned(),
                    (t.get().companies.role)(*one).to_owned(),
                )
            })
            .collect(),
        Column::Cell => {
            let cell =
                |grade: Grade| (1..=4).map(move |place| format!("{}{place}", grade.letter()));
            let cells = Grade::ALL.into_iter().flat_map(cell);
            cells.map(|cell| (cell.clone(), cell)).collect()
        }
        Column::Field(field) => naming.schema.with(|schema| match schema.kind(field) {
            Some(Kind::Choice { options } | Kind::Choices { options }) => options
                .iter()
                .map(|option| (option.id.clone(), name_in(lang, &option.name)))
                .collect(),
            _ => Vec::new(),
        }),
        _ => Vec::new(),
    }
}
