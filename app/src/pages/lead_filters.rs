//! The filters that people use most, above the list of leads. Each is a column that every row shows, so that what moves
//! live is judged as the worker judges it.

use crate::components::{Button, Dialog, FilterEditor, Look, Naming};
use crate::state::base::Base;
use crate::state::filter_form::FilterForm;
use crate::text::{Word, words};
use domain::api::Lang;
use domain::channel::Channel;
use domain::list::{Clause, Filter, Operand, Test};
use leptos::prelude::*;

/// By what a person is reached.
const REACHED: [(&str, Word); 3] = [
    ("email", |t| t.with_email),
    ("phone", |t| t.with_phone),
    ("account", |t| t.with_account),
];

/// The filters.
#[component]
pub(super) fn LeadFilters(base: Base, naming: Naming, children: Children) -> impl IntoView {
    let t = words();
    let schema = naming.schema;
    let editing = RwSignal::new(false);
    let mql = base.mql_score();
    let leads = base.leads;
    let now = move |column: &str| leads.filter.with(|all| chosen(all, column));
    let choose = move |column: &'static str, test: Option<Test>| {
        let mut all = leads.filter.get_untracked();
        all.retain(|clause| !is_of(clause, column));
        all.extend(test.map(|test| one(column, test)));
        leads.filter_by(all);
    };
    let tags = move || {
        let name = move |tag: &domain::profile::Tag| match t.lang() {
            Lang::Zh => tag.name.zh.clone(),
            Lang::En => tag.name.en.clone(),
        };
        let known = schema.get();
        let shown = known
            .tags()
            .filter(|(group, tag)| !group.retired && !tag.retired);
        shown
            .map(|(_, tag)| (tag.id.clone(), name(tag)))
            .collect::<Vec<_>>()
    };
    let is = |value: String| (!value.is_empty()).then_some(Test::Is(Operand::Text(value)));
    view! {
        <div class="lead-filters" role="group" aria-label=move || t.get().filters>
            <select class="input" aria-label=move || t.get().channel_first data-test="filter-channel" class:is-set=move || now("channel").is_some()
                prop:value=move || now("channel").unwrap_or_default()
                on:change:target=move |event| choose("channel", is(event.target().value()))>
                <option value="">{move || t.get().any_channel}</option>
                {Channel::ALL.iter().map(|channel| view! { <option value=channel.name()>{move || (t.get().channel)(*channel)}</option> }).collect_view()}
            </select>
            <select class="input" aria-label=move || t.get().tags data-test="filter-tag" class:is-set=move || now("tags").is_some()
                prop:value=move || { schema.track(); now("tags").unwrap_or_default() }
                on:change:target=move |event| choose("tags", is(event.target().value()))>
                <option value="">{move || t.get().any_tag}</option>
                {move || tags().into_iter().map(|(id, name)| view! { <option value=id>{name}</option> }).collect_view()}
            </select>
            <select class="input" aria-label=move || t.get().score data-test="filter-score" class:is-set=move || now("score").is_some()
                prop:value=move || now("score").unwrap_or_default()
                on:change:target=move |event| choose("score", event.target().value().parse().ok().map(Test::AtLeast))>
                <option value="">{move || t.get().any_score}</option>
                {move || mql.get().map(|line| view! { <option value=line.to_string()>{(t.get().from_mql)(line)}</option> })}
                <option value="1">{move || t.get().any_points}</option>
            </select>
            {REACHED.map(|(column, label)| view! {
                <button type="button" class="button is-small" data-test=format!("filter-{column}") aria-pressed=move || now(column).is_some().to_string()
                    on:click=move |_| choose(column, now(column).is_none().then_some(Test::NotEmpty))>{move || label(t.get())}</button>
            })}
            <button type="button" class="button is-small" data-test="filter-more" aria-pressed=move || leads.filter.with(|all| !all.is_empty()).to_string() on:click=move |_| editing.set(true)>
                {move || (t.get().lists.filters)(leads.filter.with(Vec::len))}
            </button>
            {move || leads.filter.with(|all| !all.is_empty()).then(|| view! {
                <button type="button" class="button is-small is-quiet" on:click=move |_| leads.filter_by(Vec::new()) data-test="filters-clear">{move || t.get().clear_filters}</button>
            })}
            <span class="lead-filters-more">{children()}</span>
        </div>
        {move || editing.get().then(|| view! { <Edit base naming close=move |()| editing.set(false) /> })}
    }
}

/// Filters that are put together.
#[component]
fn Edit(base: Base, naming: Naming, #[prop(into)] close: Callback<()>) -> impl IntoView {
    let t = words();
    let leads = base.leads;
    let schema = naming.schema;
    let begun = leads.filter.with_untracked(|filter| {
        let mut form = schema.with_untracked(|schema| FilterForm::of(filter, schema));
        if form.groups.is_empty() {
            schema.with_untracked(|schema| form.add(None, schema));
        }
        form
    });
    let form = RwSignal::new(begun);
    let read = Memo::new(move |_| form.with(|form| schema.with(|schema| form.read(schema))));
    let apply = move |()| {
        if let Some(filter) = read.get_untracked() {
            leads.filter_by(filter);
            close.run(());
        }
    };
    view! {
        <Dialog title=t.line(|t| t.lists.filter_title) name="filter" close>
            <p>{move || t.get().lists.filter_note}</p>
            <FilterEditor form naming />
            <div class="dialog-actions">
                <Button label=t.line(|t| t.frame.cancel) name="filter-cancel" look=Look::Quiet press=close />
                <Button label=t.line(|t| t.lists.apply) name="filter-apply" look=Look::Main disabled=Signal::derive(move || read.with(Option::is_none)) press=apply />
            </div>
        </Dialog>
    }
}

fn one(column: &str, test: Test) -> Clause {
    Clause::One(Filter {
        column: column.to_owned(),
        test,
    })
}

fn is_of(clause: &Clause, column: &str) -> bool {
    matches!(clause, Clause::One(filter) if filter.column == column)
}

/// What is chosen of a column, as its control has it.
fn chosen(all: &[Clause], column: &str) -> Option<String> {
    let mut all = all.iter();
    let found = all.find(|clause| is_of(clause, column))?;
    let Clause::One(filter) = found else {
        return None;
    };
    Some(match &filter.test {
        Test::Is(Operand::Text(text)) => text.clone(),
        Test::AtLeast(least) => least.to_string(),
        _ => String::new(),
    })
}
