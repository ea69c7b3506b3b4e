//! What limits the points of many rules: groups that share a cap, and what silence costs.

use super::rules::Held;
use crate::components::{Button, Glyph, Icon, NameFields, TextLine, name_in};
use crate::format;
use crate::state::ids;
use crate::state::rest_form::{GroupForm, SilenceForm};
use crate::text::words;
use leptos::prelude::*;

/// Groups and silence.
#[component]
pub(super) fn Limits(held: Held) -> impl IntoView {
    let t = words();
    let (desk, editable) = (held.desk, held.editable);
    let ids = Memo::new(move |_| {
        let round = desk.round.get();
        desk.rest.with(|rest| {
            let groups = rest.groups.iter();
            groups
                .map(|group| (round, group.id.clone()))
                .collect::<Vec<_>>()
        })
    });
    let add = move |()| {
        desk.rest.update(|rest| {
            rest.groups.push(GroupForm {
                id: ids::fresh_slug("group"),
                cap: "30".to_owned(),
                ..GroupForm::default()
            });
        });
    };
    view! {
        <section class="panel rules-part" data-test="groups">
            <header class="rules-part-head">
                <h2>{move || t.get().scoring.groups}</h2>
                {move || editable.get().then(|| view! { <Button label=t.line(|t| t.scoring.add_group) name="group-add" small=true glyph=Glyph::Plus press=add /> })}
            </header>
            <p class="muted">{move || t.get().scoring.groups_note}</p>
            <fieldset class="rules-part-list" disabled=move || !editable.get()>
                <For each=move || ids.get() key=Clone::clone let((_, id))><Group held id /></For>
            </fieldset>
        </section>
        <Quiet held />
    }
}

/// A group, with the rules that are in it.
#[component]
fn Group(held: Held, id: String) -> impl IntoView {
    let t = words();
    let desk = held.desk;
    let (own, told) = (id.clone(), id.clone());
    let place = Memo::new(move |_| {
        desk.rest
            .with(|rest| rest.groups.iter().position(|group| group.id == own))
    });
    let group = Memo::new(move |_| {
        let place = place.get()?;
        desk.rest.with(|rest| rest.groups.get(place).cloned())
    });
    let edit = move |edit: &dyn Fn(&mut GroupForm)| {
        desk.rest.update(|rest| {
            let place = place.get_untracked();
            if let Some(group) = place.and_then(|place| rest.groups.get_mut(place)) {
                edit(group);
            }
        });
    };
    let why = move |field: &str| {
        let why = desk.why(&format!("groups[{}].{field}", place.get()?))?;
        Some((t.get().why_wrong)(why))
    };
    let members = Memo::new(move |_| {
        let lang = t.lang();
        let slots = desk.slots.get();
        let inside = slots.iter().filter_map(|slot| {
            slot.form.with(|form| {
                let name = domain::rulebook::Name {
                    zh: form.zh.clone(),
                    en: form.en.clone(),
                };
                (form.group == told).then(|| name_in(lang, &name))
            })
        });
        inside.collect::<Vec<_>>()
    });
    // Its rules are in no group then.
    let remove = move |_| {
        for slot in desk.slots.get_untracked() {
            if slot.form.with_untracked(|form| form.group == id) {
                slot.form.update(|form| form.group.clear());
            }
        }
        desk.rest
            .update(|rest| rest.groups.retain(|group| group.id != id));
    };
    let name = Signal::derive(move || group.get().map(|group| group.name).unwrap_or_default());
    let cap = Signal::derive(move || group.get().map(|group| group.cap).unwrap_or_default());
    let wrong = move |field: &'static str| why(field);
    view! {
        <div class="rules-entry" data-test="group">
            <div class="rules-entry-fields">
                <NameFields name="group" value=name change=move |name: domain::rulebook::Name| edit(&|group| group.name = name.clone()) wrong />
                <TextLine label=t.line(|t| t.scoring.group_cap) name="group-cap" number=true value=cap change=move |cap: String| edit(&|group| group.cap = cap.clone()) wrong=Signal::derive(move || why("cap")) />
                <button type="button" class="icon-button rules-entry-remove" title=move || t.get().scoring.remove aria-label=move || t.get().scoring.remove on:click=remove data-test="group-remove"><Icon glyph=Glyph::Cross /></button>
            </div>
            <p class="muted rules-entry-note">
                {move || members.with(|members| match members.is_empty() {
                    true => t.get().scoring.no_rules_in_it.to_owned(),
                    false => (t.get().scoring.rules_in_it)(&format::number(t.lang(), members.len() as u64), &members.join(t.get().scoring.listed)),
                })}
            </p>
        </div>
    }
}

/// What silence costs.
#[component]
fn Quiet(held: Held) -> impl IntoView {
    let t = words();
    let (desk, editable) = (held.desk, held.editable);
    let on = Memo::new(move |_| desk.rest.with(|rest| rest.silence.is_some()));
    let switch = move |on: bool| {
        desk.rest.update(|rest| {
            rest.silence = on.then(|| SilenceForm {
                days: "30".to_owned(),
                points: "10".to_owned(),
                floor: "0".to_owned(),
            });
        });
    };
    let part = move |read: fn(&SilenceForm) -> &String| {
        Signal::derive(move || {
            desk.rest.with(|rest| {
                let silence = rest.silence.as_ref();
                silence
                    .map(|silence| read(silence).clone())
                    .unwrap_or_default()
            })
        })
    };
    let set = move |write: fn(&mut SilenceForm, String)| {
        move |text: String| {
            desk.rest.update(|rest| {
                if let Some(silence) = &mut rest.silence {
                    write(silence, text);
                }
            });
        }
    };
    let wrong = move |field: &'static str| {
        Signal::derive(move || desk.why(field).map(|why| (t.get().why_wrong)(why)))
    };
    view! {
        <section class="panel rules-part" data-test="silence">
            <fieldset class="rules-part-list" disabled=move || !editable.get()>
                <label class="toggle">
                    <input type="checkbox" data-test="silence-on" prop:checked=on on:change:target=move |event| switch(event.target().checked()) />
                    <span class="toggle-label">{move || t.get().scoring.silence}</span>
                    <span class="toggle-note">{move || t.get().scoring.silence_note}</span>
                </label>
                <Show when=move || on.get()>
                    <div class="rules-entry-fields is-numbers">
                        <TextLine label=t.line(|t| t.scoring.silence_days) name="silence-days" number=true value=part(|it| &it.days) change=set(|it, text| it.days = text) wrong=wrong("silence.days") />
                        <TextLine label=t.line(|t| t.scoring.silence_points) name="silence-points" number=true value=part(|it| &it.points) change=set(|it, text| it.points = text) wrong=wrong("silence.points") />
                        <TextLine label=t.line(|t| t.scoring.silence_floor) name="silence-floor" number=true value=part(|it| &it.floor) change=set(|it, text| it.floor = text) wrong=wrong("silence.floor") />
                    </div>
                </Show>
            </fieldset>
        </section>
    }
}
