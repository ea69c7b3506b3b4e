//! The collector's whole pipeline under load, on bare workerd with rows on disk, beside a JavaScript object
//! that only inserts the row with the same group commit. One side runs at a time, in turns.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::load::{self, Report};
use super::workerd::{Subject, Workerd};
use super::{Verdict, grouped, median, pace};
use crate::args::BenchOptions;
use crate::build::{self, Profile, Variant};
use crate::http::Request;
use crate::layout::Layout;
use crate::local::{Server, free_port, new_token};
use crate::process::say;

/// Of the baseline's requests a second, one event a request.
const RATIO_MIN: f64 = 0.35;
const RATIO_AIM: f64 = 0.9;
/// Events a second, ten a request, on two cores with the load generator on them.
const EVENTS_PER_S_MIN: f64 = 8_000.0;
const EVENTS_PER_S_AIM: f64 = 20_000.0;
/// Rows an event may write, all tables and indexes counted.
const ROWS_PER_EVENT_MAX: f64 = 8.0;

/// How often each side runs, unless another number is given.
const ROUNDS: u32 = 3;
/// So long each side runs before it is measured.
const WARM_UP_S: u32 = 2;

/// One side of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Baseline,
    Worker,
}

pub(super) fn bench(layout: &Layout, options: &BenchOptions) -> Result<Verdict> {
    load::need_wrk()?;
    let worker = build::worker(
        layout,
        Variant {
            profile: Profile::Release,
            hooks: false,
        },
    )?;
    let bench = Bench {
        layout,
        options,
        worker,
        folder: layout.work("bench"),
    };
    let single = bench.compare(1)?;
    let batch = bench.compare(10)?;
    let paced = pace::bench(layout, options)?;
    let rows = print_rows_per_event(layout)?;
    Ok(single.and(batch).and(paced).and(rows))
}

struct Bench<'a> {
    layout: &'a Layout,
    options: &'a BenchOptions,
    worker: PathBuf,
    folder: PathBuf,
}

impl Bench<'_> {
    /// Runs both sides in turns and prints what they did.
    fn compare(&self, events_per_request: u32) -> Result<Verdict> {
        say(format!(
            "collector, {events_per_request} event(s) a request, {} s a run",
            self.options.seconds
        ));
        println!(
            "  {:<10} {:>12} {:>12} {:>9} {:>9} {:>8} {:>7}",
            "", "requests/s", "events/s", "p50 ms", "p99 ms", "non-2xx", "broken"
        );
        let (mut baseline, mut worker) = (Vec::new(), Vec::new());
        let mut faults = 0;
        for _ in 0..self.options.rounds.unwrap_or(ROUNDS).max(1) {
            for (side, rates) in [(Side::Baseline, &mut baseline), (Side::Worker, &mut worker)] {
                let report = self.run(side, events_per_request)?;
                print_report(side, &report, events_per_request);
                faults += report.refused + report.broken;
                rates.push(report.requests_per_s);
            }
        }
        let (baseline, worker) = (median(baseline), median(worker));
        let ratio = worker / baseline;
        println!(
            "  medians: baseline {baseline:.0}, worker {worker:.0} requests/s; worker / baseline = {ratio:.2}"
        );
        let enough = if events_per_request == 1 {
            println!("  required: at least {RATIO_MIN} (aim {RATIO_AIM})");
            ratio >= RATIO_MIN
        } else {
            let events_per_s = worker * f64::from(events_per_request);
            println!(
                "  required: at least {EVENTS_PER_S_MIN:.0} events/s (aim {EVENTS_PER_S_AIM:.0}); ours {events_per_s:.0}"
            );
            events_per_s >= EVENTS_PER_S_MIN
        };
        let verdict = Verdict::of(enough && faults == 0);
        println!(
            "  {}{}",
            verdict.word(),
            if faults > 0 {
                ", some requests were refused or broken"
            } else {
                ""
            }
        );
        Ok(verdict)
    }

    fn run(&self, side: Side, events_per_request: u32) -> Result<Report> {
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)
                .context("the folder of the last run cannot be removed")?;
        }
        let token = new_token()?;
        let bindings = worker_bindings(&token);
        let modules = match side {
            Side::Baseline => vec![self.layout.node_dir().join("baseline.mjs")],
            Side::Worker => worker_modules(&self.worker),
        };
        let subject = Subject {
            modules: &modules,
            bindings: &bindings,
            kv_faults: None,
        };
        let running = Workerd::start(self.layout, &subject, &self.folder, free_port()?)?;
        if side == Side::Worker {
            set_up(running.port(), &token)?;
        }
        send_probe(running.port(), 0)?;
        load::collect(self.layout, running.port(), WARM_UP_S, events_per_request)?;
        let report = load::collect(
            self.layout,
            running.port(),
            self.options.seconds,
            events_per_request,
        )?;
        send_probe(running.port(), 1)?;
        running.kill()?;
        Ok(report)
    }
}

impl Side {
    fn name(self) -> &'static str {
        match self {
            Side::Baseline => "baseline",
            Side::Worker => "worker",
        }
    }
}

fn print_report(side: Side, report: &Report, events_per_request: u32) {
    println!(
        "  {:<10} {:>12.0} {:>12.0} {:>9.1} {:>9.1} {:>8} {:>7}",
        side.name(),
        report.requests_per_s,
        report.requests_per_s * f64::from(events_per_request),
        report.p50_ms,
        report.p99_ms,
        report.refused,
        report.broken
    );
}

/// Starts a collector on bare workerd with no rows in `folder`, and opens its workspace; `hooks` for one with test doors.
pub(super) fn opened(layout: &Layout, folder: &Path, hooks: bool) -> Result<Workerd> {
    let variant = Variant {
        profile: Profile::Release,
        hooks,
    };
    let worker = build::worker(layout, variant)?;
    if folder.exists() {
        fs::remove_dir_all(folder).context("the folder of the last run cannot be removed")?;
    }
    let token = new_token()?;
    let (modules, bindings) = (worker_modules(&worker), worker_bindings(&token));
    let subject = Subject {
        modules: &modules,
        bindings: &bindings,
        kv_faults: None,
    };
    let running = Workerd::start(layout, &subject, folder, free_port()?)?;
    set_up(running.port(), &token)?;
    Ok(running)
}

/// The files that worker-build makes, the entry first.
pub(crate) fn worker_modules(folder: &Path) -> Vec<PathBuf> {
    ["index.js", "index_bg.wasm"]
        .map(|file| folder.join(file))
        .to_vec()
}

/// What the worker is told on this machine: its limit for a site lies above what a load sends.
pub(crate) fn worker_bindings(token: &str) -> [(&str, &str); 4] {
    [
        ("APP_HOST", "localhost"),
        ("PUBLIC_HOST", "127.0.0.1"),
        ("SETUP_TOKEN", token),
        ("SITE_EVENTS_PER_S", "1000000"),
    ]
}

/// Who opens it.
pub(crate) const EMAIL: &str = "bench@example.com";
pub(crate) const PASSWORD: &str = "a long bench password";

/// Makes the workspace whose site the load is for.
pub(crate) fn set_up(port: u16, token: &str) -> Result<()> {
    let body = serde_json::json!({
        "token": token, "email": EMAIL, "password": PASSWORD,
        "name": "Bench", "company": "Bench Co", "lang": "en",
    });
    let origin = format!("http://localhost:{port}");
    let headers = [
        ("Origin", origin.as_str()),
        ("Content-Type", "application/json"),
    ];
    let answer = Request {
        method: "POST",
        host: "localhost",
        port,
        path: "/api/setup",
        headers: &headers,
        body: &body.to_string(),
    }
    .send()?;
    if !(200..300).contains(&answer.status) {
        bail!(
            "POST /api/setup was answered {}: {}",
            answer.status,
            answer.body
        );
    }
    Ok(())
}

/// Sends one event and demands that it was accepted: a collector that refuses everything is fast.
pub(crate) fn send_probe(port: u16, number: u32) -> Result<()> {
    let now_ms = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .context("the clock is before 1970")?
        .as_millis();
    let origin = format!("http://127.0.0.1:{port}");
    let id = format!(
        "{:08x}-{:04x}-7000-8000-{:012x}",
        now_ms >> 16,
        now_ms & 0xffff,
        number
    );
    let body = serde_json::json!({
        "v": 1, "site": "main.demo", "visitor": "00000000-0000-4000-8000-000000000001", "sent": now_ms as u64,
        "events": [{
            "id": id, "at": now_ms as u64, "kind": "page_view",
            "url": format!("{origin}/demo/pricing"), "referrer": "", "title": "Pricing",
        }],
    });
    let headers = [("Origin", origin.as_str()), ("Content-Type", "text/plain")];
    let answer = Request {
        method: "POST",
        host: "127.0.0.1",
        port,
        path: "/e",
        headers: &headers,
        body: &body.to_string(),
    }
    .send()?;
    let accepted = serde_json::from_str::<serde_json::Value>(&answer.body)
        .ok()
        .and_then(|said| said.get("accepted")?.as_u64());
    if accepted != Some(1) {
        bail!(
            "the collector did not accept a plain event, it said {}: {}",
            answer.status,
            answer.body
        );
    }
    Ok(())
}

/// Events stored and rows written, as a worker with test doors counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rows {
    /// Events in the journal.
    pub(crate) events: u64,
    /// Rows written for them.
    pub(crate) written: u64,
}

/// Asks a worker with test doors.
pub(crate) fn rows(port: u16) -> Result<Rows> {
    let answer = Request {
        method: "GET",
        host: "localhost",
        port,
        path: "/__test/rows",
        headers: &[],
        body: "",
    }
    .send()?;
    let value: serde_json::Value = serde_json::from_str(&answer.body).with_context(|| {
        format!(
            "GET /__test/rows was answered {}: {}",
            answer.status, answer.body
        )
    })?;
    let number = |name: &str| {
        value
            .get(name)
            .and_then(serde_json::Value::as_u64)
            .with_context(|| format!("/__test/rows has no {name}"))
    };
    Ok(Rows {
        events: number("events")?,
        written: number("rows_written")?,
    })
}

/// Loads a build with test doors under Miniflare for a moment and prints the rows an event costs.
fn print_rows_per_event(layout: &Layout) -> Result<Verdict> {
    let built = build::artefacts(
        layout,
        Variant {
            profile: Profile::Quick,
            hooks: true,
        },
    )?;
    say("rows written an event");
    let data = layout.work("bench-rows");
    let _ = fs::remove_dir_all(&data);
    let token = new_token()?;
    let server = Server::start(layout, &built, &data, 0, &[("SETUP_TOKEN", &token)])?;
    set_up(server.port(), &token)?;
    send_probe(server.port(), 0)?;
    let before = rows(server.port())?;
    load::collect(layout, server.port(), WARM_UP_S, 1)?;
    let after = rows(server.port())?;
    server.stop()?;
    let (events, written) = (
        after.events.saturating_sub(before.events),
        after.written.saturating_sub(before.written),
    );
    let per_event = written as f64 / events.max(1) as f64;
    let verdict = Verdict::of(events > 0 && per_event <= ROWS_PER_EVENT_MAX);
    println!(
        "  {} rows for {} events: {per_event:.2} an event; required: at most {ROWS_PER_EVENT_MAX}: {}",
        grouped(written),
        grouped(events),
        verdict.word()
    );
    Ok(verdict)
}
