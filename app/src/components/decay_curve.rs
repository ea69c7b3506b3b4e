//! How the points of an award fade, drawn day by day from the rules' own arithmetic.

use super::ChartFrame;
use crate::format;
use crate::text::words;
use domain::score::curve;
use leptos::prelude::*;

/// The height of the drawing.
const HEIGHT: i64 = 64;
/// The width of the drawing.
const WIDTH: i64 = 240;
/// So many half-lives are drawn.
const HALVINGS: u32 = 4;

/// How the points of an award fade.
#[component]
pub(crate) fn DecayCurve(
    /// What it is worth when it is fresh.
    #[prop(into)]
    points: Signal<i32>,
    /// After how many days it is worth half.
    #[prop(into)]
    half_life_days: Signal<u16>,
) -> impl IntoView {
    let t = words();
    let left = Memo::new(move |_| {
        let days = half_life_days.get();
        let span = u32::from(days).saturating_mul(HALVINGS);
        curve(points.get(), Some(days), span)
    });
    let title = Signal::derive(move || (t.get().scoring.fades)(points.get(), half_life_days.get()));
    let heads = Signal::derive(move || {
        let text = t.get().scoring;
        vec![text.after_days.to_owned(), text.points_left.to_owned()]
    });
    let rows = Signal::derive(move || {
        let left = left.get();
        let days = half_life_days.get();
        let at = (0..=HALVINGS).map(|halvings| u32::from(days).saturating_mul(halvings));
        let row = |age: u32| {
            let value = left.get(usize::try_from(age).ok()?)?;
            Some(vec![
                format::number(t.lang(), u64::from(age)),
                format::thousandths(*value),
            ])
        };
        at.filter_map(row).collect::<Vec<_>>()
    });
    let scale = move || {
        let days = half_life_days.get();
        let marks = (0..=HALVINGS).map(|halvings| u32::from(days).saturating_mul(halvings));
        marks
            .map(|day| view! { <span>{format::number(t.lang(), u64::from(day))}</span> })
            .collect_view()
    };
    view! {
        <div class="decay-curve" data-test="decay-curve">
            <ChartFrame title keys=Vec::new() heads rows>
                <svg viewBox="0 -2 240 68" preserveAspectRatio="none" role="img" aria-label=title>
                    <path class="decay-curve-half" d=half_lines() />
                    <path class="decay-curve-area" d=move || left.with(|left| format!("{}L{WIDTH} {HEIGHT}L0 {HEIGHT}Z", path(left))) />
                    <path class="decay-curve-line" d=move || left.with(|left| path(left)) />
                    <path class="decay-curve-axis" d="M0 64h240" />
                </svg>
                <p class="decay-curve-scale" aria-hidden="true">{scale}</p>
            </ChartFrame>
        </div>
    }
}

/// A line at each half-life.
fn half_lines() -> String {
    let step = WIDTH.checked_div(i64::from(HALVINGS)).unwrap_or(WIDTH);
    let lines =
        (1..i64::from(HALVINGS)).map(|place| format!("M{} 0V{HEIGHT}", place.saturating_mul(step)));
    lines.collect()
}

/// The line through what is left day by day; what is taken away fades from below likewise.
fn path(left: &[i64]) -> String {
    let fresh = left.first().copied().unwrap_or(1).abs().max(1);
    let last = i64::try_from(left.len().saturating_sub(1))
        .unwrap_or(1)
        .max(1);
    let point = |(day, value): (i64, &i64)| {
        let x = day
            .saturating_mul(WIDTH.saturating_mul(10))
            .checked_div(last);
        let tall = value
            .abs()
            .saturating_mul(HEIGHT.saturating_mul(10))
            .checked_div(fresh);
        let (x, tall) = (x.unwrap_or_default(), tall.unwrap_or_default());
        let y = HEIGHT.saturating_mul(10).saturating_sub(tall);
        let letter = if day == 0 { 'M' } else { 'L' };
        format!("{letter}{} {}", tenth(x), tenth(y))
    };
    (0_i64..).zip(left).map(point).collect()
}

/// Tenths, as a drawing writes them.
fn tenth(tenths: i64) -> String {
    let whole = tenths.checked_div(10).unwrap_or_default();
    let part = tenths.checked_rem(10).unwrap_or_default().abs();
    format!("{whole}.{part}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_falls_by_half_at_each_half_life() {
        assert_eq!(
            path(&curve(8, Some(1), 2)),
            "M0.0 0.0L120.0 32.0L240.0 48.0"
        );
        // What is taken away fades like what is given.
        assert_eq!(path(&curve(-8, Some(1), 2)), path(&curve(8, Some(1), 2)));
        assert_eq!(path(&[]), "");
    }
}
