//! The tracker: wasm by cargo, glue by wasm-bindgen, shrunk by wasm-opt; its two scripts and the glue
//! become one by esbuild, as the head of `tracker/js/loader.js` says. It is always built small, since its
//! size is what it is measured by.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::{Step, wasm_opt};
use crate::layout::Layout;
use crate::process::perform;
use crate::tools::WASM;

/// Name of the artefact.
pub(super) const NAME: &str = "tracker";

/// What the company's website loads: the script and the module it fetches.
pub(crate) const FILES: [&str; 2] = ["t.js", "t.wasm"];

/// Returns the folder with [`FILES`] and nothing else.
pub(super) fn build(layout: &Layout) -> Result<PathBuf> {
    Step {
        layout,
        name: NAME,
        title: "building the tracker, about half a minute the first time",
        inputs: &["tracker"],
        words: wasm_opt::ARGUMENTS,
        outputs: &FILES,
    }
    .run(|folder| {
        let glue = layout.work("tracker-glue");
        perform(
            Command::new("cargo").current_dir(layout.root()).args([
                "build",
                "--package",
                "tracker",
                "--target",
                WASM,
                "--profile",
                "small",
            ]),
            "compiling the tracker",
        )?;
        perform(
            Command::new(layout.tool("wasm-bindgen"))
                .args([
                    "--target",
                    "bundler",
                    "--no-typescript",
                    "--remove-name-section",
                    "--remove-producers-section",
                ])
                .args(["--out-name", "tracker", "--out-dir"])
                .arg(&glue)
                .arg(layout.at("target").join(WASM).join("small/tracker.wasm")),
            "wasm-bindgen on the tracker",
        )?;
        wasm_opt::shrink(
            layout,
            &glue.join("tracker_bg.wasm"),
            &folder.join("t.wasm"),
        )?;
        perform(
            Command::new(layout.node_bin("esbuild"))
                .current_dir(layout.at("tracker"))
                .arg("js/loader.js")
                .arg(format!(
                    "--alias:trellis-glue={}",
                    glue.join("tracker_bg.js").display()
                ))
                .arg("--alias:trellis-host=./js/host.js")
                .args([
                    "--bundle",
                    "--minify",
                    "--format=iife",
                    "--target=es2020",
                    "--log-level=warning",
                ])
                .arg(format!("--outfile={}", folder.join("t.js").display())),
            "bundling the tracker's script",
        )
    })
}
