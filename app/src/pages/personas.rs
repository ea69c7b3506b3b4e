//! The personas: a card each, with how many leads are of the kind.

use super::failure::FailureNotice;
use crate::api::Failure;
use crate::components::{EmptyState, Glyph, Icon, Meter, Skeleton, name_in};
use crate::format;
use crate::state::base::Base;
use crate::text::words;
use domain::api::{PersonaList, PersonaRow, Personas, Role};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The personas.
#[component]
pub(super) fn PersonasPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let list = RwSignal::new(None::<PersonaList>);
    let failure = RwSignal::new(None::<Failure>);
    let read = move || {
        failure.set(None);
        spawn_local(async move {
            match base.session.call(&Personas {}).await {
                Ok(found) => drop(list.try_set(Some(found))),
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    read();
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", t.get().personas.title, t.get().product))
    });
    let new = move || {
        base.session.may(Role::Marketer).then(|| view! {
            <a class="button is-main" href="/personas/new" data-key="n" aria-keyshortcuts="n" data-test="persona-new"><Icon glyph=Glyph::Plus />{move || t.get().personas.new}<kbd aria-hidden="true">"n"</kbd></a>
        })
    };
    let looked = move || {
        list.with(|list| list.as_ref().map(|list| (list.looked_at, list.leads)))
            .filter(|(looked_at, leads)| looked_at < leads)
    };
    let looked_text = move || {
        let (done, of) = looked().unwrap_or_default();
        let number = |count| format::number(t.lang(), count);
        (t.get().personas.looked_at)(&number(done), &number(of))
    };
    let body = move || {
        match list.with(|list| list.as_ref().map(|list| list.personas.clone())) {
        None if failure.with(Option::is_some) => ().into_any(),
        None => view! { <Skeleton lines=5 /> }.into_any(),
        Some(rows) if rows.is_empty() => view! {
            <EmptyState title=t.line(|t| t.personas.none) text=t.line(|t| t.personas.none_text)>{new()}</EmptyState>
        }
        .into_any(),
        Some(rows) => {
            let cards = rows.into_iter().map(|row| view! { <Card row /> });
            view! { <ul class="persona-cards">{cards.collect_view()}</ul> }.into_any()
        }
    }
    };
    view! {
        <div class="page-head">
            <h1>{move || t.get().personas.title}</h1>
            <div class="page-tools">{new}</div>
            <p class="page-note">{move || t.get().personas.note}</p>
        </div>
        {move || failure.get().map(|failure| view! { <FailureNotice failure again=move |()| read() /> })}
        {move || looked().is_some().then(|| view! {
            <div class="segments-sift" role="status"><Meter done=Signal::derive(move || looked().unwrap_or_default().0) total=Signal::derive(move || looked().unwrap_or((0, 1)).1) text=Signal::derive(looked_text) /></div>
        })}
        {body}
    }
}

#[component]
fn Card(row: PersonaRow) -> impl IntoView {
    let t = words();
    let PersonaRow {
        id,
        name,
        summary,
        colour,
        matching,
        ..
    } = row;
    let said = move || (t.get().personas.matching)(&format::number(t.lang(), matching));
    view! {
        <li class="persona-card panel" data-colour=super::persona::colour_name(colour) data-test="persona-card">
            <a class="row-link" data-step="" href=format!("/personas/{id}")><b>{move || name_in(t.lang(), &name)}</b></a>
            <p>{summary}</p>
            <span class="muted" data-test="persona-matching">{said}</span>
        </li>
    }
}
