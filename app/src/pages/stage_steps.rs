//! The steps of a stage: what is ticked off, which of them must be before a lead goes on, and which want a date.

use super::stage_card::One;
use crate::components::{Button, Glyph, Icon, NameFields};
use crate::state::ladder_form::StageForm;
use crate::text::words;
use domain::rulebook::Name;
use domain::stage::Step;
use leptos::prelude::*;

/// The steps of a stage.
#[component]
pub(super) fn Steps(one: One) -> impl IntoView {
    let t = words();
    let ids = Memo::new(move |_| {
        one.part(|stage| {
            let steps = stage.steps.iter();
            steps.map(|step| step.id.clone()).collect::<Vec<_>>()
        })
    });
    view! {
        <div class="stage-steps">
            <header class="rules-part-head">
                <h3>{move || t.get().stages.steps}</h3>
                {move || one.held.editable.get().then(|| view! { <Button label=t.line(|t| t.stages.add_step) name="step-add" small=true glyph=Glyph::Plus press=move |()| one.edit(StageForm::add_step) /> })}
            </header>
            <p class="muted stage-card-note">{move || t.get().stages.steps_note}</p>
            <ul><For each=move || ids.get() key=Clone::clone let:id><StepLine one id /></For></ul>
        </div>
    }
}

#[component]
fn StepLine(one: One, id: String) -> impl IntoView {
    let t = words();
    let is_new = untrack(|| !one.held.was_saved(|ladder| ladder.step(&id).is_some()));
    let own = StoredValue::new(id);
    let at = Memo::new(move |_| {
        one.part(|stage| own.with_value(|own| stage.steps.iter().position(|it| it.id == *own)))
    });
    let step = move || one.part(|stage| stage.steps.get(at.get()?).cloned());
    let edit = move |edit: &dyn Fn(&mut Step)| {
        let at = at.get_untracked();
        one.edit(|form| {
            if let Some(step) = at.and_then(|at| form.stage.steps.get_mut(at)) {
                edit(step);
            }
        });
    };
    let name = Signal::derive(move || step().map(|step| step.name).unwrap_or_default());
    let required = move || step().is_some_and(|step| step.required);
    let dated = move || step().is_some_and(|step| step.dated);
    let wrong = move |field: &'static str| one.why(&format!("steps[{}].{field}", at.get()?));
    let remove = move |_| {
        one.edit(|form| own.with_value(|own| form.stage.steps.retain(|it| it.id != *own)));
    };
    view! {
        <li class="stage-step" data-test="step">
            <NameFields name="step" value=name change=move |name: Name| edit(&|step| step.name = name.clone()) wrong />
            <label class="stage-step-mark"><input type="checkbox" data-test="step-required" prop:checked=required on:change:target=move |event| { let on = event.target().checked(); edit(&|step| step.required = on) } />{move || t.get().stages.required}</label>
            <label class="stage-step-mark"><input type="checkbox" data-test="step-dated" prop:checked=dated on:change:target=move |event| { let on = event.target().checked(); edit(&|step| step.dated = on) } />{move || t.get().stages.dated}</label>
            {is_new.then(|| view! { <button type="button" class="icon-button" title=move || t.get().scoring.remove aria-label=move || t.get().scoring.remove on:click=remove data-test="step-remove"><Icon glyph=Glyph::Cross /></button> })}
        </li>
    }
}
