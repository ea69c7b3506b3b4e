//! A day of the calendar, typed or picked as the browser does it.

use domain::profile::{read_date, show_date};
use leptos::prelude::*;

/// A day of the calendar.
#[component]
pub(crate) fn DateField(
    /// Its label.
    #[prop(into)]
    label: Signal<String>,
    /// Its name, for the tests.
    name: &'static str,
    /// The day, as days since 1970-01-01.
    #[prop(into)]
    day: Signal<Option<i32>>,
    /// Another is chosen, or none.
    #[prop(into)]
    choose: Callback<Option<i32>>,
) -> impl IntoView {
    view! {
        <label class="field date-field">
            <span class="field-label">{label}</span>
            <input class="input" type="date" data-test=name
                prop:value=move || day.get().map(show_date).unwrap_or_default()
                on:change:target=move |event| choose.run(read(&event.target().value())) />
        </label>
    }
}

/// A day as such an input has it.
fn read(text: &str) -> Option<i32> {
    read_date(text, None).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_the_browser_writes_it() {
        for (text, expect) in [("1970-01-02", Some(1)), ("", None), ("2026-02-31", None)] {
            assert_eq!(read(text), expect, "{text}");
        }
        assert_eq!(show_date(1), "1970-01-02");
    }
}
