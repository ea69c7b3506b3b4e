//! Reports: what is counted, put together as a report tells it. Not here: the counting (`projection::reports`).

use super::calls::{Asked, place, reply};
use super::core::Core;
use crate::clock;
use crate::error::Failure;
use crate::projection::reports::{self, Kepts, Listing, Only, Rows, Way};
use domain::api::{
    Arrivals, BucketRow, Call, ChannelFunnel, Funnel, FunnelReport, MemberResponses, Page,
    ReportFunnel, ReportResponses, ReportVisits, ReportedLead, ReportedLeads, ReportedResponse,
    ReportedResponses, ReportedVisit, ReportedVisits, Responses, ResponsesReport, Took,
    VisitsReport, WayRow, page_limit,
};
use domain::channel::Channel;
use domain::day::Day;
use domain::id::UserId;
use domain::report::{Bucket, Period, percentile};
use domain::stage::Rung;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Answers a call about reports; none of another one.
pub(super) fn answer(core: &Core, asked: &Asked) -> Option<Result<String, Failure>> {
    Some(match asked.name.as_str() {
        ReportVisits::NAME => reply::<ReportVisits>(asked, |call| visits(core, &call)),
        ReportedVisits::NAME => reply::<ReportedVisits>(asked, |call| visit_rows(core, call)),
        ReportFunnel::NAME => reply::<ReportFunnel>(asked, |call| funnel(core, &call)),
        ReportedLeads::NAME => reply::<ReportedLeads>(asked, |call| lead_rows(core, call)),
        ReportResponses::NAME => reply::<ReportResponses>(asked, |call| responses(core, &call)),
        ReportedResponses::NAME => {
            reply::<ReportedResponses>(asked, |call| response_rows(core, &call))
        }
        _ => return None,
    })
}

/// The days that are asked for, and when they and those before them are.
struct Days {
    period: Period,
    span: reports::Span,
    before: reports::Span,
}

impl Days {
    fn of(core: &Core, from: Option<Day>, until: Option<Day>) -> Result<Days, Failure> {
        let zone = core.world.borrow().settings.zone;
        let today = zone.day(clock::now());
        let period = Period::asked(from, until, today).map_err(Failure::of)?;
        Ok(Days {
            period,
            span: period.bounds(zone),
            before: period.before().bounds(zone),
        })
    }
}

fn visits(core: &Core, call: &ReportVisits) -> Result<VisitsReport, Failure> {
    let (db, tables) = (&core.db, core.tables.get());
    let Days {
        period,
        span,
        before,
    } = Days::of(core, call.from, call.until)?;
    let zone = core.world.borrow().settings.zone;
    let way = |((channel, source, campaign), counts): (Way, Arrivals)| WayRow {
        channel: Channel::from_name(&channel),
        source,
        campaign,
        counts,
    };
    let ways = reports::ways(db, tables, span)?.into_iter();
    let mut ways: Vec<WayRow> = ways.map(way).collect();
    ways.sort_by_key(|way| Reverse((way.counts.visits, way.counts.leads)));
    ways.truncate(VisitsReport::WAYS_MAX);
    Ok(VisitsReport {
        from: period.from,
        until: period.until,
        all: reports::arrivals(db, tables, span)?,
        before: reports::arrivals(db, tables, before)?,
        days: reports::days(db, tables, span, zone)?,
        ways,
    })
}

/// A page of a list behind a figure.
fn page<T>(core: &Core, (items, next, total): Rows<T>) -> Page<T> {
    Page {
        items,
        next: next.map(|place| place.print()),
        total,
        seq: core.last_seq.get(),
    }
}

fn listing(
    core: &Core,
    (from, until): (Option<Day>, Option<Day>),
    cursor: Option<&String>,
    limit: Option<u32>,
) -> Result<Listing, Failure> {
    Ok(Listing {
        span: Days::of(core, from, until)?.span,
        after: place(cursor)?,
        limit: page_limit(limit),
    })
}

/// The channel that is asked for: an empty name stands for none that is known.
fn channel_of(channel: Option<Channel>, unknown: bool) -> Option<String> {
    let named = channel.map(|channel| channel.name().to_owned());
    named.or(unknown.then(String::new))
}

fn visit_rows(core: &Core, call: ReportedVisits) -> Result<Page<ReportedVisit>, Failure> {
    let days = (call.from, call.until);
    let listing = listing(core, days, call.cursor.as_ref(), call.limit)?;
    let only = Only {
        channel: channel_of(call.channel, call.unknown),
        source: call.source,
        campaign: call.campaign,
    };
    let which = (call.first, call.known);
    let rows = reports::visits(&core.db, core.tables.get(), &listing, &only, which)?;
    Ok(page(core, rows))
}

fn lead_rows(core: &Core, call: ReportedLeads) -> Result<Page<ReportedLead>, Failure> {
    let days = (call.from, call.until);
    let listing = listing(core, days, call.cursor.as_ref(), call.limit)?;
    let only = Only {
        channel: channel_of(call.channel, call.unknown),
        source: call.source,
        campaign: call.campaign,
    };
    let rows = reports::leads(&core.db, core.tables.get(), &listing, &only, call.reached)?;
    Ok(page(core, rows))
}

fn funnel(core: &Core, call: &ReportFunnel) -> Result<FunnelReport, Failure> {
    let (db, tables) = (&core.db, core.tables.get());
    let Days {
        period,
        span,
        before,
    } = Days::of(core, call.from, call.until)?;
    let only = call.channel.map(Channel::name);
    let funnels = reports::funnels(db, tables, span)?;
    let mut took = Vec::new();
    for rung in [Rung::Mql, Rung::Sql, Rung::Opportunity, Rung::Won] {
        let median = reports::took(db, tables, span, only, rung)?;
        took.extend(median.map(|median_ms| Took { rung, median_ms }));
    }
    let all = summed(&funnels, only);
    let channels = funnels.into_iter().map(|(channel, counts)| ChannelFunnel {
        channel: Channel::from_name(&channel),
        counts,
    });
    let mut channels: Vec<ChannelFunnel> = channels.collect();
    channels.sort_by_key(|one| Reverse((one.counts.visitors, one.counts.leads)));
    Ok(FunnelReport {
        from: period.from,
        until: period.until,
        all,
        before: summed(&reports::funnels(db, tables, before)?, only),
        took,
        channels,
    })
}

/// Those of a channel, or of all of them.
fn summed(funnels: &BTreeMap<String, Funnel>, only: Option<&str>) -> Funnel {
    let is_asked = |channel: &str| only.is_none_or(|only| only == channel);
    let asked = funnels.iter().filter(|(channel, _)| is_asked(channel));
    asked.fold(Funnel::default(), |sum, (_, one)| Funnel {
        visitors: sum.visitors.saturating_add(one.visitors),
        known: sum.known.saturating_add(one.known),
        leads: sum.leads.saturating_add(one.leads),
        mqls: sum.mqls.saturating_add(one.mqls),
        sqls: sum.sqls.saturating_add(one.sqls),
        opportunities: sum.opportunities.saturating_add(one.opportunities),
        won: sum.won.saturating_add(one.won),
        lost: sum.lost.saturating_add(one.lost),
        recycled: sum.recycled.saturating_add(one.recycled),
    })
}

fn responses(core: &Core, call: &ReportResponses) -> Result<ResponsesReport, Failure> {
    let Days {
        period,
        span,
        before,
    } = Days::of(core, call.from, call.until)?;
    let kept = |span| reports::kept(&core.db, core.tables.get(), call.kind, span);
    let rows = kept(span)?;
    Ok(ResponsesReport {
        from: period.from,
        until: period.until,
        all: told(rows.iter()),
        before: told(kept(before)?.iter()),
        buckets: buckets(&rows),
        members: members(core, &rows),
    })
}

type KeptRow = (Option<UserId>, Option<u32>, u8, u64, u64, u64);

/// How these promises were kept.
fn told<'a>(rows: impl Iterator<Item = &'a KeptRow>) -> Responses {
    let (mut responses, mut minutes) = (Responses::default(), Vec::new());
    for (_, took, in_time, count, ..) in rows {
        let kept = match (took, in_time) {
            (None, _) => &mut responses.open,
            (Some(_), 0) => &mut responses.late,
            (Some(_), _) => &mut responses.met,
        };
        *kept = kept.saturating_add(*count);
        minutes.extend(took.map(|took| (took, *count)));
    }
    responses.median = percentile(&minutes, 50);
    responses.p90 = percentile(&minutes, 90);
    responses
}

fn buckets(rows: &Kepts) -> Vec<BucketRow> {
    let of = |bucket: Bucket| {
        let mut row = BucketRow {
            bucket,
            count: 0,
            sqls: 0,
            won: 0,
        };
        let theirs = rows
            .iter()
            .filter(|(_, took, ..)| Bucket::of(*took) == bucket);
        for (_, _, _, count, sqls, won) in theirs {
            row.count = row.count.saturating_add(*count);
            row.sqls = row.sqls.saturating_add(*sqls);
            row.won = row.won.saturating_add(*won);
        }
        row
    };
    Bucket::ALL.into_iter().map(of).collect()
}

fn members(core: &Core, rows: &Kepts) -> Vec<MemberResponses> {
    let mut of: BTreeMap<Option<UserId>, Vec<&KeptRow>> = BTreeMap::new();
    for row in rows {
        of.entry(row.0).or_default().push(row);
    }
    let members = of.into_iter().map(|(user, rows)| MemberResponses {
        user,
        name: name_of(core, user),
        responses: told(rows.into_iter()),
    });
    let mut members: Vec<MemberResponses> = members.collect();
    members.sort_by_key(|member| Reverse(member.responses.count()));
    members
}

fn name_of(core: &Core, user: Option<UserId>) -> Option<String> {
    let world = core.world.borrow();
    Some(world.settings.practice.roster.get(&user?)?.name.clone())
}

fn response_rows(core: &Core, call: &ReportedResponses) -> Result<Page<ReportedResponse>, Failure> {
    let days = (call.from, call.until);
    let listing = listing(core, days, call.cursor.as_ref(), call.limit)?;
    let (db, tables) = (&core.db, core.tables.get());
    let (mut items, next, total) = reports::responses(db, tables, &listing, call)?;
    for row in &mut items {
        row.name = name_of(core, row.answer.whose);
    }
    Ok(page(core, (items, next, total)))
}
