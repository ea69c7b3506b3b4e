//! The rules: how fast they score on one core of this machine, and a draft tried in the browser on everyone's history.
//!
//! The history in the browser is made up there and handed to the app's own web worker, page by page, as the screen does it.

use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use domain::rulebook::starter;

use super::site::Site;
use super::{Verdict, grouped};
use crate::args::BenchOptions;
use crate::browser;
use crate::build::{self, Profile};
use crate::chromium::Chromium;
use crate::layout::Layout;
use crate::process::say;

/// Activities a second and core.
const RATE_MIN: u64 = 2_000_000;
/// What is measured that the rate is required of.
const REQUIRED: &[&str] = &["starter: totals", "60 rules: totals"];
/// People, and what each did.
const PEOPLE: u32 = 100_000;
const ACTIVITIES: u32 = 10;
/// A try may take so long once the history is there.
const TRY_MS_MAX: f64 = 1_000.0;
/// Drafts that are tried, one after the other.
const DRAFTS: u32 = 5;
/// So long the history may take into the worker.
const PATIENCE: Duration = Duration::from_secs(120);
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// What the web worker is made of.
const FILES: [&str; 3] = ["heavy_loader.js", "heavy.js", "heavy_bg.wasm"];

/// Makes a history, hands it over, and tries drafts; `PEOPLE`, `ACTIVITIES`, `RULES` and `DRAFTS` are put in front.
const PAGE: &str = r#"
window.result = null;
(async () => {
  const worker = new Worker('/heavy_loader.js');
  let heard = () => {};
  const next = () => new Promise(resolve => { heard = resolve; });
  worker.onmessage = event => heard(JSON.parse(event.data.tell));
  worker.onerror = event => { window.result = {error: String(event.message)}; };
  const ready = next();
  await ready;
  let id = 0;
  const ask = async (what) => {
    const answer = next();
    worker.postMessage({id: ++id, ask: JSON.stringify(what)});
    const told = await answer;
    if (told.tell === 'failed') throw new Error(JSON.stringify(told));
    return told;
  };
  let seed = 7;
  const chance = below => { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor(seed / 2147483648 * below); };
  const DAY = 86400000, today = 20000, end = today * DAY;
  const paths = ['/demo/pricing/', '/demo/case/', '/demo/product/', '/demo/news/'];
  const shapes = [];
  for (let shape = 0; shape < 300; shape++) {
    shapes.push([shape, shape < 6 ? {k: 'form_submit', p: '/demo/', n: ['trial', 'contact', 'demo', 'salon', 'whitepaper', 'unsubscribe'][shape]}
      : {k: 'page_view', p: paths[shape % 4] + shape}]);
  }
  for (let from = 0; from < PEOPLE; from += 500) {
    const leads = [];
    for (let person = from; person < from + 500; person++) {
      const activities = [];
      for (let n = 0; n < ACTIVITIES; n++) activities.push([end - chance(180 * DAY), chance(40) ? 6 + chance(294) : chance(6)]);
      activities.sort((one, other) => one[0] - other[0]);
      leads.push({id: '00000000-0000-7000-8000-' + String(person).padStart(12, '0'), label: 'P ' + person, score: 0,
        source: 's' + person % 20, won: person % 50 === 0, accepted: person % 5 === 0 ? person % 2 === 0 : null, activities});
    }
    await ask({ask: 'replay', page: {zone: 480, today, shapes: from ? [] : shapes, leads, total: PEOPLE}});
  }
  await ask({ask: 'score', published: RULES});
  const times = [];
  let last = null;
  for (let n = 0; n < DRAFTS; n++) {
    const draft = structuredClone(RULES);
    draft.rules[2].points = 20 + n;
    const begun = performance.now();
    last = await ask({ask: 'try', published: RULES, draft, capacity: 200});
    times.push(performance.now() - begun);
  }
  const {leads, changed, up, down} = last.outcome;
  window.result = {times, leads, changed, up, down};
})().catch(error => { window.result = {error: String(error)}; });
"#;

/// Measures on the host, then in the browser.
pub(super) fn bench(layout: &Layout, _: &BenchOptions) -> Result<Verdict> {
    let native = native(layout)?;
    Ok(native.and(in_browser(layout)?))
}

/// Runs the example that measures, and reads what it prints.
fn native(layout: &Layout) -> Result<Verdict> {
    say("rules: on one core of this machine");
    let output = Command::new("cargo")
        .current_dir(layout.root())
        .args(["run", "--quiet", "--release", "--package", "domain"])
        .args(["--features", "rules", "--example", "scoring"])
        .output()
        .context("cargo does not start")?;
    let said = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        bail!(
            "the example failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    for line in said.lines() {
        println!("  {line}");
    }
    let slowest = REQUIRED.iter().map(|name| rate(&said, name));
    let slowest = slowest.min().flatten().unwrap_or(0);
    let verdict = Verdict::of(slowest >= RATE_MIN);
    println!(
        "  required: at least {} activities/s of each total; the slowest {}: {}",
        grouped(RATE_MIN),
        grouped(slowest),
        verdict.word()
    );
    Ok(verdict)
}

/// The rate in the line of that name.
fn rate(said: &str, name: &str) -> Option<u64> {
    let line = said.lines().find_map(|line| line.strip_prefix(name))?;
    let number = line.strip_prefix(": ")?.split_once(' ')?.0;
    number.parse().ok()
}

fn in_browser(layout: &Layout) -> Result<Verdict> {
    let folder = build::statics(layout, Profile::Release)?;
    let browser = browser::need()?;
    let site = Site::start(&folder, &FILES)?;
    let mut chromium = Chromium::start(&browser.chromium, &layout.work("bench-chromium"))?;
    say(format!(
        "rules: a draft tried in Chromium's web worker on {} people with {} activities",
        grouped(PEOPLE.into()),
        grouped((PEOPLE * ACTIVITIES).into())
    ));
    let mut tab = chromium.open()?;
    tab.begin(&site.address("rules", "/blank"))?;
    tab.loaded()?;
    let rules = serde_json::to_string(&starter())?;
    let constants = format!(
        "const PEOPLE = {PEOPLE}, ACTIVITIES = {ACTIVITIES}, DRAFTS = {DRAFTS}, RULES = {rules};"
    );
    let begun = Instant::now();
    tab.evaluate(&format!("{{ {constants} {PAGE} }} 0"))?;
    let result = loop {
        let result = tab.evaluate("window.result")?;
        if !result.is_null() {
            break result;
        }
        if begun.elapsed() > PATIENCE {
            bail!("the worker did not end in time");
        }
        sleep(LOOK_EVERY);
    };
    if let Some(error) = result["error"].as_str() {
        bail!("the worker failed: {error}");
    }
    let times: Vec<f64> = serde_json::from_value(result["times"].clone())?;
    println!(
        "  {} people scored; of the last draft {} scores change, {} cross and {} fall",
        result["leads"], result["changed"], result["up"], result["down"]
    );
    let shown: Vec<String> = times.iter().map(|ms| format!("{ms:.0}")).collect();
    println!(
        "  ms from asking to the answer, draft after draft: {}",
        shown.join(", ")
    );
    let slowest = times.into_iter().fold(0.0, f64::max);
    let verdict = Verdict::of(slowest > 0.0 && slowest <= TRY_MS_MAX);
    println!(
        "  required: at most {TRY_MS_MAX} ms; the slowest {slowest:.0}: {}",
        verdict.word()
    );
    Ok(verdict)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_read_from_its_line() {
        let said = "10 leads\nstarter: totals: 1234 activities/s, 5 ms (7)\n60 rules: totals: x";
        assert_eq!(rate(said, "starter: totals"), Some(1_234));
        assert_eq!(rate(said, "60 rules: totals"), None);
        assert_eq!(rate(said, "others"), None);
    }
}
