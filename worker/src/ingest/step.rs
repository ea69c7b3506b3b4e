//! What the worker's entry, which is JavaScript, asks of the collector, and what it is told to do next.
//!
//! `worker/js/index.js` holds the request and the promise; what crosses is bytes and short texts. Not here: the steps
//! themselves.

#![expect(unreachable_pub, reason = "JavaScript reaches them")]

use super::limits::{self, Beyond};
use super::{Collected, Head, Refusal};
use crate::body;
use crate::clock;
use crate::error::Failure;
use crate::limit::{
    BALLAST_WORDS, GROUP_MAX, GROUP_WAIT_MS, RETRY_AFTER_S, SENT_AWAY_AFTER_MS, WAITING_BYTES_MAX,
    WAITING_MAX,
};
use crate::workspace::door::Reply;
use domain::api::ErrorCode;
use domain::bucket::Client;
use domain::id::SiteKey;
use domain::wire::limit::BODY_BYTES_MAX;
use js_sys::Uint8Array;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use worker::{Env, Request};

#[wasm_bindgen(module = "/js/step.js")]
extern "C" {
    /// An object that says what to do next.
    pub type Step;
    fn answered(status: u16, text: &str, retry_after_s: Option<u32>, count_in: Option<f64>)
    -> Step;
    fn admitted(number: f64, client: Option<String>) -> Step;
    fn unknown(site: &str) -> Step;
    fn store(workspace: &str, site: &str, frame: &[u8], refused: &str) -> Step;
}

/// The entry's limits: a body's bytes, batches that may wait in an object, their bytes, how long the first of them
/// waits for others, in milliseconds, how many need not wait, how long a sender waits to be sent away, in milliseconds, and
/// a request's ballast, in words.
#[wasm_bindgen]
pub fn limits() -> Vec<u32> {
    [
        BODY_BYTES_MAX,
        WAITING_MAX,
        WAITING_BYTES_MAX,
        GROUP_WAIT_MS,
        GROUP_MAX,
        SENT_AWAY_AFTER_MS,
        BALLAST_WORDS,
    ]
    .map(|limit| u32::try_from(limit).unwrap_or(u32::MAX))
    .to_vec()
}

/// Reads a body of unknown length within the limit; one that is longer is none.
#[wasm_bindgen]
pub async fn read(request: web_sys::Request) -> Result<Option<Uint8Array>, JsError> {
    let body = body::read(&mut Request::from(request), BODY_BYTES_MAX).await?;
    Ok(body.map(|body| Uint8Array::from(body.as_slice())))
}

/// Takes a request in before its body is read, from the client of that address, which may be empty: its number, until it
/// leaves, and what the platform's limiter knows the client by.
#[wasm_bindgen]
pub fn admit(env: Env, address: &str) -> Step {
    let client = Client::read(address);
    match limits::admit(client, &env, clock::now()) {
        #[expect(clippy::cast_precision_loss, reason = "requests are counted from 1")]
        Ok(number) => admitted(number as f64, client.map(|client| client.to_string())),
        Err(beyond) => refuse(beyond.into(), &Head::default()),
    }
}

/// The request of that number is over.
#[wasm_bindgen]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number that was given out"
)]
pub fn leave(number: f64) {
    limits::leave(number as u64);
}

/// What a sender is told whom a limiter of the platform's refused.
#[wasm_bindgen]
pub fn limited() -> Step {
    refuse(Beyond::limiter().into(), &Head::default())
}

/// Takes a batch through the collector's steps until it is to be stored. A site that is not in memory is to be learned
/// first, unless it was `asked` for already.
#[wasm_bindgen]
pub fn collect(
    body: Option<Vec<u8>>,
    origin: String,
    agent: String,
    address: &str,
    asked: bool,
) -> Step {
    let head = Head {
        origin,
        agent,
        client: Client::read(address),
    };
    match super::collect(body, &head, asked, clock::now()) {
        Ok(Collected::Learn(site)) => unknown(&site.0),
        Ok(Collected::Store {
            workspace,
            site,
            hand_over,
            refused,
        }) => match serde_json::to_vec(&hand_over) {
            Ok(frame) => store(&workspace.0, &site.0, &frame, &text(&refused)),
            Err(error) => failed(error.into()),
        },
        Ok(Collected::NoneGood(answer)) => say(super::status_of(&answer), &answer),
        Err(refusal) => refuse(refusal, &head),
    }
}

/// Counts a refusal and tells its sender.
fn refuse(refusal: Refusal, head: &Head) -> Step {
    let (status, body) = (refusal.why.status(), text(&refusal.answer()));
    let wait = refusal.retry_after_s.or_else(|| retry_after_s(status));
    refusal.count(head, clock::now());
    answered(status, &body, wait, count_in())
}

/// What was refused since the last time, for the objects that count it: frames by workspace.
#[wasm_bindgen]
pub fn refusals() -> Vec<Step> {
    let hand_overs = super::refusals::take(clock::now());
    let frames = hand_overs.iter().filter_map(|(workspace, hand_over)| {
        let frame = serde_json::to_vec(hand_over).ok()?;
        Some(store(&workspace.0, "", &frame, ""))
    });
    frames.collect()
}

/// Brings a site into memory, where there is one of that key.
#[wasm_bindgen]
pub async fn learn(env: Env, site: String) -> Result<(), JsError> {
    let learned = super::sites::learn(&env, &SiteKey(site), clock::now()).await;
    learned.map_err(|failure| JsError::new(&failure.message))
}

/// What the sender of a batch is told: what the collector `refused` of it, and what the object replied; no reply when
/// too much waits there.
#[wasm_bindgen]
pub fn answer(refused: &str, reply: Option<String>) -> Step {
    let Some(reply) = reply else {
        return failed(Failure::new(
            ErrorCode::Overloaded,
            "too many requests wait; try again",
        ));
    };
    let read = serde_json::from_str(refused)
        .and_then(|refused| serde_json::from_str(&reply).map(|reply: Reply| (refused, reply)));
    match read {
        Ok((refused, Reply::Stored(stored))) => {
            let answer = super::answer(refused, stored);
            say(super::status_of(&answer), &answer)
        }
        Ok((_, Reply::Failed(status, error))) => say(status, &error),
        Err(error) => failed(error.into()),
    }
}

/// What the sender is told when the way to the object, or the object, broke: it may send again.
#[wasm_bindgen]
pub fn broken(message: String) -> Step {
    worker::console_error!("a batch was not stored: {message}");
    failed(Failure::new(
        ErrorCode::Unavailable,
        "the batch was not stored; try again",
    ))
}

fn failed(failure: Failure) -> Step {
    let (status, error) = failure.told();
    say(status, &error)
}

fn say(status: u16, body: &impl Serialize) -> Step {
    answered(status, &text(body), retry_after_s(status), count_in())
}

/// In how many milliseconds the entry is to hand refusals over.
#[expect(clippy::cast_precision_loss, reason = "a second or less")]
fn count_in() -> Option<f64> {
    super::refusals::due_in_ms(clock::now).map(|wait| wait as f64)
}

/// As JSON; these are plain structures of text, which always can be.
fn text(body: &impl Serialize) -> String {
    serde_json::to_string(body).unwrap_or_default()
}

/// When whoever got this status may come back, in seconds.
fn retry_after_s(status: u16) -> Option<u32> {
    matches!(status, 429 | 503).then_some(RETRY_AFTER_S)
}
