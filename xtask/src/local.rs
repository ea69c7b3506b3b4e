//! The local runtime as a child process: `xtask/node/serve.mjs`, started, awaited and ended.
//!
//! It ends when its stdin closes, which also happens when this process is killed.

use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::build::Artefacts;
use crate::fingerprint::hex;
use crate::http::Request;
use crate::layout::Layout;
use crate::process::end;

/// How long the runtime may take to end by itself.
const END_TIMEOUT: Duration = Duration::from_secs(10);

/// A running local runtime.
pub(crate) struct Server {
    child: Child,
    port: u16,
}

/// The script that serves.
pub(crate) fn serve_script(layout: &Layout) -> PathBuf {
    layout.node_dir().join("serve.mjs")
}

impl Server {
    /// Starts it and waits until it answers. Port 0 takes any free one.
    pub(crate) fn start(
        layout: &Layout,
        built: &Artefacts,
        data: &Path,
        port: u16,
        bindings: &[(&str, &str)],
    ) -> Result<Self> {
        let mut command = Command::new("node");
        command
            .arg(serve_script(layout))
            .args(["--port", &port.to_string()])
            .arg("--worker")
            .arg(&built.worker)
            .arg("--dist")
            .arg(&built.static_files)
            .arg("--data")
            .arg(data)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        for (key, value) in bindings {
            command.arg("--bind").arg(format!("{key}={value}"));
        }
        let mut child = command.spawn().context("node does not start")?;
        let port = read_port(&mut child)
            .context("the local runtime did not start; the lines above say why")?;
        Ok(Self { child, port })
    }

    /// Where it listens.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Whether it ended by itself.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child
            .try_wait()
            .context("the local runtime cannot be waited for")
    }

    /// Ends it and waits for it.
    pub(crate) fn stop(mut self) -> Result<()> {
        end(&mut self.child, END_TIMEOUT)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = end(&mut self.child, END_TIMEOUT);
    }
}

/// Reads the one line on the runtime's stdout.
fn read_port(child: &mut Child) -> Result<u16> {
    let stdout = child
        .stdout
        .take()
        .context("the local runtime has no stdout")?;
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line)?;
    let ready: serde_json::Value =
        serde_json::from_str(&line).context("the local runtime ended early")?;
    let port = ready
        .get("port")
        .and_then(serde_json::Value::as_u64)
        .and_then(|port| u16::try_from(port).ok());
    port.context("the local runtime named no port")
}

/// A token nobody can guess, as hex.
pub(crate) fn new_token() -> Result<String> {
    let mut bytes = [0; 20];
    std::fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .context("/dev/urandom gives no random bytes")?;
    Ok(hex(&bytes))
}

/// Fails when something already listens there.
pub(crate) fn need_free_port(port: u16) -> Result<()> {
    const ADVICE: &str = "stop what uses it, or name another with --port";
    if let Err(error) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        bail!("port {port} cannot be used ({error}): {ADVICE}");
    }
    // Browsers may try ::1 first for `localhost`. A machine without IPv6 gives another error.
    let on_ipv6 = TcpListener::bind((Ipv6Addr::LOCALHOST, port));
    if on_ipv6.is_err_and(|error| error.kind() == ErrorKind::AddrInUse) {
        bail!("port {port} of [::1] is in use, so localhost would lead there: {ADVICE}");
    }
    Ok(())
}

/// A port that was free a moment ago.
pub(crate) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
    Ok(listener.local_addr()?.port())
}

/// Whether the workspace still waits for its first account. `None` when the worker does not say.
pub(crate) fn setup_is_open(port: u16) -> Option<bool> {
    let answer = Request {
        method: "GET",
        host: "localhost",
        port,
        path: "/api/setup",
        headers: &[],
        body: "",
    }
    .send()
    .ok()?;
    let state: serde_json::Value = serde_json::from_str(&answer.body).ok()?;
    state.get("open")?.as_bool()
}
