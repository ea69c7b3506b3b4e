//! Rows and keys: SQLite in an object, and edge KV. Not here: what the rows mean.

pub(crate) mod archive;
pub(crate) mod erasures;
pub(crate) mod faded;
#[cfg(feature = "hooks")]
pub(crate) mod faults;
pub(crate) mod journal;
pub(crate) mod kv;
pub(crate) mod meta;
pub(crate) mod outbox;
pub(crate) mod pace;
pub(crate) mod random;
pub(crate) mod samples;
pub(crate) mod sql;
pub(crate) mod suspects;
pub(crate) mod tally;
pub(crate) mod timers;
pub(crate) mod vault;
