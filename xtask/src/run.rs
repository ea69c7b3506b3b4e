//! `cargo xtask run`: builds what changed and serves it on one port, under two names, until Ctrl-C.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use signal_hook::consts::{SIGINT, SIGTERM};

use crate::args::RunOptions;
use crate::build::{self, Profile, Variant};
use crate::layout::Layout;
use crate::local::{self, Server};
use crate::lock;
use crate::process::say;

/// Builds, serves, and returns after Ctrl-C.
pub(crate) fn run(layout: &Layout, options: &RunOptions) -> Result<()> {
    local::need_free_port(options.port)?;
    let data = layout.at(&options.data);
    let shown = options.data.display();
    let in_use =
        format!("{shown} is in use by another run: stop it, or name another folder with --data");
    let _lock = lock::take(&data, &in_use)?;

    let profile = if options.release {
        Profile::Release
    } else {
        Profile::Quick
    };
    let built = build::artefacts(
        layout,
        Variant {
            profile,
            hooks: false,
        },
    )?;

    say(format!("starting; data are kept in {shown}"));
    let asked_to_end = listen_for_signals()?;
    let token = local::new_token()?;
    let mut server = Server::start(
        layout,
        &built,
        &data,
        options.port,
        &[("SETUP_TOKEN", &token)],
    )?;
    print_addresses(server.port(), &token);

    while !asked_to_end.load(Ordering::Relaxed) {
        if let Some(status) = server.ended()? {
            // A Ctrl-C reaches the runtime too, and it may be quicker.
            if asked_to_end.load(Ordering::Relaxed) || status.success() {
                break;
            }
            bail!("the local runtime stopped by itself ({status}); the lines above say why");
        }
        sleep(Duration::from_millis(100));
    }
    server.stop()?;
    println!("\nstopped");
    Ok(())
}

fn print_addresses(port: u16, token: &str) {
    println!("\n  The sample company's website   http://127.0.0.1:{port}/demo/");
    println!("  The workspace                  http://localhost:{port}/");
    match local::setup_is_open(port) {
        Some(true) => {
            println!(
                "  No account yet: set up with    http://localhost:{port}/setup#token={token}"
            );
        }
        Some(false) => {}
        None => println!(
            "  (the worker does not answer GET /api/setup, so whether an account exists is unknown)"
        ),
    }
    println!("\n  Ctrl-C stops it.");
}

fn listen_for_signals() -> Result<Arc<AtomicBool>> {
    let flag = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&flag))
            .context("signals cannot be handled")?;
    }
    Ok(flag)
}
