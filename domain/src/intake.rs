//! An import on its way into the base: a file's rows come in batches, and are taken back whole.
//!
//! Not here: reading the file, which the browser does, and what a row changes ([`crate::fold`]).

use crate::draft::Origin;
use crate::id::{ImportId, Ms, derived};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Rows of one import.
pub const ROWS_MAX: u32 = 300_000;
/// Rows of one batch.
pub const BATCH_ROWS_MAX: usize = 500;

/// An import, as lists show it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Import {
    /// Which.
    pub id: ImportId,
    /// What its member calls it.
    pub name: String,
    /// When it began.
    pub at: Ms,
    /// By whom.
    pub by: String,
    /// How many rows it brings.
    pub rows: u32,
    /// How many have come.
    pub done: u32,
    /// How many of them opened a person.
    pub opened: u32,
    /// Where its people come from.
    pub origin: Origin,
    /// Whether what is known already stays.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fill_only: bool,
    /// Whether it holds.
    pub state: State,
    /// The journal's number of the last fact of it.
    pub seq: u64,
}

/// Whether an import holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It does; rows may come.
    #[default]
    Open,
    /// It is being taken back.
    Undoing,
    /// It was taken back.
    Undone,
}

/// The idempotency key of a row: the same row counts once, however often it is sent.
pub fn row_key(import: ImportId, row: u32) -> Uuid {
    derived(&format!("import/{import}/{row}"))
}
