//! The workspace: the screens in which marketers and sales see leads, read why they score as they do,
//! and change the rules.
//!
//! In scope: screens, the state behind them, the calls to the worker's API. Out of scope: the rules
//! themselves, which are `domain`'s and run here only to explain and to try out.
//!
//! `pages` use `components` and `state`; `state` uses `api`. A component takes values and callbacks and
//! knows neither the API nor a route. `heavy` is a second binary.
#![cfg_attr(test, allow(clippy::arithmetic_side_effects))]

mod api;
#[expect(
    unreachable_pub,
    reason = "Leptos's component macro writes public builders"
)]
mod components;
mod format;
pub mod heavy;
#[expect(
    unreachable_pub,
    reason = "Leptos's component macro writes public builders"
)]
mod pages;
mod state;
mod text;

/// Puts the app on the page.
pub fn start() {
    console_error_panic_hook::set_once();
    if let Some(skeleton) = leptos::prelude::document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
    leptos::mount::mount_to_body(pages::App);
}
