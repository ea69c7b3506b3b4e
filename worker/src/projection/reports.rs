//! Counting for reports: visits by where they came from, people by how far they came, promises by how they were kept; and the
//! rows behind each figure. SQLite counts; only what is told comes out. Not here: what the figures mean (`domain::report`).

use super::load::ToHex;
use super::read::Place;
use super::reported::COLUMNS;
use super::tables::Tables;
use super::tasks;
use crate::error::StoreError;
use crate::store::sql::{Bound, Database};
use domain::api::{
    Arrivals, Funnel, Kept, ReportedLead, ReportedResponse, ReportedResponses, ReportedVisit,
    VisitorRow, VisitsOfDay,
};
use domain::channel::Channel;
use domain::clock::Kind;
use domain::day::{Day, Zone};
use domain::id::{LeadId, Ms, UserId};
use domain::pursuit::Answer;
use domain::stage::Rung;
use std::collections::{BTreeMap, BTreeSet};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
const MINUTE_MS: i64 = 60 * 1_000;

/// A time, its end not in it.
pub(crate) type Span = (Ms, Ms);

/// Where visits or people came from: channel, source, campaign; empty where nothing is known.
pub(crate) type Way = (String, String, String);

/// Which visits or people are meant.
#[derive(Clone, Debug, Default)]
pub(crate) struct Only {
    /// Of this channel; an empty one: of none that is known.
    pub(crate) channel: Option<String>,
    /// Of this source.
    pub(crate) source: Option<String>,
    /// Of this campaign; an empty one: of none.
    pub(crate) campaign: Option<String>,
}

impl Only {
    fn sql(&self, columns: [&str; 3], bound: &mut Vec<Bound>) -> String {
        let asked = [&self.channel, &self.source, &self.campaign];
        let mut sql = String::new();
        for (column, asked) in columns.into_iter().zip(asked) {
            if let Some(asked) = asked {
                sql.push_str(&format!(" AND {column} = ?"));
                bound.push(Bound::Text(asked.clone()));
            }
        }
        sql
    }
}

/// What people came by, in `listed`, where nothing stands for what is not known.
const LISTED: [&str; 3] = [
    "coalesce(l.channel, '')",
    "coalesce(l.source, '')",
    "coalesce(l.campaign, '')",
];
const ORIGINS: [&str; 3] = ["o.channel", "o.source", "o.campaign"];

fn within((from, until): Span) -> Vec<Bound> {
    vec![Bound::Number(from), Bound::Number(until)]
}

/// Visits by day and channel.
pub(crate) fn days(
    db: &Database,
    tables: Tables,
    span: Span,
    zone: Zone,
) -> Result<Vec<VisitsOfDay>, StoreError> {
    let east = i64::from(zone.0).saturating_mul(MINUTE_MS);
    // Counted by the way's number first: a row a visit is not joined with a text.
    let statement = format!(
        "SELECT d, o.channel, sum(n) FROM
           (SELECT (start + {east}) / {DAY_MS} AS d, origin, count(*) AS n FROM visits_{{g}}
            WHERE start >= ? AND start < ? GROUP BY 1, 2) s
         JOIN origins_{{g}} o ON o.id = s.origin GROUP BY 1, 2 ORDER BY 1, 2"
    );
    let rows: Vec<(i32, String, u64)> = db.read(&tables.sql(&statement), &within(span))?;
    let day = |(day, channel, visits): (i32, String, u64)| VisitsOfDay {
        day: Day(day),
        channel: Channel::from_name(&channel),
        visits,
    };
    Ok(rows.into_iter().map(day).collect())
}

/// What came by each way.
pub(crate) fn ways(
    db: &Database,
    tables: Tables,
    span: Span,
) -> Result<BTreeMap<Way, Arrivals>, StoreError> {
    let mut ways: BTreeMap<Way, Arrivals> = BTreeMap::new();
    let statement = "SELECT o.channel, o.source, o.campaign, n, visitors, news FROM
           (SELECT origin, count(*) AS n, count(DISTINCT visitor) AS visitors, sum(first) AS news FROM visits_{g}
            WHERE start >= ? AND start < ? GROUP BY 1) s JOIN origins_{g} o ON o.id = s.origin";
    let rows: Vec<(String, String, String, u64, u64, u64)> =
        db.read(&tables.sql(statement), &within(span))?;
    for (channel, source, campaign, visits, visitors, new) in rows {
        let counts = ways.entry((channel, source, campaign)).or_default();
        (counts.visits, counts.visitors, counts.new) = (visits, visitors, new);
    }
    let [channel, source, campaign] = LISTED;
    let statement = format!(
        "SELECT {channel}, {source}, {campaign}, count(*), count(p.mql), count(p.won)
         FROM listed_{{g}} l LEFT JOIN progress_{{g}} p ON p.lead = l.id
         WHERE l.created_at >= ? AND l.created_at < ? GROUP BY 1, 2, 3"
    );
    let rows: Vec<(String, String, String, u64, u64, u64)> =
        db.read(&tables.sql(&statement), &within(span))?;
    for (channel, source, campaign, leads, mqls, won) in rows {
        let counts = ways.entry((channel, source, campaign)).or_default();
        (counts.leads, counts.mqls, counts.won) = (leads, mqls, won);
    }
    Ok(ways)
}

/// What came in all.
pub(crate) fn arrivals(db: &Database, tables: Tables, span: Span) -> Result<Arrivals, StoreError> {
    let statement =
        "SELECT count(*), count(DISTINCT visitor), coalesce(sum(first), 0) FROM visits_{g}
         WHERE start >= ? AND start < ?";
    let visits: Option<(u64, u64, u64)> = db.read_one(&tables.sql(statement), &within(span))?;
    let statement = "SELECT count(*), count(p.mql), count(p.won) FROM listed_{g} l
         LEFT JOIN progress_{g} p ON p.lead = l.id WHERE l.created_at >= ? AND l.created_at < ?";
    let leads: Option<(u64, u64, u64)> = db.read_one(&tables.sql(statement), &within(span))?;
    let ((visits, visitors, new), (leads, mqls, won)) =
        (visits.unwrap_or_default(), leads.unwrap_or_default());
    Ok(Arrivals {
        visits,
        visitors,
        new,
        leads,
        mqls,
        won,
    })
}

/// How many came how far, by the channel they came by first.
pub(crate) fn funnels(
    db: &Database,
    tables: Tables,
    span: Span,
) -> Result<BTreeMap<String, Funnel>, StoreError> {
    let mut funnels: BTreeMap<String, Funnel> = BTreeMap::new();
    let statement = "SELECT o.channel, count(*), sum(v.anonymous = 0) FROM visits_{g} s
         JOIN visitors_{g} v ON v.n = s.visitor JOIN origins_{g} o ON o.id = s.origin
         WHERE s.start >= ? AND s.start < ? AND s.first = 1 GROUP BY 1";
    let rows: Vec<(String, u64, u64)> = db.read(&tables.sql(statement), &within(span))?;
    for (channel, visitors, known) in rows {
        let funnel = funnels.entry(channel).or_default();
        (funnel.visitors, funnel.known) = (visitors, known);
    }
    let [channel, ..] = LISTED;
    let counts = COLUMNS.map(|(_, column)| format!("count(p.{column})"));
    let statement = format!(
        "SELECT {channel}, count(*), {} FROM listed_{{g}} l LEFT JOIN progress_{{g}} p ON p.lead = l.id
         WHERE l.created_at >= ? AND l.created_at < ? GROUP BY 1",
        counts.join(", ")
    );
    type Row = (String, u64, u64, u64, u64, u64, u64, u64);
    let rows: Vec<Row> = db.read(&tables.sql(&statement), &within(span))?;
    for (channel, leads, mqls, sqls, opportunities, won, lost, recycled) in rows {
        let funnel = funnels.entry(channel).or_default();
        *funnel = Funnel {
            leads,
            mqls,
            sqls,
            opportunities,
            won,
            lost,
            recycled,
            ..*funnel
        };
    }
    Ok(funnels)
}

/// In the middle of those who reached a rung, how long that took from the one before: milliseconds. None where nobody did.
pub(crate) fn took(
    db: &Database,
    tables: Tables,
    span: Span,
    channel: Option<&str>,
    rung: Rung,
) -> Result<Option<Ms>, StoreError> {
    let place = COLUMNS.iter().position(|(known, _)| *known == rung);
    let Some((_, column)) = place.and_then(|place| COLUMNS.get(place)) else {
        return Ok(None);
    };
    let below = place.and_then(|place| place.checked_sub(1));
    let below = below.and_then(|place| COLUMNS.get(place));
    let since = below.map_or("l.created_at".to_owned(), |(_, below)| format!("p.{below}"));
    let only = Only {
        channel: channel.map(str::to_owned),
        ..Only::default()
    };
    let mut bound = within(span);
    let only = only.sql(LISTED, &mut bound);
    let statement = format!(
        "WITH t(ms) AS MATERIALIZED (SELECT max(p.{column} - {since}, 0) FROM listed_{{g}} l JOIN progress_{{g}} p ON p.lead = l.id
           WHERE l.created_at >= ? AND l.created_at < ?{only} AND p.{column} IS NOT NULL AND {since} IS NOT NULL)
         SELECT ms FROM t ORDER BY ms LIMIT 1 OFFSET (SELECT max(count(*) - 1, 0) / 2 FROM t)"
    );
    let row: Option<(Ms,)> = db.read_one(&tables.sql(&statement), &bound)?;
    Ok(row.map(|(ms,)| ms))
}

/// How often promises about leads of somebody were kept after so many minutes, or not: whose, minutes, whether in time, how many,
/// and of how many leads sales took them and won them since.
pub(crate) type Kepts = Vec<(Option<UserId>, Option<u32>, u8, u64, u64, u64)>;

/// How promises of a kind were kept.
pub(crate) fn kept(
    db: &Database,
    tables: Tables,
    kind: Kind,
    (from, until): Span,
) -> Result<Kepts, StoreError> {
    let statement = "SELECT lower(hex(a.whose)), a.minutes, a.in_time, count(*), count(p.sql), count(p.won)
         FROM answers_{g} a LEFT JOIN leads_{g} l ON l.id = a.lead LEFT JOIN progress_{g} p ON p.lead = l.root
         WHERE a.kind = ? AND a.since >= ? AND a.since < ? GROUP BY 1, 2, 3";
    type Row = (String, Option<u32>, u8, u64, u64, u64);
    let rows: Vec<Row> = db.read(&tables.sql(statement), (kind.name(), from, until))?;
    let rows = rows.into_iter();
    let read = |(whose, minutes, in_time, count, sqls, won): Row| {
        let whose = Some(whose).filter(|hex| !hex.is_empty());
        let whose = whose.map(|hex| serde_json::from_value(hex.into()));
        Ok((whose.transpose()?, minutes, in_time, count, sqls, won))
    };
    rows.map(read).collect()
}

/// What is asked of a list: when, from where on, and how many.
pub(crate) struct Listing {
    /// When.
    pub(crate) span: Span,
    /// The place of the last one before.
    pub(crate) after: Option<Place>,
    /// How many.
    pub(crate) limit: u32,
}

impl Listing {
    /// Its parameters: when, and behind which place.
    fn bound(&self) -> (Vec<Bound>, Place) {
        (
            within(self.span),
            self.after.clone().unwrap_or_else(Place::top),
        )
    }
}

fn behind(bound: &mut Vec<Bound>, place: Place, limit: u32) {
    let limit = i64::from(limit).saturating_add(1);
    bound.extend([
        Bound::Number(place.by),
        Bound::Text(place.id),
        Bound::Number(limit),
    ]);
}

/// Cuts what was read to a page; where the next one begins, by time and id.
fn cut<T>(rows: &mut Vec<T>, limit: u32, place: impl Fn(&T) -> (Ms, String)) -> Option<Place> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let last = rows.last().filter(|_| more).map(place);
    last.map(|(by, id)| Place { by, id })
}

/// What a page of rows is: the rows, where the next one begins, how many there are.
pub(crate) type Rows<T> = (Vec<T>, Option<Place>, u64);

/// Visits behind a figure, the latest first; maybe only the first of each browser, or of those who are known.
pub(crate) fn visits(
    db: &Database,
    tables: Tables,
    listing: &Listing,
    only: &Only,
    (first, known): (bool, bool),
) -> Result<Rows<ReportedVisit>, StoreError> {
    let (mut bound, place) = listing.bound();
    let only = only.sql(ORIGINS, &mut bound);
    let first = if first { " AND s.first = 1" } else { "" };
    let known = if known { " AND v.anonymous = 0" } else { "" };
    let from = format!(
        "FROM visits_{{g}} s JOIN origins_{{g}} o ON o.id = s.origin JOIN visitors_{{g}} v ON v.n = s.visitor
         WHERE s.start >= ? AND s.start < ?{only}{first}{known}"
    );
    let counted = format!("SELECT count(*) {from}");
    let total: Option<(u64,)> = db.read_one(&tables.sql(&counted), &bound)?;
    behind(&mut bound, place, listing.limit);
    let statement = format!(
        "SELECT s.start, lower(hex(v.id)), s.first, v.row {from} AND (s.start, v.id) < (?, unhex(?))
         ORDER BY s.start DESC, v.id DESC LIMIT ?"
    );
    let mut rows: Vec<(Ms, String, u8, String)> = db.read(&tables.sql(&statement), &bound)?;
    let next = cut(&mut rows, listing.limit, |(at, id, ..)| (*at, id.clone()));
    let mut found: Vec<(Ms, u8, VisitorRow)> = Vec::with_capacity(rows.len());
    for (at, _, first, row) in rows {
        found.push((at, first, serde_json::from_str(&row)?));
    }
    let known: BTreeSet<LeadId> = found.iter().filter_map(|(.., row)| row.lead).collect();
    let people = tasks::people(db, tables, &known)?;
    let visit = |(at, first, visitor): (Ms, u8, VisitorRow)| ReportedVisit {
        at,
        first: first == 1,
        lead: visitor.lead.and_then(|lead| people.get(&lead).cloned()),
        visitor,
    };
    let total = total.map_or(0, |(total,)| total);
    Ok((found.into_iter().map(visit).collect(), next, total))
}

/// People behind a figure, those who became known last first.
pub(crate) fn leads(
    db: &Database,
    tables: Tables,
    listing: &Listing,
    only: &Only,
    reached: Option<Rung>,
) -> Result<Rows<ReportedLead>, StoreError> {
    let (mut bound, place) = listing.bound();
    let only = only.sql(LISTED, &mut bound);
    let column = COLUMNS.iter().find(|(rung, _)| Some(*rung) == reached);
    let (join, at) = match column {
        Some((_, column)) => (
            format!("JOIN progress_{{g}} p ON p.lead = l.id AND p.{column} IS NOT NULL"),
            format!("p.{column}"),
        ),
        None => (String::new(), "l.created_at".to_owned()),
    };
    let from =
        format!("FROM listed_{{g}} l {join} WHERE l.created_at >= ? AND l.created_at < ?{only}");
    let total: Option<(u64,)> =
        db.read_one(&tables.sql(&format!("SELECT count(*) {from}")), &bound)?;
    behind(&mut bound, place, listing.limit);
    let statement = format!(
        "SELECT l.created_at, lower(hex(l.id)), {at} {from} AND (l.created_at, l.id) < (?, unhex(?))
         ORDER BY l.created_at DESC, l.id DESC LIMIT ?"
    );
    let mut rows: Vec<(Ms, LeadId, Ms)> = db.read(&tables.sql(&statement), &bound)?;
    let next = cut(&mut rows, listing.limit, |(at, id, _)| (*at, id.to_hex()));
    let known: BTreeSet<LeadId> = rows.iter().map(|(_, id, _)| *id).collect();
    let mut people = tasks::people(db, tables, &known)?;
    let row = |(_, id, at): (Ms, LeadId, Ms)| {
        let lead = people.remove(&id)?;
        Some(ReportedLead { lead, at })
    };
    let rows = rows.into_iter().filter_map(row).collect();
    Ok((rows, next, total.map_or(0, |(total,)| total)))
}

/// Promises behind a figure, the latest first. Names are left out.
pub(crate) fn responses(
    db: &Database,
    tables: Tables,
    listing: &Listing,
    call: &ReportedResponses,
) -> Result<Rows<ReportedResponse>, StoreError> {
    let (mut bound, place) = listing.bound();
    bound.push(Bound::Text(call.kind.name().to_owned()));
    let mut sql = "FROM answers_{g} WHERE since >= ? AND since < ? AND kind = ?".to_owned();
    sql.push_str(match call.kept {
        None => "",
        Some(Kept::Met) => " AND in_time = 1",
        Some(Kept::Late) => " AND in_time = 0 AND minutes IS NOT NULL",
        Some(Kept::Open) => " AND minutes IS NULL",
    });
    match call.bucket.map(|bucket| bucket.minutes()) {
        None => {}
        Some(None) => sql.push_str(" AND minutes IS NULL"),
        Some(Some((from, until))) => {
            sql.push_str(" AND minutes >= ? AND minutes <= ?");
            bound.extend([from, until].map(|minutes| Bound::Number(minutes.into())));
        }
    }
    if call.nobody {
        sql.push_str(" AND whose IS NULL");
    }
    if let Some(user) = &call.user {
        sql.push_str(" AND whose = unhex(?)");
        bound.push(Bound::Text(user.to_hex()));
    }
    let total: Option<(u64,)> =
        db.read_one(&tables.sql(&format!("SELECT count(*) {sql}")), &bound)?;
    behind(&mut bound, place, listing.limit);
    let statement = format!(
        "SELECT since, lower(hex(lead)), body {sql} AND (since, lead) < (?, unhex(?)) ORDER BY since DESC, lead DESC LIMIT ?"
    );
    let mut rows: Vec<(Ms, LeadId, String)> = db.read(&tables.sql(&statement), &bound)?;
    let next = cut(&mut rows, listing.limit, |(at, id, _)| (*at, id.to_hex()));
    let known: BTreeSet<LeadId> = rows.iter().map(|(_, id, _)| *id).collect();
    let people = tasks::people(db, tables, &known)?;
    let mut found = Vec::with_capacity(rows.len());
    for (_, id, body) in rows {
        let answer: Answer = serde_json::from_str(&body)?;
        if let Some(lead) = people.get(&id).cloned() {
            found.push(ReportedResponse {
                lead,
                answer,
                name: None,
            });
        }
    }
    Ok((found, next, total.map_or(0, |(total,)| total)))
}
