//! A day and a time of it, by the browser's clock.

use crate::format;
use domain::id::Ms;
use domain::profile::{read_date, show_date};
use leptos::prelude::*;

const HOUR_MS: Ms = 3_600_000;
const MINUTE_MS: Ms = 60_000;

/// A day and a time of it.
#[component]
pub(crate) fn TimeField(
    /// Its label.
    #[prop(into)]
    label: Signal<String>,
    /// Its name, for the tests.
    name: &'static str,
    /// The time.
    #[prop(into)]
    at: Signal<Option<Ms>>,
    /// Another is chosen, or none.
    #[prop(into)]
    choose: Callback<Option<Ms>>,
) -> impl IntoView {
    view! {
        <label class="field time-field">
            <span class="field-label">{label}</span>
            <input class="input" type="datetime-local" data-test=name
                prop:value=move || at.get().map(shown).unwrap_or_default()
                on:change:target=move |event| choose.run(read(&event.target().value(), format::local_begin)) />
        </label>
    }
}

/// A time as such an input has it.
fn shown(at: Ms) -> String {
    let day = i32::try_from(format::local_day(at)).unwrap_or_default();
    let of_day = at.saturating_sub(format::local_begin(day));
    write(day, of_day)
}

fn write(day: i32, of_day: Ms) -> String {
    let (hour, minute) = (
        of_day.div_euclid(HOUR_MS),
        of_day.rem_euclid(HOUR_MS).div_euclid(MINUTE_MS),
    );
    format!("{}T{hour:02}:{minute:02}", show_date(day))
}

fn read(text: &str, begin: impl Fn(i32) -> Ms) -> Option<Ms> {
    let (day, time) = text.split_once('T')?;
    let day = read_date(day, None).ok()?;
    let mut parts = time.split(':');
    let hour: Ms = parts.next()?.parse().ok()?;
    let minute: Ms = parts.next()?.parse().ok()?;
    let of_day = hour
        .checked_mul(HOUR_MS)?
        .checked_add(minute.checked_mul(MINUTE_MS)?)?;
    begin(day).checked_add(of_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_the_browser_writes_it() {
        let begin = |day: i32| Ms::from(day) * 86_400_000;
        let at = 86_400_000 + 9 * HOUR_MS + 5 * MINUTE_MS;
        assert_eq!(write(1, 9 * HOUR_MS + 5 * MINUTE_MS), "1970-01-02T09:05");
        for (text, expect) in [
            ("1970-01-02T09:05", Some(at)),
            ("1970-01-02T09:05:00", Some(at)),
            ("1970-01-02", None),
            ("", None),
        ] {
            assert_eq!(read(text, begin), expect, "{text}");
        }
    }
}
