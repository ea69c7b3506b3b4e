//! What the tracker costs a visitor of the company's website: all it transfers, the time of the page's
//! main thread, and memory.

use std::path::Path;

use anyhow::{Result, bail};

use super::site::Site;
use super::size::{self, Size};
use super::{Verdict, grouped, memory, startup};
use crate::args::BenchOptions;
use crate::browser;
use crate::build;
use crate::chromium::Chromium;
use crate::layout::Layout;
use crate::process::say;

/// All the tracker transfers, brotli.
const BROTLI_BYTES_MAX: u64 = 7_500;
const BROTLI_BYTES_AIM: u64 = 4_500;

/// Published sizes of other trackers, brotli. The small ones send no form fields, queue nothing and keep
/// no click ids.
const PEERS: &[(&str, u64)] = &[
    ("Umami", 1_941),
    ("Plausible", 2_355),
    ("GoatCounter", 2_795),
    ("Snowplow", 15_642),
    ("Matomo", 19_064),
    ("Segment", 27_445),
    ("PostHog", 46_988),
];

pub(super) fn bench(layout: &Layout, options: &BenchOptions) -> Result<Verdict> {
    let folder = build::tracker(layout)?;
    let small = bench_size(&folder)?;
    let browser = browser::need()?;
    let site = Site::start(&folder, &build::TRACKER_FILES)?;
    let mut chromium = Chromium::start(&browser.chromium, &layout.work("bench-chromium"))?;
    let quick = startup::bench(&mut chromium, &site, options.rounds)?;
    let steady = memory::bench(&mut chromium, &site)?;
    Ok(small.and(quick).and(steady))
}

/// Fails when the tracker of this folder is larger than its budget; the table says which file is.
pub(crate) fn need_small(folder: &Path) -> Result<()> {
    let total = weigh(folder)?;
    if total.brotli_bytes > BROTLI_BYTES_MAX {
        bail!(
            "the tracker is too large: {} bytes brotli, and at most {} are allowed",
            grouped(total.brotli_bytes),
            grouped(BROTLI_BYTES_MAX)
        );
    }
    Ok(())
}

/// Prints the table of the tracker's files.
fn weigh(folder: &Path) -> Result<Size> {
    say("tracker: all it transfers, in bytes");
    size::print_table(folder, &build::TRACKER_FILES.map(str::to_owned))
}

fn bench_size(folder: &Path) -> Result<Verdict> {
    let total = weigh(folder)?;
    println!("\n  others, brotli:");
    for (name, bytes) in PEERS {
        let ratio = total.brotli_bytes as f64 / *bytes as f64;
        println!(
            "  {name:<44} {:>35}   ours is {ratio:.2} of it",
            grouped(*bytes)
        );
    }
    let verdict = Verdict::of(total.brotli_bytes <= BROTLI_BYTES_MAX);
    println!(
        "\n  required: at most {} brotli (aim {}); ours {}: {}",
        grouped(BROTLI_BYTES_MAX),
        grouped(BROTLI_BYTES_AIM),
        grouped(total.brotli_bytes),
        verdict.word()
    );
    Ok(verdict)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Bytes that no packer makes fewer.
    fn noise(count: usize) -> Vec<u8> {
        let mut state = 1_u64;
        let step = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 56) as u8
        };
        std::iter::repeat_with(step).take(count).collect()
    }

    #[test]
    fn a_tracker_above_its_budget_is_refused() {
        let folder = std::env::temp_dir().join(format!("xtask-tracker-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("t.js"), noise(1_000)).unwrap();
        for (wasm_bytes, small) in [(6_000, true), (6_600, false)] {
            fs::write(folder.join("t.wasm"), noise(wasm_bytes)).unwrap();
            assert_eq!(need_small(&folder).is_ok(), small, "{wasm_bytes}");
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
