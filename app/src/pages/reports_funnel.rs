//! How many visitors become known, and how far those who become known come: the funnel's two halves.

use super::address;
use super::failure::FailureNotice;
use super::reports::{Held, changed};
use super::reports_visits::{Figure, heading};
use crate::components::{ChannelChip, EmptyState, ShareBar, Skeleton, StatCard, Table};
use crate::format;
use crate::state::base::Base;
use crate::state::reports::{Behind, Report};
use crate::text::{Text, words};
use domain::api::{
    ChannelFunnel, Funnel, FunnelReport, ReportFunnel, ReportedLeads, ReportedVisits,
};
use domain::channel::Channel;
use domain::id::Ms;
use domain::report::{Period, per_mille};
use domain::stage::Rung;
use leptos::prelude::*;

/// The funnel.
#[component]
pub(super) fn ReportFunnelPage() -> impl IntoView {
    let t = words();
    let held = expect_context::<Held>();
    let report = Report::<ReportFunnel>::new(expect_context::<Base>().session);
    let channel = RwSignal::new(None::<Channel>);
    address::keep(
        "channel",
        move || channel.get(),
        move |chosen| channel.set(chosen),
        |channel| channel.map(|channel| channel.name().to_owned()),
        |text| Channel::from_name(text).map(Some),
    );
    let read = move || {
        let (from, until) = held.period.get_untracked().ends();
        let channel = channel.get_untracked();
        report.read(ReportFunnel {
            from,
            until,
            channel,
        });
    };
    Effect::new(move |_| {
        held.period.track();
        channel.track();
        read();
    });
    let shown = move || match report.said.get() {
        None if report.failure.with(Option::is_some) => ().into_any(),
        None => view! { <Skeleton lines=10 /> }.into_any(),
        Some(said) => view! { <Halves held said channel /> }.into_any(),
    };
    let options = move || {
        let channels = Channel::ALL.iter();
        let option = |one: &Channel| {
            let one = *one;
            view! { <option value=one.name() selected=move || channel.get() == Some(one)>{move || (t.get().channel)(one)}</option> }
        };
        channels.map(option).collect_view()
    };
    view! {
        {move || report.failure.get().map(|failure| view! { <FailureNotice failure again=move |()| read() /> })}
        <label class="field reports-choice">
            <span class="field-label">{move || t.get().reports.first_channel}</span>
            <select class="input" data-test="funnel-channel" on:change:target=move |event| channel.set(Channel::from_name(&event.target().value()))>
                <option value="" selected=move || channel.get().is_none()>{move || t.get().reports.every_channel}</option>
                {options}
            </select>
        </label>
        <div class="reports live-list" class:is-stale=move || report.busy.get() && report.said.with(Option::is_some) data-test="report-funnel">{shown}</div>
    }
}

/// The visits behind a figure of the first half.
fn visits(period: Period, channel: Option<Option<Channel>>, known: bool) -> Behind {
    Behind::Visits(ReportedVisits {
        from: Some(period.from),
        until: Some(period.until),
        channel: channel.flatten(),
        unknown: channel == Some(None),
        first: true,
        known,
        ..ReportedVisits::default()
    })
}

/// The people behind a figure of the second half.
fn leads(period: Period, channel: Option<Option<Channel>>, reached: Option<Rung>) -> Behind {
    Behind::Leads(ReportedLeads {
        from: Some(period.from),
        until: Some(period.until),
        channel: channel.flatten(),
        unknown: channel == Some(None),
        reached,
        ..ReportedLeads::default()
    })
}

/// A step of the funnel as it is shown.
struct Step {
    name: &'static str,
    label: fn(&Text) -> &'static str,
    count: u64,
    before: u64,
    took: Option<Ms>,
    behind: Behind,
}

#[component]
fn Halves(held: Held, said: FunnelReport, channel: RwSignal<Option<Channel>>) -> impl IntoView {
    let t = words();
    let period = held.period.get_untracked();
    let FunnelReport {
        all,
        before,
        took,
        channels,
        ..
    } = said;
    if all == Funnel::default() && channels.is_empty() {
        return view! { <EmptyState title=t.line(|t| t.reports.no_visits) text=t.line(|t| t.reports.no_visits_text) /> }.into_any();
    }
    let of = channel.get_untracked().map(Some);
    let median = |rung| {
        let mut took = took.iter();
        took.find(|one| one.rung == rung).map(|one| one.median_ms)
    };
    let step = |name, label, (count, before), took, behind| Step {
        name,
        label,
        count,
        before,
        took,
        behind,
    };
    let web = vec![
        step(
            "visitors",
            |t| t.reports.new,
            (all.visitors, before.visitors),
            None,
            visits(period, of, false),
        ),
        step(
            "known",
            |t| t.reports.known,
            (all.known, before.known),
            None,
            visits(period, of, true),
        ),
    ];
    let reached = |name, label, counts, rung| {
        step(
            name,
            label,
            counts,
            median(rung),
            leads(period, of, Some(rung)),
        )
    };
    let sales = vec![
        step(
            "leads",
            |t| t.reports.leads,
            (all.leads, before.leads),
            None,
            leads(period, of, None),
        ),
        reached(
            "mqls",
            |t| t.reports.mqls,
            (all.mqls, before.mqls),
            Rung::Mql,
        ),
        reached(
            "sqls",
            |t| t.reports.sqls,
            (all.sqls, before.sqls),
            Rung::Sql,
        ),
        reached(
            "opportunities",
            |t| t.reports.opportunities,
            (all.opportunities, before.opportunities),
            Rung::Opportunity,
        ),
        reached("won", |t| t.reports.won, (all.won, before.won), Rung::Won),
    ];
    let aside = [
        ("lost", all.lost, before.lost, Rung::Lost),
        ("recycled", all.recycled, before.recycled, Rung::Recycled),
    ];
    let aside = aside.map(|(name, count, before, rung)| {
        let label: fn(&Text) -> &'static str = match rung {
            Rung::Lost => |t| t.reports.lost,
            _ => |t| t.reports.recycled,
        };
        let behind = leads(period, of, Some(rung));
        let press = Callback::new(move |()| held.rows.look(label(t.get()).to_owned(), behind.clone()));
        view! {
            <StatCard label=t.line(label) name value=Signal::derive(move || format::number(t.lang(), count))
                change=changed(count, before) less=true press />
        }
    });
    view! {
        <div class="reports-halves">
            <section class="panel"><h2>{move || t.get().reports.web_half}</h2><p class="muted">{move || t.get().reports.web_half_note}</p><Steps held steps=web /></section>
            <section class="panel"><h2>{move || t.get().reports.sales_half}</h2><p class="muted">{move || t.get().reports.sales_half_note}</p><Steps held steps=sales />
                <div class="stat-cards">{aside}</div></section>
        </div>
        <section class="panel"><h2>{move || t.get().reports.channels}</h2><Channels held period channels /></section>
    }
    .into_any()
}

#[component]
fn Steps(held: Held, steps: Vec<Step>) -> impl IntoView {
    let t = words();
    let whole = steps.first().map_or(0, |step| step.count);
    let mut above = None;
    let rows = steps.into_iter().map(|step| {
        let Step {
            name,
            label,
            count,
            before,
            took,
            behind,
        } = step;
        let of_above = above.replace(count).and_then(|above| per_mille(count, above));
        let share = per_mille(count, whole).unwrap_or(0);
        let title = label(t.get()).to_owned();
        let detail = move || {
            let rate = of_above.map(|rate| (t.get().reports.of_above)(&format::percent(rate.into())));
            let took = took.map(|ms| (t.get().reports.took)(&(t.get().reports.lasting)(ms)));
            [rate, took].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        };
        let was = move || (t.get().reports.was_before)(&format::number(t.lang(), before));
        view! {
            <li class="funnel-step" data-test=format!("step-{name}")>
                <span class="funnel-step-label">{move || label(t.get())}</span>
                <span class="funnel-step-count" title=was><Figure held name count title behind /></span>
                <ShareBar per_mille=share />
                <span class="funnel-step-detail">{detail}</span>
            </li>
        }
    });
    view! { <ol class="funnel">{rows.collect_view()}</ol> }
}

#[component]
fn Channels(held: Held, period: Period, channels: Vec<ChannelFunnel>) -> impl IntoView {
    let t = words();
    let head = move || {
        let names = [
            "visitors",
            "known",
            "leads",
            "mqls",
            "sqls",
            "opportunities",
            "won",
        ];
        let names = names.map(|name| view! { <th scope="col" class="is-number">{move || heading(t.get(), name)}</th> });
        view! { <th scope="col">{move || t.get().reports.first_channel}</th>{names}<th scope="col" class="is-number">{move || t.get().reports.win_rate}</th> }
    };
    let rows = channels.into_iter().map(move |ChannelFunnel { channel, counts }| {
        let of = Some(channel);
        let title = channel.map_or(t.get().reports.unknown_channel, |channel| (t.get().channel)(channel));
        let rate = per_mille(counts.won, counts.leads);
        let rate = rate.map_or("–".to_owned(), |rate| format::percent(rate.into()));
        let reached = |rung| leads(period, of, Some(rung));
        let cells = [
            ("visitors", counts.visitors, visits(period, of, false)),
            ("known", counts.known, visits(period, of, true)),
            ("leads", counts.leads, leads(period, of, None)),
            ("mqls", counts.mqls, reached(Rung::Mql)),
            ("sqls", counts.sqls, reached(Rung::Sql)),
            ("opportunities", counts.opportunities, reached(Rung::Opportunity)),
            ("won", counts.won, reached(Rung::Won)),
        ];
        let cells = cells.map(|(name, count, behind)| {
            let label = move || heading(t.get(), name);
            view! { <td class="is-number" data-label=label><Figure held name count title=title.to_owned() behind /></td> }
        });
        view! {
            <tr class="row" data-test="channel">
                <td>{match channel {
                    Some(channel) => view! { <ChannelChip channel source="" campaign=None /> }.into_any(),
                    None => view! { <span class="muted">{move || t.get().reports.unknown_channel}</span> }.into_any(),
                }}</td>
                {cells}
                <td class="is-number" data-label=move || t.get().reports.win_rate>{rate}</td>
            </tr>
        }
    });
    view! { <Table class="reports-table" head>{rows.collect_view()}</Table> }
}
