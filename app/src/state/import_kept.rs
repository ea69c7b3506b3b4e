//! What a person said of a file that is on its way into the base: kept in this browser until the import is whole.

use domain::id::WorkspaceId;
use domain::import::Plan;
use gloo::storage::{LocalStorage, Storage};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

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

fn key(workspace: &WorkspaceId) -> String {
    format!("trellis.import.{workspace}")
}

/// The import that this browser keeps.
pub(crate) fn load(workspace: &WorkspaceId) -> Option<Kept> {
    LocalStorage::get(key(workspace)).ok()
}

/// Keeps one. A browser that keeps nothing loses it with the page.
pub(crate) fn store(workspace: &WorkspaceId, kept: &Kept) {
    let _ = LocalStorage::set(key(workspace), kept);
}

/// Forgets it.
pub(crate) fn forget(workspace: &WorkspaceId) {
    LocalStorage::delete(key(workspace));
}
