//! How soon the list of leads answers a key and a click, in Chromium, with few leads and with many: until the next frame is painted.
//!
//! Not here: how long the worker takes ([`super::people`]); what it answers comes into a frame that was painted already.

use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::base::Base;
use super::collector::{EMAIL, PASSWORD, set_up};
use super::people::fill;
use super::{Verdict, grouped, median, opening};
use crate::args::BenchOptions;
use crate::batches::percentile;
use crate::build::{self, Profile, Variant};
use crate::chromium::{Chromium, Tab};
use crate::layout::Layout;
use crate::local::{self, Server};
use crate::process::say;

/// How many leads there are when it is measured, unless sizes are given.
const SIZES: &[u64] = &[1_000, 100_000];
/// How often each thing is done, unless another number is given.
const ROUNDS: u32 = 50;
/// What the middle one and the slowest of a hundred may take.
const ANSWER_MS_MAX: f64 = 50.0;
/// How long a page may take until it shows what it has.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Does something and tells how long it took until the next frame was painted: a message that is sent in a frame arrives
/// after it.
const ANSWERED: &str = "window.answered = act => { const begun = performance.now(); act(); return new Promise(done => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel(); port1.onmessage = () => done(performance.now() - begun); port2.postMessage(0); })); };";
/// Whether the list shows what it has.
const SETTLED: &str =
    "!!document.querySelector(\"[data-test='lead-row']\") && !document.querySelector('.is-stale')";

/// What is done: its name, before it, and itself. In turns, so that each is another one than the last.
const DEEDS: &[(&str, &str)] = &[
    (
        "a key: j, the next row",
        "(document.activeElement || document.body).dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true }))",
    ),
    (
        "a key: x, picks a row",
        "(document.activeElement || document.body).dispatchEvent(new KeyboardEvent('keydown', { key: 'x', bubbles: true, cancelable: true }))",
    ),
    (
        "a click: sorts by the score",
        "document.querySelector(\"[data-test='order-score']\").click()",
    ),
    (
        "a click: filters by e-mail",
        "document.querySelector(\"[data-test='filter-email']\").click()",
    ),
    (
        "scrolls to somewhere else",
        "window.scrollTo(0, Math.random() * document.documentElement.scrollHeight)",
    ),
    (
        "a click: opens a lead",
        "document.querySelector(\"[data-test='lead-row'] .row-link\").click()",
    ),
];

/// Fills and measures, size by size.
pub(super) fn bench(layout: &Layout, options: &BenchOptions) -> Result<Verdict> {
    let variant = Variant {
        profile: Profile::Release,
        hooks: false,
    };
    let built = build::artefacts(layout, variant)?;
    let browser = crate::browser::need()?;
    let data = layout.work("bench-answers");
    if data.exists() {
        fs::remove_dir_all(&data).context("the rows of the last run cannot be removed")?;
    }
    fs::create_dir_all(&data)?;
    let token = local::new_token()?;
    // Its limit for a site lies above what is filled in.
    let bindings = [
        ("SETUP_TOKEN", token.as_str()),
        ("SITE_EVENTS_PER_S", "1000000"),
    ];
    let server = Server::start(layout, &built, &data, 0, &bindings)?;
    set_up(server.port(), &token)?;
    let base = Base::at(server.port())?;
    let mut chromium = Chromium::start(&browser.chromium, &layout.work("bench-answers-chromium"))?;
    let narrow = layout.work("bench-opening-chromium");
    let mut narrow = Chromium::start_on_one_core(&browser.chromium, &narrow)?;
    let rounds = options.rounds.unwrap_or(ROUNDS).max(1);
    say("app: how soon the list of leads answers, in ms until the next painted frame");
    let (mut filled, mut first, mut verdict) = (0, Vec::new(), Verdict::Met);
    for size in options.sizes.as_deref().unwrap_or(SIZES) {
        fill(&base, filled, *size)?;
        filled = filled.max(*size);
        let mut tab = chromium.open()?;
        enter(&mut tab, server.port(), ANSWERED)?;
        let (measured, met) = measure(&mut tab, server.port(), (filled, rounds), &first)?;
        tab.close()?;
        verdict = verdict.and(met);
        let opened = (filled, options.rounds);
        verdict = verdict.and(opening::bench(&mut narrow, server.port(), opened)?);
        if first.is_empty() {
            first = measured;
        }
    }
    server.stop()?;
    fs::remove_dir_all(&data)?;
    println!(
        "  required: answers of at most {ANSWER_MS_MAX} ms in the median and of 99 in a hundred: {}",
        verdict.word()
    );
    Ok(verdict)
}

/// Signs in; every page of the tab gets a script first.
pub(super) fn enter(tab: &mut Tab<'_>, port: u16, script: &str) -> Result<()> {
    tab.prepare(script)?;
    tab.begin(&format!("http://localhost:{port}/sign-in"))?;
    tab.loaded()?;
    let body = json!({"email": EMAIL, "password": PASSWORD});
    let script = format!(
        "fetch('/api/sign-in', {{ method: 'POST', headers: {{ 'Content-Type': 'application/json' }}, body: JSON.stringify({body}) }}).then(reply => reply.status)"
    );
    match tab.settle(&script)?.as_u64() {
        Some(200) => Ok(()),
        status => bail!("the sign-in was answered {status:?}"),
    }
}

/// The medians of all deeds, beside those of the first size.
fn measure(
    tab: &mut Tab<'_>,
    port: u16,
    (people, rounds): (u64, u32),
    first: &[f64],
) -> Result<(Vec<f64>, Verdict)> {
    println!("  {} leads, {rounds} times each", grouped(people));
    println!(
        "  {:<34} {:>8} {:>8} {:>8} {:>6}",
        "", "median", "p99", "at most", "ratio"
    );
    let list = format!("http://localhost:{port}/leads");
    let (mut medians, mut met) = (Vec::new(), true);
    for (place, (name, deed)) in DEEDS.iter().enumerate() {
        let opens = name.ends_with("opens a lead");
        let mut times = Vec::new();
        for round in 0..rounds {
            if round == 0 || opens {
                tab.begin(&list)?;
                tab.loaded()?;
            }
            until_settled(tab)?;
            let took = tab.settle(&format!("window.answered(() => {{ {deed} }})"))?;
            times.push(took.as_f64().context("the page told no time")?);
        }
        let middle = median(times.clone());
        let slow = percentile(&mut times, 99.0);
        met &= middle <= ANSWER_MS_MAX && slow <= ANSWER_MS_MAX;
        let ratio = first.get(place).map_or(1.0, |first| middle / first);
        println!("  {name:<34} {middle:>8.1} {slow:>8.1} {ANSWER_MS_MAX:>8.0} {ratio:>6.1}");
        medians.push(middle);
    }
    Ok((medians, Verdict::of(met)))
}

/// Waits until the list shows what it has.
fn until_settled(tab: &mut Tab<'_>) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    while tab.evaluate(SETTLED)? != Value::Bool(true) {
        if Instant::now() > deadline {
            bail!("the list did not come to rest");
        }
        sleep(LOOK_EVERY);
    }
    Ok(())
}
