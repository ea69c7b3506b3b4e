//! One lead's way through all the rules: it warms up over three weeks, is qualified by the signed definition, given to
//! somebody and taken up in time; it goes silent and fades, is given back, and returns.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test says what failed by panicking"
)]

use domain::clock::{Kind as Promise, Turn};
use domain::day::{Day, Zone};
use domain::definition::{self, Agreement, Side, Signature};
use domain::grade::Grading;
use domain::hours::{self, Hours};
use domain::id::{Ms, UserId};
use domain::profile::{self, Described, FieldId, Schema, Value};
use domain::routing::{Ask, Floor, Member, Method, Routing, Team};
use domain::rulebook::{Name, Rulebook, starter};
use domain::score::{Judged, Scorer, Shape, ShapeId};
use domain::segment::{Asked, Evaluator, Person};
use domain::stage::{self, Cause, Journey, Ladder, Move, Moving, Rung, Verdict};
use domain::wire::Kind;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const ZONE: Zone = Zone::SHANGHAI;
const MINUTE: Ms = 60_000;
const HEAD_OF_MARKETING: UserId = UserId(Uuid::from_u128(1));
const HEAD_OF_SALES: UserId = UserId(Uuid::from_u128(2));
const SELLER: UserId = UserId(Uuid::from_u128(3));

/// Minutes after ten o'clock of a day, counted from Monday, 2026-11-02.
fn at(day: i32, minutes: i64) -> Ms {
    ZONE.begins(Day(20_759).plus(day)) + 600 * MINUTE + minutes * MINUTE
}

fn day(day: i32) -> Day {
    Day(20_759).plus(day)
}

const PRICING: u32 = 0;
const CASE: u32 = 1;
const WHITEPAPER: u32 = 2;
const TRIAL: u32 = 3;
const DEMO: u32 = 4;
const CONTACT: u32 = 5;

fn shapes() -> Vec<Shape> {
    let view = |path| Shape::new(Kind::PageView, path);
    let form = |name: &str| Shape {
        name: Some(name.to_owned()),
        ..Shape::new(Kind::FormSubmit, "/demo/")
    };
    vec![
        view("/demo/pricing/"),
        view("/demo/case/"),
        form("whitepaper"),
        form("trial"),
        form("demo"),
        form("contact"),
    ]
}

/// Nobody has written anything down of this person.
struct Unknown;

impl Described for Unknown {
    fn value(&self, _: &FieldId) -> Option<&Value> {
        None
    }

    fn tags(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }
}

/// All that a workspace agreed on, and one lead in it.
struct Workspace {
    rulebook: Rulebook,
    schema: Schema,
    ladder: Ladder,
    agreement: Agreement,
    routing: Routing,
    activities: Vec<(Ms, ShapeId)>,
    journey: Journey,
}

impl Workspace {
    fn opened() -> Workspace {
        let name = Name {
            zh: "销售".into(),
            en: "Sales".into(),
        };
        let seller = Member {
            user: SELLER,
            share: 1,
            open_max: None,
            away: Vec::new(),
        };
        let team = Team {
            id: "sales".into(),
            name,
            method: Method::RoundRobin,
            members: vec![seller],
        };
        Workspace {
            rulebook: starter(),
            schema: profile::starter(),
            ladder: stage::starter(),
            agreement: signed(),
            routing: Routing {
                others: Some("sales".into()),
                teams: vec![team],
                ..Routing::default()
            },
            activities: Vec::new(),
            journey: Journey::default(),
        }
    }

    /// The score of what happened from an instant on, as of a day.
    fn score(&self, since: Option<Ms>, on: Day) -> Judged {
        let mut scorer = Scorer::new(&self.rulebook, ZONE);
        scorer.set_day(Some(on));
        for (id, shape) in (0..).zip(shapes()) {
            scorer.learn(ShapeId(id), &shape);
        }
        scorer.judge(self.counting(since))
    }

    fn counting(&self, since: Option<Ms>) -> Vec<(Ms, ShapeId)> {
        let all = self.activities.iter().copied();
        all.filter(|(at, _)| since.is_none_or(|since| *at >= since))
            .collect()
    }

    /// Something happens, and the rules move the lead as far as it goes; the stage it came into, if another.
    fn happens(&mut self, now: Ms, shape: u32) -> Option<String> {
        self.activities.push((now, ShapeId(shape)));
        let since = self.journey.counts_from(&self.ladder);
        let today = ZONE.day(now);
        let judged = self.score(since, today);
        let activities = self.counting(since);
        let version = self.agreement.in_force(now)?;
        let mut evaluator = Evaluator::new(&self.schema, ZONE, &[]);
        let mut asked: BTreeMap<&str, Asked> = BTreeMap::new();
        for stage in &self.ladder.stages {
            let entry = match stage.rung {
                Rung::Mql => Some(version.definition.condition()),
                _ => stage.entry.clone(),
            };
            if let Some(entry) = entry {
                asked.insert(&stage.id, evaluator.ask(&self.schema, &entry));
            }
        }
        let (by_hand, hosts) = (BTreeMap::new(), ["yunge.example"]);
        let known = self
            .activities
            .iter()
            .any(|(_, shape)| shape.0 >= WHITEPAPER);
        let person = Person {
            described: &Unknown,
            activities: &activities,
            created_at: at(0, 0),
            score: judged.total,
            score_changes: judged.next_change_day,
            grade: None,
            stage: self.journey.stands(),
            account: None,
            touch: None,
            mail_hosts: if known { &hosts } else { &[] },
            has_work_mail: known,
            by_hand: &by_hand,
        };
        let holds = |id: &str| {
            let asked = asked
                .get(id)
                .map(|asked| evaluator.judge(&[*asked], &person, today));
            asked.is_some_and(|answers| answers[0].holds)
        };
        let to = self
            .journey
            .advance(&self.ladder, |stage| holds(&stage.id))?;
        let to = to.id.clone();
        let cause = Cause::Rule {
            ladder: self.ladder.version,
            definition: Some(version.version),
            rulebook: 1,
            score: judged.total,
            cell: Grading::default().cell(None, judged.total).to_string(),
        };
        self.goes(&to, now, cause);
        Some(to)
    }

    fn goes(&mut self, to: &str, at: Ms, cause: Cause) {
        let from = self.journey.stands().map(|(id, _)| id.to_owned());
        self.journey.go(Move {
            from,
            to: to.to_owned(),
            at,
            cause,
        });
    }
}

fn signed() -> Agreement {
    let mut agreement = Agreement::default();
    agreement
        .draft(definition::starter(), at(0, 0), 0, at(0, 0))
        .unwrap();
    let heads = BTreeMap::from([
        (Side::Marketing, HEAD_OF_MARKETING),
        (Side::Sales, HEAD_OF_SALES),
    ]);
    for (side, by) in heads.clone() {
        let signature = Signature {
            by,
            name: format!("{side:?}"),
            at: at(0, 0),
        };
        agreement.sign(side, 1, signature, &heads).unwrap();
    }
    agreement
}

#[test]
fn a_lead_warms_up_is_taken_up_fades_and_returns() {
    let mut w = Workspace::opened();
    // Three weeks of interest.
    assert_eq!(w.happens(at(0, 0), CASE), None);
    assert_eq!(w.score(None, day(0)).total, 7);
    assert_eq!(w.happens(at(7, 0), PRICING), None);
    assert_eq!(w.happens(at(9, 0), PRICING), None);
    assert_eq!(w.happens(at(14, 0), WHITEPAPER).as_deref(), Some("lead"));
    assert_eq!(w.score(None, day(14)).total, 41);
    assert_eq!(w.happens(at(21, 0), TRIAL).as_deref(), Some("mql"));
    assert_eq!(w.score(None, day(21)).total, 76);
    let Some(Cause::Rule {
        definition,
        score,
        cell,
        ..
    }) = w.journey.moves.last().map(|m| &m.cause)
    else {
        panic!("a rule moved it");
    };
    assert_eq!((*definition, *score, cell.as_str()), (Some(1), 76, "–1"));
    handed_over(&mut w);
    fades(&w);
    returns(&mut w);
    let times = w.journey.times(at(101, 0));
    assert_eq!(times["lead"], at(21, 0) - at(14, 0));
    assert_eq!(times["mql"], 20 * MINUTE + at(101, 0) - at(96, 0));
}

/// It is somebody's within a minute, and taken up within thirty.
fn handed_over(w: &mut Workspace) {
    let calendar = hours::starter();
    let hours = Hours::new(&calendar, &ZONE);
    let promises = w
        .agreement
        .in_force(at(21, 0))
        .unwrap()
        .definition
        .promises
        .clone();
    let clock = |kind| promises.start(kind, at(21, 0), hours).unwrap();
    let (mut assigned, mut accepted) = (clock(Promise::Assigned), clock(Promise::Accepted));
    assert_eq!((assigned.due_at, accepted.due_at), (at(21, 1), at(21, 30)));
    let (active, open, given) = (BTreeSet::from([SELLER]), BTreeMap::new(), BTreeMap::new());
    let ask = Ask {
        meant: &[],
        account_owner: None,
        not: &BTreeSet::new(),
    };
    let floor = Floor {
        active: &active,
        open: &open,
        given: &given,
    };
    assert_eq!(w.routing.assign(&ask, &floor, at(21, 0)).to, Some(SELLER));
    assert_eq!(assigned.meet(at(21, 0)), Some(Turn::Met));
    let verdict = Verdict::Accepted;
    let to = w.journey.judge(&w.ladder, &verdict).unwrap().id.clone();
    let cause = Cause::Verdict {
        by: SELLER,
        verdict,
        note: String::new(),
    };
    w.goes(&to, at(21, 20), cause);
    assert_eq!(accepted.meet(at(21, 20)), Some(Turn::Met));
    assert_eq!(w.journey.stands(), Some(("sql", at(21, 20))));
}

/// Two silent months: the days of change lead from score to score, and on no other day is it another one.
fn fades(w: &Workspace) {
    let mut judged = w.score(None, day(21));
    for n in 22..=81 {
        let now = w.score(None, day(n));
        let changes = judged.next_change_day == Some(day(n));
        assert_eq!(now.total != judged.total, changes, "day {n}");
        judged = now;
    }
    // 7.1 for what was read, 3.7 for the white paper, 40 for the trial; 20 off for two silent months.
    assert_eq!(judged.total, 31);
}

/// Given back with a reason, it must qualify anew: what it did before counts no more for the stages.
fn returns(w: &mut Workspace) {
    let moving = Moving {
        to: "recycled".into(),
        reason: Some("silent".into()),
        note: String::new(),
    };
    let promises = &w.agreement.in_force(at(81, 0)).unwrap().definition.promises;
    assert!(promises.may_give_up(3).is_err() && promises.may_give_up(6).is_ok());
    let cause = w.journey.by_hand(&w.ladder, &moving, SELLER).unwrap();
    w.goes("recycled", at(81, 0), cause);
    assert_eq!(w.happens(at(95, 0), PRICING), None);
    assert_eq!(w.happens(at(95, 9), PRICING), None);
    let (all, anew) = (
        w.score(None, day(95)).total,
        w.score(Some(at(81, 0)), day(95)).total,
    );
    assert!(all >= 60 && anew < 60, "{all}, {anew}");
    assert_eq!(w.happens(at(96, 0), DEMO).as_deref(), Some("mql"));
    assert_eq!(w.happens(at(97, 0), CONTACT), None);
}
