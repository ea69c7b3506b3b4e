//! `GET /s/{visitor}?site={site key}`: the segments that a browser is in, for the website it is on.
//!
//! From edge KV alone: strangers ask as often as they like, and no object wakes. Only the segments are told; a score and
//! a stage are nobody's business out there.

use super::cross_origin::{allow_embedding, say_when_to_retry};
use crate::clock;
use crate::error::Failure;
use crate::store::kv::Edge;
use domain::api::{ApiError, ErrorCode};
use domain::id::{SiteKey, VisitorId, WorkspaceId};
use serde_json::json;
use worker::{Env, Request, Response, ResponseBuilder};

/// What the path begins with; the browser's id follows.
const PATH: &str = "/s/";
/// The query's member that names the site.
const SITE: &str = "site";
/// How long the browser may keep an answer: about as long as it takes to publish another.
const CACHE: &str = "private, max-age=10";

/// A part of the address that is not what it should be: its name and a stable code.
struct Malformed(&'static str, &'static str);

/// Whether a path is one of these.
pub(super) fn is_ours(path: &str) -> bool {
    path.starts_with(PATH)
}

/// Answers a request.
pub(super) async fn answer(request: &Request, env: &Env) -> worker::Result<Response> {
    let response = match read(request)? {
        Err(malformed) => refuse(malformed),
        Ok((workspace, visitor)) => match find(env, &workspace, visitor).await {
            Ok(segments) => ResponseBuilder::new()
                .with_header("cache-control", CACHE)?
                .from_json(&json!({ "segments": segments })),
            Err(failure) => failure.respond(),
        },
    }?;
    say_when_to_retry(allow_embedding(response)?)
}

/// Whom the address asks about.
fn read(request: &Request) -> worker::Result<Result<(WorkspaceId, VisitorId), Malformed>> {
    let url = request.url()?;
    let id = url.path().strip_prefix(PATH).and_then(|id| id.parse().ok());
    let Some(visitor) = id.filter(|id: &VisitorId| !id.0.is_nil()) else {
        return Ok(Err(Malformed("visitor", "invalid_id")));
    };
    let key = url.query_pairs().find(|(name, _)| name == SITE);
    let workspace = key.and_then(|(_, key)| SiteKey(key.into_owned()).workspace());
    Ok(workspace
        .map(|workspace| (workspace, visitor))
        .ok_or(Malformed(SITE, "invalid_key")))
}

/// The segments of that browser; none when it is not known.
async fn find(
    env: &Env,
    workspace: &WorkspaceId,
    visitor: VisitorId,
) -> Result<Vec<String>, Failure> {
    let score = match Edge::of(env) {
        Ok(edge) => edge.score(workspace, visitor.0).await,
        Err(error) => Err(error),
    };
    let score = score.map_err(|error| {
        worker::console_error!("segments: {error}");
        Failure::new(
            ErrorCode::Unavailable,
            "the store does not answer; try again",
        )
    })?;
    let now = clock::now();
    let found = score.map(|score| {
        let begun = score.later.into_iter().rev().find(|(from, _)| *from <= now);
        begun.map_or(score.segments, |(_, segments)| segments)
    });
    Ok(found.unwrap_or_default())
}

fn refuse(Malformed(field, code): Malformed) -> worker::Result<Response> {
    let body = ApiError {
        code: code.to_owned(),
        message: format!("the {field} is not valid"),
        field: Some(field.to_owned()),
        current: None,
    };
    ResponseBuilder::new()
        .with_status(400)
        .with_header("cache-control", "no-store")?
        .from_json(&body)
}
