//! How warm companies are, where anyone asks: who of a company is best and not at hand, and whose people are to be asked anew
//! because the company is warmer or less warm. Not here: what that means (`domain::fold`), and asking them.
//!
//! Whom to ask follows from when it was asked, and is not made anew by a rebuild: everyone is asked after it.

use super::load::{ToHex, hexes};
use super::tables::Tables;
use crate::error::StoreError;
use crate::store::sql::Database;
use domain::account::WEIGHING_PEOPLE;
use domain::fold::{Changes, World};
use domain::id::{AccountId, LeadId};
use std::collections::BTreeSet;

/// Before everyone of a company: points and an id.
const START: (i32, &str) = (i32::MIN, "00000000000000000000000000000000");

/// Puts the best of these companies, and of those that these people are of, beside those at hand.
pub(super) fn bring(
    db: &Database,
    tables: Tables,
    world: &mut World,
    leads: BTreeSet<LeadId>,
    mut accounts: BTreeSet<AccountId>,
) -> Result<(), StoreError> {
    let (own, beside) = world.stand_beside(leads);
    let beside: Vec<LeadId> = beside.iter().copied().collect();
    accounts.extend(own);
    if accounts.is_empty() {
        return Ok(());
    }
    let accounts: Vec<AccountId> = accounts.into_iter().collect();
    let statement = format!(
        "SELECT j.value, (SELECT json_group_array(json_array(id, score)) FROM
           (SELECT lower(hex(id)) AS id, score FROM listed_{{g}}
            WHERE account = unhex(j.value) AND score > 0 AND id NOT IN (SELECT unhex(value) FROM json_each(?))
            ORDER BY score DESC LIMIT {WEIGHING_PEOPLE}))
         FROM json_each(?) j"
    );
    let (beside, accounts) = (hexes(&beside), hexes(&accounts));
    let (beside, accounts) = (
        serde_json::to_string(&beside)?,
        serde_json::to_string(&accounts)?,
    );
    let found: Vec<(AccountId, String)> = db.read(&tables.sql(&statement), (&beside, &accounts))?;
    let found = found
        .into_iter()
        .map(|(id, best)| Ok((id, serde_json::from_str(&best)?)));
    let found: Vec<_> = found.collect::<Result<_, StoreError>>()?;
    world.put_crowds(found);
    Ok(())
}

/// Writes whose people are to be asked, from the first on.
pub(super) fn save(db: &Database, tables: Tables, changes: &Changes) -> Result<(), StoreError> {
    let warmed: Vec<AccountId> = changes.warmed.iter().copied().collect();
    let (points, id) = START;
    let statement = format!(
        "INSERT INTO warmed_{{g}} SELECT unhex(value), {points}, unhex('{id}') FROM json_each(?) WHERE true
         ON CONFLICT(account) DO UPDATE SET score = excluded.score, lead = excluded.lead"
    );
    db.run_over(&tables.sql(&statement), &hexes(&warmed))
}

/// Takes the next people of a company out who are to be asked. Whoever has other points meanwhile was asked because of that.
pub(crate) fn take(
    db: &Database,
    tables: Tables,
    limit: u32,
) -> Result<Option<(AccountId, Vec<LeadId>)>, StoreError> {
    let statement = "SELECT lower(hex(account)), score, lower(hex(lead)) FROM warmed_{g} LIMIT 1";
    let row: Option<(AccountId, i32, String)> = db.read_one(&tables.sql(statement), ())?;
    let Some((account, score, lead)) = row else {
        return Ok(None);
    };
    let statement = "SELECT lower(hex(id)), score FROM listed_{g}
         WHERE account = unhex(?) AND (score, id) > (?, unhex(?)) ORDER BY score, id LIMIT ?";
    let found: Vec<(LeadId, i32)> = db.read(
        &tables.sql(statement),
        (&account.to_hex(), score, &lead, limit),
    )?;
    match found.last() {
        Some((lead, score)) if found.len() >= usize::try_from(limit).unwrap_or(usize::MAX) => {
            let statement =
                "UPDATE warmed_{g} SET score = ?, lead = unhex(?) WHERE account = unhex(?)";
            db.run_with(
                &tables.sql(statement),
                (*score, &lead.to_hex(), &account.to_hex()),
            )?;
        }
        _ => {
            let statement = "DELETE FROM warmed_{g} WHERE account = unhex(?)";
            db.run_with(&tables.sql(statement), (&account.to_hex(),))?;
        }
    }
    let leads = found.into_iter().map(|(id, _)| id).collect();
    Ok(Some((account, leads)))
}

/// Whether somebody is to be asked.
pub(crate) fn is_any(db: &Database, tables: Tables) -> Result<bool, StoreError> {
    let statement = "SELECT count(*) FROM (SELECT 1 FROM warmed_{g} LIMIT 1)";
    let row: Option<(u32,)> = db.read_one(&tables.sql(statement), ())?;
    Ok(row.is_some_and(|(count,)| count > 0))
}

/// Forgets all of them: everyone is about to be asked.
pub(crate) fn forget(db: &Database, tables: Tables) -> Result<(), StoreError> {
    db.run(&tables.sql("DELETE FROM warmed_{g}"))
}
