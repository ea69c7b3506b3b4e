//! Calls that hand whole lists out, for a file.

use super::call::{Access, Call, Home, Method, Role};
use super::people::Page;
use crate::contact::Key;
use crate::draft::Origin;
use crate::lead::LeadRow;
use crate::list::{Asked, Column, Direction};
use crate::profile::{FieldId, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An export's limit, 1–1,000; 1,000 when it says nothing.
pub fn export_limit(asked: Option<u32>) -> u32 {
    asked.unwrap_or(1_000).clamp(1, 1_000)
}

/// Lists leads with all that is known of each, in bigger pages. Personal data leave the workspace by it, so it takes a role
/// that works with people, and not one that reads. Parameters and errors as of [`super::Leads`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExportLeads {
    /// As of [`super::Leads`].
    #[serde(default)]
    pub order: Column,
    /// As of [`super::Leads`].
    #[serde(default, skip_serializing_if = "Direction::is_default")]
    pub direction: Direction,
    /// As of [`super::Leads`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// As of [`super::Leads`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many; see [`export_limit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

impl ExportLeads {
    /// What is asked for.
    pub fn asked(&self) -> Asked<'_> {
        Asked {
            order: &self.order,
            direction: self.direction,
            filter: self.filter.as_deref(),
            search: self.search.as_deref(),
            cursor: self.cursor.as_deref(),
        }
    }
}

/// A person with all that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeadRecord {
    /// What lists show.
    pub row: LeadRow,
    /// What the person is found by, what is proven first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<Key>,
    /// What is known, by field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<FieldId, Value>,
    /// Where the person comes from, where no visit tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

impl Call for ExportLeads {
    const NAME: &'static str = "export_leads";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/leads/export";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = Page<LeadRecord>;
}

/// Hands everything out: every fact of the journal, the oldest first, each as the journal has it. All else is built from it. A
/// page is what stands together, at most 1 MB and sometimes of a single fact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExportFacts {
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<u64>,
}

/// Part of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FactPage {
    /// The facts.
    pub facts: Vec<serde_json::Value>,
    /// The number of the last fact that there is.
    pub last: u64,
    /// Where the next page begins; none on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

impl Call for ExportFacts {
    const NAME: &'static str = "export_facts";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/export";
    const ACCESS: Access = Access::Role(Role::Owner);
    const HOME: Home = Home::Workspace;
    type Reply = FactPage;
}
