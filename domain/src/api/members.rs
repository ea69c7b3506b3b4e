//! Calls about who else is in: invitations that are open, and what each may do. Inviting and joining are in
//! [`super::session`], taking somebody out in [`super::desk`].

use super::call::{Access, Call, Home, Method, Role};
use super::session::{Lang, Member};
use crate::id::{Ms, UserId};
use serde::{Deserialize, Serialize};

/// Lists the invitations that nobody has accepted yet and that may still be, those that end first on top.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Invites {}

/// An invitation that may be accepted. Its link was told once and is not told again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpenInvite {
    /// Whom.
    pub email: String,
    /// As what.
    pub role: Role,
    /// Until when it works.
    pub expires_at: Ms,
}

impl Call for Invites {
    const NAME: &'static str = "invites";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/invites";
    const ACCESS: Access = Access::Session(Role::Owner);
    const HOME: Home = Home::Directory;
    type Reply = Vec<OpenInvite>;
}

/// Withdraws an invitation: its link works no longer. Where there is none it changes nothing. Answers those that are left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WithdrawInvite {
    /// Whose.
    pub email: String,
}

impl Call for WithdrawInvite {
    const NAME: &'static str = "withdraw_invite";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/invites/withdraw";
    const ACCESS: Access = Access::Session(Role::Owner);
    const HOME: Home = Home::Directory;
    type Reply = Vec<OpenInvite>;
}

/// Changes what a member may do, from now on and in the sessions that go on. Answers the members. Errors: `not_found`;
/// `invalid` with `last_owner` on `role`, when nobody else is an owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeRole {
    /// Who.
    pub id: UserId,
    /// What the member is from now on.
    pub role: Role,
}

impl Call for ChangeRole {
    const NAME: &'static str = "change_role";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/members/{id}/role";
    const ACCESS: Access = Access::Session(Role::Owner);
    const HOME: Home = Home::Directory;
    type Reply = Vec<Member>;
}

/// Reads what holds of the whole workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadWorkspace {}

/// What holds of the whole workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WorkspaceFacts {
    /// Counts the changes, for [`SaveWorkspace`].
    pub version: u32,
    /// What it is called: the company.
    pub name: String,
    /// The language in which somebody who is invited is greeted.
    pub lang: Lang,
    /// The currency of amounts, by its three letters (ISO 4217).
    pub currency: String,
}

impl Call for ReadWorkspace {
    const NAME: &'static str = "workspace";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/workspace";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Directory;
    type Reply = WorkspaceFacts;
}

/// Changes what holds of the whole workspace. Errors: `conflict` with what holds; `invalid` with the field: `name` (`empty`,
/// `too_long`), `currency` (`unknown`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveWorkspace {
    /// The version that the edit was made from.
    pub expected_version: u32,
    /// The name.
    pub name: String,
    /// The language.
    pub lang: Lang,
    /// The currency; see [`crate::currency`].
    pub currency: String,
}

impl Call for SaveWorkspace {
    const NAME: &'static str = "save_workspace";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/workspace";
    const ACCESS: Access = Access::Session(Role::Owner);
    const HOME: Home = Home::Directory;
    type Reply = WorkspaceFacts;
}
