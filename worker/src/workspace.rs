//! The object that holds one workspace: its journal, its projections, its live sockets.
//!
//! Everything that changes it goes through one queue ([`queue`]) into one kind of commit ([`commit`]).
//! Not here: who may ask (the gate in `http`), and what a fact means (`domain::fold`).

mod alarm;
mod calls;
mod commit;
mod core;
pub(crate) mod door;
mod edit;
#[cfg(feature = "hooks")]
mod hooks;
mod live;
mod opening;
mod queue;
mod sightings;
mod timeline;

use self::core::Core;
use crate::error::{Failure, StoreError};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
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
        if let Some(core) = core.as_ref() {
            return Ok(Rc::clone(core));
        }
        let awake = Core::wake(State::from(self.state()), self.env.clone())?;
        *core = Some(Rc::clone(&awake));
        Ok(awake)
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
