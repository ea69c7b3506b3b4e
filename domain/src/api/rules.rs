//! Calls about the rulebook: reading it, publishing a version, and the history a what-if replays.

use super::call::{Access, Call, Home, Method, Role};
use crate::day::{Day, Zone};
use crate::id::{LeadId, Ms, UserId};
use crate::rulebook::Rulebook;
use crate::score::{Shape, ShapeId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Reads the published rulebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadRulebook {}

impl Call for ReadRulebook {
    const NAME: &'static str = "rulebook";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/rulebook";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Published;
}

/// A published rulebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Published {
    /// Its version, from 1.
    pub version: u32,
    /// When it was published.
    pub at: Ms,
    /// Who published it: an e-mail address, or nothing for the starter rulebook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The rules.
    pub rulebook: Rulebook,
    /// The re-scoring under way, if one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rescore: Option<Rescore>,
}

/// Reads the versions there were, the latest first, so many at a time ([`VERSIONS_MAX`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RulebookVersions {
    /// Those before this version; all of them when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u32>,
}

/// So many versions are read at a time.
pub const VERSIONS_MAX: u32 = 20;

impl Call for RulebookVersions {
    const NAME: &'static str = "rulebook_versions";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/rulebook/versions";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Vec<Published>;
}

/// How far a re-scoring has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rescore {
    /// By which version.
    pub version: u32,
    /// Leads and visitors done.
    pub done: u64,
    /// Leads and visitors in all.
    pub total: u64,
}

/// Publishes a rulebook as the version after the expected one. Answers what is published; a repeat with the same
/// key changes nothing and answers the same. Errors: `conflict` with the current [`Published`]; the codes of
/// [`crate::rulebook::check`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveRulebook {
    /// The idempotency key.
    pub key: Uuid,
    /// The version that the draft was made from.
    pub expected_version: u32,
    /// The draft.
    pub rulebook: Rulebook,
}

impl Call for SaveRulebook {
    const NAME: &'static str = "save_rulebook";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/rulebook";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = Published;
}

/// Reads the history that a what-if replays, a page of leads at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Replay {
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl Call for Replay {
    const NAME: &'static str = "replay";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/replay";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = ReplayPage;
}

/// Leads with what they did, as compact as JSON allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReplayPage {
    /// The zone that days are counted in.
    pub zone: Zone,
    /// The day as of which the scores are.
    pub today: Day,
    /// What the shapes in this page stand for.
    pub shapes: Vec<(ShapeId, Shape)>,
    /// The leads.
    pub leads: Vec<ReplayLead>,
    /// Where the next page begins; none on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many leads there are in all.
    pub total: u64,
}

/// A lead's activities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReplayLead {
    /// Whose.
    pub id: LeadId,
    /// What people know the lead by: its name, else its e-mail address.
    pub label: String,
    /// The score now.
    pub score: i32,
    /// The source of the first touch, else where the person comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Who has the lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<UserId>,
    /// What sales said of it; none as long as it said nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<bool>,
    /// Whether it was won.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub won: bool,
    /// (time, shape) in (time, event id) order.
    pub activities: Vec<(Ms, ShapeId)>,
}
