//! The team: who is in and as what, who may still come, and what each role may do.

use super::failure::{FailureNotice, sentence};
use super::settings::SectionHead;
use super::team_away::AwayDialog;
use super::team_invite::InvitesPanel;
use super::team_matrix::MatrixPanel;
use crate::api::Failure;
use crate::components::{Avatar, Badge, Button, Dialog, Look, Skeleton, Tone};
use crate::format;
use crate::state::clock::{Clock, now};
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use crate::text::words;
use domain::api::{ChangeRole, Member, Members, ReadRouting, RemoveMember, Role};
use domain::id::UserId;
use domain::routing::Away;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;

/// When each member is away; only those who get leads are in it.
pub(super) type Absences = BTreeMap<UserId, Vec<Away>>;

/// What the page knows of the team.
#[derive(Clone, Copy)]
pub(super) struct TeamDesk {
    pub(super) session: Session,
    pub(super) toasts: Toasts,
    members: RwSignal<Option<Result<Vec<Member>, Failure>>>,
    pub(super) absences: RwSignal<Absences>,
    removing: RwSignal<Option<Member>>,
    pub(super) absent: RwSignal<Option<Member>>,
}

impl TeamDesk {
    fn read(self) {
        self.members.set(None);
        spawn_local(async move {
            let reply = self.session.call(&Members {}).await;
            let _ = self.members.try_set(Some(reply));
            if let Ok(detail) = self.session.call(&ReadRouting {}).await {
                let _ = self.absences.try_set(absences(&detail.routing));
            }
        });
    }

    fn change_role(self, id: UserId, role: Role) {
        spawn_local(async move {
            match self.session.call(&ChangeRole { id, role }).await {
                Ok(members) => {
                    if self.session.id() == Some(id) {
                        self.session.ask_again().await;
                    }
                    let _ = self.members.try_set(Some(Ok(members)));
                    self.toasts.done(|t| t.staff.role_changed.to_owned());
                }
                Err(failure) => {
                    // What was chosen does not hold: it is shown as it is.
                    self.members.try_update(|_| ());
                    let last_owner = failure.field() == Some("role");
                    self.toasts.failed(move |t| match last_owner {
                        true => t.staff.last_owner.to_owned(),
                        false => sentence(t, &failure),
                    });
                }
            }
        });
    }

    fn remove(self, id: UserId) {
        self.removing.set(None);
        spawn_local(async move {
            match self.session.call(&RemoveMember { id }).await {
                Ok(members) => {
                    let _ = self.members.try_set(Some(Ok(members)));
                    self.toasts.done(|t| t.staff.removed.to_owned());
                }
                Err(failure) => self.toasts.failed(move |t| sentence(t, &failure)),
            }
        });
    }
}

/// When those are away who are in a team that gets leads.
pub(super) fn absences(routing: &domain::routing::Routing) -> Absences {
    let members = routing.teams.iter().flat_map(|team| &team.members);
    members
        .map(|member| (member.user, member.away.clone()))
        .collect()
}

/// The team.
#[component]
pub(super) fn TeamPage() -> impl IntoView {
    let t = words();
    let session = expect_context::<Session>();
    let desk = TeamDesk {
        session,
        toasts: expect_context::<Toasts>(),
        members: RwSignal::new(None),
        absences: RwSignal::new(Absences::new()),
        removing: RwSignal::new(None),
        absent: RwSignal::new(None),
    };
    desk.read();
    view! {
        <SectionHead title=|t| t.own.team note=|t| t.staff.note />
        <div class="settings">
            <section class="panel team" data-test="team">
                <header><h2>{move || t.get().staff.members}</h2></header>
                {move || match desk.members.get() {
                    None => view! { <Skeleton lines=3 /> }.into_any(),
                    Some(Err(failure)) => view! { <FailureNotice failure again=move |()| desk.read() /> }.into_any(),
                    Some(Ok(members)) => view! {
                        <ul class="team-list">{members.into_iter().map(|member| view! { <MemberLine desk member /> }).collect_view()}</ul>
                    }.into_any(),
                }}
            </section>
            {move || match session.may(Role::Owner) {
                true => view! { <InvitesPanel session /> }.into_any(),
                false => view! { <p class="muted">{move || t.get().owner_invites}</p> }.into_any(),
            }}
            <MatrixPanel />
        </div>
        <RemoveDialog desk />
        {move || desk.absent.get().map(|member| view! { <AwayDialog desk member /> })}
    }
}

#[component]
fn MemberLine(desk: TeamDesk, member: Member) -> impl IntoView {
    let t = words();
    let clock = expect_context::<Clock>();
    let session = desk.session;
    let (id, role) = (member.id, member.role);
    let is_me = move || session.member().is_some_and(|me| me.id == id);
    let may_say_away = move || {
        let routed = desk.absences.with(|all| all.contains_key(&id));
        routed && (session.may(Role::Marketer) || (is_me() && session.may(Role::Sdr)))
    };
    let away_until = move || {
        let at = clock.signal().get();
        desk.absences.with(|all| {
            let mut own = all.get(&id)?.iter();
            own.find(|away| away.from <= at && at < away.until)
                .map(|away| away.until)
        })
    };
    let away_text = Signal::derive(move || {
        let until = away_until().unwrap_or_default();
        (t.get().staff.is_away)(&format::day(t.lang(), until, now()))
    });
    let (whole, gone) = (
        StoredValue::new(member.clone()),
        StoredValue::new(member.clone()),
    );
    view! {
        <li data-test="member" data-id=id.to_string()>
            <Avatar name=member.name.clone() />
            <span class="team-name">
                <b>{member.name}
                    {move || is_me().then(|| view! { <span class="badge">{t.get().you}</span> })}
                    {move || away_until().is_some().then(|| view! { <Badge tone=Tone::Care text=away_text /> })}
                </b>
                <span>{member.email}</span>
            </span>
            {move || may_say_away().then(|| view! {
                <Button label=t.line(|t| t.staff.away) name="away" small=true look=Look::Quiet
                    press=move |()| desk.absent.set(Some(whole.get_value())) />
            })}
            {move || match session.may(Role::Owner) {
                true => view! { <RoleChoice role choose=move |role| desk.change_role(id, role) /> }.into_any(),
                false => view! { <span class="team-role">{move || (t.get().role)(role)}</span> }.into_any(),
            }}
            {move || (session.may(Role::Owner) && !is_me()).then(|| view! {
                <Button label=t.line(|t| t.staff.remove) name="remove-member" small=true look=Look::Quiet
                    press=move |()| desk.removing.set(Some(gone.get_value())) />
            })}
        </li>
    }
}

/// The choice of a role.
#[component]
fn RoleChoice(
    /// The one that holds.
    role: Role,
    /// Another is chosen.
    #[prop(into)]
    choose: Callback<Role>,
) -> impl IntoView {
    let t = words();
    view! {
        <select class="input team-role-choice" aria-label=move || t.get().staff.change_role data-test="change-role"
            on:change:target=move |event| if let Some(role) = role_of(&event.target().value()) { choose.run(role) }>
            <RoleOptions chosen=role />
        </select>
    }
}

/// Every role, to choose from.
#[component]
pub(super) fn RoleOptions(chosen: Role) -> impl IntoView {
    let t = words();
    Role::ALL.map(|option| {
        view! { <option value=role_name(option) selected=option == chosen>{move || (t.get().role)(option)}</option> }
    })
}

/// Asks before somebody is taken out.
#[component]
fn RemoveDialog(desk: TeamDesk) -> impl IntoView {
    let t = words();
    move || {
        desk.removing.get().map(|member| {
            let (id, name) = (member.id, member.name);
            view! {
                <Dialog title=t.line(|t| t.staff.remove_title) name="remove-dialog" close=move |()| desk.removing.set(None)>
                    <p>{move || (t.get().staff.remove_text)(&name)}</p>
                    <div class="dialog-actions">
                        <Button label=t.line(|t| t.own.cancel) name="remove-cancel" look=Look::Quiet press=move |()| desk.removing.set(None) />
                        <Button label=t.line(|t| t.staff.remove) name="remove-really" look=Look::Main press=move |()| desk.remove(id) />
                    </div>
                </Dialog>
            }
        })
    }
}

/// The role of an option's value.
pub(super) fn role_of(value: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| role_name(*role) == value)
}

/// The role's name in the option's value.
pub(super) const fn role_name(role: Role) -> &'static str {
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
