//! What stands beside a lead's history: how it is worked, why that score and grade, what is known, and where from.

use super::lead::Held;
use super::lead_fields::FieldsPanel;
use super::lead_grade::GradePanel;
use super::lead_pursuit::LeadPursuit;
use super::suspects::Judge;
use crate::components::{Explanation, Skeleton, TouchFacts, VerdictChoice, tail};
use crate::state::base::Base;
use crate::text::words;
use domain::api::LeadDetail;
use domain::id::Ms;
use domain::verdict::Verdict;
use leptos::prelude::*;

/// What stands beside the history.
#[component]
pub(super) fn Side(held: Held) -> impl IntoView {
    let profile = held.profile;
    let worked = move || {
        let pursued = profile
            .detail
            .with(|detail| detail.as_ref().and_then(|detail| detail.pursuit.clone()));
        pursued.map(|pursued| view! { <LeadPursuit pursued held /> })
    };
    let judged = move || {
        profile.detail.get().map(|detail| {
            let LeadDetail {
                score,
                rulebook,
                rules,
                placed,
                persona,
                ..
            } = detail;
            view! {
                <div class="panel"><Explanation score rulebook version=rules /></div>
                <GradePanel placed persona held />
            }
        })
    };
    let from = move || {
        profile
            .detail
            .get()
            .map(|detail| view! { <Sources detail now=held.now /> })
    };
    view! {
        {move || profile.detail.with(Option::is_none).then(|| view! { <Skeleton lines=6 /> })}
        {worked}
        {judged}
        <FieldsPanel held />
        {from}
    }
}

/// Where the person comes from, and with which browsers.
#[component]
fn Sources(detail: LeadDetail, now: Signal<Ms>) -> impl IntoView {
    let t = words();
    let one_touch = detail.first_touch.as_ref().map(|touch| touch.event)
        == detail.last_touch.as_ref().map(|touch| touch.event);
    let last_touch = detail.last_touch.filter(|_| !one_touch);
    let verdicts = detail.verdicts;
    let browsers = detail
        .visitors
        .into_iter()
        .map(|id| (id, verdicts.get(&id).copied().unwrap_or_default()));
    let browsers: Vec<_> = browsers.collect();
    let judge = Judge::new(expect_context::<Base>().session, |()| ());
    let origin = detail.origin.map(|origin| origin.source);
    let origin = origin.filter(|source| !source.is_empty());
    view! {
        <section class="panel">
            <h2>{move || t.get().sources}</h2>
            {match detail.first_touch {
                Some(touch) => view! { <TouchFacts title=Signal::derive(move || if one_touch { t.get().only_touch } else { t.get().first_touch }) touch now /> }.into_any(),
                None => view! { <p class="muted">{move || t.get().no_touch}</p> }.into_any(),
            }}
            {last_touch.map(|touch| view! { <TouchFacts title=Signal::derive(move || t.get().last_touch) touch now /> })}
            {origin.map(|source| view! { <dl class="facts"><div><dt>{move || t.get().profile.origin}</dt><dd>{source}</dd></div></dl> })}
        </section>
        {(!browsers.is_empty()).then(|| view! {
            <section class="panel" data-test="lead-browsers">
                <h2>{move || t.get().browsers}</h2>
                {judge.view()}
                <ul class="lead-browsers">
                    {browsers.into_iter().map(|(id, verdict)| view! {
                        <li><code title=id.to_string()>{tail(&id.to_string())}</code>
                            <VerdictChoice verdict otherwise=Verdict::Bot editable=judge.editable() choose=move |verdict| judge.ask(id, verdict) /></li>
                    }).collect_view()}
                </ul>
            </section>
        })}
    }
}
