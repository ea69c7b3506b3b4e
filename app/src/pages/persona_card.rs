//! A persona's card: who it is, its seven groups with what they rest on, and whom it fits.

use super::persona::colour_name;
use super::persona_words::asked;
use crate::components::{Badge, Tone, name_in};
use crate::format;
use crate::state::persona_desk::PersonaDesk;
use crate::text::words;
use domain::list::{self, Clause, Filter, Operand, Test};
use domain::persona::{CardGroup, Evidence, FitRule, card};
use domain::profile::show_date;
use leptos::prelude::*;

/// The card.
#[component]
pub(super) fn CardView(desk: PersonaDesk) -> impl IntoView {
    let t = words();
    let shown = Memo::new(move |_| {
        let lang = t.lang();
        desk.schema
            .with(|schema| desk.form.with(|form| card(schema, form, lang)))
    });
    let colour = move || colour_name(shown.with(|card| card.colour));
    let summary = move || shown.with(|card| card.summary.clone());
    let groups = move || {
        let groups = shown.with(|card| card.groups.clone()).into_iter();
        groups.map(|group| view! { <Group group /> }).collect_view()
    };
    let rules = move || {
        let rules = shown.with(|card| card.fit.clone()).into_iter();
        rules
            .map(|rule| view! { <Rule rule desk /> })
            .collect_view()
    };
    let no_rules = move || shown.with(|card| card.fit.is_empty());
    let to_leads = move || {
        let id = desk.form.with(|form| form.id);
        let filter = Clause::One(Filter {
            column: list::Column::Persona.to_string(),
            test: Test::Is(Operand::Text(id.to_string())),
        });
        let filter = list::write(&[filter]).unwrap_or_default();
        format!(
            "/leads?filter={}",
            String::from(js_sys::encode_uri_component(&filter))
        )
    };
    view! {
        <article class="persona" data-colour=colour data-test="persona">
            <header class="panel persona-lead">
                <h2>{move || desk.form.with(|form| name_in(t.lang(), &form.name))}</h2>
                <p>{summary}</p>
                <a class="persona-leads" href=to_leads data-test="persona-leads">{move || t.get().personas.see_leads}</a>
            </header>
            <div class="persona-groups">{groups}</div>
            <section class="panel persona-fit">
                <h2>{move || t.get().personas.fit}</h2>
                {move || no_rules().then(|| view! { <p class="muted">{move || t.get().personas.no_fit}</p> })}
                <ul class="lead-reasons">{rules}</ul>
            </section>
        </article>
    }
}

#[component]
fn Group(group: CardGroup) -> impl IntoView {
    let t = words();
    let (missing, guess) = (group.is_missing(), group.is_guess());
    let kind = group.group;
    let entries = group
        .entries
        .into_iter()
        .map(|entry| view! { <div><dt>{entry.label}</dt><dd>{entry.text}</dd></div> });
    let notes = group
        .evidence
        .into_iter()
        .map(|note| view! { <Note note /> });
    view! {
        <section class="panel persona-group" class:is-missing=missing data-test="persona-group">
            <header><h3>{move || (t.get().personas.group)(kind)}</h3>
                {guess.then(|| view! { <Badge tone=Tone::Care text=t.line(|t| t.personas.guess) /> })}</header>
            {missing.then(|| view! { <p class="muted">{move || t.get().personas.missing}</p> })}
            <dl class="facts">{entries.collect_view()}</dl>
            <ul class="persona-notes">{notes.collect_view()}</ul>
        </section>
    }
}

#[component]
fn Note(note: Evidence) -> impl IntoView {
    let t = words();
    let Evidence {
        kind,
        text,
        source,
        date,
        link,
        ..
    } = note;
    view! {
        <li><span class="badge">{move || (t.get().personas.kind)(kind)}</span><span>{text}</span>
            <span class="muted">{source}" · "{show_date(date)}
                {link.map(|link| view! { " · "<a href=link rel="noreferrer noopener" target="_blank">{move || t.get().personas.link}</a> })}</span></li>
    }
}

#[component]
fn Rule(rule: FitRule, desk: PersonaDesk) -> impl IntoView {
    let t = words();
    let weight = rule.weight;
    view! {
        <li><span>{move || asked(t, desk.schema.into(), &rule)}</span><span class="lead-answer">{move || (t.get().personas.weighs)(&format::number(t.lang(), weight.into()))}</span></li>
    }
}
