//! The tracker: what a company's website runs to tell Trellis what its visitors do.
//!
//! In scope: noticing page views, form submissions, clicks on marked elements, outbound links and
//! downloads, and the site's own `trellis("track", …)` calls, giving each an id, and sending them in
//! batches until the collector has them. Out of scope: what an event means. The tracker classifies nothing, parses no UTM and keeps no lead; that is
//! `domain`'s, at the edge. Of `domain` it sees [`domain::wire`] alone.
//!
//! # How it is put together
//!
//! `js/loader.js` listens to the page, masks its address (`js/mask.js`) and calls the functions of
//! [`calls`]; they decide, and ask the page for what they need through `js/host.js` (declared in
//! `host`) and web-sys. The rest is pure, and is tested on the host: `page` (did the visitor move?),
//! `field` (may this control be read?), `event` and `batch` (the JSON), `queue` (when to send, when to send again),
//! `visitor` (is this an id?). `bare` is what a crate without `std` has to bring.
//!
//! Every function of [`calls`] answers with the milliseconds until it wants `tick` to be called, or
//! −1: so Rust needs no callback into JavaScript, and no `Closure`. Events wait as JSON text on the
//! JavaScript side. JavaScript objects are only ever borrowed: one that Rust owned would need
//! wasm-bindgen's table of references.
//!
//! There is no heap. What is written lies in buffers of fixed size on the stack (`text`), each as
//! large as the wire allows, and is gone when the call ends: memory cannot grow. An allocator and the
//! code of `String` and `Vec` would be a third of the wasm. The page's objects come as `rows`.
//!
//! # How it is built
//!
//! `xtask/src/build/tracker.rs`: cargo (`--profile small`), wasm-bindgen (`--target bundler`: its
//! `web` target brings a loader that logs to the console), wasm-opt, which also gives imports and
//! exports names of one letter, and esbuild. Out come `t.js` and `t.wasm`, to be served from one
//! folder. Together they may take 7,500 bytes in brotli; hence `no_std`, no `format!`, no serde, no
//! `str` searchers.
#![cfg_attr(target_arch = "wasm32", no_std)]
#![cfg_attr(test, allow(clippy::arithmetic_side_effects))]

pub mod calls;
mod host;

mod batch;
mod event;
mod field;
mod page;
mod queue;
mod rows;
mod text;
mod visitor;

#[cfg(target_arch = "wasm32")]
mod bare;
