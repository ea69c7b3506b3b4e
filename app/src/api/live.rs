//! One live socket: opened, heard, closed. What to do when it closes is for [`crate::state::live`].

use domain::api::{Frame, LIVE_PATH};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MessageEvent, WebSocket};

/// What a socket tells.
pub(crate) enum News {
    /// It is open.
    Open,
    /// Rows changed.
    Frame(Frame),
    /// It is closed, or could not be opened.
    Closed,
}

/// An open or opening socket; dropping it closes it, and it says nothing more.
pub(crate) struct Socket {
    socket: WebSocket,
    _opened: Closure<dyn FnMut()>,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _closed: Closure<dyn FnMut()>,
}

impl Socket {
    /// Opens a socket that begins after this fact. `None` when the browser refuses the address.
    pub(crate) fn open(after: u64, tell: impl Fn(News) + Clone + 'static) -> Option<Socket> {
        let location = web_sys::window()?.location();
        let scheme = if location.protocol().ok()? == "https:" {
            "wss"
        } else {
            "ws"
        };
        let host = location.host().ok()?;
        let socket = WebSocket::new(&format!("{scheme}://{host}{LIVE_PATH}?after={after}")).ok()?;
        let opened = {
            let tell = tell.clone();
            Closure::<dyn FnMut()>::new(move || tell(News::Open))
        };
        let heard = {
            let tell = tell.clone();
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                let text = event.data().as_string().unwrap_or_default();
                if let Ok(frame) = serde_json::from_str(&text) {
                    tell(News::Frame(frame));
                }
            })
        };
        let closed = Closure::<dyn FnMut()>::new(move || tell(News::Closed));
        socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        // An error is always followed by a close.
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        Some(Socket {
            socket,
            _opened: opened,
            _heard: heard,
            _closed: closed,
        })
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        // Closing a socket that is closed already does nothing.
        let _ = self.socket.close();
    }
}
