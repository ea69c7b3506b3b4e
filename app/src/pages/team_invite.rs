//! Who may still come: the link by which someone joins, and the invitations that are open.

use super::failure::{FailureNotice, sentence};
use super::gate::{Typed, place};
use super::team::{RoleOptions, role_of};
use crate::api::Failure;
use crate::components::{Button, CopyBox, Field, Look, Notice, Skeleton, Tone};
use crate::format;
use crate::state::prefs::tag;
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use crate::text::words;
use domain::api::{
    Invite, Invited, Invites, Lang, OpenInvite, ReadWorkspace, Role, WithdrawInvite,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is known of the open invitations.
type Known = RwSignal<Option<Result<Vec<OpenInvite>, Failure>>>;

/// Who may still come.
#[component]
pub(super) fn InvitesPanel(session: Session) -> impl IntoView {
    let t = words();
    let open: Known = RwSignal::new(None);
    let read = move || {
        spawn_local(async move {
            let reply = session.call(&Invites {}).await;
            let _ = open.try_set(Some(reply));
        });
    };
    read();
    view! {
        <section class="panel invites" data-test="invites">
            <header><h2>{move || t.get().staff.invites}</h2></header>
            {move || match open.get() {
                None => view! { <Skeleton lines=1 /> }.into_any(),
                Some(Err(failure)) => view! { <FailureNotice failure again=move |()| read() /> }.into_any(),
                Some(Ok(list)) if list.is_empty() => view! { <p class="muted">{move || t.get().staff.invites_none}</p> }.into_any(),
                Some(Ok(list)) => view! {
                    <ul class="team-list">{list.into_iter().map(|invite| view! { <InviteLine session open invite /> }).collect_view()}</ul>
                }.into_any(),
            }}
            <InviteForm session made=move |()| read() />
        </section>
    }
}

#[component]
fn InviteLine(session: Session, open: Known, invite: OpenInvite) -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    let OpenInvite {
        email,
        role,
        expires_at,
    } = invite;
    let whose = email.clone();
    let withdraw = move |()| {
        let call = WithdrawInvite {
            email: whose.clone(),
        };
        spawn_local(async move {
            match session.call(&call).await {
                Ok(left) => {
                    let _ = open.try_set(Some(Ok(left)));
                    toasts.done(|t| t.staff.withdrawn.to_owned());
                }
                Err(failure) => toasts.failed(move |t| sentence(t, &failure)),
            }
        });
    };
    view! {
        <li data-test="open-invite">
            <span class="team-name">
                <b>{email}</b>
                <span>{move || (t.get().staff.invite_until)(&format::moment(t.lang(), expires_at))}</span>
            </span>
            <span class="team-role">{move || (t.get().role)(role)}</span>
            <Button label=t.line(|t| t.staff.withdraw) name="withdraw-invite" small=true look=Look::Quiet press=withdraw />
        </li>
    }
}

#[component]
fn InviteForm(
    session: Session,
    /// A link was made.
    #[prop(into)]
    made: Callback<()>,
) -> impl IntoView {
    let t = words();
    let email = Typed::new();
    let role = RwSignal::new(Role::Marketer);
    let failure = RwSignal::new(None::<Failure>);
    let invited = RwSignal::new(None::<(String, Invited)>);
    let busy = RwSignal::new(false);
    let greeting = RwSignal::new(Lang::default());
    spawn_local(async move {
        if let Ok(facts) = session.call(&ReadWorkspace {}).await {
            let _ = greeting.try_set(facts.lang);
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() || !email.is_email() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let call = Invite {
            email: email.text(),
            role: role.get_untracked(),
        };
        spawn_local(async move {
            let reply = session.call(&call).await;
            let _ = busy.try_set(false);
            match reply {
                Ok(link) => {
                    invited.set(Some((call.email, link)));
                    email.value.set(String::new());
                    made.run(());
                }
                Err(refused) => failure.set(place(refused, &[("email", email)])),
            }
        });
    };
    let link = move |invited: &Invited| {
        format!(
            "{}/join#token={}&lang={}",
            window().location().origin().unwrap_or_default(),
            invited.token,
            tag(greeting.get()),
        )
    };
    view! {
        <form class="team-invite" on:submit=submit novalidate data-test="invite-form">
            <h3>{move || t.get().invite_someone}</h3>
            <div class="team-invite-fields">
                <Field label=Signal::derive(move || t.get().email) name="invite-email" kind="email" value=email.value wrong=email.why() />
                <label class="field">
                    <span class="field-label">{move || t.get().role_label}</span>
                    <select class="input" data-test="invite-role"
                        on:change:target=move |event| if let Some(chosen) = role_of(&event.target().value()) { role.set(chosen) }>
                        <RoleOptions chosen=Role::Marketer />
                    </select>
                    <span class="field-note">{move || (t.get().role_may)(role.get())}</span>
                </label>
                <button type="submit" class="button is-main" disabled=busy data-test="invite">{move || t.get().make_link}</button>
            </div>
            {move || failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
            {move || invited.get().map(|(email, invited)| {
                let until = invited.expires_at;
                view! {
                    <div class="team-link" data-test="invited">
                        <p>{move || (t.get().link_for)(&email, &format::moment(t.lang(), until))}</p>
                        <CopyBox text=Signal::derive(move || link(&invited)) />
                    </div>
                }
            })}
        </form>
    }
}
