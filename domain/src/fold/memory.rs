//! About how much memory those at hand take, so that it can be bounded.
//!
//! Estimates for wasm, on the high side. Not here: who is let go.

use crate::touch::TouchAt;
use crate::visitor::Visitor;

/// A person or a browser.
pub(super) const PERSON_BYTES: usize = 1_000;
/// An activity: 32 bytes in a tree that is two thirds full.
pub(super) const ACTIVITY_BYTES: usize = 64;
/// A touch but for its landing URL: eleven members, most of them short texts of their own.
const TOUCH_BYTES: usize = 400;

/// A touch.
pub(super) fn touch_bytes(touch: &TouchAt) -> usize {
    touch.touch.landing.len().saturating_add(TOUCH_BYTES)
}

/// A browser with its history.
pub(super) fn visitor_bytes(visitor: &Visitor) -> usize {
    let activities = visitor.activities.len().saturating_mul(ACTIVITY_BYTES);
    let touches = visitor.touches.iter().map(touch_bytes);
    touches
        .fold(activities, usize::saturating_add)
        .saturating_add(PERSON_BYTES)
}
