//! How long an event may come again, and its id must be known. Not here: the ids, which the store keeps.

use crate::id::Ms;
use crate::wire::limit;

/// How much later than the first time a repeat's batch may arrive after its `sent`: the time an event is corrected to moves
/// by as much.
const ON_THE_WAY_MS_MAX: Ms = 24 * 60 * 60 * 1_000;

/// From when on an event that was stored then cannot come again: whatever it was corrected to then, it is
/// too old.
///
/// It lay at most [`limit::AHEAD_MS_MAX`] ahead of the time it was stored at, and is refused when it is
/// [`limit::AGE_MS_MAX`] old.
pub const fn forgettable_at(stored_at: Ms) -> Ms {
    stored_at
        .saturating_add(limit::AHEAD_MS_MAX)
        .saturating_add(limit::AGE_MS_MAX)
        .saturating_add(ON_THE_WAY_MS_MAX)
        .saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Rejection, parse};
    use proptest::prelude::*;
    use serde_json::json;
    use uuid::Uuid;

    const DAY_MS: Ms = 24 * 60 * 60 * 1_000;
    const NOW: Ms = 1_790_000_000_000;

    /// Sends one event at a time by the collector's clock; the sender's is `skew_ms` ahead, and its batch is `way_ms`
    /// on the way. Its corrected time, or why it is refused.
    fn receive(at: Ms, now: Ms, skew_ms: Option<Ms>, way_ms: Ms) -> Result<Ms, String> {
        let id = Uuid::from_u128(7);
        let event = json!({"id": id, "at": at, "kind": "page_view", "url": "https://a.cn/"});
        let mut batch = json!({"v": 1, "site": "main.demo", "visitor": id, "events": [event]});
        if let Some(skew_ms) = skew_ms {
            batch["sent"] = json!(now - way_ms + skew_ms);
        }
        let batch = parse(batch.to_string().as_bytes(), now).unwrap();
        let refused = batch.refused.first().map(|refused| refused.code.clone());
        refused.map_or_else(|| Ok(batch.events[0].0), Err)
    }

    #[test]
    fn a_repeat_is_taken_for_thirty_days_and_known_as_long() {
        let check = |later_ms: Ms, taken: bool| {
            let repeat = receive(NOW, NOW + later_ms, Some(0), 0);
            let too_old = Err(Rejection::TooOld.code().to_owned());
            assert_eq!(repeat, if taken { Ok(NOW) } else { too_old }, "{later_ms}");
            assert!(!taken || NOW + later_ms < forgettable_at(NOW), "{later_ms}");
        };
        check(0, true);
        check(30 * DAY_MS - 3_600_000, true);
        check(30 * DAY_MS, true);
        check(30 * DAY_MS + 1, false);
        check(31 * DAY_MS, false);
    }

    proptest! {
        /// Whoever sends it the same way again, however late the batch comes, is refused once the id is forgotten.
        #[test]
        fn what_is_forgotten_cannot_come_again(
            age_ms in -DAY_MS..31 * DAY_MS,
            skew_ms in proptest::option::of(-400 * DAY_MS..400 * DAY_MS),
            way_ms in 0..DAY_MS,
            again_way_ms in 0..DAY_MS,
            later_ms in 0..3 * DAY_MS,
        ) {
            let at = NOW - age_ms + skew_ms.unwrap_or(0);
            prop_assume!(receive(at, NOW, skew_ms, way_ms).is_ok());
            let again_at = forgettable_at(NOW) + later_ms;
            let repeat = receive(at, again_at, skew_ms, again_way_ms);
            prop_assert_eq!(repeat, Err(Rejection::TooOld.code().to_owned()));
        }
    }
}
