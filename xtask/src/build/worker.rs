//! The worker: `worker-build` with our own wasm-bindgen, wasm-opt and esbuild, so that it downloads nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{Profile, Step, Variant};
use crate::layout::Layout;
use crate::process::perform;

/// Returns the folder with `index.js` (our entry, minified glue and the objects' classes) and `index_bg.wasm`.
pub(super) fn build(layout: &Layout, variant: Variant) -> Result<PathBuf> {
    let hooks = if variant.hooks { "-hooks" } else { "" };
    let name = format!("worker-{}{hooks}", variant.profile.name());
    let (title, profile_args): (_, &[&str]) = match variant.profile {
        Profile::Quick => (
            "building the worker, about 2 minutes the first time",
            &["--profile", "quick", "--no-opt"],
        ),
        Profile::Release => (
            "building the worker for release, about 4 minutes the first time",
            &["--release"],
        ),
    };
    Step {
        layout,
        name: &name,
        title: if variant.hooks {
            "building the worker with its test doors, about 2 minutes the first time"
        } else {
            title
        },
        inputs: &["worker"],
        words: &[],
        outputs: &["index.js", "index_bg.wasm"],
    }
    .run(|folder| {
        let mut command = Command::new(layout.tool("worker-build"));
        command
            .current_dir(layout.at("worker"))
            .env("PATH", layout.path_with_tools()?)
            .env("WASM_BINDGEN_BIN", layout.tool("wasm-bindgen"))
            .env("WASM_OPT_BIN", layout.node_bin("wasm-opt"))
            .env("ESBUILD_BIN", layout.node_bin("esbuild"))
            .arg("--out-dir")
            .arg(folder)
            .args(profile_args);
        if variant.hooks {
            command.args(["--", "--features", "hooks"]);
        }
        perform(&mut command, "building the worker")?;
        add_entry(layout, folder)
    })
}

/// Puts our own entry before what worker-build made, as one file: `index.js`.
fn add_entry(layout: &Layout, folder: &Path) -> Result<()> {
    let (made, ours, entry) = (
        folder.join("index.js"),
        layout.at("worker").join("js/index.js"),
        folder.join("entry.js"),
    );
    let failed = |file: &Path| format!("{} cannot be moved", file.display());
    fs::rename(&made, folder.join("rust.js")).with_context(|| failed(&made))?;
    fs::copy(&ours, &entry).with_context(|| failed(&ours))?;
    let mut command = Command::new(layout.node_bin("esbuild"));
    command
        .arg(&entry)
        .args([
            "--bundle",
            "--minify",
            "--format=esm",
            "--log-level=warning",
        ])
        .args(["--external:cloudflare:workers", "--external:*.wasm"])
        .arg(format!("--outfile={}", made.display()));
    perform(&mut command, "bundling the worker")?;
    for left in [folder.join("rust.js"), entry] {
        fs::remove_file(&left).with_context(|| format!("{} cannot be removed", left.display()))?;
    }
    Ok(())
}
