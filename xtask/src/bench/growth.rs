//! Whether one more event costs more as history grows: the collector's rate with more and more events stored.
//!
//! The history comes in by the front door, in full batches, of many visitors who come back. Rates are compared with
//! those of the first size of the same run.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, bail};

use super::collector::opened;
use super::workerd::{Memory, Workerd, processor_s};
use super::{Verdict, grouped};
use crate::args::BenchOptions;
use crate::batches::{Ledger, Recipe};
use crate::drive::{Pace, drive};
use crate::layout::Layout;
use crate::local::new_token;
use crate::process::say;

/// How many events are stored when it is measured, unless sizes are given.
const SIZES: &[u64] = &[10_000, 1_000_000, 5_000_000];
/// Open connections.
const CONNECTIONS: usize = 64;
/// Events of a request while the history comes in, and of the two that are measured.
const FILL: u32 = 50;
const MEASURED: [u32; 2] = [1, 10];
/// So long the history comes in before it is looked at how much there is; shorter when not much is missing.
const FILL_FOR: Duration = Duration::from_secs(10);
const FILL_FOR_LITTLE: Duration = Duration::from_millis(200);
/// Not much.
const LITTLE: u64 = 300_000;
/// Of the first size's rate, what the others have to reach.
const KEPT_MIN: f64 = 0.8;

/// Fills and measures, size by size.
pub(super) fn bench(layout: &Layout, options: &BenchOptions) -> Result<Verdict> {
    let folder = layout.work("bench-growth");
    let running = opened(layout, &folder, false)?;
    say(format!("collector: growth, {} s a run", options.seconds));
    println!(
        "  {:>10} {:>12} {:>6} {:>12} {:>6} {:>12} {:>12} {:>11} {:>8}",
        "stored",
        "1: events/s",
        "kept",
        "10: events/s",
        "kept",
        "1: CPU µs",
        "10: CPU µs",
        "bytes/event",
        "MiB"
    );
    let mut history = History {
        running: &running,
        folder: &folder,
        lasts: Duration::from_secs(u64::from(options.seconds)),
        ledger: Ledger::new(Recipe {
            port: running.port(),
            seed: u64::from_str_radix(new_token()?.get(..8).unwrap_or("1"), 16)?,
            events: (FILL, FILL),
            odd_percent: 0,
            sends_again: true,
        }),
        stored: 0,
    };
    let mut first = None;
    let mut kept = true;
    let given = options.sizes.as_deref();
    for size in given.unwrap_or(SIZES) {
        history.fill(*size)?;
        let measured = history.measure(first)?;
        let first = *first.get_or_insert(measured);
        kept &= std::iter::zip(measured, first).all(|(rate, first)| rate >= first * KEPT_MIN);
    }
    running.kill()?;
    fs::remove_dir_all(&folder)?;
    let verdict = Verdict::of(kept);
    println!(
        "  required: at least {KEPT_MIN} of the first size's rates: {}",
        verdict.word()
    );
    Ok(verdict)
}

struct History<'a> {
    running: &'a Workerd,
    folder: &'a Path,
    lasts: Duration,
    ledger: Ledger,
    stored: u64,
}

impl History<'_> {
    fn run(&mut self, events: u32, lasts: Duration) -> Result<f64> {
        self.ledger.batch_of(events);
        self.ledger.measure();
        let pace = Pace {
            port: self.running.port(),
            connections: CONNECTIONS,
            per_s: None,
            lasts,
        };
        let driven = drive(pace, &mut self.ledger)?;
        let acknowledged = self.ledger.take_acknowledged();
        self.stored += acknowledged;
        if let Some(other) = self.ledger.answers.keys().find(|answer| *answer != "200") {
            bail!("an event was answered {other}");
        }
        Ok(acknowledged as f64 / driven.took.as_secs_f64())
    }

    fn fill(&mut self, size: u64) -> Result<()> {
        while self.stored < size {
            if size - self.stored < LITTLE {
                self.run(FILL, FILL_FOR_LITTLE)?;
            } else {
                let rate = self.run(FILL, FILL_FOR)?;
                println!("    {} stored, {rate:.0} events/s", grouped(self.stored));
            }
        }
        Ok(())
    }

    /// The rates with what is stored now, beside those of the first size.
    fn measure(&mut self, first: Option<[f64; 2]>) -> Result<[f64; 2]> {
        let stored = self.stored;
        let (mut rates, mut costs) = ([0.0; 2], [0.0; 2]);
        for ((rate, cost), events) in rates.iter_mut().zip(&mut costs).zip(MEASURED) {
            let (before, used) = (self.stored, processor_s(self.running.pid())?);
            *rate = self.run(events, self.lasts)?;
            let used = processor_s(self.running.pid())? - used;
            *cost = used * 1e6 / (self.stored - before).max(1) as f64;
        }
        let [one, ten] = rates;
        let [kept_one, kept_ten] = first.map_or([1.0; 2], |first| [one / first[0], ten / first[1]]);
        println!(
            "  {:>10} {one:>12.0} {kept_one:>6.2} {ten:>12.0} {kept_ten:>6.2} {:>12.0} {:>12.0} {:>11.0} {:>8}",
            grouped(stored),
            costs[0],
            costs[1],
            bytes_below(&self.folder.join("rows"))? as f64 / self.stored.max(1) as f64,
            Memory::of(self.running.pid())?.now_mib,
        );
        Ok(rates)
    }
}

/// The bytes of the files below a folder.
fn bytes_below(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        bytes += if entry.file_type()?.is_dir() {
            bytes_below(&entry.path())?
        } else {
            entry.metadata()?.len()
        };
    }
    Ok(bytes)
}
