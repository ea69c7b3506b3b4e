//! What a draft of the rules would change: the real history scored by both rulebooks, with `domain`'s own scorer.
//!
//! Not here: reading the history ([`crate::state::history`]) and when to run ([`crate::state::trial`]).

use domain::api::{ReplayLead, ReplayPage};
use domain::day::{Day, Zone};
use domain::id::LeadId;
use domain::rulebook::{Rulebook, SCORE_MAX};
use domain::score::{Scorer, Shape, ShapeId};
use std::collections::BTreeMap;

/// Columns of a histogram.
pub(crate) const BINS: usize = 20;

/// How many leads score in each column's range, the lowest first.
pub(crate) type Histogram = [u32; BINS];

/// The history of all leads.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    zone: Zone,
    today: Day,
    shapes: BTreeMap<ShapeId, Shape>,
    leads: Vec<ReplayLead>,
}

impl History {
    /// Adds a page.
    pub(crate) fn add(&mut self, page: ReplayPage) {
        self.zone = page.zone;
        self.today = page.today;
        self.shapes.extend(page.shapes);
        self.leads.extend(page.leads);
    }

    /// The leads.
    pub(crate) fn leads(&self) -> &[ReplayLead] {
        &self.leads
    }
}

/// A lead whose score changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moved {
    /// Who.
    pub(crate) id: LeadId,
    /// What people know the lead by.
    pub(crate) label: String,
    /// The score by the published rules.
    pub(crate) before: i32,
    /// The score by the draft.
    pub(crate) after: i32,
}

/// What a draft would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// How many leads were scored.
    pub(crate) leads: usize,
    /// How many scores would change.
    pub(crate) changed: usize,
    /// The MQL line of the draft.
    pub(crate) mql_score: i32,
    /// Who would become qualified, the highest first.
    pub(crate) crossed: Vec<Moved>,
    /// Who would no longer be qualified, the highest first.
    pub(crate) fell: Vec<Moved>,
    /// How many are qualified by the published rules.
    pub(crate) qualified_before: usize,
    /// How many would be by the draft.
    pub(crate) qualified_after: usize,
    /// The scores by the published rules.
    pub(crate) before: Histogram,
    /// The scores by the draft.
    pub(crate) after: Histogram,
}

/// A trial under way: fed a slice of leads at a time, so that the caller may pause in between.
pub(crate) struct Trial {
    published: Scorer,
    draft: Scorer,
    mql_before: i32,
    outcome: Outcome,
}

impl Trial {
    /// Makes both rulebooks ready for this history.
    pub(crate) fn new(history: &History, published: &Rulebook, draft: &Rulebook) -> Trial {
        let ready = |rulebook: &Rulebook| {
            let mut scorer = Scorer::new(rulebook, history.zone);
            scorer.set_day(Some(history.today));
            for (id, shape) in &history.shapes {
                scorer.learn(*id, shape);
            }
            scorer
        };
        Trial {
            published: ready(published),
            draft: ready(draft),
            mql_before: published.mql_score,
            outcome: Outcome {
                mql_score: draft.mql_score,
                ..Outcome::default()
            },
        }
    }

    /// Scores these leads.
    pub(crate) fn step(&mut self, leads: &[ReplayLead]) {
        for lead in leads {
            let before = self.published.total(lead.activities.iter().copied());
            let after = self.draft.total(lead.activities.iter().copied());
            self.note(lead, before, after);
        }
    }

    fn note(&mut self, lead: &ReplayLead, before: i32, after: i32) {
        let outcome = &mut self.outcome;
        count(&mut outcome.before, before);
        count(&mut outcome.after, after);
        add_one(&mut outcome.leads, true);
        add_one(&mut outcome.changed, before != after);
        let (was, is) = (before >= self.mql_before, after >= outcome.mql_score);
        add_one(&mut outcome.qualified_before, was);
        add_one(&mut outcome.qualified_after, is);
        if was != is {
            let moved = Moved {
                id: lead.id,
                label: lead.label.clone(),
                before,
                after,
            };
            if is {
                outcome.crossed.push(moved)
            } else {
                outcome.fell.push(moved)
            }
        }
    }

    /// What came out.
    pub(crate) fn finish(mut self) -> Outcome {
        self.outcome
            .crossed
            .sort_by_key(|moved| std::cmp::Reverse(moved.after));
        self.outcome
            .fell
            .sort_by_key(|moved| std::cmp::Reverse(moved.before));
        self.outcome
    }
}

fn add_one(count: &mut usize, when: bool) {
    *count = count.saturating_add(usize::from(when));
}

fn count(histogram: &mut Histogram, score: i32) {
    if let Some(column) = histogram.get_mut(bin(score)) {
        *column = column.saturating_add(1);
    }
}

/// The column that a score falls in; the highest score belongs to the last.
pub(crate) fn bin(score: i32) -> usize {
    let score = usize::try_from(score.clamp(0, SCORE_MAX)).unwrap_or_default();
    score
        .saturating_mul(BINS)
        .checked_div(SCORE_MAX as usize)
        .unwrap_or_default()
        .min(BINS.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::rulebook::starter;
    use domain::wire::Kind;
    use uuid::Uuid;

    fn history() -> History {
        let shape = |path: &str, kind, name: Option<&str>| Shape {
            name: name.map(Into::into),
            ..Shape::new(kind, path)
        };
        let lead = |n: u128, activities: &[(i64, u32)]| ReplayLead {
            id: LeadId(Uuid::from_u128(n)),
            label: format!("lead {n}"),
            score: 0,
            activities: activities
                .iter()
                .map(|(day, shape)| (day * 86_400_000, ShapeId(*shape)))
                .collect(),
        };
        let mut history = History::default();
        let page = |leads, shapes| ReplayPage {
            zone: Zone::SHANGHAI,
            today: Day(2),
            shapes,
            leads,
            next: None,
            total: 3,
        };
        history.add(page(
            vec![lead(1, &[(1, 0), (2, 1)]), lead(2, &[(1, 0)])],
            vec![
                (ShapeId(0), shape("/", Kind::FormSubmit, Some("trial"))),
                (ShapeId(1), shape("/pricing", Kind::PageView, None)),
            ],
        ));
        history.add(page(vec![lead(3, &[(1, 1)])], vec![]));
        history
    }

    fn run(published: &Rulebook, draft: &Rulebook, slice: usize) -> Outcome {
        let history = history();
        let mut trial = Trial::new(&history, published, draft);
        for leads in history.leads().chunks(slice) {
            trial.step(leads);
        }
        trial.finish()
    }

    #[test]
    fn the_same_rules_change_nothing() {
        let outcome = run(&starter(), &starter(), 10);
        assert_eq!((outcome.leads, outcome.changed), (3, 0));
        assert_eq!(outcome.before, outcome.after);
    }

    #[test]
    fn who_crosses_and_who_falls_is_named() {
        // By the starter: 40 + 10 + 1 = 51, 40, 11.
        let mut published = starter();
        published.mql_score = 40;
        let mut draft = starter();
        draft.mql_score = 60;
        draft.rules[2].points = 25;
        let names = |list: &[Moved]| {
            list.iter()
                .map(|m| (m.label.clone(), m.before, m.after))
                .collect::<Vec<_>>()
        };
        let outcome = run(&published, &draft, 2);
        assert_eq!(names(&outcome.crossed), []);
        assert_eq!(names(&outcome.fell), [("lead 2".into(), 40, 40)]);
        assert_eq!(
            (
                outcome.qualified_before,
                outcome.qualified_after,
                outcome.changed
            ),
            (2, 1, 2)
        );
        draft.mql_score = 26;
        published.mql_score = 60;
        assert_eq!(names(&run(&published, &draft, 1).crossed).len(), 3);
    }

    #[test]
    fn pauses_do_not_matter() {
        let mut draft = starter();
        draft.rules[0].points = 90;
        assert_eq!(run(&starter(), &draft, 1), run(&starter(), &draft, 100));
    }

    #[test]
    fn every_score_has_a_column() {
        assert_eq!(
            [-5, 0, 4, 5, 99, 100, 400].map(bin),
            [0, 0, 0, 1, 19, 19, 19]
        );
    }
}
