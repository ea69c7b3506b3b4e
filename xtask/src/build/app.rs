//! The app: trunk with the settings of `Trunk.toml`; for release, wasm-opt and esbuild over what trunk made.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{Profile, Step, app_name, wasm_opt};
use crate::layout::Layout;
use crate::process::perform;

/// Returns the folder with `index.html` and all it loads.
pub(super) fn build(layout: &Layout, profile: Profile) -> Result<PathBuf> {
    let (title, cargo_profile) = match profile {
        Profile::Quick => ("building the app, about 4 minutes the first time", "quick"),
        Profile::Release => (
            "building the app for release, about 8 minutes the first time",
            "small",
        ),
    };
    Step {
        layout,
        name: &app_name(profile),
        title,
        inputs: &["app", "public", "Trunk.toml"],
        words: wasm_opt::ARGUMENTS,
        outputs: &["index.html"],
    }
    .run(|folder| {
        perform(
            Command::new(layout.tool("trunk"))
                .current_dir(layout.root())
                .env("PATH", layout.path_with_tools()?)
                .env_remove("NO_COLOR")
                .args([
                    "build",
                    "--offline",
                    "true",
                    "--cargo-profile",
                    cargo_profile,
                    "--dist",
                ])
                .arg(folder),
            "building the app",
        )?;
        if profile == Profile::Release {
            shrink_all(layout, folder)?;
        }
        Ok(())
    })
}

/// Shrinks the app's own files, which trunk puts at the top of the folder; what `public` brought stays as
/// it is. Trunk's own optimisers stay off: one names no wasm features, the other cannot read the glue.
fn shrink_all(layout: &Layout, folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).context("trunk left no folder")? {
        let path = entry.context("trunk's folder cannot be listed")?.path();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("wasm") => wasm_opt::shrink(layout, &path, &path)?,
            Some("js" | "css") => minify(layout, &path)?,
            _ => {}
        }
    }
    Ok(())
}

fn minify(layout: &Layout, file: &Path) -> Result<()> {
    perform(
        Command::new(layout.node_bin("esbuild"))
            .arg(file)
            .args(["--minify", "--log-level=warning", "--allow-overwrite"])
            .arg(format!("--outfile={}", file.display())),
        &format!("esbuild on {}", file.display()),
    )
}
