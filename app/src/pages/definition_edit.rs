//! The next draft of the definition, as it is written: the words, the line, what else must hold, and the promises.

use super::condition_box::ConditionBox;
use super::definition::Held;
use super::scoring::why;
use crate::components::{Button, DateField, Glyph, Icon, Look, NameFields, TextLine};
use crate::format;
use crate::state::clock::now;
use crate::state::definition_form::{CriterionForm, DefinitionForm, Number};
use crate::state::ids;
use crate::state::kept;
use crate::state::toasts::Toasts;
use crate::text::{Text, Word, words};
use domain::api::DraftDefinition;
use domain::definition::check;
use domain::grade::Grade;
use domain::rulebook::Name;
use domain::segment::Condition;
use leptos::prelude::*;

/// What the browser keeps of it.
const KEPT: &str = "definition";

/// The numbers of the promises, in the order they are read in.
const PROMISES: [Number; 7] = [
    Number::Weekly,
    Number::Capacity,
    Number::Assign,
    Number::Accept,
    Number::Respond,
    Number::Attempts,
    Number::Forgotten,
];

/// What is wrong with the draft: (field, code).
type Wrong = Memo<Vec<(String, String)>>;

/// The next draft.
#[component]
pub(super) fn Edit(held: Held) -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    let sheet = held.sheet;
    let workspace = StoredValue::new(held.base.session.member().map(|member| member.workspace));
    let last = move || {
        sheet
            .saved
            .with_untracked(|saved| saved.as_ref().map_or(0, |it| it.agreement.last))
    };
    let forget = move || workspace.with_value(|it| it.as_ref().map(|it| kept::forget(KEPT, it)));
    // What was typed before a reload, unless another version was put down since.
    let before = workspace.with_value(|workspace| kept::load(KEPT, workspace.as_ref()?));
    let before = before.filter(|(version, _): &(u32, DefinitionForm)| *version == last());
    if let Some((_, form)) = before {
        sheet.form.set(form);
    }
    Effect::new(move |_| {
        let form = sheet.form.get();
        if sheet.is_changed() {
            workspace.with_value(|it| it.as_ref().map(|it| kept::store(KEPT, it, &(last(), form))));
        }
    });
    let wrong: Wrong = Memo::new(move |_| wrong_of(held));
    let save = move |()| {
        let Ok(definition) = sheet.form.with_untracked(DefinitionForm::read) else {
            return;
        };
        let from = sheet
            .form
            .with_untracked(|form| form.from)
            .map(format::local_begin);
        let call = |key| DraftDefinition {
            key,
            expected_version: last(),
            definition,
            from,
        };
        sheet.change("draft", call, move || {
            forget();
            held.editing.set(false);
            toasts.done(|t| t.definition.put_down.to_owned());
        });
    };
    let leave = move |()| {
        forget();
        sheet.discard();
        held.editing.set(false);
    };
    let cannot = Signal::derive(move || {
        let changed = sheet.is_changed();
        !changed || sheet.busy.get() || !wrong.with(Vec::is_empty)
    });
    view! {
        <section class="panel definition-edit" data-test="definition-form">
            <header class="definition-edit-head">
                <h2>{move || t.get().definition.next_draft}</h2>
                <div class="page-tools">
                    <Button label=t.line(|t| t.frame.cancel) name="definition-cancel" look=Look::Quiet press=leave />
                    <Button label=t.line(|t| t.definition.put_down_now) name="definition-save" look=Look::Main disabled=cannot press=save />
                </div>
            </header>
            <p class="muted">{move || t.get().definition.voids}</p>
            <InWords held wrong />
            <Line held wrong />
            <Criteria held wrong />
            <Promised held wrong />
        </section>
    }
}

/// What is wrong, by the rules themselves.
fn wrong_of(held: Held) -> Vec<(String, String)> {
    match held.sheet.form.with(DefinitionForm::read) {
        Err(field) => vec![(field, "not_a_number".to_owned())],
        Ok(definition) => held.terms.held_to(|terms| {
            let found = check(terms, &definition).into_iter();
            found
                .map(|invalid| (invalid.field, invalid.code.to_owned()))
                .collect()
        }),
    }
}

/// Why a field is wrong, in words.
fn said(text: &'static Text, wrong: Wrong, field: &str) -> Option<String> {
    wrong.with(|wrong| {
        let found = wrong.iter().find(|(wrong, _)| wrong.starts_with(field));
        found.map(|(_, code)| why(text, code).to_owned())
    })
}

#[component]
fn InWords(held: Held, wrong: Wrong) -> impl IntoView {
    let t = words();
    let form = held.sheet.form;
    let area = move |name: &'static str,
                     label: Word,
                     field: &'static str,
                     read: fn(&Name) -> &String,
                     write: fn(&mut Name, String)| {
        view! {
            <label class="field" class:is-wrong=move || said(t.get(), wrong, field).is_some()>
                <span class="field-label">{move || label(t.get())}</span>
                <textarea class="input definition-area" rows="3" data-test=name prop:value=move || form.with(|form| read(&form.text).clone())
                    on:input:target=move |event| { let text = event.target().value(); form.update(|form| write(&mut form.text, text)) }></textarea>
                <span class="field-note" aria-live="polite">{move || said(t.get(), wrong, field)}</span>
            </label>
        }
    };
    view! {
        <div class="definition-pair">
            {area("definition-zh", |t| t.definition.in_chinese, "text.zh", |text| &text.zh, |text, typed| text.zh = typed)}
            {area("definition-en", |t| t.definition.in_english, "text.en", |text| &text.en, |text, typed| text.en = typed)}
        </div>
    }
}

/// The score, the grades, and the day.
#[component]
fn Line(held: Held, wrong: Wrong) -> impl IntoView {
    let t = words();
    let form = held.sheet.form;
    let grade = move |grade: Grade| {
        let on = move || form.with(|form| form.grades.contains(&grade));
        let turn = move |_| {
            form.update(|form| {
                if !form.grades.remove(&grade) {
                    form.grades.insert(grade);
                }
            });
        };
        view! { <button type="button" aria-pressed=move || on().to_string() on:click=turn data-test=format!("grade-{}", grade.name())>{grade.name()}</button> }
    };
    let today = format::local_day(now());
    let choose = move |day: Option<i32>| form.update(|form| form.from = day);
    let ahead = Memo::new(move |_| {
        let day = form.with(|form| form.from);
        day.is_some_and(|day| i64::from(day) < today)
    });
    view! {
        <div class="definition-numbers">
            <Typed held wrong of=Number::Score />
            <div class="field">
                <span class="field-label">{move || t.get().definition.grades}</span>
                <span class="segmented">{Grade::ALL.map(grade)}</span>
                <span class="field-note">{move || form.with(|form| form.grades.is_empty()).then(|| t.get().definition.any_grade)}</span>
            </div>
            <div>
                <DateField label=t.line(|t| t.definition.from_day) name="definition-from" day=Signal::derive(move || form.with(|form| form.from)) choose />
                <span class="field-note">{move || match ahead.get() { true => t.get().definition.from_past, false => t.get().definition.from_hint }}</span>
            </div>
        </div>
    }
}

/// A number that is typed.
#[component]
fn Typed(held: Held, wrong: Wrong, of: Number) -> impl IntoView {
    let t = words();
    let form = held.sheet.form;
    let value = Signal::derive(move || form.with(|form| form.number(of)));
    let change = move |text: String| form.update(|form| form.type_number(of, text));
    let label = Signal::derive(move || (t.get().definition.number)(of).to_owned());
    let hint = Signal::derive(move || {
        let typed = value.get().trim().parse().ok()?;
        (t.get().definition.hint)(of, typed)
    });
    view! { <TextLine label name=format!("number-{}", of.field().replace("promises.", "")) number=true value change hint wrong=Signal::derive(move || said(t.get(), wrong, of.field())) /> }
}

/// What else must hold.
#[component]
fn Criteria(held: Held, wrong: Wrong) -> impl IntoView {
    let t = words();
    let sheet = held.sheet;
    let ids = Memo::new(move |_| {
        let round = sheet.round.get();
        sheet.form.with(|form| {
            let criteria = form.criteria.iter();
            criteria
                .map(|it| (round, it.id.clone()))
                .collect::<Vec<_>>()
        })
    });
    let add = move |()| {
        let id = ids::fresh_slug("must");
        sheet.form.update(|form| {
            form.criteria.push(CriterionForm {
                id,
                name: Name::default(),
                who: Some(Condition::All(Vec::new())),
            });
        });
    };
    view! {
        <header class="rules-part-head">
            <h3>{move || t.get().definition.criteria}</h3>
            <Button label=t.line(|t| t.scoring.add_criterion) name="definition-criterion-add" small=true glyph=Glyph::Plus press=add />
        </header>
        <For each=move || ids.get() key=Clone::clone let((_, id))><Criterion held wrong id /></For>
    }
}

#[component]
fn Criterion(held: Held, wrong: Wrong, id: String) -> impl IntoView {
    let t = words();
    let form = held.sheet.form;
    let own = StoredValue::new(id);
    let place = Memo::new(move |_| {
        form.with(|form| own.with_value(|own| form.criteria.iter().position(|it| it.id == *own)))
    });
    let entry = move || form.with(|form| form.criteria.get(place.get()?).cloned());
    let edit = move |edit: &dyn Fn(&mut CriterionForm)| {
        let place = place.get_untracked();
        form.update(|form| {
            if let Some(entry) = place.and_then(|place| form.criteria.get_mut(place)) {
                edit(entry);
            }
        });
    };
    let wrong_at = move |field: &str| {
        said(
            t.get(),
            wrong,
            &format!("criteria[{}].{field}", place.get()?),
        )
    };
    let name = Signal::derive(move || entry().map(|entry| entry.name).unwrap_or_default());
    let at_first = untrack(entry).and_then(|entry| entry.who);
    let take = move |who: Option<Condition>| edit(&|it| it.who = who.clone());
    let remove = move |_| {
        form.update(|form| own.with_value(|own| form.criteria.retain(|it| it.id != *own)));
    };
    view! {
        <div class="rules-entry" data-test="definition-criterion">
            <div class="rules-entry-fields">
                <NameFields name="criterion" value=name change=move |name: Name| edit(&|it| it.name = name.clone()) wrong=move |field: &'static str| wrong_at(field) />
                <button type="button" class="icon-button rules-entry-remove" title=move || t.get().scoring.remove aria-label=move || t.get().scoring.remove on:click=remove data-test="criterion-remove"><Icon glyph=Glyph::Cross /></button>
            </div>
            <ConditionBox at_first change=take terms=held.terms editable=held.editable />
            <p class="field-note is-bad rules-entry-wrong">{move || wrong_at("who")}</p>
        </div>
    }
}

/// What both sides promise.
#[component]
fn Promised(held: Held, wrong: Wrong) -> impl IntoView {
    let t = words();
    let form = held.sheet.form;
    view! {
        <h3>{move || t.get().definition.promises}</h3>
        <div class="definition-numbers is-many">
            {PROMISES.map(|of| view! { <Typed held wrong of /> })}
        </div>
        <label class="toggle">
            <input type="checkbox" data-test="definition-reassign" prop:checked=move || form.with(|form| form.reassign)
                on:change:target=move |event| { let on = event.target().checked(); form.update(|form| form.reassign = on) } />
            <span class="toggle-label">{move || t.get().definition.reassign}</span>
            <span class="toggle-note">{move || t.get().definition.reassign_note}</span>
        </label>
    }
}
