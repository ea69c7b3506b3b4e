//! Saying that another record is the same person: who is looked for, what would come of it beside what there is, and the choice.

use super::failure::sentence;
use super::lead::Held;
use super::merge_table::MergeTable;
use crate::api::Failure;
use crate::components::{Button, Dialog, Look, Notice, SelectSearch, Skeleton, Tone};
use crate::state::finder::Finder;
use crate::state::merge::MergeView;
use crate::text::words;
use domain::id::LeadId;
use domain::lead::LeadRow;
use leptos::prelude::*;

/// The dialog in which two become one.
#[component]
pub(super) fn MergeDialog(held: Held) -> impl IntoView {
    let t = words();
    let id = held.profile.id;
    let finder = Finder::new(held.desk.session);
    let merge = MergeView::new(held.desk.session);
    let options = Signal::derive(move || {
        let found = finder.leads.get().into_iter();
        let others = found.filter(|row| row.id != id);
        others
            .map(|row| (row.id.to_string(), named(&row)))
            .collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || {
        let other = merge.pair.get().map(|(_, other)| other.to_string());
        other.into_iter().collect::<Vec<_>>()
    });
    let choose = move |ids: Vec<String>| {
        let other = ids.first().and_then(|id| id.parse::<LeadId>().ok());
        if let Some(other) = other {
            merge.look(id, other);
        }
    };
    let close = move |()| held.merging.set(false);
    let now = held.now;
    let body = move || {
        if let Some(failure) = merge.failure.get() {
            let text = move || said(t.get(), &failure);
            return view! { <Notice tone=Tone::Bad text=Signal::derive(text) /> }.into_any();
        }
        match (merge.pair.get(), merge.found.get()) {
            (None, _) => {
                view! { <p class="muted">{move || t.get().profile.merge_hint}</p> }.into_any()
            }
            (Some(_), None) => view! { <Skeleton lines=4 /> }.into_any(),
            (Some(_), Some(found)) => {
                view! { <MergeTable found naming=held.naming now /> }.into_any()
            }
        }
    };
    let ready = move || merge.found.with(Option::is_some);
    let done = move |()| {
        if let Some(found) = merge.found.get_untracked() {
            held.merging.set(false);
            held.desk
                .merge(found.other.row.id, found.other.row.label().to_owned());
        }
    };
    view! {
        <Dialog title=t.line(|t| t.profile.merge_title) name="merge" close>
            <div class="merge-dialog">
                <SelectSearch label=t.line(|t| t.profile.merge_who) name="merge-who" options chosen choose search=Callback::new(move |text: String| finder.look_for_people(&text)) hint=t.line(|t| t.search_leads) />
                {body}
            </div>
            <div class="dialog-actions">
                <Button label=t.line(|t| t.frame.cancel) name="merge-cancel" look=Look::Quiet press=close />
                <Button label=t.line(|t| t.profile.merge_now) name="merge-now" look=Look::Main disabled=Signal::derive(move || !ready()) press=done />
            </div>
        </Dialog>
    }
}

/// Who somebody is, told apart from others of the name.
fn named(row: &LeadRow) -> String {
    let parts = [
        Some(row.label().to_owned()),
        row.company.clone(),
        row.email.clone().filter(|email| email != row.label()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Why two cannot become one.
pub(super) fn said(text: &'static crate::text::Text, failure: &Failure) -> String {
    match failure {
        Failure::Field(error) => (text.profile.why)(&error.code).to_owned(),
        failure => sentence(text, failure),
    }
}
