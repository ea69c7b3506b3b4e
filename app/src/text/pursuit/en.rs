//! English.

use super::PursuitText;
use domain::clock::Kind;

pub(in crate::text) static TEXT: PursuitText = PursuitText {
    title: "How it is worked",
    stage: "Stage",
    no_stage: "None yet",
    owner: "Owner",
    nobody: "Nobody yet",
    somebody: "A former member",
    attempts: "Attempts",
    accept: "Accept",
    reject: "Reject",
    reason: "Why is it not taken?",
    choose_reason: "Choose a reason",
    reject_now: "Give it back",
    cancel: "Cancel",
    changed_meanwhile: "Someone else changed this lead meanwhile. What is shown now is how it stands.",
    a_moment: "a moment",
    for_days: |days| match days {
        0 => "since today".to_owned(),
        1 => "for 1 day".to_owned(),
        days => format!("for {days} days"),
    },
    tried: |times, least| format!("{times} of {least} at least"),
    promise: |kind| match kind {
        Kind::Assigned => "Given to somebody",
        Kind::Accepted => "Accepted or rejected",
        Kind::FirstResponse => "First spoken to",
        Kind::FollowUp => "Followed up",
    },
    due: |left| format!("due {left}"),
    met: "in time",
    met_late: "too late",
    breached: |since| format!("overdue since {since}"),
};
