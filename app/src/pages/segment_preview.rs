//! Whom a segment means as it stands in the form: how many, and some of them.

use super::failure::sentence;
use crate::api::Failure;
use crate::components::{Avatar, Meter, Notice, Tone};
use crate::format;
use crate::state::segment_desk::{Preview, SegmentDesk};
use crate::text::words;
use domain::api::Previewed;
use domain::lead::LeadRow;
use leptos::prelude::*;

/// Whom it means.
#[component]
pub(super) fn PreviewPanel(desk: SegmentDesk) -> impl IntoView {
    let t = words();
    let body = move || match desk.preview.get() {
        Preview::Incomplete if desk.asking.get_untracked() => {
            view! { <p class="muted">{move || t.get().segments.counting}</p> }.into_any()
        }
        Preview::Incomplete => view! {
            <p class="segment-preview-count"><b>"–"</b>{move || t.get().segments.incomplete}</p>
            <p class="muted">{move || t.get().segments.incomplete_text}</p>
        }
        .into_any(),
        Preview::Ready(counted, sample) => view! { <Counted counted sample /> }.into_any(),
        Preview::Failed(failure) => {
            let said = move || match &failure {
                Failure::Field(error) => (t.get().segments.why)(&error.code).to_owned(),
                other => sentence(t.get(), other),
            };
            view! { <Notice tone=Tone::Care text=Signal::derive(said) /> }.into_any()
        }
    };
    view! {
        <aside class="panel segment-preview" class:is-stale=move || desk.asking.get() aria-busy=move || desk.asking.get().to_string() data-test="preview">{body}</aside>
    }
}

#[component]
fn Counted(counted: Previewed, sample: Vec<LeadRow>) -> impl IntoView {
    let t = words();
    let Previewed {
        people,
        looked_at,
        candidates,
        leads,
    } = counted;
    let number = move |count: u64| format::number(t.lang(), count);
    let partly = looked_at < candidates;
    let some = !sample.is_empty();
    let person = |row: LeadRow| {
        let name = row.label().to_owned();
        view! {
            <li><a href=format!("/leads/{}", row.id)><Avatar name=name.clone() small=true /><b>{name}</b></a><span class="muted">{row.company}</span></li>
        }
    };
    view! {
        <p class="segment-preview-count" role="status"><b data-test="preview-people">{move || number(people)}</b>{move || t.get().segments.counts}</p>
        <Meter done=Signal::stored(people) total=Signal::stored(leads.max(people)) text=Signal::derive(move || (t.get().segments.of_leads)(&number(leads))) />
        {partly.then(|| view! { <p class="muted segment-preview-note">{move || (t.get().segments.looked_at)(&number(looked_at), &number(candidates))}</p> })}
        {some.then(|| view! {
            <h3>{move || t.get().segments.some_of_them}</h3>
            <ul class="segment-preview-sample" data-test="preview-sample">{sample.into_iter().map(person).collect_view()}</ul>
        })}
    }
}
