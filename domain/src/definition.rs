//! The lead definition: what both sides call a good lead and what each promises about it, agreed version by version.
//!
//! A draft is signed by the head of marketing and the head of sales, each naming the very version that was read; then it is
//! in force from a day on, and stays so until the next one is. Every edit of a draft is another version, and voids what was
//! signed. Not here: scores and grades, which it only names, and the words for differences, which the app's text tables have.

mod difference;

pub use difference::{Difference, Number, differences};

use crate::clock::{self, Promises};
use crate::grade::Grade;
use crate::id::{Ms, UserId};
use crate::profile::Findings;
use crate::rulebook::{Invalid, Name, SCORE_MAX};
use crate::segment::{Condition, Range, Terms, check_condition};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a definition is held to.
pub mod limit {
    /// Criteria.
    pub const CRITERIA_MAX: usize = 20;
    /// What it says in words, in bytes and each language.
    pub const TEXT_BYTES_MAX: usize = 8_192;
    /// Leads a week.
    pub const WEEKLY_MAX: u32 = 1_000_000;
    /// How far ahead it may come into force, in days.
    pub const AHEAD_DAYS_MAX: i64 = 366;
}

/// What a good lead is, and what both sides promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "LeadDefinition"))]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// In words, in each language.
    pub text: Name,
    /// The score it takes, 1–100.
    pub score: i32,
    /// The grades that will do; none, any, and none given.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub grades: BTreeSet<Grade>,
    /// What else must hold: the size, the product, the industry, the opportunity.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Criterion>,
    /// What sales promises about each lead.
    pub promises: Promises,
    /// How many of them marketing promises a week.
    pub weekly: u32,
    /// How many of them sales can take up a week.
    pub capacity: u32,
}

/// One thing that must hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "DefinitionCriterion"))]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its stable name in the definition.
    pub id: String,
    /// What people call it, in each language.
    pub name: Name,
    /// What must hold.
    pub who: Condition,
}

/// Who agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The head of marketing.
    Marketing,
    /// The head of sales.
    Sales,
}

impl Side {
    /// Both sides.
    pub const ALL: [Side; 2] = [Side::Marketing, Side::Sales];
}

/// A signature under one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Who.
    pub by: UserId,
    /// That person's name or address then: it stays readable when the person is gone.
    pub name: String,
    /// When.
    pub at: Ms,
}

/// A version of the definition: a draft as long as a signature is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "DefinitionVersion"))]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Its number, from 1: every edit is another one.
    pub version: u32,
    /// What it says.
    pub definition: Definition,
    /// From when on it is to hold; in force from the later of this and the second signature.
    pub from: Ms,
    /// Who signed it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub signed: BTreeMap<Side, Signature>,
}

impl Version {
    /// From when on it is in force; never while a signature is missing.
    pub fn in_force_from(&self) -> Option<Ms> {
        let all = Side::ALL.iter().all(|side| self.signed.contains_key(side));
        let last = self.signed.values().map(|signature| signature.at).max();
        last.filter(|_| all).map(|last| last.max(self.from))
    }
}

/// All versions that were signed, and the draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// Those that both sides signed, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signed: Vec<Version>,
    /// The one that is being agreed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Version>,
    /// The number of the last version there was.
    #[serde(default)]
    pub last: u32,
}

fn wrong<T>(field: &str, code: &'static str) -> Result<T, Invalid> {
    Err(Invalid {
        field: field.to_owned(),
        code,
    })
}

impl Agreement {
    /// The version in force at an instant: of those that are, the one that came into force last.
    pub fn in_force(&self, at: Ms) -> Option<&Version> {
        let begun = self.signed.iter().filter_map(|version| {
            let from = version.in_force_from()?;
            (from <= at).then_some((from, version.version, version))
        });
        let last = begun.max_by_key(|(from, number, _)| (*from, *number));
        last.map(|(_, _, version)| version)
    }

    /// When another version comes into force next.
    pub fn next_change(&self, after: Ms) -> Option<Ms> {
        let begins = self.signed.iter().filter_map(Version::in_force_from);
        begins.filter(|from| *from > after).min()
    }

    /// The version that holds, and all that may hold after it: those that were signed for later, and the draft.
    pub fn to_hold(&self, holds: Option<u32>) -> impl Iterator<Item = &Version> {
        let begins = |version: &Version| (version.in_force_from(), version.version);
        let held = holds.and_then(|number| self.version(number)).map(begins);
        let signed = self.signed.iter();
        let signed = signed.filter(move |version| Some(begins(version)) >= held);
        signed.chain(&self.draft)
    }

    /// Puts a draft down as the next version. `expected` is the last version that its author saw; signatures under the draft
    /// before are void. Codes: `conflict`, `not_ahead`.
    pub fn draft(
        &mut self,
        definition: Definition,
        from: Ms,
        expected: u32,
        now: Ms,
    ) -> Result<&Version, Invalid> {
        if expected != self.last {
            return wrong("expected_version", "conflict");
        }
        if from > now.saturating_add(limit::AHEAD_DAYS_MAX.saturating_mul(crate::day::DAY_MS)) {
            return wrong("from", "not_ahead");
        }
        let version = self.last.saturating_add(1);
        Ok(self.put(version, definition, from))
    }

    /// Puts a version down as the draft.
    pub(crate) fn put(&mut self, version: u32, definition: Definition, from: Ms) -> &Version {
        self.last = version;
        self.draft.insert(Version {
            version,
            definition,
            from,
            signed: BTreeMap::new(),
        })
    }

    /// Signs the draft for a side; whether it is signed by both now. `version` is the one that the person read; `heads` are
    /// those who may sign. Codes: `no_draft`, `other_version`, `not_the_head`, `signed_already`, `same_person`.
    pub fn sign(
        &mut self,
        side: Side,
        version: u32,
        signature: Signature,
        heads: &BTreeMap<Side, UserId>,
    ) -> Result<bool, Invalid> {
        let Some(draft) = &mut self.draft else {
            return wrong("version", "no_draft");
        };
        if draft.version != version {
            return wrong("version", "other_version");
        }
        if heads.get(&side) != Some(&signature.by) {
            return wrong("side", "not_the_head");
        }
        if draft.signed.contains_key(&side) {
            return wrong("side", "signed_already");
        }
        if draft.signed.values().any(|other| other.by == signature.by) {
            return wrong("side", "same_person");
        }
        Ok(self.note(side, signature))
    }

    /// Puts a signature under the draft; whether it is signed by both now.
    pub(crate) fn note(&mut self, side: Side, signature: Signature) -> bool {
        let Some(draft) = &mut self.draft else {
            return false;
        };
        draft.signed.insert(side, signature);
        if draft.in_force_from().is_none() {
            return false;
        }
        self.signed.extend(self.draft.take());
        true
    }

    /// A version that is there: the draft, or one that was signed.
    pub fn version(&self, number: u32) -> Option<&Version> {
        let mut all = self.signed.iter().chain(&self.draft);
        all.find(|version| version.version == number)
    }
}

impl Definition {
    /// What must hold of a lead, as one condition: what lets it into the stage of marketing's qualified leads.
    pub fn condition(&self) -> Condition {
        let score = Condition::Score(Range {
            min: Some(self.score),
            max: None,
        });
        let grades = Some(self.grades.clone()).filter(|grades| !grades.is_empty());
        let grades = grades.map(Condition::Grade);
        let criteria = self.criteria.iter().map(|criterion| criterion.who.clone());
        Condition::All([score].into_iter().chain(grades).chain(criteria).collect())
    }
}

/// What a new workspace may begin to agree on.
pub fn starter() -> Definition {
    Definition {
        text: Name {
            zh: "与我们目标客户相符、表现出购买兴趣、可以联系上的人。".into(),
            en: "Somebody who is whom we sell to, shows interest in buying, and can be reached."
                .into(),
        },
        score: 60,
        grades: BTreeSet::new(),
        criteria: Vec::new(),
        promises: Promises::default(),
        weekly: 20,
        capacity: 30,
    }
}

/// Says what is wrong with a definition; nothing when it may be put down. Codes: `out_of_range`, `over_capacity`, `too_many`,
/// `not_a_slug`, `duplicate`, `empty`, `too_long`, and those of a condition.
pub fn check(terms: &Terms<'_>, definition: &Definition) -> Vec<Invalid> {
    let mut found = Findings::default();
    for (lang, text) in [("zh", &definition.text.zh), ("en", &definition.text.en)] {
        found.text(text, limit::TEXT_BYTES_MAX, format_args!("text.{lang}"));
    }
    let range = (1..=SCORE_MAX).contains(&definition.score);
    found.require(range, format_args!("score"), "out_of_range");
    let range = 1..=limit::WEEKLY_MAX;
    for (field, number) in [
        ("weekly", definition.weekly),
        ("capacity", definition.capacity),
    ] {
        found.require(
            range.contains(&number),
            format_args!("{field}"),
            "out_of_range",
        );
    }
    let fits = definition.weekly <= definition.capacity;
    found.require(fits, format_args!("weekly"), "over_capacity");
    let few = definition.criteria.len() <= limit::CRITERIA_MAX;
    found.require(few, format_args!("criteria"), "too_many");
    let mut taken = BTreeSet::new();
    for (place, criterion) in definition.criteria.iter().enumerate() {
        let path = format_args!("criteria[{place}]");
        let slug = crate::id::is_slug(&criterion.id, crate::stage::limit::ID_BYTES_MAX);
        found.require(slug, format_args!("{path}.id"), "not_a_slug");
        let own = taken.insert(criterion.id.as_str());
        found.require(own, format_args!("{path}.id"), "duplicate");
        found.name(&criterion.name, format_args!("{path}.name"));
        check_condition(
            &mut found,
            terms,
            &criterion.who,
            format_args!("{path}.who"),
        );
    }
    for invalid in clock::check(&definition.promises) {
        let field = invalid.field;
        found.require(false, format_args!("promises.{field}"), invalid.code);
    }
    found.into_vec()
}

#[cfg(test)]
mod tests;
