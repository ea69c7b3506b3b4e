//! What the tracker costs a visitor of the company's website: all it transfers.

use anyhow::Result;

use super::{Verdict, grouped, size};
use crate::args::BenchOptions;
use crate::build;
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

pub(super) fn bench(layout: &Layout, _options: &BenchOptions) -> Result<Verdict> {
    let folder = build::tracker(layout)?;
    say("tracker: all it transfers, in bytes");
    let total = size::print_table(&folder, &build::TRACKER_FILES.map(str::to_owned))?;
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
