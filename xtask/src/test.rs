//! `cargo xtask test`: formatting, lints, unit and property tests, the tracker's size, then end to end on
//! the real runtime in a real browser, and a minute of load with crashes. It skips nothing silently: what is missing is installed, or named in
//! the failure.

use std::process::Command;

use anyhow::Result;

use crate::args::SoakOptions;
use crate::bench::tracker;
use crate::browser;
use crate::build::{self, Profile, Variant};
use crate::layout::Layout;
use crate::local;
use crate::notices;
use crate::packages;
use crate::process::{perform, say, succeeds, timed};
use crate::soak;
use crate::tools::{self, WASM};

/// The crates that are compiled to wasm, by folder, with the features they are linted with.
const WASM_CRATES: &[(&str, &[&str])] = &[
    ("app", &[]),
    ("tracker", &[]),
    ("worker", &[]),
    ("worker", &["--features", "hooks"]),
];

/// The short soak: a minute, and a few crashes.
const SOAK: SoakOptions = SoakOptions {
    seconds: 60,
    every_s: 15,
    seed: None,
};

/// Runs everything; with a filter, only the tests whose name contains it.
pub(crate) fn test(layout: &Layout, filter: Option<&str>) -> Result<()> {
    match filter {
        None => check_sources(layout)?,
        Some(filter) => say(format!(
            "only tests whose name contains \"{filter}\"; formatting, lints and sizes are not checked"
        )),
    }
    let filter: Vec<&str> = filter.into_iter().collect();
    timed("unit and property tests", || {
        perform(
            cargo(layout)
                .args(["test", "--workspace", "--exclude", "tests"])
                .args(&filter),
            "a unit or property test",
        )
    })?;
    end_to_end(layout, &filter)
}

fn check_sources(layout: &Layout) -> Result<()> {
    tools::need_lints()?;
    timed("formatting", || {
        perform(
            cargo(layout).args(["fmt", "--all", "--check"]),
            "cargo fmt --check (cargo fmt mends it)",
        )
    })?;
    timed("third-party notices", || notices::check(layout))?;
    timed("lints on the host", || {
        perform(
            cargo(layout).args([
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ]),
            "clippy on the host",
        )
    })?;
    tools::need_all(layout)?;
    for (folder, features) in WASM_CRATES {
        timed(
            format!("lints on wasm: {folder} {}", features.join(" ")),
            || {
                let manifest = layout.at(folder).join("Cargo.toml");
                perform(
                    cargo(layout)
                        .args(["clippy", "--target", WASM, "--manifest-path"])
                        .arg(manifest)
                        .args(*features)
                        .args(["--", "-D", "warnings"]),
                    &format!("clippy on wasm for {folder}"),
                )
            },
        )?;
    }
    Ok(())
}

fn end_to_end(layout: &Layout, filter: &[&str]) -> Result<()> {
    let browser = browser::need()?;
    need_chinese_font()?;
    let built = build::artefacts(
        layout,
        Variant {
            profile: Profile::Quick,
            hooks: true,
        },
    )?;
    if filter.is_empty() {
        tracker::need_small(&built.static_files)?;
    }
    say("end to end, in a real browser");
    perform(
        cargo(layout)
            .args(["test", "--package", "tests"])
            .args(filter)
            .env("TRELLIS_SERVE", local::serve_script(layout))
            .env("TRELLIS_DIST", &built.static_files)
            .env("TRELLIS_WORKER", &built.worker)
            .env("TRELLIS_CHROMIUM", &browser.chromium)
            .env("TRELLIS_CHROMEDRIVER", &browser.driver),
        "an end-to-end test",
    )?;
    if filter.is_empty() {
        soak::soak(layout, &SOAK, Profile::Quick)?;
    }
    Ok(())
}

fn cargo(layout: &Layout) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(layout.root());
    command
}

/// Screens are Chinese too; without such a font a browser shows boxes of another width.
fn need_chinese_font() -> Result<()> {
    if has_chinese_font() {
        return Ok(());
    }
    packages::install(
        &["fontconfig", "fonts-noto-cjk"],
        "the end-to-end tests need a font with Chinese",
    )
}

fn has_chinese_font() -> bool {
    succeeds(Command::new("sh").args(["-c", "fc-list :lang=zh-cn | grep -q ."]))
}
