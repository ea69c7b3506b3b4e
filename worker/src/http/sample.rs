//! The calls about the made-up company: it has an object to itself, and the directory knows who looks at it.

use super::account::{read_with, reply};
use crate::clock;
use crate::directory::door::Door as Directory;
use crate::directory::sessions::Session;
use crate::error::Failure;
use crate::workspace::door::{Door, Filling};
use domain::api::{
    Call, CallInfo, ErrorCode, LoadSample, ReadSample, RemoveSample, SampleState, ViewSample,
};
use domain::id::{SAMPLE_WORKSPACE, WorkspaceId};
use worker::{Env, Response};

/// What the company is made from: always the same one.
const SEED: u64 = 7;

/// Whether a call is one of these.
pub(super) fn answers(call: &CallInfo) -> bool {
    matches!(
        call.name,
        ReadSample::NAME | LoadSample::NAME | ViewSample::NAME | RemoveSample::NAME
    )
}

/// Answers a call that the gate let through.
pub(super) async fn answer(
    call: &CallInfo,
    body: &[u8],
    session: Session,
    env: &Env,
) -> Result<Response, Failure> {
    let directory = Directory::to(env)?;
    let workspace = WorkspaceId(SAMPLE_WORKSPACE.to_owned());
    match call.name {
        ReadSample::NAME => reply::<ReadSample>(&SampleState {
            loaded: directory.has_sample().await?,
        }),
        LoadSample::NAME => {
            let members = directory.members(session.member.workspace.clone()).await?;
            let filling = Filling {
                workspace: workspace.clone(),
                seed: SEED,
                until: clock::now(),
                members,
            };
            Door::to(env, &workspace)?.fill(&filling).await?;
            directory.set_sample(true).await?;
            look(&directory, session, true, env).await
        }
        ViewSample::NAME => {
            let ViewSample { view } = read_with(Vec::new(), body)?;
            if view && !directory.has_sample().await? {
                let message = "there is no sample company";
                return Err(Failure::new(ErrorCode::NotFound, message));
            }
            look(&directory, session, view, env).await
        }
        _ => {
            // First nobody looks at it any more; what breaks off then can be said again.
            directory.set_sample(false).await?;
            Door::to(env, &workspace)?.clear().await?;
            look(&directory, session, false, env).await
        }
    }
}

/// Turns a session to the made-up company, or away from it: what it heard of the other one ends.
async fn look(
    directory: &Directory,
    session: Session,
    looks: bool,
    env: &Env,
) -> Result<Response, Failure> {
    directory.look(session.hash.clone(), looks).await?;
    if session.looks != looks {
        let before = session.seen().workspace;
        Door::to(env, &before)?.close_session(&session.hash).await?;
    }
    reply::<ViewSample>(&Session { looks, ..session }.seen())
}
