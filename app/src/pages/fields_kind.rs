//! One field: its name, its kind and what the kind asks for, its place, and whether it is in use.

use super::fields::{FieldsDesk, NameFields, fresh};
use crate::components::{Badge, Button, Glyph, Icon, Look, Tone};
use crate::state::schema_form::{kinds, options_mut, shift, turn, unnamed};
use crate::text::words;
use domain::api::Lang;
use domain::profile::{Choice, Definition, Kind, limit, read_number, show_number};
use domain::rulebook::Name;
use leptos::prelude::*;

/// One field.
#[component]
pub(super) fn FieldLine(desk: FieldsDesk, id: String) -> impl IntoView {
    let t = words();
    let id = StoredValue::new(id);
    let at = Memo::new(move |_| {
        desk.form.with(|form| {
            form.fields
                .iter()
                .position(|field| id.with_value(|id| field.id == *id))
        })
    });
    let own = Memo::new(move |_| {
        desk.form
            .with(|form| at.get().and_then(|at| form.fields.get(at).cloned()))
    });
    let was_saved = Memo::new(move |_| {
        desk.saved
            .with(|saved| id.with_value(|id| saved.definition(id).is_some()))
    });
    let is_open = Memo::new(move |_| {
        desk.open
            .with(|open| id.with_value(|id| open.as_ref() == Some(id)))
    });
    let path = move || format!("fields[{}]", at.get().unwrap_or_default());
    let retired = move || own.with(|own| own.as_ref().is_some_and(|own| own.retired));
    let named = move || {
        let name = own.with(|own| own.as_ref().map(|own| own.name.clone()));
        let name = name.map(|name| in_lang(&name, t.lang()).to_owned());
        name.filter(|name| !name.trim().is_empty())
            .unwrap_or_else(|| t.get().fields.new_field.to_owned())
    };
    let kind = move || {
        own.with(|own| {
            let own = own.as_ref()?;
            let text = t.get().fields;
            let options = own.kind.options().len();
            let kind = (text.kind_name)(&own.kind);
            Some(match options {
                0 => kind.to_owned(),
                n => format!("{kind} · {}", (text.option_count)(n)),
            })
        })
    };
    let toggle = move |()| {
        let next = (!is_open.get_untracked()).then(|| id.get_value());
        desk.open.set(next);
    };
    let give_up = move |()| {
        let saved = was_saved.get_untracked();
        id.with_value(|id| desk.edit(|form| turn(&mut form.fields, id, saved)));
    };
    let end = Signal::derive(move || {
        let text = t.get().fields;
        let word = match (was_saved.get(), retired()) {
            (false, _) => text.remove,
            (true, true) => text.restore,
            (true, false) => text.retire,
        };
        word.to_owned()
    });
    let step = move |down: bool| {
        if let Some(at) = at.get_untracked() {
            desk.edit(|form| shift(&mut form.fields, at, down));
        }
    };
    view! {
        <li class="field-line" class:is-open=is_open class:is-retired=retired data-test="field-line" data-id=id.get_value()>
            <div class="field-line-head">
                <Show when=move || desk.may()><Steps step /></Show>
                <span class="team-name">
                    <b>{named}{move || retired().then(|| view! { <Badge tone=Tone::Care text=t.line(|t| t.fields.retired) /> })}</b>
                    <span>{kind}</span>
                    <span class="field-note is-bad">{move || (!is_open.get()).then(|| desk.wrong(&path(), t.get().fields)).flatten()}</span>
                </span>
                <Show when=move || desk.may()>
                    <Button label=Signal::derive(move || if is_open.get() { t.get().fields.done } else { t.get().fields.edit }.to_owned()) name="field-edit" small=true look=Look::Quiet press=toggle />
                    <Button label=end name="field-end" small=true look=Look::Quiet press=give_up />
                </Show>
            </div>
            <Show when=move || is_open.get() && own.with(Option::is_some)>
                <FieldEditor desk at own was_saved />
            </Show>
        </li>
    }
}

/// One place up, one place down.
#[component]
pub(super) fn Steps(#[prop(into)] step: Callback<bool>) -> impl IntoView {
    let t = words();
    view! {
        <span class="steps">
            <button type="button" class="icon-button is-up" aria-label=move || t.get().fields.up title=move || t.get().fields.up on:click=move |_| step.run(false) data-test="step-up"><Icon glyph=Glyph::Chevron /></button>
            <button type="button" class="icon-button" aria-label=move || t.get().fields.down title=move || t.get().fields.down on:click=move |_| step.run(true) data-test="step-down"><Icon glyph=Glyph::Chevron /></button>
        </span>
    }
}

/// The name in a language.
pub(super) fn in_lang(name: &Name, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &name.zh,
        Lang::En => &name.en,
    }
}

#[component]
fn FieldEditor(
    desk: FieldsDesk,
    at: Memo<Option<usize>>,
    own: Memo<Option<Definition>>,
    was_saved: Memo<bool>,
) -> impl IntoView {
    let t = words();
    let change = move |change: &dyn Fn(&mut Definition)| {
        desk.edit(|form| {
            let at = at.get_untracked();
            if let Some(field) = at.and_then(|at| form.fields.get_mut(at)) {
                change(field);
            }
        });
    };
    let path = move || format!("fields[{}]", at.get().unwrap_or_default());
    let name = Signal::derive(move || {
        own.with(|own| own.as_ref().map(|own| own.name.clone()))
            .unwrap_or_else(unnamed)
    });
    let name_wrong =
        Signal::derive(move || desk.wrong(&format!("{}.name", path()), t.get().fields));
    let kind = Memo::new(move |_| own.with(|own| own.as_ref().map(|own| own.kind.clone())));
    let which = Memo::new(move |_| kind.with(|kind| kind.as_ref().and_then(place_of)));
    let choose = move |place: String| {
        let chosen = place
            .parse()
            .ok()
            .and_then(|place: usize| kinds().into_iter().nth(place));
        if let Some(chosen) = chosen {
            change(&|field| field.kind = chosen.clone());
        }
    };
    let body = move || match which.get().and_then(|place| kinds().into_iter().nth(place)) {
        Some(Kind::Number { .. }) => view! { <NumberFields desk at kind /> }.into_any(),
        Some(Kind::Choice { .. } | Kind::Choices { .. }) => {
            view! { <OptionList desk at kind /> }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <div class="field-editor" data-test="field-editor">
            <NameFields name wrong=name_wrong change=move |name: Name| change(&|field| field.name = name.clone()) />
            <label class="field field-kind">
                <span class="field-label">{move || t.get().fields.kind}</span>
                <select class="input" disabled=was_saved data-test="field-kind" on:change:target=move |event| choose(event.target().value())>
                    {kinds().into_iter().enumerate().map(|(place, option)| view! {
                        <option value=place.to_string() selected=move || which.get() == Some(place)>{move || (t.get().fields.kind_name)(&option)}</option>
                    }).collect_view()}
                </select>
            </label>
            {body}
        </div>
    }
}

/// The place of a kind among those that there are.
fn place_of(kind: &Kind) -> Option<usize> {
    kinds().iter().position(|other| match (other, kind) {
        (Kind::Text { long }, Kind::Text { long: own }) => long == own,
        (other, own) => std::mem::discriminant(other) == std::mem::discriminant(own),
    })
}

/// From what to what a number may be, and how many digits follow its point.
#[component]
fn NumberFields(
    desk: FieldsDesk,
    at: Memo<Option<usize>>,
    kind: Memo<Option<Kind>>,
) -> impl IntoView {
    let t = words();
    let bad = RwSignal::new(false);
    let end = move |upper: bool| {
        kind.with(|kind| match kind {
            Some(Kind::Number { min, max, .. }) => {
                if upper {
                    *max
                } else {
                    *min
                }
            }
            _ => None,
        })
    };
    let shown = move |upper: bool| end(upper).map(show_number).unwrap_or_default();
    let set = move |upper: bool, text: String| {
        let read = match text.trim() {
            "" => Ok(None),
            text => read_number(text).map(Some),
        };
        bad.set(read.is_err());
        let Ok(read) = read else { return };
        desk.edit(|form| {
            let field = at.get_untracked().and_then(|at| form.fields.get_mut(at));
            if let Some(Kind::Number { min, max, .. }) = field.map(|field| &mut field.kind) {
                *(if upper { max } else { min }) = read;
            }
        });
    };
    let digits = move || {
        kind.with(|kind| match kind {
            Some(Kind::Number { decimals, .. }) => *decimals,
            _ => 0,
        })
    };
    let set_digits = move |text: String| {
        desk.edit(|form| {
            let field = at.get_untracked().and_then(|at| form.fields.get_mut(at));
            if let Some(Kind::Number { decimals, .. }) = field.map(|field| &mut field.kind) {
                *decimals = text.parse().unwrap_or_default();
            }
        });
    };
    let wrong = move || match bad.get() {
        true => Some(t.get().fields.not_a_number),
        false => {
            let path = format!("fields[{}].kind", at.get().unwrap_or_default());
            desk.wrong(&path, t.get().fields)
        }
    };
    view! {
        <div class="field-number">
            <label class="field"><span class="field-label">{move || t.get().fields.min}</span>
                <input class="input" inputmode="decimal" placeholder=move || t.get().fields.any data-test="field-min" prop:value=move || shown(false) on:change:target=move |event| set(false, event.target().value()) /></label>
            <label class="field"><span class="field-label">{move || t.get().fields.max}</span>
                <input class="input" inputmode="decimal" placeholder=move || t.get().fields.any data-test="field-max" prop:value=move || shown(true) on:change:target=move |event| set(true, event.target().value()) /></label>
            <label class="field"><span class="field-label">{move || t.get().fields.decimals}</span>
                <select class="input" on:change:target=move |event| set_digits(event.target().value())>
                    {(0..=limit::DECIMALS_MAX).map(|count| view! { <option value=count.to_string() selected=move || digits() == count>{count}</option> }).collect_view()}
                </select></label>
            <span class="field-note is-bad" aria-live="polite">{wrong}</span>
        </div>
    }
}

/// What may be chosen.
#[component]
fn OptionList(
    desk: FieldsDesk,
    at: Memo<Option<usize>>,
    kind: Memo<Option<Kind>>,
) -> impl IntoView {
    let t = words();
    let path = move || format!("fields[{}].kind", at.get().unwrap_or_default());
    let ids = Memo::new(move |_| {
        kind.with(|kind| {
            let options = kind.as_ref().map(Kind::options).unwrap_or_default();
            let ids = options.iter().map(|option| option.id.clone());
            ids.collect::<Vec<String>>()
        })
    });
    let change = move |change: &dyn Fn(&mut Vec<Choice>)| {
        desk.edit(|form| {
            let field = at.get_untracked().and_then(|at| form.fields.get_mut(at));
            if let Some(options) = field.and_then(|field| options_mut(&mut field.kind)) {
                change(options);
            }
        });
    };
    let add = move |()| {
        let new = Choice {
            id: fresh("o"),
            name: unnamed(),
            retired: false,
        };
        change(&|options| options.push(new.clone()));
    };
    let line = move |id: String| {
        let id = StoredValue::new(id);
        let own = Memo::new(move |_| {
            kind.with(|kind| {
                let options = kind.as_ref().map(Kind::options).unwrap_or_default();
                options
                    .iter()
                    .find(|option| id.with_value(|id| option.id == *id))
                    .cloned()
            })
        });
        let place =
            move || ids.with(|ids| ids.iter().position(|other| id.with_value(|id| other == id)));
        let was_saved = Memo::new(move |_| {
            let field = at.get().and_then(|at| {
                desk.form
                    .with(|form| form.fields.get(at).map(|field| field.id.clone()))
            });
            desk.saved.with(|saved| {
                let field = field.and_then(|field| saved.definition(&field));
                let options = field.map(|field| field.kind.options()).unwrap_or_default();
                options
                    .iter()
                    .any(|option| id.with_value(|id| option.id == *id))
            })
        });
        let name = Signal::derive(move || own.get().map_or_else(unnamed, |own| own.name));
        let retired = move || own.with(|own| own.as_ref().is_some_and(|own| own.retired));
        let wrong = Signal::derive(move || {
            let path = format!("{}.options[{}]", path(), place().unwrap_or_default());
            desk.wrong(&path, t.get().fields)
        });
        let rename = move |name: Name| {
            change(&|options| {
                if let Some(option) = options
                    .iter_mut()
                    .find(|option| id.with_value(|id| option.id == *id))
                {
                    option.name = name.clone();
                }
            });
        };
        let step = move |down: bool| {
            let at = untrack(place);
            change(&|options| {
                if let Some(at) = at {
                    shift(options, at, down)
                }
            });
        };
        let end = move |()| {
            let saved = was_saved.get_untracked();
            change(&|options| id.with_value(|id| turn(options, id, saved)));
        };
        let label = Signal::derive(move || {
            let text = t.get().fields;
            let word = match (was_saved.get(), retired()) {
                (false, _) => text.remove,
                (true, true) => text.restore,
                (true, false) => text.retire,
            };
            word.to_owned()
        });
        view! {
            <li class="option-line" class:is-retired=retired data-test="option-line">
                <Steps step />
                <NameFields name wrong change=rename />
                <Button label name="option-end" small=true look=Look::Quiet press=end />
            </li>
        }
    };
    view! {
        <div class="field-options">
            <h3>{move || t.get().fields.options}</h3>
            {move || ids.with(Vec::is_empty).then(|| view! { <p class="muted">{t.get().fields.option_none}</p> })}
            <ul><For each=move || ids.get() key=String::clone children=line /></ul>
            <div><Button label=t.line(|t| t.fields.add_option) name="add-option" small=true glyph=Glyph::Plus press=add /></div>
            <span class="field-note is-bad" aria-live="polite">{move || desk.wrong(&format!("{}.options", path()), t.get().fields).filter(|_| ids.with(Vec::is_empty))}</span>
        </div>
    }
}
