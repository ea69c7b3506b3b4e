//! A score, rule by rule: what each gave, how often, what time and its cap took; what the groups' caps and silence took; the
//! sum; how far it is to the MQL line and to the next band.

use super::ScoreBar;
use crate::format;
use crate::text::words;
use domain::api::Lang;
use domain::rulebook::{Name, Rulebook};
use domain::score::{Line, Score, Threshold};
use leptos::prelude::*;

/// A rule's name in a language.
pub(crate) fn name_in(lang: Lang, name: &Name) -> String {
    match lang {
        Lang::Zh => name.zh.clone(),
        Lang::En => name.en.clone(),
    }
}

/// A score, rule by rule.
#[component]
pub(crate) fn Explanation(
    /// The score.
    score: Score,
    /// The rules it was computed by.
    rulebook: Rulebook,
    /// Their version.
    version: u32,
) -> impl IntoView {
    let t = words();
    let line_at = rulebook.mql_score;
    let total = score.total;
    let greatest = score
        .lines
        .iter()
        .map(|line| line.points.saturating_abs())
        .max()
        .unwrap_or(1)
        .max(1);
    let clamped = score.clamped;
    let nothing = score.lines.is_empty();
    let silent = score.silent;
    let to_band = score.missing.and_then(|missing| match missing.to {
        Threshold::Band(band) => Some((band, missing.points)),
        Threshold::Mql => None,
    });
    let cuts = score.cuts.into_iter().map(|cut| {
        let group = rulebook.groups.iter().find(|group| group.id == cut.group);
        let name = group.map(|group| group.name.clone());
        let (id, cap, points) = (cut.group, cut.cap, cut.points);
        let called = move |lang| name.as_ref().map_or_else(|| id.clone(), |name| name_in(lang, name));
        view! {
            <li class="explanation-line is-clamp" class:is-minus=points < 0 data-test="score-cut">
                <span class="explanation-name">{move || (t.get().group_cap)(called(t.lang()), cap)}</span>
                <span class="explanation-points">{format::points(points)}</span>
            </li>
        }
    });
    let cuts = cuts.collect_view();
    let lines = score.lines.into_iter().map(|line| {
        let name = rulebook
            .rules
            .iter()
            .find(|rule| rule.id == line.rule)
            .map(|rule| rule.name.clone());
        view! { <ExplanationLine line name greatest /> }
    });
    let lines = lines.collect_view();
    view! {
        <section class="explanation" data-test="explanation">
            <header>
                <h2>{move || t.get().why_this_score}</h2>
                <span class="muted">{move || (t.get().by_version)(version)}</span>
            </header>
            <p class="explanation-total" data-test="lead-score">
                <ScoreBar score=total mql_score=Some(line_at) />
                <span data-test="to-mql">{move || (t.get().to_mql)(line_at.saturating_sub(total))}</span>
                {to_band.map(|(band, points)| view! { <span class="muted" data-test="to-band">{move || (t.get().to_band)(band, points)}</span> })}
            </p>
            {nothing.then(|| view! { <p class="muted">{move || t.get().no_points_yet}</p> })}
            <ol>
                {lines}
                {cuts}
                {silent.map(|silent| view! {
                    <li class="explanation-line is-clamp is-minus" data-test="score-silent">
                        <span class="explanation-name">{move || (t.get().silent)(silent.times)}</span>
                        <span class="explanation-points">{format::points(silent.points)}</span>
                    </li>
                })}
                {(clamped != 0).then(|| view! {
                    <li class="explanation-line is-clamp" data-test="score-clamp">
                        <span class="explanation-name">{move || t.get().clamped}</span>
                        <span class="explanation-points">{format::points(clamped)}</span>
                    </li>
                })}
            </ol>
            <p class="explanation-sum" data-test="score-sum"><span>{move || t.get().sum}</span><b>{total}</b></p>
        </section>
    }
}

#[component]
fn ExplanationLine(line: Line, name: Option<Name>, greatest: i32) -> impl IntoView {
    let t = words();
    let id = line.rule.clone();
    let title = move || {
        name.as_ref()
            .map_or_else(|| line.rule.clone(), |name| name_in(t.lang(), name))
    };
    let awards = line.awards.len();
    let (points, lost) = (line.points, line.lost_to_cap);
    let faded = line.faded;
    let share = i64::from(points.saturating_abs())
        .saturating_mul(100)
        .checked_div(greatest.into())
        .unwrap_or_default();
    view! {
        <li class="explanation-line" class:is-minus=points < 0 data-test="score-line" data-rule=id>
            <span class="explanation-name">{title}</span>
            <span class="explanation-points" data-test="score-line-points">{format::points(points)}</span>
            <svg viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">
                <rect class="explanation-track" width="100" height="3" />
                <rect class="explanation-fill" width=share.to_string() height="3" />
            </svg>
            <span class="explanation-detail">
                {move || (t.get().awards)(awards)}
                {move || (faded != 0).then(|| view! { <em data-test="score-line-faded">{(t.get().faded)(faded)}</em> })}
                {move || (lost != 0).then(|| view! { <em>{(t.get().lost_to_cap)(lost)}</em> })}
            </span>
        </li>
    }
}
