//! Sessions: a secret in a cookie, here its hash.

use super::users;
use crate::error::StoreError;
use crate::limit::SESSION_MS;
use crate::store::random;
use crate::store::sql::Database;
use domain::api::Member;
use domain::id::{Ms, SAMPLE_WORKSPACE, UserId, WorkspaceId};
use serde::{Deserialize, Serialize};

/// The tables. `sample` has a row while the made-up company is there, and `lookers` are the sessions that look at it.
pub(super) const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS sessions(
  hash TEXT PRIMARY KEY, user TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sample(at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS lookers(hash TEXT PRIMARY KEY) WITHOUT ROWID;";

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
    /// Whether it looks at the made-up company.
    pub(crate) looks: bool,
}

impl Session {
    /// The member, in the workspace that the session looks at.
    pub(crate) fn seen(&self) -> Member {
        let mut member = self.member.clone();
        if self.looks {
            member.workspace = WorkspaceId(SAMPLE_WORKSPACE.to_owned());
        }
        member
    }
}

/// Begins a session.
pub(super) fn begin(db: &Database, member: Member, now: Ms) -> Result<Begun, StoreError> {
    let secret = random::secret()?;
    let user = member.id.to_string();
    db.run_with("DELETE FROM sessions WHERE until <= ?", (now,))?;
    db.run("DELETE FROM lookers WHERE hash NOT IN (SELECT hash FROM sessions)")?;
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
    let row: Option<(String, Ms, u8)> = db.read_one(
        "SELECT user, until, hash IN (SELECT hash FROM lookers) FROM sessions WHERE hash = ? AND until > ?",
        (&hash, now),
    )?;
    let Some((user, until, looks)) = row else {
        return Ok(None);
    };
    Ok(users::find(db, &user)?.map(|member| Session {
        member,
        hash,
        until,
        looks: looks > 0,
    }))
}

/// From now on a session looks at the made-up company, or no longer.
pub(super) fn look(db: &Database, hash: &str, looks: bool) -> Result<(), StoreError> {
    let statement = if looks {
        "INSERT OR IGNORE INTO lookers SELECT hash FROM sessions WHERE hash = ?"
    } else {
        "DELETE FROM lookers WHERE hash = ?"
    };
    db.run_with(statement, (hash,))
}

/// Whether the made-up company is there.
pub(super) fn has_sample(db: &Database) -> Result<bool, StoreError> {
    let row: Option<(u8,)> = db.read_one("SELECT 1 FROM sample LIMIT 1", ())?;
    Ok(row.is_some())
}

/// The made-up company is there.
pub(super) fn put_sample(db: &Database, now: Ms) -> Result<(), StoreError> {
    db.run_with(
        "INSERT INTO sample SELECT ? WHERE NOT EXISTS(SELECT 1 FROM sample)",
        (now,),
    )
}

/// The made-up company is gone, and nobody looks at it any more.
pub(super) fn drop_sample(db: &Database) -> Result<(), StoreError> {
    db.run("DELETE FROM sample; DELETE FROM lookers")
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
