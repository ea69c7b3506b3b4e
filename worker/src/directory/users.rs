//! Users, their places in workspaces, and the used set-up tokens.

use crate::error::{Failure, StoreError};
use crate::limit::MEMBERS_MAX;
use crate::store::sql::Database;
use domain::api::{Lang, Member, Role};
use domain::id::{Ms, UserId, WorkspaceId};
use serde::{Deserialize, Serialize};

/// The tables. `vault` holds password hashes.
pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS users(id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, lang TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS vault(user TEXT PRIMARY KEY, password TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS members(
  user TEXT NOT NULL, workspace TEXT NOT NULL, company TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY(user, workspace))
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS used_tokens(hash TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;";

/// What makes a user and a member.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct NewMember {
    /// The member as it will be.
    pub(crate) member: Member,
    /// The password's hash, as a PHC string.
    pub(crate) password: String,
}

/// Whether nobody is there yet.
pub(super) fn is_empty(db: &Database) -> Result<bool, StoreError> {
    let row: Option<(u64,)> = db.read_one("SELECT count(*) FROM users", ())?;
    Ok(row.is_none_or(|(count,)| count == 0))
}

/// Uses a set-up token up; whether it had not been used.
pub(super) fn use_token(db: &Database, hash: &str, now: Ms) -> Result<bool, StoreError> {
    let used: Option<(u64,)> = db.read_one("SELECT 1 FROM used_tokens WHERE hash = ?", (hash,))?;
    if used.is_none() {
        db.run_with("INSERT INTO used_tokens VALUES(?, ?)", (hash, now))?;
    }
    Ok(used.is_none())
}

/// Writes a new user and its place. Errors: `invalid` with the field.
pub(super) fn add(db: &Database, new: &NewMember) -> Result<(), Failure> {
    let member = &new.member;
    let known: Option<(u64,)> =
        db.read_one("SELECT 1 FROM users WHERE email = ?", (&member.email,))?;
    if known.is_some() {
        return Err(Failure::invalid("email", "taken"));
    }
    let workspace = &member.workspace.0;
    let count: Option<(u32,)> = db.read_one(
        "SELECT count(*) FROM members WHERE workspace = ?",
        (workspace,),
    )?;
    if count.is_some_and(|(count,)| count >= MEMBERS_MAX) {
        return Err(Failure::invalid("email", "too_many"));
    }
    let id = member.id.to_string();
    let (role, lang) = (name_of(&member.role)?, name_of(&member.lang)?);
    db.run_with(
        "INSERT INTO users VALUES(?, ?, ?, ?)",
        (&id, &member.email, &member.name, &lang),
    )?;
    db.run_with("INSERT INTO vault VALUES(?, ?)", (&id, &new.password))?;
    db.run_with(
        "INSERT INTO members VALUES(?, ?, ?, ?)",
        (&id, workspace, &member.company, &role),
    )?;
    Ok(())
}

/// Forgets a member, whose address may then be invited anew; whether one was there.
pub(super) fn remove(
    db: &Database,
    workspace: &WorkspaceId,
    user: UserId,
) -> Result<bool, StoreError> {
    let id = user.to_string();
    let known: Option<(u64,)> = db.read_one(
        "SELECT 1 FROM members WHERE user = ? AND workspace = ?",
        (&id, &workspace.0),
    )?;
    if known.is_none() {
        return Ok(false);
    }
    db.run_with(
        "DELETE FROM members WHERE user = ? AND workspace = ?",
        (&id, &workspace.0),
    )?;
    db.run_with(
        "DELETE FROM vault WHERE user = ?1 AND NOT EXISTS(SELECT 1 FROM members WHERE user = ?1)",
        (&id,),
    )?;
    db.run_with(
        "DELETE FROM users WHERE id = ?1 AND NOT EXISTS(SELECT 1 FROM members WHERE user = ?1)",
        (&id,),
    )?;
    Ok(true)
}

/// Puts another password's hash in the place of a user's.
pub(super) fn set_password(db: &Database, user: UserId, hash: &str) -> Result<(), StoreError> {
    db.run_with(
        "UPDATE vault SET password = ? WHERE user = ?",
        (hash, &user.to_string()),
    )
}

type Row = (UserId, String, String, Lang, Role, WorkspaceId, String);

fn member((id, email, name, lang, role, workspace, company): Row) -> Member {
    Member {
        id,
        email,
        name,
        role,
        workspace,
        company,
        lang,
    }
}

const MEMBER: &str = "SELECT u.id, u.email, u.name, u.lang, m.role, m.workspace, m.company
  FROM users u JOIN members m ON m.user = u.id";

/// A user's place. A user has one workspace until a workspace can be chosen.
pub(super) fn find(db: &Database, user: &str) -> Result<Option<Member>, StoreError> {
    Ok(db
        .read_one(&format!("{MEMBER} WHERE u.id = ? LIMIT 1"), (user,))?
        .map(member))
}

/// The members of a workspace, by name.
pub(super) fn list(db: &Database, workspace: &WorkspaceId) -> Result<Vec<Member>, StoreError> {
    let rows: Vec<Row> = db.read(
        &format!("{MEMBER} WHERE m.workspace = ? ORDER BY u.name, u.email"),
        (&workspace.0,),
    )?;
    Ok(rows.into_iter().map(member).collect())
}

/// The member with this address, with the password's hash.
pub(super) fn with_password(
    db: &Database,
    email: &str,
) -> Result<Option<(Member, String)>, StoreError> {
    let row: Option<(String, String)> = db.read_one(
        "SELECT u.id, v.password FROM users u JOIN vault v ON v.user = u.id WHERE u.email = ?",
        (email,),
    )?;
    let Some((user, password)) = row else {
        return Ok(None);
    };
    Ok(find(db, &user)?.map(|member| (member, password)))
}

/// A unit variant's name, as it is stored.
pub(super) fn name_of<T: Serialize>(value: &T) -> Result<String, StoreError> {
    Ok(serde_json::to_value(value)?
        .as_str()
        .unwrap_or_default()
        .to_owned())
}
