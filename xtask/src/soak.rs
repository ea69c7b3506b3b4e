//! `cargo xtask soak`: load on bare workerd, cut off by SIGKILL again and again. Every event that was
//! acknowledged must be in the journal at the end; events that were not may be there or not.

use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::bench::collector::{rows, send_probe, set_up, worker_bindings, worker_modules};
use crate::bench::workerd::{Subject, Workerd};
use crate::bench::{grouped, load};
use crate::build::{self, Profile, Variant};
use crate::layout::Layout;
use crate::local::{free_port, new_token};
use crate::process::say;

/// Seconds of load between two crashes.
const LOAD_S: u32 = 20;

/// Runs until the minutes are over and compares what was acknowledged with what is stored.
pub(crate) fn soak(layout: &Layout, minutes: u32) -> Result<()> {
    load::need_wrk()?;
    let worker = build::worker(
        layout,
        Variant {
            profile: Profile::Release,
            hooks: true,
        },
    )?;
    let folder = layout.work("soak");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("the folder of the last soak cannot be removed")?;
    }
    let token = new_token()?;
    let modules = worker_modules(&worker);
    let bindings = worker_bindings(&token);
    let subject = Subject {
        modules: &modules,
        bindings: &bindings,
    };
    // One port throughout: the site allows the origin it was set up with.
    let port = free_port()?;

    say(format!("soak: {minutes} minutes, a crash every {LOAD_S} s"));
    let deadline = Instant::now() + Duration::from_secs(u64::from(minutes) * 60);
    let (mut acknowledged, mut crashes) = (0, 0);
    let mut running = Workerd::start(layout, &subject, &folder, port)?;
    set_up(port, &token)?;
    while Instant::now() < deadline {
        acknowledged += load_and_crash(layout, running, port)?;
        crashes += 1;
        running = Workerd::start(layout, &subject, &folder, port)?;
        send_probe(port, crashes)?;
        acknowledged += 1;
        let stored = rows(port)?.events;
        println!(
            "  crash {crashes}: {} acknowledged, {} stored",
            grouped(acknowledged),
            grouped(stored)
        );
        if stored < acknowledged {
            bail!("{} acknowledged events are lost", acknowledged - stored);
        }
    }
    running.kill()?;
    println!("  nothing acknowledged was lost in {crashes} crashes");
    Ok(())
}

/// Loads, crashes in the midst of it, and returns how many events were acknowledged.
fn load_and_crash(layout: &Layout, running: Workerd, port: u16) -> Result<u64> {
    std::thread::scope(|scope| {
        let load = scope.spawn(|| load::collect(layout, port, LOAD_S + 1, 1));
        std::thread::sleep(Duration::from_secs(u64::from(LOAD_S)));
        running.kill()?;
        let report = load
            .join()
            .map_err(|_| anyhow::anyhow!("the load stopped by itself"))??;
        Ok(report.requests.saturating_sub(report.refused))
    })
}
