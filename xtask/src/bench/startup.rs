//! What the tracker adds to a page's main thread at start, on a processor four times slower.
//!
//! Whole tasks of the thread are counted, whatever runs in them, so nothing can be overlooked: a promise
//! of `fetch` or of wasm runs in tasks that name no script. What both pages do alike before the tag is no
//! part of it, because it varies by more than the budget; so each page is held before its script tag.

use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::site::Site;
use super::trace::{self, Busy, Load};
use super::{Verdict, median};
use crate::chromium::{Chromium, Tab};
use crate::process::say;

/// How often each page is opened, unless another number is given.
const ROUNDS: u32 = 20;
/// So many times slower than this machine: a telephone of the middle class beside a workstation.
const THROTTLE: u32 = 4;
const MEDIAN_MS_MAX: f64 = 10.0;
/// Rounds without throttling, whose processor time hardly varies.
const ROUNDS_UNTHROTTLED: u32 = 5;
/// A page that did nothing for so long is idle.
const QUIET: Duration = Duration::from_millis(500);

/// Which script the page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Tag,
    Empty,
}

impl Side {
    fn name(self) -> &'static str {
        match self {
            Side::Tag => "tag",
            Side::Empty => "empty",
        }
    }
}

/// The loads of one page in a tab of its own: with nothing of it in any cache, then once more.
#[derive(Debug, Clone, Copy)]
struct Visit {
    cold: Load,
    warm: Load,
    /// How long it took from the script's tag until the page was idle.
    lasted: Duration,
}

/// Prints what the tracker adds, and whether it is little enough.
pub(super) fn bench(chromium: &mut Chromium, site: &Site, rounds: Option<u32>) -> Result<Verdict> {
    say("tracker: what it adds to the main thread at start, in ms");
    println!(
        "  The tasks of the page's main thread from the tag's line on, less those of the same page with an empty script.
  At start: until the page has loaded, which is what its visitor waits for. In all: until the first batch was sent
  and {} ms were quiet, so also when the page was idle. Cold: the site was never visited. Warm: it is opened again.",
        QUIET.as_millis()
    );
    let mut stage = Stage {
        chromium,
        site,
        throttle: THROTTLE,
    };
    let added = stage.compare(rounds.unwrap_or(ROUNDS).max(1))?;
    stage.throttle = 1;
    let free = stage.compare(ROUNDS_UNTHROTTLED)?;
    let verdict = Verdict::of(added.wall_ms <= MEDIAN_MS_MAX);
    println!(
        "\n  required: at most {MEDIAN_MS_MAX} at start, cold, {THROTTLE} x slower, in the median; ours {:.1}: {}",
        added.wall_ms,
        verdict.word()
    );
    println!(
        "  Throttling multiplies what else runs on this machine as well. Without it the start takes {:.1} of the processor,
  which hardly varies; x {THROTTLE}: {:.1}.",
        free.cpu_ms,
        free.cpu_ms * f64::from(THROTTLE)
    );
    Ok(verdict)
}

/// Where the pages are opened, and how fast.
struct Stage<'a> {
    chromium: &'a mut Chromium,
    site: &'a Site,
    throttle: u32,
}

impl Stage<'_> {
    /// Opens both pages in turns and prints the times; answers what the tracker adds to a cold load.
    fn compare(&mut self, rounds: u32) -> Result<Busy> {
        let mut pairs = Vec::new();
        for round in 0..rounds {
            let tag = self.visit(Side::Tag, round, None)?;
            let empty = self.visit(Side::Empty, round, Some(tag.lasted))?;
            pairs.push((tag, empty));
        }
        println!(
            "\n  {:<32} {:>8} {:>8} {:>8}   {:>22}",
            format!("{} x slower, {rounds} rounds", self.throttle),
            "min",
            "median",
            "max",
            "median, processor only"
        );
        let cold = print_line("cold, at start", &pairs, |visit| visit.cold.start);
        print_line("cold, in all", &pairs, |visit| visit.cold.whole);
        print_line("warm, at start", &pairs, |visit| visit.warm.start);
        print_line("warm, in all", &pairs, |visit| visit.warm.whole);
        Ok(cold)
    }

    /// Opens the page twice in a new tab. Without `lasting` it waits for the tracker's first batch.
    fn visit(&mut self, side: Side, round: u32, lasting: Option<Duration>) -> Result<Visit> {
        let name = format!("{}-{}-{round}", side.name(), self.throttle);
        let blank = self.site.address(&name, "/blank");
        let page = self.site.address(&name, &format!("/{}", side.name()));
        let mut tab = self.chromium.open()?;
        // A page of the same site first: its process is the one that is throttled, and is up.
        tab.begin(&blank)?;
        tab.loaded()?;
        tab.throttle(self.throttle)?;
        let (cold, lasted) = load(&mut tab, self.site, &page, lasting)?;
        tab.begin(&blank)?;
        tab.loaded()?;
        let (warm, _) = load(&mut tab, self.site, &page, lasting)?;
        tab.close()?;
        Ok(Visit { cold, warm, lasted })
    }
}

/// Loads the page, and measures it from its script's tag on.
fn load(
    tab: &mut Tab<'_>,
    site: &Site,
    page: &str,
    lasting: Option<Duration>,
) -> Result<(Load, Duration)> {
    tab.begin(page)?;
    sleep(QUIET);
    tab.trace(trace::CATEGORIES)?;
    site.release()?;
    let start = Instant::now();
    match lasting {
        Some(lasting) => sleep(lasting),
        None => {
            site.batch()?;
            sleep(QUIET);
        }
    }
    let lasted = start.elapsed();
    Ok((Load::of_page(&tab.traced()?)?, lasted))
}

/// Prints what the tracker adds, round by round; answers the medians.
fn print_line(name: &str, pairs: &[(Visit, Visit)], of: fn(&Visit) -> Busy) -> Busy {
    let added = pairs.iter().map(|(tag, empty)| of(tag).minus(of(empty)));
    let values: Vec<Busy> = added.collect();
    let walls = || values.iter().map(|busy| busy.wall_ms);
    let least = walls().fold(f64::INFINITY, f64::min);
    let most = walls().fold(f64::NEG_INFINITY, f64::max);
    let middle = Busy {
        wall_ms: median(walls().collect()),
        cpu_ms: median(values.iter().map(|busy| busy.cpu_ms).collect()),
    };
    println!(
        "  {name:<32} {least:>8.1} {:>8.1} {most:>8.1}   {:>22.1}",
        middle.wall_ms, middle.cpu_ms
    );
    middle
}
