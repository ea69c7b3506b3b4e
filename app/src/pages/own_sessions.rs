//! Where one is signed in: each session, and the ways to end them.

use super::failure::{FailureNotice, sentence};
use crate::api::Failure;
use crate::components::{Button, Dialog, Look, Skeleton};
use crate::format;
use crate::state::clock::Clock;
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use crate::text::words;
use domain::api::{Call, EndSession, EndSessions, OwnSession, Sessions};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is known of the sessions.
type Known = RwSignal<Option<Result<Vec<OwnSession>, Failure>>>;

/// Where one is signed in.
#[component]
pub(super) fn SessionsPanel(session: Session, sessions: Known) -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    let asked = RwSignal::new(false);
    let read = move || {
        sessions.set(None);
        spawn_local(async move {
            let reply = session.call(&Sessions {}).await;
            let _ = sessions.try_set(Some(reply));
        });
    };
    read();
    let others = move || {
        sessions.with(|sessions| match sessions {
            Some(Ok(sessions)) => sessions.len().saturating_sub(1),
            _ => 0,
        })
    };
    let end_others = move |()| {
        let count = untrack(others);
        let call = EndSessions { here_too: false };
        end(session, sessions, toasts, call, move |t| {
            (t.own.others_ended)(count)
        });
    };
    let end_all = move |()| {
        asked.set(false);
        spawn_local(async move {
            let call = EndSessions { here_too: true };
            match session.call(&call).await {
                // Nobody is in any more: the app asks, and shows the sign-in.
                Ok(_) => session.ask(),
                Err(failure) => toasts.failed(move |t| sentence(t, &failure)),
            }
        });
    };
    view! {
        <section class="panel own-sessions" data-test="own-sessions">
            <header><h2>{move || t.get().own.sessions}</h2></header>
            <p class="muted">{move || t.get().own.sessions_note}</p>
            {move || match sessions.get() {
                None => view! { <Skeleton lines=2 /> }.into_any(),
                Some(Err(failure)) => view! { <FailureNotice failure again=move |()| read() /> }.into_any(),
                Some(Ok(list)) => view! {
                    <ul class="session-list">
                        {list.into_iter().map(|one| view! { <SessionLine session sessions one /> }).collect_view()}
                    </ul>
                }.into_any(),
            }}
            <div class="own-sessions-ways">
                <Button label=t.line(|t| t.own.end_others) name="end-others" press=end_others disabled=Signal::derive(move || others() == 0) />
                <Button label=t.line(|t| t.own.end_all) name="end-all" look=Look::Quiet press=move |()| asked.set(true) />
            </div>
            {move || asked.get().then(|| view! {
                <Dialog title=t.line(|t| t.own.end_all_title) name="end-all-dialog" close=move |()| asked.set(false)>
                    <p>{move || t.get().own.end_all_text}</p>
                    <div class="dialog-actions">
                        <Button label=t.line(|t| t.own.cancel) name="end-all-cancel" look=Look::Quiet press=move |()| asked.set(false) />
                        <Button label=t.line(|t| t.own.end_all) name="end-all-really" look=Look::Main press=end_all />
                    </div>
                </Dialog>
            })}
        </section>
    }
}

#[component]
fn SessionLine(session: Session, sessions: Known, one: OwnSession) -> impl IntoView {
    let t = words();
    let clock = expect_context::<Clock>();
    let toasts = expect_context::<Toasts>();
    let OwnSession {
        id,
        begun_at,
        seen_at,
        device,
        here,
        ..
    } = one;
    let named = move || match device.is_unknown() {
        true => t.get().own.unknown_device.to_owned(),
        false => (t.get().device)(device),
    };
    let when = move |at| format::relative(t.lang(), at, clock.signal().get(), t.get().just_now);
    view! {
        <li class="session-line" class:is-here=here data-test="session" data-id=id.to_string()>
            <span class="team-name">
                <b>{named}{here.then(|| view! { <span class="badge">{move || t.get().own.this_one}</span> })}</b>
                <span title=move || format::exact(t.lang(), begun_at)>{move || (t.get().own.begun)(&when(begun_at))}" · "{move || (t.get().own.used)(&when(seen_at))}</span>
            </span>
            {(!here).then(|| view! {
                <Button label=t.line(|t| t.own.end) name="end-session" small=true
                    press=move |()| end(session, sessions, toasts, EndSession { id }, |t| t.own.ended.to_owned()) />
            })}
        </li>
    }
}

/// Ends sessions, and shows those that are left.
fn end<C: Call<Reply = Vec<OwnSession>> + 'static>(
    session: Session,
    sessions: Known,
    toasts: Toasts,
    call: C,
    said: impl Fn(&'static crate::text::Text) -> String + Send + Sync + 'static,
) {
    spawn_local(async move {
        match session.call(&call).await {
            Ok(left) => {
                let _ = sessions.try_set(Some(Ok(left)));
                toasts.done(said);
            }
            Err(failure) => toasts.failed(move |t| sentence(t, &failure)),
        }
    });
}
