//! Segments: what an event costs when there are many of them, and as many rules as a workspace has, and stages that ask for
//! them; and how long it takes to ask everyone, while events come.
//!
//! People come in by the front door, in imports, and one of twenty visits the website. Not here: how quick lists are that are
//! filtered by a segment ([`super::people`] measures lists).

use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use domain::api::{ReadLadder, ReadRulebook, SaveLadder, SaveRulebook, SaveSegment, Segments};
use domain::rulebook::Rule;
use domain::segment::{Condition, Segment};

use super::base::Base;
use super::collector::opened;
use super::people::{event, fill};
use super::{Verdict, grouped, median};
use crate::args::BenchOptions;
use crate::batches::percentile;
use crate::layout::Layout;
use crate::process::say;

/// How many people there are, unless sizes are given.
const SIZES: &[u64] = &[10_000];
/// So many segments there are when an event is timed.
const SEGMENTS: u32 = 50;
/// So many rules there are then.
const RULES: usize = 60;
/// Events that are timed, each alone.
const ROUNDS: u32 = 300;
/// So long 99 of 100 events may take while everyone is asked, in milliseconds.
const EVENT_MS_MAX: f64 = 200.0;
/// How often an event comes meanwhile.
const EVERY: Duration = Duration::from_millis(20);

/// Fills and measures, size by size.
pub(super) fn bench(layout: &Layout, options: &BenchOptions) -> Result<Verdict> {
    let rounds = options.rounds.unwrap_or(ROUNDS);
    let mut verdict = Verdict::Met;
    for size in options.sizes.as_deref().unwrap_or(SIZES) {
        let folder = layout.work("bench-sifting");
        let running = opened(layout, &folder, false)?;
        let base = Base::at(running.port())?;
        fill(&base, 0, *size)?;
        say(format!("segments: {} people", grouped(*size)));
        let without = events(&base, 0, rounds)?;
        shown("an event of a lead without segments", without.clone());
        for number in 0..SEGMENTS {
            save(&base, number)?;
        }
        asked(&base)?;
        let with = events(&base, rounds, rounds)?;
        shown(&format!("with {SEGMENTS} of them"), with.clone());
        let more = median(with) - median(without);
        println!("  {SEGMENTS} segments add {more:.2} ms to an event, in the middle");
        judge(&base)?;
        asked(&base)?;
        let judged = events(&base, rounds * 2, rounds)?;
        shown(&format!("and {RULES} rules, and stages"), judged);
        verdict = verdict.and(everyone(&base, *size, rounds * 3)?);
        running.kill()?;
        fs::remove_dir_all(&folder)?;
    }
    Ok(verdict)
}

fn shown(what: &str, mut times: Vec<f64>) {
    let slow = percentile(&mut times, 99.0);
    let middle = median(times);
    println!("  {what:<36} median {middle:>6.2} ms, p99 {slow:>6.2} ms");
}

/// How long each of these events takes, one after the other, in milliseconds.
fn events(base: &Base, from: u32, count: u32) -> Result<Vec<f64>> {
    let mut times = Vec::new();
    for number in from..from + count {
        let begun = Instant::now();
        event(base.port, u64::from(number))?;
        times.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    Ok(times)
}

/// One of the segments: each kind of condition has its turn.
fn save(base: &Base, number: u32) -> Result<()> {
    let days = 2 + number;
    let who = match number % 5 {
        0 => format!(
            r#"{{"did":{{"when":{{"kind":"page_view","path":"*pricing*"}},"at_least":{},"days":{days}}}}}"#,
            1 + number % 4
        ),
        1 => format!(
            r#"{{"all":[{{"score":{{"min":{number}}}}},{{"not":{{"silent":{{"days":{days}}}}}}}]}}"#
        ),
        2 => r#"{"field":{"field":"company","is":{"contains":["云格"]}}}"#.to_owned(),
        3 => format!(r#"{{"moment":{{"of":"created","is":{{"from_today":{{"min":-{days}}}}}}}}}"#),
        _ => format!(
            r#"{{"any":[{{"segment":"s{}"}},{{"mail":"work"}}]}}"#,
            number - 1
        ),
    };
    let text =
        format!(r#"{{"id":"","name":{{"zh":"人群{number}","en":"People {number}"}},"who":{who}}}"#);
    let segment: Segment = serde_json::from_str(&text).context("a segment cannot be read")?;
    base.call(&SaveSegment {
        key: super::people::id(40, u64::from(number)).parse()?,
        id: format!("s{number}"),
        expected_version: 0,
        segment,
    })?;
    Ok(())
}

/// Publishes as many rules as a workspace has, and saves stages that ask for segments: of each lead that is not there yet, and
/// nobody gets so far.
fn judge(base: &Base) -> Result<()> {
    let published = base.call(&ReadRulebook {})?;
    let mut rulebook = published.rulebook;
    let own = rulebook.rules.clone();
    let more = own.iter().cycle().zip(own.len()..RULES);
    rulebook.rules.extend(more.map(|(rule, number)| Rule {
        id: format!("{}_{number}", rule.id),
        ..rule.clone()
    }));
    base.call(&SaveRulebook {
        key: super::people::id(41, 0).parse()?,
        expected_version: published.version,
        rulebook,
    })?;
    let mut ladder = base.call(&ReadLadder {})?.ladder;
    let far = Condition::Score(serde_json::from_str(r#"{"min":100}"#)?);
    for (stage, number) in ladder.stages.iter_mut().skip(2).take(2).zip(0..) {
        let named = Condition::Segment(format!("s{number}"));
        stage.entry = Some(Condition::All(vec![named, far.clone()]));
    }
    base.call(&SaveLadder {
        key: super::people::id(41, 1).parse()?,
        expected_version: 0,
        ladder,
    })?;
    Ok(())
}

/// Waits until everyone was scored and asked.
fn asked(base: &Base) -> Result<()> {
    while base.call(&ReadRulebook {})?.rescore.is_some() {
        sleep(EVERY);
    }
    while base.call(&Segments {})?.sift.is_some() {
        sleep(EVERY);
    }
    Ok(())
}

/// Saves one more segment, and times events until everyone was asked.
fn everyone(base: &Base, people: u64, from: u32) -> Result<Verdict> {
    let begun = Instant::now();
    save(base, SEGMENTS)?;
    let (mut times, mut number) = (Vec::new(), from);
    while base.call(&Segments {})?.sift.is_some() {
        times.extend(events(base, number, 1)?);
        number += 1;
        sleep(EVERY);
    }
    let took = begun.elapsed().as_secs_f64();
    ensure!(!times.is_empty(), "everyone was asked at once");
    let slow = percentile(&mut times, 99.0);
    println!(
        "  {} people asked in {took:.1} s; p99 of {} events meanwhile {slow:.1} ms, at most {EVENT_MS_MAX}",
        grouped(people),
        times.len()
    );
    Ok(Verdict::of(slow <= EVENT_MS_MAX))
}
