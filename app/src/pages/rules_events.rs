//! What is noted beside the points: key events, and the segments that a website may ask for.

use super::rules::Held;
use crate::components::{Button, Glyph, Icon, LoneCondition, NameFields, TextLine};
use crate::state::condition_form::Ask;
use crate::state::ids;
use crate::state::rest_form::{CountForm, RestForm};
use crate::text::words;
use domain::rulebook::{Name, When};
use domain::segment::{Condition, Did};
use domain::wire::Kind;
use leptos::prelude::*;

/// One of the two lists.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    /// Key events.
    Keys,
    /// Segments of browsers.
    Segments,
}

impl List {
    /// Where it stands in a rulebook.
    const fn path(self) -> &'static str {
        match self {
            List::Keys => "key_events",
            List::Segments => "segments",
        }
    }

    fn of(self, rest: &RestForm) -> &Vec<CountForm> {
        match self {
            List::Keys => &rest.key_events,
            List::Segments => &rest.segments,
        }
    }

    fn of_mut(self, rest: &mut RestForm) -> &mut Vec<CountForm> {
        match self {
            List::Keys => &mut rest.key_events,
            List::Segments => &mut rest.segments,
        }
    }

    /// A new one, of somebody who looks at a page.
    fn blank(self) -> CountForm {
        let (of, days) = match self {
            List::Keys => ("key", Some(7)),
            List::Segments => ("group", None),
        };
        CountForm {
            id: ids::fresh_slug(of),
            name: Name::default(),
            did: Some(Did {
                when: When::any(Kind::PageView),
                at_least: 3,
                days,
            }),
        }
    }
}

/// Key events, and segments of browsers.
#[component]
pub(super) fn Events(held: Held) -> impl IntoView {
    let t = words();
    view! {
        <section class="panel rules-part" data-test="key-events">
            <header class="rules-part-head">
                <h2>{move || t.get().scoring.key_events}</h2>
                <Add held list=List::Keys name="key-event-add" />
            </header>
            <p class="muted">{move || t.get().scoring.key_events_note}</p>
            <Entries held list=List::Keys />
        </section>
        <section class="panel rules-part" data-test="site-segments">
            <header class="rules-part-head">
                <h2>{move || t.get().scoring.site_segments}</h2>
                <Add held list=List::Segments name="site-segment-add" />
            </header>
            <p class="muted">{move || t.get().scoring.site_segments_note}</p>
            <Entries held list=List::Segments />
        </section>
    }
}

#[component]
fn Add(held: Held, list: List, name: &'static str) -> impl IntoView {
    let t = words();
    let add = move |()| {
        held.desk
            .rest
            .update(|rest| list.of_mut(rest).push(list.blank()))
    };
    move || {
        held.editable.get().then(|| view! { <Button label=t.line(|t| t.scoring.add) name small=true glyph=Glyph::Plus press=add /> })
    }
}

#[component]
fn Entries(held: Held, list: List) -> impl IntoView {
    let desk = held.desk;
    // An id may be typed, so the place tells one from the other; how many there are tells a time from the next.
    let keys = Memo::new(move |_| {
        let round = desk.round.get();
        let count = desk.rest.with(|rest| list.of(rest).len());
        (0..count)
            .map(|place| (round, count, place))
            .collect::<Vec<_>>()
    });
    view! {
        <fieldset class="rules-part-list" disabled=move || !held.editable.get()>
            <For each=move || keys.get() key=|key| *key let((_, _, place))><Entry held list place /></For>
        </fieldset>
    }
}

#[component]
fn Entry(held: Held, list: List, place: usize) -> impl IntoView {
    let t = words();
    let desk = held.desk;
    let form = Memo::new(move |_| desk.rest.with(|rest| list.of(rest).get(place).cloned()));
    let edit = move |edit: &dyn Fn(&mut CountForm)| {
        desk.rest.update(|rest| {
            if let Some(entry) = list.of_mut(rest).get_mut(place) {
                edit(entry);
            }
        });
    };
    let path = format!("{}[{place}]", list.path());
    let prefix = StoredValue::new(path);
    let why = move |field: &str| {
        let path = prefix.with_value(|prefix| format!("{prefix}.{field}"));
        Some((t.get().why_wrong)(desk.why(&path)?))
    };
    let within = move || {
        let own = ["", ".when", ".at_least", ".days"];
        let mut found = own.iter().filter_map(|part| {
            let place = prefix.with_value(|prefix| format!("{prefix}{part}"));
            match part.is_empty() {
                true => desk.why(&place),
                false => desk.why_within(&place),
            }
        });
        found.next().map(|why| (t.get().why_wrong)(why))
    };
    let name = Signal::derive(move || form.get().map(|form| form.name).unwrap_or_default());
    let id = Signal::derive(move || form.get().map(|form| form.id).unwrap_or_default());
    let at_first = form.get_untracked().and_then(|form| form.did);
    let take = move |condition: Option<Condition>| {
        let did = condition.and_then(|condition| match condition {
            Condition::Did(did) => Some(did),
            _ => None,
        });
        edit(&|entry| entry.did = did.clone());
    };
    let remove = move |_| {
        desk.rest.update(|rest| {
            let entries = list.of_mut(rest);
            if place < entries.len() {
                entries.remove(place);
            }
        });
    };
    let wrong = move |field: &'static str| why(field);
    view! {
        <div class="rules-entry" data-test=list.path()>
            <div class="rules-entry-fields">
                <NameFields name="entry" value=name change=move |name: Name| edit(&|entry| entry.name = name.clone()) wrong />
                {(list == List::Segments).then(|| view! {
                    <TextLine label=t.line(|t| t.segments.id) name="entry-id" value=id change=move |id: String| edit(&|entry| entry.id = id.clone()) wrong=Signal::derive(move || why("id")) />
                })}
                <button type="button" class="icon-button rules-entry-remove" title=move || t.get().scoring.remove aria-label=move || t.get().scoring.remove on:click=remove data-test="entry-remove"><Icon glyph=Glyph::Cross /></button>
            </div>
            <LoneCondition asks=&[Ask::Did] at_first=at_first.map(Condition::Did) choices=held.choices change=take ever={list == List::Segments} />
            <p class="field-note is-bad rules-entry-wrong">{within}</p>
        </div>
    }
}
