//! The calls about who is in: set-up, sign-in, members, invitations. The directory stores; passwords are hashed here.

use super::{api, gate, password, tag};
use crate::directory::deeds::NewDeed;
use crate::directory::door::{Door as Directory, Question};
use crate::directory::invites::Invitation;
use crate::directory::sessions::{Begun, Session};
use crate::directory::users::NewMember;
use crate::error::Failure;
use crate::limit::SESSION_MS;
use crate::store::random;
use crate::workspace::door::{Door, Opening};
use domain::api::{
    Call, CallInfo, Deed, ErrorCode, Invite, IsOpen, Join, Me, Member, Members, Password, Role,
    SetUp, SetUpState, SignIn, SignOut,
};
use domain::id::{FIRST_WORKSPACE, UserId, WorkspaceId};
use domain::identity::Email;
use worker::{Env, Response, Url};

/// A person's or a company's name, in bytes.
const NAME_BYTES_MAX: usize = 120;

/// Where a request comes from.
pub(super) struct From<'a> {
    /// The URL it was sent to.
    pub(super) url: &'a Url,
    /// The network address of the sender, as the platform tells it.
    pub(super) place: String,
    /// The user agent, as far as it is kept.
    pub(super) agent: String,
}

/// Answers a call that the gate let through.
pub(super) async fn answer(
    call: &CallInfo,
    body: &[u8],
    session: Option<Session>,
    from: From<'_>,
    env: &Env,
) -> Result<Response, Failure> {
    let From { url, place, agent } = from;
    match (call.name, session) {
        (SetUpState::NAME, _) => reply::<SetUpState>(&IsOpen {
            open: Directory::to(env)?.is_open().await?,
        }),
        (SetUp::NAME, _) => begun(set_up(read(body)?, url, agent, env).await?),
        (SignIn::NAME, _) => begun(sign_in(read(body)?, place, agent, env).await?),
        (Join::NAME, _) => begun(join(read(body)?, agent, env).await?),
        (Me::NAME, Some(session)) => reply::<Me>(&session.seen()),
        (Members::NAME, Some(session)) => reply::<Members>(
            &Directory::to(env)?
                .members(session.member.workspace)
                .await?,
        ),
        (Invite::NAME, Some(session)) => invite(read(body)?, session.member, env).await,
        (SignOut::NAME, Some(session)) => sign_out(&session, env).await,
        _ => Err(Failure::new(ErrorCode::NotFound, "no such call")),
    }
}

fn read<C: Call>(body: &[u8]) -> Result<C, Failure> {
    read_with(Vec::new(), body)
}

/// Reads a call from the parameters of its path and its body.
pub(super) fn read_with<C: Call>(params: Vec<(String, String)>, body: &[u8]) -> Result<C, Failure> {
    domain::api::read(params, "", body).map_err(|error| Failure {
        message: error.to_string(),
        ..Failure::invalid("body", "malformed")
    })
}

/// The reply of a call.
pub(super) fn reply<C: Call>(reply: &C::Reply) -> Result<Response, Failure> {
    api::json(200, serde_json::to_string(reply)?)
}

/// A session has begun: the secret goes into the cookie and nowhere else.
fn begun(begun: Begun) -> Result<Response, Failure> {
    let mut response = reply::<Me>(&begun.member)?;
    response
        .headers_mut()
        .set("set-cookie", &gate::cookie(&begun.secret, SESSION_MS))?;
    Ok(response)
}

async fn set_up(call: SetUp, url: &Url, agent: String, env: &Env) -> Result<Begun, Failure> {
    let closed = || {
        Failure::new(
            ErrorCode::SetUpClosed,
            "open the set-up link that the server printed",
        )
    };
    let expected = env.var("SETUP_TOKEN").map_err(|_| closed())?.to_string();
    if expected.is_empty() || !random::same(&call.token, &expected) {
        return Err(closed());
    }
    let member = Member {
        id: UserId(random::uuid()?),
        email: require_email(&call.email)?,
        name: require_name("name", &call.name)?,
        role: Role::Owner,
        workspace: WorkspaceId(FIRST_WORKSPACE.to_owned()),
        company: require_name("company", &call.company)?,
        lang: call.lang,
    };
    let new = NewMember {
        password: hash(&call.password)?,
        member,
    };
    let directory = Directory::to(env)?;
    if !directory.is_open().await? {
        return Err(closed());
    }
    // The workspace first: opening it again changes nothing, but a link that is used up cannot be used again.
    let opening = Opening {
        workspace: new.member.workspace.clone(),
        company: new.member.company.clone(),
        sample_origin: sample_origin(url, env)?,
        key: random::uuid()?,
    };
    Door::to(env, &opening.workspace)?.open(&opening).await?;
    directory
        .begin(&Question::SetUp {
            token: call.token,
            new,
            agent,
        })
        .await
}

/// Where the sample website stands. Locally the port may change from run to run.
fn sample_origin(url: &Url, env: &Env) -> Result<String, Failure> {
    let origin = tag::public_origin(url, env)?;
    let is_local = |start: &&str| matches!(*start, "http://127.0.0.1" | "http://localhost");
    let local = origin.rsplit_once(':').map(|(start, _)| start);
    Ok(match local.filter(is_local) {
        Some(start) => format!("{start}:*"),
        None => origin,
    })
}

async fn sign_in(call: SignIn, place: String, agent: String, env: &Env) -> Result<Begun, Failure> {
    let wrong = || {
        Failure::new(
            ErrorCode::WrongPassword,
            "the address or the password is wrong",
        )
    };
    let email = Email::parse(&call.email)
        .ok_or_else(wrong)?
        .as_str()
        .to_owned();
    if call.password.0.len() > Password::BYTES_MAX {
        return Err(wrong());
    }
    let directory = Directory::to(env)?;
    let found = directory.attempt(email, place.clone()).await?;
    let right = password::matches(
        &call.password,
        found.as_ref().map(|(_, hash)| hash.as_str()),
    )?;
    let (member, _) = found.filter(|_| right).ok_or_else(wrong)?;
    let deed = NewDeed::of(&member, Deed::SignedIn, "");
    let question = Question::SignIn {
        member,
        place,
        agent,
    };
    directory
        .begin(&Question::Noted(Box::new(question), deed))
        .await
}

async fn join(call: Join, agent: String, env: &Env) -> Result<Begun, Failure> {
    let directory = Directory::to(env)?;
    // Before the password is hashed, which costs.
    if !directory.is_invited(call.token.clone()).await? {
        let message = "this invitation was used or has expired";
        return Err(Failure::new(ErrorCode::InvitationClosed, message));
    }
    let question = Question::Join {
        id: UserId(random::uuid()?),
        name: require_name("name", &call.name)?,
        password: hash(&call.password)?,
        lang: call.lang,
        token: call.token,
        agent,
    };
    directory.begin(&question).await
}

async fn invite(call: Invite, member: Member, env: &Env) -> Result<Response, Failure> {
    let email = require_email(&call.email)?;
    let deed = NewDeed::of(&member, Deed::Invited, email.clone()).with_role(call.role);
    let invitation = Invitation {
        email,
        role: call.role,
        workspace: member.workspace,
        company: member.company,
    };
    reply::<Invite>(&Directory::to(env)?.invite(invitation, deed).await?)
}

async fn sign_out(session: &Session, env: &Env) -> Result<Response, Failure> {
    Directory::to(env)?.sign_out(session.hash.clone()).await?;
    Door::to(env, &session.seen().workspace)?
        .close_session(&session.hash)
        .await?;
    let mut response = reply::<SignOut>(&())?;
    response
        .headers_mut()
        .set("set-cookie", &gate::cookie("", 0))?;
    Ok(response)
}

/// An address, or the field that is wrong.
pub(super) fn require_email(text: &str) -> Result<String, Failure> {
    let email = Email::parse(text).ok_or_else(|| Failure::invalid("email", "not_an_email"))?;
    Ok(email.as_str().to_owned())
}

/// A name within its limit, or the field that is wrong.
pub(super) fn require_name(field: &'static str, text: &str) -> Result<String, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Failure::invalid(field, "empty"));
    }
    if text.len() > NAME_BYTES_MAX {
        return Err(Failure::invalid(field, "too_long"));
    }
    Ok(text.to_owned())
}

fn hash(password: &Password) -> Result<String, Failure> {
    if !password.is_acceptable() {
        return Err(Failure::invalid("password", "unacceptable"));
    }
    password::hash(password)
}
