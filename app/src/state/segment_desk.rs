//! A segment on the desk: as it stands in the form, whom it means as one types, and its way into the base.

use crate::api::Failure;
use crate::state::condition_form::ConditionForm;
use crate::state::ids::Attempt;
use crate::state::session::Session;
use crate::state::terms::TermsState;
use domain::api::{ErrorCode, Leads, PreviewSegment, Previewed, RemoveSegment, SaveSegment};
use domain::day::{Day, Zone};
use domain::lead::LeadRow;
use domain::list::{self, Clause, Filter, Holds, Operand, Test};
use domain::rulebook::Name;
use domain::segment::{Condition, Segment, narrow};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How long typing must pause before it is asked whom it means.
const PAUSE_MS: u32 = 250;
/// So many of them are shown.
const SAMPLE_MAX: u32 = 6;

/// A segment in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SegmentForm {
    /// Its stable name.
    pub(crate) id: String,
    /// The Chinese name.
    pub(crate) zh: String,
    /// The English name.
    pub(crate) en: String,
    /// Whether websites may ask for it.
    pub(crate) public: bool,
    /// The tag that goes with it; empty for none.
    pub(crate) tag: String,
    /// Who is in it.
    pub(crate) who: ConditionForm,
}

impl SegmentForm {
    /// The form of a segment.
    pub(crate) fn of(segment: &Segment) -> SegmentForm {
        SegmentForm {
            id: segment.id.clone(),
            zh: segment.name.zh.clone(),
            en: segment.name.en.clone(),
            public: segment.public,
            tag: segment.tag.clone().unwrap_or_default(),
            who: ConditionForm::of(&segment.who),
        }
    }

    /// The segment; none while its condition cannot be read.
    pub(crate) fn read(&self) -> Option<Segment> {
        Some(Segment {
            id: self.id.trim().to_owned(),
            version: 0,
            name: Name {
                zh: self.zh.trim().to_owned(),
                en: self.en.trim().to_owned(),
            },
            who: self.who.read()?,
            public: self.public,
            tag: Some(self.tag.clone()).filter(|tag| !tag.is_empty()),
        })
    }
}

/// A stable name made of an English one: small letters, digits and hyphens.
pub(crate) fn id_of(name: &str) -> String {
    const BYTES_MAX: usize = domain::rulebook::limit::SEGMENT_ID_BYTES_MAX;
    let mut id = String::new();
    for c in name.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.truncate(BYTES_MAX);
    id.trim_end_matches('-').to_owned()
}

/// Whom a condition means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Preview {
    /// It is not complete.
    Incomplete,
    /// So many, and some of them where a list can show them.
    Ready(Previewed, Vec<LeadRow>),
    /// It was not answered.
    Failed(Failure),
}

/// A segment on the desk.
#[derive(Clone, Copy)]
pub(crate) struct SegmentDesk {
    /// The form.
    pub(crate) form: RwSignal<SegmentForm>,
    /// As it was last saved; none of a new one.
    pub(crate) saved: RwSignal<Option<Segment>>,
    /// What someone else saved meanwhile.
    pub(crate) theirs: RwSignal<Option<Segment>>,
    /// Why it was not saved or taken away.
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// Whether it is on its way.
    pub(crate) busy: RwSignal<bool>,
    /// Whom it means.
    pub(crate) preview: RwSignal<Preview>,
    /// Whether that is being asked.
    pub(crate) asking: RwSignal<bool>,
    /// What it may name.
    pub(crate) terms: TermsState,
    session: Session,
    attempt: Attempt<Segment>,
    removal: Attempt<String>,
    turn: StoredValue<u32>,
    pending: StoredValue<Option<Timeout>, LocalStorage>,
}

impl SegmentDesk {
    /// Puts a segment on the desk; a new one means nobody yet.
    pub(crate) fn open(
        segment: Option<Segment>,
        terms: TermsState,
        session: Session,
    ) -> SegmentDesk {
        let blank = Segment {
            id: String::new(),
            version: 0,
            name: Name::default(),
            who: Condition::All(Vec::new()),
            public: false,
            tag: None,
        };
        let form = SegmentForm::of(segment.as_ref().unwrap_or(&blank));
        let desk = SegmentDesk {
            form: RwSignal::new(form),
            saved: RwSignal::new(segment),
            theirs: RwSignal::new(None),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            preview: RwSignal::new(Preview::Incomplete),
            asking: RwSignal::new(true),
            terms,
            session,
            attempt: Attempt::new(),
            removal: Attempt::new(),
            turn: StoredValue::new(0),
            pending: StoredValue::new_local(None),
        };
        let who = Memo::new(move |_| desk.form.with(|form| form.who.read()));
        Effect::new(move |_| desk.ask(who.get()));
        desk
    }

    /// Whether the form says something else than what is saved.
    pub(crate) fn is_changed(self) -> bool {
        let form = self.form.get();
        self.saved.with(|saved| match saved {
            Some(saved) => SegmentForm::of(saved).read() != form.read(),
            None => true,
        })
    }

    fn ask(self, who: Option<Condition>) {
        let turn = self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        });
        let wrong = who.as_ref().is_some_and(|who| {
            untrack(|| self.terms.ready.get() && self.terms.wrong(who).is_some())
        });
        let Some(who) = who.filter(|_| !wrong) else {
            self.pending.set_value(None);
            self.asking.set(false);
            self.preview.set(Preview::Incomplete);
            return;
        };
        self.asking.set(true);
        let ask = move || {
            spawn_local(async move {
                let found = self.look(&who).await;
                if self.turn.try_get_value() != turn {
                    return;
                }
                let _ = self.asking.try_set(false);
                let _ = self.preview.try_set(found);
            });
        };
        self.pending.set_value(Some(Timeout::new(PAUSE_MS, ask)));
    }

    async fn look(self, who: &Condition) -> Preview {
        let asked = PreviewSegment { who: who.clone() };
        let counted = match self.session.call(&asked).await {
            Ok(counted) => counted,
            Err(failure) => return Preview::Failed(failure),
        };
        let filter = self
            .terms
            .schema
            .try_with_untracked(|schema| listed(who, schema));
        let Some(filter) = filter.flatten().filter(|_| counted.people > 0) else {
            return Preview::Ready(counted, Vec::new());
        };
        let sample = Leads {
            filter: list::write(&filter),
            limit: Some(SAMPLE_MAX),
            ..Leads::default()
        };
        // Without an answer there is a number and no faces.
        let sample = self.session.call(&sample).await;
        let sample = sample.map(|page| page.items).unwrap_or_default();
        Preview::Ready(counted, sample)
    }

    /// Saves it. `done` hears of it.
    pub(crate) fn save(self, done: impl FnOnce(Segment) + 'static) {
        let Some(segment) = self.form.with_untracked(SegmentForm::read) else {
            return;
        };
        let expected_version = self
            .saved
            .with_untracked(|saved| saved.as_ref().map_or(0, |saved| saved.version));
        let asked = Segment {
            version: expected_version,
            ..segment
        };
        self.busy.set(true);
        self.failure.set(None);
        let call = SaveSegment {
            key: self.attempt.key(&asked),
            id: asked.id.clone(),
            expected_version,
            segment: asked,
        };
        spawn_local(async move {
            let reply = self.session.call(&call).await;
            let _ = self.busy.try_set(false);
            match reply {
                Ok(saved) => {
                    self.attempt.forget();
                    let _ = self.saved.try_set(Some(saved.clone()));
                    done(saved);
                }
                Err(Failure::Refused(ErrorCode::Conflict, error)) => {
                    let current = error
                        .current
                        .and_then(|current| serde_json::from_value(current).ok());
                    let _ = self.theirs.try_set(current);
                }
                Err(failure) => drop(self.failure.try_set(Some(failure))),
            }
        });
    }

    /// Takes what someone else saved.
    pub(crate) fn take_theirs(self) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.form.set(SegmentForm::of(&theirs));
            self.saved.set(Some(theirs));
        }
        self.theirs.set(None);
    }

    /// Keeps the form, on top of what someone else saved.
    pub(crate) fn keep_mine(self) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.saved.set(Some(theirs));
        }
        self.theirs.set(None);
    }

    /// Takes it away. `done` hears of it.
    pub(crate) fn remove(self, done: impl FnOnce() + 'static) {
        let id = self.form.with_untracked(|form| form.id.clone());
        self.busy.set(true);
        self.failure.set(None);
        let call = RemoveSegment {
            key: self.removal.key(&id),
            id,
        };
        spawn_local(async move {
            let reply = self.session.call(&call).await;
            let _ = self.busy.try_set(false);
            match reply {
                Ok(_) => done(),
                Err(failure) => drop(self.failure.try_set(Some(failure))),
            }
        });
    }
}

/// The filters of a list that shows whom a condition means; none where no list can say it. What asks for a day is left to
/// the worker, which knows the workspace's.
fn listed(who: &Condition, schema: &domain::profile::Schema) -> Option<Vec<Clause>> {
    let asks_day = |(condition, _): &(&Condition, usize)| {
        matches!(
            condition,
            Condition::Moment { .. } | Condition::FieldDate { .. } | Condition::Silent { .. }
        )
    };
    if who.all().iter().any(asks_day) {
        return None;
    }
    let narrowed = narrow(who, schema, Zone::SHANGHAI, Day(0));
    let clauses = narrowed.groups.into_iter().map(|group| Clause::Any {
        any: group.into_iter().map(filter_of).collect(),
    });
    narrowed.exact.then(|| clauses.collect())
}

/// A filter as it is sent.
fn filter_of(condition: list::Condition) -> Filter {
    let sent = |operands: Vec<Operand>| match condition.holds {
        Holds::Bool => {
            let yes = |operand: Operand| match operand {
                Operand::Number(number) => Operand::Bool(number != 0),
                other => other,
            };
            operands.into_iter().map(yes).collect()
        }
        _ => operands,
    };
    let test = match condition.test {
        Test::AnyOf(operands) => Test::AnyOf(sent(operands)),
        Test::NoneOf(operands) => Test::NoneOf(sent(operands)),
        Test::AllOf(operands) => Test::AllOf(sent(operands)),
        other => other,
    };
    Filter {
        column: condition.column.to_string(),
        test,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::list::Query;
    use domain::profile::Schema;
    use domain::segment::Range;

    #[test]
    fn an_id_is_made_of_a_name() {
        let check = |name, expect| assert_eq!(id_of(name), expect, "{name}");
        check("Warm, but silent!", "warm-but-silent");
        check("  CIIE 2026 ", "ciie-2026");
        check("热线索", "");
        check(
            &"long ".repeat(20),
            "long-long-long-long-long-long-long-long",
        );
    }

    #[test]
    fn whom_a_list_can_show_it_is_asked_for() {
        let schema = Schema::default();
        let score = Condition::Score(Range {
            min: Some(40),
            max: None,
        });
        let grade = Condition::Grade([domain::grade::Grade::A].into());
        let both = Condition::All(vec![score, grade]);
        let filter = listed(&both, &schema).expect("a list can");
        let text = list::write(&filter);
        let asked = domain::list::Asked {
            order: &Default::default(),
            direction: Default::default(),
            filter: text.as_deref(),
            search: None,
            cursor: None,
        };
        assert!(Query::of(asked, &schema).is_ok(), "{text:?}");
        let silent = Condition::All(vec![Condition::Silent { days: 3 }]);
        assert_eq!(listed(&silent, &schema), None);
    }
}
