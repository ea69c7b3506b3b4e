//! One lead: who, why that score, how it is worked, and what happened; as it is, or as it was.

use super::address;
use super::failure::{FailureNotice, sentence};
use super::lead_conflict::Contested;
use super::lead_form::{LeadForm, Whom};
use super::lead_head::{AsOf, Head};
use super::lead_merge::MergeDialog;
use super::lead_pursuit::{Answering, Moved, Moving};
use super::lead_side::Side;
use super::lead_story::Story;
use super::lead_tasks::TasksPanel;
use crate::api::Failure;
use crate::components::{EmptyState, Glyph, Icon, Naming, Notice, Skeleton, Tone};
use crate::format;
use crate::state::base::Base;
use crate::state::board::Asked;
use crate::state::clock::Clock;
use crate::state::lead_desk::LeadDesk;
use crate::state::lead_tasks::LeadTasks;
use crate::state::lead_terms::LeadTerms;
use crate::state::profile::Profile;
use crate::state::talks::Talks;
use crate::state::toasts::Toasts;
use crate::text::words;
use domain::api::{ErrorCode, Pursued, Role, What};
use domain::id::{LeadId, Ms};
use domain::profile::{read_date, show_date};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// What the screen has at hand.
#[derive(Clone, Copy)]
pub(super) struct Held {
    /// The lead.
    pub(super) profile: Profile,
    /// What is done with it.
    pub(super) desk: LeadDesk,
    /// What is written down of it.
    pub(super) talks: Talks,
    /// What is to be done with it.
    pub(super) tasks: LeadTasks,
    /// What things are called.
    pub(super) terms: LeadTerms,
    /// The same, for what shows them.
    pub(super) naming: Naming,
    /// Sales' answer on its way.
    pub(super) answering: Answering,
    /// What time it is.
    pub(super) now: Signal<Ms>,
    /// Whether it may be changed: by a member who may, and not while the past is looked at.
    pub(super) editable: Signal<bool>,
    /// Whether its few fields are being edited over the page.
    pub(super) editing: RwSignal<bool>,
    /// Whether it is being merged.
    pub(super) merging: RwSignal<bool>,
    /// The move that waits for a word.
    pub(super) moving: RwSignal<Option<(Asked, Pursued)>>,
}

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

/// The end of a day of the browser's calendar, as the address has it.
pub(super) fn read_day(text: &str) -> Option<Ms> {
    let day = read_date(text, None).ok()?;
    let next = format::local_begin(day.checked_add(1)?);
    next.checked_sub(1)
}

fn write_day(at: Ms) -> Option<String> {
    i32::try_from(format::local_day(at)).ok().map(show_date)
}

/// How the address names a part of the history.
const SHOWN: [(What, &str); 3] = [
    (What::Behaviour, "behaviour"),
    (What::Conversations, "conversations"),
    (What::Changes, "changes"),
];

/// Opens the lead, and keeps what is looked at and the address the same.
fn hold(id: LeadId) -> Held {
    let t = words();
    let base = expect_context::<Base>();
    let toasts = expect_context::<Toasts>();
    let told = Callback::new(move |failed: Failure| {
        toasts.failed(move |text| match &failed {
            Failure::Refused(ErrorCode::Conflict, _) => text.pursuit.changed_meanwhile.to_owned(),
            Failure::Field(error) => (text.profile.why)(&error.code).to_owned(),
            failed => sentence(text, failed),
        });
    });
    let profile = Profile::open(id, None, What::All, base);
    address::keep(
        "as_of",
        move || profile.as_of.get(),
        move |at| profile.look_at(at),
        |at| at.and_then(write_day),
        |text| Some(read_day(text)),
    );
    address::keep(
        "show",
        move || profile.what.get(),
        move |what| profile.show(what),
        |what| {
            let mut all = SHOWN.into_iter();
            all.find(|(one, _)| one == what)
                .map(|(_, name)| name.to_owned())
        },
        |text| {
            let mut all = SHOWN.into_iter();
            all.find(|(_, name)| *name == text).map(|(what, _)| what)
        },
    );
    let terms = LeadTerms::read(base.session);
    let naming = Naming {
        ladder: terms.ladder.into(),
        members: terms.members.into(),
        schema: terms.schema.into(),
        segments: terms.segments.into(),
    };
    let editable =
        Signal::derive(move || base.session.may(Role::Sdr) && profile.as_of.with(Option::is_none));
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
    Held {
        profile,
        desk: LeadDesk::new(profile, base.session, toasts, told),
        talks: Talks::new(profile, base.session, toasts, told),
        tasks: LeadTasks::open(profile, base.session, toasts, told),
        terms,
        naming,
        answering: Answering::new(base.session, move |()| profile.read()),
        now: expect_context::<Clock>().signal(),
        editable,
        editing: RwSignal::new(false),
        merging: RwSignal::new(false),
        moving: RwSignal::new(None),
    }
}

#[component]
fn Lead(id: LeadId) -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let held = hold(id);
    let profile = held.profile;
    let known = Memo::new(move |_| profile.detail.with(Option::is_some));
    let missing = Memo::new(move |_| {
        let code = profile
            .failure
            .with(|failure| failure.as_ref().and_then(Failure::code));
        code == Some(ErrorCode::NotFound) && (!known.get() || profile.as_of.with(Option::is_some))
    });
    // Back is to the list as it was left.
    let back = move || format!("/leads{}", base.leads.query());
    let body = move || {
        if !missing.get() {
            return view! { <Whole held id /> }.into_any();
        }
        match profile.as_of.with(Option::is_some) {
            true => view! { <EmptyState title=t.line(|t| t.profile.not_yet_known) text=t.line(|t| t.profile.not_yet_known_text) /> }.into_any(),
            false => view! { <NoLead /> }.into_any(),
        }
    };
    view! {
        <nav class="crumbs"><a href=back data-test="back"><Icon glyph=Glyph::Back />{move || t.get().leads}</a></nav>
        {move || profile.failure.get().filter(|_| !missing.get()).map(|failure| view! { <FailureNotice failure again=move |()| profile.read() /> })}
        <Past held />
        {body}
        <Over held />
    }
}

/// Says that this is the past, and the way back from it.
#[component]
fn Past(held: Held) -> impl IntoView {
    let t = words();
    let profile = held.profile;
    move || {
        profile.as_of.get().map(|at| {
            let day = move || format::day(t.lang(), at, held.now.get_untracked());
            view! {
                <div class="lead-past" data-test="past">
                    <Notice tone=Tone::Care text=Signal::derive(move || (t.get().profile.past)(&day()))>
                        <AsOf held />
                        <button type="button" class="button is-small" on:click=move |_| profile.look_at(None) data-test="to-now">{move || t.get().profile.to_now}</button>
                    </Notice>
                </div>
            }
        })
    }
}

#[component]
fn Whole(held: Held, id: LeadId) -> impl IntoView {
    let t = words();
    let profile = held.profile;
    view! {
        <div class="lead" data-test="lead" data-id=id.to_string()>
            <div class="lead-top">
                {move || match profile.detail.get() {
                    Some(detail) => view! { <Head detail held /> }.into_any(),
                    None => view! { <Skeleton lines=2 /> }.into_any(),
                }}
            </div>
            <aside class="lead-side"><Side held /></aside>
            <div class="lead-main">
                <TasksPanel held />
                <section class="lead-story panel">
                    <h2>{move || t.get().timeline}</h2>
                    <Story held />
                </section>
            </div>
        </div>
    }
}

/// What lies over the page while something is decided.
#[component]
fn Over(held: Held) -> impl IntoView {
    let (profile, desk) = (held.profile, held.desk);
    let form = move || {
        let detail = held.editing.get().then(|| profile.detail.get_untracked());
        detail.flatten().map(|detail| {
            let whom = Whom::Known(Box::new((detail, desk)));
            let done = move |_| {
                held.editing.set(false);
                profile.read();
            };
            view! { <LeadForm session=desk.session whom done close=move |()| held.editing.set(false) /> }
        })
    };
    view! {
        {form}
        <Contested held />
        <Moving held />
        <Moved held />
        {move || held.merging.get().then(|| view! { <MergeDialog held /> })}
    }
}
