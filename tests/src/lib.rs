//! The harness of the end-to-end stories: the real worker on the real runtime, visitors, members, live sockets and
//! a real browser.
//!
//! In scope: starting and ending things, speaking the protocols, waiting with a deadline. Out of scope: what must
//! be true, which the stories in `tests/` say. A harness may panic: a panic is how a story fails.
//!
//! Run by `cargo xtask test`, which builds the product and names it in `TRELLIS_*`.

pub mod browser;
pub mod http;
pub mod live;
pub mod member;
pub mod official;
pub mod process;
pub mod screen;
pub mod server;
pub mod settings;
pub mod visitor;
pub mod wait;
pub mod web;

/// Milliseconds since 1970, by this machine's clock: the worker's too.
pub fn now_ms() -> domain::id::Ms {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("a clock after 1970");
    i64::try_from(since.as_millis()).expect("a time that fits")
}

/// A new version 7 UUID.
pub fn new_uuid() -> uuid::Uuid {
    let chance: [u8; 10] = std::array::from_fn(|_| fastrand::u8(..));
    let now = u64::try_from(now_ms()).expect("a time after 1970");
    uuid::Uuid::from_bytes(domain::wire::uuid_v7(now, chance))
}
