//! What a worker with test doors tells of its store: which events it has, and a digest of its projections.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::batches::uuid;
use crate::http::Request;

/// Ids asked for at once.
const IDS_A_CALL: usize = 5_000;
/// How long a rebuild may take.
const REBUILD_MAX: Duration = Duration::from_secs(30 * 60);

/// Asks a door, with a body where it takes one.
fn ask(port: u16, path: &str, body: &str) -> Result<Value> {
    let answer = Request {
        method: if body.is_empty() { "GET" } else { "POST" },
        host: "localhost",
        port,
        path: &format!("/__test{path}"),
        headers: &[],
        body,
    }
    .send()?;
    if answer.status != 200 {
        bail!("{path} was answered {}: {}", answer.status, answer.body);
    }
    Ok(serde_json::from_str(&answer.body)?)
}

/// How many of these ids are of an event in the journal. Ids may stand there more than once.
pub(crate) fn count_known(port: u16, ids: &[u128]) -> Result<u64> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let mut known = 0;
    for part in ids.chunks(IDS_A_CALL) {
        let names: Vec<String> = part.iter().map(|id| uuid(*id)).collect();
        let body = serde_json::to_string(&names)?;
        let answer = ask(port, "/known", &body)?;
        known += answer.as_u64().context("/known gives a number")?;
    }
    Ok(known)
}

/// A digest of the projections, a line for each group of visitors and one for the rest.
pub(crate) fn digest(port: u16) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    let mut after = Value::String(String::new());
    while after.is_string() {
        let answer = ask(port, "/digest", &after.to_string())?;
        let part = |name: &str| answer.get(name).cloned().unwrap_or_default();
        lines.push(part("digest").to_string());
        after = part("next");
    }
    Ok(lines)
}

/// Builds the projections anew, and waits until that is done.
pub(crate) fn rebuild(port: u16) -> Result<()> {
    ask(port, "/rebuild", "")?;
    let deadline = Instant::now() + REBUILD_MAX;
    while ask(port, "/rebuilding", "")? != Value::Bool(false) {
        if Instant::now() > deadline {
            bail!("the rebuild does not end");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}
