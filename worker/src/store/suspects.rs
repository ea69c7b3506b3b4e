//! Events that were being committed when the object broke.
//!
//! A panic rolls the transaction back and takes the module's memory with it, so what was under way is
//! noted outside that memory, on the platform's global object, and read when the object wakes. An
//! event under suspicion is committed alone from then on; one that breaks the object alone is refused.

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

/// Notes what is about to be committed by the object of that name.
pub(crate) fn note(object: &str, ids: &[Uuid]) {
    let text = serde_json::to_string(ids).unwrap_or_default();
    set(object, &JsValue::from_str(&text));
}

/// The commit has ended.
pub(crate) fn forget(object: &str) {
    set(object, &JsValue::UNDEFINED);
}

/// The events under suspicion and how often each broke the object; those of a commit that did not end are
/// added first. Those too old to come again are let go.
pub(crate) fn read(db: &Database, object: &str, now: Ms) -> Result<HashMap<Uuid, u32>, StoreError> {
    let noted = Reflect::get(&global(), &name(object))
        .ok()
        .and_then(|value| value.as_string());
    if let Some(ids) = noted {
        let ids: Vec<Uuid> = serde_json::from_str(&ids)?;
        let keys: Vec<(String, Ms)> = ids
            .iter()
            .map(|id| (id.simple().to_string(), now))
            .collect();
        db.run_over(
            "INSERT INTO suspects SELECT unhex(value->>0), 1, value->>1 FROM json_each(?) WHERE true
             ON CONFLICT(id) DO UPDATE SET tries = tries + 1",
            &keys,
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
