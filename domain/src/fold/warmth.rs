//! How warm companies are: a company's score is made of people who are mostly not at hand.
//!
//! Where somebody asks for it, whoever fills the world puts the best of each company beside those at hand
//! ([`World::put_crowds`]), for one commit. Is a score another by then, in the eyes of who asks, it is noted: everyone of that
//! company is to be asked anew. Not here: the score itself ([`crate::account::score`]).

use super::world::World;
use crate::account;
use crate::id::{AccountId, LeadId};
use crate::segment::{Condition, Range};
use std::collections::{BTreeSet, HashMap};

/// The best of a company who are not at hand, and what all of it scored before.
#[derive(Clone, Debug, Default)]
pub(super) struct Crowd {
    best: Vec<(LeadId, i32)>,
    before: i32,
}

/// What is known of companies during a commit.
#[derive(Clone, Debug, Default)]
pub(super) struct Warmth {
    /// Between what scores it is asked to be; none as long as nobody looked.
    ranges: Option<Vec<Range>>,
    crowds: HashMap<AccountId, Crowd>,
    /// Those at hand of whom the crowds are told without.
    beside: BTreeSet<LeadId>,
    /// The scores as they are.
    scores: HashMap<AccountId, i32>,
}

impl Warmth {
    /// What is asked may be something else now.
    pub(super) fn ask_anew(&mut self) {
        self.ranges = None;
    }
}

impl World {
    /// Whether anyone asks how warm a company is.
    pub fn asks_warmth(&mut self) -> bool {
        if self.warmth.ranges.is_none() {
            let segments = self.segments.values().map(|kept| &kept.segment.who);
            let all = segments.chain(self.settings.conditions());
            self.warmth.ranges = Some(all.flat_map(ranges).collect());
        }
        let ranges = self.warmth.ranges.as_ref();
        ranges.is_some_and(|ranges| !ranges.is_empty())
    }

    /// Asks for it once, of whatever nobody saved.
    pub fn ask_warmth_of(&mut self, who: &Condition) {
        self.asks_warmth();
        if let Some(all) = &mut self.warmth.ranges {
            all.extend(ranges(who));
        }
    }

    /// Takes these into account among those at hand; the companies of all of them, and everyone to be left out of the crowds.
    pub fn stand_beside(
        &mut self,
        leads: impl IntoIterator<Item = LeadId>,
    ) -> (BTreeSet<AccountId>, &BTreeSet<LeadId>) {
        self.warmth.beside.extend(leads);
        let families = self.warmth.beside.iter().filter_map(|id| self.family(*id));
        let accounts = families.filter_map(|family| family.account()).collect();
        (accounts, &self.warmth.beside)
    }

    /// Puts beside those at hand who of these companies is best, by the stored points: without them.
    pub fn put_crowds(&mut self, found: impl IntoIterator<Item = (AccountId, Vec<(LeadId, i32)>)>) {
        let own = self.own_points();
        for (id, best) in found {
            let known = self.warmth.crowds.get(&id).map(|crowd| crowd.before);
            let points = own.get(&id).into_iter().flatten();
            let points = points.chain(best.iter().map(|(_, points)| points));
            let before = known.unwrap_or_else(|| account::score(points.copied()));
            self.warmth.crowds.insert(id, Crowd { best, before });
        }
    }

    /// Everyone of whom the stored points may be old.
    fn beside(&self) -> BTreeSet<LeadId> {
        let own = self.warmth.beside.iter().chain(&self.changes.leads);
        let own = own.chain(&self.changes.gone);
        own.flat_map(|id| [*id, self.root(*id)]).collect()
    }

    /// The points of those at hand, by their companies.
    fn own_points(&self) -> HashMap<AccountId, Vec<i32>> {
        let mut points: HashMap<AccountId, Vec<i32>> = HashMap::new();
        for id in self.beside() {
            let family = self.family(id).filter(|family| family.root().id == id);
            let account = family.and_then(|family| Some((family.account()?, family.root().score)));
            if let Some((account, score)) = account {
                points.entry(account).or_default().push(score);
            }
        }
        points
    }

    /// What companies score, those of everyone at hand who changed among them.
    fn account_scores(&self) -> HashMap<AccountId, i32> {
        let (beside, mut points) = (self.beside(), self.own_points());
        for (id, crowd) in &self.warmth.crowds {
            let others = crowd.best.iter().filter(|(lead, _)| !beside.contains(lead));
            let own = points.entry(*id).or_default();
            own.extend(others.map(|(_, points)| points));
        }
        let all = points.into_iter();
        all.map(|(id, points)| (id, account::score(points)))
            .collect()
    }

    /// Counts anew how warm companies are, where anyone asks.
    pub(super) fn warm_up(&mut self) {
        if self.asks_warmth() {
            self.warmth.scores = self.account_scores();
        }
    }

    /// How warm a company is.
    pub(super) fn account_score(&self, id: AccountId) -> i32 {
        self.warmth.scores.get(&id).copied().unwrap_or(0)
    }

    /// Notes whose people are to be asked anew, because the company's score means something else now. Of a company of which
    /// nobody was beside it is not known.
    pub(super) fn note_warmth(&mut self) {
        let changed = !self.changes.leads.is_empty() || !self.changes.gone.is_empty();
        if changed && self.asks_warmth() {
            let scores = self.account_scores();
            let crowds = &self.warmth.crowds;
            let before = |id: &AccountId| Some(crowds.get(id)?.before);
            let ranges = self.warmth.ranges.iter().flatten();
            let ranges: Vec<&Range> = ranges.collect();
            let means = |score: i32| ranges.iter().map(move |range| range.holds(score));
            let warmed = scores.iter().filter(|(id, score)| {
                before(id).is_none_or(|before| !means(before).eq(means(**score)))
            });
            self.changes.warmed.extend(warmed.map(|(id, _)| *id));
        }
        self.warmth = Warmth {
            ranges: self.warmth.ranges.take(),
            ..Warmth::default()
        };
    }
}

/// Between what a company's score is to lie.
fn ranges(who: &Condition) -> Vec<Range> {
    let all = who.all().into_iter();
    let asked = all.filter_map(|(condition, _)| match condition {
        Condition::AccountScore(range) => Some(*range),
        _ => None,
    });
    asked.collect()
}
