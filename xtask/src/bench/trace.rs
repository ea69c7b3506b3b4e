//! Reads a trace of Chromium (Trace Event Format): how long the main thread of the page was busy.

use anyhow::{Context, Result};
use serde_json::Value;

/// Names every task of every thread, and little else.
pub(super) const CATEGORIES: &[&str] =
    &["disabled-by-default-devtools.timeline", "blink.user_timing"];

/// A task of a thread, from the loop that runs them.
const TASK: &str = "RunTask";
/// What only the main thread of a page that is being loaded says.
const PAGE: &str = "domContentLoadedEventStart";
/// When the page has loaded.
const LOADED: &str = "loadEventEnd";

/// How long the main thread of a page was busy.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Load {
    /// With the tasks that began before the page had loaded: those that a visitor waits for.
    pub(super) start: Busy,
    /// With all of them.
    pub(super) whole: Busy,
}

/// The time of the tasks of one thread.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Busy {
    /// From their beginning to their end, so with what they waited for.
    pub(super) wall_ms: f64,
    /// Of it on a processor. On a busy machine it is the less disturbed of the two.
    pub(super) cpu_ms: f64,
}

impl Load {
    /// The tasks of the main thread of the one page that was loaded while the trace ran.
    pub(super) fn of_page(events: &[Value]) -> Result<Self> {
        let page = events
            .iter()
            .find(|event| event["name"] == PAGE)
            .context("no page was loaded while it was traced")?;
        let loaded_us = events
            .iter()
            .filter(|event| event["name"] == LOADED && event["pid"] == page["pid"])
            .find_map(|event| event["ts"].as_f64())
            .context("the page did not load while it was traced")?;
        let mut tasks: Vec<(f64, f64, f64)> = events
            .iter()
            .filter(|event| event["name"] == TASK)
            .filter(|event| event["pid"] == page["pid"] && event["tid"] == page["tid"])
            .filter_map(|event| {
                let cpu_us = event["tdur"].as_f64().unwrap_or(0.0);
                Some((event["ts"].as_f64()?, event["dur"].as_f64()?, cpu_us))
            })
            .collect();
        tasks.sort_by(|one, other| one.0.total_cmp(&other.0));
        let (mut load, mut end_us) = (Self::default(), 0.0);
        for (start_us, wall_us, cpu_us) in tasks {
            // A task inside another is a part of it.
            if start_us >= end_us {
                load.whole.add(wall_us, cpu_us);
                if start_us < loaded_us {
                    load.start.add(wall_us, cpu_us);
                }
                end_us = start_us + wall_us;
            }
        }
        Ok(load)
    }
}

impl Busy {
    fn add(&mut self, wall_us: f64, cpu_us: f64) {
        self.wall_ms += wall_us / 1e3;
        self.cpu_ms += cpu_us / 1e3;
    }

    /// What is added to `other`.
    pub(super) fn minus(self, other: Self) -> Self {
        Self {
            wall_ms: self.wall_ms - other.wall_ms,
            cpu_ms: self.cpu_ms - other.cpu_ms,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn task(thread: u32, ts: u32, dur: u32, tdur: u32) -> Value {
        json!({"name": TASK, "pid": 7, "tid": thread, "ts": ts, "dur": dur, "tdur": tdur})
    }

    #[test]
    fn the_outer_tasks_of_the_page_are_summed() {
        let page = json!({"name": PAGE, "pid": 7, "tid": 1, "ts": 5});
        let loaded = json!({"name": LOADED, "pid": 7, "tid": 1, "ts": 4_000});
        let busy = |wall_ms, cpu_ms| Busy { wall_ms, cpu_ms };
        for (what, tasks, start, whole) in [
            ("none", vec![], busy(0.0, 0.0), busy(0.0, 0.0)),
            (
                "two",
                vec![task(1, 5_000, 2_000, 500), task(1, 0, 1_000, 1_000)],
                busy(1.0, 1.0),
                busy(3.0, 1.5),
            ),
            (
                "one inside another",
                vec![task(1, 100, 500, 100), task(1, 0, 1_000, 1_000)],
                busy(1.0, 1.0),
                busy(1.0, 1.0),
            ),
            (
                "one of another thread",
                vec![task(2, 0, 1_000, 1_000)],
                busy(0.0, 0.0),
                busy(0.0, 0.0),
            ),
        ] {
            let said = [page.clone(), loaded.clone()];
            let events: Vec<Value> = tasks.into_iter().chain(said).collect();
            let load = Load::of_page(&events).unwrap();
            assert_eq!(load, Load { start, whole }, "{what}");
        }
        assert!(Load::of_page(&[task(1, 0, 1, 1)]).is_err());
        assert!(Load::of_page(&[page]).is_err());
    }
}
