//! How soon the app is there when its address is opened: until the list of leads stands in a painted frame and answers, in a
//! Chromium that has one core for all it does. First with nothing of it in the browser, then once more.

use anyhow::{Context, Result};
use serde_json::json;

use super::answers::enter;
use super::{Verdict, grouped, median};
use crate::chromium::Chromium;

/// How often it is opened, each way, unless another number is given.
const ROUNDS: u32 = 10;
/// What the middle one of those with nothing in the browser may take.
const OPEN_MS_MAX: f64 = 1_500.0;

/// Tells when the first row was painted, in ms since the address was opened.
const OPENED: &str = "window.opened = new Promise(done => { const look = () => {
    if (!document.querySelector(\"[data-test='lead-row']\")) return requestAnimationFrame(look);
    requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.now()); port2.postMessage(0); }); };
    look(); });";

/// Opens it, with so many leads.
pub(super) fn bench(
    chromium: &mut Chromium,
    port: u16,
    (people, rounds): (u64, Option<u32>),
) -> Result<Verdict> {
    let mut tab = chromium.open()?;
    enter(&mut tab, port, OPENED)?;
    tab.set("Network.enable", json!({}))?;
    let list = format!("http://localhost:{port}/leads");
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for _ in 0..rounds.unwrap_or(ROUNDS).max(1) {
        tab.set("Network.clearBrowserCache", json!({}))?;
        for times in [&mut first, &mut again] {
            tab.begin(&list)?;
            let opened = tab.settle("window.opened")?;
            times.push(opened.as_f64().context("the page told no time")?);
        }
    }
    tab.close()?;
    let verdict = Verdict::of(median(first.clone()) <= OPEN_MS_MAX);
    println!(
        "  opened on one core with {} leads, in ms until they are painted: {:.0} at first (of {} {}), {:.0} when opened again; required: at most {OPEN_MS_MAX} at first: {}",
        grouped(people),
        median(first.clone()),
        first.len(),
        spread(&first),
        median(again),
        verdict.word(),
    );
    Ok(verdict)
}

fn spread(times: &[f64]) -> String {
    let least = times.iter().copied().fold(f64::INFINITY, f64::min);
    let most = times.iter().copied().fold(0.0, f64::max);
    format!("from {least:.0} to {most:.0}")
}
