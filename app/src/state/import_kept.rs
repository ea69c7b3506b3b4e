//! What a person said of a file that is on its way into the base: kept in this browser until the import is whole.

use domain::import::Plan;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What it is kept as.
pub(crate) const KEPT: &str = "import";

/// An import that was begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// Its id.
    pub(crate) id: Uuid,
    /// The file's name.
    pub(crate) name: String,
    /// How many rows it brings.
    pub(crate) rows: u32,
    /// Whether what is known already stays.
    pub(crate) fill_only: bool,
    /// How it is taken in.
    pub(crate) plan: Plan,
}
