//! Edge KV on a bad day, for the tests: it fails, shows what was so a minute ago, or gives half of the bytes; and a
//! count of the writes. Not built into what is deployed.

use crate::clock;
use crate::error::StoreError;
use domain::id::Ms;
use js_sys::{Array, Reflect, global};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue};

/// How far behind a lagging store is.
const LAG_MS: Ms = 60_000;
/// Where the writes are noted: outside the module's memory, so that they outlive a panic.
const WRITES: &str = "__trellis_kv_writes";

/// What is wrong with the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// No operation succeeds.
    Fail,
    /// No write succeeds.
    FailWrites,
    /// A read shows what was so [`LAG_MS`] ago; of a key that is younger, nothing.
    Lag,
    /// A read gives half of the bytes.
    Cut,
}

/// What a key held, and since when.
type History = Vec<(Ms, Option<Vec<u8>>)>;

thread_local! {
    static FAULT: Cell<Option<Fault>> = const { Cell::new(None) };
    static HISTORY: RefCell<HashMap<String, History>> = RefCell::default();
}

/// Breaks the store in the way that is called so; any other name mends it.
pub(crate) fn set(name: &str) {
    HISTORY.take();
    FAULT.set(match name {
        "fail" => Some(Fault::Fail),
        "fail_writes" => Some(Fault::FailWrites),
        "lag" => Some(Fault::Lag),
        "cut" => Some(Fault::Cut),
        _ => None,
    });
}

/// The writes so far, each its time and its key; the first to ask begins to count.
pub(crate) fn writes() -> Vec<String> {
    let name = JsValue::from_str(WRITES);
    let Some(writes) = noted() else {
        let _ = Reflect::set(&global(), &name, &Array::new());
        return Vec::new();
    };
    writes.iter().filter_map(|line| line.as_string()).collect()
}

fn noted() -> Option<Array> {
    let writes = Reflect::get(&global(), &JsValue::from_str(WRITES)).ok()?;
    writes.dyn_into().ok()
}

fn failed() -> StoreError {
    StoreError::Platform("the edge store does not answer".to_owned())
}

/// Whether what a key held before a write must be known.
pub(super) fn is_lagging() -> bool {
    FAULT.get() == Some(Fault::Lag)
}

/// Whether a read or a list may be made.
pub(super) fn before_read() -> Result<(), StoreError> {
    match FAULT.get() {
        Some(Fault::Fail) => Err(failed()),
        _ => Ok(()),
    }
}

/// Notes a write, of a key that held this before, and whether it may be made.
pub(super) fn before_write(
    key: &str,
    before: Option<Vec<u8>>,
    bytes: &[u8],
) -> Result<(), StoreError> {
    if let Some(writes) = noted() {
        let line = format!("{} {key}", clock::platform_now());
        writes.push(&JsValue::from_str(&line));
    }
    match FAULT.get() {
        Some(Fault::Fail | Fault::FailWrites) => return Err(failed()),
        Some(Fault::Lag) => HISTORY.with_borrow_mut(|all| {
            let history = all.entry(key.to_owned());
            let history = history.or_insert_with(|| vec![(Ms::MIN, before)]);
            history.push((clock::now(), Some(bytes.to_vec())));
        }),
        Some(Fault::Cut) | None => {}
    }
    Ok(())
}

/// What a read of the key shows, which holds this.
pub(super) fn shown(key: &str, held: Option<Vec<u8>>) -> Option<Vec<u8>> {
    match FAULT.get() {
        Some(Fault::Lag) => HISTORY.with_borrow(|all| {
            let seen_until = clock::now().saturating_sub(LAG_MS);
            let Some(history) = all.get(key) else {
                return held;
            };
            let seen = history.iter().rev().find(|(at, _)| *at <= seen_until);
            seen.and_then(|(_, bytes)| bytes.clone())
        }),
        Some(Fault::Cut) => held.map(|mut bytes| {
            bytes.truncate(bytes.len() / 2);
            bytes
        }),
        Some(Fault::Fail | Fault::FailWrites) | None => held,
    }
}
