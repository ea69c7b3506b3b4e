//! What was done about coming in, and what left the workspace as a file: what no fact of the journal tells. The audit log reads
//! it beside them.

use super::users::name_of;
use crate::error::StoreError;
use crate::limit::DEEDS_KEPT;
use crate::store::journal::Which;
use crate::store::sql::Database;
use domain::api::{Deed, Done, Member, Role};
use domain::id::{Ms, UserId, WorkspaceId};
use serde::{Deserialize, Serialize};

/// The table.
pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS deeds(
  seq INTEGER PRIMARY KEY, workspace TEXT NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL, made_by TEXT NOT NULL,
  deed TEXT NOT NULL, about TEXT NOT NULL, role TEXT);
CREATE INDEX IF NOT EXISTS deeds_workspace ON deeds(workspace, seq);";

/// Something that somebody does.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct NewDeed {
    /// Where.
    pub(crate) workspace: WorkspaceId,
    /// Who.
    pub(crate) actor: UserId,
    /// What that one signs in with, or the token's name.
    pub(crate) by: String,
    /// What.
    pub(crate) deed: Deed,
    /// To what or whom.
    pub(crate) about: String,
    /// As what.
    pub(crate) role: Option<Role>,
}

impl NewDeed {
    /// What a member does.
    pub(crate) fn of(member: &Member, deed: Deed, about: impl Into<String>) -> NewDeed {
        NewDeed {
            workspace: member.workspace.clone(),
            actor: member.id,
            by: member.email.clone(),
            deed,
            about: about.into(),
            role: None,
        }
    }

    /// The same, as what somebody is from then on.
    pub(crate) fn with_role(self, role: Role) -> NewDeed {
        NewDeed {
            role: Some(role),
            ..self
        }
    }
}

/// Notes a deed. The oldest give way.
pub(super) fn note(db: &Database, new: &NewDeed, now: Ms) -> Result<(), StoreError> {
    let role = new.role.as_ref().map(name_of).transpose()?;
    let role = role.unwrap_or_default();
    db.run_with(
        "INSERT INTO deeds(workspace, at, actor, made_by, deed, about, role) VALUES(?, ?, ?, ?, ?, ?, nullif(?, ''))",
        (
            &new.workspace.0,
            now,
            &new.actor.to_string(),
            &new.by,
            new.deed.name(),
            &new.about,
            &role,
        ),
    )?;
    db.run_with(
        "DELETE FROM deeds WHERE seq <= (SELECT max(seq) FROM deeds) - ?",
        (DEEDS_KEPT,),
    )
}

type Row = (u64, Ms, UserId, String, Deed, String, Option<Role>);

/// Those that are asked for with their numbers, the latest first.
pub(super) fn list(
    db: &Database,
    workspace: &WorkspaceId,
    which: &Which,
) -> Result<Vec<(u64, Done)>, StoreError> {
    let actor = which.actor.map(|actor| actor.to_string());
    let actor = actor.unwrap_or_default();
    let rows: Vec<Row> = db.read(
        "SELECT seq, at, actor, made_by, deed, about, role FROM deeds
         WHERE workspace = ? AND seq < ? AND (? = '' OR actor = ?) AND deed IN (SELECT value FROM json_each(?))
         ORDER BY seq DESC LIMIT ?",
        (
            &workspace.0,
            which.before.unwrap_or(u64::from(u32::MAX)),
            &actor,
            &actor,
            &serde_json::to_string(&which.deeds())?,
            which.limit,
        ),
    )?;
    let done = rows
        .into_iter()
        .map(|(seq, at, actor, by, deed, about, role)| {
            let version = None;
            let actor = Some(actor);
            let done = Done {
                at,
                actor,
                by,
                deed,
                about,
                role,
                version,
            };
            (seq, done)
        });
    Ok(done.collect())
}
