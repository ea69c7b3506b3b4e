//! The entries of people's histories: what facts change, told with what was there before.

use super::world::World;
use crate::entry::{Change, Entry, FieldChange};
use crate::id::{LeadId, Ms};
use crate::journal::{Body, Fact, LeadPut, SegmentsMoved, VisitorIdentified};
use crate::profile::{Described, FieldId, Value};
use crate::visitor::Visitor;

/// An entry, and in whose histories it stands.
pub(super) struct Told {
    leads: Vec<LeadId>,
    entry: Entry,
}

impl World {
    /// What a fact that is about to be applied tells of people.
    pub(super) fn told(&self, fact: &Fact) -> Option<Told> {
        let (leads, by, what) = match &fact.body {
            Body::LeadPut(put) => (vec![put.lead], Some(&put.by), self.told_put(put)),
            Body::VisitorIdentified(named) => (vec![named.lead], None, self.told_named(named)),
            Body::IdentificationWithdrawn(withdrawn) => {
                let visitor = withdrawn.visitor;
                (vec![withdrawn.lead], None, Change::Unnamed { visitor })
            }
            Body::LeadsMerged(one) => {
                let (survivor, merged) = (one.survivor, one.merged);
                let what = Change::Merged { survivor, merged };
                (vec![survivor, merged], one.by.as_ref(), what)
            }
            Body::MergeUndone(one) => {
                let (survivor, merged) = (one.survivor, one.merged);
                let what = Change::Parted { survivor, merged };
                (vec![survivor, merged], Some(&one.by), what)
            }
            Body::SuggestionDismissed(dismissed) => {
                let what = dismissed.what.clone();
                let leads = what.leads();
                (leads, Some(&dismissed.by), Change::Dismissed { what })
            }
            Body::ImportTakenBack(taken) => {
                let import = taken.import;
                (taken.leads.clone(), None, Change::TakenBack { import })
            }
            Body::VerdictChanged(changed) => {
                let (visitor, verdict) = (changed.visitor, changed.verdict);
                let known = self.visitors.get(&visitor);
                let leads = known.map(Visitor::leads).unwrap_or_default();
                let what = Change::Judged { visitor, verdict };
                (leads.into_iter().collect(), Some(&changed.by), what)
            }
            Body::MemberChosen(chosen) => {
                let (segment, by_hand) = (chosen.segment.clone(), chosen.by_hand);
                let what = Change::Chosen { segment, by_hand };
                (vec![chosen.lead], Some(&chosen.by), what)
            }
            Body::SegmentsMoved(moved) => (vec![moved.lead], None, told_moved(moved)),
            body => told_of_work(body)?,
        };
        let entry = Entry {
            at: fact.occurred_at,
            seq: fact.seq,
            by: by.cloned(),
            what,
        };
        Some(Told { leads, entry })
    }

    /// Notes what was told of those who are still there.
    pub(super) fn note(&mut self, told: Told) {
        let leads = told.leads.into_iter();
        let there = leads.filter(|id| self.leads.contains_key(id));
        let entries = there.map(|id| (id, told.entry.clone()));
        self.changes.entries.extend(entries);
    }

    fn told_put(&self, put: &LeadPut) -> Change {
        let set = put.set.iter();
        let set = set.map(|(field, value)| (field.clone(), value.clone()));
        Change::Put {
            opened: put.opened,
            import: put.import,
            fields: self.field_changes(put.lead, set),
            tagged: put.tagged.clone(),
            untagged: put.untagged.clone(),
            keys: put.keys.clone(),
            dropped: put.dropped.clone(),
        }
    }

    fn told_named(&self, named: &VisitorIdentified) -> Change {
        let filled = named.filled.iter();
        let filled = filled.map(|(field, text)| {
            let value = Value::Text(text.clone());
            (FieldId::Standard(*field), Some(value))
        });
        Change::Named {
            visitor: named.visitor,
            keys: named.keys.clone(),
            fields: self.field_changes(named.lead, filled),
        }
    }

    /// What these fields of a person hold, and what they are to hold.
    pub(super) fn field_changes(
        &self,
        lead: LeadId,
        set: impl Iterator<Item = (FieldId, Option<Value>)>,
    ) -> Vec<FieldChange> {
        let family = self.family(lead);
        set.map(|(field, to)| FieldChange {
            from: family.value(&field).cloned(),
            field,
            to,
        })
        .collect()
    }

    /// People as they were at a time: what facts about them made of them that were written by then, in a world that holds the
    /// settings of the time and nobody. The browsers come with what they had done by then. What was decided about a browser
    /// since holds for all that it did.
    pub fn replay_until(
        &mut self,
        then: Ms,
        facts: &[Fact],
        visitors: impl IntoIterator<Item = Visitor>,
    ) {
        for visitor in visitors {
            self.put_visitor(visitor.until(then));
        }
        let told = facts.iter().filter(|fact| {
            fact.at <= then && !matches!(fact.body, Body::Tracked(_) | Body::VerdictChanged(_))
        });
        self.replay(told);
    }
}

/// What a fact tells of how people are worked.
fn told_of_work(body: &Body) -> Option<(Vec<LeadId>, Option<&String>, Change)> {
    Some(match body {
        Body::StageMoved(moved) => {
            let step = moved.step.clone();
            let what = Change::Moved {
                from: step.from,
                to: step.to,
                cause: step.cause,
            };
            (vec![moved.lead], moved.by.as_ref(), what)
        }
        Body::StepNoted(noted) => {
            let (step, done) = (noted.step.clone(), noted.done.clone());
            let what = Change::Stepped { step, done };
            (vec![noted.lead], Some(&noted.by), what)
        }
        Body::LeadAssigned(assigned) => {
            let (to, why) = (assigned.to, assigned.why.clone());
            let what = Change::Assigned { to, why };
            (vec![assigned.lead], assigned.by.as_ref(), what)
        }
        Body::TaskSaved(saved) => {
            let task = Box::new(saved.task.clone());
            (
                vec![saved.task.lead],
                saved.by.as_ref(),
                Change::Tasked { task },
            )
        }
        Body::ClockTurned(turned) => {
            let (kind, turn) = (turned.kind, turned.turn);
            (vec![turned.lead], None, Change::Promised { kind, turn })
        }
        _ => return None,
    })
}

fn told_moved(moved: &SegmentsMoved) -> Change {
    Change::Sifted {
        entered: moved.entered.keys().cloned().collect(),
        left: moved.left.clone(),
        tagged: moved.tagged.keys().cloned().collect(),
        untagged: moved.untagged.clone(),
    }
}

#[cfg(test)]
mod tests;
