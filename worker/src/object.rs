//! Asking an object, within a time: one that panics never answers.

use crate::error::Failure;
use domain::api::ErrorCode;
use futures_util::future::{Either, select};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::pin::pin;
use std::time::Duration;
use worker::{Delay, Method, Request, RequestInit, Response, Stub};

/// Asks a question and reads the answer, both JSON; a refusal comes back as it was.
pub(crate) async fn ask<Q: Serialize, A: DeserializeOwned>(
    stub: &Stub,
    url: &str,
    question: &Q,
    within: Duration,
) -> Result<A, Failure> {
    let mut response = post(stub, url, question, within).await?;
    let text = response.text().await?;
    if response.status_code() == 200 {
        Ok(serde_json::from_str(&text)?)
    } else {
        Err(Failure::relayed(&text))
    }
}

/// Asks a question; the answer as it comes.
pub(crate) async fn post<Q: Serialize>(
    stub: &Stub,
    url: &str,
    question: &Q,
    within: Duration,
) -> Result<Response, Failure> {
    let mut init = RequestInit::new();
    init.with_method(Method::Post)
        .with_body(Some(serde_json::to_string(question)?.into()));
    fetch(stub, Request::new_with_init(url, &init)?, within).await
}

/// Sends a request.
pub(crate) async fn fetch(
    stub: &Stub,
    request: Request,
    within: Duration,
) -> Result<Response, Failure> {
    let unavailable = |message: String| Failure::new(ErrorCode::Unavailable, message);
    let answer = pin!(stub.fetch_with_request(request));
    match select(answer, pin!(Delay::from(within))).await {
        Either::Left((answer, _)) => {
            answer.map_err(|error| unavailable(format!("the object broke off: {error}")))
        }
        Either::Right(_) => Err(unavailable("the object did not answer in time".to_owned())),
    }
}
