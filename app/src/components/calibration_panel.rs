//! Whether a score finds what is good: how many reach the line a week, how well that finds what sales takes and wins, and what
//! came of each band of scores.

use super::ChartFrame;
use crate::format;
use crate::state::what_if::Calibrated;
use crate::text::{Word, words};
use domain::calibration::{BANDS, Band, Quality};
use leptos::prelude::*;

/// The height of the drawing.
const HEIGHT: u64 = 60;
/// The width of a band.
const BAND: usize = 24;

/// Whether a score finds what is good.
#[component]
pub(crate) fn CalibrationPanel(
    /// By the published rules.
    published: Calibrated,
    /// By the draft.
    draft: Calibrated,
    /// How many a week sales can take up, where that is agreed.
    capacity: Option<u32>,
) -> impl IntoView {
    let t = words();
    let weekly = [&published, &draft].map(|it| it.weekly.map(format::tenths));
    let weekly = weekly.map(|weekly| weekly.unwrap_or_else(none));
    let fitting = draft.fitting;
    let over = capacity.is_some_and(|capacity| {
        let weekly = draft.weekly.unwrap_or_default();
        weekly > u64::from(capacity).saturating_mul(1_000)
    });
    let [before, after] = weekly;
    let bands = draft.bands;
    let is_known = bands
        .iter()
        .any(|band| band.accepted > 0 || band.rejected > 0 || band.won > 0);
    let found = [
        (
            "accepted",
            (|t| t.scoring.found_accepted) as Word,
            published.accepted,
            draft.accepted,
        ),
        ("won", |t| t.scoring.found_won, published.won, draft.won),
    ];
    let found = found.into_iter().filter(|(.., draft)| draft.good > 0);
    let found =
        found.map(|(what, heading, before, after)| view! { <Found what heading before after /> });
    view! {
        <section class="calibration-panel" data-test="what-if-calibration">
            <h3>{move || t.get().scoring.calibration}</h3>
            <table class="calibration-table">
                <thead><tr><td></td><th scope="col">{move || t.get().before}</th><th scope="col">{move || t.get().after}</th></tr></thead>
                <tbody>
                    <tr class:is-over=over>
                        <th scope="row">{move || t.get().mql_a_week}</th><td>{before}</td><td data-test="weekly">{after}</td>
                    </tr>
                </tbody>
                {found.collect_view()}
            </table>
            <p class="calibration-note">
                {move || capacity.map(|capacity| match over {
                    true => (t.get().scoring.over_capacity)(capacity),
                    false => (t.get().scoring.within_capacity)(capacity),
                })}
                {move || fitting.map(|line| format!(" {}{}", t.get().scoring.fitting, line))}
                {move || (!is_known).then_some(t.get().scoring.nothing_judged)}
            </p>
            {is_known.then(|| view! { <Bands bands /> })}
        </section>
    }
}

fn none() -> String {
    "–".to_owned()
}

/// How well the line finds what is good, before and after.
#[component]
fn Found(what: &'static str, heading: Word, before: Quality, after: Quality) -> impl IntoView {
    let t = words();
    let share = |of: Option<u64>| of.map_or_else(none, format::percent);
    let times = |of: Option<u64>| of.map_or_else(none, |lift| format!("{}×", format::tenths(lift)));
    let rows = [
        (
            (|t| t.scoring.precision) as Word,
            share(before.precision()),
            share(after.precision()),
        ),
        (
            |t| t.scoring.recall,
            share(before.recall()),
            share(after.recall()),
        ),
        (
            |t| t.scoring.lift,
            times(before.lift()),
            times(after.lift()),
        ),
    ];
    let rows = rows.map(|(label, before, after)| {
        view! { <tr><th scope="row">{move || label(t.get())}</th><td>{before}</td><td>{after}</td></tr> }
    });
    view! {
        <tbody data-test="what-if-quality" data-what=what>
            <tr class="calibration-group"><th scope="rowgroup" colspan="3">{move || heading(t.get())}</th></tr>
            {rows}
        </tbody>
    }
}

/// What came of each band of scores.
#[component]
fn Bands(bands: [Band; BANDS]) -> impl IntoView {
    let t = words();
    let greatest = bands
        .iter()
        .map(|band| band.leads)
        .max()
        .unwrap_or(0)
        .max(1);
    let width = BANDS.saturating_mul(BAND);
    let columns = (0_usize..).zip(bands).map(move |(place, band)| {
        let x = place.saturating_mul(BAND);
        let bar = move |class: &'static str, count: u64| {
            let height = tall(count, greatest);
            let top = HEIGHT.saturating_sub(height);
            view! { <rect class=class x=x.saturating_add(3).to_string() y=top.to_string() width="18" height=height.to_string() rx="1" /> }
        };
        view! { <g>{bar("calibration-all", band.leads)}{bar("calibration-accepted", band.accepted)}{bar("calibration-won", band.won)}</g> }
    });
    let heads = Signal::derive(move || {
        let text = t.get();
        let heads = [
            text.score,
            text.leads,
            text.scoring.accepted,
            text.scoring.rejected,
            text.scoring.won,
        ];
        heads.map(str::to_owned).to_vec()
    });
    let rows = Signal::derive(move || {
        let bands = (0_usize..).zip(bands);
        let row = |(place, band): (usize, Band)| {
            let from = place.saturating_mul(10);
            let to = from.saturating_add(if place.saturating_add(1) == BANDS {
                10
            } else {
                9
            });
            let counts = [band.leads, band.accepted, band.rejected, band.won];
            let counts = counts.map(|count| format::number(t.lang(), count));
            std::iter::once(format!("{from}–{to}"))
                .chain(counts)
                .collect()
        };
        bands.map(row).collect::<Vec<Vec<String>>>()
    });
    let keys = Signal::derive(move || {
        let text = t.get();
        vec![
            ("is-all", text.leads.to_owned()),
            ("is-accepted", text.scoring.accepted.to_owned()),
            ("is-won", text.scoring.won.to_owned()),
        ]
    });
    view! {
        <div class="calibration-bands" data-test="bands">
            <ChartFrame title=t.line(|t| t.scoring.bands_title) keys heads rows>
                <svg viewBox=format!("0 0 {width} {HEIGHT}") role="img" aria-label=move || t.get().scoring.bands_title>
                    {columns.collect_view()}
                    <path class="histogram-axis" d=format!("M0 {HEIGHT}h{width}") />
                </svg>
                <p class="histogram-scale" aria-hidden="true"><span>0</span><span>25</span><span>50</span><span>75</span><span>100</span></p>
            </ChartFrame>
        </div>
    }
}

/// How tall a bar is: what is there at all is seen.
fn tall(count: u64, greatest: u64) -> u64 {
    let height = count.saturating_mul(HEIGHT).checked_div(greatest);
    let height = height.unwrap_or_default();
    if count > 0 { height.max(2) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_at_all_is_seen() {
        let heights = [0, 1, 500, 1_000].map(|count| tall(count, 1_000));
        assert_eq!(heights, [0, 2, 30, 60]);
    }
}
