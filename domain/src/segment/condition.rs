//! The language in which people say whom they mean: the one that segments, exclusions, stages, the lead definition and
//! routing are written in.
//!
//! What is not known of somebody is not so: a test of an empty field fails, and its negation holds. Days are the
//! workspace's, and the day that is asked on is one of "the last seven". Not here: asking it ([`super::Evaluator`]).

use crate::channel::Channel;
use crate::grade::Grade;
use crate::id::AccountId;
use crate::persona::Test;
use crate::profile::FieldId;
use crate::rulebook::When;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Whom somebody means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// All of these hold. Of none: everybody.
    All(Vec<Condition>),
    /// One of these holds. Of none: nobody.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A field is so.
    Field {
        /// Which.
        field: FieldId,
        /// How.
        is: Test,
    },
    /// A date in a field is so, as seen from the day it is asked on.
    FieldDate {
        /// Which field.
        field: FieldId,
        /// When.
        is: Dates,
    },
    /// One of these tags is there, by their ids.
    Tags(BTreeSet<String>),
    /// Something happened so many times at least.
    Did(Did),
    /// Nothing happened for so many days; of somebody who never did anything, since the base learned of that person.
    Silent {
        /// How many, 1–3,650.
        days: u16,
    },
    /// A moment of the lead's own is so.
    Moment {
        /// Which.
        of: Moment,
        /// When.
        is: Dates,
    },
    /// The score lies between the two, both included.
    Score(Range),
    /// The grade is one of these. Where none can be given, it is none of them.
    Grade(BTreeSet<Grade>),
    /// The stage is one of these, by their ids.
    Stage(BTreeSet<String>),
    /// The company is one of these.
    Account(BTreeSet<AccountId>),
    /// The company is in the base, whichever it is.
    HasAccount,
    /// The company's score lies between the two.
    AccountScore(Range),
    /// The first touch came by one of these channels.
    Channel(BTreeSet<Channel>),
    /// The first touch came from one of these sources: `baidu`.
    Source(BTreeSet<String>),
    /// An e-mail address is so.
    Mail(Mail),
    /// The person is in another segment, by its id.
    Segment(String),
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Did {
    /// Which events count.
    pub when: When,
    /// How many of them it takes, 1–1,000.
    pub at_least: u32,
    /// In the last so many days, 1–3,650; none for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
}

/// From one number to another, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ScoreRange"))]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// From.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i32>,
    /// To.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i32>,
}

impl Range {
    /// Whether a number lies in it.
    pub fn holds(self, number: i32) -> bool {
        self.min.is_none_or(|min| min <= number) && self.max.is_none_or(|max| number <= max)
    }
}

/// A day between two, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Dates {
    /// Of the calendar, as days since 1970-01-01.
    Between {
        /// From.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<i32>,
        /// To.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<i32>,
    },
    /// As days from the one it is asked on: −6 to 0 is the last seven.
    FromToday {
        /// From.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<i32>,
        /// To.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<i32>,
    },
}

/// A moment of a lead's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// The base first learned of the person.
    Created,
    /// The latest event that weighs.
    LastSeen,
    /// The person came into the stage where it is.
    StageEntered,
}

/// How an e-mail address is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mail {
    /// There is one.
    Known,
    /// It is a company's: neither anybody's own, nor thrown away.
    Work,
    /// It is of one of these domains, or below one.
    Domains(BTreeSet<String>),
}

impl Condition {
    /// The conditions right below it.
    pub fn parts(&self) -> &[Condition] {
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts,
            Condition::Not(part) => std::slice::from_ref(part),
            _ => &[],
        }
    }

    /// It and all that is below it, each with how deep it stands. Deeper than [`DEPTH_MAX`] is left out.
    pub fn all(&self) -> Vec<(&Condition, usize)> {
        let mut found = vec![(self, 0)];
        let mut next = 0;
        while let Some((condition, depth)) = found.get(next).copied() {
            if depth < DEPTH_MAX {
                let below = condition.parts().iter();
                found.extend(below.map(|part| (part, depth.saturating_add(1))));
            }
            next = next.saturating_add(1);
        }
        found
    }

    /// The segments it asks for.
    pub fn segments(&self) -> BTreeSet<&str> {
        let all = self.all().into_iter();
        let named = all.filter_map(|(condition, _)| match condition {
            Condition::Segment(id) => Some(id.as_str()),
            _ => None,
        });
        named.collect()
    }

    /// The tags it asks for.
    pub fn tags(&self) -> BTreeSet<&str> {
        let all = self.all().into_iter();
        let asked = all.filter_map(|(condition, _)| match condition {
            Condition::Tags(tags) => Some(tags),
            _ => None,
        });
        asked.flatten().map(String::as_str).collect()
    }

    /// The companies it asks for.
    pub fn accounts(&self) -> BTreeSet<AccountId> {
        let all = self.all().into_iter();
        let asked = all.filter_map(|(condition, _)| match condition {
            Condition::Account(accounts) => Some(accounts),
            _ => None,
        });
        asked.flatten().copied().collect()
    }
}

/// A condition stands in another at most so deep.
pub const DEPTH_MAX: usize = 8;
