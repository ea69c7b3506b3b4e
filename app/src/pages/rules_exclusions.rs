//! Who is left out: competitors, students, tests. They are neither scored into the stages nor handed to anybody.

use super::condition_box::ConditionBox;
use super::rules::Held;
use super::rules_fit::{edit_grading, of_grading};
use crate::components::{Button, Glyph, Icon, NameFields};
use crate::state::ids;
use crate::state::rest_form::ExclusionForm;
use crate::text::words;
use domain::rulebook::Name;
use domain::segment::Condition;
use leptos::prelude::*;

/// Who is left out.
#[component]
pub(super) fn Exclusions(held: Held) -> impl IntoView {
    let t = words();
    let (desk, editable) = (held.desk, held.editable);
    let ids = Memo::new(move |_| {
        let round = desk.round.get();
        of_grading(held, |it| {
            let all = it.exclusions.iter();
            all.map(|exclusion| (round, exclusion.id.clone()))
                .collect::<Vec<_>>()
        })
    });
    let add = move |()| {
        edit_grading(held, |it| {
            it.exclusions.push(ExclusionForm {
                id: ids::fresh_slug("left-out"),
                name: Name::default(),
                who: Some(Condition::Any(Vec::new())),
            });
        });
    };
    view! {
        <section class="panel rules-part" data-test="exclusions">
            <header class="rules-part-head">
                <h2>{move || t.get().scoring.exclusions}</h2>
                {move || editable.get().then(|| view! { <Button label=t.line(|t| t.scoring.add_exclusion) name="exclusion-add" small=true glyph=Glyph::Plus press=add /> })}
            </header>
            <p class="muted">{move || t.get().scoring.exclusions_note}</p>
            <div class="rules-part-list">
                <For each=move || ids.get() key=Clone::clone let((_, id))><Exclusion held id /></For>
            </div>
        </section>
    }
}

#[component]
fn Exclusion(held: Held, id: String) -> impl IntoView {
    let t = words();
    let own = StoredValue::new(id);
    let place = Memo::new(move |_| {
        of_grading(held, |it| {
            own.with_value(|own| it.exclusions.iter().position(|it| it.id == *own))
        })
    });
    let form = move || {
        of_grading(held, |it| {
            place
                .get()
                .and_then(|place| it.exclusions.get(place).cloned())
        })
    };
    let edit = move |edit: &dyn Fn(&mut ExclusionForm)| {
        edit_grading(held, |it| {
            let place = place.get_untracked();
            if let Some(exclusion) = place.and_then(|place| it.exclusions.get_mut(place)) {
                edit(exclusion);
            }
        });
    };
    let why = move |field: &str| {
        let field = format!("grading.exclusions[{}].{field}", place.get()?);
        Some((t.get().why_wrong)(held.desk.why(&field)?))
    };
    let name = Signal::derive(move || form().map(|form| form.name).unwrap_or_default());
    let at_first = untrack(form).and_then(|form| form.who);
    let take = move |who: Option<Condition>| edit(&|it| it.who = who.clone());
    let remove = move |_| {
        edit_grading(held, |it| {
            own.with_value(|own| it.exclusions.retain(|it| it.id != *own));
        });
    };
    let wrong = move |field: &'static str| why(field);
    view! {
        <div class="rules-entry" data-test="exclusion">
            <fieldset class="rules-entry-fields" disabled=move || !held.editable.get()>
                <NameFields name="exclusion" value=name change=move |name: Name| edit(&|it| it.name = name.clone()) wrong />
                <button type="button" class="icon-button rules-entry-remove" title=move || t.get().scoring.remove aria-label=move || t.get().scoring.remove on:click=remove data-test="exclusion-remove"><Icon glyph=Glyph::Cross /></button>
            </fieldset>
            <ConditionBox at_first change=take terms=held.terms editable=held.editable />
            <p class="field-note is-bad rules-entry-wrong">{move || why("who")}</p>
        </div>
    }
}
