//! How many leads score how much, by the published rules and by the draft, with the draft's MQL line.

use crate::format;
use crate::state::what_if::{BINS, Histogram};
use crate::text::words;
use leptos::prelude::*;

/// The height of the drawing.
const HEIGHT: u64 = 80;
/// The width of a column.
const COLUMN: usize = 12;

/// Two histograms over each other.
#[component]
pub(crate) fn HistogramChart(
    /// By the published rules.
    before: Histogram,
    /// By the draft.
    after: Histogram,
    /// The draft's MQL line.
    mql_score: i32,
) -> impl IntoView {
    let t = words();
    let greatest = u64::from(before.iter().chain(&after).copied().max().unwrap_or(0)).max(1);
    let columns = before.into_iter().zip(after).enumerate().map(|(place, (before, after))| {
        let from = place.saturating_mul(100).checked_div(BINS).unwrap_or_default();
        let x = place.saturating_mul(COLUMN);
        let title = move || (t.get().histogram_column)(from, from.saturating_add(5).min(100), before, after);
        view! {
            <g>
                <title>{title}</title>
                <rect class="histogram-hit" x=x.to_string() width=COLUMN.to_string() height=HEIGHT.to_string() />
                <Column class="histogram-before" x=x.saturating_add(1) width=10 height=height(before, greatest) />
                <Column class="histogram-after" x=x.saturating_add(3) width=6 height=height(after, greatest) />
            </g>
        }
    });
    let columns = columns.collect_view();
    let line = i64::from(mql_score)
        .saturating_mul(i64::try_from(BINS.saturating_mul(COLUMN)).unwrap_or_default())
        .checked_div(100)
        .unwrap_or_default();
    view! {
        <figure class="histogram" data-test="histogram">
            <svg viewBox="0 -4 240 88" role="img" aria-label=move || t.get().histogram>
                {columns}
                <path class="histogram-axis" d="M0 80h240" />
                <path class="histogram-line" d=format!("M{line} -4V80") />
            </svg>
            <p class="histogram-scale" aria-hidden="true"><span>0</span><span>25</span><span>50</span><span>75</span><span>100</span></p>
            <figcaption>
                <span class="histogram-key is-before">{move || t.get().before}</span>
                <span class="histogram-key is-after">{move || t.get().after}</span>
                <span class="histogram-key is-line">{move || (t.get().mql_line_at)(mql_score)}</span>
                <span class="histogram-most">{move || (t.get().most_in_column)(format::number(t.lang(), greatest))}</span>
            </figcaption>
        </figure>
    }
}

#[component]
fn Column(class: &'static str, x: usize, width: usize, height: u64) -> impl IntoView {
    let top = HEIGHT.saturating_sub(height);
    view! { <rect class=class x=x.to_string() y=top.to_string() width=width.to_string() height=height.to_string() rx="1" /> }
}

/// A column's height: what is there at all is seen.
fn height(count: u32, greatest: u64) -> u64 {
    let height = u64::from(count)
        .saturating_mul(HEIGHT)
        .checked_div(greatest)
        .unwrap_or_default();
    if count > 0 { height.max(2) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_column_is_full_and_the_least_is_seen() {
        assert_eq!(
            [
                height(0, 100),
                height(1, 1_000),
                height(50, 100),
                height(100, 100)
            ],
            [0, 2, 40, 80]
        );
    }
}
