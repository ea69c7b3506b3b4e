//! The tracker: wasm by cargo, glue by wasm-bindgen, shrunk by wasm-opt; its two scripts and the glue
//! become one by esbuild. It is always built small, since its size is what it is measured by.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use base64::prelude::{BASE64_STANDARD as BASE64, Engine as _};
use sha2::{Digest, Sha256};

use super::{Step, tracker_names, wasm_opt};
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
        compile(layout)?;
        bind(layout, &glue)?;
        shrink(layout, &glue, &folder.join("t.wasm"))?;
        bundle(layout, &glue, folder)
    })
}

fn compile(layout: &Layout) -> Result<()> {
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
    )
}

/// Writes `tracker_bg.wasm` and its glue `tracker_bg.js`. The target `web` would bring a loader of its own
/// that logs to the console.
fn bind(layout: &Layout, glue: &Path) -> Result<()> {
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
            .arg(glue)
            .arg(layout.at("target").join(WASM).join("small/tracker.wasm")),
        "wasm-bindgen on the tracker",
    )
}

/// Writes the small wasm, and gives the glue the short names of its imports and exports.
fn shrink(layout: &Layout, glue: &Path, output: &Path) -> Result<()> {
    let (wasm, script) = (glue.join("tracker_bg.wasm"), glue.join("tracker_bg.js"));
    let mut bytes = fs::read(&wasm).with_context(|| format!("reading {}", wasm.display()))?;
    tracker_names::blank_panics(&mut bytes);
    fs::write(&wasm, bytes).with_context(|| format!("writing {}", wasm.display()))?;
    let names = wasm_opt::shrink_with_short_names(layout, &wasm, output)?;
    let long =
        fs::read_to_string(&script).with_context(|| format!("reading {}", script.display()))?;
    fs::write(&script, tracker_names::shorten(&long, &names)?)
        .with_context(|| format!("writing {}", script.display()))
}

/// Makes one script of the loader, the host and the glue, which knows the wasm beside it by its hash.
fn bundle(layout: &Layout, glue: &Path, folder: &Path) -> Result<()> {
    let wasm = folder.join("t.wasm");
    let bytes = fs::read(&wasm).with_context(|| format!("reading {}", wasm.display()))?;
    let integrity = format!("sha256-{}", BASE64.encode(Sha256::digest(&bytes)));
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
                "--pure:TextDecoder",
                "--format=iife",
                "--target=es2020",
                "--log-level=warning",
            ])
            .arg(format!("--define:WASM_INTEGRITY={integrity:?}"))
            .arg(format!("--outfile={}", folder.join("t.js").display())),
        "bundling the tracker's script",
    )
}
