//! The leads, moving live.

use super::export::{ExportButtons, ExportProgress};
use super::failure::FailureNotice;
use super::lead_filters::LeadFilters;
use super::sites::demo_url;
use crate::components::{EmptyState, Glyph, Icon, LeadTable, Skeleton};
use crate::format;
use crate::state::base::Base;
use crate::state::clock::Clock;
use crate::state::export::{ExportState, What};
use crate::state::leads::Phase;
use crate::state::row_list::RowList;
use crate::text::{Word, words};
use domain::api::{Role, Sites};
use domain::list::{Column, Direction};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// How long typing must pause before it is searched for.
const PAUSE_MS: u32 = 220;

/// The leads.
#[component]
pub(super) fn LeadsPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let leads = base.leads;
    let now = expect_context::<Clock>().signal();
    Effect::new(move |_| document().set_title(&format!("{} · {}", t.get().leads, t.get().product)));
    on_cleanup(move || {
        let _ = leads.list.try_update(RowList::release);
    });
    let ids = Memo::new(move |_| leads.list.with(RowList::ids));
    let is_empty = Memo::new(move |_| ids.with(Vec::is_empty));
    let waiting = Memo::new(move |_| leads.list.with(RowList::waiting));
    let is_loading = Memo::new(move |_| leads.phase.get() == Phase::Loading);
    let searching = Memo::new(move |_| !leads.search.get().is_empty());
    let filtering = Memo::new(move |_| leads.filter.with(|filter| !filter.is_empty()));
    let export = ExportState::new(base.session);
    let hold = move |held| {
        leads
            .list
            .update(|list| if held { list.hold() } else { list.release() })
    };
    let body = move || {
        match (is_empty.get(), is_loading.get(), searching.get() || filtering.get()) {
        (true, true, _) => view! { <Skeleton lines=10 /> }.into_any(),
        (true, false, _) if matches!(leads.phase.get_untracked(), Phase::Failed(_)) => ().into_any(),
        (true, false, true) if !searching.get() => view! {
            <EmptyState title=Signal::derive(move || t.get().nothing_found.to_owned()) text=Signal::derive(move || t.get().no_match.to_owned())>
                <button type="button" class="button" on:click=move |_| leads.filter_by(Vec::new())>{move || t.get().clear_filters}</button>
            </EmptyState>
        }
        .into_any(),
        (true, false, true) => view! {
            <EmptyState title=Signal::derive(move || t.get().nothing_found.to_owned())
                text=Signal::derive(move || (t.get().nothing_found_text)(&leads.search.get()))>
                <button type="button" class="button" on:click=move |_| leads.search_for(String::new())>{move || t.get().clear_search}</button>
            </EmptyState>
        }
        .into_any(),
        (true, false, false) => view! { <NoLeads base /> }.into_any(),
        (false, ..) => view! {
            <LeadTable
                ids
                row=move |id| leads.list.with(|list| list.get(id))
                mql_score=base.mql_score()
                now
                order=leads.order
                choose_order=move |column| leads.sort_by(column)
                href=|id| format!("/leads/{id}")
                hold
            />
            <Foot shown=Signal::derive(move || leads.list.with(RowList::len)) total=Signal::derive(move || leads.list.with(RowList::total))
                has_more=Signal::derive(move || leads.list.with(|list| list.next().is_some()))
                busy=Signal::derive(move || leads.phase.get() == Phase::More) more=move |()| leads.more() />
        }
        .into_any(),
    }
    };
    view! {
        <div class="page-head">
            <h1>{move || t.get().leads}<span class="count">{move || (leads.phase.get() == Phase::Ready || !is_empty.get()).then(|| format::number(t.lang(), leads.list.with(RowList::total)))}</span></h1>
            <div class="page-tools">
                <OrderChoice order=leads.order choose=move |order| leads.sort_by(order) />
                {move || base.session.may(Role::Sdr).then(|| view! {
                    <ExportButtons export what=move |()| What::People(leads.asked()) name=|t| t.leads />
                })}
                <SearchBox value=leads.search search=move |text| leads.search_for(text) />
            </div>
        </div>
        {move || match leads.phase.get() {
            Phase::Failed(failure) => Some(view! { <FailureNotice failure again=move |()| leads.load() /> }),
            _ => None,
        }}
        <LeadFilters base />
        <ExportProgress export />
        <div class="live-list" class:is-stale=move || is_loading.get() && !is_empty.get()>
            {move || (waiting.get() > 0).then(|| view! {
                <button type="button" class="new-rows" on:click=move |_| leads.list.update(RowList::show_waiting) data-test="show-waiting">
                    {move || (t.get().new_rows)(waiting.get())}
                </button>
            })}
            {body}
        </div>
    }
}

/// How many are shown, and the next page.
#[component]
pub(super) fn Foot(
    #[prop(into)] shown: Signal<usize>,
    #[prop(into)] total: Signal<u64>,
    #[prop(into)] has_more: Signal<bool>,
    #[prop(into)] busy: Signal<bool>,
    #[prop(into)] more: Callback<()>,
) -> impl IntoView {
    let t = words();
    let count = move || {
        (t.get().shown_of)(
            format::number(t.lang(), shown.get() as u64),
            format::number(t.lang(), total.get()),
        )
    };
    view! {
        <div class="list-foot">
            <span data-test="shown">{count}</span>
            {move || has_more.get().then(|| view! {
                <button type="button" class="button" disabled=busy on:click=move |_| more.run(()) data-test="more">
                    {move || if busy.get() { t.get().one_moment } else { t.get().load_more }}
                </button>
            })}
        </div>
    }
}

/// The order, where the table has no heads to press.
#[component]
fn OrderChoice(
    #[prop(into)] order: Signal<(Column, Direction)>,
    #[prop(into)] choose: Callback<Column>,
) -> impl IntoView {
    let t = words();
    const ORDERS: [(Column, Word); 3] = [
        (Column::LastAt, |t| t.last_activity),
        (Column::Score, |t| t.score),
        (Column::CreatedAt, |t| t.created),
    ];
    view! {
        <div class="order-choice segmented" role="group" aria-label=move || t.get().order>
            {ORDERS.map(|(key, label)| {
                let own = key.clone();
                view! {
                    <button type="button" aria-pressed=move || (order.get().0 == own).to_string() on:click=move |_| choose.run(key.clone())>
                        {move || label(t.get())}
                    </button>
                }
            })}
        </div>
    }
}

/// The search. `/` goes to it, Escape empties it.
#[component]
fn SearchBox(
    #[prop(into)] value: Signal<String>,
    #[prop(into)] search: Callback<String>,
) -> impl IntoView {
    let t = words();
    let node = NodeRef::<Input>::new();
    let pending = StoredValue::new_local(None::<Timeout>);
    let typed = move |text: String| {
        pending.set_value(Some(Timeout::new(PAUSE_MS, move || search.run(text))));
    };
    let listener = EventListener::new_with_options(
        &document(),
        "keydown",
        gloo::events::EventListenerOptions::enable_prevent_default(),
        move |event| {
            let key = event
                .dyn_ref::<web_sys::KeyboardEvent>()
                .map(web_sys::KeyboardEvent::key);
            let in_field = event
                .target()
                .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
                .is_some_and(|element| element.matches("input, select, textarea").unwrap_or(false));
            if key.as_deref() == Some("/")
                && !in_field
                && let Some(input) = node.get_untracked()
            {
                event.prevent_default();
                let _ = input.focus();
            }
        },
    );
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || listener.set_value(None));
    view! {
        <label class="search-box">
            <Icon glyph=Glyph::Search />
            <span class="visually-hidden">{move || t.get().search}</span>
            <input class="input" type="search" node_ref=node placeholder=move || t.get().search_leads autocomplete="off" spellcheck="false" data-test="search"
                prop:value=value
                on:input:target=move |event| typed(event.target().value())
                on:keydown=move |event| if event.key() == "Escape" { search.run(String::new()) } />
            <kbd aria-hidden="true">"/"</kbd>
        </label>
    }
}

/// No leads yet: the sample site to try, or one's own.
#[component]
fn NoLeads(base: Base) -> impl IntoView {
    let t = words();
    let origin = RwSignal::new(None::<String>);
    spawn_local(async move {
        // Without an answer the settings say more.
        if let Ok(list) = base.session.call(&Sites {}).await {
            let _ = origin.try_set(Some(list.tag.public_origin));
        }
    });
    view! {
        <EmptyState title=Signal::derive(move || t.get().no_leads.to_owned()) text=Signal::derive(move || t.get().no_leads_demo.to_owned())>
            {move || origin.get().map(|origin| view! {
                <a class="button is-main" href=demo_url(&origin, t.lang()) target="_blank" rel="noopener" data-test="open-demo">
                    {t.get().open_demo}<Icon glyph=Glyph::Out />
                </a>
            })}
            <a class="button" href="/settings">{move || t.get().track_own_site}</a>
        </EmptyState>
    }
}
