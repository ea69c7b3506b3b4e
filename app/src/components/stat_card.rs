//! A figure: what it is called, how much it is, and how that compares with before. It opens what is behind it.

use crate::format;
use crate::text::words;
use leptos::prelude::*;

/// A figure.
#[component]
pub(crate) fn StatCard(
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// Its name, for the tests.
    name: &'static str,
    /// How much it is.
    #[prop(into)]
    value: Signal<String>,
    /// By how many thousandths it is more or less than before; none where there was nothing before.
    #[prop(into)]
    change: Signal<Option<i64>>,
    /// Whether less is better.
    #[prop(optional)]
    less: bool,
    /// It is to be shown what is behind it.
    #[prop(optional)]
    press: Option<Callback<()>>,
) -> impl IntoView {
    let t = words();
    let changed = move || {
        let change = change.get()?;
        let good = (change > 0) != less;
        let tone = match change {
            0 => "",
            _ if good => "is-good",
            _ => "is-bad",
        };
        let sign = match change {
            0 => "±",
            1.. => "+",
            _ => "−",
        };
        let text = format!("{sign}{}", format::percent(change.unsigned_abs()));
        Some(
            view! { <span class=format!("stat-card-change {tone}") title=move || t.get().reports.than_before>{text}</span> },
        )
    };
    let body = view! {
        <span class="stat-card-label">{label}</span>
        <span class="stat-card-figure"><b data-test=format!("stat-{name}")>{value}</b>{changed}</span>
    };
    match press {
        Some(press) => view! { <button type="button" class="stat-card" on:click=move |_| press.run(()) data-test=format!("open-{name}")>{body}</button> }.into_any(),
        None => view! { <div class="stat-card">{body}</div> }.into_any(),
    }
}

/// By how many thousandths something is more or less than before; none where there was nothing before.
pub(crate) fn change_of(now: u64, before: u64) -> Option<i64> {
    let (now, before) = (i128::from(now), i128::from(before));
    let change = now.checked_sub(before)?.checked_mul(1_000)?;
    i64::try_from(change.checked_div(before)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_in_thousandths_of_before() {
        assert_eq!(change_of(15, 10), Some(500));
        assert_eq!(change_of(5, 10), Some(-500));
        assert_eq!(change_of(10, 10), Some(0));
        assert_eq!(change_of(10, 0), None);
    }
}
