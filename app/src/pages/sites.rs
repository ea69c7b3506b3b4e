//! The tracked sites, with the tag that their pages carry.

use super::failure::FailureNotice;
use super::origin::{demo_url, public_origin, snippet};
use crate::api::Failure;
use crate::components::{CopyBox, Glyph, Icon, Skeleton};
use crate::state::session::Session;
use crate::text::words;
use domain::api::{Site, Sites};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The tracked sites.
#[component]
pub(super) fn SitesPanel(session: Session) -> impl IntoView {
    let t = words();
    let sites = RwSignal::new(None::<Result<Vec<Site>, Failure>>);
    let read = move || {
        sites.set(None);
        spawn_local(async move {
            let reply = session.call(&Sites {}).await;
            let _ = sites.try_set(Some(reply));
        });
    };
    read();
    let origin = StoredValue::new(public_origin());
    view! {
        <section class="panel sites" data-test="sites">
            <header>
                <h2>{move || t.get().sites}</h2>
                {origin.get_value().map(|origin| view! {
                    <a class="button is-small" href=move || demo_url(&origin, t.lang()) target="_blank" rel="noopener">{move || t.get().open_demo}<Icon glyph=Glyph::Out /></a>
                })}
            </header>
            {move || match sites.get() {
                None => view! { <Skeleton lines=2 /> }.into_any(),
                Some(Err(failure)) => view! { <FailureNotice failure again=move |()| read() /> }.into_any(),
                Some(Ok(sites)) if sites.is_empty() => view! { <p class="muted">{move || t.get().no_sites}</p> }.into_any(),
                Some(Ok(sites)) => sites.into_iter().map(|site| {
                    let tag = snippet(origin.get_value().as_deref(), &site.key);
                    let consent = site.consent_required;
                    view! {
                        <article class="site" data-test="site">
                            <h3><code>{site.key.to_string()}</code><span class="badge">{move || if consent { t.get().consent_needed } else { t.get().consent_not_needed }}</span></h3>
                            <p class="site-origins">{move || t.get().origins}" "{site.origins.join(" · ")}</p>
                            <CopyBox text=tag />
                            <p class="field-note">{move || if origin.with_value(Option::is_some) { t.get().paste_tag } else { t.get().paste_tag_host }}</p>
                        </article>
                    }
                }).collect_view().into_any(),
            }}
        </section>
    }
}
