//! One reason: what it is called, what to do about it, how often and when, and examples that open.

use super::{Glyph, Icon, TrendBars};
use crate::format;
use crate::state::counts::Line;
use crate::text::words;
use leptos::prelude::*;

/// One reason.
#[component]
pub(crate) fn CountCard(
    /// The counts.
    line: Line,
    /// What it is called.
    #[prop(into)]
    title: Signal<String>,
    /// The collector's step, where one refuses so.
    #[prop(into)]
    step: Signal<Option<&'static str>>,
    /// What it means and what to do about it.
    #[prop(into)]
    note: Signal<String>,
    /// Whether its examples are shown.
    #[prop(into)]
    open: Signal<bool>,
    /// They are to be shown, or hidden.
    #[prop(into)]
    toggle: Callback<()>,
    /// The examples.
    children: ChildrenFn,
) -> impl IntoView {
    let t = words();
    let total = line.total;
    view! {
        <li class="count-card" data-test="count" data-name=line.name>
            <div class="count-card-text">
                <h3>{title}{move || step.get().map(|step| view! { <span class="badge" data-test="count-step">{step}</span> })}</h3>
                <p>{note}</p>
            </div>
            <TrendBars days=line.days />
            <b class="count-card-total" data-test="count-total">{move || format::number(t.lang(), total)}</b>
            <button type="button" class="button is-small" class:is-open=open aria-expanded=move || open.get().to_string() on:click=move |_| toggle.run(()) data-test="count-examples">
                {move || t.get().refused.examples}<Icon glyph=Glyph::Chevron />
            </button>
            {move || open.get().then(|| children())}
        </li>
    }
}
