//! What the tracker asks of the page, beside web-sys: `js/host.js`, and the browser's random numbers.
//!
//! Few and coarse: each import costs its glue twice, in the wasm and in the loader. Texts come in by
//! being written to a buffer of ours, so that none of them needs an allocator. None of these throws.

use wasm_bindgen::prelude::*;

use crate::rows::Rows;

#[wasm_bindgen(raw_module = "trellis-host")]
extern "C" {
    /// See [`Rows::cell`].
    fn cell(rows: &JsValue, row: u32, name: &str, into: &mut [u8]) -> i32;
    /// Writes an option of the tag, `site` being `data-site`, and answers the bytes.
    pub(crate) fn setting(name: &str, into: &mut [u8]) -> i32;
    /// Writes the stored visitor id and answers the bytes.
    pub(crate) fn recall(into: &mut [u8]) -> i32;
    /// Stores the visitor id; in memory when storage is blocked.
    pub(crate) fn keep(visitor: &str);
    /// Adds an event to those that wait, stores it, and gives their number.
    pub(crate) fn push(event: &str) -> u32;
    /// Writes the event at that place of those that wait, and answers the bytes; negative when there
    /// is none or it does not fit whole.
    pub(crate) fn waiting(place: u32, into: &mut [u8]) -> i32;
    /// Forgets the first ones, also in storage unless they `stay` there, and gives the number of those
    /// that wait.
    pub(crate) fn forget(count: u32, stay: bool) -> u32;
    /// Lets those wait again that were stored after `oldest_ms` and are neither waiting nor on their
    /// way; older ones are removed from storage. Gives the number of those that wait.
    pub(crate) fn restore(oldest_ms: f64) -> u32;
    /// Posts a body that holds the first `count` events, and calls `landed` with the answer.
    pub(crate) fn post(body: &str, count: u32);
    /// Hands a body to the browser to send, whatever becomes of the page. False: it does not take it.
    pub(crate) fn beacon(body: &str) -> bool;
}

#[wasm_bindgen]
extern "C" {
    /// Fills the bytes with random ones.
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn get_random_values(bytes: &mut [u8]);
}

impl Rows for &JsValue {
    fn cell(&self, row: u32, name: &str, into: &mut [u8]) -> i32 {
        cell(self, row, name, into)
    }
}

/// Ten random bytes.
pub(crate) fn random() -> [u8; 10] {
    let mut bytes = [0; 10];
    get_random_values(&mut bytes);
    bytes
}

/// The client's clock, in Unix milliseconds.
pub(crate) fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}
