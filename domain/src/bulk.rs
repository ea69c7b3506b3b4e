//! One deed done with many people: what it may be, with whom, and what its slices tell.
//!
//! A bulk goes on in slices, each a commit of its own, and each slice tells whom it changed and how they were before: so it can
//! be taken back. Not here: doing it ([`crate::fold`]).

use crate::id::{BulkId, LeadId, Ms, UserId, derived};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// People of one slice.
pub const SLICE_MAX: usize = 100;

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "BulkDeed"))]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Deed {
    /// They are somebody's, or nobody's.
    Give {
        /// Whose.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<UserId>,
    },
    /// They go into a stage.
    Move {
        /// Which, by its id.
        to: String,
        /// Why, by the id of a reason: needed to give back and to lose.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// What is to be said about it: needed to go back.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// A tag is put on.
    Tag {
        /// Which, by its id.
        tag: String,
    },
    /// A tag is taken off.
    Untag {
        /// Which, by its id.
        tag: String,
    },
    /// They are put into a segment by hand.
    Enter {
        /// Which, by its id.
        segment: String,
    },
    /// They are taken out of a segment by hand.
    Leave {
        /// Which, by its id.
        segment: String,
    },
}

/// With whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// These: at most [`SLICE_MAX`] a slice.
    These(Vec<LeadId>),
    /// Everyone in a list, in the order of their ids: whoever is in it when it is their turn.
    Matching {
        /// What must hold, as of [`crate::api::Leads`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        filter: Option<String>,
        /// What is searched for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        search: Option<String>,
    },
}

/// Why people were passed over, by codes, each with how many.
pub type Refusals = BTreeMap<String, u64>;

/// A bulk, as its history lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Bulk {
    /// Which.
    pub id: BulkId,
    /// What was done.
    pub deed: Deed,
    /// When it began.
    pub at: Ms,
    /// Which member began it, by the address.
    pub by: String,
    /// How many it changed.
    pub done: u64,
    /// Of how many that was taken back.
    pub undone: u64,
    /// Whether whoever asks may take it back.
    pub mine: bool,
}

/// The idempotency key of what a slice does with one person.
pub fn key_of(slice: Uuid, lead: LeadId) -> Uuid {
    derived(&format!("bulk/{slice}/{lead}"))
}
