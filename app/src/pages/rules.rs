//! The rules: edited as a draft, tried out on the real history while one types, then published.

use super::address;
use super::failure::FailureNotice;
use super::rules_events::Events;
use super::rules_fit::Fit;
use super::rules_limits::Limits;
use super::rules_publish::{Choice, PublishBar};
use super::rules_trial::WhatIf;
use super::rules_versions::Versions;
use super::scoring::ScoringTabs;
use super::segment::choices_of;
use crate::components::{
    Change, Choices, Glyph, Icon, Notice, Offer, RuleCard, Skeleton, Tab, Tabs, Tone, name_in,
};
use crate::format;
use crate::state::base::Base;
use crate::state::clock::Clock;
use crate::state::desk::{Desk, Slot};
use crate::state::rules_form::{RuleForm, Why};
use crate::state::terms::TermsState;
use crate::text::words;
use domain::api::{Published, ReadDefinition, Role};
use domain::wire::Kind;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Held {
    /// What every page shares.
    pub(super) base: Base,
    /// The draft.
    pub(super) desk: Desk,
    /// What conditions may name.
    pub(super) terms: TermsState,
    /// The same, as the editors offer it.
    pub(super) choices: Choices,
    /// Whether the member may change the rules.
    pub(super) editable: Signal<bool>,
}

/// The parts of a rulebook, each on a side of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    /// The rules and the line.
    #[default]
    Points,
    /// Groups with their caps, and silence.
    Limits,
    /// Grades, the matrix, who is left out.
    Fit,
    /// Key events and segments of browsers.
    Events,
    /// What was published.
    Versions,
}

impl Part {
    const ALL: [Part; 5] = [
        Part::Points,
        Part::Limits,
        Part::Fit,
        Part::Events,
        Part::Versions,
    ];

    const fn name(self) -> &'static str {
        match self {
            Part::Points => "points",
            Part::Limits => "limits",
            Part::Fit => "fit",
            Part::Events => "events",
            Part::Versions => "versions",
        }
    }

    fn named(name: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.name() == name)
    }
}

/// The rules.
#[component]
pub(super) fn RulesPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", t.get().scoring.title, t.get().product))
    });
    // The desk is laid out once; what is published later reaches it as a change.
    let first = Memo::new(move |_| base.published.with(Option::is_some));
    move || {
        match (first.get(), base.session.member()) {
        (true, Some(member)) => {
            let published = base.published.get_untracked();
            published.map(|published| {
                let desk = Desk::open(base, &published, member.workspace);
                view! { <RulesDesk base desk /> }
            })
            .into_any()
        }
        _ => view! {
            <div class="page-head"><h1>{move || t.get().scoring.title}</h1></div>
            <ScoringTabs />
            {move || match base.published_failure.get() {
                Some(failure) => view! { <FailureNotice failure again=move |()| base.read_rules() /> }.into_any(),
                None => view! { <Skeleton lines=8 /> }.into_any(),
            }}
        }
        .into_any(),
    }
    }
}

#[component]
fn RulesDesk(base: Base, desk: Desk) -> impl IntoView {
    let t = words();
    base.trial.open();
    let terms = TermsState::read(base.session);
    let editable = Signal::derive(move || base.session.may(Role::Marketer));
    let held = Held {
        base,
        desk,
        terms,
        choices: choices_of(terms),
        editable,
    };
    begin_asked_rule(desk, editable);
    let part = RwSignal::new(Part::default());
    address::keep(
        "part",
        move || part.get(),
        move |chosen| part.set(chosen),
        |part| (*part != Part::default()).then(|| part.name().to_owned()),
        Part::named,
    );
    let tab = |value, label, name| Tab { value, label, name };
    let tabs = vec![
        tab(Part::Points, |t| t.scoring.points_tab, "part-points"),
        tab(Part::Limits, |t| t.scoring.limits_tab, "part-limits"),
        tab(Part::Fit, |t| t.scoring.fit_tab, "part-fit"),
        tab(Part::Events, |t| t.scoring.events_tab, "part-events"),
        tab(Part::Versions, |t| t.scoring.versions_tab, "part-versions"),
    ];
    let version = move || {
        base.published
            .with(|known| known.as_ref().map(|known| (t.get().version)(known.version)))
    };
    let side = move || match part.get() {
        Part::Points => view! { <Points held /> }.into_any(),
        Part::Limits => view! { <Limits held /> }.into_any(),
        Part::Fit => view! { <Fit held /> }.into_any(),
        Part::Events => view! { <Events held /> }.into_any(),
        Part::Versions => view! { <Versions held /> }.into_any(),
    };
    view! {
        <div class="page-head">
            <h1>{move || t.get().scoring.title}<span class="count" data-test="rules-version">{version}</span></h1>
            <p class="page-note"><PublishedBy base /></p>
        </div>
        <ScoringTabs />
        <Show when=move || !editable.get()>
            <Notice tone=Tone::Calm text=Signal::derive(move || t.get().rules_read_only.to_owned()) />
        </Show>
        <div class="rules">
            <div class="rules-draft">
                <Show when=move || editable.get()><PublishBar held /></Show>
                <Tabs label=t.line(|t| t.scoring.parts) tabs chosen=part choose=move |chosen| part.set(chosen) />
                {side}
            </div>
            <aside class="rules-trial panel">
                <WhatIf held />
            </aside>
        </div>
        {move || desk.choosing.get().then(|| view! { <Choice held /> })}
    }
}

/// The line and the rules.
#[component]
fn Points(held: Held) -> impl IntoView {
    let t = words();
    let Held {
        base,
        desk,
        editable,
        ..
    } = held;
    view! {
        <MqlLine base desk editable />
        <div class="rules-list-head">
            <h2>{move || t.get().rule_list}<span class="count">{move || format::number(t.lang(), desk.slots.with(Vec::len) as u64)}</span></h2>
            <Show when=move || editable.get()>
                <button type="button" class="button is-small" on:click=move |_| desk.add() data-test="rule-add" data-key="n" aria-keyshortcuts="n"><Icon glyph=Glyph::Plus />{move || t.get().add_rule}</button>
            </Show>
        </div>
        {move || desk.why("rules").map(|why| view! { <p class="field-note is-bad">{(t.get().why_wrong)(why)}</p> })}
        <ul class="rules-list">
            <For each=move || desk.slots.get() key=|rule| rule.key let:rule>
                <DeskRule base desk rule editable />
            </For>
        </ul>
    }
}

/// Begins the rule that a link asks for, `/rules?kind=custom&name=video_played`, and forgets that it was asked: a page
/// that is read again adds no other.
fn begin_asked_rule(desk: Desk, editable: Signal<bool>) {
    let query = use_query_map();
    let navigate = use_navigate();
    Effect::new(move |_| {
        let asked = |name: &str| query.with_untracked(|query| query.get(name));
        let kind = asked("kind").and_then(|kind| Kind::from_name(&kind));
        let Some(kind) = kind.filter(|_| editable.get_untracked()) else {
            return;
        };
        desk.add_for(kind, asked("name").unwrap_or_default());
        let options = NavigateOptions {
            replace: true,
            ..Default::default()
        };
        navigate("/rules", options);
    });
}

/// Who published the current version, and when.
#[component]
fn PublishedBy(base: Base) -> impl IntoView {
    let t = words();
    let now = expect_context::<Clock>().signal();
    move || {
        base.published.get().map(|published| match published.by {
            Some(by) => (t.get().published_by)(
                &by,
                &format::relative(t.lang(), published.at, now.get(), t.get().just_now),
            ),
            None => t.get().starter_rules.to_owned(),
        })
    }
}

/// The score at which a lead is qualified.
#[component]
fn MqlLine(base: Base, desk: Desk, editable: Signal<bool>) -> impl IntoView {
    let t = words();
    // Where both heads signed a line, it is changed there.
    let signed = RwSignal::new(None::<u32>);
    spawn_local(async move {
        if let Ok(found) = base.session.call(&ReadDefinition {}).await {
            let _ = signed.try_set(found.in_force);
        }
    });
    let editable = Signal::derive(move || editable.get() && signed.get().is_none());
    let wrong = move || desk.why("mql_score").map(|why| (t.get().why_wrong)(why));
    let number = move || {
        desk.mql_score
            .get()
            .trim()
            .parse::<i32>()
            .ok()
            .filter(|line| (1..=100).contains(line))
    };
    view! {
        <label class="mql-line panel" class:is-wrong=move || wrong().is_some()>
            <span class="mql-line-name">
                <b>{move || t.get().mql_line}</b>
                {move || match signed.get() {
                    Some(version) => view! { <a href="/rules/definition" data-test="line-signed">{(t.get().scoring.line_signed)(version)}</a> }.into_any(),
                    None => view! { <span>{t.get().mql_line_hint}</span> }.into_any(),
                }}
            </span>
            <input class="mql-line-range" type="range" min="1" max="100" tabindex="-1" aria-hidden="true" disabled=move || !editable.get()
                prop:value=move || number().unwrap_or(1).to_string()
                on:input:target=move |event| desk.mql_score.set(event.target().value()) />
            <input class="input" inputmode="numeric" autocomplete="off" data-test="mql-score" disabled=move || !editable.get()
                prop:value=desk.mql_score
                on:input:target=move |event| desk.mql_score.set(event.target().value())
                aria-invalid=move || wrong().map(|_| "true") />
            <span class="field-note is-bad" aria-live="polite">{wrong}</span>
        </label>
    }
}

#[component]
fn DeskRule(base: Base, desk: Desk, rule: Slot, editable: Signal<bool>) -> impl IntoView {
    let place = Memo::new(move |_| desk.place(rule.key));
    let why = move |field: &'static str| -> Option<Why> {
        place
            .get()
            .and_then(|place| desk.why(&format!("rules[{place}].{field}")))
    };
    let has_wrong = Memo::new(move |_| {
        let prefix = place.get().map(|place| format!("rules[{place}]."));
        desk.read.with(|(_, wrong)| {
            prefix.is_some_and(|prefix| wrong.iter().any(|wrong| wrong.field.starts_with(&prefix)))
        })
    });
    let mark = Memo::new(move |_| {
        rule.form.with(|form| {
            base.published
                .with(|known| known.as_ref().and_then(|known| mark_of(known, form)))
        })
    });
    let t = words();
    let groups = Signal::derive(move || {
        let lang = t.lang();
        desk.rest.with(|rest| {
            let groups = rest.groups.iter();
            groups
                .map(|group| (group.id.clone(), name_in(lang, &group.name)))
                .collect::<Vec<Offer>>()
        })
    });
    view! {
        <RuleCard
            groups
            form=rule.form
            wrong=why
            has_wrong
            mark
            editable
            open_at_first=rule.is_new
            change=move |change: Change| rule.form.update(change)
            remove=move |()| desk.remove(rule.key)
        />
    }
}

/// How a rule differs from the published one.
fn mark_of(published: &Published, form: &RuleForm) -> Option<&'static str> {
    match published
        .rulebook
        .rules
        .iter()
        .find(|rule| rule.id == form.id)
    {
        None => Some("added"),
        Some(rule) if RuleForm::of(rule) != *form => Some("changed"),
        Some(_) => None,
    }
}
