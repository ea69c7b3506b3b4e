//! Reads of tasks, and of what a day asks of somebody. Everything is counted and listed along an index; only the few people who
//! may have got hot are brought to hand. Not here: saving tasks (`desk`).

use super::calls::{Asked, place, reply};
use super::core::Core;
use super::desk;
use super::people;
use crate::clock;
use crate::error::Failure;
use crate::limit::HOT_LOOKED_AT;
use crate::projection::read::Place;
use crate::projection::tasks::{self, Which};
use domain::api::{
    Call, Clocks, Forgotten, ForgottenRow, HotLead, Member, Page, Part, Suggestions, TaskList,
    TaskLoad, TaskLoads, TaskRow, Tasks, Today, TodayDetail, page_limit,
};
use domain::hours::Hours;
use domain::id::{LeadId, Ms, UserId};
use domain::task::Noted;
use std::collections::BTreeSet;

const DAY_MS: Ms = 24 * 60 * 60 * 1_000;

/// Answers a call about tasks or a day; none of another one.
pub(super) fn answer(core: &Core, asked: &Asked) -> Option<Result<String, Failure>> {
    let member = &asked.member;
    Some(match asked.name.as_str() {
        Tasks::NAME => reply::<Tasks>(asked, |call| tasks(core, member, &call)),
        TaskLoads::NAME => reply::<TaskLoads>(asked, |_| loads(core)),
        Forgotten::NAME => reply::<Forgotten>(asked, |call| forgotten(core, member, &call)),
        Today::NAME => reply::<Today>(asked, |call| today(core, member, &call)),
        _ => return None,
    })
}

fn tasks(core: &Core, member: &Member, call: &Tasks) -> Result<Page<TaskRow>, Failure> {
    let after = place(call.cursor.as_ref())?;
    let leads = match call.lead {
        Some(id) => {
            let world = people::world_of(core, [id])?;
            let family = world.family(id);
            let records = family.iter().flat_map(|family| family.records());
            Some(records.map(|lead| lead.id).collect())
        }
        None => None,
    };
    let before = match call.list {
        TaskList::Overdue => Some(call.due_before.unwrap_or(Ms::MAX).min(clock::now())),
        TaskList::Open | TaskList::Settled => call.due_before,
    };
    let which = Which {
        settled: call.list == TaskList::Settled,
        assignee: call.assignee.or(call.mine.then_some(member.id)),
        leads,
        from: None,
        before,
    };
    page(core, &which, after.as_ref(), page_limit(call.limit))
}

fn page(
    core: &Core,
    which: &Which,
    after: Option<&Place>,
    limit: u32,
) -> Result<Page<TaskRow>, Failure> {
    let (db, tables, now) = (&core.db, core.tables.get(), clock::now());
    let (found, next) = tasks::page(db, tables, which, after, limit)?;
    let records: BTreeSet<LeadId> = found.iter().map(|noted| noted.task.lead).collect();
    let people = tasks::people(db, tables, &records)?;
    let row = |noted: Noted| {
        Some(TaskRow {
            lead: people.get(&noted.task.lead)?.clone(),
            overdue: noted.task.is_overdue(now),
            noted,
        })
    };
    Ok(Page {
        items: found.into_iter().filter_map(row).collect(),
        next: next.map(|place| place.print()),
        total: tasks::count(db, tables, which)?,
        seq: core.last_seq.get(),
    })
}

fn loads(core: &Core) -> Result<Vec<TaskLoad>, Failure> {
    let found = tasks::loads(&core.db, core.tables.get(), clock::now())?;
    let world = core.world.borrow();
    let roster = &world.settings.practice.roster;
    let load = |(user, open, overdue): (Option<UserId>, u64, u64)| TaskLoad {
        name: user.and_then(|user| Some(roster.get(&user)?.name.clone())),
        user,
        open,
        overdue,
    };
    Ok(found.into_iter().map(load).collect())
}

fn forgotten(
    core: &Core,
    member: &Member,
    call: &Forgotten,
) -> Result<Page<ForgottenRow>, Failure> {
    let (db, tables, now) = (&core.db, core.tables.get(), clock::now());
    let after = place(call.cursor.as_ref())?;
    let set = core.world.borrow().settings.promises().forgotten_days;
    let days = call.days.unwrap_or(set);
    if !(1..=domain::clock::limit::FORGOTTEN_DAYS_MAX).contains(&days) {
        return Err(Failure::invalid("days", "out_of_range"));
    }
    let before = now.saturating_sub(DAY_MS.saturating_mul(days.into()));
    let of = (call.mine.then_some(member.id), before);
    let limit = page_limit(call.limit);
    let (found, next) = tasks::silent(db, tables, of, after.as_ref(), limit)?;
    let ids: BTreeSet<LeadId> = found.iter().map(|(id, _)| *id).collect();
    let people = tasks::people(db, tables, &ids)?;
    let row = |(id, since): (LeadId, Ms)| {
        let days = now.saturating_sub(since).div_euclid(DAY_MS);
        Some(ForgottenRow {
            lead: people.get(&id)?.clone(),
            since,
            days: u32::try_from(days).unwrap_or(0),
        })
    };
    Ok(Page {
        items: found.into_iter().filter_map(row).collect(),
        next: next.map(|place| place.print()),
        total: tasks::count_silent(db, tables, of)?,
        seq: core.last_seq.get(),
    })
}

fn today(core: &Core, member: &Member, call: &Today) -> Result<TodayDetail, Failure> {
    let now = clock::now();
    let (ends, since) = edges(core, now);
    let (owner, limit) = ((!call.everyone).then_some(member.id), call.shown());
    let clocks = |breached| {
        let call = Clocks {
            breached,
            cursor: None,
            limit: Some(limit),
        };
        desk::clocks(core, owner, &call).map(part)
    };
    let due = |from, before| {
        let which = Which {
            assignee: owner,
            from,
            before: Some(before),
            ..Which::default()
        };
        page(core, &which, None, limit).map(part)
    };
    let forgetting = Forgotten {
        mine: !call.everyone,
        limit: Some(limit),
        ..Forgotten::default()
    };
    let settling = Suggestions {
        cursor: None,
        limit: Some(limit),
    };
    Ok(TodayDetail {
        now,
        ends,
        since,
        breached: clocks(true)?,
        running: clocks(false)?,
        overdue: due(None, now)?,
        due: due(Some(now), ends)?,
        hot: hot(core, (owner, since), limit)?,
        forgotten: part(forgotten(core, member, &forgetting)?),
        suggestions: part(people::suggestions(core, &settling)?),
    })
}

/// When the day ends, and when the one before began.
fn edges(core: &Core, now: Ms) -> (Ms, Ms) {
    let world = core.world.borrow();
    let settings = &world.settings;
    let calendar = &settings.practice.calendar;
    let local = calendar.local();
    let yesterday = settings.zone.day(now).plus(-1);
    (
        Hours::new(calendar, &local).day_ends(now),
        settings.zone.begins(yesterday),
    )
}

fn part<T>(page: Page<T>) -> Part<T> {
    Part {
        count: page.total,
        items: page.items,
    }
}

/// Whose score rose since a time, the most first.
fn hot(core: &Core, of: (Option<UserId>, Ms), limit: u32) -> Result<Part<HotLead>, Failure> {
    let (db, tables) = (&core.db, core.tables.get());
    let busy = tasks::busy(db, tables, of, HOT_LOOKED_AT)?;
    if busy.is_empty() {
        return Ok(Part {
            count: 0,
            items: Vec::new(),
        });
    }
    let world = people::world_of(core, busy.iter().copied())?;
    let rose = busy
        .iter()
        .filter_map(|id| Some((*id, world.heat(*id, of.1)?)));
    let mut rose: Vec<_> = rose.collect();
    rose.sort_by_key(|(id, heat)| (heat.from.saturating_sub(heat.to), *id));
    let count = u64::try_from(rose.len()).unwrap_or(u64::MAX);
    rose.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let ids: BTreeSet<LeadId> = rose.iter().map(|(id, _)| *id).collect();
    let people = tasks::people(db, tables, &ids)?;
    let items = rose.into_iter().filter_map(|(id, heat)| {
        Some(HotLead {
            lead: people.get(&id)?.clone(),
            from: heat.from,
            to: heat.to,
            why: heat.why,
        })
    });
    Ok(Part {
        count,
        items: items.collect(),
    })
}
