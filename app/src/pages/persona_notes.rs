//! The notes of what a persona rests on: how each was found, what was found, from whom, and which groups it speaks for.

use crate::components::{Button, DateField, Glyph, Icon};
use crate::format;
use crate::state::clock::now;
use crate::state::persona_desk::PersonaDesk;
use crate::text::words;
use domain::persona::{Evidence, EvidenceKind, Group};
use leptos::prelude::*;

/// The notes.
#[component]
pub(super) fn NotesPanel(desk: PersonaDesk) -> impl IntoView {
    let t = words();
    let form = desk.form;
    let count = Memo::new(move |_| form.with(|form| form.evidence.len()));
    let add = move |()| {
        let today = i32::try_from(format::local_day(now())).unwrap_or_default();
        form.update(|form| {
            form.evidence.push(Evidence {
                kind: EvidenceKind::Interview,
                text: String::new(),
                source: String::new(),
                date: today,
                link: None,
                groups: Default::default(),
            });
        });
    };
    view! {
        <section class="panel persona-edit" data-test="persona-evidence">
            <header><h2>{move || t.get().personas.evidence}</h2>
                <Button label=t.line(|t| t.personas.add_note) name="note-add" small=true glyph=Glyph::Plus press=add /></header>
            <p class="muted">{move || t.get().personas.evidence_hint}</p>
            <For each=move || 0..count.get() key=|place| *place let(place)><NoteLine desk place /></For>
        </section>
    }
}

#[component]
fn NoteLine(desk: PersonaDesk, place: usize) -> impl IntoView {
    let t = words();
    let form = desk.form;
    let read = move |of: fn(&Evidence) -> String| {
        move || form.with(|form| form.evidence.get(place).map(of))
    };
    let change = move |with: Box<dyn FnOnce(&mut Evidence)>| {
        form.update(|form| {
            if let Some(note) = form.evidence.get_mut(place) {
                with(note);
            }
        });
    };
    let remove = move |_| {
        form.update(|form| {
            if place < form.evidence.len() {
                form.evidence.remove(place);
            }
        });
    };
    let kinds = EvidenceKind::ALL.into_iter().enumerate().map(|(at, kind)| {
        let chosen = move || {
            form.with(|form| form.evidence.get(place).is_some_and(|note| note.kind == kind))
        };
        view! { <option value=at.to_string() selected=chosen>{move || (t.get().personas.kind)(kind)}</option> }
    });
    let groups = Group::ALL.map(|group| {
        let has = move || {
            form.with(|form| {
                let note = form.evidence.get(place);
                note.is_some_and(|note| note.groups.contains(&group))
            })
        };
        view! {
            <button type="button" class="talk-kind" data-test=format!("note-{}", group.name()) aria-pressed=move || has().to_string()
                on:click=move |_| change(Box::new(move |note| if !note.groups.remove(&group) { note.groups.insert(group); }))>{move || (t.get().personas.group)(group)}</button>
        }
    });
    let dated = move |day: Option<i32>| {
        change(Box::new(move |note| note.date = day.unwrap_or(note.date)));
    };
    let day =
        Signal::derive(move || form.with(|form| form.evidence.get(place).map(|note| note.date)));
    view! {
        <div class="persona-note" data-test="persona-note">
            <label class="field"><span class="field-label">{move || t.get().personas.how_found}</span>
                <select class="input" data-test="note-kind" on:change:target=move |event| {
                    let at = event.target().value().parse::<usize>().ok();
                    let kind = at.and_then(|at| EvidenceKind::ALL.get(at)).copied();
                    change(Box::new(move |note| note.kind = kind.unwrap_or(note.kind)));
                }>{kinds.collect_view()}</select></label>
            <label class="field"><span class="field-label">{move || t.get().source}</span>
                <input class="input" type="text" data-test="note-source" placeholder=move || t.get().personas.source_hint prop:value=read(|note| note.source.clone())
                    on:input:target=move |event| { let text = event.target().value(); change(Box::new(move |note| note.source = text)) } /></label>
            <DateField label=t.line(|t| t.board.date) name="note-date" day choose=dated />
            <label class="field"><span class="field-label">{move || t.get().personas.link}</span>
                <input class="input" type="url" data-test="note-link" placeholder="https://" prop:value=read(|note| note.link.clone().unwrap_or_default())
                    on:input:target=move |event| { let text = event.target().value(); change(Box::new(move |note| note.link = Some(text).filter(|text| !text.trim().is_empty()))) } /></label>
            <label class="field is-wide"><span class="field-label">{move || t.get().personas.what_found}</span>
                <textarea class="input" rows="2" data-test="note-text" prop:value=read(|note| note.text.clone())
                    on:input:target=move |event| { let text = event.target().value(); change(Box::new(move |note| note.text = text)) }></textarea></label>
            <div class="is-wide persona-speaks"><span class="field-label">{move || t.get().personas.speaks_for}</span><div class="talk-kinds">{groups}</div></div>
            <button type="button" class="icon-button" aria-label=move || t.get().profile.remove on:click=remove><Icon glyph=Glyph::Cross /></button>
        </div>
    }
}
