//! What a person did, what was said and what was changed; and writing down what was said.

use super::lead::Held;
use super::lead_talk::TalkEditor;
use crate::components::{Button, Glyph, Skeleton, Tab, Tabs, TimelineDesk, TimelineView};
use crate::text::words;
use domain::api::What;
use domain::conversation::Noted;
use domain::id::LeadId;
use leptos::prelude::*;

/// The history of a person.
#[component]
pub(super) fn Story(held: Held) -> impl IntoView {
    let t = words();
    let (profile, talks) = (held.profile, held.talks);
    let has_next = move || profile.next.with(|next| matches!(next, Some(Some(_))));
    let state = Memo::new(move |_| {
        let nothing = profile.items.with(Vec::is_empty)
            && profile.talks.with(Vec::is_empty)
            && profile.changes.with(Vec::is_empty);
        (nothing, profile.next.with(Option::is_none))
    });
    let desk = TimelineDesk {
        naming: held.naming,
        may_edit: Callback::new(move |noted: Noted| {
            held.editable.get() && talks.may_change(&noted)
        }),
        edit: Callback::new(move |noted: Noted| talks.change(&noted)),
        remove: Callback::new(move |noted: Noted| talks.remove(noted)),
        may_part: Callback::new(move |merged: LeadId| {
            let is_merged = profile.detail.with(|detail| {
                let detail = detail.as_ref();
                detail.is_some_and(|detail| detail.merged.iter().any(|(id, _)| *id == merged))
            });
            held.editable.get() && is_merged
        }),
        part: Callback::new(move |merged: LeadId| held.desk.part(merged)),
    };
    let one = |value, label, name| Tab { value, label, name };
    let tabs = vec![
        one(What::All, |t| t.profile.everything, "show-all"),
        one(What::Behaviour, |t| t.profile.behaviour, "show-behaviour"),
        one(
            What::Conversations,
            |t| t.profile.conversations,
            "show-conversations",
        ),
        one(What::Changes, |t| t.profile.changes, "show-changes"),
    ];
    let body = move || {
        match state.get() {
        (true, true) => view! { <Skeleton lines=6 /> }.into_any(),
        (true, false) => view! { <p class="muted">{move || (t.get().profile.nothing)(profile.what.get())}</p> }.into_any(),
        (false, _) => view! {
            <TimelineView items=profile.items sessions=profile.sessions points=profile.points() reached=profile.reached
                talks=profile.talks changes=profile.changes desk now=held.now />
        }
        .into_any(),
    }
    };
    view! {
        <div class="lead-story-tools">
            <Tabs label=t.line(|t| t.timeline) tabs chosen=profile.what choose=move |what| profile.show(what) />
            {move || (held.editable.get() && talks.open.with(Option::is_none)).then(|| view! {
                <Button label=t.line(|t| t.profile.write_down) name="talk-new" small=true glyph=Glyph::Pencil key="n" press=move |()| talks.write() />
            })}
        </div>
        {move || held.editable.get().then(|| view! { <TalkEditor held /> })}
        {body}
        {move || has_next().then(|| view! {
            <button type="button" class="button" disabled=profile.busy on:click=move |_| profile.more() data-test="timeline-more">{move || t.get().load_earlier}</button>
        })}
    }
}
