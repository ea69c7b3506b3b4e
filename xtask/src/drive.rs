//! Load on a server of our own: many connections, one thread, at a pace or as fast as it answers.
//!
//! At a pace the loop is open: a request is due whether or not the one before was answered, and its time counts
//! from when it was due, so a server that stalls cannot hide what it kept waiting. Not here: what is sent
//! ([`crate::batches`]), and what the answers have to be.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};

use crate::http::{self, Answer};

/// How long answers are awaited after the last request was sent.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long what was due and held up is sent after the time is up.
const GRACE: Duration = Duration::from_secs(1);
/// How long the loop sleeps at most when nothing is due.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// How much, how fast, for how long.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    /// Where the server listens.
    pub(crate) port: u16,
    /// Open connections; each has one request under way at most.
    pub(crate) connections: usize,
    /// Requests a second; as fast as they are answered when none is given.
    pub(crate) per_s: Option<f64>,
    /// How long requests are sent.
    pub(crate) lasts: Duration,
}

/// Who makes requests and hears what became of them.
pub(crate) trait Sender {
    /// What a request is known by.
    type Tag;
    /// The next request, its bytes as they travel; none ends the load.
    fn next(&mut self) -> Option<(Vec<u8>, Self::Tag)>;
    /// What became of it.
    fn ended(&mut self, tag: Self::Tag, end: End);
}

/// What became of a request.
#[derive(Debug)]
pub(crate) enum End {
    /// It was answered.
    Answered {
        /// With this.
        answer: Answer,
        /// So long after it was due.
        after_due: Duration,
        /// So long after it was sent.
        after_sent: Duration,
    },
    /// The connection broke, or no answer came in time: it may have arrived or not.
    Broken,
}

/// What a load did, whatever was answered.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Driven {
    /// Requests that were due; without a pace, that were sent.
    pub(crate) due: u64,
    /// Requests sent.
    pub(crate) sent: u64,
    /// From the first request until the last answer.
    pub(crate) took: Duration,
    /// Whether the server was gone before the end.
    pub(crate) gone: bool,
}

/// A request on its way.
struct Flight<T> {
    tag: T,
    due: Instant,
    sent: Instant,
}

struct Connection<T> {
    stream: TcpStream,
    to_write: Vec<u8>,
    read: Vec<u8>,
    flight: Option<Flight<T>>,
}

/// Drives the load to its end.
pub(crate) fn drive<S: Sender>(pace: Pace, sender: &mut S) -> Result<Driven> {
    let mut poll = Poll::new()?;
    let mut all = Vec::with_capacity(pace.connections);
    for at in 0..pace.connections {
        let stream = connect(&poll, pace.port, at)
            .with_context(|| format!("nothing answers on port {}", pace.port))?;
        all.push(Connection {
            stream,
            to_write: Vec::new(),
            read: Vec::new(),
            flight: None,
        });
    }
    let mut loop_ = Loop {
        pace,
        idle: (0..pace.connections).collect(),
        connections: all,
        start: Instant::now(),
        driven: Driven::default(),
        over: false,
    };
    let mut events = Events::with_capacity(1024);
    loop {
        loop_.send_what_is_due(sender);
        let in_flight = loop_.connections.len() - loop_.idle.len();
        let late = loop_.start.elapsed() > pace.lasts + PATIENCE;
        if loop_.driven.gone || late || (loop_.over && in_flight == 0) {
            break;
        }
        match poll.poll(&mut events, Some(loop_.until_next())) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            other => other?,
        }
        for event in &events {
            loop_.hear(&poll, event.token().0, sender);
        }
    }
    for connection in &mut loop_.connections {
        if let Some(flight) = connection.flight.take() {
            sender.ended(flight.tag, End::Broken);
        }
    }
    loop_.driven.took = loop_.start.elapsed();
    Ok(loop_.driven)
}

fn connect(poll: &Poll, port: u16, at: usize) -> std::io::Result<TcpStream> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let stream = std::net::TcpStream::connect(address)?;
    stream.set_nonblocking(true)?;
    stream.set_nodelay(true)?;
    let mut stream = TcpStream::from_std(stream);
    poll.registry().register(
        &mut stream,
        Token(at),
        Interest::READABLE | Interest::WRITABLE,
    )?;
    Ok(stream)
}

struct Loop<T> {
    pace: Pace,
    connections: Vec<Connection<T>>,
    idle: Vec<usize>,
    start: Instant,
    driven: Driven,
    /// Whether nothing more is sent.
    over: bool,
}

impl<T> Loop<T> {
    fn send_what_is_due<S: Sender<Tag = T>>(&mut self, sender: &mut S) {
        let passed = self.start.elapsed();
        let mut time_is_up = passed >= self.pace.lasts;
        if let Some(per_s) = self.pace.per_s {
            let until = passed.min(self.pace.lasts);
            self.driven.due = (until.as_secs_f64() * per_s) as u64 + 1;
            // What was held up at the end is sent still.
            let behind = self.driven.sent < self.driven.due && passed < self.pace.lasts + GRACE;
            time_is_up &= !behind;
        }
        while !self.over && !time_is_up {
            let paced = self.pace.per_s.is_some();
            if (paced && self.driven.sent >= self.driven.due) || self.idle.is_empty() {
                return;
            }
            let Some((bytes, tag)) = sender.next() else {
                self.over = true;
                return;
            };
            let sent = Instant::now();
            let due = self.pace.per_s.map_or(sent, |per_s| {
                self.start + Duration::from_secs_f64(self.driven.sent as f64 / per_s)
            });
            self.driven.sent += 1;
            if !paced {
                self.driven.due = self.driven.sent;
            }
            let Some(connection) = self.idle.pop().and_then(|at| self.connections.get_mut(at))
            else {
                return;
            };
            connection.to_write = bytes;
            connection.read.clear();
            connection.flight = Some(Flight { tag, due, sent });
            // What cannot be written now is written when the socket says so; a broken one is heard of.
            let _ = connection.write();
        }
        self.over |= time_is_up;
    }

    fn until_next(&self) -> Duration {
        match self.pace.per_s {
            Some(per_s) if !self.over && !self.idle.is_empty() => {
                let next = Duration::from_secs_f64(self.driven.sent as f64 / per_s);
                next.saturating_sub(self.start.elapsed()).min(LOOK_EVERY)
            }
            _ => LOOK_EVERY,
        }
    }

    /// A socket can be read or written.
    fn hear<S: Sender<Tag = T>>(&mut self, poll: &Poll, at: usize, sender: &mut S) {
        let Some(connection) = self.connections.get_mut(at) else {
            return;
        };
        let open = connection.write().is_ok() && connection.read();
        let answer = http::whole_answer(&connection.read);
        if let Some(answer) = answer
            && let Some(flight) = connection.flight.take()
        {
            connection.read.clear();
            let end = End::Answered {
                answer,
                after_due: flight.due.elapsed(),
                after_sent: flight.sent.elapsed(),
            };
            sender.ended(flight.tag, end);
            self.idle.push(at);
        }
        if !open {
            self.replace(poll, at, sender);
        }
    }

    /// Opens a connection in the place of one that broke.
    fn replace<S: Sender<Tag = T>>(&mut self, poll: &Poll, at: usize, sender: &mut S) {
        let Some(connection) = self.connections.get_mut(at) else {
            return;
        };
        let _ = poll.registry().deregister(&mut connection.stream);
        if let Some(flight) = connection.flight.take() {
            sender.ended(flight.tag, End::Broken);
            self.idle.push(at);
        }
        connection.to_write.clear();
        connection.read.clear();
        match connect(poll, self.pace.port, at) {
            Ok(stream) => connection.stream = stream,
            Err(_) => self.driven.gone = true,
        }
    }
}

impl<T> Connection<T> {
    fn write(&mut self) -> std::io::Result<()> {
        while !self.to_write.is_empty() {
            match self.stream.write(&self.to_write) {
                Ok(written) => drop(self.to_write.drain(..written)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Reads all there is; whether the connection is open still.
    fn read(&mut self) -> bool {
        let mut chunk = [0; 16 * 1024];
        loop {
            match self.stream.read(&mut chunk) {
                Ok(0) => return false,
                Ok(read) => self.read.extend(chunk.iter().take(read)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return true,
                Err(_) => return false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// Sends as many requests as it has and keeps what became of each.
    struct Numbers {
        left: u32,
        ends: Vec<(u32, bool)>,
    }

    impl Sender for Numbers {
        type Tag = u32;
        fn next(&mut self) -> Option<(Vec<u8>, u32)> {
            self.left = self.left.checked_sub(1)?;
            Some((b"GET / HTTP/1.1\r\n\r\n".to_vec(), self.left))
        }
        fn ended(&mut self, tag: u32, end: End) {
            self.ends.push((tag, matches!(end, End::Answered { .. })));
        }
    }

    /// A server that answers so many requests on each connection, then hangs up.
    fn serve(answers: usize, connections: usize) -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for stream in listener.incoming().take(connections) {
                let mut stream = stream.unwrap();
                std::thread::spawn(move || {
                    for _ in 0..answers {
                        let mut request = [0; 18];
                        if stream.read_exact(&mut request).is_err() {
                            return;
                        }
                        stream
                            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                            .unwrap();
                    }
                });
            }
        });
        port
    }

    fn run(port: u16, per_s: Option<f64>, left: u32) -> (Driven, Numbers) {
        let mut numbers = Numbers {
            left,
            ends: Vec::new(),
        };
        let pace = Pace {
            port,
            connections: 3,
            per_s,
            lasts: Duration::from_secs(5),
        };
        (drive(pace, &mut numbers).unwrap(), numbers)
    }

    #[test]
    fn every_request_ends_once() {
        for per_s in [None, Some(2_000.0)] {
            let (driven, numbers) = run(serve(usize::MAX, 3), per_s, 100);
            assert_eq!(driven.sent, 100);
            let mut tags: Vec<u32> = numbers.ends.iter().map(|(tag, _)| *tag).collect();
            tags.sort_unstable();
            assert!(tags.into_iter().eq(0..100));
            assert!(numbers.ends.iter().all(|(_, answered)| *answered));
        }
    }

    #[test]
    fn a_server_that_is_gone_ends_the_load() {
        let (driven, numbers) = run(serve(2, 3), None, 100);
        assert!(driven.gone);
        assert_eq!(numbers.ends.len() as u64, driven.sent);
    }
}
