//! Reports: where visits come from, how many become what, and how soon leads are answered; and the rows behind each figure.
//!
//! Every report is about days of the workspace, both ends among them. Errors of all: `invalid` with `before_begin`,
//! `too_many` (until), and of lists with `malformed` (cursor).

use super::call::{Access, Call, Home, Method, Role};
use super::people::{Page, VisitorRow};
use crate::channel::Channel;
use crate::clock;
use crate::day::Day;
use crate::id::{Ms, UserId};
use crate::lead::LeadRow;
use crate::pursuit::Answer;
use crate::report::Bucket;
use crate::stage::Rung;
use serde::{Deserialize, Serialize};

fn is_false(flag: &bool) -> bool {
    !flag
}

macro_rules! report {
    ($name:ident, $text:literal, $path:literal, $reply:ty) => {
        impl Call for $name {
            const NAME: &'static str = $text;
            const METHOD: Method = Method::Get;
            const PATH: &'static str = $path;
            const ACCESS: Access = Access::Role(Role::Viewer);
            const HOME: Home = Home::Workspace;
            type Reply = $reply;
        }
    };
}

/// Counts visits by day and by where they came from, with what became of the leads that came the same way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportVisits {
    /// The first day; the 30 days until the last one when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// The last day; today when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}
report!(
    ReportVisits,
    "report_visits",
    "/api/reports/visits",
    VisitsReport
);

/// The answer to [`ReportVisits`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VisitsReport {
    /// The first day that it is about.
    pub from: Day,
    /// The last one.
    pub until: Day,
    /// In all.
    pub all: Arrivals,
    /// In all of as many days right before.
    pub before: Arrivals,
    /// By day and channel: the days without visits are left out.
    pub days: Vec<VisitsOfDay>,
    /// By where they came from, those first that brought most visits; of more than [`VisitsReport::WAYS_MAX`] the first.
    pub ways: Vec<WayRow>,
}

impl VisitsReport {
    /// So many ways are told.
    pub const WAYS_MAX: usize = 500;
}

/// How many came, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Arrivals {
    /// Visits: sessions that began in these days.
    pub visits: u64,
    /// Browsers that they are of.
    pub visitors: u64,
    /// Of these, who came for the first time.
    pub new: u64,
    /// People who became known in these days and whose first touch came this way.
    pub leads: u64,
    /// Of these, who was qualified by marketing since.
    pub mqls: u64,
    /// Of these, who was won since.
    pub won: u64,
}

/// Visits of a day by a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VisitsOfDay {
    /// The day.
    pub day: Day,
    /// The channel; none where a browser went on after a silence, from no other place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// How many.
    pub visits: u64,
}

/// What came by one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WayRow {
    /// The channel; none where nothing is known: a browser that went on, a lead that was put down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The source; empty for direct.
    pub source: String,
    /// The campaign; empty when there was none.
    pub campaign: String,
    /// How many.
    pub counts: Arrivals,
}

/// Lists the visits behind a figure, the latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportedVisits {
    /// The first day; the 30 days until the last one when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// The last day; today when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Only those of this channel; of every one when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Only those that came from no other place.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unknown: bool,
    /// Only those of this source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Only those of this campaign; an empty one: of none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// Only the first of each browser.
    #[serde(default, skip_serializing_if = "is_false")]
    pub first: bool,
    /// Only those of browsers of whom it is known who they are.
    #[serde(default, skip_serializing_if = "is_false")]
    pub known: bool,
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many; see [`super::page_limit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}
report!(
    ReportedVisits,
    "reported_visits",
    "/api/reports/visits/rows",
    Page<ReportedVisit>
);

/// A visit behind a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportedVisit {
    /// When it began.
    pub at: Ms,
    /// Whether it was the browser's first.
    pub first: bool,
    /// The browser.
    pub visitor: VisitorRow,
    /// Who it is, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<LeadRow>,
}

/// Counts how many visitors became known, and how far those who became known have come since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportFunnel {
    /// The first day; the 30 days until the last one when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// The last day; today when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Only who came by this channel first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
}
report!(
    ReportFunnel,
    "report_funnel",
    "/api/reports/funnel",
    FunnelReport
);

/// The answer to [`ReportFunnel`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FunnelReport {
    /// The first day that it is about.
    pub from: Day,
    /// The last one.
    pub until: Day,
    /// Of these days.
    pub all: Funnel,
    /// Of as many days right before.
    pub before: Funnel,
    /// How long each rung took from the one below, in the middle of those who reached it: milliseconds.
    pub took: Vec<Took>,
    /// By the channel by which somebody came first.
    pub channels: Vec<ChannelFunnel>,
}

/// How long a rung took from the one below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Took {
    /// The rung.
    pub rung: Rung,
    /// In the middle, in milliseconds.
    pub median_ms: Ms,
}

/// How many came how far: visitors who came first in some days, and people who became known in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Funnel {
    /// Browsers that came for the first time.
    pub visitors: u64,
    /// Of these, of whom it is known who they are.
    pub known: u64,
    /// People who became known, however: by the website, an import, by hand.
    pub leads: u64,
    /// Of these, who was qualified by marketing.
    pub mqls: u64,
    /// Whom sales took.
    pub sqls: u64,
    /// Who became an opportunity.
    pub opportunities: u64,
    /// Who was won.
    pub won: u64,
    /// Who was lost, ever.
    pub lost: u64,
    /// Who was given back to nurture, ever.
    pub recycled: u64,
}

/// How far those of a channel came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChannelFunnel {
    /// The channel; none where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// How many.
    pub counts: Funnel,
}

/// Lists the people behind a figure, those who became known last first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportedLeads {
    /// The first day on which they became known; the 30 days until the last one when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// The last one; today when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Only who came by this channel first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Only of whom no channel is known.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unknown: bool,
    /// Only who came from this source first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Only who came by this campaign first; an empty one: by none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// Only who came so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<Rung>,
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many; see [`super::page_limit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}
report!(
    ReportedLeads,
    "reported_leads",
    "/api/reports/leads",
    Page<ReportedLead>
);

/// Somebody behind a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportedLead {
    /// The person.
    pub lead: LeadRow,
    /// When the person came so far: became known, where no rung was asked for.
    pub at: Ms,
}

/// Counts how soon a promise was kept, of the promises that began in some days and were kept or ran out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportResponses {
    /// The first day; the 30 days until the last one when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// The last day; today when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Which promise.
    pub kind: clock::Kind,
}
report!(
    ReportResponses,
    "report_responses",
    "/api/reports/responses",
    ResponsesReport
);

/// The answer to [`ReportResponses`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResponsesReport {
    /// The first day that it is about.
    pub from: Day,
    /// The last one.
    pub until: Day,
    /// Of all.
    pub all: Responses,
    /// Of as many days right before.
    pub before: Responses,
    /// How many were answered how soon, and what became of them.
    pub buckets: Vec<BucketRow>,
    /// By whose the lead was, those with most promises first.
    pub members: Vec<MemberResponses>,
}

/// How promises were kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Responses {
    /// In time.
    pub met: u64,
    /// Too late.
    pub late: u64,
    /// Not at all so far, and the time is over.
    pub open: u64,
    /// How many working minutes it took in the middle, of what was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub median: Option<u32>,
    /// How many it took at most in nine of ten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p90: Option<u32>,
}

impl Responses {
    /// How many there were.
    pub fn count(&self) -> u64 {
        self.met.saturating_add(self.late).saturating_add(self.open)
    }
}

/// What became of those who were answered so soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BucketRow {
    /// How soon.
    pub bucket: Bucket,
    /// How many.
    pub count: u64,
    /// Of these, whom sales took by now.
    pub sqls: u64,
    /// Of these, who was won by now.
    pub won: u64,
}

/// How a member kept promises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MemberResponses {
    /// Who; none of leads that were nobody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// The name; none of who is no longer there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How.
    pub responses: Responses,
}

/// Which promises are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PromiseKept"))]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Those that were kept in time.
    Met,
    /// Those that were kept too late.
    Late,
    /// Those that were not kept so far.
    Open,
}

/// Lists the promises behind a figure, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportedResponses {
    /// The first day; the 30 days until the last one when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// The last day; today when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Which promise.
    pub kind: clock::Kind,
    /// Only what was answered so soon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bucket: Option<Bucket>,
    /// Only what was kept so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Kept>,
    /// Only those of this member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// Only those of leads that were nobody's.
    #[serde(default, skip_serializing_if = "is_false")]
    pub nobody: bool,
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many; see [`super::page_limit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}
report!(
    ReportedResponses,
    "reported_responses",
    "/api/reports/responses/rows",
    Page<ReportedResponse>
);

/// A promise behind a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportedResponse {
    /// The person it was about.
    pub lead: LeadRow,
    /// What became of it.
    pub answer: Answer,
    /// Whose the lead was, by name; none of who is no longer there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}
