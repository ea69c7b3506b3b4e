//! The collector: one visible list of steps from a request to stored events.
//!
//! limit → parse → site → origin → consent → bot → classify → stamp → store. Each refusal has a
//! name, is counted and is sent back. Not here: storing (the workspace does) and what an event means.

mod refusals;
mod sites;

use crate::clock;
use crate::error::Failure;
use crate::limit::RETRY_AFTER_S;
use crate::workspace::door::{Door, HandOver};
use domain::agent::{self, BotReason};
use domain::api::{ApiError, ErrorCode, Site};
use domain::event::{self, Answer, Batch, Refused, Rejection};
use domain::id::{FIRST_WORKSPACE, Ms, SiteKey, WorkspaceId};
use domain::journal::Tracked;
use domain::tally::{self, Fault, Sample, What};
use domain::wire::limit;
use std::collections::{BTreeMap, BTreeSet};
use worker::{Context, Env, Headers, Request, Response, ResponseBuilder};

/// What was refused whole, for which site where that is known, and which page sent it where it says so.
struct Refusal {
    why: Rejection,
    site: Option<(WorkspaceId, SiteKey)>,
    fault: Option<Fault>,
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
            fault: None,
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
    let answer = match take(&mut request, env, context).await {
        Ok(answer) => {
            let status = status_of(&answer);
            ResponseBuilder::new()
                .with_status(status)
                .from_json(&answer)
        }
        Err(Stopped::Refused(refusal)) => {
            count_refusal(env, context, request.headers(), &refusal);
            let message = "nothing of the batch was accepted".to_owned();
            let body = ApiError {
                code: refusal.why.code().to_owned(),
                message,
                field: None,
                current: None,
            };
            ResponseBuilder::new()
                .with_status(refusal.why.status())
                .from_json(&body)
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
        headers.set("retry-after", &RETRY_AFTER_S.to_string())?;
        headers.set("access-control-expose-headers", "retry-after")?;
    }
    Ok(response)
}

/// The steps.
async fn take(request: &mut Request, env: &Env, context: &Context) -> Result<Answer, Stopped> {
    let now = clock::now();
    // step: limit
    let body = read_limited(request).await?;
    // step: parse
    let batch = event::parse(&body, now)?;
    let unknown = || Refusal {
        why: Rejection::UnknownSite,
        site: None,
        fault: Some(whole(&batch, Rejection::UnknownSite, Some("site"))),
    };
    // step: site
    let workspace = batch.site.workspace().ok_or_else(unknown)?;
    let found = sites::find(env, &workspace, &batch.site, now)
        .await?
        .ok_or_else(unknown)?;
    let refuse = |why| Refusal {
        why,
        site: Some((workspace.clone(), batch.site.clone())),
        fault: Some(whole(&batch, why, None)),
    };
    // step: origin
    require_origin(request.headers(), &found.site).map_err(refuse)?;
    // step: consent
    require_consent(&batch, &found.site).map_err(refuse)?;
    // step: bot
    let bot = judge(request.headers(), &batch);
    let places = places(&batch);
    let samples = samples(request.headers(), &batch, bot, now);
    // step: classify, stamp
    let (hand_over, mut answer) = stamp(batch, bot, &found.hosts);
    let hand_over = HandOver {
        samples,
        ..hand_over
    };
    if hand_over.events.is_empty() {
        count_refused(env, context, workspace, hand_over);
        return Ok(answer);
    }
    // step: store
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
            samples: Vec::new(),
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
    let why = first.and_then(|first| Rejection::of(&first.code));
    why.map_or(200, Rejection::status)
}

/// Counts a batch that was refused whole, after its sender has the answer. What names no site that is known is counted
/// without one, in the first workspace.
fn count_refusal(env: &Env, context: &Context, headers: &Headers, refusal: &Refusal) {
    let why = refusal.why;
    let (workspace, site) = refusal.site.clone().unwrap_or_else(|| {
        let first = WorkspaceId(FIRST_WORKSPACE.to_owned());
        (first, SiteKey(String::new()))
    });
    let example = || Sample {
        page: refusal.fault.as_ref().and_then(|fault| fault.page.clone()),
        field: refusal.fault.as_ref().and_then(|fault| fault.field.clone()),
        ..sample(headers, &site, (What::Refused, why.code()), clock::now())
    };
    refusals::count(env, context, workspace, site.clone(), (why, 1), example);
}

/// Counts the events of a batch in which none was good.
fn count_refused(env: &Env, context: &Context, workspace: WorkspaceId, hand_over: HandOver) {
    let mut samples = hand_over.samples;
    for (site, code, times) in hand_over.refused {
        let place = samples.iter().position(|sample| sample.name == code);
        if let (Some(why), Some(place)) = (Rejection::of(&code), place) {
            let sample = samples.swap_remove(place);
            let counted = (why, times);
            refusals::count(env, context, workspace.clone(), site, counted, || sample);
        }
    }
}

/// What is wrong with a whole batch.
fn whole(batch: &Batch, why: Rejection, field: Option<&str>) -> Fault {
    let first = batch.events.first();
    Fault {
        why,
        page: first.and_then(|(_, event)| tally::page(&event.url)),
        field: field.map(str::to_owned),
    }
}

/// Examples of what of a batch is refused, and of what is suspected.
fn samples(headers: &Headers, batch: &Batch, bot: Option<BotReason>, now: Ms) -> Vec<Sample> {
    let refused = batch.faults.iter().map(|fault| Sample {
        page: fault.page.clone(),
        field: fault.field.clone(),
        ..sample(headers, &batch.site, (What::Refused, fault.why.code()), now)
    });
    let suspected = bot.zip(batch.events.first()).map(|(reason, (_, event))| {
        let name = tally::reason_name(reason);
        Sample {
            page: tally::page(&event.url),
            visitor: Some(batch.visitor),
            ..sample(headers, &batch.site, (What::Suspected, &name), now)
        }
    });
    refused.chain(suspected).collect()
}

/// An example that tells no more than its sender does by itself.
fn sample(headers: &Headers, site: &SiteKey, (what, name): (What, &str), at: Ms) -> Sample {
    let agent = headers.get("user-agent").ok().flatten();
    Sample {
        at,
        site: site.clone(),
        what,
        name: name.to_owned(),
        origin: tally::origin(&origin_of(headers)),
        page: None,
        agent: agent.as_deref().and_then(tally::agent),
        field: None,
        visitor: None,
        verdict: None,
    }
}

/// A failure to reach the store is not the sender's fault: it may send again.
impl From<worker::Error> for Stopped {
    fn from(error: worker::Error) -> Stopped {
        Stopped::Failed(Failure::new(ErrorCode::Unavailable, error.to_string()))
    }
}
