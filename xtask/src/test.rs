//! `cargo xtask test`: formatting, lints, unit and property tests, then end to end on the real runtime in
//! a real browser. It skips nothing silently: what is missing is installed, or named in the failure.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::build::{self, Profile, Variant};
use crate::layout::Layout;
use crate::local;
use crate::notices;
use crate::packages;
use crate::process::{on_path, perform, say, succeeds, timed};
use crate::tools::{self, WASM};

/// The crates that are compiled to wasm, by folder, with the features they are linted with.
const WASM_CRATES: &[(&str, &[&str])] = &[
    ("app", &[]),
    ("tracker", &[]),
    ("worker", &[]),
    ("worker", &["--features", "hooks"]),
];

/// The browser and the program that drives it.
struct Browser {
    chromium: PathBuf,
    driver: PathBuf,
}

/// Runs everything; with a filter, only the tests whose name contains it.
pub(crate) fn test(layout: &Layout, filter: Option<&str>) -> Result<()> {
    match filter {
        None => check_sources(layout)?,
        Some(filter) => say(format!(
            "only tests whose name contains \"{filter}\"; formatting and lints are not checked"
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
    let browser = need_browser()?;
    let built = build::artefacts(
        layout,
        Variant {
            profile: Profile::Quick,
            hooks: true,
        },
    )?;
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
    )
}

fn cargo(layout: &Layout) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(layout.root());
    command
}

/// Finds the browser, its driver and a font with Chinese; installs what is missing.
fn need_browser() -> Result<Browser> {
    if find_browser().is_none() || !has_chinese_font() {
        packages::install(
            &[
                "chromium",
                "chromium-driver",
                "fontconfig",
                "fonts-noto-cjk",
            ],
            "the end-to-end tests need Chromium, its driver and a font with Chinese",
        )?;
    }
    match find_browser() {
        Some(browser) => Ok(browser),
        None => bail!(
            "Chromium or its driver is still missing: name them in TRELLIS_CHROMIUM and TRELLIS_CHROMEDRIVER, then run this again"
        ),
    }
}

fn find_browser() -> Option<Browser> {
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

fn has_chinese_font() -> bool {
    succeeds(Command::new("sh").args(["-c", "fc-list :lang=zh-cn | grep -q ."]))
}
