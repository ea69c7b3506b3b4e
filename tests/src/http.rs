//! HTTP requests whose every header the story decides, and their answers.

use domain::api::ApiError;
use serde::de::DeserializeOwned;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;
use ureq::http;

/// What a person's browser calls itself.
pub const USER_AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";

/// How long a connection is kept that nothing uses: less than the five seconds after which the server hangs up, on a
/// machine that is busy.
const IDLE_MAX: Duration = Duration::from_secs(2);

/// A client that keeps its connections.
#[derive(Clone)]
pub struct Client(ureq::Agent);

/// An answer, whole.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: http::HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

/// No answer: the connection broke, or the time was up.
#[derive(Debug)]
pub struct NoAnswer(pub String);

impl Client {
    /// A client that gives up after so long.
    pub fn new(patience: Duration) -> Client {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(patience))
            .max_idle_age(IDLE_MAX)
            .build();
        Client(config.into())
    }

    /// Sends a request; without a body when there is none.
    pub fn send(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: Option<&[u8]>,
    ) -> Result<Answer, NoAnswer> {
        let mut request = http::Request::builder().method(method).uri(url);
        if !headers.iter().any(|(name, _)| *name == "user-agent") {
            request = request.header("user-agent", USER_AGENT);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let whole = "a well-formed request";
        let answer = match body {
            Some(body) => self.0.run(request.body(body.to_vec()).expect(whole)),
            None => self.0.run(request.body(()).expect(whole)),
        };
        let mut answer = answer.map_err(|error| NoAnswer(error.to_string()))?;
        let body = answer
            .body_mut()
            .with_config()
            .limit(64 * 1024 * 1024)
            .read_to_vec()
            .map_err(|error| NoAnswer(error.to_string()))?;
        Ok(Answer {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            body,
        })
    }
}

/// Writes these bytes to a server on this machine, and reads what it answers before it hangs up. For what no client
/// sends: bodies longer than their limit, hosts that are somebody else's.
pub fn send_raw(port: u16, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .expect("a time limit");
    stream.write_all(bytes).expect("the request is sent");
    let (mut answer, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => answer.extend_from_slice(&buffer[..read]),
            Err(_) if !answer.is_empty() => break,
            Err(error) => panic!("no answer: {error}"),
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}

impl Answer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON of that form.
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{} {}: {error}", self.status, self.text()))
    }

    /// The body as the API's error.
    #[track_caller]
    pub fn error(&self) -> ApiError {
        self.json()
    }
}
