//! Load on the collector: `wrk` with a script that makes every event new, and what it reports.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::layout::Layout;
use crate::local::new_token;
use crate::packages;
use crate::process::on_path;

/// Open connections: enough that the collector's group commit always has a group.
const CONNECTIONS: u32 = 64;

/// What one load run gave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Report {
    /// Requests that were answered.
    pub(crate) requests: u64,
    /// Of those, answered with 4xx or 5xx.
    pub(crate) refused: u64,
    /// Connections that failed, were cut, or timed out.
    pub(crate) broken: u64,
    /// Answered requests a second.
    pub(crate) requests_per_s: f64,
    /// Half of the answers came within.
    pub(crate) p50_ms: f64,
    /// 99 of 100 answers came within.
    pub(crate) p99_ms: f64,
}

/// Installs `wrk` when it is missing.
pub(crate) fn need_wrk() -> Result<()> {
    if on_path(&["wrk"]).is_some() {
        return Ok(());
    }
    packages::install(&["wrk"], "the load benches need wrk")
}

/// Sends events for some seconds, as fast as they are answered.
pub(crate) fn collect(
    layout: &Layout,
    port: u16,
    seconds: u32,
    events_per_request: u32,
) -> Result<Report> {
    let run = u32::from_str_radix(new_token()?.get(..5).unwrap_or("0"), 16)?;
    let connections = CONNECTIONS.to_string();
    let duration = format!("{seconds}s");
    let output = Command::new("wrk")
        .args([
            "-t1",
            "-c",
            &connections,
            "-d",
            &duration,
            "--timeout",
            "10s",
            "-s",
        ])
        .arg(layout.node_dir().join("collect.lua"))
        .arg(format!("http://127.0.0.1:{port}"))
        .args(["--", &events_per_request.to_string(), &run.to_string()])
        .output()
        .context("wrk does not start")?;
    if !output.status.success() {
        bail!(
            "wrk failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    read_report(&String::from_utf8_lossy(&output.stdout))
}

/// Reads the line that the script prints when it is done.
fn read_report(said: &str) -> Result<Report> {
    let Some(line) = said.lines().find_map(|line| line.strip_prefix("REPORT ")) else {
        bail!("wrk reported nothing: {said}");
    };
    let value: serde_json::Value =
        serde_json::from_str(line).context("wrk's report cannot be read")?;
    let number = |name: &str| {
        value
            .get(name)
            .and_then(serde_json::Value::as_f64)
            .with_context(|| format!("no {name}"))
    };
    let requests = number("requests")?;
    Ok(Report {
        requests: requests as u64,
        refused: number("refused")? as u64,
        broken: number("broken")? as u64,
        requests_per_s: requests / (number("duration_us")? / 1e6),
        p50_ms: number("p50_us")? / 1e3,
        p99_ms: number("p99_us")? / 1e3,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_found_among_what_wrk_prints() {
        let said = "Running 1s test\nREPORT {\"requests\":300,\"refused\":1,\"broken\":0,\"duration_us\":2000000,\"p50_us\":1500,\"p99_us\":9000}\n";
        let report = Report {
            requests: 300,
            refused: 1,
            broken: 0,
            requests_per_s: 150.0,
            p50_ms: 1.5,
            p99_ms: 9.0,
        };
        assert_eq!(read_report(said).unwrap(), report);
        assert!(read_report("unable to connect").is_err());
    }
}
