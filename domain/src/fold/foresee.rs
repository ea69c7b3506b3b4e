//! What rows of a file would do: each is put down in a world that is thrown away, as it would be in the one that counts.
//!
//! Not here: bringing to hand whom the rows are about, and throwing the world away.

use super::schema::admit_tags;
use super::settings::EditError;
use super::world::{World, Written};
use crate::api::{AdmitTags, Foreseen, ForeseenRow, ImportRow, RefusedRow};
use crate::family::Family;
use crate::id::{ImportId, LeadId, Ms};
use crate::intake::{self, Import};
use crate::journal::{Actor, Body, Fact, LeadPut};
use crate::lead::LeadRow;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

impl World {
    /// Takes tags in, as they would be before the rows come.
    pub fn foresee_tags(&mut self, tags: BTreeMap<String, String>) -> Result<(), EditError> {
        let key = Uuid::nil();
        if let Body::SchemaSaved(saved) = admit_tags(&self.settings, &AdmitTags { key, tags }, "")?
        {
            self.settings.schema = saved.schema;
            (self.judge, self.evaluator) = (None, None);
        }
        Ok(())
    }

    /// Puts the rows down, each number once, and tells what became of each. Their keys must be at hand.
    pub fn foresee(
        &mut self,
        rows: &[ImportRow],
        fill_only: bool,
        (now, mut next_seq): (Ms, u64),
    ) -> Foreseen {
        let import = ImportId(Uuid::nil());
        self.put_import(Import {
            id: import,
            rows: intake::ROWS_MAX,
            fill_only,
            ..Import::default()
        });
        let (mut seen, mut foreseen) = (BTreeSet::new(), Foreseen::default());
        for row in rows {
            if !seen.insert(row.row) {
                continue;
            }
            let put = match self.put_row(import, row, "") {
                Ok(put) => put,
                Err(EditError::Invalid(invalid)) => {
                    foreseen.refused.push(RefusedRow::of(row.row, invalid));
                    continue;
                }
                Err(EditError::NotFound | EditError::Conflict) => continue,
            };
            let mut found = self.before(row.row, &put);
            let shown = self.shown_for(&put);
            let mut written = Written::from(now, next_seq);
            self.put_down(&mut written, now, Actor::System, put);
            let facts = written.facts();
            next_seq = facts
                .last()
                .map_or(next_seq, |fact| fact.seq.saturating_add(1));
            tell(&mut found, &facts, shown);
            foreseen.rows.push(found);
        }
        foreseen
    }

    /// Whom a row is about, and what it writes.
    fn before(&self, row: u32, put: &LeadPut) -> ForeseenRow {
        let family = self.family(put.lead);
        let set = put.set.iter();
        let set = set.map(|(field, to)| (field.clone(), to.clone()));
        let keys = put.keys.iter().filter(|key| self.lead_of(key).is_none());
        ForeseenRow {
            row,
            changed: self.field_changes(put.lead, set),
            keys: keys.cloned().collect(),
            tagged: put.tagged.clone(),
            known: family.as_ref().map(Family::row),
            merged: Vec::new(),
            suggested: Vec::new(),
        }
    }

    /// Who has the keys of a row, as lists show them.
    fn shown_for(&self, put: &LeadPut) -> Vec<LeadRow> {
        let holders = put.keys.iter().filter_map(|key| self.lead_of(key));
        let holders: BTreeSet<LeadId> = holders.map(|lead| self.root(lead.id)).collect();
        let families = holders.into_iter().filter_map(|id| self.family(id));
        families.map(|family| family.row()).collect()
    }
}

/// Tells what was decided about a row: who is one with whom it is about, and who may be.
fn tell(found: &mut ForeseenRow, facts: &[Fact], shown: Vec<LeadRow>) {
    let about = found.known.as_ref().map(|row| row.id);
    let (mut merged, mut suggested) = (BTreeSet::new(), BTreeSet::new());
    for fact in facts {
        match &fact.body {
            Body::LeadsMerged(made) => merged.extend([made.survivor, made.merged]),
            Body::SuggestionMade(made) => suggested.extend(made.what.leads()),
            _ => {}
        }
    }
    for row in shown.into_iter().filter(|row| Some(row.id) != about) {
        if merged.contains(&row.id) {
            found.merged.push(row);
        } else if suggested.contains(&row.id) {
            found.suggested.push(row);
        }
    }
}

#[cfg(test)]
mod tests;
