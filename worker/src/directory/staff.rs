//! What owners ask about who is in: open invitations, roles, and what holds of the whole workspace.

use super::users::{self, name_of};
use super::{invites, sessions};
use crate::error::{Failure, StoreError};
use crate::store::sql::Database;
use domain::api::{ErrorCode, Lang, Member, OpenInvite, Role, SaveWorkspace, WorkspaceFacts};
use domain::currency;
use domain::id::{Ms, UserId, WorkspaceId};
use serde::{Deserialize, Serialize};

/// The table. A workspace of which nothing was changed has no row.
pub(super) const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS workspaces(
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, lang TEXT NOT NULL, currency TEXT NOT NULL) WITHOUT ROWID;";

/// What may be asked.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Question {
    /// The invitations that are open.
    Invites,
    /// One works no longer.
    Withdraw { email: String },
    /// A member is something else from now on.
    ChangeRole { user: UserId, role: Role },
    /// What holds of the workspace.
    Facts { name: String },
    /// It is changed.
    Save { name: String, save: SaveWorkspace },
}

/// Who is there after a role was changed, and the sessions of that one.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Changed {
    /// The members.
    pub(crate) members: Vec<Member>,
    /// What the sessions are known by.
    pub(crate) sessions: Vec<String>,
}

/// Answers a question about a workspace, as JSON.
pub(super) fn answer(
    db: &Database,
    workspace: &WorkspaceId,
    question: Question,
    now: Ms,
) -> Result<String, Failure> {
    Ok(match question {
        Question::Invites => serde_json::to_string(&open(db, workspace, now)?)?,
        Question::Withdraw { email } => {
            invites::withdraw(db, workspace, &email)?;
            serde_json::to_string(&open(db, workspace, now)?)?
        }
        Question::ChangeRole { user, role } => {
            change_role(db, workspace, user, role)?;
            serde_json::to_string(&Changed {
                members: users::list(db, workspace)?,
                sessions: sessions::known_by(db, user)?,
            })?
        }
        Question::Facts { name } => serde_json::to_string(&facts(db, workspace, name)?)?,
        Question::Save { name, save } => serde_json::to_string(&saved(db, workspace, name, save)?)?,
    })
}

fn open(db: &Database, workspace: &WorkspaceId, now: Ms) -> Result<Vec<OpenInvite>, StoreError> {
    invites::open(db, workspace, now)
}

fn change_role(
    db: &Database,
    workspace: &WorkspaceId,
    user: UserId,
    role: Role,
) -> Result<(), Failure> {
    let members = users::list(db, workspace)?;
    let Some(member) = members.iter().find(|member| member.id == user) else {
        return Err(Failure::new(ErrorCode::NotFound, "no such member"));
    };
    let is_other_owner = |other: &Member| other.id != user && other.role == Role::Owner;
    if member.role == Role::Owner && role != Role::Owner && !members.iter().any(is_other_owner) {
        return Err(Failure::invalid("role", "last_owner"));
    }
    db.run_with(
        "UPDATE members SET role = ? WHERE user = ? AND workspace = ?",
        (&name_of(&role)?, &user.to_string(), &workspace.0),
    )?;
    Ok(())
}

fn facts(
    db: &Database,
    workspace: &WorkspaceId,
    name: String,
) -> Result<WorkspaceFacts, StoreError> {
    let row: Option<(u32, Lang, String)> = db.read_one(
        "SELECT version, lang, currency FROM workspaces WHERE id = ?",
        (&workspace.0,),
    )?;
    let (version, lang, currency) =
        row.unwrap_or_else(|| (0, Lang::default(), currency::STARTER.to_owned()));
    Ok(WorkspaceFacts {
        version,
        name,
        lang,
        currency,
    })
}

fn saved(
    db: &Database,
    workspace: &WorkspaceId,
    name: String,
    save: SaveWorkspace,
) -> Result<WorkspaceFacts, Failure> {
    let current = facts(db, workspace, name)?;
    if current.version != save.expected_version {
        return Err(Failure {
            current: Some(serde_json::to_value(&current)?),
            ..Failure::new(ErrorCode::Conflict, "someone else changed it first")
        });
    }
    let next = WorkspaceFacts {
        version: current.version.saturating_add(1),
        name: save.name,
        lang: save.lang,
        currency: save.currency,
    };
    db.run_with(
        "INSERT INTO workspaces VALUES(?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET
           version = excluded.version, lang = excluded.lang, currency = excluded.currency",
        (
            &workspace.0,
            next.version,
            &name_of(&next.lang)?,
            &next.currency,
        ),
    )?;
    for table in ["members", "invites", "tokens"] {
        db.run_with(
            &format!("UPDATE {table} SET company = ? WHERE workspace = ?"),
            (&next.name, &workspace.0),
        )?;
    }
    Ok(next)
}
