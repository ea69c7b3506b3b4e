//! The fit grade: how well somebody is whom the company sells to, A to D; its place in the matrix beside the score; and who
//! is left out.
//!
//! What is not known is not against anybody: a grade is made of what is known, and says beside it how much that is. Not
//! here: which kind of customer somebody is ([`crate::persona`]), and what follows from a place in the matrix.

use crate::day::Day;
use crate::id::PersonaId;
use crate::persona::{Answer, Criterion, Fit, FitRule, check_criterion, fit, fit_rule};
use crate::profile::{Described, Findings, Schema};
use crate::rulebook::{Invalid, Name, SCORE_MAX};
use crate::segment::{Asked, Condition, Evaluator, Moment, Person, Terms, check_condition};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// What grading is held to.
pub mod limit {
    /// Criteria of fit.
    pub const CRITERIA_MAX: usize = 50;
    /// Grounds to leave somebody out.
    pub const EXCLUSIONS_MAX: usize = 20;
}

/// How people are graded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Grading {
    /// What is asked of a profile. Where nothing is, the persona that fits best asks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Criterion>,
    /// From which share of what is known on it is an A, a B, a C, in percent, falling; below it is a D.
    pub bounds: [u8; 3],
    /// So much of what is asked must be known for a grade, in percent.
    pub known_percent: u8,
    /// From which score on somebody is in band 1, 2, 3 of the matrix, falling; below it is band 4.
    pub bands: [i32; 3],
    /// Who is left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclusions: Vec<Exclusion>,
}

impl Default for Grading {
    fn default() -> Grading {
        Grading {
            criteria: Vec::new(),
            bounds: [80, 60, 40],
            known_percent: 30,
            bands: [75, 50, 25],
            exclusions: Vec::new(),
        }
    }
}

/// A ground to take somebody out of circulation: a competitor, a student, a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// Its stable name: unique in the rulebook.
    pub id: String,
    /// What people call it, in each language: the reason that is shown.
    pub name: Name,
    /// Whom it means. Neither scores nor grades nor stages are asked: they follow from this.
    pub who: Condition,
}

/// How well somebody fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[expect(missing_docs, reason = "a grade's letter says it")]
pub enum Grade {
    A,
    B,
    C,
    D,
}

impl Grade {
    /// Every grade, the best first.
    pub const ALL: [Grade; 4] = [Grade::A, Grade::B, Grade::C, Grade::D];

    /// The letter.
    pub const fn letter(self) -> char {
        match self {
            Grade::A => 'A',
            Grade::B => 'B',
            Grade::C => 'C',
            Grade::D => 'D',
        }
    }

    /// The letter, as a stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Grade::A => "A",
            Grade::B => "B",
            Grade::C => "C",
            Grade::D => "D",
        }
    }
}

/// A grade with its reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Graded {
    /// None as long as too little is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// How much of what is known fits, in percent; none when nothing is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fits_percent: Option<u32>,
    /// How much of what is asked is known, in percent: how sure the grade is.
    pub known_percent: u32,
    /// Each criterion with its answer, those that weigh most first.
    pub reasons: Vec<Reason>,
}

/// What is kept of how well somebody fits, so that lists can be filtered and sorted by it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The grade, where one can be given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// How much of what is asked is known, in percent: how sure the grade is.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub known_percent: u32,
    /// The place in the matrix; none where the rulebook does not grade.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<Cell>,
    /// The grounds on which the person is left out, by their ids.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub excluded: BTreeSet<String>,
    /// The personas that the person is of.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub personas: BTreeSet<PersonaId>,
    /// The number of the fact by which grades and personas were last made otherwise.
    #[serde(default, skip_serializing_if = "is_zero_seq")]
    pub by: u64,
}

impl Standing {
    /// Whether nothing is known of it.
    pub fn is_nothing(&self) -> bool {
        *self == Standing::default()
    }
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn is_zero_seq(seq: &u64) -> bool {
    *seq == 0
}

/// What a criterion said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "GradeReason"))]
pub struct Reason {
    /// What was asked.
    pub rule: FitRule,
    /// The answer.
    pub answer: Answer,
}

/// Where somebody stands, with the reasons: what a profile shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Placed {
    /// The grade.
    pub graded: Graded,
    /// The persona that asked, where the rulebook has no criteria of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persona: Option<PersonaId>,
    /// The place in the matrix, `A1` … `D4`.
    pub cell: String,
    /// On which grounds the person is left out: each by its id, with the reason that is shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<(String, Name)>,
}

/// A place in the matrix: `A1` … `D4`, `–3` where there is no grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cell {
    /// The grade.
    pub grade: Option<Grade>,
    /// The band of the score, 1 the highest, 4 the lowest.
    pub band: u8,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = self.grade.map_or('–', Grade::letter);
        write!(f, "{letter}{}", self.band)
    }
}

impl Grading {
    /// What is asked of a profile by this grading's own criteria; nothing where a persona asks.
    pub fn rules(&self, schema: &Schema) -> Vec<FitRule> {
        let criteria = self.criteria.iter();
        criteria.map(|one| fit_rule(schema, one)).collect()
    }

    /// The grade of a profile by some rules: this grading's own, or those of the persona that fits best.
    pub fn grade(&self, rules: &[FitRule], person: &impl Described) -> Graded {
        let fit = fit(rules, person);
        let (fits_percent, known_percent) = (fit.percent(), fit.known_percent());
        let grade = self.of_fit(&fit);
        let answers = fit.answers.iter();
        let mut reasons: Vec<Reason> = rules
            .iter()
            .zip(answers)
            .map(|(rule, answer)| Reason {
                rule: rule.clone(),
                answer: *answer,
            })
            .collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.rule.weight));
        Graded {
            grade,
            fits_percent,
            known_percent,
            reasons,
        }
    }

    /// The grade of a profile that fits so well; none as long as too little is known.
    pub fn of_fit(&self, fit: &Fit) -> Option<Grade> {
        let is_known = fit.known_percent() >= u32::from(self.known_percent);
        fit.percent().filter(|_| is_known).map(|percent| {
            let mut reached = Grade::ALL.into_iter().zip(self.bounds);
            let reached = reached.find(|(_, bound)| percent >= u32::from(*bound));
            reached.map_or(Grade::D, |(grade, _)| grade)
        })
    }

    /// The place in the matrix.
    pub fn cell(&self, grade: Option<Grade>, score: i32) -> Cell {
        let mut reached = (1_u8..).zip(self.bands);
        let reached = reached.find(|(_, points)| score >= *points);
        Cell {
            grade,
            band: reached.map_or(4, |(band, _)| band),
        }
    }

    /// Puts the grounds to leave somebody out to an evaluator.
    pub fn ask(&self, evaluator: &mut Evaluator, schema: &Schema) -> Vec<Asked> {
        let exclusions = self.exclusions.iter();
        exclusions
            .map(|exclusion| evaluator.ask(schema, &exclusion.who))
            .collect()
    }

    /// The grounds on which somebody is left out, by their ids: none, somebody is in circulation. `asked` is what
    /// [`Grading::ask`] gave.
    pub fn excluded<'g, D: Described>(
        &'g self,
        evaluator: &Evaluator,
        asked: &[Asked],
        person: &Person<'_, D>,
        today: Day,
    ) -> Vec<&'g str> {
        let answers = evaluator.judge(asked, person, today);
        let found = self.exclusions.iter().zip(answers);
        let found = found.filter(|(_, answer)| answer.holds);
        found.map(|(exclusion, _)| exclusion.id.as_str()).collect()
    }
}

/// Says what is wrong with a grading, by itself: the fields it names are asked by [`check_terms`]. Codes: `out_of_range`,
/// `not_falling`, `too_many`, `empty`, `too_long`, `duplicate`, `follows_from_it`, and those of a condition.
pub fn check(grading: &Grading) -> Vec<Invalid> {
    let mut found = Findings::default();
    let percent = |bound: &u8| (1..=100).contains(bound);
    let range = grading.bounds.iter().all(percent);
    found.require(range, format_args!("grading.bounds"), "out_of_range");
    let falling = grading.bounds.is_sorted_by(|one, next| one > next);
    found.require(falling, format_args!("grading.bounds"), "not_falling");
    let range = percent(&grading.known_percent);
    found.require(range, format_args!("grading.known_percent"), "out_of_range");
    let points = |points: &i32| (1..=SCORE_MAX).contains(points);
    let range = grading.bands.iter().all(points);
    found.require(range, format_args!("grading.bands"), "out_of_range");
    let falling = grading.bands.is_sorted_by(|one, next| one > next);
    found.require(falling, format_args!("grading.bands"), "not_falling");
    let few = grading.criteria.len() <= limit::CRITERIA_MAX;
    found.require(few, format_args!("grading.criteria"), "too_many");
    let few = grading.exclusions.len() <= limit::EXCLUSIONS_MAX;
    found.require(few, format_args!("grading.exclusions"), "too_many");
    for (place, exclusion) in grading.exclusions.iter().enumerate() {
        let path = format_args!("grading.exclusions[{place}]");
        let id_max = crate::rulebook::limit::NAME_BYTES_MAX;
        found.text(&exclusion.id, id_max, format_args!("{path}.id"));
        found.name(&exclusion.name, format_args!("{path}.name"));
        let mut before = grading.exclusions.iter().take(place);
        let own = before.all(|other| other.id != exclusion.id);
        found.require(own, format_args!("{path}.id"), "duplicate");
        let all = exclusion.who.all();
        let follows = all.iter().any(|(condition, _)| follows(condition));
        found.require(!follows, format_args!("{path}.who"), "follows_from_it");
    }
    found.into_vec()
}

/// Whether a condition asks for what is decided only after somebody was let in.
fn follows(condition: &Condition) -> bool {
    matches!(
        condition,
        Condition::Score(_)
            | Condition::Grade(_)
            | Condition::Stage(_)
            | Condition::Segment(_)
            | Condition::AccountScore(_)
            | Condition::Moment {
                of: Moment::StageEntered,
                ..
            }
    )
}

/// Says what a grading names that is not there, or is of another kind.
pub fn check_terms(terms: &Terms<'_>, grading: &Grading) -> Vec<Invalid> {
    let mut found = Findings::default();
    for (place, criterion) in grading.criteria.iter().enumerate() {
        let path = format_args!("grading.criteria[{place}]");
        check_criterion(&mut found, terms.schema, criterion, path);
    }
    for (place, exclusion) in grading.exclusions.iter().enumerate() {
        let path = format_args!("grading.exclusions[{place}].who");
        check_condition(&mut found, terms, &exclusion.who, path);
    }
    found.into_vec()
}

#[cfg(test)]
mod tests;
