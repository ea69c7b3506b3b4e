//! Calls about what the collector did: the counts of the last days.

use super::call::{Access, Call, Home, Method, Role};
use crate::day::Day;
use crate::tally::Tally;
use serde::{Deserialize, Serialize};

/// Lists what was stored, repeated, suspected and refused in the last days. Of what was stored the sum of a site and
/// day is told, under an empty name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tallies {
    /// How many days, today among them: 1–[`Tallies::DAYS_MAX`], 7 when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
}

impl Tallies {
    /// No list goes further back.
    pub const DAYS_MAX: u32 = 90;

    /// How many days are asked for.
    pub fn days(&self) -> u32 {
        self.days.unwrap_or(7).clamp(1, Tallies::DAYS_MAX)
    }
}

impl Call for Tallies {
    const NAME: &'static str = "tallies";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/tallies";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = TallyList;
}

/// The answer to [`Tallies`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TallyList {
    /// The last of the days: today in the workspace's zone.
    pub today: Day,
    /// The counts, the newest day first.
    pub tallies: Vec<Tally>,
}
