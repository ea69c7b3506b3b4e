//! Bringing scores and touches up to date after facts, and what of a history is a person's own.

use super::own::{Own, learn};
use super::standing::Judge;
use super::world::World;
use crate::family::Family;
use crate::id::LeadId;
use crate::journal::FirstTouchMoved;
use crate::score::{Activity, Scorer};
use crate::session::{self, Session};
use crate::touch::TouchAt;
use std::collections::BTreeSet;

impl World {
    /// Notes that these changed, and whoever is shown for them.
    pub(super) fn touch_leads(&mut self, leads: impl IntoIterator<Item = LeadId>, seq: u64) {
        for id in leads {
            for id in [id, self.root(id)] {
                if let Some(lead) = self.leads.get_mut(&id) {
                    lead.seq = seq;
                    self.changes.leads.insert(id);
                }
            }
        }
    }

    /// Brings the scores and touches of everyone who changed up to date; the first touches that moved. A record that was
    /// merged has neither: who is shown has them.
    pub(super) fn settle(&mut self) -> Vec<FirstTouchMoved> {
        let mut scorer = self
            .scorer
            .take()
            .unwrap_or_else(|| Scorer::new(&self.settings.rulebook, self.settings.zone));
        scorer.set_day(self.day);
        let mut judge = self.judge.take().unwrap_or_else(|| Judge::of(self));
        let (version, published_seq) = (self.settings.version, self.settings.published_seq);
        for id in &self.changes.visitors {
            if let Some(visitor) = self.visitors.get_mut(id) {
                learn(&mut scorer, &self.shapes, &visitor.activities);
                let judged = scorer.judge(visitor.activities.iter().map(|a| (a.at, a.shape)));
                visitor.score = judged.total;
                visitor.due = judged.next_change_day;
                if visitor.rules != version {
                    visitor.rules = version;
                    visitor.seq = visitor.seq.max(published_seq);
                }
            }
        }
        let mut moved = Vec::new();
        for id in &self.changes.leads {
            let Some(family) = self.family(*id) else {
                continue;
            };
            let (created_at, own) = if family.root().id == *id {
                (family.created_at(), Own::of(&family, &self.visitors))
            } else {
                (
                    self.leads.get(id).map_or(0, |lead| lead.created_at),
                    Own::default(),
                )
            };
            learn(&mut scorer, &self.shapes, &own.activities);
            let judged = scorer.judge(own.activities.iter().map(|a| (a.at, a.shape)));
            let last_at = own
                .activities
                .last()
                .map_or(created_at, |a| a.at.max(created_at));
            let (standing, changes) = if family.root().id == *id {
                let today = self.day.unwrap_or(self.settings.zone.day(last_at));
                judge.standing(&self.shapes, (&family, &own), judged.total, today)
            } else {
                (judge.of_merged(), None)
            };
            let Some(lead) = self.leads.get_mut(id) else {
                continue;
            };
            lead.score = judged.total;
            lead.standing = standing;
            lead.due = judged.next_change_day.into_iter().chain(changes).min();
            if lead.rules != version {
                lead.rules = version;
                lead.seq = lead.seq.max(published_seq);
            }
            lead.last_at = last_at;
            if let (Some(from), Some(to)) = (&lead.first_touch, &own.first)
                && from.event != to.event
            {
                moved.push(FirstTouchMoved {
                    lead: lead.id,
                    from: from.event,
                    to: to.event,
                });
            }
            lead.first_touch = own.first;
            lead.last_touch = own.last;
        }
        self.scorer = Some(scorer);
        self.judge = Some(judge);
        moved
    }

    /// The activities that are a person's own, in order.
    pub fn activities_of(&self, family: &Family<'_>) -> BTreeSet<Activity> {
        Own::of(family, &self.visitors).activities
    }

    /// The touches that are a person's own, in order.
    pub fn touches_of(&self, family: &Family<'_>) -> Vec<TouchAt> {
        let mut touches: Vec<TouchAt> = Own::touches(family, &self.visitors).cloned().collect();
        touches.sort_by_key(|t| (t.at, t.event));
        touches
    }

    /// The sessions of a person's own history, those of each browser together, oldest first.
    pub fn sessions_of(&self, family: &Family<'_>) -> Vec<Session> {
        let visitors = family.visitors().into_iter();
        let visitors = visitors.filter_map(|id| self.visitors.get(&id));
        visitors
            .flat_map(|visitor| {
                let is_own = |at, event| family.owns(visitor, at, event);
                session::of(visitor, &self.shapes, is_own)
            })
            .collect()
    }
}
