//! Anonymous visitors, a row each: nobody to open, so a row is no link.

use super::lead_table::Marked;
use super::{ChannelChip, ScoreBar, Table, WhenText};
use crate::format;
use crate::text::words;
use domain::api::VisitorRow;
use domain::id::{Ms, VisitorId};
use domain::verdict::Verdict;
use leptos::prelude::*;

/// Anonymous visitors, a row each.
#[component]
pub(crate) fn VisitorTable(
    /// Which, in order.
    #[prop(into)]
    ids: Signal<Vec<VisitorId>>,
    /// The row of an id; read inside a signal.
    #[prop(into)]
    row: Callback<VisitorId, Marked<VisitorRow>>,
    /// The MQL line, once known.
    #[prop(into)]
    mql_score: Signal<Option<i32>>,
    /// What time it is.
    #[prop(into)]
    now: Signal<Ms>,
    /// The pointer is in the table, or no longer.
    #[prop(into)]
    hold: Callback<bool>,
) -> impl IntoView {
    let t = words();
    let head = move || {
        view! {
            <th scope="col">{move || t.get().visitor}</th>
            <th scope="col" class="lead-table-channel">{move || t.get().first_source}</th>
            <th scope="col" class="visitor-table-sessions">{move || t.get().sessions}</th>
            <th scope="col" class="visitor-table-views">{move || t.get().page_views}</th>
            <th scope="col" class="lead-table-score">{move || t.get().score}</th>
            <th scope="col" class="lead-table-when">{move || t.get().last_activity}</th>
            <th scope="col" class="lead-table-when lead-table-created">{move || t.get().first_seen}</th>
        }
    };
    view! {
        <Table class="visitor-table" hold head>
            <For each=move || ids.get() key=|id| *id let:id>
                <VisitorLine id row mql_score now />
            </For>
        </Table>
    }
}

#[component]
fn VisitorLine(
    id: VisitorId,
    #[prop(into)] row: Callback<VisitorId, Marked<VisitorRow>>,
    #[prop(into)] mql_score: Signal<Option<i32>>,
    #[prop(into)] now: Signal<Ms>,
) -> impl IntoView {
    let t = words();
    let held = Memo::new(move |_| row.run(id));
    let visitor = Memo::new(move |last: Option<&Option<VisitorRow>>| {
        held.get()
            .map(|(row, _)| row)
            .or_else(|| last.cloned().flatten())
    });
    let part = move |read: fn(&VisitorRow) -> i64| {
        Signal::derive(move || visitor.with(|row| row.as_ref().map(read).unwrap_or_default()))
    };
    // What was suspected of it, or decided about it.
    let mark = Memo::new(move |_| {
        visitor.with(|row| {
            let row = row.as_ref();
            let row = row.filter(|row| row.suspected > 0 || !row.verdict.is_automatic());
            row.map(|row| (row.verdict, row.reason))
        })
    });
    let chip = Memo::new(move |_| {
        visitor.with(|row| {
            row.as_ref()
                .map(|row| (row.channel, row.source.clone(), row.campaign.clone()))
        })
    });
    let device = Memo::new(move |_| visitor.with(|row| row.as_ref().and_then(|row| row.device)));
    let fresh = move || match held.get() {
        Some((_, 0)) | None => "row",
        Some((_, mark)) if mark % 2 == 0 => "row is-fresh-even",
        Some(_) => "row is-fresh-odd",
    };
    view! {
        <tr class=fresh data-test="visitor-row" data-id=id.to_string()>
            <td class="visitor-table-id"><code title=id.to_string()>{tail(&id.to_string())}</code>
                {move || mark.get().map(|(verdict, reason)| {
                    let said = if verdict.is_automatic() { reason.map(|reason| (t.get().refused.suspicion)(reason)) } else { Some((t.get().refused.verdict)(verdict)) };
                    view! { <span class="badge" class:is-care=verdict != Verdict::Person data-test="visitor-mark">{said}</span> }
                })}
                {move || device.get().map(|device| view! { <small class="visitor-table-device" data-test="visitor-device">{(t.get().device)(device)}</small> })}
            </td>
            <td class="lead-table-channel" data-test="visitor-channel" data-label=move || t.get().first_source>
                {move || match chip.get() {
                    Some((Some(channel), source, campaign)) => view! { <ChannelChip channel source campaign /> }.into_any(),
                    _ => view! { <span class="muted">{t.get().unknown}</span> }.into_any(),
                }}
            </td>
            <td class="visitor-table-sessions" data-test="visitor-sessions" data-label=move || t.get().sessions>
                {move || format::number(t.lang(), u64::try_from(part(|row| row.sessions.into()).get()).unwrap_or_default())}
            </td>
            <td class="visitor-table-views" data-test="visitor-views" data-label=move || t.get().page_views>
                {move || format::number(t.lang(), u64::try_from(part(|row| row.views.into()).get()).unwrap_or_default())}
            </td>
            <td class="lead-table-score" data-test="visitor-score" data-label=move || t.get().score>
                <ScoreBar score=Signal::derive(move || i32::try_from(part(|row| row.score.into()).get()).unwrap_or_default()) mql_score />
            </td>
            <td class="lead-table-when" data-label=move || t.get().last_activity><WhenText at=part(|row| row.last_at) now /></td>
            <td class="lead-table-when lead-table-created" data-label=move || t.get().first_seen>
                <WhenText at=part(|row| row.first_at) now as_day=true />
            </td>
        </tr>
    }
}

/// The end of an id: its beginning is the time it was made, and much alike among neighbours.
pub(crate) fn tail(id: &str) -> String {
    id.get(id.len().saturating_sub(8)..)
        .unwrap_or(id)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::tail;

    #[test]
    fn an_id_is_known_by_its_end() {
        assert_eq!(tail("01923456-789a-7fff-bfff-0123456789ab"), "456789ab");
        assert_eq!(tail("ab"), "ab");
    }
}
