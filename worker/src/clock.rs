//! The only source of time. Nothing else in the worker asks the platform for it.

use domain::id::Ms;

/// Milliseconds since 1970. In a deployed object it advances only after I/O.
#[cfg(not(feature = "hooks"))]
pub(crate) fn now() -> Ms {
    platform_now()
}

/// The same, moved by what a test has set.
#[cfg(feature = "hooks")]
pub(crate) fn now() -> Ms {
    platform_now().saturating_add(hooks::offset_ms())
}

/// The platform's own time, which no test moves: for what the platform itself counts, such as writes a second.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a time in milliseconds is a whole number far below 2^53"
)]
pub(crate) fn platform_now() -> Ms {
    js_sys::Date::now() as Ms
}

/// The test's hand on the clock. It is kept outside the module's memory, so that it outlives a panic.
#[cfg(feature = "hooks")]
pub(crate) mod hooks {
    use domain::id::Ms;
    use js_sys::{Reflect, global};
    use wasm_bindgen::JsValue;

    const NAME: &str = "__trellis_clock_offset_ms";

    /// Moves the clock to this far from the platform's.
    #[expect(clippy::cast_precision_loss, reason = "offsets are far below 2^53")]
    pub(crate) fn set_offset_ms(offset: Ms) {
        let _ = Reflect::set(
            &global(),
            &JsValue::from_str(NAME),
            &JsValue::from_f64(offset as f64),
        );
    }

    #[expect(clippy::cast_possible_truncation, reason = "set from a whole number")]
    pub(super) fn offset_ms() -> Ms {
        let value = Reflect::get(&global(), &JsValue::from_str(NAME)).ok();
        value
            .and_then(|value| value.as_f64())
            .map_or(0, |offset| offset as Ms)
    }
}
