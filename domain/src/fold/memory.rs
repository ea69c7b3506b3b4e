//! About how much memory those at hand take, so that it can be bounded.
//!
//! Estimates for wasm, on the high side. Not here: who is let go.

use crate::lead::Lead;
use crate::touch::TouchAt;
use crate::visitor::Visitor;

/// A person or a browser.
pub(super) const PERSON_BYTES: usize = 1_000;
/// A key of a person, a value in a field, a suggestion.
const PART_BYTES: usize = 200;
/// An activity: 32 bytes in a tree that is two thirds full.
pub(super) const ACTIVITY_BYTES: usize = 64;
/// A touch but for its landing URL: eleven members, most of them short texts of their own.
const TOUCH_BYTES: usize = 400;

/// A touch.
pub(super) fn touch_bytes(touch: &TouchAt) -> usize {
    touch.touch.landing.len().saturating_add(TOUCH_BYTES)
}

/// A person: a key, a value, a suggestion and a move take about as much each.
pub(super) fn lead_bytes(lead: &Lead) -> usize {
    let fills = lead.fills.values().map(Vec::len);
    let parts = fills
        .fold(lead.keys.len(), usize::saturating_add)
        .saturating_add(lead.tags.len())
        .saturating_add(lead.segments.len())
        .saturating_add(lead.suggestions.len())
        .saturating_add(lead.tasks.len().saturating_mul(2))
        .saturating_add(lead.pursuit.journey.moves.len());
    parts
        .saturating_mul(PART_BYTES)
        .saturating_add(PERSON_BYTES)
}

/// A browser with its history.
pub(super) fn visitor_bytes(visitor: &Visitor) -> usize {
    let activities = visitor.activities.len().saturating_mul(ACTIVITY_BYTES);
    let touches = visitor.touches.iter().map(touch_bytes);
    touches
        .fold(activities, usize::saturating_add)
        .saturating_add(PERSON_BYTES)
}
