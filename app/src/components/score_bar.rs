//! A score: the number, a bar of 0–100 with the MQL line on it, and whether it is above.

use crate::text::words;
use leptos::prelude::*;

/// A score.
#[component]
pub(crate) fn ScoreBar(
    /// 0–100.
    #[prop(into)]
    score: Signal<i32>,
    /// The MQL line, once known.
    #[prop(into)]
    mql_score: Signal<Option<i32>>,
) -> impl IntoView {
    let t = words();
    let qualified = move || mql_score.get().is_some_and(|line| score.get() >= line);
    let label = move || {
        mql_score
            .get()
            .map(|line| (t.get().score_against_line)(score.get(), line))
    };
    view! {
        <span class="score-bar" class:is-mql=qualified title=label>
            <span class="score-bar-number" data-test="score-number">{move || score.get()}</span>
            <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect class="score-bar-track" y="2" width="100" height="4" />
                <rect class="score-bar-fill" y="2" width=move || score.get().clamp(0, 100).to_string() height="4" />
                {move || {
                    mql_score.get().map(|line| {
                        view! { <rect class="score-bar-line" x=line.saturating_sub(1).to_string() width="2" height="8" /> }
                    })
                }}
            </svg>
            <span class="score-bar-mark" aria-hidden=move || (!qualified()).to_string()>{move || t.get().mql}</span>
        </span>
    }
}
