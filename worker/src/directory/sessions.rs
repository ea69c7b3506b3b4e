//! Sessions: a secret in a cookie, here its hash.

use super::users;
use crate::error::StoreError;
use crate::limit::SESSION_MS;
use crate::store::random;
use crate::store::sql::Database;
use domain::api::Member;
use domain::id::{Ms, UserId};
use serde::{Deserialize, Serialize};

/// The table.
pub(super) const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS sessions(
  hash TEXT PRIMARY KEY, user TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;";

/// A session that has begun.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Begun {
    /// Whose.
    pub(crate) member: Member,
    /// For the cookie: known to the browser alone.
    pub(crate) secret: String,
}

/// A session that goes on; or a token, which is one that no cookie holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    /// Whose.
    pub(crate) member: Member,
    /// What it is known by: the hash of its secret.
    pub(crate) hash: String,
    /// When it ends.
    pub(crate) until: Ms,
}

/// Begins a session.
pub(super) fn begin(db: &Database, member: Member, now: Ms) -> Result<Begun, StoreError> {
    let secret = random::secret()?;
    let user = member.id.to_string();
    db.run_with("DELETE FROM sessions WHERE until <= ?", (now,))?;
    db.run_with(
        "INSERT INTO sessions VALUES(?, ?, ?)",
        (
            &random::hash(&secret),
            &user,
            now.saturating_add(SESSION_MS),
        ),
    )?;
    Ok(Begun { member, secret })
}

/// The session of that secret, while it lasts.
pub(super) fn find(db: &Database, secret: &str, now: Ms) -> Result<Option<Session>, StoreError> {
    let hash = random::hash(secret);
    let row: Option<(String, Ms)> = db.read_one(
        "SELECT user, until FROM sessions WHERE hash = ? AND until > ?",
        (&hash, now),
    )?;
    let Some((user, until)) = row else {
        return Ok(None);
    };
    Ok(users::find(db, &user)?.map(|member| Session {
        member,
        hash,
        until,
    }))
}

/// Ends a session.
pub(super) fn end(db: &Database, hash: &str) -> Result<(), StoreError> {
    db.run_with("DELETE FROM sessions WHERE hash = ?", (hash,))
}

/// Ends every session of somebody; what they were known by.
pub(super) fn end_all(db: &Database, user: UserId) -> Result<Vec<String>, StoreError> {
    let user = user.to_string();
    let found: Vec<(String,)> = db.read("SELECT hash FROM sessions WHERE user = ?", (&user,))?;
    db.run_with("DELETE FROM sessions WHERE user = ?", (&user,))?;
    Ok(found.into_iter().map(|(hash,)| hash).collect())
}
