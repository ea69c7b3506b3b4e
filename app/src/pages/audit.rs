//! The audit log: who changed what, and when. What is chosen stands in the address.

use super::address::part;
use super::failure::FailureNotice;
use super::settings::SectionHead;
use crate::api::Failure;
use crate::components::{Avatar, EmptyState, Notice, Skeleton, Table, Tone};
use crate::format;
use crate::state::clock::Clock;
use crate::state::session::Session;
use crate::text::words;
use domain::api::{Area, Audit, AuditPage as Page, Done, ErrorCode, Member, Members, Role};
use domain::id::UserId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the page knows.
#[derive(Clone, Copy)]
struct Log {
    session: Session,
    items: RwSignal<Vec<Done>>,
    next: RwSignal<Option<String>>,
    state: RwSignal<Option<Result<(), Failure>>>,
    turn: StoredValue<u32>,
}

impl Log {
    /// Reads a page: the first anew, a later one below what is shown.
    fn read(self, call: Audit) {
        let turn = self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        });
        let begins = call.cursor.is_none();
        if begins {
            self.items.set(Vec::new());
        }
        self.state.set(None);
        spawn_local(async move {
            let reply = self.session.call(&call).await;
            if self.turn.try_get_value() != turn {
                return;
            }
            let state = reply.map(|Page { items, next }| {
                self.items.try_update(|shown| shown.extend(items));
                let _ = self.next.try_set(next);
            });
            let _ = self.state.try_set(Some(state));
        });
    }
}

/// The audit log.
#[component]
pub(super) fn AuditPage() -> impl IntoView {
    let t = words();
    let session = expect_context::<Session>();
    let owner = untrack(|| session.may(Role::Owner));
    view! {
        <SectionHead title=|t| t.own.log note=|t| t.records.log_note />
        {match owner {
            true => view! { <LogPanel session /> }.into_any(),
            false => view! { <Notice tone=Tone::Care text=Signal::derive(move || (t.get().error)(ErrorCode::Forbidden).to_owned()) /> }.into_any(),
        }}
    }
}

#[component]
fn LogPanel(session: Session) -> impl IntoView {
    let t = words();
    let log = Log {
        session,
        items: RwSignal::new(Vec::new()),
        next: RwSignal::new(None),
        state: RwSignal::new(None),
        turn: StoredValue::new(0),
    };
    let (area, say_area) = part("area");
    let (actor, say_actor) = part("who");
    let members = RwSignal::new(Vec::<Member>::new());
    spawn_local(async move {
        if let Ok(all) = session.call(&Members {}).await {
            let _ = members.try_set(all);
        }
    });
    let asked = move |cursor: Option<String>| Audit {
        actor: actor.get().and_then(|id| id.parse().ok()),
        area: area.get().and_then(|name| area_of(&name)),
        cursor,
        limit: None,
    };
    Effect::new(move |_| log.read(asked(None)));
    let again = move |()| log.read(untrack(|| asked(log.next.get())));
    let some = |value: String| Some(value).filter(|value| !value.is_empty());
    let rows = move || {
        let items = log.items.get().into_iter();
        items
            .map(|done| view! { <DoneRow done members /> })
            .collect_view()
    };
    let is_empty = move || log.items.with(Vec::is_empty);
    view! {
        <div class="audit-filters">
            <select class="input" aria-label=move || t.get().records.what data-test="audit-area" prop:value=move || area.get().unwrap_or_default()
                on:change:target=move |event| say_area.set(some(event.target().value()))>
                <option value="">{move || t.get().records.area_all}</option>
                {Area::ALL.map(|option| view! {
                    <option value=option.name() selected=move || area.get().as_deref() == Some(option.name())>{move || (t.get().records.area)(option)}</option>
                })}
            </select>
            <select class="input" aria-label=move || t.get().records.who data-test="audit-who" prop:value=move || actor.get().unwrap_or_default()
                on:change:target=move |event| say_actor.set(some(event.target().value()))>
                <option value="">{move || t.get().records.actor_all}</option>
                {move || members.get().into_iter().map(|member| {
                    let id = member.id.to_string();
                    let own = id.clone();
                    view! { <option value=id selected=move || actor.get().as_ref() == Some(&own)>{member.name}</option> }
                }).collect_view()}
            </select>
        </div>
        {move || match (log.state.get(), is_empty()) {
            (None, true) => view! { <Skeleton lines=6 /> }.into_any(),
            (Some(Err(failure)), true) => view! { <FailureNotice failure again=again /> }.into_any(),
            (Some(Ok(())), true) => view! { <EmptyState title=t.line(|t| t.records.nothing_done) text=t.line(|t| t.records.nothing_done_text) /> }.into_any(),
            (_, false) => view! {
                <Table class="audit-table" head=move || view! {
                    <th scope="col" class="audit-table-when">{move || t.get().records.when}</th>
                    <th scope="col" class="audit-table-who">{move || t.get().records.who}</th>
                    <th scope="col">{move || t.get().records.what}</th>
                }>{rows}</Table>
            }.into_any(),
        }}
        <div class="list-foot">
            {move || match (log.state.get(), is_empty()) {
                (Some(Err(failure)), false) => view! { <FailureNotice failure again=again /> }.into_any(),
                (Some(Ok(())), false) if log.next.with(Option::is_some) => view! {
                    <button type="button" class="button is-small" on:click=move |_| again(()) data-test="audit-more">{move || t.get().records.more}</button>
                }.into_any(),
                (Some(Ok(())), false) => view! { <span>{move || t.get().records.all_shown}</span> }.into_any(),
                _ => ().into_any(),
            }}
        </div>
        <p class="muted audit-covers">{move || t.get().records.log_covers}</p>
    }
}

#[component]
fn DoneRow(done: Done, members: RwSignal<Vec<Member>>) -> impl IntoView {
    let t = words();
    let clock = expect_context::<Clock>();
    let Done {
        at,
        actor,
        by,
        deed,
        about,
        role,
        version,
    } = done;
    let named = move || name_of(members, actor, &by);
    let who = Memo::new(move |_| named().unwrap_or_else(|| t.get().records.product.to_owned()));
    let more = move || {
        let text = t.get();
        let mut parts: Vec<String> = Vec::new();
        parts.extend(Some(about.clone()).filter(|about| !about.is_empty()));
        parts.extend(role.map(|role| (text.records.as_role)((text.role)(role))));
        parts.extend(version.map(text.records.version));
        parts.join(" · ")
    };
    view! {
        <tr class="row" data-test="audit-row" data-deed=deed.name()>
            <td class="audit-table-when" title=move || format::exact(t.lang(), at)>
                {move || format::relative(t.lang(), at, clock.signal().get(), t.get().just_now)}
            </td>
            <td class="audit-table-who"><span class="audit-who">{move || view! { <Avatar name=who.get() small=true /> }}<span>{who}</span></span></td>
            <td><b>{move || (t.get().records.deed)(deed)}</b><span class="audit-more">{more}</span></td>
        </tr>
    }
}

/// Who did something: the member as it is called now, else as it was called then; none, the product did it.
fn name_of(members: RwSignal<Vec<Member>>, actor: Option<UserId>, by: &str) -> Option<String> {
    let known = members.with(|all| {
        let found = all.iter().find(|member| Some(member.id) == actor);
        found.map(|member| member.name.clone())
    });
    known.or_else(|| Some(by.to_owned()).filter(|by| !by.is_empty()))
}

fn area_of(name: &str) -> Option<Area> {
    Area::ALL.into_iter().find(|area| area.name() == name)
}
