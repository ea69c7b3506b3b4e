//! Calls about the stages of leads: the ladder, and moving one along it. Not here: who gets a lead ([`super::desk`]).

use super::call::{Access, Call, Home, Method, Role};
use crate::board::StageSum;
use crate::clock::{Clock, Standing};
use crate::id::{LeadId, Ms, UserId};
use crate::lead::LeadRow;
use crate::pursuit::Owned;
use crate::stage::{Journey, Ladder, Rung, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Reads the stages. As long as none were saved, those that a new workspace starts with, in version 0: rules move leads along
/// them as along any.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadLadder {}

/// The stages, and how many leads stand in each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LadderDetail {
    /// The stages.
    pub ladder: Ladder,
    /// How many leads stand in each, by the stages' ids; none is not named.
    pub standing: BTreeMap<String, u64>,
    /// For how many a reason stands, by its list and its id: `lost_reasons.price`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, u64>,
}

impl Call for ReadLadder {
    const NAME: &'static str = "ladder";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/ladder";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = LadderDetail;
}

/// Saves the stages, whole. What leads stood in stays, retired at most: of those that a new workspace starts with all, as soon
/// as somebody stands in one. A stage or a reason that is retired while leads stand there says where they go (`moves_to`); they
/// are moved in slices, each by a decision of its own. Errors: `conflict` with the stages as they are, when `expected_version`
/// is not their version; `invalid` with `stage_in_use` (leads stand in a stage that is to go, to become another rung, or to be
/// retired and does not say where they go), `reason_in_use` (likewise), `removed`, or a code of [`crate::stage::check()`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveLadder {
    /// The idempotency key.
    pub key: Uuid,
    /// The version that the edit was made from.
    pub expected_version: u32,
    /// The stages; their own version is not looked at.
    pub ladder: Ladder,
}

impl Call for SaveLadder {
    const NAME: &'static str = "save_ladder";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/ladder";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = LadderDetail;
}

/// Reads what stands in each stage in all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadBoard {}

/// What stands in each stage in all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BoardDetail {
    /// Each stage where anyone stands, by the stages' ids; first those who came into none.
    pub stages: Vec<StageSum>,
}

impl Call for ReadBoard {
    const NAME: &'static str = "board";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/board";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = BoardDetail;
}

/// So many leads are looked at, or let go on, by one call at most.
pub const WOULD_MOVE_MAX: usize = 200;

/// Looks for those who would go on by the rules as they are, and did not: rules that are published, a definition that begins to
/// hold and stages that are saved move nobody by themselves. A slice of everyone a call, in the order of the ids. Errors:
/// `invalid` with `malformed` (field `cursor`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WouldMove {
    /// [`WouldMoveSlice::next`] of the slice before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// A slice of everyone, and who of it would go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WouldMoveSlice {
    /// Who would.
    pub items: Vec<WouldMoveRow>,
    /// How many were looked at.
    pub looked_at: u64,
    /// How many there are in all.
    pub leads: u64,
    /// The cursor of the next slice; none after the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Somebody who would go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WouldMoveRow {
    /// Who.
    pub lead: LeadRow,
    /// Into which stage, by its id: the first one, where more follow.
    pub to: String,
}

impl Call for WouldMove {
    const NAME: &'static str = "would_move";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/ladder/moves";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = WouldMoveSlice;
}

/// Lets these go on as far as the rules move them now; whom they do not move after all stays, so it may be sent again. Errors:
/// `invalid` with `required`, `too_many` ([`WOULD_MOVE_MAX`]) or `unknown` (field `leads`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApplyMoves {
    /// The idempotency key.
    pub key: Uuid,
    /// Whom.
    pub leads: Vec<LeadId>,
}

impl Call for ApplyMoves {
    const NAME: &'static str = "apply_moves";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/ladder/moves";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = LadderDetail;
}

/// Reads how a lead is worked. Errors: `not_found`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadPursuit {
    /// Which.
    pub id: LeadId,
}

/// How a lead is worked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pursued {
    /// Whose stage and owner it is: the record that is shown.
    pub id: LeadId,
    /// The number of the last fact that changed stage, steps or owner: an edit that was made from another one is a conflict.
    pub seq: u64,
    /// The stage, by its id; none as long as it came into none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// What that is to the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rung: Option<Rung>,
    /// Since when it stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Ms>,
    /// For how many full days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// For how long it stood in each stage in all, in milliseconds.
    pub times: BTreeMap<String, Ms>,
    /// The moves and the steps that were done.
    pub journey: Journey,
    /// The steps of the stage that must be done before it goes further.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owned>,
    /// The names of everyone who is named here and is there, or was when that was last told.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<UserId, String>,
    /// The clocks since it was qualified, each with how it stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<ClockStanding>,
    /// How often it was tried since then.
    pub attempts: u32,
    /// So often it is to be tried before it is given back.
    pub attempts_min: u8,
}

/// A clock, and how it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClockStanding {
    /// The clock.
    pub clock: Clock,
    /// How it stands, in milliseconds of working time.
    pub standing: Standing,
}

impl Call for ReadPursuit {
    const NAME: &'static str = "pursuit";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/leads/{id}/pursuit";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Pursued;
}

/// Moves a lead into a stage: that may whoever works the stage it is in, and marketing. Errors: `conflict` with how it is
/// worked; `forbidden`; `not_found`; `invalid` with `too_few_attempts` (field `attempts`) of one that is given back too soon, or
/// a code of [`Journey::by_hand`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MoveLead {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: LeadId,
    /// [`Pursued::seq`] that the edit was made from.
    pub expected_seq: u64,
    /// Into which stage, by its id.
    pub to: String,
    /// Why, by the id of a reason: needed to give back and to lose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What is to be said about it: needed to go back.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Call for MoveLead {
    const NAME: &'static str = "move_lead";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/leads/{id}/stage";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = Pursued;
}

/// Says sales' yes or no to a qualified lead: it goes into the stage of sales' own, or back to nurture with a reason. Whoever
/// says yes to one that is nobody's gets it. Errors: `conflict` with how it is worked; `forbidden`; `not_found`; `invalid` with
/// `too_long` (note), or a code of [`Journey::judge`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AnswerLead {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: LeadId,
    /// [`Pursued::seq`] that the answer was made from.
    pub expected_seq: u64,
    /// The answer.
    pub verdict: Verdict,
    /// What is to be said about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Call for AnswerLead {
    const NAME: &'static str = "answer_lead";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/leads/{id}/answer";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = Pursued;
}

/// Says that a step was done with a lead, or was not. Errors: `conflict` with how it is worked; `not_found`; `invalid` with a
/// code of [`Journey::check_step`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NoteStep {
    /// The idempotency key.
    pub key: Uuid,
    /// Which lead.
    pub id: LeadId,
    /// [`Pursued::seq`] that the edit was made from.
    pub expected_seq: u64,
    /// Which step, by its id in the ladder.
    pub step: String,
    /// Whether it was done.
    pub done: bool,
    /// The date that goes with it, as days since 1970-01-01.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<i32>,
}

impl Call for NoteStep {
    const NAME: &'static str = "note_step";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/leads/{id}/steps";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = Pursued;
}
