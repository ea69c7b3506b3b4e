//! The lead definition: what both sides call a good lead and what each promises, as it holds, as a draft, and as it was.

use super::definition_changes::{Changes, rows};
use super::definition_draft::Draft;
use super::definition_edit::Edit;
use super::definition_heads::Heads;
use super::failure::FailureNotice;
use super::scoring::{ScoringTabs, said};
use super::segment::choices_of;
use crate::components::{
    Badge, Button, Choices, Look, Notice, Skeleton, Tone, VersionsDialog, condition_text, name_in,
};
use crate::format;
use crate::state::base::Base;
use crate::state::definition_form::{DefinitionForm, Number};
use crate::state::sheet::Sheet;
use crate::state::terms::TermsState;
use crate::text::words;
use domain::api::{DefinitionState, Frame, Member, Members, ReadDefinition, Role};
use domain::definition::{Definition, Side, Version, differences};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Held {
    /// What every page shares.
    pub(super) base: Base,
    /// The definition, and its next draft in a form.
    pub(super) sheet: Sheet<DefinitionState>,
    /// What conditions may name.
    pub(super) terms: TermsState,
    /// The same, as the editors offer it.
    pub(super) choices: Choices,
    /// Who is there.
    pub(super) members: RwSignal<Vec<Member>>,
    /// Whether the member may put a draft down.
    pub(super) editable: Signal<bool>,
    /// Whether the form is open.
    pub(super) editing: RwSignal<bool>,
}

/// The lead definition.
#[component]
pub(super) fn DefinitionPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    Effect::new(move |_| {
        document().set_title(&format!(
            "{} · {}",
            t.get().definition.title,
            t.get().product
        ))
    });
    let terms = TermsState::read(base.session);
    let held = Held {
        base,
        sheet: Sheet::new(base.session),
        terms,
        choices: choices_of(terms),
        members: RwSignal::new(Vec::new()),
        editable: Signal::derive(move || base.session.may(Role::Marketer)),
        editing: RwSignal::new(false),
    };
    let sheet = held.sheet;
    sheet.read(ReadDefinition {});
    // What somebody else signs or puts down is there at once.
    base.live.hear(move |frame: &Frame| {
        if frame.rulebook.is_some() || frame.resync {
            sheet.read(ReadDefinition {});
        }
    });
    spawn_local(async move {
        // Who cannot be named is told as somebody.
        if let Ok(found) = base.session.call(&Members {}).await {
            let _ = held.members.try_set(found);
        }
    });
    let there = Memo::new(move |_| sheet.saved.with(Option::is_some));
    let body = move || match there.get() {
        true => view! { <Body held /> }.into_any(),
        false if sheet.failure.with(Option::is_some) => ().into_any(),
        false => view! { <Skeleton lines=8 /> }.into_any(),
    };
    view! {
        <div class="page-head">
            <h1>{move || t.get().definition.title}</h1>
            <p class="page-note">{move || t.get().definition.note}</p>
        </div>
        <ScoringTabs />
        {move || sheet.failure.get().map(|failure| match there.get() {
            false => view! { <FailureNotice failure again=move |()| sheet.read(ReadDefinition {}) /> }.into_any(),
            true => view! { <Notice tone=Tone::Bad text=Signal::derive(move || said(t.get(), &failure)) /> }.into_any(),
        })}
        {body}
    }
}

#[component]
fn Body(held: Held) -> impl IntoView {
    let t = words();
    let sheet = held.sheet;
    let edit = move |()| held.editing.set(true);
    let has_draft = Memo::new(move |_| {
        sheet.saved.with(|saved| {
            saved
                .as_ref()
                .is_some_and(|it| it.agreement.draft.is_some())
        })
    });
    view! {
        <div class="definition" data-test="definition">
            <div class="definition-main">
                {move || match held.editing.get() {
                    true => view! { <Edit held /> }.into_any(),
                    false => view! {
                        {move || has_draft.get().then(|| view! { <Draft held /> })}
                        <InForce held />
                        {move || (held.editable.get() && !has_draft.get()).then(|| view! {
                            <div><Button label=t.line(|t| t.definition.begin) name="definition-edit" look=Look::Main key="e" press=edit /></div>
                        })}
                    }
                    .into_any(),
                }}
            </div>
            <aside class="definition-side">
                <Heads held />
                <Past held />
            </aside>
        </div>
        {move || sheet.theirs.with(Option::is_some).then(|| view! { <Contested held /> })}
    }
}

/// What holds now.
#[component]
fn InForce(held: Held) -> impl IntoView {
    let t = words();
    let sheet = held.sheet;
    let version = Memo::new(move |_| {
        sheet.saved.with(|saved| {
            let saved = saved.as_ref()?;
            saved.agreement.version(saved.in_force?).cloned()
        })
    });
    move || match version.get() {
        None => view! {
            <section class="panel definition-card" data-test="in-force" data-version="0">
                <h2>{move || t.get().definition.none_holds}</h2>
                <p class="muted">{move || t.get().definition.none_holds_text}</p>
            </section>
        }
        .into_any(),
        Some(version) => {
            let number = version.version;
            view! {
                <section class="panel definition-card" data-test="in-force" data-version=number.to_string()>
                    <header><h2>{move || t.get().definition.in_force}</h2><Badge text=Signal::derive(move || (t.get().version)(number)) /></header>
                    <Said held definition=version.definition.clone() />
                    <Signed version />
                </section>
            }
            .into_any()
        }
    }
}

/// What a definition says.
#[component]
pub(super) fn Said(held: Held, definition: Definition) -> impl IntoView {
    let t = words();
    let text = definition.text.clone();
    let grades = definition.grades.clone();
    let grades = move || match grades.is_empty() {
        true => t.get().definition.any_grade.to_owned(),
        false => grades
            .iter()
            .map(|grade| grade.name())
            .collect::<Vec<_>>()
            .join(" / "),
    };
    let criteria = definition.criteria.clone().into_iter().map(move |criterion| {
        let who = criterion.who.clone();
        view! { <li><b>{move || name_in(t.lang(), &criterion.name)}</b><span>{move || condition_text(t, held.choices, &who)}</span></li> }
    });
    let criteria = criteria.collect_view();
    let has_more = !definition.criteria.is_empty();
    let reassign = definition.promises.reassign;
    let numbers = Number::ALL.into_iter().skip(1).map(|of| {
        let number = of.of(&definition);
        view! { <div><dt>{move || (t.get().definition.number)(of)}</dt><dd>{move || (t.get().definition.value)(of, number)}</dd></div> }
    });
    let numbers = numbers.collect_view();
    let score = definition.score;
    view! {
        <p class="definition-words">{move || name_in(t.lang(), &text)}</p>
        <dl class="facts definition-facts">
            <div><dt>{move || (t.get().definition.number)(Number::Score)}</dt><dd data-test="definition-score">{score}</dd></div>
            <div><dt>{move || t.get().definition.grades}</dt><dd>{grades}</dd></div>
        </dl>
        {has_more.then(|| view! { <h3>{move || t.get().definition.criteria}</h3><ul class="definition-criteria">{criteria}</ul> })}
        <h3>{move || t.get().definition.promises}</h3>
        <dl class="facts definition-facts">
            {numbers}
            <div><dt>{move || t.get().definition.reassign}</dt><dd>{move || match reassign { true => t.get().definition.yes, false => t.get().definition.no }}</dd></div>
        </dl>
    }
}

/// Who signed a version, and since when it holds.
#[component]
fn Signed(version: Version) -> impl IntoView {
    let t = words();
    let from = version.in_force_from();
    let lines = Side::ALL.into_iter().filter_map(|side| {
        let signature = version.signed.get(&side)?.clone();
        Some(view! {
            <li data-test="signature" data-side=format!("{side:?}").to_lowercase()>
                <b>{move || (t.get().definition.side)(side)}</b>
                <span>{signature.name}</span>
                <time>{move || format::moment(t.lang(), signature.at)}</time>
            </li>
        })
    });
    view! {
        <ul class="definition-signatures">{lines.collect_view()}</ul>
        {from.map(|from| view! { <p class="muted definition-since">{move || (t.get().definition.holds_since)(&format::moment(t.lang(), from))}</p> })}
    }
}

/// The versions that were signed, and what each changed.
#[component]
fn Past(held: Held) -> impl IntoView {
    let t = words();
    let sheet = held.sheet;
    let versions = Memo::new(move |_| {
        sheet.saved.with(|saved| {
            let saved = saved.as_ref();
            saved
                .map(|it| it.agreement.signed.clone())
                .unwrap_or_default()
        })
    });
    let list = move || {
        let versions = versions.get();
        let before = std::iter::once(None).chain(versions.clone().into_iter().map(Some));
        let pairs: Vec<_> = versions.into_iter().zip(before).collect();
        let lines = pairs.into_iter().rev().map(|(version, before)| {
            let number = version.version;
            let found = before.map(|before| differences(&before.definition, &version.definition));
            view! {
                <li data-test="definition-version">
                    <details>
                        <summary>{move || (t.get().version)(number)}</summary>
                        <Signed version />
                        {found.map(|found| view! { <Changes held changes=found /> })}
                    </details>
                </li>
            }
        });
        lines.collect_view()
    };
    move || {
        (!versions.with(Vec::is_empty)).then(|| {
            view! {
                <section class="panel definition-past">
                    <h2>{move || t.get().definition.past}</h2>
                    <ol>{list}</ol>
                </section>
            }
        })
    }
}

/// Someone else put another draft down, or signed, first.
#[component]
fn Contested(held: Held) -> impl IntoView {
    let t = words();
    let sheet = held.sheet;
    let rows = Signal::derive(move || {
        let theirs = sheet.theirs.get().map(|theirs| theirs.next);
        let mine = sheet.form.with(DefinitionForm::read).ok();
        let both = theirs.zip(mine);
        let found = both.map(|(theirs, mine)| differences(&theirs, &mine));
        rows(t, held.choices, &found.unwrap_or_default())
    });
    view! {
        <VersionsDialog rows take_theirs=move |()| { held.editing.set(false); sheet.take_theirs() } keep_mine=move |()| sheet.keep_mine() close=move |()| sheet.theirs.set(None) />
    }
}
