//! How leads are worked, from the first stage to the second time around; and that all of it replays.

use super::*;
use crate::api::{
    AnswerLead, ApplyMoves, AssignAccount, ChooseMember, DraftDefinition, ErasePerson, MergeLeads,
    NameHeads, RemoveSegment, SaveAway, SaveCalendar, SaveConversation, SaveLadder, SaveRouting,
    SaveRulebook, SaveSegment, SignDefinition, UndoMerge, WOULD_MOVE_MAX,
};
use crate::clock::{Kind, Turn};
use crate::conversation;
use crate::day::Day;
use crate::definition::{self, Criterion, Definition, Side};
use crate::event::Content;
use crate::fold::{Input, draft_definition, name_heads, publish, sign_definition};
use crate::hours;
use crate::id::{AccountId, ConversationId, EventId, VisitorId};
use crate::journal::{Actor, Because as Why, Tracked};
use crate::lead::Field;
use crate::persona::Test;
use crate::practice::{Loads, Mate, Practice, Roster};
use crate::profile::FieldId;
use crate::pursuit::Occasion;
use crate::routing::{Away, Because, Member, Method, Passed, Routing, Rule, Team};
use crate::rulebook::{Name, When};
use crate::sample;
use crate::segment::{ByHand, Condition, Did, Range, Segment};
use crate::stage::{Ladder, Stage, Verdict, starter};
use proptest::prelude::*;
use uuid::Uuid;

pub(in crate::fold) const WANG: UserId = UserId(Uuid::from_u128(21));
pub(in crate::fold) const ZHAO: UserId = UserId(Uuid::from_u128(22));
pub(in crate::fold) const BY: Doer<'static> = (WANG, "wang@a.cn");
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
pub(in crate::fold) struct Shop {
    pub(in crate::fold) world: World,
    pub(in crate::fold) facts: Vec<Fact>,
    pub(in crate::fold) now: Ms,
    count: u128,
    /// Of which companies the last commit says that the people are to be asked.
    warmed: BTreeSet<AccountId>,
    /// On which day the last commit says to ask whom again.
    sifted: BTreeMap<LeadId, Option<Day>>,
}

impl Shop {
    pub(in crate::fold) fn closed() -> Shop {
        let mut shop = Shop {
            world: World::default(),
            facts: Vec::new(),
            now: at(0, 0),
            count: 0,
            warmed: BTreeSet::new(),
            sifted: BTreeMap::new(),
        };
        for input in sample::opening() {
            shop.take(input);
        }
        shop
    }

    /// With the starter ladder, and Wang and Zhao who take turns.
    pub(in crate::fold) fn opened() -> Shop {
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

    /// The stages become these.
    fn climbs(&mut self, ladder: Ladder) -> Result<Vec<Fact>, EditError> {
        let save = SaveLadder {
            key: self.key(),
            expected_version: self.world.settings.practice.ladder.version,
            ladder,
        };
        self.edit(|world, _| world.save_ladder(&save, BY.1))
    }

    /// Both heads sign this.
    pub(in crate::fold) fn agrees(&mut self, definition: Definition) -> Result<(), EditError> {
        let call = NameHeads {
            key: self.key(),
            marketing: WANG,
            sales: ZHAO,
        };
        self.edit(|_, _| name_heads(&call, BY.1))?;
        let last = self.world.settings.agreement.last;
        let call = DraftDefinition {
            key: self.key(),
            expected_version: last,
            definition,
            from: None,
        };
        self.edit(|world, now| draft_definition(world, &call, BY.1, now))?;
        for (side, signer) in [(Side::Marketing, WANG), (Side::Sales, ZHAO)] {
            let call = SignDefinition {
                key: self.key(),
                expected_version: last + 1,
                side,
            };
            self.edit(|world, now| sign_definition(&world.settings, &call, (signer, "a"), now))?;
        }
        Ok(())
    }

    fn saves_segment(&mut self, id: &str, who: Condition) -> Result<Vec<Fact>, EditError> {
        let segment = Segment {
            id: id.into(),
            version: 0,
            name: name(id),
            who,
            public: false,
            tag: None,
        };
        let save = SaveSegment {
            key: self.key(),
            id: id.into(),
            expected_version: self.world.segment(id).map_or(0, |known| known.version),
            segment,
        };
        self.edit(|world, _| world.save_segment(&save, BY.1))
    }

    fn removes_segment(&mut self, id: &str) -> Result<Vec<Fact>, EditError> {
        let call = RemoveSegment {
            key: self.key(),
            id: id.into(),
        };
        self.edit(|world, _| world.remove_segment(&call, BY.1))
    }

    /// Puts somebody into a segment by hand, or takes one out.
    fn chooses(&mut self, lead: LeadId, id: &str, by_hand: ByHand) -> Vec<Fact> {
        let call = ChooseMember {
            key: self.key(),
            id: id.into(),
            lead,
            by_hand: Some(by_hand),
        };
        self.edit(|world, _| world.choose_member(&call, BY.1))
            .unwrap()
    }

    fn lead_of(&self, visitor: u128) -> LeadId {
        let visitor = &self.world.visitors[&VisitorId(Uuid::from_u128(visitor))];
        visitor.leads().into_iter().next().unwrap()
    }

    #[track_caller]
    fn stands(&self, id: LeadId, stage: &str) {
        assert_eq!(self.pursued(id).stage.as_deref(), Some(stage));
    }

    pub(in crate::fold) fn key(&mut self) -> Uuid {
        self.count += 1;
        Uuid::from_u128(self.count << 64)
    }

    pub(in crate::fold) fn next(&self) -> u64 {
        self.facts.len() as u64 + 1
    }

    pub(in crate::fold) fn took(&mut self, facts: Vec<Fact>) -> Vec<Fact> {
        let changes = self.world.take_changes();
        (self.warmed, self.sifted) = (changes.warmed, changes.sifted);
        self.facts.extend(facts.iter().cloned());
        facts
    }

    /// Everybody is at hand, and nobody of a company is not.
    fn stand_beside(&mut self) {
        let all: Vec<LeadId> = self.world.leads.keys().copied().collect();
        let (accounts, _) = self.world.stand_beside(all);
        let crowds = accounts.into_iter().map(|id| (id, Vec::new()));
        self.world.put_crowds(crowds);
    }

    /// Everyone is asked whose company is warmer.
    fn asks_warmed(&mut self) -> Vec<Fact> {
        let leads = self.world.leads.keys().filter_map(|id| {
            let account = self.world.family(*id)?.account()?;
            let warmed = self.warmed.contains(&account);
            warmed.then_some((*id, Why::Account(account)))
        });
        let leads: Vec<_> = leads.collect();
        self.stand_beside();
        let facts = self.world.sift(&leads, (self.now, self.next()));
        self.took(facts)
    }

    fn take(&mut self, input: Input) -> Vec<Fact> {
        self.stand_beside();
        let facts = self.world.take(vec![input], self.now, self.next());
        self.took(facts)
    }

    pub(in crate::fold) fn write(&mut self, body: Body) -> Vec<Fact> {
        self.write_as(Actor::User(WANG), body)
    }

    pub(in crate::fold) fn write_as(&mut self, actor: Actor, body: Body) -> Vec<Fact> {
        self.take(Input {
            occurred_at: self.now,
            actor,
            body,
        })
    }

    pub(in crate::fold) fn edit(
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

    pub(in crate::fold) fn views(&mut self, visitor: u128, path: &str) -> Vec<Fact> {
        let content = Content::PageView {
            referrer: None,
            title: None,
        };
        self.does(visitor, content, path)
    }

    /// Somebody submits a form, and is named by it.
    pub(in crate::fold) fn submits(&mut self, visitor: u128, form: &str) -> Vec<Fact> {
        self.submits_as(visitor, form, &format!("p{visitor}@yunge{visitor}.cn"))
    }

    fn submits_as(&mut self, visitor: u128, form: &str, email: &str) -> Vec<Fact> {
        let fields = [("email".to_owned(), email.to_owned())];
        let content = Content::FormSubmit {
            form: form.to_owned(),
            fields: fields.into(),
        };
        self.does(visitor, content, &format!("/demo/{form}/"))
    }

    /// Somebody does enough to be qualified; the lead, and the facts of the last step.
    pub(in crate::fold) fn qualifies(&mut self, visitor: u128) -> (LeadId, Vec<Fact>) {
        self.views(visitor, "/demo/pricing/");
        self.submits(visitor, "whitepaper");
        self.submits(visitor, "trial");
        let facts = self.submits(visitor, "demo");
        (self.lead_of(visitor), facts)
    }

    pub(in crate::fold) fn pursued(&self, id: LeadId) -> Pursued {
        self.world.pursued(id, self.now).unwrap()
    }

    pub(in crate::fold) fn moves(
        &mut self,
        id: LeadId,
        to: &str,
        reason: &str,
        note: &str,
    ) -> Result<(), EditError> {
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

    pub(in crate::fold) fn answers(
        &mut self,
        id: LeadId,
        verdict: Verdict,
    ) -> Result<Vec<Fact>, EditError> {
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
    pub(in crate::fold) fn calls(&mut self, id: LeadId, by: UserId, spoken_at: Ms) -> Vec<Fact> {
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

    pub(in crate::fold) fn later(&mut self, minutes: i64) {
        self.now += minutes * MINUTE;
    }

    /// A replay of all facts gives what there is.
    #[track_caller]
    pub(in crate::fold) fn replays(&self) {
        let mut again = World::default();
        for facts in self.facts.chunks(3) {
            again.replay(facts);
        }
        assert_eq!(again.loads, self.world.loads);
        assert_eq!(again.settings, self.world.settings);
        for (id, lead) in &self.world.leads {
            let found = &again.leads[id];
            assert_eq!(found.pursuit, lead.pursuit, "{id}");
            assert_eq!(found.tasks, lead.tasks, "{id}");
            assert_eq!(found.contacted_at, lead.contacted_at, "{id}");
        }
        assert_eq!(again.tasks, self.world.tasks);
        let loads = count_anew(&self.world);
        assert_eq!(
            (&loads.standing, &loads.open),
            (&self.world.loads.standing, &self.world.loads.open)
        );
        assert_eq!(loads.waiting, self.world.loads.waiting);
        assert_eq!(loads.reasons, self.world.loads.reasons);
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
        if let Some((of, id)) = lead.pursuit.reason() {
            *loads.reasons.entry(of.path(id)).or_default() += 1;
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

/// A definition by which one attempt will do.
fn one_attempt() -> Definition {
    let mut definition = definition::starter();
    definition.promises.attempts_min = 1;
    definition
}

fn code<T: std::fmt::Debug>(result: Result<T, EditError>) -> (String, &'static str) {
    match result {
        Err(EditError::Invalid(invalid)) => (invalid.field, invalid.code),
        Err(EditError::Conflict) => ("".into(), "conflict"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_a_workspace_starts_with_holds_from_the_first_lead_on() {
    let mut shop = Shop::closed();
    // Nobody stands anywhere: all of it may be another.
    let mut own = starter();
    own.stages[0].id = "known".into();
    let save = SaveLadder {
        key: Uuid::from_u128(1),
        expected_version: 0,
        ladder: own.clone(),
    };
    assert!(shop.world.save_ladder(&save, BY.1).is_ok());
    shop.submits(1, "whitepaper");
    let id = shop.lead_of(1);
    shop.stands(id, "lead");
    let (same, facts) = shop.qualifies(1);
    assert_eq!(same, id);
    assert_eq!(kinds(&facts)[facts.len() - 1], "stage_moved");
    let pursued = shop.pursued(id);
    assert_eq!(
        (pursued.stage.as_deref(), pursued.owner),
        (Some("mql"), None)
    );
    let Cause::Rule { ladder, score, .. } = pursued.journey.moves[1].cause else {
        panic!("by rule: {pursued:?}");
    };
    assert!(ladder == 0 && score >= 60);
    assert!(shop.world.settings.practice.is_untouched());
    // A fact names a stage: it stays, though nobody stands there now.
    assert_eq!(code(shop.climbs(own)), ("stages.lead".into(), "removed"));
    shop.replays();
}

/// What the starter says then is no part of a fact: whatever it says later, a replay ends the same.
#[test]
fn another_starter_changes_no_move_that_was_made() {
    let mut shop = Shop::closed();
    let (id, _) = shop.qualifies(1);
    let mut again = World::default();
    again.settings.practice.ladder.stages.clear();
    again.replay(&shop.facts);
    assert_eq!(again.leads[&id].pursuit, shop.world.leads[&id].pursuit);
    assert_eq!(again.loads, shop.world.loads);
}

/// A stage between the first two, and one that is entered by hand.
fn segmented() -> Ladder {
    let mut ladder = starter();
    let named = |id: &str| Some(Condition::Segment(id.into()));
    let keen = Stage {
        id: "keen".into(),
        name: name("Keen"),
        entry: named("keen"),
        ..ladder.stages[0].clone()
    };
    ladder.stages.insert(1, keen);
    ladder.stages[4].entry = named("vips");
    ladder
}

/// Who read of prices twice in a week.
fn keen() -> Condition {
    Condition::Did(Did {
        when: When {
            path: Some("*/pricing*".into()),
            ..When::any(crate::wire::Kind::PageView)
        },
        at_least: 2,
        days: Some(7),
    })
}

#[test]
fn stages_ask_for_segments_and_by_hand_wins() {
    let mut shop = Shop::opened();
    let unknown = ("stages[1].entry".to_owned(), "unknown_segment");
    assert_eq!(code(shop.climbs(segmented())), unknown);
    shop.saves_segment("keen", keen()).unwrap();
    shop.saves_segment("vips", Condition::Any(Vec::new()))
        .unwrap();
    shop.climbs(segmented()).unwrap();
    for visitor in [1, 2] {
        shop.submits(visitor, "whitepaper");
        shop.views(visitor, "/demo/pricing/");
    }
    let (one, two) = (shop.lead_of(1), shop.lead_of(2));
    shop.stands(one, "lead");
    shop.chooses(two, "keen", ByHand::Removed);
    for visitor in [1, 2] {
        shop.views(visitor, "/demo/pricing/");
    }
    shop.stands(one, "keen");
    shop.stands(two, "lead");
    let facts = shop.chooses(two, "vips", ByHand::Added);
    shop.stands(two, "opportunity");
    assert!(kinds(&facts).contains(&"segments_moved"), "{facts:?}");
    // What is asked for stays, until it is asked for no more.
    let in_use = ("id".to_owned(), "in_use");
    assert_eq!(code(shop.removes_segment("keen")), in_use);
    let mut ladder = segmented();
    ladder.stages[1].entry = None;
    shop.climbs(ladder).unwrap();
    shop.removes_segment("keen").unwrap();
    shop.replays();
}

#[test]
fn a_rulebook_keeps_the_segments_of_browsers_that_stages_ask_for() {
    let mut shop = Shop::opened();
    let named = shop.world.settings.rulebook.segments[0].id.clone();
    let mut ladder = starter();
    ladder.stages[0].entry = Some(Condition::Segment(named));
    let publishes = |shop: &mut Shop, without: &[usize]| {
        let mut rulebook = shop.world.settings.rulebook.clone();
        for place in without {
            rulebook.segments.remove(*place);
        }
        let save = SaveRulebook {
            key: shop.key(),
            expected_version: shop.world.settings.version,
            rulebook,
        };
        shop.edit(|world, _| publish(world, &save, BY.1))
    };
    shop.climbs(ladder).unwrap();
    let in_use = ("segments".to_owned(), "in_use");
    assert_eq!(code(publishes(&mut shop, &[0])), in_use);
    publishes(&mut shop, &[1]).unwrap();
    shop.climbs(starter()).unwrap();
    publishes(&mut shop, &[0]).unwrap();
    shop.replays();
}

#[test]
fn routing_and_the_definition_ask_for_segments() {
    let mut shop = Shop::opened();
    let named = || Condition::Segment("keen".into());
    let mut routing = team(&[WANG]);
    let keen_team = Team {
        id: "keen".into(),
        ..team(&[ZHAO]).teams.remove(0)
    };
    routing.teams.push(keen_team);
    routing.rules.push(Rule {
        id: "keen".into(),
        name: name("Keen"),
        who: named(),
        team: "keen".into(),
    });
    let save = |key, routing: &Routing| SaveRouting {
        key,
        expected_version: 1,
        routing: routing.clone(),
    };
    let early = save(shop.key(), &routing);
    let refused = shop.edit(|world, _| world.save_routing(&early, BY.1));
    let unknown = |field: &str| (field.to_owned(), "unknown_segment");
    assert_eq!(code(refused), unknown("rules[0].who"));
    let mut asking = definition::starter();
    asking.criteria.push(Criterion {
        id: "keen".into(),
        name: name("Keen"),
        who: named(),
    });
    assert_eq!(
        code(shop.agrees(asking.clone())),
        unknown("criteria[0].who")
    );
    shop.saves_segment("keen", keen()).unwrap();
    let save = save(shop.key(), &routing);
    shop.edit(|world, _| world.save_routing(&save, BY.1))
        .unwrap();
    let in_use = ("id".to_owned(), "in_use");
    assert_eq!(code(shop.removes_segment("keen")), in_use);
    // Qualified by the score, but not by what was signed.
    shop.agrees(asking).unwrap();
    let (one, _) = shop.qualifies(1);
    shop.stands(one, "lead");
    shop.views(1, "/demo/pricing/");
    shop.stands(one, "mql");
    let owner = shop.pursued(one).owner.map(|owner| owner.user);
    assert_eq!(owner, Some(ZHAO), "the rule means the segment");
    shop.replays();
}

#[test]
fn segments_and_stages_ask_how_warm_a_company_is() {
    let mut shop = Shop::opened();
    let warm = |min| {
        Condition::AccountScore(Range {
            min: Some(min),
            max: None,
        })
    };
    shop.saves_segment("warm", warm(50)).unwrap();
    let mut ladder = starter();
    let hot = Stage {
        id: "hot".into(),
        name: name("Hot"),
        entry: Some(warm(60)),
        ..starter().stages.remove(0)
    };
    ladder.stages.insert(1, hot);
    shop.climbs(ladder).unwrap();
    // 40 points; then half as much again of a colleague, whom the first one need not know of.
    shop.submits_as(1, "trial", "li@yunge.cn");
    let one = shop.lead_of(1);
    let account = shop.world.family(one).unwrap().account().unwrap();
    let is_in = |shop: &Shop, id| shop.world.leads[&id].segments.contains_key("warm");
    shop.asks_warmed();
    assert!(!is_in(&shop, one));
    shop.submits_as(2, "trial", "wu@yunge.cn");
    let two = shop.lead_of(2);
    assert!(is_in(&shop, two) && !is_in(&shop, one));
    assert_eq!(shop.warmed, [account].into());
    let facts = shop.asks_warmed();
    let moved = facts.iter().find_map(|fact| match &fact.body {
        Body::SegmentsMoved(moved) if moved.lead == one => Some(moved.because),
        _ => None,
    });
    assert_eq!(moved, Some(Why::Account(account)));
    shop.stands(one, "hot");
    shop.stands(two, "hot");
    assert_eq!(shop.warmed, [].into(), "nobody has to be asked again");
    // A visit makes it warmer, and means nothing else to who asks.
    shop.views(2, "/demo/case/");
    assert_eq!(shop.warmed, [].into());
    shop.replays();
}

#[test]
fn what_goes_out_of_use_says_where_its_leads_go() {
    let mut shop = Shop::opened();
    let (one, _) = shop.qualifies(1);
    let (two, _) = shop.qualifies(2);
    shop.moves(two, "lost", "price", "").unwrap();
    let lost_at = shop.pursued(two).since;
    shop.later(10);
    let mut ladder = starter();
    let called = Stage {
        id: "called".into(),
        name: name("Called"),
        ..ladder.stages[1].clone()
    };
    ladder.stages.insert(2, called);
    ladder.stages[1].retired = true;
    let in_use = ("stages.mql".to_owned(), "stage_in_use");
    assert_eq!(code(shop.climbs(ladder.clone())), in_use);
    ladder.stages[1].moves_to = Some("called".into());
    ladder.lost_reasons[1].retired = true;
    let in_use = ("lost_reasons.price".to_owned(), "reason_in_use");
    assert_eq!(code(shop.climbs(ladder.clone())), in_use);
    ladder.lost_reasons[1].moves_to = Some("rival".into());
    shop.climbs(ladder).unwrap();
    let before = shop.pursued(one);
    let facts = shop.world.retire(&[one, two], (shop.now, shop.next()));
    let facts = shop.took(facts);
    assert_eq!(kinds(&facts), ["stage_moved", "stage_moved"]);
    // Nothing else became of them.
    let after = shop.pursued(one);
    assert_eq!(after.stage.as_deref(), Some("called"));
    assert_eq!(after.since, Some(shop.now));
    assert_eq!(
        (after.rung, after.owner, after.attempts, after.clocks.len()),
        (
            before.rung,
            before.owner,
            before.attempts,
            before.clocks.len()
        )
    );
    assert_eq!(shop.pursued(two).since, lost_at);
    let loads = &shop.world.loads;
    assert_eq!(
        loads.standing,
        BTreeMap::from([("called".into(), 1), ("lost".into(), 1)])
    );
    assert_eq!(
        loads.reasons,
        BTreeMap::from([("lost_reasons.rival".into(), 1)])
    );
    let facts = shop.world.retire(&[one, two], (shop.now, shop.next()));
    assert_eq!(shop.took(facts), [], "once");
    shop.replays();
}

/// Time alone lets somebody into a segment, and that into a stage; and what a segment asks of stages follows in the same commit.
#[test]
fn who_enters_a_segment_because_of_the_day_is_moved() {
    let mut shop = Shop::opened();
    let stage = |id: &str| Condition::Stage([id.to_owned()].into());
    let mut ladder = starter();
    let nurtured = |id: &str| Stage {
        id: id.into(),
        name: name(id),
        entry: Some(Condition::Segment(id.into())),
        ..starter().stages.remove(0)
    };
    shop.saves_segment("quiet", Condition::Silent { days: 5 })
        .unwrap();
    ladder.stages.insert(1, nurtured("quiet"));
    shop.climbs(ladder.clone()).unwrap();
    shop.saves_segment("asleep", stage("quiet")).unwrap();
    ladder.stages.insert(2, nurtured("asleep"));
    shop.climbs(ladder).unwrap();
    shop.submits(1, "whitepaper");
    let id = shop.lead_of(1);
    shop.stands(id, "lead");
    shop.now = at(6, 0);
    let today = shop.world.settings.zone.day(shop.now);
    let due = [(id, Why::Day(today))];
    let facts = shop.world.sift(&due, (shop.now, shop.next()));
    let facts = shop.took(facts);
    let expect = [
        "segments_moved",
        "stage_moved",
        "segments_moved",
        "stage_moved",
        "segments_moved",
    ];
    assert_eq!(kinds(&facts), expect);
    shop.stands(id, "asleep");
    shop.replays();
}

/// A stage after the first one, which this lets into.
fn with_entry(id: &str, entry: Condition) -> Ladder {
    let mut ladder = starter();
    let stage = Stage {
        id: id.into(),
        name: name(id),
        entry: Some(entry),
        ..ladder.stages[0].clone()
    };
    ladder.stages.insert(1, stage);
    ladder
}

#[test]
fn a_day_lets_into_a_stage_without_any_segment() {
    let mut shop = Shop::opened();
    shop.submits(1, "whitepaper");
    let before = shop.lead_of(1);
    shop.climbs(with_entry("quiet", Condition::Silent { days: 5 }))
        .unwrap();
    let zone = shop.world.settings.zone;
    // Everyone is asked once because stages were saved: it moves nobody, and says when to ask.
    let asked = [(before, Why::Fact(shop.next() - 1))];
    let facts = shop.world.sift(&asked, (shop.now, shop.next()));
    assert_eq!(kinds(&shop.took(facts)), [""; 0]);
    let day = shop.sifted[&before].unwrap();
    shop.submits(2, "whitepaper");
    let after = shop.lead_of(2);
    assert_eq!(shop.sifted[&after], Some(day), "both came today");
    shop.now = zone.begins(day) - 1;
    let due = [before, after].map(|id| (id, Why::Day(zone.day(shop.now))));
    let facts = shop.world.sift(&due, (shop.now, shop.next()));
    assert_eq!(kinds(&shop.took(facts)), [""; 0], "the day before");
    assert_eq!(shop.sifted[&before], Some(day));
    shop.now = zone.begins(day);
    let due = [before, after].map(|id| (id, Why::Day(day)));
    let facts = shop.world.sift(&due, (shop.now, shop.next()));
    assert_eq!(kinds(&shop.took(facts)), ["stage_moved", "stage_moved"]);
    shop.stands(before, "quiet");
    shop.stands(after, "quiet");
    shop.replays();
}

#[test]
fn who_would_go_on_is_told_and_goes_when_a_member_says_so() {
    let mut shop = Shop::opened();
    for visitor in [1, 2] {
        shop.submits(visitor, "whitepaper");
    }
    shop.views(1, "/demo/pricing/");
    shop.views(1, "/demo/pricing/");
    let (one, two) = (shop.lead_of(1), shop.lead_of(2));
    shop.climbs(with_entry("keen", keen())).unwrap();
    shop.stands(one, "lead");
    let both = BTreeSet::from([one, two]);
    let would = |shop: &mut Shop| {
        let moves = shop.world.would_move(&both, shop.now).into_iter();
        moves.map(|(id, step)| (id, step.to)).collect::<Vec<_>>()
    };
    assert_eq!(would(&mut shop), [(one, "keen".to_owned())]);
    shop.stands(one, "lead");
    let applies = |shop: &mut Shop, leads: Vec<LeadId>| {
        let key = shop.key();
        let call = ApplyMoves { key, leads };
        shop.edit(|world, _| world.apply_moves(&call, BY.1))
    };
    let facts = applies(&mut shop, vec![one, two]).unwrap();
    assert_eq!(kinds(&facts), ["moves_applied", "stage_moved"]);
    shop.stands(one, "keen");
    shop.stands(two, "lead");
    assert_eq!(would(&mut shop), []);
    let facts = applies(&mut shop, vec![one, two]).unwrap();
    assert_eq!(kinds(&facts), ["moves_applied"]);
    shop.replays();
    let refused = |shop: &mut Shop, leads| code(applies(shop, leads));
    let nobody = LeadId(Uuid::from_u128(99));
    assert_eq!(refused(&mut shop, vec![]), ("leads".into(), "required"));
    assert_eq!(
        refused(&mut shop, vec![nobody]),
        ("leads".into(), "unknown")
    );
    assert_eq!(
        refused(&mut shop, vec![one; WOULD_MOVE_MAX + 1]),
        ("leads".into(), "too_many")
    );
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
    shop.agrees(one_attempt()).unwrap();
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
    assert_eq!(
        kinds(&facts),
        ["lead_assigned", "task_saved"].repeat(2),
        "what was to be done is nobody's either"
    );
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
    shop.agrees(one_attempt()).unwrap();
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
    let call = ApplyMoves {
        key: shop.key(),
        leads: vec![one],
    };
    shop.edit(|world, _| world.apply_moves(&call, BY.1))
        .unwrap();
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
