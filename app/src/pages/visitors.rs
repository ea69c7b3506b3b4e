//! The anonymous visitors, moving live.

use super::export::{ExportButtons, ExportProgress};
use super::failure::FailureNotice;
use super::leads::{Foot, PeopleTabs};
use crate::components::{EmptyState, Skeleton, VisitorTable};
use crate::format;
use crate::state::base::Base;
use crate::state::clock::Clock;
use crate::state::export::{ExportState, What};
use crate::state::leads::Phase;
use crate::state::row_list::RowList;
use crate::text::words;
use leptos::prelude::*;

/// The anonymous visitors.
#[component]
pub(super) fn VisitorsPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let visitors = base.visitors;
    let now = expect_context::<Clock>().signal();
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", t.get().visitors, t.get().product))
    });
    let settled = base.live.settled();
    Effect::new(move |_| {
        if settled.get() {
            visitors.open();
        }
    });
    on_cleanup(move || {
        let _ = visitors.list.try_update(RowList::release);
    });
    let ids = Memo::new(move |_| visitors.list.with(RowList::ids));
    let is_empty = Memo::new(move |_| ids.with(Vec::is_empty));
    let waiting = Memo::new(move |_| visitors.list.with(RowList::waiting));
    let is_loading = Memo::new(move |_| visitors.phase.get() == Phase::Loading);
    let hold = move |held| {
        visitors
            .list
            .update(|list| if held { list.hold() } else { list.release() })
    };
    let export = ExportState::new(base.session);
    let body = move || {
        match (is_empty.get(), is_loading.get()) {
        (true, true) => view! { <Skeleton lines=10 /> }.into_any(),
        (true, false) if matches!(visitors.phase.get_untracked(), Phase::Failed(_)) => ().into_any(),
        (true, false) => view! {
            <EmptyState title=Signal::derive(move || t.get().no_visitors.to_owned()) text=Signal::derive(move || t.get().no_visitors_text.to_owned()) />
        }
        .into_any(),
        (false, _) => view! {
            <VisitorTable ids row=move |id| visitors.list.with(|list| list.get(id)) mql_score=base.mql_score() now hold />
            <Foot shown=Signal::derive(move || visitors.list.with(RowList::len)) total=Signal::derive(move || visitors.list.with(RowList::total))
                has_more=Signal::derive(move || visitors.list.with(|list| list.next().is_some()))
                busy=Signal::derive(move || visitors.phase.get() == Phase::More) more=move |()| visitors.more() />
        }
        .into_any(),
    }
    };
    view! {
        <PeopleTabs />
        <div class="page-head">
            <h1>{move || t.get().visitors}<span class="count">{move || (visitors.phase.get() == Phase::Ready || !is_empty.get()).then(|| format::number(t.lang(), visitors.list.with(RowList::total)))}</span></h1>
            <div class="page-tools"><ExportButtons export what=|()| What::Visitors name=|t| t.visitors /></div>
            <p class="page-note">{move || t.get().visitors_note}" "{move || t.get().refused.visitors_note}" "<a href="/settings/refusals">{move || t.get().refused.title}</a></p>
        </div>
        {move || match visitors.phase.get() {
            Phase::Failed(failure) => Some(view! { <FailureNotice failure again=move |()| visitors.load() /> }),
            _ => None,
        }}
        <ExportProgress export />
        <div class="live-list">
            {move || (waiting.get() > 0).then(|| view! {
                <button type="button" class="new-rows" on:click=move |_| visitors.list.update(RowList::show_waiting)>
                    {move || (t.get().new_rows)(waiting.get())}
                </button>
            })}
            {body}
        </div>
    }
}
