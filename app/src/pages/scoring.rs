//! The pages on how leads are judged and who gets them, one beside the other.

use crate::api::Failure;
use crate::components::keep_current_in_view;
use crate::text::{Text, Word, Words, words};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The pages, in the order of the tabs.
pub(super) const PAGES: [(&str, &str, Word); 4] = [
    ("/rules", "scoring-rules", |t| t.scoring.rules_page),
    ("/rules/definition", "scoring-definition", |t| {
        t.scoring.definition_page
    }),
    ("/rules/stages", "scoring-stages", |t| t.scoring.stages_page),
    ("/rules/routing", "scoring-routing", |t| {
        t.scoring.routing_page
    }),
];

/// The way from one of these pages to the others.
#[component]
pub(super) fn ScoringTabs() -> impl IntoView {
    let t = words();
    let location = use_location();
    let tab = move |(href, name, label): (&'static str, &'static str, Word)| {
        let current = move || (location.pathname.get() == href).then_some("page");
        view! { <a class="tab" href=href aria-current=current data-test=name>{move || label(t.get())}</a> }
    };
    let row = NodeRef::new();
    keep_current_in_view(row, location.pathname);
    view! { <nav class="tabs scoring-tabs" node_ref=row aria-label=move || t.get().scoring.title>{PAGES.map(tab)}</nav> }
}

/// Why something is wrong, by its code, in words.
pub(super) fn why(text: &'static Text, code: &str) -> &'static str {
    let own = (text.scoring.why)(code);
    own.unwrap_or_else(|| (text.segments.why)(code))
}

/// A failure in a sentence, with the words of these pages.
pub(super) fn said(text: &'static Text, failure: &Failure) -> String {
    match failure {
        Failure::Field(error) => why(text, &error.code).to_owned(),
        other => super::failure::sentence(text, other),
    }
}

/// What is wrong with a form, by the rules themselves: (field, code).
pub(super) type Wrong = Memo<Vec<(String, String)>>;

/// Why a field is wrong, in words.
pub(super) fn why_at(t: Words, wrong: Wrong, field: &str) -> Option<String> {
    wrong.with(|wrong| {
        let found = wrong.iter().find(|(wrong, _)| wrong == field);
        found.map(|(_, code)| why(t.get(), code).to_owned())
    })
}

/// Why anything of a place is wrong: the first of its fields that is.
pub(super) fn why_within(t: Words, wrong: Wrong, place: &str) -> Option<String> {
    wrong.with(|wrong| {
        let found = wrong.iter().find(|(wrong, _)| wrong.starts_with(place));
        found.map(|(_, code)| why(t.get(), code).to_owned())
    })
}
