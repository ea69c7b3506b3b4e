//! One lead: who, why that score, where from, and what happened.

use super::failure::FailureNotice;
use super::lead_form::{LeadForm, Whom};
use super::lead_pursuit::{Answering, LeadPursuit};
use super::suspects::Judge;
use crate::api::Failure;
use crate::components::{
    Button, EmptyState, Explanation, Glyph, Icon, Skeleton, TimelineView, TouchFacts,
    VerdictChoice, WhenText, tail,
};
use crate::state::base::Base;
use crate::state::clock::Clock;
use crate::state::profile::Profile;
use crate::text::words;
use domain::api::{ErrorCode, LeadDetail, Role};
use domain::id::{LeadId, Ms};
use domain::lead::Field;
use domain::verdict::Verdict;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// One lead, by the id in the path.
#[component]
pub(super) fn LeadPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params
            .with(|params| params.get("id"))
            .and_then(|id| id.parse::<LeadId>().ok())
    });
    move || match id.get() {
        Some(id) => view! { <Lead id /> }.into_any(),
        None => view! { <NoLead /> }.into_any(),
    }
}

#[component]
fn NoLead() -> impl IntoView {
    let t = words();
    view! {
        <EmptyState title=Signal::derive(move || t.get().no_such_lead.to_owned()) text=Signal::derive(move || t.get().no_such_lead_text.to_owned())>
            <a class="button" href="/leads">{move || t.get().to_leads}</a>
        </EmptyState>
    }
}

#[component]
fn Lead(id: LeadId) -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let now = expect_context::<Clock>().signal();
    let profile = Profile::open(id, base);
    let editing = RwSignal::new(false);
    let answering = Answering::new(base.session, move |()| profile.read());
    let known = Memo::new(move |_| profile.detail.with(Option::is_some));
    let missing = Memo::new(move |_| {
        !known.get()
            && profile
                .failure
                .with(|failure| failure.as_ref().and_then(Failure::code))
                == Some(ErrorCode::NotFound)
    });
    Effect::new(move |_| {
        let name = profile.detail.with(|detail| {
            let detail = detail.as_ref();
            detail.map(|detail| detail.row.label().to_owned())
        });
        document().set_title(&format!(
            "{} · {}",
            name.unwrap_or_else(|| t.get().lead.to_owned()),
            t.get().product
        ));
    });
    // Back is to the list as it was left.
    let back = move || format!("/leads{}", base.leads.query());
    let form = move || {
        let detail = editing.get().then(|| profile.detail.get_untracked());
        detail.flatten().map(|detail| {
            let whom = Whom::Known(Box::new(detail));
            let done = move |_| {
                editing.set(false);
                profile.read();
            };
            view! { <LeadForm session=base.session whom done close=move |()| editing.set(false) /> }
        })
    };
    view! {
        <nav class="crumbs"><a href=back data-test="back"><Icon glyph=Glyph::Back />{move || t.get().leads}</a></nav>
        {move || profile.failure.get().filter(|_| !missing.get()).map(|failure| view! { <FailureNotice failure again=move |()| profile.read() /> })}
        {form}
        <Show when=move || !missing.get() fallback=|| view! { <NoLead /> }>
            <div class="lead" data-test="lead" data-id=id.to_string()>
                <div class="lead-top">
                    {move || match profile.detail.get() {
                        Some(detail) => view! { <Head detail now editing /> }.into_any(),
                        None => view! { <Skeleton lines=2 /> }.into_any(),
                    }}
                </div>
                <aside class="lead-side">
                    {move || match profile.detail.get() {
                        Some(detail) => view! { <Side detail now answering /> }.into_any(),
                        None => view! { <Skeleton lines=6 /> }.into_any(),
                    }}
                </aside>
                <section class="lead-story panel">
                    <h2>{move || t.get().timeline}</h2>
                    <Story profile now />
                </section>
            </div>
        </Show>
    }
}

#[component]
fn Head(detail: LeadDetail, now: Signal<Ms>, editing: RwSignal<bool>) -> impl IntoView {
    let t = words();
    let session = expect_context::<Base>().session;
    let row = detail.row;
    let title = row.label().to_owned();
    let place = [row.title.clone(), row.company.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let browsers = detail.visitors.len();
    let (sessions, touches) = (detail.sessions, detail.touches);
    let device = detail.device;
    view! {
        <div class="lead-title">
            <h1 data-test="lead-name">{title}</h1>
            {move || session.may(Role::Sdr).then(|| view! { <Button label=t.line(|t| t.frame.edit) name="lead-edit" small=true key="e" press=move |()| editing.set(true) /> })}
        </div>
        <p class="lead-place">
            {(!place.is_empty()).then(|| view! { <span>{place}</span> })}
            {row.email.map(|email| {
                let mail = format!("mailto:{email}");
                view! { <a href=mail data-test="lead-email">{email}</a> }
            })}
        </p>
        <dl class="lead-figures">
            <div><dt>{move || t.get().last_activity}</dt><dd><WhenText at=row.last_at now /></dd></div>
            <div><dt>{move || t.get().created}</dt><dd><WhenText at=row.created_at now as_day=true /></dd></div>
            <div><dt>{move || t.get().sessions}</dt><dd data-test="lead-sessions">{sessions}</dd></div>
            <div><dt>{move || t.get().touches}</dt><dd>{touches}</dd></div>
            <div><dt>{move || t.get().browsers}</dt><dd>{browsers}</dd></div>
            {device.map(|device| view! {
                <div><dt>{move || t.get().last_device}</dt><dd data-test="lead-device">{move || (t.get().device)(device)}</dd></div>
            })}
        </dl>
    }
}

#[component]
fn Side(detail: LeadDetail, now: Signal<Ms>, answering: Answering) -> impl IntoView {
    let t = words();
    let email = detail.row.email.clone();
    let texts = Field::ALL
        .into_iter()
        .filter_map(|field| Some((field, detail.text(field)?.to_owned())));
    let fields: Vec<(Field, String)> = texts.collect();
    let one_touch = detail.first_touch.as_ref().map(|touch| touch.event)
        == detail.last_touch.as_ref().map(|touch| touch.event);
    let last_touch = detail.last_touch.filter(|_| !one_touch);
    let version = detail.rules;
    let verdicts = detail.verdicts;
    let browsers = detail
        .visitors
        .into_iter()
        .map(|id| (id, verdicts.get(&id).copied().unwrap_or_default()));
    let browsers: Vec<_> = browsers.collect();
    let judge = Judge::new(expect_context::<Base>().session, |()| ());
    view! {
        {detail.pursuit.map(|pursued| view! { <LeadPursuit pursued now answering /> })}
        <div class="panel"><Explanation score=detail.score rulebook=detail.rulebook version /></div>
        <section class="panel" data-test="lead-fields">
            <h2>{move || t.get().known_fields}</h2>
            <dl class="facts">
                {fields.into_iter().map(|(field, value)| view! {
                    <div><dt>{move || (t.get().field)(field)}</dt><dd title=value.clone()>{value.clone()}</dd></div>
                }).collect_view()}
                {email.map(|email| view! {
                    <div><dt>{move || t.get().email}</dt><dd title=email.clone()>{email.clone()}</dd></div>
                })}
            </dl>
        </section>
        <section class="panel">
            <h2>{move || t.get().sources}</h2>
            {match detail.first_touch {
                Some(touch) => view! { <TouchFacts title=Signal::derive(move || if one_touch { t.get().only_touch } else { t.get().first_touch }) touch now /> }.into_any(),
                None => view! { <p class="muted">{move || t.get().no_touch}</p> }.into_any(),
            }}
            {last_touch.map(|touch| view! { <TouchFacts title=Signal::derive(move || t.get().last_touch) touch now /> })}
        </section>
        <section class="panel" data-test="lead-browsers">
            <h2>{move || t.get().browsers}</h2>
            {judge.view()}
            <ul class="lead-browsers">
                {browsers.into_iter().map(|(id, verdict)| view! {
                    <li><code title=id.to_string()>{tail(&id.to_string())}</code>
                        <VerdictChoice verdict otherwise=Verdict::Bot editable=judge.editable() choose=move |verdict| judge.ask(id, verdict) /></li>
                }).collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn Story(profile: Profile, now: Signal<Ms>) -> impl IntoView {
    let t = words();
    let has_next = move || profile.next.with(|next| matches!(next, Some(Some(_))));
    let state = Memo::new(move |_| {
        (
            profile.items.with(Vec::is_empty),
            profile.next.with(Option::is_none),
        )
    });
    view! {
        {move || match state.get() {
            (true, true) => view! { <Skeleton lines=6 /> }.into_any(),
            (true, false) => view! { <p class="muted">{move || t.get().nothing_happened}</p> }.into_any(),
            (false, _) => view! { <TimelineView items=profile.items sessions=profile.sessions points=profile.points() reached=profile.reached now /> }.into_any(),
        }}
        {move || has_next().then(|| view! {
            <button type="button" class="button" disabled=profile.busy on:click=move |_| profile.more() data-test="timeline-more">{move || t.get().load_earlier}</button>
        })}
    }
}
