//! Calls about the definition of a good lead: who signs it, drafts, signatures, and what differs between versions.

use super::call::{Access, Call, Home, Method, Role};
use crate::definition::{Agreement, Definition, Difference, Side};
use crate::id::{Ms, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Reads the definition: every version that was signed, the draft, and which holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadDefinition {}

/// The definition, as members see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DefinitionState {
    /// The versions, and the draft.
    pub agreement: Agreement,
    /// Who signs for which side; nobody as long as the owner named nobody.
    pub heads: BTreeMap<Side, UserId>,
    /// The version that holds; without one the rulebook's line does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force: Option<u32>,
    /// What the draft would change of the version that holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Difference>,
    /// What the next draft may begin from.
    pub next: Definition,
}

impl Call for ReadDefinition {
    const NAME: &'static str = "definition";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/definition";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = DefinitionState;
}

/// Puts the next version down as the draft; what was signed of the one before is void. Errors: `conflict` with the
/// [`DefinitionState`], when `expected_version` is not the last version there was; `invalid` with `not_ahead`, or a code of
/// [`crate::definition::check()`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DraftDefinition {
    /// The idempotency key.
    pub key: Uuid,
    /// The last version that its author saw; 0 before any.
    pub expected_version: u32,
    /// What it says.
    pub definition: Definition,
    /// From when on it is to hold; from the second signature on when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Ms>,
}

impl Call for DraftDefinition {
    const NAME: &'static str = "draft_definition";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/definition";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = DefinitionState;
}

/// Signs the draft for a side: both heads do, each the version that was read. Errors: `conflict` with the
/// [`DefinitionState`], when there is no draft, it is another version, or the side has signed; `invalid` with `not_the_head`,
/// or `same_person`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignDefinition {
    /// The idempotency key.
    pub key: Uuid,
    /// The version that the person read.
    pub expected_version: u32,
    /// For which side.
    pub side: Side,
}

impl Call for SignDefinition {
    const NAME: &'static str = "sign_definition";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/definition/sign";
    const ACCESS: Access = Access::Session(Role::Sales);
    const HOME: Home = Home::Workspace;
    type Reply = DefinitionState;
}

/// Names who signs. Errors: `invalid` with `same_person`, `unknown_member`, or `role_too_low` of someone who may not sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NameHeads {
    /// The idempotency key.
    pub key: Uuid,
    /// The head of marketing.
    pub marketing: UserId,
    /// The head of sales.
    pub sales: UserId,
}

impl Call for NameHeads {
    const NAME: &'static str = "name_heads";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/definition/heads";
    const ACCESS: Access = Access::Session(Role::Owner);
    const HOME: Home = Home::Workspace;
    type Reply = DefinitionState;
}

/// Tells what differs between two versions, as values that a text table can put into words. Errors: `invalid` with
/// `unknown_version`, of one that was never signed and is not the draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CompareDefinitions {
    /// One version; the one that holds when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<u32>,
    /// The other; the draft when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u32>,
}

impl Call for CompareDefinitions {
    const NAME: &'static str = "compare_definitions";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/definition/differences";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Vec<Difference>;
}
