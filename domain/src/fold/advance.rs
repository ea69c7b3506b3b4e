//! Moves by rule: whoever changed is asked for what the stages above ask for, and goes as far as it holds.
//!
//! Whether somebody is in a segment that is asked for is asked anew, as it is then: of somebody who was given back, by what
//! happened since. A stage may let into a segment, and that into the next stage, so whoever moved is asked again. Once moved
//! back by hand, a person stays there until something new happens. Left out is who is out of circulation. Where an entry may
//! begin to hold by the day alone, that day is noted, and who was due is asked then ([`World::sift`]). Rules that are published
//! and stages that are saved move nobody: who would go on is told ([`World::would_move`]), and a member lets them
//! ([`World::apply_moves`]). Not here: what follows from a move ([`super::hand_over`]).

use super::edits::invalid;
use super::own::learn;
use super::segments::{Known, Tagged};
use super::settings::EditError;
use super::world::{World, Written};
use crate::api::{ApplyMoves, WOULD_MOVE_MAX};
use crate::day::Day;
use crate::id::{LeadId, Ms};
use crate::journal::{Actor, Body, MovesApplied, StageMoved};
use crate::pursuit::{Given, Pursuit};
use crate::score::{Activity, Scorer};
use crate::segment::{Asked, Condition, Evaluator, Judgement, Range, Segment};
use crate::stage::{Cause, Move, Rung, Stage, limit};
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

/// What the stages say of somebody.
#[derive(Default)]
struct Decided {
    /// Where it goes.
    step: Option<Move>,
    /// The first day on which they may say something else though nothing happens.
    next_change_day: Option<Day>,
}

impl World {
    /// Moves everyone who changed as far as rules do, and between segments; and those whom a member lets go on.
    pub(super) fn follow_changes(&mut self, written: &mut Written) {
        self.carry_over(written);
        let changed = self.changed();
        let mut asked = changed.clone();
        asked.extend(self.let_go_on(written));
        let moved = self.advance(written, &asked);
        self.note_segments(written, &changed);
        self.follow(written, moved);
    }

    /// Everyone who changed, each as the record that is shown.
    pub(super) fn changed(&self) -> BTreeSet<LeadId> {
        let changed = self.changes.leads.iter();
        changed.map(|id| self.root(*id)).collect()
    }

    /// Moves these on: they entered segments, or left them, or other stages. Each stage that is entered is above the one
    /// before.
    pub(super) fn follow(&mut self, written: &mut Written, mut some: BTreeSet<LeadId>) {
        for _ in 0..limit::STAGES_MAX {
            some = self.advance(written, &some);
            if some.is_empty() {
                return;
            }
            self.note_segments(written, &some);
        }
    }

    /// Moves these as far as rules do; who moved.
    fn advance(&mut self, written: &mut Written, some: &BTreeSet<LeadId>) -> BTreeSet<LeadId> {
        if some.is_empty() {
            return BTreeSet::new();
        }
        let now = written.now();
        let found = self.steps(some, now);
        let moved = found.iter().map(|(lead, _)| *lead).collect();
        for (lead, step) in found {
            let moved = StageMoved {
                key: None,
                lead,
                step,
                rung: None,
                by: None,
            };
            self.write_move(written, Actor::System, Box::new(moved));
        }
        moved
    }

    /// Where these go by rule; notes on which day to ask whom again though nothing happens.
    fn steps(&mut self, some: &BTreeSet<LeadId>, now: Ms) -> Vec<(LeadId, Move)> {
        let mut usher = self.take_usher();
        let mut found = Vec::new();
        for id in some {
            let decided = self.decide(&mut usher, *id, now).unwrap_or_default();
            found.extend(decided.step.map(|step| (*id, step)));
            if let Some(day) = decided.next_change_day {
                self.note_due(*id, day);
            }
        }
        self.usher = Some(usher);
        found
    }

    /// Asks the stages about these, and notes only on which day to ask again.
    pub(super) fn await_entries(&mut self, some: &BTreeSet<LeadId>, now: Ms) {
        if self.awaits_entries() {
            self.steps(some, now);
        }
    }

    /// Whether a stage asks for something that a day may change: a score tells of its days itself.
    pub fn awaits_entries(&self) -> bool {
        let mut stages = self.settings.practice.ladder.stages.iter();
        stages.any(|stage| stage.entry.is_some()) || self.settings.definition().is_some()
    }

    /// Who of these would go on by the rules as they are, and where to first. Nobody is moved. They must be at hand.
    pub fn would_move(&mut self, some: &BTreeSet<LeadId>, now: Ms) -> Vec<(LeadId, Move)> {
        self.steps(some, now)
    }

    /// Checks that a member may let these go on; the body of the fact that says so. Whom the rules do not move after all stays.
    pub fn apply_moves(&self, call: &ApplyMoves, by: &str) -> Result<Body, EditError> {
        if call.leads.is_empty() {
            return Err(invalid("leads", "required"));
        }
        if call.leads.len() > WOULD_MOVE_MAX {
            return Err(invalid("leads", "too_many"));
        }
        if call.leads.iter().any(|id| !self.leads.contains_key(id)) {
            return Err(invalid("leads", "unknown"));
        }
        Ok(Body::MovesApplied(MovesApplied {
            key: call.key,
            leads: call.leads.clone(),
            by: by.to_owned(),
        }))
    }

    /// Whom a member just let go on, each as the record that is shown.
    fn let_go_on(&self, written: &Written) -> BTreeSet<LeadId> {
        let facts = written.so_far().iter();
        let applied = facts.filter_map(|fact| match &fact.body {
            Body::MovesApplied(applied) => Some(&applied.leads),
            _ => None,
        });
        applied.flatten().map(|id| self.root(*id)).collect()
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
        self.warm_up();
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
        let of_browsers = settings.rulebook.segments.iter();
        let of_browsers = of_browsers.filter(|one| !self.segments.contains_key(&one.id));
        let segments = self.segments.values().map(|kept| kept.segment.clone());
        let segments: Vec<Segment> = segments.chain(of_browsers.map(Segment::from)).collect();
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

    /// What the stages say of somebody, where they say anything.
    fn decide(&self, usher: &mut Usher, id: LeadId, now: Ms) -> Option<Decided> {
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
        let mut known = self.known(&mut usher.evaluator, id)?;
        if is_held(pursuit, &known.own.activities) || !root.standing.excluded.is_empty() {
            return None;
        }
        if let Some(since) = anew {
            known.own.activities.retain(|one| one.at >= since);
            known.activities.retain(|(at, _)| *at >= since);
            known.score = self.score_of(&known.own.activities);
        }
        let (score, grade) = (known.score, root.standing.grade);
        let answers = self.entered(usher, &known, now);
        let holds = |stage: &Stage| answers.get(stage.id.as_str()).is_some_and(|one| one.holds);
        let to = pursuit.journey.advance(ladder, holds);
        let changes = answers.values().filter_map(|answer| answer.next_change_day);
        let next_change_day = changes.min();
        let grading = self.settings.rulebook.grading.clone().unwrap_or_default();
        let step = to.map(|to| Move {
            from: pursuit.stands().map(|(stage, _)| stage.to_owned()),
            to: to.id.clone(),
            at: now,
            cause: Cause::Rule {
                ladder: ladder.version,
                definition: usher.qualifying.definition.filter(|_| to.rung == Rung::Mql),
                rulebook: self.settings.version,
                score,
                cell: grading.cell(grade, score).to_string(),
            },
        });
        Some(Decided {
            step,
            next_change_day,
        })
    }

    /// Which of the rules of routing mean somebody.
    pub(super) fn meant(&mut self, id: LeadId, now: Ms) -> Vec<bool> {
        if self.settings.practice.routing.rules.is_empty() {
            return Vec::new();
        }
        let mut usher = self.take_usher();
        let known = self.known(&mut usher.evaluator, id);
        let meant = known.map(|known| self.answers(&usher, &known, &usher.routes, now));
        self.usher = Some(usher);
        let meant = meant.unwrap_or_default().into_iter();
        meant.map(|answer| answer.holds).collect()
    }

    /// Which stages would let somebody in.
    fn entered<'u>(
        &self,
        usher: &'u Usher,
        known: &Known<'_>,
        now: Ms,
    ) -> BTreeMap<&'u str, Judgement> {
        let asked: Vec<Asked> = usher.entries.values().copied().collect();
        let answers = self.answers(usher, known, &asked, now);
        let ids = usher.entries.keys().map(String::as_str);
        ids.zip(answers).collect()
    }

    /// The answers to these, with the tags that the segments put on which somebody is in.
    fn answers(
        &self,
        usher: &Usher,
        known: &Known<'_>,
        asked: &[Asked],
        now: Ms,
    ) -> Vec<Judgement> {
        let today = self.settings.zone.day(now);
        let (person, root) = (known.person(), known.family.root());
        let found = self.tried(&usher.evaluator, &person, &root.ruled, today);
        let described = Tagged {
            family: &known.family,
            ruled: &found.ruled,
        };
        let person = person.with(&described);
        usher.evaluator.judge(asked, &person, today)
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
            let stage = |one: &Pursuit| one.stands().and_then(|(id, _)| ladder.heir(id));
            let height = |one: &Pursuit| stage(one).and_then(|stage| ladder.height(&stage.id));
            let (Some(to), true) = (stage(&other), height(&other) > height(&own)) else {
                continue;
            };
            let (lead, now) = (root, written.now());
            let step = Move {
                from: own.stands().map(|(stage, _)| stage.to_owned()),
                to: to.id.clone(),
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
                rung: None,
                by: None,
            };
            self.write_move(written, Actor::System, Box::new(moved));
        }
    }
}

/// Whether a person put it where it stands, and nothing has happened since.
fn is_held(pursuit: &Pursuit, own: &BTreeSet<Activity>) -> bool {
    let last = pursuit.journey.decided();
    last.is_some_and(|last| {
        let by_hand = matches!(last.cause, Cause::Hand { .. } | Cause::Verdict { .. });
        by_hand && own.last().is_none_or(|latest| latest.at <= last.at)
    })
}
