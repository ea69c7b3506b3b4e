//! Moves along the ladder: by rule, by hand, and by sales' yes or no.

use super::{Ladder, Reason, ReasonFor, Rung, Stage, limit};
use crate::id::{LeadId, Ms, UserId};
use crate::rulebook::Invalid;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A move that was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "StageMove"))]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// From which stage; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Into which.
    pub to: String,
    /// When.
    pub at: Ms,
    /// By what.
    pub cause: Cause,
}

/// By what a lead was moved: the evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "StageCause"))]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// What the stage asks for held.
    Rule {
        /// The version of the ladder.
        ladder: u32,
        /// The version of the signed definition, where that says it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        definition: Option<u32>,
        /// The version of the rulebook that the score was computed by.
        rulebook: u32,
        /// The score then.
        score: i32,
        /// The place in the matrix then: `A1`.
        cell: String,
    },
    /// A person did it.
    Hand {
        /// Who.
        by: UserId,
        /// Why: the id of a reason, where one is asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// What the person wrote about it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// Sales took it, or did not.
    Verdict {
        /// Who.
        by: UserId,
        /// What was said.
        verdict: Verdict,
        /// What the person wrote about it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// It stood there as a record that is the same person.
    Merged {
        /// Which.
        of: LeadId,
    },
    /// The stage where it stood went out of use, or the reason for which it stands there: nothing else became of it.
    Retired {
        /// The version of the ladder that says so.
        ladder: u32,
        /// The reason that stands for the one before, where that is another.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
}

/// What sales says of a qualified lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "SalesVerdict"))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is taken.
    Accepted,
    /// It is not, for this reason: an id of [`Ladder::reject_reasons`].
    Rejected(String),
}

/// When a step was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "StepDone"))]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// When.
    pub at: Ms,
    /// Who did it.
    pub by: UserId,
    /// The date that goes with it, as days since 1970-01-01.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<i32>,
}

/// How a lead went along the ladder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Journey {
    /// The moves, oldest first.
    pub moves: Vec<Move>,
    /// The steps that were done, by their ids.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub done: BTreeMap<String, Done>,
}

/// A move that a person asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "StageMoving"))]
#[serde(deny_unknown_fields)]
pub struct Moving {
    /// Into which stage.
    pub to: String,
    /// Why: needed to go back, to give back and to lose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What the person writes about it; a move back needs it, where no list of reasons does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

fn wrong<T>(field: &str, code: &'static str) -> Result<T, Invalid> {
    Err(Invalid {
        field: field.to_owned(),
        code,
    })
}

impl Journey {
    /// The stage where it stands, and since when: another name for the reason is no move.
    pub fn stands(&self) -> Option<(&str, Ms)> {
        let last = self.moves.last()?;
        let renames = |step: &&Move| {
            let same = step.from.as_ref() == Some(&step.to);
            same && matches!(step.cause, Cause::Retired { .. })
        };
        let mut came = self.moves.iter().rev().skip_while(renames);
        Some((&last.to, came.next().unwrap_or(last).at))
    }

    /// The last move that somebody or something decided about it, and not about the ladder.
    pub fn decided(&self) -> Option<&Move> {
        let mut moves = self.moves.iter().rev();
        moves.find(|step| !matches!(step.cause, Cause::Retired { .. }))
    }

    /// For which reason it stands where it stands, which is that to the product: what it was given for, and its id.
    pub fn reason(&self, rung: Option<Rung>) -> Option<(ReasonFor, &str)> {
        let given = match &self.decided()?.cause {
            Cause::Hand { reason, .. } => {
                let of = match rung? {
                    Rung::Recycled => ReasonFor::Recycling,
                    Rung::Lost => ReasonFor::Losing,
                    _ => return None,
                };
                (of, reason.as_deref()?)
            }
            Cause::Verdict {
                verdict: Verdict::Rejected(reason),
                ..
            } => (ReasonFor::Rejecting, reason.as_str()),
            _ => return None,
        };
        let since = self.moves.iter().rev();
        let mut became = since.map_while(|step| match &step.cause {
            Cause::Retired { reason, .. } => Some(reason.as_deref()),
            _ => None,
        });
        let became = became.find_map(|reason| reason);
        Some((given.0, became.unwrap_or(given.1)))
    }

    /// Where a lead goes because where it stands went out of use, and which reason stands for its own; none where nothing did.
    pub fn retire<'l>(
        &self,
        ladder: &'l Ladder,
        rung: Option<Rung>,
    ) -> Option<(&'l Stage, Option<&'l str>)> {
        let (at, _) = self.stands()?;
        let to = ladder.heir(at)?;
        let reason = self.reason(rung);
        let reason = reason.and_then(|(of, id)| ladder.became(of, id));
        (to.id != at || reason.is_some()).then_some((to, reason))
    }

    /// Adds a move.
    pub fn go(&mut self, step: Move) {
        self.moves.push(step);
        if self.moves.len() > limit::MOVES_MAX {
            self.moves.remove(1);
        }
    }

    /// From when on what happened counts for the stages: of somebody who was given back, from then on.
    pub fn counts_from(&self, ladder: &Ladder) -> Option<Ms> {
        let (at, since) = self.stands()?;
        let recycled = ladder.stage(at).is_some_and(|at| at.rung == Rung::Recycled);
        let since = self.decided().map_or(since, |given| given.at);
        recycled.then_some(since)
    }

    /// Into which stage a lead goes by itself, if into any: the highest above where it stands that asks for something
    /// that holds. `holds` answers for a stage that has an entry, or whose entry the definition says. Nobody comes back from
    /// lost, nor beyond an opportunity, by itself.
    pub fn advance<'l>(
        &self,
        ladder: &'l Ladder,
        holds: impl Fn(&Stage) -> bool,
    ) -> Option<&'l Stage> {
        let from = match self.stands() {
            None => None,
            Some((at, _)) => match ladder.stage(at).map(|at| at.rung) {
                Some(Rung::Recycled) => ladder.of_rung(Rung::Lead).map(|lead| lead.id.as_str()),
                Some(Rung::Lost | Rung::Won | Rung::Customer) | None => return None,
                Some(_) => Some(at),
            },
        };
        let height = from.and_then(|id| ladder.height(id));
        let above = ladder.stages.iter().filter(|stage| {
            let own = ladder.height(&stage.id);
            own.is_some() && own > height && !stage.retired && stage.rung < Rung::Won
        });
        above.rev().find(|stage| holds(stage))
    }

    /// Checks a move that a person asks for; the cause of it. Codes: `unknown_stage`, `retired`, `same_stage`,
    /// `reason_needed`, `unknown_reason`, `note_needed`, `too_long`, `steps_missing`.
    pub fn by_hand(&self, ladder: &Ladder, asked: &Moving, by: UserId) -> Result<Cause, Invalid> {
        let Some(to) = ladder.stage(&asked.to) else {
            return wrong("to", "unknown_stage");
        };
        let stands = self.stands().map(|(id, _)| id);
        if to.retired {
            return wrong("to", "retired");
        }
        if stands == Some(to.id.as_str()) {
            return wrong("to", "same_stage");
        }
        if asked.note.len() > limit::NOTE_BYTES_MAX {
            return wrong("note", "too_long");
        }
        let reasons = match to.rung {
            Rung::Recycled => Some(&ladder.recycle_reasons),
            Rung::Lost => Some(&ladder.lost_reasons),
            _ => None,
        };
        if let Some(reasons) = reasons {
            check_reason(reasons, asked.reason.as_deref())?;
        } else {
            let (own, from) = (
                ladder.height(&to.id),
                stands.and_then(|id| ladder.height(id)),
            );
            if stands.is_some() && own < from && asked.note.trim().is_empty() {
                return wrong("note", "note_needed");
            }
            if own > from && !self.missing(ladder).is_empty() {
                return wrong("to", "steps_missing");
            }
        }
        Ok(Cause::Hand {
            by,
            reason: asked.reason.clone(),
            note: asked.note.clone(),
        })
    }

    /// The required steps of where it stands that were not done.
    pub fn missing<'l>(&self, ladder: &'l Ladder) -> Vec<&'l str> {
        let stage = self.stands().and_then(|(id, _)| ladder.stage(id));
        let steps = stage.into_iter().flat_map(|stage| &stage.steps);
        let missing = steps.filter(|step| step.required && !self.done.contains_key(&step.id));
        missing.map(|step| step.id.as_str()).collect()
    }

    /// Where a lead goes on what sales says of it. Codes: `not_qualified` of one that marketing did not hand over,
    /// `reason_needed`, `unknown_reason`, `no_stage` where the ladder has none to go to.
    pub fn judge<'l>(&self, ladder: &'l Ladder, verdict: &Verdict) -> Result<&'l Stage, Invalid> {
        let at = self.stands().and_then(|(id, _)| ladder.stage(id));
        if at.is_none_or(|at| at.rung != Rung::Mql) {
            return wrong("verdict", "not_qualified");
        }
        let to = match verdict {
            Verdict::Accepted => ladder.of_rung(Rung::Sql),
            Verdict::Rejected(reason) => {
                check_reason(&ladder.reject_reasons, Some(reason))?;
                ladder.of_rung(Rung::Recycled)
            }
        };
        to.map_or_else(|| wrong("verdict", "no_stage"), Ok)
    }

    /// Checks that a step may be noted as done. Codes: `unknown_step`, `date_needed`.
    pub fn check_step(ladder: &Ladder, step: &str, date: Option<i32>) -> Result<(), Invalid> {
        match ladder.step(step) {
            None => wrong("step", "unknown_step"),
            Some(step) if step.dated && date.is_none() => wrong("date", "date_needed"),
            Some(_) => Ok(()),
        }
    }

    /// For how long it stood in each stage in all, in milliseconds, up to `now`.
    pub fn times(&self, now: Ms) -> BTreeMap<&str, Ms> {
        let mut times = BTreeMap::new();
        let ends = self.moves.iter().skip(1).map(|step| step.at);
        for (step, until) in self.moves.iter().zip(ends.chain([now])) {
            let stood = until.saturating_sub(step.at).max(0);
            let sum: &mut Ms = times.entry(step.to.as_str()).or_default();
            *sum = sum.saturating_add(stood);
        }
        times
    }
}

fn check_reason(reasons: &[Reason], given: Option<&str>) -> Result<(), Invalid> {
    let Some(given) = given.filter(|given| !given.is_empty()) else {
        return wrong("reason", "reason_needed");
    };
    let mut in_use = reasons.iter().filter(|reason| !reason.retired);
    if in_use.any(|reason| reason.id == given) {
        Ok(())
    } else {
        wrong("reason", "unknown_reason")
    }
}
