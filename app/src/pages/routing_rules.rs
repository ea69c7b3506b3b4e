//! The rules of who gets which leads, in the order in which they are asked.

use super::condition_box::ConditionBox;
use super::routing::Held;
use crate::components::{Button, Glyph, Icon, NameFields, name_in};
use crate::state::routing_form::{RoutingForm, RoutingRule};
use crate::text::words;
use domain::rulebook::Name;
use domain::segment::Condition;
use leptos::prelude::*;

/// The rules.
#[component]
pub(super) fn Rules(held: Held) -> impl IntoView {
    let t = words();
    let form = held.sheet.form;
    let ids = Memo::new(move |_| {
        let round = held.sheet.round.get();
        form.with(|form| {
            let rules = form.rules.iter();
            rules
                .map(|rule| (round, rule.id.clone()))
                .collect::<Vec<_>>()
        })
    });
    let has_teams = Memo::new(move |_| form.with(|form| !form.teams.is_empty()));
    let first = move || form.with(|form| form.account_owner_first);
    let others = Memo::new(move |_| form.with(|form| form.others.clone()));
    view! {
        <section class="panel rules-part" data-test="routing-rules">
            <header class="rules-part-head">
                <h2>{move || t.get().routing.rules}</h2>
                {move || (held.editable.get() && has_teams.get()).then(|| view! { <Button label=t.line(|t| t.add_rule) name="routing-rule-add" small=true glyph=Glyph::Plus press=move |()| form.update(RoutingForm::add_rule) /> })}
            </header>
            <p class="muted">{move || t.get().routing.rules_note}</p>
            <fieldset class="rules-part-list" disabled=move || !held.editable.get()>
                <label class="toggle">
                    <input type="checkbox" data-test="account-first" prop:checked=first on:change:target=move |event| { let on = event.target().checked(); form.update(|form| form.account_owner_first = on) } />
                    <span class="toggle-label">{move || t.get().routing.account_first}</span>
                    <span class="toggle-note">{move || t.get().routing.account_first_note}</span>
                </label>
                <For each=move || ids.get() key=Clone::clone let((_, id))><RuleLine held id /></For>
                <label class="field routing-others">
                    <span class="field-label">{move || t.get().routing.others}</span>
                    <Teamed held name="others" chosen=others choose=move |team| form.update(|form| form.others = team) />
                    <span class="field-note">{move || held.why("others").or_else(|| others.with(String::is_empty).then(|| t.get().routing.others_note.to_owned()))}</span>
                </label>
            </fieldset>
        </section>
    }
}

/// A team out of those there are, or none.
#[component]
fn Teamed(
    held: Held,
    name: &'static str,
    chosen: Memo<String>,
    #[prop(into)] choose: Callback<String>,
) -> impl IntoView {
    let t = words();
    let options = move || {
        let teams = held.sheet.form.with(|form| {
            let teams = form.teams.iter();
            let named = teams.map(|team| (team.id.clone(), name_in(t.lang(), &team.name)));
            named.collect::<Vec<_>>()
        });
        let options = teams.into_iter().map(|(id, name)| {
            let own = id.clone();
            let name = if name.is_empty() { t.get().routing.unnamed.to_owned() } else { name };
            view! { <option value=id selected=move || chosen.with(|chosen| *chosen == own)>{name}</option> }
        });
        options.collect_view()
    };
    view! {
        <select class="input" data-test=name on:change:target=move |event| choose.run(event.target().value())>
            <option value="" selected=move || chosen.with(String::is_empty)>{move || t.get().routing.no_team}</option>
            {options}
        </select>
    }
}

#[component]
fn RuleLine(held: Held, id: String) -> impl IntoView {
    let t = words();
    let form = held.sheet.form;
    let own = StoredValue::new(id);
    let place = Memo::new(move |_| {
        form.with(|form| own.with_value(|own| form.rules.iter().position(|it| it.id == *own)))
    });
    let rule = move || form.with(|form| form.rules.get(place.get()?).cloned());
    let edit = move |edit: &dyn Fn(&mut RoutingRule)| {
        let place = place.get_untracked();
        form.update(|form| {
            if let Some(rule) = place.and_then(|place| form.rules.get_mut(place)) {
                edit(rule);
            }
        });
    };
    let why = move |field: &str| held.why(&format!("rules[{}].{field}", place.get()?));
    let within = move || held.why_within(&format!("rules[{}].who", place.get()?));
    let name = Signal::derive(move || rule().map(|rule| rule.name).unwrap_or_default());
    let team = Memo::new(move |_| rule().map(|rule| rule.team).unwrap_or_default());
    let at_first = untrack(rule).and_then(|rule| rule.who);
    let take = move |who: Option<Condition>| edit(&|rule| rule.who = who.clone());
    let remove = move |_| {
        form.update(|form| own.with_value(|own| form.rules.retain(|it| it.id != *own)));
    };
    let rise = move |_| {
        if let Some(place) = place.get_untracked() {
            form.update(|form| form.rise(place));
        }
    };
    view! {
        <div class="rules-entry" data-test="routing-rule">
            <div class="rules-entry-fields is-routing">
                <span class="routing-place" aria-hidden="true">{move || place.get().map(|place| place.saturating_add(1))}</span>
                <NameFields name="routing-rule" value=name change=move |name: Name| edit(&|rule| rule.name = name.clone()) wrong=move |field: &'static str| why(field) />
                <label class="field">
                    <span class="field-label">{move || t.get().routing.to_team}</span>
                    <Teamed held name="rule-team" chosen=team choose=move |team: String| edit(&|rule| rule.team = team.clone()) />
                    <span class="field-note is-bad">{move || why("team")}</span>
                </label>
                <span class="routing-do">
                    <button type="button" class="icon-button" disabled=move || place.get() == Some(0) title=move || t.get().stages.up aria-label=move || t.get().stages.up on:click=rise data-test="routing-rule-up"><span class="is-up"><Icon glyph=Glyph::Chevron /></span></button>
                    <button type="button" class="icon-button" title=move || t.get().scoring.remove aria-label=move || t.get().scoring.remove on:click=remove data-test="routing-rule-remove"><Icon glyph=Glyph::Cross /></button>
                </span>
            </div>
            <ConditionBox at_first change=take terms=held.terms editable=held.editable />
            <p class="field-note is-bad rules-entry-wrong">{within}</p>
        </div>
    }
}
