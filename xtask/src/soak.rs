//! `cargo xtask soak`: load on bare workerd at half of what it takes, cut off by SIGKILL again and again, with a KV
//! that fails. Like the tracker, the load sends again what was not acknowledged; some of it comes days late, and some
//! of what was acknowledged comes again. In the end every acknowledged event has to be in the journal, every event
//! that was sent exactly once, and the projections have to be those that a rebuild makes.

use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fastrand::Rng;

use crate::args::SoakOptions;
use crate::batches::{Ledger, Recipe, Returning};
use crate::bench::collector::{rows, set_up, worker_bindings, worker_modules};
use crate::bench::grouped;
use crate::bench::workerd::{Subject, Workerd};
use crate::build::{self, Profile, Variant};
use crate::doors;
use crate::drive::{Pace, drive};
use crate::layout::Layout;
use crate::local::{free_port, new_token};
use crate::process::say;

/// Open connections.
const CONNECTIONS: usize = 64;
/// Events of a request.
const EVENTS: (u32, u32) = (1, 10);
/// Of 100 requests: late ones, forms, repeats.
const ODD_PERCENT: u8 = 6;
/// So long the peak is measured.
const PEAK_FOR: Duration = Duration::from_secs(3);
/// How often what is open may be sent again before it has to be acknowledged.
const LAST_TRIES: u32 = 10;

/// Runs until the time is over and compares what was acknowledged with what is stored.
pub(crate) fn soak(layout: &Layout, options: &SoakOptions, profile: Profile) -> Result<()> {
    let worker = build::worker(
        layout,
        Variant {
            profile,
            hooks: true,
        },
    )?;
    let folder = layout.work("soak");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("the folder of the last soak cannot be removed")?;
    }
    let token = new_token()?;
    let seed = match options.seed {
        Some(seed) => seed,
        None => u64::from_str_radix(token.get(..8).unwrap_or("1"), 16)?,
    };
    let (modules, bindings) = (worker_modules(&worker), worker_bindings(&token));
    let subject = Subject {
        modules: &modules,
        bindings: &bindings,
        kv_faults: Some(seed),
    };
    // One port throughout: the site allows the origin it was set up with.
    let port = free_port()?;
    say(format!(
        "soak: {} s, a crash every {} s or so; --seed {seed} repeats it",
        options.seconds, options.every_s
    ));
    let start = || Workerd::start(layout, &subject, &folder, port);
    let mut running = start()?;
    set_up(port, &token)?;
    let mut soak = Soak {
        port,
        chance: Rng::with_seed(seed),
        ledger: Ledger::new(Recipe {
            port,
            seed,
            events: EVENTS,
            returning: Returning::Anyone,
            odd_percent: ODD_PERCENT,
            sends_again: true,
        }),
        checked: 0,
        per_s: 0.0,
    };
    let deadline = Instant::now() + Duration::from_secs(u64::from(options.seconds));
    soak.find_pace()?;
    let mut crashes = 0;
    while Instant::now() < deadline {
        soak.load_and_crash(running, options.every_s)?;
        crashes += 1;
        running = start()?;
        soak.check_new()?;
        println!(
            "  crash {crashes}: {} acknowledged, all stored",
            grouped(soak.ledger.acknowledged.len() as u64)
        );
    }
    soak.finish()?;
    running.kill()?;
    println!("  nothing acknowledged was lost, and nothing counted twice, in {crashes} crashes");
    fs::remove_dir_all(&folder)?;
    Ok(())
}

struct Soak {
    port: u16,
    chance: Rng,
    ledger: Ledger,
    /// So many of the acknowledged ids were found in the journal.
    checked: usize,
    /// Requests a second.
    per_s: f64,
}

impl Soak {
    fn pace(&self, per_s: Option<f64>, lasts: Duration) -> Pace {
        Pace {
            port: self.port,
            connections: CONNECTIONS,
            per_s,
            lasts,
        }
    }

    /// Half of what it takes.
    fn find_pace(&mut self) -> Result<()> {
        let driven = drive(self.pace(None, PEAK_FOR), &mut self.ledger)?;
        self.per_s = driven.sent as f64 / driven.took.as_secs_f64() / 2.0;
        println!("  {:.0} requests/s, half of what it takes", self.per_s);
        Ok(())
    }

    /// Loads, and crashes in the midst of it.
    fn load_and_crash(&mut self, running: Workerd, every_s: u32) -> Result<()> {
        let every = Duration::from_secs(u64::from(every_s));
        let lives = every.mul_f64(self.chance.f64() + 0.5);
        let pace = self.pace(Some(self.per_s), lives + every);
        std::thread::scope(|scope| {
            let crash = scope.spawn(move || {
                std::thread::sleep(lives);
                running.kill()
            });
            let driven = drive(pace, &mut self.ledger)?;
            crash
                .join()
                .map_err(|_| anyhow::anyhow!("the crash stopped by itself"))??;
            if !driven.gone {
                bail!("the load did not notice the crash");
            }
            Ok(())
        })
    }

    /// Looks for what was acknowledged since it looked last.
    fn check_new(&mut self) -> Result<()> {
        let new = self.ledger.acknowledged.get(self.checked..);
        self.check(new.unwrap_or_default())?;
        self.checked = self.ledger.acknowledged.len();
        Ok(())
    }

    fn check(&self, ids: &[u128]) -> Result<()> {
        let mut distinct = ids.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let known = doors::count_known(self.port, &distinct)?;
        let lost = (distinct.len() as u64).saturating_sub(known);
        if lost > 0 {
            bail!("{} acknowledged events are lost", grouped(lost));
        }
        Ok(())
    }

    /// Sends to its end what is open, then looks at everything.
    fn finish(&mut self) -> Result<()> {
        self.ledger.close();
        for _ in 0..LAST_TRIES {
            drive(self.pace(None, PEAK_FOR), &mut self.ledger)?;
        }
        if self.ledger.open() > 0 {
            bail!("{} batches are never acknowledged", self.ledger.open());
        }
        for (answer, count) in &self.ledger.answers {
            println!("    {answer}: {}", grouped(*count));
        }
        self.check(&self.ledger.acknowledged)?;
        let (stored, sent) = (rows(self.port)?.events, self.ledger.sent.len() as u64);
        println!(
            "  {} events were sent, {} are stored",
            grouped(sent),
            grouped(stored)
        );
        if stored != sent {
            bail!("an event is stored not at all, or twice");
        }
        let lived = doors::digest(self.port)?;
        doors::rebuild(self.port)?;
        let rebuilt = doors::digest(self.port)?;
        let differ = std::iter::zip(&lived, &rebuilt).filter(|(one, other)| one != other);
        let differ = differ.count() + lived.len().abs_diff(rebuilt.len());
        println!(
            "  projections against a rebuild: {} groups, {differ} of them differ",
            grouped(lived.len() as u64)
        );
        if differ > 0 {
            bail!("the projections are not what the journal says");
        }
        Ok(())
    }
}
