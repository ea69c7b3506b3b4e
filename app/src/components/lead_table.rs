//! Leads, a row each, in the columns that are chosen. A row is one link; what can be mended in it is a button of its own.

use super::Table;
use super::lead_cell::{LeadCell, class_of, column_name, test_of};
use super::table::Long;
use super::timeline_change::Naming;
use crate::state::leads::sorts;
use crate::state::row_window::Slot;
use crate::text::words;
use domain::id::{LeadId, Ms};
use domain::lead::{Field, LeadRow};
use domain::list::{Column, Direction};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A row, and how often it changed while it was shown.
pub(crate) type Marked<R> = Option<(R, u32)>;

/// What keys are typed into, where they mean what is typed.
const TYPED_INTO: &str = "input:not([type=checkbox]), select, textarea";

/// Rows that are picked, to do something with all of them.
#[derive(Clone, Copy)]
pub(crate) struct Picking {
    /// Whether they can be.
    pub(crate) may: Signal<bool>,
    /// Whether a row is.
    pub(crate) is_picked: Callback<LeadId, bool>,
    /// Whether all that are loaded are.
    pub(crate) all: Signal<bool>,
    /// A row is picked or is not any more; with those between it and the last one.
    pub(crate) pick: Callback<(LeadId, bool)>,
    /// All that are loaded are, or nobody.
    pub(crate) pick_all: Callback<()>,
}

/// Cells that are mended in their place.
#[derive(Clone, Copy)]
pub(crate) struct Mending {
    /// Which columns can be.
    pub(crate) may: Callback<Column, bool>,
    /// The cell that is being mended.
    pub(crate) open: RwSignal<Option<(LeadId, Column)>>,
    /// What it is mended with.
    pub(crate) editor: Callback<(LeadId, Column), AnyView>,
}

/// What every row needs.
#[derive(Clone, Copy)]
struct Held {
    row: Callback<LeadId, Marked<LeadRow>>,
    mql_score: Signal<Option<i32>>,
    now: Signal<Ms>,
    columns: Signal<Vec<Column>>,
    naming: Naming,
    currency: Signal<String>,
    href: Callback<LeadId, String>,
    picking: Picking,
    mending: Mending,
}

/// Leads, a row each.
#[component]
pub(crate) fn LeadTable(
    /// What stands at the places that are shown.
    #[prop(into)]
    slots: Signal<Vec<Slot<LeadId>>>,
    /// Which places these are.
    long: Long,
    /// The row of an id; read inside a signal.
    #[prop(into)]
    row: Callback<LeadId, Marked<LeadRow>>,
    /// The MQL line, once known.
    #[prop(into)]
    mql_score: Signal<Option<i32>>,
    /// What time it is.
    #[prop(into)]
    now: Signal<Ms>,
    /// The columns beside the person.
    #[prop(into)]
    columns: Signal<Vec<Column>>,
    /// What things are called that a row names.
    naming: Naming,
    /// The currency of amounts.
    #[prop(into)]
    currency: Signal<String>,
    /// The column they are sorted by, and which end of it comes first.
    #[prop(into)]
    order: Signal<(Column, Direction)>,
    /// A column's head is pressed.
    #[prop(into)]
    choose_order: Callback<Column>,
    /// Where a row leads to.
    #[prop(into)]
    href: Callback<LeadId, String>,
    /// The rows that are picked.
    picking: Picking,
    /// The cells that are mended.
    mending: Mending,
    /// The pointer or the focus is in the table, or no longer.
    #[prop(into)]
    hold: Callback<bool>,
) -> impl IntoView {
    let t = words();
    let held = Held {
        row,
        mql_score,
        now,
        columns,
        naming,
        currency,
        href,
        picking,
        mending,
    };
    let label = move |column: &Column| match *column == Column::from(Field::Name) {
        true => t.get().person.to_owned(),
        false => column_name(t, naming, column),
    };
    let th = move |column: Column| {
        let (own, name, shown) = (column.clone(), column.to_string(), column.clone());
        let class = match column == Column::from(Field::Name) {
            true => "lead-table-person",
            false => class_of(&column),
        };
        if !sorts(&column) {
            return view! { <th scope="col" class=class>{move || label(&shown)}</th> }.into_any();
        }
        let sorted = move || {
            let (column, direction) = order.get();
            (column == own).then_some(match direction {
                Direction::Descending => "descending",
                Direction::Ascending => "ascending",
            })
        };
        view! {
            <th scope="col" class=class aria-sort=sorted>
                <button type="button" class="sort" on:click=move |_| choose_order.run(column.clone()) data-test=format!("order-{name}")>
                    {move || label(&shown)}
                    <i aria-hidden="true"></i>
                </button>
            </th>
        }
        .into_any()
    };
    let pick_all = move || {
        picking.may.get().then(|| view! {
            <th scope="col" class="lead-table-check">
                <input type="checkbox" aria-label=move || t.get().lists.choose_page prop:checked=picking.all data-test="pick-all" on:change=move |_| picking.pick_all.run(()) />
            </th>
        })
    };
    let head = move || {
        view! {
            {pick_all}
            {th(Field::Name.into())}
            {move || columns.get().into_iter().map(th).collect_view()}
        }
    };
    view! {
        <Table class="lead-table" hold long head>
            <For each=move || slots.get() key=|slot| *slot let:slot>
                {match slot {
                    Slot::Row(id) => view! { <LeadLine id held /> }.into_any(),
                    Slot::Wait(_) => view! { <Waiting row_px=long.row_px() /> }.into_any(),
                }}
            </For>
        </Table>
    }
}

/// A row that is on its way.
#[component]
fn Waiting(#[prop(into)] row_px: Signal<f64>) -> impl IntoView {
    view! {
        <tr class="row-space" aria-hidden="true" data-test="lead-waiting">
            <td colspan="2">
                <svg class="row-wait" width="100%" height=move || row_px.get().to_string()>
                    <rect x="8" y="16" width="18%" height="9" rx="4" /><rect x="8" y="32" width="11%" height="6" rx="3" />
                    <rect x="42%" y="20" width="14%" height="9" rx="4" /><rect x="72%" y="20" width="12%" height="9" rx="4" />
                </svg>
            </td>
        </tr>
    }
}

#[component]
fn LeadLine(id: LeadId, held: Held) -> impl IntoView {
    let t = words();
    let marked = Memo::new(move |_| held.row.run(id));
    // The last values stay while the row leaves the table.
    let lead = Memo::new(move |last: Option<&Option<LeadRow>>| {
        let now = marked.get().map(|(row, _)| row);
        now.or_else(|| last.cloned().flatten())
    });
    let line = move |read: fn(&LeadRow) -> Option<String>| {
        Memo::new(move |_| lead.with(|row| row.as_ref().and_then(read)))
    };
    let name = line(|row| Some(row.label().to_owned()));
    let address = line(|row| row.email.clone().filter(|_| row.name.is_some()));
    let company = line(|row| row.company.clone());
    // Two classes with the same animation: changing from one to the other starts it again.
    let fresh = move || match marked.get() {
        Some((_, 0)) | None => "row",
        Some((_, mark)) if mark % 2 == 0 => "row is-fresh-even",
        Some(_) => "row is-fresh-odd",
    };
    let picked = move || held.picking.is_picked.run(id);
    let check = move || {
        held.picking.may.get().then(|| view! {
            <td class="lead-table-check">
                <input type="checkbox" tabindex="-1" aria-label=move || t.get().lists.choose_row prop:checked=picked data-test="pick"
                    on:click=move |event| held.picking.pick.run((id, event.shift_key())) />
            </td>
        })
    };
    let cells = move || {
        let all = held.columns.get().into_iter();
        all.map(|column| view! { <Cell id column lead held /> })
            .collect_view()
    };
    let href = held.href.run(id);
    view! {
        <tr class=fresh class:is-picked=picked data-test="lead-row" data-id=id.to_string() on:keydown=move |event| pressed(&event, id, held)>
            {check}
            <td class="lead-table-person">
                <a class="row-link" data-step="" href=href title=name>{name}</a>
                <span class="row-sub">
                    {move || company.get().map(|company| view! { <b title=company.clone()>{company.clone()}</b> })}
                    {move || address.get().map(|address| view! { <span title=address.clone()>{address.clone()}</span> })}
                </span>
            </td>
            {cells}
        </tr>
    }
}

#[component]
fn Cell(id: LeadId, column: Column, lead: Memo<Option<LeadRow>>, held: Held) -> impl IntoView {
    let t = words();
    let Held {
        mql_score,
        now,
        naming,
        currency,
        mending,
        ..
    } = held;
    let (own, named, shown) = (column.clone(), column.clone(), column.clone());
    let may = mending.may.run(column.clone());
    let is_open = Memo::new(move |_| {
        mending
            .open
            .with(|open| open.as_ref().is_some_and(|open| *open == (id, own.clone())))
    });
    let label = move || column_name(t, naming, &named);
    let content = move || {
        let column = shown.clone();
        let cell = view! { <LeadCell column=shown.clone() lead mql_score now naming currency /> };
        match (may, is_open.get()) {
            (true, true) => mending.editor.run((id, column)),
            (true, false) => view! {
                <button type="button" class="lead-table-mend" tabindex="-1" title=move || t.get().lists.edit data-test="mend"
                    on:click=move |_| mending.open.set(Some((id, column.clone())))>{cell}</button>
            }
            .into_any(),
            (false, _) => cell.into_any(),
        }
    };
    view! {
        <td class=class_of(&column) class:is-open=is_open data-test=test_of(&column) data-label=label>{content}</td>
    }
}

/// `x` picks a row, `e` mends the first of its cells that can be.
fn pressed(event: &KeyboardEvent, id: LeadId, held: Held) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let typing = target.is_some_and(|target| target.matches(TYPED_INTO).unwrap_or(true));
    if typing || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    match event.key().as_str() {
        "x" | "X" if held.picking.may.get_untracked() => {
            held.picking.pick.run((id, event.shift_key()));
        }
        "e" => {
            let columns = held.columns.get_untracked();
            let mut can = columns.into_iter();
            let Some(column) = can.find(|column| held.mending.may.run(column.clone())) else {
                return;
            };
            held.mending.open.set(Some((id, column)));
        }
        _ => return,
    }
    event.prevent_default();
}
