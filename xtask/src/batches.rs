//! What a load sends, and the ledger of what became of it: every event new, every id known.
//!
//! The same seed sends the same events in the same order. Not here: how fast ([`crate::drive`]).

use std::collections::{BTreeMap, VecDeque};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use fastrand::Rng;

use crate::drive::{End, Sender};

/// Events of one visitor, on average.
const EVENTS_PER_VISITOR: u64 = 20;
/// Pages of a visit, on average: the first is come to from outside, the others from the site itself.
const PAGES_PER_VISIT: u8 = 10;
/// How old a late event is at most: a day less than what is refused.
const LATE_MS_MAX: u64 = 29 * 86_400_000;
/// What a person's browser calls itself: events of programs weigh nothing and cost less.
pub(crate) const USER_AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";
/// Kept for being sent again, at most.
const KEPT_MAX: usize = 1_000;

/// What stands in the books for a request without an answer.
pub(crate) const BROKEN: &str = "broken";

/// What is sent.
#[derive(Debug, Clone)]
pub(crate) struct Recipe {
    /// Where the collector listens.
    pub(crate) port: u16,
    /// Chance decides by it.
    pub(crate) seed: u64,
    /// Events of a request: between these, both included.
    pub(crate) events: (u32, u32),
    /// Of 100 requests, how many are late events, forms that name someone, or repeats of what was acknowledged.
    pub(crate) odd_percent: u8,
    /// Whether a batch that was not acknowledged is sent again, as the tracker does.
    pub(crate) sends_again: bool,
}

/// A batch on its way.
#[derive(Debug, Clone)]
pub(crate) struct Batch {
    ids: Vec<u128>,
    bytes: Vec<u8>,
    /// Whether it was sent before.
    again: bool,
}

/// Makes batches, sends them, and keeps the books.
pub(crate) struct Ledger {
    recipe: Recipe,
    /// Whether only what is open is sent.
    closing: bool,
    chance: Rng,
    made: u64,
    /// Sent, and neither acknowledged nor refused for good.
    open: VecDeque<Batch>,
    /// Some that were acknowledged, to be repeated.
    repeatable: VecDeque<Batch>,
    /// The ids of every event that was acknowledged, some more than once.
    pub(crate) acknowledged: Vec<u128>,
    /// The ids of every event that was sent.
    pub(crate) sent: Vec<u128>,
    /// How often each answer came: `200`, or the status and the code.
    pub(crate) answers: BTreeMap<String, u64>,
    /// Milliseconds from when a request was due until it was acknowledged.
    pub(crate) after_due_ms: Vec<f64>,
    /// The same from when it was sent.
    pub(crate) after_sent_ms: Vec<f64>,
}

impl Ledger {
    /// Empty books.
    pub(crate) fn new(recipe: Recipe) -> Ledger {
        Ledger {
            chance: Rng::with_seed(recipe.seed),
            recipe,
            closing: false,
            made: 0,
            open: VecDeque::new(),
            repeatable: VecDeque::new(),
            acknowledged: Vec::new(),
            sent: Vec::new(),
            answers: BTreeMap::new(),
            after_due_ms: Vec::new(),
            after_sent_ms: Vec::new(),
        }
    }

    /// Makes nothing new any more: what is open is sent to its end.
    pub(crate) fn close(&mut self) {
        self.closing = true;
    }

    /// Sends so many events a request from now on.
    pub(crate) fn batch_of(&mut self, events: u32) {
        self.recipe.events = (events, events);
    }

    /// Forgets times and answers: what comes from now on is measured.
    pub(crate) fn measure(&mut self) {
        self.answers.clear();
        self.after_due_ms.clear();
        self.after_sent_ms.clear();
    }

    /// How many events were acknowledged; the books of them begin anew.
    pub(crate) fn take_acknowledged(&mut self) -> u64 {
        self.sent.clear();
        std::mem::take(&mut self.acknowledged).len() as u64
    }

    /// Batches that wait to be sent again.
    pub(crate) fn open(&self) -> usize {
        self.open.len()
    }

    fn make(&mut self) -> Option<Batch> {
        let now_ms = now_ms().ok()?;
        let (least, most) = self.recipe.events;
        let count = self.chance.u32(least..=most);
        let odd = self.chance.u8(0..100) < self.recipe.odd_percent;
        let kind = if odd { self.chance.u8(0..3) } else { u8::MAX };
        if kind == 2
            && let Some(batch) = self.repeatable.pop_front()
        {
            return Some(batch);
        }
        let late_ms = if kind == 0 {
            self.chance.u64(0..LATE_MS_MAX)
        } else {
            0
        };
        let visitor = self.visitor();
        let mut batch = Batch {
            ids: Vec::new(),
            bytes: Vec::new(),
            again: false,
        };
        let origin = format!("http://127.0.0.1:{}", self.recipe.port);
        let mut events = Vec::new();
        for place in 0..count {
            let at = now_ms - late_ms - u64::from(count - place);
            let id = self.id(at);
            batch.ids.push(id);
            let (id, page) = (uuid(id), self.chance.u8(0..40));
            let names = kind == 1 && place == 0;
            let referrer = self.referrer(&origin);
            events.push(if names {
                format!(
                    r#"{{"id":"{id}","at":{at},"kind":"form_submit","url":"{origin}/demo/trial/","form":"trial","fields":{{"email":"p{visitor}@example.com","name":"Soak"}}}}"#
                )
            } else {
                format!(
                    r#"{{"id":"{id}","at":{at},"kind":"page_view","url":"{origin}/demo/{page}","referrer":"{referrer}","title":"Page {page}"}}"#
                )
            });
        }
        let body = format!(
            r#"{{"v":1,"site":"main.demo","visitor":"{}","sent":{now_ms},"events":[{}]}}"#,
            self.visitor_id(visitor),
            events.join(",")
        );
        batch.bytes = format!(
            "POST /e HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: {origin}\r\nUser-Agent: {USER_AGENT}\r\n\
             Content-Type: text/plain\r\nContent-Length: {}\r\n\r\n{body}",
            self.recipe.port,
            body.len()
        )
        .into_bytes();
        Some(batch)
    }

    /// Where a page was come to from.
    fn referrer(&mut self, origin: &str) -> String {
        if self.chance.u8(0..PAGES_PER_VISIT) == 0 {
            String::new()
        } else {
            format!("{origin}/demo/")
        }
    }

    /// Half of the batches come of someone who was there before.
    fn visitor(&mut self) -> u64 {
        let newest = self.made / EVENTS_PER_VISITOR;
        if self.chance.bool() {
            self.chance.u64(0..=newest)
        } else {
            newest
        }
    }

    fn visitor_id(&self, number: u64) -> String {
        let run = u128::from(self.recipe.seed & 0xffff_ffff) << 96;
        uuid(run | (7 << 76) | (0b10 << 62) | u128::from(number))
    }

    /// A uuid of version 7 that no other run has.
    fn id(&mut self, at_ms: u64) -> u128 {
        self.made += 1;
        let time = u128::from(at_ms & 0xffff_ffff_ffff) << 80;
        let chance = u128::from(self.chance.u16(0..0x1000)) << 64;
        let run = u128::from(self.recipe.seed & 0x3fff_ffff) << 32;
        time | (7 << 76) | chance | (0b10 << 62) | run | u128::from(self.made & 0xffff_ffff)
    }

    fn keep(&mut self, batch: Batch) {
        if self.repeatable.len() < KEPT_MAX {
            self.repeatable.push_back(batch);
        }
    }
}

impl Sender for Ledger {
    type Tag = Batch;

    fn next(&mut self) -> Option<(Vec<u8>, Batch)> {
        let batch = match self.open.pop_front() {
            Some(batch) => batch,
            None if self.closing => return None,
            None => self.make()?,
        };
        if !batch.again {
            self.sent.extend(&batch.ids);
        }
        Some((batch.bytes.clone(), batch))
    }

    fn ended(&mut self, mut batch: Batch, end: End) {
        batch.again = true;
        let (word, acknowledged) = match &end {
            End::Broken => (BROKEN.to_owned(), false),
            End::Answered { answer, .. } => {
                let said: serde_json::Value =
                    serde_json::from_str(&answer.body).unwrap_or_default();
                let member = |name: &str| said.get(name).and_then(serde_json::Value::as_u64);
                let whole = member("accepted") == Some(batch.ids.len() as u64);
                let code = said.get("code").and_then(serde_json::Value::as_str);
                match code {
                    None if whole => (answer.status.to_string(), answer.status == 200),
                    None => (format!("{} in part", answer.status), false),
                    Some(code) => (format!("{} {code}", answer.status), false),
                }
            }
        };
        *self.answers.entry(word).or_default() += 1;
        if acknowledged {
            self.acknowledged.extend(&batch.ids);
            if let End::Answered {
                after_due,
                after_sent,
                ..
            } = end
            {
                self.after_due_ms.push(after_due.as_secs_f64() * 1e3);
                self.after_sent_ms.push(after_sent.as_secs_f64() * 1e3);
            }
            self.keep(batch);
        } else if self.recipe.sends_again {
            self.open.push_back(batch);
        }
    }
}

/// An id as it travels.
pub(crate) fn uuid(id: u128) -> String {
    let digits = format!("{id:032x}");
    let part = |from, to| digits.get(from..to).unwrap_or_default();
    [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)]
        .map(|(from, to)| part(from, to))
        .join("-")
}

pub(crate) fn now_ms() -> Result<u64> {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .context("the clock is before 1970")?;
    Ok(u64::try_from(since.as_millis())?)
}

/// The value below which so many of 100 lie; 0 of none.
pub(crate) fn percentile(values: &mut [f64], percent: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    let place = (last as f64 * percent / 100.0).ceil() as usize;
    values.get(place).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Answer;
    use std::time::Duration;

    fn ledger(seed: u64) -> Ledger {
        Ledger::new(Recipe {
            port: 1,
            seed,
            events: (1, 5),
            odd_percent: 0,
            sends_again: true,
        })
    }

    fn answered(status: u16, body: &str) -> End {
        End::Answered {
            answer: Answer {
                status,
                head: String::new(),
                body: body.to_owned(),
            },
            after_due: Duration::ZERO,
            after_sent: Duration::ZERO,
        }
    }

    #[test]
    fn no_id_comes_twice_in_a_run_or_in_two() {
        let (mut one, mut other) = (ledger(1), ledger(2));
        for _ in 0..100 {
            assert!(one.next().is_some() && other.next().is_some());
        }
        let mut ids = [one.sent, other.sent].concat();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
        assert_eq!(uuid(ids[0]).len(), 36);
    }

    #[test]
    fn what_was_not_acknowledged_is_sent_again() {
        let mut ledger = ledger(1);
        let (bytes, batch) = ledger.next().unwrap();
        let ids = batch.ids.clone();
        ledger.ended(batch, answered(503, r#"{"code":"overloaded"}"#));
        let (again, batch) = ledger.next().unwrap();
        assert_eq!(again, bytes);
        ledger.ended(batch, End::Broken);
        let (_, batch) = ledger.next().unwrap();
        let body = format!(r#"{{"accepted":{},"refused":[]}}"#, ids.len());
        ledger.ended(batch, answered(200, &body));
        assert_eq!((ledger.open(), &ledger.acknowledged), (0, &ids));
        assert_eq!(ledger.sent, ids);
        let words: Vec<&str> = ledger.answers.keys().map(String::as_str).collect();
        assert_eq!(words, ["200", "503 overloaded", "broken"]);
    }

    #[test]
    fn a_percentile_is_one_of_the_values() {
        let mut values: Vec<f64> = (0..=100).rev().map(f64::from).collect();
        for (percent, expect) in [(0.0, 0.0), (50.0, 50.0), (99.0, 99.0), (100.0, 100.0)] {
            assert_eq!(percentile(&mut values, percent), expect);
        }
        assert_eq!(percentile(&mut [], 50.0), 0.0);
    }
}
