//! Calls that list people. Not here: lists of what is about people.

use super::core::Core;
use crate::error::Failure;
use crate::projection::companies::name_accounts;
use crate::projection::lists;
use domain::api::{ExportLeads, LeadRecord, Leads, Page, export_limit, page_limit};
use domain::family::Family;
use domain::fold::World;
use domain::lead::LeadRow;
use domain::list::{Asked, Query};

/// A page of people.
pub(super) fn leads(core: &Core, call: &Leads) -> Result<Page<LeadRow>, Failure> {
    let (db, tables) = (&core.db, core.tables.get());
    let query = query(core, call.asked())?;
    let from = (call.at.unwrap_or(0), page_limit(call.limit));
    let (ids, next, total) = lists::page(db, tables, &query, from)?;
    Ok(Page {
        items: lists::rows(db, tables, &ids)?,
        next: next.map(|place| place.print()),
        total,
        seq: core.last_seq.get(),
    })
}

/// A page of people with all that is known of each.
pub(super) fn export(core: &Core, call: &ExportLeads) -> Result<Page<LeadRecord>, Failure> {
    let (db, tables) = (&core.db, core.tables.get());
    let query = query(core, call.asked())?;
    let (ids, next, total) = lists::page(db, tables, &query, (0, export_limit(call.limit)))?;
    let records = lists::records(db, tables, &ids)?;
    let mut rows: Vec<LeadRow> = records.families().map(|family| family.row()).collect();
    name_accounts(db, tables, &mut rows)?;
    let items = rows.into_iter().zip(records.families());
    Ok(Page {
        items: items.map(|(row, family)| record(row, &family)).collect(),
        next: next.map(|place| place.print()),
        total,
        seq: core.last_seq.get(),
    })
}

fn record(row: LeadRow, family: &Family<'_>) -> LeadRecord {
    let fields = family.fields().into_iter();
    let keys = family.keys().into_iter();
    LeadRecord {
        row,
        keys: keys.map(|(key, _)| key.clone()).collect(),
        fields: fields
            .filter_map(|(field, fill)| Some((field, fill.value.clone()?)))
            .collect(),
        origin: family.origin().cloned(),
    }
}

fn query(core: &Core, asked: Asked<'_>) -> Result<Query, Failure> {
    checked(&core.world.borrow(), asked)
}

/// Checks a list by the workspace's fields.
pub(super) fn checked(world: &World, asked: Asked<'_>) -> Result<Query, Failure> {
    Query::of(asked, &world.settings.schema).map_err(Failure::of)
}
