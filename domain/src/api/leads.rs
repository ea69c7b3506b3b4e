//! Calls that change people: putting one down, editing, merging and its undoing, and what is suggested.

use super::call::{Access, Call, Home, Method, Role};
use super::people::{LeadDetail, Page};
use crate::account::{BuyingRole, Choice};
use crate::contact::Key;
use crate::draft::Draft;
use crate::id::{AccountId, LeadId};
use crate::lead::LeadRow;
use crate::profile::{FieldId, Value};
use crate::suggestion::Suggestion;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Puts a person down: whom the base knows by one of the keys is changed, anyone else is opened. Answers the person as it
/// is. A repeat with the same key changes nothing. What the caller says is proof: it overwrites, and where it has keys of
/// two people it merges them, or suggests that, see [`crate::fold`]. Errors: `invalid` with `no_key` (neither a key nor a
/// name), `too_many`, `too_long`, and those of [`crate::change`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PutLead {
    /// The idempotency key.
    pub key: Uuid,
    /// The person.
    #[serde(flatten)]
    pub draft: Draft,
    /// Whether what is known already stays.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fill_only: bool,
}

impl Call for PutLead {
    const NAME: &'static str = "put_lead";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/leads";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = LeadDetail;
}

/// Changes what is known of a person. Who changes a field that someone else changed since `expected_seq` gets a `conflict`
/// with the person as it is; changes of different fields both hold. Other errors: `not_found`; `invalid` with `taken` (the
/// key is another person's), `unknown` (account), `too_many`, `too_long`, and those of [`crate::change`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveLead {
    /// The idempotency key.
    pub key: Uuid,
    /// Whom.
    pub id: LeadId,
    /// The `seq` of the row that the edit was made from.
    pub expected_seq: u64,
    /// What is put into fields; nothing empties one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<FieldId, Option<Value>>,
    /// Tags to put on.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tagged: BTreeSet<String>,
    /// Tags to take off.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub untagged: BTreeSet<String>,
    /// Keys that are the person's too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<Key>,
    /// Keys that are not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<Key>,
    /// The company that the person is of: `{"is": id}`, or `"nothing"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Choice<AccountId>>,
    /// What the person is to the decision to buy, in the same way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Choice<BuyingRole>>,
}

impl Call for SaveLead {
    const NAME: &'static str = "save_lead";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/leads/{id}";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = LeadDetail;
}

/// Says that two are one person: `other` is shown no longer. Answers the person. Errors: `not_found`; `invalid` with
/// `same_person` (they are one already), `too_many` (records of one person).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MergeLeads {
    /// The idempotency key.
    pub key: Uuid,
    /// Who stays.
    pub id: LeadId,
    /// Who is merged into it.
    pub other: LeadId,
}

impl Call for MergeLeads {
    const NAME: &'static str = "merge_leads";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/leads/{id}/merge";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = LeadDetail;
}

/// Shows who would come of a merge, without doing it. Errors as [`MergeLeads`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PreviewMerge {
    /// Who would stay.
    pub id: LeadId,
    /// Who would be merged into it.
    pub other: LeadId,
}

impl Call for PreviewMerge {
    const NAME: &'static str = "preview_merge";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/leads/{id}/merge";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = LeadDetail;
}

/// Takes a merge back: `id` is a record that was merged, and is shown again, with whatever was merged into it before.
/// What was written meanwhile stays with whom it was written to. Answers the person. Errors: `not_found`; `invalid` with
/// `not_merged`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UndoMerge {
    /// The idempotency key.
    pub key: Uuid,
    /// Which record.
    pub id: LeadId,
}

impl Call for UndoMerge {
    const NAME: &'static str = "undo_merge";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/leads/{id}/unmerge";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = LeadDetail;
}

/// Lists what is to be settled, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Suggestions {
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many; see [`super::page_limit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Something to settle, and whom it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SuggestionRow {
    /// Which.
    pub id: Uuid,
    /// What, and why.
    #[serde(flatten)]
    pub suggestion: Suggestion,
    /// The people, as lists show them.
    pub leads: Vec<LeadRow>,
}

impl Call for Suggestions {
    const NAME: &'static str = "suggestions";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/suggestions";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Page<SuggestionRow>;
}

/// Says that a suggestion is wrong: it is not made again. One that is right is settled by doing what it says:
/// [`MergeLeads`], or [`SaveLead`] with the key. Answers the suggestion. Errors: `not_found`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DismissSuggestion {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: Uuid,
}

impl Call for DismissSuggestion {
    const NAME: &'static str = "dismiss_suggestion";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/suggestions/{id}/dismiss";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = Suggestion;
}
