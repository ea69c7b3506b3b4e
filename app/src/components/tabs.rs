//! Sides of one thing, of which one is shown. The arrows go from one to the next, as in every tab list.

use crate::text::{Word, words};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// One side.
#[derive(Clone, Debug)]
pub(crate) struct Tab<T> {
    /// Which.
    pub(crate) value: T,
    /// What it is called.
    pub(crate) label: Word,
    /// Its name, for the tests.
    pub(crate) name: &'static str,
}

/// Sides of one thing.
#[component]
pub(crate) fn Tabs<T>(
    /// What they are sides of.
    #[prop(into)]
    label: Signal<String>,
    /// The sides.
    tabs: Vec<Tab<T>>,
    /// The one shown.
    #[prop(into)]
    chosen: Signal<T>,
    /// Another is chosen.
    #[prop(into)]
    choose: Callback<T>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let t = words();
    let tabs = tabs.into_iter().map(|tab| {
        let Tab { value, label, name } = tab;
        let own = value.clone();
        let is_chosen = Memo::new(move |_| chosen.with(|chosen| *chosen == own));
        view! {
            <button type="button" role="tab" class="tab" aria-selected=move || is_chosen.get().to_string()
                tabindex=move || if is_chosen.get() { "0" } else { "-1" }
                on:click=move |_| choose.run(value.clone()) data-test=name>
                {move || label(t.get())}
            </button>
        }
    });
    view! { <div class="tabs" role="tablist" aria-label=label on:keydown=turn>{tabs.collect_view()}</div> }
}

/// Presses the side before or after.
fn turn(event: leptos::ev::KeyboardEvent) {
    let back = match event.key().as_str() {
        "ArrowRight" => false,
        "ArrowLeft" => true,
        _ => return,
    };
    let here = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let next = here.and_then(|here| match back {
        true => here.previous_element_sibling(),
        false => here.next_element_sibling(),
    });
    if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        next.click();
        let _ = next.focus();
    }
}
