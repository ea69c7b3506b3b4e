//! The team: who is in, and the link by which someone joins.

use super::failure::{FailureNotice, sentence};
use super::gate::{Typed, place};
use crate::api::Failure;
use crate::components::{Avatar, CopyBox, Field, Notice, Skeleton, Tone};
use crate::format;
use crate::state::session::Session;
use crate::text::words;
use domain::api::{Invite, Invited, Member, Members, Role};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The team.
#[component]
pub(super) fn TeamPanel(session: Session) -> impl IntoView {
    let t = words();
    let members = RwSignal::new(None::<Result<Vec<Member>, Failure>>);
    let read = move || {
        members.set(None);
        spawn_local(async move {
            let reply = session.call(&Members {}).await;
            let _ = members.try_set(Some(reply));
        });
    };
    read();
    let me = move || session.member().map(|member| member.id);
    view! {
        <section class="panel team" data-test="team">
            <header><h2>{move || t.get().team}</h2></header>
            {move || match members.get() {
                None => view! { <Skeleton lines=3 /> }.into_any(),
                Some(Err(failure)) => view! { <FailureNotice failure again=move |()| read() /> }.into_any(),
                Some(Ok(members)) => view! {
                    <ul class="team-list">
                        {members.into_iter().map(|member| view! {
                            <li data-test="member">
                                <Avatar name=member.name.clone() />
                                <span class="team-name">
                                    <b>{member.name}{(me() == Some(member.id)).then(|| view! { <span class="badge">{move || t.get().you}</span> })}</b>
                                    <span>{member.email}</span>
                                </span>
                                <span class="team-role">{move || (t.get().role)(member.role)}</span>
                            </li>
                        }).collect_view()}
                    </ul>
                }.into_any(),
            }}
            {move || match session.may(Role::Owner) {
                true => view! { <InviteForm session /> }.into_any(),
                false => view! { <p class="muted">{move || t.get().owner_invites}</p> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn InviteForm(session: Session) -> impl IntoView {
    let t = words();
    let email = Typed::new();
    let role = RwSignal::new(Role::Marketer);
    let failure = RwSignal::new(None::<Failure>);
    let invited = RwSignal::new(None::<(String, Invited)>);
    let busy = RwSignal::new(false);
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
            busy.set(false);
            match reply {
                Ok(link) => {
                    invited.set(Some((call.email, link)));
                    email.value.set(String::new());
                }
                Err(refused) => failure.set(place(refused, &[("email", email)])),
            }
        });
    };
    let link = move |invited: &Invited| {
        format!(
            "{}/join#token={}",
            window().location().origin().unwrap_or_default(),
            invited.token
        )
    };
    view! {
        <form class="team-invite" on:submit=submit novalidate data-test="invite-form">
            <h3>{move || t.get().invite_someone}</h3>
            <div class="team-invite-fields">
                <Field label=Signal::derive(move || t.get().email) name="invite-email" kind="email" value=email.value wrong=email.why() />
                <label class="field">
                    <span class="field-label">{move || t.get().role_label}</span>
                    <select class="input" data-test="invite-role" on:change:target=move |event| {
                        let value = event.target().value();
                        if let Some(chosen) = Role::ALL.into_iter().find(|role| role_name(*role) == value) { role.set(chosen) }
                    }>
                        {Role::ALL.map(|option| view! {
                            <option value=role_name(option) selected=option == Role::Marketer>{move || (t.get().role)(option)}</option>
                        })}
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
                        <p>{move || (t.get().link_for)(&email, &format::exact(t.lang(), until))}</p>
                        <CopyBox text=link(&invited) />
                    </div>
                }
            })}
        </form>
    }
}

/// The role's name in the option's value.
const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Owner => "owner",
        Role::Marketer => "marketer",
        Role::Sdr => "sdr",
        Role::Sales => "sales",
        Role::Success => "success",
        Role::Partner => "partner",
        Role::Viewer => "viewer",
    }
}
