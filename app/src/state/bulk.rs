//! One deed with many leads: who is picked, how far it has come, and the way back.
//!
//! The worker does a slice a call; here one is asked for after the other. Each has a key of its own and is asked for again with
//! the same one when no answer came, so nothing is done twice.

use crate::api::Failure;
use crate::state::ids::fresh;
use crate::state::leads::LeadsState;
use crate::state::session::Session;
use domain::api::{DoBulk, UndoBulk};
use domain::bulk::{Deed, Refusals, SLICE_MAX, Whom};
use domain::id::{BulkId, LeadId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

/// How often a slice is asked for when no answer comes.
const TRIES_MAX: u32 = 3;

/// Who is picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Picked {
    /// These.
    These(BTreeSet<LeadId>),
    /// Everyone in the list.
    Everyone,
}

/// How far a deed has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    /// With how many.
    pub(crate) done: u64,
    /// Of how many.
    pub(crate) total: u64,
}

/// What became of a deed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Which, for the way back.
    pub(crate) id: BulkId,
    /// How many it changed.
    pub(crate) changed: u64,
    /// Why it passed over the others, each reason with how many.
    pub(crate) refused: Refusals,
}

impl Outcome {
    fn add(&mut self, changed: u64, refused: &Refusals) -> u64 {
        self.changed = self.changed.saturating_add(changed);
        let mut passed = changed;
        for (why, count) in refused {
            let known = self.refused.entry(why.clone()).or_default();
            *known = known.saturating_add(*count);
            passed = passed.saturating_add(*count);
        }
        passed
    }
}

/// One deed with many leads.
#[derive(Clone, Copy)]
pub(crate) struct BulkState {
    /// Who is picked.
    pub(crate) picked: RwSignal<Picked>,
    /// How far it has come, while it goes on.
    pub(crate) progress: RwSignal<Option<Progress>>,
    /// Whom the last one passed over, and why.
    pub(crate) passed: RwSignal<Refusals>,
    last: StoredValue<Option<LeadId>>,
    turn: StoredValue<u32>,
    session: Session,
}

impl BulkState {
    /// Nobody is picked.
    pub(crate) fn new(session: Session) -> BulkState {
        BulkState {
            picked: RwSignal::new(Picked::These(BTreeSet::new())),
            progress: RwSignal::new(None),
            passed: RwSignal::new(Refusals::new()),
            last: StoredValue::new(None),
            turn: StoredValue::new(0),
            session,
        }
    }

    /// Whether a lead is picked.
    pub(crate) fn is_picked(self, id: LeadId) -> bool {
        self.picked.with(|picked| match picked {
            Picked::These(ids) => ids.contains(&id),
            Picked::Everyone => true,
        })
    }

    /// How many are picked, of a list of so many.
    pub(crate) fn count(self, total: u64) -> u64 {
        self.picked.with(|picked| match picked {
            Picked::These(ids) => ids.len() as u64,
            Picked::Everyone => total,
        })
    }

    /// Nobody is picked any more.
    pub(crate) fn clear(self) {
        self.picked.set(Picked::These(BTreeSet::new()));
        self.last.set_value(None);
    }

    /// Picks one, or does not any more; with `span` all between it and the last one. `order` is the list as it stands.
    pub(crate) fn pick(self, id: LeadId, span: bool, order: &[LeadId]) {
        let last = self.last.get_value().filter(|_| span);
        self.last.set_value(Some(id));
        self.picked.update(|picked| {
            let ids = match picked {
                Picked::These(ids) => ids,
                Picked::Everyone => {
                    *picked =
                        Picked::These(order.iter().copied().filter(|one| *one != id).collect());
                    return;
                }
            };
            match last {
                Some(last) => ids.extend(between(order, last, id)),
                None if ids.contains(&id) => drop(ids.remove(&id)),
                None => drop(ids.insert(id)),
            }
        });
    }

    /// Picks all of these, or nobody where all of them are.
    pub(crate) fn pick_all(self, order: &[LeadId]) {
        self.picked.update(|picked| {
            let all = matches!(picked, Picked::Everyone)
                || matches!(picked, Picked::These(ids) if order.iter().all(|id| ids.contains(id)));
            let ids = if all { &[] } else { order };
            *picked = Picked::These(ids.iter().copied().collect());
        });
    }

    /// Does a deed with those who are picked. `done` hears what became of it.
    pub(crate) fn run(
        self,
        leads: LeadsState,
        deed: Deed,
        total: u64,
        done: impl FnOnce(Result<Outcome, (Outcome, Failure)>) + 'static,
    ) {
        let turn = self.next_turn();
        let asked = leads.asked();
        let picked = self.picked.get_untracked();
        self.passed.set(Refusals::new());
        self.progress.set(Some(Progress { done: 0, total }));
        spawn_local(async move {
            let (filter, search) = (asked.filter, asked.search);
            let mut outcome = Outcome {
                id: BulkId(fresh()),
                ..Outcome::default()
            };
            let result = match picked {
                Picked::These(ids) => self.with_these(&mut outcome, &deed, ids, turn).await,
                Picked::Everyone => {
                    let whom = Whom::Matching { filter, search };
                    self.with_everyone(&mut outcome, &deed, whom, turn).await
                }
            };
            let _ = self.progress.try_set(None);
            let _ = self.passed.try_set(outcome.refused.clone());
            done(match result {
                Ok(()) => Ok(outcome),
                Err(failure) => Err((outcome, failure)),
            });
        });
    }

    async fn with_these(
        self,
        outcome: &mut Outcome,
        deed: &Deed,
        ids: BTreeSet<LeadId>,
        turn: Option<u32>,
    ) -> Result<(), Failure> {
        let ids: Vec<LeadId> = ids.into_iter().collect();
        for slice in ids.chunks(SLICE_MAX) {
            if self.turn.try_get_value() != turn {
                break;
            }
            let whom = Whom::These(slice.to_vec());
            self.slice(outcome, deed, whom, None).await?;
        }
        Ok(())
    }

    async fn with_everyone(
        self,
        outcome: &mut Outcome,
        deed: &Deed,
        whom: Whom,
        turn: Option<u32>,
    ) -> Result<(), Failure> {
        let mut after = None;
        loop {
            after = self.slice(outcome, deed, whom.clone(), after).await?;
            if after.is_none() || self.turn.try_get_value() != turn {
                return Ok(());
            }
        }
    }

    async fn slice(
        self,
        outcome: &mut Outcome,
        deed: &Deed,
        whom: Whom,
        after: Option<LeadId>,
    ) -> Result<Option<LeadId>, Failure> {
        let call = DoBulk {
            key: fresh(),
            id: outcome.id,
            deed: deed.clone(),
            whom,
            after,
        };
        let mut reply = self.session.call(&call).await;
        for _ in 1..TRIES_MAX {
            if matches!(reply, Err(Failure::NoAnswer)) {
                reply = self.session.call(&call).await;
            }
        }
        let slice = reply?;
        let looked_at = outcome.add(slice.done, &slice.refused);
        let _ = self.progress.try_update(|progress| {
            if let Some(progress) = progress {
                progress.done = progress.done.saturating_add(looked_at);
                progress.total = progress.total.max(progress.done);
            }
        });
        Ok(slice.next)
    }

    /// Does no more of it.
    pub(crate) fn stop(self) {
        self.next_turn();
    }

    fn next_turn(self) -> Option<u32> {
        self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        })
    }
}

/// Takes a deed back, a slice after the other: how many, and why of the others not.
pub(crate) async fn undo(session: Session, id: BulkId, note: String) -> Result<Outcome, Failure> {
    let mut outcome = Outcome {
        id,
        ..Outcome::default()
    };
    let mut after = None;
    loop {
        let call = UndoBulk {
            key: fresh(),
            id,
            after,
            note: note.clone(),
        };
        let mut reply = session.call(&call).await;
        for _ in 1..TRIES_MAX {
            if matches!(reply, Err(Failure::NoAnswer)) {
                reply = session.call(&call).await;
            }
        }
        let slice = reply?;
        outcome.add(slice.undone, &slice.refused);
        after = slice.next;
        if after.is_none() {
            return Ok(outcome);
        }
    }
}

/// Those from one to the other, both among them.
fn between(order: &[LeadId], one: LeadId, other: LeadId) -> Vec<LeadId> {
    let place = |id: LeadId| order.iter().position(|known| *known == id);
    match (place(one), place(other)) {
        (Some(one), Some(other)) => {
            let (from, to) = (one.min(other), one.max(other));
            let all = order.iter().copied().skip(from);
            all.take(to.saturating_sub(from).saturating_add(1))
                .collect()
        }
        _ => vec![other],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_span_goes_either_way() {
        let ids: Vec<LeadId> = (1..6)
            .map(|number| LeadId(Uuid::from_u128(number)))
            .collect();
        let check = |one: usize, other: usize, expect: &[LeadId]| {
            assert_eq!(between(&ids, ids[one], ids[other]), expect);
        };
        check(1, 3, &ids[1..=3]);
        check(3, 1, &ids[1..=3]);
        check(2, 2, &ids[2..=2]);
        let gone = LeadId(Uuid::from_u128(99));
        assert_eq!(between(&ids, gone, ids[2]), [ids[2]]);
    }

    #[test]
    fn what_slices_did_is_added_up() {
        let mut outcome = Outcome::default();
        let refused = |count| Refusals::from([("unchanged".to_owned(), count)]);
        assert_eq!(outcome.add(3, &refused(2)), 5);
        assert_eq!(outcome.add(1, &refused(1)), 2);
        assert_eq!((outcome.changed, outcome.refused), (4, refused(3)));
    }
}
