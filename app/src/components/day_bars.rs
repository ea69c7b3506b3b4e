//! Visits over days: a bar a day or a week, in it the families of channels one over the other.

use super::channel_chip::family;
use crate::format;
use crate::state::reports::Bar;
use crate::text::words;
use domain::channel::Channel;
use leptos::prelude::*;

/// The height of the drawing.
const HEIGHT: u64 = 160;
/// The width of a bar with the space beside it.
const BAR: usize = 10;

/// The families, those below first; the last is of browsers that only went on.
pub(crate) const FAMILIES: [&str; 7] = [
    "organic", "paid", "mail", "referral", "ai", "plain", "resumed",
];

/// The family in which visits of a channel are drawn.
pub(crate) fn family_of(channel: Option<Channel>) -> &'static str {
    channel.map_or("resumed", family)
}

/// How many of a bar are of each family.
pub(crate) fn by_family(bar: &[(Option<Channel>, u64)]) -> [u64; 7] {
    FAMILIES.map(|family| {
        let own = bar
            .iter()
            .filter(|(channel, _)| family_of(*channel) == family);
        own.fold(0_u64, |sum, (_, visits)| sum.saturating_add(*visits))
    })
}

/// Visits over days.
#[component]
pub(crate) fn DayBars(
    /// The bars, the oldest first.
    bars: Vec<Bar>,
) -> impl IntoView {
    let t = words();
    let sums: Vec<[u64; 7]> = bars.iter().map(|(_, bar)| by_family(bar)).collect();
    let all = |sums: &[u64; 7]| sums.iter().copied().fold(0_u64, u64::saturating_add);
    let greatest = sums.iter().map(all).max().unwrap_or(0).max(1);
    let width = bars.len().max(1).saturating_mul(BAR);
    let newest = format::noon(bars.last().map(|(day, _)| *day).unwrap_or_default());
    let first = format::noon(bars.first().map(|(day, _)| *day).unwrap_or_default());
    let drawn = bars.into_iter().zip(sums).enumerate().map(|(place, ((day, _), sums))| {
        let x = place.saturating_mul(BAR);
        let count = all(&sums);
        let title = move || {
            let day = format::day(t.lang(), format::noon(day), newest);
            (t.get().refused.on_day)(&day, &format::number(t.lang(), count))
        };
        let mut below = 0_u64;
        let parts = FAMILIES.into_iter().zip(sums).filter(|(_, count)| *count > 0);
        let parts = parts.map(|(family, count)| {
            let from = height(below, greatest);
            below = below.saturating_add(count);
            let until = height(below, greatest);
            let (top, high) = (HEIGHT.saturating_sub(until), until.saturating_sub(from));
            view! { <rect class="day-bars-part" data-family=family x=x.saturating_add(1).to_string() y=top.to_string() width="8" height=high.max(1).to_string() /> }
        });
        let parts = parts.collect_view();
        view! {
            <g>
                <title>{title}</title>
                <rect class="day-bars-hit" x=x.to_string() width=BAR.to_string() height=HEIGHT.to_string() />
                {parts}
            </g>
        }
    });
    let drawn = drawn.collect_view();
    view! {
        <div class="day-bars" data-test="day-bars">
            <span class="day-bars-most">{move || format::number(t.lang(), greatest)}</span>
            <svg viewBox=format!("0 0 {width} {HEIGHT}") preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>
            <span class="day-bars-ends"><span>{move || format::day(t.lang(), first, newest)}</span><span>{move || format::day(t.lang(), newest, newest)}</span></span>
        </div>
    }
}

fn height(count: u64, greatest: u64) -> u64 {
    count
        .saturating_mul(HEIGHT)
        .checked_div(greatest)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_channel_is_in_a_family_that_is_drawn() {
        for channel in Channel::ALL {
            let bar = [(Some(*channel), 3), (None, 2)];
            assert_eq!(by_family(&bar).iter().sum::<u64>(), 5, "{channel:?}");
        }
    }
}
