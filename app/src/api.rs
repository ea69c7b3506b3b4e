//! The worker's API as the app calls it: one function, and every way a call can fail.
//!
//! Not here: what a call means to a screen, and the live socket (that is [`live`]).

pub(crate) mod live;

use domain::api::{ApiError, Call, ErrorCode, Method, Request, request};
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use gloo::net::http::{Method as HttpMethod, RequestBuilder};
use gloo::timers::future::TimeoutFuture;

/// A call that takes longer has failed.
const ANSWER_MS_MAX: u32 = 20_000;

/// Why a call gave no reply.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Failure {
    /// Nothing answered: no network, or no worker.
    NoAnswer,
    /// Something answered that this version of the app cannot read.
    Unreadable,
    /// The API refused, for this reason.
    Refused(ErrorCode, Box<ApiError>),
    /// A code that only the field explains: one of the rulebook's.
    Field(Box<ApiError>),
}

impl Failure {
    /// The API's code, when it is one.
    pub(crate) fn code(&self) -> Option<ErrorCode> {
        match self {
            Failure::Refused(code, _) => Some(*code),
            _ => None,
        }
    }

    /// The field that the API found wrong.
    pub(crate) fn field(&self) -> Option<&str> {
        match self {
            Failure::Refused(_, error) | Failure::Field(error) => error.field.as_deref(),
            _ => None,
        }
    }

    /// Reads an answer that is not a reply.
    fn read(status: u16, body: &str) -> Failure {
        let Ok(error) = serde_json::from_str::<ApiError>(body) else {
            // A proxy's own page, or a static host that stands in for the worker.
            let known = [
                ErrorCode::Unavailable,
                ErrorCode::RateLimited,
                ErrorCode::TooLarge,
            ];
            let code = known.into_iter().find(|code| code.status() == status);
            let error = ApiError {
                code: String::new(),
                message: String::new(),
                field: None,
                current: None,
            };
            return code.map_or(Failure::Unreadable, |code| {
                Failure::Refused(code, Box::new(error))
            });
        };
        match ErrorCode::ALL
            .into_iter()
            .find(|code| code.name() == error.code)
        {
            Some(code) => Failure::Refused(code, Box::new(error)),
            None => Failure::Field(Box::new(error)),
        }
    }
}

/// Makes a call and waits for its reply. Calls differ in what is written and read; all between is one for all of them, since
/// what is compiled for each call is a part of the app that everyone loads.
pub(crate) async fn send<C: Call>(call: &C) -> Result<C::Reply, Failure> {
    let request = request(call).map_err(|_| Failure::Unreadable)?;
    read_reply(&answered(request).await?)
}

/// The body of the answer, in time.
fn answered(request: Request) -> LocalBoxFuture<'static, Result<String, Failure>> {
    Box::pin(async move {
        let answer = exchange(request);
        futures::pin_mut!(answer);
        futures::select! {
            reply = answer.fuse() => reply,
            () = TimeoutFuture::new(ANSWER_MS_MAX).fuse() => Err(Failure::NoAnswer),
        }
    })
}

async fn exchange(request: Request) -> Result<String, Failure> {
    let method = match request.method {
        Method::Get => HttpMethod::GET,
        Method::Post => HttpMethod::POST,
        Method::Put => HttpMethod::PUT,
    };
    let builder = RequestBuilder::new(&request.path)
        .method(method)
        .header("accept", "application/json");
    let built = match request.body {
        Some(body) => builder
            .header("content-type", "application/json")
            .body(body),
        None => builder.build(),
    };
    let response = built
        .map_err(|_| Failure::Unreadable)?
        .send()
        .await
        .map_err(|_| Failure::NoAnswer)?;
    let body = response.text().await.map_err(|_| Failure::NoAnswer)?;
    if response.ok() {
        return Ok(body);
    }
    Err(Failure::read(response.status(), &body))
}

fn read_reply<T: serde::de::DeserializeOwned>(body: &str) -> Result<T, Failure> {
    let body = if body.is_empty() { "null" } else { body };
    serde_json::from_str(body).map_err(|_| Failure::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_no_reply_has_a_name() {
        let check = |status, body: &str| Failure::read(status, body);
        let refused = check(403, r#"{"code":"forbidden","message":"no"}"#);
        assert_eq!(refused.code(), Some(ErrorCode::Forbidden));
        let field = check(
            422,
            r#"{"code":"cap_below_points","message":"no","field":"rules[1].cap"}"#,
        );
        assert_eq!((field.code(), field.field()), (None, Some("rules[1].cap")));
        assert_eq!(check(503, "<html>").code(), Some(ErrorCode::Unavailable));
        assert_eq!(check(200, "<html>"), Failure::Unreadable);
    }

    #[test]
    fn nothing_at_all_is_a_reply_without_content() {
        assert_eq!(read_reply::<()>(""), Ok(()));
        assert_eq!(read_reply::<()>("null"), Ok(()));
        assert_eq!(read_reply::<u32>(""), Err(Failure::Unreadable));
    }
}
