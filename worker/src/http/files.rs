//! The static files: the app on the workspace's host; the tracker and the sample website on the public one.

use super::cross_origin::{allow_any_origin, allow_embedding};
use worker::{Env, Request, Response};

/// The binding's name.
const BINDING: &str = "ASSETS";

/// What a page of the workspace may do: load its own code, and talk to its own host.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

/// How long the tracker may be kept, by a browser and by what stands between.
const TRACKER_CACHE: &str = "public, max-age=600";

/// How long the description of the API may be kept: a deployment may change it.
const DOCUMENT_CACHE: &str = "public, max-age=300";

/// Whether a path belongs to the public host.
pub(super) fn is_public(path: &str) -> bool {
    is_tracker(path) || path == "/demo" || path.starts_with("/demo/")
}

fn is_tracker(path: &str) -> bool {
    matches!(path, "/t.js" | "/t.wasm")
}

/// A file of the public host. Pages of any site may load the tracker, those that embed nothing without its leave too,
/// and see how long that took.
pub(super) async fn public(request: Request, env: &Env) -> worker::Result<Response> {
    let tracker = is_tracker(request.url()?.path());
    let response = harden(fetch(request, env).await?)?;
    if !tracker || response.status_code() >= 400 {
        return allow_any_origin(response);
    }
    let mut response = allow_embedding(response)?;
    let headers = response.headers_mut();
    headers.set("timing-allow-origin", "*")?;
    headers.set("cache-control", TRACKER_CACHE)?;
    Ok(response)
}

/// The tracker's script, where this deployment has it.
pub(super) async fn tracker(env: &Env) -> worker::Result<Option<Vec<u8>>> {
    let request = Request::new("https://assets/t.js", worker::Method::Get)?;
    let mut response = fetch(request, env).await?;
    match response.status_code() {
        200 => response.bytes().await.map(Some),
        _ => Ok(None),
    }
}

/// The description of the API, which whoever builds against it may keep for a while.
pub(super) async fn document(request: Request, env: &Env) -> worker::Result<Response> {
    let mut response = harden(fetch(request, env).await?)?;
    if response.status_code() < 400 {
        let headers = response.headers_mut();
        headers.set("cache-control", DOCUMENT_CACHE)?;
    }
    Ok(response)
}

/// A file of the app; a path that is none is one of the app's own pages, when a page is asked for.
pub(super) async fn workspace(request: Request, env: &Env) -> worker::Result<Response> {
    let mut url = request.url()?;
    let accepts = request.headers().get("accept")?.unwrap_or_default();
    let is_named_as_file = url
        .path()
        .rsplit('/')
        .next()
        .is_some_and(|last| last.contains('.'));
    let is_page = !is_named_as_file || accepts.contains("text/html");
    let response = fetch(request, env).await?;
    let response = if response.status_code() == 404 && is_page {
        url.set_path("/");
        url.set_query(None);
        fetch(Request::new(url.as_str(), worker::Method::Get)?, env).await?
    } else {
        response
    };
    let mut response = harden(response)?;
    let headers = response.headers_mut();
    headers.set("content-security-policy", POLICY)?;
    headers.set("x-frame-options", "DENY")?;
    Ok(response)
}

async fn fetch(request: Request, env: &Env) -> worker::Result<Response> {
    env.assets(BINDING)?.fetch_request(request).await
}

/// The response with headers that may be changed: those of a file may not.
fn harden(response: Response) -> worker::Result<Response> {
    let headers = response.headers().clone();
    headers.set("x-content-type-options", "nosniff")?;
    headers.set("referrer-policy", "strict-origin-when-cross-origin")?;
    Ok(response.with_headers(headers))
}
