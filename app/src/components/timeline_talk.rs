//! A conversation on a timeline: with whom it was held and how, what came of it, what was said.

use super::timeline::TimelineDesk;
use super::{Glyph, Icon};
use crate::format;
use crate::text::words;
use domain::conversation::{Kind, Noted};
use leptos::prelude::*;

impl Glyph {
    /// The sign of a kind of conversation.
    pub(crate) const fn of_talk(kind: Kind) -> Glyph {
        match kind {
            Kind::Call => Glyph::Phone,
            Kind::Mail => Glyph::Mail,
            Kind::Chat => Glyph::Chat,
            Kind::Meeting | Kind::Visit => Glyph::Leads,
            Kind::Note => Glyph::Pencil,
        }
    }
}

/// A conversation.
#[component]
pub(super) fn TimelineTalk(noted: Noted, desk: TimelineDesk) -> impl IntoView {
    let t = words();
    let talk = noted.conversation.clone();
    let (kind, at) = (talk.kind, talk.at);
    let minutes = talk.seconds.map(|seconds| seconds.div_ceil(60));
    let asked = noted.clone();
    let may_edit = move || desk.may_edit.run(asked.clone());
    let noted = StoredValue::new(noted);
    view! {
        <ol>
            <li class="timeline-event is-talk" data-test="timeline-talk" data-id=talk.id.to_string()>
                <span class="timeline-glyph"><Icon glyph=Glyph::of_talk(kind) /></span>
                <div class="timeline-body">
                    <p>
                        <b>{move || (t.get().profile.talk)(kind)}</b>
                        {talk.outcome.map(|outcome| view! { <span class="badge">{move || (t.get().today.outcome_name)(outcome)}</span> })}
                    </p>
                    <p class="timeline-detail">
                        {talk.direction.map(|way| view! { <span>{move || (t.get().profile.direction)(way)}</span> })}
                        {minutes.map(|minutes| view! { <span>{move || (t.get().profile.minutes)(minutes)}</span> })}
                        <span>{talk.by.clone()}</span>
                    </p>
                    {(!talk.text.is_empty()).then(|| view! { <p class="timeline-said">{talk.text.clone()}</p> })}
                    {move || may_edit().then(|| view! {
                        <p class="timeline-deeds">
                            <button type="button" class="link" data-test="talk-edit" on:click=move |_| noted.with_value(|noted| desk.edit.run(noted.clone()))>{move || t.get().frame.edit}</button>
                            <button type="button" class="link" data-test="talk-remove" on:click=move |_| noted.with_value(|noted| desk.remove.run(noted.clone()))>{move || t.get().profile.remove}</button>
                        </p>
                    })}
                </div>
                <span class="timeline-points"></span>
                <time title=move || format::exact(t.lang(), at)>{move || format::clock_time(t.lang(), at)}</time>
            </li>
        </ol>
    }
}
