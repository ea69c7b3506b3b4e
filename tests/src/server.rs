//! The worker on this machine, as `cargo xtask run` starts it, with the doors that only a test's build has.

use crate::http::{Answer, Client};
use crate::live::Live;
use crate::member::Member;
use crate::process::Group;
use crate::visitor::Visitor;
use crate::wait;
use crate::{new_uuid, now_ms, settings};
use domain::id::Ms;
use domain::journal::Fact;
use serde::Deserialize;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

/// What is due later than that is a plan and not a job: to trim, to forget, to try again what failed five times.
const SETTLED_FOR_MS: Ms = 30 * 60_000;
/// How far [`Server::settle`] moves the clock at a time.
const STEP_MS: Ms = 15_000;

/// How long all that is due may take: the scores of a thousand people are published one after the other.
const SETTLING: Duration = Duration::from_secs(90);

/// How long a request may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running worker with a data directory of its own.
pub struct Server {
    data: TempDir,
    /// The secret in its set-up link.
    pub token: String,
    /// Its port, the same after a restart.
    pub port: u16,
    client: Client,
    process: Option<Group>,
    options: Vec<String>,
}

#[derive(Deserialize)]
struct Ready {
    port: u16,
}

/// What the object has counted since it woke.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Rows {
    /// Events stored, ever.
    pub events: u64,
    /// Those of them that have left the object.
    pub events_trimmed: u64,
    /// Ids by which a repeat is known.
    pub ids: u64,
    /// Rows written, of every table and index.
    pub rows_written: u64,
}

impl Server {
    /// Starts one that knows nobody.
    pub fn start() -> Server {
        Server::start_on(tempfile::tempdir().expect("a temporary directory"))
    }

    /// Starts one that knows nobody, with options of `serve.mjs` besides.
    pub fn start_with(options: &[&str]) -> Server {
        let data = tempfile::tempdir().expect("a temporary directory");
        Server::start_as(data, options)
    }

    /// Starts one on a directory that holds what an earlier one left.
    pub fn start_on(data: TempDir) -> Server {
        Server::start_as(data, &[])
    }

    fn start_as(data: TempDir, options: &[&str]) -> Server {
        let token = new_uuid().simple().to_string();
        let mut server = Server {
            data,
            options: options.iter().map(|option| (*option).to_owned()).collect(),
            token,
            port: 0,
            client: Client::new(PATIENCE),
            process: None,
        };
        server.begin();
        server
    }

    /// Starts one whose workspace is open; its owner is signed in.
    pub fn opened() -> (Server, Member) {
        Server::opened_with(&[])
    }

    /// The same, with options of `serve.mjs` besides.
    pub fn opened_with(options: &[&str]) -> (Server, Member) {
        let server = Server::start_with(options);
        let owner = Member::sets_up(&server);
        (server, owner)
    }

    fn begin(&mut self) {
        let mut command = Command::new("node");
        command
            .arg(settings::serve_script())
            .args(["--port", &self.port.to_string()])
            .arg("--worker")
            .arg(settings::worker())
            .arg("--dist")
            .arg(settings::dist())
            .arg("--data")
            .arg(self.data.path())
            .args(["--bind", &format!("SETUP_TOKEN={}", self.token)])
            // A story sends in a moment what a website gets in an hour; those about limits name their own.
            .args(["--bind", "CLIENT_EVENTS_PER_S=100000"])
            .args(["--bind", "SITE_EVENTS_PER_S=100000"])
            .args(&self.options);
        let mut process = Group::start(&mut command, &self.data.path().join("log"));
        let line = process
            .line_with("ready")
            .unwrap_or_else(|| panic!("the server ended:\n{}", process.log_tail()));
        let ready: Ready = serde_json::from_str(&line).expect("the line that says it is ready");
        self.port = ready.port;
        self.client = Client::new(PATIENCE);
        self.process = Some(process);
    }

    /// Kills every process of it at once, as a power cut would.
    pub fn kill(&mut self) {
        self.process = None;
    }

    /// Starts it again on the same data and port.
    pub fn restart(&mut self) {
        self.kill();
        self.begin();
    }

    /// Whether it has said this on standard error.
    pub fn has_said(&self, words: &str) -> bool {
        let log = std::fs::read_to_string(self.data.path().join("log"));
        log.is_ok_and(|log| log.contains(words))
    }

    /// Where its data lies.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// An address on the workspace's host.
    pub fn app(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// An address on the public host.
    pub fn public(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The one-time link.
    pub fn set_up_link(&self) -> String {
        self.app(&format!("/setup#token={}", self.token))
    }

    /// A request without anything a story does not give.
    #[track_caller]
    pub fn ask(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: Option<&[u8]>,
    ) -> Answer {
        self.client
            .send(method, url, headers, body)
            .unwrap_or_else(|error| panic!("{method} {url}: {error:?}"))
    }

    /// A new browser on the sample website.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(self)
    }

    /// A live socket of that member.
    pub fn live(&self, member: &Member, after: Option<u64>) -> Live {
        Live::connect(self, member, after).expect("a live socket")
    }

    fn door(&self, path: &str) -> Answer {
        let answer = self.ask("GET", &self.app(&format!("/__test{path}")), &[], None);
        assert_eq!(answer.status, 200, "/__test{path}: {}", answer.text());
        answer
    }

    /// Moves the worker's clock this far from the machine's.
    pub fn set_clock(&self, offset_ms: Ms) {
        self.door(&format!("/clock?offset_ms={offset_ms}"));
    }

    /// Runs the timers that are due; when the next one is.
    pub fn run_timers(&self) -> Option<Ms> {
        self.door("/timers").json()
    }

    /// Runs timers, the clock moved ahead so that they are due, until none is due soon. The clock is put back.
    pub fn settle(&self) {
        self.settle_at(0);
    }

    /// The same, beginning this far from the machine's time.
    pub fn settle_at(&self, mut offset_ms: Ms) {
        wait::within(SETTLING, "every timer to be done", || {
            offset_ms += STEP_MS;
            self.set_clock(offset_ms);
            let next = self.run_timers();
            let soon = now_ms() + offset_ms + SETTLED_FOR_MS;
            next.is_none_or(|next| next > soon).then_some(())
        });
        self.set_clock(0);
    }

    /// Runs timers for so long, by a clock that is moved ahead, whether or not all are done. The clock is put back.
    pub fn run_for(&self, from_ms: Ms, lasts_ms: Ms) {
        let mut offset_ms = from_ms;
        while offset_ms < from_ms + lasts_ms {
            offset_ms += STEP_MS;
            self.set_clock(offset_ms);
            self.run_timers();
        }
        self.set_clock(0);
    }

    /// The projections, a line a row.
    pub fn projections(&self) -> Vec<String> {
        self.door("/projections").json()
    }

    /// Every row of every table, a line a row.
    pub fn tables(&self) -> Vec<String> {
        self.door("/tables").json()
    }

    /// The journal, whole.
    pub fn journal(&self) -> Vec<Fact> {
        let lines: Vec<String> = self.door("/journal").json();
        lines
            .iter()
            .map(|line| Fact::decode(line).expect("a fact of the journal"))
            .collect()
    }

    /// What the object has counted since it woke.
    pub fn rows(&self) -> Rows {
        self.door("/rows").json()
    }

    /// Edge KV's keys that begin with `prefix`.
    pub fn kv_keys(&self, prefix: &str) -> Vec<String> {
        self.door(&format!("/kv?prefix={prefix}")).json()
    }

    /// Puts a value into edge KV, or takes one away, behind the product's back.
    pub fn change_kv(&self, key: &str, value: Option<&[u8]>) {
        let method = if value.is_some() { "PUT" } else { "DELETE" };
        let url = self.app(&format!("/__test/kv?key={key}"));
        assert_eq!(self.ask(method, &url, &[], value).status, 200);
    }

    /// Breaks edge KV for the product: `fail`, `fail_writes`, `lag` or `cut`; an empty name mends it.
    pub fn break_kv(&self, how: &str) {
        self.door(&format!("/kv-fault?is={how}"));
    }

    /// Every write to edge KV since this was first asked, by the platform's clock: when, and which key.
    pub fn kv_writes(&self) -> Vec<(Ms, String)> {
        let lines: Vec<String> = self.door("/kv-writes").json();
        let read = |line: &String| {
            let (at, key) = line.split_once(' ')?;
            Some((at.parse().ok()?, key.to_owned()))
        };
        let writes = lines.iter().map(read).collect::<Option<_>>();
        writes.expect("each a time and a key")
    }

    /// What edge KV holds under a key; nothing gives nothing.
    pub fn kv_value(&self, key: &str) -> Vec<u8> {
        self.door(&format!("/kv?key={key}")).body
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let (true, Some(process)) = (std::thread::panicking(), &self.process) {
            eprintln!("the server's last words:\n{}", process.log_tail());
        }
    }
}
