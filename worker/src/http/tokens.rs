//! The calls about API tokens: what an owner makes, sees and revokes. The directory stores.

use super::account::{read_with, reply, require_name};
use crate::clock;
use crate::directory::deeds::NewDeed;
use crate::directory::door::Door as Directory;
use crate::directory::tokens::NewToken;
use crate::error::Failure;
use crate::store::random;
use domain::api::{Call, CallInfo, Deed, ErrorCode, MakeToken, Member, RevokeToken, Tokens};
use domain::id::TokenId;
use worker::{Env, Response};

/// Whether a call is one of these.
pub(super) fn answers(call: &CallInfo) -> bool {
    matches!(
        call.name,
        Tokens::NAME | MakeToken::NAME | RevokeToken::NAME
    )
}

/// Answers a call that the gate let through.
pub(super) async fn answer(
    call: &CallInfo,
    params: Vec<(String, String)>,
    body: &[u8],
    member: &Member,
    env: &Env,
) -> Result<Response, Failure> {
    let directory = Directory::to(env)?;
    let workspace = member.workspace.clone();
    match call.name {
        Tokens::NAME => reply::<Tokens>(&directory.tokens(workspace).await?),
        MakeToken::NAME => {
            let new = new(read_with(params, body)?, member)?;
            let deed = NewDeed::of(member, Deed::TokenMade, new.name.clone()).with_role(new.role);
            reply::<MakeToken>(&directory.make_token(new, deed).await?)
        }
        RevokeToken::NAME => {
            let RevokeToken { id } = read_with(params, body)?;
            let token = directory.revoke_token(workspace, id).await?;
            let deed = NewDeed::of(member, Deed::TokenRevoked, token.name.clone());
            directory.note(deed).await?;
            reply::<RevokeToken>(&token)
        }
        _ => Err(Failure::new(ErrorCode::NotFound, "no such call")),
    }
}

fn new(call: MakeToken, member: &Member) -> Result<NewToken, Failure> {
    if call.expires_at.is_some_and(|until| until <= clock::now()) {
        return Err(Failure::invalid("expires_at", "past"));
    }
    Ok(NewToken {
        id: TokenId(random::uuid()?),
        name: require_name("name", &call.name)?,
        role: call.role,
        expires_at: call.expires_at,
        made_by: member.email.clone(),
        workspace: member.workspace.clone(),
        company: member.company.clone(),
    })
}
