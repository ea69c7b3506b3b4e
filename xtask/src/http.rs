//! Enough HTTP to speak to a server of our own on the loopback: one request, one connection, one answer.
//!
//! Not a client for anything else: no TLS, no redirects, no cookies.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// How long an answer may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A request to `127.0.0.1`, under the name the server shall see.
pub(crate) struct Request<'a> {
    /// `GET` or `POST`.
    pub(crate) method: &'a str,
    /// The name in `Host`, without the port.
    pub(crate) host: &'a str,
    /// Where the server listens.
    pub(crate) port: u16,
    /// Path and query.
    pub(crate) path: &'a str,
    /// More headers.
    pub(crate) headers: &'a [(&'a str, &'a str)],
    /// The body, may be empty.
    pub(crate) body: &'a str,
}

/// What came back.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The status code.
    pub(crate) status: u16,
    /// The head.
    pub(crate) head: String,
    /// The body as text.
    pub(crate) body: String,
}

impl Answer {
    /// The value of a field of its head.
    pub(crate) fn header(&self, wanted: &str) -> Option<&str> {
        header(&self.head, wanted)
    }
}

impl Request<'_> {
    /// Sends it and reads the whole answer.
    pub(crate) fn send(&self) -> Result<Answer> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let mut stream = TcpStream::connect_timeout(&address, TIMEOUT)
            .with_context(|| format!("nothing answers on port {}", self.port))?;
        stream.set_read_timeout(Some(TIMEOUT))?;
        stream.write_all(self.text().as_bytes())?;
        let mut bytes = Vec::new();
        let mut chunk = [0; 16 * 1024];
        // Not until the end of the connection: workerd leaves it open for seconds.
        while !is_whole(&bytes) {
            let read = stream
                .read(&mut chunk)
                .with_context(|| format!("{} {} was not answered", self.method, self.path))?;
            if read == 0 {
                break;
            }
            bytes.extend(chunk.iter().take(read));
        }
        read_answer(&bytes)
    }

    fn text(&self) -> String {
        let mut text = format!(
            "{} {} HTTP/1.1\r\nHost: {}:{}\r\nConnection: close\r\nContent-Length: {}\r\n",
            self.method,
            self.path,
            self.host,
            self.port,
            self.body.len()
        );
        for (name, value) in self.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str("\r\n");
        text.push_str(self.body);
        text
    }
}

/// The answer, when it is there to its last byte and says itself where that is.
pub(crate) fn whole_answer(bytes: &[u8]) -> Option<Answer> {
    is_whole(bytes).then(|| read_answer(bytes).ok()).flatten()
}

/// Whether the answer is there to its last byte, as far as its head says where that is.
fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    match header(head, "content-length").and_then(|length| length.parse::<usize>().ok()) {
        // Counted in bytes that came: a sign of which half is there reads as longer than it is.
        Some(length) => bytes.len() >= head.len() + 4 + length,
        None => is_chunked(head) && body.ends_with("0\r\n\r\n"),
    }
}

/// The value of a field of a request's or an answer's head.
pub(crate) fn header<'a>(head: &'a str, wanted: &str) -> Option<&'a str> {
    let mut fields = head.lines().filter_map(|line| line.split_once(':'));
    fields.find_map(|(name, value)| name.eq_ignore_ascii_case(wanted).then(|| value.trim()))
}

fn is_chunked(head: &str) -> bool {
    header(head, "transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked"))
}

fn read_answer(bytes: &[u8]) -> Result<Answer> {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        bail!("the answer is not HTTP");
    };
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok())
        .context("the answer has no status")?;
    let body = if is_chunked(head) {
        join_chunks(body)
    } else {
        body.to_owned()
    };
    Ok(Answer {
        status,
        head: head.to_owned(),
        body,
    })
}

/// Puts a chunked body together; a broken tail ends it.
fn join_chunks(mut rest: &str) -> String {
    let mut whole = String::new();
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        let (Some(chunk), Some(next)) = (after.get(..size), after.get(size..)) else {
            break;
        };
        if size == 0 {
            break;
        }
        whole.push_str(chunk);
        rest = next.strip_prefix("\r\n").unwrap_or(next);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, status: u16, body: &str) {
        let answer = read_answer(text.as_bytes()).unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (status, body));
    }

    #[test]
    fn answers_are_read_plain_and_chunked() {
        check("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "ok");
        check("HTTP/1.1 404 Not Found\r\n\r\n", 404, "");
        check(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
            200,
            "abcde",
        );
    }

    #[test]
    fn an_answer_is_whole_when_its_head_is_fulfilled() {
        for (text, whole) in [
            ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\no", false),
            ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok", true),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                false,
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                true,
            ),
            ("HTTP/1.1 200 OK\r\n\r\nuntil the end", false),
        ] {
            assert_eq!(is_whole(text.as_bytes()), whole, "{text}");
        }
    }

    #[test]
    fn what_is_not_http_is_refused() {
        assert!(read_answer(b"hello").is_err());
        assert!(read_answer(b"HTTP/1.1\r\n\r\n").is_err());
    }
}
