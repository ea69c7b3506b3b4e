//! Reports: one beside the other, of the same days, with the rows behind each figure.

use super::address;
use super::reports_rows::RowsDrawer;
use crate::components::{DateField, change_of};
use crate::state::base::Base;
use crate::state::clock::Clock;
use crate::state::reports::{Range, RowsState};
use crate::text::{Word, words};
use domain::day::Day;
use domain::report::Period;
use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

/// The reports, in the order of the tabs.
const PAGES: [(&str, &str, Word); 3] = [
    ("/reports", "reports-visits", |t| t.reports.visits_page),
    ("/reports/funnel", "reports-funnel", |t| {
        t.reports.funnel_page
    }),
    ("/reports/responses", "reports-responses", |t| {
        t.reports.responses_page
    }),
];

/// What every report goes by.
#[derive(Clone, Copy)]
pub(super) struct Held {
    /// The days.
    pub(super) period: Memo<Period>,
    /// The rows behind a figure.
    pub(super) rows: RowsState,
}

/// What stands around the reports.
#[component]
pub(super) fn ReportsFrame() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let now = expect_context::<Clock>().signal();
    let range = RwSignal::new(Range::default());
    address::keep(
        "days",
        move || range.get(),
        move |chosen| range.set(chosen),
        Range::write,
        Range::read,
    );
    let period = Memo::new(move |_| range.get().period(now.get()));
    let rows = RowsState::new(base.session);
    provide_context(Held { period, rows });
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", t.get().reports.title, t.get().product))
    });
    let location = use_location();
    let tab = move |(href, name, label): (&'static str, &'static str, Word)| {
        let current = move || (location.pathname.get() == href).then_some("page");
        let days = move || range.get().write().map(|days| format!("?days={days}"));
        let href = move || format!("{href}{}", days().unwrap_or_default());
        view! { <a class="tab" href=href aria-current=current data-test=name>{move || label(t.get())}</a> }
    };
    view! {
        <div class="page-head">
            <h1>{move || t.get().reports.title}</h1>
            <div class="page-tools"><RangeChoice range period /></div>
        </div>
        <nav class="tabs reports-tabs" aria-label=move || t.get().reports.title>{PAGES.map(tab)}</nav>
        <Outlet />
        <RowsDrawer rows now />
    }
}

/// The choice of the days.
#[component]
fn RangeChoice(range: RwSignal<Range>, period: Memo<Period>) -> impl IntoView {
    let t = words();
    let last = Range::LAST.map(|days| {
        let pressed = move || (range.get() == Range::Last(days)).to_string();
        view! {
            <button type="button" aria-pressed=pressed on:click=move |_| range.set(Range::Last(days)) data-test=format!("last-{days}")>
                {move || (t.get().reports.last_days)(days)}
            </button>
        }
    });
    let from = Signal::derive(move || Some(period.get().from.0));
    let until = Signal::derive(move || Some(period.get().until.0));
    let choose = move |from: Day, until: Day| {
        // What is chosen last holds: the other end goes along where it would lie behind.
        if let Ok(chosen) = Period::of(from, until) {
            range.set(Range::Days(chosen));
        }
    };
    let choose_from = move |day: Option<i32>| {
        let until = period.get_untracked().until;
        if let Some(day) = day.map(Day) {
            choose(day, until.max(day));
        }
    };
    let choose_until = move |day: Option<i32>| {
        let from = period.get_untracked().from;
        if let Some(day) = day.map(Day) {
            choose(from.min(day), day);
        }
    };
    view! {
        <div class="segmented" role="group" aria-label=move || t.get().reports.days>{last}</div>
        <div class="reports-dates">
            <DateField label=t.line(|t| t.reports.from) name="report-from" day=from choose=choose_from />
            <DateField label=t.line(|t| t.reports.until) name="report-until" day=until choose=choose_until />
        </div>
    }
}

/// How a count compares with the one before, as a signal that does not change.
pub(super) fn changed(now: u64, before: u64) -> Signal<Option<i64>> {
    Signal::stored(change_of(now, before))
}
