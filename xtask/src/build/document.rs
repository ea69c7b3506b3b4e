//! The API's description, which the worker serves: written from `domain`, whose types it is made of.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use domain::api::{OPENAPI_PATH, document};

use crate::layout::Layout;

/// A folder with the document at the path where it is served, and its text.
pub(super) fn write(layout: &Layout) -> Result<(PathBuf, String)> {
    let folder = layout.work("document");
    let file = folder.join(OPENAPI_PATH.trim_start_matches('/'));
    let text = serde_json::to_string_pretty(&document())?;
    let writing = || format!("{} cannot be written", file.display());
    if fs::read_to_string(&file).ok().as_ref() != Some(&text) {
        let parent = file.parent().with_context(writing)?;
        fs::create_dir_all(parent).with_context(writing)?;
        fs::write(&file, &text).with_context(writing)?;
    }
    Ok((folder, text))
}
