//! What the world sees: two hosts, each refusing the other's paths.
//!
//! `worker/js/index.js` stands before it and takes the batches of events. On the public host stand the collector, the tracker, the segments and the sample website; on the workspace's host the app,
//! its API and the live socket. So a script on a public page never holds a session.

mod account;
mod api;
mod audit;
mod cross_origin;
mod files;
mod gate;
mod heads;
#[cfg(feature = "hooks")]
mod hooks;
mod members;
mod own;
mod password;
mod sample;
mod segments;
mod tag;
mod tokens;
mod wechat;

use crate::error::Failure;
use domain::api::{ErrorCode, LIVE_PATH, OPENAPI_PATH};
use worker::{Env, Method, Request, Response};

/// Which of the two hosts a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Host {
    Public,
    Workspace,
}

/// Answers a request.
pub(crate) async fn serve(request: Request, env: Env) -> worker::Result<Response> {
    let url = request.url()?;
    let path = url.path().to_owned();
    match host_of(&env, url.host_str().unwrap_or_default()) {
        Some(Host::Public) => serve_public(request, &path, &env).await,
        Some(Host::Workspace) => serve_workspace(request, &path, &env).await,
        None => not_found(),
    }
}

fn host_of(env: &Env, host: &str) -> Option<Host> {
    let is = |variable: &str| {
        env.var(variable)
            .is_ok_and(|value| value.to_string() == host)
    };
    if is("PUBLIC_HOST") {
        Some(Host::Public)
    } else if is("APP_HOST") {
        Some(Host::Workspace)
    } else {
        None
    }
}

async fn serve_public(request: Request, path: &str, env: &Env) -> worker::Result<Response> {
    match (request.method(), path) {
        (Method::Get | Method::Head, path) if segments::is_ours(path) => {
            segments::answer(&request, env).await
        }
        (Method::Get | Method::Post, path) if wechat::is_ours(path) => {
            wechat::answer(request, path, env)
                .await
                .or_else(Failure::respond)
        }
        (Method::Get | Method::Head, path) if files::is_public(path) => {
            files::public(request, env).await
        }
        _ => not_found(),
    }
}

/// Whether a path is the public host's alone.
fn is_public(path: &str) -> bool {
    path == "/e" || segments::is_ours(path) || wechat::is_ours(path) || files::is_public(path)
}

async fn serve_workspace(request: Request, path: &str, env: &Env) -> worker::Result<Response> {
    #[cfg(feature = "hooks")]
    if let Some(hook) = path.strip_prefix("/__test") {
        return hooks::answer(hook, request, env)
            .await
            .or_else(Failure::respond);
    }
    if path == LIVE_PATH {
        return gate::live(&request, env).await.or_else(Failure::respond);
    }
    if path == OPENAPI_PATH && matches!(request.method(), Method::Get | Method::Head) {
        return files::document(request, env).await;
    }
    if path.starts_with("/api/") {
        return api::answer(request, env).await.or_else(Failure::respond);
    }
    match request.method() {
        Method::Get | Method::Head if !is_public(path) => files::workspace(request, env).await,
        _ => not_found(),
    }
}

fn not_found() -> worker::Result<Response> {
    Failure::new(ErrorCode::NotFound, "nothing is here").respond()
}
