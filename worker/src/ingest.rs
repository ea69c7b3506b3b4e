//! The collector: one visible list of steps from a request to stored events.
//!
//! limit → parse → site key → origin → consent → pay → bot → classify and stamp → hand over. Each refusal has a
//! name, is counted and is sent back. Not here: storing (the workspace does) and what an event means.

mod flights;
mod limits;
mod sites;

use self::limits::Beyond;
use crate::clock;
use crate::error::Failure;
use crate::limit::RETRY_AFTER_S;
use crate::workspace::door::{Door, HandOver};
use domain::agent::{self, BotReason};
use domain::api::{self, ApiError, ErrorCode, Site};
use domain::event::{self, Answer, Batch, Refused, Rejection};
use domain::id::{Ms, SiteKey, WorkspaceId};
use domain::journal::Tracked;
use domain::wire::limit;
use std::collections::{BTreeMap, BTreeSet};
use worker::{Context, Env, Headers, Request, Response, ResponseBuilder};

/// What was refused whole, and for which site where that is known.
struct Refusal {
    why: Rejection,
    site: Option<(WorkspaceId, SiteKey)>,
    /// When the same may be sent again, where it may.
    retry_after_s: Option<u32>,
}

/// What stops a request.
enum Stopped {
    Refused(Refusal),
    Failed(Failure),
}

impl From<Refusal> for Stopped {
    fn from(refusal: Refusal) -> Stopped {
        Stopped::Refused(refusal)
    }
}

impl From<Rejection> for Stopped {
    fn from(why: Rejection) -> Stopped {
        Stopped::Refused(Refusal {
            why,
            site: None,
            retry_after_s: None,
        })
    }
}

impl From<Beyond> for Stopped {
    fn from(beyond: Beyond) -> Stopped {
        Stopped::Refused(Refusal {
            why: beyond.why,
            site: None,
            retry_after_s: Some(beyond.retry_after_s),
        })
    }
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Stopped {
        Stopped::Failed(failure)
    }
}

/// Answers `POST /e`.
pub(crate) async fn collect(
    mut request: Request,
    env: &Env,
    context: &Context,
) -> worker::Result<Response> {
    let answer = match take(&mut request, env).await {
        Ok(answer) => {
            let status = status_of(&answer);
            ResponseBuilder::new()
                .with_status(status)
                .from_json(&answer)
        }
        Err(Stopped::Refused(refusal)) => {
            if let Some((workspace, site)) = refusal.site {
                let hand_over = HandOver {
                    refused: vec![(site, refusal.why.code().to_owned(), 1)],
                    origin: api::origin(&origin_of(request.headers())),
                    ..HandOver::default()
                };
                count_later(env, context, workspace, hand_over);
            }
            let message = "nothing of the batch was accepted".to_owned();
            let body = ApiError {
                code: refusal.why.code().to_owned(),
                message,
                field: None,
                current: None,
            };
            let mut response = ResponseBuilder::new().with_status(refusal.why.status());
            if let Some(seconds) = refusal.retry_after_s {
                response = response.with_header("retry-after", &seconds.to_string())?;
            }
            response.from_json(&body)
        }
        Err(Stopped::Failed(failure)) => failure.respond(),
    }?;
    say_when_to_retry(allow_any_origin(answer)?)
}

/// Lets a page of any origin read the answer: it says nothing that its sender does not know, and a tracker that
/// could not read a refusal would send again.
pub(crate) fn allow_any_origin(mut response: Response) -> worker::Result<Response> {
    response
        .headers_mut()
        .set("access-control-allow-origin", "*")?;
    Ok(response)
}

/// The same, and lets pages embed it that embed nothing of other hosts without leave.
pub(crate) fn allow_embedding(response: Response) -> worker::Result<Response> {
    let mut response = allow_any_origin(response)?;
    response
        .headers_mut()
        .set("cross-origin-resource-policy", "cross-origin")?;
    Ok(response)
}

/// Tells who is to come back when, and lets a page of another origin read it.
pub(crate) fn say_when_to_retry(mut response: Response) -> worker::Result<Response> {
    if matches!(response.status_code(), 429 | 503) {
        let headers = response.headers_mut();
        if !headers.has("retry-after")? {
            headers.set("retry-after", &RETRY_AFTER_S.to_string())?;
        }
        headers.set("access-control-expose-headers", "retry-after")?;
    }
    Ok(response)
}

/// The steps.
async fn take(request: &mut Request, env: &Env) -> Result<Answer, Stopped> {
    let now = clock::now();
    let place = limits::admit(request.headers(), env, now).await?;
    let body = read_limited(request).await?;
    let batch = event::parse(&body, now)?;
    let workspace = batch.site.workspace().ok_or(Rejection::UnknownSite)?;
    let found = sites::find(env, &workspace, &batch.site, now)
        .await?
        .ok_or(Rejection::UnknownSite)?;
    let refuse = |why| Refusal {
        why,
        site: Some((workspace.clone(), batch.site.clone())),
        retry_after_s: None,
    };
    require_origin(request.headers(), &found.site).map_err(refuse)?;
    require_consent(&batch, &found.site).map_err(refuse)?;
    place
        .pay(&batch, env, now)
        .await
        .map_err(|beyond| Refusal {
            retry_after_s: Some(beyond.retry_after_s),
            ..refuse(beyond.why)
        })?;
    let bot = judge(request.headers(), &batch);
    let places = places(&batch);
    let (hand_over, mut answer) = stamp(batch, bot, &found.hosts);
    let handed_over = Door::to(env, &workspace)?.hand_over(&hand_over).await?;
    answer.accepted = handed_over.accepted;
    for refused in handed_over.refused {
        let place = refused.id.as_ref().and_then(|id| places.get(id));
        answer.refused.push(Refused {
            index: place.copied().unwrap_or(refused.index),
            ..refused
        });
    }
    Ok(answer)
}

/// Limit: the body within its size, whatever its length claims to be.
async fn read_limited(request: &mut Request) -> Result<Vec<u8>, Stopped> {
    Ok(crate::body::read(request, limit::BODY_BYTES_MAX)
        .await?
        .ok_or(Rejection::BodyTooLarge)?)
}

/// Origin: the page is one of the site's.
fn require_origin(headers: &Headers, site: &Site) -> Result<(), Rejection> {
    if site.allows(&origin_of(headers)) {
        Ok(())
    } else {
        Err(Rejection::ForeignOrigin)
    }
}

fn origin_of(headers: &Headers) -> String {
    headers.get("origin").ok().flatten().unwrap_or_default()
}

/// Consent: given, where the site needs it.
fn require_consent(batch: &Batch, site: &Site) -> Result<(), Rejection> {
    if site.consent_required && !batch.consent {
        Err(Rejection::NoConsent)
    } else {
        Ok(())
    }
}

/// Bot: whether a program sent it.
fn judge(headers: &Headers, batch: &Batch) -> Option<BotReason> {
    let user_agent = headers.get("user-agent").ok().flatten().unwrap_or_default();
    agent::bot(&user_agent, batch.automated)
}

/// Where in the batch each event stood that was not refused, by its id.
fn places(batch: &Batch) -> BTreeMap<String, u32> {
    let refused: BTreeSet<u32> = batch.refused.iter().map(|refused| refused.index).collect();
    let kept = (0_u32..).filter(|index| !refused.contains(index));
    let ids = batch.events.iter().map(|(_, event)| event.id.to_string());
    ids.zip(kept).collect()
}

/// Classify and stamp: what is decided of each event, decided now.
fn stamp(batch: Batch, bot: Option<BotReason>, own: &[String]) -> (HandOver, Answer) {
    let mut refused: BTreeMap<&str, u32> = BTreeMap::new();
    for event in &batch.refused {
        let count = refused.entry(&event.code).or_default();
        *count = count.saturating_add(1);
    }
    let refused = refused
        .into_iter()
        .map(|(code, count)| (batch.site.clone(), code.to_owned(), count))
        .collect();
    let events: Vec<(Ms, Tracked)> = batch
        .events
        .into_iter()
        .map(|(at, event)| {
            let stamp = event.stamp(bot, own);
            (at, Tracked { event, stamp })
        })
        .collect();
    (
        HandOver {
            events,
            refused,
            origin: None,
        },
        Answer {
            accepted: 0,
            refused: batch.refused,
        },
    )
}

/// 200 when anything was accepted, else the status of the first refusal.
fn status_of(answer: &Answer) -> u16 {
    let first = answer.refused.first().filter(|_| answer.accepted == 0);
    let why = first.and_then(|first| Rejection::ALL.iter().find(|why| why.code() == first.code));
    why.map_or(200, |why| why.status())
}

/// Counts a batch that was refused whole, after its sender has the answer.
fn count_later(env: &Env, context: &Context, workspace: WorkspaceId, hand_over: HandOver) {
    let env = env.clone();
    context.wait_until(async move {
        let counted = match Door::to(&env, &workspace) {
            Ok(door) => door.hand_over(&hand_over).await.map(drop),
            Err(failure) => Err(failure),
        };
        if let Err(failure) = counted {
            worker::console_error!("a refusal was not counted: {}", failure.message);
        }
    });
}

/// A failure to reach the store is not the sender's fault: it may send again.
impl From<worker::Error> for Stopped {
    fn from(error: worker::Error) -> Stopped {
        Stopped::Failed(Failure::new(ErrorCode::Unavailable, error.to_string()))
    }
}
