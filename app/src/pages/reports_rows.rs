//! The rows behind a figure, beside the report: who, when, and the way to them.

use super::failure::FailureNotice;
use crate::components::{
    Avatar, Badge, Button, ChannelChip, Drawer, Look, Skeleton, Tone, WhenText,
};
use crate::format;
use crate::state::reports::{Row, RowsState};
use crate::text::words;
use domain::api::{ReportedLead, ReportedResponse, ReportedVisit};
use domain::id::Ms;
use domain::lead::LeadRow;
use leptos::prelude::*;

/// The rows behind a figure, while somebody looks.
#[component]
pub(super) fn RowsDrawer(rows: RowsState, now: Signal<Ms>) -> impl IntoView {
    let t = words();
    let list = move || {
        let rows = rows.rows.get();
        rows.map(|rows| {
            let rows = rows.into_iter().map(|row| match row {
                Row::Visit(row) => view! { <VisitRow row=*row now /> }.into_any(),
                Row::Lead(row) => view! { <LeadLine row=*row now /> }.into_any(),
                Row::Response(row) => view! { <ResponseRow row=*row now /> }.into_any(),
            });
            view! { <ul class="reports-rows" data-test="report-rows">{rows.collect_view()}</ul> }
        })
    };
    let drawer = move |name: String| {
        let count = move || {
            let shown = rows.rows.with(|rows| rows.as_ref().map(Vec::len));
            shown.map(|_| (t.get().reports.rows)(&format::number(t.lang(), rows.total.get())))
        };
        let waits = move || rows.rows.with(Option::is_none) && rows.failure.with(Option::is_none);
        view! {
            <Drawer title=Signal::stored(name) name="report-drawer" close=move |()| rows.close()>
                <p class="muted" data-test="report-rows-count">{count}</p>
                {move || rows.failure.get().map(|failure| view! { <FailureNotice failure again=move |()| rows.more() /> })}
                {move || waits().then(|| view! { <Skeleton lines=6 /> })}
                {list}
                {move || rows.next.with(Option::is_some).then(|| view! {
                    <Button label=t.line(|t| t.reports.more_rows) name="report-more" look=Look::Plain disabled=rows.busy press=move |()| rows.more() />
                })}
            </Drawer>
        }
    };
    move || {
        rows.open
            .with(|open| open.as_ref().map(|(name, _)| name.clone()))
            .map(drawer)
    }
}

/// Who it is, and the way there.
#[component]
fn Whom(lead: LeadRow) -> impl IntoView {
    let label = lead.label().to_owned();
    view! {
        <a class="reports-whom" href=format!("/leads/{}", lead.id)>
            <Avatar name=label.clone() small=true />
            <span><b>{label}</b>{lead.company.map(|company| view! { <span class="muted">{company}</span> })}</span>
        </a>
    }
}

#[component]
fn VisitRow(row: ReportedVisit, now: Signal<Ms>) -> impl IntoView {
    let t = words();
    let ReportedVisit {
        at,
        first,
        visitor,
        lead,
    } = row;
    let views = visitor.views;
    let chip = visitor.channel.map(|channel| {
        view! { <ChannelChip channel source=visitor.source campaign=visitor.campaign /> }
    });
    view! {
        <li class="reports-row" data-test="report-row">
            {match lead {
                Some(lead) => view! { <Whom lead /> }.into_any(),
                None => view! { <span class="reports-whom"><span><b>{move || t.get().reports.anonymous}</b><span class="muted">{move || (t.get().reports.views)(views)}</span></span></span> }.into_any(),
            }}
            <span class="reports-row-detail">{chip}</span>
            {first.then(|| view! { <Badge tone=Tone::Calm text=t.line(|t| t.reports.first_visit) /> })}
            <WhenText at=Signal::stored(at) now />
        </li>
    }
}

#[component]
fn LeadLine(row: ReportedLead, now: Signal<Ms>) -> impl IntoView {
    let ReportedLead { lead, at } = row;
    let chip = lead.channel.map(|channel| {
        view! { <ChannelChip channel source=lead.source.clone() campaign=lead.campaign.clone() /> }
    });
    view! {
        <li class="reports-row" data-test="report-row">
            <Whom lead />
            <span class="reports-row-detail">{chip}</span>
            <WhenText at=Signal::stored(at) now />
        </li>
    }
}

#[component]
fn ResponseRow(row: ReportedResponse, now: Signal<Ms>) -> impl IntoView {
    let t = words();
    let ReportedResponse { lead, answer, name } = row;
    let took = move || match answer.minutes {
        Some(minutes) => (t.get().reports.minutes)(minutes),
        None => t.get().reports.open.to_owned(),
    };
    let tone = if answer.is_in_time() {
        Tone::Calm
    } else {
        Tone::Bad
    };
    view! {
        <li class="reports-row" data-test="report-row">
            <Whom lead />
            <span class="reports-row-detail">{name}</span>
            <Badge tone text=Signal::derive(took) />
            <WhenText at=Signal::stored(answer.since) now />
        </li>
    }
}
