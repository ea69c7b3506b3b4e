//! The worker's two ends of a message. What they say is the desk's.

use super::blob::BlobFile;
use super::desk::{Desk, Written};
use super::protocol::{Ask, Tell};
use super::unreadable::UnreadableCode;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, DedicatedWorkerGlobalScope, MessageEvent};

/// Listens, and tells that it does: what comes earlier is lost.
pub fn start() {
    console_error_panic_hook::set_once();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let mut desk = Desk::default();
    let own = scope.clone();
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        answer(&own, &mut desk, &event.data());
    });
    scope.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
    post(&scope, &JsValue::NULL, &Tell::Ready, None);
}

fn answer(scope: &DedicatedWorkerGlobalScope, desk: &mut Desk, message: &JsValue) {
    let member = |name: &str| Reflect::get(message, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let id = member("id");
    let text = member("ask").as_string().unwrap_or_default();
    let Ok(ask) = serde_json::from_str::<Ask>(&text) else {
        let failed = Tell::Failed(UnreadableCode::NotUnderstood.into());
        return post(scope, &id, &failed, None);
    };
    let file = member("file").dyn_into::<Blob>().ok();
    let file = file.and_then(BlobFile::new);
    let written = desk.answer(ask, file, &mut |tell| post(scope, &id, &tell, None));
    if let Some(written) = written {
        post(scope, &id, &Tell::File, blob(&written).as_ref());
    }
}

fn blob(written: &Written) -> Option<Blob> {
    let parts = Array::of1(&Uint8Array::from(written.bytes.as_slice()));
    let options = BlobPropertyBag::new();
    options.set_type(written.media);
    Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()
}

/// Nothing can be done about a message that does not go: the other end is gone then.
fn post(scope: &DedicatedWorkerGlobalScope, id: &JsValue, tell: &Tell, file: Option<&Blob>) {
    let message = Object::new();
    let text = serde_json::to_string(tell).unwrap_or_default();
    let _ = Reflect::set(&message, &"id".into(), id);
    let _ = Reflect::set(&message, &"tell".into(), &text.into());
    if let Some(file) = file {
        let _ = Reflect::set(&message, &"file".into(), file);
    }
    let _ = scope.post_message(&message);
}
