//! Leave for pages of other origins to read or embed an answer of the public host.
//!
//! Not here: the collector's answers, whose headers `worker/js/index.js` sets.

use crate::limit::RETRY_AFTER_S;
use worker::Response;

/// Lets a page of any origin read the answer: it says nothing that its sender does not know.
pub(super) fn allow_any_origin(mut response: Response) -> worker::Result<Response> {
    response
        .headers_mut()
        .set("access-control-allow-origin", "*")?;
    Ok(response)
}

/// The same, and lets pages embed it that embed nothing of other hosts without leave.
pub(super) fn allow_embedding(response: Response) -> worker::Result<Response> {
    let mut response = allow_any_origin(response)?;
    response
        .headers_mut()
        .set("cross-origin-resource-policy", "cross-origin")?;
    Ok(response)
}

/// Tells who is to come back when, and lets a page of another origin read it.
pub(super) fn say_when_to_retry(mut response: Response) -> worker::Result<Response> {
    if matches!(response.status_code(), 429 | 503) {
        let headers = response.headers_mut();
        headers.set("retry-after", &RETRY_AFTER_S.to_string())?;
        headers.set("access-control-expose-headers", "retry-after")?;
    }
    Ok(response)
}
