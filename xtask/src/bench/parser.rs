//! Whether what reads strangers' input takes time in proportion to its size: hostile inputs of a length and of
//! twice that. Twice as much may take twice as long; four times would be the square.

use std::hint::black_box;
use std::time::Instant;

use anyhow::Result;

use self::targets::HOSTILE;
use super::Verdict;
use crate::args::BenchOptions;
use crate::layout::Layout;
use crate::process::say;

#[path = "../../../fuzz/targets.rs"]
#[expect(dead_code, reason = "the hostile inputs name their targets")]
mod targets;

/// Sizes in bytes: the last is a body's limit, far above that of an address.
const SIZES: [usize; 3] = [16 * 1024, 32 * 1024, 64 * 1024 - 256];
/// How often each is read; the fastest counts, which is the least disturbed.
const TIMES: u32 = 15;
/// What twice the size may take at most: between twice and four times.
const FACTOR_MAX: f64 = 3.0;
/// What is faster than this is not compared: the clock and the machine say more than the code.
const NOISE_US: f64 = 20.0;

/// Reads every hostile input in each size.
pub(super) fn bench(_: &Layout, _: &BenchOptions) -> Result<Verdict> {
    say("parser: hostile inputs, twice as long each time");
    println!(
        "  {:<28} {:>10} {:>10} {:>10} {:>7}",
        "", "16 KiB µs", "32 KiB µs", "64 KiB µs", "factor"
    );
    let mut worst: f64 = 0.0;
    for (name, target, input) in HOSTILE {
        let times = SIZES.map(|bytes| {
            let input = input(bytes);
            let once = |_| {
                let start = Instant::now();
                target(black_box(&input));
                start.elapsed().as_secs_f64() * 1e6
            };
            (0..TIMES).map(once).fold(f64::INFINITY, f64::min)
        });
        let [first, second, third] = times;
        let factor = |less: f64, more: f64| if more < NOISE_US { 0.0 } else { more / less };
        let factor = factor(first, second).max(factor(second, third));
        println!("  {name:<28} {first:>10.0} {second:>10.0} {third:>10.0} {factor:>7.2}");
        worst = worst.max(factor);
    }
    let verdict = Verdict::of(worst <= FACTOR_MAX);
    println!(
        "  required: at most {FACTOR_MAX} times as long; the worst is {worst:.2}: {}",
        verdict.word()
    );
    Ok(verdict)
}
