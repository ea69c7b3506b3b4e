//! One's own account: what one is called, language and colours, the password, and where one is signed in.

use super::failure::sentence;
use super::gate::{Typed, place};
use super::own_sessions::SessionsPanel;
use super::settings::SectionHead;
use crate::api::Failure;
use crate::components::{Avatar, Field, LangSwitch, Notice, ThemeSwitch, Tone};
use crate::state::prefs::Prefs;
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use crate::text::words;
use domain::api::{ChangePassword, Lang, OwnSession, Password, SaveMe};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// One's own account.
#[component]
pub(super) fn OwnPage() -> impl IntoView {
    let session = expect_context::<Session>();
    let sessions = RwSignal::new(None::<Result<Vec<OwnSession>, Failure>>);
    view! {
        <SectionHead title=|t| t.own.account note=|t| t.own.account_note />
        <div class="settings">
            <YouPanel session />
            <PasswordPanel session sessions />
            <SessionsPanel session sessions />
        </div>
    }
}

/// Name, language and colours.
#[component]
fn YouPanel(session: Session) -> impl IntoView {
    let t = words();
    let prefs = expect_context::<Prefs>();
    let toasts = expect_context::<Toasts>();
    let name = Typed::new();
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let known = move || {
        session
            .member()
            .map(|member| member.name)
            .unwrap_or_default()
    };
    name.value.set(untrack(known));
    let save = move |name_text: String, lang: Lang| {
        busy.set(true);
        failure.set(None);
        let call = SaveMe {
            name: name_text,
            lang,
        };
        spawn_local(async move {
            let reply = session.call(&call).await;
            let _ = busy.try_set(false);
            match reply {
                Ok(member) => {
                    session.enter(member);
                    toasts.done(|t| t.own.saved.to_owned());
                }
                Err(refused) => {
                    let _ = failure.try_set(place(refused, &[("name", name)]));
                }
            }
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() && name.is_there() {
            save(name.text(), prefs.lang().get_untracked());
        }
    };
    let speak = move |lang: Lang| {
        prefs.choose_lang(lang);
        save(untrack(known), lang);
    };
    let same = move || name.value.get().trim() == known();
    view! {
        <section class="panel own-you" data-test="own-you">
            <header><h2>{move || t.get().own.you}</h2></header>
            <div class="own-who">
                {move || view! { <Avatar name=known() /> }}
                <span class="team-name">
                    <b data-test="own-name">{known}</b>
                    <span>{move || session.member().map(|member| member.email)}" · "{move || session.member().map(|member| (t.get().role)(member.role))}</span>
                </span>
            </div>
            <form class="own-fields" on:submit=submit novalidate>
                <Field label=Signal::derive(move || t.get().own.name) name="own-name-field" autocomplete="name" value=name.value wrong=name.why()
                    hint=Signal::derive(move || Some(t.get().own.name_note)) />
                <button type="submit" class="button" disabled=move || busy.get() || same() data-test="own-save">{move || t.get().own.save}</button>
            </form>
            <div class="own-choices">
                <div class="field">
                    <span class="field-label">{move || t.get().language}</span>
                    <LangSwitch lang=prefs.lang() choose=speak />
                    <span class="field-note">{move || t.get().own.lang_note}</span>
                </div>
                <div class="field">
                    <span class="field-label">{move || t.get().theme}</span>
                    <ThemeSwitch theme=prefs.theme() choose=move |theme| prefs.choose_theme(theme) />
                    <span class="field-note">{move || t.get().own.theme_note}</span>
                </div>
            </div>
            {move || failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
        </section>
    }
}

/// Another password, by the one until now.
#[component]
fn PasswordPanel(
    session: Session,
    /// The sessions that are shown: the others end.
    sessions: RwSignal<Option<Result<Vec<OwnSession>, Failure>>>,
) -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    let (current, next) = (Typed::new(), Typed::new());
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let holds = [current.is_there(), next.is_password()];
        if busy.get_untracked() || holds.contains(&false) {
            return;
        }
        busy.set(true);
        failure.set(None);
        let call = ChangePassword {
            current: Password(current.value.get_untracked()),
            next: Password(next.value.get_untracked()),
        };
        let before = sessions.with_untracked(|sessions| match sessions {
            Some(Ok(sessions)) => sessions.len(),
            _ => 1,
        });
        spawn_local(async move {
            let reply = session.call(&call).await;
            let _ = busy.try_set(false);
            match reply {
                Ok(left) => {
                    let ended = before.saturating_sub(left.len());
                    let _ = current.value.try_set(String::new());
                    let _ = next.value.try_set(String::new());
                    let _ = sessions.try_set(Some(Ok(left)));
                    toasts.done(move |t| (t.own.password_changed)(ended));
                }
                Err(refused) if refused.field() == Some("current") => {
                    current.refuse(|t| t.own.current_wrong);
                }
                Err(refused) if refused.field() == Some("next") => {
                    next.refuse(|t| t.password_hint);
                }
                Err(refused) => {
                    let _ = failure.try_set(Some(refused));
                }
            }
        });
    };
    view! {
        <section class="panel own-password" data-test="own-password">
            <header><h2>{move || t.get().own.password_title}</h2></header>
            <p class="muted">{move || t.get().own.password_note}</p>
            <form class="own-password-fields" on:submit=submit novalidate>
                // Whose password it is, for those that keep passwords.
                <input type="email" name="username" autocomplete="username" hidden readonly value=move || session.member().map(|member| member.email) />
                <Field label=Signal::derive(move || t.get().own.current) name="current-password" kind="password" autocomplete="current-password"
                    value=current.value wrong=current.why() />
                <Field label=Signal::derive(move || t.get().own.next) name="new-password" kind="password" autocomplete="new-password"
                    value=next.value wrong=next.why() hint=Signal::derive(move || Some(t.get().password_hint)) />
                <div><button type="submit" class="button is-main" disabled=busy data-test="change-password">{move || t.get().own.change}</button></div>
            </form>
            {move || failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
        </section>
    }
}
