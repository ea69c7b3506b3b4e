//! Chromium by its own protocol (Chrome DevTools Protocol), through a pair of pipes: JSON messages, each
//! with a zero byte after it. Chromium ends when the pipes close, so also when this process is killed.
//!
//! Not WebDriver: its driver hands back only parts of a trace, and speaks to the page while it is measured.

use std::collections::VecDeque;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::process::end;

/// How long one command may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long Chromium may take to end by itself.
const END_PATIENCE: Duration = Duration::from_secs(10);

/// Where `--remote-debugging-pipe` expects the pipes: it reads descriptor 3 and writes descriptor 4.
const PIPED: &str = r#"exec "$@" 3<&0 4>&1 </dev/null >/dev/null"#;

/// The flags that Chromium needs here: as root, without a screen, without calls home, and as a person's:
/// the tracker tells of a browser that says that a program drives it.
const FLAGS: &[&str] = &[
    "--remote-debugging-pipe",
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-blink-features=AutomationControlled",
    "--window-size=1400,1000",
];

/// A running Chromium with a profile of its own.
pub(crate) struct Chromium {
    child: Child,
    messages: Receiver<Value>,
    last_id: u64,
    /// Heard while an answer was waited for.
    events: VecDeque<Value>,
}

/// A tab.
pub(crate) struct Tab<'a> {
    chromium: &'a mut Chromium,
    target: String,
    session: String,
}

impl Chromium {
    /// Starts the program on a fresh profile in `folder`, which is made anew.
    pub(crate) fn start(program: &Path, folder: &Path) -> Result<Self> {
        Self::start_by(&[], program, folder)
    }

    /// The same, all of it on one core: the first.
    pub(crate) fn start_on_one_core(program: &Path, folder: &Path) -> Result<Self> {
        Self::start_by(&["taskset", "--cpu-list", "0"], program, folder)
    }

    fn start_by(by: &[&str], program: &Path, folder: &Path) -> Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(folder)
                .context("the browser's profile of the last run cannot be removed")?;
        }
        fs::create_dir_all(folder)?;
        let log = fs::File::create(folder.join("chromium.log"))?;
        let mut child = Command::new("sh")
            .args(["-c", PIPED, "sh"])
            .args(by)
            .arg(program)
            .args(FLAGS)
            .arg(format!(
                "--user-data-dir={}",
                folder.join("profile").display()
            ))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .with_context(|| format!("{} does not start", program.display()))?;
        let output = child.stdout.take().context("Chromium has no output")?;
        let mut started = Self {
            child,
            messages: listen(output),
            last_id: 0,
            events: VecDeque::new(),
        };
        started
            .call(None, "Browser.getVersion", json!({}))
            .with_context(|| {
                format!(
                    "Chromium did not start; {}/chromium.log says why",
                    folder.display()
                )
            })?;
        Ok(started)
    }

    /// Opens a tab.
    pub(crate) fn open(&mut self) -> Result<Tab<'_>> {
        let made = self.call(None, "Target.createTarget", json!({"url": "about:blank"}))?;
        let target = text(&made, "targetId")?;
        let to = json!({"targetId": target, "flatten": true});
        let session = text(&self.call(None, "Target.attachToTarget", to)?, "sessionId")?;
        self.call(Some(&session), "Page.enable", json!({}))?;
        Ok(Tab {
            chromium: self,
            target,
            session,
        })
    }

    fn call(&mut self, session: Option<&str>, method: &str, parameters: Value) -> Result<Value> {
        self.last_id += 1;
        let mut message = json!({"id": self.last_id, "method": method, "params": parameters});
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        let input = self.child.stdin.as_mut().context("Chromium has no input")?;
        input.write_all(&bytes).context("Chromium is gone")?;
        loop {
            let mut said = self.hear(method)?;
            if said["id"] != self.last_id {
                self.events.push_back(said);
            } else if said["error"].is_null() {
                return Ok(said["result"].take());
            } else {
                bail!("Chromium refused {method}: {}", said["error"]);
            }
        }
    }

    /// The events up to the next one of this name, with it.
    fn until(&mut self, name: &str) -> Result<Vec<Value>> {
        let mut events = Vec::new();
        loop {
            let event = match self.events.pop_front() {
                Some(event) => event,
                None => self.hear(name)?,
            };
            let is_last = event["method"] == name;
            events.push(event);
            if is_last {
                return Ok(events);
            }
        }
    }

    fn hear(&self, what: &str) -> Result<Value> {
        self.messages
            .recv_timeout(PATIENCE)
            .with_context(|| format!("Chromium said nothing to {what}"))
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = end(&mut self.child, END_PATIENCE);
    }
}

impl Tab<'_> {
    fn call(&mut self, method: &str, parameters: Value) -> Result<Value> {
        self.chromium.call(Some(&self.session), method, parameters)
    }

    /// Runs a script in each page that comes, before the page's own.
    pub(crate) fn prepare(&mut self, script: &str) -> Result<()> {
        let source = json!({"source": script});
        self.call("Page.addScriptToEvaluateOnNewDocument", source)?;
        Ok(())
    }

    /// Lets the processor of the tab's page be so many times slower.
    pub(crate) fn throttle(&mut self, rate: u32) -> Result<()> {
        self.call("Emulation.setCPUThrottlingRate", json!({"rate": rate}))?;
        Ok(())
    }

    /// Goes to an address, and waits for the beginning of its page.
    pub(crate) fn begin(&mut self, address: &str) -> Result<()> {
        self.chromium.events.clear();
        let went = self.call("Page.navigate", json!({"url": address}))?;
        match went["errorText"].as_str() {
            Some(error) => bail!("{address} cannot be opened: {error}"),
            None => Ok(()),
        }
    }

    /// Waits until the page that was begun is loaded.
    pub(crate) fn loaded(&mut self) -> Result<()> {
        self.chromium.until("Page.loadEventFired").map(drop)
    }

    /// Says to a part of Chromium how it is to be: a method of its protocol that answers nothing of interest.
    pub(crate) fn set(&mut self, method: &str, parameters: Value) -> Result<()> {
        self.call(method, parameters).map(drop)
    }

    /// What the tab shows now, as a PNG.
    pub(crate) fn picture(&mut self) -> Result<Vec<u8>> {
        let taken = self.call("Page.captureScreenshot", json!({"format": "png"}))?;
        let bytes = STANDARD.decode(text(&taken, "data")?);
        bytes.context("Chromium's picture is no base64")
    }

    /// The value that the promise of an expression in the page comes to.
    pub(crate) fn settle(&mut self, expression: &str) -> Result<Value> {
        let asked = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        self.value(asked)
    }

    /// The value of an expression in the page.
    pub(crate) fn evaluate(&mut self, expression: &str) -> Result<Value> {
        self.value(json!({"expression": expression, "returnByValue": true}))
    }

    fn value(&mut self, asked: Value) -> Result<Value> {
        let mut said = self.call("Runtime.evaluate", asked)?;
        if !said["exceptionDetails"].is_null() {
            bail!("a script failed in the page: {}", said["exceptionDetails"]);
        }
        Ok(said["result"]["value"].take())
    }

    /// Begins to note what every thread does, by the trace's categories.
    pub(crate) fn trace(&mut self, categories: &[&str]) -> Result<()> {
        let noted = json!({"includedCategories": categories, "excludedCategories": ["*"]});
        let how = json!({"traceConfig": noted, "transferMode": "ReportEvents"});
        self.chromium.call(None, "Tracing.start", how)?;
        Ok(())
    }

    /// Ends what [`Tab::trace`] began: the events of the trace, in no order.
    pub(crate) fn traced(&mut self) -> Result<Vec<Value>> {
        self.chromium.events.clear();
        self.chromium.call(None, "Tracing.end", json!({}))?;
        let mut events = Vec::new();
        for mut heard in self.chromium.until("Tracing.tracingComplete")? {
            if heard["params"]["dataLossOccurred"] == true {
                bail!("Chromium lost a part of its trace");
            }
            if let Value::Array(part) = heard["params"]["value"].take() {
                events.extend(part);
            }
        }
        Ok(events)
    }

    /// Closes it.
    pub(crate) fn close(self) -> Result<()> {
        let target = json!({"targetId": self.target});
        self.chromium.call(None, "Target.closeTarget", target)?;
        Ok(())
    }
}

/// Reads what Chromium says until it ends.
fn listen(output: ChildStdout) -> Receiver<Value> {
    let (said, messages) = mpsc::channel();
    thread::spawn(move || {
        for message in BufReader::new(output).split(0) {
            let Some(message) = message
                .ok()
                .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            else {
                break;
            };
            if said.send(message).is_err() {
                break;
            }
        }
    });
    messages
}

fn text(answer: &Value, name: &str) -> Result<String> {
    let value = answer[name].as_str();
    Ok(value
        .with_context(|| format!("Chromium named no {name}"))?
        .to_owned())
}
