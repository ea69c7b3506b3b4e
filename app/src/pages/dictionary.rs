//! The dictionary of events: what is collected, what it is for, and what to do about what nobody uses.

use super::dictionary_entry::{EntryLine, PropertyTable, use_text};
use super::dictionary_todo::TodoPanel;
use super::failure::FailureNotice;
use crate::api::Failure;
use crate::components::{Glyph, Icon, Skeleton};
use crate::state::base::Base;
use crate::state::lookup::Lookup;
use crate::text::{Text, words};
use domain::api::ReadDictionary;
use domain::dictionary::{Class, Dictionary, Entry, Indicator, Property, Status};
use domain::rulebook::Rulebook;
use domain::wire::Kind;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dictionary of events.
#[component]
pub(super) fn DictionaryPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    Effect::new(move |_| {
        document().set_title(&format!(
            "{} · {}",
            t.get().dictionary.title,
            t.get().product
        ))
    });
    let reply = RwSignal::new(None::<Result<Dictionary, Failure>>);
    let read = move || {
        reply.set(None);
        spawn_local(async move {
            let answer = base.session.call(&ReadDictionary {}).await;
            let _ = reply.try_set(Some(answer));
        });
    };
    read();
    view! {
        <div class="page-head">
            <h1>{move || t.get().dictionary.title}</h1>
            <p class="page-note">{move || t.get().dictionary.note}</p>
        </div>
        {move || match reply.get() {
            None => view! { <Skeleton lines=8 /> }.into_any(),
            Some(Err(failure)) => view! { <FailureNotice failure again=move |()| read() /> }.into_any(),
            Some(Ok(dictionary)) => view! { <Contents base dictionary /> }.into_any(),
        }}
    }
}

#[component]
fn Contents(base: Base, dictionary: Dictionary) -> impl IntoView {
    let t = words();
    let lookup = RwSignal::new(Lookup::default());
    let entries = StoredValue::new(dictionary.entries.clone());
    let shown = Memo::new(move |_| {
        let entries = entries.get_value().into_iter();
        let shown = entries.filter(|entry| {
            let texts = texts_of(t.get(), t.lang(), entry);
            let texts = texts.iter().map(String::as_str);
            lookup.with(|lookup| lookup.shows(entry.class, Some(entry.status), texts))
        });
        shown.collect::<Vec<_>>()
    });
    let indicators = Memo::new(move |_| {
        let shown = Indicator::ALL.into_iter().filter(|indicator| {
            let text = &t.get().dictionary;
            let texts = [(text.indicator)(*indicator), (text.decision_of)(*indicator)];
            lookup.with(|lookup| lookup.shows(indicator.class(), None, texts))
        });
        shown.collect::<Vec<_>>()
    });
    let nothing = Memo::new(move |_| shown.with(Vec::is_empty) && indicators.with(Vec::is_empty));
    let key = |entry: &Entry| (entry.kind, entry.name.clone());
    view! {
        <TodoPanel dictionary />
        <Choices lookup />
        <Show when=move || nothing.get()>
            <p class="dictionary-nothing muted" data-test="dictionary-nothing">
                {move || t.get().dictionary.nothing_matches}" "
                <button type="button" class="link" on:click=move |_| lookup.set(Lookup::default())>{move || t.get().dictionary.show_all}</button>
            </p>
        </Show>
        <section class="panel dictionary-events" class:is-gone=move || shown.with(Vec::is_empty)>
            <header><h2>{move || t.get().dictionary.events}</h2><p class="muted">{move || t.get().dictionary.events_note}</p></header>
            <div class="dictionary-list">
                <For each=move || shown.get() key=key let:entry><EntryLine entry /></For>
                <Show when=move || lookup.with(|lookup| *lookup == Lookup::default())>
                    <details class="dictionary-entry" data-test="dictionary-common">
                        <summary>
                            <span class="dictionary-glyph"><Icon glyph=Glyph::Leads /></span>
                            <span class="dictionary-name"><b>{move || t.get().dictionary.every_event}</b></span>
                        </summary>
                        <div class="dictionary-body">
                            <p>{move || t.get().dictionary.every_event_note}</p>
                            <PropertyTable properties=&Property::COMMON />
                        </div>
                    </details>
                </Show>
            </div>
        </section>
        <section class="panel dictionary-indicators" class:is-gone=move || indicators.with(Vec::is_empty)>
            <header><h2>{move || t.get().dictionary.indicators}</h2><p class="muted">{move || t.get().dictionary.indicators_note}</p></header>
            <ul class="dictionary-list">
                <For each=move || indicators.get() key=|indicator| *indicator let:indicator><IndicatorLine base indicator /></For>
            </ul>
        </section>
    }
}

/// What an entry can be found by.
fn texts_of(t: &Text, lang: domain::api::Lang, entry: &Entry) -> Vec<String> {
    let mut texts = vec![
        (t.kind)(entry.kind).to_owned(),
        entry.kind.name().to_owned(),
    ];
    texts.extend(entry.name.clone());
    let properties = Property::of(entry.kind).iter();
    texts.extend(properties.map(|property| property.name().to_owned()));
    texts.extend(entry.uses.iter().map(|by| use_text(t, lang, by)));
    texts
}

/// The class, the status, and what is searched for.
#[component]
fn Choices(lookup: RwSignal<Lookup>) -> impl IntoView {
    let t = words();
    let class = move || lookup.with(|lookup| lookup.class);
    let status = move || lookup.with(|lookup| lookup.status);
    let classes = std::iter::once(None).chain(Class::ALL.map(Some));
    let statuses = std::iter::once(None).chain(Status::ALL.map(Some));
    let name = |value: serde_json::Result<String>| value.unwrap_or_default().replace('"', "");
    view! {
        <div class="dictionary-choices">
            <div class="segmented" role="group" aria-label=move || t.get().dictionary.class>
                {classes.map(|option| view! {
                    <button type="button" aria-pressed=move || (class() == option).to_string()
                        data-test=format!("class-{}", name(serde_json::to_string(&option)))
                        on:click=move |_| lookup.update(|lookup| lookup.class = option)>
                        {move || option.map_or(t.get().dictionary.all, |class| (t.get().dictionary.class_name)(class))}
                    </button>
                }).collect_view()}
            </div>
            <div class="segmented" role="group" aria-label=move || t.get().dictionary.status>
                {statuses.map(|option| view! {
                    <button type="button" aria-pressed=move || (status() == option).to_string()
                        data-test=format!("status-{}", name(serde_json::to_string(&option)))
                        title=move || option.map(|status| (t.get().dictionary.status_note)(status))
                        on:click=move |_| lookup.update(|lookup| lookup.status = option)>
                        {move || option.map_or(t.get().dictionary.all, |status| (t.get().dictionary.status_name)(status))}
                    </button>
                }).collect_view()}
            </div>
            <label class="search-box">
                <Icon glyph=Glyph::Search />
                <span class="visually-hidden">{move || t.get().search}</span>
                <input class="input" type="search" placeholder=move || t.get().dictionary.search autocomplete="off" spellcheck="false" data-test="dictionary-search"
                    prop:value=move || lookup.with(|lookup| lookup.search.clone())
                    on:input:target=move |event| lookup.update(|lookup| lookup.search = event.target().value()) />
            </label>
        </div>
    }
}

#[component]
fn IndicatorLine(base: Base, indicator: Indicator) -> impl IntoView {
    let t = words();
    let rulebook = move || {
        base.published
            .with(|known| known.as_ref().map(|known| known.rulebook.clone()))
    };
    let made_of = move || {
        let kinds = rulebook()
            .as_ref()
            .map(|rulebook: &Rulebook| indicator.kinds(rulebook));
        let kinds = kinds.unwrap_or_default();
        let every = Kind::ALL.len();
        match kinds.len() {
            0 if indicator == Indicator::Refusals => t.get().dictionary.made_of_none.to_owned(),
            0 => t.get().dictionary.no_events.to_owned(),
            some if some == every => t.get().dictionary.made_of_every.to_owned(),
            _ => kinds
                .into_iter()
                .map(t.get().kind)
                .collect::<Vec<_>>()
                .join(" · "),
        }
    };
    view! {
        <li class="dictionary-indicator" data-test="indicator">
            <b>{move || (t.get().dictionary.indicator)(indicator)}</b>
            <span class="badge is-plain">{move || (t.get().dictionary.class_name)(indicator.class())}</span>
            <p class="dictionary-decision"><span>{move || t.get().dictionary.decision}</span>" "{move || (t.get().dictionary.decision_of)(indicator)}</p>
            <p class="dictionary-made-of"><span>{move || t.get().dictionary.made_of}</span>" "{made_of}</p>
        </li>
    }
}
