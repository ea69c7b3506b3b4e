//! The tracker: what a company's website runs to tell Trellis what its visitors do.
//!
//! In scope: noticing what happens on a page, writing it down as events, and sending those in batches
//! until the collector has them. Out of scope: what an event means. The tracker classifies nothing,
//! parses no UTM and keeps no lead; that is `domain`'s, at the edge. Of `domain` it sees
//! [`domain::wire`] alone.
//!
//! # How it is put together
//!
//! `js/loader.js` listens to the page and hands what happens to [`calls::add`] as one text of parts.
//! `event` writes its JSON within the wire's limits, `card` keeps payment cards out of it, and `queue`
//! decides when a batch goes and what an answer means; these are pure, and are tested on the host.
//! `text` is a buffer. What the wasm asks of the page is in `js/host.js` (declared in `host`): storing,
//! posting, beacons. `js/visitor.js` knows who the visitor is and what they decided, `js/form.js` which
//! controls may be read, `js/engagement.js` how long a page was used, `js/mask.js` what an address must
//! not tell. `bare` is what a crate without `std` has to bring.
//!
//! What stands in JavaScript stands there because it must work where wasm is refused, too: then
//! `js/plain.js` writes the events, and each goes by beacon.
//!
//! Every function of [`calls`] answers with the milliseconds until it wants `tick` to be called, or
//! −1: so Rust needs no callback into JavaScript, and no `Closure`. Events wait as JSON text on the
//! JavaScript side. JavaScript objects are only ever borrowed: one that Rust owned would need
//! wasm-bindgen's table of references.
//!
//! There is no heap. What is written lies in buffers of fixed size on the stack, each as large as the
//! wire allows, and is gone when the call ends: memory cannot grow. An allocator and the code of
//! `String` and `Vec` would be a third of the wasm.
//!
//! # How it is built
//!
//! `xtask/src/build/tracker.rs`: cargo (`--profile small`), wasm-bindgen (`--target bundler`: its
//! `web` target brings a loader that logs to the console), wasm-opt, which also gives imports and
//! exports names of one letter, and esbuild. Out come `t.js` and `t.wasm`, to be served from one
//! folder; the first holds the second's hash. Together they may take 7,500 bytes in brotli; hence
//! `no_std`, no `format!`, no serde, no `str` searchers.
#![cfg_attr(target_arch = "wasm32", no_std)]
#![cfg_attr(test, allow(clippy::arithmetic_side_effects))]

pub mod calls;
mod host;

mod card;
mod event;
mod queue;
mod text;

#[cfg(target_arch = "wasm32")]
mod bare;
