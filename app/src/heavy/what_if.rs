//! What a draft of the rules would change: the real history scored by both rulebooks, with `domain`'s own scorer; and whether
//! the draft finds the leads that sales takes and wins.
//!
//! Not here: reading the history, and when to run; the page does both.

use domain::api::ReplayPage;
use domain::calibration::{self, BANDS, Band, Case, Good, Quality};
use domain::day::{Day, Zone};
use domain::id::{LeadId, Ms, UserId};
use domain::rulebook::{Rulebook, SCORE_MAX};
use domain::score::{Scorer, Shape, ShapeId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Columns of a histogram.
pub const BINS: usize = 20;
/// People who cross or fall that are named; the counts are of all.
const NAMED_MAX: usize = 500;
/// Sources, and owners, that are told apart, those with the most changes first.
const GROUPS_MAX: usize = 50;
/// Leads a week are counted over so many days before today, today among them: twelve weeks.
const WEEKLY_DAYS: i32 = 84;

/// How many leads score in each column's range, the lowest first.
pub type Histogram = [u32; BINS];

/// The history of all leads. Activities stand in one list, for a hundred thousand lists of their own would take longer to
/// walk than to score.
#[derive(Clone, Debug, Default)]
pub struct History {
    zone: Zone,
    today: Day,
    shapes: BTreeMap<ShapeId, Shape>,
    leads: Vec<Replayed>,
    activities: Vec<(Ms, ShapeId)>,
    sources: Vec<String>,
    known: BTreeMap<String, usize>,
}

#[derive(Clone, Debug)]
struct Replayed {
    id: LeadId,
    label: String,
    /// Where its activities end; they begin where those of the one before do.
    ends: usize,
    source: usize,
    owner: Option<UserId>,
    accepted: Option<bool>,
    won: bool,
}

impl History {
    /// Adds a page.
    pub fn add(&mut self, page: ReplayPage) {
        self.zone = page.zone;
        self.today = page.today;
        self.shapes.extend(page.shapes);
        for lead in page.leads {
            self.activities.extend(lead.activities);
            let source = self.source(lead.source);
            self.leads.push(Replayed {
                id: lead.id,
                label: lead.label,
                ends: self.activities.len(),
                source,
                owner: lead.owner,
                accepted: lead.accepted,
                won: lead.won,
            });
        }
    }

    /// How many leads there are.
    pub fn len(&self) -> usize {
        self.leads.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.leads.is_empty()
    }

    fn source(&mut self, name: String) -> usize {
        let next = self.sources.len();
        let place = *self.known.entry(name.clone()).or_insert(next);
        if place == next {
            self.sources.push(name);
        }
        place
    }

    /// Each lead with its activities.
    fn each(&self) -> impl Iterator<Item = (&Replayed, &[(Ms, ShapeId)])> {
        let mut begins = 0;
        self.leads.iter().map(move |lead| {
            let own = self.activities.get(begins..lead.ends);
            begins = lead.ends;
            (lead, own.unwrap_or_default())
        })
    }

    /// What a rulebook makes of everyone.
    pub fn scored(&self, rulebook: &Rulebook) -> Scored {
        let mut scorer = Scorer::new(rulebook, self.zone);
        scorer.set_day(Some(self.today));
        for (id, shape) in &self.shapes {
            scorer.learn(*id, shape);
        }
        let (mut totals, mut cases) = (Vec::new(), Vec::new());
        for (lead, own) in self.each() {
            totals.push(scorer.total(own.iter().copied()));
            cases.push(Case {
                highs: scorer.highs(own.iter().copied()),
                accepted: lead.accepted,
                won: lead.won,
            });
        }
        Scored {
            mql_score: rulebook.mql_score,
            totals,
            cases,
        }
    }

    /// What would change from one to the other; `capacity` is how many leads a week sales can take up.
    pub fn compare(&self, published: &Scored, draft: &Scored, capacity: Option<u32>) -> Outcome {
        let mut outcome = Outcome {
            leads: self.leads.len(),
            mql_score: draft.mql_score,
            ..Outcome::default()
        };
        let mut sources = BTreeMap::new();
        let mut owners = BTreeMap::new();
        let both = published.totals.iter().zip(&draft.totals);
        for (lead, (before, after)) in self.leads.iter().zip(both) {
            count(&mut outcome.before, *before);
            count(&mut outcome.after, *after);
            add_one(&mut outcome.changed, before != after);
            let (was, is) = (*before >= published.mql_score, *after >= draft.mql_score);
            add_one(&mut outcome.qualified_before, was);
            add_one(&mut outcome.qualified_after, is);
            let of_source: &mut Group = sources.entry(lead.source).or_default();
            of_source.note(was, is);
            let of_owner: &mut Group = owners.entry(lead.owner).or_default();
            of_owner.note(was, is);
            if was != is {
                let to = if is {
                    &mut outcome.crossed
                } else {
                    &mut outcome.fell
                };
                to.push(Moved {
                    id: lead.id,
                    label: lead.label.clone(),
                    before: *before,
                    after: *after,
                });
            }
        }
        (outcome.up, outcome.down) = (outcome.crossed.len(), outcome.fell.len());
        outcome
            .crossed
            .sort_by_key(|moved| std::cmp::Reverse(moved.after));
        outcome
            .fell
            .sort_by_key(|moved| std::cmp::Reverse(moved.before));
        outcome.crossed.truncate(NAMED_MAX);
        outcome.fell.truncate(NAMED_MAX);
        let name = |place: usize| self.sources.get(place).cloned().unwrap_or_default();
        outcome.by_source = most(sources, name);
        outcome.by_owner = most(owners, |owner: Option<UserId>| {
            owner.map(|owner| owner.to_string()).unwrap_or_default()
        });
        outcome.published = self.calibrated(published, capacity);
        outcome.draft = self.calibrated(draft, capacity);
        outcome
    }

    fn calibrated(&self, scored: &Scored, capacity: Option<u32>) -> Calibrated {
        let (cases, line) = (&scored.cases, scored.mql_score);
        let from = self.today.plus(1_i32.saturating_sub(WEEKLY_DAYS));
        Calibrated {
            accepted: calibration::quality(cases, line, Good::Accepted),
            won: calibration::quality(cases, line, Good::Won),
            weekly: calibration::per_week(cases, line, from, self.today),
            fitting: capacity
                .and_then(|capacity| calibration::fitting(cases, capacity, from, self.today)),
            bands: calibration::bands(cases),
        }
    }
}

/// What a rulebook makes of a history.
#[derive(Clone, Debug)]
pub struct Scored {
    mql_score: i32,
    totals: Vec<i32>,
    cases: Vec<Case>,
}

/// A lead whose score changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Who.
    pub id: LeadId,
    /// What people know the lead by.
    pub label: String,
    /// The score by the published rules.
    pub before: i32,
    /// The score by the draft.
    pub after: i32,
}

/// Leads of a source or an owner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Which: the source, or the owner's id; empty without one.
    pub name: String,
    /// How many.
    pub leads: usize,
    /// How many of them would become qualified.
    pub up: usize,
    /// How many would no longer be.
    pub down: usize,
}

impl Group {
    fn note(&mut self, was: bool, is: bool) {
        add_one(&mut self.leads, true);
        add_one(&mut self.up, is && !was);
        add_one(&mut self.down, was && !is);
    }
}

/// Whether a score finds what is good.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calibrated {
    /// Against what sales accepted.
    pub accepted: Quality,
    /// Against what was won.
    pub won: Quality,
    /// Leads a week that reached the line, in thousandths.
    pub weekly: Option<u64>,
    /// The lowest line that lets through no more than sales can take up.
    pub fitting: Option<i32>,
    /// What came of the leads of each band of scores.
    pub bands: [Band; BANDS],
}

/// What a draft would change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// How many leads were scored.
    pub leads: usize,
    /// How many scores would change.
    pub changed: usize,
    /// The MQL line of the draft.
    pub mql_score: i32,
    /// How many would become qualified.
    pub up: usize,
    /// How many would no longer be.
    pub down: usize,
    /// Some who would become qualified, the highest first.
    pub crossed: Vec<Moved>,
    /// Some who would no longer be, the highest first.
    pub fell: Vec<Moved>,
    /// How many are qualified by the published rules.
    pub qualified_before: usize,
    /// How many would be by the draft.
    pub qualified_after: usize,
    /// The scores by the published rules.
    pub before: Histogram,
    /// The scores by the draft.
    pub after: Histogram,
    /// The same by source.
    pub by_source: Vec<Group>,
    /// The same by owner.
    pub by_owner: Vec<Group>,
    /// How well the published rules find what is good.
    pub published: Calibrated,
    /// How well the draft would.
    pub draft: Calibrated,
}

/// Those with the most changes first, then those with the most leads.
fn most<K>(groups: BTreeMap<K, Group>, name: impl Fn(K) -> String) -> Vec<Group> {
    let groups = groups.into_iter();
    let groups = groups.map(|(key, group)| Group {
        name: name(key),
        ..group
    });
    let mut groups: Vec<Group> = groups.collect();
    groups.sort_by_key(|group| {
        let moved = group.up.saturating_add(group.down);
        std::cmp::Reverse((moved, group.leads))
    });
    groups.truncate(GROUPS_MAX);
    groups
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
pub fn bin(score: i32) -> usize {
    let score = usize::try_from(score.clamp(0, SCORE_MAX)).unwrap_or_default();
    score
        .saturating_mul(BINS)
        .checked_div(SCORE_MAX as usize)
        .unwrap_or_default()
        .min(BINS.saturating_sub(1))
}

#[cfg(test)]
mod tests;
