//! The one commit: a group of works in one transaction.
//!
//! Repeats are left out, inputs become facts, facts change the world, the world's changes become rows,
//! and all of it is written or none. Events that may have broken the object are committed alone.

use super::bulks;
use super::core::{
    CLOCKS, Core, ERASE, OUTBOX, PUBLISH, REBUILD, RESCORE, RETIRE, ROUTE, SIFT, TAKE_BACK,
};
use super::desk;
use super::edit::Edit;
use super::import;
use super::retired;
use super::sightings::Sightings;
use super::work::{self, Done, HandOver, Stored, Work};
use crate::automation::{outbox, publish, rescore, sift};
use crate::clock;
use crate::error::{Failure, StoreError};
use crate::limit::{POISON_TRIES_MAX, PUBLISH_AFTER_MS, ROUTE_AGAIN_MS, WORLD_BYTES_MAX};
use crate::projection::load::{self, Keys};
use crate::projection::{due, rebuild, save};
use crate::store::erasures::{self, Job};
use crate::store::{faded, journal, suspects, tally, timers};
use domain::api::{ErrorCode, Frame, Member};
use domain::contact::Key;
use domain::day::Zone;
use domain::erasure::keys_told;
use domain::event::{Refused, Rejection};
use domain::fold::{Found, Input, World};
use domain::id::{LeadId, Ms};
use domain::journal::{Actor, Body, Fact, SiteSaved, Tracked};
use domain::tally::Counts;
use domain::visitor::Visitor;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::rc::Rc;
use uuid::Uuid;

/// What a transaction did.
struct Outcome {
    results: Vec<Result<Done, Failure>>,
    frame: Frame,
    heard: Sightings,
    counts: Counts,
    timers_changed: bool,
}

/// Does a work that has a commit to itself.
pub(super) fn perform(core: &Rc<Core>, work: Work) -> Result<Done, Failure> {
    let done = commit_works(core, vec![work]).pop();
    tidy(core);
    done.unwrap_or_else(|| Err(unexpected()))
}

/// Stores hand-overs, each with the length of its frame: what fits together is one commit.
pub(super) fn store(
    core: &Rc<Core>,
    mut waiting: Vec<(usize, HandOver)>,
) -> Vec<Result<Stored, Failure>> {
    let mut results = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let group = waiting.drain(..work::fit(&waiting));
        let works = group
            .map(|(_, hand_over)| Work::Events(hand_over))
            .collect();
        let done = commit_works(core, works);
        results.extend(done.into_iter().map(|done| match done? {
            Done::Events(stored) => Ok(stored),
            Done::Edited(_) | Done::Imported(_) | Done::Finished => Err(unexpected()),
        }));
        tidy(core);
    }
    results
}

fn unexpected() -> Failure {
    Failure::new(ErrorCode::Internal, "a work gave something else")
}

/// Lets go of a memory that has grown too large or may not be true.
fn tidy(core: &Core) {
    let mut world = core.world.borrow_mut();
    // Half is let go, so that the next commit has room.
    let full = world.bytes() > WORLD_BYTES_MAX && !world.let_go(WORLD_BYTES_MAX.div_euclid(2));
    drop(world);
    if (full || core.stale.get())
        && let Err(error) = core.forget_world()
    {
        worker::console_error!("the memory could not be read anew: {error}");
    }
}

/// Commits works together. A group that fails is tried again one by one, so that one bad work does not fail the others.
fn commit_works(core: &Rc<Core>, mut works: Vec<Work>) -> Vec<Result<Done, Failure>> {
    let alone = set_suspects_apart(core, &mut works);
    let works = Rc::new(works);
    let mut results = match transact(core, &works, 0..works.len()) {
        Ok(results) => results,
        Err(error) if works.len() == 1 => vec![Err(error.into())],
        Err(error) => {
            worker::console_error!("a group of {} is tried one by one: {error}", works.len());
            let one = |place: usize| {
                let result = transact(core, &works, place..place.saturating_add(1));
                result.map_or_else(
                    |error| Err(error.into()),
                    |mut results| results.pop().unwrap_or(Ok(Done::Finished)),
                )
            };
            (0..works.len()).map(one).collect()
        }
    };
    for (place, index, at, tracked) in alone {
        let outcome = commit_suspect(core, index, at, tracked);
        if let Some(result) = results.get_mut(place) {
            add(result, outcome);
        }
    }
    results
}

/// Takes events under suspicion out of the group: (the work's place, the event's place in it, its time, the event).
fn set_suspects_apart(core: &Core, works: &mut [Work]) -> Vec<(usize, u32, Ms, Tracked)> {
    let suspects = core.suspects.borrow();
    let mut alone = Vec::new();
    if suspects.is_empty() {
        return alone;
    }
    for (place, work) in works.iter_mut().enumerate() {
        if let Work::Events(hand_over) = work {
            let events = std::mem::take(&mut hand_over.events);
            for (index, (at, tracked)) in (0..).zip(events) {
                if suspects.contains_key(&tracked.event.id.0) {
                    alone.push((place, index, at, tracked));
                } else {
                    hand_over.events.push((at, tracked));
                }
            }
        }
    }
    alone
}

/// Commits one event under suspicion alone; one that broke the object alone before is refused.
fn commit_suspect(
    core: &Rc<Core>,
    index: u32,
    at: Ms,
    tracked: Tracked,
) -> Result<Stored, Failure> {
    let id = tracked.event.id.0;
    let tries = core.suspects.borrow().get(&id).copied().unwrap_or(0);
    if tries >= POISON_TRIES_MAX {
        let (now, mut counts) = (clock::now(), Counts::default());
        let day = core.world.borrow().settings.zone.day(now);
        counts.add_refused(&tracked.event.site, Rejection::Poisoned.code(), 1, day);
        core.ledger.borrow_mut().count(&core.db, counts, now)?;
        let refused = Refused {
            id: Some(id.to_string()),
            index,
            code: Rejection::Poisoned.code().to_owned(),
        };
        return Ok(Stored {
            accepted: 0,
            refused: vec![refused],
        });
    }
    let works = Rc::new(vec![Work::Events(HandOver {
        events: vec![(at, tracked)],
        ..HandOver::default()
    })]);
    suspects::note(&core.object, id);
    let done = transact(core, &works, 0..1);
    suspects::forget(&core.object);
    done?;
    suspects::clear(&core.db, id)?;
    core.suspects.borrow_mut().remove(&id);
    Ok(Stored {
        accepted: 1,
        refused: Vec::new(),
    })
}

/// Adds the outcome of an event that was committed apart to its work's.
fn add(result: &mut Result<Done, Failure>, outcome: Result<Stored, Failure>) {
    match outcome {
        Err(failure) => *result = Err(failure),
        Ok(more) => {
            if let Ok(Done::Events(stored)) = result {
                stored.accepted = stored.accepted.saturating_add(more.accepted);
                stored.refused.extend(more.refused);
            }
        }
    }
}

/// Runs some of the works in one transaction. After an error nothing of it is left, in rows or in memory.
fn transact(
    core: &Rc<Core>,
    works: &Rc<Vec<Work>>,
    places: std::ops::Range<usize>,
) -> Result<Vec<Result<Done, Failure>>, StoreError> {
    if core.stale.get() {
        core.forget_world()?;
    }
    let ids = event_ids(works.get(places.clone()).unwrap_or_default());
    let (inner, inner_works) = (Rc::clone(core), Rc::clone(works));
    let outcome = core.db.transaction(move || {
        let works = inner_works.get(places).unwrap_or_default();
        match works {
            [work] if !matches!(work, Work::Events(_) | Work::Edit(..)) => run_alone(&inner, work),
            _ => run_together(&inner, works, &ids),
        }
    });
    match outcome {
        Ok(outcome) => {
            if outcome.timers_changed {
                core.set_alarm()?;
            }
            core.sightings.borrow_mut().add(outcome.heard);
            let mut ledger = core.ledger.borrow_mut();
            if let Err(error) = ledger.count(&core.db, outcome.counts, clock::now()) {
                worker::console_error!("counts are lost: {error}");
            }
            core.live.show(core, outcome.frame);
            Ok(outcome.results)
        }
        Err(error) => {
            if let Err(again) = core.forget_world() {
                worker::console_error!("the memory could not be read anew: {again}");
            }
            Err(error)
        }
    }
}

fn event_ids(works: &[Work]) -> Vec<Uuid> {
    let mut ids = Vec::new();
    for work in works {
        match work {
            Work::Events(hand_over) => ids.extend(hand_over.ids()),
            Work::Edit(edit, _) => ids.push(edit.key()),
            _ => {}
        }
    }
    ids
}

/// Events and edits: all that came together.
fn run_together(core: &Core, works: &[Work], ids: &[Uuid]) -> Result<Outcome, StoreError> {
    let (db, tables, now) = (&core.db, core.tables.get(), clock::now());
    let mut world = core.world.borrow_mut();
    world.set_now(now);
    let mut taken = Taken {
        known: journal::known(db, ids)?,
        next_seq: core.last_seq.get().saturating_add(1),
        ..Taken::default()
    };
    let mut keys = Keys::default();
    for hand_over in works.iter().filter_map(Work::hand_over) {
        hand_over
            .events
            .iter()
            .for_each(|(_, tracked)| keys.add_tracked(tracked));
    }
    load::bring(db, tables, &mut world, &keys)?;
    for edit in works.iter().filter_map(Work::edit) {
        load::bring(db, tables, &mut world, &edit.keys())?;
    }
    let results: Vec<Result<Done, Failure>> = works
        .iter()
        .map(|work| taken.take(&mut world, work, now))
        .collect();
    taken.fold(&mut world, now);
    let counts = count(works, &taken.facts, world.settings.zone, now);
    let samples = works.iter().filter_map(Work::hand_over);
    let samples = samples.flat_map(|hand_over| &hand_over.samples);
    core.sampled.borrow_mut().keep(db, samples, now)?;
    let (frame, timers_changed) = write(core, &mut world, &taken.facts, now)?;
    let hand_overs = works.iter().filter_map(Work::hand_over);
    Ok(Outcome {
        results,
        frame,
        heard: Sightings::of(&taken.facts, hand_overs, now),
        counts,
        timers_changed,
    })
}

/// What a group of works counts as.
fn count(works: &[Work], facts: &[Fact], zone: Zone, now: Ms) -> Counts {
    let (mut counts, day) = (Counts::of(facts, zone), zone.day(now));
    let hand_overs = || works.iter().filter_map(Work::hand_over);
    let came = hand_overs().flat_map(|hand_over| &hand_over.events);
    counts.add_repeats(came.map(|(_, tracked)| &tracked.event.site), day);
    for (site, code, times) in hand_overs().flat_map(|hand_over| &hand_over.refused) {
        counts.add_refused(site, code, (*times).into(), day);
    }
    counts
}

/// The inputs of a group on their way to facts.
#[derive(Default)]
struct Taken {
    known: HashSet<Uuid>,
    next_seq: u64,
    inputs: Vec<Input>,
    facts: Vec<Fact>,
}

impl Taken {
    fn take(&mut self, world: &mut World, work: &Work, now: Ms) -> Result<Done, Failure> {
        match work {
            Work::Events(hand_over) => {
                for (at, tracked) in &hand_over.events {
                    #[cfg(feature = "hooks")]
                    super::hooks::poison(tracked);
                    if self.known.insert(tracked.event.id.0) {
                        let (actor, body) = (
                            Actor::Visitor(tracked.event.visitor),
                            Body::Tracked(Box::new(tracked.clone())),
                        );
                        self.inputs.push(Input {
                            occurred_at: *at,
                            actor,
                            body,
                        });
                    }
                }
                let accepted = u32::try_from(hand_over.events.len()).unwrap_or(u32::MAX);
                Ok(Done::Events(Stored {
                    accepted,
                    refused: Vec::new(),
                }))
            }
            Work::Edit(edit, member) => self.edit(world, edit, member, now),
            _ => Err(Failure::new(ErrorCode::Internal, "this work must be alone")),
        }
    }

    /// An edit has the commit to itself, so what it is checked against is what is committed.
    fn edit(
        &mut self,
        world: &mut World,
        edit: &Edit,
        member: &Member,
        now: Ms,
    ) -> Result<Done, Failure> {
        if !self.known.contains(&edit.key()) {
            self.inputs.push(Input {
                occurred_at: now,
                actor: Actor::User(member.id),
                body: edit.check(world, member)?,
            });
            self.fold(world, now);
        }
        Ok(Done::Edited(edit.answer(world)?))
    }

    /// Turns the inputs so far into facts.
    fn fold(&mut self, world: &mut World, now: Ms) {
        if self.inputs.is_empty() {
            return;
        }
        let facts = world.take(std::mem::take(&mut self.inputs), now, self.next_seq);
        self.next_seq = facts
            .last()
            .map_or(self.next_seq, |fact| fact.seq.saturating_add(1));
        self.facts.extend(facts);
    }
}

/// Writes facts and what they changed; what the live view shows of it, and whether a timer was set.
fn write(
    core: &Core,
    world: &mut World,
    facts: &[Fact],
    now: Ms,
) -> Result<(Frame, bool), StoreError> {
    let (db, tables) = (&core.db, core.tables.get());
    let changes = world.take_changes();
    let seq = facts.last().map_or(core.last_seq.get(), |fact| fact.seq);
    if facts.is_empty() && changes.leads.is_empty() && changes.visitors.is_empty() {
        let nothing = Frame {
            seq,
            ..Frame::default()
        };
        return Ok((nothing, false));
    }
    journal::append(db, facts)?;
    save::save(db, tables, world, &changes)?;
    let erased = begin_erasures(core, world, &changes.found, now)?;
    let mut timers_changed = !core.publish_armed.get() || erased;
    if !core.publish_armed.get() {
        timers::arm(db, PUBLISH, now.saturating_add(PUBLISH_AFTER_MS))?;
        core.publish_armed.set(true);
    }
    for fact in facts {
        if let Body::SiteSaved(saved) = &fact.body
            && !core.is_sample()?
        {
            outbox::put_site(db, &saved.site, now)?;
            timers::arm(db, OUTBOX, now)?;
            timers_changed = true;
        }
    }
    if (changes.rulebook || changes.judging) && rescore::begin(db, tables, world.settings.version)?
    {
        timers::arm(db, RESCORE, now)?;
        timers_changed = true;
    }
    let asks_else =
        |fact: &Fact| matches!(fact.body, Body::LadderSaved(_) | Body::DefinitionInForce(_));
    let entries = world.awaits_entries() && facts.iter().any(asks_else);
    if entries || !changes.segments.is_empty() {
        sift::begin(db, tables, seq)?;
        if changes.public {
            publish::publish_everyone(db)?;
        }
        timers::arm(db, SIFT, now)?;
        timers_changed = true;
    }
    if !changes.warmed.is_empty() {
        timers::arm(db, SIFT, now)?;
        timers_changed = true;
    }
    if facts
        .iter()
        .any(|fact| matches!(fact.body, Body::ImportUndone(_)))
    {
        timers::arm(db, TAKE_BACK, now)?;
        timers_changed = true;
    }
    timers_changed |= arm_desk(core, facts, now)?;
    let climbs = |fact: &Fact| matches!(fact.body, Body::LadderSaved(_));
    if facts.iter().any(climbs) && retired::begin(core, world)? {
        timers::arm(db, RETIRE, now)?;
        timers_changed = true;
    }
    core.last_seq.set(seq);
    let frame = Frame {
        seq,
        leads: changes
            .leads
            .iter()
            .filter_map(|id| world.family(*id))
            .filter(|family| changes.leads.contains(&family.root().id))
            .map(|family| (family.root().id, world.row(&family)))
            .collect::<BTreeMap<_, _>>()
            .into_values()
            .collect(),
        visitors: changes
            .visitors
            .iter()
            .filter_map(|id| world.visitor(*id))
            .map(Visitor::row)
            .collect(),
        gone: changes
            .gone
            .iter()
            .chain(&changes.leads)
            .filter(|id| {
                world
                    .lead(**id)
                    .is_none_or(|lead| lead.merged_into.is_some())
            })
            .copied()
            .collect(),
        rulebook: (changes.rulebook || changes.definition).then_some(world.settings.version),
        // Nothing in a frame says that a browser is gone.
        resync: erased,
        ..Frame::default()
    };
    Ok((frame, timers_changed))
}

/// Sets the timers of what facts promise, and begins to route those who wait where somebody may be there now; whether any was set.
fn arm_desk(core: &Core, facts: &[Fact], now: Ms) -> Result<bool, StoreError> {
    let (mut clocks, mut waits, mut routes) = (None::<Ms>, false, false);
    for fact in facts {
        match &fact.body {
            Body::ClockStarted(started) => {
                let due_at = started.clock.due_at.saturating_add(1);
                clocks = Some(clocks.map_or(due_at, |earliest| earliest.min(due_at)));
            }
            Body::LeadAssigned(assigned) => waits |= assigned.to.is_none(),
            Body::RoutingSaved(_) | Body::AwaySaved(_) | Body::RosterTold(_) => routes = true,
            _ => {}
        }
    }
    if let Some(due_at) = clocks {
        timers::arm(&core.db, CLOCKS, due_at)?;
    }
    if routes {
        desk::begin_routing(core)?;
        timers::arm(&core.db, ROUTE, now)?;
    } else if waits {
        timers::arm(&core.db, ROUTE, now.saturating_add(ROUTE_AGAIN_MS))?;
    }
    Ok(clocks.is_some() || waits || routes)
}

/// Begins to erase those from what is stored who were erased from the rows; whether there is anyone. Keys that they had and
/// lost are looked for too, unless they are somebody else's now.
fn begin_erasures(
    core: &Core,
    world: &mut World,
    erased: &[(u64, Found)],
    now: Ms,
) -> Result<bool, StoreError> {
    let (db, tables) = (&core.db, core.tables.get());
    for (seq, found) in erased {
        let leads: BTreeSet<LeadId> = found.leads.iter().copied().collect();
        let told = journal::about(db, &found.leads)?;
        let told = told.iter().flat_map(|fact| keys_told(fact, &leads));
        let mut keys: BTreeSet<Key> = told.collect();
        let wanted = Keys {
            keys: keys.clone(),
            ..Keys::default()
        };
        load::bring(db, tables, world, &wanted)?;
        let told = keys.len();
        keys.retain(|key| world.lead_of(key).is_none());
        // Who has one of them may have it for longer without the person.
        let rebuild = keys.len() < told;
        keys.extend(found.keys.iter().cloned());
        let job = Job {
            keys: keys.into_iter().collect(),
            leads: found.leads.clone(),
            visitors: found.visitors.clone(),
            rebuild,
            restored: core.unfinished.get(),
            ..Job::default()
        };
        erasures::put(db, *seq, &job)?;
        timers::arm(db, ERASE, now)?;
    }
    Ok(!erased.is_empty())
}

/// Work that has the commit to itself.
fn run_alone(core: &Core, work: &Work) -> Result<Outcome, StoreError> {
    let (db, tables, now) = (&core.db, core.tables.get(), clock::now());
    let mut frame = Frame {
        seq: core.last_seq.get(),
        ..Frame::default()
    };
    let mut timers_changed = false;
    let mut result = Ok(Done::Finished);
    core.world.borrow_mut().set_now(now);
    match work {
        Work::Open(..) if core.last_seq.get() > 0 => {}
        Work::Open(opened, site) => {
            let inputs = [
                Body::WorkspaceOpened((**opened).clone()),
                Body::SiteSaved(SiteSaved {
                    key: None,
                    site: site.clone(),
                }),
            ]
            .map(|body| Input {
                occurred_at: now,
                actor: Actor::System,
                body,
            });
            let mut world = core.world.borrow_mut();
            let facts = world.take(inputs.into(), now, core.last_seq.get().saturating_add(1));
            (frame, timers_changed) = write(core, &mut world, &facts, now)?;
        }
        Work::Restore(facts) => timers_changed = restore(core, facts, now)?,
        Work::BeginRebuild => {
            rebuild::begin(db, tables)?;
            timers::arm(db, REBUILD, now)?;
            timers_changed = true;
        }
        Work::Rebuild(trimmed) => {
            let mut at_hand = core.rebuilding.borrow_mut();
            if let Some(next) = rebuild::step(db, tables, trimmed, &mut at_hand)? {
                core.tables.set(next);
                core.outdated.set(false);
                core.world.replace(load::empty_world(db, next)?);
                publish::publish_everyone(db)?;
                timers::arm(db, PUBLISH, now)?;
                let awaits = core.world.borrow().awaits_entries();
                sift::begin_anew(db, next, core.last_seq.get(), awaits)?;
                timers::arm(db, SIFT, now)?;
                timers_changed = true;
                frame.resync = true;
            }
        }
        Work::Rescore => {
            let mut world = core.world.borrow_mut();
            let step = rescore::step(db, tables, &mut world, core.last_seq.get())?;
            frame.leads = step.batch.leads;
            frame.visitors = step.batch.visitors;
            frame.rescore = step.progress;
            if step.finished {
                publish::publish_everyone(db)?;
                timers::arm(db, PUBLISH, now)?;
                timers_changed = true;
            }
        }
        Work::Fade => (frame, timers_changed) = fade(core, now)?,
        Work::Sift => (frame, timers_changed) = ask(core, frame, now)?,
        Work::Rows(rows, member) => {
            let mut world = core.world.borrow_mut();
            let (taken, facts) = import::take(core, &mut world, rows, member, now)?;
            (frame, timers_changed) = write(core, &mut world, &facts, now)?;
            result = taken;
        }
        Work::Bulk(call, member) => {
            let mut world = core.world.borrow_mut();
            let (taken, facts) = bulks::take(core, &mut world, call, member, now)?;
            (frame, timers_changed) = write(core, &mut world, &facts, now)?;
            result = taken;
        }
        Work::UndoBulk(call, member) => {
            let mut world = core.world.borrow_mut();
            let (taken, facts) = bulks::take_back(core, &mut world, call, member, now)?;
            (frame, timers_changed) = write(core, &mut world, &facts, now)?;
            result = taken;
        }
        Work::TakeBack => {
            let mut world = core.world.borrow_mut();
            let facts = import::take_back(core, &mut world, now)?;
            (frame, timers_changed) = write(core, &mut world, &facts, now)?;
        }
        Work::Roster(roster) => {
            let mut world = core.world.borrow_mut();
            let facts = desk::take_roster(core, &mut world, roster, now);
            (frame, timers_changed) = write(core, &mut world, &facts, now)?;
        }
        Work::Clocks => {
            let mut world = core.world.borrow_mut();
            let facts = desk::expire(core, &mut world, now)?;
            (frame, timers_changed) = write(core, &mut world, &facts, now)?;
        }
        Work::Route => {
            let mut world = core.world.borrow_mut();
            let facts = desk::route(core, &mut world, now)?;
            (frame, timers_changed) = write(core, &mut world, &facts, now)?;
        }
        Work::Retire => {
            let mut world = core.world.borrow_mut();
            let facts = retired::step(core, &mut world, now)?;
            (frame, timers_changed) = write(core, &mut world, &facts, now)?;
        }
        Work::Events(_) | Work::Edit(..) => {}
    }
    Ok(Outcome {
        results: vec![result],
        frame,
        heard: Sightings::default(),
        counts: Counts::default(),
        timers_changed,
    })
}

/// Scores some of those whose score today changes: as if something had happened, but for the fact. And decides what the time
/// alone decides.
fn fade(core: &Core, now: Ms) -> Result<(Frame, bool), StoreError> {
    let (db, tables) = (&core.db, core.tables.get());
    let mut world = core.world.borrow_mut();
    let today = world.settings.zone.day(now);
    let due = due::take(db, tables, today)?.unwrap_or_default();
    load::bring(db, tables, &mut world, &Keys::due(&due))?;
    let next_seq = core.last_seq.get().saturating_add(1);
    let (faded, facts) = world.fade(&due, now, next_seq);
    let (frame, _) = write(core, &mut world, &facts, now)?;
    faded::add(db, &faded, today)?;
    rescore::note_missed(db, core.last_seq.get())?;
    Ok((frame, true))
}

/// Asks the next people which segments they are in; the frame that shows who moved, and whether a timer was set.
fn ask(core: &Core, frame: Frame, now: Ms) -> Result<(Frame, bool), StoreError> {
    let (db, tables) = (&core.db, core.tables.get());
    let next_seq = core.last_seq.get().saturating_add(1);
    let (mut world, facts) = sift::step(db, tables, (now, next_seq))?;
    if facts.is_empty() {
        let changes = world.take_changes();
        save::save(db, tables, &world, &changes)?;
        return Ok((frame, false));
    }
    let written = write(core, &mut world, &facts, now)?;
    // Who is at hand may be as before.
    core.world.replace(load::empty_world(db, tables)?);
    Ok(written)
}

/// Appends facts that were read back from KV, and builds their projections; whether a timer was set. Those who were
/// scored before a rulebook among the facts was published are scored anew by the timer.
fn restore(core: &Core, facts: &[Fact], now: Ms) -> Result<bool, StoreError> {
    let (db, tables) = (&core.db, core.tables.get());
    let last = core.last_seq.get();
    let facts: Vec<Fact> = facts
        .iter()
        .filter(|fact| fact.seq > last)
        .cloned()
        .collect();
    let Some(newest) = facts.last().map(|fact| fact.seq) else {
        return Ok(false);
    };
    let expected = last.saturating_add(1)..=newest;
    if !facts.iter().map(|fact| fact.seq).eq(expected) {
        let why = format!("after fact {last} comes a gap; the store may not show all of it yet");
        return Err(StoreError::Stored {
            what: "segment",
            why,
        });
    }
    let mut world = load::empty_world(db, tables)?;
    load::bring(db, tables, &mut world, &Keys::of(&facts))?;
    world.replay(&facts);
    let changes = world.take_changes();
    journal::append(db, &facts)?;
    save::save(db, tables, &world, &changes)?;
    let counts = Counts::of(&facts, world.settings.zone);
    tally::add(db, &mut core.ledger.borrow_mut(), &counts)?;
    let judging = changes.rulebook || changes.judging;
    if judging && rescore::begin(db, tables, world.settings.version)? {
        timers::arm(db, RESCORE, now)?;
    }
    sift::begin_anew(db, tables, newest, world.awaits_entries())?;
    let retiring = retired::begin(core, &world)?;
    if retiring {
        timers::arm(db, RETIRE, now)?;
    }
    let erasing = begin_erasures(core, &mut world, &changes.found, now)?;
    core.last_seq.set(newest);
    core.world.replace(load::empty_world(db, tables)?);
    Ok(judging || retiring || erasing)
}

impl Work {
    /// What a member changes.
    fn edit(&self) -> Option<&Edit> {
        match self {
            Work::Edit(edit, _) => Some(edit),
            _ => None,
        }
    }

    /// What came from the collector.
    fn hand_over(&self) -> Option<&HandOver> {
        match self {
            Work::Events(hand_over) => Some(hand_over),
            _ => None,
        }
    }
}
