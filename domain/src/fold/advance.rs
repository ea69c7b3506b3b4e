//! Moves by rule: whoever changed is asked for what the stages above ask for, and goes as far as it holds.
//!
//! Once moved back by hand, a person stays there until something new happens. Left out is who is out of circulation. Not here:
//! what follows from a move ([`super::hand_over`]).

use super::own::{Own, learn};
use super::standing::{Mails, history};
use super::world::{World, Written};
use crate::family::Family;
use crate::grade::Grade;
use crate::id::{LeadId, Ms};
use crate::journal::{Actor, Body, StageMoved};
use crate::pursuit::{Given, Pursuit};
use crate::score::{Activity, Scorer};
use crate::segment::{Asked, Condition, Evaluator, Person, Range, Segment};
use crate::stage::{Cause, Move, Rung, Stage};
use std::collections::{BTreeMap, BTreeSet};

/// What the stages and routing ask, made ready; and the versions that it was made of.
#[derive(Clone, Debug)]
pub(super) struct Usher {
    made_of: [u32; 5],
    evaluator: Evaluator,
    entries: BTreeMap<String, Asked>,
    routes: Vec<Asked>,
    qualifying: Qualifying,
}

/// What makes a lead marketing's qualified one.
#[derive(Clone, Debug)]
struct Qualifying {
    condition: Condition,
    /// The score that it takes at least.
    score: i32,
    /// The version of the signed definition that says so.
    definition: Option<u32>,
}

impl World {
    /// Moves everyone who changed as far as rules do.
    pub(super) fn advance(&mut self, written: &mut Written) {
        if !self.settings.practice.moves() {
            return;
        }
        self.carry_over(written);
        let now = written.now();
        let changed = self.changes.leads.iter().map(|id| self.root(*id));
        let changed: BTreeSet<LeadId> = changed.collect();
        let mut usher = self.take_usher();
        let found: Vec<_> = changed
            .into_iter()
            .filter_map(|id| Some((id, self.decide(&mut usher, id, now)?)))
            .collect();
        self.usher = Some(usher);
        for (lead, step) in found {
            let moved = StageMoved {
                key: None,
                lead,
                step,
                by: None,
            };
            self.write_move(written, Actor::System, Box::new(moved));
        }
    }

    /// What makes a lead qualified: what the definition says that holds, else the score that the rulebook says.
    fn qualifying(&self) -> Qualifying {
        if let Some(holds) = self.settings.definition() {
            return Qualifying {
                condition: holds.definition.condition(),
                score: holds.definition.score,
                definition: Some(holds.version),
            };
        }
        let score = self.settings.rulebook.mql_score;
        Qualifying {
            condition: Condition::Score(Range {
                min: Some(score),
                max: None,
            }),
            score,
            definition: None,
        }
    }

    /// What is asked, made ready: anew where what is asked has changed.
    fn take_usher(&mut self) -> Usher {
        let settings = &self.settings;
        let practice = &settings.practice;
        let made_of = [
            practice.ladder.version,
            practice.routing.version,
            settings.version,
            settings.schema.version,
            settings.in_force.unwrap_or(0),
        ];
        if let Some(usher) = self.usher.take().filter(|usher| usher.made_of == made_of) {
            return usher;
        }
        let qualifying = self.qualifying();
        let segments = settings.rulebook.segments.iter().map(Segment::from);
        let segments: Vec<Segment> = segments.collect();
        let mut evaluator = Evaluator::new(&settings.schema, settings.zone, &segments);
        let mut entries = BTreeMap::new();
        for stage in &practice.ladder.stages {
            let entry = match stage.rung {
                Rung::Mql => Some(&qualifying.condition),
                _ => stage.entry.as_ref(),
            };
            if let Some(entry) = entry {
                let asked = evaluator.ask(&settings.schema, entry);
                entries.insert(stage.id.clone(), asked);
            }
        }
        let rules = practice.routing.rules.iter();
        let routes = rules
            .map(|rule| evaluator.ask(&settings.schema, &rule.who))
            .collect();
        Usher {
            made_of,
            evaluator,
            entries,
            routes,
            qualifying,
        }
    }

    /// Where somebody goes by rule, if anywhere.
    fn decide(&self, usher: &mut Usher, id: LeadId, now: Ms) -> Option<Move> {
        let family = self.family(id)?;
        let root = family.root();
        let (pursuit, ladder) = (&root.pursuit, &self.settings.practice.ladder);
        let anew = pursuit.journey.counts_from(ladder);
        // Mostly the score alone says that nothing comes of it.
        let may_hold = |stage: &Stage| {
            let enough = anew.is_some() || root.score >= usher.qualifying.score;
            usher.entries.contains_key(&stage.id) && (stage.rung != Rung::Mql || enough)
        };
        pursuit.journey.advance(ladder, may_hold)?;
        let own = Own::of(&family, &self.visitors).activities;
        if is_held(pursuit, &own) {
            return None;
        }
        let of_late = |one: &&Activity| anew.is_none_or(|since| one.at >= since);
        let counting: BTreeSet<Activity> = own.iter().filter(of_late).copied().collect();
        let score = match anew {
            Some(_) => self.score_of(&counting),
            None => root.score,
        };
        let seen = Seen::of(&family, counting, score);
        let answers = seen.ask(self, usher, &family, now);
        if answers.excluded {
            return None;
        }
        let holds = |stage: &Stage| answers.entries.contains(&stage.id);
        let to = pursuit.journey.advance(ladder, holds)?;
        let grading = self.settings.rulebook.grading.clone().unwrap_or_default();
        Some(Move {
            from: pursuit.stands().map(|(stage, _)| stage.to_owned()),
            to: to.id.clone(),
            at: now,
            cause: Cause::Rule {
                ladder: ladder.version,
                definition: usher.qualifying.definition.filter(|_| to.rung == Rung::Mql),
                rulebook: self.settings.version,
                score,
                cell: grading.cell(seen.grade, score).to_string(),
            },
        })
    }

    /// Which of the rules of routing mean somebody.
    pub(super) fn meant(&mut self, id: LeadId, now: Ms) -> Vec<bool> {
        if self.settings.practice.routing.rules.is_empty() {
            return Vec::new();
        }
        let mut usher = self.take_usher();
        let meant = self.family(id).map(|family| {
            let own = Own::of(&family, &self.visitors).activities;
            let seen = Seen::of(&family, own, family.root().score);
            seen.ask(self, &mut usher, &family, now).routes
        });
        self.usher = Some(usher);
        meant.unwrap_or_default()
    }

    fn score_of(&self, activities: &BTreeSet<Activity>) -> i32 {
        let settings = &self.settings;
        let mut scorer = Scorer::new(&settings.rulebook, settings.zone);
        scorer.set_day(self.day);
        learn(&mut scorer, &self.shapes, activities);
        let judged = scorer.judge(activities.iter().map(|a| (a.at, a.shape)));
        judged.total
    }

    /// Who became one with somebody: the one that is shown stands where the one further on stood, and is whoever's that was.
    fn carry_over(&mut self, written: &mut Written) {
        let facts = written.so_far().iter();
        let merged = facts.filter_map(|fact| match &fact.body {
            Body::LeadsMerged(merged) => Some(merged.merged),
            _ => None,
        });
        for of in merged.collect::<Vec<_>>() {
            let root = self.root(of);
            let records = (self.leads.get(&root), self.leads.get(&of));
            let (Some(own), Some(other)) = records else {
                continue;
            };
            let (own, other) = (own.pursuit.clone(), other.pursuit.clone());
            let ladder = &self.settings.practice.ladder;
            let height = |one: &Pursuit| one.stands().and_then(|(id, _)| ladder.height(id));
            let (Some((to, _)), true) = (other.stands(), height(&other) > height(&own)) else {
                continue;
            };
            let (lead, now) = (root, written.now());
            let step = Move {
                from: own.stands().map(|(stage, _)| stage.to_owned()),
                to: to.to_owned(),
                at: now,
                cause: Cause::Merged { of },
            };
            if let (None, Some(owner)) = (own.owner, other.owner) {
                let why = Given::Merged { of };
                self.give(
                    written,
                    (lead, Actor::System),
                    (Some(owner.user), None),
                    why,
                );
            }
            let moved = StageMoved {
                key: None,
                lead,
                step,
                by: None,
            };
            self.write_move(written, Actor::System, Box::new(moved));
        }
    }
}

/// Whether a person put it where it stands, and nothing has happened since.
fn is_held(pursuit: &Pursuit, own: &BTreeSet<Activity>) -> bool {
    let last = pursuit.journey.moves.last();
    last.is_some_and(|last| {
        let by_hand = matches!(last.cause, Cause::Hand { .. } | Cause::Verdict { .. });
        by_hand && own.last().is_none_or(|latest| latest.at <= last.at)
    })
}

/// What is asked of somebody.
struct Seen<'a> {
    activities: BTreeSet<Activity>,
    score: i32,
    grade: Option<Grade>,
    mails: Mails<'a>,
}

/// What is answered.
struct Answers {
    entries: BTreeSet<String>,
    routes: Vec<bool>,
    excluded: bool,
}

impl<'a> Seen<'a> {
    fn of(family: &Family<'a>, activities: BTreeSet<Activity>, score: i32) -> Seen<'a> {
        Seen {
            activities,
            score,
            grade: family.root().standing.grade,
            mails: Mails::of(family),
        }
    }

    fn ask(&self, world: &World, usher: &mut Usher, family: &Family<'_>, now: Ms) -> Answers {
        let activities = history(&mut usher.evaluator, &world.shapes, &self.activities);
        let root = family.root();
        let touch = root.first_touch.as_ref().map(|at| &at.touch);
        let by_hand = BTreeMap::new();
        let person = Person {
            described: family,
            activities: &activities,
            created_at: family.created_at(),
            score: self.score,
            score_changes: None,
            grade: self.grade,
            stage: root.pursuit.stands(),
            // A company scores as much as its best person at least; who else is of it is not at hand.
            account: family.account().map(|id| (id, root.score)),
            touch: touch.map(|touch| (touch.channel, touch.source.as_str())),
            mail_hosts: &self.mails.hosts,
            has_work_mail: self.mails.work,
            by_hand: &by_hand,
        };
        let today = world.settings.zone.day(now);
        let holds = |asked: &[Asked]| -> Vec<bool> {
            let answers = usher.evaluator.judge(asked, &person, today);
            answers.iter().map(|answer| answer.holds).collect()
        };
        let asked: Vec<Asked> = usher.entries.values().copied().collect();
        let entries = usher.entries.keys().zip(holds(&asked));
        let entries = entries.filter(|(_, holds)| *holds);
        Answers {
            entries: entries.map(|(id, _)| id.clone()).collect(),
            routes: holds(&usher.routes),
            excluded: !root.standing.excluded.is_empty(),
        }
    }
}
