//! Events that were being committed when the object broke.
//!
//! A panic rolls the transaction back and takes the module's memory with it. Which batches were being committed then,
//! JavaScript knows, which caught it: their events come under suspicion, and are committed alone from then on. One
//! that is being committed alone is noted outside the module's memory, on the platform's global object, and read
//! when the object wakes: it alone is to blame, and one that breaks the object alone is refused.

use super::sql::Database;
use crate::error::StoreError;
use domain::id::Ms;
use domain::wire::limit;
use js_sys::{Reflect, global};
use std::collections::HashMap;
use uuid::Uuid;
use wasm_bindgen::JsValue;

/// The table.
pub(crate) const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS suspects(id BLOB PRIMARY KEY, tries INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;";

/// Puts the events of a commit that did not end under suspicion.
pub(crate) fn add(db: &Database, ids: &[Uuid], now: Ms) -> Result<(), StoreError> {
    let keys: Vec<(String, Ms)> = ids
        .iter()
        .map(|id| (id.simple().to_string(), now))
        .collect();
    db.run_over(
        "INSERT INTO suspects SELECT unhex(value->>0), 1, value->>1 FROM json_each(?) WHERE true
         ON CONFLICT(id) DO NOTHING",
        &keys,
    )
}

/// Notes which event is about to be committed alone by the object of that name.
pub(crate) fn note(object: &str, id: Uuid) {
    set(object, &JsValue::from_str(&id.simple().to_string()));
}

/// The commit has ended.
pub(crate) fn forget(object: &str) {
    set(object, &JsValue::UNDEFINED);
}

/// The events under suspicion and how often each broke the object; one whose own commit did not end is
/// counted first. Those too old to come again are let go.
pub(crate) fn read(db: &Database, object: &str, now: Ms) -> Result<HashMap<Uuid, u32>, StoreError> {
    let noted = Reflect::get(&global(), &name(object))
        .ok()
        .and_then(|value| value.as_string());
    if let Some(id) = noted {
        db.run_with(
            "INSERT INTO suspects VALUES(unhex(?), 1, ?) ON CONFLICT(id) DO UPDATE SET tries = tries + 1",
            (&id, now),
        )?;
        forget(object);
    }
    let oldest = now.saturating_sub(limit::AGE_MS_MAX);
    db.run_with("DELETE FROM suspects WHERE at < ?", (oldest,))?;
    let rows: Vec<(Uuid, u32)> = db.read("SELECT lower(hex(id)), tries FROM suspects", ())?;
    Ok(rows.into_iter().collect())
}

/// The event was committed alone without harm.
pub(crate) fn clear(db: &Database, id: Uuid) -> Result<(), StoreError> {
    db.run_with(
        "DELETE FROM suspects WHERE id = unhex(?)",
        (&id.simple().to_string(),),
    )
}

fn set(object: &str, value: &JsValue) {
    // Only a frozen global object refuses, and then a panic is merely not traced.
    let _ = Reflect::set(&global(), &name(object), value);
}

fn name(object: &str) -> JsValue {
    JsValue::from_str(&format!("__trellis_commit_{object}"))
}
