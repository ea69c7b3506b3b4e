//! What lies over the page from the moment it is there: the page beneath is out of reach of the pointer and the keyboard,
//! and when it goes the focus is where it was.

use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The node of such a dialog.
pub(super) fn modal() -> NodeRef<Dialog> {
    let node = NodeRef::<Dialog>::new();
    let before = StoredValue::new_local(document().active_element());
    Effect::new(move |_| {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            // Only a dialog that is open already refuses.
            let _ = dialog.show_modal();
        }
    });
    on_cleanup(move || {
        let before = before.try_get_value().flatten();
        let before = before.and_then(|before| before.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(before) = before {
            // While the dialog is still there, nothing beneath it takes the focus.
            request_animation_frame(move || {
                // An element that is gone takes none either.
                let _ = before.focus();
            });
        }
    });
    node
}

/// Whether an event is of the ground beside what lies over the page: pressing that closes it.
pub(super) fn is_beside(node: NodeRef<Dialog>, event: &leptos::ev::MouseEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlDialogElement>().ok());
    target.is_some() && target == node.get_untracked()
}
