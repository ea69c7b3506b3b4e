//! The desk: calls about how leads are worked, and the jobs that see to it that what was promised is looked at in time and that
//! nobody waits for somebody who left. Not here: what is decided (`domain::fold`).

use super::calls::{Asked, edit_as, read_call, reply};
use super::commit::perform;
use super::core::Core;
use super::edit::Edit;
use super::people;
use super::today;
use super::work::Work;
use crate::clock;
use crate::error::{Failure, StoreError};
use crate::limit::{CLOCKS_AT_ONCE, ROUTE_AGAIN_MS, ROUTED_AT_ONCE};
use crate::projection::load::{self, Keys};
use crate::projection::{lists, pursuits, read, sifted};
use crate::store::meta;
use domain::api::{
    AccountCard, AnswerLead, ApplyMoves, AssignAccount, AssignLead, BoardDetail, Call, CancelTask,
    ClockRow, ClockStanding, Clocks, CompleteTask, ErrorCode, Holidays, LadderDetail, Member,
    MoveLead, NoteStep, Page, PromisesDetail, Pursued, ReadBoard, ReadCalendar, ReadLadder,
    ReadPromises, ReadPursuit, ReadRouting, Role, RoutingDetail, SaveAway, SaveCalendar,
    SaveLadder, SaveRouting, SaveTask, TakeHolidays, WOULD_MOVE_MAX, WouldMove, WouldMoveRow,
    WouldMoveSlice, page_limit,
};
use domain::clock::Clock;
use domain::fold::{EditError, Input, World};
use domain::holidays;
use domain::hours::{Calendar, Hours};
use domain::id::{LeadId, Ms, TaskId, UserId};
use domain::journal::{Actor, Body, Fact};
use domain::practice::{Mate, Roster};
use domain::task::next_of;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::rc::Rc;
use uuid::Uuid;

/// Where it is kept how far routing of those who wait has come; absent when none is under way.
const CURSOR: &str = "route";

/// What a member changes.
#[derive(Debug)]
pub(super) enum DeskEdit {
    /// The stages.
    Ladder(SaveLadder),
    /// When the company works.
    Calendar(SaveCalendar),
    /// Which days of a year nobody works.
    Holidays(TakeHolidays),
    /// Who gets which leads.
    Routing(SaveRouting),
    /// When a member is away.
    Away(SaveAway),
    /// Whose a company is.
    Account(AssignAccount),
    /// Where a lead stands.
    Move(MoveLead),
    /// What sales says of it.
    Answer(AnswerLead),
    /// What was done with it.
    Step(NoteStep),
    /// Whose it is.
    Owner(AssignLead),
    /// What is to be done.
    Task(SaveTask),
    /// That those go on whom the rules would move.
    Apply(ApplyMoves),
    /// That it was done.
    Complete(CompleteTask),
    /// That it is not to be done any more.
    Cancel(CancelTask),
}

impl DeskEdit {
    /// The idempotency key.
    pub(super) fn key(&self) -> Uuid {
        match self {
            DeskEdit::Ladder(save) => save.key,
            DeskEdit::Calendar(save) => save.key,
            DeskEdit::Holidays(take) => take.key,
            DeskEdit::Routing(save) => save.key,
            DeskEdit::Away(save) => save.key,
            DeskEdit::Account(call) => call.key,
            DeskEdit::Move(call) => call.key,
            DeskEdit::Answer(call) => call.key,
            DeskEdit::Step(call) => call.key,
            DeskEdit::Owner(call) => call.key,
            DeskEdit::Task(save) => save.key,
            DeskEdit::Apply(call) => call.key,
            DeskEdit::Complete(call) => call.key,
            DeskEdit::Cancel(call) => call.key,
        }
    }

    /// The lead that it is about.
    fn lead(&self) -> Option<LeadId> {
        match self {
            DeskEdit::Move(call) => Some(call.id),
            DeskEdit::Answer(call) => Some(call.id),
            DeskEdit::Step(call) => Some(call.id),
            DeskEdit::Owner(call) => Some(call.id),
            DeskEdit::Task(save) => Some(save.lead),
            _ => None,
        }
    }

    /// The task that it is about.
    fn task(&self) -> Option<TaskId> {
        match self {
            DeskEdit::Task(save) => Some(save.id),
            DeskEdit::Complete(call) => Some(call.id),
            DeskEdit::Cancel(call) => Some(call.id),
            _ => None,
        }
    }

    /// Whom it is about.
    pub(super) fn keys(&self) -> Keys {
        let mut keys = Keys::default();
        keys.leads.extend(self.lead());
        if let Some(id) = self.task() {
            keys.tasks.extend([id, next_of(id)]);
        }
        match self {
            DeskEdit::Account(call) => drop(keys.accounts.insert(call.id)),
            DeskEdit::Apply(call) => {
                let some = call.leads.iter().take(WOULD_MOVE_MAX);
                keys.leads.extend(some);
            }
            _ => {}
        }
        keys
    }

    /// The body of the fact that it becomes, or why it is not taken.
    pub(super) fn check(
        &self,
        world: &World,
        member: &Member,
    ) -> Result<Result<Body, EditError>, Failure> {
        let (by, now) = (member.email.as_str(), clock::now());
        let doer = (member.id, by);
        if matches!(self, DeskEdit::Move(_) | DeskEdit::Answer(_)) {
            self.require_stage(world, member)?;
        }
        Ok(match self {
            DeskEdit::Ladder(save) => world.save_ladder(save, by),
            DeskEdit::Calendar(save) => world.save_calendar(save, by),
            DeskEdit::Holidays(take) => world.take_holidays(take, by),
            DeskEdit::Routing(save) => world.save_routing(save, by),
            DeskEdit::Away(save) => {
                if save.id != member.id && !member.role.may(Role::Marketer) {
                    return Err(forbidden("this is another member's time"));
                }
                world.save_away(save, by)
            }
            DeskEdit::Account(call) => world.assign_account(call, by),
            DeskEdit::Move(call) => world.move_lead(call, doer, now),
            DeskEdit::Answer(call) => world.answer_lead(call, doer, now),
            DeskEdit::Step(call) => world.note_step(call, doer, now),
            DeskEdit::Owner(call) => world.assign_lead(call, doer),
            DeskEdit::Task(save) => world.save_task(save, by, now),
            DeskEdit::Apply(call) => world.apply_moves(call, by),
            DeskEdit::Complete(call) => world.complete_task(call, by, now),
            DeskEdit::Cancel(call) => world.cancel_task(call, by, now),
        })
    }

    /// Refuses to move a lead out of a stage that others work.
    fn require_stage(&self, world: &World, member: &Member) -> Result<(), Failure> {
        let family = self.lead().and_then(|id| world.family(id));
        let stands = family.as_ref().and_then(|one| one.root().pursuit.stands());
        let stage = stands.map(|(stage, _)| stage);
        if world.settings.practice.may_move(member.role, stage) {
            return Ok(());
        }
        Err(forbidden("others work the stage that it stands in"))
    }

    /// What holds now of that which it changes.
    pub(super) fn current(&self, world: &World) -> Result<serde_json::Value, Failure> {
        let practice = &world.settings.practice;
        Ok(match self {
            DeskEdit::Ladder(_) | DeskEdit::Apply(_) => serde_json::to_value(world.ladder())?,
            DeskEdit::Calendar(_) | DeskEdit::Holidays(_) => {
                serde_json::to_value(&practice.calendar)?
            }
            DeskEdit::Routing(_) | DeskEdit::Away(_) => serde_json::to_value(world.routing())?,
            DeskEdit::Account(call) => {
                serde_json::to_value(world.account(call.id).map(AccountCard::from))?
            }
            DeskEdit::Task(save) => serde_json::to_value(world.task(save.id))?,
            DeskEdit::Complete(call) => serde_json::to_value(world.task_done(call.id))?,
            DeskEdit::Cancel(call) => serde_json::to_value(world.task(call.id))?,
            DeskEdit::Move(_) | DeskEdit::Answer(_) | DeskEdit::Step(_) | DeskEdit::Owner(_) => {
                let lead = self.lead();
                let found = lead.and_then(|id| world.pursued(id, clock::now()));
                serde_json::to_value(found.ok_or_else(people::no_lead)?)?
            }
        })
    }
}

fn forbidden(why: &str) -> Failure {
    Failure::new(ErrorCode::Forbidden, why)
}

/// Answers a call about how leads are worked; none of another one.
pub(super) fn answer(core: &Rc<Core>, asked: &Asked) -> Option<Result<String, Failure>> {
    let desk = |made: Result<DeskEdit, Failure>| edit_as(core, asked, Edit::Desk(made?));
    Some(match asked.name.as_str() {
        ReadLadder::NAME => reply::<ReadLadder>(asked, |_| Ok(ladder(core))),
        ReadBoard::NAME => reply::<ReadBoard>(asked, |_| board(core)),
        ReadCalendar::NAME => reply::<ReadCalendar>(asked, |_| Ok(calendar(core))),
        Holidays::NAME => reply::<Holidays>(asked, |_| Ok(holidays::tables())),
        ReadRouting::NAME => reply::<ReadRouting>(asked, |_| Ok(routing(core))),
        ReadPromises::NAME => reply::<ReadPromises>(asked, |_| Ok(promises(core))),
        ReadPursuit::NAME => reply::<ReadPursuit>(asked, |call| pursuit(core, &call)),
        Clocks::NAME => reply::<Clocks>(asked, |call| clocks(core, None, &call)),
        WouldMove::NAME => reply::<WouldMove>(asked, |call| would_move(core, &call)),
        ApplyMoves::NAME => desk(read_call(asked).map(DeskEdit::Apply)),
        SaveLadder::NAME => desk(read_call(asked).map(DeskEdit::Ladder)),
        SaveCalendar::NAME => desk(read_call(asked).map(DeskEdit::Calendar)),
        TakeHolidays::NAME => desk(read_call(asked).map(DeskEdit::Holidays)),
        SaveRouting::NAME => desk(read_call(asked).map(DeskEdit::Routing)),
        SaveAway::NAME => desk(read_call(asked).map(DeskEdit::Away)),
        AssignAccount::NAME => desk(read_call(asked).map(DeskEdit::Account)),
        MoveLead::NAME => desk(read_call(asked).map(DeskEdit::Move)),
        AnswerLead::NAME => desk(read_call(asked).map(DeskEdit::Answer)),
        NoteStep::NAME => desk(read_call(asked).map(DeskEdit::Step)),
        AssignLead::NAME => desk(read_call(asked).map(DeskEdit::Owner)),
        SaveTask::NAME => desk(read_call(asked).map(DeskEdit::Task)),
        CompleteTask::NAME => desk(read_call(asked).map(DeskEdit::Complete)),
        CancelTask::NAME => desk(read_call(asked).map(DeskEdit::Cancel)),
        _ => return today::answer(core, asked),
    })
}

fn ladder(core: &Core) -> LadderDetail {
    core.world.borrow().ladder()
}

fn board(core: &Core) -> Result<BoardDetail, Failure> {
    let stages = pursuits::sums(&core.db, core.tables.get())?;
    Ok(BoardDetail { stages })
}

fn calendar(core: &Core) -> Calendar {
    core.world.borrow().settings.practice.calendar.clone()
}

fn routing(core: &Core) -> RoutingDetail {
    core.world.borrow().routing()
}

fn promises(core: &Core) -> PromisesDetail {
    core.world.borrow().promises()
}

fn pursuit(core: &Core, call: &ReadPursuit) -> Result<Pursued, Failure> {
    let world = people::world_of(core, [call.id])?;
    let found = world.pursued(call.id, clock::now());
    found.ok_or_else(people::no_lead)
}

/// A page of the clocks that were not met, of a member or of everyone.
pub(super) fn clocks(
    core: &Core,
    owner: Option<UserId>,
    call: &Clocks,
) -> Result<Page<ClockRow>, Failure> {
    let (db, tables, now) = (&core.db, core.tables.get(), clock::now());
    let (cursor, limit) = (call.cursor.as_deref(), page_limit(call.limit));
    let page = pursuits::clocks(db, tables, (owner, call.breached), cursor, limit)?;
    let page = page.ok_or_else(|| Failure::invalid("cursor", "malformed"))?;
    let mut ids: Vec<LeadId> = page.items.iter().map(|(id, _)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    let rows = lists::rows(db, tables, &ids)?;
    let rows: BTreeMap<LeadId, _> = rows.into_iter().map(|row| (row.id, row)).collect();
    let world = core.world.borrow();
    let calendar = &world.settings.practice.calendar;
    let local = calendar.local();
    let hours = Hours::new(calendar, &local);
    let row = |(id, clock): (LeadId, Clock)| {
        let standing = clock.standing(now, hours);
        Some(ClockRow {
            lead: rows.get(&id)?.clone(),
            clock: ClockStanding { clock, standing },
        })
    };
    Ok(Page {
        items: page.items.into_iter().filter_map(row).collect(),
        next: page.next,
        total: page.total,
        seq: core.last_seq.get(),
    })
}

/// Who of the next slice would go on.
fn would_move(core: &Core, call: &WouldMove) -> Result<WouldMoveSlice, Failure> {
    let (db, tables, now) = (&core.db, core.tables.get(), clock::now());
    let after = match call.cursor.as_deref().map(Uuid::try_parse) {
        Some(Ok(after)) => after,
        Some(Err(_)) => return Err(Failure::invalid("cursor", "malformed")),
        None => Uuid::nil(),
    };
    let limit = u32::try_from(WOULD_MOVE_MAX).unwrap_or(u32::MAX);
    let ids = sifted::people_after(db, tables, &after.simple().to_string(), limit)?;
    let mut world = people::world_of(core, ids.iter().copied())?;
    world.set_now(now);
    let moves = world.would_move(&ids.iter().copied().collect(), now);
    let found: Vec<LeadId> = moves.iter().map(|(id, _)| *id).collect();
    let rows = lists::rows(db, tables, &found)?;
    let mut rows: BTreeMap<LeadId, _> = rows.into_iter().map(|row| (row.id, row)).collect();
    let items = moves.into_iter().filter_map(|(id, step)| {
        Some(WouldMoveRow {
            lead: rows.remove(&id)?,
            to: step.to,
        })
    });
    let more = ids.len() >= WOULD_MOVE_MAX;
    Ok(WouldMoveSlice {
        items: items.collect(),
        looked_at: u64::try_from(ids.len()).unwrap_or(u64::MAX),
        leads: read::count_leads(db, tables)?,
        next: ids
            .last()
            .filter(|_| more)
            .map(|last| last.0.simple().to_string()),
    })
}

/// The members, as facts tell of them.
pub(super) fn roster(members: &[Member]) -> Roster {
    let mates = members.iter().map(|member| {
        let mate = Mate {
            email: member.email.clone(),
            name: member.name.clone(),
            role: member.role,
        };
        (member.id, mate)
    });
    mates.collect()
}

/// Hears who is there; writes it down where that is not who was.
pub(super) fn tell(core: &Rc<Core>, members: &[Member]) -> Result<(), Failure> {
    core.require_open()?;
    let roster = roster(members);
    if core.world.borrow().settings.practice.roster == roster {
        return Ok(());
    }
    perform(core, Work::Roster(Box::new(roster)))?;
    Ok(())
}

/// Writes down who is there. Runs inside a transaction.
pub(super) fn take_roster(core: &Core, world: &mut World, roster: &Roster, now: Ms) -> Vec<Fact> {
    let Some(body) = world.tell_roster(roster.clone()) else {
        return Vec::new();
    };
    let input = Input {
        occurred_at: now,
        actor: Actor::System,
        body,
    };
    world.take(vec![input], now, core.last_seq.get().saturating_add(1))
}

/// Notes what became of the next clocks that ran out. Runs inside a transaction.
pub(super) fn expire(core: &Core, world: &mut World, now: Ms) -> Result<Vec<Fact>, StoreError> {
    let (db, tables) = (&core.db, core.tables.get());
    let due = pursuits::due(db, tables, now, CLOCKS_AT_ONCE)?;
    if due.is_empty() {
        return Ok(Vec::new());
    }
    bring(core, world, &due)?;
    let next_seq = core.last_seq.get().saturating_add(1);
    let facts = world.expire(&due, (now, next_seq));
    if facts.is_empty() {
        // It would be due again at once, for ever.
        return Err(StoreError::Stored {
            what: "clock",
            why: format!("{} of them are due and none runs", due.len()),
        });
    }
    Ok(facts)
}

/// How far routing of those who wait has come.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Cursor {
    after: String,
}

impl Cursor {
    fn start() -> Cursor {
        Cursor {
            after: "0".repeat(32),
        }
    }
}

/// Begins to route everyone who waits.
pub(super) fn begin_routing(core: &Core) -> Result<(), StoreError> {
    meta::put(&core.db, CURSOR, &Cursor::start())
}

/// Whether it is under way.
pub(super) fn is_routing(core: &Core) -> Result<bool, StoreError> {
    Ok(meta::get::<Cursor>(&core.db, CURSOR)?.is_some())
}

/// When those who wait are routed again, where any do: as soon as somebody comes back, and now and then, since somebody may
/// have room again.
pub(super) fn route_again_at(core: &Core, now: Ms) -> Result<Option<Ms>, StoreError> {
    if is_routing(core)? {
        return Ok(Some(now));
    }
    let world = core.world.borrow();
    let practice = &world.settings.practice;
    if world.loads().waiting == 0 || !practice.routes() {
        return Ok(None);
    }
    let members = practice.routing.teams.iter().flat_map(|team| &team.members);
    let back = members
        .flat_map(|member| &member.away)
        .map(|away| away.until);
    let back = back.filter(|until| *until > now).min();
    let again = now.saturating_add(ROUTE_AGAIN_MS);
    Ok(Some(back.map_or(again, |back| back.min(again))))
}

/// Routes the next of those who wait, and of those whose owner left. Runs inside a transaction.
pub(super) fn route(core: &Core, world: &mut World, now: Ms) -> Result<Vec<Fact>, StoreError> {
    let (db, tables) = (&core.db, core.tables.get());
    let cursor = meta::get::<Cursor>(db, CURSOR)?.unwrap_or_else(Cursor::start);
    let practice = &world.settings.practice;
    let owners = world.loads().open.keys();
    let left = owners.copied().find(|user| !practice.is_active(*user));
    let mut ids = match left {
        Some(user) => pursuits::of_owner(db, tables, user, ROUTED_AT_ONCE)?,
        None => Vec::new(),
    };
    if ids.is_empty() {
        ids = pursuits::waiting(db, tables, &cursor.after, ROUTED_AT_ONCE)?;
        match ids.last() {
            Some(last) => {
                let after = last.0.simple().to_string();
                meta::put(db, CURSOR, &Cursor { after })?;
            }
            None => meta::remove(db, CURSOR)?,
        }
    } else {
        meta::put(db, CURSOR, &cursor)?;
    }
    bring(core, world, &ids)?;
    let next_seq = core.last_seq.get().saturating_add(1);
    Ok(world.route_waiting(&ids, (now, next_seq)))
}

fn bring(core: &Core, world: &mut World, leads: &[LeadId]) -> Result<(), StoreError> {
    let keys = Keys {
        leads: leads.iter().copied().collect(),
        ..Keys::default()
    };
    load::bring(&core.db, core.tables.get(), world, &keys)
}
