//! The functions that the page calls. Each answers with the milliseconds until it wants [`tick`] to
//! be called, or −1.
//!
//! In scope: joining the pure parts to the page. Not in scope: rules of their own, and listening
//! (`js/loader.js`). A `view` is one row that says where it happened: `url`, and what the call names.

use core::cell::Cell;

use domain::wire::{self, Kind, limit};
use wasm_bindgen::prelude::*;
use web_sys::Document;

use crate::batch::Batch;
use crate::event::{self, Event};
use crate::queue::{self, Queue};
use crate::rows::Rows;
use crate::text::Text;
use crate::{host, page, visitor};

/// What is remembered between two calls.
struct State {
    /// When the next batch goes.
    queue: Cell<Queue>,
    /// Whether a program drives the browser.
    automated: Cell<bool>,
}

// SAFETY: wasm without the `atomics` feature has one thread; on the host nothing calls these functions.
unsafe impl Sync for State {}

static STATE: State = State {
    queue: Cell::new(Queue::EMPTY),
    automated: Cell::new(false),
};

/// Comes once, before any other call; `automated` is `navigator.webdriver`, which web-sys lacks. What
/// earlier pages could not see confirmed waits again.
#[wasm_bindgen]
pub fn start(automated: bool) -> i32 {
    STATE.automated.set(automated);
    resume()
}

/// The document shows the view's `url`, with a `title`, after `previous`, which is absent when the
/// document was just loaded; `referrer` is where the visitor came from in either case.
#[wasm_bindgen]
pub fn page(view: &JsValue) -> i32 {
    let (mut previous, mut url) = ([0; limit::URL_BYTES_MAX], [0; limit::URL_BYTES_MAX]);
    let (mut previous, mut url) = (Text::on(&mut previous), Text::on(&mut url));
    view.read(0, "previous", &mut previous);
    view.read(0, "url", &mut url);
    if !page::is_another(previous.as_bytes(), url.as_bytes()) {
        return wait();
    }
    add(Kind::PageView, &view, |event| {
        event.copy("referrer", &view, "referrer", limit::URL_BYTES_MAX);
        event.copy("title", &view, "title", limit::TITLE_BYTES_MAX);
        true
    });
    wait()
}

/// The visitor submitted a form, whose `controls` are rows of `name`, `type`, `autocomplete`,
/// `checked` and `value`. It is named by the first of the view's `label`, `name` and `id` that is not
/// empty. It goes at once: the page may be about to leave.
#[wasm_bindgen]
pub fn submit(view: &JsValue, controls: &JsValue) -> i32 {
    add(Kind::FormSubmit, &view, |event| {
        if !["label", "name", "id"]
            .iter()
            .any(|cell| event.copy("form", &view, cell, limit::NAME_BYTES_MAX))
        {
            event.text("form", "form");
        }
        event.fields("fields", &controls);
        true
    });
    post();
    wait()
}

/// The site called `trellis("track", name, props)`; `props` are rows of `name` and `value`. An event
/// without a name is none.
#[wasm_bindgen]
pub fn track(view: &JsValue, props: &JsValue) -> i32 {
    add(Kind::Custom, &view, |event| {
        let named = event.copy("name", &view, "name", limit::NAME_BYTES_MAX);
        event.fields("props", &props);
        named
    });
    wait()
}

/// Sends a batch if one is due.
#[wasm_bindgen]
pub fn tick() -> i32 {
    if STATE.queue.get().is_due(host::now_ms()) {
        post();
    }
    wait()
}

/// The document was hidden or shown.
#[wasm_bindgen]
pub fn visibility(document: &Document) -> i32 {
    if document.hidden() { leave() } else { resume() }
}

/// The browser has a network again: no pause is waited out.
#[wasm_bindgen]
pub fn online() -> i32 {
    STATE.queue.set(Queue::EMPTY);
    resume()
}

/// The visitor may never be seen again: everything goes by beacon, of which no answer is heard. So the
/// events stay in storage, until the next page, or this one when it is shown again, has an answer by
/// post; the collector knows a repeat by its id. While it is failing they go on waiting here too.
#[wasm_bindgen]
pub fn leave() -> i32 {
    let failing = STATE.queue.get().is_failing();
    let mut first = 0_u32;
    loop {
        let count = send(first, true);
        if count == 0 {
            return wait();
        }
        if failing {
            first = first.saturating_add(count);
        } else if host::forget(count, true) == 0 {
            STATE.queue.set(Queue::EMPTY);
        }
    }
}

/// The collector answered with `status` (0: not at all) to a batch of the first `count` events, and
/// asked for `after_s` seconds of peace if it did so.
#[wasm_bindgen]
pub fn landed(status: u16, count: u32, after_s: u32) -> i32 {
    let queue = STATE.queue.get();
    STATE.queue.set(if queue::is_passing(status) {
        shorten(host::forget(0, false));
        let [chance, ..] = host::random();
        queue.failed(host::now_ms(), chance, after_s)
    } else {
        queue.settled(host::now_ms(), host::forget(count, false))
    });
    wait()
}

/// Lets what lies in storage wait again.
fn resume() -> i32 {
    let now_ms = host::now_ms();
    let oldest_ms = now_ms.saturating_sub(queue::KEPT_MS_MAX);
    let waiting = shorten(host::restore(oldest_ms as f64));
    if waiting > 0 {
        STATE.queue.set(STATE.queue.get().added(now_ms, waiting));
    }
    wait()
}

/// How long until the next batch is due.
fn wait() -> i32 {
    STATE.queue.get().wait_ms(host::now_ms())
}

/// Makes an event that happens now, and lets it wait for its batch if `write`, which completes it,
/// says so.
fn add(kind: Kind, view: &impl Rows, write: impl FnOnce(&mut Event<'_>) -> bool) {
    let now_ms = host::now_ms();
    let mut bytes = [0; event::BYTES_MAX];
    let mut event = Event::open(&mut bytes, kind, now_ms, host::random());
    event.copy("url", view, "url", limit::URL_BYTES_MAX);
    if !write(&mut event) {
        return;
    }
    let waiting = shorten(host::push(event.close()));
    STATE.queue.set(STATE.queue.get().added(now_ms, waiting));
}

/// Forgets the oldest of the waiting events past their limit, and gives the number of those that wait.
fn shorten(waiting: u32) -> u32 {
    host::forget(waiting.saturating_sub(queue::EVENTS_KEPT_MAX), false)
}

/// Posts the first events, as many as fit.
fn post() {
    let count = send(0, false);
    STATE.queue.set(STATE.queue.get().left(count > 0));
}

/// Makes a batch of the waiting events from `first` on, as many as fit, and sends it, by beacon or by
/// post. Answers their number; 0 when there are none, or the browser takes no beacon.
fn send(first: u32, by_beacon: bool) -> u32 {
    let now_ms = host::now_ms();
    let mut site = [0; limit::NAME_BYTES_MAX];
    let mut site = Text::on(&mut site);
    let length = host::setting("site", site.rest());
    site.took(length);
    let mut id = [0; visitor::ID_BYTES];
    let mut bytes = [0; limit::BODY_BYTES_MAX];
    let mut batch = Batch::open(
        &mut bytes,
        site.as_str(),
        visitor_id(&mut id, now_ms).as_str(),
        now_ms,
        STATE.automated.get(),
    );
    while batch.add(|place, into| host::waiting(first.saturating_add(place), into)) {}
    let count = batch.count;
    if count == 0 {
        return 0;
    }
    if !by_beacon {
        host::post(batch.close(), count);
    } else if !host::beacon(batch.close()) {
        return 0;
    }
    count
}

/// The visitor's id: the stored one, else a new one, which is stored.
fn visitor_id(bytes: &mut [u8], now_ms: u64) -> Text<'_> {
    let mut id = Text::on(bytes);
    let bytes = host::recall(id.rest());
    id.took(bytes);
    if !visitor::is_id(id.as_bytes()) {
        id.cut(0);
        wire::write_uuid(&mut id, &wire::uuid_v7(now_ms, host::random()));
        host::keep(id.as_str());
    }
    id
}
