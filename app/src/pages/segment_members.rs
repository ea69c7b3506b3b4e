//! Who is in a segment, and who is put in or taken out by hand.

use super::failure::{FailureNotice, sentence};
use super::leads::Foot;
use crate::components::{Glyph, Icon, ScoreBar, SelectSearch, Skeleton, Table};
use crate::state::base::Base;
use crate::state::finder::Finder;
use crate::state::members::MembersState;
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use crate::text::words;
use domain::api::Role;
use domain::id::LeadId;
use domain::lead::LeadRow;
use domain::segment::ByHand;
use leptos::prelude::*;

/// Who is in a segment.
#[component]
pub(super) fn Members(id: String, session: Session) -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let members = MembersState::open(id, session, base.live);
    let may = Memo::new(move |_| session.may(Role::Sdr));
    let rows = move || {
        match members.rows.get() {
        None => view! { <Skeleton lines=4 /> }.into_any(),
        Some(rows) if rows.is_empty() => view! { <p class="muted">{move || t.get().segments.no_members}</p> }.into_any(),
        Some(rows) => view! {
            <Table class="member-table" head=move || view! { <th scope="col">{move || t.get().person}</th><th scope="col" class="lead-table-score">{move || t.get().score}</th><th></th> }>
                {rows.into_iter().map(|row| view! { <MemberLine row members may mql_score=base.mql_score() /> }).collect_view()}
            </Table>
            <Foot shown=Signal::derive(move || members.rows.with(|rows| rows.as_ref().map_or(0, Vec::len))) total=members.total
                has_more=Signal::derive(move || members.next.with(Option::is_some)) busy=members.busy more=move |()| members.more() />
        }
        .into_any(),
    }
    };
    view! {
        <section class="segment-members" data-test="members">
            <header>
                <div><h2>{move || t.get().segments.members}</h2><p class="muted">{move || t.get().segments.by_hand_note}</p></div>
                {move || may.get().then(|| view! { <AddMember members session /> })}
            </header>
            {move || members.failure.get().map(|failure| view! { <FailureNotice failure again=move |()| members.load() /> })}
            {rows}
        </section>
    }
}

#[component]
fn MemberLine(
    row: LeadRow,
    members: MembersState,
    may: Memo<bool>,
    mql_score: Signal<Option<i32>>,
) -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    let (id, name, score) = (row.id, row.label().to_owned(), row.score);
    let taken = name.clone();
    let take_out = move |_| choose(members, toasts, id, taken.clone(), ByHand::Removed);
    let label = name.clone();
    view! {
        <tr class="row" data-test="member-row" data-id=id.to_string()>
            <td><a class="row-link" data-step="" href=format!("/leads/{id}")>{name}</a><span class="row-sub">{row.company}</span></td>
            <td class="lead-table-score"><ScoreBar score=Signal::stored(score) mql_score /></td>
            <td class="member-table-do">{move || may.get().then(|| {
                let (take_out, label) = (take_out.clone(), label.clone());
                view! { <button type="button" class="icon-button" title=move || t.get().segments.take_out aria-label=move || (t.get().frame.take_out)(&label) on:click=take_out data-test="member-out"><Icon glyph=Glyph::Cross /></button> }
            })}</td>
        </tr>
    }
}

#[component]
fn AddMember(members: MembersState, session: Session) -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    let finder = Finder::new(session);
    let options = Signal::derive(move || {
        let rows = finder.leads.get().into_iter();
        let named = rows.map(|row| {
            let name = match &row.company {
                Some(company) => format!("{} · {company}", row.label()),
                None => row.label().to_owned(),
            };
            (row.id.to_string(), name)
        });
        named.collect()
    });
    let add = move |chosen: Vec<String>| {
        let row = finder.leads.with_untracked(|rows| {
            let mut rows = rows.iter();
            rows.find(|row| chosen.contains(&row.id.to_string()))
                .cloned()
        });
        if let Some(row) = row {
            choose(
                members,
                toasts,
                row.id,
                row.label().to_owned(),
                ByHand::Added,
            );
        }
    };
    let search = Callback::new(move |text: String| finder.look_for_people(&text));
    view! { <SelectSearch label=t.line(|t| t.segments.add_member) name="member-add" options chosen=Signal::stored(Vec::new()) choose=add search hint=t.line(|t| t.segments.add_member_hint) /> }
}

/// Puts somebody in or takes one out, with the way back.
fn choose(members: MembersState, toasts: Toasts, lead: LeadId, name: String, by_hand: ByHand) {
    members.choose(lead, Some(by_hand), move |reply| match reply {
        Err(failure) => toasts.failed(move |t| sentence(t, &failure)),
        Ok(()) => toasts.undoable(
            move |t| match by_hand {
                ByHand::Added => (t.segments.added)(&name),
                ByHand::Removed => (t.segments.removed)(&name),
            },
            move || {
                members.choose(lead, None, move |reply| {
                    if let Err(failure) = reply {
                        toasts.failed(move |t| sentence(t, &failure));
                    }
                });
            },
        ),
    });
}
