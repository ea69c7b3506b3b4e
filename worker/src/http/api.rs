//! The JSON API: finds the call, passes the gate, and asks whoever answers it.

use super::{account, audit, gate, heads, members, own, sample, tag, tokens};
use crate::body;
use crate::directory::deeds::NewDeed;
use crate::directory::door::Door as Directory;
use crate::directory::sessions::Session;
use crate::error::Failure;
use crate::limit::API_BODY_BYTES_MAX;
use crate::workspace::door::{Asked, Door};
use domain::api::{
    CALLS, Call, CallInfo, Deed, ErrorCode, ExportFacts, ExportLeads, ExportPerson, Home, Method,
    NameHeads, Sites,
};
use worker::{Env, Request, Response, ResponseBuilder, Url};

/// Answers a request below `/api/`.
pub(super) async fn answer(mut request: Request, env: &Env) -> Result<Response, Failure> {
    let url = request.url()?;
    let admitted = admit(&request, &url, env).await;
    // Also of who is refused: a body that nobody reads may break the connection before the sender has read why.
    let body = body::read(&mut request, API_BODY_BYTES_MAX).await?;
    let ((call, params), session) = admitted?;
    let body = body.ok_or_else(|| Failure::new(ErrorCode::TooLarge, "the body is too large"))?;
    match (call.home, session) {
        (Home::Directory, session) => {
            if let (true, Some(session)) = (tokens::answers(call), &session) {
                return tokens::answer(call, params, &body, &session.member, env).await;
            }
            if let (true, Some(session)) = (sample::answers(call), &session) {
                return sample::answer(call, &body, session.clone(), env).await;
            }
            if let (true, Some(session)) = (members::answers(call), &session) {
                return members::answer(call, params, &body, session, env).await;
            }
            if let (true, Some(session)) = (audit::answers(call), &session) {
                return audit::answer(&url, session, env).await;
            }
            let from = account::From {
                url: &url,
                place: gate::place(&request)?,
                agent: gate::agent(&request)?,
            };
            if let (true, Some(session)) = (own::answers(call), &session) {
                return own::answer(call, params, &body, session.clone(), from, env).await;
            }
            account::answer(call, &body, session, from, env).await
        }
        (Home::Workspace, Some(session)) => {
            if call.name == NameHeads::NAME {
                heads::check(&body, &session.member, env).await?;
            }
            let body =
                String::from_utf8(body).map_err(|_| Failure::invalid("body", "invalid_utf8"))?;
            let query = url.query().unwrap_or_default().to_owned();
            let tag = match call.name {
                Sites::NAME => Some(tag::source(&url, env).await?),
                _ => None,
            };
            let members = if members::are_named_by(call) {
                let workspace = session.member.workspace.clone();
                Some(Directory::to(env)?.members(workspace).await?)
            } else {
                None
            };
            let deed = leaves(call, &url, &session);
            let member = session.seen();
            let door = Door::to(env, &member.workspace)?;
            let mut answer = door
                .call(&Asked {
                    name: call.name.to_owned(),
                    params,
                    query,
                    body,
                    member,
                    tag,
                    members,
                })
                .await?;
            if let Some(deed) = deed.filter(|_| answer.status_code() == 200) {
                Directory::to(env)?.note(deed).await?;
            }
            json(answer.status_code(), answer.text().await?)
        }
        (Home::Workspace, None) => Err(Failure::new(ErrorCode::SignedOut, "sign in first")),
    }
}

/// What the audit log tells of a call by which data leave the workspace: once, with the first page. What is made up may leave.
fn leaves(call: &CallInfo, url: &Url, session: &Session) -> Option<NewDeed> {
    let deed = match call.name {
        ExportLeads::NAME => Deed::LeadsExported,
        ExportPerson::NAME => Deed::PersonExported,
        ExportFacts::NAME => Deed::AllExported,
        _ => return None,
    };
    let is_later_page =
        |(name, _): (std::borrow::Cow<'_, str>, _)| matches!(&*name, "cursor" | "after");
    let is_first = !url.query_pairs().any(is_later_page);
    (is_first && !session.looks).then(|| NewDeed::of(&session.member, deed, ""))
}

/// Finds the call and passes the gate.
async fn admit(
    request: &Request,
    url: &Url,
    env: &Env,
) -> Result<(Found, Option<Session>), Failure> {
    let found = find(&request.method(), url.path())?;
    let session = gate::pass(request, env, found.0).await?;
    Ok((found, session))
}

/// A response that is not kept by anyone.
pub(super) fn json(status: u16, text: String) -> Result<Response, Failure> {
    let mut response = ResponseBuilder::new().with_status(status).ok(text)?;
    let headers = response.headers_mut();
    headers.set("content-type", "application/json")?;
    headers.set("x-content-type-options", "nosniff")?;
    headers.set("cache-control", "no-store")?;
    Ok(response)
}

/// A call, and the values of its path's parameters by name.
type Found = (&'static CallInfo, Vec<(String, String)>);

fn find(method: &worker::Method, path: &str) -> Result<Found, Failure> {
    let mut known = false;
    for call in CALLS {
        if let Some(params) = call.params(path) {
            if is(method, call.method) {
                return Ok((call, params));
            }
            known = true;
        }
    }
    let code = if known {
        ErrorCode::MethodNotAllowed
    } else {
        ErrorCode::NotFound
    };
    Err(Failure::new(code, "no such call"))
}

fn is(method: &worker::Method, call: Method) -> bool {
    matches!(
        (method, call),
        (worker::Method::Get, Method::Get)
            | (worker::Method::Post, Method::Post)
            | (worker::Method::Put, Method::Put)
    )
}
