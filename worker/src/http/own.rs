//! The calls about one's own account. The directory stores; passwords are hashed and compared here.

use super::account::{From, read_with, reply, require_name};
use super::{gate, password};
use crate::directory::deeds::NewDeed;
use crate::directory::door::Door as Directory;
use crate::directory::own::{Asker, Ended, Question};
use crate::directory::sessions::Session;
use crate::error::Failure;
use crate::workspace::door::Door;
use domain::api::{
    Call, CallInfo, ChangePassword, Deed, EndSession, EndSessions, ErrorCode, Password, SaveMe,
    Sessions,
};
use domain::id::{SAMPLE_WORKSPACE, WorkspaceId};
use worker::{Env, Response};

/// Whether a call is one of these.
pub(super) fn answers(call: &CallInfo) -> bool {
    matches!(
        call.name,
        SaveMe::NAME | ChangePassword::NAME | Sessions::NAME | EndSession::NAME | EndSessions::NAME
    )
}

/// Answers a call that the gate let through.
pub(super) async fn answer(
    call: &CallInfo,
    params: Vec<(String, String)>,
    body: &[u8],
    session: Session,
    from: From<'_>,
    env: &Env,
) -> Result<Response, Failure> {
    let directory = Directory::to(env)?;
    let asker = Asker {
        user: session.member.id,
        hash: session.hash.clone(),
    };
    let own_deed = || NewDeed::of(&session.member, Deed::SessionsEnded, "");
    match call.name {
        SaveMe::NAME => save(read_with(params, body)?, session, asker, env).await,
        ChangePassword::NAME => {
            let call = read_with(params, body)?;
            let question = changed(call, &session, from, &directory).await?;
            let deed = NewDeed::of(&session.member, Deed::PasswordChanged, "");
            let ended = directory.own_sessions(asker, question, Some(deed)).await?;
            close(&session, &ended.ended, env).await?;
            reply::<ChangePassword>(&ended.left)
        }
        Sessions::NAME => {
            let listed = directory.own_sessions(asker, Question::Sessions, None);
            reply::<Sessions>(&listed.await?.left)
        }
        EndSession::NAME => {
            let EndSession { id } = read_with(params, body)?;
            let question = Question::End { id };
            let ended = directory.own_sessions(asker, question, Some(own_deed()));
            left::<EndSession>(&session, ended.await?, env).await
        }
        EndSessions::NAME => {
            let EndSessions { here_too } = read_with(params, body)?;
            let question = Question::EndAll { here_too };
            let ended = directory.own_sessions(asker, question, Some(own_deed()));
            left::<EndSessions>(&session, ended.await?, env).await
        }
        _ => Err(Failure::new(ErrorCode::NotFound, "no such call")),
    }
}

async fn save(
    call: SaveMe,
    session: Session,
    asker: Asker,
    env: &Env,
) -> Result<Response, Failure> {
    let directory = Directory::to(env)?;
    let name = require_name("name", &call.name)?;
    let member = directory.save_own(asker, name, call.lang).await?;
    let members = directory.members(member.workspace.clone()).await?;
    Door::to(env, &member.workspace)?
        .tell_members(&members)
        .await?;
    reply::<SaveMe>(&Session { member, ..session }.seen())
}

/// Looks whether the password until now is right, which counts as an attempt to sign in, and hashes the next one.
async fn changed(
    call: ChangePassword,
    session: &Session,
    from: From<'_>,
    directory: &Directory,
) -> Result<Question, Failure> {
    if !call.next.is_acceptable() {
        return Err(Failure::invalid("next", "unacceptable"));
    }
    let wrong = || Failure::invalid("current", "wrong");
    if call.current.0.len() > Password::BYTES_MAX {
        return Err(wrong());
    }
    let (email, place) = (session.member.email.clone(), from.place);
    let found = directory.attempt(email.clone(), place.clone()).await?;
    let hash = found.as_ref().map(|(_, hash)| hash.as_str());
    if !password::matches(&call.current, hash)? {
        return Err(wrong());
    }
    Ok(Question::ChangePassword {
        email,
        place,
        password: password::hash(&call.next)?,
    })
}

/// Answers the sessions that are left; where the one that asks is not among them, its cookie goes too.
async fn left<C: Call<Reply = Vec<domain::api::OwnSession>>>(
    session: &Session,
    ended: Ended,
    env: &Env,
) -> Result<Response, Failure> {
    close(session, &ended.ended, env).await?;
    let mut response = reply::<C>(&ended.left)?;
    if ended.ended.contains(&session.hash) {
        response
            .headers_mut()
            .set("set-cookie", &gate::cookie("", 0))?;
    }
    Ok(response)
}

/// Closes the live sockets of sessions that ended, wherever they looked.
pub(super) async fn close(session: &Session, ended: &[String], env: &Env) -> Result<(), Failure> {
    if ended.is_empty() {
        return Ok(());
    }
    let mut places = vec![session.member.workspace.clone()];
    if Directory::to(env)?.has_sample().await? {
        places.push(WorkspaceId(SAMPLE_WORKSPACE.to_owned()));
    }
    for place in places {
        let door = Door::to(env, &place)?;
        for hash in ended {
            door.close_session(hash).await?;
        }
    }
    Ok(())
}
