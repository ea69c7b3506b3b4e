//! Scoring everyone by another rulebook while events go on coming in: how long it takes, and how long those who send wait.
//!
//! Everyone comes in by the front door: a browser that says who it is, and what else it did in the last weeks. Not here: what
//! a score is.

use std::collections::VecDeque;
use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use domain::api::{ReadRulebook, SaveRulebook};
use domain::rulebook::Rulebook;
use fastrand::Rng;

use super::base::Base;
use super::collector::opened;
use super::workerd::Memory;
use super::{Verdict, grouped};
use crate::args::BenchOptions;
use crate::batches::{BROKEN, Ledger, Recipe, Returning, USER_AGENT, now_ms, percentile, uuid};
use crate::drive::{End, Pace, Sender, drive};
use crate::layout::Layout;
use crate::local::new_token;
use crate::process::say;

/// People, unless a size is given.
const PEOPLE: u64 = 100_000;
/// What each did, with the form that says who it is.
const ACTIVITIES: u64 = 10;
/// Of how many days.
const DAYS_MS: u64 = 28 * 86_400_000;
/// Open connections.
const CONNECTIONS: usize = 64;
/// Events a second that go on coming in, each in a request of its own.
const PER_S: f64 = 200.0;
/// So long they come before it is looked whether all are scored.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// So long everyone may take to come in before it is looked how many are there.
const FILL_FOR: Duration = Duration::from_secs(20);
/// Longer than this nobody waits for the end of it.
const LASTS_MAX: Duration = Duration::from_secs(900);
/// 99 of 100 events are answered within.
const P99_MS_MAX: f64 = 200.0;

/// Fills, publishes, and measures until everyone is scored.
pub(super) fn bench(layout: &Layout, options: &BenchOptions) -> Result<Verdict> {
    let folder = layout.work("bench-rescore");
    let running = opened(layout, &folder, false)?;
    let port = running.port();
    let given = options.sizes.as_ref().and_then(|sizes| sizes.first());
    let people = given.copied().unwrap_or(PEOPLE);
    say(format!(
        "re-score: {} people with {} activities, {PER_S} events/s meanwhile",
        grouped(people),
        grouped(people * ACTIVITIES)
    ));
    fill(port, people)?;
    let mut ledger = Ledger::new(Recipe {
        port,
        seed: u64::from_str_radix(new_token()?.get(..8).unwrap_or("1"), 16)?,
        events: (1, 1),
        returning: Returning::Anyone,
        odd_percent: 0,
        sends_again: false,
    });
    let base = Base::at(port)?;
    ensure!(base.people()? >= people, "people are missing");
    drive(pace(port), &mut ledger)?;
    let quiet = times(&mut ledger);
    ledger.measure();
    let begun = Instant::now();
    publish(&base)?;
    let mut sent = 0;
    loop {
        sent += drive(pace(port), &mut ledger)?.sent;
        if base.call(&ReadRulebook {})?.rescore.is_none() {
            break;
        }
        if begun.elapsed() > LASTS_MAX {
            bail!("not everyone was scored within {} s", LASTS_MAX.as_secs());
        }
    }
    let took = begun.elapsed().as_secs_f64();
    let acknowledged = ledger.after_due_ms.len() as u64;
    let during = times(&mut ledger);
    println!(
        "  everyone was scored within {took:.0} s, {:.0} people and browsers a second",
        (people * 2) as f64 / took
    );
    println!("  from when an event was due, before: {}", shown(quiet));
    println!(
        "  meanwhile: {}; {} of {} acknowledged",
        shown(during),
        grouped(acknowledged),
        grouped(sent)
    );
    println!("  memory: {} MiB", Memory::of(running.pid())?.now_mib);
    running.kill()?;
    fs::remove_dir_all(&folder)?;
    let verdict = Verdict::of(during[1] < P99_MS_MAX && acknowledged == sent);
    println!(
        "  required: all acknowledged, 99 of 100 within {P99_MS_MAX} ms: {}",
        verdict.word()
    );
    Ok(verdict)
}

fn pace(port: u16) -> Pace {
    Pace {
        port,
        connections: CONNECTIONS,
        per_s: Some(PER_S),
        lasts: LOOK_EVERY,
    }
}

/// Half, 99 of 100, and the longest.
fn times(ledger: &mut Ledger) -> [f64; 3] {
    [50.0, 99.0, 100.0].map(|percent| percentile(&mut ledger.after_due_ms, percent))
}

fn shown([p50, p99, most]: [f64; 3]) -> String {
    format!("p50 {p50:.1} ms, p99 {p99:.1} ms, longest {most:.0} ms")
}

/// Publishes the rules with other points, so that nearly every score is another one.
fn publish(base: &Base) -> Result<()> {
    let published = base.call(&ReadRulebook {})?;
    let mut rulebook: Rulebook = published.rulebook;
    for rule in &mut rulebook.rules {
        rule.points = if rule.points > 1 {
            rule.points - 1
        } else {
            rule.points
        };
    }
    base.call(&SaveRulebook {
        key: uuid(u128::from(now_ms()?) << 80 | 7 << 76 | 0b10 << 62).parse()?,
        expected_version: published.version,
        rulebook,
    })?;
    Ok(())
}

/// Lets everyone come in.
fn fill(port: u16, people: u64) -> Result<()> {
    let mut coming = Coming {
        port,
        now_ms: now_ms()?,
        next: 0,
        people,
        chance: Rng::with_seed(people),
        again: VecDeque::new(),
        came: 0,
    };
    while coming.came < people {
        let pace = Pace {
            port,
            connections: CONNECTIONS,
            per_s: None,
            lasts: FILL_FOR,
        };
        let driven = drive(pace, &mut coming)?;
        println!(
            "    {} of {} people, {:.0} requests/s",
            grouped(coming.came),
            grouped(people),
            driven.sent as f64 / driven.took.as_secs_f64()
        );
    }
    Ok(())
}

/// People on their way in, a batch each.
struct Coming {
    port: u16,
    now_ms: u64,
    next: u64,
    people: u64,
    chance: Rng,
    again: VecDeque<u64>,
    came: u64,
}

impl Coming {
    fn batch(&mut self, person: u64) -> Vec<u8> {
        let (port, now_ms) = (self.port, self.now_ms);
        let origin = format!("http://127.0.0.1:{port}");
        let id = |at: u64, place: u64| {
            let time = u128::from(at & 0xffff_ffff_ffff) << 80;
            uuid(time | (7 << 76) | (0b10 << 62) | u128::from(person * ACTIVITIES + place))
        };
        let events = (0..ACTIVITIES).map(|place| {
            let at = now_ms - self.chance.u64(60_000..DAYS_MS);
            let id = id(at, place);
            if place == 0 {
                return format!(
                    r#"{{"id":"{id}","at":{at},"kind":"form_submit","url":"{origin}/demo/contact/","form":"contact","fields":{{"email":"p{person}@c{}.example","name":"P {person}"}}}}"#,
                    person % 5_000
                );
            }
            let page = ["pricing", "case", "product", "news", "careers"]
                .get(self.chance.usize(0..5))
                .copied()
                .unwrap_or_default();
            format!(
                r#"{{"id":"{id}","at":{at},"kind":"page_view","url":"{origin}/demo/{page}/{}","referrer":"{origin}/demo/","title":"P"}}"#,
                self.chance.u8(0..20)
            )
        });
        let events: Vec<String> = events.collect();
        let visitor = uuid((0x5c0e << 96) | (7 << 76) | (0b10 << 62) | u128::from(person));
        let body = format!(
            r#"{{"v":1,"site":"main.demo","visitor":"{visitor}","sent":{now_ms},"events":[{}]}}"#,
            events.join(",")
        );
        format!(
            "POST /e HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin}\r\nUser-Agent: {USER_AGENT}\r\n\
             Content-Type: text/plain\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    }
}

impl Sender for Coming {
    type Tag = u64;

    fn next(&mut self) -> Option<(Vec<u8>, u64)> {
        let person = match self.again.pop_front() {
            Some(person) => person,
            None if self.next >= self.people => return None,
            None => {
                self.next += 1;
                self.next - 1
            }
        };
        Some((self.batch(person), person))
    }

    fn ended(&mut self, person: u64, end: End) {
        match end {
            End::Answered { answer, .. } if answer.status == 200 => self.came += 1,
            End::Answered { answer, .. } => {
                println!("    {person}: {} {}", answer.status, answer.body);
                self.again.push_back(person);
            }
            End::Broken => {
                println!("    {person}: {BROKEN}");
                self.again.push_back(person);
            }
        }
    }
}
