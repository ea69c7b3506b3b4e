//! Shrinking a wasm file with npm's wasm-opt.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::layout::Layout;
use crate::process::perform;

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
