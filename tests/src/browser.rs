//! A real browser: Chromium, driven through the WebDriver protocol (W3C), spoken here in plain JSON.
//!
//! Each session has a fresh profile. The browser says neither "Headless" nor that a program drives it, because the
//! collector weighs such visits as nothing.

mod downloads;
mod session;

pub use downloads::Downloads;
pub use session::{Element, Session};

use crate::http::Client;
use crate::process::Group;
use crate::settings;
use serde_json::{Value, json};
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

/// How long one command may take; a page may be slow to load while other stories run.
const PATIENCE: Duration = Duration::from_secs(60);

/// The flags that Chromium needs here: as root, without a screen, without calls home.
const FLAGS: &[&str] = &[
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
    // Names for websites of the stories' own.
    "--host-resolver-rules=MAP *.test 127.0.0.1, MAP *.com.cn 127.0.0.1",
];

/// So often the driver is started at most.
const STARTS: u32 = 3;

/// The driver, from which sessions are opened.
pub struct Browser {
    _process: Group,
    client: Client,
    endpoint: String,
    user_agent: String,
    profiles: TempDir,
}

impl Browser {
    /// Starts the driver on a free port.
    pub fn start() -> Browser {
        let profiles = tempfile::tempdir().expect("a temporary directory");
        let log = profiles.path().join("chromedriver.log");
        let arguments = ["--port=0".to_owned(), "--log-level=WARNING".to_owned()];
        // The port that it finds free on one kind of address may be taken on the other: then it ends, and finds another.
        let start = || {
            let mut process = Group::start_tied(&settings::chromedriver(), &arguments, &log);
            let line = process.line_with("started successfully on port");
            match line {
                Some(line) => Ok((process, line)),
                None => Err(process.log_tail()),
            }
        };
        let started = (1..STARTS).find_map(|_| start().ok());
        let (process, line) = started
            .map_or_else(start, Ok)
            .unwrap_or_else(|why| panic!("chromedriver ended:\n{why}"));
        let port = line
            .trim_end()
            .trim_end_matches('.')
            .rsplit(' ')
            .next()
            .expect("the port in its last word");
        Browser {
            _process: process,
            client: Client::new(PATIENCE),
            endpoint: format!("http://127.0.0.1:{port}"),
            user_agent: user_agent(),
            profiles,
        }
    }

    /// A new browser window with a profile of its own, as a person's.
    pub fn open(&self) -> Session {
        self.open_as(&self.user_agent)
    }

    /// The same, under this name.
    pub fn open_as(&self, user_agent: &str) -> Session {
        let profile = tempfile::tempdir_in(self.profiles.path()).expect("a profile's directory");
        let own = [
            format!("--user-agent={user_agent}"),
            format!("--user-data-dir={}", profile.keep().display()),
        ];
        let arguments: Vec<&str> = FLAGS
            .iter()
            .copied()
            .chain(own.iter().map(String::as_str))
            .collect();
        let options = json!({
            "binary": settings::chromium(),
            "args": arguments,
            "excludeSwitches": ["enable-automation"],
        });
        let capabilities = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL"},
            "timeouts": {"script": 30_000, "pageLoad": 30_000, "implicit": 0},
        }}});
        let opened = command(
            &self.client,
            "POST",
            &format!("{}/session", self.endpoint),
            &capabilities,
        )
        .expect("a session of the browser");
        let id = opened["sessionId"].as_str().expect("the session's id");
        let session = Session::new(
            self.client.clone(),
            format!("{}/session/{id}", self.endpoint),
        );
        // A panic of the app tells where it happened, and not only that it did.
        session.devtools(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({"source": "Error.stackTraceLimit = 60"}),
        );
        session
    }
}

/// What Chromium calls itself when it has a screen.
fn user_agent() -> String {
    let output = Command::new(settings::chromium())
        .arg("--version")
        .output()
        .expect("the browser's version");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let major: String = text
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    format!(
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Safari/537.36"
    )
}

/// Sends one command; its value, or the protocol's error and message.
fn command(client: &Client, method: &str, url: &str, body: &Value) -> Result<Value, String> {
    let body = (method == "POST").then(|| body.to_string().into_bytes());
    let headers = [("content-type", "application/json")];
    let answer = client
        .send(method, url, &headers, body.as_deref())
        .unwrap_or_else(|error| panic!("the browser's driver is gone: {method} {url}: {error:?}"));
    let mut answer: Value = answer.json();
    let value = answer["value"].take();
    match value["error"].as_str() {
        Some(error) if value["stacktrace"].is_string() => Err(format!(
            "{error}: {}",
            value["message"].as_str().unwrap_or_default()
        )),
        _ => Ok(value),
    }
}
