//! A change on a timeline: what became otherwise, by whom, and what was there before.

use super::change_text::said;
use super::timeline::TimelineDesk;
use super::{Glyph, Icon};
use crate::format;
use crate::text::words;
use domain::entry::{Change, Entry};
use domain::id::UserId;
use domain::profile::Schema;
use domain::rulebook::Name;
use domain::stage::Ladder;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What things are called that a change names.
#[derive(Clone, Copy)]
pub(crate) struct Naming {
    /// The stages, their steps and reasons.
    pub(crate) ladder: Signal<Option<Ladder>>,
    /// The members.
    pub(crate) members: Signal<BTreeMap<UserId, String>>,
    /// The fields and tags.
    pub(crate) schema: Signal<Schema>,
    /// The segments.
    pub(crate) segments: Signal<BTreeMap<String, Name>>,
}

/// The sign of a change.
const fn glyph(what: &Change) -> Glyph {
    match what {
        Change::Moved { .. } | Change::Stepped { .. } => Glyph::Board,
        Change::Assigned { .. } => Glyph::Person,
        Change::Promised { .. } => Glyph::Clock,
        Change::Tasked { .. } => Glyph::Check,
        Change::Chosen { .. } | Change::Sifted { .. } => Glyph::Segments,
        Change::Judged { .. } => Glyph::Bot,
        Change::Merged { .. } | Change::Parted { .. } | Change::Dismissed { .. } => Glyph::Leads,
        Change::Put { .. }
        | Change::Named { .. }
        | Change::Unnamed { .. }
        | Change::TakenBack { .. } => Glyph::Pencil,
    }
}

/// A change.
#[component]
pub(super) fn TimelineChange(entry: Entry, desk: TimelineDesk) -> impl IntoView {
    let t = words();
    let Entry { at, by, what, .. } = entry;
    let glyph = glyph(&what);
    let merged = match &what {
        Change::Merged { merged, .. } => Some(*merged),
        _ => None,
    };
    let said = Memo::new(move |_| said(t, desk.naming, &what));
    let rows = move || {
        let rows = said.with(|said| said.rows.clone()).into_iter();
        rows.map(|(label, from, to)| {
            view! {
                <div><dt>{label}</dt><dd>
                    {from.map(|from| view! { <s>{from}</s> })}
                    {to.map(|to| view! { <span>{to}</span> })}
                </dd></div>
            }
        })
        .collect_view()
    };
    view! {
        <ol>
            <li class="timeline-event is-change" data-test="timeline-change">
                <span class="timeline-glyph"><Icon glyph /></span>
                <div class="timeline-body">
                    <p><b>{move || said.with(|said| said.title.clone())}</b></p>
                    <p class="timeline-detail">
                        {move || said.with(|said| said.note.clone()).map(|note| view! { <span>{note}</span> })}
                        <span>{move || by.clone().unwrap_or_else(|| t.get().profile.by_rule.to_owned())}</span>
                    </p>
                    {move || (!said.with(|said| said.rows.is_empty())).then(|| view! { <dl class="facts timeline-fields">{rows}</dl> })}
                    {move || merged.filter(|merged| desk.may_part.run(*merged)).map(|merged| view! {
                        <p class="timeline-deeds"><button type="button" class="link" data-test="part" on:click=move |_| desk.part.run(merged)>{move || t.get().profile.part}</button></p>
                    })}
                </div>
                <span class="timeline-points"></span>
                <time title=move || format::exact(t.lang(), at)>{move || format::clock_time(t.lang(), at)}</time>
            </li>
        </ol>
    }
}
