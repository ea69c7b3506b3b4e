//! How well a person fits: the grade, how sure it is, and each reason for and against.

use super::lead::Held;
use super::persona_words::asked;
use crate::components::{Badge, Meter, Tone, name_in};
use crate::text::words;
use domain::api::BestPersona;
use domain::grade::Placed;
use domain::persona::Answer;
use leptos::prelude::*;

/// How well a person fits.
#[component]
pub(super) fn GradePanel(
    /// The grade; nothing where the rulebook does not grade.
    placed: Option<Placed>,
    /// The persona that fits best.
    persona: Option<BestPersona>,
    /// The page.
    held: Held,
) -> impl IntoView {
    let t = words();
    if placed.is_none() && persona.is_none() {
        return ().into_any();
    }
    view! {
        <section class="panel lead-grade" data-test="lead-grade">
            <h2>{move || t.get().profile.fit}</h2>
            {placed.map(|placed| view! { <Grade placed held /> })}
            {persona.map(|persona| view! {
                <p class="lead-persona">
                    <span class="muted">{move || t.get().profile.best_persona}</span>
                    <a href=format!("/personas/{}", persona.id)>{move || name_in(t.lang(), &persona.name)}</a>
                    {persona.percent.map(|percent| view! { <span>{format!("{percent}%")}</span> })}
                </p>
            })}
        </section>
    }
    .into_any()
}

#[component]
fn Grade(placed: Placed, held: Held) -> impl IntoView {
    let t = words();
    let graded = placed.graded;
    let letter = graded.grade.map_or("–", |grade| grade.name());
    let known = u64::from(graded.known_percent);
    let reasons = graded.reasons.into_iter().map(|reason| {
        let rule = StoredValue::new(reason.rule);
        let answer = reason.answer;
        let tone = match answer {
            Answer::Yes => "yes",
            Answer::No => "no",
            Answer::Unknown => "unknown",
        };
        view! {
            <li data-answer=tone>
                <span>{move || rule.with_value(|rule| asked(t, held.terms.schema.into(), rule))}</span>
                <span class="lead-answer">{move || (t.get().profile.answer)(answer)}</span>
            </li>
        }
    });
    let reasons = reasons.collect_view();
    let cell = placed.cell;
    view! {
        <p class="lead-grade-head">
            <b data-test="grade">{letter}</b>
            <span>{move || match graded.fits_percent {
                Some(percent) => (t.get().profile.fits)(percent),
                None => t.get().profile.fits_unknown.to_owned(),
            }}<span class="muted">{move || (t.get().profile.place)(&cell)}</span></span>
        </p>
        <Meter done=Signal::stored(known) total=Signal::stored(100) text=Signal::derive(move || (t.get().profile.known_percent)(graded.known_percent)) />
        {placed.excluded.into_iter().map(|(_, name)| view! {
            <p><Badge tone=Tone::Bad text=Signal::derive(move || (t.get().profile.excluded_by)(&name_in(t.lang(), &name))) /></p>
        }).collect_view()}
        <ul class="lead-reasons">{reasons}</ul>
    }
}
