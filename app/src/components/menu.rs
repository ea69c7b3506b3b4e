//! Things to do that are not done often, behind one button. The arrows go through them, Escape leaves them.

use super::{Glyph, Icon};
use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Things to do, behind one button.
#[component]
pub(crate) fn Menu(
    /// What they have in common.
    #[prop(into)]
    label: Signal<String>,
    /// Its name, for the tests.
    name: &'static str,
    /// The things: a name for each, and what it is called.
    #[prop(into)]
    items: Signal<Vec<(String, String)>>,
    /// One is chosen, by its name.
    #[prop(into)]
    choose: Callback<String>,
) -> impl IntoView {
    let node = NodeRef::<Div>::new();
    let open = RwSignal::new(false);
    // What opens is gone to.
    Effect::new(move |_| {
        if open.get() {
            request_animation_frame(move || go(node, 0));
        }
    });
    let leave = move |event: leptos::ev::FocusEvent| {
        let to = event
            .related_target()
            .and_then(|to| to.dyn_into::<web_sys::Element>().ok());
        let inside = to.is_some_and(|to| to.closest(".menu").ok().flatten().is_some());
        if !inside {
            open.set(false);
        }
    };
    let pressed = move |event: KeyboardEvent| {
        if !open.get_untracked() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => step(node, 1),
            "ArrowUp" => step(node, -1),
            "Home" => go(node, 0),
            "End" => go(node, -1),
            "Escape" => {
                open.set(false);
                focus(node, ".menu-button", 0);
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let list = move || {
        let items = items.get().into_iter().map(|(id, label)| {
            let test = format!("{name}-{id}");
            let chosen = move |_| {
                open.set(false);
                focus(node, ".menu-button", 0);
                choose.run(id.clone());
            };
            view! { <li role="none"><button type="button" role="menuitem" tabindex="-1" class="menu-item" on:click=chosen data-test=test>{label}</button></li> }
        });
        view! { <ul class="menu-list" role="menu" aria-label=label>{items.collect_view()}</ul> }
    };
    view! {
        <div class="menu" node_ref=node on:focusout=leave on:keydown=pressed>
            <button type="button" class="button menu-button" aria-haspopup="menu" aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open) data-test=name>
                {label}<Icon glyph=Glyph::Chevron />
            </button>
            {move || open.get().then(list)}
        </div>
    }
}

/// Goes to the item of that place, counted from the end when it is negative.
fn go(node: NodeRef<Div>, place: i32) {
    focus(node, "[role=menuitem]", place);
}

/// Goes so many items on.
fn step(node: NodeRef<Div>, by: i32) {
    let Some(items) = found(node, "[role=menuitem]") else {
        return;
    };
    let active = document().active_element();
    let here = (0..items.length()).find(|place| {
        let item = items.get(*place);
        let item = item.and_then(|item| item.dyn_into::<web_sys::Element>().ok());
        item.is_some() && item == active
    });
    let here = here.and_then(|here| i32::try_from(here).ok()).unwrap_or(-1);
    let length = i32::try_from(items.length()).unwrap_or(1).max(1);
    go(node, here.saturating_add(by).rem_euclid(length));
}

fn found(node: NodeRef<Div>, css: &str) -> Option<web_sys::NodeList> {
    node.get_untracked()?.query_selector_all(css).ok()
}

fn focus(node: NodeRef<Div>, css: &str, place: i32) {
    let Some(items) = found(node, css) else {
        return;
    };
    let length = i32::try_from(items.length()).unwrap_or(1).max(1);
    let place = u32::try_from(place.rem_euclid(length)).unwrap_or_default();
    let item = items.get(place);
    if let Some(item) = item.and_then(|item| item.dyn_into::<web_sys::HtmlElement>().ok()) {
        // What cannot be focused leaves the focus where it is.
        let _ = item.focus();
    }
}
