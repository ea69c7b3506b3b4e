//! The object that holds one workspace: its journal, its projections, its live sockets.
//!
//! Everything that changes it goes through one queue ([`queue`]) into one kind of commit ([`commit`]).
//! Not here: who may ask (the gate in `http`), and what a fact means (`domain::fold`).

mod alarm;
mod calls;
mod commit;
mod core;
pub(crate) mod door;
#[cfg(feature = "hooks")]
mod hooks;
mod live;
mod opening;
mod queue;

use self::core::Core;
use crate::error::Failure;
use domain::api::ErrorCode;
use std::rc::Rc;
use worker::{DurableObject, Env, Request, Response, Result, State, WebSocket, durable_object};

/// See the module.
#[durable_object]
pub struct Workspace {
    core: std::result::Result<Rc<Core>, String>,
}

impl DurableObject for Workspace {
    fn new(state: State, env: Env) -> Workspace {
        let core = Core::wake(state, env).map_err(|error| error.to_string());
        Workspace { core }
    }

    async fn fetch(&self, request: Request) -> Result<Response> {
        let answer = match &self.core {
            Ok(core) => door::answer(core, request).await,
            Err(error) => Err(Failure::new(ErrorCode::Internal, error.clone())),
        };
        answer.or_else(Failure::respond)
    }

    async fn alarm(&self) -> Result<Response> {
        if let Ok(core) = &self.core {
            alarm::ring(core).await;
        }
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
