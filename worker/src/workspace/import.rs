//! Imports: what a batch of rows would do, a batch in one commit, taking one back in batches, and the list. Not here: what a row changes
//! (`domain::fold`).

use super::calls::place;
use super::core::Core;
use super::edit::nothing_there;
use super::work::Done;
use crate::clock;
use crate::error::{Failure, StoreError};
use crate::limit::TAKEN_BACK_AT_ONCE;
use crate::projection::load::{self, Keys};
use crate::projection::read;
use crate::store::journal;
use domain::api::{
    Foreseen, ImportRow, ImportRows, Imported, Imports, Member, Page, PreviewImport, page_limit,
};
use domain::contact::Country;
use domain::fold::{Batch, EditError, World};
use domain::id::{LeadId, Ms};
use domain::intake::{self, Import};
use domain::journal::{Actor, Fact};
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
    let known = journal::known(db, &ids)?;
    let mut about = keys(&call.rows);
    about.imports.insert(call.id);
    about.leads.extend(ids.iter().map(|id| LeadId(*id)));
    load::bring(db, tables, world, &about)?;
    let batch = Batch {
        import: call.id,
        rows: &call.rows,
        known,
        actor: Actor::User(member.id),
        by: &member.email,
    };
    let next_seq = core.last_seq.get().saturating_add(1);
    let (facts, refused) = match world.take_rows(batch, (now, next_seq)) {
        Ok(taken) => taken,
        Err(error) => return Ok((Err(refused(error)), Vec::new())),
    };
    let import = world.import(call.id).cloned();
    let done = import.ok_or_else(nothing_there);
    let done = done.map(|import| Done::Imported(Box::new(Imported { import, refused })));
    Ok((done, facts))
}

fn refused(error: EditError) -> Failure {
    match error {
        EditError::Invalid(invalid) => Failure::of(invalid),
        EditError::NotFound | EditError::Conflict => nothing_there(),
    }
}

/// Whom the rows name.
fn keys(rows: &[ImportRow]) -> Keys {
    let mut keys = Keys::default();
    for row in rows {
        let of_row = row.draft.keys.iter().cloned();
        let normal = of_row.filter_map(|key| key.normal(Country::CN).ok());
        keys.add_person(None, normal, |field| row.draft.fields.get(field));
    }
    keys
}

/// A batch of rows in the file's order, once it was looked at that there are not too many.
pub(super) fn batch(mut rows: Vec<ImportRow>) -> Result<Vec<ImportRow>, Failure> {
    if rows.len() > intake::BATCH_ROWS_MAX {
        return Err(Failure::invalid("rows", "too_many"));
    }
    rows.sort_by_key(|row| row.row);
    Ok(rows)
}

/// What rows would do: they are put down in a world of their own, and nothing of it is kept.
pub(super) fn preview(core: &Core, call: PreviewImport) -> Result<Foreseen, Failure> {
    let rows = batch(call.rows)?;
    let (db, tables) = (&core.db, core.tables.get());
    let mut world = load::empty_world(db, tables)?;
    load::bring(db, tables, &mut world, &keys(&rows))?;
    let next_seq = core.last_seq.get().saturating_add(1);
    if !call.tags.is_empty() {
        world.foresee_tags(call.tags).map_err(refused)?;
    }
    Ok(world.foresee(&rows, call.fill_only, (clock::now(), next_seq)))
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
