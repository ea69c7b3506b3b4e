//! The projections: rows that are built from the journal and can be built anew.
//!
//! They stand in numbered generations of tables, so that a rebuild fills the next one beside the live
//! one and swaps. In scope: reading and writing them. Not here: what a fact changes (`domain::fold`).

mod accounts;
pub(crate) mod companies;
mod described;
#[cfg(feature = "hooks")]
pub(crate) mod digest;
pub(crate) mod due;
pub(crate) mod entries;
mod erased;
mod judged;
pub(crate) mod lists;
pub(crate) mod load;
mod people;
pub(crate) mod pursuits;
pub(crate) mod read;
pub(crate) mod rebuild;
mod reported;
pub(crate) mod reports;
pub(crate) mod save;
pub(crate) mod scoring;
pub(crate) mod sifted;
pub(crate) mod tables;
pub(crate) mod tasks;
pub(crate) mod warmed;
