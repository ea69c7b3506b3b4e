//! The functions that the page calls. Each answers with the milliseconds until it wants [`tick`] to
//! be called, or −1.
//!
//! In scope: joining the pure parts to the page. Not in scope: rules of their own, and listening
//! (`js/loader.js`). `now_ms` is the milliseconds since the page began.

use wasm_bindgen::prelude::*;
use web_sys::Document;

use crate::queue::{self, Queue};
use crate::text::Text;
use crate::{event, host};

/// What is remembered between two calls.
struct State(Queue);

// SAFETY: wasm without the `atomics` feature has one thread; on the host nothing calls these functions.
unsafe impl Sync for State {}

static STATE: State = State(Queue::empty());

/// Something happened: the page has its parts ready ([`host::take`], [`event::write`]). An urgent event does not
/// wait for company: its page may be about to leave.
#[wasm_bindgen]
pub fn add(now_ms: u32, urgent: bool) -> i32 {
    let (mut parts, mut bytes) = ([0; event::BYTES_MAX], [0; event::BYTES_MAX]);
    let length = host::take(&mut parts);
    let mut out = Text::on(&mut bytes);
    event::write(&mut out, parts.get(..length as usize).unwrap_or_default());
    let waiting = host::push(out.as_bytes());
    STATE.0.added(now_ms, waiting, urgent);
    STATE.0.wait_ms(now_ms)
}

/// Sends a batch if one is due.
#[wasm_bindgen]
pub fn tick(now_ms: u32) -> i32 {
    if STATE.0.is_due(now_ms) {
        STATE.0.left(now_ms, host::post());
    }
    STATE.0.wait_ms(now_ms)
}

/// The collector answered the last post with `status` (0: not at all), and asked for `after_s` seconds of peace if
/// it did so.
#[wasm_bindgen]
pub fn landed(now_ms: u32, status: u32, after_s: u32, chance: u8) -> i32 {
    if queue::is_passing(status) {
        STATE.0.failed(now_ms, after_s, chance);
    } else {
        STATE.0.settled(now_ms, host::forget());
    }
    STATE.0.wait_ms(now_ms)
}

/// There is reason to hope that what waits can go: the page began, or the network is back, or the visitor consented.
#[wasm_bindgen]
pub fn resume(now_ms: u32, waiting: u32) -> i32 {
    STATE.0.resume(now_ms, waiting);
    STATE.0.wait_ms(now_ms)
}

/// The document was hidden or shown. A hidden one may never be seen again, so everything goes by beacon. Of that no
/// answer is heard: the events wait on, here and in storage, until a post is answered; the collector knows a repeat
/// by its id.
#[wasm_bindgen]
pub fn visibility(now_ms: u32, document: &Document, waiting: u32) -> i32 {
    if document.hidden() {
        host::beacon();
    } else {
        STATE.0.resume(now_ms, waiting);
    }
    STATE.0.wait_ms(now_ms)
}
