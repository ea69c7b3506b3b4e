//! The settings: the team, the tracked sites, the way to the dictionary of events, and what the collector refused.

use super::sample::SamplePanel;
use super::sites::SitesPanel;
use super::team::TeamPanel;
use crate::state::base::Base;
use crate::text::words;
use leptos::prelude::*;

/// The settings.
#[component]
pub(super) fn SettingsPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", t.get().settings, t.get().product))
    });
    view! {
        <div class="page-head"><h1>{move || t.get().settings}</h1></div>
        <div class="settings">
            <TeamPanel session=base.session />
            <SitesPanel session=base.session />
            <DictionaryPanel />
            <SamplePanel session=base.session />
            <section class="panel refusals" data-test="to-refusals">
                <header><h2>{move || t.get().refusals}</h2><a class="button is-small" href="/settings/refusals" data-test="open-refusals">{move || t.get().refused.open_screen}</a></header>
                <p class="muted">{move || t.get().refused.note}</p>
            </section>
        </div>
    }
}

/// The way to the dictionary.
#[component]
fn DictionaryPanel() -> impl IntoView {
    let t = words();
    view! {
        <section class="panel dictionary-way">
            <header>
                <h2>{move || t.get().dictionary.title}</h2>
                <a class="button is-small" href="/settings/events" data-test="to-dictionary">{move || t.get().dictionary.open}</a>
            </header>
            <p class="muted">{move || t.get().dictionary.panel_note}</p>
        </section>
    }
}
