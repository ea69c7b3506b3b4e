//! The work that would make the screen wait: reading, checking and writing files, and trying rules on everyone's history. It runs in a second wasm binary, in a
//! web worker, which is loaded when it is needed.
//!
//! In scope: the formats of files, and a [`desk`] that does one thing after another and tells how far it is. Out of
//! scope: what rows mean (`domain::import`), asking the server, and the screen. Everything but [`worker`] and
//! `blob` runs natively too, for its tests.

pub mod client;
mod csv_in;
mod csv_out;
mod desk;
mod encoding;
mod guard;
pub mod protocol;
mod unreadable;
pub mod what_if;
mod xlsx_in;
mod xlsx_out;

pub use desk::{Desk, Written};

#[cfg(target_arch = "wasm32")]
mod blob;
#[cfg(target_arch = "wasm32")]
mod worker;
#[cfg(target_arch = "wasm32")]
pub use worker::start;

/// The limits of reading and writing files; those of rows are `domain::import::limit`.
mod limit {
    /// A file, in bytes.
    pub(super) const FILE_BYTES_MAX: u64 = 100 * 1024 * 1024;
    /// All parts of a workbook together when they are unpacked, in bytes.
    pub(super) const UNPACKED_BYTES_MAX: u64 = 512 * 1024 * 1024;
    /// Parts of a workbook.
    pub(super) const PARTS_MAX: usize = 10_000;
    /// One row of a text file, in bytes.
    pub(super) const LINE_BYTES_MAX: usize = 1024 * 1024;
    /// How much of a file is read at a time, in bytes.
    pub(super) const CHUNK_BYTES: usize = 256 * 1024;
    /// How much of a file tells its encoding without a mark, and its delimiter, in bytes.
    pub(super) const SAMPLE_BYTES: usize = 64 * 1024;
    /// Rows between two tellings of how far it is.
    pub(super) const STEP_ROWS: usize = 2_000;
    /// Rows of an exported file, without the head: what a sheet of a workbook holds.
    pub(super) const EXPORT_ROWS_MAX: u32 = 1_048_575;
    /// The first rows that are shown of a file.
    pub(super) const FIRST_ROWS: usize = 20;
}
