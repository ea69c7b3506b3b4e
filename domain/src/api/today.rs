//! What a day asks of somebody: clocks, tasks, leads that got hot, those that were forgotten, and what is to be settled.

use super::call::{Access, Call, Home, Method, Role};
use super::desk::ClockRow;
use super::leads::SuggestionRow;
use super::people::Page;
use super::tasks::TaskRow;
use crate::id::Ms;
use crate::lead::LeadRow;
use crate::rulebook::Name;
use serde::{Deserialize, Serialize};

/// Lists the people who are to be worked, are somebody's, were not spoken to for some days, and for whom nothing is set; those
/// who wait longest first. Errors: `invalid` with `malformed` (cursor), `out_of_range` (days).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Forgotten {
    /// Whether only those of whoever asks.
    #[serde(default)]
    pub mine: bool,
    /// For how many days; [`crate::clock::Promises::forgotten_days`] when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many; see [`super::page_limit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Somebody who was forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ForgottenRow {
    /// The person.
    pub lead: LeadRow,
    /// Since when nobody spoke to the person, or, where that is later, since when it is the owner's.
    pub since: Ms,
    /// For how many whole days.
    pub days: u32,
}

impl Call for Forgotten {
    const NAME: &'static str = "forgotten";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/forgotten";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Page<ForgottenRow>;
}

/// Reads what the day asks of whoever asks, or of everyone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Today {
    /// Whether of everyone.
    #[serde(default)]
    pub everyone: bool,
    /// How many of each are shown: 1–50; 10 when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

impl Today {
    /// How many of each are shown.
    pub fn shown(&self) -> u32 {
        self.limit.unwrap_or(10).clamp(1, 50)
    }
}

/// How many there are of something, and the first of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Part<T> {
    /// How many.
    pub count: u64,
    /// The first of them.
    pub items: Vec<T>,
}

/// What the day asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TodayDetail {
    /// As of when.
    pub now: Ms,
    /// When the day ends, by the working calendar's clock.
    pub ends: Ms,
    /// Since when leads are looked at for what got hot: when the day before began, in the workspace's days.
    pub since: Ms,
    /// Promises whose time is over, the earliest due first.
    pub breached: Part<ClockRow>,
    /// Promises that run, the earliest due first.
    pub running: Part<ClockRow>,
    /// Tasks whose time is over.
    pub overdue: Part<TaskRow>,
    /// Tasks that are due before the day ends.
    pub due: Part<TaskRow>,
    /// People whose score rose, the most first: among the fifty with the highest scores who did something since.
    pub hot: Part<HotLead>,
    /// People who were forgotten.
    pub forgotten: Part<ForgottenRow>,
    /// What is to be settled, of everyone.
    pub suggestions: Part<SuggestionRow>,
}

/// Somebody whose score rose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HotLead {
    /// The person.
    pub lead: LeadRow,
    /// The score then.
    pub from: i32,
    /// The score now.
    pub to: i32,
    /// The rules that gave points since then, the most first.
    pub why: Vec<HotRule>,
}

/// A rule that gave points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HotRule {
    /// Which, by its id.
    pub id: String,
    /// What it is called.
    pub name: Name,
    /// How often it gave points.
    pub times: u32,
    /// How many counted.
    pub points: i32,
}

impl Call for Today {
    const NAME: &'static str = "today";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/today";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = TodayDetail;
}
