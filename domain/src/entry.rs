//! An entry of a person's history: a change of what is known, by whom, and what was there before.
//!
//! Not here: what the person did, and conversations, which stand beside them on the timeline.

use crate::clock;
use crate::contact::Key;
use crate::id::{ImportId, LeadId, Ms, UserId, VisitorId};
use crate::profile::{FieldId, Value};
use crate::pursuit::Given;
use crate::segment::ByHand;
use crate::stage::{Cause, Done};
use crate::suggestion::Suggested;
use crate::task::Task;
use crate::verdict::Verdict;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A change of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entry {
    /// When what it tells of happened.
    pub at: Ms,
    /// The journal's number of the fact.
    pub seq: u64,
    /// Which member, by the address, or which token; nobody, a rule of the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What changed.
    pub what: Change,
}

/// What changed of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Change {
    /// The person was put down, or changed.
    Put {
        /// Whether the base had not known the person.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        opened: bool,
        /// The file that it stands in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        import: Option<ImportId>,
        /// The fields.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        fields: Vec<FieldChange>,
        /// Tags that were put on.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        tagged: BTreeSet<String>,
        /// Tags that were taken off.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        untagged: BTreeSet<String>,
        /// Keys that were given.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        keys: Vec<Key>,
        /// Keys that were taken away.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        dropped: Vec<Key>,
    },
    /// A browser named the person.
    Named {
        /// Which.
        visitor: VisitorId,
        /// By which keys.
        keys: Vec<Key>,
        /// The fields that were empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        fields: Vec<FieldChange>,
    },
    /// A browser names the person no longer.
    Unnamed {
        /// Which.
        visitor: VisitorId,
    },
    /// Another became one with the person.
    Merged {
        /// Who is shown.
        survivor: LeadId,
        /// Who is shown no longer.
        merged: LeadId,
    },
    /// The two were parted again.
    Parted {
        /// Who is shown.
        survivor: LeadId,
        /// Who is shown again.
        merged: LeadId,
    },
    /// Something that was suggested is not so.
    Dismissed {
        /// What.
        what: Suggested,
    },
    /// An import was taken back.
    TakenBack {
        /// Which.
        import: ImportId,
    },
    /// It was decided whether a browser is a program's.
    Judged {
        /// Which.
        visitor: VisitorId,
        /// What holds.
        verdict: Verdict,
    },
    /// The person came into a stage.
    Moved {
        /// From which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<String>,
        /// Into which.
        to: String,
        /// By what.
        cause: Cause,
    },
    /// A step was done, or was not after all.
    Stepped {
        /// Which, by its id in the ladder.
        step: String,
        /// When and by whom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        done: Option<Done>,
    },
    /// The person became somebody's to work, or nobody's.
    Assigned {
        /// Whose.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<UserId>,
        /// Why.
        why: Given,
    },
    /// What was promised was done, or was not in time.
    Promised {
        /// What.
        kind: clock::Kind,
        /// What became of it.
        turn: clock::Turn,
    },
    /// Something was to be done with the person, was done, or is not to be done any more.
    Tasked {
        /// The task as it became.
        task: Box<Task>,
    },
    /// Somebody put the person into a segment, or took it out.
    Chosen {
        /// Which segment.
        segment: String,
        /// In or out; nothing when the segment's condition decides again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by_hand: Option<ByHand>,
    },
    /// The person entered segments or left some, and the tags followed.
    Sifted {
        /// Those that were entered.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        entered: BTreeSet<String>,
        /// Those that were left.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        left: BTreeSet<String>,
        /// Tags that came on.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        tagged: BTreeSet<String>,
        /// Tags that went off.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        untagged: BTreeSet<String>,
    },
}

/// A field that holds something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldChange {
    /// Which.
    pub field: FieldId,
    /// What it held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Value>,
    /// What it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Value>,
}
