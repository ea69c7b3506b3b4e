//! What is typed for long and not saved yet, kept in this browser by what it is of, so that a reload loses nothing.

use domain::id::WorkspaceId;
use gloo::storage::{LocalStorage, Storage};
use serde::Serialize;
use serde::de::DeserializeOwned;

fn key(what: &str, workspace: &WorkspaceId) -> String {
    format!("trellis.{what}.{workspace}")
}

/// What this browser keeps.
pub(crate) fn load<T: DeserializeOwned>(what: &str, workspace: &WorkspaceId) -> Option<T> {
    LocalStorage::get(key(what, workspace)).ok()
}

/// Keeps it. A browser that keeps nothing loses it with the page.
pub(crate) fn store<T: Serialize>(what: &str, workspace: &WorkspaceId, kept: &T) {
    let _ = LocalStorage::set(key(what, workspace), kept);
}

/// Forgets it.
pub(crate) fn forget(what: &str, workspace: &WorkspaceId) {
    LocalStorage::delete(key(what, workspace));
}
