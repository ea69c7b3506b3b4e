//! Sessions: a secret in a cookie, here its hash; and what their owner is shown of them.

use super::users;
use crate::error::StoreError;
use crate::limit::{SESSION_MS, SESSION_SEEN_EVERY_MS};
use crate::store::random;
use crate::store::sql::Database;
use domain::api::{Member, OwnSession};
use domain::device::Device;
use domain::id::{Ms, SAMPLE_WORKSPACE, SignInId, UserId, WorkspaceId};
use serde::{Deserialize, Serialize};

/// The tables. `seen` is what a session began on and when it was last used. `sample` has a row while the made-up company is there, and `lookers` are the sessions that look at it.
pub(super) const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS sessions(
  hash TEXT PRIMARY KEY, user TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seen(
  hash TEXT PRIMARY KEY, id TEXT NOT NULL, begun_at INTEGER NOT NULL, at INTEGER NOT NULL, agent TEXT NOT NULL) WITHOUT ROWID;
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

/// Begins a session, in a browser of that user agent.
pub(super) fn begin(
    db: &Database,
    member: Member,
    agent: &str,
    now: Ms,
) -> Result<Begun, StoreError> {
    let secret = random::secret()?;
    let hash = random::hash(&secret);
    let user = member.id.to_string();
    db.run_with("DELETE FROM sessions WHERE until <= ?", (now,))?;
    db.run("DELETE FROM lookers WHERE hash NOT IN (SELECT hash FROM sessions)")?;
    db.run("DELETE FROM seen WHERE hash NOT IN (SELECT hash FROM sessions)")?;
    db.run_with(
        "INSERT INTO sessions VALUES(?, ?, ?)",
        (&hash, &user, now.saturating_add(SESSION_MS)),
    )?;
    see(db, &hash, agent, now)?;
    Ok(Begun { member, secret })
}

/// Notes that a session is used; the first time also what it began on.
fn see(db: &Database, hash: &str, agent: &str, now: Ms) -> Result<(), StoreError> {
    let id = random::uuid()?.to_string();
    db.run_with(
        "INSERT INTO seen VALUES(?, ?, ?, ?, ?) ON CONFLICT(hash) DO UPDATE SET at = excluded.at",
        (hash, &id, now, now, agent),
    )
}

/// The session of that secret, while it lasts. Notes the use, once a minute.
pub(super) fn find(db: &Database, secret: &str, now: Ms) -> Result<Option<Session>, StoreError> {
    let hash = random::hash(secret);
    let row: Option<(String, Ms, u8, Option<Ms>)> = db.read_one(
        "SELECT s.user, s.until, s.hash IN (SELECT hash FROM lookers), seen.at
         FROM sessions s LEFT JOIN seen ON seen.hash = s.hash WHERE s.hash = ? AND s.until > ?",
        (&hash, now),
    )?;
    let Some((user, until, looks, seen_at)) = row else {
        return Ok(None);
    };
    let seen_lately = |at: Ms| now.saturating_sub(at) < SESSION_SEEN_EVERY_MS;
    if !seen_at.is_some_and(seen_lately) {
        see(db, &hash, "", now)?;
    }
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

/// What the sessions of somebody are known by.
pub(super) fn known_by(db: &Database, user: UserId) -> Result<Vec<String>, StoreError> {
    let user = user.to_string();
    let found: Vec<(String,)> = db.read("SELECT hash FROM sessions WHERE user = ?", (&user,))?;
    Ok(found.into_iter().map(|(hash,)| hash).collect())
}

/// Ends every session of somebody; what they were known by.
pub(super) fn end_all(db: &Database, user: UserId) -> Result<Vec<String>, StoreError> {
    let ended = known_by(db, user)?;
    db.run_with("DELETE FROM sessions WHERE user = ?", (&user.to_string(),))?;
    Ok(ended)
}

/// Ends every session of somebody but one; what they were known by.
pub(super) fn end_others(
    db: &Database,
    user: UserId,
    kept: &str,
) -> Result<Vec<String>, StoreError> {
    let mut ended = known_by(db, user)?;
    ended.retain(|hash| hash != kept);
    db.run_with(
        "DELETE FROM sessions WHERE user = ? AND hash <> ?",
        (&user.to_string(), kept),
    )?;
    Ok(ended)
}

/// Ends a session of somebody, where it is that one's; what it was known by.
pub(super) fn end_one(
    db: &Database,
    user: UserId,
    id: SignInId,
) -> Result<Vec<String>, StoreError> {
    let found: Vec<(String,)> = db.read(
        "SELECT s.hash FROM sessions s JOIN seen ON seen.hash = s.hash WHERE s.user = ? AND seen.id = ?",
        (&user.to_string(), &id.to_string()),
    )?;
    for (hash,) in &found {
        end(db, hash)?;
    }
    Ok(found.into_iter().map(|(hash,)| hash).collect())
}

type Row = (String, SignInId, Ms, Ms, Ms, String);

/// The sessions of somebody that last: the one known by `here` first, then those used last.
pub(super) fn list(
    db: &Database,
    user: UserId,
    here: &str,
    now: Ms,
) -> Result<Vec<OwnSession>, StoreError> {
    let rows: Vec<Row> = db.read(
        "SELECT s.hash, seen.id, seen.begun_at, seen.at, s.until, seen.agent
         FROM sessions s JOIN seen ON seen.hash = s.hash WHERE s.user = ? AND s.until > ?
         ORDER BY s.hash <> ?, seen.at DESC, seen.id",
        (&user.to_string(), now, here),
    )?;
    let shown = rows.into_iter().map(|row| {
        let (hash, id, begun_at, seen_at, until, agent) = row;
        OwnSession {
            id,
            begun_at,
            seen_at,
            until,
            device: Device::of(&agent),
            here: hash == here,
        }
    });
    Ok(shown.collect())
}
