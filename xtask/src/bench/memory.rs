//! Whether the tracker's memory stays as it is, however much a page calls it.

use anyhow::{Context, Result, bail};

use super::site::Site;
use super::{Verdict, grouped};
use crate::chromium::{Chromium, Tab};
use crate::process::say;

/// Calls of `trellis("track", …)`, in slices between which the page lives on.
const CALLS: u64 = 100_000;
const CALLS_A_SLICE: u64 = 10_000;
/// One page of wasm memory.
const GROWTH_BYTES_MAX: u64 = 64 * 1024;
/// The event's name, by which its batches are known.
const NAME: &str = "bench_call";

/// Keeps every wasm memory that is made or given in the page; `wasmBytes` answers their size.
const WATCH: &str = r#"
const memories = new Set();
const watch = (made, imports) => {
  const groups = [(made.instance || made).exports, ...Object.values(imports || {})];
  const values = groups.flatMap((group) => Object.values(group));
  values.filter((value) => value instanceof WebAssembly.Memory).forEach((memory) => memories.add(memory));
  return made;
};
for (const name of ["instantiate", "instantiateStreaming"]) {
  const original = WebAssembly[name];
  WebAssembly[name] = async (source, imports) => watch(await original(source, imports), imports);
}
const wasmBytes = () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
"#;

/// Calls it again and again and prints its memory before and after.
pub(super) fn bench(chromium: &mut Chromium, site: &Site) -> Result<Verdict> {
    say(format!("tracker: its memory, {} calls", grouped(CALLS)));
    let mut tab = chromium.open()?;
    tab.prepare(WATCH)?;
    tab.begin(&site.address("memory", "/tag"))?;
    site.release()?;
    tab.loaded()?;
    // One call first, which brings the wasm wherever it is loaded only when it is needed.
    tab.evaluate(&calls(0, 1))?;
    wait_for_call(site)?;
    let before = memory_bytes(&mut tab)?;
    for slice in 0..CALLS / CALLS_A_SLICE {
        tab.evaluate(&calls(slice * CALLS_A_SLICE, CALLS_A_SLICE))?;
    }
    wait_for_call(site)?;
    let after = memory_bytes(&mut tab)?;
    tab.close()?;
    let verdict = Verdict::of(after.saturating_sub(before) <= GROWTH_BYTES_MAX);
    println!(
        "  {} bytes after its first batch, {} after the calls; required: at most {} more: {}",
        grouped(before),
        grouped(after),
        grouped(GROWTH_BYTES_MAX),
        verdict.word()
    );
    Ok(verdict)
}

/// A script of so many calls, their texts long and short.
fn calls(first: u64, count: u64) -> String {
    format!(
        "for (let i = {first}; i < {}; i++) trellis('track', '{NAME}', {{ number: i, text: 'é'.repeat(i % 999) }})",
        first + count
    )
}

/// Waits for a batch with the calls' event.
fn wait_for_call(site: &Site) -> Result<()> {
    while !site.batch()?.contains(NAME) {}
    Ok(())
}

fn memory_bytes(tab: &mut Tab<'_>) -> Result<u64> {
    match tab.evaluate("wasmBytes()")?.as_u64() {
        Some(0) => bail!("the tracker's wasm has no memory that the page can see"),
        bytes => bytes.context("the page does not know its wasm's memory"),
    }
}
