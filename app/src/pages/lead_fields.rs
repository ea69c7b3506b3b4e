//! What is known of a lead, mended in place: a field is clicked, typed and saved by itself.

use super::lead::Held;
use super::lead_ties::Ties;
use crate::components::{Button, Look, field_name};
use crate::format;
use crate::state::base::Base;
use crate::state::field_text::{Form, form_of, read, written};
use crate::state::lead_desk::Edit;
use crate::text::words;
use domain::lead::Field;
use domain::profile::{FieldId, Value, show};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// A field that is being mended: from which version of the lead, and what is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Opened {
    field: FieldId,
    seq: u64,
    typed: String,
    wrong: Option<&'static str>,
}

/// The field that is being mended.
#[derive(Clone, Copy)]
struct Bench {
    held: Held,
    opened: RwSignal<Option<Opened>>,
}

impl Bench {
    fn value(self, field: &FieldId) -> Option<Value> {
        self.held.profile.detail.with(|detail| {
            let known = detail.as_ref()?.fields.get(field)?;
            Some(known.value.clone())
        })
    }

    fn open(self, field: FieldId) {
        let value = untrack(|| self.value(&field));
        let schema = self.held.terms.schema.get_untracked();
        self.opened.set(Some(Opened {
            typed: written(&schema, &field, value.as_ref(), words().lang()),
            field,
            seq: self.held.desk.seq(),
            wrong: None,
        }));
    }

    fn type_in(self, text: String) {
        self.opened.update(|opened| {
            if let Some(opened) = opened {
                opened.typed = text;
                opened.wrong = None;
            }
        });
    }

    fn save(self) {
        let Some(opened) = self.opened.get_untracked() else {
            return;
        };
        let schema = self.held.terms.schema.get_untracked();
        let value = match read(&schema, &opened.field, &opened.typed) {
            Ok(value) => value,
            Err(code) => {
                return self.opened.update(|opened| {
                    if let Some(opened) = opened {
                        opened.wrong = Some(code);
                    }
                });
            }
        };
        self.opened.set(None);
        if value == untrack(|| self.value(&opened.field)) {
            return;
        }
        let again = opened.clone();
        let edit = Edit::of(opened.field, value);
        let held = self.held;
        held.desk.save(opened.seq, edit, move |saved| {
            let contested = held.desk.contest.try_with_untracked(Option::is_some);
            // What was not saved is still there to be saved; a conflict has a dialog of its own.
            if !saved && contested == Some(false) {
                let _ = self.opened.try_set(Some(again));
            }
        });
    }
}

/// What is known, and what is not yet.
#[component]
pub(super) fn FieldsPanel(held: Held) -> impl IntoView {
    let t = words();
    let bench = Bench {
        held,
        opened: RwSignal::new(None),
    };
    let all = RwSignal::new(false);
    let fields = Memo::new(move |_| {
        let custom = held.terms.schema.with(|schema| {
            let own = schema.fields.iter().filter(|field| !field.retired);
            own.map(|field| FieldId::Custom(field.id.clone()))
                .collect::<Vec<_>>()
        });
        let standard = Field::ALL.into_iter().map(FieldId::Standard);
        let shown = all.get() && held.editable.get();
        let is_shown = |field: &FieldId| {
            shown
                || held.profile.detail.with(|detail| {
                    let detail = detail.as_ref();
                    detail.is_some_and(|detail| detail.fields.contains_key(field))
                })
        };
        standard.chain(custom).filter(is_shown).collect::<Vec<_>>()
    });
    let toggle = move || match all.get() {
        true => t.get().profile.known_fields_only,
        false => t.get().profile.every_field,
    };
    view! {
        <section class="panel lead-fields" data-test="lead-fields">
            <header>
                <h2>{move || t.get().known_fields}</h2>
                {move || held.editable.get().then(|| view! { <button type="button" class="link" data-test="every-field" on:click=move |_| all.update(|all| *all = !*all)>{toggle}</button> })}
            </header>
            <dl class="facts">
                <For each=move || fields.get() key=FieldId::clone let(field)><Line bench field /></For>
            </dl>
            <Ties held />
        </section>
    }
}

#[component]
fn Line(bench: Bench, field: FieldId) -> impl IntoView {
    let t = words();
    let held = bench.held;
    let (own, asked, label_of) = (field.clone(), field.clone(), field.clone());
    let is_open = Memo::new(move |_| {
        bench
            .opened
            .with(|opened| opened.as_ref().is_some_and(|opened| opened.field == own))
    });
    let name = format!("field-{field}");
    let label = move || field_name(t, held.naming, &label_of);
    let is_amount = field == FieldId::Standard(Field::Amount);
    let currency = is_amount.then(|| expect_context::<Base>().currency.code());
    let shown = Memo::new(move |_| {
        let value = bench.value(&asked)?;
        Some(match (&value, currency) {
            (Value::Number(amount), Some(currency)) => {
                currency.with(|currency| format::amount(t.lang(), currency, *amount))
            }
            _ => {
                let schema = held.terms.schema;
                schema.with(|schema| show(schema, &asked, &value, t.lang()))
            }
        })
    });
    let (opens, edited) = (field.clone(), field);
    let value = move || {
        let opens = opens.clone();
        let text = move || shown.get().unwrap_or_else(|| "–".to_owned());
        match held.editable.get() {
            true => view! { <button type="button" class="fact-value" title=move || shown.get() data-test=name.clone() on:click=move |_| bench.open(opens.clone())>{text}</button> }.into_any(),
            false => view! { <span data-test=name.clone() title=move || shown.get()>{text}</span> }.into_any(),
        }
    };
    view! {
        <div class:is-open=is_open><dt>{label}</dt><dd>{move || match is_open.get() && held.editable.get() {
            true => view! { <Editor bench field=edited.clone() /> }.into_any(),
            false => value.clone()().into_any(),
        }}</dd></div>
    }
}

#[component]
fn Editor(bench: Bench, field: FieldId) -> impl IntoView {
    let t = words();
    let schema = bench.held.terms.schema;
    let form = schema.with_untracked(|schema| form_of(schema, &field));
    let typed = Signal::derive(move || {
        bench
            .opened
            .with(|opened| opened.as_ref().map(|opened| opened.typed.clone()))
            .unwrap_or_default()
    });
    let pressed = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.stop_propagation();
            bench.opened.set(None);
        }
        "Enter" if !event.shift_key() && !event.is_composing() => {
            event.prevent_default();
            bench.save();
        }
        _ => {}
    };
    let wrong = move || {
        let code = bench
            .opened
            .with(|opened| opened.as_ref().and_then(|opened| opened.wrong));
        code.map(|code| (t.get().profile.why)(code))
    };
    let label = move || field_name(t, bench.held.naming, &field);
    let typing = move |text: String| bench.type_in(text);
    let input = match form {
        Form::Choice(options) => {
            let options = options.into_iter().map(|(id, name)| {
                let own = id.clone();
                view! { <option value=id selected=move || typed.with(|typed| *typed == own)>{move || crate::components::name_in(t.lang(), &name)}</option> }
            });
            view! { <select class="input" aria-label=label data-test="field-input" on:change:target=move |event| typing(event.target().value())>
                <option value="">"–"</option>{options.collect_view()}</select> }.into_any()
        }
        Form::YesNo => {
            let option = move |value: &'static str, word: crate::text::Word| view! { <option value=value selected=move || typed.with(|typed| typed == value)>{move || word(t.get())}</option> };
            view! { <select class="input" aria-label=label data-test="field-input" on:change:target=move |event| typing(event.target().value())>
                <option value="">"–"</option>{option("yes", |t| t.profile.yes)}{option("no", |t| t.profile.no)}</select> }.into_any()
        }
        Form::Long => view! { <textarea class="input" rows="3" autofocus aria-label=label data-test="field-input" prop:value=typed on:input:target=move |event| typing(event.target().value())></textarea> }.into_any(),
        Form::Line(kind) => view! { <input class="input" type=kind autofocus autocomplete="off" aria-label=label data-test="field-input" prop:value=typed on:input:target=move |event| typing(event.target().value()) /> }.into_any(),
    };
    let node = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(node) = node.get() {
            request_animation_frame(move || focus_in(&node));
        }
    });
    view! {
        <div class="field-editor" node_ref=node on:keydown=pressed>
            {input}
            {move || wrong().map(|wrong| view! { <span class="field-note is-bad" role="alert">{wrong}</span> })}
            <span class="field-deeds">
                <Button label=t.line(|t| t.frame.save) name="field-save" small=true look=Look::Main press=move |()| bench.save() />
                <Button label=t.line(|t| t.frame.cancel) name="field-cancel" small=true look=Look::Quiet press=move |()| bench.opened.set(None) />
            </span>
        </div>
    }
}

/// Goes to the first thing that is typed into.
fn focus_in(node: &web_sys::HtmlDivElement) {
    use wasm_bindgen::JsCast;
    let found = node.query_selector(".input").ok().flatten();
    if let Some(found) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        // What cannot be focused is clicked.
        let _ = found.focus();
    }
}
