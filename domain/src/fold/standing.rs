//! How well people fit: the grade with its place in the matrix, who is left out, and the personas somebody is of.
//!
//! It follows from what was put down, from the history and from the score, so it is brought up to date with them and is no
//! fact. Tags that segments put on do not count: whoever has them has them because of this. Not here: segments.

use super::own::Own;
use super::shapes::Shapes;
use super::world::World;
use crate::account::domain::of_email;
use crate::contact::Key;
use crate::day::Day;
use crate::family::Family;
use crate::grade::{Graded, Grading, Placed, Standing};
use crate::id::{Ms, PersonaId};
use crate::journal::Fact;
use crate::persona::{Answer, Fit, FitRule, fit, fit_rules, matching};
use crate::score::{Activity, ShapeId};
use crate::segment::{Asked, Evaluator, Person};
use std::collections::{BTreeMap, BTreeSet};

/// All that a person's standing is made of, ready to be asked of many.
#[derive(Clone, Debug)]
pub(super) struct Judge {
    grading: Option<Grading>,
    /// What the rulebook asks of a profile.
    rules: Vec<FitRule>,
    /// What each persona asks.
    fits: Vec<(PersonaId, Vec<FitRule>)>,
    evaluator: Evaluator,
    /// The grounds to leave somebody out.
    asked: Vec<Asked>,
    /// Since which fact.
    by: u64,
}

/// The e-mail addresses of a person, as conditions ask for them.
pub(super) struct Mails<'a> {
    /// The hosts.
    pub(super) hosts: Vec<&'a str>,
    /// Whether one is a company's own.
    pub(super) work: bool,
}

impl<'a> Mails<'a> {
    /// Those of a person.
    pub(super) fn of(family: &Family<'a>) -> Mails<'a> {
        let keys = family.keys().into_iter();
        let emails = keys.filter_map(|(key, _)| match key {
            Key::Email(email) => Some(email),
            _ => None,
        });
        let (mut hosts, mut work) = (Vec::new(), false);
        for email in emails {
            hosts.push(email.host());
            work = work || of_email(email).is_ok();
        }
        Mails { hosts, work }
    }
}

/// A history as conditions are asked of it, with its shapes made known.
pub(super) fn history(
    evaluator: &mut Evaluator,
    shapes: &Shapes,
    activities: &BTreeSet<Activity>,
) -> Vec<(Ms, ShapeId)> {
    for activity in activities {
        if let Some(shape) = shapes.get(activity.shape)
            && !evaluator.knows(activity.shape)
        {
            evaluator.learn(activity.shape, shape);
        }
    }
    activities.iter().map(|a| (a.at, a.shape)).collect()
}

impl Judge {
    /// By the rulebook, the personas and the fields of a world.
    pub(super) fn of(world: &World) -> Judge {
        let (settings, schema) = (&world.settings, &world.settings.schema);
        let grading = settings.rulebook.grading.clone();
        let mut evaluator = Evaluator::new(schema, settings.zone, &[]);
        let asked = grading.as_ref();
        let asked = asked.map(|grading| grading.ask(&mut evaluator, schema));
        Judge {
            rules: grading
                .as_ref()
                .map(|grading| grading.rules(schema))
                .unwrap_or_default(),
            fits: world
                .personas
                .values()
                .map(|one| (one.id, fit_rules(schema, one)))
                .collect(),
            grading,
            evaluator,
            asked: asked.unwrap_or_default(),
            by: settings.judged_seq,
        }
    }

    /// Whether it asks the same of profiles as another.
    fn asks_like(&self, other: &Judge) -> bool {
        self.rules == other.rules && self.fits == other.fits
    }

    /// Of a record that somebody else is shown for.
    pub(super) fn of_merged(&self) -> Standing {
        Standing {
            by: self.by,
            ..Standing::default()
        }
    }

    /// Where a person stands who has this score, and on which day that may be otherwise though nothing happens.
    pub(super) fn standing(
        &mut self,
        shapes: &Shapes,
        (family, own): (&Family<'_>, &Own),
        score: i32,
        today: Day,
    ) -> (Standing, Option<Day>) {
        let fits = matching(&self.fits, family);
        let of = fits.iter().filter(|(_, fit)| fit.answer() == Answer::Yes);
        let mut standing = Standing {
            personas: of.map(|(id, _)| *id).collect(),
            by: self.by,
            ..Standing::default()
        };
        let Some(grading) = &self.grading else {
            return (standing, None);
        };
        let asked = if self.rules.is_empty() {
            fits.into_iter().next().map(|(_, fit)| fit)
        } else {
            Some(fit(&self.rules, family))
        };
        standing.grade = asked.as_ref().and_then(|fit| grading.of_fit(fit));
        standing.known_percent = asked.as_ref().map_or(0, Fit::known_percent);
        standing.cell = Some(grading.cell(standing.grade, score));
        let activities = if self.asked.is_empty() {
            Vec::new()
        } else {
            history(&mut self.evaluator, shapes, &own.activities)
        };
        let (mails, none) = (Mails::of(family), BTreeMap::new());
        let touch = own.first.as_ref().map(|at| &at.touch);
        let person = Person {
            described: family,
            activities: &activities,
            created_at: family.created_at(),
            score,
            score_changes: None,
            grade: None,
            stage: None,
            account: family.account().map(|id| (id, 0)),
            touch: touch.map(|touch| (touch.channel, touch.source.as_str())),
            mail_hosts: &mails.hosts,
            has_work_mail: mails.work,
            by_hand: &none,
        };
        let answers = self.evaluator.judge(&self.asked, &person, today);
        let grounds = grading.exclusions.iter().zip(&answers);
        let grounds = grounds.filter(|(_, answer)| answer.holds);
        standing.excluded = grounds.map(|(ground, _)| ground.id.clone()).collect();
        let changes = answers.iter().filter_map(|answer| answer.next_change_day);
        (standing, changes.min())
    }

    /// The grade with its reasons, and the persona that asked.
    fn graded(&self, grading: &Grading, family: &Family<'_>) -> (Graded, Option<PersonaId>) {
        if !self.rules.is_empty() {
            return (grading.grade(&self.rules, family), None);
        }
        let best = matching(&self.fits, family).into_iter().next();
        let best = best.map(|(id, _)| id);
        let rules = self.fits.iter().find(|(id, _)| Some(*id) == best);
        let rules = rules.map_or(&[][..], |(_, rules)| rules);
        (grading.grade(rules, family), best)
    }
}

impl World {
    /// Where a person stands, with the reasons; nothing where the rulebook does not grade.
    pub fn placed(&self, family: &Family<'_>) -> Option<Placed> {
        let grading = self.settings.rulebook.grading.as_ref()?;
        let (graded, persona) = Judge::of(self).graded(grading, family);
        let standing = &family.root().standing;
        let grounds = grading.exclusions.iter();
        let grounds = grounds.filter(|ground| standing.excluded.contains(&ground.id));
        Some(Placed {
            graded,
            persona,
            cell: grading
                .cell(standing.grade, family.root().score)
                .to_string(),
            excluded: grounds
                .map(|ground| (ground.id.clone(), ground.name.clone()))
                .collect(),
        })
    }

    /// What people are held to is another from now on: whoever stands where an older one put them is to be asked anew.
    pub(super) fn judge_anew(&mut self, fact: &Fact) {
        self.judge = None;
        self.settings.judged_seq = fact.seq;
        self.changes.settings = true;
        self.changes.judging = true;
    }

    /// Notes that fields and tags are others, where that asks something else of profiles than what was asked before.
    pub(super) fn judge_by_schema(&mut self, fact: &Fact, before: &Judge) {
        self.judge = None;
        if !Judge::of(self).asks_like(before) {
            self.judge_anew(fact);
        }
    }
}
