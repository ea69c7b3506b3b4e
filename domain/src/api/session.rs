//! Calls about who is in: set-up, sign-in, members; and the workspace's maintenance.

use super::call::{Access, Call, Home, Method, Role};
use crate::id::{Ms, UserId, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The language of a person's screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// A password on its way: never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Password(pub String);

impl Password {
    /// At least this many characters (NIST SP 800-63B §5.1.1.2 asks for 8; length beats rules).
    pub const CHARS_MIN: usize = 10;
    /// At most this many bytes: hashing a megabyte helps nobody.
    pub const BYTES_MAX: usize = 256;

    /// Whether it is long enough and not too long.
    pub fn is_acceptable(&self) -> bool {
        self.0.chars().count() >= Password::CHARS_MIN && self.0.len() <= Password::BYTES_MAX
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

/// Whether the deployment waits for its first account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetUpState {}

impl Call for SetUpState {
    const NAME: &'static str = "set_up_state";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/setup";
    const ACCESS: Access = Access::Public;
    const HOME: Home = Home::Directory;
    type Reply = IsOpen;
}

/// The answer to [`SetUpState`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IsOpen {
    /// True until the first account is made.
    pub open: bool,
}

/// Makes the first account and opens the first workspace; if its history is found in the edge store, restores it.
/// Sets the session cookie. Errors: `set_up_closed`; `invalid` with the field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetUp {
    /// From the one-time link.
    pub token: String,
    /// Who signs in.
    pub email: String,
    /// See [`Password::is_acceptable`].
    pub password: Password,
    /// The person's name.
    pub name: String,
    /// The company's name: the workspace's.
    pub company: String,
    /// The language of the screens.
    pub lang: Lang,
}

impl Call for SetUp {
    const NAME: &'static str = "set_up";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/setup";
    const ACCESS: Access = Access::Public;
    const HOME: Home = Home::Directory;
    type Reply = Member;
}

/// Begins a session. Errors: `wrong_password`, `rate_limited`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignIn {
    /// Who.
    pub email: String,
    /// The proof.
    pub password: Password,
}

impl Call for SignIn {
    const NAME: &'static str = "sign_in";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/sign-in";
    const ACCESS: Access = Access::Public;
    const HOME: Home = Home::Directory;
    type Reply = Member;
}

/// Ends the session, and closes its live sockets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignOut {}

impl Call for SignOut {
    const NAME: &'static str = "sign_out";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/sign-out";
    const ACCESS: Access = Access::Session(Role::Partner);
    const HOME: Home = Home::Directory;
    type Reply = ();
}

/// Who the session is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Me {}

impl Call for Me {
    const NAME: &'static str = "me";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/me";
    const ACCESS: Access = Access::Role(Role::Partner);
    const HOME: Home = Home::Directory;
    type Reply = Member;
}

/// Someone's place in a workspace; or a token's, where one calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Member {
    /// Who: the person's id, or the token's.
    pub id: UserId,
    /// The address to sign in with; of a token its name.
    pub email: String,
    /// The person's name, or the token's.
    pub name: String,
    /// What the person or the token may do.
    pub role: Role,
    /// Where.
    pub workspace: WorkspaceId,
    /// The workspace's name.
    pub company: String,
    /// The language of the person's screens.
    pub lang: Lang,
}

/// Lists the workspace's members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Members {}

impl Call for Members {
    const NAME: &'static str = "members";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/members";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Directory;
    type Reply = Vec<Member>;
}

/// Makes a link by which someone joins the workspace, once, within seven days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Invite {
    /// Whom: the address the person will sign in with.
    pub email: String,
    /// As what.
    pub role: Role,
}

impl Call for Invite {
    const NAME: &'static str = "invite";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/invites";
    const ACCESS: Access = Access::Session(Role::Owner);
    const HOME: Home = Home::Directory;
    type Reply = Invited;
}

/// The answer to [`Invite`]: shown once, stored only as a hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Invited {
    /// For the link `/join#token=…`.
    pub token: String,
    /// Until when it works.
    pub expires_at: Ms,
}

/// Accepts an invitation and begins a session. Errors: `invitation_closed`; `invalid` with the field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Join {
    /// From the link.
    pub token: String,
    /// The person's name.
    pub name: String,
    /// See [`Password::is_acceptable`].
    pub password: Password,
    /// The language of the screens.
    pub lang: Lang,
}

impl Call for Join {
    const NAME: &'static str = "join";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/join";
    const ACCESS: Access = Access::Public;
    const HOME: Home = Home::Directory;
    type Reply = Member;
}

/// Builds the projections anew from the journal, beside the live ones, and swaps them in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rebuild {}

impl Call for Rebuild {
    const NAME: &'static str = "rebuild";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/rebuild";
    const ACCESS: Access = Access::Role(Role::Owner);
    const HOME: Home = Home::Workspace;
    type Reply = Rebuilt;
}

/// The answer to [`Rebuild`]: it has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rebuilt {
    /// The journal's facts to go through.
    pub facts: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_has_a_least_and_a_greatest_length_and_is_not_printed() {
        let password = |text: &str| Password(text.into());
        assert!(password("十个字符就已经够长了呀").is_acceptable());
        assert!(!password("too short").is_acceptable());
        assert!(!password(&"x".repeat(257)).is_acceptable());
        assert_eq!(
            format!("{:?}", password("correct horse battery")),
            "Password"
        );
    }
}
