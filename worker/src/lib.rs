//! The edge: collector, API, Durable Objects and KV.
//!
//! In scope: what needs a network, a clock or a store. Out of scope: rules, which are `domain`'s.
//! Modules import downwards only: `http → ingest → workspace → {projection, automation} → store`; the
//! directory stands beside the workspace.

mod automation;
mod body;
mod clock;
mod directory;
mod error;
mod http;
mod ingest;
mod limit;
mod object;
mod projection;
mod store;
mod workspace;

use worker::{Context, Env, Request, Response, event};

/// Answers every request that is not for an object.
#[event(fetch, respond_with_errors)]
async fn fetch(request: Request, env: Env, _: Context) -> worker::Result<Response> {
    http::serve(request, env).await
}
