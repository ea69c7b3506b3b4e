//! The rules of Trellis.
//!
//! In scope: what an event means, who a visitor is, what a lead scores, which facts a change leaves
//! behind. Out of scope: I/O, clocks, randomness, async and JavaScript. `now` is always an argument,
//! so every function here gives the same answer for the same arguments, in the worker, in the
//! browser and in a test.
//!
//! With `default-features = false` only [`wire`] is left: `no_std`, without serde, for the tracker.
#![cfg_attr(not(feature = "rules"), no_std)]
#![cfg_attr(test, allow(clippy::arithmetic_side_effects))]

#[cfg(feature = "rules")]
pub mod account;
#[cfg(feature = "rules")]
pub mod agent;
#[cfg(feature = "rules")]
pub mod api;
#[cfg(feature = "rules")]
pub mod bucket;
#[cfg(feature = "rules")]
pub mod calibration;
#[cfg(feature = "rules")]
pub mod change;
#[cfg(feature = "rules")]
pub mod channel;
#[cfg(feature = "rules")]
pub mod clock;
#[cfg(feature = "rules")]
pub mod contact;
#[cfg(feature = "rules")]
pub mod conversation;
#[cfg(feature = "rules")]
pub mod day;
#[cfg(feature = "rules")]
pub mod definition;
#[cfg(feature = "rules")]
pub mod device;
#[cfg(feature = "rules")]
pub mod dictionary;
#[cfg(feature = "rules")]
pub mod draft;
#[cfg(feature = "rules")]
pub mod entry;
#[cfg(feature = "rules")]
pub mod erasure;
#[cfg(feature = "rules")]
pub mod event;
#[cfg(feature = "rules")]
pub mod family;
#[cfg(feature = "rules")]
pub mod fold;
#[cfg(feature = "rules")]
pub mod grade;
#[cfg(feature = "rules")]
pub mod host;
#[cfg(feature = "rules")]
pub mod hours;
#[cfg(feature = "rules")]
pub mod id;
#[cfg(feature = "rules")]
pub mod identity;
#[cfg(feature = "rules")]
pub mod import;
#[cfg(feature = "rules")]
pub mod input;
#[cfg(feature = "rules")]
pub mod intake;
#[cfg(feature = "rules")]
pub mod journal;
#[cfg(feature = "rules")]
pub mod key_event;
#[cfg(feature = "rules")]
pub mod lead;
#[cfg(feature = "rules")]
pub mod likeness;
#[cfg(feature = "rules")]
pub mod list;
#[cfg(feature = "rules")]
pub mod persona;
#[cfg(feature = "rules")]
pub mod plain;
#[cfg(feature = "rules")]
pub mod practice;
#[cfg(feature = "rules")]
pub mod profile;
#[cfg(feature = "rules")]
pub mod pursuit;
#[cfg(feature = "rules")]
pub mod routing;
#[cfg(feature = "rules")]
pub mod rulebook;
#[cfg(feature = "rules")]
pub mod sample;
#[cfg(feature = "rules")]
pub mod score;
#[cfg(feature = "rules")]
pub mod segment;
#[cfg(feature = "rules")]
pub mod session;
#[cfg(feature = "rules")]
pub mod stage;
#[cfg(feature = "rules")]
pub mod suggestion;
#[cfg(feature = "rules")]
pub mod tally;
#[cfg(feature = "rules")]
pub mod touch;
#[cfg(feature = "rules")]
pub mod verdict;
#[cfg(feature = "rules")]
pub mod visitor;
#[cfg(feature = "rules")]
pub mod wechat;
pub mod wire;
