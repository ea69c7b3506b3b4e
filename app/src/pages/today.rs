//! What the day asks: promises that run, tasks, leads that got hot, those that were forgotten, and what is to be settled.

use super::failure::{FailureNotice, sentence};
use super::task_done::FinishDialog;
use crate::components::{
    Avatar, Badge, Button, EmptyState, Look, ScoreBar, Skeleton, Tab, Tabs, Tone, name_in,
};
use crate::format;
use crate::state::base::Base;
use crate::state::clock::Clock;
use crate::state::toasts::Toasts;
use crate::state::today::TodayState;
use crate::text::{Word, words};
use domain::api::{
    ClockRow, ForgottenRow, HotLead, Part, Role, SuggestionRow, TaskRow, TodayDetail,
};
use domain::clock::Kind;
use domain::id::Ms;
use domain::lead::LeadRow;
use domain::suggestion::Suggested;
use leptos::prelude::*;

/// What the screen has at hand.
#[derive(Clone, Copy)]
struct Held {
    today: TodayState,
    now: Signal<Ms>,
    editable: Signal<bool>,
    mql_score: Signal<Option<i32>>,
}

/// What the day asks.
#[component]
pub(super) fn TodayPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let toasts = expect_context::<Toasts>();
    let told = Callback::new(move |failed| toasts.failed(move |text| sentence(text, &failed)));
    let works = base.session.may(Role::Sdr);
    let held = Held {
        today: TodayState::new(base.session, toasts, told, !works),
        now: expect_context::<Clock>().signal(),
        editable: Signal::derive(move || base.session.may(Role::Sdr)),
        mql_score: base.mql_score(),
    };
    let today = held.today;
    today.load();
    // What others do changes the day too.
    base.live.hear(move |_| today.load_soon());
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", t.get().today.title, t.get().product))
    });
    let whose = vec![
        Tab {
            value: false,
            label: |t| t.today.mine,
            name: "today-mine",
        },
        Tab {
            value: true,
            label: |t| t.today.everyone,
            name: "today-everyone",
        },
    ];
    let shown = move || match today.detail.get() {
        None if today.failure.with(Option::is_some) => ().into_any(),
        None => view! { <Skeleton lines=8 /> }.into_any(),
        Some(detail) if is_quiet(&detail) => view! {
            <EmptyState title=t.line(|t| t.today.quiet) text=t.line(|t| t.today.quiet_text)>
                <a class="button" href="/leads">{move || t.get().leads}</a>
            </EmptyState>
        }
        .into_any(),
        Some(detail) => view! { <Day held detail /> }.into_any(),
    };
    view! {
        <div class="page-head">
            <h1>{move || t.get().today.title}</h1>
            <Tabs label=t.line(|t| t.today.title) tabs=whose chosen=today.everyone choose=move |everyone| today.look_at(everyone) />
        </div>
        {move || today.failure.get().map(|failure| view! { <FailureNotice failure again=move |()| today.load() /> })}
        {shown}
        {move || today.finishing.get().map(|row| {
            let done = row.clone();
            view! { <FinishDialog row save=move |finish| today.finish(&done, finish) close=move |()| today.finishing.set(None) /> }
        })}
    }
}

/// Whether nothing is asked.
fn is_quiet(detail: &TodayDetail) -> bool {
    let counts = [
        detail.breached.count,
        detail.running.count,
        detail.overdue.count,
        detail.due.count,
        detail.hot.count,
        detail.forgotten.count,
        detail.suggestions.count,
    ];
    counts.iter().all(|count| *count == 0)
}

#[component]
fn Day(held: Held, detail: TodayDetail) -> impl IntoView {
    let TodayDetail {
        breached,
        running,
        overdue,
        due,
        hot,
        forgotten,
        suggestions,
        ..
    } = detail;
    let promises = joined(breached, running);
    let tasks = joined(overdue, due);
    view! {
        <div class="today" data-test="today">
            <div class="today-side">
                <Section name="promises" title=|t| t.today.promises none=|t| t.today.promises_none part=promises row=move |row| view! { <Promise held row /> }.into_any() />
                <Section name="tasks" title=|t| t.today.tasks none=|t| t.today.tasks_none part=tasks row=move |row| view! { <TaskLine held row /> }.into_any() />
            </div>
            <div class="today-side">
                <Section name="hot" title=|t| t.today.hot none=|t| t.today.hot_none part=hot row=move |row| view! { <Hot held row /> }.into_any() />
                <Section name="forgotten" title=|t| t.today.forgotten none=|t| t.today.forgotten_none part=forgotten row=move |row| view! { <ForgottenLine held row /> }.into_any() />
                <Section name="suggestions" title=|t| t.today.suggestions none=|t| t.today.suggestions_none part=suggestions all="/suggestions" row=move |row| view! { <SuggestionLine held row /> }.into_any() />
            </div>
        </div>
    }
}

/// Two parts as one, the first before.
fn joined<T>(mut first: Part<T>, then: Part<T>) -> Part<T> {
    first.count = first.count.saturating_add(then.count);
    first.items.extend(then.items);
    first
}

#[component]
fn Section<T: Send + Sync + 'static>(
    name: &'static str,
    title: Word,
    none: Word,
    part: Part<T>,
    #[prop(optional)] all: Option<&'static str>,
    row: impl Fn(T) -> AnyView + Send + 'static,
) -> impl IntoView {
    let t = words();
    let Part { count, items } = part;
    let shown = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let more = count.saturating_sub(shown);
    view! {
        <section class="panel today-section" data-test=format!("today-{name}")>
            <header><h2>{move || title(t.get())}</h2><span class="count">{move || format::number(t.lang(), count)}</span>
                {all.filter(|_| count > 0).map(|href| view! { <a class="today-all" href=href data-test=format!("today-{name}-all")>{move || t.get().suggestions.see_all}</a> })}</header>
            {items.is_empty().then(|| view! { <p class="muted">{move || none(t.get())}</p> })}
            <ul class="today-list">{items.into_iter().map(row).collect_view()}</ul>
            {(more > 0).then(|| view! { <p class="muted">{move || (t.get().today.more)(more)}</p> })}
        </section>
    }
}

/// Who it is, and the way there.
#[component]
fn Whom(lead: LeadRow) -> impl IntoView {
    let company = lead.company.clone();
    view! {
        <a class="today-whom" href=format!("/leads/{}", lead.id) data-step="">
            <Avatar name=lead.label().to_owned() small=true />
            <span><b>{lead.label().to_owned()}</b>{company.map(|company| view! { <span class="muted">{company}</span> })}</span>
        </a>
    }
}

/// By when something is, and whether that is over.
#[component]
fn Due(at: Ms, now: Signal<Ms>) -> impl IntoView {
    let t = words();
    let over = move || now.get() > at;
    let text = move || {
        let just = t.get().just_now;
        if over() {
            (t.get().today.late)(&format::relative(t.lang(), at, now.get(), just))
        } else {
            (t.get().today.left)(&format::ahead(t.lang(), at, now.get(), just))
        }
    };
    let tone = Signal::derive(move || if over() { Tone::Bad } else { Tone::Calm });
    view! { <span class="today-due" title=move || format::moment(t.lang(), at)>{move || view! { <Badge tone=tone.get() text=Signal::derive(text) /> }}</span> }
}

#[component]
fn Promise(held: Held, row: ClockRow) -> impl IntoView {
    let t = words();
    let clock = row.clock.clock;
    let answers = clock.kind == Kind::Accepted;
    let lead = row.lead.clone();
    let accept = Callback::new(move |()| held.today.accept(&lead));
    view! {
        <li class="today-row" data-test="today-promise" data-kind=clock.kind.name()>
            <Whom lead=row.lead />
            <span class="today-what">{move || (t.get().pursuit.promise)(clock.kind)}</span>
            <Due at=clock.due_at now=held.now />
            <Show when=move || answers && held.editable.get()>
                <Button label=t.line(|t| t.pursuit.accept) name="accept" small=true press=accept key="a" />
            </Show>
        </li>
    }
}

#[component]
fn TaskLine(held: Held, row: TaskRow) -> impl IntoView {
    let t = words();
    let task = row.noted.task.clone();
    let (kind, why, text, due_at) = (task.kind, task.why, task.text, task.due_at);
    let lead = row.lead.clone();
    let finish = Callback::new(move |()| held.today.finishing.set(Some(row.clone())));
    let what = move || {
        let kind = (t.get().today.kind)(kind);
        let why = (t.get().today.why)(&why);
        if text.is_empty() {
            format!("{kind} · {why}")
        } else {
            format!("{kind} · {text}")
        }
    };
    view! {
        <li class="today-row" data-test="today-task">
            <Whom lead />
            <span class="today-what">{what}</span>
            <Due at=due_at now=held.now />
            <Show when=move || held.editable.get()>
                <Button label=t.line(|t| t.today.done) name="finish-task" small=true press=finish key="d" />
            </Show>
        </li>
    }
}

#[component]
fn Hot(held: Held, row: HotLead) -> impl IntoView {
    let t = words();
    let HotLead {
        lead,
        from,
        to,
        why,
    } = row;
    let why = move || {
        let names = why.iter().take(3).map(|rule| name_in(t.lang(), &rule.name));
        names.collect::<Vec<_>>().join(" · ")
    };
    let score = lead.score;
    view! {
        <li class="today-row is-hot" data-test="today-hot">
            <Whom lead />
            <span class="today-what">{why}</span>
            <span class="today-score"><span class="muted">{move || (t.get().today.rose)(from, to)}</span><ScoreBar score mql_score=held.mql_score /></span>
        </li>
    }
}

#[component]
fn ForgottenLine(held: Held, row: ForgottenRow) -> impl IntoView {
    let t = words();
    let ForgottenRow { lead, days, .. } = row;
    let planned = lead.clone();
    let plan = Callback::new(move |()| held.today.plan_call(&planned, held.now.get_untracked()));
    view! {
        <li class="today-row" data-test="today-forgotten">
            <Whom lead />
            <span class="today-what">{move || (t.get().today.silent_for)(days)}</span>
            <Show when=move || held.editable.get()>
                <Button label=t.line(|t| t.today.plan_call) name="plan-call" small=true press=plan key="c" />
            </Show>
        </li>
    }
}

#[component]
fn SuggestionLine(held: Held, row: SuggestionRow) -> impl IntoView {
    let t = words();
    let (id, what) = (row.id, row.suggestion.what);
    let label = move || match &what {
        Suggested::SamePerson(..) => t.get().today.same_person,
        Suggested::OwnKey(..) => t.get().today.own_key,
        Suggested::Member(..) => t.get().today.member,
    };
    let dismiss = Callback::new(move |()| held.today.dismiss(id));
    view! {
        <li class="today-row" data-test="today-suggestion">
            <span class="today-both">{row.leads.into_iter().map(|lead| view! { <Whom lead /> }).collect_view()}</span>
            <span class="today-what">{label}</span>
            <Show when=move || held.editable.get()>
                <Button label=t.line(|t| t.today.dismiss) name="dismiss" small=true look=Look::Quiet press=dismiss key="x" />
            </Show>
        </li>
    }
}
