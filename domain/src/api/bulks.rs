//! Calls that do one deed with many people, a slice a call, and take it back.

use super::call::{Access, Call, Home, Method, Role};
use crate::bulk::{Bulk, Deed, Refusals, Whom};
use crate::id::{BulkId, LeadId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Does a deed with the next people, at most [`crate::bulk::SLICE_MAX`]; the answer's `next` is the `after` of the slice that
/// follows. Each of them is checked as if it were done alone; whoever is passed over is counted by the reason. A repeat with
/// the same key changes nothing and answers the same. Errors: `invalid` with `too_many` of `whom`, and the codes of
/// [`crate::list::Query::of`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DoBulk {
    /// The idempotency key of this slice.
    pub key: Uuid,
    /// Which bulk: the same of all its slices.
    pub id: BulkId,
    /// What is done.
    pub deed: Deed,
    /// With whom.
    pub whom: Whom,
    /// After whom it goes on; nobody, it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<LeadId>,
}

/// What a slice did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BulkSlice {
    /// How many it changed.
    pub done: u64,
    /// Why it passed over the others, each reason with how many.
    #[serde(default, skip_serializing_if = "Refusals::is_empty")]
    pub refused: Refusals,
    /// After whom it goes on; nobody, it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<LeadId>,
}

impl Call for DoBulk {
    const NAME: &'static str = "do_bulk";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/bulks/{id}";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = BulkSlice;
}

/// Takes a slice of a bulk back, of those whom nobody changed since; the answer's `next` is the `after` of the slice that
/// follows. Who did the bulk may, and marketing. A repeat with the same key changes nothing and answers the same. Errors:
/// `not_found`; `forbidden`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UndoBulk {
    /// The idempotency key of this slice.
    pub key: Uuid,
    /// Which bulk.
    pub id: BulkId,
    /// The `next` of the slice before; none of the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<u64>,
    /// What is written where a move back needs a word.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What was taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UndoneSlice {
    /// Of how many.
    pub undone: u64,
    /// Why of the others not, each reason with how many.
    #[serde(default, skip_serializing_if = "Refusals::is_empty")]
    pub refused: Refusals,
    /// Where it goes on; nothing, it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

impl Call for UndoBulk {
    const NAME: &'static str = "undo_bulk";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/bulks/{id}/undo";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = UndoneSlice;
}

/// Lists the bulks, the newest first: the last fifty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Bulks {}

impl Call for Bulks {
    const NAME: &'static str = "bulks";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/bulks";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = Vec<Bulk>;
}
