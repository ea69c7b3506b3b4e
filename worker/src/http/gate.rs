//! The one gate: who asks, from which page, and whether the role will do.

use crate::directory::door::Door as Directory;
use crate::directory::sessions::Session;
use crate::error::Failure;
use crate::limit::AGENT_KEPT_BYTES_MAX;
use crate::workspace::door::Door;
use domain::api::{Access, CallInfo, ErrorCode, Method, Role, SESSION_COOKIE};
use worker::{Env, Request, Response};

/// Lets a call through: its session or its token, for those that need one. A token is no cookie, which a browser would
/// send for a foreign page, so who comes with one needs no origin.
pub(super) async fn pass(
    request: &Request,
    env: &Env,
    call: &CallInfo,
) -> Result<Option<Session>, Failure> {
    let least = match call.access {
        Access::Public => None,
        Access::Role(least) | Access::Session(least) => Some(least),
    };
    if let (Some(least), Some(secret)) = (least, bearer(request)?) {
        let session = Directory::to(env)?.token(secret, place(request)?).await?;
        let session = session
            .ok_or_else(|| Failure::new(ErrorCode::SignedOut, "this token does not work"))?;
        if matches!(call.access, Access::Session(_)) {
            let message = "this needs a session: it is closed to tokens";
            return Err(Failure::new(ErrorCode::Forbidden, message));
        }
        return Ok(Some(with_role(session, least)?));
    }
    if call.method != Method::Get {
        require_own_origin(request)?;
    }
    match least {
        None => Ok(None),
        Some(least) => Ok(Some(require_role(request, env, least).await?)),
    }
}

/// The network address of the sender, as the platform tells it.
pub(super) fn place(request: &Request) -> Result<String, Failure> {
    let address = request.headers().get("cf-connecting-ip")?;
    Ok(address.unwrap_or_default())
}

/// The user agent, as far as it is kept.
pub(super) fn agent(request: &Request) -> Result<String, Failure> {
    let agent = request.headers().get("user-agent")?.unwrap_or_default();
    let end = agent.floor_char_boundary(AGENT_KEPT_BYTES_MAX);
    Ok(agent.get(..end).unwrap_or_default().to_owned())
}

/// Connects a live socket: a session that may read, and a page of the workspace itself.
pub(super) async fn live(request: &Request, env: &Env) -> Result<Response, Failure> {
    require_own_origin(request)?;
    let session = require_role(request, env, Role::Viewer).await?;
    let is_upgrade = request
        .headers()
        .get("upgrade")?
        .is_some_and(|to| to.eq_ignore_ascii_case("websocket"));
    if !is_upgrade {
        return Err(Failure::new(ErrorCode::NotFound, "this is a WebSocket"));
    }
    let after = request
        .url()?
        .query_pairs()
        .find(|(name, _)| name == "after")
        .and_then(|(_, seq)| seq.parse().ok());
    let member = session.seen();
    Door::to(env, &member.workspace)?
        .live(&session.hash, member.role, session.until, after)
        .await
}

/// What sets the cookie; an empty secret takes it away.
pub(super) fn cookie(secret: &str, lasts_ms: i64) -> String {
    let seconds = lasts_ms.checked_div(1_000).unwrap_or(0);
    format!("{SESSION_COOKIE}={secret}; Path=/; Max-Age={seconds}; HttpOnly; Secure; SameSite=Lax")
}

async fn require_role(request: &Request, env: &Env, least: Role) -> Result<Session, Failure> {
    let signed_out = || Failure::new(ErrorCode::SignedOut, "sign in first");
    let secret = secret(request)?.ok_or_else(signed_out)?;
    let session = Directory::to(env)?
        .session(secret)
        .await?
        .ok_or_else(signed_out)?;
    with_role(session, least)
}

fn with_role(session: Session, least: Role) -> Result<Session, Failure> {
    if session.member.role.may(least) {
        Ok(session)
    } else {
        Err(Failure::new(
            ErrorCode::Forbidden,
            "this needs another role",
        ))
    }
}

/// What `Authorization: Bearer` carries. Another scheme is somebody else's, such as a proxy's, and says nothing here.
fn bearer(request: &Request) -> Result<Option<String>, Failure> {
    let header = request.headers().get("authorization")?.unwrap_or_default();
    let (scheme, secret) = header.split_once(' ').unwrap_or((&header, ""));
    let is_bearer = scheme.eq_ignore_ascii_case("bearer");
    Ok(is_bearer.then(|| secret.trim().to_owned()))
}

fn secret(request: &Request) -> Result<Option<String>, Failure> {
    let cookies = request.headers().get("cookie")?.unwrap_or_default();
    let named = cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='));
    Ok(named
        .into_iter()
        .find(|(name, _)| *name == SESSION_COOKIE)
        .map(|(_, secret)| secret.to_owned()))
}

/// A browser sends the page's origin with every write and every socket.
fn require_own_origin(request: &Request) -> Result<(), Failure> {
    let own = request.url()?.origin().ascii_serialization();
    match request.headers().get("origin")? {
        Some(origin) if origin == own => Ok(()),
        _ => Err(Failure::new(
            ErrorCode::ForeignOrigin,
            "the request does not come from this workspace's own pages",
        )),
    }
}
