//! A client of the live socket.

use crate::member::Member;
use crate::server::Server;
use domain::api::{Frame, LIVE_PATH};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tungstenite::client::IntoClientRequest;
use tungstenite::http::HeaderValue;
use tungstenite::{HandshakeError, Message, WebSocket};

/// How long a frame is waited for at a time.
const TURN: Duration = Duration::from_millis(200);

/// A socket that is open.
pub struct Live {
    socket: WebSocket<TcpStream>,
    /// The code that the other end closed it with.
    pub closed: Option<u16>,
}

/// The socket was refused with this status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused(pub u16);

impl Live {
    /// Connects as that member, with its cookie and origin; asks for what changed after a fact.
    pub fn connect(server: &Server, member: &Member, after: Option<u64>) -> Result<Live, Refused> {
        let query = after
            .map(|after| format!("?after={after}"))
            .unwrap_or_default();
        let address = format!("ws://localhost:{}{LIVE_PATH}{query}", server.port);
        let mut request = address
            .into_client_request()
            .expect("a socket's address is well-formed");
        for (name, value) in [("cookie", &member.cookie), ("origin", &member.origin)] {
            if let Some(value) = value {
                let value = HeaderValue::from_str(value).expect("a header's value");
                request.headers_mut().insert(name, value);
            }
        }
        let stream = TcpStream::connect(("127.0.0.1", server.port)).expect("a connection");
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .expect("a time limit");
        match tungstenite::client(request, stream) {
            Ok((socket, _)) => {
                socket
                    .get_ref()
                    .set_read_timeout(Some(TURN))
                    .expect("a time limit");
                Ok(Live {
                    socket,
                    closed: None,
                })
            }
            Err(HandshakeError::Failure(tungstenite::Error::Http(answer))) => {
                Err(Refused(answer.status().as_u16()))
            }
            Err(error) => panic!("the live socket broke: {error}"),
        }
    }

    /// The next frame; none when the time is up, or the socket is closed.
    pub fn next(&mut self, patience: Duration) -> Option<Frame> {
        let deadline = Instant::now() + patience;
        while self.closed.is_none() {
            match self.socket.read() {
                Ok(Message::Text(text)) => {
                    return Some(serde_json::from_str(&text).expect("a frame"));
                }
                Ok(Message::Close(frame)) => {
                    self.closed = Some(frame.map_or(1005, |frame| frame.code.into()));
                }
                Ok(_) => {}
                Err(tungstenite::Error::Io(error))
                    if matches!(
                        error.kind(),
                        std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
                    ) => {}
                Err(_) => self.closed = Some(1006),
            }
            if Instant::now() > deadline {
                return None;
            }
        }
        None
    }

    /// The frames up to the one that satisfies; panics when none does in time.
    #[track_caller]
    pub fn until(&mut self, what: &str, satisfies: impl Fn(&Frame) -> bool) -> Vec<Frame> {
        let deadline = Instant::now() + crate::wait::PATIENCE;
        let mut frames = Vec::new();
        while Instant::now() < deadline && self.closed.is_none() {
            if let Some(frame) = self.next(TURN) {
                let last = satisfies(&frame);
                frames.push(frame);
                if last {
                    return frames;
                }
            }
        }
        panic!(
            "waited in vain for a frame: {what}; closed {:?}, seen {frames:?}",
            self.closed
        )
    }

    /// The code that the other end closes the socket with.
    #[track_caller]
    pub fn until_closed(&mut self) -> u16 {
        crate::wait::until("the live socket to be closed", || {
            self.next(TURN);
            self.closed
        })
    }
}
