//! The collector: one visible list of steps from a request to stored events.
//!
//! limit → parse → site → origin → consent → bot → classify → stamp → store. Each refusal has a
//! name, is counted and is sent back. Not here: the request itself (`worker/js/index.js` holds it, [`step`] is its
//! side here), storing (the workspace does) and what an event means.

mod agents;
mod flights;
mod limits;
mod refusals;
mod sites;
mod step;

use self::limits::Beyond;
use crate::clock;
use crate::error::Failure;
use crate::workspace::door::{HandOver, Stored};
use domain::agent::Agent;
use domain::api::{ApiError, ErrorCode, Site};
use domain::bucket::Client;
use domain::event::{self, Answer, Batch, Refused, Rejection};
use domain::id::{FIRST_WORKSPACE, Ms, SiteKey, WorkspaceId};
use domain::journal::Tracked;
use domain::tally::{self, Fault, Sample, What};
use std::collections::{BTreeMap, BTreeSet};
use worker::Env;

/// What the collector reads of a request's head.
#[derive(Default)]
struct Head {
    /// The page's origin; empty when the request names none.
    origin: String,
    /// The user agent; empty when there is none.
    agent: String,
    /// Whose request it is, as the platform's edge says, which overwrites what a sender claims. Without it (a runtime
    /// with no edge before it) only the site's bucket holds: any other header, `x-forwarded-for` among them, is the
    /// sender's to write, and a limit on it would bind none but the honest.
    client: Option<Client>,
}

/// A request that is no batch, while it is in hand.
pub(crate) struct Place(u64);

impl Drop for Place {
    fn drop(&mut self) {
        limits::leave(self.0);
    }
}

/// Takes a request of that address in that is no batch and comes from strangers all the same: it counts as an event.
pub(crate) fn admit(env: &Env, address: &str) -> Result<Place, Failure> {
    match limits::admit(Client::read(address), env, clock::now()) {
        Ok(number) => Ok(Place(number)),
        Err(Beyond { why, .. }) => {
            let code = match why {
                Rejection::RateLimited => ErrorCode::RateLimited,
                _ => ErrorCode::Overloaded,
            };
            Err(Failure::new(code, "too much comes; try again"))
        }
    }
}

/// What becomes of a batch.
enum Collected {
    /// It is to be stored; what of it was refused is told with the answer.
    Store {
        workspace: WorkspaceId,
        site: SiteKey,
        hand_over: HandOver,
        refused: Vec<Refused>,
    },
    /// No event of it was good.
    NoneGood(Answer),
    /// Its site is not in memory.
    Learn(SiteKey),
}

/// What was refused whole, for which site where that is known, and which page sent it where it says so.
struct Refusal {
    why: Rejection,
    site: Option<(WorkspaceId, SiteKey)>,
    fault: Option<Fault>,
    /// When its sender may come back, where that is known.
    retry_after_s: Option<u32>,
}

impl From<Beyond> for Refusal {
    fn from(beyond: Beyond) -> Refusal {
        Refusal {
            retry_after_s: Some(beyond.retry_after_s),
            ..beyond.why.into()
        }
    }
}

impl From<Rejection> for Refusal {
    fn from(why: Rejection) -> Refusal {
        Refusal {
            why,
            site: None,
            fault: None,
            retry_after_s: None,
        }
    }
}

impl Refusal {
    /// What the sender is told.
    fn answer(&self) -> ApiError {
        ApiError {
            code: self.why.code().to_owned(),
            message: "nothing of the batch was accepted".to_owned(),
            field: None,
            current: None,
        }
    }

    /// Counts it. What names no site that is known is counted without one, in the first workspace.
    fn count(self, head: &Head, now: Ms) {
        let (workspace, site) = self.site.unwrap_or_else(|| {
            let first = WorkspaceId(FIRST_WORKSPACE.to_owned());
            (first, SiteKey(String::new()))
        });
        let (page, field) = self
            .fault
            .map_or((None, None), |fault| (fault.page, fault.field));
        let example = sample(head, &site, (What::Refused, self.why.code()), now);
        let example = Sample {
            page,
            field,
            ..example
        };
        refusals::count(workspace, site, (self.why, 1), example);
    }
}

/// The steps. A body over the limit is none. A site that is not in memory is to be learned, unless it was `asked` for.
fn collect(body: Option<Vec<u8>>, head: &Head, asked: bool, now: Ms) -> Result<Collected, Refusal> {
    // step: limit
    let body = body.ok_or(Rejection::BodyTooLarge)?;
    // step: parse
    let mut batch = event::parse(&body, now)?;
    let unknown = || Refusal {
        fault: Some(whole(&batch, Rejection::UnknownSite, Some("site"))),
        ..Rejection::UnknownSite.into()
    };
    // step: site
    let workspace = batch.site.workspace().ok_or_else(unknown)?;
    let Some(found) = sites::remembered(&batch.site, now) else {
        return if asked {
            Err(unknown())
        } else {
            Ok(Collected::Learn(batch.site))
        };
    };
    let refuse = |why| Refusal {
        why,
        site: Some((workspace.clone(), batch.site.clone())),
        fault: Some(whole(&batch, why, None)),
        retry_after_s: None,
    };
    // step: origin
    require_origin(head, &found.site).map_err(refuse)?;
    // step: consent
    require_consent(&batch, &found.site).map_err(refuse)?;
    // The limit again, now that the events can be counted.
    limits::pay(head.client, &batch, now).map_err(|beyond| Refusal {
        retry_after_s: Some(beyond.retry_after_s),
        ..refuse(beyond.why)
    })?;
    // step: bot
    let agent = agents::read(&head.agent);
    let site = batch.site.clone();
    let faults = std::mem::take(&mut batch.faults);
    // step: classify, stamp
    let (mut hand_over, refused) = stamp(batch, agent, &found.hosts);
    hand_over.samples = samples(head, &faults, &site, &hand_over.events, now);
    if hand_over.events.is_empty() {
        count_refused(&workspace, hand_over);
        return Ok(Collected::NoneGood(answer(refused, Stored::default())));
    }
    // step: store
    Ok(Collected::Store {
        workspace,
        site,
        hand_over,
        refused,
    })
}

/// Origin: the page is one of the site's.
fn require_origin(head: &Head, site: &Site) -> Result<(), Rejection> {
    if site.allows(&head.origin) {
        Ok(())
    } else {
        Err(Rejection::ForeignOrigin)
    }
}

/// Consent: given, where the site needs it.
fn require_consent(batch: &Batch, site: &Site) -> Result<(), Rejection> {
    if site.consent_required && !batch.consent {
        Err(Rejection::NoConsent)
    } else {
        Ok(())
    }
}

/// Classify and stamp: what is decided of each event, decided now.
fn stamp(batch: Batch, agent: Agent, own: &[String]) -> (HandOver, Vec<Refused>) {
    let bot = agent.judge(batch.automated);
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for event in &batch.refused {
        let count = counts.entry(&event.code).or_default();
        *count = count.saturating_add(1);
    }
    let refused = counts
        .into_iter()
        .map(|(code, count)| (batch.site.clone(), code.to_owned(), count))
        .collect();
    let events: Vec<(Ms, Tracked)> = batch
        .events
        .into_iter()
        .map(|(at, event)| {
            let stamp = event.stamp(bot, &agent.device, own);
            (at, Tracked { event, stamp })
        })
        .collect();
    let hand_over = HandOver {
        events,
        refused,
        samples: Vec::new(),
    };
    (hand_over, batch.refused)
}

/// What the sender is told of a batch that was stored, but for those that the collector and the object refused.
fn answer(mut refused: Vec<Refused>, stored: Stored) -> Answer {
    let before: BTreeSet<u32> = refused.iter().map(|refused| refused.index).collect();
    for later in stored.refused {
        let place = usize::try_from(later.index).unwrap_or(usize::MAX);
        let mut handed_over = (0_u32..).filter(|index| !before.contains(index));
        refused.push(Refused {
            index: handed_over.nth(place).unwrap_or(later.index),
            ..later
        });
    }
    Answer {
        accepted: stored.accepted,
        refused,
    }
}

/// 200 when anything was accepted, else the status of the first refusal.
fn status_of(answer: &Answer) -> u16 {
    let first = answer.refused.first().filter(|_| answer.accepted == 0);
    let why = first.and_then(|first| Rejection::of(&first.code));
    why.map_or(200, Rejection::status)
}

/// Counts the events of a batch in which none was good.
fn count_refused(workspace: &WorkspaceId, hand_over: HandOver) {
    let mut samples = hand_over.samples;
    for (site, code, times) in hand_over.refused {
        let place = samples.iter().position(|sample| sample.name == code);
        if let (Some(why), Some(place)) = (Rejection::of(&code), place) {
            let sample = samples.swap_remove(place);
            refusals::count(workspace.clone(), site, (why, times), sample);
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
fn samples(
    head: &Head,
    faults: &[Fault],
    site: &SiteKey,
    events: &[(Ms, Tracked)],
    now: Ms,
) -> Vec<Sample> {
    let refused = faults.iter().map(|fault| Sample {
        page: fault.page.clone(),
        field: fault.field.clone(),
        ..sample(head, site, (What::Refused, fault.why.code()), now)
    });
    let mut suspected = events
        .iter()
        .filter_map(|(_, Tracked { event, stamp })| Some((event, stamp.bot?)));
    let suspected = suspected.next().map(|(event, reason)| {
        let name = tally::reason_name(reason);
        Sample {
            page: tally::page(&event.url),
            visitor: Some(event.visitor),
            ..sample(head, site, (What::Suspected, &name), now)
        }
    });
    refused.chain(suspected).collect()
}

/// An example that tells no more than its sender does by itself.
fn sample(head: &Head, site: &SiteKey, (what, name): (What, &str), at: Ms) -> Sample {
    Sample {
        at,
        site: site.clone(),
        what,
        name: name.to_owned(),
        origin: tally::origin(&head.origin),
        page: None,
        agent: tally::agent(&head.agent),
        field: None,
        visitor: None,
        verdict: None,
    }
}
