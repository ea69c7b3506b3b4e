//! One website: its tag, whether it is seen, and its settings.

use super::failure::FailureNotice;
use super::site_check::CheckPanel;
use super::site_edit::EditPanel;
use super::site_reference::ReferencePanel;
use super::site_tag::TagPanel;
use crate::api::Failure;
use crate::components::{EmptyState, Glyph, Icon, Skeleton};
use crate::state::base::Base;
use crate::state::site_desk::SiteDesk;
use crate::state::watch::Watch;
use crate::text::words;
use domain::api::{Site, SiteList, Sites, TagSource};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;

/// One website, by the key in the path.
#[component]
pub(super) fn SitePage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let params = use_params_map();
    let key = Memo::new(move |_| params.with(|params| params.get("key")).unwrap_or_default());
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", key.get(), t.get().product));
    });
    let list = RwSignal::new(None::<Result<SiteList, Failure>>);
    let read = move || {
        list.set(None);
        spawn_local(async move {
            let reply = base.session.call(&Sites {}).await;
            let _ = list.try_set(Some(reply));
        });
    };
    read();
    let found = move |list: SiteList| {
        let site = list.sites.into_iter().find(|site| site.key.0 == key.get());
        match site {
            Some(site) => view! { <OneSite base site source=list.tag /> }.into_any(),
            None => view! { <NoSite /> }.into_any(),
        }
    };
    view! {
        <nav class="crumbs"><a href="/settings" data-test="back"><Icon glyph=Glyph::Back />{move || t.get().own.sites}</a></nav>
        {move || match list.get() {
            None => view! { <Skeleton lines=8 /> }.into_any(),
            Some(Err(failure)) => view! { <FailureNotice failure again=move |()| read() /> }.into_any(),
            Some(Ok(list)) => found(list),
        }}
    }
}

#[component]
fn NoSite() -> impl IntoView {
    let t = words();
    view! {
        <EmptyState title=Signal::derive(move || t.get().snippet.no_such_site.to_owned()) text=Signal::derive(move || t.get().snippet.no_such_site_text.to_owned())>
            <a class="button" href="/settings">{move || t.get().snippet.to_settings}</a>
        </EmptyState>
    }
}

#[component]
fn OneSite(base: Base, site: Site, source: TagSource) -> impl IntoView {
    let t = words();
    let key = site.key.clone();
    let watch = Watch::start(key.clone(), base.session);
    let desk = SiteDesk::open(site, base.session);
    Effect::new(move |_| {
        watch.standing.with(|standing| {
            if let Some(standing) = standing {
                desk.follow(&standing.site);
            }
        });
    });
    // What was refused may be accepted now.
    Effect::new(move |_| {
        if desk.done.get() {
            watch.ask();
        }
    });
    let consent = Memo::new(move |_| desk.from.with(|site| site.consent_required));
    view! {
        <div class="page-head">
            <h1><code data-test="site-key">{key.to_string()}</code></h1>
            <span class="badge">{move || if consent.get() { t.get().consent_needed } else { t.get().consent_not_needed }}</span>
        </div>
        <div class="site-page">
            <CheckPanel watch desk />
            <TagPanel base site=desk.from source />
            <EditPanel desk />
            <ReferencePanel />
        </div>
    }
}
