//! Calls about browsers that are held to be programs: which there are, examples, and what a person decides.

use super::call::{Access, Call, Home, Method, Role};
use super::people::{Page, VisitorRow};
use crate::id::{SiteKey, VisitorId};
use crate::tally::{Sample, What};
use crate::verdict::Verdict;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Lists the browsers that were ever suspected, the latest first seen first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Suspected {
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many; see [`super::page_limit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

impl Call for Suspected {
    const NAME: &'static str = "suspected";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/suspected";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Page<VisitorRow>;
}

/// Lists the newest examples of what was refused or suspected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Samples {
    /// Refused or suspected.
    pub what: What,
    /// Which code, or which reason; see [`crate::tally::Tally::name`].
    pub name: String,
    /// On which site; on all, when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteKey>,
}

impl Call for Samples {
    const NAME: &'static str = "samples";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/samples";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Vec<Sample>;
}

/// Decides whether a browser is a program's, for all that it did and will do. Answers the browser as it is; a repeat
/// with the same key changes nothing and answers the same. It may be decided anew at any time. Marketers may, since it
/// changes scores, leads and public segments for everyone. Errors: `not_found`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveVerdict {
    /// The idempotency key.
    pub key: Uuid,
    /// Which browser.
    pub visitor: VisitorId,
    /// What it is; [`Verdict::Automatic`] takes an earlier verdict back.
    pub verdict: Verdict,
}

impl Call for SaveVerdict {
    const NAME: &'static str = "save_verdict";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/visitors/{visitor}/verdict";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = VisitorRow;
}
