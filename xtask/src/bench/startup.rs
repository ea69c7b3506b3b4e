//! What the tracker adds to a page's main thread at start, on a processor four times slower.
//!
//! Whole tasks of the thread are counted, whatever runs in them, so nothing can be overlooked: a promise
//! of `fetch` or of wasm runs in tasks that name no script. What both pages do alike before the tag is no
//! part of it, because it varies by more than the budget; so each page is held before its script tag.

use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::chromium::{Chromium, Tab};
use super::site::Site;
use super::trace::{self, Busy};
use super::{Verdict, median};
use crate::process::say;

/// How often each page is opened, unless another number is given.
const ROUNDS: u32 = 20;
/// So many times slower than this machine: a telephone of the middle class beside a workstation.
const THROTTLE: u32 = 4;
const MEDIAN_MS_MAX: f64 = 10.0;
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
    cold: Busy,
    warm: Busy,
    /// How long it took from the script's tag until the page was idle.
    lasted: Duration,
}

/// Opens both pages in turns and prints what the tracker adds.
pub(super) fn bench(chromium: &mut Chromium, site: &Site, rounds: Option<u32>) -> Result<Verdict> {
    let rounds = rounds.unwrap_or(ROUNDS).max(1);
    say(format!(
        "tracker: what it adds to the main thread at start, in ms, {THROTTLE} x slower, {rounds} rounds"
    ));
    println!(
        "  The time of every task of the page's main thread, from the script's tag until the first batch was sent
  and {} ms of quiet after; the same page with an empty script does the same for as long. Cold: the site was
  never visited. Warm: its page is opened again.\n",
        QUIET.as_millis()
    );
    let mut pairs = Vec::new();
    for round in 0..rounds {
        let tag = visit(chromium, site, Side::Tag, round, None)?;
        let empty = visit(chromium, site, Side::Empty, round, Some(tag.lasted))?;
        pairs.push((tag, empty));
    }
    println!(
        "  {:<32} {:>8} {:>8} {:>8}   {:>22}",
        "", "min", "median", "max", "median, processor only"
    );
    let cold = print_lines("cold", &pairs, |visit| visit.cold);
    print_lines("warm", &pairs, |visit| visit.warm);
    let verdict = Verdict::of(cold <= MEDIAN_MS_MAX);
    println!(
        "\n  required: at most {MEDIAN_MS_MAX} ms added, cold, in the median; ours {cold:.1}: {}",
        verdict.word()
    );
    Ok(verdict)
}

/// Opens the page twice in a new tab. Without `lasting` it waits for the tracker's first batch.
fn visit(
    chromium: &mut Chromium,
    site: &Site,
    side: Side,
    round: u32,
    lasting: Option<Duration>,
) -> Result<Visit> {
    let name = format!("{}-{round}", side.name());
    let blank = site.address(&name, "/blank");
    let page = site.address(&name, &format!("/{}", side.name()));
    let mut tab = chromium.open()?;
    // A page of the same site first: its process is the one that is throttled, and is up.
    tab.begin(&blank)?;
    tab.loaded()?;
    tab.throttle(THROTTLE)?;
    let (cold, lasted) = load(&mut tab, site, &page, lasting)?;
    tab.begin(&blank)?;
    tab.loaded()?;
    let (warm, _) = load(&mut tab, site, &page, lasting)?;
    tab.close()?;
    Ok(Visit { cold, warm, lasted })
}

/// Loads the page, and measures it from its script's tag on.
fn load(
    tab: &mut Tab<'_>,
    site: &Site,
    page: &str,
    lasting: Option<Duration>,
) -> Result<(Busy, Duration)> {
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
    Ok((Busy::of_page(&tab.traced()?)?, lasted))
}

/// Prints both sides and their difference, round by round; answers the difference's median.
fn print_lines(caches: &str, pairs: &[(Visit, Visit)], of: fn(&Visit) -> Busy) -> f64 {
    let tags: Vec<Busy> = pairs.iter().map(|(tag, _)| of(tag)).collect();
    let empties: Vec<Busy> = pairs.iter().map(|(_, empty)| of(empty)).collect();
    let added: Vec<Busy> = tags
        .iter()
        .zip(&empties)
        .map(|(tag, empty)| tag.minus(*empty))
        .collect();
    print_line(&format!("{caches}, with the tag"), &tags);
    print_line(&format!("{caches}, with an empty script"), &empties);
    print_line(&format!("{caches}, the tracker adds"), &added)
}

/// Prints one line; answers its median.
fn print_line(name: &str, values: &[Busy]) -> f64 {
    let walls = || values.iter().map(|busy| busy.wall_ms);
    let (least, most) = (
        walls().fold(f64::INFINITY, f64::min),
        walls().fold(f64::NEG_INFINITY, f64::max),
    );
    let middle = median(walls().collect());
    let processor = median(values.iter().map(|busy| busy.cpu_ms).collect());
    println!("  {name:<32} {least:>8.1} {middle:>8.1} {most:>8.1}   {processor:>22.1}");
    middle
}
