//! Tasks, from the first that a rule opens to the last; and that all of it replays.

use super::super::pursuits::tests::{BY, Shop, WANG, ZHAO};
use super::*;
use crate::api::{AssignLead, ErasePerson};
use crate::clock::{Promises, Turn};
use crate::conversation::Outcome;
use crate::definition::{self, Definition};
use crate::stage::Verdict;
use crate::task::{Next, next_of};
use expect_test::expect_file;
use uuid::Uuid;

const HOUR: Ms = 3_600_000;
const DAY: Ms = 24 * HOUR;

/// What is to be done with somebody, the earliest due first.
fn open(shop: &Shop, id: LeadId) -> Vec<Task> {
    let family = shop.world.family(id).unwrap();
    let mut tasks: Vec<Task> = family.tasks().map(|noted| noted.task.clone()).collect();
    tasks.sort_by_key(|task| task.due_at);
    tasks
}

fn seq(shop: &Shop, id: TaskId) -> u64 {
    shop.world.task(id).map_or(0, |noted| noted.seq)
}

fn set(shop: &mut Shop, lead: LeadId, due_at: Ms, assignee: UserId) -> Result<TaskId, EditError> {
    let save = SaveTask {
        key: shop.key(),
        id: TaskId(shop.key()),
        lead,
        expected_seq: 0,
        kind: Kind::Meeting,
        text: "演示".into(),
        due_at,
        assignee: Some(assignee),
    };
    let done = shop.edit(|world, now| world.save_task(&save, BY.1, now));
    done.map(|_| save.id)
}

fn complete(
    shop: &mut Shop,
    id: TaskId,
    outcome: Option<Outcome>,
    next_at: Option<Ms>,
) -> Result<Vec<Fact>, EditError> {
    let next = next_at.map(|due_at| Next {
        kind: Kind::Mail,
        text: "报价".into(),
        due_at,
    });
    let call = CompleteTask {
        key: shop.key(),
        id,
        expected_seq: seq(shop, id),
        outcome,
        note: "约下周".into(),
        next,
    };
    shop.edit(|world, now| world.complete_task(&call, BY.1, now))
}

fn cancel(shop: &mut Shop, id: TaskId) -> Result<Vec<Fact>, EditError> {
    let call = CancelTask {
        key: shop.key(),
        id,
        expected_seq: seq(shop, id),
        note: String::new(),
    };
    shop.edit(|world, now| world.cancel_task(&call, BY.1, now))
}

fn follow_up(shop: &Shop, id: LeadId) -> Option<Clock> {
    let lead = shop.world.lead(id).unwrap();
    lead.pursuit.clock(Promise::FollowUp).copied()
}

fn turns(facts: &[Fact]) -> Vec<(Promise, Turn)> {
    let turns = facts.iter().filter_map(|fact| match &fact.body {
        Body::ClockTurned(turned) => Some((turned.kind, turned.turn)),
        _ => None,
    });
    turns.collect()
}

fn gives(shop: &mut Shop, id: LeadId, to: Option<UserId>) {
    let call = AssignLead {
        key: shop.key(),
        id,
        expected_seq: shop.pursued(id).seq,
        to,
        note: String::new(),
    };
    shop.edit(|world, _| world.assign_lead(&call, BY)).unwrap();
}

#[test]
fn who_gets_a_qualified_lead_has_a_task_and_it_goes_with_the_lead() {
    let mut shop = Shop::opened();
    let (id, _) = shop.qualifies(1);
    let owner = shop.pursued(id).owner.unwrap().user;
    let [task] = open(&shop, id).try_into().unwrap();
    assert_eq!((task.kind, task.why.clone()), (Kind::Call, Why::Assigned));
    assert_eq!(
        (task.assignee, task.due_at),
        (Some(owner), shop.now + HOUR),
        "as soon as the first response is promised"
    );
    let other = if owner == WANG { ZHAO } else { WANG };
    gives(&mut shop, id, Some(other));
    let found = open(&shop, id);
    assert_eq!(found.len(), 1, "the same one");
    assert_eq!(found[0].assignee, Some(other));
    gives(&mut shop, id, None);
    assert_eq!(open(&shop, id)[0].assignee, None);
    gives(&mut shop, id, Some(owner));
    assert_eq!(open(&shop, id)[0].assignee, Some(owner));
    let promises = Promises {
        attempts_min: 1,
        ..Promises::default()
    };
    let once = Definition {
        promises,
        ..definition::starter()
    };
    shop.agrees(once).unwrap();
    shop.answers(id, Verdict::Accepted).unwrap();
    shop.calls(id, owner, shop.now);
    shop.moves(id, "recycled", "silent", "").unwrap();
    assert_eq!(open(&shop, id), [], "nobody works it any more");
    shop.replays();
}

#[test]
fn a_task_that_was_done_is_an_attempt_and_brings_the_next() {
    let mut shop = Shop::opened();
    let (id, _) = shop.qualifies(1);
    let owner = shop.pursued(id).owner.unwrap().user;
    shop.answers(id, Verdict::Accepted).unwrap();
    let [first] = open(&shop, id).try_into().unwrap();
    shop.later(10);
    let due_at = shop.now + 2 * DAY;
    let facts = complete(&mut shop, first.id, Some(Outcome::NoAnswer), Some(due_at)).unwrap();
    let kinds: Vec<_> = facts.iter().map(|fact| fact.body.kind().0).collect();
    let expect = [
        "task_saved",
        "conversation_saved",
        "clock_turned",
        "task_saved",
        "clock_started",
    ];
    assert_eq!(kinds, expect);
    let [next] = open(&shop, id).try_into().unwrap();
    assert_eq!(next.id, next_of(first.id));
    assert_eq!(next.why, Why::Next { of: first.id });
    assert_eq!((next.assignee, next.due_at), (Some(owner), due_at));
    let told = shop.world.conversation(first.conversation_id()).unwrap();
    assert_eq!(told.conversation.outcome, Some(Outcome::NoAnswer));
    assert_eq!(shop.pursued(id).attempts, 1);
    assert_eq!(follow_up(&shop, id).unwrap().due_at, due_at);
    let lead = shop.world.lead(id).unwrap();
    assert_eq!(lead.contacted_at, Some(shop.now));

    // In time, then too late.
    shop.later(24 * 60);
    let later = shop.now + DAY;
    let facts = complete(&mut shop, next.id, Some(Outcome::Replied), Some(later)).unwrap();
    assert_eq!(turns(&facts), [(Promise::FollowUp, Turn::Met)]);
    let [third] = open(&shop, id).try_into().unwrap();
    shop.later(25 * 60);
    assert!(third.is_overdue(shop.now));
    let now = (shop.now, shop.next());
    let facts = shop.world.expire(&[id], now);
    let facts = shop.took(facts);
    assert_eq!(turns(&facts), [(Promise::FollowUp, Turn::Breached)]);
    let facts = complete(&mut shop, third.id, Some(Outcome::Replied), None).unwrap();
    assert_eq!(turns(&facts), [(Promise::FollowUp, Turn::MetLate)]);
    assert_eq!(open(&shop, id), []);
    assert_eq!(shop.pursued(id).attempts, 3);
    let family = shop.world.family(id).unwrap();
    assert_eq!(family.silent_since(), Some(shop.now));
    shop.replays();
}

#[test]
fn a_date_that_people_set_is_promised_and_one_that_is_taken_away_is_not() {
    let mut shop = Shop::opened();
    let (id, _) = shop.qualifies(1);
    let owner = shop.pursued(id).owner.unwrap().user;
    assert_eq!(follow_up(&shop, id), None, "rules promise it otherwise");
    let late = shop.now + 5 * DAY;
    let far = set(&mut shop, id, late, owner).unwrap();
    assert_eq!(follow_up(&shop, id).unwrap().due_at, late);
    let soon = shop.now + DAY;
    let near = set(&mut shop, id, soon, owner).unwrap();
    assert_eq!(follow_up(&shop, id).unwrap().due_at, soon);
    let stranger = if owner == WANG { ZHAO } else { WANG };
    let sooner = shop.now + HOUR;
    set(&mut shop, id, sooner, stranger).unwrap();
    assert_eq!(
        follow_up(&shop, id).unwrap().due_at,
        soon,
        "not the owner's"
    );
    cancel(&mut shop, near).unwrap();
    assert_eq!(follow_up(&shop, id).unwrap().due_at, late);
    cancel(&mut shop, far).unwrap();
    assert_eq!(follow_up(&shop, id), None);
    shop.replays();
}

#[test]
fn a_key_event_after_the_hand_over_alerts_the_owner_once() {
    let mut shop = Shop::opened();
    let (id, _) = shop.qualifies(1);
    let owner = shop.pursued(id).owner.unwrap().user;
    shop.later(5);
    shop.views(1, "/demo/pricing/");
    assert_eq!(open(&shop, id).len(), 1);
    shop.views(1, "/demo/pricing/");
    let alerts = |shop: &Shop| {
        let open = open(shop, id).into_iter();
        let alerts = open.filter(|task| matches!(task.why, Why::KeyEvent { .. }));
        alerts.collect::<Vec<_>>()
    };
    let [alert] = alerts(&shop).try_into().unwrap();
    assert_eq!(alert.assignee, Some(owner));
    assert_eq!(alert.due_at, shop.now + HOUR);
    shop.views(1, "/demo/pricing/");
    assert_eq!(alerts(&shop).len(), 1, "once a window");
    // A window later it is reached anew, and nobody has settled the first one.
    shop.later(8 * 24 * 60);
    for _ in 0..3 {
        shop.views(1, "/demo/pricing/");
    }
    assert_eq!(alerts(&shop).len(), 1, "once as long as it is open");
    complete(&mut shop, alert.id, Some(Outcome::Connected), None).unwrap();
    shop.later(8 * 24 * 60);
    for _ in 0..3 {
        shop.views(1, "/demo/pricing/");
    }
    assert_eq!(alerts(&shop).len(), 1, "and again after that");
    shop.replays();
}

#[test]
fn what_may_not_be_is_refused() {
    let mut shop = Shop::opened();
    let (id, _) = shop.qualifies(1);
    let (other, _) = shop.qualifies(2);
    let due_at = shop.now + DAY;
    let known = set(&mut shop, id, due_at, WANG).unwrap();
    let save = |shop: &mut Shop| SaveTask {
        key: shop.key(),
        id: known,
        lead: id,
        expected_seq: seq(shop, known),
        kind: Kind::Call,
        text: String::new(),
        due_at: shop.now + DAY,
        assignee: Some(WANG),
    };
    let mut check = |change: &dyn Fn(&mut SaveTask), expect: EditError| {
        let mut save = save(&mut shop);
        change(&mut save);
        let found = shop.edit(|world, now| world.save_task(&save, BY.1, now));
        assert_eq!(found.unwrap_err(), expect);
    };
    check(&|s| s.expected_seq += 1, EditError::Conflict);
    check(&|s| s.id = TaskId(Uuid::from_u128(9)), EditError::NotFound);
    check(&|s| s.lead = other, invalid("lead", "another"));
    check(
        &|s| s.lead = LeadId(Uuid::from_u128(9)),
        EditError::NotFound,
    );
    let gone = UserId(Uuid::from_u128(9));
    check(
        &|s| s.assignee = Some(gone),
        invalid("assignee", "member_left"),
    );
    check(&|s| s.due_at = Ms::MAX, invalid("due_at", "out_of_range"));
    assert_eq!(
        complete(&mut shop, known, None, None).unwrap_err(),
        invalid("outcome", "empty")
    );
    let past = shop.now;
    assert_eq!(
        complete(&mut shop, known, Some(Outcome::Held), Some(past)).unwrap_err(),
        invalid("next.due_at", "in_past")
    );
    complete(&mut shop, known, Some(Outcome::Held), None).unwrap();
    assert_eq!(cancel(&mut shop, known), Err(invalid("id", "settled")));
    for _ in open(&shop, id).len()..limit::OPEN_MAX {
        set(&mut shop, id, due_at, WANG).unwrap();
    }
    let full = set(&mut shop, id, due_at, WANG).unwrap_err();
    assert_eq!(full, invalid("lead", "too_many"));
    shop.replays();
}

#[test]
fn nothing_is_to_be_done_with_somebody_who_was_erased() {
    let mut shop = Shop::opened();
    let (id, _) = shop.qualifies(1);
    let due_at = shop.now + DAY;
    let task = set(&mut shop, id, due_at, WANG).unwrap();
    let confirm = shop.world.family(id).unwrap().label().to_owned();
    let erase = ErasePerson {
        key: shop.key(),
        id,
        confirm,
    };
    let facts = shop.edit(|world, _| world.erase(&erase, BY.1)).unwrap();
    assert_eq!(shop.world.task(task), None);
    let Body::PersonErased(erased) = &facts[0].body else {
        panic!("erased");
    };
    let erasure = crate::erasure::Erasure::new(erased, &[]);
    let saved = shop.facts.iter();
    let saved = saved.filter(|fact| matches!(fact.body, Body::TaskSaved(_)));
    let left: Vec<_> = saved.map(|fact| erasure.of(fact).unwrap().fact).collect();
    assert!(!left.is_empty());
    for fact in left {
        assert!(matches!(fact.body, Body::Erased(_)), "{fact:?}");
        assert!(!fact.encode().unwrap().contains("演示"));
    }
}

#[test]
fn who_got_hot_is_told_with_the_rules() {
    let mut shop = Shop::opened();
    shop.views(1, "/demo/");
    shop.submits(1, "whitepaper");
    shop.later(2 * 24 * 60);
    let since = shop.now;
    let lead = shop.world.leads().next().unwrap().id;
    shop.world.set_now(shop.now);
    assert_eq!(shop.world.heat(lead, since), None);
    shop.submits(1, "demo");
    shop.world.set_now(shop.now);
    let heat = shop.world.heat(lead, since).unwrap();
    assert_eq!(heat.to, shop.world.lead(lead).unwrap().score);
    assert!(heat.from < heat.to);
    let points: i32 = heat.why.iter().map(|rule| rule.points).sum();
    assert!(points > 0 && heat.why.iter().all(|rule| !rule.name.en.is_empty()));
    assert!(heat.why.is_sorted_by(|one, next| one.points >= next.points));
    assert_eq!(shop.world.heat(lead, shop.now + 1), None);
}

/// What tasks are told by, as it is written.
#[test]
fn golden_tasks_fold() {
    let mut shop = Shop::opened();
    let (id, _) = shop.qualifies(1);
    shop.answers(id, Verdict::Accepted).unwrap();
    let [first] = open(&shop, id).try_into().unwrap();
    let due_at = shop.now + 2 * DAY;
    complete(&mut shop, first.id, Some(Outcome::NoAnswer), Some(due_at)).unwrap();
    cancel(&mut shop, next_of(first.id)).unwrap();
    set(&mut shop, id, due_at, ZHAO).unwrap();
    let told = shop.facts.iter();
    let told = told.filter(|fact| matches!(fact.body, Body::TaskSaved(_)));
    let lines: Vec<String> = told.map(|fact| fact.encode().unwrap()).collect();
    expect_file!["../../../golden/tasks.ndjson"].assert_eq(&(lines.join("\n") + "\n"));
    for line in &lines {
        assert_eq!(Fact::decode(line).unwrap().encode().unwrap(), *line);
    }
}
