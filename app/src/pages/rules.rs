//! The rules: edited as a draft, tried out on the real history while one types, then published.

use super::failure::{FailureNotice, sentence};
use crate::components::{
    Change, ConflictDialog, DifferenceTable, Glyph, Icon, Meter, Notice, RuleCard, Skeleton, Tone,
    WhatIfPanel,
};
use crate::format;
use crate::state::base::Base;
use crate::state::clock::Clock;
use crate::state::desk::{Desk, Slot};
use crate::state::rules_form::{RuleForm, Why};
use crate::state::trial::Reading;
use crate::text::words;
use domain::api::{Published, Role};
use domain::wire::Kind;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

/// The rules.
#[component]
pub(super) fn RulesPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    Effect::new(move |_| document().set_title(&format!("{} · {}", t.get().rules, t.get().product)));
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
            <div class="page-head"><h1>{move || t.get().rules}</h1></div>
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
    let editable = Signal::derive(move || base.session.may(Role::Marketer));
    begin_asked_rule(desk, editable);
    let version = move || {
        base.published
            .with(|known| known.as_ref().map(|known| (t.get().version)(known.version)))
    };
    view! {
        <div class="page-head">
            <h1>{move || t.get().rules}<span class="count" data-test="rules-version">{version}</span></h1>
            <p class="page-note"><PublishedBy base /></p>
        </div>
        <Show when=move || !editable.get()>
            <Notice tone=Tone::Calm text=Signal::derive(move || t.get().rules_read_only.to_owned()) />
        </Show>
        <div class="rules">
            <div class="rules-draft">
                <Show when=move || editable.get()><PublishBar desk base /></Show>
                <MqlLine desk editable />
                <div class="rules-list-head">
                    <h2>{move || t.get().rule_list}<span class="count">{move || format::number(t.lang(), desk.slots.with(Vec::len) as u64)}</span></h2>
                    <Show when=move || editable.get()>
                        <button type="button" class="button is-small" on:click=move |_| desk.add() data-test="rule-add"><Icon glyph=Glyph::Plus />{move || t.get().add_rule}</button>
                    </Show>
                </div>
                {move || desk.why("rules").map(|why| view! { <p class="field-note is-bad">{(t.get().why_wrong)(why)}</p> })}
                <ul class="rules-list">
                    <For each=move || desk.slots.get() key=|rule| rule.key let:rule>
                        <DeskRule base desk rule editable />
                    </For>
                </ul>
            </div>
            <aside class="rules-trial panel">
                <WhatIf base desk />
            </aside>
        </div>
        {move || desk.choosing.get().then(|| view! { <Choice base desk /> })}
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

/// What the draft changes, and its way out.
#[component]
fn PublishBar(desk: Desk, base: Base) -> impl IntoView {
    let t = words();
    let wrong = Memo::new(move |_| desk.read.with(|(_, wrong)| wrong.len()));
    let changes = Memo::new(move |_| desk.differences().len());
    let showing = RwSignal::new(false);
    let words_on_it = move || match (wrong.get(), desk.changed.get()) {
        (0, false) => match desk.done.get() {
            Some(version) => (t.get().published_now_as)(version),
            None => t.get().no_changes.to_owned(),
        },
        (0, true) => (t.get().changes_kept_here)(changes.get()),
        (count, _) => (t.get().fields_to_mend)(count),
    };
    view! {
        <div class="publish-bar" class:is-dirty=desk.changed data-test="publish-bar" data-changed=move || desk.changed.get().to_string()>
            <p role="status">{words_on_it}</p>
            <div class="publish-bar-actions">
                <Show when=move || desk.changed.get()>
                    <button type="button" class="button is-quiet is-small" aria-expanded=move || showing.get().to_string() on:click=move |_| showing.update(|showing| *showing = !*showing)>{move || t.get().see_changes}</button>
                    <button type="button" class="button is-small" on:click=move |_| desk.discard() data-test="discard">{move || t.get().discard}</button>
                </Show>
                <button type="button" class="button is-main is-small" data-test="publish"
                    disabled={move || desk.publishing.get() || !desk.changed.get() || wrong.get() != 0}
                    on:click=move |_| desk.publish()>
                    {move || if desk.publishing.get() { t.get().one_moment } else { t.get().publish }}
                </button>
            </div>
        </div>
        <Show when=move || showing.get() && desk.changed.get()>
            {move || view! { <div class="panel"><DifferenceTable differences=desk.differences() left=|t| t.published_now right=|t| t.your_draft /></div> }}
        </Show>
        {move || desk.failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
        {move || desk.is_behind().then(|| {
            let text = Signal::derive(move || behind_text(base, desk, t.get()));
            view! {
                <Notice tone=Tone::Care text>
                    <button type="button" class="button is-small" on:click=move |_| desk.choosing.set(true) data-test="compare">{move || t.get().compare}</button>
                </Notice>
            }
        })}
    }
}

fn behind_text(base: Base, desk: Desk, text: &crate::text::Text) -> String {
    let (version, by) = base.published.with(|known| {
        known
            .as_ref()
            .map(|known| (known.version, known.by.clone()))
            .unwrap_or_default()
    });
    (text.draft_is_behind)(version, &by.unwrap_or_default(), desk.from.get())
}

/// The score at which a lead is qualified.
#[component]
fn MqlLine(desk: Desk, editable: Signal<bool>) -> impl IntoView {
    let t = words();
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
                <span>{move || t.get().mql_line_hint}</span>
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
    view! {
        <RuleCard
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

/// The trial of the draft.
#[component]
fn WhatIf(base: Base, desk: Desk) -> impl IntoView {
    let t = words();
    let trial = base.trial;
    let mending = Memo::new(move |_| desk.read.with(|(_, wrong)| !wrong.is_empty()));
    let read_at = move || match trial.reading.get() {
        Reading::Whole(at) => Some((t.get().history_from)(&format::clock_time(t.lang(), at))),
        _ => None,
    };
    let body = move || {
        match trial.reading.get() {
        Reading::Failed(failure) => view! { <FailureNotice failure again=move |()| trial.read() /> }.into_any(),
        Reading::Not => ().into_any(),
        Reading::Some(done, total) => view! {
            <Meter done total text=Signal::derive(move || (t.get().reading_history)(format::number(t.lang(), done), format::number(t.lang(), total))) />
            <Skeleton lines=5 />
        }
        .into_any(),
        Reading::Whole(_) => view! {
            {move || trial.outcome.get().map(|outcome| view! { <WhatIfPanel outcome href=|id| format!("/leads/{id}") /> })}
        }
        .into_any(),
    }
    };
    view! {
        <header class="rules-trial-head">
            <h2>{move || t.get().what_if_title}</h2>
            <span class="muted">{read_at}</span>
            <button type="button" class="icon-button" title=move || t.get().read_again aria-label=move || t.get().read_again on:click=move |_| trial.read() data-test="history-again">
                <Icon glyph=Glyph::Again />
            </button>
        </header>
        <Show when=move || mending.get()><p class="field-note is-bad">{move || t.get().mend_first}</p></Show>
        <div class="rules-trial-body" class:is-stale=move || trial.stale.get() || mending.get() data-test="trial" data-stale=move || (trial.stale.get() || mending.get()).to_string()>{body}</div>
    }
}

/// Two versions, and the choice between them.
#[component]
fn Choice(base: Base, desk: Desk) -> impl IntoView {
    let t = words();
    let text = Signal::derive(move || behind_text(base, desk, t.get()));
    let differences = untrack(move || desk.differences());
    view! {
        <ConflictDialog
            text
            differences
            take_theirs=move |()| desk.discard()
            keep_mine=move |()| desk.rebase()
            close=move |()| desk.choosing.set(false)
        />
    }
}
