//! Leads, a row each. A row is one link.

use super::{ChannelChip, ScoreBar, Table, WhenText};
use crate::text::{Word, words};
use domain::id::{LeadId, Ms};
use domain::lead::{Field, LeadRow};
use domain::list::{Column, Direction};
use leptos::prelude::*;

/// A row, and how often it changed while it was shown.
pub(crate) type Marked<R> = Option<(R, u32)>;

/// Leads, a row each.
#[component]
pub(crate) fn LeadTable(
    /// Which, in order.
    #[prop(into)]
    ids: Signal<Vec<LeadId>>,
    /// The row of an id; read inside a signal.
    #[prop(into)]
    row: Callback<LeadId, Marked<LeadRow>>,
    /// The MQL line, once known.
    #[prop(into)]
    mql_score: Signal<Option<i32>>,
    /// What time it is.
    #[prop(into)]
    now: Signal<Ms>,
    /// The column they are sorted by, and which end of it comes first.
    #[prop(into)]
    order: Signal<(Column, Direction)>,
    /// A column's head is pressed.
    #[prop(into)]
    choose_order: Callback<Column>,
    /// Where a row leads to.
    #[prop(into)]
    href: Callback<LeadId, String>,
    /// The pointer or the focus is in the table, or no longer.
    #[prop(into)]
    hold: Callback<bool>,
) -> impl IntoView {
    let t = words();
    let sortable = move |key: Column, label: Word, class: &'static str| {
        let (own, name) = (key.clone(), key.to_string());
        let sorted = move || {
            let (column, direction) = order.get();
            (column == own).then_some(match direction {
                Direction::Descending => "descending",
                Direction::Ascending => "ascending",
            })
        };
        view! {
            <th scope="col" class=class aria-sort=sorted>
                <button type="button" class="sort" on:click=move |_| choose_order.run(key.clone()) data-test=format!("order-{name}")>
                    {move || label(t.get())}
                    <i aria-hidden="true"></i>
                </button>
            </th>
        }
    };
    let head = move || {
        view! {
            {sortable(Field::Name.into(), |t| t.person, "")}
            {sortable(Column::Channel, |t| t.first_source, "lead-table-channel")}
            {sortable(Column::Score, |t| t.score, "lead-table-score")}
            {sortable(Column::LastAt, |t| t.last_activity, "lead-table-when")}
            {sortable(Column::CreatedAt, |t| t.created, "lead-table-when lead-table-created")}
        }
    };
    view! {
        <Table class="lead-table" hold head>
            <For each=move || ids.get() key=|id| *id let:id>
                <LeadLine id row mql_score now href=href.run(id) />
            </For>
        </Table>
    }
}

#[component]
fn LeadLine(
    id: LeadId,
    #[prop(into)] row: Callback<LeadId, Marked<LeadRow>>,
    #[prop(into)] mql_score: Signal<Option<i32>>,
    #[prop(into)] now: Signal<Ms>,
    href: String,
) -> impl IntoView {
    let t = words();
    let held = Memo::new(move |_| row.run(id));
    // The last values stay while the row leaves the table.
    let lead = Memo::new(move |last: Option<&Option<LeadRow>>| {
        held.get()
            .map(|(row, _)| row)
            .or_else(|| last.cloned().flatten())
    });
    let part = move |read: fn(&LeadRow) -> i64| {
        Signal::derive(move || lead.with(|row| row.as_ref().map(read).unwrap_or_default()))
    };
    let name = move || lead.with(|row| row.as_ref().map(|row| row.label().to_owned()));
    let address = move || {
        lead.with(|row| {
            row.as_ref()
                .and_then(|row| row.email.clone().filter(|_| row.name.is_some()))
        })
    };
    let company = move || lead.with(|row| row.as_ref().and_then(|row| row.company.clone()));
    let chip = Memo::new(move |_| {
        lead.with(|row| {
            row.as_ref()
                .map(|row| (row.channel, row.source.clone(), row.campaign.clone()))
        })
    });
    // Two classes with the same animation: changing from one to the other starts it again.
    let fresh = move || match held.get() {
        Some((_, 0)) | None => "row",
        Some((_, mark)) if mark % 2 == 0 => "row is-fresh-even",
        Some(_) => "row is-fresh-odd",
    };
    view! {
        <tr class=fresh data-test="lead-row" data-id=id.to_string()>
            <td class="lead-table-person">
                <a class="row-link" data-step="" href=href title=name>{name}</a>
                <span class="row-sub">
                    {move || company().map(|company| view! { <b title=company.clone()>{company.clone()}</b> })}
                    {move || address().map(|address| view! { <span title=address.clone()>{address.clone()}</span> })}
                </span>
            </td>
            <td class="lead-table-channel" data-test="lead-channel" data-label=move || t.get().first_source>
                {move || match chip.get() {
                    Some((Some(channel), source, campaign)) => view! { <ChannelChip channel source campaign /> }.into_any(),
                    _ => view! { <span class="muted">{t.get().unknown}</span> }.into_any(),
                }}
            </td>
            <td class="lead-table-score" data-test="lead-score" data-label=move || t.get().score>
                <ScoreBar score=Signal::derive(move || i32::try_from(part(|row| row.score.into()).get()).unwrap_or_default()) mql_score />
            </td>
            <td class="lead-table-when" data-test="lead-last" data-label=move || t.get().last_activity>
                <WhenText at=part(|row| row.last_at) now />
            </td>
            <td class="lead-table-when lead-table-created" data-label=move || t.get().created>
                <WhenText at=part(|row| row.created_at) now as_day=true />
            </td>
        </tr>
    }
}
