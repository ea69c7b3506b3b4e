//! Web servers of the stories' own: pages of a customer's website, and a plain file server before the worker.

use crate::server::Server;
use crate::settings;
use base64::prelude::{BASE64_STANDARD as BASE64, Engine as _};
use sha2::{Digest, Sha384};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its path, without the query.
    pub path: String,
    /// Its HTML.
    pub html: String,
    /// The Content-Security-Policy it is sent with.
    pub policy: Option<String>,
}

impl Page {
    /// A page with this title and body, and the tracker's tag of that server.
    pub fn tracked(path: &str, title: &str, tag: &str, body: &str) -> Page {
        Page {
            path: path.to_owned(),
            html: format!(
                "<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{tag}</head><body>{body}</body></html>"
            ),
            policy: None,
        }
    }
}

/// A server on a free port, until the story ends.
#[derive(Clone, Copy, Debug)]
pub struct Web {
    /// The port.
    pub port: u16,
}

impl Web {
    /// A customer's website.
    pub fn site(pages: Vec<Page>) -> Web {
        serve(Arc::new(move |head: &Head, stream: &mut TcpStream| {
            let page = pages.iter().find(|page| page.path == head.path);
            match page {
                Some(page) => {
                    let policy = page
                        .policy
                        .as_ref()
                        .map(|policy| format!("content-security-policy: {policy}\r\n"));
                    write_answer(
                        stream,
                        "200 OK",
                        "text/html; charset=utf-8",
                        &policy.unwrap_or_default(),
                        page.html.as_bytes(),
                    )
                }
                None => write_answer(stream, "404 Not Found", "text/plain", "", b""),
            }
        }))
    }

    /// The numbered pages of `tests/pages`, with the tag of that server: `/05` or `/05-form` is `05-form.html`. In
    /// them `{{tag more="attributes"}}` stands for the tag, `{{origin}}` for the server's public origin, `{{port}}` for
    /// the port of the pages, and `{{integrity}}` for the hash of the tracker's script.
    pub fn pages(server: &Server) -> Web {
        let origin = server.public("");
        let script = std::fs::read(settings::dist().join("t.js")).expect("the tracker's script");
        let integrity = format!("sha384-{}", BASE64.encode(Sha384::digest(&script)));
        let listener = listen();
        let port = port_of(&listener);
        let pages = settings::root().join("tests/pages");
        serve_on(
            listener,
            Arc::new(move |head: &Head, stream: &mut TcpStream| {
                let number = head.path.get(1..3).unwrap_or_default().to_owned();
                let mut files = std::fs::read_dir(&pages)?
                    .flatten()
                    .map(|entry| entry.path());
                let found = files.find(|path| {
                    let name = path.file_name().and_then(|name| name.to_str());
                    name.is_some_and(|name| name.split('-').next() == Some(&number))
                });
                let Some(file) = found else {
                    return write_answer(stream, "404 Not Found", "text/plain", "", b"");
                };
                let html = with_tags(&std::fs::read_to_string(file)?, &origin)
                    .replace("{{origin}}", &origin)
                    .replace("{{integrity}}", &integrity)
                    .replace("{{port}}", &port.to_string());
                write_answer(
                    stream,
                    "200 OK",
                    "text/html; charset=utf-8",
                    "",
                    html.as_bytes(),
                )
            }),
        )
    }

    /// A website that passes what comes below `prefix` on to that server's public doors, without the prefix.
    pub fn passing_on(server: &Server, prefix: &'static str) -> Web {
        let port = server.port;
        serve(Arc::new(move |head: &Head, stream: &mut TcpStream| {
            let raw = String::from_utf8_lossy(&head.raw).replacen(prefix, "", 1);
            let head = Head {
                raw: raw.into_bytes(),
                path: head.path.replacen(prefix, "", 1),
                rest: head.rest.clone(),
                ..*head
            };
            pass_on(&head, stream, port)
        }))
    }

    /// An address of these pages on a host of the browser's own, which it finds on this machine: `shop.test`.
    pub fn at(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.port)
    }

    /// The static files from a plain file server, which passes the worker's paths on to the worker on that port.
    pub fn files_before(worker_port: u16) -> Web {
        serve(Arc::new(move |head: &Head, stream: &mut TcpStream| {
            let is_workers = head.path.starts_with("/api/")
                || head.path.starts_with("/s/")
                || matches!(head.path.as_str(), "/live" | "/e" | "/t.js" | "/t.wasm");
            if is_workers {
                return pass_on(head, stream, worker_port);
            }
            let name = head.path.trim_start_matches('/');
            let file = settings::dist().join(name);
            // A path of the app's own is answered by its one page.
            let file = if name.is_empty() || !file.is_file() {
                settings::dist().join("index.html")
            } else {
                file
            };
            let bytes = std::fs::read(&file)?;
            write_answer(stream, "200 OK", type_of(&file), "", &bytes)
        }))
    }

    /// An address on the host that holds sessions.
    pub fn app(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// An address on a public host.
    pub fn public(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

/// The head of a request, as it came, and what follows it of the body.
struct Head {
    raw: Vec<u8>,
    path: String,
    is_upgrade: bool,
    rest: Vec<u8>,
}

type Handler = dyn Fn(&Head, &mut TcpStream) -> std::io::Result<()> + Send + Sync;

/// The tag in the place of each `{{tag …}}`.
fn with_tags(html: &str, origin: &str) -> String {
    let mut parts = html.split("{{tag");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // What the attributes hold may itself be a placeholder.
        let end = part.find("}}\n").expect("the end of a tag's line");
        let (attributes, rest) = part.split_at(end);
        out += &format!(
            "<script defer src=\"{origin}/t.js\" data-site=\"main.demo\"{attributes}></script>{}",
            &rest[2..]
        );
    }
    out
}

fn listen() -> TcpListener {
    TcpListener::bind(("127.0.0.1", 0)).expect("a free port")
}

fn port_of(listener: &TcpListener) -> u16 {
    listener.local_addr().expect("the port's number").port()
}

/// Answers a request a connection, each on a thread of its own.
fn serve(handler: Arc<Handler>) -> Web {
    serve_on(listen(), handler)
}

fn serve_on(listener: TcpListener, handler: Arc<Handler>) -> Web {
    let port = port_of(&listener);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let handler = Arc::clone(&handler);
            std::thread::spawn(move || {
                // A browser that goes away while it is answered is nothing to report.
                let _ = answer(stream, &*handler);
            });
        }
    });
    Web { port }
}

fn answer(mut stream: TcpStream, handler: &Handler) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut raw = Vec::new();
    while !raw.ends_with(b"\r\n\r\n") {
        if reader.read_until(b'\n', &mut raw)? == 0 {
            return Ok(());
        }
    }
    let text = String::from_utf8_lossy(&raw).into_owned();
    let target = text.split(' ').nth(1).unwrap_or("/");
    let head = Head {
        path: target.split('?').next().unwrap_or("/").to_owned(),
        is_upgrade: text.to_ascii_lowercase().contains("\r\nupgrade: websocket"),
        rest: reader.buffer().to_vec(),
        raw,
    };
    handler(&head, &mut stream)?;
    stream.shutdown(Shutdown::Write)
}

fn write_answer(
    stream: &mut TcpStream,
    status: &str,
    kind: &str,
    more: &str,
    body: &[u8],
) -> std::io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n{more}connection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)
}

/// Hands the connection to the worker: one request, or a socket for as long as it lasts.
fn pass_on(head: &Head, stream: &mut TcpStream, worker_port: u16) -> std::io::Result<()> {
    let mut worker = TcpStream::connect(("127.0.0.1", worker_port))?;
    let mut raw = head.raw.clone();
    if !head.is_upgrade {
        let text = String::from_utf8_lossy(&raw).into_owned();
        let kept = text.split("\r\n").filter(|line| {
            !line.is_empty() && !line.to_ascii_lowercase().starts_with("connection:")
        });
        let lines: Vec<&str> = kept.chain(["connection: close", "", ""]).collect();
        raw = lines.join("\r\n").into_bytes();
    }
    worker.write_all(&raw)?;
    worker.write_all(&head.rest)?;
    let (mut from_browser, mut to_worker) = (stream.try_clone()?, worker.try_clone()?);
    std::thread::spawn(move || {
        let _ = copy(&mut from_browser, &mut to_worker);
        let _ = to_worker.shutdown(Shutdown::Write);
    });
    copy(&mut worker, stream)
}

/// Copies as the bytes come.
fn copy(from: &mut TcpStream, to: &mut TcpStream) -> std::io::Result<()> {
    let mut buffer = [0; 16 * 1024];
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            return Ok(());
        }
        to.write_all(&buffer[..read])?;
    }
}

fn type_of(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
