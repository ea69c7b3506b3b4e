//! Calls that write conversations down; they are read on the [`super::Timeline`].

use super::call::{Access, Call, Home, Method, Role};
use super::personas::Removed;
use crate::conversation::{Direction, Kind, Noted, Outcome};
use crate::id::{ConversationId, LeadId, Ms};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Writes a conversation down, or changes one: that may whoever wrote it, and marketing. It stays with the record that it was
/// written to. Answers it. Errors: `conflict` with the conversation as it is; `not_found`; `forbidden`; `invalid` with
/// `too_many`, or a code of [`crate::conversation::check()`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveConversation {
    /// The idempotency key.
    pub key: Uuid,
    /// Which: a new id makes a new one.
    pub id: ConversationId,
    /// With whom.
    pub lead: LeadId,
    /// The `seq` of the conversation that the edit was made from; 0 of a new one.
    #[serde(default)]
    pub expected_seq: u64,
    /// What kind.
    pub kind: Kind,
    /// When it was.
    pub at: Ms,
    /// Who began it; nobody of a note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// What was said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// How long it took, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
}

impl Call for SaveConversation {
    const NAME: &'static str = "save_conversation";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/conversations/{id}";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = Noted;
}

/// Takes a conversation away: that may whoever wrote it, and marketing. Errors: `not_found`; `forbidden`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RemoveConversation {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: ConversationId,
}

impl Call for RemoveConversation {
    const NAME: &'static str = "remove_conversation";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/conversations/{id}/remove";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = Removed;
}
