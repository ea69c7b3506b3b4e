//! How often something happened, a bar a day.

use crate::format;
use crate::text::words;
use domain::day::Day;
use leptos::prelude::*;

/// The height of the drawing.
const HEIGHT: u64 = 28;
/// The width of a day.
const DAY: usize = 8;

/// A bar a day, the oldest first.
#[component]
pub(crate) fn TrendBars(
    /// (day since 1970-01-01, count).
    days: Vec<(i32, u64)>,
) -> impl IntoView {
    let t = words();
    let greatest = days
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(0)
        .max(1);
    let width = days.len().saturating_mul(DAY);
    let newest = format::noon(Day(days.last().map_or(0, |(day, _)| *day)));
    let bars = days.into_iter().enumerate().map(|(place, (day, count))| {
        let x = place.saturating_mul(DAY);
        let height = height(count, greatest);
        let top = HEIGHT.saturating_sub(height);
        let title = move || {
            let day = format::day(t.lang(), format::noon(Day(day)), newest);
            (t.get().refused.on_day)(&day, &format::number(t.lang(), count))
        };
        view! {
            <g>
                <title>{title}</title>
                <rect class="trend-bars-hit" x=x.to_string() width=DAY.to_string() height=HEIGHT.to_string() />
                <rect class="trend-bars-bar" x=x.saturating_add(1).to_string() y=top.to_string() width="6" height=height.to_string() rx="1" />
            </g>
        }
    });
    view! {
        <svg class="trend-bars" viewBox=format!("0 0 {width} {HEIGHT}") preserveAspectRatio="none" aria-hidden="true">
            {bars.collect_view()}
        </svg>
    }
}

/// A bar's height: what happened at all is seen, and a day without is a line on the ground.
fn height(count: u64, greatest: u64) -> u64 {
    let height = count.saturating_mul(HEIGHT).checked_div(greatest);
    height
        .unwrap_or_default()
        .max(if count > 0 { 3 } else { 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_bar_is_full_and_the_least_is_seen() {
        let heights = [0, 1, 500, 1_000].map(|count| height(count, 1_000));
        assert_eq!(heights, [1, 3, 14, 28]);
    }
}
