//! Invitations: a secret in a link, here its hash; each works once.

use super::users::name_of;
use crate::error::StoreError;
use crate::limit::INVITE_MS;
use crate::store::random;
use crate::store::sql::Database;
use domain::api::{Invited, OpenInvite, Role};
use domain::id::{Ms, WorkspaceId};
use serde::{Deserialize, Serialize};

/// The table.
pub(super) const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS invites(
  hash TEXT PRIMARY KEY, email TEXT NOT NULL, role TEXT NOT NULL, workspace TEXT NOT NULL, company TEXT NOT NULL,
  until INTEGER NOT NULL) WITHOUT ROWID;";

/// Who is invited, as what and where.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Invitation {
    pub(crate) email: String,
    pub(crate) role: Role,
    pub(crate) workspace: WorkspaceId,
    pub(crate) company: String,
}

/// Writes an invitation; one for the same address in the same workspace gives way to it.
pub(super) fn add(db: &Database, invitation: &Invitation, now: Ms) -> Result<Invited, StoreError> {
    let token = random::secret()?;
    let expires_at = now.saturating_add(INVITE_MS);
    let Invitation {
        email,
        role,
        workspace,
        company,
    } = invitation;
    db.run_with(
        "DELETE FROM invites WHERE until <= ? OR (email = ? AND workspace = ?)",
        (now, email, &workspace.0),
    )?;
    db.run_with(
        "INSERT INTO invites VALUES(?, ?, ?, ?, ?, ?)",
        (
            &random::hash(&token),
            email,
            &name_of(role)?,
            &workspace.0,
            company,
            expires_at,
        ),
    )?;
    Ok(Invited { token, expires_at })
}

/// Whether an invitation may be accepted.
pub(super) fn is_open(db: &Database, token: &str, now: Ms) -> Result<bool, StoreError> {
    let row: Option<(u32,)> = db.read_one(
        "SELECT 1 FROM invites WHERE hash = ? AND until > ?",
        (&random::hash(token), now),
    )?;
    Ok(row.is_some())
}

/// Uses an invitation up; none when there is none, or no more.
pub(super) fn take(db: &Database, token: &str, now: Ms) -> Result<Option<Invitation>, StoreError> {
    let hash = random::hash(token);
    let row: Option<(String, Role, WorkspaceId, String)> = db.read_one(
        "SELECT email, role, workspace, company FROM invites WHERE hash = ? AND until > ?",
        (&hash, now),
    )?;
    let invitation = row.map(|(email, role, workspace, company)| Invitation {
        email,
        role,
        workspace,
        company,
    });
    if invitation.is_some() {
        db.run_with("DELETE FROM invites WHERE hash = ?", (&hash,))?;
    }
    Ok(invitation)
}

/// The invitations of a workspace that may be accepted, those that end first on top.
pub(super) fn open(
    db: &Database,
    workspace: &WorkspaceId,
    now: Ms,
) -> Result<Vec<OpenInvite>, StoreError> {
    let rows: Vec<(String, Role, Ms)> = db.read(
        "SELECT email, role, until FROM invites WHERE workspace = ? AND until > ? ORDER BY until, email",
        (&workspace.0, now),
    )?;
    let open = rows
        .into_iter()
        .map(|(email, role, expires_at)| OpenInvite {
            email,
            role,
            expires_at,
        });
    Ok(open.collect())
}

/// Takes the invitation for an address away, where there is one.
pub(super) fn withdraw(
    db: &Database,
    workspace: &WorkspaceId,
    email: &str,
) -> Result<(), StoreError> {
    db.run_with(
        "DELETE FROM invites WHERE workspace = ? AND email = ?",
        (&workspace.0, email),
    )
}
