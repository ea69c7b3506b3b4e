//! The journal: facts, each an input that came or a decision that was taken.
//!
//! The journal is the truth and all else is built from it. A fact is written once and applied for
//! ever, so what is stored here has a version, a decoder for every version there ever was, and a
//! snapshot in the tests. Not here: what a fact changes (that is [`crate::fold`]).

use crate::account::{BuyingRole, Choice, Domain};
use crate::api::Site;
use crate::contact::Key;
use crate::conversation::Conversation;
use crate::day::Zone;
use crate::draft::Origin;
use crate::erasure::{Erased, PersonErased};
use crate::event::{Stamp, TrackedEvent};
use crate::id::{
    AccountId, ConversationId, EventId, ImportId, LeadId, Ms, PersonaId, UserId, VisitorId,
};
use crate::lead::Field;
use crate::persona::Persona;
use crate::profile::{FieldId, Schema, Value as FieldValue};
use crate::rulebook::Rulebook;
use crate::suggestion::{Suggested, Why};
use crate::verdict::Verdict;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// One line of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its number, from 1, without gaps.
    pub seq: u64,
    /// When it was written.
    pub at: Ms,
    /// When what it tells of happened.
    pub occurred_at: Ms,
    /// Who caused it.
    pub actor: Actor,
    /// What it tells.
    pub body: Body,
}

/// Who caused a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A rule of the product.
    System,
    /// Whoever uses that browser.
    Visitor(VisitorId),
    /// A member of the workspace.
    User(UserId),
}

/// Whom or what a fact is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The workspace and its settings.
    Workspace,
    /// The rulebook.
    Rulebook,
    /// A browser.
    Visitor(VisitorId),
    /// A person.
    Lead(LeadId),
    /// Some people.
    Leads(Vec<LeadId>),
    /// A file that was imported.
    Import(ImportId),
    /// A company.
    Account(AccountId),
}

/// What a fact tells. The first ones are inputs, the others decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Input: the workspace was opened.
    WorkspaceOpened(WorkspaceOpened),
    /// Input: a site was added or its settings changed.
    SiteSaved(SiteSaved),
    /// Input: a person published a rulebook.
    RulebookPublished(RulebookPublished),
    /// Input: a visitor's browser sent an event; with what was decided when it came.
    Tracked(Box<Tracked>),
    /// Decision: an event names the person who uses the browser.
    VisitorIdentified(VisitorIdentified),
    /// Decision: a late event is earlier than what was held to be the lead's first touch.
    FirstTouchMoved(FirstTouchMoved),
    /// Input: a person decided whether a browser is a program's.
    VerdictChanged(VerdictChanged),
    /// Decision: an event that a browser was identified by weighs no longer.
    IdentificationWithdrawn(IdentificationWithdrawn),
    /// Decision: a browser did something often enough within some days.
    KeyEventReached(KeyEventReached),
    /// Input: a member, a file or another system put a person down, or changed what is known of one.
    LeadPut(Box<LeadPut>),
    /// Input or decision: two are one person.
    LeadsMerged(LeadsMerged),
    /// Input: they are two after all.
    MergeUndone(MergeUndone),
    /// Decision: something may be so that only a person can tell.
    SuggestionMade(SuggestionMade),
    /// Input: it is not so.
    SuggestionDismissed(SuggestionDismissed),
    /// Input: a member begins to import a file.
    ImportOpened(ImportOpened),
    /// Input: a member undoes an import.
    ImportUndone(ImportUndone),
    /// Decision: of these people, what the import wrote is taken back.
    ImportTakenBack(ImportTakenBack),
    /// Input: a member changed the fields and tags that there are.
    SchemaSaved(Box<SchemaSaved>),
    /// Input: a member described a kind of customer.
    PersonaSaved(Box<PersonaSaved>),
    /// Input: a member took one away.
    PersonaRemoved(PersonaRemoved),
    /// Input: a member wrote a conversation down, or changed what stands there.
    ConversationSaved(Box<ConversationSaved>),
    /// Input: a member took one away.
    ConversationRemoved(ConversationRemoved),
    /// Decision: someone has a work address of a company that the base had not known.
    AccountOpened(AccountOpened),
    /// Input: a member put a company down, or changed what is known of one.
    AccountSaved(AccountSaved),
    /// Decision: a browser comes from a company, whoever uses it.
    VisitorOfCompany(VisitorOfCompany),
    /// Input: a person asked to be forgotten.
    PersonErased(Box<PersonErased>),
    /// What is left of a fact that was such a person's. The one body that a fact gets after it was written.
    Erased(Box<Erased>),
}

/// See [`Body::WorkspaceOpened`].
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

/// See [`Body::SiteSaved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteSaved {
    /// The idempotency key; the site that a workspace opens with has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Uuid>,
    /// The site as it became.
    pub site: Site,
}

/// See [`Body::RulebookPublished`].
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

/// See [`Body::Tracked`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracked {
    /// What was sent.
    pub event: TrackedEvent,
    /// What was decided.
    pub stamp: Stamp,
}

/// See [`Body::VisitorIdentified`]. The evidence is the event.
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

/// See [`Body::FirstTouchMoved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstTouchMoved {
    /// Whose.
    pub lead: LeadId,
    /// The event that was the first touch.
    pub from: EventId,
    /// The event that is.
    pub to: EventId,
}

/// See [`Body::VerdictChanged`].
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

/// See [`Body::IdentificationWithdrawn`]. The evidence is the event, which weighs no longer.
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

/// See [`Body::KeyEventReached`]. The evidence is the event and those before it.
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

/// See [`Body::LeadPut`]. What it changes was decided when it came.
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
    pub set: BTreeMap<FieldId, Option<FieldValue>>,
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

/// See [`Body::LeadsMerged`].
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

/// See [`Body::MergeUndone`].
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

/// See [`Body::SuggestionMade`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestionMade {
    /// What may be so.
    pub what: Suggested,
    /// Why.
    pub why: Why,
}

/// See [`Body::SuggestionDismissed`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestionDismissed {
    /// The idempotency key.
    pub key: Uuid,
    /// What is not so.
    pub what: Suggested,
    /// Who says so, by the address.
    pub by: String,
}

/// See [`Body::ImportOpened`].
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

/// See [`Body::ImportUndone`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportUndone {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub import: ImportId,
    /// Which member, by the address.
    pub by: String,
}

/// See [`Body::ImportTakenBack`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportTakenBack {
    /// Which import.
    pub import: ImportId,
    /// Of whom.
    pub leads: Vec<LeadId>,
    /// Whether nobody is left of whom something is to be taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub last: bool,
}

/// See [`Body::SchemaSaved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemaSaved {
    /// The idempotency key.
    pub key: Uuid,
    /// The schema as it became, with its version.
    pub schema: Schema,
    /// Which member, by the address.
    pub by: String,
}

/// See [`Body::PersonaSaved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonaSaved {
    /// The idempotency key.
    pub key: Uuid,
    /// The persona as it became, with its version.
    pub persona: Persona,
    /// Which member, by the address.
    pub by: String,
}

/// See [`Body::PersonaRemoved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonaRemoved {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: PersonaId,
    /// Which member, by the address.
    pub by: String,
}

/// See [`Body::AccountOpened`].
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
}

/// See [`Body::AccountSaved`].
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

/// See [`Body::ConversationSaved`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationSaved {
    /// The idempotency key.
    pub key: Uuid,
    /// The conversation as it became; it says who wrote it down first.
    pub conversation: Conversation,
    /// Which member or token saved it.
    pub by: String,
}

/// See [`Body::ConversationRemoved`].
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

/// See [`Body::VisitorOfCompany`]. The evidence is the event: it came from a page inside the company, or says its site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorOfCompany {
    /// The browser.
    pub visitor: VisitorId,
    /// The company.
    pub account: AccountId,
    /// The event.
    pub because: EventId,
}

/// Why a stored fact cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Undecodable {
    /// A newer version of the product wrote it.
    #[error("unknown fact kind {kind:?} version {v}")]
    Unknown {
        /// Its kind.
        kind: String,
        /// Its version.
        v: u16,
    },
    /// It is not what its kind and version say.
    #[error("{0}")]
    Malformed(String),
}

impl From<serde_json::Error> for Undecodable {
    fn from(error: serde_json::Error) -> Undecodable {
        Undecodable::Malformed(error.to_string())
    }
}

/// Turns a body of one version into a body of the next: (kind, from version, how).
type Upcast = (&'static str, u16, fn(Value) -> Value);

/// Every change of a body's form since version 1. A row is never removed.
const UPCASTS: &[Upcast] = &[
    ("site_saved", 1, |site| serde_json::json!({ "site": site })),
    ("visitor_identified", 1, key_of_email),
];

/// A visitor was found by the e-mail address alone.
fn key_of_email(mut identified: Value) -> Value {
    if let Some(fields) = identified.as_object_mut() {
        let email = fields.remove("email").unwrap_or_default();
        let key = serde_json::json!([{ "kind": "email", "value": email }]);
        fields.insert("keys".to_owned(), key);
    }
    identified
}

impl Body {
    /// The kind's stable name and the version its body is written in.
    pub const fn kind(&self) -> (&'static str, u16) {
        match self {
            Body::WorkspaceOpened(_) => ("workspace_opened", 1),
            Body::SiteSaved(_) => ("site_saved", 2),
            Body::RulebookPublished(_) => ("rulebook_published", 1),
            Body::Tracked(_) => ("tracked", 1),
            Body::VisitorIdentified(_) => ("visitor_identified", 2),
            Body::FirstTouchMoved(_) => ("first_touch_moved", 1),
            Body::VerdictChanged(_) => ("verdict_changed", 1),
            Body::IdentificationWithdrawn(_) => ("identification_withdrawn", 1),
            Body::KeyEventReached(_) => ("key_event_reached", 1),
            Body::LeadPut(_) => ("lead_put", 1),
            Body::LeadsMerged(_) => ("leads_merged", 1),
            Body::MergeUndone(_) => ("merge_undone", 1),
            Body::SuggestionMade(_) => ("suggestion_made", 1),
            Body::SuggestionDismissed(_) => ("suggestion_dismissed", 1),
            Body::ImportOpened(_) => ("import_opened", 1),
            Body::ImportUndone(_) => ("import_undone", 1),
            Body::ImportTakenBack(_) => ("import_taken_back", 1),
            Body::SchemaSaved(_) => ("schema_saved", 1),
            Body::PersonaSaved(_) => ("persona_saved", 1),
            Body::PersonaRemoved(_) => ("persona_removed", 1),
            Body::ConversationSaved(_) => ("conversation_saved", 1),
            Body::ConversationRemoved(_) => ("conversation_removed", 1),
            Body::AccountOpened(_) => ("account_opened", 1),
            Body::AccountSaved(_) => ("account_saved", 1),
            Body::VisitorOfCompany(_) => ("visitor_of_company", 1),
            Body::PersonErased(_) => ("person_erased", 1),
            Body::Erased(_) => ("erased", 1),
        }
    }

    /// Whom or what it is about.
    pub fn subject(&self) -> Subject {
        match self {
            Body::WorkspaceOpened(_) | Body::SiteSaved(_) => Subject::Workspace,
            Body::RulebookPublished(_) => Subject::Rulebook,
            Body::Tracked(tracked) => Subject::Visitor(tracked.event.visitor),
            Body::VisitorIdentified(identified) => Subject::Lead(identified.lead),
            Body::FirstTouchMoved(moved) => Subject::Lead(moved.lead),
            Body::VerdictChanged(changed) => Subject::Visitor(changed.visitor),
            Body::IdentificationWithdrawn(withdrawn) => Subject::Lead(withdrawn.lead),
            Body::KeyEventReached(reached) => Subject::Visitor(reached.visitor),
            Body::LeadPut(put) => Subject::Lead(put.lead),
            Body::LeadsMerged(merged) => Subject::Leads(vec![merged.survivor, merged.merged]),
            Body::MergeUndone(undone) => Subject::Leads(vec![undone.survivor, undone.merged]),
            Body::SuggestionMade(made) => Subject::Leads(made.what.leads()),
            Body::SuggestionDismissed(dismissed) => Subject::Leads(dismissed.what.leads()),
            Body::ImportOpened(opened) => Subject::Import(ImportId(opened.key)),
            Body::ImportUndone(undone) => Subject::Import(undone.import),
            Body::ImportTakenBack(taken) => Subject::Leads(taken.leads.clone()),
            Body::SchemaSaved(_) | Body::PersonaSaved(_) | Body::PersonaRemoved(_) => {
                Subject::Workspace
            }
            Body::ConversationSaved(saved) => Subject::Lead(saved.conversation.lead),
            Body::ConversationRemoved(removed) => Subject::Lead(removed.lead),
            Body::AccountOpened(opened) => Subject::Account(opened.id),
            Body::AccountSaved(saved) => Subject::Account(saved.id),
            Body::VisitorOfCompany(of) => Subject::Visitor(of.visitor),
            Body::PersonErased(erased) => Subject::Leads(erased.leads.clone()),
            Body::Erased(_) => Subject::Workspace,
        }
    }

    /// The id by which a repeat of the input is known; decisions have none.
    pub fn idempotency_id(&self) -> Option<Uuid> {
        match self {
            Body::WorkspaceOpened(opened) => Some(opened.key),
            Body::RulebookPublished(published) => Some(published.key),
            Body::Tracked(tracked) => Some(tracked.event.id.0),
            Body::SiteSaved(saved) => saved.key,
            Body::VerdictChanged(changed) => Some(changed.key),
            Body::LeadPut(put) => Some(put.key),
            Body::LeadsMerged(merged) => merged.key,
            Body::MergeUndone(undone) => Some(undone.key),
            Body::SuggestionDismissed(dismissed) => Some(dismissed.key),
            Body::ImportOpened(opened) => Some(opened.key),
            Body::ImportUndone(undone) => Some(undone.key),
            Body::SchemaSaved(saved) => Some(saved.key),
            Body::PersonaSaved(saved) => Some(saved.key),
            Body::PersonaRemoved(removed) => Some(removed.key),
            Body::ConversationSaved(saved) => Some(saved.key),
            Body::ConversationRemoved(removed) => Some(removed.key),
            Body::AccountSaved(saved) => Some(saved.key),
            Body::PersonErased(erased) => Some(erased.key),
            Body::Erased(erased) => erased.id,
            Body::AccountOpened(_)
            | Body::VisitorOfCompany(_)
            | Body::ImportTakenBack(_)
            | Body::VisitorIdentified(_)
            | Body::SuggestionMade(_)
            | Body::FirstTouchMoved(_)
            | Body::IdentificationWithdrawn(_)
            | Body::KeyEventReached(_) => None,
        }
    }

    /// The body as JSON, without kind and version.
    pub fn encode(&self) -> Result<String, serde_json::Error> {
        match self {
            Body::WorkspaceOpened(body) => serde_json::to_string(body),
            Body::SiteSaved(body) => serde_json::to_string(body),
            Body::RulebookPublished(body) => serde_json::to_string(body),
            Body::Tracked(body) => serde_json::to_string(body),
            Body::VisitorIdentified(body) => serde_json::to_string(body),
            Body::FirstTouchMoved(body) => serde_json::to_string(body),
            Body::VerdictChanged(body) => serde_json::to_string(body),
            Body::IdentificationWithdrawn(body) => serde_json::to_string(body),
            Body::KeyEventReached(body) => serde_json::to_string(body),
            Body::LeadPut(body) => serde_json::to_string(body),
            Body::LeadsMerged(body) => serde_json::to_string(body),
            Body::MergeUndone(body) => serde_json::to_string(body),
            Body::SuggestionMade(body) => serde_json::to_string(body),
            Body::SuggestionDismissed(body) => serde_json::to_string(body),
            Body::ImportOpened(body) => serde_json::to_string(body),
            Body::ImportUndone(body) => serde_json::to_string(body),
            Body::ImportTakenBack(body) => serde_json::to_string(body),
            Body::SchemaSaved(body) => serde_json::to_string(body),
            Body::PersonaSaved(body) => serde_json::to_string(body),
            Body::PersonaRemoved(body) => serde_json::to_string(body),
            Body::ConversationSaved(body) => serde_json::to_string(body),
            Body::ConversationRemoved(body) => serde_json::to_string(body),
            Body::AccountOpened(body) => serde_json::to_string(body),
            Body::AccountSaved(body) => serde_json::to_string(body),
            Body::VisitorOfCompany(body) => serde_json::to_string(body),
            Body::PersonErased(body) => serde_json::to_string(body),
            Body::Erased(body) => serde_json::to_string(body),
        }
    }

    /// Reads a body of any version.
    pub fn decode(kind: &str, v: u16, json: &str) -> Result<Body, Undecodable> {
        match upcast(UPCASTS, kind, v, json)? {
            None => Body::decode_current(kind, v, json),
            Some((v, json)) => Body::decode_current(kind, v, &json),
        }
    }

    /// Reads a body of the version it is written in today.
    fn decode_current(kind: &str, v: u16, json: &str) -> Result<Body, Undecodable> {
        Ok(match (kind, v) {
            ("workspace_opened", 1) => Body::WorkspaceOpened(serde_json::from_str(json)?),
            ("site_saved", 2) => Body::SiteSaved(serde_json::from_str(json)?),
            ("rulebook_published", 1) => Body::RulebookPublished(serde_json::from_str(json)?),
            ("tracked", 1) => Body::Tracked(serde_json::from_str(json)?),
            ("visitor_identified", 2) => Body::VisitorIdentified(serde_json::from_str(json)?),
            ("first_touch_moved", 1) => Body::FirstTouchMoved(serde_json::from_str(json)?),
            ("verdict_changed", 1) => Body::VerdictChanged(serde_json::from_str(json)?),
            ("key_event_reached", 1) => Body::KeyEventReached(serde_json::from_str(json)?),
            ("identification_withdrawn", 1) => {
                Body::IdentificationWithdrawn(serde_json::from_str(json)?)
            }
            ("import_opened", 1) => Body::ImportOpened(serde_json::from_str(json)?),
            ("import_undone", 1) => Body::ImportUndone(serde_json::from_str(json)?),
            ("import_taken_back", 1) => Body::ImportTakenBack(serde_json::from_str(json)?),
            ("person_erased", 1) => Body::PersonErased(serde_json::from_str(json)?),
            ("erased", 1) => Body::Erased(serde_json::from_str(json)?),
            ("lead_put", 1) => Body::LeadPut(serde_json::from_str(json)?),
            ("leads_merged", 1) => Body::LeadsMerged(serde_json::from_str(json)?),
            ("merge_undone", 1) => Body::MergeUndone(serde_json::from_str(json)?),
            ("suggestion_made", 1) => Body::SuggestionMade(serde_json::from_str(json)?),
            ("suggestion_dismissed", 1) => Body::SuggestionDismissed(serde_json::from_str(json)?),
            ("schema_saved", 1) => Body::SchemaSaved(serde_json::from_str(json)?),
            ("persona_saved", 1) => Body::PersonaSaved(serde_json::from_str(json)?),
            ("persona_removed", 1) => Body::PersonaRemoved(serde_json::from_str(json)?),
            ("conversation_saved", 1) => Body::ConversationSaved(serde_json::from_str(json)?),
            ("conversation_removed", 1) => Body::ConversationRemoved(serde_json::from_str(json)?),
            ("account_opened", 1) => Body::AccountOpened(serde_json::from_str(json)?),
            ("account_saved", 1) => Body::AccountSaved(serde_json::from_str(json)?),
            ("visitor_of_company", 1) => Body::VisitorOfCompany(serde_json::from_str(json)?),
            _ => {
                return Err(Undecodable::Unknown {
                    kind: kind.to_owned(),
                    v,
                });
            }
        })
    }
}

/// Carries a body through the versions after its own; none when there are none.
fn upcast(
    table: &[Upcast],
    kind: &str,
    v: u16,
    json: &str,
) -> Result<Option<(u16, String)>, Undecodable> {
    let next = |v: u16| table.iter().find(|(k, from, _)| *k == kind && *from == v);
    if next(v).is_none() {
        return Ok(None);
    }
    let mut v = v;
    let mut value: Value = serde_json::from_str(json)?;
    while let Some((_, _, step)) = next(v) {
        value = step(value);
        v = v.saturating_add(1);
    }
    Ok(Some((v, value.to_string())))
}

/// A fact as a line of a segment.
#[derive(Serialize, Deserialize)]
struct Line<'a> {
    seq: u64,
    at: Ms,
    occurred_at: Ms,
    actor: String,
    subject: String,
    kind: String,
    v: u16,
    #[serde(borrow)]
    body: &'a RawValue,
}

impl Fact {
    /// The fact as one line of JSON, without the line's end.
    pub fn encode(&self) -> Result<String, serde_json::Error> {
        let (kind, v) = self.body.kind();
        let body = RawValue::from_string(self.body.encode()?)?;
        serde_json::to_string(&Line {
            seq: self.seq,
            at: self.at,
            occurred_at: self.occurred_at,
            actor: self.actor.to_string(),
            subject: self.body.subject().to_string(),
            kind: kind.to_owned(),
            v,
            body: &body,
        })
    }

    /// Reads a line.
    pub fn decode(line: &str) -> Result<Fact, Undecodable> {
        let line: Line<'_> = serde_json::from_str(line)?;
        let actor = line
            .actor
            .parse()
            .map_err(|_| Undecodable::Malformed(format!("actor {:?}", line.actor)))?;
        let body = Body::decode(&line.kind, line.v, line.body.get())?;
        Ok(Fact {
            seq: line.seq,
            at: line.at,
            occurred_at: line.occurred_at,
            actor,
            body,
        })
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actor::System => f.write_str("system"),
            Actor::Visitor(id) => write!(f, "visitor:{id}"),
            Actor::User(id) => write!(f, "user:{id}"),
        }
    }
}

/// Not the name of anyone who can cause a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoActor;

impl FromStr for Actor {
    type Err = NoActor;

    fn from_str(text: &str) -> Result<Actor, NoActor> {
        match text.split_once(':') {
            None if text == "system" => Ok(Actor::System),
            Some(("visitor", id)) => id.parse().map(Actor::Visitor).map_err(|_| NoActor),
            Some(("user", id)) => id.parse().map(Actor::User).map_err(|_| NoActor),
            _ => Err(NoActor),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Workspace => f.write_str("workspace"),
            Subject::Rulebook => f.write_str("rulebook"),
            Subject::Visitor(id) => write!(f, "visitor:{id}"),
            Subject::Lead(id) => write!(f, "lead:{id}"),
            Subject::Leads(ids) => {
                for (place, id) in ids.iter().enumerate() {
                    let space = if place == 0 { "" } else { " " };
                    write!(f, "{space}lead:{id}")?;
                }
                Ok(())
            }
            Subject::Import(id) => write!(f, "import:{id}"),
            Subject::Account(id) => write!(f, "account:{id}"),
        }
    }
}

#[cfg(test)]
mod tests;
