//! The collector: one visible list of steps from a request to stored events.
//!
//! limit → parse → site key → origin → consent → bot → classify and stamp → hand over. Each refusal has a
//! name, is counted and is sent back. Not here: the request itself (`worker/js/index.js` holds it, [`step`] is its
//! side here), storing (the workspace does) and what an event means.

mod sites;
mod step;

use crate::workspace::door::{HandOver, Stored};
use domain::agent::{self, BotReason};
use domain::api::{self, ApiError, Site};
use domain::event::{self, Answer, Batch, Refused, Rejection};
use domain::id::{Ms, SiteKey, WorkspaceId};
use domain::journal::Tracked;
use std::collections::{BTreeMap, BTreeSet};

/// What the collector reads of a request's head.
struct Head {
    /// The page's origin; empty when the request names none.
    origin: String,
    /// The user agent; empty when there is none.
    agent: String,
}

/// What becomes of a batch.
enum Collected {
    /// It is to be stored; what of it was refused is told with the answer.
    Store {
        workspace: WorkspaceId,
        hand_over: HandOver,
        refused: Vec<Refused>,
    },
    /// Its site is not in memory.
    Learn(SiteKey),
}

/// What was refused whole, and for which site where that is known.
struct Refusal {
    why: Rejection,
    site: Option<(WorkspaceId, SiteKey)>,
}

impl From<Rejection> for Refusal {
    fn from(why: Rejection) -> Refusal {
        Refusal { why, site: None }
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

    /// What the workspace counts, where one is known.
    fn counted(self, head: &Head) -> Option<(WorkspaceId, HandOver)> {
        let (workspace, site) = self.site?;
        let count = HandOver {
            refused: vec![(site, self.why.code().to_owned(), 1)],
            origin: api::origin(&head.origin),
            ..HandOver::default()
        };
        Some((workspace, count))
    }
}

/// The steps. A body over the limit is none. A site that is not in memory is to be learned, unless it was `asked` for.
fn collect(body: Option<Vec<u8>>, head: &Head, asked: bool, now: Ms) -> Result<Collected, Refusal> {
    let body = body.ok_or(Rejection::BodyTooLarge)?;
    let batch = event::parse(&body, now)?;
    let workspace = batch.site.workspace().ok_or(Rejection::UnknownSite)?;
    let Some(found) = sites::remembered(&batch.site, now) else {
        return if asked {
            Err(Rejection::UnknownSite.into())
        } else {
            Ok(Collected::Learn(batch.site))
        };
    };
    let refuse = |why| Refusal {
        why,
        site: Some((workspace.clone(), batch.site.clone())),
    };
    require_origin(head, &found.site).map_err(refuse)?;
    require_consent(&batch, &found.site).map_err(refuse)?;
    let bot = agent::bot(&head.agent, batch.automated);
    let (hand_over, refused) = stamp(batch, bot, &found.hosts);
    Ok(Collected::Store {
        workspace,
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
fn stamp(batch: Batch, bot: Option<BotReason>, own: &[String]) -> (HandOver, Vec<Refused>) {
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
            let stamp = event.stamp(bot, own);
            (at, Tracked { event, stamp })
        })
        .collect();
    let hand_over = HandOver {
        events,
        refused,
        origin: None,
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
    let why = first.and_then(|first| Rejection::ALL.iter().find(|why| why.code() == first.code));
    why.map_or(200, |why| why.status())
}
