//! The desk where a persona is written: its name, its seven groups of entries, and the notes of what they rest on.

use super::persona::colour_name;
use super::persona_notes::NotesPanel;
use super::persona_words::subject_name;
use crate::components::{Button, Glyph, Icon, Notice, Tone};
use crate::state::persona_desk::PersonaDesk;
use crate::text::{Text, words};
use domain::lead::Field;
use domain::persona::{Colour, Entry, Group, Subject};
use domain::profile::FieldId;
use leptos::prelude::*;

/// The colours of a sign.
const COLOURS: [Colour; 8] = [
    Colour::Blue,
    Colour::Green,
    Colour::Amber,
    Colour::Red,
    Colour::Violet,
    Colour::Teal,
    Colour::Pink,
    Colour::Grey,
];

/// The desk.
#[component]
pub(super) fn PersonaForm(desk: PersonaDesk) -> impl IntoView {
    let t = words();
    let form = desk.form;
    let text = move |read: fn(&domain::persona::Persona) -> String| move || form.with(read);
    let colours = COLOURS.map(|one| {
        view! {
            <button type="button" class="persona-colour" data-colour=colour_name(one) aria-pressed=move || form.with(|form| (form.colour == one).to_string())
                aria-label=move || (t.get().personas.colour_name)(one) on:click=move |_| form.update(|form| form.colour = one)></button>
        }
    });
    // Nothing is said of what nobody has begun to write.
    let wrong = move || {
        let begun = form.with(|form| !form.name.zh.is_empty() || !form.name.en.is_empty());
        let found = desk.wrong().into_iter().next().filter(|_| begun)?;
        let said = (t.get().personas.wrong)(
            place_of(t.get(), &found.field),
            (t.get().personas.why)(found.code),
        );
        Some(view! { <Notice tone=Tone::Care text=Signal::stored(said) /> })
    };
    view! {
        <div class="persona-form" data-test="persona-form">
            {wrong}
            <section class="panel persona-facts">
                <label class="field"><span class="field-label">{move || t.get().name_zh}</span>
                    <input class="input" type="text" data-test="persona-zh" prop:value=text(|form| form.name.zh.clone())
                        on:input:target=move |event| { let text = event.target().value(); form.update(|form| form.name.zh = text) } /></label>
                <label class="field"><span class="field-label">{move || t.get().name_en}</span>
                    <input class="input" type="text" data-test="persona-en" prop:value=text(|form| form.name.en.clone())
                        on:input:target=move |event| { let text = event.target().value(); form.update(|form| form.name.en = text) } /></label>
                <div class="field"><span class="field-label">{move || t.get().personas.colour}</span><div class="persona-colours">{colours}</div></div>
                <label class="field is-wide"><span class="field-label">{move || t.get().personas.summary}</span>
                    <textarea class="input" rows="3" data-test="persona-summary" prop:value=text(|form| form.summary.clone())
                        on:input:target=move |event| { let text = event.target().value(); form.update(|form| form.summary = text) }></textarea></label>
            </section>
            {Group::ALL.map(|group| view! { <GroupPanel desk group /> })}
            <NotesPanel desk />
        </div>
    }
}

#[component]
fn GroupPanel(desk: PersonaDesk, group: Group) -> impl IntoView {
    let t = words();
    let form = desk.form;
    let count = Memo::new(move |_| form.with(|form| form.groups.get(&group).map_or(0, Vec::len)));
    let add = move |()| {
        form.update(|form| {
            let entry = Entry {
                label: String::new(),
                text: String::new(),
                about: None,
            };
            form.groups.entry(group).or_default().push(entry);
        });
    };
    view! {
        <section class="panel persona-edit" data-test="persona-edit" data-group=group.name()>
            <header><h2>{move || (t.get().personas.group)(group)}</h2>
                <Button label=t.line(|t| t.personas.add_entry) name="entry-add" small=true glyph=Glyph::Plus press=add /></header>
            <p class="muted">{move || (t.get().personas.group_hint)(group)}</p>
            <For each=move || 0..count.get() key=|place| *place let(place)><EntryLine desk group place /></For>
        </section>
    }
}

#[component]
fn EntryLine(desk: PersonaDesk, group: Group, place: usize) -> impl IntoView {
    let t = words();
    let form = desk.form;
    let read = move |of: fn(&Entry) -> String| {
        move || {
            form.with(|form| {
                let entry = form.groups.get(&group)?.get(place)?;
                Some(of(entry))
            })
        }
    };
    let change = move |with: Box<dyn FnOnce(&mut Entry)>| {
        form.update(|form| {
            let entry = form
                .groups
                .get_mut(&group)
                .and_then(|all| all.get_mut(place));
            if let Some(entry) = entry {
                with(entry);
            }
        });
    };
    let remove = move |_| {
        form.update(|form| {
            let Some(all) = form.groups.get_mut(&group) else {
                return;
            };
            if place < all.len() {
                all.remove(place);
            }
            if all.is_empty() {
                form.groups.remove(&group);
            }
        });
    };
    let subjects = move || {
        let custom = desk.schema.with(|schema| {
            let own = schema.fields.iter().filter(|field| !field.retired);
            own.map(|field| FieldId::Custom(field.id.clone()))
                .collect::<Vec<_>>()
        });
        let fields = Field::ALL.into_iter().map(FieldId::Standard).chain(custom);
        std::iter::once(Subject::Tags).chain(fields.map(Subject::Field))
    };
    let options = move || {
        let all = subjects().map(|subject| {
            let name = subject_name(t, desk.schema.into(), &subject);
            let id = write_subject(&subject);
            let chosen = move || {
                form.with(|form| {
                    let entry = form.groups.get(&group).and_then(|all| all.get(place));
                    entry.is_some_and(|entry| entry.about.as_ref() == Some(&subject))
                })
            };
            view! { <option value=id selected=chosen>{name}</option> }
        });
        all.collect_view()
    };
    view! {
        <div class="persona-entry" data-test="persona-entry">
            <input class="input" type="text" data-test="entry-label" aria-label=move || t.get().personas.entry_label placeholder=move || t.get().personas.entry_label prop:value=read(|entry| entry.label.clone())
                on:input:target=move |event| { let text = event.target().value(); change(Box::new(move |entry| entry.label = text)) } />
            <input class="input" type="text" data-test="entry-text" aria-label=move || t.get().personas.entry_text placeholder=move || t.get().personas.entry_text prop:value=read(|entry| entry.text.clone())
                on:input:target=move |event| { let text = event.target().value(); change(Box::new(move |entry| entry.text = text)) } />
            <select class="input" data-test="entry-about" aria-label=move || t.get().personas.about on:change:target=move |event| {
                let about = read_subject(&event.target().value());
                change(Box::new(move |entry| entry.about = about));
            }><option value="">{move || t.get().personas.about_nothing}</option>{options}</select>
            <button type="button" class="icon-button" aria-label=move || t.get().profile.remove on:click=remove><Icon glyph=Glyph::Cross /></button>
        </div>
    }
}

/// What the part of the desk is called that a field's path leads to.
fn place_of(text: &'static Text, path: &str) -> &'static str {
    let of_group = |group: &Group| {
        let rest = path.strip_prefix("groups.");
        rest.is_some_and(|rest| rest.starts_with(group.name()))
    };
    if let Some(group) = Group::ALL.into_iter().find(of_group) {
        return (text.personas.group)(group);
    }
    match path {
        "name.zh" => text.name_zh,
        "name.en" => text.name_en,
        "summary" => text.personas.summary,
        path if path.starts_with("fit") => text.personas.fit,
        _ => text.personas.evidence,
    }
}

/// How what an entry speaks of is written in a list.
fn write_subject(subject: &Subject) -> String {
    match subject {
        Subject::Tags => "tags".to_owned(),
        Subject::Field(field) => field.to_string(),
    }
}

fn read_subject(text: &str) -> Option<Subject> {
    match text {
        "tags" => Some(Subject::Tags),
        text => text.parse().ok().map(Subject::Field),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spoken_of_is_read_back_the_same() {
        for subject in [
            Subject::Tags,
            Subject::Field(FieldId::Standard(Field::Industry)),
            Subject::Field(FieldId::Custom("seats".into())),
        ] {
            assert_eq!(read_subject(&write_subject(&subject)), Some(subject));
        }
        assert_eq!(read_subject(""), None);
    }
}
