//! The stages that leads go through, put together: their order, who works each, what lets a lead in, the steps and the reasons.

use super::failure::FailureNotice;
use super::scoring::{ScoringTabs, Wrong, said, why_at, why_within};
use super::segment::choices_of;
use super::sheet_edits::SheetEdits;
use super::stage_card::StageCard;
use super::stage_reasons::Reasons;
use crate::components::{Choices, Menu, Notice, Skeleton, Tone, Versus, condition_text, name_in};
use crate::state::base::Base;
use crate::state::ladder_form::{LadderForm, StageForm};
use crate::state::sheet::Sheet;
use crate::state::terms::TermsState;
use crate::state::toasts::Toasts;
use crate::text::{Words, words};
use domain::api::{LadderDetail, ReadLadder, Role, SaveLadder};
use domain::stage::{Ladder, Reason, ReasonFor, Rung, Stage, Standing, check, check_kept};
use leptos::prelude::*;

/// The kinds of stages of which there may be several.
const MANY: [Rung; 3] = [Rung::Lead, Rung::Opportunity, Rung::Customer];

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Held {
    /// The stages.
    pub(super) sheet: Sheet<LadderDetail>,
    /// What conditions may name.
    pub(super) terms: TermsState,
    choices: Choices,
    /// Whether the member may change them.
    pub(super) editable: Signal<bool>,
    wrong: Wrong,
    t: Words,
}

impl Held {
    /// Why a field is wrong, in words.
    pub(super) fn why(self, field: &str) -> Option<String> {
        why_at(self.t, self.wrong, field)
    }

    /// Why anything of a place is wrong.
    pub(super) fn why_within(self, place: &str) -> Option<String> {
        why_within(self.t, self.wrong, place)
    }

    /// How many leads stand in a stage.
    pub(super) fn standing(self, stage: &str) -> u64 {
        self.sheet.saved.with(|saved| {
            let standing = saved.as_ref().map(|saved| &saved.standing);
            let count = standing.and_then(|standing| standing.get(stage));
            count.copied().unwrap_or_default()
        })
    }

    /// For how many leads a reason stands.
    pub(super) fn reasoned(self, of: ReasonFor, id: &str) -> u64 {
        self.sheet.saved.with(|saved| {
            let reasons = saved.as_ref().map(|saved| &saved.reasons);
            let count = reasons.and_then(|reasons| reasons.get(&of.path(id)));
            count.copied().unwrap_or_default()
        })
    }

    /// What of it was saved already, and may only be retired.
    pub(super) fn was_saved(self, is_there: impl FnOnce(&Ladder) -> bool) -> bool {
        self.sheet
            .saved
            .with(|saved| saved.as_ref().is_some_and(|saved| is_there(&saved.ladder)))
    }
}

/// The stages.
#[component]
pub(super) fn StagesPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let toasts = expect_context::<Toasts>();
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", t.get().stages.title, t.get().product))
    });
    let terms = TermsState::read(base.session);
    let sheet = Sheet::<LadderDetail>::kept(base.session, "stages");
    sheet.read(ReadLadder {});
    let held = Held {
        sheet,
        terms,
        choices: choices_of(terms),
        editable: Signal::derive(move || base.session.may(Role::Marketer)),
        wrong: Memo::new(move |_| wrong_of(sheet, terms)),
        t,
    };
    let there = Memo::new(move |_| sheet.saved.with(Option::is_some));
    let save = move |()| {
        let version = version_of(sheet);
        let Ok(ladder) = sheet.form.with_untracked(|form| form.read(version)) else {
            return;
        };
        let call = |key| SaveLadder {
            key,
            expected_version: version,
            ladder,
        };
        sheet.change("save", call, move || {
            let title = |t: &crate::text::Text| (t.frame.saved)(t.stages.title);
            toasts.done(title);
        });
    };
    let count = Signal::derive(move || held.wrong.with(Vec::len));
    let rows = Signal::derive(move || {
        let theirs = sheet.theirs.get().map(|theirs| theirs.ladder);
        let mine = sheet.form.with(|form: &LadderForm| form.read(0)).ok();
        let both = theirs.zip(mine);
        both.map(|(theirs, mine)| differing(held, t, &theirs, &mine))
            .unwrap_or_default()
    });
    let body = move || {
        match there.get() {
        true => view! {
            <List held />
            <Reasons held />
            {move || held.editable.get().then(|| view! { <SheetEdits sheet wrong=count save rows /> })}
        }
        .into_any(),
        false if sheet.failure.with(Option::is_some) => ().into_any(),
        false => view! { <Skeleton lines=8 /> }.into_any(),
    }
    };
    view! {
        <div class="page-head">
            <h1>{move || t.get().stages.title}</h1>
            <p class="page-note">{move || t.get().stages.note}" "<a href="/stages" data-test="to-board">{move || t.get().stages.to_board}</a></p>
        </div>
        <ScoringTabs />
        {move || (!held.editable.get()).then(|| view! { <Notice tone=Tone::Calm text=t.line(|t| t.stages.read_only) /> })}
        {move || sheet.failure.get().map(|failure| match there.get() {
            false => view! { <FailureNotice failure again=move |()| sheet.read(ReadLadder {}) /> }.into_any(),
            true => view! { <Notice tone=Tone::Bad text=Signal::derive(move || said(t.get(), &failure)) /> }.into_any(),
        })}
        <div class="stages" data-test="stages">{body}</div>
    }
}

fn version_of(sheet: Sheet<LadderDetail>) -> u32 {
    sheet
        .saved
        .with_untracked(|saved| saved.as_ref().map_or(0, |saved| saved.ladder.version))
}

/// What is wrong with the form, by the rules themselves.
fn wrong_of(sheet: Sheet<LadderDetail>, terms: TermsState) -> Vec<(String, String)> {
    let Some(saved) = sheet.saved.get() else {
        return Vec::new();
    };
    match sheet.form.with(|form| form.read(saved.ladder.version)) {
        Err(field) => vec![(field, "empty".to_owned())],
        Ok(ladder) => {
            let standing = Standing {
                stages: &saved.standing,
                reasons: &saved.reasons,
            };
            let kept = check_kept(&saved.ladder, &ladder, standing);
            let found = terms.held_to(|terms| check(terms, &ladder));
            let found = found.into_iter().chain(kept);
            found
                .map(|invalid| (invalid.field, invalid.code.to_owned()))
                .collect()
        }
    }
}

/// The stages in their order.
#[component]
fn List(held: Held) -> impl IntoView {
    let t = words();
    let sheet = held.sheet;
    let keys = Memo::new(move |_| {
        let round = sheet.round.get();
        sheet.form.with(|form| {
            let stages = form.stages.iter();
            stages
                .map(|form| (round, form.stage.id.clone()))
                .collect::<Vec<_>>()
        })
    });
    let items = Signal::derive(move || {
        let kinds = MANY.map(|rung| {
            (
                rung.name().to_owned(),
                (t.get().stages.rung)(rung).to_owned(),
            )
        });
        kinds.to_vec()
    });
    let add = move |name: String| {
        let rung = MANY.into_iter().find(|rung| rung.name() == name);
        if let Some(rung) = rung {
            sheet
                .form
                .update(|form| form.add_stage(StageForm::blank(rung)));
        }
    };
    let missing = move || {
        let rungs = Rung::ALL.into_iter();
        let mut wrong = rungs.filter_map(|rung| held.why(&format!("stages.{}", rung.name())));
        wrong.next()
    };
    view! {
        <section class="stages-list-part">
            <header class="rules-part-head">
                <h2>{move || t.get().stages.order}</h2>
                {move || held.editable.get().then(|| view! { <Menu label=t.line(|t| t.stages.add) name="stage-add" items choose=add /> })}
            </header>
            <p class="field-note is-bad rules-entry-wrong">{missing}</p>
            <ol class="stages-list">
                <For each=move || keys.get() key=Clone::clone let((_, id))><StageCard held id /></For>
            </ol>
        </section>
    }
}

/// Where two ladders differ: theirs, mine.
fn differing(held: Held, t: Words, theirs: &Ladder, mine: &Ladder) -> Vec<Versus> {
    let text = t.get().stages;
    let none = || "–".to_owned();
    let mut rows = Vec::new();
    let order = |ladder: &Ladder| {
        let names = ladder
            .stages
            .iter()
            .map(|stage| name_in(t.lang(), &stage.name));
        names.collect::<Vec<_>>().join(" → ")
    };
    if order(theirs) != order(mine) {
        rows.push((text.order.to_owned(), order(theirs), order(mine)));
    }
    for stage in &mine.stages {
        let other = theirs.stage(&stage.id);
        if other != Some(stage) {
            let name = name_in(t.lang(), &stage.name);
            let other = other.map(|other| stage_text(held, t, other));
            rows.push((name, other.unwrap_or_else(none), stage_text(held, t, stage)));
        }
    }
    for stage in &theirs.stages {
        if mine.stage(&stage.id).is_none() {
            let name = name_in(t.lang(), &stage.name);
            rows.push((name, stage_text(held, t, stage), none()));
        }
    }
    for of in ReasonFor::ALL {
        let say = |reasons: &[Reason]| {
            let in_use = reasons.iter().filter(|reason| !reason.retired);
            let names = in_use.map(|reason| name_in(t.lang(), &reason.name));
            names.collect::<Vec<_>>().join(" / ")
        };
        if theirs.reasons(of) != mine.reasons(of) {
            let (theirs, mine) = (say(theirs.reasons(of)), say(mine.reasons(of)));
            rows.push(((text.reasons)(of).to_owned(), theirs, mine));
        }
    }
    rows
}

/// A stage in words.
fn stage_text(held: Held, t: Words, stage: &Stage) -> String {
    let text = t.get().stages;
    let mut parts = vec![format!("{} / {}", stage.name.zh, stage.name.en)];
    parts.push((text.owner)(stage.owner).to_owned());
    let entry = stage.entry.as_ref();
    parts.extend(entry.map(|entry| condition_text(t, held.choices, entry)));
    let steps = stage.steps.iter().map(|step| match step.required {
        true => format!("{}*", name_in(t.lang(), &step.name)),
        false => name_in(t.lang(), &step.name),
    });
    let steps = steps.collect::<Vec<_>>().join(" / ");
    parts.extend(Some(steps).filter(|steps| !steps.is_empty()));
    parts.extend(stage.retired.then(|| text.retired.to_owned()));
    parts.join(" · ")
}
