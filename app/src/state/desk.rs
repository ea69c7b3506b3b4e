//! The desk where rules are edited: the draft in its form, what is wrong with it, and its way to being published.
//!
//! Not here: how it looks, and the trial ([`crate::state::trial`]).

use crate::api::Failure;
use crate::state::base::Base;
use crate::state::difference::{Difference, compare};
use crate::state::draft::{self, Draft};
use crate::state::ids::{self, Attempt};
use crate::state::rest_form::RestForm;
use crate::state::rules_form::{RuleForm, RulesForm, Why, Wrong};
use crate::state::trial::Reading;
use domain::api::{ErrorCode, Published, SaveRulebook};
use domain::id::WorkspaceId;
use domain::rulebook::Rulebook;
use domain::wire::Kind;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How long typing must pause before the draft is kept.
const PAUSE_MS: u32 = 300;

/// A rule on the desk. The key tells rules apart while ids may be edited elsewhere.
#[derive(Clone, Copy)]
pub(crate) struct Slot {
    /// Which.
    pub(crate) key: u32,
    /// The rule.
    pub(crate) form: RwSignal<RuleForm>,
    /// Whether it was added just now.
    pub(crate) is_new: bool,
}

/// The desk.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    /// The MQL line, as typed.
    pub(crate) mql_score: RwSignal<String>,
    /// The rules.
    pub(crate) slots: RwSignal<Vec<Slot>>,
    /// Everything else.
    pub(crate) rest: RwSignal<RestForm>,
    /// How often everything was laid out anew: what is half typed belongs to one time.
    pub(crate) round: RwSignal<u32>,
    /// The version that the draft was made from.
    pub(crate) from: RwSignal<u32>,
    /// The rulebook as far as it can be read, and what is wrong.
    pub(crate) read: Memo<(Rulebook, Vec<Wrong>)>,
    /// Whether the draft differs from what is published.
    pub(crate) changed: Memo<bool>,
    /// Whether it is on its way.
    pub(crate) publishing: RwSignal<bool>,
    /// Why it was not published.
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// Whether the person has to choose between two versions now.
    pub(crate) choosing: RwSignal<bool>,
    /// The version that was just published from here.
    pub(crate) done: RwSignal<Option<u32>>,
    base: Base,
    workspace: StoredValue<WorkspaceId>,
    next_key: StoredValue<u32>,
    attempt: Attempt<(u32, Rulebook)>,
    keeping: StoredValue<Option<Timeout>, LocalStorage>,
    /// Rules that a button puts on the desk live as long as the desk and not as the button.
    owner: StoredValue<Owner>,
}

impl Desk {
    /// Puts the kept draft on the desk, else the published rules.
    pub(crate) fn open(base: Base, published: &Published, workspace: WorkspaceId) -> Desk {
        let draft = draft::load(&workspace).unwrap_or_else(|| Draft::of(published));
        let mql_score = RwSignal::new(String::new());
        let slots = RwSignal::new(Vec::<Slot>::new());
        let rest = RwSignal::new(RestForm::default());
        let form = Memo::new(move |_| RulesForm {
            mql_score: mql_score.get(),
            rules: slots.get().iter().map(|slot| slot.form.get()).collect(),
            rest: rest.get(),
        });
        let read = Memo::new(move |_| form.with(RulesForm::read));
        let changed = Memo::new(move |_| {
            let published = base
                .published
                .with(|known| known.as_ref().map(|known| RulesForm::of(&known.rulebook)));
            form.with(|form| published.as_ref() != Some(form))
        });
        let desk = Desk {
            mql_score,
            slots,
            rest,
            round: RwSignal::new(0),
            from: RwSignal::new(draft.from),
            read,
            changed,
            publishing: RwSignal::new(false),
            failure: RwSignal::new(None),
            choosing: RwSignal::new(false),
            done: RwSignal::new(None),
            base,
            workspace: StoredValue::new(workspace),
            next_key: StoredValue::new(0),
            attempt: Attempt::new(),
            keeping: StoredValue::new_local(None),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        };
        desk.lay_out(draft.form);
        Effect::new(move |_| {
            form.track();
            desk.keep_soon(form);
        });
        Effect::new(move |last: Option<Option<Published>>| desk.follow(last.flatten()));
        Effect::new(move |_| desk.try_out());
        desk
    }

    fn lay_out(self, form: RulesForm) {
        self.mql_score.set(form.mql_score);
        self.rest.set(form.rest);
        self.round.update(|round| *round = round.wrapping_add(1));
        let slots = form
            .rules
            .into_iter()
            .map(|rule| self.slot(rule, false))
            .collect();
        self.slots.set(slots);
    }

    fn slot(self, form: RuleForm, is_new: bool) -> Slot {
        let key = self.next_key.try_update_value(|next| {
            *next = next.wrapping_add(1);
            *next
        });
        let form = self
            .owner
            .with_value(|owner| owner.with(|| RwSignal::new(form)));
        Slot {
            key: key.unwrap_or_default(),
            form,
            is_new,
        }
    }

    /// Keeps the draft in the browser once typing pauses, or forgets one that changes nothing.
    fn keep_soon(self, form: Memo<RulesForm>) {
        let keep = move || {
            let (Some(form), Some(changed)) =
                (form.try_get_untracked(), self.changed.try_get_untracked())
            else {
                return;
            };
            let draft = Draft {
                from: self.from.get_untracked(),
                form,
            };
            self.workspace.with_value(|workspace| {
                if changed {
                    draft::store(workspace, &draft)
                } else {
                    draft::forget(workspace)
                }
            });
        };
        self.keeping.set_value(Some(Timeout::new(PAUSE_MS, keep)));
    }

    /// A draft that changed nothing follows what others publish.
    fn follow(self, last: Option<Published>) -> Option<Published> {
        let published = self.base.published.get()?;
        let draft = self
            .read
            .with_untracked(|(draft, wrong)| wrong.is_empty().then(|| draft.clone()));
        if draft.as_ref() == Some(&published.rulebook) {
            self.from.set(published.version);
        } else if last.is_some_and(|last| draft == Some(last.rulebook)) {
            self.from.set(published.version);
            self.lay_out(RulesForm::of(&published.rulebook));
        }
        Some(published)
    }

    fn try_out(self) {
        let (draft, wrong) = self.read.get();
        let whole = matches!(self.base.trial.reading.get(), Reading::Whole(_));
        if let Some(published) = self.base.published.get()
            && whole
            && wrong.is_empty()
        {
            self.base.trial.run(published.rulebook, draft);
        }
    }

    /// Why a field is wrong.
    pub(crate) fn why(self, field: &str) -> Option<Why> {
        self.read.with(|(_, wrong)| {
            wrong
                .iter()
                .find(|wrong| wrong.field == field)
                .map(|wrong| wrong.why)
        })
    }

    /// Why something of that place is wrong: the first of its fields that is.
    pub(crate) fn why_within(self, place: &str) -> Option<Why> {
        self.read.with(|(_, wrong)| {
            let mut wrong = wrong.iter();
            let found = wrong.find(|wrong| wrong.field.starts_with(place));
            found.map(|wrong| wrong.why)
        })
    }

    /// The place of a rule among the others.
    pub(crate) fn place(self, key: u32) -> Option<usize> {
        self.slots
            .with(|slots| slots.iter().position(|slot| slot.key == key))
    }

    /// Adds a blank rule.
    pub(crate) fn add(self) {
        self.add_form(RuleForm::blank(ids::fresh_rule()));
    }

    /// Adds a rule for such events.
    pub(crate) fn add_for(self, kind: Kind, name: String) {
        let mut form = RuleForm::blank(ids::fresh_rule());
        form.name = name;
        form.set_kind(kind);
        self.add_form(form);
    }

    fn add_form(self, form: RuleForm) {
        let slot = self.slot(form, true);
        self.slots.update(|slots| slots.insert(0, slot));
    }

    /// Removes a rule.
    pub(crate) fn remove(self, key: u32) {
        self.slots
            .update(|slots| slots.retain(|slot| slot.key != key));
    }

    /// What the draft changes.
    pub(crate) fn differences(self) -> Vec<Difference> {
        let published = self.base.published.get();
        self.read.with(|(draft, _)| {
            published
                .map(|published| compare(&published.rulebook, draft))
                .unwrap_or_default()
        })
    }

    /// Whether someone published after the draft was begun.
    pub(crate) fn is_behind(self) -> bool {
        let from = self.from.get();
        self.changed.get()
            && self
                .base
                .published
                .with(|known| known.as_ref().is_some_and(|known| known.version > from))
    }

    /// Puts the published rules on the desk in the draft's place.
    pub(crate) fn discard(self) {
        self.choosing.set(false);
        self.failure.set(None);
        if let Some(published) = self.base.published.get_untracked() {
            self.from.set(published.version);
            self.lay_out(RulesForm::of(&published.rulebook));
        }
    }

    /// Puts an earlier version on the desk, as a draft.
    pub(crate) fn take_up(self, rulebook: &Rulebook) {
        self.failure.set(None);
        self.lay_out(RulesForm::of(rulebook));
    }

    /// Keeps the draft as one made from what is published now.
    pub(crate) fn rebase(self) {
        self.choosing.set(false);
        self.failure.set(None);
        if let Some(published) = self.base.published.get_untracked() {
            self.from.set(published.version);
        }
    }

    /// Publishes the draft. A repeat after no answer carries the same key, so that it counts once.
    pub(crate) fn publish(self) {
        let (rulebook, wrong) = self.read.get_untracked();
        if self.publishing.get_untracked() || !wrong.is_empty() {
            return;
        }
        if self.is_behind_untracked() {
            self.choosing.set(true);
            return;
        }
        let expected_version = self.from.get_untracked();
        let key = self.attempt.key(&(expected_version, rulebook.clone()));
        self.publishing.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let reply = self
                .base
                .session
                .call(&SaveRulebook {
                    key,
                    expected_version,
                    rulebook,
                })
                .await;
            self.publishing.set(false);
            match reply {
                Ok(published) => self.take(published),
                Err(Failure::Refused(ErrorCode::Conflict, error)) => {
                    self.take_conflict(error.current)
                }
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }

    fn is_behind_untracked(self) -> bool {
        let from = self.from.get_untracked();
        self.base
            .published
            .with_untracked(|known| known.as_ref().is_some_and(|known| known.version > from))
    }

    fn take(self, published: Published) {
        self.from.set(published.version);
        self.done.set(Some(published.version));
        let form = RulesForm::of(&published.rulebook);
        self.base.take_rules(published);
        self.lay_out(form);
    }

    fn take_conflict(self, current: Option<serde_json::Value>) {
        match current.and_then(|current| serde_json::from_value::<Published>(current).ok()) {
            Some(published) => self.base.take_rules(published),
            None => self.base.read_rules(),
        }
        self.choosing.set(true);
    }
}
