//! Calls about the fields and tags that a workspace has.

use super::call::{Access, Call, Home, Method, Role};
use crate::profile::Schema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Reads the fields and tags that there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadSchema {}

impl Call for ReadSchema {
    const NAME: &'static str = "schema";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/schema";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Schema;
}

/// Saves the fields and tags, whole. What was saved once stays, retired at most. Errors: `conflict` with the schema as it is,
/// when `expected_version` is not its version; `invalid` with a code of [`crate::profile::check()`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveSchema {
    /// The idempotency key.
    pub key: Uuid,
    /// The version that the edit was made from.
    pub expected_version: u32,
    /// The schema; its own version is not looked at.
    pub schema: Schema,
}

impl Call for SaveSchema {
    const NAME: &'static str = "save_schema";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/schema";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = Schema;
}

/// Takes tags in that were made on the way, by an import say: those that are not known yet come to a group of their own.
/// Tags that are known stay as they are, so that it may be asked twice. Answers the schema. Errors: `invalid` with
/// `too_many`, or a code of [`crate::profile::check()`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AdmitTags {
    /// The idempotency key.
    pub key: Uuid,
    /// What people call the tags, by their ids; at most [`AdmitTags::MAX`].
    pub tags: BTreeMap<String, String>,
}

impl AdmitTags {
    /// Tags of one call.
    pub const MAX: usize = 500;
}

impl Call for AdmitTags {
    const NAME: &'static str = "admit_tags";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/schema/tags";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = Schema;
}
