//! When a member is away: then new leads go to others.

use super::failure::sentence;
use super::team::{TeamDesk, absences};
use crate::api::Failure;
use crate::components::{Button, DateField, Dialog, Glyph, Icon, Look, Notice, Tone};
use crate::format;
use crate::state::clock::now;
use crate::state::ids::Attempt;
use crate::text::words;
use domain::api::{Member, SaveAway};
use domain::routing::Away;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// When a member is away.
#[component]
pub(super) fn AwayDialog(desk: TeamDesk, member: Member) -> impl IntoView {
    let t = words();
    let id = member.id;
    let known = desk.absences.with_untracked(|all| all.get(&id).cloned());
    // What is past is told no more.
    let open = known.unwrap_or_default().into_iter();
    let away = RwSignal::new(
        open.filter(|away| away.until > now())
            .collect::<Vec<Away>>(),
    );
    let (from, until) = (RwSignal::new(None::<i32>), RwSignal::new(None::<i32>));
    let wrong = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let attempt = Attempt::<Vec<Away>>::new();
    let save = move |next: Vec<Away>| {
        failure.set(None);
        let call = SaveAway {
            key: attempt.key(&next),
            id,
            away: next,
        };
        spawn_local(async move {
            match desk.session.call(&call).await {
                Ok(detail) => {
                    attempt.forget();
                    let _ = away.try_set(call.away);
                    let _ = desk.absences.try_set(absences(&detail.routing));
                    desk.toasts.done(|t| t.staff.away_saved.to_owned());
                }
                Err(refused) => {
                    let _ = failure.try_set(Some(refused));
                }
            }
        });
    };
    let add = move |()| {
        let days = from.get_untracked().zip(until.get_untracked());
        let span = days.map(|(from, until)| Away {
            from: format::local_begin(from),
            until: format::local_begin(until),
        });
        let span = span.filter(|span| span.from < span.until && span.until > now());
        wrong.set(span.is_none());
        if let Some(span) = span {
            let mut all = away.get_untracked();
            all.push(span);
            all.sort_by_key(|away| away.from);
            from.set(None);
            until.set(None);
            save(all);
        }
    };
    let line = move |(place, span): (usize, Away)| {
        let day = move |at| format::day(t.lang(), at, now());
        let drop_one = move |_| {
            let mut all = away.get_untracked();
            if place < all.len() {
                all.remove(place);
            }
            save(all);
        };
        view! {
            <li>
                <span>{move || (t.get().staff.away_span)(&day(span.from), &day(span.until))}</span>
                <button type="button" class="icon-button" aria-label=move || t.get().staff.remove on:click=drop_one data-test="away-drop"><Icon glyph=Glyph::Cross /></button>
            </li>
        }
    };
    view! {
        <Dialog title=Signal::derive(move || format!("{} · {}", t.get().staff.away_title, member.name)) name="away-dialog" close=move |()| desk.absent.set(None)>
            <ul class="away-list">{move || away.get().into_iter().enumerate().map(line).collect_view()}</ul>
            {move || away.with(Vec::is_empty).then(|| view! { <p class="muted">{t.get().staff.away_none}</p> })}
            <div class="away-fields">
                <DateField label=t.line(|t| t.staff.away_from) name="away-from" day=from choose=move |day| from.set(day) />
                <DateField label=t.line(|t| t.staff.away_until) name="away-until" day=until choose=move |day| until.set(day) />
                <Button label=t.line(|t| t.staff.away_add) name="away-add" press=add />
            </div>
            {move || wrong.get().then(|| view! { <p class="field-note is-bad" role="alert">{t.get().staff.away_until_past}</p> })}
            {move || failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
            <div class="dialog-actions">
                <Button label=t.line(|t| t.close) name="away-close" look=Look::Quiet press=move |()| desk.absent.set(None) />
            </div>
        </Dialog>
    }
}
