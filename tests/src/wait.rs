//! Waiting for a condition until a deadline. Nothing here sleeps for a fixed time and hopes.

use std::time::{Duration, Instant};

/// How often a condition is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// How long most things may take on a machine that is busy with other stories.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until `found` finds something; panics with `what` when it does not in [`PATIENCE`].
#[track_caller]
pub fn until<T>(what: &str, found: impl FnMut() -> Option<T>) -> T {
    within(PATIENCE, what, found)
}

/// The same, with a deadline of its own.
#[track_caller]
pub fn within<T>(patience: Duration, what: &str, found: impl FnMut() -> Option<T>) -> T {
    match look(patience, found) {
        Some(value) => value,
        None => panic!("waited {patience:?} in vain for: {what}"),
    }
}

/// The same for [`PATIENCE`], and none in vain: the caller says what went wrong.
pub fn try_until<T>(found: impl FnMut() -> Option<T>) -> Option<T> {
    look(PATIENCE, found)
}

fn look<T>(patience: Duration, mut found: impl FnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + patience;
    loop {
        if let Some(value) = found() {
            return Some(value);
        }
        if Instant::now() >= deadline {
            return None;
        }
        std::thread::sleep(LOOK_EVERY);
    }
}
