//! The worker: `worker-build` with our own wasm-bindgen, wasm-opt and esbuild, so that it downloads nothing.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::{Profile, Step, Variant};
use crate::layout::Layout;
use crate::process::perform;

/// Returns the folder with `index.js` (minified glue and the objects' classes) and `index_bg.wasm`.
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
        perform(&mut command, "building the worker")
    })
}
