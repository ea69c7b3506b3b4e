//! How a lead is worked: the stage with its steps, whose it is, the clocks that run; sales' yes or no, and the way to other stages.

use super::{DateField, Menu, name_in};
use crate::format;
use crate::text::{Text, words};
use domain::api::{ClockStanding, Lang, Pursued};
use domain::clock::Standing;
use domain::id::Ms;
use domain::rulebook::Name;
use domain::stage::{Cause, Ladder, ReasonFor, Rung, Verdict};
use leptos::prelude::*;

/// How a lead is worked.
#[component]
pub(crate) fn PursuitCard(
    /// How it is.
    pursued: Pursued,
    /// The stages that there are.
    ladder: Ladder,
    /// What time it is.
    #[prop(into)]
    now: Signal<Ms>,
    /// Whether the member may answer.
    #[prop(into)]
    editable: Signal<bool>,
    /// Whether an answer is on its way.
    #[prop(into)]
    busy: Signal<bool>,
    /// Sales' answer.
    #[prop(into)]
    answer: Callback<Verdict>,
    /// A step was done, or was not after all, with the date that goes with it.
    #[prop(into)]
    step: Callback<(String, bool, Option<i32>)>,
    /// It is to go into another stage.
    #[prop(into)]
    move_to: Callback<String>,
) -> impl IntoView {
    let t = words();
    let stage = pursued.stage.as_deref().and_then(|id| ladder.stage(id));
    let stage = stage.map(|stage| stage.name.clone());
    let days = pursued.days;
    let owner = pursued
        .owner
        .map(|owner| pursued.names.get(&owner.user).cloned());
    let (attempts, least) = (pursued.attempts, pursued.attempts_min);
    let waits = pursued.rung == Some(Rung::Mql);
    let is_tried = waits || pursued.rung == Some(Rung::Sql);
    let reason = pursued
        .journey
        .moves
        .last()
        .and_then(|last| match &last.cause {
            Cause::Hand { reason, .. } => reason.clone(),
            Cause::Verdict {
                verdict: Verdict::Rejected(reason),
                ..
            } => Some(reason.clone()),
            _ => None,
        });
    let reason = reason.and_then(|id| reason_of(&ladder, &id));
    let (own, stages) = (pursued.stage.clone(), ladder.clone());
    let ways = Signal::derive(move || {
        let others = stages.stages.iter();
        let others = others.filter(|stage| !stage.retired && Some(&stage.id) != own.as_ref());
        others
            .map(|stage| (stage.id.clone(), name_in(t.lang(), &stage.name)))
            .collect::<Vec<_>>()
    });
    let (steps_of, listed) = (pursued.clone(), ladder.clone());
    view! {
        <section class="panel pursuit-card" data-test="pursuit">
            <h2>{move || t.get().pursuit.title}</h2>
            <dl class="facts">
                <div><dt>{move || t.get().pursuit.stage}</dt><dd data-test="pursuit-stage" data-stage=pursued.stage.clone()>
                    {move || stage.as_ref().map_or_else(|| t.get().pursuit.no_stage.to_owned(), |name| name_in(t.lang(), name))}
                    {days.map(|days| view! { <span class="muted">{move || (t.get().pursuit.for_days)(days)}</span> })}
                </dd></div>
                <div><dt>{move || t.get().pursuit.owner}</dt><dd data-test="pursuit-owner">{move || match &owner {
                    None => t.get().pursuit.nobody.to_owned(),
                    Some(name) => name.clone().unwrap_or_else(|| t.get().pursuit.somebody.to_owned()),
                }}</dd></div>
                {reason.map(|reason| view! {
                    <div><dt>{move || t.get().board.reason}</dt><dd>{move || name_in(t.lang(), &reason)}</dd></div>
                })}
                {is_tried.then(|| view! {
                    <div><dt>{move || t.get().pursuit.attempts}</dt><dd>{move || (t.get().pursuit.tried)(attempts, least)}</dd></div>
                })}
                {pursued.clocks.iter().copied().map(|clock| view! { <ClockLine clock now /> }).collect_view()}
            </dl>
            <StepList pursued=steps_of ladder=listed editable step />
            {move || (waits && editable.get()).then(|| view! { <Answer ladder=ladder.clone() busy answer /> })}
            {move || editable.get().then(|| view! { <div class="pursuit-move"><Menu label=t.line(|t| t.board.choose_stage) name="pursuit-move" items=ways choose=move_to /></div> })}
        </section>
    }
}

/// What a reason is called, whichever list it is of.
fn reason_of(ladder: &Ladder, id: &str) -> Option<Name> {
    let lists = ReasonFor::ALL.into_iter().map(|of| ladder.reasons(of));
    let found = lists.flatten().find(|reason| reason.id == id);
    found.map(|reason| reason.name.clone())
}

/// What is to be done in the stage before it goes further, and what of it was.
#[component]
fn StepList(
    pursued: Pursued,
    ladder: Ladder,
    editable: Signal<bool>,
    step: Callback<(String, bool, Option<i32>)>,
) -> impl IntoView {
    let t = words();
    let stage = pursued.stage.as_deref().and_then(|id| ladder.stage(id));
    let steps = stage.map(|stage| stage.steps.clone()).unwrap_or_default();
    let none = steps.is_empty();
    let lines = steps.into_iter().map(|one| {
        let done = pursued.journey.done.get(&one.id).cloned();
        let (is_done, date) = (done.is_some(), done.and_then(|done| done.date));
        // A step with a date waits for it before it is told.
        let asks = RwSignal::new(false);
        let (id, own, dated) = (one.id.clone(), one.id.clone(), one.dated);
        let check = move |checked: bool| match checked && dated {
            true => asks.set(true),
            false => {
                asks.set(false);
                step.run((id.clone(), checked, None));
            }
        };
        let set_day = move |day: Option<i32>| {
            if day.is_some() {
                step.run((own.clone(), true, day));
            }
        };
        let name = one.name;
        view! {
            <li class="pursuit-step" data-test="pursuit-step" data-step-id=one.id.clone() data-done=is_done.to_string()>
                <label class="toggle"><input type="checkbox" prop:checked=is_done disabled=move || !editable.get() on:change:target=move |event| check(event.target().checked()) />
                    <span class="toggle-label">{move || name_in(t.lang(), &name)}{one.required.then(|| view! { <span class="badge is-care">{move || t.get().profile.required}</span> })}</span></label>
                {move || (dated && (is_done || asks.get())).then(|| view! {
                    <DateField label=t.line(|t| t.board.date) name="pursuit-step-date" day=Signal::stored(date) choose=set_day.clone() />
                })}
            </li>
        }
    });
    let lines = lines.collect_view();
    view! {
        {(!none).then(|| view! {
            <h3 class="pursuit-steps-title">{move || t.get().profile.steps}</h3>
            <ul class="pursuit-steps">{lines}</ul>
        })}
    }
}

/// What is promised, and how that stands.
#[component]
fn ClockLine(clock: ClockStanding, now: Signal<Ms>) -> impl IntoView {
    let t = words();
    let is_over = move || clock.clock.met_at.is_none() && now.get() > clock.clock.due_at;
    view! {
        <div><dt>{move || (t.get().pursuit.promise)(clock.clock.kind)}</dt>
            <dd data-test="pursuit-clock" data-kind=clock.clock.kind.name()>
                <span class="badge" class:is-bad=is_over title=move || format::moment(t.lang(), clock.clock.due_at)>
                    {move || standing(t.get(), t.lang(), &clock, now.get())}
                </span>
            </dd></div>
    }
}

/// How a clock stands, in words.
fn standing(text: &Text, lang: Lang, clock: &ClockStanding, now: Ms) -> String {
    let (text, due_at) = (text.pursuit, clock.clock.due_at);
    match clock.standing {
        Standing::Met(_) => text.met.to_owned(),
        Standing::MetLate(_) => text.met_late.to_owned(),
        _ if now > due_at => (text.breached)(&format::moment(lang, due_at)),
        _ => (text.due)(&format::ahead(lang, due_at, now, text.a_moment)),
    }
}

/// Yes, or no with a reason.
#[component]
fn Answer(ladder: Ladder, busy: Signal<bool>, answer: Callback<Verdict>) -> impl IntoView {
    let t = words();
    let asks = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let reasons: Vec<_> = ladder
        .reject_reasons
        .into_iter()
        .filter(|reason| !reason.retired)
        .collect();
    let options = move || {
        let all = reasons.iter().map(|one| {
            let name = name_in(t.lang(), &one.name);
            view! { <option value=one.id.clone()>{name}</option> }
        });
        all.collect_view()
    };
    let reject = move |_| answer.run(Verdict::Rejected(reason.get_untracked()));
    view! {
        <div class="pursuit-answer" class:is-hidden=move || asks.get()>
            <button type="button" class="button is-main" disabled=busy data-test="pursuit-accept" on:click=move |_| answer.run(Verdict::Accepted)>{move || t.get().pursuit.accept}</button>
            <button type="button" class="button" disabled=busy data-test="pursuit-reject" on:click=move |_| asks.set(true)>{move || t.get().pursuit.reject}</button>
        </div>
        <div class="pursuit-reasons" class:is-hidden=move || !asks.get()>
            <label class="field"><span class="field-label">{move || t.get().pursuit.reason}</span>
                <select class="input" data-test="pursuit-reason" prop:value=reason on:change:target=move |event| reason.set(event.target().value())>
                    <option value="">{move || t.get().pursuit.choose_reason}</option>
                    {options}
                </select>
            </label>
            <div class="pursuit-answer">
                <button type="button" class="button is-main" disabled=move || busy.get() || reason.with(String::is_empty) data-test="pursuit-reject-now" on:click=reject>{move || t.get().pursuit.reject_now}</button>
                <button type="button" class="button is-quiet" on:click=move |_| asks.set(false)>{move || t.get().pursuit.cancel}</button>
            </div>
        </div>
    }
}
