//! Sends what the outbox holds.

use crate::error::StoreError;
use crate::limit::{EFFECTS_A_RUN, PARKED_MS, TIMER_TRIES_MAX};
use crate::store::kv::EdgeWriter;
use crate::store::outbox;
use crate::store::sql::Database;
use domain::api::Site;
use domain::id::Ms;

/// What the key of a site's publication begins with.
const SITE: &str = "site/";

/// Puts a site's settings out for the edge.
pub(crate) fn put_site(db: &Database, site: &Site, now: Ms) -> Result<(), StoreError> {
    outbox::put(
        db,
        &format!("{SITE}{}", site.key),
        &serde_json::to_string(site)?,
        now,
    )
}

/// Sends what is due.
pub(crate) async fn send(db: &Database, edge: &EdgeWriter, now: Ms) -> Result<(), StoreError> {
    for (key, body, tries) in outbox::due(db, now, EFFECTS_A_RUN)? {
        match perform(edge, &key, &body).await {
            Ok(()) => outbox::done(db, &key, &body)?,
            Err(error) => {
                worker::console_error!("outbox {key}: {error}");
                outbox::failed(db, &key, again_at(&error, tries, now))?;
            }
        }
    }
    Ok(())
}

/// When an effect is tried again that failed: what the platform refused as long as it does, in the end once an hour;
/// what cannot be read never.
fn again_at(error: &StoreError, tries: u32, now: Ms) -> Option<Ms> {
    let wait_ms = if tries.saturating_add(1) < TIMER_TRIES_MAX {
        backoff_ms(tries)
    } else {
        PARKED_MS
    };
    matches!(error, StoreError::Platform(_)).then(|| now.saturating_add(wait_ms))
}

/// How long to wait after so many tries: 1, 2, 4, 8 … seconds.
pub(crate) fn backoff_ms(tries: u32) -> Ms {
    1_000_i64.saturating_mul(1_i64.checked_shl(tries.min(10)).unwrap_or(1))
}

async fn perform(edge: &EdgeWriter, key: &str, body: &str) -> Result<(), StoreError> {
    if key.starts_with(SITE) {
        return edge.put_site(&serde_json::from_str(body)?).await;
    }
    Err(StoreError::Stored {
        what: "effect",
        why: format!("unknown kind {key}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_platform_refuses_is_never_given_up() {
        let refused = StoreError::Platform("no answer".into());
        let unknown = StoreError::Stored {
            what: "effect",
            why: "unknown kind".into(),
        };
        let check = |error: &StoreError, tries: u32, expect: Option<Ms>| {
            assert_eq!(again_at(error, tries, 5), expect, "{error} after {tries}");
        };
        check(&refused, 0, Some(1_005));
        check(&refused, 3, Some(8_005));
        check(&refused, 4, Some(PARKED_MS + 5));
        check(&refused, 400, Some(PARKED_MS + 5));
        check(&unknown, 0, None);
    }
}
