//! The tag of a website, built while one chooses; the stub, and what a Content-Security-Policy must allow.

use crate::components::{CopyBox, Field, Toggle};
use crate::state::base::Base;
use crate::state::tag::{STUB, Switch, Tag, needs_engagement};
use crate::text::words;
use domain::api::{Site, TagSource};
use leptos::prelude::*;

/// The tag of a website.
#[component]
pub(super) fn TagPanel(
    base: Base,
    #[prop(into)] site: Signal<Site>,
    source: TagSource,
) -> impl IntoView {
    let t = words();
    let chosen = RwSignal::new(site.with_untracked(|site| Tag::of(site, source)));
    let (domains, endpoint) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let tag = Memo::new(move |_| {
        let mut tag = chosen.get();
        tag.domains = domains.get();
        tag.endpoint = endpoint.get();
        tag
    });
    follow(chosen, Switch::Consent, move || {
        Some(site.with(|site| site.consent_required))
    });
    follow(chosen, Switch::Engagement, move || {
        let published = base.published.get();
        published.map(|published| needs_engagement(&published.rulebook))
    });
    let not_domains = move || {
        let wrong = tag.with(|tag| tag.domains().is_none());
        wrong.then(|| t.get().snippet.not_domains.to_owned())
    };
    let not_an_endpoint = move || {
        let wrong = tag.with(|tag| !tag.endpoint.trim().is_empty() && tag.endpoint().is_none());
        wrong.then(|| t.get().snippet.not_an_endpoint.to_owned())
    };
    view! {
        <section class="panel site-tag" data-test="site-tag">
            <header>
                <h2>{move || t.get().snippet.tag}</h2>
                <p class="muted">{move || t.get().snippet.tag_where}</p>
            </header>
            <div data-test="tag"><CopyBox text=Signal::derive(move || tag.with(Tag::html)) /></div>
            <h3>{move || t.get().snippet.options}</h3>
            <div class="site-tag-options">
                {Switch::ALL.map(|switch| chosen.with_untracked(|tag| tag.offers(switch)).then(|| view! { <TagOption chosen switch /> }))}
            </div>
            <div class="site-tag-fields">
                <Field label=Signal::derive(move || t.get().snippet.domains) name="tag-domains" value=domains
                    wrong=Signal::derive(not_domains) hint=Signal::derive(move || Some(t.get().snippet.domains_hint)) />
                <Field label=Signal::derive(move || t.get().snippet.endpoint) name="tag-endpoint" kind="url" value=endpoint
                    wrong=Signal::derive(not_an_endpoint) hint=Signal::derive(move || Some(t.get().snippet.endpoint_hint)) />
            </div>
            <h3>{move || t.get().snippet.stub}</h3>
            <p class="site-tag-note">{move || t.get().snippet.stub_note}</p>
            <div data-test="stub"><CopyBox text=STUB.to_owned() /></div>
            <h3>{move || t.get().snippet.policy}</h3>
            <p class="site-tag-note">{move || t.get().snippet.policy_note}</p>
            <div data-test="policy"><CopyBox text=Signal::derive(move || tag.with(Tag::policy)) /></div>
        </section>
    }
}

#[component]
fn TagOption(chosen: RwSignal<Tag>, switch: Switch) -> impl IntoView {
    let t = words();
    view! {
        <Toggle
            label=Signal::derive(move || (t.get().snippet.switch)(switch))
            note=Signal::derive(move || (t.get().snippet.switch_note)(switch))
            code=switch.attribute()
            name=switch.attribute()
            on=Signal::derive(move || chosen.with(|tag| tag.has(switch)))
            choose=move |on| chosen.update(|tag| tag.set(switch, on))
        />
    }
}

/// Keeps an option as the workspace has it, until someone chooses otherwise; a change there counts anew.
fn follow(
    chosen: RwSignal<Tag>,
    switch: Switch,
    on: impl Fn() -> Option<bool> + Send + Sync + 'static,
) {
    let on = Memo::new(move |_| on());
    Effect::new(move |_| {
        if let Some(on) = on.get() {
            chosen.update(|tag| tag.set(switch, on));
        }
    });
}
