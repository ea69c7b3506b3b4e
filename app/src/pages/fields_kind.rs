//! One field: its name, its kind and what the kind asks for, its place, and whether it is in use.

use super::fields::{FieldsDesk, fresh};
use super::fields_line::{Named, OptionLine, SchemaLine, Told};
use crate::components::{Button, Glyph, name_in};
use crate::state::schema_form::{kinds, options_mut, shift, turn, unnamed};
use crate::text::words;
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
        desk.was_saved(|saved| id.with_value(|id| saved.definition(id).is_some()))
    });
    let title = Signal::derive(move || {
        let name = own.with(|own| own.as_ref().map(|own| name_in(t.lang(), &own.name)));
        name.filter(|name| !name.trim().is_empty())
            .unwrap_or_else(|| t.get().fields.new_field.to_owned())
    });
    let text = Signal::derive(move || {
        let kind = own.with(|own| {
            let own = own.as_ref()?;
            let text = t.get().fields;
            let options = own.kind.options().len();
            let kind = (text.kind_name)(&own.kind);
            Some(match options {
                0 => kind.to_owned(),
                n => format!("{kind} · {}", (text.option_count)(n)),
            })
        });
        kind.unwrap_or_default()
    });
    let told = Told {
        title,
        text,
        path: Signal::derive(move || format!("fields[{}]", at.get().unwrap_or_default())),
        was_saved: was_saved.into(),
        retired: Signal::derive(move || {
            own.with(|own| own.as_ref().is_some_and(|own| own.retired))
        }),
    };
    let end = move |()| {
        let saved = was_saved.get_untracked();
        id.with_value(|id| desk.edit(|form| turn(&mut form.fields, id, saved)));
    };
    let step = move |down: bool| {
        if let Some(at) = at.get_untracked() {
            desk.edit(|form| shift(&mut form.fields, at, down));
        }
    };
    view! {
        <SchemaLine desk id=id.get_value() name="field" told step end>
            <FieldEditor desk at own was_saved path=told.path />
        </SchemaLine>
    }
}

#[component]
fn FieldEditor(
    desk: FieldsDesk,
    at: Memo<Option<usize>>,
    own: Memo<Option<Definition>>,
    was_saved: Memo<bool>,
    path: Signal<String>,
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
    let name = Signal::derive(move || {
        own.with(|own| own.as_ref().map(|own| own.name.clone()))
            .unwrap_or_else(unnamed)
    });
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
            <Named desk value=name path rename=move |name: Name| change(&|field| field.name = name.clone()) />
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
            desk.was_saved(|saved| {
                let field = field.and_then(|field| saved.definition(&field));
                let options = field.map(|field| field.kind.options()).unwrap_or_default();
                options
                    .iter()
                    .any(|option| id.with_value(|id| option.id == *id))
            })
        });
        let name = Signal::derive(move || own.get().map_or_else(unnamed, |own| own.name));
        let retired =
            Signal::derive(move || own.with(|own| own.as_ref().is_some_and(|own| own.retired)));
        let own_path =
            Signal::derive(move || format!("{}.options[{}]", path(), place().unwrap_or_default()));
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
        view! { <OptionLine desk name="option" value=name path=own_path was_saved retired rename step end /> }
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
