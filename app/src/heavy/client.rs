//! The page's end of the worker: loads it, asks, hears how far it is, and ends it.

use super::protocol::{Ask, Tell};
use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, MessageEvent, Worker};

/// The script that loads the worker's wasm; trunk writes it.
const SCRIPT: &str = "/heavy_loader.js";

/// A worker of one's own. What it does ends when this is dropped.
pub struct Client {
    worker: Worker,
    heard: UnboundedReceiver<Heard>,
    last: u32,
}

/// The worker could not be loaded, or broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone;

/// What ends an ask, and the file that came with it.
pub struct Answer {
    /// What was told last.
    pub tell: Tell,
    /// A file that was written.
    pub file: Option<Blob>,
}

enum Heard {
    Told(Option<u32>, Box<Answer>),
    Broken,
}

impl Client {
    /// Loads the worker and waits until it listens.
    pub async fn start() -> Result<Client, Gone> {
        let worker = Worker::new(SCRIPT).map_err(|_| Gone)?;
        let (tell, heard) = unbounded();
        on_message(&worker, tell.clone());
        on_error(&worker, tell);
        let mut client = Client {
            worker,
            heard,
            last: 0,
        };
        client.until_last(None, |_| {}).await?;
        Ok(client)
    }

    /// Asks, with a file or without; `progress` hears everything but the last.
    pub async fn ask(
        &mut self,
        ask: &Ask,
        file: Option<&Blob>,
        progress: impl FnMut(Tell),
    ) -> Result<Answer, Gone> {
        self.last = self.last.wrapping_add(1);
        let message = Object::new();
        let text = serde_json::to_string(ask).map_err(|_| Gone)?;
        let members = [
            ("id", JsValue::from(self.last)),
            ("ask", JsValue::from(text)),
            ("file", file.map_or(JsValue::UNDEFINED, JsValue::from)),
        ];
        for (name, value) in members {
            Reflect::set(&message, &name.into(), &value).map_err(|_| Gone)?;
        }
        self.worker.post_message(&message).map_err(|_| Gone)?;
        self.until_last(Some(self.last), progress).await
    }

    async fn until_last(
        &mut self,
        id: Option<u32>,
        mut progress: impl FnMut(Tell),
    ) -> Result<Answer, Gone> {
        loop {
            match self.heard.next().await {
                Some(Heard::Told(of, answer)) if of == id => {
                    if answer.tell.is_last() {
                        return Ok(*answer);
                    }
                    progress(answer.tell);
                }
                // What is left of an ask that nobody waits for any more.
                Some(Heard::Told(..)) => {}
                Some(Heard::Broken) | None => return Err(Gone),
            }
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// The worker holds the function, and goes with the client.
fn on_message(worker: &Worker, tell: UnboundedSender<Heard>) {
    let closure = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let _ = tell.unbounded_send(read(&event.data()));
    });
    let function = closure.into_js_value();
    worker.set_onmessage(Some(function.unchecked_ref()));
}

fn on_error(worker: &Worker, tell: UnboundedSender<Heard>) {
    let closure = Closure::<dyn FnMut()>::new(move || {
        let _ = tell.unbounded_send(Heard::Broken);
    });
    let function = closure.into_js_value();
    worker.set_onerror(Some(function.unchecked_ref()));
}

fn read(message: &JsValue) -> Heard {
    let member = |name: &str| Reflect::get(message, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let text = member("tell").as_string().unwrap_or_default();
    match serde_json::from_str(&text) {
        Ok(tell) => {
            let file = member("file").dyn_into().ok();
            let id = member("id").as_f64().map(|id| id as u32);
            Heard::Told(id, Box::new(Answer { tell, file }))
        }
        Err(_) => Heard::Broken,
    }
}
