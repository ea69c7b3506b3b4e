//! Bulks: a deed with the next people in one commit, the same taken back, and the list of what was done. Not here: what a deed is
//! with one of them (`domain::fold`).

use super::calls::{Asked, read_call, reply};
use super::commit::perform;
use super::core::Core;
use super::edit::nothing_there;
use super::lists;
use super::work::{Done, Work};
use crate::error::{Failure, StoreError};
use crate::limit::BULKS_LISTED;
use crate::projection::lists::matching_after;
use crate::projection::load::{self, Keys};
use crate::store::journal;
use domain::api::{
    BulkSlice, Bulks, Call, DoBulk, ErrorCode, Leads, Member, Role, UndoBulk, UndoneSlice,
};
use domain::bulk::{Bulk, Refusals, SLICE_MAX, Whom, key_of};
use domain::fold::{Hand, Input, World};
use domain::id::{LeadId, Ms};
use domain::journal::{Actor, Body, BulkBegun, BulkDone, BulkUndone, Fact};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What became of a slice, and the facts of it.
type Taken = Result<(Result<Done, Failure>, Vec<Fact>), StoreError>;

/// Answers a call about bulks; none of another one.
pub(super) fn answer(core: &Rc<Core>, asked: &Asked) -> Option<Result<String, Failure>> {
    Some(match asked.name.as_str() {
        DoBulk::NAME => read_call(asked).and_then(|call| {
            let work = Work::Bulk(Box::new(call), Box::new(asked.member.clone()));
            done(perform(core, work)?)
        }),
        UndoBulk::NAME => read_call(asked).and_then(|call| {
            let work = Work::UndoBulk(Box::new(call), Box::new(asked.member.clone()));
            done(perform(core, work)?)
        }),
        Bulks::NAME => reply::<Bulks>(asked, |_| list(core, &asked.member)),
        _ => return None,
    })
}

fn done(done: Done) -> Result<String, Failure> {
    match done {
        Done::Edited(answer) => Ok(answer.to_string()),
        _ => Err(Failure::new(
            ErrorCode::Internal,
            "a bulk gave something else",
        )),
    }
}

/// Does the deed with the next people. Runs inside a transaction.
pub(super) fn take(
    core: &Core,
    world: &mut World,
    call: &DoBulk,
    member: &Member,
    now: Ms,
) -> Taken {
    if let Some(fact) = journal::of_id(&core.db, call.key)? {
        return Ok((told(&fact), Vec::new()));
    }
    let next = match who(core, world, call)? {
        Ok(next) => next,
        Err(failure) => return Ok((Err(failure), Vec::new())),
    };
    bring(core, world, &next.leads)?;
    let hand = hand_of(member, now);
    let (mut bodies, mut leads, mut refused) = (Vec::new(), BTreeMap::new(), Refusals::new());
    let roots: BTreeSet<LeadId> = next.leads.iter().map(|id| world.root(*id)).collect();
    for lead in roots {
        match world.do_with(&call.deed, (lead, key_of(call.key, lead)), hand) {
            Ok(one) => {
                bodies.push(one.body);
                leads.insert(lead, one.before);
            }
            Err(why) => count(&mut refused, why),
        }
    }
    let slice = BulkDone {
        key: call.key,
        bulk: call.id,
        deed: call.deed.clone(),
        leads,
        refused,
        next: next.after,
    };
    let answer = serde_json::to_value(slice_of(&slice))?;
    if next.leads.is_empty() {
        return Ok((Ok(Done::Edited(answer)), Vec::new()));
    }
    let begun = journal::known(&core.db, &[call.id.0])?;
    if !begun.contains(&call.id.0) {
        let begun = BulkBegun {
            id: call.id,
            deed: call.deed.clone(),
            by: member.email.clone(),
        };
        bodies.insert(0, Body::BulkBegun(Box::new(begun)));
    }
    bodies.push(Body::BulkDone(Box::new(slice)));
    let facts = write(core, world, bodies, hand);
    Ok((Ok(Done::Edited(answer)), facts))
}

/// The next people, and after whom it goes on.
struct Next {
    leads: Vec<LeadId>,
    after: Option<LeadId>,
}

fn who(core: &Core, world: &World, call: &DoBulk) -> Result<Result<Next, Failure>, StoreError> {
    let (filter, search) = match &call.whom {
        Whom::These(leads) if leads.len() > SLICE_MAX => {
            return Ok(Err(Failure::invalid("whom", "too_many")));
        }
        Whom::These(leads) => {
            let next = Next {
                leads: leads.clone(),
                after: None,
            };
            return Ok(Ok(next));
        }
        Whom::Matching { filter, search } => (filter.clone(), search.clone()),
    };
    let asked = Leads {
        filter,
        search,
        ..Leads::default()
    };
    let query = match lists::checked(world, asked.asked()) {
        Ok(query) => query,
        Err(failure) => return Ok(Err(failure)),
    };
    let leads = matching_after(&core.db, core.tables.get(), &query, call.after, SLICE_MAX)?;
    let full = leads.len() >= SLICE_MAX;
    let after = leads.last().copied().filter(|_| full);
    Ok(Ok(Next { leads, after }))
}

/// Takes the next slice of a bulk back. Runs inside a transaction.
pub(super) fn take_back(
    core: &Core,
    world: &mut World,
    call: &UndoBulk,
    member: &Member,
    now: Ms,
) -> Taken {
    let db = &core.db;
    if let Some(fact) = journal::of_id(db, call.key)? {
        return Ok((told(&fact), Vec::new()));
    }
    let Some(begun) = journal::of_id(db, call.id.0)? else {
        return Ok((Err(nothing_there()), Vec::new()));
    };
    if !is_open_to(&begun, member) {
        let why = "somebody else did this";
        return Ok((Err(Failure::new(ErrorCode::Forbidden, why)), Vec::new()));
    }
    let slice = journal::slice_after(db, call.id, call.after.unwrap_or(0))?;
    let Some((seq, slice)) = slice.and_then(|fact| match fact.body {
        Body::BulkDone(done) => Some((fact.seq, done)),
        _ => None,
    }) else {
        let nothing = serde_json::to_value(UndoneSlice::default())?;
        return Ok((Ok(Done::Edited(nothing)), Vec::new()));
    };
    let leads: Vec<LeadId> = slice.leads.keys().copied().collect();
    bring(core, world, &leads)?;
    let hand = hand_of(member, now);
    let (mut bodies, mut undone, mut refused) = (Vec::new(), BTreeSet::new(), Refusals::new());
    for (lead, before) in &slice.leads {
        let key = key_of(call.key, *lead);
        match world.undo_with(
            (&slice.deed, before.as_deref()),
            (*lead, key),
            &call.note,
            hand,
        ) {
            Ok(body) => {
                bodies.push(body);
                undone.insert(*lead);
            }
            Err(why) => count(&mut refused, why),
        }
    }
    let undone = BulkUndone {
        key: call.key,
        bulk: call.id,
        slice: seq,
        leads: undone,
        refused,
    };
    let answer = serde_json::to_value(undone_of(&undone))?;
    bodies.push(Body::BulkUndone(Box::new(undone)));
    let facts = write(core, world, bodies, hand);
    Ok((Ok(Done::Edited(answer)), facts))
}

/// What a slice that was made before answers when it is asked for again.
fn told(fact: &Fact) -> Result<Done, Failure> {
    let answer = match &fact.body {
        Body::BulkDone(done) => serde_json::to_value(slice_of(done))?,
        Body::BulkUndone(undone) => serde_json::to_value(undone_of(undone))?,
        _ => return Err(Failure::invalid("key", "used")),
    };
    Ok(Done::Edited(answer))
}

fn slice_of(done: &BulkDone) -> BulkSlice {
    BulkSlice {
        done: u64::try_from(done.leads.len()).unwrap_or(u64::MAX),
        refused: done.refused.clone(),
        next: done.next,
    }
}

/// The slice after it, if there is one, is found when it is asked for.
fn undone_of(undone: &BulkUndone) -> UndoneSlice {
    UndoneSlice {
        undone: u64::try_from(undone.leads.len()).unwrap_or(u64::MAX),
        refused: undone.refused.clone(),
        next: Some(undone.slice),
    }
}

fn is_open_to(begun: &Fact, member: &Member) -> bool {
    begun.actor == Actor::User(member.id) || member.role.may(Role::Marketer)
}

fn hand_of(member: &Member, now: Ms) -> Hand<'_> {
    Hand {
        user: member.id,
        role: member.role,
        by: &member.email,
        now,
    }
}

fn count(refused: &mut Refusals, why: &str) {
    let times = refused.entry(why.to_owned()).or_default();
    *times = times.saturating_add(1);
}

fn bring(core: &Core, world: &mut World, leads: &[LeadId]) -> Result<(), StoreError> {
    let keys = Keys {
        leads: leads.iter().copied().collect(),
        ..Keys::default()
    };
    load::bring(&core.db, core.tables.get(), world, &keys)
}

fn write(core: &Core, world: &mut World, bodies: Vec<Body>, hand: Hand<'_>) -> Vec<Fact> {
    let inputs = bodies.into_iter().map(|body| Input {
        occurred_at: hand.now,
        actor: Actor::User(hand.user),
        body,
    });
    let next_seq = core.last_seq.get().saturating_add(1);
    world.take(inputs.collect(), hand.now, next_seq)
}

/// The last bulks, the newest first.
fn list(core: &Core, member: &Member) -> Result<Vec<Bulk>, Failure> {
    let found = journal::bulks(&core.db, BULKS_LISTED)?;
    let mut all = Vec::with_capacity(found.len());
    for (fact, done, undone) in found {
        let mine = is_open_to(&fact, member);
        if let Body::BulkBegun(begun) = fact.body {
            let BulkBegun { id, deed, by } = *begun;
            let at = fact.at;
            all.push(Bulk {
                id,
                deed,
                at,
                by,
                done,
                undone,
                mine,
            });
        }
    }
    Ok(all)
}
