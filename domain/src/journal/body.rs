//! What each kind of fact tells.
//!
//! A member that was added later is optional, so that what was written before is still read; anything else is a new
//! version, with an upcaster ([`super::code`]).

use crate::account::{BuyingRole, Choice, Domain};
use crate::api::Site;
use crate::bulk::{Deed, Refusals};
use crate::clock::{self, Clock, Turn};
use crate::contact::Key;
use crate::conversation::Conversation;
use crate::day::{Day, Zone};
use crate::definition::{Definition, Side};
use crate::draft::Origin;
use crate::event::{Stamp, TrackedEvent};
use crate::hours::Calendar;
use crate::id::{
    AccountId, BulkId, ConversationId, EventId, ImportId, LeadId, Ms, PersonaId, UserId, ViewId,
    VisitorId,
};
use crate::lead::Field;
use crate::persona::Persona;
use crate::practice::Roster;
use crate::profile::{FieldId, Schema, Value};
use crate::pursuit::Given;
use crate::routing::{Away, Routing};
use crate::rulebook::Rulebook;
use crate::segment::{ByHand, Segment};
use crate::stage::{Done, Ladder, Move, Rung};
use crate::suggestion::{Suggested, Why};
use crate::task::Task;
use crate::verdict::Verdict;
use crate::view::View;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// See [`super::Body::WorkspaceOpened`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceOpened {
    /// The idempotency key.
    pub key: Uuid,
    /// The company's name.
    pub company: String,
    /// The zone that days are counted in.
    pub zone: Zone,
    /// The rulebook it starts with, as version 1.
    pub rulebook: Rulebook,
}

/// See [`super::Body::SiteSaved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteSaved {
    /// The idempotency key; the site that a workspace opens with has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Uuid>,
    /// The site as it became.
    pub site: Site,
}

/// See [`super::Body::RulebookPublished`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulebookPublished {
    /// The idempotency key.
    pub key: Uuid,
    /// The version it became.
    pub version: u32,
    /// The address of who published it.
    pub by: String,
    /// The rules.
    pub rulebook: Rulebook,
}

/// See [`super::Body::Tracked`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracked {
    /// What was sent.
    pub event: TrackedEvent,
    /// What was decided.
    pub stamp: Stamp,
}

/// See [`super::Body::VisitorIdentified`]. The evidence is the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorIdentified {
    /// The browser.
    pub visitor: VisitorId,
    /// Whose it is from then on.
    pub lead: LeadId,
    /// The keys that were claimed and are this person's, that by which it was found first.
    pub keys: Vec<Key>,
    /// From when: the event's time.
    pub from: Ms,
    /// The event.
    pub because: EventId,
    /// Whether the base had not known the person.
    pub opened: bool,
    /// The fields that the claim fills; they were empty.
    pub filled: BTreeMap<Field, String>,
    /// The company whose address is the person's first one of work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
}

/// See [`super::Body::FirstTouchMoved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstTouchMoved {
    /// Whose.
    pub lead: LeadId,
    /// The event that was the first touch.
    pub from: EventId,
    /// The event that is.
    pub to: EventId,
}

/// See [`super::Body::VerdictChanged`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictChanged {
    /// The idempotency key.
    pub key: Uuid,
    /// The browser.
    pub visitor: VisitorId,
    /// What holds from now on, of all its events.
    pub verdict: Verdict,
    /// The address of who decided it.
    pub by: String,
}

/// See [`super::Body::IdentificationWithdrawn`]. The evidence is the event, which weighs no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentificationWithdrawn {
    /// The browser.
    pub visitor: VisitorId,
    /// Whose it no longer is because of the event.
    pub lead: LeadId,
    /// The event.
    pub because: EventId,
    /// The fields that its claim had filled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emptied: Vec<Field>,
    /// Whether nothing else names the person: the base no longer knows it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}

/// See [`super::Body::KeyEventReached`]. The evidence is the event and those before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyEventReached {
    /// The browser.
    pub visitor: VisitorId,
    /// Which key event of the rulebook of that time, by its id.
    pub key: String,
    /// The event by which it was reached.
    pub because: EventId,
    /// When the first of the events was that were counted.
    pub since: Ms,
    /// How many it took.
    pub times: u32,
}

/// See [`super::Body::LeadPut`]. What it changes was decided when it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadPut {
    /// The idempotency key.
    pub key: Uuid,
    /// Who.
    pub lead: LeadId,
    /// Whether the base had not known the person.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub opened: bool,
    /// The keys it was put down with; one that is another person's stays that person's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<Key>,
    /// Keys that are no longer the person's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<Key>,
    /// What is put into fields; nothing empties one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<FieldId, Option<Value>>,
    /// Tags that are put on.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tagged: BTreeSet<String>,
    /// Tags that are taken off.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub untagged: BTreeSet<String>,
    /// Where the person comes from, where it was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// The file that it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<ImportId>,
    /// The company: that of the person's first work address, or what a member chose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Choice<AccountId>>,
    /// What the person is to the decision to buy, as a member chose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Choice<BuyingRole>>,
    /// Which member, by the address, or which token.
    pub by: String,
}

/// See [`super::Body::LeadsMerged`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadsMerged {
    /// The idempotency key, where a person says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Uuid>,
    /// Who is shown from now on.
    pub survivor: LeadId,
    /// Who is shown no longer.
    pub merged: LeadId,
    /// Who says so, by the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What proves it: the input that has a key of each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<Uuid>,
    /// The file that the input stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<ImportId>,
}

/// See [`super::Body::MergeUndone`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeUndone {
    /// The idempotency key.
    pub key: Uuid,
    /// Into whom it was merged.
    pub survivor: LeadId,
    /// Who is shown again.
    pub merged: LeadId,
    /// Who says so, by the address.
    pub by: String,
}

/// See [`super::Body::SuggestionMade`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestionMade {
    /// What may be so.
    pub what: Suggested,
    /// Why.
    pub why: Why,
}

/// See [`super::Body::SuggestionDismissed`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestionDismissed {
    /// The idempotency key.
    pub key: Uuid,
    /// What is not so.
    pub what: Suggested,
    /// Who says so, by the address.
    pub by: String,
}

/// See [`super::Body::ImportOpened`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportOpened {
    /// The idempotency key, and the import's id.
    pub key: Uuid,
    /// What the member calls it.
    pub name: String,
    /// How many rows it will bring.
    pub rows: u32,
    /// Where its people come from.
    pub origin: Origin,
    /// Whether what is known already stays.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fill_only: bool,
    /// Which member, by the address.
    pub by: String,
}

/// See [`super::Body::ImportUndone`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportUndone {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub import: ImportId,
    /// Which member, by the address.
    pub by: String,
}

/// See [`super::Body::ImportTakenBack`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportTakenBack {
    /// Which import.
    pub import: ImportId,
    /// Of whom; nobody where only companies are left.
    pub leads: Vec<LeadId>,
    /// Companies that were opened for people of imports that are taken back, and that nobody is of any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<AccountId>,
    /// Whether nothing is left that is to be taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub last: bool,
}

/// See [`super::Body::SchemaSaved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemaSaved {
    /// The idempotency key.
    pub key: Uuid,
    /// The schema as it became, with its version.
    pub schema: Schema,
    /// Which member, by the address.
    pub by: String,
}

/// See [`super::Body::PersonaSaved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonaSaved {
    /// The idempotency key.
    pub key: Uuid,
    /// The persona as it became, with its version.
    pub persona: Persona,
    /// Which member, by the address.
    pub by: String,
}

/// See [`super::Body::PersonaRemoved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonaRemoved {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: PersonaId,
    /// Which member, by the address.
    pub by: String,
}

/// See [`super::Body::AccountOpened`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountOpened {
    /// Which, by the number of this fact.
    pub id: AccountId,
    /// The domain of the work address.
    pub domain: Domain,
    /// What the person calls the company, else the domain.
    pub name: String,
    /// What gives the address: an event, or the key of what was put down.
    pub because: Uuid,
    /// The import that what was put down came of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<ImportId>,
}

/// See [`super::Body::AccountSaved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSaved {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: AccountId,
    /// The name as it became.
    pub name: String,
    /// The domains as they became.
    pub domains: BTreeSet<Domain>,
    /// The company above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<AccountId>,
    /// Which member, by the address.
    pub by: String,
}

/// See [`super::Body::ConversationSaved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationSaved {
    /// The idempotency key.
    pub key: Uuid,
    /// The conversation as it became; it says who wrote it down first.
    pub conversation: Conversation,
    /// Which member or token saved it.
    pub by: String,
}

/// See [`super::Body::ConversationRemoved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationRemoved {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: ConversationId,
    /// Of whom.
    pub lead: LeadId,
    /// Which member or token took it away.
    pub by: String,
}

/// See [`super::Body::VisitorOfCompany`]. The evidence is the event: it came from a page inside the company, or says its site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorOfCompany {
    /// The browser.
    pub visitor: VisitorId,
    /// The company.
    pub account: AccountId,
    /// The event.
    pub because: EventId,
}

/// See [`super::Body::HeadsNamed`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadsNamed {
    /// The idempotency key.
    pub key: Uuid,
    /// Who signs for which side from now on.
    pub heads: BTreeMap<Side, UserId>,
    /// Which member, by the address.
    pub by: String,
}

/// See [`super::Body::LadderSaved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LadderSaved {
    /// The idempotency key.
    pub key: Uuid,
    /// The ladder as it became, with its version.
    pub ladder: Ladder,
    /// Which member, by the address.
    pub by: String,
}

/// See [`super::Body::DefinitionDrafted`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefinitionDrafted {
    /// The idempotency key.
    pub key: Uuid,
    /// The version it became.
    pub version: u32,
    /// What it says.
    pub definition: Definition,
    /// From when on it is to hold.
    pub from: Ms,
    /// Which member, by the address.
    pub by: String,
}

/// See [`super::Body::StageMoved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageMoved {
    /// The idempotency key, where a person says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Uuid>,
    /// Who.
    pub lead: LeadId,
    /// From where, into which stage, when, and by what.
    pub step: Move,
    /// What that stage was to the product then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rung: Option<Rung>,
    /// Which member, by the address, or which token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// See [`super::Body::StepNoted`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepNoted {
    /// The idempotency key.
    pub key: Uuid,
    /// With whom.
    pub lead: LeadId,
    /// Which step, by its id in the ladder.
    pub step: String,
    /// When and by whom; nothing, it is not done after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Done>,
    /// Which member, by the address, or which token.
    pub by: String,
}

/// See [`super::Body::CalendarSaved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarSaved {
    /// The idempotency key.
    pub key: Uuid,
    /// The calendar as it became, with its version.
    pub calendar: Calendar,
    /// Which member, by the address.
    pub by: String,
}

/// See [`super::Body::DefinitionSigned`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefinitionSigned {
    /// The idempotency key.
    pub key: Uuid,
    /// The version that was read and signed.
    pub version: u32,
    /// For which side.
    pub side: Side,
    /// Who signed.
    pub signer: UserId,
    /// What that person was called then.
    pub name: String,
}

/// See [`super::Body::DefinitionInForce`]. The evidence is the version with both signatures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefinitionInForce {
    /// Which.
    pub version: u32,
}

/// See [`super::Body::RoutingSaved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoutingSaved {
    /// The idempotency key.
    pub key: Uuid,
    /// The routing as it became, with its version.
    pub routing: Routing,
    /// Which member, by the address.
    pub by: String,
}

/// See [`super::Body::AwaySaved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwaySaved {
    /// The idempotency key.
    pub key: Uuid,
    /// Who.
    pub user: UserId,
    /// When: this and no other time.
    pub away: Vec<Away>,
    /// Which member said so, by the address.
    pub by: String,
}

/// See [`super::Body::MovesApplied`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovesApplied {
    /// The idempotency key.
    pub key: Uuid,
    /// Whom it lets go on.
    pub leads: Vec<LeadId>,
    /// Which member said so, by the address.
    pub by: String,
}

/// See [`super::Body::RosterTold`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterTold {
    /// Everyone who is there.
    pub members: Roster,
}

/// See [`super::Body::AccountAssigned`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountAssigned {
    /// The idempotency key.
    pub key: Uuid,
    /// Which company.
    pub id: AccountId,
    /// Whose it is; nobody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<UserId>,
    /// Which member, by the address.
    pub by: String,
}

/// See [`super::Body::LeadAssigned`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadAssigned {
    /// The idempotency key, where a person says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Uuid>,
    /// Who.
    pub lead: LeadId,
    /// Whose it is; nobody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<UserId>,
    /// Why.
    pub why: Given,
    /// Which member, by the address, or which token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// See [`super::Body::ClockStarted`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockStarted {
    /// For whom.
    pub lead: LeadId,
    /// The clock.
    pub clock: Clock,
}

/// See [`super::Body::ClockTurned`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockTurned {
    /// For whom.
    pub lead: LeadId,
    /// Which clock.
    pub kind: clock::Kind,
    /// What became of it.
    pub turn: Turn,
    /// When it was done, or seen that it was not.
    pub at: Ms,
}

/// See [`super::Body::TaskSaved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskSaved {
    /// The idempotency key, where a person says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Uuid>,
    /// The task as it became.
    pub task: Task,
    /// Which member, by the address, or which token; nobody, a rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// See [`super::Body::SegmentSaved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentSaved {
    /// The idempotency key.
    pub key: Uuid,
    /// The segment as it became, with its version.
    pub segment: Segment,
    /// Which member, by the address.
    pub by: String,
}

/// See [`super::Body::SegmentRemoved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentRemoved {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: String,
    /// Which member, by the address.
    pub by: String,
}

/// See [`super::Body::MemberChosen`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberChosen {
    /// The idempotency key.
    pub key: Uuid,
    /// Of which segment.
    pub segment: String,
    /// Whom.
    pub lead: LeadId,
    /// In or out; nothing when the segment's condition decides again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<ByHand>,
    /// Which member, by the address.
    pub by: String,
}

/// See [`super::Body::SegmentsMoved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentsMoved {
    /// Who.
    pub lead: LeadId,
    /// The segments that were entered, each with its version.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub entered: BTreeMap<String, u32>,
    /// The segments that were left.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub left: BTreeSet<String>,
    /// The tags that this puts on, each with the segment that does.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tagged: BTreeMap<String, String>,
    /// The tags that no segment puts on any more.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub untagged: BTreeSet<String>,
    /// Why.
    pub because: Because,
}

/// See [`super::Body::ViewSaved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewSaved {
    /// The idempotency key.
    pub key: Uuid,
    /// The view as it became, with its version.
    pub view: View,
    /// Which member or token, by the address or the name.
    pub by: String,
}

/// See [`super::Body::ViewRemoved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewRemoved {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: ViewId,
    /// Which member or token, by the address or the name.
    pub by: String,
}

/// See [`super::Body::BulkBegun`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkBegun {
    /// Which; the idempotency key too.
    pub id: BulkId,
    /// What is done.
    pub deed: Deed,
    /// Which member or token, by the address or the name.
    pub by: String,
}

/// See [`super::Body::BulkDone`]. What it did with each of them is told by facts of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkDone {
    /// The idempotency key.
    pub key: Uuid,
    /// Which bulk.
    pub bulk: BulkId,
    /// What is done.
    pub deed: Deed,
    /// Whom it changed, each with what was there before.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub leads: BTreeMap<LeadId, Option<String>>,
    /// Why the others were passed over.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub refused: Refusals,
    /// After whom it goes on; nobody, it was the last slice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<LeadId>,
}

/// See [`super::Body::BulkUndone`]. What it did with each of them is told by facts of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkUndone {
    /// The idempotency key.
    pub key: Uuid,
    /// Which bulk.
    pub bulk: BulkId,
    /// The number of the fact of the slice.
    pub slice: u64,
    /// Of whom it was taken back.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub leads: BTreeSet<LeadId>,
    /// Why of the others not.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub refused: Refusals,
}

/// What made somebody enter or leave segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// What is told by the fact of this number.
    Fact(u64),
    /// This day began, and nothing else.
    Day(Day),
    /// This company is warmer, or less warm.
    Account(AccountId),
}
