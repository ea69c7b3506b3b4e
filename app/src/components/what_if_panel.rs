//! What a draft would change: who would cross the MQL line, who would fall below, and how the scores would lie.

use super::{CalibrationPanel, HistogramChart};
use crate::format;
use crate::state::what_if::{Group, Moved, Outcome};
use crate::text::{Word, words};
use domain::id::LeadId;
use leptos::prelude::*;

/// Leads of a list shown at first.
const SHOWN: usize = 8;

/// What a draft would change.
#[component]
pub(crate) fn WhatIfPanel(
    /// What came out.
    outcome: Outcome,
    /// Where a lead's name leads to.
    #[prop(into)]
    href: Callback<LeadId, String>,
    /// What an owner is called, by the id.
    #[prop(into)]
    owner: Callback<String, String>,
    /// How many a week sales can take up, where that is agreed.
    #[prop(into)]
    capacity: Option<u32>,
) -> impl IntoView {
    let t = words();
    let source = Callback::new(move |name: String| match name.is_empty() {
        true => t.get().unknown.to_owned(),
        false => name,
    });
    let Outcome {
        leads,
        changed,
        mql_score,
        up,
        down,
        crossed,
        fell,
        qualified_before,
        qualified_after,
        before,
        after,
        by_source,
        by_owner,
        published,
        draft,
    } = outcome;
    view! {
        <div class="what-if-panel" data-test="what-if" data-crossed=up.to_string() data-fell=down.to_string() data-changed=changed.to_string()>
            <p class="what-if-verdict" data-test="what-if-verdict">{move || (t.get().what_if)(up, down, mql_score)}</p>
            <dl class="what-if-figures">
                <div><dt>{move || t.get().qualified_now}</dt><dd>{move || format::number(t.lang(), qualified_before as u64)}</dd></div>
                <div><dt>{move || t.get().qualified_then}</dt><dd>{move || format::number(t.lang(), qualified_after as u64)}</dd></div>
                <div><dt>{move || t.get().scores_changed}</dt><dd>{move || (t.get().of)(format::number(t.lang(), changed as u64), format::number(t.lang(), leads as u64))}</dd></div>
            </dl>
            <HistogramChart before after mql_score />
            <MovedList moved=crossed count=up heading=|t| t.would_cross test="crossed" href />
            <MovedList moved=fell count=down heading=|t| t.would_fall test="fell" href />
            <Groups groups=by_source heading=|t| t.by_source test="by-source" named=source />
            <Groups groups=by_owner heading=|t| t.scoring.by_owner test="by-owner" named=owner />
            <CalibrationPanel published draft capacity />
        </div>
    }
}

/// Those who would cross or fall, by where they come from or whose they are.
#[component]
fn Groups(
    groups: Vec<Group>,
    heading: Word,
    test: &'static str,
    #[prop(into)] named: Callback<String, String>,
) -> impl IntoView {
    let t = words();
    let moved = groups
        .into_iter()
        .filter(|group| group.up > 0 || group.down > 0);
    let moved: Vec<Group> = moved.take(SHOWN).collect();
    (!moved.is_empty()).then(|| {
        let lines = moved.into_iter().map(|group| {
            let Group { name, up, down, leads } = group;
            view! {
                <li>
                    <span>{move || named.run(name.clone())}<span class="moved-of">{move || (t.get().segments.of_leads)(&format::number(t.lang(), leads as u64))}</span></span>
                    <span class="moved-scores">{move || (t.get().up_and_down)(up, down)}</span>
                </li>
            }
        });
        let lines = lines.collect_view();
        view! {
            <section class="moved-list" data-test=test>
                <h3>{move || heading(t.get())}</h3>
                <ol>{lines}</ol>
            </section>
        }
    })
}

#[component]
fn MovedList(
    moved: Vec<Moved>,
    count: usize,
    heading: Word,
    test: &'static str,
    href: Callback<LeadId, String>,
) -> impl IntoView {
    let t = words();
    let all = RwSignal::new(false);
    let listed = moved.len();
    if count == 0 {
        return ().into_any();
    }
    let moved = StoredValue::new(moved);
    let shown = move || {
        let shown = if all.get() { listed } else { SHOWN };
        moved.with_value(|moved| moved.iter().take(shown).cloned().collect::<Vec<_>>())
    };
    view! {
        <section class="moved-list" data-test=test>
            <h3>{move || heading(t.get())}<span>{move || format::number(t.lang(), count as u64)}</span></h3>
            <ol>
                <For each=shown key=|moved| moved.id let:moved>
                    <li>
                        <a href=href.run(moved.id) title=moved.label.clone()>{moved.label.clone()}</a>
                        <span class="moved-scores"><span>{moved.before}</span>" → "<b>{moved.after}</b></span>
                    </li>
                </For>
            </ol>
            {move || (!all.get() && listed > SHOWN).then(|| view! {
                <button type="button" class="link" on:click=move |_| all.set(true)>
                    {move || (t.get().show_all)(format::number(t.lang(), listed as u64))}
                </button>
            })}
        </section>
    }
    .into_any()
}
