//! Who is away and gets no leads: said by everybody for themselves, and by marketing for all.

use super::routing::Held;
use super::scoring::said;
use crate::components::{Badge, Button, DateField, Glyph, Icon, Tone};
use crate::format;
use crate::state::clock::Clock;
use crate::state::ids;
use crate::state::routing_form::away_of;
use crate::state::toasts::Toasts;
use crate::text::words;
use domain::api::{Role, SaveAway};
use domain::id::UserId;
use domain::routing::Away;
use leptos::prelude::*;
use leptos::task::spawn_local;

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
    let t = words();
    let toasts = expect_context::<Toasts>();
    let now = expect_context::<Clock>().signal();
    let away = Memo::new(move |_| {
        held.sheet.saved.with(|saved| {
            let saved = saved.as_ref();
            saved
                .map(|saved| away_of(&saved.routing, user))
                .unwrap_or_default()
        })
    });
    let may = Signal::derive(move || {
        let session = held.base.session;
        let own = session.member().is_some_and(|member| member.id == user);
        held.editable.get() || own && session.may(Role::Sdr)
    });
    let save = Callback::new(move |next: Vec<Away>| {
        let before = away.get_untracked();
        put(held, toasts, user, next, Some(before));
    });
    let adding = RwSignal::new(false);
    let lines = move || {
        let all = away.get();
        let lines = all.clone().into_iter().enumerate().map(|(place, one)| {
            let rest: Vec<Away> = all.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, away)| *away).collect();
            let rest = StoredValue::new(rest);
            let here = move || one.from <= now.get() && now.get() < one.until;
            view! {
                <li>
                    <span>{move || (t.get().routing.from_until)(&format::day(t.lang(), one.from, now.get()), &format::day(t.lang(), one.until.saturating_sub(1), now.get()))}</span>
                    {move || here().then(|| view! { <Badge tone=Tone::Care text=t.line(|t| t.routing.away_now) /> })}
                    {move || may.get().then(|| view! { <button type="button" class="icon-button" title=move || t.get().scoring.remove aria-label=move || t.get().scoring.remove on:click=move |_| save.run(rest.get_value()) data-test="away-remove"><Icon glyph=Glyph::Cross /></button> })}
                </li>
            }
        });
        lines.collect_view()
    };
    view! {
        <li class="routing-person" data-test="away-person">
            <header>
                <b>{move || held.name_of(user)}</b>
                {move || (may.get() && !adding.get()).then(|| view! { <Button label=t.line(|t| t.routing.add_away) name="away-add" small=true press=move |()| adding.set(true) /> })}
            </header>
            <ul class="routing-times">{lines}</ul>
            {move || adding.get().then(|| view! { <NewTime away save close=move |()| adding.set(false) /> })}
        </li>
    }
}

/// Another time in which somebody is away: both days are whole ones.
#[component]
fn NewTime(
    away: Memo<Vec<Away>>,
    save: Callback<Vec<Away>>,
    #[prop(into)] close: Callback<()>,
) -> impl IntoView {
    let t = words();
    let (from, until) = (RwSignal::new(None::<i32>), RwSignal::new(None::<i32>));
    let time = Memo::new(move |_| {
        let (from, until) = from.get().zip(until.get())?;
        let until = format::local_begin(until.saturating_add(1));
        let from = format::local_begin(from);
        (from < until).then_some(Away { from, until })
    });
    let add = move |()| {
        if let Some(time) = time.get_untracked() {
            let mut all = away.get_untracked();
            all.push(time);
            all.sort_by_key(|away| away.from);
            save.run(all);
            close.run(());
        }
    };
    view! {
        <div class="routing-new-time">
            <DateField label=t.line(|t| t.routing.first_day) name="away-from" day=from choose=move |day| from.set(day) />
            <DateField label=t.line(|t| t.routing.last_day) name="away-until" day=until choose=move |day| until.set(day) />
            <Button label=t.line(|t| t.frame.save) name="away-save" small=true disabled=Signal::derive(move || time.get().is_none()) press=add />
            <Button label=t.line(|t| t.frame.cancel) name="away-cancel" small=true press=close />
        </div>
    }
}

/// Says when somebody is away, and offers the way back to what was said before.
fn put(held: Held, toasts: Toasts, user: UserId, away: Vec<Away>, before: Option<Vec<Away>>) {
    let call = SaveAway {
        key: ids::fresh(),
        id: user,
        away,
    };
    spawn_local(async move {
        match held.base.session.call(&call).await {
            Ok(detail) => {
                held.sheet.take(detail);
                match before {
                    Some(before) => toasts.undoable(
                        |t| t.routing.away_saved.to_owned(),
                        move || put(held, toasts, user, before.clone(), None),
                    ),
                    None => toasts.done(|t| t.routing.away_saved.to_owned()),
                }
            }
            Err(failure) => toasts.failed(move |t| said(t, &failure)),
        }
    });
}
