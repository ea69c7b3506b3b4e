//! Calls about one's own account: what one is called, the password, and the sessions that one has begun.
//!
//! They are for sessions alone: no token changes who comes in.

use super::call::{Access, Call, Home, Method, Role};
use super::session::{Lang, Member, Password};
use crate::device::Device;
use crate::id::{Ms, SignInId};
use serde::{Deserialize, Serialize};

/// Changes what one is called, and the language of one's screens. Errors: `invalid` with the field: `name` (`empty`,
/// `too_long`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveMe {
    /// The person's name.
    pub name: String,
    /// The language of the screens.
    pub lang: Lang,
}

impl Call for SaveMe {
    const NAME: &'static str = "save_me";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/me";
    const ACCESS: Access = Access::Session(Role::Partner);
    const HOME: Home = Home::Directory;
    type Reply = Member;
}

/// Changes the password; the person's other sessions end. Each try counts as one to sign in. Errors: `invalid` with the
/// field: `current` (`wrong`), `next` (`unacceptable`); `rate_limited`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangePassword {
    /// The password until now.
    pub current: Password,
    /// The one from now on; see [`Password::is_acceptable`].
    pub next: Password,
}

impl Call for ChangePassword {
    const NAME: &'static str = "change_password";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/me/password";
    const ACCESS: Access = Access::Session(Role::Partner);
    const HOME: Home = Home::Directory;
    type Reply = Vec<OwnSession>;
}

/// Lists the sessions that one has begun and that have not ended, this one first, then those used last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sessions {}

/// A session, as its owner sees it: without what it is known by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnSession {
    /// Which.
    pub id: SignInId,
    /// When it began.
    pub begun_at: Ms,
    /// When it was last used, to the minute.
    pub seen_at: Ms,
    /// When it ends by itself.
    pub until: Ms,
    /// What it began on.
    #[serde(default)]
    pub device: Device,
    /// Whether it is the one that asks.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub here: bool,
}

impl Call for Sessions {
    const NAME: &'static str = "sessions";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/sessions";
    const ACCESS: Access = Access::Session(Role::Partner);
    const HOME: Home = Home::Directory;
    type Reply = Vec<OwnSession>;
}

/// Ends one of one's own sessions, and closes its live sockets. One that has ended, or is another's, stays as it is. Answers
/// those that are left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EndSession {
    /// Which.
    pub id: SignInId,
}

impl Call for EndSession {
    const NAME: &'static str = "end_session";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/sessions/{id}/end";
    const ACCESS: Access = Access::Session(Role::Partner);
    const HOME: Home = Home::Directory;
    type Reply = Vec<OwnSession>;
}

/// Ends one's sessions everywhere: the others, or with them this one. Answers those that are left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EndSessions {
    /// Whether this one ends as well.
    #[serde(default)]
    pub here_too: bool,
}

impl Call for EndSessions {
    const NAME: &'static str = "end_sessions";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/sessions/end";
    const ACCESS: Access = Access::Session(Role::Partner);
    const HOME: Home = Home::Directory;
    type Reply = Vec<OwnSession>;
}
