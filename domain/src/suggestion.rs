//! A suggestion: what may be so and only a person can tell.
//!
//! Not here: when one is made ([`crate::fold`]).

use crate::contact::Key;
use crate::id::{AccountId, EventId, LeadId, Ms};
use crate::likeness;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Something to settle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Suggestion {
    /// When it was made.
    pub at: Ms,
    /// What may be so.
    pub what: Suggested,
    /// Why.
    pub why: Why,
    /// What became of it.
    pub state: Settled,
}

/// What may be so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Suggested {
    /// The two are one person; the smaller id first.
    SamePerson(LeadId, LeadId),
    /// The key is this person's too.
    OwnKey(LeadId, Key),
    /// The person is of this company.
    Member(LeadId, AccountId),
}

/// Why something may be so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// An event claims a key of each.
    ClaimedTogether(EventId),
    /// A file or another system has a key of each, and each has another of the same kind.
    PutTogether(Uuid),
    /// The names and the companies are alike.
    Alike(likeness::Why),
    /// The company's name is that of the account.
    CompanyName,
}

/// What became of a suggestion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Settled {
    /// Nobody has looked at it.
    #[default]
    Open,
    /// It is so.
    Taken,
    /// It is not, and is not suggested again.
    Dismissed,
}

/// Of one person, at most so many suggestions are kept; more are not made.
pub const SUGGESTIONS_MAX: usize = 50;

impl Suggested {
    /// That two are one person.
    pub fn same_person(one: LeadId, other: LeadId) -> Suggested {
        Suggested::SamePerson(one.min(other), one.max(other))
    }

    /// The suggestion's id: the same is suggested once.
    pub fn id(&self) -> Uuid {
        let text = match self {
            Suggested::SamePerson(one, other) => format!("same_person/{one}/{other}"),
            Suggested::OwnKey(lead, key) => format!("own_key/{lead}/{key}"),
            Suggested::Member(lead, account) => format!("member/{lead}/{account}"),
        };
        crate::id::derived(&text)
    }

    /// Whom it is about, or the first of them.
    pub fn lead(&self) -> LeadId {
        match self {
            Suggested::SamePerson(lead, _)
            | Suggested::OwnKey(lead, _)
            | Suggested::Member(lead, _) => *lead,
        }
    }

    /// Whom it is about.
    pub fn leads(&self) -> Vec<LeadId> {
        match self {
            Suggested::SamePerson(one, other) => vec![*one, *other],
            Suggested::OwnKey(lead, _) | Suggested::Member(lead, _) => vec![*lead],
        }
    }
}
