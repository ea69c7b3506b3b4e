//! Shrinking a wasm file with npm's wasm-opt.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::layout::Layout;
use crate::process::{ask, perform};

/// Every feature by name: `--all-features` lets binaryen emit forms that engines refuse.
pub(super) const ARGUMENTS: &[&str] = &[
    "-Oz",
    "--enable-bulk-memory",
    "--enable-exception-handling",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// Writes the smaller form of `input` to `output`, which may be the same file.
pub(super) fn shrink(layout: &Layout, input: &Path, output: &Path) -> Result<()> {
    perform(
        Command::new(layout.node_bin("wasm-opt"))
            .arg(input)
            .args(ARGUMENTS)
            .arg("-o")
            .arg(output),
        &format!("wasm-opt on {}", input.display()),
    )
}

/// Like [`shrink`], for what is measured in bytes: also leaves out zeros, which fresh memory holds anyway, and gives
/// imports and exports names of one letter. Answers the JSON of the names.
pub(super) fn shrink_with_short_names(
    layout: &Layout,
    input: &Path,
    output: &Path,
) -> Result<String> {
    let mut command = Command::new(layout.node_bin("wasm-opt"));
    command
        .arg(input)
        .args(ARGUMENTS)
        .arg("--zero-filled-memory")
        .arg("--minify-imports-and-exports-and-modules")
        .arg("-o")
        .arg(output);
    match ask(&mut command) {
        Some(names) => Ok(names),
        None => bail!("wasm-opt on {} failed", input.display()),
    }
}
