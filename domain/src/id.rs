//! Identifiers, each a type of its own, and the time they are ordered by.
//!
//! Not here: making them. An id is made on the client (events), by a person's browser (edits) or
//! derived from the event that caused the thing it names, so that a replay makes the same one.

use crate::wire::limit::SESSION_BYTES_MAX;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Ms = i64;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

uuid_id! {
    /// A tracked event, made on the client.
    EventId
}
uuid_id! {
    /// A browser, made by the tracker and kept in first-party storage.
    VisitorId
}
uuid_id! {
    /// A person in the base: the id of the event or edit that first named the person.
    LeadId
}
uuid_id! {
    /// A kind of customer that a workspace has described.
    PersonaId
}
uuid_id! {
    /// A call, a mail or a meeting that a member noted.
    ConversationId
}
uuid_id! {
    /// Something that is to be done with a person.
    TaskId
}
uuid_id! {
    /// A company in the base: the id of the event or edit that first named it.
    AccountId
}
uuid_id! {
    /// Someone who signs in to the workspace.
    UserId
}
uuid_id! {
    /// A session that somebody began by signing in: what it is listed and ended by, not what it is known by.
    SignInId
}
uuid_id! {
    /// An API token: what it is listed and revoked by, not what it is made of.
    TokenId
}

uuid_id! {
    /// A file that was imported.
    ImportId
}
uuid_id! {
    /// A list of people that somebody keeps under a name.
    ViewId
}
uuid_id! {
    /// A deed that was done with many people.
    BulkId
}

impl From<EventId> for LeadId {
    fn from(event: EventId) -> LeadId {
        LeadId(event.0)
    }
}

/// The namespace of ids that are made of a text (RFC 9562 §5.5): drawn once, by lot.
const NAMESPACE: Uuid = Uuid::from_u128(0x8f0c_52e1_6b1d_4b7a_9d3e_2a6c_71f4_05b9);

/// The id of a thing that is known by a text: the same text gives the same id.
pub(crate) fn derived(text: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, text.as_bytes())
}

impl From<EventId> for AccountId {
    fn from(event: EventId) -> AccountId {
        AccountId(event.0)
    }
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_id! {
    /// A customer of Trellis: lower-case letters, digits and hyphens, at most 32.
    WorkspaceId
}
text_id! {
    /// A tracked website's public key, `{workspace}.{site}`: it names its workspace, so that a
    /// collector that has never seen the key knows whom to ask.
    SiteKey
}

text_id! {
    /// A visit of a browser: the time it began, in base 36. The tracker begins another after 30 minutes of silence.
    SessionId
}

impl SessionId {
    /// Reads one: 1–[`crate::wire::limit::SESSION_BYTES_MAX`] lower-case letters and digits.
    pub fn parse(text: &str) -> Option<SessionId> {
        let fits = (1..=SESSION_BYTES_MAX).contains(&text.len());
        let plain = text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        (fits && plain).then(|| SessionId(text.to_owned()))
    }
}

/// The workspace that a deployment's first set-up opens.
pub const FIRST_WORKSPACE: &str = "main";
/// The workspace that a made-up company has to itself, for a look around.
pub const SAMPLE_WORKSPACE: &str = "sample";
/// The site of the sample company's website in the first workspace.
pub const DEMO_SITE: &str = "main.demo";

impl SiteKey {
    /// A key is at most this long, in bytes.
    pub const BYTES_MAX: usize = 64;

    /// The workspace in the key; `None` when the key is not one: `{1–32 of a-z 0-9 -}.{the same}`.
    pub fn workspace(&self) -> Option<WorkspaceId> {
        let (workspace, site) = self.0.split_once('.')?;
        (is_slug(workspace, 32) && is_slug(site, 32)).then(|| WorkspaceId(workspace.to_owned()))
    }
}

/// Whether `text` is lower-case letters, digits and hyphens, one at least and so many at most.
pub(crate) fn is_slug(text: &str, bytes_max: usize) -> bool {
    (1..=bytes_max).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_key_names_its_workspace() {
        let check = |key: &str, workspace: Option<&str>| {
            assert_eq!(
                SiteKey(key.into()).workspace().map(|w| w.0).as_deref(),
                workspace,
                "{key}"
            );
        };
        check("main.demo", Some("main"));
        check("acme-cn.www-2", Some("acme-cn"));
        for bad in [
            "",
            "main",
            ".demo",
            "main.",
            "Main.demo",
            "main.demo.x",
            "main/demo",
            "主.demo",
        ] {
            check(bad, None);
        }
        check(&format!("{}.x", "a".repeat(33)), None);
    }
}
