//! `cargo xtask deploy`: a release build, then `wrangler deploy` with `worker/wrangler.jsonc`.

use std::process::Command;

use anyhow::Result;

use crate::build;
use crate::layout::Layout;
use crate::process::{perform, say};

/// Builds and deploys. Further words go to wrangler as they are, so `--dry-run` shows what would go up.
pub(crate) fn deploy(layout: &Layout, wrangler_args: &[String]) -> Result<()> {
    build::publish(layout, true, false)?;
    say("wrangler deploy");
    perform(
        Command::new(layout.node_bin("wrangler"))
            .current_dir(layout.at("worker"))
            .env("WRANGLER_SEND_METRICS", "false")
            .args(["deploy", "--config", "wrangler.jsonc"])
            .args(wrangler_args),
        "wrangler deploy",
    )
}
