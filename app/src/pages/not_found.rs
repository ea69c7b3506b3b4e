//! A path that leads nowhere.

use super::gate::Gate;
use crate::text::words;
use leptos::prelude::*;

/// A path that leads nowhere.
#[component]
pub(super) fn NotFoundPage() -> impl IntoView {
    let t = words();
    view! {
        <Gate title=|t| t.not_found>
            <p data-test="not-found">{move || t.get().not_found_text}</p>
            <a class="button is-main is-wide" href="/leads">{move || t.get().to_leads}</a>
        </Gate>
    }
}
