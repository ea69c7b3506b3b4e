//! The object that holds one workspace: its journal, its projections, its live sockets.
//!
//! Everything that changes it goes into one kind of commit ([`commit`]); `worker/js/index.js` gathers the batches of events
//! that go into one.
//! Not here: who may ask (the gate in `http`), and what a fact means (`domain::fold`).

mod accounts;
mod alarm;
mod bulks;
mod calls;
mod commit;
mod core;
mod described;
mod desk;
pub(crate) mod door;
mod edit;
mod held;
#[cfg(feature = "hooks")]
mod hooks;
mod import;
mod lists;
mod live;
mod opening;
mod past;
mod people;
mod reports;
mod retired;
mod segments;
mod sightings;
mod timeline;
mod today;
mod wechat;
mod work;

use self::core::Core;
use self::work::{HandOver, Reply};
use crate::clock;
use crate::error::{Failure, StoreError};
use crate::store::suspects;
use js_sys::Uint8Array;
use std::cell::RefCell;
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen::prelude::*;
use worker::worker_sys::DurableObjectState;
use worker::{DurableObject, Env, Request, Response, Result, State, WebSocket, durable_object};

/// See the module. It wakes when it is first asked; a wake that fails is tried again.
#[durable_object]
pub struct Workspace {
    state: DurableObjectState,
    env: Env,
    core: RefCell<Option<Rc<Core>>>,
}

impl Workspace {
    fn state(&self) -> DurableObjectState {
        AsRef::<JsValue>::as_ref(&self.state)
            .clone()
            .unchecked_into()
    }

    fn core(&self) -> std::result::Result<Rc<Core>, StoreError> {
        let mut core = self.core.borrow_mut();
        if let Some(core) = core.as_ref().filter(|core| !core.cleared.get()) {
            return Ok(Rc::clone(core));
        }
        let awake = Core::wake(State::from(self.state()), self.env.clone())?;
        *core = Some(Rc::clone(&awake));
        Ok(awake)
    }
}

#[wasm_bindgen]
impl Workspace {
    /// Stores what waits together: frames, each a hand-over as JSON. The replies are in the same order.
    pub fn commit(&self, frames: Vec<Uint8Array>) -> Vec<String> {
        let replies = self.store(&frames).unwrap_or_else(|failure| {
            let (status, error) = failure.told();
            let failed = |_| Reply::Failed(status, error.clone());
            frames.iter().map(failed).collect()
        });
        let texts = replies.iter().map(serde_json::to_string);
        texts.map(std::result::Result::unwrap_or_default).collect()
    }

    /// Puts the events of frames whose commit broke the object under suspicion: from now on each is committed alone.
    pub fn suspect(&self, frames: Vec<Uint8Array>) {
        let noted = self.core().and_then(|core| {
            for frame in frames {
                let hand_over: HandOver = serde_json::from_slice(&frame.to_vec())?;
                let ids: Vec<Uuid> = hand_over.ids().collect();
                suspects::add(&core.db, &ids, clock::now())?;
            }
            core.suspects
                .replace(suspects::read(&core.db, &core.object, clock::now())?);
            Ok(())
        });
        if let Err(error) = noted {
            worker::console_error!("a broken commit was not traced: {error}");
        }
    }

    fn store(&self, frames: &[Uint8Array]) -> std::result::Result<Vec<Reply>, Failure> {
        let core = self.core()?;
        core.require_open()?;
        let read = frames.iter().map(|frame| {
            let frame = frame.to_vec();
            Ok((frame.len(), serde_json::from_slice(&frame)?))
        });
        let waiting: std::result::Result<Vec<_>, serde_json::Error> = read.collect();
        let stored = commit::store(&core, waiting?);
        Ok(stored.into_iter().map(Reply::from).collect())
    }
}

impl DurableObject for Workspace {
    fn new(state: State, env: Env) -> Workspace {
        Workspace {
            state: state._inner(),
            env,
            core: RefCell::default(),
        }
    }

    async fn fetch(&self, request: Request) -> Result<Response> {
        let answer = match self.core() {
            Ok(core) => door::answer(&core, request).await,
            Err(error) => Err(error.into()),
        };
        answer.or_else(Failure::respond)
    }

    async fn alarm(&self) -> Result<Response> {
        // An object that cannot wake has not armed its successor: then, and only then, the platform calls again.
        let core = self
            .core()
            .map_err(|error| worker::Error::RustError(error.to_string()))?;
        alarm::ring(&core).await;
        Response::empty()
    }

    async fn websocket_close(
        &self,
        socket: WebSocket,
        code: usize,
        reason: String,
        _: bool,
    ) -> Result<()> {
        // 1005 and 1006 say that no code was sent; they may not be sent back.
        let code = u16::try_from(code)
            .ok()
            .filter(|code| !matches!(code, 1005 | 1006));
        let _ = socket.close(code, Some(reason));
        Ok(())
    }

    async fn websocket_message(
        &self,
        _: WebSocket,
        _: worker::WebSocketIncomingMessage,
    ) -> Result<()> {
        // The live socket only tells; what a client says is not read.
        Ok(())
    }

    async fn websocket_error(&self, _: WebSocket, _: worker::Error) -> Result<()> {
        Ok(())
    }
}
