//! Reports: the days they are about, what they say, and the rows behind a figure.

use crate::api::Failure;
use crate::format;
use crate::state::session::Session;
use domain::api::{
    Arrivals, Call, Page, ReportedLead, ReportedLeads, ReportedResponse, ReportedResponses,
    ReportedVisit, ReportedVisits, VisitsOfDay, WayRow,
};
use domain::channel::Channel;
use domain::day::Day;
use domain::id::Ms;
use domain::profile::{read_date, show_date};
use domain::report::Period;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Rows of a page behind a figure.
const PAGE_ROWS: u32 = 50;
/// Up to so many days a bar is a day, beyond it a week.
const BARS_MAX: u32 = 92;

/// Which days are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Range {
    /// So many, today the last of them.
    Last(u32),
    /// These.
    Days(Period),
}

impl Default for Range {
    fn default() -> Range {
        Range::Last(30)
    }
}

impl Range {
    /// The last days that one may choose at once.
    pub(crate) const LAST: [u32; 4] = [7, 30, 90, 365];

    /// The days, when it is now.
    pub(crate) fn period(self, now: Ms) -> Period {
        match self {
            Range::Days(period) => period,
            Range::Last(days) => {
                let today = i32::try_from(format::local_day(now)).unwrap_or(0);
                let back = i32::try_from(days.saturating_sub(1)).unwrap_or(0);
                Period {
                    from: Day(today.saturating_sub(back)),
                    until: Day(today),
                }
            }
        }
    }

    /// As it stands in an address; what is chosen unless someone says otherwise stands there as nothing.
    pub(crate) fn write(&self) -> Option<String> {
        match self {
            range if *range == Range::default() => None,
            Range::Last(days) => Some(days.to_string()),
            Range::Days(period) => {
                let day = |day: Day| show_date(day.0);
                Some(format!("{}..{}", day(period.from), day(period.until)))
            }
        }
    }

    /// Reads what stands in an address.
    pub(crate) fn read(text: &str) -> Option<Range> {
        if let Some((from, until)) = text.split_once("..") {
            let day = |text| read_date(text, None).ok().map(Day);
            return Period::of(day(from)?, day(until)?).ok().map(Range::Days);
        }
        let days: u32 = text.parse().ok()?;
        Range::LAST.contains(&days).then_some(Range::Last(days))
    }
}

/// What a report says, read anew whenever something else is asked for.
pub(crate) struct Report<C: Call + 'static>
where
    C::Reply: Send + Sync,
{
    /// What it says; nothing until it was read.
    pub(crate) said: RwSignal<Option<C::Reply>>,
    /// Why it could not be read.
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// Whether it is being read.
    pub(crate) busy: RwSignal<bool>,
    session: Session,
    turn: StoredValue<u32>,
}

impl<C: Call + 'static> Clone for Report<C>
where
    C::Reply: Send + Sync,
{
    fn clone(&self) -> Self {
        *self
    }
}

impl<C: Call + 'static> Copy for Report<C> where C::Reply: Send + Sync {}

impl<C: Call + 'static> Report<C>
where
    C::Reply: Send + Sync,
{
    /// One that was not read yet.
    pub(crate) fn new(session: Session) -> Report<C> {
        Report {
            said: RwSignal::new(None),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            session,
            turn: StoredValue::new(0),
        }
    }

    /// Reads it. What is shown stays until the new is there.
    pub(crate) fn read(self, call: C) {
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        self.failure.set(None);
        self.busy.set(true);
        spawn_local(async move {
            let reply = self.session.call(&call).await;
            // Something else was asked for meanwhile, or the screen was left.
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.busy.set(false);
            match reply {
                Ok(said) => self.said.set(Some(said)),
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }
}

/// The rows behind a figure that are asked for.
#[derive(Clone, Debug)]
pub(crate) enum Behind {
    /// Visits.
    Visits(ReportedVisits),
    /// People.
    Leads(ReportedLeads),
    /// Promises.
    Responses(ReportedResponses),
}

/// A row behind a figure.
#[derive(Clone, Debug)]
pub(crate) enum Row {
    /// A visit.
    Visit(Box<ReportedVisit>),
    /// Somebody.
    Lead(Box<ReportedLead>),
    /// A promise.
    Response(Box<ReportedResponse>),
}

/// The rows behind one figure.
#[derive(Clone, Copy)]
pub(crate) struct RowsState {
    /// The figure: what it is called, and what is asked for; none while nobody looks.
    pub(crate) open: RwSignal<Option<(String, Behind)>>,
    /// The rows, once read.
    pub(crate) rows: RwSignal<Option<Vec<Row>>>,
    /// How many there are in all.
    pub(crate) total: RwSignal<u64>,
    /// Where the next page begins.
    pub(crate) next: RwSignal<Option<String>>,
    /// Whether a page is on its way.
    pub(crate) busy: RwSignal<bool>,
    /// Why it did not come.
    pub(crate) failure: RwSignal<Option<Failure>>,
    session: Session,
    turn: StoredValue<u32>,
}

impl RowsState {
    /// Nobody looks.
    pub(crate) fn new(session: Session) -> RowsState {
        RowsState {
            open: RwSignal::new(None),
            rows: RwSignal::new(None),
            total: RwSignal::new(0),
            next: RwSignal::new(None),
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            session,
            turn: StoredValue::new(0),
        }
    }

    /// Shows what is behind a figure.
    pub(crate) fn look(self, name: String, behind: Behind) {
        self.rows.set(None);
        self.total.set(0);
        self.next.set(None);
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        self.open.set(Some((name, behind)));
        self.fetch(None);
    }

    /// It was looked at.
    pub(crate) fn close(self) {
        self.open.set(None);
    }

    /// Reads it again after it did not come, or the page after the last.
    pub(crate) fn more(self) {
        let cursor = self.next.get_untracked();
        self.fetch(cursor);
    }

    fn fetch(self, cursor: Option<String>) {
        let Some((_, behind)) = self.open.get_untracked() else {
            return;
        };
        let turn = self.turn.get_value();
        self.failure.set(None);
        self.busy.set(true);
        spawn_local(async move {
            let limit = Some(PAGE_ROWS);
            let page = match behind {
                Behind::Visits(call) => {
                    let call = ReportedVisits {
                        cursor,
                        limit,
                        ..call
                    };
                    let page = self.session.call(&call).await;
                    page.map(|page| rows(page, |row| Row::Visit(Box::new(row))))
                }
                Behind::Leads(call) => {
                    let call = ReportedLeads {
                        cursor,
                        limit,
                        ..call
                    };
                    let page = self.session.call(&call).await;
                    page.map(|page| rows(page, |row| Row::Lead(Box::new(row))))
                }
                Behind::Responses(call) => {
                    let call = ReportedResponses {
                        cursor,
                        limit,
                        ..call
                    };
                    let page = self.session.call(&call).await;
                    page.map(|page| rows(page, |row| Row::Response(Box::new(row))))
                }
            };
            // Another figure is looked at, or the screen was left.
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.busy.set(false);
            match page {
                Ok(page) => {
                    self.rows
                        .update(|rows| rows.get_or_insert_default().extend(page.items));
                    self.total.set(page.total);
                    self.next.set(page.next);
                }
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }
}

fn rows<T>(page: Page<T>, row: impl Fn(T) -> Row) -> Page<Row> {
    Page {
        items: page.items.into_iter().map(row).collect(),
        next: page.next,
        total: page.total,
        seq: page.seq,
    }
}

/// How closely ways are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Level {
    /// By channel.
    #[default]
    Channel,
    /// By source, too.
    Source,
    /// By campaign, too.
    Campaign,
}

impl Level {
    /// As it stands in an address.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Level::Channel => "channel",
            Level::Source => "source",
            Level::Campaign => "campaign",
        }
    }

    /// Every one.
    pub(crate) const ALL: [Level; 3] = [Level::Channel, Level::Source, Level::Campaign];
}

/// A way as closely as it is told: channel, source, campaign.
pub(crate) type Way = (Option<Channel>, Option<String>, Option<String>);

/// Ways put together as closely as they are told apart, those first that brought most visits. Of visitors no sum is made:
/// one may have come by several.
pub(crate) fn by_level(ways: &[WayRow], level: Level) -> Vec<(Way, Arrivals)> {
    let mut sums: BTreeMap<Way, Arrivals> = BTreeMap::new();
    for way in ways {
        let source = (level != Level::Channel).then(|| way.source.clone());
        let campaign = (level == Level::Campaign).then(|| way.campaign.clone());
        let sum = sums.entry((way.channel, source, campaign)).or_default();
        let counts = way.counts;
        sum.visits = sum.visits.saturating_add(counts.visits);
        sum.new = sum.new.saturating_add(counts.new);
        sum.leads = sum.leads.saturating_add(counts.leads);
        sum.mqls = sum.mqls.saturating_add(counts.mqls);
        sum.won = sum.won.saturating_add(counts.won);
    }
    let mut sums: Vec<(Way, Arrivals)> = sums.into_iter().collect();
    sums.sort_by_key(|(_, sum)| Reverse((sum.visits, sum.leads)));
    sums
}

/// A bar of visits: the day it begins on, and how many came by each channel.
pub(crate) type Bar = (Day, Vec<(Option<Channel>, u64)>);

/// A bar a day; of many days a bar a week. Days without visits have an empty one.
pub(crate) fn bars(days: &[VisitsOfDay], period: Period) -> Vec<Bar> {
    let step = if period.days() > BARS_MAX { 7 } else { 1 };
    let count = period.days().div_ceil(step);
    let begin = |place: u32| {
        let days = i32::try_from(place.saturating_mul(step)).unwrap_or(i32::MAX);
        period.from.plus(days)
    };
    let mut bars: Vec<(Day, BTreeMap<Option<Channel>, u64>)> = (0..count)
        .map(|place| (begin(place), BTreeMap::new()))
        .collect();
    for one in days.iter().filter(|one| one.day >= period.from) {
        let place = period.from.until(one.day).checked_div(step).unwrap_or(0);
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        if let Some((_, bar)) = bars.get_mut(place) {
            let visits = bar.entry(one.channel).or_default();
            *visits = visits.saturating_add(one.visits);
        }
    }
    let bars = bars.into_iter();
    bars.map(|(day, bar)| (day, bar.into_iter().collect()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_from_an_address_as_it_was_written() {
        let period = Period::of(Day(20_000), Day(20_006)).unwrap();
        for range in [Range::Last(7), Range::Last(365), Range::Days(period)] {
            let text = range.write().unwrap();
            assert_eq!(Range::read(&text), Some(range), "{text}");
        }
        assert_eq!(Range::default().write(), None);
        for wrong in [
            "",
            "8",
            "x",
            "2026-02-01..2026-01-01",
            "2026-01-01..",
            "2000-01-01..2026-01-01",
        ] {
            assert_eq!(Range::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn visits_are_a_bar_a_day_and_of_many_days_a_bar_a_week() {
        let visits = |day, visits| VisitsOfDay {
            day: Day(day),
            channel: Some(Channel::Email),
            visits,
        };
        let told = [visits(10, 3), visits(12, 4), visits(99, 5)];
        let period = Period::of(Day(10), Day(12)).unwrap();
        let counts = |bars: Vec<Bar>| -> Vec<(i32, u64)> {
            let count = |bar: &[(Option<Channel>, u64)]| bar.iter().map(|(_, n)| n).sum();
            bars.iter().map(|(day, bar)| (day.0, count(bar))).collect()
        };
        assert_eq!(counts(bars(&told, period)), [(10, 3), (11, 0), (12, 4)]);
        let period = Period::of(Day(10), Day(110)).unwrap();
        let weekly = counts(bars(&told, period));
        assert_eq!(
            (weekly.len(), weekly[0], weekly[12]),
            (15, (10, 7), (94, 5))
        );
    }

    #[test]
    fn ways_are_told_apart_as_closely_as_asked() {
        let way = |source: &str, campaign: &str, visits| WayRow {
            channel: Some(Channel::PaidSearch),
            source: source.into(),
            campaign: campaign.into(),
            counts: Arrivals {
                visits,
                visitors: visits,
                ..Arrivals::default()
            },
        };
        let ways = [
            way("baidu", "a", 5),
            way("baidu", "b", 9),
            way("sogou", "", 1),
        ];
        let sums = |level| -> Vec<u64> {
            let sums = by_level(&ways, level).into_iter();
            sums.map(|(_, counts)| counts.visits).collect()
        };
        assert_eq!(sums(Level::Channel), [15]);
        assert_eq!(sums(Level::Source), [14, 1]);
        assert_eq!(sums(Level::Campaign), [9, 5, 1]);
        let whole = by_level(&ways, Level::Channel);
        assert_eq!(whole[0].1.visitors, 0);
    }
}
