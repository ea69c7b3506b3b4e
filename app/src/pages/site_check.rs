//! Whether a website is seen: its last event, or why it was refused and what helps.

use crate::components::{Glyph, Icon, WhenText};
use crate::format;
use crate::state::sighting::{self, Verdict};
use crate::state::site_desk::SiteDesk;
use crate::state::watch::Watch;
use crate::text::words;
use domain::api::{RefusedLast, SeenLast};
use domain::event::Rejection;
use domain::id::Ms;
use leptos::prelude::*;

/// The element that the way from a refusal leads to.
pub(super) const EDIT_ID: &str = "site-edit";

/// Whether a website is seen.
#[component]
pub(super) fn CheckPanel(watch: Watch, desk: SiteDesk) -> impl IntoView {
    let t = words();
    let sighting = Memo::new(move |_| {
        watch
            .standing
            .with(|standing| standing.as_ref().map(sighting::read))
    });
    let verdict = Memo::new(move |_| {
        sighting.with(|known| {
            known
                .as_ref()
                .map_or(Verdict::Waiting, |known| known.verdict)
        })
    });
    let seen = Memo::new(move |_| sighting.with(|known| known.as_ref()?.seen.clone()));
    let refused = Memo::new(move |_| sighting.with(|known| known.as_ref()?.refused.clone()));
    let now = Signal::derive(move || {
        let standing = watch.standing.get();
        standing.map_or(0, |standing| standing.now)
    });
    let events = move || {
        let count = watch.events.get();
        (t.get().snippet.events_here)(count, format::number(t.lang(), count))
    };
    view! {
        <section class="panel site-check" data-test="site-check" data-state=move || verdict.get().name()>
            <header>
                <h2>{move || t.get().snippet.check}</h2>
                <p class="muted" data-test="site-events">{events}</p>
            </header>
            <div class="site-check-verdict" role="status">
                <span class="site-check-sign">{move || match verdict.get() {
                    Verdict::Waiting => view! { <i></i> }.into_any(),
                    Verdict::Seen => view! { <Icon glyph=Glyph::Check /> }.into_any(),
                    Verdict::Refused => view! { <Icon glyph=Glyph::Warning /> }.into_any(),
                }}</span>
                <p><b>{move || (t.get().snippet.verdict)(verdict.get())}</b><span>{move || (t.get().snippet.verdict_note)(verdict.get())}</span></p>
            </div>
            {move || refused.get().map(|refused| view! { <Refusal refused desk now /> })}
            {move || seen.get().map(|seen| view! { <Event seen now is_past=Signal::derive(move || verdict.get() != Verdict::Seen) /> })}
            <Show when=move || verdict.get() == Verdict::Waiting><Hints /></Show>
            <Show when=move || watch.failure.get().is_some()><p class="field-note is-bad">{move || t.get().snippet.check_paused}</p></Show>
        </section>
    }
}

#[component]
fn Event(seen: SeenLast, now: Signal<Ms>, is_past: Signal<bool>) -> impl IntoView {
    let t = words();
    let SeenLast { at, kind, url, bot } = seen;
    view! {
        <div class="site-check-event" data-test="site-seen" data-kind=kind.name()>
            {move || is_past.get().then(|| view! { <p class="field-label">{t.get().snippet.accepted_last}</p> })}
            <p class="site-check-what"><b>{move || (t.get().kind)(kind)}</b><WhenText at now /></p>
            <p class="site-check-address">{url}</p>
            {bot.map(|reason| view! { <p><span class="badge is-care">{move || (t.get().bot_reason)(reason)}</span></p> })}
        </div>
    }
}

#[component]
fn Refusal(refused: RefusedLast, desk: SiteDesk, now: Signal<Ms>) -> impl IntoView {
    let t = words();
    let RefusedLast { at, code, origin } = refused;
    let known = sighting::rejection(&code);
    let test = code.clone();
    let reason = move || match known {
        Some(why) => (t.get().rejection)(why).to_owned(),
        None => (t.get().snippet.unknown_refusal)(&code),
    };
    let remedy = move || known.map(|why| (t.get().snippet.remedy)(why));
    let foreign = origin
        .clone()
        .filter(|_| known == Some(Rejection::ForeignOrigin));
    let add = move |origin: String| {
        desk.edit(|form| form.add(&origin));
        if let Some(form) = document().get_element_by_id(EDIT_ID) {
            form.scroll_into_view();
        }
    };
    view! {
        <div class="site-check-refusal" data-test="site-refused" data-code=test>
            <p class="site-check-what"><b>{reason}</b><WhenText at now /></p>
            {origin.map(|origin| view! { <p class="site-check-address">{origin}</p> })}
            <p>{remedy}</p>
            {move || foreign.clone().filter(|_| desk.editable()).map(|origin| view! {
                <button type="button" class="button is-small" on:click=move |_| add(origin.clone()) data-test="site-add-origin"><Icon glyph=Glyph::Plus />{move || t.get().snippet.add_origin}</button>
            })}
        </div>
    }
}

/// What to look at while nothing comes.
#[component]
fn Hints() -> impl IntoView {
    let t = words();
    view! {
        <ul class="site-check-hints">
            <li>{move || t.get().snippet.hint_published}</li>
            <li>{move || t.get().snippet.hint_blocked}</li>
            <li>{move || t.get().snippet.hint_signals}</li>
            <li>{move || t.get().snippet.hint_consent}</li>
        </ul>
    }
}
