//! Imports: a batch of rows in one commit, taking one back in batches, and the list. Not here: what a row changes
//! (`domain::fold`).

use super::calls::place;
use super::core::Core;
use super::edit::nothing_there;
use super::work::Done;
use crate::error::{Failure, StoreError};
use crate::limit::TAKEN_BACK_AT_ONCE;
use crate::projection::load::{self, Keys};
use crate::projection::read;
use crate::store::journal;
use domain::api::{ImportRow, ImportRows, Imported, Imports, Member, Page, RefusedRow, page_limit};
use domain::contact::Country;
use domain::fold::{EditError, Input, World};
use domain::id::{LeadId, Ms};
use domain::intake::{self, Import};
use domain::journal::{Actor, Fact};
use std::collections::HashSet;
use uuid::Uuid;

/// Puts the rows down that are new, and tells which are refused. Runs inside a transaction.
pub(super) fn take(
    core: &Core,
    world: &mut World,
    call: &ImportRows,
    member: &Member,
    now: Ms,
) -> Result<(Result<Done, Failure>, Vec<Fact>), StoreError> {
    let (db, tables) = (&core.db, core.tables.get());
    let ids: Vec<Uuid> = call
        .rows
        .iter()
        .map(|row| intake::row_key(call.id, row.row))
        .collect();
    let mut known: HashSet<Uuid> = journal::known(db, &ids)?;
    load::bring(db, tables, world, &keys(call, &ids))?;
    let (mut facts, mut refused) = (Vec::new(), Vec::new());
    let mut next_seq = core.last_seq.get().saturating_add(1);
    for (row, id) in call.rows.iter().zip(ids) {
        if known.contains(&id) {
            continue;
        }
        match world.put_row(call.id, row, &member.email) {
            Ok(body) => {
                known.insert(id);
                let input = Input {
                    occurred_at: now,
                    actor: Actor::User(member.id),
                    body,
                };
                let some = world.take(vec![input], now, next_seq);
                next_seq = some
                    .last()
                    .map_or(next_seq, |fact| fact.seq.saturating_add(1));
                facts.extend(some);
            }
            Err(EditError::Invalid(invalid)) if invalid.field != "id" => refused.push(RefusedRow {
                row: row.row,
                field: invalid.field,
                code: invalid.code.to_owned(),
            }),
            Err(EditError::Invalid(invalid)) => return Ok((Err(Failure::of(invalid)), facts)),
            Err(EditError::NotFound | EditError::Conflict) => {
                return Ok((Err(nothing_there()), facts));
            }
        }
    }
    let import = world.import(call.id).cloned();
    let done = import.ok_or_else(nothing_there);
    let done = done.map(|import| Done::Imported(Box::new(Imported { import, refused })));
    Ok((done, facts))
}

/// Whom the rows may be about.
fn keys(call: &ImportRows, ids: &[Uuid]) -> Keys {
    let mut keys = Keys::default();
    keys.imports.insert(call.id);
    keys.leads.extend(ids.iter().map(|id| LeadId(*id)));
    for row in &call.rows {
        let of_row = row.draft.keys.iter().cloned();
        let normal = of_row.filter_map(|key| key.normal(Country::CN).ok());
        keys.add_person(None, normal, |field| row.draft.fields.get(field));
    }
    keys
}

/// A batch of rows, once it was looked at that there are not too many.
pub(super) fn batch(call: ImportRows) -> Result<ImportRows, Failure> {
    if call.rows.len() > intake::BATCH_ROWS_MAX {
        return Err(Failure::invalid("rows", "too_many"));
    }
    let mut rows: Vec<ImportRow> = call.rows;
    rows.sort_by_key(|row| row.row);
    Ok(ImportRows { rows, ..call })
}

/// Takes the next imports back of some people. Runs inside a transaction.
pub(super) fn take_back(core: &Core, world: &mut World, now: Ms) -> Result<Vec<Fact>, StoreError> {
    let (db, tables) = (&core.db, core.tables.get());
    let Some((import, mut leads)) =
        read::undoing(db, tables, TAKEN_BACK_AT_ONCE.saturating_add(1))?
    else {
        return Ok(Vec::new());
    };
    let most = usize::try_from(TAKEN_BACK_AT_ONCE).unwrap_or(usize::MAX);
    let last = leads.len() <= most;
    leads.truncate(most);
    let mut keys = Keys::default();
    keys.imports.insert(import);
    keys.leads.extend(&leads);
    load::bring(db, tables, world, &keys)?;
    let next_seq = core.last_seq.get().saturating_add(1);
    Ok(world.take_import_back(import, leads, last, (now, next_seq)))
}

/// The imports.
pub(super) fn list(core: &Core, call: &Imports) -> Result<Page<Import>, Failure> {
    let (db, tables) = (&core.db, core.tables.get());
    let after = place(call.cursor.as_ref())?;
    let (items, next) = read::imports(db, tables, after, page_limit(call.limit))?;
    Ok(Page {
        items,
        next: next.map(|place| place.print()),
        total: read::count_imports(db, tables)?,
        seq: core.last_seq.get(),
    })
}
