//! The company's website of the tracker's benches, on the loopback: a page with the tag, the same page
//! with an empty script, the tracker's files, and the collector's door, which accepts every batch.
//!
//! Not a web server: one request a connection. A page whose script is measured is held before its last
//! line, the script's, until the bench releases it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};

use crate::http::header;

/// How long a batch, or the release of a page, is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// The page without a script, and all of every page but its last line.
const PAGE: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Bench</title>\
    <link rel=\"icon\" href=\"data:,\"><h1>Bench</h1><p>A page of a made-up company.</p>\n";
const TAG: &str = "<script defer src=\"/t.js\" data-site=\"main.demo\"></script>\n";
const EMPTY: &str = "<script defer src=\"/empty.js\" data-site=\"main.demo\"></script>\n";

/// A running site. It ends when it is dropped.
pub(super) struct Site {
    port: u16,
    release: Sender<()>,
    batches: Receiver<String>,
    ending: Arc<AtomicBool>,
}

/// What the connections share.
struct Content {
    /// Path → content type and bytes.
    files: BTreeMap<String, (&'static str, Vec<u8>)>,
    released: Mutex<Receiver<()>>,
    batches: Sender<String>,
}

impl Site {
    /// Serves these files of a folder.
    pub(super) fn start(folder: &Path, names: &[&str]) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
        let port = listener.local_addr()?.port();
        let (release, released) = mpsc::channel();
        let (batch, batches) = mpsc::channel();
        let content = Arc::new(Content {
            files: read_files(folder, names)?,
            released: Mutex::new(released),
            batches: batch,
        });
        let ending = Arc::new(AtomicBool::new(false));
        let end = Arc::clone(&ending);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if end.load(Ordering::Relaxed) {
                    break;
                }
                let content = Arc::clone(&content);
                // A browser hangs up when it likes; a batch that gets lost is missed by who waits for it.
                thread::spawn(move || stream.map(|stream| content.answer(stream)));
            }
        });
        Ok(Self {
            port,
            release,
            batches,
            ending,
        })
    }

    /// An address of a site called `name`. Each name is an origin of its own, with its own storage and
    /// nothing in a cache; browsers take every name below `localhost` for this machine.
    pub(super) fn address(&self, name: &str, path: &str) -> String {
        format!("http://{name}.localhost:{}{path}", self.port)
    }

    /// Lets the last line of the page go that is held, or of the next one. Earlier batches are forgotten.
    pub(super) fn release(&self) -> Result<()> {
        while self.batches.try_recv().is_ok() {}
        Ok(self.release.send(())?)
    }

    /// Waits for the next batch.
    pub(super) fn batch(&self) -> Result<String> {
        self.batches
            .recv_timeout(PATIENCE)
            .context("the tracker sent no batch")
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.ending.store(true, Ordering::Relaxed);
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        // Wakes the listener; one that has ended needs nothing.
        let _ = TcpStream::connect_timeout(&address, PATIENCE);
    }
}

fn read_files(folder: &Path, names: &[&str]) -> Result<BTreeMap<String, (&'static str, Vec<u8>)>> {
    let mut files = BTreeMap::from([("/empty.js".to_owned(), ("text/javascript", Vec::new()))]);
    for name in names {
        let path = folder.join(name);
        let bytes =
            fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let kind = if name.ends_with(".wasm") {
            "application/wasm"
        } else {
            "text/javascript"
        };
        files.insert(format!("/{name}"), (kind, bytes));
    }
    Ok(files)
}

impl Content {
    fn answer(&self, mut stream: TcpStream) -> Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        let (path, body) = read_request(&stream)?;
        // The tracker asks for its wasm with a query that names the build.
        let path = path.split('?').next().unwrap_or_default();
        match path {
            "/blank" => write_page(&mut stream, PAGE),
            "/tag" => self.write_held(&mut stream, TAG),
            "/empty" => self.write_held(&mut stream, EMPTY),
            "/e" => {
                let accepted = r#"{"accepted":1,"refused":[]}"#;
                write_file(&mut stream, "application/json", accepted.as_bytes())?;
                Ok(self.batches.send(body)?)
            }
            _ => match self.files.get(path) {
                Some((kind, bytes)) => write_file(&mut stream, kind, bytes),
                None => Ok(stream.write_all(
                    b"HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                )?),
            },
        }
    }

    fn write_held(&self, stream: &mut TcpStream, last: &str) -> Result<()> {
        write_page(stream, PAGE)?;
        let released = self.released.lock().map_err(|_| anyhow!("a page broke"))?;
        released.recv_timeout(PATIENCE)?;
        Ok(stream.write_all(last.as_bytes())?)
    }
}

/// A page ends with its connection, so more of it can follow.
fn write_page(stream: &mut TcpStream, text: &str) -> Result<()> {
    let head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\n\
        X-Content-Type-Options: nosniff\r\nCache-Control: no-cache\r\n\r\n";
    Ok(stream.write_all(format!("{head}{text}").as_bytes())?)
}

fn write_file(stream: &mut TcpStream, kind: &str, bytes: &[u8]) -> Result<()> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: {kind}\r\nCache-Control: max-age=600\r\n\
         Content-Length: {}\r\n\r\n",
        bytes.len()
    );
    stream.write_all(head.as_bytes())?;
    Ok(stream.write_all(bytes)?)
}

/// The path and the body of a request.
fn read_request(stream: impl Read) -> Result<(String, String)> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            bail!("the request broke off");
        }
    }
    let path = head.split(' ').nth(1).context("a request has a path")?;
    let length = header(&head, "content-length").map_or(Ok(0), str::parse)?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok((path.to_owned(), String::from_utf8(body)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_with_and_without_a_body() {
        for (text, path, body) in [
            ("GET /tag HTTP/1.1\r\nHost: a\r\n\r\n", "/tag", ""),
            (
                "POST /e HTTP/1.1\r\ncontent-length: 2\r\n\r\nhi, more",
                "/e",
                "hi",
            ),
        ] {
            let read = read_request(text.as_bytes()).unwrap();
            assert_eq!(read, (path.to_owned(), body.to_owned()));
        }
        assert!(read_request("GET / HTTP/1.1\r\n".as_bytes()).is_err());
        assert!(
            read_request("POST /e HTTP/1.1\r\nContent-Length: 9\r\n\r\nhi".as_bytes()).is_err()
        );
    }
}
