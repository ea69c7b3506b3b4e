//! Ids made in the browser.

use crate::state::clock::now;
use domain::wire::uuid_v7;
use leptos::prelude::*;
use uuid::Uuid;

/// A fresh version 7 UUID, for an idempotency key or a rule.
pub(crate) fn fresh() -> Uuid {
    let mut random = [0_u8; 10];
    if let Ok(crypto) = window().crypto() {
        // It refuses only requests of more than 65,536 bytes.
        let _ = crypto.get_random_values_with_u8_array(&mut random);
    }
    Uuid::from_bytes(uuid_v7(u64::try_from(now()).unwrap_or_default(), random))
}

/// A fresh id of a rule.
pub(crate) fn fresh_rule() -> String {
    let id = fresh().simple().to_string();
    format!("rule_{}", id.get(20..).unwrap_or(&id))
}

/// A fresh id of small letters, digits and hyphens.
pub(crate) fn fresh_slug(of: &str) -> String {
    let id = fresh().simple().to_string();
    format!("{of}-{}", id.get(20..).unwrap_or(&id))
}

/// The last attempt at a write, so that a repeat after no answer carries the same key and counts once.
pub(crate) struct Attempt<T: 'static>(StoredValue<Option<(Uuid, T)>>);

impl<T> Clone for Attempt<T> {
    fn clone(&self) -> Attempt<T> {
        *self
    }
}

impl<T> Copy for Attempt<T> {}

impl<T: Clone + PartialEq + Send + Sync> Attempt<T> {
    /// Nothing attempted yet.
    pub(crate) fn new() -> Attempt<T> {
        Attempt(StoredValue::new(None))
    }

    /// The key for this write.
    pub(crate) fn key(self, what: &T) -> Uuid {
        let last = self.0.get_value().filter(|(_, last)| last == what);
        let key = last.map_or_else(fresh, |(key, _)| key);
        self.0.set_value(Some((key, what.clone())));
        key
    }

    /// The write was done: the next one is another, also when it is the same.
    pub(crate) fn forget(self) {
        self.0.set_value(None);
    }
}
