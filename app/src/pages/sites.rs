//! The tracked websites, each with the way to its own page, and the form that adds one.

use super::failure::{FailureNotice, sentence};
use super::gate::{Typed, place};
use crate::api::Failure;
use crate::components::{Field, Glyph, Icon, Notice, Skeleton, Tone};
use crate::state::ids::Attempt;
use crate::state::prefs::tag;
use crate::state::rules_form::Why;
use crate::state::session::Session;
use crate::text::words;
use domain::api::{Lang, Role, SaveSite, Site, SiteList, Sites, origin};
use domain::id::SiteKey;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;

/// The sample site in a language.
pub(super) fn demo_url(origin: &str, lang: Lang) -> String {
    if tag(lang).starts_with("zh") {
        format!("{origin}/demo/zh/")
    } else {
        format!("{origin}/demo/")
    }
}

/// The page of a site.
fn page_of(site: &SiteKey) -> String {
    format!("/settings/sites/{site}")
}

/// The tracked websites.
#[component]
pub(super) fn SitesPanel(session: Session) -> impl IntoView {
    let t = words();
    let list = RwSignal::new(None::<Result<SiteList, Failure>>);
    let read = move || {
        list.set(None);
        spawn_local(async move {
            let reply = session.call(&Sites {}).await;
            let _ = list.try_set(Some(reply));
        });
    };
    read();
    let origin = move || match list.get() {
        Some(Ok(list)) => Some(list.tag.public_origin),
        _ => None,
    };
    view! {
        <section class="panel sites" data-test="sites">
            <header>
                <h2>{move || t.get().sites}</h2>
                {move || origin().map(|origin| view! {
                    <a class="button is-small" href=demo_url(&origin, t.lang()) target="_blank" rel="noopener">{t.get().open_demo}<Icon glyph=Glyph::Out /></a>
                })}
            </header>
            {move || match list.get() {
                None => view! { <Skeleton lines=2 /> }.into_any(),
                Some(Err(failure)) => view! { <FailureNotice failure again=move |()| read() /> }.into_any(),
                Some(Ok(list)) if list.sites.is_empty() => view! { <p class="muted">{move || t.get().no_sites}</p> }.into_any(),
                Some(Ok(list)) => view! {
                    <ul class="site-list">{list.sites.into_iter().map(|site| view! { <SiteLine site /> }).collect_view()}</ul>
                }.into_any(),
            }}
            {move || session.may(Role::Marketer).then(|| view! { <AddSite session /> })}
        </section>
    }
}

#[component]
fn SiteLine(site: Site) -> impl IntoView {
    let t = words();
    let consent = site.consent_required;
    view! {
        <li class="site" data-test="site" data-site=site.key.to_string()>
            <div>
                <h3><code>{site.key.to_string()}</code><span class="badge">{move || if consent { t.get().consent_needed } else { t.get().consent_not_needed }}</span></h3>
                <p class="site-origins">{move || t.get().origins}" "{site.origins.join(" · ")}</p>
            </div>
            <a class="button is-small" href=page_of(&site.key) data-test="site-open">{move || t.get().snippet.open}</a>
        </li>
    }
}

#[component]
fn AddSite(session: Session) -> impl IntoView {
    let t = words();
    let (name, address) = (Typed::new(), Typed::new());
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let attempt = Attempt::<SaveSite>::new();
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(member) = session.member().filter(|_| !busy.get_untracked()) else {
            return;
        };
        let slug = name.text().to_ascii_lowercase();
        let site = SiteKey(format!("{}.{slug}", member.workspace));
        let named = name.must(site.workspace().is_some(), Why::NotASiteName);
        let origin = origin(&address.text());
        let addressed = address.must(origin.is_some(), Why::NotAnOrigin);
        if !(named && addressed) {
            return;
        }
        let mut call = SaveSite {
            key: Uuid::nil(),
            site,
            expected_version: 0,
            origins: origin.into_iter().collect(),
            consent_required: false,
        };
        call.key = attempt.key(&call);
        busy.set(true);
        failure.set(None);
        let navigate = navigate.clone();
        spawn_local(async move {
            let reply = session.call(&call).await;
            let _ = busy.try_set(false);
            match reply {
                Ok(site) => navigate(&page_of(&site.key), Default::default()),
                Err(refused) => {
                    let fields = [("site", name), ("origins[0]", address)];
                    failure.set(place(refused, &fields));
                }
            }
        });
    };
    view! {
        <form class="site-add" on:submit=submit novalidate data-test="site-add">
            <h3>{move || t.get().snippet.add_site}</h3>
            <div class="site-add-fields">
                <Field label=Signal::derive(move || t.get().snippet.site_name) name="site-name" value=name.value wrong=name.why()
                    hint=Signal::derive(move || Some(t.get().snippet.site_name_hint)) />
                <Field label=Signal::derive(move || t.get().snippet.site_address) name="site-address" kind="url" value=address.value wrong=address.why()
                    hint=Signal::derive(move || Some(t.get().snippet.site_address_hint)) />
                <button type="submit" class="button is-main" disabled=busy data-test="site-add-submit">{move || t.get().snippet.add}</button>
            </div>
            <p class="field-note">{move || t.get().snippet.add_text}</p>
            {move || failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
        </form>
    }
}
