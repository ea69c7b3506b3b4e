//! Who is away and gets no leads: said by everybody for themselves, and by marketing for all.

use super::routing::Held;
use super::scoring::said;
use crate::components::AwayTimes;
use crate::state::away::AwayDesk;
use crate::state::clock::Clock;
use crate::state::routing_form::away_of;
use crate::state::toasts::Toasts;
use crate::text::words;
use domain::api::Role;
use domain::id::UserId;
use leptos::prelude::*;

/// Who is away.
#[component]
pub(super) fn Absences(held: Held) -> impl IntoView {
    let t = words();
    let users = Memo::new(move |_| {
        held.sheet.saved.with(|saved| {
            let mut users: Vec<UserId> = Vec::new();
            let teams = saved.iter().flat_map(|saved| &saved.routing.teams);
            for member in teams.flat_map(|team| &team.members) {
                if !users.contains(&member.user) {
                    users.push(member.user);
                }
            }
            users
        })
    });
    view! {
        <section class="panel routing-away" data-test="absences">
            <h2>{move || t.get().routing.away}</h2>
            <p class="muted">{move || match users.with(Vec::is_empty) { true => t.get().routing.away_none, false => t.get().routing.away_note }}</p>
            <ul><For each=move || users.get() key=|user| *user let:user><Person held user /></For></ul>
        </section>
    }
}

#[component]
fn Person(held: Held, user: UserId) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let now = expect_context::<Clock>().signal();
    let session = held.base.session;
    let desk = AwayDesk {
        session,
        toasts,
        told: Callback::new(move |detail| held.sheet.take(detail)),
        failed: Callback::new(move |failure| toasts.failed(move |t| said(t, &failure))),
    };
    let away = Memo::new(move |_| {
        held.sheet.saved.with(|saved| {
            let saved = saved.as_ref();
            saved
                .map(|saved| away_of(&saved.routing, user))
                .unwrap_or_default()
        })
    });
    let may = Signal::derive(move || {
        let own = session.member().is_some_and(|member| member.id == user);
        held.editable.get() || own && session.may(Role::Sdr)
    });
    let save = move |next| desk.put(user, next, Some(away.get_untracked()));
    view! {
        <li class="routing-person" data-test="away-person">
            <b>{move || held.name_of(user)}</b>
            <AwayTimes away now may save />
        </li>
    }
}
