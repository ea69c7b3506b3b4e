//! What `cargo xtask test` tells the stories: where the built product and the browser are.

use std::path::PathBuf;

/// A path from the environment. Without it a story cannot run, and says how it can.
fn path(name: &str) -> PathBuf {
    match std::env::var_os(name) {
        Some(value) if !value.is_empty() => PathBuf::from(value),
        _ => panic!(
            "{name} is not set: these stories run on the built product, in a real browser. \
             Run them with `cargo xtask test`, or one of them with `cargo xtask test <part of its name>`"
        ),
    }
}

/// The script that serves the worker.
pub fn serve_script() -> PathBuf {
    path("TRELLIS_SERVE")
}

/// The built worker, with the tests' doors.
pub fn worker() -> PathBuf {
    path("TRELLIS_WORKER")
}

/// The static files.
pub fn dist() -> PathBuf {
    path("TRELLIS_DIST")
}

/// The browser.
pub fn chromium() -> PathBuf {
    path("TRELLIS_CHROMIUM")
}

/// The program that drives it.
pub fn chromedriver() -> PathBuf {
    path("TRELLIS_CHROMEDRIVER")
}

/// Where screenshots of failed stories go: `target/screens`.
pub fn screens() -> PathBuf {
    root().join("target/screens")
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent()
        .expect("the crate lies in the workspace")
        .to_owned()
}
