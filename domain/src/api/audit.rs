//! The call that tells who changed what, and when: settings, rules and people of the workspace, and what left it.
//!
//! What is told comes of the journal's facts and of what the directory notes about coming in. Not here: what became of each
//! lead, which its own history tells.

use super::call::{Access, Call, Home, Method, Role};
use crate::id::{Ms, UserId};
use serde::{Deserialize, Serialize};

macro_rules! deeds {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $area:ident;)+) => {
        /// What somebody did.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Deed {
            $($(#[$doc])* $name,)+
        }

        impl Deed {
            /// Every deed.
            pub const ALL: &[Deed] = &[$(Deed::$name),+];

            /// The stable name, as stored and sent.
            pub const fn name(self) -> &'static str {
                match self { $(Deed::$name => $text,)+ }
            }

            /// What it is about.
            pub const fn area(self) -> Area {
                match self { $(Deed::$name => Area::$area,)+ }
            }
        }
    };
}

deeds! {
    /// The workspace was opened.
    WorkspaceOpened = "workspace_opened", Settings;
    /// Name, language or currency of the workspace were changed.
    WorkspaceSaved = "workspace_saved", Settings;
    /// A site was added, or its settings changed.
    SiteSaved = "site_saved", Settings;
    /// Fields and tags were changed.
    SchemaSaved = "schema_saved", Settings;
    /// When the company works was changed.
    CalendarSaved = "calendar_saved", Settings;
    /// When somebody is away was changed.
    AwaySaved = "away_saved", Settings;
    /// A rulebook was published.
    RulebookPublished = "rulebook_published", Rules;
    /// The stages were changed.
    LadderSaved = "ladder_saved", Rules;
    /// Who gets which leads was changed.
    RoutingSaved = "routing_saved", Rules;
    /// A version of the definition was put down.
    DefinitionDrafted = "definition_drafted", Rules;
    /// It was signed.
    DefinitionSigned = "definition_signed", Rules;
    /// Who signs was named.
    HeadsNamed = "heads_named", Rules;
    /// A segment was changed.
    SegmentSaved = "segment_saved", Rules;
    /// A segment was taken away.
    SegmentRemoved = "segment_removed", Rules;
    /// A persona was changed.
    PersonaSaved = "persona_saved", Rules;
    /// A persona was taken away.
    PersonaRemoved = "persona_removed", Rules;
    /// Whether a browser is a program's was decided.
    VerdictChanged = "verdict_changed", Rules;
    /// A file was imported.
    ImportOpened = "import_opened", Data;
    /// An import was taken back.
    ImportUndone = "import_undone", Data;
    /// One deed was done with many people.
    BulkBegun = "bulk_begun", Data;
    /// A list of people was exported.
    LeadsExported = "leads_exported", Data;
    /// Everything that is held of a person was exported.
    PersonExported = "person_exported", Data;
    /// Everything was exported.
    AllExported = "all_exported", Data;
    /// A person was erased.
    PersonErased = "person_erased", Data;
    /// Somebody signed in.
    SignedIn = "signed_in", Access;
    /// Somebody changed the password.
    PasswordChanged = "password_changed", Access;
    /// Somebody ended sessions of their own.
    SessionsEnded = "sessions_ended", Access;
    /// Somebody was invited.
    Invited = "invited", Access;
    /// An invitation was withdrawn.
    InviteWithdrawn = "invite_withdrawn", Access;
    /// Somebody joined.
    Joined = "joined", Access;
    /// What somebody may do was changed.
    RoleChanged = "role_changed", Access;
    /// Somebody was taken out.
    MemberRemoved = "member_removed", Access;
    /// An API token was made.
    TokenMade = "token_made", Access;
    /// An API token was revoked.
    TokenRevoked = "token_revoked", Access;
}

/// What deeds are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// Who comes in, and as what.
    Access,
    /// How leads are judged and worked.
    Rules,
    /// How the workspace is set.
    Settings,
    /// What came in files, left in files, or was erased.
    Data,
}

impl Area {
    /// Every area.
    pub const ALL: [Area; 4] = [Area::Access, Area::Rules, Area::Settings, Area::Data];

    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Area::Access => "access",
            Area::Rules => "rules",
            Area::Settings => "settings",
            Area::Data => "data",
        }
    }
}

/// Tells who changed what, and when, the latest first. Errors: `invalid` with `malformed` on `cursor`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Audit {
    /// Only what this member or token did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<UserId>,
    /// Only what is about this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many; see [`super::page_limit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Part of what was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditPage {
    /// What was done, the latest first.
    pub items: Vec<Done>,
    /// Where the next page begins; none on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Something that somebody did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "AuditItem"))]
pub struct Done {
    /// When.
    pub at: Ms,
    /// Who: a member or a token; nobody for what the product did by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<UserId>,
    /// What that one was called then.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// What.
    pub deed: Deed,
    /// To what or whom: a name, an address, a number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// What somebody is from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The version that it made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}

impl Call for Audit {
    const NAME: &'static str = "audit";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/audit";
    const ACCESS: Access = Access::Role(Role::Owner);
    const HOME: Home = Home::Directory;
    type Reply = AuditPage;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deed_is_sent_under_its_name() {
        for deed in Deed::ALL {
            let sent = serde_json::to_value(deed).unwrap();
            assert_eq!(sent, deed.name());
        }
        for area in Area::ALL {
            assert_eq!(serde_json::to_value(area).unwrap(), area.name());
            assert!(Deed::ALL.iter().any(|deed| deed.area() == area));
        }
    }
}
