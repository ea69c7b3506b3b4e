//! A row of links that is wider than a narrow screen is scrolled to the page that one is on.

use leptos::html::Nav;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Keeps the link of the current page in the middle of its row, as far as the row can be scrolled.
pub(crate) fn keep_current_in_view(row: NodeRef<Nav>, path: Memo<String>) {
    Effect::new(move |_| {
        path.track();
        let Some(row) = row.get() else { return };
        // The links are marked by an effect of their own.
        request_animation_frame(move || {
            let current = row.query_selector("[aria-current]").ok().flatten();
            if let Some(link) = current.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
                let begins = link.offset_left().saturating_sub(row.offset_left());
                let spare = row.client_width().saturating_sub(link.offset_width()) / 2;
                row.set_scroll_left(begins.saturating_sub(spare));
            }
        });
    });
}
