//! A salesperson's days by the test clock: a task that a rule opens, what becomes of it, what the day asks before and after,
//! and who is forgotten.

use crate::rebuild::assert_same;
use crate::stages::{Office, answer, assert_refused, pursued};
use domain::api::{
    CancelTask, CompleteTask, ErasePerson, Forgotten, Holidays, MergeLeads, Page, ReadCalendar,
    ReadLead, Rebuild, Role, SaveCalendar, SaveTask, TakeHolidays, TaskDone, TaskList, TaskLoads,
    TaskRow, Tasks, Timeline, Today, TodayDetail, What,
};
use domain::clock::{Kind as Promise, Standing};
use domain::conversation::Outcome;
use domain::id::{LeadId, Ms, TaskId};
use domain::stage::Verdict;
use domain::task::{Kind, Next, Why, next_of};
use tests::member::{Member, OWNER};
use tests::{new_uuid, now_ms};

const SALES: &str = "sales@larkmeter.example";

/// What the day asks, in numbers: promises that are broken and that run, tasks overdue and due, leads that got hot and that
/// were forgotten.
fn asks(member: &Member) -> [u64; 6] {
    let TodayDetail {
        breached,
        running,
        overdue,
        due,
        hot,
        forgotten,
        ..
    } = member.call(&Today::default());
    [
        breached.count,
        running.count,
        overdue.count,
        due.count,
        hot.count,
        forgotten.count,
    ]
}

fn mine(member: &Member, list: TaskList) -> Page<TaskRow> {
    member.call(&Tasks {
        list,
        mine: true,
        ..Tasks::default()
    })
}

fn completes(row: &TaskRow, outcome: Outcome, next_at: Option<Ms>) -> CompleteTask {
    CompleteTask {
        key: new_uuid(),
        id: row.noted.task.id,
        expected_seq: row.noted.seq,
        outcome: Some(outcome),
        note: "下周再谈".to_owned(),
        next: next_at.map(|due_at| Next {
            kind: Kind::Mail,
            text: "发报价单".to_owned(),
            due_at,
        }),
    }
}

#[test]
fn a_task_is_opened_falls_due_is_done_and_brings_the_next() {
    let office = Office::opened();
    let owner = &office.owner;
    office.is(0, 0);
    let (sales, seller) = office.hires(Role::Sales);
    office.saves_ladder();
    office.saves_team(&[seller]);
    assert_eq!(asks(&sales), [0; 6]);

    // Assigned: two promises run, and there is a task that is due with the first response.
    let (visitor, id) = office.qualifies();
    assert_eq!(asks(&sales), [0, 2, 0, 1, 1, 0]);
    assert_eq!(asks(owner), [0; 6], "it is nobody else's");
    let everyone = owner.call(&Today {
        everyone: true,
        limit: Some(1),
    });
    assert_eq!(
        (everyone.running.count, everyone.running.items.len()),
        (2, 1)
    );
    assert_eq!(everyone.due.items[0].lead.id, id);
    let today = sales.call(&Today::default());
    let hot = &today.hot.items[0];
    assert_eq!((hot.lead.id, hot.from), (id, 0));
    assert_eq!(hot.to, hot.lead.score);
    assert!(
        hot.why
            .iter()
            .any(|rule| !rule.name.zh.is_empty() && rule.points > 0)
    );
    let task = &today.due.items[0];
    assert_eq!((task.noted.task.kind, task.overdue), (Kind::Call, false));
    assert_eq!(task.noted.task.why, Why::Assigned);
    assert_eq!(task.noted.task.assignee, Some(seller));
    assert!(task.noted.task.due_at <= office.at(0, 61));

    // An hour later it is overdue, and both promises are broken.
    office.is(0, 70);
    assert_eq!(asks(&sales), [2, 0, 1, 0, 1, 0]);
    let late = mine(&sales, TaskList::Overdue);
    assert_eq!((late.total, late.items[0].overdue), (1, true));
    let loads = owner.call(&TaskLoads {});
    let load = loads.iter().find(|load| load.user == Some(seller));
    let load = load.expect("the seller has something to do");
    assert_eq!((load.open, load.overdue), (1, 1));
    assert_eq!(load.name.as_deref(), Some("Sales"));

    // Done with a date: it stands on the timeline, counts as an attempt, and brings the next.
    sales.call(&answer(&sales, id, Verdict::Accepted));
    let next_at = office.at(2, 0);
    let call = completes(&late.items[0], Outcome::Connected, Some(next_at));
    let done: TaskDone = sales.call(&call);
    let next = done.next.clone().expect("the next one");
    assert_eq!(next.task.id, next_of(call.id));
    assert_eq!(
        (next.task.due_at, next.task.assignee),
        (next_at, Some(seller))
    );
    assert_eq!(sales.call(&call), done, "asked again it answers the same");
    let again = CompleteTask {
        key: new_uuid(),
        ..call.clone()
    };
    assert_refused(&sales.try_call(&again), 409, None, "conflict");
    let again = CompleteTask {
        expected_seq: done.done.seq,
        ..again
    };
    assert_refused(&sales.try_call(&again), 422, Some("id"), "settled");
    let now = pursued(owner, id);
    assert_eq!(now.attempts, 1);
    let follow_up = now
        .clocks
        .iter()
        .find(|one| one.clock.kind == Promise::FollowUp);
    let follow_up = follow_up.expect("the date is promised");
    assert_eq!(follow_up.clock.due_at, next_at);
    assert!(matches!(follow_up.standing, Standing::Due(_)));
    let told = owner.call(&Timeline {
        as_of: None,
        id,
        what: What::Conversations,
        cursor: None,
        limit: None,
    });
    let conversation = &told.conversations[0].conversation;
    assert_eq!(conversation.outcome, Some(Outcome::Connected));
    assert_eq!(conversation.text, "下周再谈");
    assert_eq!(asks(&sales), [0, 1, 0, 0, 1, 0]);

    // A key event after the hand-over alerts the owner, once.
    office.is(1, 0);
    let prices = || visitor.view("/demo/pricing/");
    visitor.send(&[prices(), prices(), prices()]);
    let found = mine(&sales, TaskList::Open);
    let alerts: Vec<_> = found
        .items
        .iter()
        .filter(|row| matches!(row.noted.task.why, Why::KeyEvent { .. }))
        .collect();
    assert_eq!((found.total, alerts.len()), (2, 1));
    sales.call(&CancelTask {
        key: new_uuid(),
        id: alerts[0].noted.task.id,
        expected_seq: alerts[0].noted.seq,
        note: String::new(),
    });

    // The next one falls due on its day, is late a minute after, and is done.
    office.is(2, -30);
    assert_eq!(asks(&sales)[..4], [0, 1, 0, 1]);
    office.is(2, 1);
    assert_eq!(asks(&sales)[..4], [1, 0, 1, 0]);
    let late = mine(&sales, TaskList::Overdue);
    let done = sales.call(&completes(&late.items[0], Outcome::Replied, None));
    assert_eq!(done.next, None);
    assert_eq!(asks(&sales)[..4], [0; 4]);
    let settled = sales.call(&Tasks {
        list: TaskList::Settled,
        lead: Some(id),
        ..Tasks::default()
    });
    assert_eq!(settled.total, 3);
    is_forgotten_and_erased(&office, id);
}

/// Two weeks later nobody has spoken to the person and nothing is set.
fn is_forgotten_and_erased(office: &Office, id: LeadId) {
    let server = &office.server;
    office.is(15, 0);
    let sales = Member::signs_in(server, SALES);
    let owner = Member::signs_in(server, OWNER);
    assert_eq!(asks(&sales)[5], 0);
    let at = office.is(16, 10);
    assert_eq!(asks(&sales), [0, 0, 0, 0, 0, 1]);
    let forgotten = sales.call(&Forgotten {
        mine: true,
        ..Forgotten::default()
    });
    assert_eq!(
        (forgotten.items[0].lead.id, forgotten.items[0].days),
        (id, 14)
    );
    let longer = sales.call(&Forgotten {
        days: Some(15),
        ..Forgotten::default()
    });
    assert_eq!(longer.total, 0);
    let never = sales.try_call(&Forgotten {
        days: Some(0),
        ..Forgotten::default()
    });
    assert_refused(&never, 422, Some("days"), "out_of_range");
    let save = SaveTask {
        key: new_uuid(),
        id: TaskId(new_uuid()),
        lead: id,
        expected_seq: 0,
        kind: Kind::Meeting,
        text: "上门拜访".to_owned(),
        due_at: at + 86_400_000,
        assignee: pursued(&owner, id).owner.map(|owner| owner.user),
    };
    let set = sales.call(&save);
    assert_eq!(asks(&sales), [0, 1, 0, 0, 0, 0], "somebody cares again");
    let moved = sales.call(&SaveTask {
        key: new_uuid(),
        expected_seq: set.seq,
        due_at: at + 2 * 86_400_000,
        ..save.clone()
    });
    assert!(moved.seq > set.seq);
    rebuilds_the_same(office, &owner, at);

    let confirm = owner
        .call(&ReadLead { id, as_of: None })
        .row
        .label()
        .to_owned();
    owner.call(&ErasePerson {
        key: new_uuid(),
        id,
        confirm,
    });
    server.settle_at(at - now_ms());
    assert_eq!(mine(&sales, TaskList::Open).total, 0);
    assert_eq!(asks(&sales), [0; 6]);
    let facts = server.journal();
    let told = facts.iter().filter_map(|fact| fact.encode().ok());
    assert!(told.into_iter().all(|line| !line.contains("上门拜访")));
    rebuilds_the_same(office, &owner, at);
}

fn rebuilds_the_same(office: &Office, owner: &Member, at: Ms) {
    let offset = at - now_ms();
    office.server.settle_at(offset);
    let lived = office.server.projections();
    owner.call(&Rebuild {});
    office.server.settle_at(offset);
    assert_same(&lived, &office.server.projections());
}

#[test]
fn tasks_are_listed_a_page_at_a_time() {
    let office = Office::opened();
    let owner = &office.owner;
    let now = office.is(0, 0);
    let (sales, seller) = office.hires(Role::Sales);
    let ((_, one), (_, other)) = (office.qualifies(), office.qualifies());
    // Five of them, every other one the seller's; the last two with somebody else.
    for n in 1..=5 {
        sales.call(&SaveTask {
            key: new_uuid(),
            id: TaskId(new_uuid()),
            lead: if n < 4 { one } else { other },
            expected_seq: 0,
            kind: Kind::Call,
            text: n.to_string(),
            due_at: now + n * 3_600_000,
            assignee: (n % 2 == 1).then_some(seller),
        });
    }
    let texts = |call: &Tasks| -> Vec<String> {
        let (mut found, mut call) = (Vec::new(), call.clone());
        loop {
            let page = owner.call(&call);
            assert!(page.items.len() <= 2);
            let texts = page.items.into_iter().map(|row| row.noted.task.text);
            found.extend(texts);
            call.cursor = page.next;
            if call.cursor.is_none() {
                assert_eq!(page.total, found.len() as u64);
                return found;
            }
        }
    };
    let all = Tasks {
        limit: Some(2),
        ..Tasks::default()
    };
    let check = |change: &dyn Fn(&mut Tasks), expect: &[&str]| {
        let mut call = all.clone();
        change(&mut call);
        assert_eq!(texts(&call), expect, "{call:?}");
    };
    check(&|_| {}, &["1", "2", "3", "4", "5"]);
    check(&|call| call.assignee = Some(seller), &["1", "3", "5"]);
    check(&|call| call.mine = true, &[]);
    check(&|call| call.lead = Some(other), &["4", "5"]);
    check(
        &|call| call.due_before = Some(now + 3 * 3_600_000),
        &["1", "2"],
    );
    check(&|call| call.list = TaskList::Overdue, &[]);
    check(&|call| call.list = TaskList::Settled, &[]);
    let broken = owner.try_call(&Tasks {
        cursor: Some("x".to_owned()),
        ..Tasks::default()
    });
    assert_refused(&broken, 422, Some("cursor"), "malformed");
    // Who became one with somebody is asked for by either.
    owner.call(&MergeLeads {
        key: new_uuid(),
        id: one,
        other,
    });
    for id in [one, other] {
        check(&|call| call.lead = Some(id), &["1", "2", "3", "4", "5"]);
    }
    office.is(0, 150);
    check(&|call| call.list = TaskList::Overdue, &["1", "2"]);
    let row = &owner.call(&all).items[0];
    assert!(row.overdue && [one, other].contains(&row.lead.id));
}

#[test]
fn a_calendar_takes_the_holidays_of_a_year_over() {
    let office = Office::opened();
    let owner = &office.owner;
    let tables = owner.call(&Holidays {});
    let known: Vec<_> = tables
        .iter()
        .map(|table| (table.country.as_str(), table.year))
        .collect();
    assert_eq!(known, [("CN", 2025), ("CN", 2026)]);
    let take = |expected_version, year| TakeHolidays {
        key: new_uuid(),
        expected_version,
        country: "CN".to_owned(),
        year,
    };
    let calendar = owner.call(&take(0, 2026));
    assert_eq!((calendar.version, calendar.special.len()), (1, 39));
    assert_eq!(calendar.zone, "Asia/Shanghai");
    assert_refused(&owner.try_call(&take(0, 2025)), 409, None, "conflict");
    let unknown = owner.try_call(&take(1, 1999));
    assert_refused(&unknown, 422, Some("year"), "unknown_holidays");
    // And it is edited as any other.
    let mut edited = owner.call(&ReadCalendar {});
    edited.zone = "Europe/Berlin".to_owned();
    edited.special.pop_last();
    let save = |zone: &str| SaveCalendar {
        key: new_uuid(),
        expected_version: 1,
        calendar: domain::hours::Calendar {
            zone: zone.to_owned(),
            ..edited.clone()
        },
    };
    let nowhere = owner.try_call(&save("Asia/Atlantis"));
    assert_refused(&nowhere, 422, Some("zone"), "unknown_zone");
    let saved = owner.call(&save("Europe/Berlin"));
    assert_eq!((saved.version, saved.special.len()), (2, 38));
    assert_eq!(owner.call(&ReadCalendar {}), saved);
}
