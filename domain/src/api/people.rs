//! Calls about people: leads, one lead with its reasons, its timeline, anonymous visitors.

use super::call::{Access, Call, Home, Method, Role};
use super::personas::BestPersona;
use super::stages::Pursued;
use crate::agent::BotReason;
use crate::channel::Channel;
use crate::contact::{Key, Strength};
use crate::conversation::Noted;
use crate::device::Device;
use crate::draft::Origin;
use crate::entry::Entry;
use crate::event::Engagement;
use crate::grade::Placed;
use crate::id::{EventId, LeadId, Ms, SessionId, VisitorId};
use crate::lead::{By, Field, LeadRow};
use crate::list::{Asked, Column, Direction};
use crate::profile::{FieldId, Value};
use crate::rulebook::{Name, Rulebook, kind_name};
use crate::score::Score;
use crate::segment::ByHand;
use crate::session::Session;
use crate::suggestion::Suggestion;
use crate::touch::{Touch, TouchAt};
use crate::verdict::Verdict;
use crate::wire::Kind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A list call's limit, 1–200; 50 when it says nothing.
pub fn page_limit(asked: Option<u32>) -> u32 {
    asked.unwrap_or(50).clamp(1, 200)
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins; none on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many there are in all.
    pub total: u64,
    /// The list is true as of this fact.
    pub seq: u64,
}

/// Lists leads: those that every filter holds of, in an order. Errors: `invalid` with the codes of
/// [`crate::list::Query::of`], whose `field` says which filter or parameter it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Leads {
    /// The column that they are sorted by; the default is the latest activity. Who has nothing there comes last.
    #[serde(default)]
    pub order: Column,
    /// Which end of it comes first.
    #[serde(default, skip_serializing_if = "Direction::is_default")]
    pub direction: Direction,
    /// What must hold, as JSON: a list of filters `{"column": "score", "op": "at_least", "value": 50}`, and of groups
    /// `{"any": [filter, …]}` of which one must hold. See [`crate::list::Test`] for what `op` may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// Only those whose e-mail, name or company has this text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many of those that follow are left out: a page from somewhere in the middle. What is beyond the end is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<u32>,
    /// How many; see [`page_limit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

impl Leads {
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

impl Call for Leads {
    const NAME: &'static str = "leads";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/leads";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Page<LeadRow>;
}

/// Reads one lead, as it is or as it was: then its fields, keys, tags, records and score are what they were at that time, by
/// what had been written by then and by the rules that held; what was decided about a browser since holds for all that it
/// did, and suggestions and the persona are left out. Of events that are so old that the object no longer has them whole, the
/// time they happened counts as the time they were written. Errors: `not_found`, also when the base did not know the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadLead {
    /// Which.
    pub id: LeadId,
    /// As of when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Ms>,
}

impl Call for ReadLead {
    const NAME: &'static str = "lead";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/leads/{id}";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = LeadDetail;
}

/// One lead, with its sources and the reasons of its score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeadDetail {
    /// What lists show.
    pub row: LeadRow,
    /// As of when, where it is not as it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Ms>,
    /// What is known, by field.
    pub fields: BTreeMap<FieldId, Known>,
    /// What the person is found by, what is proven first.
    pub keys: Vec<(Key, Strength)>,
    /// The records that were merged into it, each with when the base first learned of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<(LeadId, Ms)>,
    /// Where the person comes from, where no visit tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// What is still to be settled about the person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Suggestion>,
    /// The grade with its reasons, and whether the person is left out; nothing where the rulebook does not grade.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placed: Option<Placed>,
    /// The segments that the person is in, each with since when.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub segments: BTreeMap<String, Ms>,
    /// The segments of which people decided by hand whether the person is in.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_hand: BTreeMap<String, ByHand>,
    /// The tags that segments put on, each with the segment.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ruled: BTreeMap<String, String>,
    /// The persona that fits best.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persona: Option<BestPersona>,
    /// How the person is worked; none of one as of a time in which there was no stage yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pursuit: Option<Pursued>,
    /// The earliest touch, never overwritten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_touch: Option<TouchAt>,
    /// The latest touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_touch: Option<TouchAt>,
    /// How many touches there are.
    pub touches: u32,
    /// How many sessions there were, of all browsers.
    pub sessions: u32,
    /// The browsers this person was seen with.
    pub visitors: Vec<VisitorId>,
    /// What a person decided about those browsers, where one did.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub verdicts: BTreeMap<VisitorId, Verdict>,
    /// With what the person was last seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Device>,
    /// The score, rule by rule.
    pub score: Score,
    /// The version of the rulebook that it was computed by.
    pub rules: u32,
    /// That rulebook: for the rules' names and the MQL line.
    pub rulebook: Rulebook,
}

/// What is known of a person in one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Known {
    /// What.
    pub value: Value,
    /// Since when.
    pub at: Ms,
    /// By the fact of this number: an edit that was made from another one is a conflict.
    pub seq: u64,
    /// Who put it down.
    pub by: By,
}

impl LeadDetail {
    /// The text in a standard field.
    pub fn text(&self, field: Field) -> Option<&str> {
        match &self.fields.get(&FieldId::Standard(field))?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Lists what a lead did, what was said, and what was changed, the latest first. The three stand in lists of their own; one
/// page of all of them is of one stretch of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Timeline {
    /// Whose.
    pub id: LeadId,
    /// What of it.
    #[serde(default, skip_serializing_if = "What::is_all")]
    pub what: What,
    /// Only what had happened by then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Ms>,
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many; see [`page_limit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// What of a timeline is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Everything.
    #[default]
    All,
    /// What the person did.
    Behaviour,
    /// Conversations.
    Conversations,
    /// Changes of what is known.
    Changes,
}

impl What {
    /// Whether everything is asked for.
    pub fn is_all(&self) -> bool {
        *self == What::All
    }

    /// Whether this is asked for.
    pub fn has(self, one: What) -> bool {
        self == one || self == What::All
    }
}

impl Call for Timeline {
    const NAME: &'static str = "timeline";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/leads/{id}/timeline";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = TimelinePage;
}

/// Part of a timeline. The page's `total` counts the events that weigh.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimelinePage {
    /// The events, the latest first.
    #[serde(flatten)]
    pub page: Page<TimelineItem>,
    /// The sessions that they are in, each whole: some of a session's events may stand on another page.
    pub sessions: Vec<Session>,
    /// The key events that some of them reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reached: Vec<KeyEventAt>,
    /// The conversations, the latest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conversations: Vec<Noted>,
    /// The changes, the latest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Entry>,
}

/// A key event, and the event of a timeline that reached it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeyEventAt {
    /// The event.
    pub event: EventId,
    /// What people call the key event; its id where the rulebook has it no longer.
    pub name: Name,
}

/// One tracked event in a timeline. The points beside it come from [`LeadDetail::score`], by event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimelineItem {
    /// Which event.
    pub event: EventId,
    /// When, corrected.
    pub at: Ms,
    /// By which browser.
    pub visitor: VisitorId,
    /// In which session of it, as the tracker counts them; [`crate::session`] says why they are counted anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// What kind.
    #[serde(with = "kind_name")]
    #[cfg_attr(feature = "schema", schemars(with = "kind_name::Schema"))]
    pub kind: Kind,
    /// The page's URL.
    pub url: String,
    /// The page's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The form's or the custom event's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The fields of the form or of the identification, or the event's properties.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// How the page was read, of an event that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engagement: Option<Engagement>,
    /// Where the visit came from, when this page view began one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touch: Option<Touch>,
    /// With what the page was seen, of a page view.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Device>,
    /// Why it is held to come from a program, and therefore weighs nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bot: Option<BotReason>,
    /// What a person decided about the browser: it wins over the reason.
    #[serde(default, skip_serializing_if = "Verdict::is_automatic")]
    pub verdict: Verdict,
    /// Whether its details cannot be read now: it is old, and the edge store that has them does not answer. Then the
    /// URL is its path alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unread: bool,
}

/// Lists visitors nobody has identified yet, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Visitors {
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many; see [`page_limit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

impl Call for Visitors {
    const NAME: &'static str = "visitors";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/visitors";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Page<VisitorRow>;
}

/// A visitor, as lists and live frames show one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VisitorRow {
    /// Which browser.
    pub id: VisitorId,
    /// The lead it belongs to now; none while anonymous.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<LeadId>,
    /// 0–100.
    pub score: i32,
    /// Page views.
    pub views: u32,
    /// Sessions; see [`crate::session`].
    #[serde(default)]
    pub sessions: u32,
    /// The channel of the first touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The source of the first touch.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The campaign of the first touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// With what it was last seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Device>,
    /// The earliest event.
    pub first_at: Ms,
    /// The latest event.
    pub last_at: Ms,
    /// How many events were suspected when they came.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub suspected: u32,
    /// Why the last of them was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<BotReason>,
    /// What a person decided about it.
    #[serde(default, skip_serializing_if = "Verdict::is_automatic")]
    pub verdict: Verdict,
    /// The journal's number of the last change.
    pub seq: u64,
}

impl VisitorRow {
    /// Whether everything it did is held to come from a program: nothing of it weighs.
    pub fn is_suspected(&self) -> bool {
        self.suspected > 0 && self.views == 0
    }
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}
