//! Whether one more event costs more as history grows: the collector's rate with more and more events stored.
//!
//! The history comes in by the front door, in full batches, of many visitors who come back. Rates are compared with
//! those of the first size of the same run: of visitors who come back as people do, and, as the worst case that is
//! shown and not required, of such that come back from anywhere in all history. The reports are read at each size, too.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, bail};
use domain::api::{Call, ReportFunnel, ReportResponses, ReportVisits};
use domain::clock::Kind;

use super::base::Base;
use super::collector::opened;
use super::people::timed;
use super::workerd::{Memory, Workerd, processor_s};
use super::{Verdict, grouped};
use crate::args::BenchOptions;
use crate::batches::{Ledger, Recipe, Returning};
use crate::drive::{Pace, drive};
use crate::layout::Layout;
use crate::local::new_token;
use crate::process::say;

/// How many events are stored when it is measured, unless sizes are given.
const SIZES: &[u64] = &[10_000, 1_000_000, 5_000_000];
/// Open connections.
const CONNECTIONS: usize = 64;
/// Events of a request while the history comes in.
const FILL: u32 = 50;
/// The loads that are measured: a name, events of a request, who comes back, whether it has to keep its rate.
const MEASURED: [(&str, u32, Returning, bool); 4] = [
    ("1, lately", 1, Returning::Lately, true),
    ("10, lately", 10, Returning::Lately, true),
    ("1, anyone", 1, Returning::Anyone, false),
    ("10, anyone", 10, Returning::Anyone, false),
];
/// So long the history comes in before it is looked at how much there is; shorter when not much is missing.
const FILL_FOR: Duration = Duration::from_secs(10);
const FILL_FOR_LITTLE: Duration = Duration::from_millis(200);
/// So long the first load runs before it is measured.
const WARM_UP: Duration = Duration::from_secs(3);
/// Not much.
const LITTLE: u64 = 300_000;
/// Of the first size's rate, what the others have to reach.
const KEPT_MIN: f64 = 0.8;
/// How often each report is read.
const READ: u32 = 10;
/// So long a report may take of [`REPORTED`] events, in milliseconds.
const REPORT_MS_MAX: f64 = 200.0;
/// See [`REPORT_MS_MAX`].
const REPORTED: u64 = 1_000_000;

/// Fills and measures, size by size.
pub(super) fn bench(layout: &Layout, options: &BenchOptions) -> Result<Verdict> {
    let folder = layout.work("bench-growth");
    let running = opened(layout, &folder, false)?;
    say(format!("collector: growth, {} s a run", options.seconds));
    println!(
        "  {:>10} {:>12} {:>10} {:>6} {:>8} {:>12} {:>8}",
        "stored", "a request", "events/s", "kept", "CPU µs", "bytes/event", "MiB"
    );
    let mut history = History {
        running: &running,
        folder: &folder,
        lasts: Duration::from_secs(u64::from(options.seconds)),
        ledger: Ledger::new(Recipe {
            port: running.port(),
            seed: u64::from_str_radix(new_token()?.get(..8).unwrap_or("1"), 16)?,
            events: (FILL, FILL),
            returning: Returning::Anyone,
            odd_percent: 0,
            sends_again: true,
        }),
        stored: 0,
    };
    let base = Base::at(running.port())?;
    let mut first = None;
    let (mut kept, mut quick) = (true, true);
    let given = options.sizes.as_deref();
    for size in given.unwrap_or(SIZES) {
        history.fill(*size)?;
        let measured = history.measure(first)?;
        let slowest = reports(&base)?;
        quick &= *size > REPORTED || slowest <= REPORT_MS_MAX;
        let first = *first.get_or_insert(measured);
        kept &= std::iter::zip(MEASURED, std::iter::zip(measured, first))
            .all(|((.., required), (rate, first))| !required || rate >= first * KEPT_MIN);
    }
    running.kill()?;
    fs::remove_dir_all(&folder)?;
    let verdict = Verdict::of(kept && quick);
    println!(
        "  required: of who comes back lately, at least {KEPT_MIN} of the first size's rates: {}; of {} events, at most \
         {REPORT_MS_MAX} ms a report: {}",
        Verdict::of(kept).word(),
        grouped(REPORTED),
        Verdict::of(quick).word()
    );
    Ok(verdict)
}

/// Reads each report, of the last 30 days; the time of the slowest.
fn reports(base: &Base) -> Result<f64> {
    let visits = ReportVisits {
        from: None,
        until: None,
    };
    let funnel = ReportFunnel {
        from: None,
        until: None,
        channel: None,
    };
    let responses = ReportResponses {
        from: None,
        until: None,
        kind: Kind::FirstResponse,
    };
    let counted = base.call(&visits)?.all.visits;
    let taken = [
        (ReportVisits::NAME, timed(base, &visits, READ)?.1),
        (ReportFunnel::NAME, timed(base, &funnel, READ)?.1),
        (ReportResponses::NAME, timed(base, &responses, READ)?.1),
    ];
    let said = taken.map(|(name, ms)| format!("{name} {ms:.1} ms"));
    println!("    {} visits; {}", grouped(counted), said.join(", "));
    Ok(taken
        .into_iter()
        .fold(0.0, |slowest, (_, ms)| slowest.max(ms)))
}

/// Events a second of each load.
type Rates = [f64; MEASURED.len()];

struct History<'a> {
    running: &'a Workerd,
    folder: &'a Path,
    lasts: Duration,
    ledger: Ledger,
    stored: u64,
}

impl History<'_> {
    fn run(&mut self, events: u32, returning: Returning, lasts: Duration) -> Result<f64> {
        self.ledger.batch_of(events);
        self.ledger.of(returning);
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
                self.run(FILL, Returning::Anyone, FILL_FOR_LITTLE)?;
            } else {
                let rate = self.run(FILL, Returning::Anyone, FILL_FOR)?;
                println!("    {} stored, {rate:.0} events/s", grouped(self.stored));
            }
        }
        Ok(())
    }

    /// The rates with what is stored now, beside those of the first size.
    fn measure(&mut self, first: Option<Rates>) -> Result<Rates> {
        let mut rates = [0.0; MEASURED.len()];
        // A runtime that just started is slower than it will be.
        let [(_, events, returning, _), ..] = MEASURED;
        self.run(events, returning, WARM_UP)?;
        for (place, (name, events, returning, _)) in MEASURED.into_iter().enumerate() {
            let (before, used) = (self.stored, processor_s(self.running.pid())?);
            let rate = self.run(events, returning, self.lasts)?;
            let used = processor_s(self.running.pid())? - used;
            let first = first.and_then(|first| first.get(place).copied());
            println!(
                "  {:>10} {name:>12} {rate:>10.0} {:>6.2} {:>8.0} {:>12.0} {:>8}",
                grouped(before),
                rate / first.unwrap_or(rate),
                used * 1e6 / (self.stored - before).max(1) as f64,
                bytes_below(&self.folder.join("rows"))? as f64 / self.stored.max(1) as f64,
                Memory::of(self.running.pid())?.now_mib,
            );
            if let Some(slot) = rates.get_mut(place) {
                *slot = rate;
            }
        }
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
