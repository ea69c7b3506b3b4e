//! One stage: closed, what there is to know at a glance; open, everything that can be said of it.

use super::condition_box::ConditionBox;
use super::stage_steps::Steps;
use super::stages::Held;
use crate::components::{Badge, Glyph, Icon, NameFields, Tone, name_in};
use crate::format;
use crate::state::ladder_form::StageForm;
use crate::text::words;
use domain::rulebook::Name;
use domain::segment::Condition;
use domain::stage::{Owner, Rung, Stage};
use leptos::prelude::*;

/// Who may work a stage.
const OWNERS: [(Owner, &str); 4] = [
    (Owner::Marketing, "marketing"),
    (Owner::Sdr, "sdr"),
    (Owner::Sales, "sales"),
    (Owner::Success, "success"),
];

/// One stage of the form, by its id.
#[derive(Clone, Copy)]
pub(super) struct One {
    /// What the page shares.
    pub(super) held: Held,
    /// Where it stands.
    pub(super) place: Memo<Option<usize>>,
    /// It as it stands in the form.
    pub(super) stage: Memo<Option<Stage>>,
}

impl One {
    /// Changes it.
    pub(super) fn edit(self, edit: impl FnOnce(&mut StageForm)) {
        let place = self.place.get_untracked();
        self.held.sheet.form.update(|form| {
            if let Some(stage) = place.and_then(|place| form.stages.get_mut(place)) {
                edit(stage);
            }
        });
    }

    /// A part of it.
    pub(super) fn part<T: Default>(self, read: impl FnOnce(&Stage) -> T) -> T {
        self.stage
            .with(|stage| stage.as_ref().map(read).unwrap_or_default())
    }

    /// Why one of its fields is wrong.
    pub(super) fn why(self, field: &str) -> Option<String> {
        let place = self.place.get()?;
        self.held.why(&format!("stages[{place}].{field}"))
    }
}

/// One stage.
#[component]
pub(super) fn StageCard(held: Held, id: String) -> impl IntoView {
    let t = words();
    let sheet = held.sheet;
    let own = StoredValue::new(id.clone());
    let place = Memo::new(move |_| {
        sheet.form.with(|form| {
            own.with_value(|own| form.stages.iter().position(|it| it.stage.id == *own))
        })
    });
    let stage = Memo::new(move |_| {
        let place = place.get()?;
        sheet
            .form
            .with(|form| form.stages.get(place).map(|it| it.stage.clone()))
    });
    let one = One { held, place, stage };
    let is_new =
        untrack(|| own.with_value(|own| !held.was_saved(|ladder| ladder.stage(own).is_some())));
    let open = RwSignal::new(is_new);
    let rung = stage.with_untracked(|stage| stage.as_ref().map_or(Rung::Lead, |stage| stage.rung));
    let wrong = Memo::new(move |_| {
        let within = held.why_within(&format!("stages[{}].", place.get()?));
        within.or_else(|| own.with_value(|own| held.why_within(&format!("stages.{own}"))))
    });
    let remove = move |_| {
        own.with_value(|own| {
            sheet
                .form
                .update(|form| form.stages.retain(|it| it.stage.id != *own));
        });
    };
    view! {
        <li class="stage-card" class:is-open=open class:is-wrong=move || wrong.with(Option::is_some) class:is-retired=move || one.part(|stage| stage.retired) data-test="stage-card" data-id=id>
            <Head one open wrong />
            {move || open.get().then(|| view! {
                <fieldset class="stage-card-body" disabled=move || !held.editable.get()>
                    <Fields one rung />
                    <Entry one rung />
                    <Steps one />
                    {match is_new {
                        true => view! { <div class="rule-card-end"><button type="button" class="button is-quiet is-bad" on:click=remove data-test="stage-remove"><Icon glyph=Glyph::Cross />{move || t.get().scoring.remove}</button></div> }.into_any(),
                        false => view! { <Retire one /> }.into_any(),
                    }}
                    <p class="field-note is-bad rules-entry-wrong" data-test="stage-wrong">{wrong}</p>
                </fieldset>
            })}
        </li>
    }
}

/// What there is to know of a stage at a glance, and its place.
#[component]
fn Head(one: One, open: RwSignal<bool>, wrong: Memo<Option<String>>) -> impl IntoView {
    let t = words();
    let held = one.held;
    let name = move || {
        let name = one.part(|stage| name_in(t.lang(), &stage.name));
        match name.is_empty() {
            true => t.get().stages.unnamed.to_owned(),
            false => name,
        }
    };
    let facts = move || {
        one.part(|stage| {
            let text = t.get().stages;
            let mut facts = vec![(text.owner)(stage.owner).to_owned()];
            facts.extend(stage.entry.is_some().then(|| text.by_itself.to_owned()));
            facts.extend((!stage.steps.is_empty()).then(|| (text.steps_count)(stage.steps.len())));
            facts.join(" · ")
        })
    };
    let rung = move || {
        one.stage.with(|stage| {
            stage
                .as_ref()
                .map(|stage| (t.get().stages.rung)(stage.rung))
        })
    };
    let count = move || {
        let count = one.part(|stage| held.standing(&stage.id));
        (t.get().stages.leads_count)(count, &format::number(t.lang(), count))
    };
    view! {
        <div class="stage-card-head">
            <button type="button" class="rule-card-toggle" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open) data-test="stage-toggle">
                <Icon glyph=Glyph::Chevron />
                <span class="rule-card-name">
                    {name}
                    {move || one.part(|stage| stage.retired).then(|| view! { <Badge text=t.line(|t| t.stages.retired) /> })}
                    {move || wrong.with(Option::is_some).then(|| view! { <Badge tone=Tone::Bad text=t.line(|t| t.to_mend) /> })}
                </span>
                <span class="rule-card-sentence">{facts}</span>
            </button>
            <span class="stage-card-rung">{rung}</span>
            <span class="stage-card-count" data-test="stage-count">{count}</span>
            {move || held.editable.get().then(|| view! { <Order one /> })}
        </div>
    }
}

/// Up and down.
#[component]
fn Order(one: One) -> impl IntoView {
    let t = words();
    let form = one.held.sheet.form;
    // Down is what the next one's way up is.
    let place = move |down: bool| {
        let place = one.place.get();
        place.map(|place| place.saturating_add(usize::from(down)))
    };
    let may =
        move |down: bool| place(down).is_some_and(|place| form.with(|form| form.may_rise(place)));
    let go = move |down: bool| {
        if let Some(place) = untrack(|| place(down)) {
            form.update(|form| form.rise(place));
        }
    };
    view! {
        <span class="stage-card-order">
            <button type="button" class="icon-button" disabled=move || !may(false) title=move || t.get().stages.up aria-label=move || t.get().stages.up on:click=move |_| go(false) data-test="stage-up"><span class="is-up"><Icon glyph=Glyph::Chevron /></span></button>
            <button type="button" class="icon-button" disabled=move || !may(true) title=move || t.get().stages.down aria-label=move || t.get().stages.down on:click=move |_| go(true) data-test="stage-down"><Icon glyph=Glyph::Chevron /></button>
        </span>
    }
}

/// What it is called and who works it.
#[component]
fn Fields(one: One, rung: Rung) -> impl IntoView {
    let t = words();
    let name = Signal::derive(move || one.part(|stage| stage.name.clone()));
    let owner = Memo::new(move |_| {
        one.stage
            .with(|stage| stage.as_ref().map(|stage| stage.owner))
    });
    let choose = move |name: String| {
        let chosen = OWNERS.into_iter().find(|(_, own)| *own == name);
        if let Some((owner, _)) = chosen {
            one.edit(|form| form.stage.owner = owner);
        }
    };
    let options = OWNERS.map(|(option, value)| {
        view! { <option value=value selected=move || owner.get() == Some(option)>{move || (t.get().stages.owner)(option)}</option> }
    });
    view! {
        <div class="rules-entry-fields">
            <NameFields name="stage" value=name change=move |name: Name| one.edit(|form| form.stage.name = name) wrong=move |field: &'static str| one.why(field) />
            <label class="field">
                <span class="field-label">{move || t.get().stages.worked_by}</span>
                <select class="input" data-test="stage-owner" on:change:target=move |event| choose(event.target().value())>{options}</select>
                <span class="field-note">{move || (t.get().stages.rung_note)(rung)}</span>
            </label>
        </div>
    }
}

/// What lets a lead in by itself.
#[component]
fn Entry(one: One, rung: Rung) -> impl IntoView {
    let t = words();
    if rung == Rung::Mql {
        return view! {
            <p class="muted stage-card-note">{move || t.get().stages.mql_entry}" "<a href="/rules/definition">{move || t.get().scoring.definition_page}</a></p>
        }
        .into_any();
    }
    let on = Memo::new(move |_| one.part(|stage| stage.entry.is_some()));
    let switch = move |on: bool| one.edit(|form| form.set_entry(on));
    let take = move |entry: Option<Condition>| one.edit(|form| form.entry = entry);
    let at_first = move || {
        let place = one.place.get_untracked()?;
        let form = one.held.sheet.form;
        form.with_untracked(|form| form.stages.get(place).and_then(|it| it.entry.clone()))
    };
    view! {
        <div class="stage-entry">
            <label class="toggle">
                <input type="checkbox" data-test="stage-entry" prop:checked=on on:change:target=move |event| switch(event.target().checked()) />
                <span class="toggle-label">{move || t.get().stages.entry}</span>
                <span class="toggle-note">{move || t.get().stages.entry_note}</span>
            </label>
            {move || on.get().then(|| view! { <ConditionBox at_first=at_first() change=take terms=one.held.terms editable=one.held.editable /> })}
        </div>
    }
    .into_any()
}

/// Whether it is out of use, and where its leads go then.
#[component]
fn Retire(one: One) -> impl IntoView {
    let t = words();
    let held = one.held;
    let on = Memo::new(move |_| one.part(|stage| stage.retired));
    let to = Memo::new(move |_| one.part(|stage| stage.moves_to.clone()).unwrap_or_default());
    let switch = move |retired: bool| {
        one.edit(|form| {
            form.stage.retired = retired;
            form.stage.moves_to = None;
        });
    };
    let choose = move |id: String| {
        one.edit(|form| form.stage.moves_to = Some(id).filter(|id| !id.is_empty()));
    };
    // Where leads may go: a stage of the same kind that is in use.
    let heirs = move || {
        let (own, rung) = one
            .stage
            .with(|stage| stage.as_ref().map(|stage| (stage.id.clone(), stage.rung)))?;
        let after = |rung| matches!(rung, Rung::Won | Rung::Customer);
        let options = held.sheet.form.with(|form| {
            let stages = form.stages.iter().map(|form| &form.stage);
            let alike = stages.filter(|stage| {
                !stage.retired
                    && stage.id != own
                    && (stage.rung == rung || after(stage.rung) && after(rung))
            });
            alike
                .map(|stage| (stage.id.clone(), name_in(t.lang(), &stage.name)))
                .collect::<Vec<_>>()
        });
        let options = options.into_iter().map(|(id, name)| {
            let own = id.clone();
            view! { <option value=id selected=move || to.with(|to| *to == own)>{name}</option> }
        });
        Some(options.collect_view())
    };
    view! {
        <div class="stage-retire">
            <label class="toggle">
                <input type="checkbox" data-test="stage-retired" prop:checked=on on:change:target=move |event| switch(event.target().checked()) />
                <span class="toggle-label">{move || t.get().stages.retire}</span>
                <span class="toggle-note">{move || t.get().stages.retire_note}</span>
            </label>
            {move || on.get().then(|| view! {
                <label class="field">
                    <span class="field-label">{move || t.get().stages.moves_to}</span>
                    <select class="input" data-test="stage-moves-to" on:change:target=move |event| choose(event.target().value())>
                        <option value="" selected=move || to.with(String::is_empty)>{move || t.get().stages.moves_nowhere}</option>
                        {heirs}
                    </select>
                </label>
            })}
        </div>
    }
}
