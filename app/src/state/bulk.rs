//! One deed with many leads: who is picked, how far it has come, and the way back.
//!
//! The worker does a slice a call; here one is asked for after the other. Each has a key of its own and is asked for again with
//! the same one when no answer came, so nothing is done twice.

use crate::api::Failure;
use crate::state::ids::fresh;
use crate::state::kept;
use crate::state::leads::LeadsState;
use crate::state::session::Session;
use domain::api::{BulkSlice, DoBulk, UndoBulk};
use domain::bulk::{Deed, Refusals, SLICE_MAX, Whom};
use domain::id::{BulkId, LeadId, UserId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    /// With how many.
    pub(crate) done: u64,
    /// Of how many.
    pub(crate) total: u64,
}

/// What became of a deed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// A deed that was begun: kept in this browser until it is done, so that it goes on after a reload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Unfinished {
    /// Who does it.
    by: UserId,
    /// The slice that is asked for next, by a key that stays the same until it is answered.
    slice: DoBulk,
    /// Who of those that were picked comes after it.
    left: Vec<LeadId>,
    /// What became of it so far.
    outcome: Outcome,
    /// How far it has come.
    pub(crate) progress: Progress,
}

impl Unfinished {
    /// The first slice, by new ids of the bulk and of the slice.
    fn begin(
        (by, [id, key]): (UserId, [Uuid; 2]),
        deed: Deed,
        mut whom: Whom,
        total: u64,
    ) -> Unfinished {
        let left = match &mut whom {
            Whom::These(ids) => ids.split_off(ids.len().min(SLICE_MAX)),
            Whom::Matching { .. } => Vec::new(),
        };
        let id = BulkId(id);
        Unfinished {
            by,
            slice: DoBulk {
                key,
                id,
                deed,
                whom,
                after: None,
            },
            left,
            outcome: Outcome {
                id,
                ..Outcome::default()
            },
            progress: Progress { done: 0, total },
        }
    }

    /// What is done.
    pub(crate) fn deed(&self) -> &Deed {
        &self.slice.deed
    }

    /// A slice was answered: the next one stands in its place, by a new key. Whether there is one.
    fn answered(&mut self, slice: &BulkSlice, key: Uuid) -> bool {
        let Progress { done, total } = self.progress;
        let done = done.saturating_add(self.outcome.add(slice.done, &slice.refused));
        self.progress = Progress {
            done,
            total: total.max(done),
        };
        self.slice.key = key;
        self.slice.after = slice.next;
        if let Whom::These(ids) = &mut self.slice.whom {
            let rest = self.left.split_off(self.left.len().min(SLICE_MAX));
            *ids = std::mem::replace(&mut self.left, rest);
            return !ids.is_empty();
        }
        slice.next.is_some()
    }
}

/// What it is kept as.
const KEPT: &str = "bulk";

/// One deed with many leads.
#[derive(Clone, Copy)]
pub(crate) struct BulkState {
    /// Who is picked.
    pub(crate) picked: RwSignal<Picked>,
    /// How far it has come, while it goes on.
    pub(crate) progress: RwSignal<Option<Progress>>,
    /// Whom the last one passed over, and why.
    pub(crate) passed: RwSignal<Refusals>,
    /// One that was begun and does not go on.
    pub(crate) unfinished: RwSignal<Option<Unfinished>>,
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
            unfinished: RwSignal::new(None),
            last: StoredValue::new(None),
            turn: StoredValue::new(0),
            session,
        }
    }

    /// Nobody is picked when the list is come back to; a deed that was begun in this browser and does not go on is shown.
    pub(crate) fn enter(self) {
        if untrack(|| self.progress.with(Option::is_some)) {
            return;
        }
        self.clear();
        self.passed.set(Refusals::new());
        let me = untrack(|| self.session.member());
        let kept = me.and_then(|me| {
            let kept = kept::load::<Unfinished>(KEPT, &me.workspace);
            kept.filter(|kept| kept.by == me.id)
        });
        self.unfinished.set(kept);
    }

    fn keep(self, unfinished: Option<&Unfinished>) {
        if let Some(me) = untrack(|| self.session.member()) {
            match unfinished {
                Some(unfinished) => kept::store(KEPT, &me.workspace, unfinished),
                None => kept::forget(KEPT, &me.workspace),
            }
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
        let Some(me) = untrack(|| self.session.member()) else {
            return;
        };
        let asked = leads.asked();
        let whom = match self.picked.get_untracked() {
            Picked::These(ids) => Whom::These(ids.into_iter().collect()),
            Picked::Everyone => Whom::Matching {
                filter: asked.filter,
                search: asked.search,
            },
        };
        let by = (me.id, [fresh(), fresh()]);
        self.go_on(Unfinished::begin(by, deed, whom, total), done);
    }

    /// Goes on with a deed. `done` hears what became of it.
    pub(crate) fn go_on(
        self,
        mut it: Unfinished,
        done: impl FnOnce(Result<Outcome, (Outcome, Failure)>) + 'static,
    ) {
        let turn = self.next_turn();
        self.passed.set(Refusals::new());
        self.unfinished.set(None);
        spawn_local(async move {
            let mut failure = None;
            while failure.is_none() && self.turn.try_get_value() == turn {
                self.keep(Some(&it));
                let _ = self.progress.try_set(Some(it.progress));
                match self.ask(&it.slice).await {
                    Ok(slice) if it.answered(&slice, fresh()) => {}
                    Ok(_) => break,
                    Err(why) => failure = Some(why),
                }
            }
            // What has no answer may go on later; what was refused may not.
            let later = matches!(failure, Some(Failure::NoAnswer)).then(|| it.clone());
            self.keep(later.as_ref());
            let _ = self.unfinished.try_set(later);
            let _ = self.progress.try_set(None);
            let _ = self.passed.try_set(it.outcome.refused.clone());
            done(match failure {
                None => Ok(it.outcome),
                Some(failure) => Err((it.outcome, failure)),
            });
        });
    }

    async fn ask(self, call: &DoBulk) -> Result<BulkSlice, Failure> {
        let mut reply = self.session.call(call).await;
        for _ in 1..TRIES_MAX {
            if matches!(reply, Err(Failure::NoAnswer)) {
                reply = self.session.call(call).await;
            }
        }
        reply
    }

    /// Does no more of one that does not go on.
    pub(crate) fn let_go(self) {
        self.unfinished.set(None);
        self.keep(None);
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

    fn unfinished(whom: Whom) -> Unfinished {
        let deed = Deed::Tag { tag: "a".into() };
        let ids = [1, 2].map(Uuid::from_u128);
        Unfinished::begin((UserId(Uuid::from_u128(7)), ids), deed, whom, 3)
    }

    #[test]
    fn those_who_are_picked_come_in_slices_each_once() {
        let ids: Vec<LeadId> = (1..=2 * SLICE_MAX as u128 + 1)
            .map(|number| LeadId(Uuid::from_u128(number)))
            .collect();
        let mut it = unfinished(Whom::These(ids.clone()));
        let (mut seen, mut keys) = (Vec::new(), BTreeSet::new());
        loop {
            let Whom::These(next) = &it.slice.whom else {
                panic!("{it:?}");
            };
            seen.extend(next.clone());
            assert!(keys.insert(it.slice.key) && next.len() <= SLICE_MAX);
            // What is kept in between is the same.
            let text = serde_json::to_string(&it).unwrap();
            assert_eq!(serde_json::from_str::<Unfinished>(&text).unwrap(), it);
            let slice = BulkSlice {
                done: next.len() as u64,
                ..BulkSlice::default()
            };
            if !it.answered(&slice, Uuid::from_u128(100 + keys.len() as u128)) {
                break;
            }
        }
        assert_eq!(seen, ids);
        let all = ids.len() as u64;
        let progress = Progress {
            done: all,
            total: all,
        };
        assert_eq!((it.progress, it.outcome.changed), (progress, all));
    }

    #[test]
    fn everyone_in_a_list_comes_until_nobody_follows() {
        let (filter, search) = (None, None);
        let mut it = unfinished(Whom::Matching { filter, search });
        let slice = |next| BulkSlice {
            done: 1,
            next,
            ..BulkSlice::default()
        };
        let last = LeadId(Uuid::from_u128(5));
        assert!(it.answered(&slice(Some(last)), Uuid::max()));
        assert_eq!(it.slice.after, Some(last));
        assert!(!it.answered(&slice(None), Uuid::nil()));
        assert_eq!((it.progress.done, it.outcome.changed), (2, 2));
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
