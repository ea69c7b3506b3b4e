//! The call that takes a member out of the workspace. The directory forgets the member; the workspace hears who is left, so that
//! nobody waits for someone who is gone.

use super::account::{read_with, reply};
use crate::directory::door::Door as Directory;
use crate::error::Failure;
use crate::workspace::door::Door;
use domain::api::{
    AssignAccount, AssignLead, Call, CallInfo, Member, ReadRouting, RemoveMember, SaveAway,
    SaveRouting, SaveTask,
};
use worker::{Env, Response};

/// Whether a call is this one.
pub(super) fn answers(call: &CallInfo) -> bool {
    call.name == RemoveMember::NAME
}

/// Whether the workspace must know who is there to answer a call.
pub(super) fn are_named_by(call: &CallInfo) -> bool {
    matches!(
        call.name,
        ReadRouting::NAME
            | SaveRouting::NAME
            | SaveAway::NAME
            | AssignLead::NAME
            | SaveTask::NAME
            | AssignAccount::NAME
    )
}

/// Answers a call that the gate let through. Asked again it tells the workspace again, so what broke off is made good.
pub(super) async fn answer(
    params: Vec<(String, String)>,
    body: &[u8],
    member: &Member,
    env: &Env,
) -> Result<Response, Failure> {
    let RemoveMember { id } = read_with(params, body)?;
    if id == member.id {
        return Err(Failure::invalid("id", "own"));
    }
    let workspace = member.workspace.clone();
    let left = Directory::to(env)?
        .remove_member(workspace.clone(), id)
        .await?;
    let door = Door::to(env, &workspace)?;
    for session in &left.sessions {
        door.close_session(session).await?;
    }
    door.tell_members(&left.members).await?;
    reply::<RemoveMember>(&left.members)
}
