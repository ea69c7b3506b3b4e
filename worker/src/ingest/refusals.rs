//! What was refused whole, gathered: a flood of it makes one hand-over a second and not one a request.
//!
//! Nothing that was acknowledged depends on it: an isolate that ends takes at most a second's counts along.

use crate::limit::{REFUSALS_EVERY_MS, REFUSALS_GIVEN_UP_MS};
use crate::workspace::door::HandOver;
use domain::event::Rejection;
use domain::id::{Ms, SiteKey, WorkspaceId};
use domain::tally::Sample;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// What was refused of one site for one reason.
struct Refused {
    times: u32,
    sample: Sample,
}

/// What waits for the next hand-over.
#[derive(Default)]
struct Waiting {
    refused: BTreeMap<(WorkspaceId, SiteKey, &'static str), Refused>,
    /// When someone said last that it will hand over.
    promised_at: Option<Ms>,
    handed_over_at: Ms,
}

thread_local! {
    static WAITING: RefCell<Waiting> = RefCell::default();
}

/// Counts a refusal so many times; the first of its kind since the last hand-over is its example.
pub(super) fn count(
    workspace: WorkspaceId,
    site: SiteKey,
    (why, times): (Rejection, u32),
    sample: Sample,
) {
    WAITING.with_borrow_mut(|waiting| {
        let key = (workspace, site, why.code());
        let refused = waiting
            .refused
            .entry(key)
            .or_insert(Refused { times: 0, sample });
        refused.times = refused.times.saturating_add(times);
    });
}

/// In how many milliseconds whoever asks is to hand over; nothing when nothing waits, or another will. One that said
/// so and did not may have ended before its time. The clock is asked only when something waits: every answer asks this.
pub(super) fn due_in_ms(clock: impl FnOnce() -> Ms) -> Option<Ms> {
    WAITING.with_borrow_mut(|waiting| {
        if waiting.refused.is_empty() {
            return None;
        }
        let now = clock();
        let promised = waiting
            .promised_at
            .is_some_and(|at| now.saturating_sub(at) < REFUSALS_GIVEN_UP_MS);
        if promised {
            return None;
        }
        waiting.promised_at = Some(now);
        let since = now.saturating_sub(waiting.handed_over_at);
        Some(REFUSALS_EVERY_MS.saturating_sub(since).max(0))
    })
}

/// Takes what waits, a workspace at a time.
pub(super) fn take(now: Ms) -> BTreeMap<WorkspaceId, HandOver> {
    let refused = WAITING.with_borrow_mut(|waiting| {
        waiting.promised_at = None;
        waiting.handed_over_at = now;
        std::mem::take(&mut waiting.refused)
    });
    let mut hand_overs: BTreeMap<WorkspaceId, HandOver> = BTreeMap::new();
    for ((workspace, site, code), refused) in refused {
        let hand_over = hand_overs.entry(workspace).or_default();
        let counted = (site, code.to_owned(), refused.times);
        hand_over.refused.push(counted);
        hand_over.samples.push(refused.sample);
    }
    hand_overs
}
