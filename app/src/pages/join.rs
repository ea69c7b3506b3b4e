//! Joining a workspace by an invitation.

use super::failure::sentence;
use super::gate::{Gate, Typed, place, take_token};
use crate::api::{self, Failure};
use crate::components::{Field, Notice, Tone};
use crate::state::prefs::Prefs;
use crate::state::session::Session;
use crate::text::words;
use domain::api::{Join, Password};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

/// Joining a workspace.
#[component]
pub(super) fn JoinPage() -> impl IntoView {
    let t = words();
    let prefs = expect_context::<Prefs>();
    let token = take_token();
    if let Some((_, Some(lang))) = token {
        prefs.offer_lang(lang);
    }
    view! {
        <Gate title=|t| t.join>
            {match token {
                Some((token, _)) => view! { <JoinForm token /> }.into_any(),
                None => view! {
                    <p data-test="join-no-token">{move || t.get().join_link_missing}</p>
                    <a class="button is-wide" href="/sign-in">{move || t.get().sign_in}</a>
                }.into_any(),
            }}
        </Gate>
    }
}

#[component]
fn JoinForm(token: String) -> impl IntoView {
    let t = words();
    let session = expect_context::<Session>();
    let prefs = expect_context::<Prefs>();
    let navigate = StoredValue::new_local(use_navigate());
    let (name, password) = (Typed::new(), Typed::new());
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let holds = [name.is_there(), password.is_password()];
        if busy.get_untracked() || holds.contains(&false) {
            return;
        }
        busy.set(true);
        failure.set(None);
        let call = Join {
            token: token.clone(),
            name: name.text(),
            password: Password(password.value.get_untracked()),
            lang: prefs.lang().get_untracked(),
        };
        spawn_local(async move {
            let reply = api::send(&call).await;
            busy.set(false);
            match reply {
                Ok(member) => {
                    session.enter(member);
                    navigate.with_value(|navigate| navigate("/today", Default::default()));
                }
                Err(refused) => {
                    failure.set(place(refused, &[("name", name), ("password", password)]))
                }
            }
        });
    };
    view! {
        <p class="placard-lead">{move || t.get().join_lead}</p>
        <form on:submit=submit novalidate data-test="join-form">
            <Field label=Signal::derive(move || t.get().your_name) name="name" autocomplete="name" value=name.value wrong=name.why() />
            <Field label=Signal::derive(move || t.get().password) name="password" kind="password" autocomplete="new-password" value=password.value wrong=password.why()
                hint=Signal::derive(move || Some(t.get().password_hint)) />
            {move || failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
            <button type="submit" class="button is-main is-wide" disabled=busy data-test="submit">
                {move || if busy.get() { t.get().one_moment } else { t.get().join }}
            </button>
        </form>
    }
}
