//! What imports change: rows that are put down, how far one has come, and taking one back.
//!
//! Of each person that an import put down, what it wrote goes: fields, keys that nobody else gave, tags that it put on,
//! and merges that its rows proved. Whom nothing else names goes whole, and so does a company that was opened for them and
//! that nobody is of any more. What others wrote since stays.

use super::settings::EditError;
use super::world::{World, Written};
use crate::api::{ImportRow, RefusedRow};
use crate::id::{ImportId, LeadId, Ms};
use crate::intake::{self, Import, State};
use crate::journal::{Actor, Body, Fact, ImportOpened, ImportTakenBack, ImportUndone};
use crate::lead::By;
use std::collections::HashSet;
use uuid::Uuid;

/// Rows of an import that come together.
#[derive(Debug)]
pub struct Batch<'a> {
    /// Which import.
    pub import: ImportId,
    /// The rows, in the file's order.
    pub rows: &'a [ImportRow],
    /// Keys of rows that came before.
    pub known: HashSet<Uuid>,
    /// Who sends them.
    pub actor: Actor,
    /// The same, as people call them.
    pub by: &'a str,
}

impl World {
    /// An import at hand.
    pub fn import(&self, id: ImportId) -> Option<&Import> {
        self.imports.get(&id)
    }

    /// Puts a stored import at hand.
    pub fn put_import(&mut self, import: Import) {
        self.imports.insert(import.id, import);
    }

    /// Puts the rows of a batch down that did not come before, and tells which are refused. Whom they name must be at
    /// hand. Scores and touches are brought up to date once, after the last row.
    pub fn take_rows(
        &mut self,
        batch: Batch<'_>,
        (now, next_seq): (Ms, u64),
    ) -> Result<(Vec<Fact>, Vec<RefusedRow>), EditError> {
        self.open_import(batch.import)?;
        let (mut written, mut refused) = (Written::from(now, next_seq), Vec::new());
        let mut known = batch.known;
        for row in batch.rows {
            let key = intake::row_key(batch.import, row.row);
            if known.contains(&key) {
                continue;
            }
            match self.put_row(batch.import, row, batch.by) {
                Ok(put) => {
                    known.insert(key);
                    self.put_down(&mut written, now, batch.actor, put);
                }
                Err(EditError::Invalid(invalid)) => {
                    refused.push(RefusedRow::of(row.row, invalid));
                }
                Err(other) => return Err(other),
            }
        }
        for moved in self.settle() {
            let body = Body::FirstTouchMoved(moved);
            self.write(&mut written, now, Actor::System, body);
        }
        self.follow_changes(&mut written);
        Ok((written.facts(), refused))
    }

    /// Takes an import back of these people and companies, all of which are at hand; the facts are numbered from
    /// `next_seq`.
    pub fn take_import_back(
        &mut self,
        taken: ImportTakenBack,
        (now, next_seq): (Ms, u64),
    ) -> Vec<Fact> {
        let mut written = Written::from(now, next_seq);
        self.write(
            &mut written,
            now,
            Actor::System,
            Body::ImportTakenBack(taken),
        );
        self.settle();
        let changed = self.changed();
        self.note_segments(&mut written, &changed);
        written.facts()
    }

    pub(super) fn apply_import(&mut self, fact: &Fact, opened: &ImportOpened) {
        let id = ImportId(opened.key);
        let import = Import {
            id,
            name: opened.name.clone(),
            at: fact.at,
            by: opened.by.clone(),
            rows: opened.rows,
            origin: opened.origin.clone(),
            fill_only: opened.fill_only,
            seq: fact.seq,
            ..Import::default()
        };
        self.imports.insert(id, import);
        self.changes.imports.insert(id);
    }

    pub(super) fn apply_import_undone(&mut self, fact: &Fact, undone: &ImportUndone) {
        self.set_import(fact, undone.import, State::Undoing);
    }

    fn set_import(&mut self, fact: &Fact, id: ImportId, state: State) {
        if let Some(import) = self.imports.get_mut(&id) {
            import.state = state;
            import.seq = fact.seq;
            self.changes.imports.insert(id);
        }
    }

    pub(super) fn apply_taken_back(&mut self, fact: &Fact, taken: &ImportTakenBack) {
        for id in &taken.leads {
            self.take_back_of(fact, taken.import, *id);
            self.changes.taken_back.insert((taken.import, *id));
        }
        for id in &taken.accounts {
            self.close_account(*id);
        }
        if taken.last {
            self.set_import(fact, taken.import, State::Undone);
        }
    }

    fn take_back_of(&mut self, fact: &Fact, import: ImportId, id: LeadId) {
        let by_it = self.family(id).into_iter().flat_map(|family| {
            let records = family
                .records()
                .filter(|lead| lead.merged_by == Some(import));
            let edges = records.filter_map(|lead| Some((lead.merged_into?, lead.id)));
            edges.collect::<Vec<_>>()
        });
        for (survivor, gone) in by_it.collect::<Vec<_>>() {
            self.part(fact, survivor, gone);
        }
        self.take_back(id, |by| *by == By::Import(import));
        self.touch_leads([id], fact.seq);
        if !self.is_named_otherwise(id, None) {
            self.remove_lead(id);
            return;
        }
        if let Some(lead) = self.leads.get_mut(&id)
            && lead.puts.is_empty()
        {
            lead.origin = None;
        }
        self.date_anew(id);
    }
}

#[cfg(test)]
mod tests;
