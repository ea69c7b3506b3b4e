//! How soon promises about leads are kept, by whom, and what becomes of those who are answered soon or late.

use super::address;
use super::failure::FailureNotice;
use super::reports::{Held, changed};
use super::reports_visits::Figure;
use crate::components::{EmptyState, ShareBar, Skeleton, StatCard, Tab, Table, Tabs};
use crate::format;
use crate::state::base::Base;
use crate::state::reports::{Behind, Report};
use crate::text::{Text, words};
use domain::api::{
    BucketRow, Kept, MemberResponses, ReportResponses, ReportedResponses, Responses,
    ResponsesReport,
};
use domain::clock::Kind;
use domain::report::{Bucket, Period, per_mille};
use leptos::prelude::*;

/// How soon leads are answered.
#[component]
pub(super) fn ReportResponsesPage() -> impl IntoView {
    let t = words();
    let held = expect_context::<Held>();
    let report = Report::<ReportResponses>::new(expect_context::<Base>().session);
    let kind = RwSignal::new(Asked::default());
    address::keep(
        "promise",
        move || kind.get(),
        move |chosen| kind.set(chosen),
        |asked| (*asked != Asked::default()).then(|| asked.0.name().to_owned()),
        |text| {
            Kind::ALL
                .into_iter()
                .find(|kind| kind.name() == text)
                .map(Asked)
        },
    );
    let read = move || {
        let (from, until) = held.period.get_untracked().ends();
        let Asked(kind) = kind.get_untracked();
        report.read(ReportResponses { from, until, kind });
    };
    Effect::new(move |_| {
        held.period.track();
        kind.track();
        read();
    });
    let shown = move || match report.said.get() {
        None if report.failure.with(Option::is_some) => ().into_any(),
        None => view! { <Skeleton lines=10 /> }.into_any(),
        Some(said) => view! { <Answers held said kind=kind.get_untracked().0 /> }.into_any(),
    };
    let tab = |kind, label, name| Tab {
        value: Asked(kind),
        label,
        name,
    };
    view! {
        {move || report.failure.get().map(|failure| view! { <FailureNotice failure again=move |()| read() /> })}
        <Tabs label=t.line(|t| t.reports.promise) chosen=kind choose=move |chosen| kind.set(chosen) tabs=vec![
            tab(Kind::FirstResponse, |t| (t.pursuit.promise)(Kind::FirstResponse), "promise-first_response"),
            tab(Kind::Accepted, |t| (t.pursuit.promise)(Kind::Accepted), "promise-accepted"),
            tab(Kind::Assigned, |t| (t.pursuit.promise)(Kind::Assigned), "promise-assigned"),
            tab(Kind::FollowUp, |t| (t.pursuit.promise)(Kind::FollowUp), "promise-follow_up"),
        ] />
        <div class="reports live-list" class:is-stale=move || report.busy.get() && report.said.with(Option::is_some) data-test="report-responses">{shown}</div>
    }
}

/// The promise that is looked at: the first answer, unless someone says otherwise.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Asked(Kind);

impl Default for Asked {
    fn default() -> Asked {
        Asked(Kind::FirstResponse)
    }
}

/// The promises of a kind in some days.
fn asked(period: Period, kind: Kind) -> ReportedResponses {
    ReportedResponses {
        from: Some(period.from),
        until: Some(period.until),
        kind,
        bucket: None,
        kept: None,
        user: None,
        nobody: false,
        cursor: None,
        limit: None,
    }
}

#[component]
fn Answers(held: Held, said: ResponsesReport, kind: Kind) -> impl IntoView {
    let t = words();
    let period = held.period.get_untracked();
    let ResponsesReport {
        all,
        before,
        buckets,
        members,
        ..
    } = said;
    if all.count() == 0 {
        return view! { <EmptyState title=t.line(|t| t.reports.no_answers) text=t.line(|t| t.reports.no_answers_text) /> }.into_any();
    }
    let share = |one: &Responses| per_mille(one.met, one.count());
    let in_time = share(&all).map_or("–".to_owned(), |share| format::percent(share.into()));
    let gained = share(&all).zip(share(&before));
    let gained = gained.and_then(|(now, then)| i64::from(now).checked_sub(i64::from(then)));
    let minutes = move |minutes: Option<u32>| {
        Signal::derive(move || {
            minutes.map_or("–".to_owned(), |minutes| {
                (t.get().reports.minutes)(minutes)
            })
        })
    };
    let count = |of: Option<u32>| u64::from(of.unwrap_or(0));
    let look = move |name: fn(&Text) -> &'static str, kept| {
        let behind = Behind::Responses(ReportedResponses {
            kept,
            ..asked(period, kind)
        });
        Callback::new(move |()| held.rows.look(name(t.get()).to_owned(), behind.clone()))
    };
    view! {
        <div class="stat-cards">
            <StatCard label=t.line(|t| t.reports.in_time) name="in-time" value=Signal::stored(in_time) change=Signal::stored(gained) press=look(|t| t.reports.in_time, Some(Kept::Met)) />
            <StatCard label=t.line(|t| t.reports.median) name="median" value=minutes(all.median) change=changed(count(all.median), count(before.median)) less=true />
            <StatCard label=t.line(|t| t.reports.p90) name="p90" value=minutes(all.p90) change=changed(count(all.p90), count(before.p90)) less=true />
            <StatCard label=t.line(|t| t.reports.late) name="late" value=Signal::derive(move || format::number(t.lang(), all.late)) change=changed(all.late, before.late) less=true press=look(|t| t.reports.late, Some(Kept::Late)) />
            <StatCard label=t.line(|t| t.reports.open) name="open" value=Signal::derive(move || format::number(t.lang(), all.open)) change=changed(all.open, before.open) less=true press=look(|t| t.reports.open, Some(Kept::Open)) />
        </div>
        <div class="reports-halves">
            <section class="panel"><h2>{move || t.get().reports.how_soon}</h2><p class="muted">{move || t.get().reports.how_soon_note}</p><Buckets held period kind buckets /></section>
            <section class="panel"><h2>{move || t.get().reports.by_member}</h2><Members held period kind members /></section>
        </div>
    }
    .into_any()
}

#[component]
fn Buckets(held: Held, period: Period, kind: Kind, buckets: Vec<BucketRow>) -> impl IntoView {
    let t = words();
    let all = buckets.iter().map(|row| row.count);
    let all = all.fold(0_u64, u64::saturating_add);
    let percent = |part, whole| {
        per_mille(part, whole).map_or("–".to_owned(), |share| format::percent(share.into()))
    };
    let head = move || {
        view! {
            <th scope="col">{move || t.get().reports.after}</th>
            <th scope="col" class="is-number">{move || t.get().reports.how_many}</th>
            <th scope="col" class="is-number">{move || t.get().reports.became_sql}</th>
            <th scope="col" class="is-number">{move || t.get().reports.became_won}</th>
        }
    };
    let rows = buckets.into_iter().map(move |row| {
        let BucketRow {
            bucket,
            count,
            sqls,
            won,
        } = row;
        let behind = Behind::Responses(ReportedResponses {
            bucket: Some(bucket),
            ..asked(period, kind)
        });
        let share = per_mille(count, all).unwrap_or(0);
        let title = (t.get().reports.bucket)(bucket).to_owned();
        view! {
            <tr class="row" data-test="bucket">
                <td><span>{move || (t.get().reports.bucket)(bucket)}</span><ShareBar per_mille=share aside=bucket == Bucket::Never /></td>
                <td class="is-number" data-label=move || t.get().reports.how_many><Figure held name="count" count title behind /></td>
                <td class="is-number" data-label=move || t.get().reports.became_sql>{percent(sqls, count)}</td>
                <td class="is-number" data-label=move || t.get().reports.became_won>{percent(won, count)}</td>
            </tr>
        }
    });
    view! { <Table class="reports-table" head>{rows.collect_view()}</Table> }
}

#[component]
fn Members(held: Held, period: Period, kind: Kind, members: Vec<MemberResponses>) -> impl IntoView {
    let t = words();
    let head = move || {
        view! {
            <th scope="col">{move || t.get().reports.member}</th>
            <th scope="col" class="is-number">{move || t.get().reports.how_many}</th>
            <th scope="col" class="is-number">{move || t.get().reports.in_time}</th>
            <th scope="col" class="is-number">{move || t.get().reports.median}</th>
            <th scope="col" class="is-number">{move || t.get().reports.open}</th>
        }
    };
    let rows = members.into_iter().map(move |member| {
        let MemberResponses {
            user,
            name,
            responses,
        } = member;
        let name = move |t: &'static Text| match (&name, user) {
            (Some(name), _) => name.clone(),
            (None, Some(_)) => t.reports.left.to_owned(),
            (None, None) => t.reports.nobody.to_owned(),
        };
        let of = |kept| {
            Behind::Responses(ReportedResponses {
                kept,
                user,
                nobody: user.is_none(),
                ..asked(period, kind)
            })
        };
        let share = per_mille(responses.met, responses.count()).unwrap_or(0);
        let title = name(t.get());
        let median = responses.median;
        view! {
            <tr class="row" data-test="member">
                <td>{move || name(t.get())}</td>
                <td class="is-number" data-label=move || t.get().reports.how_many><Figure held name="count" count=responses.count() title=title.clone() behind=of(None) /></td>
                <td class="is-number" data-label=move || t.get().reports.in_time>{format::percent(share.into())}</td>
                <td class="is-number" data-label=move || t.get().reports.median>{move || median.map_or("–".to_owned(), |minutes| (t.get().reports.minutes)(minutes))}</td>
                <td class="is-number" data-label=move || t.get().reports.open><Figure held name="open" count=responses.open title behind=of(Some(Kept::Open)) /></td>
            </tr>
        }
    });
    view! { <Table class="reports-table" head>{rows.collect_view()}</Table> }
}
