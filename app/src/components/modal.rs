//! A dialog that lies over the page from the moment it is there.

use leptos::html::Dialog;
use leptos::prelude::*;

/// The node of such a dialog.
pub(super) fn modal() -> NodeRef<Dialog> {
    let node = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            // Only a dialog that is open already refuses.
            let _ = dialog.show_modal();
        }
    });
    node
}
