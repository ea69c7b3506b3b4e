//! The sign-in: who is not in comes here, and goes on to where it was going.

use super::failure::sentence;
use super::gate::{Gate, Typed};
use crate::api::{self, Failure};
use crate::components::{Field, Notice, Tone};
use crate::state::session::{Session, Who};
use crate::text::words;
use domain::api::{Password, SetUpState, SignIn};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_query_map};

/// The sign-in.
#[component]
pub(super) fn SignInPage() -> impl IntoView {
    let t = words();
    let session = expect_context::<Session>();
    let next = use_query_map()
        .with_untracked(|query| query.get("next"))
        .filter(|path| is_own(path));
    let navigate = use_navigate();
    let who = session.who();
    Effect::new(move |_| {
        if matches!(who.get(), Who::Member(_)) {
            navigate(next.as_deref().unwrap_or("/today"), Default::default());
        }
    });
    let (email, password) = (Typed::new(), Typed::new());
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let is_open = RwSignal::new(false);
    spawn_local(async move {
        // Only a hint: when nothing answers, signing in will say so.
        if let Ok(state) = api::send(&SetUpState {}).await {
            let _ = is_open.try_set(state.open);
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let holds = [email.is_email(), password.is_there()];
        if busy.get_untracked() || holds.contains(&false) {
            return;
        }
        busy.set(true);
        failure.set(None);
        let call = SignIn {
            email: email.text(),
            password: Password(password.value.get_untracked()),
        };
        spawn_local(async move {
            let reply = api::send(&call).await;
            busy.set(false);
            match reply {
                Ok(member) => session.enter(member),
                Err(refused) => failure.set(Some(refused)),
            }
        });
    };
    view! {
        <Gate title=|t| t.sign_in>
            {move || is_open.get().then(|| view! {
                <Notice tone=Tone::Calm text=Signal::derive(move || t.get().set_up_is_open.to_owned())>
                    <a class="button is-small" href="/setup" data-test="to-set-up">{move || t.get().set_up}</a>
                </Notice>
            })}
            <form on:submit=submit novalidate data-test="sign-in-form">
                <Field label=Signal::derive(move || t.get().email) name="email" kind="email" autocomplete="username" value=email.value wrong=email.why() />
                <Field label=Signal::derive(move || t.get().password) name="password" kind="password" autocomplete="current-password" value=password.value wrong=password.why() />
                {move || failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
                <button type="submit" class="button is-main is-wide" disabled=busy data-test="submit">
                    {move || if busy.get() { t.get().one_moment } else { t.get().sign_in }}
                </button>
            </form>
            <p class="placard-note">{move || t.get().ask_owner}</p>
        </Gate>
    }
}

/// Whether a path leads to a page of this app: anything else in the query is not to be followed.
fn is_own(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains('\\')
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn only_pages_of_this_app_are_followed() {
        assert!(is_own("/leads/7"));
        for other in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "",
        ] {
            assert!(!is_own(other), "{other}");
        }
    }
}
