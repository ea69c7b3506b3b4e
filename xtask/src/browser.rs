//! The browser of the end-to-end tests and of the tracker's bench: Chromium, and the program that drives it.
//!
//! Found on `PATH` or where the environment says; installed when it is missing.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::packages;
use crate::process::on_path;

/// The browser and the program that drives it.
pub(crate) struct Browser {
    /// Chromium.
    pub(crate) chromium: PathBuf,
    /// Speaks WebDriver on its behalf.
    pub(crate) driver: PathBuf,
}

/// Finds the browser and its driver; installs what is missing.
pub(crate) fn need() -> Result<Browser> {
    if let Some(found) = find() {
        return Ok(found);
    }
    packages::install(
        &["chromium", "chromium-driver"],
        "a real browser is needed, Chromium and its driver",
    )?;
    find().context(
        "Chromium or its driver is still missing: name them in TRELLIS_CHROMIUM and TRELLIS_CHROMEDRIVER, then run this again",
    )
}

fn find() -> Option<Browser> {
    let named = |variable: &str, names: &[&str]| match std::env::var_os(variable) {
        Some(path) => Some(PathBuf::from(path)).filter(|path| path.is_file()),
        None => on_path(names),
    };
    Some(Browser {
        chromium: named(
            "TRELLIS_CHROMIUM",
            &["chromium", "chromium-browser", "google-chrome"],
        )?,
        driver: named("TRELLIS_CHROMEDRIVER", &["chromedriver"])?,
    })
}
