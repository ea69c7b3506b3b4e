//! What the tracker asks of the page, beside web-sys: `js/host.js`.
//!
//! Few and coarse: each import costs its glue twice, in the wasm and in the loader. Texts cross as
//! bytes in buffers of ours, so that none of them needs an allocator. None of these throws.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "trellis-host")]
extern "C" {
    /// Writes the parts of the event that [`crate::calls::add`] was called for, as many whole characters
    /// as fit, and answers the bytes.
    pub(crate) fn take(into: &mut [u8]) -> u32;

    /// Adds an event to those that wait, stores it, and gives their number.
    pub(crate) fn push(event: &[u8]) -> u32;

    /// Posts the first events that wait, as many as fit, and calls `landed` with the answer. False:
    /// there are none.
    pub(crate) fn post() -> bool;

    /// Forgets the events of the last post, also in storage, and gives the number of those that wait.
    pub(crate) fn forget() -> u32;

    /// Hands all that waits to the browser, to be sent whatever becomes of the page.
    pub(crate) fn beacon();
}
