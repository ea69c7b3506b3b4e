//! The set-up: the first account, by the one-time link.

use super::failure::{FailureNotice, sentence};
use super::gate::{Gate, Typed, place, take_token};
use crate::api::{self, Failure};
use crate::components::{Field, LangSwitch, Notice, Skeleton, Tone};
use crate::state::prefs::Prefs;
use crate::state::session::{Session, Who};
use crate::text::words;
use domain::api::{Password, SetUp, SetUpState};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

/// What is known of the set-up.
#[derive(Clone, Debug, PartialEq)]
enum State {
    Asking,
    Open,
    Closed,
    Failed(Failure),
}

/// The set-up.
#[component]
pub(super) fn SetUpPage() -> impl IntoView {
    let t = words();
    let token = StoredValue::new(take_token().map(|(token, _)| token));
    let state = RwSignal::new(State::Asking);
    let ask = move || {
        state.set(State::Asking);
        spawn_local(async move {
            let found = match api::send(&SetUpState {}).await {
                Ok(found) if found.open => State::Open,
                Ok(_) => State::Closed,
                Err(failure) => State::Failed(failure),
            };
            let _ = state.try_set(found);
        });
    };
    ask();
    view! {
        <Gate title=|t| t.set_up>
            {move || match (state.get(), token.get_value()) {
                (State::Asking, _) => view! { <Skeleton lines=5 /> }.into_any(),
                (State::Open, Some(token)) => view! { <SetUpForm token /> }.into_any(),
                (State::Open, None) => view! {
                    <p data-test="set-up-no-token">{move || t.get().set_up_link_where}</p>
                    <p class="placard-note">{move || t.get().set_up_link_form}</p>
                }.into_any(),
                (State::Closed, _) => view! {
                    <p data-test="set-up-closed">{move || t.get().set_up_done}</p>
                    <a class="button is-main is-wide" href="/sign-in">{move || t.get().sign_in}</a>
                }.into_any(),
                (State::Failed(failure), _) => view! { <FailureNotice failure again=move |()| ask() /> }.into_any(),
            }}
        </Gate>
    }
}

#[component]
fn SetUpForm(token: String) -> impl IntoView {
    let t = words();
    let session = expect_context::<Session>();
    let prefs = expect_context::<Prefs>();
    let navigate = use_navigate();
    let who = session.who();
    Effect::new(move |_| {
        if matches!(who.get(), Who::Member(_)) {
            // A new workspace asks nothing of anybody yet: who comes first is seen among the leads.
            navigate("/leads", Default::default());
        }
    });
    let [company, name, email, password] = [(); 4].map(|()| Typed::new());
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let holds = [
            company.is_there(),
            name.is_there(),
            email.is_email(),
            password.is_password(),
        ];
        if busy.get_untracked() || holds.contains(&false) {
            return;
        }
        busy.set(true);
        failure.set(None);
        let call = SetUp {
            token: token.clone(),
            email: email.text(),
            password: Password(password.value.get_untracked()),
            name: name.text(),
            company: company.text(),
            lang: prefs.lang().get_untracked(),
        };
        spawn_local(async move {
            let reply = api::send(&call).await;
            busy.set(false);
            match reply {
                Ok(member) => session.enter(member),
                Err(refused) => {
                    failure.set(place(
                        refused,
                        &[
                            ("company", company),
                            ("name", name),
                            ("email", email),
                            ("password", password),
                        ],
                    ));
                }
            }
        });
    };
    view! {
        <p class="placard-lead">{move || t.get().set_up_lead}</p>
        <form on:submit=submit novalidate data-test="set-up-form">
            <Field label=Signal::derive(move || t.get().company) name="company" autocomplete="organization" value=company.value wrong=company.why() />
            <Field label=Signal::derive(move || t.get().your_name) name="name" autocomplete="name" value=name.value wrong=name.why() />
            <Field label=Signal::derive(move || t.get().email) name="email" kind="email" autocomplete="username" value=email.value wrong=email.why() />
            <Field label=Signal::derive(move || t.get().password) name="password" kind="password" autocomplete="new-password" value=password.value wrong=password.why()
                hint=Signal::derive(move || Some(t.get().password_hint)) />
            <div class="field">
                <span class="field-label">{move || t.get().language}</span>
                <LangSwitch lang=prefs.lang() choose=move |lang| prefs.choose_lang(lang) />
            </div>
            {move || failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
            <button type="submit" class="button is-main is-wide" disabled=busy data-test="submit">
                {move || if busy.get() { t.get().one_moment } else { t.get().make_account }}
            </button>
        </form>
    }
}
