//! How a lead is worked: the stage, whose it is, the clocks that run; and sales' yes or no.

use super::name_in;
use crate::format;
use crate::text::{Text, words};
use domain::api::{ClockStanding, Lang, Pursued};
use domain::clock::Standing;
use domain::id::Ms;
use domain::stage::{Ladder, Rung, Verdict};
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
                {is_tried.then(|| view! {
                    <div><dt>{move || t.get().pursuit.attempts}</dt><dd>{move || (t.get().pursuit.tried)(attempts, least)}</dd></div>
                })}
                {pursued.clocks.iter().copied().map(|clock| view! { <ClockLine clock now /> }).collect_view()}
            </dl>
            {move || (waits && editable.get()).then(|| view! { <Answer ladder=ladder.clone() busy answer /> })}
        </section>
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
                <span class="badge" class:is-bad=is_over title=move || format::exact(t.lang(), clock.clock.due_at)>
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
        _ if now > due_at => (text.breached)(&format::exact(lang, due_at)),
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
