//! The keys of the pages behind the sign-in: what [`Stroke`] says is done here.

use super::shell::PLACES;
use crate::state::strokes::{Pressed, Stroke};
use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// What keys are typed into.
const TYPED_INTO: &str = "input:not([type=checkbox]):not([type=radio]):not([type=range]), select, textarea, [contenteditable]";
/// What is one row of a list.
const ROWS: &str = "main li, main tr, main article";
/// What the keys go through, in the order of the page.
const STEPS: &str = "main [data-step]";

/// Hears the keys as long as the frame is there.
pub(super) fn hear(find: RwSignal<bool>, help: RwSignal<bool>) {
    let navigate = use_navigate();
    let going = StoredValue::new(false);
    let take = move |event: &KeyboardEvent| {
        let Some(stroke) = read(event, going.get_value()) else {
            going.set_value(false);
            return;
        };
        going.set_value(stroke == Stroke::Going);
        let done = match stroke {
            Stroke::Find => {
                find.update(|find| *find = !*find);
                true
            }
            Stroke::Keys => {
                help.set(true);
                true
            }
            Stroke::Search => {
                if !focus("main input[type=search]") {
                    find.set(true);
                }
                true
            }
            Stroke::Next => step(false),
            Stroke::Back => step(true),
            Stroke::Going => false,
            Stroke::Go(letter) => {
                let place = PLACES.iter().find(|place| place.letter == letter);
                if let Some(place) = place {
                    navigate(place.href, Default::default());
                }
                place.is_some()
            }
            Stroke::Press(letter) => press(letter),
        };
        if done {
            event.prevent_default();
        }
    };
    let listener = EventListener::new_with_options(
        &document(),
        "keydown",
        EventListenerOptions::enable_prevent_default(),
        move |event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>()
                && !event.default_prevented()
            {
                take(event);
            }
        },
    );
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || listener.set_value(None));
}

fn read(event: &KeyboardEvent, going: bool) -> Option<Stroke> {
    if event.is_composing() {
        return None;
    }
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let is = |css: &str| {
        let target = target.as_ref();
        target.is_some_and(|target| target.matches(css).unwrap_or(false))
    };
    Stroke::read(Pressed {
        key: &event.key(),
        command: event.ctrl_key() || event.meta_key(),
        alt: event.alt_key(),
        typing: is(TYPED_INTO),
        covered: document()
            .query_selector("dialog[open]")
            .ok()
            .flatten()
            .is_some(),
        on_row: is("[data-step]"),
        going,
    })
}

fn found(css: &str) -> Option<HtmlElement> {
    let found = document().query_selector(css).ok().flatten();
    found.and_then(|found| found.dyn_into().ok())
}

fn focus(css: &str) -> bool {
    // What cannot be focused leaves the focus where it is.
    found(css).is_some_and(|found| found.focus().is_ok())
}

/// Presses the button of a key: that of the row that has the focus, else the first one of the page.
fn press(letter: char) -> bool {
    let css = format!("[data-key='{letter}']:not([disabled])");
    let active = document().active_element();
    let row = active.and_then(|active| active.closest(ROWS).ok().flatten());
    let own = row.and_then(|row| row.query_selector(&css).ok().flatten());
    let own = own.and_then(|own| own.dyn_into::<HtmlElement>().ok());
    let button = own.or_else(|| found(&format!("main {css}")));
    if let Some(button) = &button {
        button.click();
    }
    button.is_some()
}

/// Goes to the next row, or the one before: to the first one from elsewhere.
fn step(back: bool) -> bool {
    let Ok(all) = document().query_selector_all(STEPS) else {
        return false;
    };
    let active = document().active_element();
    let at = |place: u32| {
        all.get(place)
            .and_then(|node| node.dyn_into::<HtmlElement>().ok())
    };
    let here = (0..all.length()).find(|place| {
        let element = at(*place).map(|element| element.unchecked_into::<Element>());
        element.is_some() && element == active
    });
    let next = match (here, back) {
        (None, _) => Some(0),
        (Some(here), false) => here.checked_add(1),
        (Some(here), true) => here.checked_sub(1),
    };
    let Some(element) = next.and_then(at) else {
        return here.is_some();
    };
    let _ = element.focus();
    true
}
