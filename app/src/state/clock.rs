//! The time, as the screens show it: a signal that moves every few seconds.

use domain::id::Ms;
use gloo::timers::callback::Interval;
use leptos::prelude::*;

/// How often relative times are written anew.
const TICK_MS: u32 = 10_000;

/// The browser's time.
#[derive(Clone, Copy)]
pub(crate) struct Clock(RwSignal<Ms>);

/// Milliseconds since 1970 by the browser's clock.
pub(crate) fn now() -> Ms {
    js_sys::Date::now() as Ms
}

impl Clock {
    /// Starts it; it runs as long as the page.
    pub(crate) fn start() -> Clock {
        let signal = RwSignal::new(now());
        Interval::new(TICK_MS, move || signal.set(now())).forget();
        Clock(signal)
    }

    /// The time of the last tick.
    pub(crate) fn signal(self) -> Signal<Ms> {
        self.0.into()
    }
}
