//! Browsers of which an event was suspected, a row each, with what is held of each.

use super::visitor_table::tail;
use super::{VerdictChoice, WhenText};
use crate::format;
use crate::text::words;
use domain::api::VisitorRow;
use domain::id::{Ms, VisitorId};
use domain::verdict::Verdict;
use leptos::prelude::*;

/// Suspected browsers, a row each.
#[component]
pub(crate) fn SuspectTable(
    /// The rows, in order.
    #[prop(into)]
    rows: Signal<Vec<VisitorRow>>,
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
    let key = |row: &VisitorRow| (row.id, row.seq, row.verdict);
    view! {
        <table class="suspect-table plain-table">
            <thead><tr>
                <th scope="col">{move || t.get().refused.browser}</th>
                <th scope="col">{move || t.get().refused.reason}</th>
                <th scope="col" class="is-number">{move || t.get().refused.events}</th>
                <th scope="col">{move || t.get().last_activity}</th>
                <th scope="col">{move || t.get().refused.verdict_of}</th>
            </tr></thead>
            <tbody>
                <For each=move || rows.get() key let:row>
                    <SuspectLine row now editable judge />
                </For>
            </tbody>
        </table>
    }
}

#[component]
fn SuspectLine(
    row: VisitorRow,
    #[prop(into)] now: Signal<Ms>,
    #[prop(into)] editable: Signal<bool>,
    #[prop(into)] judge: Callback<(VisitorId, Verdict)>,
) -> impl IntoView {
    let t = words();
    let (id, count, reason) = (row.id, row.suspected, row.reason);
    view! {
        <tr data-test="suspect" data-id=id.to_string()>
            <td><code title=id.to_string()>{tail(&id.to_string())}</code></td>
            <td>{move || reason.map(|reason| (t.get().refused.suspicion)(reason))}</td>
            <td class="is-number" data-label=move || t.get().refused.events>{move || format::number(t.lang(), count.into())}</td>
            <td><WhenText at=row.last_at now /></td>
            <td><VerdictChoice verdict=row.verdict otherwise=Verdict::Person editable choose=move |verdict| judge.run((id, verdict)) /></td>
        </tr>
    }
}
