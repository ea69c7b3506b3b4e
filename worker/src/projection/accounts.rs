//! Companies and the words by which likely duplicates are found: into a [`World`] and from it. Not here: what lists show of
//! companies ([`super::companies`]).

use super::load::{Keys, ToHex, hexes};
use super::tables::Tables;
use crate::error::StoreError;
use crate::store::sql::Database;
use domain::account::tree::DEPTH_MAX;
use domain::fold::{ALIKE_MAX, Changes, Naming, World, company_key};
use domain::id::{AccountId, LeadId};
use std::collections::BTreeSet;

/// Tells the world who is found under the words of those who are named, and brings the companies of those names; who they
/// are that must be brought to hand.
pub(super) fn alike<'a>(
    db: &Database,
    tables: Tables,
    world: &mut World,
    named: impl IntoIterator<Item = &'a Naming>,
) -> Result<BTreeSet<LeadId>, StoreError> {
    let (mut words, mut companies) = (BTreeSet::new(), BTreeSet::new());
    for naming in named {
        let (some, company) = world.alike_keys(naming);
        words.extend(some);
        companies.extend(company);
    }
    let mut leads = BTreeSet::new();
    if !words.is_empty() {
        let words: Vec<String> = words.into_iter().collect();
        let statement = format!(
            "SELECT j.value, lower(hex(a.lead)) FROM json_each(?) j JOIN alike_{{g}} a ON a.words = j.value
             WHERE a.lead IN (SELECT lead FROM alike_{{g}} WHERE words = j.value LIMIT {ALIKE_MAX})"
        );
        let found: Vec<(String, LeadId)> = db.read_over(&tables.sql(&statement), &words)?;
        for (words, lead) in found {
            world.hint_alike(words, lead);
            leads.insert(lead);
        }
    }
    if !companies.is_empty() {
        let companies: Vec<String> = companies.into_iter().collect();
        // Of two with one name none is suggested.
        let statement = "SELECT a.body FROM json_each(?) j JOIN accounts_{g} a ON a.key = j.value
             WHERE a.id IN (SELECT id FROM accounts_{g} WHERE key = j.value LIMIT 2)";
        put(world, db.read_over(&tables.sql(statement), &companies)?)?;
    }
    Ok(leads)
}

/// Brings the companies to hand that the keys name, and those of everyone at hand.
pub(super) fn bring(
    db: &Database,
    tables: Tables,
    world: &mut World,
    keys: &Keys,
) -> Result<(), StoreError> {
    let mut ids = world.take_missing_accounts();
    ids.extend(&keys.accounts);
    let unknown = keys.domains.iter();
    let unknown: Vec<&str> = unknown
        .filter(|domain| world.account_of(domain).is_none())
        .map(|domain| domain.as_str())
        .collect();
    if !unknown.is_empty() {
        let statement = "SELECT lower(hex(account)) FROM account_domains_{g} WHERE domain IN (SELECT value FROM json_each(?))";
        let found: Vec<(AccountId,)> = db.read_over(&tables.sql(statement), &unknown)?;
        ids.extend(found.into_iter().map(|(id,)| id));
    }
    if !keys.trees.is_empty() {
        ids.extend(trees(db, tables, &keys.trees)?);
    }
    let missing = ids.into_iter().filter(|id| world.account(*id).is_none());
    let missing: Vec<AccountId> = missing.collect();
    if missing.is_empty() {
        return Ok(());
    }
    let statement =
        "SELECT body FROM accounts_{g} WHERE id IN (SELECT unhex(value) FROM json_each(?))";
    put(
        world,
        db.read_over(&tables.sql(statement), &hexes(&missing))?,
    )
}

/// Those above and below these, as far as a tree may reach.
fn trees(
    db: &Database,
    tables: Tables,
    of: &BTreeSet<AccountId>,
) -> Result<Vec<AccountId>, StoreError> {
    let of: Vec<AccountId> = of.iter().copied().collect();
    let statement = format!(
        "WITH RECURSIVE named(id) AS (SELECT unhex(value) FROM json_each(?)),
           up(id, far) AS (SELECT id, 0 FROM named UNION
             SELECT a.parent, far + 1 FROM up JOIN accounts_{{g}} a ON a.id = up.id WHERE a.parent IS NOT NULL AND far <= {DEPTH_MAX}),
           down(id, far) AS (SELECT id, 0 FROM named UNION
             SELECT a.id, far + 1 FROM down JOIN accounts_{{g}} a ON a.parent = down.id WHERE far <= {DEPTH_MAX})
         SELECT lower(hex(id)) FROM (SELECT id FROM up UNION SELECT id FROM down)"
    );
    let found: Vec<(AccountId,)> = db.read_over(&tables.sql(&statement), &hexes(&of))?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Puts stored companies at hand; one that is at hand may have changed since its row was written.
fn put(world: &mut World, bodies: Vec<(String,)>) -> Result<(), StoreError> {
    for (body,) in bodies {
        let account: domain::account::Account = serde_json::from_str(&body)?;
        if world.account(account.id).is_none() {
            world.put_account(account);
        }
    }
    Ok(())
}

/// Writes what has changed.
pub(super) fn save(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    save_accounts(db, tables, world, changes)?;
    let of_company = changes.of_company.iter();
    let of_company: Vec<_> = of_company
        .map(|(visitor, account)| (visitor.to_hex(), account.to_hex()))
        .collect();
    db.run_over(
        &tables.sql(
            "INSERT OR IGNORE INTO account_visitors_{g} SELECT unhex(j.value->>1), v.n
             FROM json_each(?) j JOIN visitors_{g} v ON v.id = unhex(j.value->>0)",
        ),
        &of_company,
    )?;
    let named = changes.named.iter().flat_map(|id| [*id, world.root(*id)]);
    let named: BTreeSet<LeadId> = named.collect();
    let mut words = Vec::new();
    for id in &named {
        let own = world.words_of(*id).into_iter();
        words.extend(own.map(|words| (words, id.to_hex())));
    }
    let named: Vec<String> = named.iter().map(ToHex::to_hex).collect();
    db.run_over(
        &tables.sql("DELETE FROM alike_{g} WHERE lead IN (SELECT unhex(value) FROM json_each(?))"),
        &named,
    )?;
    db.run_over(
        &tables.sql(
            "INSERT OR IGNORE INTO alike_{g} SELECT value->>0, unhex(value->>1) FROM json_each(?)",
        ),
        &words,
    )
}

fn save_accounts(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    let gone = changes.accounts.iter();
    let gone = gone.filter(|id| world.account(**id).is_none());
    let gone: Vec<String> = gone.map(ToHex::to_hex).collect();
    db.run_over(
        &tables.sql("DELETE FROM accounts_{g} WHERE id IN (SELECT unhex(value) FROM json_each(?))"),
        &gone,
    )?;
    let accounts = || changes.accounts.iter().filter_map(|id| world.account(*id));
    let rows: Vec<_> = accounts()
        .map(|account| {
            let domains = account.domains.iter().map(|domain| domain.as_str());
            let parts: Vec<&str> = std::iter::once(account.name.as_str())
                .chain(domains)
                .collect();
            (
                account.id.to_hex(),
                account.parent.as_ref().map(ToHex::to_hex),
                account.import.as_ref().map(ToHex::to_hex),
                account.name.to_lowercase(),
                company_key(&account.name).unwrap_or_default(),
                parts.join("\n").to_lowercase(),
                account,
            )
        })
        .collect();
    db.run_over(
        &tables.sql(
            "INSERT INTO accounts_{g}(id, parent, import, name, key, search, body)
             SELECT unhex(value->>0), unhex(value->>1), unhex(value->>2), value->>3, value->>4, value->>5, value->>6
             FROM json_each(?) WHERE true
             ON CONFLICT(id) DO UPDATE SET parent = excluded.parent, import = excluded.import, name = excluded.name, key = excluded.key,
               search = excluded.search, body = excluded.body",
        ),
        &rows,
    )?;
    let ids: Vec<String> = changes.accounts.iter().map(ToHex::to_hex).collect();
    db.run_over(
        &tables.sql("DELETE FROM account_domains_{g} WHERE account IN (SELECT unhex(value) FROM json_each(?))"),
        &ids,
    )?;
    let mut domains = Vec::new();
    for account in accounts() {
        let own = account.domains.iter();
        domains.extend(own.map(|domain| (domain.as_str(), account.id.to_hex())));
    }
    db.run_over(
        &tables.sql("INSERT INTO account_domains_{g} SELECT value->>0, unhex(value->>1) FROM json_each(?) WHERE true
             ON CONFLICT(domain) DO UPDATE SET account = excluded.account"),
        &domains,
    )
}
