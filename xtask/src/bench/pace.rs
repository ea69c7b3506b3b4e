//! The collector at a pace: how long answers take at half of what it takes at most, and what it does with five times
//! as much. What it takes at most is measured first, in the same run and of the same events.

use std::fs;
use std::time::Duration;

use anyhow::Result;

use super::collector::{opened, send_probe};
use super::workerd::{Memory, Workerd};
use super::{Verdict, grouped};
use crate::args::BenchOptions;
use crate::batches::{BROKEN, Ledger, Recipe, Returning, percentile};
use crate::doors;
use crate::drive::{Driven, Pace, drive};
use crate::layout::Layout;
use crate::local::new_token;
use crate::process::say;

/// Open connections below the limit: enough that the group commit always has a group.
const CONNECTIONS: usize = 64;
/// Open connections of a crowd: more than the collector takes in hand.
const CROWD: usize = 2_000;
/// Of what it takes at most, what is sent when times are measured, and when it must shed.
const HALF: f64 = 0.5;
const FIVE_TIMES: f64 = 5.0;
/// 99 of 100 answers come within.
const P99_MS_MAX: f64 = 100.0;
/// Of what it takes at most, what it goes on taking in a crowd: stated, not required, since the crowd itself runs
/// on the same machine.
const KEPT_AIM: f64 = 0.5;
/// What a crowd may add to the runtime's memory.
const GROWTH_MIB_MAX: u64 = 512;
/// The answers a crowd may get.
const NAMED: &[&str] = &["200", "429 rate_limited", "503 overloaded"];
/// Of 100 requests, how many connections may break: the runtime closes one whose body it could not read to its end
/// within a second of the answer, and in a crowd it may take longer to come to it.
const BROKEN_PERCENT_MAX: u64 = 1;
/// So long it runs before it is measured.
const WARM_UP: Duration = Duration::from_secs(2);

/// Measures the peak, then half of it, then five times as much.
pub(super) fn bench(layout: &Layout, options: &BenchOptions) -> Result<Verdict> {
    let folder = layout.work("bench-pace");
    let running = opened(layout, &folder, true)?;
    let mut load = Load {
        port: running.port(),
        lasts: Duration::from_secs(u64::from(options.seconds)),
        ledger: Ledger::new(Recipe {
            port: running.port(),
            seed: u64::from_str_radix(new_token()?.get(..8).unwrap_or("1"), 16)?,
            events: (1, 1),
            returning: Returning::Anyone,
            odd_percent: 0,
            sends_again: false,
        }),
    };
    let peak = load.peak()?;
    let latency = load.latency(peak * HALF)?;
    let shed = load.shed(peak, &running)?;
    running.kill()?;
    fs::remove_dir_all(&folder)?;
    Ok(latency.and(shed))
}

struct Load {
    port: u16,
    lasts: Duration,
    ledger: Ledger,
}

impl Load {
    fn run(&mut self, connections: usize, per_s: Option<f64>, lasts: Duration) -> Result<Driven> {
        self.ledger.measure();
        let pace = Pace {
            port: self.port,
            connections,
            per_s,
            lasts,
        };
        drive(pace, &mut self.ledger)
    }

    /// Requests acknowledged a second, as fast as they are answered.
    fn peak(&mut self) -> Result<f64> {
        say("collector: what it takes at most, one event a request, events of people");
        self.run(CONNECTIONS, None, WARM_UP)?;
        let driven = self.run(CONNECTIONS, None, self.lasts)?;
        let peak = self.ledger.after_sent_ms.len() as f64 / driven.took.as_secs_f64();
        println!("  {peak:.0} requests/s over {CONNECTIONS} connections");
        Ok(peak)
    }

    /// How long answers take from when each request was due.
    fn latency(&mut self, per_s: f64) -> Result<Verdict> {
        say(format!("collector: half of that, {per_s:.0} requests/s"));
        self.run(CONNECTIONS, Some(per_s), WARM_UP)?;
        let driven = self.run(CONNECTIONS, Some(per_s), self.lasts)?;
        let times = &mut self.ledger.after_due_ms;
        let [p50, p95, p99, most] = [50.0, 95.0, 99.0, 100.0].map(|p| percentile(times, p));
        let all = times.len() as u64 == driven.due && driven.sent == driven.due;
        let verdict = Verdict::of(all && p99 < P99_MS_MAX);
        println!(
            "  {} of {} acknowledged; from when they were due: p50 {p50:.1} ms, p95 {p95:.1} ms, p99 {p99:.1} ms, longest {most:.1} ms",
            grouped(times.len() as u64),
            grouped(driven.due),
        );
        println!(
            "  required: all, and p99 below {P99_MS_MAX:.0} ms: {}",
            verdict.word()
        );
        Ok(verdict)
    }

    /// What becomes of five times as much.
    fn shed(&mut self, peak: f64, running: &Workerd) -> Result<Verdict> {
        let per_s = peak * FIVE_TIMES;
        say(format!(
            "collector: five times as much, {per_s:.0} requests/s over {CROWD} connections"
        ));
        let before = Memory::of(running.pid())?;
        let driven = self.run(CROWD, Some(per_s), self.lasts)?;
        let after = Memory::of(running.pid())?;
        println!(
            "  {} were due, {} could be sent; the answers:",
            grouped(driven.due),
            grouped(driven.sent)
        );
        for (answer, count) in &self.ledger.answers {
            println!("    {answer}: {}", grouped(*count));
        }
        let named = |answer: &String| *answer == BROKEN || NAMED.contains(&answer.as_str());
        let named = self.ledger.answers.keys().all(named);
        let broken = self.ledger.answers.get(BROKEN).copied().unwrap_or(0);
        let kept = broken * 100 <= driven.sent * BROKEN_PERCENT_MAX;
        let taken = self.ledger.after_sent_ms.len() as f64 / driven.took.as_secs_f64();
        let p99 = percentile(&mut self.ledger.after_sent_ms, 99.0);
        println!(
            "  acknowledged {taken:.0} a second, {:.2} of the peak (aim {KEPT_AIM}), p99 {p99:.0} ms from when they were sent",
            taken / peak
        );
        println!(
            "  memory: {} MiB before, {} after, {} at most; may grow by {GROWTH_MIB_MAX}",
            before.now_mib, after.now_mib, after.most_mib
        );
        send_probe(self.port, 1)?;
        let known = doors::count_known(self.port, &self.ledger.acknowledged)?;
        let acknowledged = self.ledger.acknowledged.len() as u64;
        println!(
            "  {} of {} acknowledged events are stored",
            grouped(known),
            grouped(acknowledged)
        );
        let bounded = after.most_mib <= before.now_mib + GROWTH_MIB_MAX;
        let verdict = Verdict::of(named && kept && bounded && known == acknowledged);
        println!(
            "  required: refused by name, connections kept, memory bounded, nothing lost: {}",
            verdict.word()
        );
        Ok(verdict)
    }
}
