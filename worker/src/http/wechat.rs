//! `GET` and `POST /wechat/{workspace}/{account}`: where an official account of WeChat pushes what its followers do.
//!
//! WeChat gives up after five seconds and sends again, three times. Not here: whose signature it is; the workspace has the
//! token.

use crate::body;
use crate::error::Failure;
use crate::ingest;
use crate::workspace::door::{Came, Door, Pushed};
use domain::api::ErrorCode;
use domain::id::{FIRST_WORKSPACE, WorkspaceId};
use domain::wechat::limit;
use worker::{Env, Method, Request, Response, ResponseBuilder};

/// What the path begins with; the workspace and the account follow.
const PATH: &str = "/wechat/";

/// Whether a path is one of these.
pub(super) fn is_ours(path: &str) -> bool {
    path.starts_with(PATH)
}

/// Answers a request.
pub(super) async fn answer(
    mut request: Request,
    path: &str,
    env: &Env,
) -> Result<Response, Failure> {
    let address = request.headers().get("cf-connecting-ip")?;
    let _place = ingest::admit(env, &address.unwrap_or_default())?;
    let query = request.url()?.query().unwrap_or_default().to_owned();
    let body = match request.method() {
        Method::Post => Some(body::read(&mut request, limit::BODY_BYTES_MAX).await?),
        _ => None,
    };
    let nothing = || Failure::new(ErrorCode::NotFound, "nothing is here");
    let named = path
        .strip_prefix(PATH)
        .and_then(|rest| rest.split_once('/'));
    let (workspace, account) = named.ok_or_else(nothing)?;
    // Asking wakes the object, and makes it when there is none: strangers must not do that.
    if workspace != FIRST_WORKSPACE {
        return Err(nothing());
    }
    let came = match body {
        None => Came::Nothing,
        Some(None) => Came::TooMuch,
        Some(Some(bytes)) => String::from_utf8(bytes).map_or(Came::Rubbish, Came::Message),
    };
    let pushed = Pushed {
        account: account.to_owned(),
        query: Some(query)
            .filter(|query| query.len() <= limit::QUERY_BYTES_MAX)
            .unwrap_or_default(),
        came,
    };
    let door = Door::to(env, &WorkspaceId(workspace.to_owned()))?;
    let mut answer = door.wechat(&pushed).await?;
    let text = answer.text().await?;
    if answer.status_code() != 200 {
        return Err(Failure::relayed(&text));
    }
    Ok(ResponseBuilder::new()
        .with_header("content-type", "text/plain; charset=utf-8")?
        .with_header("x-content-type-options", "nosniff")?
        .with_header("cache-control", "no-store")?
        .ok(text)?)
}
