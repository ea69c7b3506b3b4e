//! The companies.

use super::address;
use super::export::{ExportButtons, ExportProgress};
use super::failure::FailureNotice;
use super::leads::Foot;
use crate::components::{CompanyTable, EmptyState, SearchBox, Skeleton};
use crate::format;
use crate::state::base::Base;
use crate::state::clock::Clock;
use crate::state::companies::CompaniesState;
use crate::state::export::{ExportState, What};
use crate::state::leads::Phase;
use crate::text::{Word, words};
use domain::api::AccountOrder;
use leptos::prelude::*;

/// The orders, with their names in selectors.
const ORDERS: [(AccountOrder, &str, Word); 4] = [
    (AccountOrder::Score, "score", |t| t.score),
    (AccountOrder::Rising, "rising", |t| t.companies.rising),
    (AccountOrder::LastAt, "last", |t| t.last_activity),
    (AccountOrder::Name, "name", |t| t.companies.by_name),
];

/// The companies.
#[component]
pub(super) fn CompaniesPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let now = expect_context::<Clock>().signal();
    Effect::new(move |_| {
        document().set_title(&format!(
            "{} · {}",
            t.get().companies.title,
            t.get().product
        ))
    });
    let companies = CompaniesState::new(base.session);
    keep_address(companies);
    companies.load();
    let export = ExportState::new(base.session);
    let is_empty = Memo::new(move |_| companies.rows.with(Vec::is_empty));
    let is_loading = Memo::new(move |_| companies.phase.get() == Phase::Loading);
    let count = move || {
        let known = companies.phase.get() == Phase::Ready || !is_empty.get();
        known.then(|| format::number(t.lang(), companies.total.get()))
    };
    let body = move || {
        match (is_empty.get(), is_loading.get()) {
        (true, true) => view! { <Skeleton lines=10 /> }.into_any(),
        (true, false) if matches!(companies.phase.get_untracked(), Phase::Failed(_)) => ().into_any(),
        (true, false) => view! { <Nothing companies /> }.into_any(),
        (false, _) => view! {
            <CompanyTable rows=companies.rows now />
            <Foot shown=Signal::derive(move || companies.rows.with(Vec::len)) total=companies.total
                has_more=Signal::derive(move || companies.next.with(Option::is_some))
                busy=Signal::derive(move || companies.phase.get() == Phase::More) more=move |()| companies.more() />
        }
        .into_any(),
    }
    };
    view! {
        <div class="page-head">
            <h1>{move || t.get().companies.title}<span class="count">{count}</span></h1>
            <div class="page-tools">
                <div class="segmented" role="group" aria-label=move || t.get().order>
                    {ORDERS.map(|(order, test, label)| view! {
                        <button type="button" aria-pressed=move || (companies.order.get() == order).to_string()
                            on:click=move |_| companies.sort_by(order) data-test=format!("order-{test}")>{move || label(t.get())}</button>
                    })}
                </div>
                <ExportButtons export what=move |()| What::Companies(companies.asked(None, 0)) name=|t| t.companies.title />
                <SearchBox value=companies.search search=move |text| companies.search_for(text) hint=|t| t.companies.search_for />
            </div>
            <p class="page-note">{move || t.get().companies.note}</p>
        </div>
        {move || match companies.phase.get() {
            Phase::Failed(failure) => Some(view! { <FailureNotice failure again=move |()| companies.load() /> }),
            _ => None,
        }}
        <ExportProgress export />
        <div class="live-list" class:is-stale=move || is_loading.get() && !is_empty.get()>{body}</div>
    }
}

/// Keeps what is chosen of the list and the address the same.
fn keep_address(companies: CompaniesState) {
    address::keep(
        "sort",
        move || companies.order.get(),
        move |order| companies.sort_by(order),
        |order| {
            let known = ORDERS.iter().find(|(known, ..)| known == order);
            known
                .filter(|_| *order != AccountOrder::default())
                .map(|(_, name, _)| (*name).to_owned())
        },
        |text| {
            let known = ORDERS.iter().find(|(_, name, _)| *name == text);
            known.map(|(order, ..)| *order)
        },
    );
    address::keep(
        "q",
        move || companies.search.get(),
        move |text| companies.search_for(text),
        |text| Some(text.clone()).filter(|text| !text.is_empty()),
        |text| Some(text.to_owned()),
    );
}

/// Why there are none, and what to do.
#[component]
fn Nothing(companies: CompaniesState) -> impl IntoView {
    let t = words();
    let searching = companies.search.with_untracked(|search| !search.is_empty());
    let rising = companies.order.get_untracked() == AccountOrder::Rising;
    let (title, text): (Word, Word) = match (searching, rising) {
        (true, _) => (|t| t.nothing_found, |t| t.companies.nothing_found),
        (false, true) => (|t| t.companies.no_rising, |t| t.companies.no_rising_text),
        (false, false) => (
            |t| t.companies.no_companies,
            |t| t.companies.no_companies_text,
        ),
    };
    view! {
        <EmptyState title=Signal::derive(move || title(t.get()).to_owned()) text=Signal::derive(move || text(t.get()).to_owned())>
            {searching.then(|| view! {
                <button type="button" class="button" on:click=move |_| companies.search_for(String::new())>{move || t.get().clear_search}</button>
            })}
        </EmptyState>
    }
}
