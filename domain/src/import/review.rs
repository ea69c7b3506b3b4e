//! A whole table checked by a plan: in steps, so that progress can be told; a page of rows at a time, and one row
//! again when a cell of it is put right.
//!
//! Of a row only a letter is kept, and its keys; what is wrong with it is found again when it is looked at. So what a
//! review holds does not grow with what is wrong.

use super::known::Known;
use super::limit::{BATCH_ROWS_MAX, CELL_BYTES_MAX, NEW_TAGS_MAX};
use super::plan::Plan;
use super::row::{Outcome, Problem, Reason, check};
use super::sheet::Sheet;
use crate::contact::Key;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

/// How a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Not looked at yet.
    Open,
    /// Nothing stands in it.
    Blank,
    /// It can be taken in.
    Good,
    /// It can, and is worth a look.
    Warned,
    /// It cannot.
    Bad,
}

/// What has come of the rows so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Rows of people, blank ones too.
    pub rows: u32,
    /// Those that were looked at.
    pub checked: u32,
    /// Those in which nothing stands.
    pub blank: u32,
    /// Those that can be taken in, with a warning or without.
    pub good: u32,
    /// Those of them that are worth a look.
    pub warned: u32,
    /// Those that cannot.
    pub bad: u32,
    /// Rows that name a person whom a row before them names.
    pub repeated: u32,
    /// How often each problem and warning occurs.
    pub reasons: BTreeMap<Reason, u32>,
    /// Tags that the base does not have, with how many rows have them.
    pub new_tags: Vec<NewTag>,
    /// Whether there are more than [`NEW_TAGS_MAX`] of those: then nothing is taken in.
    pub too_many_tags: bool,
}

/// A tag that the base does not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTag {
    /// The id that the drafts have for it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many rows have it.
    pub rows: u32,
}

/// A key that several rows have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duplicate {
    /// The key.
    pub key: Key,
    /// The rows, the first ones if there are many.
    pub rows: Vec<u32>,
    /// How many there are.
    pub count: u32,
}

/// A table under review.
pub struct Review {
    sheet: Sheet,
    plan: Plan,
    known: Known,
    /// Cells that were put right.
    fixes: BTreeMap<(u32, u32), String>,
    /// A state for each row from the plan's first on.
    states: Vec<State>,
    next: usize,
    keys: BTreeMap<Key, Vec<u32>>,
    tags: BTreeMap<String, NewTag>,
    summary: Summary,
}

/// Rows of one duplicate that are named.
const DUPLICATE_ROWS_MAX: usize = 20;

impl Review {
    /// Begins; nothing is looked at yet.
    pub fn new(sheet: Sheet, plan: Plan, known: Known) -> Review {
        let rows = sheet.len().saturating_sub(plan.first as usize);
        Review {
            sheet,
            plan,
            known,
            fixes: BTreeMap::new(),
            states: vec![State::Open; rows],
            next: 0,
            keys: BTreeMap::new(),
            tags: BTreeMap::new(),
            summary: Summary {
                rows: u32::try_from(rows).unwrap_or(u32::MAX),
                ..Summary::default()
            },
        }
    }

    /// Begins again by another plan; the cells that were put right stay so.
    pub fn replan(self, plan: Plan, known: Known) -> Review {
        let fixes = self.fixes;
        Review {
            fixes,
            ..Review::new(self.sheet, plan, known)
        }
    }

    /// The table.
    pub fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    /// The table alone.
    pub fn into_sheet(self) -> Sheet {
        self.sheet
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What the base has.
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// How many rows were looked at.
    pub fn checked(&self) -> u32 {
        self.summary.checked
    }

    /// What has come so far.
    pub fn summary(&self) -> Summary {
        Summary {
            new_tags: self.tags.values().cloned().collect(),
            repeated: self.repeated(),
            ..self.summary.clone()
        }
    }

    /// Looks at the next rows; whether there are more.
    pub fn step(&mut self, rows: usize) -> bool {
        let after = self.next.saturating_add(rows).min(self.states.len());
        for at in self.next..after {
            let outcome = self.outcome(self.row_at(at));
            self.count(at, outcome.as_ref());
        }
        self.next = after;
        after < self.states.len()
    }

    /// Puts a cell right and looks at its row again, at no other; `None` when it is blank now, or no row of a person.
    pub fn fix(&mut self, row: u32, column: u32, text: &str) -> Option<Outcome> {
        let at = (row as usize).checked_sub(self.plan.first as usize)?;
        if at >= self.next || text.len() > CELL_BYTES_MAX {
            return self.outcome(row);
        }
        let before = self.outcome(row);
        self.uncount(at, before.as_ref());
        self.fixes.insert((row, column), text.to_owned());
        let outcome = self.outcome(row);
        self.count(at, outcome.as_ref());
        outcome
    }

    /// The rows in a state, from a row on, at most [`BATCH_ROWS_MAX`]; and the row after them, if there are more.
    pub fn page(
        &self,
        from: u32,
        limit: usize,
        is_asked: impl Fn(State) -> bool,
    ) -> (Vec<Outcome>, Option<u32>) {
        let limit = limit.min(BATCH_ROWS_MAX);
        let first = (from as usize).saturating_sub(self.plan.first as usize);
        let mut found = Vec::new();
        for (at, state) in self.states.iter().enumerate().skip(first) {
            if !is_asked(*state) {
                continue;
            }
            if found.len() >= limit {
                return (found, Some(self.row_at(at)));
            }
            found.extend(self.outcome(self.row_at(at)));
        }
        (found, None)
    }

    /// The rows that can be taken in, from a row on, as [`Review::page`]; none when there are too many new tags, or
    /// two columns are in each other's way.
    pub fn batch(&self, from: u32, limit: usize) -> (Vec<Outcome>, Option<u32>) {
        if self.summary.too_many_tags || !self.plan.is_ready() {
            return (Vec::new(), None);
        }
        self.page(from, limit, |state| {
            matches!(state, State::Good | State::Warned)
        })
    }

    /// Keys that several rows have, in the keys' order, after one of them.
    pub fn duplicates(&self, after: Option<&Key>, limit: usize) -> Vec<Duplicate> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        self.keys
            .range((from, Bound::Unbounded))
            .filter(|(_, rows)| rows.len() > 1)
            .take(limit.min(BATCH_ROWS_MAX))
            .map(|(key, rows)| Duplicate {
                key: key.clone(),
                rows: rows.iter().copied().take(DUPLICATE_ROWS_MAX).collect(),
                count: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            })
            .collect()
    }

    /// A cell, as it was put right or as the file has it.
    pub fn cell(&self, row: u32, column: usize) -> &str {
        let fixed = u32::try_from(column)
            .ok()
            .and_then(|column| self.fixes.get(&(row, column)));
        match fixed {
            Some(text) => text,
            None => self.sheet.cell(row as usize, column),
        }
    }

    fn outcome(&self, row: u32) -> Option<Outcome> {
        let cell = |column: usize| self.cell(row, column);
        check(&self.plan, &self.known, row, &cell)
    }

    fn row_at(&self, at: usize) -> u32 {
        let row = at.saturating_add(self.plan.first as usize);
        u32::try_from(row).unwrap_or(u32::MAX)
    }

    fn count(&mut self, at: usize, outcome: Option<&Outcome>) {
        let state = state_of(outcome);
        if let Some(place) = self.states.get_mut(at) {
            *place = state;
        }
        let summary = &mut self.summary;
        add(&mut summary.checked);
        if let Some(count) = of_state(summary, state) {
            add(count);
        }
        let Some(outcome) = outcome else { return };
        if state == State::Warned {
            add(&mut summary.warned);
        }
        for problem in told(outcome) {
            add(summary.reasons.entry(problem.code).or_default());
        }
        if state != State::Bad {
            self.know(outcome);
        }
    }

    fn uncount(&mut self, at: usize, outcome: Option<&Outcome>) {
        let state = self.states.get(at).copied().unwrap_or(State::Open);
        let summary = &mut self.summary;
        take(&mut summary.checked);
        if let Some(count) = of_state(summary, state) {
            take(count);
        }
        let Some(outcome) = outcome else { return };
        if state == State::Warned {
            take(&mut summary.warned);
        }
        for problem in told(outcome) {
            let count = summary.reasons.entry(problem.code).or_default();
            take(count);
        }
        summary.reasons.retain(|_, count| *count > 0);
        if state != State::Bad {
            self.forget(outcome);
        }
    }

    /// How many rows have a key that a row before them has.
    fn repeated(&self) -> u32 {
        let rows: BTreeSet<u32> = self
            .keys
            .values()
            .flat_map(|rows| rows.iter().skip(1).copied())
            .collect();
        u32::try_from(rows.len()).unwrap_or(u32::MAX)
    }

    /// Notes the keys and the new tags of a row that can be taken in.
    fn know(&mut self, outcome: &Outcome) {
        for key in &outcome.draft.keys {
            let rows = self.keys.entry(key.clone()).or_default();
            let place = rows.partition_point(|row| *row < outcome.row);
            rows.insert(place, outcome.row);
        }
        for (id, name) in &outcome.new_tags {
            let is_known = self.tags.contains_key(id);
            if !is_known && self.tags.len() >= NEW_TAGS_MAX {
                self.summary.too_many_tags = true;
                continue;
            }
            let tag = self.tags.entry(id.clone()).or_insert_with(|| NewTag {
                id: id.clone(),
                name: name.clone(),
                rows: 0,
            });
            add(&mut tag.rows);
        }
    }

    fn forget(&mut self, outcome: &Outcome) {
        for key in &outcome.draft.keys {
            if let Some(rows) = self.keys.get_mut(key) {
                rows.retain(|row| *row != outcome.row);
                if rows.is_empty() {
                    self.keys.remove(key);
                }
            }
        }
        for id in outcome.new_tags.keys() {
            if let Some(tag) = self.tags.get_mut(id) {
                take(&mut tag.rows);
                if tag.rows == 0 {
                    self.tags.remove(id);
                }
            }
        }
    }
}

fn state_of(outcome: Option<&Outcome>) -> State {
    match outcome {
        None => State::Blank,
        Some(outcome) if !outcome.problems.is_empty() => State::Bad,
        Some(outcome) if !outcome.warnings.is_empty() => State::Warned,
        Some(_) => State::Good,
    }
}

fn of_state(summary: &mut Summary, state: State) -> Option<&mut u32> {
    match state {
        State::Open => None,
        State::Blank => Some(&mut summary.blank),
        State::Good | State::Warned => Some(&mut summary.good),
        State::Bad => Some(&mut summary.bad),
    }
}

fn told(outcome: &Outcome) -> impl Iterator<Item = &Problem> {
    outcome.problems.iter().chain(&outcome.warnings)
}

fn add(count: &mut u32) {
    *count = count.saturating_add(1);
}

fn take(count: &mut u32) {
    *count = count.saturating_sub(1);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::row::tests::known;
    use crate::import::{find_head, propose, survey};

    fn review(rows: &[Vec<String>]) -> Review {
        let mut sheet = Sheet::default();
        for row in rows {
            sheet.push(row.iter().map(String::as_str)).unwrap();
        }
        let head = find_head(&sheet, &known());
        let survey = survey(&sheet, &head);
        let plan = propose(0, &head, &survey, &known());
        let mut review = Review::new(sheet, plan, known());
        while review.step(2) {}
        review
    }

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        let row = |row: &&[&str]| row.iter().map(|cell| cell.to_string()).collect();
        rows.iter().map(row).collect()
    }

    fn messy() -> Review {
        review(&rows(&[
            &["email", "手机", "tags"],
            &["a@b.cn", "13800138000", "vip"],
            &["nobody", "1", "new"],
            &["", "", ""],
            &["A@b.cn", "", "new"],
            &["c@d.cn", "13800138000", "new"],
        ]))
    }

    #[test]
    fn rows_are_counted_with_their_reasons() {
        let summary = messy().summary();
        assert_eq!(
            (
                summary.rows,
                summary.checked,
                summary.blank,
                summary.good,
                summary.bad
            ),
            (5, 5, 1, 3, 1)
        );
        assert_eq!(summary.repeated, 2);
        assert_eq!(
            summary.reasons,
            [(Reason::BadEmail, 1), (Reason::BadPhone, 1)].into()
        );
        let tags: Vec<(&str, u32)> = summary
            .new_tags
            .iter()
            .map(|tag| (tag.name.as_str(), tag.rows))
            .collect();
        assert_eq!(tags, [("new", 2)]);
    }

    #[test]
    fn a_cell_put_right_changes_its_row_and_no_other() {
        let mut review = messy();
        let outcome = review.fix(2, 0, "n@b.cn").unwrap();
        assert_eq!(outcome.problems.len(), 1);
        let outcome = review.fix(2, 1, "13900139000").unwrap();
        assert_eq!(outcome.problems, []);
        let summary = review.summary();
        assert_eq!((summary.checked, summary.good, summary.bad), (5, 4, 0));
        assert_eq!(summary.reasons, BTreeMap::new());
        // What was put right is there when the plan changes.
        let (plan, known) = (review.plan().clone(), known());
        let mut again = review.replan(plan, known);
        while again.step(100) {}
        assert_eq!(again.summary(), summary);
        again.fix(2, 0, "nobody");
        again.fix(2, 1, "1");
        assert_eq!(again.summary(), messy().summary());
    }

    #[test]
    fn pages_give_the_bad_and_batches_the_good() {
        let review = messy();
        let (bad, next) = review.page(0, 10, |state| state == State::Bad);
        assert_eq!((bad.len(), bad[0].row, next), (1, 2, None));
        let (first, next) = review.batch(0, 2);
        assert_eq!(first.iter().map(|o| o.row).collect::<Vec<_>>(), [1, 4]);
        let (rest, end) = review.batch(next.unwrap(), 2);
        assert_eq!(rest.iter().map(|o| o.row).collect::<Vec<_>>(), [5]);
        assert_eq!(end, None);
    }

    #[test]
    fn rows_with_one_key_are_told() {
        let review = messy();
        let found: Vec<Vec<u32>> = review
            .duplicates(None, 10)
            .into_iter()
            .map(|duplicate| duplicate.rows)
            .collect();
        assert_eq!(found, [vec![1, 4], vec![1, 5]]);
        let first = review.duplicates(None, 1).remove(0);
        assert_eq!(review.duplicates(Some(&first.key), 10).len(), 1);
    }

    #[test]
    fn a_column_named_twice_stops_the_import() {
        let review = review(&rows(&[&["email", "Email"], &["a@b.cn", "c@d.cn"]]));
        assert_eq!(review.summary().good, 1);
        assert_eq!(review.batch(0, 10), (vec![], None));
    }

    #[test]
    fn too_many_new_tags_stop_the_import() {
        let mut all = rows(&[&["email", "tags"]]);
        for n in 0..=NEW_TAGS_MAX {
            all.push(vec![format!("p{n}@b.cn"), format!("tag {n}")]);
        }
        let last = all.pop().unwrap();
        assert!(!review(&all).summary().too_many_tags);
        all.push(last);
        let review = review(&all);
        let summary = review.summary();
        assert!(summary.too_many_tags);
        assert_eq!(summary.new_tags.len(), NEW_TAGS_MAX);
        assert_eq!(review.batch(0, 10), (vec![], None));
    }
}
