//! Examples of what was refused or suspected: when, from where, by what, and what was wrong.

use super::visitor_table::tail;
use super::{VerdictChoice, WhenText};
use crate::text::{Word, words};
use domain::id::{Ms, VisitorId};
use domain::tally::Sample;
use domain::verdict::Verdict;
use leptos::prelude::*;

/// Examples, the newest first.
#[component]
pub(crate) fn SampleList(
    /// The examples.
    samples: Vec<Sample>,
    /// What time it is.
    #[prop(into)]
    now: Signal<Ms>,
    /// Whether a verdict may be given.
    #[prop(into)]
    editable: Signal<bool>,
    /// A verdict is chosen.
    #[prop(into)]
    judge: Callback<(VisitorId, Verdict)>,
) -> impl IntoView {
    let t = words();
    let none = samples.is_empty();
    view! {
        <ul class="sample-list">
            {none.then(|| view! { <li class="muted">{move || t.get().refused.no_examples}</li> })}
            {samples.into_iter().map(|sample| view! { <SampleItem sample now editable judge /> }).collect_view()}
        </ul>
    }
}

#[component]
fn SampleItem(
    sample: Sample,
    #[prop(into)] now: Signal<Ms>,
    #[prop(into)] editable: Signal<bool>,
    #[prop(into)] judge: Callback<(VisitorId, Verdict)>,
) -> impl IntoView {
    let t = words();
    let facts: [(Word, Option<String>); 5] = [
        (|t| t.refused.page, sample.page),
        (|t| t.refused.member, sample.field),
        (|t| t.refused.origin, sample.origin),
        (|t| t.refused.agent, sample.agent),
        (
            |t| t.refused.browser,
            sample.visitor.map(|id| tail(&id.to_string())),
        ),
    ];
    let facts = facts.into_iter().filter_map(|(label, value)| {
        let value = value?;
        Some(view! { <div><dt>{move || label(t.get())}</dt><dd title=value.clone()>{value.clone()}</dd></div> })
    });
    let verdict = sample.verdict.unwrap_or_default();
    view! {
        <li class="sample-list-item" data-test="sample">
            <p class="sample-list-head">
                <WhenText at=sample.at now />
                {(!sample.site.0.is_empty()).then(|| view! { <code>{sample.site.to_string()}</code> })}
                {sample.visitor.map(|visitor| view! {
                    <VerdictChoice verdict otherwise=Verdict::Person editable choose=move |verdict| judge.run((visitor, verdict)) />
                })}
            </p>
            <dl class="facts">{facts.collect_view()}</dl>
        </li>
    }
}
