//! Calls about API tokens: with one another system comes in, in place of a person with a session.
//!
//! A token is of its workspace and goes on when whoever made it leaves. What it may call is what its role may, less
//! the calls that are for sessions alone ([`Access::Session`]).

use super::call::{Access, Call, Home, Method, Role};
use crate::id::{Ms, TokenId};
use serde::{Deserialize, Serialize};

/// What every token begins with, so that one that leaked is known for what it is.
pub const TOKEN_PREFIX: &str = "trl_";

/// Lists the workspace's tokens, the newest first, those among them that were revoked or have expired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tokens {}

impl Call for Tokens {
    const NAME: &'static str = "tokens";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/tokens";
    const ACCESS: Access = Access::Session(Role::Owner);
    const HOME: Home = Home::Directory;
    type Reply = Vec<Token>;
}

/// A token, as lists show one: without what it is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Token {
    /// Which.
    pub id: TokenId,
    /// What people call it.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The address of who made it.
    pub made_by: String,
    /// When.
    pub made_at: Ms,
    /// Until when it works; for ever, when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Ms>,
    /// When it was last used, to the minute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_at: Option<Ms>,
    /// When it was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Ms>,
}

impl Token {
    /// Tokens of a workspace. When there are so many, the one that was revoked or expired first gives way to a new one.
    pub const COUNT_MAX: u32 = 200;

    /// Whether it works at that time.
    pub fn works(&self, now: Ms) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|until| until > now)
    }
}

/// Makes a token. It is told once and stored only as a hash. The name is one that no working token has, so a request
/// that is sent twice makes one token. Errors: `invalid` with the field: `name` (`empty`, `too_long`, `taken`,
/// `too_many`), `expires_at` (`past`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MakeToken {
    /// What people call it: the system that has it.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Until when it works; for ever, when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Ms>,
}

impl Call for MakeToken {
    const NAME: &'static str = "make_token";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/tokens";
    const ACCESS: Access = Access::Session(Role::Owner);
    const HOME: Home = Home::Directory;
    type Reply = MadeToken;
}

/// The answer to [`MakeToken`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MadeToken {
    /// What lists show of it.
    pub token: Token,
    /// What `Authorization: Bearer` carries. It is never told again.
    pub secret: String,
}

/// Ends a token for good. A repeat changes nothing and answers the same. Errors: `not_found`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RevokeToken {
    /// Which.
    pub id: TokenId,
}

impl Call for RevokeToken {
    const NAME: &'static str = "revoke_token";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/tokens/{id}/revoke";
    const ACCESS: Access = Access::Session(Role::Owner);
    const HOME: Home = Home::Directory;
    type Reply = Token;
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_token_works_until_it_expires_or_is_revoked() {
        let check = |expires_at, revoked_at, now, expect| {
            let token = Token {
                id: TokenId(Uuid::nil()),
                name: "crm".into(),
                role: Role::Sdr,
                made_by: "lin@larkmeter.example".into(),
                made_at: 0,
                expires_at,
                used_at: None,
                revoked_at,
            };
            assert_eq!(token.works(now), expect, "{token:?} at {now}");
        };
        check(None, None, i64::MAX, true);
        check(Some(10), None, 9, true);
        check(Some(10), None, 10, false);
        check(None, Some(5), 1, false);
    }
}
