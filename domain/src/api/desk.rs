//! Calls about who gets which leads and by when: working hours, routing, promises, who is away or gone, and the clocks that
//! run. Not here: the stages ([`super::stages`]).

use super::accounts::AccountCard;
use super::call::{Access, Call, Home, Method, Role};
use super::people::Page;
use super::session::Member;
use super::stages::{ClockStanding, Pursued};
use crate::clock::Promises;
use crate::holidays::Table;
use crate::hours::Calendar;
use crate::id::{AccountId, LeadId, UserId};
use crate::lead::LeadRow;
use crate::routing::{Away, Routing};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Reads when the company works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadCalendar {}

impl Call for ReadCalendar {
    const NAME: &'static str = "calendar";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/calendar";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Calendar;
}

/// Saves when the company works; clocks that run keep the end they have. Errors: `conflict` with the calendar as it is;
/// `invalid` with a code of [`crate::hours::check()`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveCalendar {
    /// The idempotency key.
    pub key: Uuid,
    /// The version that the edit was made from.
    pub expected_version: u32,
    /// The calendar; its own version is not looked at.
    pub calendar: Calendar,
}

impl Call for SaveCalendar {
    const NAME: &'static str = "save_calendar";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/calendar";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = Calendar;
}

/// Lists the holidays of countries that a calendar may take over, a year at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Holidays {}

impl Call for Holidays {
    const NAME: &'static str = "holidays";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/holidays";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Vec<Table>;
}

/// Takes a country's holidays of a year over into the calendar, with the days that are worked in their place; what the calendar
/// had of that year goes. It is edited as any day is, by saving the calendar. Errors: `conflict` with the calendar as it is;
/// `invalid` with `unknown_holidays` (year).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TakeHolidays {
    /// The idempotency key.
    pub key: Uuid,
    /// The version that the edit was made from.
    pub expected_version: u32,
    /// The country, by its two letters.
    pub country: String,
    /// The year.
    pub year: u16,
}

impl Call for TakeHolidays {
    const NAME: &'static str = "take_holidays";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/calendar/holidays";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = Calendar;
}

/// Reads who gets which leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadRouting {}

/// Who gets which leads, and how much there is to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoutingDetail {
    /// Who gets which.
    pub routing: Routing,
    /// How many each member has that are to be worked; of somebody who left, until they are somebody else's.
    pub open: BTreeMap<UserId, u32>,
    /// How many are to be worked and are nobody's.
    pub waiting: u64,
}

impl Call for ReadRouting {
    const NAME: &'static str = "routing";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/routing";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = RoutingDetail;
}

/// Saves who gets which leads; those that are nobody's are routed at once. Errors: `conflict` with the routing as it is;
/// `invalid` with a code of [`Routing::check`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveRouting {
    /// The idempotency key.
    pub key: Uuid,
    /// The version that the edit was made from.
    pub expected_version: u32,
    /// The routing; its own version is not looked at.
    pub routing: Routing,
}

impl Call for SaveRouting {
    const NAME: &'static str = "save_routing";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/routing";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = RoutingDetail;
}

/// Reads what is promised about each lead: what the definition that holds says, else what a new workspace starts with. Clocks
/// that run keep the end they have when another holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadPromises {}

/// What is promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PromisesDetail {
    /// The version of the definition that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<u32>,
    /// What is promised.
    pub promises: Promises,
}

impl Call for ReadPromises {
    const NAME: &'static str = "promises";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/promises";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = PromisesDetail;
}

/// Says when a member is away, and gets no leads: this and no other time. That may the member, and marketing. Errors:
/// `forbidden`; `invalid` with `not_in_a_team` (id), `too_many`, `out_of_range` (away).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveAway {
    /// The idempotency key.
    pub key: Uuid,
    /// Who.
    pub id: UserId,
    /// When.
    pub away: Vec<Away>,
}

impl Call for SaveAway {
    const NAME: &'static str = "save_away";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/members/{id}/away";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = RoutingDetail;
}

/// Takes a member out of the workspace: every session of theirs ends, and the leads they had to work are routed anew, or wait
/// as nobody's. Asked again it answers the same. Answers who is left. Errors: `invalid` with `own` (id) of oneself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RemoveMember {
    /// Who.
    pub id: UserId,
}

impl Call for RemoveMember {
    const NAME: &'static str = "remove_member";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/members/{id}/remove";
    const ACCESS: Access = Access::Session(Role::Owner);
    const HOME: Home = Home::Directory;
    type Reply = Vec<Member>;
}

/// Gives a lead to somebody, or to nobody. Errors: `conflict` with how it is worked; `not_found`; `invalid` with `member_left`
/// (to), `too_long` (note).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AssignLead {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: LeadId,
    /// [`Pursued::seq`] that the edit was made from.
    pub expected_seq: u64,
    /// To whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<UserId>,
    /// What is to be said about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Call for AssignLead {
    const NAME: &'static str = "assign_lead";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/leads/{id}/owner";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = Pursued;
}

/// Says whose a company is: with [`Routing::account_owner_first`] its leads go there first. Errors: `not_found`; `invalid` with
/// `member_left` (owner).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AssignAccount {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: AccountId,
    /// Whose; nobody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<UserId>,
}

impl Call for AssignAccount {
    const NAME: &'static str = "assign_account";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/accounts/{id}/owner";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = AccountCard;
}

/// Lists the clocks that were not met: those that run, or those whose time is over; the earliest due first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Clocks {
    /// Whether those whose time is over are asked for.
    #[serde(default)]
    pub breached: bool,
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many; see [`super::page_limit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// A clock of a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClockRow {
    /// The lead.
    pub lead: LeadRow,
    /// The clock, and how it stands.
    #[serde(flatten)]
    pub clock: ClockStanding,
}

impl Call for Clocks {
    const NAME: &'static str = "clocks";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/clocks";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Page<ClockRow>;
}
