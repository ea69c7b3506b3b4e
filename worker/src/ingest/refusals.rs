//! What was refused whole, gathered: a flood of it makes one hand-over a second and not one a request.
//!
//! Nothing that was acknowledged depends on it: an isolate that ends takes at most a second's counts along.

use crate::clock;
use crate::limit::{REFUSALS_EVERY, REFUSALS_LATEST_MS};
use crate::workspace::door::{Door, HandOver};
use domain::event::Rejection;
use domain::id::{Ms, SiteKey, WorkspaceId};
use domain::tally::Sample;
use std::cell::RefCell;
use std::collections::BTreeMap;
use worker::{Context, Delay, Env};

/// What was refused of one site for one reason.
struct Refused {
    times: u32,
    sample: Sample,
}

/// What waits for the next hand-over.
#[derive(Default)]
struct Waiting {
    refused: BTreeMap<(WorkspaceId, SiteKey, &'static str), Refused>,
    /// Since when a hand-over is on its way; one that does not come is given up.
    scheduled_at: Option<Ms>,
    handed_over_at: Ms,
}

thread_local! {
    static WAITING: RefCell<Waiting> = RefCell::default();
}

/// Counts a refusal so many times; the first of its kind since the last hand-over is its example.
pub(super) fn count(
    env: &Env,
    context: &Context,
    workspace: WorkspaceId,
    site: SiteKey,
    (why, times): (Rejection, u32),
    sample: impl FnOnce() -> Sample,
) {
    let now = clock::now();
    let wait = WAITING.with_borrow_mut(|waiting| {
        let key = (workspace, site, why.code());
        let refused = waiting.refused.entry(key).or_insert_with(|| Refused {
            times: 0,
            sample: sample(),
        });
        refused.times = refused.times.saturating_add(times);
        let since = now.saturating_sub(waiting.handed_over_at);
        let since = u64::try_from(since).unwrap_or_default();
        let wait = REFUSALS_EVERY.saturating_sub(std::time::Duration::from_millis(since));
        let scheduled_at = waiting.scheduled_at;
        let is_scheduled = scheduled_at.is_some_and(|at| now.abs_diff(at) < REFUSALS_LATEST_MS);
        if is_scheduled {
            return None;
        }
        waiting.scheduled_at = Some(now);
        Some(wait)
    });
    if let Some(wait) = wait {
        let env = env.clone();
        context.wait_until(async move {
            Delay::from(wait).await;
            hand_over(&env).await;
        });
    }
}

/// Hands over what waits, a workspace at a time.
async fn hand_over(env: &Env) {
    let refused = WAITING.with_borrow_mut(|waiting| {
        waiting.scheduled_at = None;
        waiting.handed_over_at = clock::now();
        std::mem::take(&mut waiting.refused)
    });
    let mut hand_overs: BTreeMap<WorkspaceId, HandOver> = BTreeMap::new();
    for ((workspace, site, code), refused) in refused {
        let hand_over = hand_overs.entry(workspace).or_default();
        let counted = (site, code.to_owned(), refused.times);
        hand_over.refused.push(counted);
        hand_over.samples.push(refused.sample);
    }
    for (workspace, hand_over) in hand_overs {
        let counted = match Door::to(env, &workspace) {
            Ok(door) => door.hand_over(&hand_over).await.map(drop),
            Err(failure) => Err(failure),
        };
        if let Err(failure) = counted {
            worker::console_error!("refusals were not counted: {}", failure.message);
        }
    }
}
