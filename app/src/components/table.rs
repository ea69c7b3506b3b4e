//! Rows below heads: what every list is. Rows keep still under the pointer and the focus, where someone asks for that.
//!
//! Of a long list only the rows in view stand in the page, and as much room as the others take: so the bar beside it is as long
//! as the list. Not here: walking from row to row, which the keys of the page do for whatever has `data-step`.

use gloo::events::EventListener;
use leptos::html::Table as TableNode;
use leptos::prelude::*;
use std::ops::Range;

/// A row is so high, as long as none was measured.
const ROW_PX: f64 = 53.0;
/// So many rows stand above and below those in view.
const AROUND_ROWS: usize = 20;
/// The rows that stand change by so many at once.
const STEP_ROWS: usize = 10;
/// So many rows stand before it is known how many are in view.
const FIRST_ROWS: usize = 60;

/// A list of which only the rows in view stand in the page.
#[derive(Clone, Copy)]
pub(crate) struct Long {
    /// How many rows there are.
    total: Signal<usize>,
    /// Which of them stand.
    places: RwSignal<(usize, usize)>,
    /// How high one is.
    row_px: RwSignal<f64>,
}

impl Long {
    /// A list of so many rows.
    pub(crate) fn new(total: impl Into<Signal<usize>>) -> Long {
        Long {
            total: total.into(),
            places: RwSignal::new((0, FIRST_ROWS)),
            row_px: RwSignal::new(ROW_PX),
        }
    }

    /// The places of the rows that stand.
    pub(crate) fn places(self) -> Range<usize> {
        let (from, to) = self.places.get();
        let total = self.total.get();
        from.min(total)..to.min(total)
    }

    /// The same, without following it.
    pub(crate) fn places_untracked(self) -> Range<usize> {
        untrack(|| self.places())
    }

    /// How high a row is, as far as one was measured.
    pub(crate) fn row_px(self) -> Signal<f64> {
        self.row_px.into()
    }

    /// How many rows are above those that stand, and below.
    fn around(self) -> (usize, usize) {
        let places = self.places();
        let below = self.total.get().saturating_sub(places.end);
        (places.start, below)
    }
}

/// Rows below heads.
#[component]
pub(crate) fn Table(
    /// Its class.
    class: &'static str,
    /// The pointer or the focus is in the table, or no longer.
    #[prop(optional)]
    hold: Option<Callback<bool>>,
    /// Of a long list: which rows stand.
    #[prop(optional)]
    long: Option<Long>,
    /// The heads.
    #[prop(into)]
    head: ViewFn,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let (pointer, focus) = (RwSignal::new(false), RwSignal::new(false));
    if let Some(hold) = hold {
        Effect::new(move |_| hold.run(pointer.get() || focus.get()));
    }
    let node = NodeRef::<TableNode>::new();
    if let Some(long) = long {
        watch(node, long, focus);
    }
    let space = move |above: bool| {
        let long = long?;
        let rows = Memo::new(move |_| match above {
            true => long.around().0,
            false => long.around().1,
        });
        let height = move || (rows.get() as f64 * long.row_px.get()).to_string();
        Some(view! {
            <tbody aria-hidden="true"><tr class="row-space"><td><svg width="1" height=height></svg></td></tr></tbody>
        })
    };
    view! {
        <table
            class=format!("{class} rows")
            node_ref=node
            aria-rowcount=move || long.map(|long| long.total.get().saturating_add(1).to_string())
            on:pointerenter=move |event| if event.pointer_type() == "mouse" { pointer.set(true) }
            on:pointerleave=move |_| pointer.set(false)
            on:focusin=move |_| focus.set(true)
            on:focusout=move |_| focus.set(false)
        >
            <thead><tr>{head.run()}</tr></thead>
            {space(true)}
            <tbody>{children()}</tbody>
            {space(false)}
        </table>
    }
}

/// Looks which rows are in view whenever that may have changed.
fn watch(node: NodeRef<TableNode>, long: Long, focus: RwSignal<bool>) {
    let row_px = long.row_px;
    let look = move || {
        // The page may be left before the next frame.
        let Some(table) = node.try_get_untracked().flatten() else {
            return;
        };
        let found = |css: &str| table.query_selector(css).ok().flatten();
        if let Some(row) = found("tbody > .row") {
            let height = row.get_bounding_client_rect().height();
            if height > 1.0 && (height - row_px.get_untracked()).abs() > 0.01 {
                row_px.set(height);
            }
        }
        // What goes out of the page takes the focus along, and nothing tells.
        let inside = found(":focus").is_some();
        if focus.get_untracked() && !inside {
            focus.set(false);
        }
        let Some(body) = found("tbody") else { return };
        let screen_px = window().inner_height().ok();
        let screen_px = screen_px.and_then(|height| height.as_f64());
        let top_px = -body.get_bounding_client_rect().top();
        let places = places(top_px, screen_px.unwrap_or(900.0), row_px.get_untracked());
        if long.places.get_untracked() != places {
            long.places.set(places);
        }
    };
    let later = move || request_animation_frame(look);
    Effect::new(move |_| {
        long.total.track();
        row_px.track();
        later();
    });
    let listeners =
        ["scroll", "resize"].map(|name| EventListener::new(&window(), name, move |_| look()));
    let listeners = StoredValue::new_local(Some(listeners));
    on_cleanup(move || listeners.set_value(None));
}

/// Which rows are to stand when the first of them begins so far above the screen's edge.
fn places(top_px: f64, screen_px: f64, row_px: f64) -> (usize, usize) {
    let row = |px: f64| (px.max(0.0) / row_px) as usize;
    let (first, last) = (row(top_px), row(top_px + screen_px));
    let whole = |place: usize| place.div_euclid(STEP_ROWS).saturating_mul(STEP_ROWS);
    let from = whole(first.saturating_sub(AROUND_ROWS));
    let to = last.saturating_add(AROUND_ROWS).saturating_add(STEP_ROWS);
    (from, whole(to))
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn rows_stand_around_those_in_view() {
        let check = |top_px: f64, expect| {
            assert_eq!(places(top_px, 800.0, 50.0), expect, "{top_px}");
        };
        // The list begins below the screen's edge.
        check(-300.0, (0, 40));
        check(0.0, (0, 40));
        check(999.0, (0, 60));
        check(2_000.0, (20, 80));
        check(2_040.0, (20, 80));
        check(5_000_000.0, (99_980, 100_040));
    }
}
