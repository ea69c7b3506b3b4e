//! The calls for a person's own rights: everything that is held of one, and erasing it.

use super::call::{Access, Call, Home, Method, Role};
use crate::id::LeadId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Erases a person for good: records, keys, suggestions, the browsers that were theirs alone, and what every fact says of
/// them, in the journal and in edge KV. What was counted stays. A browser that others use too stays, with nobody's
/// behaviour in place of the person's. The work goes on by itself. Errors: `not_found`; `invalid` with `mismatch` on
/// `confirm`, `used` on `key`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ErasePerson {
    /// The idempotency key.
    pub key: Uuid,
    /// Who.
    pub id: LeadId,
    /// What the person is called ([`crate::lead::LeadRow::label`]), typed by who erases: it cannot be undone.
    pub confirm: String,
}

/// A person who was erased: no screen, list or call finds them any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Gone {
    /// The id that finds nobody any more.
    pub id: LeadId,
    /// Whether copies are still being taken away: of facts in the journal and in edge KV. Ask again with the same key.
    pub pending: bool,
}

impl Call for ErasePerson {
    const NAME: &'static str = "erase_person";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/leads/{id}/erase";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = Gone;
}

/// Reads everything that is held of a person: the records as they are stored, with keys, fields and their history, tags,
/// origin and suggestions; the browsers that were theirs alone, with touches and activities; and every fact of the
/// journal about them, the oldest first. A page looks through a part of the journal of at most 1 MB, and may hold none
/// of its facts. Errors: `not_found`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExportPerson {
    /// Who.
    pub id: LeadId,
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<u64>,
}

/// Part of what is held of a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Held {
    /// The person's records, on the first page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<serde_json::Value>,
    /// The browsers, on the first page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub browsers: Vec<serde_json::Value>,
    /// The facts.
    pub facts: Vec<serde_json::Value>,
    /// Where the next page begins; none on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

impl Call for ExportPerson {
    const NAME: &'static str = "export_person";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/leads/{id}/held";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = Held;
}
