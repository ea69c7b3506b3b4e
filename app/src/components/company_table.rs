//! Companies, a row each. A row is one link.

use super::{ScoreBar, Table, WhenText};
use crate::format;
use crate::text::words;
use domain::api::AccountRow;
use domain::id::Ms;
use leptos::prelude::*;

/// Companies, a row each.
#[component]
pub(crate) fn CompanyTable(
    /// The rows, in order.
    #[prop(into)]
    rows: Signal<Vec<AccountRow>>,
    /// What time it is.
    #[prop(into)]
    now: Signal<Ms>,
) -> impl IntoView {
    let t = words();
    // A row that says something else is another row.
    let key = |row: &AccountRow| {
        (
            row.account.id,
            row.account.seq,
            row.score,
            row.people,
            row.last_at,
            row.interest.last,
            row.interest.before,
        )
    };
    let head = move || {
        view! {
            <th scope="col">{move || t.get().companies.one}</th>
            <th scope="col" class="lead-table-score">{move || t.get().score}</th>
            <th scope="col" class="company-table-people">{move || t.get().companies.people}</th>
            <th scope="col" class="company-table-interest">{move || t.get().companies.interest}</th>
            <th scope="col" class="lead-table-when">{move || t.get().last_activity}</th>
        }
    };
    view! {
        <Table class="company-table" head>
            <For each=move || rows.get() key=key let:row>
                <CompanyLine row now />
            </For>
        </Table>
    }
}

#[component]
fn CompanyLine(row: AccountRow, now: Signal<Ms>) -> impl IntoView {
    let t = words();
    let AccountRow {
        account,
        score,
        people,
        last_at,
        interest,
        rising,
    } = row;
    let domains = account.domains.join(" · ");
    view! {
        <tr class="row" data-test="company-row" data-id=account.id.to_string()>
            <td class="lead-table-person">
                <a class="row-link" data-step="" href=format!("/companies/{}", account.id) title=account.name.clone()>{account.name.clone()}</a>
                <span class="row-sub"><span title=domains.clone()>{domains.clone()}</span></span>
            </td>
            <td class="lead-table-score" data-test="company-score" data-label=move || t.get().score>
                <ScoreBar score=Signal::stored(score) mql_score=Signal::stored(None) />
            </td>
            <td class="company-table-people" data-test="company-people" data-label=move || t.get().companies.people>
                {move || format::number(t.lang(), people.into())}
            </td>
            <td class="company-table-interest" data-test="company-interest" title=move || (t.get().companies.events_before)(interest.before)>
                {move || (t.get().companies.events)(interest.last)}
                {rising.then(|| view! { <span class="badge" data-test="rising">{move || t.get().companies.rising}</span> })}
            </td>
            <td class="lead-table-when" data-label=move || t.get().last_activity><WhenText at=Signal::stored(last_at) now /></td>
        </tr>
    }
}
