//! A list that moves while someone looks at it: rows patched by frames, kept in order, and held still under
//! the pointer.
//!
//! Not here: fetching pages, signals.

use domain::api::{Page, VisitorRow};
use domain::id::{LeadId, Ms, VisitorId};
use domain::lead::LeadRow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::Hash;

/// What a list needs to know of a row.
pub(crate) trait Row: Clone + PartialEq {
    /// What tells two rows apart.
    type Id: Copy + Eq + Hash + Send + Sync + 'static;
    /// Which row.
    fn id(&self) -> Self::Id;
    /// The journal's number of its last change.
    fn seq(&self) -> u64;
    /// When it came to be.
    fn born_at(&self) -> Ms;
}

impl Row for LeadRow {
    type Id = LeadId;
    fn id(&self) -> LeadId {
        self.id
    }
    fn seq(&self) -> u64 {
        self.seq
    }
    fn born_at(&self) -> Ms {
        self.created_at
    }
}

impl Row for VisitorRow {
    type Id = VisitorId;
    fn id(&self) -> VisitorId {
        self.id
    }
    fn seq(&self) -> u64 {
        self.seq
    }
    fn born_at(&self) -> Ms {
        self.first_at
    }
}

/// Which of two rows comes first.
pub(crate) type Order<R> = fn(&R, &R) -> Ordering;

/// The loaded part of a list.
#[derive(Clone, Debug)]
pub(crate) struct RowList<R: Row> {
    rows: Vec<R>,
    waiting: Vec<R>,
    marks: HashMap<R::Id, u32>,
    order: Order<R>,
    next: Option<String>,
    total: u64,
    newest: Ms,
    held: bool,
}

impl<R: Row> RowList<R> {
    /// An empty list in this order.
    pub(crate) fn new(order: Order<R>) -> RowList<R> {
        RowList {
            rows: Vec::new(),
            waiting: Vec::new(),
            marks: HashMap::new(),
            order,
            next: None,
            total: 0,
            newest: Ms::MIN,
            held: false,
        }
    }

    /// Begins anew with a first page, in this order. Rows that live frames made newer than the page stay so.
    pub(crate) fn replace(&mut self, page: Page<R>, order: Order<R>) {
        let before: HashMap<R::Id, R> = self.rows.drain(..).map(|row| (row.id(), row)).collect();
        self.order = order;
        self.waiting.clear();
        self.next = page.next;
        self.total = page.total;
        self.rows = page
            .items
            .into_iter()
            .map(|row| newer(row, &before))
            .collect();
        self.note_newest();
        self.sort();
    }

    /// Adds the page after the last.
    pub(crate) fn append(&mut self, page: Page<R>) {
        self.next = page.next;
        self.total = page.total;
        for row in page.items {
            match self.rows.iter_mut().find(|known| known.id() == row.id()) {
                Some(known) if known.seq() <= row.seq() => *known = row,
                Some(_) => {}
                None => self.rows.push(row),
            }
        }
        self.note_newest();
        if !self.held {
            self.sort();
        }
    }

    /// Takes in a row that changed. `belongs` says whether it (still) is one of this list's.
    pub(crate) fn patch(&mut self, row: R, belongs: bool) {
        let place = self.rows.iter().position(|known| known.id() == row.id());
        match (place, belongs) {
            (Some(place), true) => self.change(place, row),
            (Some(place), false) => {
                self.rows.remove(place);
                self.total = self.total.saturating_sub(1);
            }
            (None, true) => self.add(row),
            (None, false) => self.waiting.retain(|known| known.id() != row.id()),
        }
    }

    /// Takes a row away that is no longer there.
    pub(crate) fn remove(&mut self, id: R::Id) {
        self.waiting.retain(|known| known.id() != id);
        let before = self.rows.len();
        self.rows.retain(|known| known.id() != id);
        if self.rows.len() < before {
            self.total = self.total.saturating_sub(1);
        }
    }

    fn change(&mut self, place: usize, row: R) {
        let Some(known) = self.rows.get_mut(place) else {
            return;
        };
        // Time changes a score, and no fact tells of it.
        if known.seq() > row.seq() || *known == row {
            return;
        }
        let id = row.id();
        *known = row;
        self.mark(id);
        if !self.held {
            self.sort();
        }
    }

    fn add(&mut self, row: R) {
        if let Some(known) = self.waiting.iter_mut().find(|known| known.id() == row.id()) {
            if known.seq() <= row.seq() {
                *known = row;
            }
            return;
        }
        // A row that is not among the loaded ones is new, or one that was not loaded yet.
        if row.born_at() > self.newest || self.next.is_none() {
            self.total = self.total.saturating_add(1);
        }
        self.newest = self.newest.max(row.born_at());
        if !self.reaches(&row) {
            return;
        }
        if self.held {
            self.waiting.push(row);
        } else {
            self.mark(row.id());
            self.rows.push(row);
            self.sort();
        }
    }

    /// Keeps rows where they are, because a person points at one.
    pub(crate) fn hold(&mut self) {
        self.held = true;
    }

    /// Lets rows move again and shows those that waited.
    pub(crate) fn release(&mut self) {
        self.held = false;
        self.show_waiting();
    }

    /// Shows the rows that waited, though rows are held.
    pub(crate) fn show_waiting(&mut self) {
        for row in std::mem::take(&mut self.waiting) {
            self.mark(row.id());
            self.rows.push(row);
        }
        self.sort();
    }

    fn sort(&mut self) {
        self.rows.sort_by(self.order);
    }

    fn mark(&mut self, id: R::Id) {
        let mark = self.marks.entry(id).or_default();
        *mark = mark.saturating_add(1);
    }

    fn note_newest(&mut self) {
        self.newest = self
            .rows
            .iter()
            .map(Row::born_at)
            .fold(self.newest, Ms::max);
    }

    /// Whether a row would stand among the loaded ones.
    pub(crate) fn reaches(&self, row: &R) -> bool {
        let last = self.rows.last().filter(|_| self.next.is_some());
        last.is_none_or(|last| (self.order)(last, row) != Ordering::Less)
    }

    /// Takes it as known how many rows there are in all.
    pub(crate) fn set_total(&mut self, total: u64) {
        self.total = total;
    }

    /// The ids of the rows at these places.
    pub(crate) fn ids_of(&self, places: std::ops::Range<usize>) -> impl Iterator<Item = R::Id> {
        let rows = self.rows.iter().skip(places.start);
        rows.take(places.end.saturating_sub(places.start))
            .map(Row::id)
    }

    /// The rows' ids, in order.
    pub(crate) fn ids(&self) -> Vec<R::Id> {
        self.rows.iter().map(Row::id).collect()
    }

    /// A row, and how often it changed while it was shown.
    pub(crate) fn get(&self, id: R::Id) -> Option<(R, u32)> {
        let row = self.rows.iter().find(|row| row.id() == id)?;
        Some((
            row.clone(),
            self.marks.get(&id).copied().unwrap_or_default(),
        ))
    }

    /// How many rows wait to be shown.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// How many rows are loaded.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Where the next page begins.
    pub(crate) fn next(&self) -> Option<String> {
        self.next.clone()
    }

    /// How many rows there are in all.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }
}

fn newer<R: Row>(row: R, before: &HashMap<R::Id, R>) -> R {
    match before.get(&row.id()) {
        Some(known) if known.seq() > row.seq() => known.clone(),
        _ => row,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    struct Item {
        id: u32,
        seq: u64,
        born_at: Ms,
        score: i32,
    }

    impl Row for Item {
        type Id = u32;
        fn id(&self) -> u32 {
            self.id
        }
        fn seq(&self) -> u64 {
            self.seq
        }
        fn born_at(&self) -> Ms {
            self.born_at
        }
    }

    fn item(id: u32, seq: u64, score: i32) -> Item {
        Item {
            id,
            seq,
            born_at: Ms::from(id),
            score,
        }
    }

    fn page(items: Vec<Item>, next: Option<&str>, total: u64) -> Page<Item> {
        Page {
            items,
            next: next.map(Into::into),
            total,
            seq: 10,
        }
    }

    fn list(next: Option<&str>, total: u64) -> RowList<Item> {
        let by_score: Order<Item> = |a, b| b.score.cmp(&a.score);
        let mut list = RowList::new(by_score);
        list.replace(
            page(
                vec![item(1, 10, 50), item(2, 9, 40), item(3, 8, 30)],
                next,
                total,
            ),
            by_score,
        );
        list
    }

    #[test]
    fn a_row_is_patched_by_no_smaller_number() {
        let mut list = list(None, 3);
        list.patch(item(2, 8, 90), true);
        assert_eq!(list.ids(), [1, 2, 3]);
        // Time changed the score, and no fact tells of it.
        list.patch(item(2, 9, 39), true);
        assert_eq!(list.get(2), Some((item(2, 9, 39), 1)));
        list.patch(item(2, 11, 90), true);
        assert_eq!(list.ids(), [2, 1, 3]);
        assert_eq!(list.get(2), Some((item(2, 11, 90), 2)));
        list.patch(item(2, 10, 10), true);
        assert_eq!(list.ids(), [2, 1, 3]);
    }

    #[test]
    fn rows_under_the_pointer_stay_where_they_are() {
        let mut list = list(None, 3);
        list.hold();
        list.patch(item(3, 11, 99), true);
        list.patch(item(4, 12, 80), true);
        list.patch(item(4, 13, 81), true);
        assert_eq!(
            (list.ids(), list.waiting(), list.total()),
            (vec![1, 2, 3], 1, 4)
        );
        assert_eq!(list.get(3).unwrap().0.score, 99);
        list.release();
        assert_eq!((list.ids(), list.waiting()), (vec![3, 4, 1, 2], 0));
        assert_eq!(list.get(4).unwrap().0.score, 81);
    }

    #[test]
    fn a_row_beyond_the_loaded_part_is_counted_and_not_shown() {
        let mut list = list(Some("c"), 7);
        list.patch(item(9, 11, 10), true);
        assert_eq!((list.ids(), list.total()), (vec![1, 2, 3], 8));
        // Older than the newest known: it was on a page that is not loaded.
        list.patch(item(0, 12, 45), true);
        assert_eq!((list.ids(), list.total()), (vec![1, 0, 2, 3], 8));
    }

    #[test]
    fn a_row_that_left_the_list_is_taken_out() {
        let mut list = list(None, 3);
        list.patch(item(1, 11, 50), false);
        assert_eq!((list.ids(), list.total()), (vec![2, 3], 2));
        list.hold();
        list.patch(item(5, 12, 50), true);
        list.patch(item(5, 13, 50), false);
        assert_eq!(list.waiting(), 0);
    }

    #[test]
    fn pages_do_not_repeat_rows_and_older_pages_do_not_undo_frames() {
        let mut list = list(Some("c"), 5);
        list.append(page(vec![item(3, 8, 30), item(4, 7, 20)], None, 5));
        assert_eq!((list.ids(), list.next()), (vec![1, 2, 3, 4], None));
        list.patch(item(4, 20, 60), true);
        list.replace(
            page(vec![item(4, 7, 20), item(1, 10, 50)], None, 2),
            |a, b| a.id.cmp(&b.id),
        );
        assert_eq!(list.get(4).unwrap().0.score, 60);
    }
}
