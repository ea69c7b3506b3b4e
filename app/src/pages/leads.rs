//! The leads, moving live.

use super::address;
use super::export::{ExportButtons, ExportProgress};
use super::failure::FailureNotice;
use super::lead_bulk::LeadBulk;
use super::lead_filters::LeadFilters;
use super::lead_form::{LeadForm, Whom};
use super::lead_mend::{MendDialogs, editor, mending};
use super::lead_views::LeadViews;
use super::sites::demo_url;
use crate::components::{
    Button, ColumnChoice, EmptyState, Glyph, Icon, LeadTable, Long, Look, Mending, Naming, Picking,
    SearchBox, Skeleton, column_name, columns_in,
};
use crate::format;
use crate::state::base::Base;
use crate::state::bulk::{BulkState, Picked};
use crate::state::cell_edit::mends;
use crate::state::clock::Clock;
use crate::state::export::{ExportState, What};
use crate::state::lead_terms::LeadTerms;
use crate::state::leads::{
    LeadsState, Phase, read_columns, read_filter, read_order, usual_columns, write_columns,
    write_order,
};
use crate::state::row_window::{RowWindow, Slot};
use crate::state::views::ViewsState;
use crate::text::{Word, words};
use domain::api::{Role, Sites};
use domain::id::{LeadId, ViewId};
use domain::list::{self, Column, Direction};
use domain::view::limit::COLUMNS_MAX;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_location, use_navigate};

/// The leads.
#[component]
pub(super) fn LeadsPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let leads = base.leads;
    Effect::new(move |_| document().set_title(&format!("{} · {}", t.get().leads, t.get().product)));
    let views = ViewsState::open(base.session, leads);
    keep_address(leads, views);
    let naming = naming_of(LeadTerms::read(base.session));
    let (asked_new, ask_new) = address::part("new");
    let navigate = use_navigate();
    let written = Callback::new(move |id| navigate(&format!("/leads/{id}"), Default::default()));
    on_cleanup(move || {
        let _ = leads.list.try_update(RowWindow::release);
    });
    let is_empty = Memo::new(move |_| leads.list.with(|list| list.near() == 0));
    let waiting = Memo::new(move |_| leads.list.with(RowWindow::waiting));
    let is_loading = Memo::new(move |_| leads.phase.get() == Phase::Loading);
    let export = ExportState::new(base.session);
    let bulk = base.bulk;
    // Who was picked in another list is not picked in this one.
    Effect::new(move |before: Option<()>| {
        leads.filter.track();
        leads.search.track();
        if before.is_some() {
            bulk.clear();
        }
    });
    view! {
        <PeopleTabs />
        <div class="page-head">
            <h1>{move || t.get().leads}<span class="count">{move || (leads.phase.get() == Phase::Ready || !is_empty.get()).then(|| format::number(t.lang(), leads.list.with(RowWindow::total)))}</span></h1>
            <div class="page-tools">
                <OrderChoice order=leads.order choose=move |order| leads.sort_by(order) />
                {move || base.session.may(Role::Sdr).then(|| view! {
                    <ExportButtons export what=move |()| What::People(leads.asked()) name=|t| t.leads />
                })}
                <SearchBox value=leads.search search=move |text| leads.search_for(text) hint=|t| t.search_leads />
                {move || base.session.may(Role::Marketer).then(|| view! {
                    <a class="button" href="/import" data-test="to-import">{move || t.get().import.title}</a>
                })}
                {move || base.session.may(Role::Sdr).then(|| view! {
                    <Button label=t.line(|t| t.frame.new_lead) name="new-lead" look=Look::Main glyph=Glyph::Plus key="n" press=move |()| ask_new.set(Some("1".to_owned())) />
                })}
            </div>
        </div>
        {move || (asked_new.get().is_some() && base.session.may(Role::Sdr)).then(|| view! {
            <LeadForm session=base.session whom=Whom::New done=written close=move |()| ask_new.set(None) />
        })}
        {move || match leads.phase.get() {
            Phase::Failed(failure) => Some(view! { <FailureNotice failure again=move |()| leads.load() /> }),
            _ => None,
        }}
        <LeadViews base views terms=naming />
        <LeadFilters base naming>
            <Columns leads naming />
            {move || base.session.may(Role::Sdr).then(|| view! { <a class="button is-small is-quiet" href="/bulks" data-test="to-bulks">{move || t.get().lists.bulk_history}</a> })}
        </LeadFilters>
        <ExportProgress export />
        <LeadBulk base naming export />
        <div class="live-list" class:is-stale=move || is_loading.get() && !is_empty.get()>
            {move || (waiting.get() > 0).then(|| view! {
                <button type="button" class="new-rows" on:click=move |_| leads.list.update(RowWindow::show_waiting) data-test="show-waiting">
                    {move || (t.get().new_rows)(waiting.get())}
                </button>
            })}
            <Body base naming bulk />
        </div>
    }
}

/// What there is to see of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sight {
    /// It is on its way.
    Coming,
    /// It did not come, which is told elsewhere.
    Failed,
    /// Nobody is found.
    NotFound,
    /// Nobody fits the filters.
    NoMatch,
    /// There is nobody.
    Nobody,
    /// People.
    Rows,
}

/// The list, or what there is in its place.
#[component]
fn Body(base: Base, naming: Naming, bulk: BulkState) -> impl IntoView {
    let t = words();
    let leads = base.leads;
    let sight = Memo::new(move |_| {
        let searching = leads.search.with(|text| !text.is_empty());
        let filtering = leads.filter.with(|filter| !filter.is_empty());
        let is_empty = leads.list.with(|list| list.near() == 0);
        leads.phase.with(|phase| match phase {
            _ if !is_empty => Sight::Rows,
            Phase::Loading => Sight::Coming,
            Phase::Failed(_) => Sight::Failed,
            _ if searching => Sight::NotFound,
            _ if filtering => Sight::NoMatch,
            _ => Sight::Nobody,
        })
    });
    move || {
        match sight.get() {
        Sight::Coming => view! { <Skeleton lines=10 /> }.into_any(),
        Sight::Failed => ().into_any(),
        Sight::NoMatch => view! {
            <EmptyState title=Signal::derive(move || t.get().nothing_found.to_owned()) text=Signal::derive(move || t.get().no_match.to_owned())>
                <button type="button" class="button" on:click=move |_| leads.filter_by(Vec::new())>{move || t.get().clear_filters}</button>
            </EmptyState>
        }
        .into_any(),
        Sight::NotFound => view! {
            <EmptyState title=Signal::derive(move || t.get().nothing_found.to_owned())
                text=Signal::derive(move || (t.get().nothing_found_text)(&leads.search.get()))>
                <button type="button" class="button" on:click=move |_| leads.search_for(String::new())>{move || t.get().clear_search}</button>
            </EmptyState>
        }
        .into_any(),
        Sight::Nobody => view! { <NoLeads base /> }.into_any(),
        Sight::Rows => view! { <Rows base naming bulk /> }.into_any(),
    }
    }
}

/// What things are called that a row names.
fn naming_of(terms: LeadTerms) -> Naming {
    Naming {
        ladder: terms.ladder.into(),
        members: terms.members.into(),
        schema: terms.schema.into(),
        segments: terms.segments.into(),
    }
}

/// The rows that are in view.
#[component]
fn Rows(base: Base, naming: Naming, bulk: BulkState) -> impl IntoView {
    let leads = base.leads;
    let now = expect_context::<Clock>().signal();
    let edit = mending(base, naming);
    let long = Long::new(Memo::new(move |_| leads.list.with(RowWindow::len)));
    let places = Memo::new(move |_| long.places());
    Effect::new(move |_| leads.look(places.get()));
    let slots = Memo::new(move |_| {
        let places = places.get();
        leads.list.with(|list| list.slots(places))
    });
    // Another list is looked at from its beginning.
    Effect::new(move |before: Option<()>| {
        leads.order.track();
        leads.filter.track();
        leads.search.track();
        if before.is_some() && long.places_untracked().start > 0 {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
    // Far from the top rows stay where they are, so that what is looked at does not move.
    let deep = Memo::new(move |_| places.with(|places| places.start > 0));
    let pointed = RwSignal::new(false);
    let held = Memo::new(move |_| deep.get() || pointed.get());
    Effect::new(move |before: Option<bool>| {
        let held = held.get();
        if before.is_some_and(|before| before != held) || held {
            let list = leads.list;
            list.update(|list| if held { list.hold() } else { list.release() });
        }
        held
    });
    let loaded = move || -> Vec<LeadId> {
        let all = leads.list.with_untracked(|list| list.slots(0..list.near()));
        let ids = all.into_iter().filter_map(|slot| match slot {
            Slot::Row(id) => Some(id),
            Slot::Wait(_) => None,
        });
        ids.collect()
    };
    let may = Signal::derive(move || base.session.may(Role::Sdr));
    let picking = Picking {
        may,
        is_picked: Callback::new(move |id| bulk.is_picked(id)),
        all: Signal::derive(move || {
            let near = leads.list.with(RowWindow::near);
            bulk.picked.with(|picked| match picked {
                Picked::Everyone => true,
                Picked::These(ids) => near > 0 && ids.len() >= near,
            })
        }),
        pick: Callback::new(move |(id, span)| bulk.pick(id, span, &loaded())),
        pick_all: Callback::new(move |()| bulk.pick_all(&loaded())),
    };
    let mending = Mending {
        may: Callback::new(move |column| may.get_untracked() && mends(&column)),
        open: edit.open,
        editor: Callback::new(move |cell| editor(base, edit, naming, cell)),
    };
    view! {
        <LeadTable
            slots
            long
            row=move |id| leads.list.with(|list| list.get(id))
            mql_score=base.mql_score()
            now
            columns=leads.columns
            naming
            currency=base.currency.code()
            order=leads.order
            choose_order=move |column| leads.sort_by(column)
            href=|id| format!("/leads/{id}")
            picking
            mending
            hold=move |held| pointed.set(held)
        />
        <MendDialogs edit naming />
    }
}

/// Which columns there are.
#[component]
fn Columns(leads: LeadsState, naming: Naming) -> impl IntoView {
    let t = words();
    let offered = Signal::derive(move || {
        let all = naming.schema.with(columns_in).into_iter();
        all.map(|column| (column.to_string(), column_name(t, naming, &column)))
            .collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || {
        let columns = leads.columns.get();
        columns.iter().map(ToString::to_string).collect::<Vec<_>>()
    });
    let choose = move |names: Vec<String>| leads.columns.set(read_columns(&names.join(",")));
    view! { <ColumnChoice offered chosen choose reset=move |()| leads.columns.set(usual_columns()) most=COLUMNS_MAX /> }
}

/// Keeps what is chosen of the list and the address the same.
fn keep_address(leads: LeadsState, views: ViewsState) {
    let (view, say_view) = address::part("view");
    let (columns, say_columns) = address::part("columns");
    let parts = ["sort", "filter", "q"].map(address::part);
    let [
        (order, say_order),
        (filter, say_filter),
        (search, say_search),
    ] = parts;
    let wanted_view = move || view.get().and_then(|id| id.parse::<ViewId>().ok());
    // A link to a view says nothing else: the view says it, once it is known.
    let is_bare = untrack(|| {
        let said = [order.get(), filter.get(), search.get(), columns.get()];
        view.get().is_some() && said.iter().all(Option::is_none)
    });
    let opens = StoredValue::new(untrack(wanted_view).filter(|_| is_bare));
    Effect::new(move |_| {
        let known = views.list.with(Option::is_some);
        let found = opens.get_value().and_then(|id| views.get(id));
        if known {
            opens.set_value(None);
        }
        if let Some(view) = found {
            leads.open(&view);
        }
    });
    let wanted = move || {
        let order = order.get().map(|text| read_order(&text));
        let filter = filter.get().map(|text| read_filter(&text));
        (
            order.unwrap_or_default(),
            filter.unwrap_or_default(),
            search.get().unwrap_or_default(),
        )
    };
    let follow = move || {
        let (order, filter, search) = wanted();
        let columns = columns.get().map(|text| read_columns(&text));
        let columns = columns.unwrap_or_else(usual_columns);
        if opens.with_value(Option::is_none) {
            if leads.columns.get_untracked() != columns {
                leads.columns.set(columns);
            }
            leads.show(order, filter, search);
        }
        if leads.view.get_untracked() != wanted_view() {
            leads.view.set(wanted_view());
        }
    };
    untrack(follow);
    Effect::new(move |_| follow());
    Effect::new(move |_| {
        let now = (
            leads.order.with(write_order),
            leads.filter.with(|filter| list::write(filter)),
            Some(leads.search.get()).filter(|text| !text.is_empty()),
            leads.columns.with(|columns| write_columns(columns)),
            leads.view.get().map(|id| id.to_string()),
        );
        let said = (
            order.get_untracked(),
            filter.get_untracked(),
            search.get_untracked(),
            columns.get_untracked(),
            view.get_untracked(),
        );
        if now != said {
            say_order.set(now.0);
            say_filter.set(now.1);
            say_search.set(now.2);
            say_columns.set(now.3);
            say_view.set(now.4);
        }
    });
}

/// Those who are known, and those who are not.
#[component]
pub(super) fn PeopleTabs() -> impl IntoView {
    const TABS: [(&str, Word); 2] = [("/leads", |t| t.leads), ("/visitors", |t| t.visitors)];
    let t = words();
    let path = use_location().pathname;
    let tab = move |(href, label): (&'static str, Word)| {
        let current = move || path.with(|path| path == href);
        view! { <a class="tab" href=href aria-current=move || current().then_some("page") data-test=format!("tab{}", href.replace('/', "-"))>{move || label(t.get())}</a> }
    };
    view! { <nav class="tabs" aria-label=move || t.get().frame.people>{TABS.map(tab)}</nav> }
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
