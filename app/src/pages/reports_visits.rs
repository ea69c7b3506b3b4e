//! Visits, by day and by where they came from, and what became of the leads that came the same way.

use super::address;
use super::failure::FailureNotice;
use super::reports::{Held, changed};
use crate::components::{
    ChannelChip, ChartFrame, DayBars, EmptyState, FAMILIES, ShareBar, Skeleton, StatCard, Tab,
    Table, Tabs, by_family,
};
use crate::format;
use crate::state::base::Base;
use crate::state::reports::{Behind, Level, Report, Way, bars, by_level};
use crate::text::{Text, words};
use domain::api::{Arrivals, ReportVisits, ReportedLeads, ReportedVisits, VisitsReport};
use domain::report::{Period, per_mille};
use domain::stage::Rung;
use leptos::prelude::*;

/// Where visits come from.
#[component]
pub(super) fn ReportVisitsPage() -> impl IntoView {
    let held = expect_context::<Held>();
    let report = Report::<ReportVisits>::new(expect_context::<Base>().session);
    let read = move || {
        let (from, until) = held.period.get_untracked().ends();
        report.read(ReportVisits { from, until });
    };
    Effect::new(move |_| {
        held.period.track();
        read();
    });
    let level = RwSignal::new(Level::default());
    address::keep(
        "by",
        move || level.get(),
        move |chosen| level.set(chosen),
        |level| (*level != Level::default()).then(|| level.name().to_owned()),
        |text| Level::ALL.into_iter().find(|level| level.name() == text),
    );
    let shown = move || match report.said.get() {
        None if report.failure.with(Option::is_some) => ().into_any(),
        None => view! { <Skeleton lines=10 /> }.into_any(),
        Some(said) => view! { <Visits held said level /> }.into_any(),
    };
    view! {
        {move || report.failure.get().map(|failure| view! { <FailureNotice failure again=move |()| read() /> })}
        <div class="reports live-list" class:is-stale=move || report.busy.get() && report.said.with(Option::is_some) data-test="report-visits">{shown}</div>
    }
}

/// The visits behind a figure: all of the days, of one way or of every one.
fn visits(period: Period, way: Option<&Way>) -> ReportedVisits {
    ReportedVisits {
        from: Some(period.from),
        until: Some(period.until),
        channel: way.and_then(|(channel, ..)| *channel),
        unknown: way.is_some_and(|(channel, ..)| channel.is_none()),
        source: way.and_then(|(_, source, _)| source.clone()),
        campaign: way.and_then(|(.., campaign)| campaign.clone()),
        ..ReportedVisits::default()
    }
}

/// The people behind a figure.
fn leads(period: Period, way: Option<&Way>, reached: Option<Rung>) -> ReportedLeads {
    let visits = visits(period, way);
    ReportedLeads {
        from: Some(period.from),
        until: Some(period.until),
        channel: visits.channel,
        unknown: visits.unknown,
        source: visits.source,
        campaign: visits.campaign,
        reached,
        ..ReportedLeads::default()
    }
}

#[component]
fn Visits(held: Held, said: VisitsReport, level: RwSignal<Level>) -> impl IntoView {
    let t = words();
    let period = held.period.get_untracked();
    let VisitsReport {
        all,
        before,
        days,
        ways,
        ..
    } = said;
    if all == Arrivals::default() {
        return view! { <EmptyState title=t.line(|t| t.reports.no_visits) text=t.line(|t| t.reports.no_visits_text) /> }.into_any();
    }
    let look = move |name: fn(&Text) -> &'static str, behind: Behind| {
        Callback::new(move |()| held.rows.look(name(t.get()).to_owned(), behind.clone()))
    };
    let figure = |count: u64| Signal::derive(move || format::number(t.lang(), count));
    let first = ReportedVisits {
        first: true,
        ..visits(period, None)
    };
    let drawn = bars(&days, period);
    let marks = Signal::derive(move || {
        let families = FAMILIES.into_iter();
        let family = |family| {
            (
                family_class(family),
                (t.get().reports.family)(family).to_owned(),
            )
        };
        families.map(family).collect::<Vec<_>>()
    });
    let heads = Signal::derive(move || {
        let families = FAMILIES.into_iter();
        let family = families.map(|family| (t.get().reports.family)(family).to_owned());
        let day = t.get().reports.day.to_owned();
        [day].into_iter().chain(family).collect::<Vec<_>>()
    });
    let figures = drawn.clone();
    let rows = Signal::derive(move || {
        let row = |(day, bar): &crate::state::reports::Bar| {
            let day = format::day(t.lang(), format::noon(*day), format::noon(period.until));
            let counts = by_family(bar).map(|count| format::number(t.lang(), count));
            [day].into_iter().chain(counts).collect::<Vec<_>>()
        };
        figures.iter().map(row).collect::<Vec<_>>()
    });
    view! {
        <div class="stat-cards">
            <StatCard label=t.line(|t| t.reports.visits) name="visits" value=figure(all.visits) change=changed(all.visits, before.visits)
                press=look(|t| t.reports.visits, Behind::Visits(visits(period, None))) />
            <StatCard label=t.line(|t| t.reports.visitors) name="visitors" value=figure(all.visitors) change=changed(all.visitors, before.visitors) />
            <StatCard label=t.line(|t| t.reports.new) name="new" value=figure(all.new) change=changed(all.new, before.new)
                press=look(|t| t.reports.new, Behind::Visits(first)) />
            <StatCard label=t.line(|t| t.reports.leads) name="leads" value=figure(all.leads) change=changed(all.leads, before.leads)
                press=look(|t| t.reports.leads, Behind::Leads(leads(period, None, None))) />
            <StatCard label=t.line(|t| t.reports.mqls) name="mqls" value=figure(all.mqls) change=changed(all.mqls, before.mqls)
                press=look(|t| t.reports.mqls, Behind::Leads(leads(period, None, Some(Rung::Mql)))) />
            <StatCard label=t.line(|t| t.reports.won) name="won" value=figure(all.won) change=changed(all.won, before.won)
                press=look(|t| t.reports.won, Behind::Leads(leads(period, None, Some(Rung::Won)))) />
        </div>
        <section class="panel">
            <ChartFrame title=t.line(|t| t.reports.over_days) keys=marks heads rows><DayBars bars=drawn /></ChartFrame>
        </section>
        <section class="panel">
            <header class="reports-ways-head">
                <h2>{move || t.get().reports.ways}</h2>
                <Tabs label=t.line(|t| t.reports.ways) chosen=level choose=move |chosen| level.set(chosen) tabs=vec![
                    Tab { value: Level::Channel, label: |t| t.reports.by_channel, name: "by-channel" },
                    Tab { value: Level::Source, label: |t| t.reports.by_source, name: "by-source" },
                    Tab { value: Level::Campaign, label: |t| t.reports.by_campaign, name: "by-campaign" },
                ] />
            </header>
            <p class="muted">{move || t.get().reports.ways_note}</p>
            {move || view! { <Ways held period ways=by_level(&ways, level.get()) /> }}
        </section>
    }
    .into_any()
}

/// The class of the mark of a family.
const fn family_class(family: &'static str) -> &'static str {
    match family.as_bytes() {
        b"organic" => "is-organic",
        b"paid" => "is-paid",
        b"mail" => "is-mail",
        b"referral" => "is-referral",
        b"ai" => "is-ai",
        b"resumed" => "is-resumed",
        _ => "is-plain",
    }
}

#[component]
fn Ways(held: Held, period: Period, ways: Vec<(Way, Arrivals)>) -> impl IntoView {
    let t = words();
    let most = ways.iter().map(|(_, counts)| counts.visits).max();
    let most = most.unwrap_or(0);
    let head = move || {
        view! {
            <th scope="col">{move || t.get().reports.way}</th>
            {["visits", "new", "leads", "mqls", "won"].map(|name| view! { <th scope="col" class="is-number">{move || heading(t.get(), name)}</th> })}
            <th scope="col" class="is-number">{move || t.get().reports.mql_rate}</th>
        }
    };
    let rows = ways.into_iter().map(move |(way, counts)| {
        let share = per_mille(counts.visits, most).unwrap_or(0);
        let first = ReportedVisits {
            first: true,
            ..visits(period, Some(&way))
        };
        let rate = per_mille(counts.mqls, counts.leads);
        let rate = rate.map_or("–".to_owned(), |rate| format::percent(rate.into()));
        let cells = [
            ("visits", counts.visits, Behind::Visits(visits(period, Some(&way)))),
            ("new", counts.new, Behind::Visits(first)),
            ("leads", counts.leads, Behind::Leads(leads(period, Some(&way), None))),
            ("mqls", counts.mqls, Behind::Leads(leads(period, Some(&way), Some(Rung::Mql)))),
            ("won", counts.won, Behind::Leads(leads(period, Some(&way), Some(Rung::Won)))),
        ];
        let title = way_title(t.get(), &way);
        let cells = cells.map(|(name, count, behind)| {
            let label = move || heading(t.get(), name);
            view! { <td class="is-number" data-label=label><Figure held name count title=title.clone() behind /></td> }
        });
        view! {
            <tr class="row" data-test="way">
                <td><WayName way /><ShareBar per_mille=share /></td>
                {cells}
                <td class="is-number" data-label=move || t.get().reports.mql_rate>{rate}</td>
            </tr>
        }
    });
    view! { <Table class="reports-table" head>{rows.collect_view()}</Table> }
}

/// What a count is called, by its name.
pub(super) fn heading(t: &'static Text, name: &str) -> &'static str {
    let t = &t.reports;
    match name {
        "visits" => t.visits,
        "visitors" | "new" => t.new,
        "known" => t.known,
        "leads" => t.leads,
        "mqls" => t.mqls,
        "sqls" => t.sqls,
        "opportunities" => t.opportunities,
        _ => t.won,
    }
}

/// A way in words.
fn way_title(t: &'static Text, (channel, source, campaign): &Way) -> String {
    let channel = channel.map_or(t.reports.resumed, |channel| (t.channel)(channel));
    let parts = [Some(channel.to_owned()), source.clone(), campaign.clone()];
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

#[component]
fn WayName(way: Way) -> impl IntoView {
    let t = words();
    let (channel, source, campaign) = way;
    match channel {
        Some(channel) => {
            let campaign = campaign.filter(|campaign| !campaign.is_empty());
            view! { <ChannelChip channel source=source.unwrap_or_default() campaign /> }.into_any()
        }
        None => view! { <span class="muted">{move || t.get().reports.resumed}</span> }.into_any(),
    }
}

/// A count that opens what is behind it.
#[component]
pub(super) fn Figure(
    held: Held,
    name: &'static str,
    count: u64,
    /// What is behind it, as its heading.
    title: String,
    behind: Behind,
) -> impl IntoView {
    let t = words();
    let text = move || format::number(t.lang(), count);
    if count == 0 {
        return view! { <span class="muted" data-test=format!("figure-{name}")>{text}</span> }
            .into_any();
    }
    view! {
        <button type="button" class="reports-figure" on:click=move |_| held.rows.look(title.clone(), behind.clone()) data-test=format!("figure-{name}")>{text}</button>
    }
    .into_any()
}
