//! Debian packages: installed when this runs as root on Debian, otherwise named in full.

use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{ask, on_path, perform, timed};

/// Installs packages, or fails with the command that would.
pub(crate) fn install(names: &[&str], why: &str) -> Result<()> {
    let list = names.join(" ");
    let is_root = ask(Command::new("id").arg("-u")).as_deref() == Some("0");
    if !is_root || on_path(&["apt-get"]).is_none() {
        bail!(
            "{why}: install {list} (on Debian: sudo apt-get update && sudo apt-get install -y {list}), then run this again"
        );
    }
    timed(
        format!("installing the Debian packages {list}, only once"),
        || {
            let apt_get = |arguments: &[&str]| {
                let mut command = Command::new("apt-get");
                command
                    .env("DEBIAN_FRONTEND", "noninteractive")
                    .args(arguments);
                command
            };
            perform(
                &mut apt_get(&["update", "-qq"]),
                "apt-get update (it needs the network)",
            )?;
            perform(
                apt_get(&["install", "-y", "-qq", "--no-install-recommends"]).args(names),
                &format!("apt-get install {list} (it needs the network)"),
            )
        },
    )
}
