//! A persona: a kind of customer that the workspace has described, and the evidence that it exists.
//!
//! Each of its seven groups may be empty: what is not known yet is shown as missing, not made up. Which people are of the
//! kind follows from the description itself ([`fit_rules`]). Not here: grades, which are made of fits, and where personas
//! are kept.

mod card;
mod check;
mod fit;

pub use card::{Card, CardGroup, card};
pub use check::check;
pub(crate) use check::check_criterion;
pub use fit::{Answer, Fit, FitRule, fit, fit_rule, fit_rules, matching};

use crate::id::PersonaId;
use crate::profile::FieldId;
use crate::rulebook::Name;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a persona is held to.
pub mod limit {
    /// Personas of a workspace.
    pub const PERSONAS_MAX: usize = 50;
    /// The summary, in bytes.
    pub const SUMMARY_BYTES_MAX: usize = 4_096;
    /// Entries of a group.
    pub const ENTRIES_MAX: usize = 30;
    /// An entry's label, in bytes.
    pub const LABEL_BYTES_MAX: usize = 120;
    /// An entry's text, in bytes.
    pub const TEXT_BYTES_MAX: usize = 1_024;
    /// Notes of evidence.
    pub const EVIDENCE_MAX: usize = 200;
    /// A note's text, in bytes.
    pub const NOTE_BYTES_MAX: usize = 8_192;
    /// Where a note comes from, in bytes.
    pub const SOURCE_BYTES_MAX: usize = 240;
    /// The link of a note, in bytes.
    pub const LINK_BYTES_MAX: usize = 2_048;
    /// Criteria of fit that were written by hand.
    pub const CRITERIA_MAX: usize = 50;
    /// Values of a criterion.
    pub const VALUES_MAX: usize = 100;
    /// What a criterion may weigh; the least is 1.
    pub const WEIGHT_MAX: u16 = 10;
}

/// A kind of customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Persona {
    /// Which.
    pub id: PersonaId,
    /// Counted by who stores it; 0 before it was ever saved.
    #[serde(default)]
    pub version: u32,
    /// What people call it: "IT head of a retail chain".
    pub name: Name,
    /// In a few sentences.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// The colour of its sign.
    #[serde(default)]
    pub colour: Colour,
    /// What is known of it, by group.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub groups: BTreeMap<Group, Vec<Entry>>,
    /// What that rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// Criteria of fit that someone wrote: of what they ask about, they stand in the place of what follows from the entries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fit: Vec<Criterion>,
}

/// A colour of the product's palette.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "a colour's name says it")]
pub enum Colour {
    #[default]
    Blue,
    Green,
    Amber,
    Red,
    Violet,
    Teal,
    Pink,
    Grey,
}

/// What a persona is described by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PersonaGroup"))]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Age, education, where the person lives.
    Demographics,
    /// The company and the job.
    Company,
    /// How the person looks for things, decides and works.
    Behaviour,
    /// What may be spent, and who says so.
    Budget,
    /// Where the person reads and wants to be spoken to.
    Channels,
    /// What the person likes to read and see.
    Contents,
    /// What hurts.
    Pains,
}

/// One thing that is known of a persona.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PersonaEntry"))]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What it is: "Industry".
    pub label: String,
    /// What is known: "retail, fashion".
    pub text: String,
    /// What of a person's profile it speaks of; then it is a criterion of fit too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Subject>,
}

/// What of a profile a criterion asks about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A field.
    Field(FieldId),
    /// The tags.
    Tags,
}

/// A note of what a persona rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// How it was found.
    pub kind: EvidenceKind,
    /// What was found.
    pub text: String,
    /// Whom or what it is from: "12 interviews in Hangzhou".
    pub source: String,
    /// On which day: days since 1970-01-01.
    pub date: i32,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Which groups it speaks for.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub groups: BTreeSet<Group>,
}

/// How a note of evidence was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// Many were asked the same.
    Survey,
    /// One was talked to.
    Interview,
    /// Colleagues in sales and service said so.
    Internal,
    /// The base shows it.
    History,
    /// Someone else published it.
    ThirdParty,
}

/// What a person of the kind is asked to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Of what.
    pub about: Subject,
    /// What must hold.
    pub test: Test,
    /// What it weighs, 1–10.
    pub weight: u16,
    /// The group it stands in.
    pub group: Group,
}

/// What must hold of a field or of the tags.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// It is one of these: options or tags by their ids, text without regard to case and width.
    OneOf(BTreeSet<String>),
    /// The text has one of these in it.
    Contains(BTreeSet<String>),
    /// The number, or the number that the text says, lies between the two, in thousandths.
    Range {
        /// From.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<i64>,
        /// To.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<i64>,
    },
    /// It is yes, or no.
    Is(bool),
    /// It is known, whatever it is.
    Known,
}

impl Group {
    /// Every group, in the order of the card.
    pub const ALL: [Group; 7] = [
        Group::Demographics,
        Group::Company,
        Group::Behaviour,
        Group::Budget,
        Group::Channels,
        Group::Contents,
        Group::Pains,
    ];

    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Group::Demographics => "demographics",
            Group::Company => "company",
            Group::Behaviour => "behaviour",
            Group::Budget => "budget",
            Group::Channels => "channels",
            Group::Contents => "contents",
            Group::Pains => "pains",
        }
    }

    /// What a criterion weighs that follows from an entry: the company and the budget decide whether there is a deal at all.
    const fn weight(self) -> u16 {
        match self {
            Group::Company => 3,
            Group::Budget | Group::Pains => 2,
            Group::Demographics | Group::Behaviour | Group::Channels | Group::Contents => 1,
        }
    }
}

impl EvidenceKind {
    /// Every kind.
    pub const ALL: [EvidenceKind; 5] = [
        EvidenceKind::Survey,
        EvidenceKind::Interview,
        EvidenceKind::Internal,
        EvidenceKind::History,
        EvidenceKind::ThirdParty,
    ];
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
