//! The calls about who is in: open invitations, roles, taking a member out, and what holds of the whole workspace. The directory
//! stores; the workspace hears who is there, so that nobody waits for someone who is gone.

use super::account::{read_with, reply, require_email, require_name};
use super::own;
use crate::directory::deeds::NewDeed;
use crate::directory::door::Door as Directory;
use crate::directory::sessions::Session;
use crate::directory::staff::Question;
use crate::error::Failure;
use crate::workspace::door::Door;
use domain::api::{
    AssignAccount, AssignLead, Call, CallInfo, ChangeRole, Deed, DoBulk, ErrorCode, Invites,
    ReadRouting, ReadWorkspace, RemoveMember, SaveAway, SaveRouting, SaveTask, SaveWorkspace,
    UndoBulk, WithdrawInvite,
};
use domain::currency;
use worker::{Env, Response};

/// Whether a call is one of these.
pub(super) fn answers(call: &CallInfo) -> bool {
    matches!(
        call.name,
        RemoveMember::NAME
            | ChangeRole::NAME
            | Invites::NAME
            | WithdrawInvite::NAME
            | ReadWorkspace::NAME
            | SaveWorkspace::NAME
    )
}

/// Whether the workspace must know who is there to answer a call.
pub(super) fn are_named_by(call: &CallInfo) -> bool {
    matches!(
        call.name,
        ReadRouting::NAME
            | SaveRouting::NAME
            | SaveAway::NAME
            | AssignLead::NAME
            | DoBulk::NAME
            | UndoBulk::NAME
            | SaveTask::NAME
            | AssignAccount::NAME
    )
}

/// Answers a call that the gate let through.
pub(super) async fn answer(
    call: &CallInfo,
    params: Vec<(String, String)>,
    body: &[u8],
    session: &Session,
    env: &Env,
) -> Result<Response, Failure> {
    let directory = Directory::to(env)?;
    let member = &session.member;
    let workspace = member.workspace.clone();
    match call.name {
        RemoveMember::NAME => remove(read_with(params, body)?, session, env).await,
        ChangeRole::NAME => change_role(read_with(params, body)?, session, env).await,
        Invites::NAME => reply::<Invites>(&directory.invites(workspace).await?),
        WithdrawInvite::NAME => {
            let WithdrawInvite { email } = read_with(params, body)?;
            let email = require_email(&email)?;
            let deed = NewDeed::of(member, Deed::InviteWithdrawn, email.clone());
            reply::<WithdrawInvite>(&directory.withdraw_invite(email, deed).await?)
        }
        ReadWorkspace::NAME => {
            let facts = directory.workspace(workspace, member.company.clone());
            reply::<ReadWorkspace>(&facts.await?)
        }
        SaveWorkspace::NAME => {
            let mut save: SaveWorkspace = read_with(params, body)?;
            save.name = require_name("name", &save.name)?;
            if currency::digits(&save.currency).is_none() {
                return Err(Failure::invalid("currency", "unknown"));
            }
            let deed = NewDeed::of(member, Deed::WorkspaceSaved, save.name.clone());
            let name = member.company.clone();
            let saved = directory.staff(Question::Save { name, save }, deed);
            reply::<SaveWorkspace>(&saved.await?)
        }
        _ => Err(Failure::new(ErrorCode::NotFound, "no such call")),
    }
}

/// Forgets a member. Asked again it tells the workspace again, so what broke off is made good.
async fn remove(call: RemoveMember, session: &Session, env: &Env) -> Result<Response, Failure> {
    let RemoveMember { id } = call;
    let member = &session.member;
    if id == member.id {
        return Err(Failure::invalid("id", "own"));
    }
    let directory = Directory::to(env)?;
    let workspace = member.workspace.clone();
    let before = directory.members(workspace.clone()).await?;
    let left = directory.remove_member(workspace.clone(), id).await?;
    if let Some(gone) = before.iter().find(|known| known.id == id) {
        let deed = NewDeed::of(member, Deed::MemberRemoved, gone.email.clone());
        directory.note(deed).await?;
    }
    own::close(session, &left.sessions, env).await?;
    Door::to(env, &workspace)?
        .tell_members(&left.members)
        .await?;
    reply::<RemoveMember>(&left.members)
}

/// Makes a member something else; what that one has open connects anew, as what it is now.
async fn change_role(call: ChangeRole, session: &Session, env: &Env) -> Result<Response, Failure> {
    let ChangeRole { id, role } = call;
    let directory = Directory::to(env)?;
    let workspace = session.member.workspace.clone();
    let before = directory.members(workspace.clone()).await?;
    let whom = before.iter().find(|known| known.id == id);
    let email = whom.map(|known| known.email.clone()).unwrap_or_default();
    let deed = NewDeed::of(&session.member, Deed::RoleChanged, email).with_role(role);
    let changed = directory.change_role(id, role, deed).await?;
    own::close(session, &changed.sessions, env).await?;
    Door::to(env, &workspace)?
        .tell_members(&changed.members)
        .await?;
    reply::<ChangeRole>(&changed.members)
}
