//! How leads are worked, from the first stage to the second time around; and that all of it replays.

use super::*;
use crate::api::{
    AnswerLead, AssignAccount, ErasePerson, MergeLeads, SaveAway, SaveCalendar, SaveConversation,
    SaveLadder, SavePromises, SaveRouting, UndoMerge,
};
use crate::clock::{Kind, Promises, Turn};
use crate::conversation;
use crate::event::Content;
use crate::fold::Input;
use crate::hours;
use crate::id::{ConversationId, EventId, VisitorId};
use crate::journal::{Actor, Tracked};
use crate::lead::Field;
use crate::persona::Test;
use crate::practice::{Loads, Mate, Practice, Roster};
use crate::profile::FieldId;
use crate::pursuit::Occasion;
use crate::routing::{Away, Because, Member, Method, Passed, Routing, Rule, Team};
use crate::rulebook::Name;
use crate::sample;
use crate::segment::Condition;
use crate::stage::{Ladder, Verdict, starter};
use proptest::prelude::*;
use uuid::Uuid;

const WANG: UserId = UserId(Uuid::from_u128(21));
const ZHAO: UserId = UserId(Uuid::from_u128(22));
const BY: Doer<'static> = (WANG, "wang@a.cn");
const MINUTE: Ms = 60_000;

fn name(text: &str) -> Name {
    Name {
        zh: text.into(),
        en: text.into(),
    }
}

fn roster(users: &[UserId]) -> Roster {
    let mates = users.iter().map(|user| {
        let mate = Mate {
            email: format!("{user}@a.cn"),
            name: format!("{user}"),
            role: crate::api::Role::Sales,
        };
        (*user, mate)
    });
    mates.collect()
}

/// Monday, 2026-01-05, 09:00 in Shanghai, and so many days and minutes later.
fn at(days: i64, minutes: i64) -> Ms {
    sample::BEGINS + days * DAY_MS + minutes * MINUTE
}

/// A workspace in which leads are worked, and all facts of it.
struct Shop {
    world: World,
    facts: Vec<Fact>,
    now: Ms,
    count: u128,
}

impl Shop {
    fn closed() -> Shop {
        let mut shop = Shop {
            world: World::default(),
            facts: Vec::new(),
            now: at(0, 0),
            count: 0,
        };
        for input in sample::opening() {
            shop.take(input);
        }
        shop
    }

    /// With the starter ladder, and Wang and Zhao who take turns.
    fn opened() -> Shop {
        let mut shop = Shop::closed();
        let told = shop.world.tell_roster(roster(&[WANG, ZHAO])).unwrap();
        shop.write(told);
        let key = shop.key();
        let save = SaveLadder {
            key,
            expected_version: 0,
            ladder: starter(),
        };
        shop.edit(|world, _| world.save_ladder(&save, BY.1))
            .unwrap();
        let key = shop.key();
        let save = SaveRouting {
            key,
            expected_version: 0,
            routing: team(&[WANG, ZHAO]),
        };
        shop.edit(|world, _| world.save_routing(&save, BY.1))
            .unwrap();
        shop
    }

    fn key(&mut self) -> Uuid {
        self.count += 1;
        Uuid::from_u128(self.count << 64)
    }

    fn next(&self) -> u64 {
        self.facts.len() as u64 + 1
    }

    fn took(&mut self, facts: Vec<Fact>) -> Vec<Fact> {
        self.world.take_changes();
        self.facts.extend(facts.iter().cloned());
        facts
    }

    fn take(&mut self, input: Input) -> Vec<Fact> {
        let facts = self.world.take(vec![input], self.now, self.next());
        self.took(facts)
    }

    fn write(&mut self, body: Body) -> Vec<Fact> {
        self.write_as(Actor::User(WANG), body)
    }

    fn write_as(&mut self, actor: Actor, body: Body) -> Vec<Fact> {
        self.take(Input {
            occurred_at: self.now,
            actor,
            body,
        })
    }

    fn edit(
        &mut self,
        edit: impl FnOnce(&World, Ms) -> Result<Body, EditError>,
    ) -> Result<Vec<Fact>, EditError> {
        let body = edit(&self.world, self.now)?;
        Ok(self.write(body))
    }

    /// Somebody does something now.
    fn does(&mut self, visitor: u128, content: Content, path: &str) -> Vec<Fact> {
        let mut input = sample::inputs(1, 1).remove(0);
        let Body::Tracked(tracked) = &mut input.body else {
            panic!("an event");
        };
        self.count += 1;
        let event = &mut tracked.event;
        event.id = EventId(Uuid::from_u128(self.count));
        event.visitor = VisitorId(Uuid::from_u128(visitor));
        event.url = format!("https://www.sample.example{path}");
        event.content = content;
        tracked.stamp.bot = None;
        input.actor = Actor::Visitor(event.visitor);
        input.occurred_at = self.now;
        let Tracked { .. } = **tracked;
        self.take(input)
    }

    fn views(&mut self, visitor: u128, path: &str) -> Vec<Fact> {
        let content = Content::PageView {
            referrer: None,
            title: None,
        };
        self.does(visitor, content, path)
    }

    /// Somebody submits a form, and is named by it.
    fn submits(&mut self, visitor: u128, form: &str) -> Vec<Fact> {
        let fields = [("email".to_owned(), format!("p{visitor}@yunge{visitor}.cn"))];
        let content = Content::FormSubmit {
            form: form.to_owned(),
            fields: fields.into(),
        };
        self.does(visitor, content, &format!("/demo/{form}/"))
    }

    /// Somebody does enough to be qualified; the lead, and the facts of the last step.
    fn qualifies(&mut self, visitor: u128) -> (LeadId, Vec<Fact>) {
        self.views(visitor, "/demo/pricing/");
        self.submits(visitor, "whitepaper");
        self.submits(visitor, "trial");
        let facts = self.submits(visitor, "demo");
        let visitor = &self.world.visitors[&VisitorId(Uuid::from_u128(visitor))];
        (visitor.leads().into_iter().next().unwrap(), facts)
    }

    fn pursued(&self, id: LeadId) -> Pursued {
        self.world.pursued(id, self.now).unwrap()
    }

    fn moves(&mut self, id: LeadId, to: &str, reason: &str, note: &str) -> Result<(), EditError> {
        let call = MoveLead {
            key: self.key(),
            id,
            expected_seq: self.pursued(id).seq,
            to: to.into(),
            reason: Some(reason.to_owned()).filter(|reason| !reason.is_empty()),
            note: note.into(),
        };
        self.edit(|world, now| world.move_lead(&call, BY, now))
            .map(drop)
    }

    fn answers(&mut self, id: LeadId, verdict: Verdict) -> Result<Vec<Fact>, EditError> {
        let call = AnswerLead {
            key: self.key(),
            id,
            expected_seq: self.pursued(id).seq,
            verdict,
            note: String::new(),
        };
        self.edit(|world, now| world.answer_lead(&call, BY, now))
    }

    /// Who calls a lead, at which time.
    fn calls(&mut self, id: LeadId, by: UserId, spoken_at: Ms) -> Vec<Fact> {
        let save = SaveConversation {
            key: self.key(),
            id: ConversationId(self.key()),
            lead: id,
            expected_seq: 0,
            kind: conversation::Kind::Call,
            at: spoken_at,
            direction: Some(conversation::Direction::Out),
            text: "…".into(),
            outcome: None,
            seconds: None,
        };
        let body = self.world.save_conversation(&save, "a@a.cn", self.now);
        self.write_as(Actor::User(by), body.unwrap())
    }

    fn later(&mut self, minutes: i64) {
        self.now += minutes * MINUTE;
    }

    /// A replay of all facts gives what there is.
    #[track_caller]
    fn replays(&self) {
        let mut again = World::default();
        for facts in self.facts.chunks(3) {
            again.replay(facts);
        }
        assert_eq!(again.loads, self.world.loads);
        assert_eq!(again.settings, self.world.settings);
        for (id, lead) in &self.world.leads {
            assert_eq!(again.leads[id].pursuit, lead.pursuit, "{id}");
        }
        let loads = count_anew(&self.world);
        assert_eq!(
            (&loads.standing, &loads.open),
            (&self.world.loads.standing, &self.world.loads.open)
        );
        assert_eq!(loads.waiting, self.world.loads.waiting);
    }
}

/// The counts, by looking at everyone.
fn count_anew(world: &World) -> Loads {
    let mut loads = Loads::default();
    for lead in world
        .leads
        .values()
        .filter(|lead| lead.merged_into.is_none())
    {
        if let Some((stage, _)) = lead.pursuit.stands() {
            *loads.standing.entry(stage.to_owned()).or_default() += 1;
        }
        match lead.pursuit.owner {
            Some(owner) if lead.pursuit.is_open() => {
                *loads.open.entry(owner.user).or_default() += 1;
            }
            None if lead.pursuit.is_open() => loads.waiting += 1,
            _ => {}
        }
    }
    loads
}

fn team(users: &[UserId]) -> Routing {
    let members = users.iter().map(|user| Member {
        user: *user,
        share: 1,
        open_max: None,
        away: Vec::new(),
    });
    Routing {
        others: Some("sales".into()),
        teams: vec![Team {
            id: "sales".into(),
            name: name("Sales"),
            method: Method::RoundRobin,
            members: members.collect(),
        }],
        ..Routing::default()
    }
}

fn kinds(facts: &[Fact]) -> Vec<&'static str> {
    let decisions = facts.iter().map(|fact| fact.body.kind().0);
    decisions.collect()
}

fn turns(facts: &[Fact]) -> Vec<(Kind, Turn)> {
    let turns = facts.iter().filter_map(|fact| match &fact.body {
        Body::ClockTurned(turned) => Some((turned.kind, turned.turn)),
        _ => None,
    });
    turns.collect()
}

fn code<T: std::fmt::Debug>(result: Result<T, EditError>) -> (String, &'static str) {
    match result {
        Err(EditError::Invalid(invalid)) => (invalid.field, invalid.code),
        Err(EditError::Conflict) => ("".into(), "conflict"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn nobody_is_moved_before_a_ladder_was_saved() {
    let mut shop = Shop::closed();
    let (id, facts) = shop.qualifies(1);
    assert!(facts.iter().all(|fact| fact.body.kind().0 != "stage_moved"));
    assert_eq!(shop.pursued(id).stage, None);
    assert!(shop.world.settings.practice.is_untouched());
    shop.replays();
}

#[test]
fn who_is_qualified_is_somebodys_in_the_same_commit() {
    let mut shop = Shop::opened();
    shop.views(1, "/demo/pricing/");
    let facts = shop.submits(1, "whitepaper");
    assert_eq!(kinds(&facts)[facts.len() - 1], "stage_moved");
    shop.views(1, "/demo/pricing/");
    let facts = shop.submits(1, "trial");
    let lead = shop.world.visitors[&VisitorId(Uuid::from_u128(1))].leads();
    let id = lead.into_iter().next().unwrap();
    let expect = [
        "tracked",
        "visitor_identified",
        "stage_moved",
        "clock_started",
        "lead_assigned",
        "clock_turned",
        "clock_started",
        "clock_started",
    ];
    let found: Vec<&str> = kinds(&facts);
    let found: Vec<&str> = found
        .into_iter()
        .filter(|kind| expect.contains(kind))
        .collect();
    assert_eq!(found, expect);
    let pursued = shop.pursued(id);
    assert_eq!(pursued.stage.as_deref(), Some("mql"));
    assert_eq!(pursued.owner.map(|owner| owner.user), Some(WANG));
    let Cause::Rule {
        ladder,
        definition,
        rulebook,
        score,
        ..
    } = &pursued.journey.moves[1].cause
    else {
        panic!("by rule: {pursued:?}");
    };
    assert_eq!((*ladder, *definition, *rulebook), (1, None, 1));
    assert!(*score >= 60);
    // Turns are taken.
    let (other, _) = shop.qualifies(2);
    assert_eq!(
        shop.pursued(other).owner.map(|owner| owner.user),
        Some(ZHAO)
    );
    assert_eq!(shop.world.loads.standing["mql"], 2);
    shop.replays();
}

#[test]
fn sales_answers_and_speaks_to_the_person() {
    let mut shop = Shop::opened();
    let (id, _) = shop.qualifies(1);
    shop.later(10);
    // A call of somebody else's is an attempt, and no first response; nor is one from before.
    assert_eq!(turns(&shop.calls(id, ZHAO, shop.now)), []);
    assert_eq!(turns(&shop.calls(id, WANG, at(-1, 0))), []);
    let met = [(Kind::FirstResponse, Turn::Met)];
    assert_eq!(turns(&shop.calls(id, WANG, shop.now)), met);
    assert_eq!(shop.pursued(id).attempts, 3);
    let met = [(Kind::Accepted, Turn::Met)];
    assert_eq!(turns(&shop.answers(id, Verdict::Accepted).unwrap()), met);
    assert_eq!(shop.pursued(id).stage.as_deref(), Some("sql"));
    assert_eq!(
        code(shop.answers(id, Verdict::Accepted)),
        ("verdict".into(), "not_qualified")
    );
    // The required step first.
    assert_eq!(
        code(shop.moves(id, "opportunity", "", "")),
        ("to".into(), "steps_missing")
    );
    let call = NoteStep {
        key: shop.key(),
        id,
        expected_seq: shop.pursued(id).seq,
        step: "need".into(),
        done: true,
        date: None,
    };
    shop.edit(|world, now| world.note_step(&call, BY, now))
        .unwrap();
    assert_eq!(
        code(shop.edit(|world, now| world.note_step(&call, BY, now))).1,
        "conflict"
    );
    shop.moves(id, "opportunity", "", "").unwrap();
    shop.moves(id, "won", "", "").unwrap();
    let pursued = shop.pursued(id);
    assert!(pursued.clocks.is_empty() && pursued.owner.is_some());
    assert_eq!(shop.world.loads.open, BTreeMap::new());
    shop.replays();
}

#[test]
fn what_is_not_taken_up_in_time_is_somebody_elses() {
    let mut shop = Shop::opened();
    let (id, _) = shop.qualifies(1);
    let next = |shop: &Shop| (shop.now, shop.next());
    shop.later(30);
    let facts = shop.world.expire(&[id], next(&shop));
    assert_eq!(shop.took(facts), [], "the last moment is in time");
    shop.later(1);
    let facts = shop.world.expire(&[id], next(&shop));
    let facts = shop.took(facts);
    assert_eq!(turns(&facts), [(Kind::Accepted, Turn::Breached)]);
    assert_eq!(shop.pursued(id).owner.map(|owner| owner.user), Some(ZHAO));
    shop.later(31);
    let facts = shop.world.expire(&[id], next(&shop));
    let facts = shop.took(facts);
    let both = [
        (Kind::Accepted, Turn::Breached),
        (Kind::FirstResponse, Turn::Breached),
    ];
    let mut found = turns(&facts);
    found.sort_by_key(|(kind, _)| *kind);
    assert_eq!(found, both, "nobody else is left: it stays");
    assert_eq!(shop.pursued(id).owner.map(|owner| owner.user), Some(ZHAO));
    let facts = shop.world.expire(&[id], next(&shop));
    assert_eq!(shop.took(facts), [], "once");
    let late = [(Kind::Accepted, Turn::MetLate)];
    assert_eq!(turns(&shop.answers(id, Verdict::Accepted).unwrap()), late);
    shop.replays();
}

#[test]
fn who_is_given_back_must_qualify_anew() {
    let mut shop = Shop::opened();
    let (id, _) = shop.qualifies(1);
    shop.answers(id, Verdict::Accepted).unwrap();
    let tried = code(shop.moves(id, "recycled", "silent", ""));
    assert_eq!(tried, ("attempts".into(), "too_few_attempts"));
    let key = shop.key();
    let save = SavePromises {
        key,
        expected_version: 0,
        promises: Promises {
            attempts_min: 1,
            ..Promises::default()
        },
    };
    shop.edit(|world, _| world.save_promises(&save, BY.1))
        .unwrap();
    shop.calls(id, WANG, shop.now);
    assert_eq!(
        code(shop.moves(id, "recycled", "", "")),
        ("reason".into(), "reason_needed")
    );
    shop.later(60);
    shop.moves(id, "recycled", "silent", "").unwrap();
    assert_eq!(shop.pursued(id).owner, None);
    shop.later(60 * 24);
    shop.views(1, "/demo/pricing/");
    assert_eq!(shop.pursued(id).stage.as_deref(), Some("recycled"));
    shop.submits(1, "trial");
    shop.submits(1, "demo");
    let pursued = shop.pursued(id);
    assert_eq!(
        (pursued.stage.as_deref(), pursued.attempts),
        (Some("mql"), 0)
    );
    assert_eq!(
        pursued.owner.map(|owner| owner.user),
        Some(ZHAO),
        "their turn"
    );
    // Sales does not take it.
    let no = |reason: &str| Verdict::Rejected(reason.into());
    assert_eq!(code(shop.answers(id, no("because"))).1, "unknown_reason");
    shop.answers(id, no("no-need")).unwrap();
    assert_eq!(shop.pursued(id).stage.as_deref(), Some("recycled"));
    shop.replays();
}

#[test]
fn what_a_person_moved_back_stays_until_something_happens() {
    let mut shop = Shop::opened();
    let (id, _) = shop.qualifies(1);
    assert_eq!(
        code(shop.moves(id, "lead", "", "")),
        ("note".into(), "note_needed")
    );
    shop.later(5);
    shop.moves(id, "lead", "", "a test of ours").unwrap();
    assert_eq!(shop.pursued(id).stage.as_deref(), Some("lead"));
    shop.calls(id, WANG, shop.now);
    assert_eq!(shop.pursued(id).stage.as_deref(), Some("lead"));
    shop.later(5);
    shop.views(1, "/demo/case/");
    assert_eq!(shop.pursued(id).stage.as_deref(), Some("mql"));
    assert_eq!(
        shop.pursued(id).owner.map(|owner| owner.user),
        Some(WANG),
        "it had one"
    );
    shop.replays();
}

#[test]
fn leads_of_whoever_left_are_routed_anew_or_wait() {
    let mut shop = Shop::opened();
    let (one, _) = shop.qualifies(1);
    let (two, _) = shop.qualifies(2);
    let leaves = |shop: &mut Shop, left: &[UserId]| {
        let told = shop.world.tell_roster(roster(left)).unwrap();
        shop.write(told);
        let facts = shop
            .world
            .route_waiting(&[one, two], (shop.now, shop.next()));
        shop.took(facts)
    };
    leaves(&mut shop, &[ZHAO]);
    let owner = |shop: &Shop, id| shop.pursued(id).owner.map(|owner| owner.user);
    assert_eq!(
        (owner(&shop, one), owner(&shop, two)),
        (Some(ZHAO), Some(ZHAO))
    );
    let facts = leaves(&mut shop, &[]);
    assert_eq!(facts.len(), 2, "{facts:?}");
    assert_eq!((owner(&shop, one), owner(&shop, two)), (None, None));
    assert_eq!(
        (shop.world.loads.waiting, &shop.world.loads.open),
        (2, &BTreeMap::new())
    );
    let facts = shop
        .world
        .route_waiting(&[one, two], (shop.now, shop.next()));
    assert_eq!(
        shop.took(facts),
        [],
        "nothing is written as long as nobody is there"
    );
    leaves(&mut shop, &[WANG]);
    assert_eq!(
        (owner(&shop, one), owner(&shop, two)),
        (Some(WANG), Some(WANG))
    );
    let Some(Given::Routed { on, assignment }) = last_given(&shop.facts) else {
        panic!("routed");
    };
    assert_eq!(
        (on, assignment.passed),
        (
            Occasion::Waiting,
            vec![(ZHAO, crate::routing::Passed::Left)]
        )
    );
    shop.replays();
}

fn last_given(facts: &[Fact]) -> Option<Given> {
    facts.iter().rev().find_map(|fact| match &fact.body {
        Body::LeadAssigned(assigned) => Some(assigned.why.clone()),
        _ => None,
    })
}

#[test]
fn who_is_away_gets_none_and_a_companys_owner_goes_first() {
    let mut shop = Shop::opened();
    let away = Away {
        from: at(0, -10),
        until: at(1, 0),
    };
    let key = shop.key();
    let save = SaveAway {
        key,
        id: WANG,
        away: vec![away],
    };
    shop.edit(|world, _| world.save_away(&save, BY.1)).unwrap();
    assert_eq!(shop.world.settings.practice.routing.version, 2);
    let (one, _) = shop.qualifies(1);
    let owner = |shop: &Shop, id| shop.pursued(id).owner.map(|owner| owner.user);
    assert_eq!(owner(&shop, one), Some(ZHAO));
    let routing = Routing {
        account_owner_first: true,
        ..team(&[ZHAO])
    };
    let key = shop.key();
    let save = SaveRouting {
        key,
        expected_version: 2,
        routing,
    };
    shop.edit(|world, _| world.save_routing(&save, BY.1))
        .unwrap();
    shop.submits(2, "whitepaper");
    let lead = shop.world.visitors[&VisitorId(Uuid::from_u128(2))].leads();
    let lead = lead.into_iter().next().unwrap();
    let account = shop.world.family(lead).unwrap().account().unwrap();
    let key = shop.key();
    let call = AssignAccount {
        key,
        id: account,
        owner: Some(WANG),
    };
    shop.edit(|world, _| world.assign_account(&call, BY.1))
        .unwrap();
    shop.qualifies(2);
    assert_eq!(owner(&shop, lead), Some(WANG));
    shop.replays();
}

#[test]
fn a_rule_of_routing_means_an_industry_and_a_full_colleague_is_passed_over() {
    let mut shop = Shop::opened();
    let mut routing = team(&[WANG]);
    let retail = Team {
        id: "retail".into(),
        method: Method::Load,
        ..team(&[ZHAO]).teams.remove(0)
    };
    routing.teams.push(retail);
    routing.teams[1].members[0].open_max = Some(1);
    routing.rules.push(Rule {
        id: "retail".into(),
        name: name("Retail"),
        who: Condition::Field {
            field: FieldId::Standard(Field::Industry),
            is: Test::Contains(["零售".to_owned()].into()),
        },
        team: "retail".into(),
    });
    let key = shop.key();
    let save = SaveRouting {
        key,
        expected_version: 1,
        routing,
    };
    shop.edit(|world, _| world.save_routing(&save, BY.1))
        .unwrap();
    let mut qualifies = |visitor, industry: &str| {
        let fields = [
            ("email", format!("p{visitor}@yunge{visitor}.cn")),
            ("industry", industry.into()),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value));
        let content = Content::FormSubmit {
            form: "whitepaper".into(),
            fields: fields.into(),
        };
        shop.does(visitor, content, "/demo/whitepaper/");
        let (id, _) = shop.qualifies(visitor);
        shop.pursued(id).owner.map(|owner| owner.user)
    };
    assert_eq!(qualifies(1, "连锁零售"), Some(ZHAO));
    assert_eq!(qualifies(2, "制造"), Some(WANG));
    assert_eq!(qualifies(3, "零售"), None, "the one who gets them is full");
    let Some(Given::Routed { assignment, .. }) = last_given(&shop.facts) else {
        panic!("routed");
    };
    assert_eq!(
        (assignment.because, assignment.passed),
        (Because::Rule("retail".into()), vec![(ZHAO, Passed::Full)])
    );
    shop.replays();
}

#[test]
fn who_becomes_one_is_worked_as_one_and_who_is_erased_is_not_counted() {
    let mut shop = Shop::opened();
    shop.submits(1, "whitepaper");
    let first = shop.world.visitors[&VisitorId(Uuid::from_u128(1))].leads();
    let first = first.into_iter().next().unwrap();
    shop.later(1);
    let (second, _) = shop.qualifies(2);
    let merge = MergeLeads {
        key: shop.key(),
        id: first,
        other: second,
    };
    shop.edit(|world, _| world.merge(&merge, BY.1)).unwrap();
    let pursued = shop.pursued(second);
    assert_eq!((pursued.id, pursued.stage.as_deref()), (first, Some("mql")));
    assert_eq!(pursued.owner.map(|owner| owner.user), Some(WANG));
    assert_eq!(
        shop.world.loads.standing,
        BTreeMap::from([("mql".into(), 1)])
    );
    shop.replays();
    let undo = UndoMerge {
        key: shop.key(),
        id: second,
    };
    shop.edit(|world, _| world.unmerge(&undo, BY.1)).unwrap();
    assert_eq!(shop.world.loads.standing["mql"], 2);
    shop.replays();
    let confirm = shop.world.family(second).unwrap().label().to_owned();
    let erase = ErasePerson {
        key: shop.key(),
        id: second,
        confirm,
    };
    shop.edit(|world, _| world.erase(&erase, BY.1)).unwrap();
    assert_eq!(shop.world.loads.standing["mql"], 1);
    assert_eq!(
        shop.world.loads.given,
        BTreeMap::new(),
        "as if it had never been given"
    );
}

#[test]
fn what_cannot_be_saved_is_named() {
    let mut shop = Shop::opened();
    shop.qualifies(1);
    let mut ladder = starter();
    ladder.stages.retain(|stage| stage.id != "opportunity");
    let world = &shop.world;
    let save = |ladder: &Ladder, expected_version| {
        let save = SaveLadder {
            key: Uuid::from_u128(1),
            expected_version,
            ladder: ladder.clone(),
        };
        code(world.save_ladder(&save, BY.1))
    };
    assert_eq!(save(&ladder, 1), ("stages.opportunity".into(), "missing"));
    let mut renamed = starter();
    renamed.stages[1].id = "qualified".into();
    assert_eq!(save(&renamed, 1), ("stages.mql".into(), "stage_in_use"));
    assert_eq!(save(&starter(), 0).1, "conflict");
    let mut calendar = hours::starter();
    calendar.week = Default::default();
    let save = SaveCalendar {
        key: Uuid::from_u128(1),
        expected_version: 0,
        calendar,
    };
    assert_eq!(
        code(world.save_calendar(&save, BY.1)),
        ("week".into(), "no_working_day")
    );
    let gone = UserId(Uuid::from_u128(99));
    let save = SaveRouting {
        key: Uuid::from_u128(1),
        expected_version: 1,
        routing: team(&[WANG, gone]),
    };
    let left = ("teams[0].members[1].user".to_owned(), "member_left");
    assert_eq!(code(world.save_routing(&save, BY.1)), left);
    let save = SaveAway {
        key: Uuid::from_u128(1),
        id: gone,
        away: Vec::new(),
    };
    assert_eq!(
        code(world.save_away(&save, BY.1)),
        ("id".into(), "not_in_a_team")
    );
    assert_ne!(world.settings.practice, Practice::default());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever is done with them, a replay ends the same, and the counts are those of everyone looked at.
    #[test]
    fn whatever_is_done_replays(steps in prop::collection::vec((0_u8..9, 1_u128..4, 0_i64..200), 1..40)) {
        let mut shop = Shop::opened();
        for (what, who, minutes) in steps {
            shop.later(minutes);
            let visitor = VisitorId(Uuid::from_u128(who));
            let lead = shop.world.visitors.get(&visitor).and_then(|v| v.leads().into_iter().next());
            match (what, lead) {
                (0, _) => drop(shop.qualifies(who)),
                (1, Some(id)) => drop(shop.answers(id, Verdict::Accepted)),
                (2, Some(id)) => drop(shop.answers(id, Verdict::Rejected("no-need".into()))),
                (3, Some(id)) => drop(shop.moves(id, "lost", "rival", "")),
                (4, Some(id)) => drop(shop.moves(id, "lead", "", "back")),
                (5, Some(id)) => drop(shop.calls(id, WANG, shop.now)),
                (6, _) => {
                    let ids: Vec<LeadId> = shop.world.leads.keys().copied().collect();
                    let facts = shop.world.expire(&ids, (shop.now, shop.next()));
                    shop.took(facts);
                }
                (7, _) => {
                    let told = shop.world.tell_roster(roster(if who == 1 { &[WANG] } else { &[WANG, ZHAO] }));
                    told.into_iter().for_each(|told| drop(shop.write(told)));
                    let ids: Vec<LeadId> = shop.world.leads.keys().copied().collect();
                    let facts = shop.world.route_waiting(&ids, (shop.now, shop.next()));
                    shop.took(facts);
                }
                (8, Some(id)) if shop.world.leads.len() > 1 => {
                    let ids: Vec<LeadId> = shop.world.leads.keys().copied().collect();
                    let other = ids.into_iter().find(|other| *other != id).unwrap();
                    let merge = MergeLeads { key: shop.key(), id, other };
                    drop(shop.edit(|world, _| world.merge(&merge, BY.1)));
                }
                _ => drop(shop.views(who, "/demo/case/")),
            }
        }
        shop.replays();
    }
}

/// Everything that is done with leads, as it is written.
fn all_of_it() -> Vec<Fact> {
    let mut shop = Shop::opened();
    let key = shop.key();
    let save = SaveCalendar {
        key,
        expected_version: 0,
        calendar: hours::starter(),
    };
    shop.edit(|world, _| world.save_calendar(&save, BY.1))
        .unwrap();
    let key = shop.key();
    let save = SavePromises {
        key,
        expected_version: 0,
        promises: Promises {
            attempts_min: 1,
            ..Promises::default()
        },
    };
    shop.edit(|world, _| world.save_promises(&save, BY.1))
        .unwrap();
    let key = shop.key();
    let away = vec![Away {
        from: at(9, 0),
        until: at(10, 0),
    }];
    let save = SaveAway {
        key,
        id: ZHAO,
        away,
    };
    shop.edit(|world, _| world.save_away(&save, BY.1)).unwrap();
    let (one, _) = shop.qualifies(1);
    shop.later(31);
    let facts = shop.world.expire(&[one], (shop.now, shop.next()));
    shop.took(facts);
    shop.calls(one, ZHAO, shop.now);
    shop.answers(one, Verdict::Accepted).unwrap();
    let call = NoteStep {
        key: shop.key(),
        id: one,
        expected_seq: shop.pursued(one).seq,
        step: "need".into(),
        done: true,
        date: None,
    };
    shop.edit(|world, now| world.note_step(&call, BY, now))
        .unwrap();
    shop.moves(one, "recycled", "silent", "").unwrap();
    let account = shop.world.family(one).unwrap().account().unwrap();
    let key = shop.key();
    let call = AssignAccount {
        key,
        id: account,
        owner: Some(WANG),
    };
    shop.edit(|world, _| world.assign_account(&call, BY.1))
        .unwrap();
    let (two, _) = shop.qualifies(2);
    let call = AssignLead {
        key: shop.key(),
        id: two,
        expected_seq: shop.pursued(two).seq,
        to: None,
        note: "nobody's".into(),
    };
    shop.edit(|world, _| world.assign_lead(&call, BY)).unwrap();
    let told = shop.world.tell_roster(roster(&[WANG])).unwrap();
    shop.write(told);
    let facts = shop.world.route_waiting(&[two], (shop.now, shop.next()));
    shop.took(facts);
    let merge = MergeLeads {
        key: shop.key(),
        id: one,
        other: two,
    };
    shop.edit(|world, _| world.merge(&merge, BY.1)).unwrap();
    shop.replays();
    shop.facts
}

/// How leads are worked, as version 5 writes it.
#[test]
fn golden_pursuits_fold() {
    let lines = include_str!("../../../golden/v5.stages.ndjson");
    let mut world = World::default();
    for line in lines.lines() {
        let fact = Fact::decode(line).unwrap();
        assert_eq!(fact.encode().unwrap(), line, "written as it always was");
        world.replay([&fact]);
    }
    let pursuits: BTreeMap<_, _> = world.leads.iter().map(|(id, l)| (id, &l.pursuit)).collect();
    let practice = &world.settings.practice;
    let found = serde_json::to_string_pretty(&(pursuits, &world.loads, practice));
    expect_test::expect_file!["../../../golden/v5.stages.projections.json"]
        .assert_eq(&found.unwrap());
}

/// Every kind of fact about it comes up.
#[test]
fn all_that_is_done_with_leads_is_a_fact() {
    let facts = all_of_it();
    let found = kinds(&facts);
    let own = Body::KINDS
        .iter()
        .skip_while(|kind| **kind != "ladder_saved");
    for kind in own.take(12) {
        assert!(found.contains(kind), "{kind}");
    }
}
