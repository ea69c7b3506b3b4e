//! Calls about segments: the list, saving and taking away, who is in one by hand, and whom a condition means.

use super::call::{Access, Call, Home, Method, Role};
use super::people::LeadDetail;
use crate::id::LeadId;
use crate::segment::{ByHand, Condition, Segment};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Lists the segments, each with how many people are in it. Who they are, [`super::Leads`] lists with the filter
/// `{"column": "segment", "op": "is", "value": id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Segments {}

/// The segments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SegmentList {
    /// Each of them, in the order of their ids.
    pub segments: Vec<SegmentRow>,
    /// While everyone is asked anew, because a segment changed: how far that has come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sift: Option<Sift>,
}

/// A segment, as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SegmentRow {
    /// The segment.
    pub segment: Segment,
    /// How many people are in it.
    pub people: u64,
}

/// How far it has come that everyone is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sift {
    /// How many were asked.
    pub done: u64,
    /// Of how many.
    pub total: u64,
}

impl Call for Segments {
    const NAME: &'static str = "segments";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/segments";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = SegmentList;
}

/// Saves a segment: a new one when `expected_version` is 0. Everyone is then asked whether they are in it, in slices: the list
/// tells how far that has come. Errors: `conflict` with the segment as it is; `not_found`; `invalid` with `taken` (a public
/// segment has the name of one of browsers), or a code of [`crate::segment::check()`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveSegment {
    /// The idempotency key.
    pub key: Uuid,
    /// Which: 1–40 lower-case letters, digits and hyphens.
    pub id: String,
    /// The version that the edit was made from; 0 of a new one.
    pub expected_version: u32,
    /// The segment; its own id and version are not looked at.
    pub segment: Segment,
}

impl Call for SaveSegment {
    const NAME: &'static str = "save_segment";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/segments/{id}";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = Segment;
}

/// Takes a segment away; whoever is in it leaves it. Errors: `not_found`; `invalid` with `in_use` (another segment asks for it, or
/// a stage, routing, or the definition that holds, was signed to hold, or is being agreed on).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RemoveSegment {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: String,
}

/// The segment that was taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RemovedSegment {
    /// Its id.
    pub id: String,
}

impl Call for RemoveSegment {
    const NAME: &'static str = "remove_segment";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/segments/{id}/remove";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = RemovedSegment;
}

/// Puts somebody into a segment, or takes one out, whatever its condition says; without `by_hand` the condition decides again.
/// Answers the person. Errors: `not_found`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChooseMember {
    /// The idempotency key.
    pub key: Uuid,
    /// Of which segment.
    pub id: String,
    /// Whom.
    pub lead: LeadId,
    /// In or out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<ByHand>,
}

impl Call for ChooseMember {
    const NAME: &'static str = "choose_member";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/segments/{id}/members";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = LeadDetail;
}

/// Counts whom a condition means that nobody saved. Where it asks for nothing but what lists are filtered by, everyone is
/// counted; else it is asked of those who were active last among the ones that such a filter leaves. Errors: `invalid` with
/// a code of [`crate::segment::check()`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PreviewSegment {
    /// The condition.
    pub who: Condition,
}

/// How many a condition means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Previewed {
    /// How many of those who were looked at.
    pub people: u64,
    /// How many were looked at.
    pub looked_at: u64,
    /// Of how many who come into question: all of them were looked at where the two are the same.
    pub candidates: u64,
    /// How many leads there are.
    pub leads: u64,
}

impl Call for PreviewSegment {
    const NAME: &'static str = "preview_segment";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/segment-preview";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Previewed;
}
