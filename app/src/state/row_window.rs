//! A long list of which parts are loaded, wherever somebody looks: what is near the top moves live, what is further down stands
//! by its place.
//!
//! Not here: fetching pages, signals, pixels.

use crate::state::row_list::{Order, Row, RowList};
use domain::api::Page;
use std::collections::BTreeMap;
use std::ops::Range;

/// Rows of a page.
pub(crate) const PAGE_ROWS: usize = 100;
/// So many rows before they come into view they are asked for.
const AHEAD_ROWS: usize = 60;

/// A place of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Slot<I> {
    /// A row that is loaded.
    Row(I),
    /// One that is not, by its place.
    Wait(usize),
}

/// What is to be loaded next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// The page after what is near the top, by its cursor.
    Next(String),
    /// A page from this place on.
    At(usize),
}

/// A long list.
#[derive(Clone)]
pub(crate) struct RowWindow<R: Row> {
    /// From the top on, without gaps.
    near: RowList<R>,
    /// Pages further down, by the place of their first row.
    far: BTreeMap<usize, Vec<R>>,
}

impl<R: Row> RowWindow<R> {
    /// An empty list in this order.
    pub(crate) fn new(order: Order<R>) -> RowWindow<R> {
        RowWindow {
            near: RowList::new(order),
            far: BTreeMap::new(),
        }
    }

    /// Begins anew with a first page, in this order.
    pub(crate) fn replace(&mut self, page: Page<R>, order: Order<R>) {
        self.far.clear();
        self.near.replace(page, order);
    }

    /// Adds the page after what is near the top.
    pub(crate) fn append(&mut self, page: Page<R>) {
        self.near.append(page);
        let (end, is_last) = (self.near.len(), self.near.next().is_none());
        self.far
            .retain(|at, rows| !is_last && at.saturating_add(rows.len()) > end);
    }

    /// Adds a page from this place on.
    pub(crate) fn put(&mut self, at: usize, page: Page<R>) {
        self.near.set_total(page.total);
        if page.items.is_empty() {
            return;
        }
        self.far.insert(at, page.items);
    }

    /// Takes in a row that changed. `belongs` says whether it (still) is one of this list's.
    pub(crate) fn patch(&mut self, row: R, belongs: bool) {
        let id = row.id();
        let held = self.far.values_mut().flatten();
        let mut held = held.filter(|known| known.id() == id).peekable();
        let is_far = held.peek().is_some();
        for known in held {
            if known.seq() <= row.seq() {
                *known = row.clone();
            }
        }
        if !is_far || self.near.get(id).is_some() {
            return self.near.patch(row, belongs);
        }
        // It was counted already; it goes up where it belongs there now.
        let total = self.near.total();
        match belongs {
            true if self.near.reaches(&row) => {
                // The places of all that is further down are others now.
                self.far.clear();
                self.near.patch(row, true);
                self.near.set_total(total);
            }
            true => {}
            false => self.near.set_total(total.saturating_sub(1)),
        }
    }

    /// Takes a row away that is no longer there.
    pub(crate) fn remove(&mut self, id: R::Id) {
        self.near.remove(id);
        self.far
            .retain(|_, rows| !rows.iter().any(|row| row.id() == id));
    }

    /// What stands at these places, each row once.
    pub(crate) fn slots(&self, places: Range<usize>) -> Vec<Slot<R::Id>> {
        let end = places.end.min(self.len());
        let near = self.near.ids_of(places.start..end);
        let mut slots: Vec<Slot<R::Id>> = near.map(Slot::Row).collect();
        let from = places.start.max(self.near.len());
        let mut seen = std::collections::HashSet::new();
        for place in from..end {
            let found = self.at(place).map(Row::id);
            let found = found.filter(|id| self.near.get(*id).is_none() && seen.insert(*id));
            slots.push(found.map_or(Slot::Wait(place), Slot::Row));
        }
        slots
    }

    fn at(&self, place: usize) -> Option<&R> {
        let (at, rows) = self.far.range(..=place).next_back()?;
        rows.get(place.checked_sub(*at)?)
    }

    /// The first part that is to be loaded so that these places can be shown.
    pub(crate) fn missing(&self, places: Range<usize>) -> Option<Missing> {
        let near = self.near.len();
        let end = places.end.saturating_add(AHEAD_ROWS).min(self.len());
        let next = self.near.next().filter(|_| end > near);
        if let Some(cursor) = next
            && places.start <= near.saturating_add(PAGE_ROWS)
        {
            return Some(Missing::Next(cursor));
        }
        let from = places.start.saturating_sub(AHEAD_ROWS).max(near);
        let gap = (from..end).find(|place| self.at(*place).is_none())?;
        let first = gap.div_euclid(PAGE_ROWS).saturating_mul(PAGE_ROWS);
        let first = first.max(near);
        // What a page lacks because rows went away is not asked for again and again.
        (!self.far.contains_key(&first)).then_some(Missing::At(first))
    }

    /// Keeps rows where they are, because a person points at one.
    pub(crate) fn hold(&mut self) {
        self.near.hold();
    }

    /// Lets rows move again and shows those that waited.
    pub(crate) fn release(&mut self) {
        self.near.release();
    }

    /// Shows the rows that waited, though rows are held.
    pub(crate) fn show_waiting(&mut self) {
        self.near.show_waiting();
    }

    /// How many rows wait to be shown.
    pub(crate) fn waiting(&self) -> usize {
        self.near.waiting()
    }

    /// A row, and how often it changed while it was shown.
    pub(crate) fn get(&self, id: R::Id) -> Option<(R, u32)> {
        let far = || self.far.values().flatten().find(|row| row.id() == id);
        self.near
            .get(id)
            .or_else(|| far().map(|row| (row.clone(), 0)))
    }

    /// How many rows are loaded from the top on.
    pub(crate) fn near(&self) -> usize {
        self.near.len()
    }

    /// How many rows there are, those that wait to be shown left out.
    pub(crate) fn len(&self) -> usize {
        if self.near.next().is_none() && self.far.is_empty() {
            return self.near.len();
        }
        let total = usize::try_from(self.near.total()).unwrap_or(usize::MAX);
        let total = total.saturating_sub(self.near.waiting());
        total.max(self.near.len())
    }

    /// How many rows there are in all.
    pub(crate) fn total(&self) -> u64 {
        self.near.total()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::Ms;

    #[derive(Clone, Debug, PartialEq)]
    struct Item(u32, u64, i32);

    impl Row for Item {
        type Id = u32;
        fn id(&self) -> u32 {
            self.0
        }
        fn seq(&self) -> u64 {
            self.1
        }
        fn born_at(&self) -> Ms {
            0
        }
    }

    fn page(from: u32, to: u32, next: bool) -> Page<Item> {
        let item = |id: u32| Item(id, 1, -i32::try_from(id).expect("a number"));
        Page {
            items: (from..to).map(item).collect(),
            next: next.then(|| "c".to_owned()),
            total: 1_000,
            seq: 1,
        }
    }

    fn window() -> RowWindow<Item> {
        let mut window = RowWindow::new(|a: &Item, b: &Item| b.2.cmp(&a.2));
        window.replace(page(0, 100, true), |a, b| b.2.cmp(&a.2));
        window
    }

    #[test]
    fn what_comes_into_view_is_asked_for() {
        let mut window = window();
        assert_eq!(window.missing(0..30), None);
        let next = Some(Missing::Next("c".to_owned()));
        assert_eq!(window.missing(30..60), next);
        assert_eq!(window.missing(130..160), next);
        assert_eq!(window.missing(500..540), Some(Missing::At(400)));
        window.put(400, page(400, 500, true));
        assert_eq!(window.missing(500..540), Some(Missing::At(500)));
        window.put(500, page(500, 600, true));
        assert_eq!(window.missing(500..530), None);
        assert_eq!(window.slots(498..502), [498, 499, 500, 501].map(Slot::Row));
        assert_eq!(
            window.slots(598..601),
            [Slot::Row(598), Slot::Row(599), Slot::Wait(600)]
        );
        assert_eq!((window.len(), window.near()), (1_000, 100));
    }

    #[test]
    fn a_row_far_down_changes_where_it_stands_and_goes_up_where_it_belongs() {
        let mut window = window();
        window.put(400, page(400, 500, true));
        window.patch(Item(450, 2, -450), true);
        assert_eq!(window.get(450), Some((Item(450, 2, -450), 0)));
        assert_eq!((window.near(), window.total()), (100, 1_000));
        window.patch(Item(450, 3, 7), true);
        assert_eq!(window.slots(0..2), [450, 0].map(Slot::Row));
        assert_eq!((window.near(), window.total()), (101, 1_000));
        // It does not stand twice.
        assert_eq!(window.slots(450..451), [Slot::Wait(450)]);
        window.put(400, page(400, 500, true));
        window.patch(Item(460, 2, 0), false);
        assert_eq!(window.total(), 999);
        window.remove(470);
        assert_eq!(window.get(470), None);
    }

    #[test]
    fn the_pages_after_the_top_take_the_place_of_those_further_down() {
        let mut window = window();
        window.put(100, page(100, 200, true));
        window.append(page(100, 200, true));
        assert_eq!((window.near(), window.far.len()), (200, 0));
        let mut short = RowWindow::new(|a: &Item, b: &Item| b.2.cmp(&a.2));
        short.replace(page(0, 3, false), |a, b| b.2.cmp(&a.2));
        assert_eq!((short.len(), short.missing(0..60)), (3, None));
    }
}
