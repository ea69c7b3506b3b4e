//! What differs between two versions of the definition, as values that a text table can put into words.

use super::{Criterion, Definition};
use crate::grade::Grade;
use crate::rulebook::Name;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "DefinitionDifference"))]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// It says something else in words.
    Text {
        /// Before.
        from: Name,
        /// Now.
        to: Name,
    },
    /// It takes another score.
    Score {
        /// Before.
        from: i32,
        /// Now.
        to: i32,
    },
    /// Other grades will do.
    Grades {
        /// Those that do now, and did not.
        added: BTreeSet<Grade>,
        /// Those that did, and do not now.
        removed: BTreeSet<Grade>,
    },
    /// Something must hold that need not before.
    Added(Criterion),
    /// Something need not hold any more.
    Removed(Criterion),
    /// Something else must hold under the same name of old.
    Changed {
        /// Before.
        from: Criterion,
        /// Now.
        to: Criterion,
    },
    /// A number of a promise is another.
    Number {
        /// Which.
        of: Number,
        /// Before.
        from: u32,
        /// Now.
        to: u32,
    },
    /// Whether a lead that is not accepted in time is given to somebody else.
    Reassign(bool),
}

/// The numbers of the promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PromiseNumber"))]
#[serde(rename_all = "snake_case")]
pub enum Number {
    /// Working minutes until somebody has it.
    AssignMinutes,
    /// Working minutes until sales says yes or no.
    AcceptMinutes,
    /// Working minutes until it is first spoken to.
    RespondMinutes,
    /// Attempts before it may be given up.
    AttemptsMin,
    /// Leads that marketing promises a week.
    Weekly,
    /// Leads that sales can take up a week.
    Capacity,
}

impl Number {
    /// Every number, in the order it is read in.
    pub const ALL: [Number; 6] = [
        Number::Weekly,
        Number::Capacity,
        Number::AssignMinutes,
        Number::AcceptMinutes,
        Number::RespondMinutes,
        Number::AttemptsMin,
    ];

    /// What a definition says.
    pub fn of(self, definition: &Definition) -> u32 {
        let promises = &definition.promises;
        match self {
            Number::AssignMinutes => promises.assign_minutes,
            Number::AcceptMinutes => promises.accept_minutes,
            Number::RespondMinutes => promises.respond_minutes,
            Number::AttemptsMin => promises.attempts_min.into(),
            Number::Weekly => definition.weekly,
            Number::Capacity => definition.capacity,
        }
    }
}

/// What differs, in the order it is read in; nothing between two that say the same. Where criteria stand does not matter.
pub fn differences(from: &Definition, to: &Definition) -> Vec<Difference> {
    let mut found = Vec::new();
    if from.text != to.text {
        let (from, to) = (from.text.clone(), to.text.clone());
        found.push(Difference::Text { from, to });
    }
    if from.score != to.score {
        let (from, to) = (from.score, to.score);
        found.push(Difference::Score { from, to });
    }
    // Where no grade is named, any will do.
    if from.grades != to.grades {
        let (before, now) = (grades(from), grades(to));
        found.push(Difference::Grades {
            added: now.difference(&before).copied().collect(),
            removed: before.difference(&now).copied().collect(),
        });
    }
    let named = |criteria: &[Criterion], id: &str| {
        criteria
            .iter()
            .find(|criterion| criterion.id == id)
            .cloned()
    };
    for before in &from.criteria {
        match named(&to.criteria, &before.id) {
            None => found.push(Difference::Removed(before.clone())),
            Some(now) if now == *before => {}
            Some(now) => found.push(Difference::Changed {
                from: before.clone(),
                to: now,
            }),
        }
    }
    let new = to.criteria.iter();
    let new = new.filter(|now| named(&from.criteria, &now.id).is_none());
    found.extend(new.cloned().map(Difference::Added));
    for of in Number::ALL {
        let (from, to) = (of.of(from), of.of(to));
        if from != to {
            found.push(Difference::Number { of, from, to });
        }
    }
    if from.promises.reassign != to.promises.reassign {
        found.push(Difference::Reassign(to.promises.reassign));
    }
    found
}

fn grades(definition: &Definition) -> BTreeSet<Grade> {
    if definition.grades.is_empty() {
        Grade::ALL.into()
    } else {
        definition.grades.clone()
    }
}
