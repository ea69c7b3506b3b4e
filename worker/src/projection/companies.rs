//! What lists and pages show of companies. Scores, people and interest are computed when they are read, from an index by
//! company and score and from the activity of the last days, so that an event writes nothing for them.

use super::load::{ToHex, hexes};
use super::read::{Place, page};
use super::tables::Tables;
use crate::error::StoreError;
use crate::limit::{ACCOUNT_PEOPLE, ACCOUNT_VISITORS, RISING_PEOPLE};
use crate::store::sql::Database;
use domain::account::{Account, AccountName, INTEREST_MS, Interest, SCORE_MAX, WEIGHING_PEOPLE};
use domain::api::{AccountCard, AccountOrder, AccountRow, VisitorRow};
use domain::id::{AccountId, Ms};
use domain::lead::LeadRow;
use std::collections::BTreeMap;

/// The score of each company with people, as [`domain::account::score`] counts it, and how many they are.
fn scored(of: &str) -> String {
    format!(
        "ranked(account, score, place) AS (SELECT account, score, row_number() OVER (PARTITION BY account ORDER BY score DESC) - 1
           FROM listed_{{g}} WHERE account IS NOT NULL {of}),
         scored(account, score, people) AS (SELECT account,
           min({SCORE_MAX}, sum(iif(place < {WEIGHING_PEOPLE} AND score > 0, score >> place, 0))), count(*)
           FROM ranked GROUP BY account)"
    )
}

/// A page of the ids of companies, in that order, and where the next begins. Those whose interest rises are one page.
pub(crate) fn ids(
    db: &Database,
    tables: Tables,
    (order, search): (AccountOrder, Option<&str>),
    after: Option<Place>,
    limit: u32,
) -> Result<(Vec<AccountId>, Option<Place>), StoreError> {
    let (with, by) = match order {
        AccountOrder::Score => (
            format!("WITH {}", scored("")),
            "coalesce((SELECT s.score FROM scored s WHERE s.account = a.id), 0)",
        ),
        AccountOrder::LastAt => (
            "WITH active(account, at) AS (SELECT account, max(last_at) FROM listed_{g}
               WHERE account IS NOT NULL GROUP BY account)"
                .to_owned(),
            "coalesce((SELECT l.at FROM active l WHERE l.account = a.id), a.body->>'opened_at')",
        ),
        AccountOrder::Name | AccountOrder::Rising => {
            return by_name(db, tables, search, after, limit);
        }
    };
    let place = after.unwrap_or_else(Place::top);
    let statement = format!(
        "{with} SELECT n, id, to_id FROM (SELECT {by} AS n, a.id AS raw, lower(hex(a.id)) AS id, '\"' || lower(hex(a.id)) || '\"' AS to_id
           FROM accounts_{{g}} a WHERE (?1 IS NULL OR instr(a.search, ?1)))
         WHERE (n, raw) < (?2, unhex(?3)) ORDER BY n DESC, raw DESC LIMIT ?4"
    );
    let rows = db.read(
        &tables.sql(&statement),
        (search, place.by, &place.id, limit.saturating_add(1)),
    )?;
    page(rows, limit)
}

/// By name: the cursor names the last company.
fn by_name(
    db: &Database,
    tables: Tables,
    search: Option<&str>,
    after: Option<Place>,
    limit: u32,
) -> Result<(Vec<AccountId>, Option<Place>), StoreError> {
    let last = after.map(|place| place.id);
    let statement = "SELECT 0, lower(hex(id)), '\"' || lower(hex(id)) || '\"' FROM accounts_{g}
         WHERE (?1 IS NULL OR instr(search, ?1))
           AND (?2 IS NULL OR (name, id) > (SELECT name, id FROM accounts_{g} WHERE id = unhex(?2)))
         ORDER BY name, id LIMIT ?3";
    let rows = db.read(
        &tables.sql(statement),
        (search, last.as_deref(), limit.saturating_add(1)),
    )?;
    page(rows, limit)
}

/// How many companies there are, or match.
pub(crate) fn count(
    db: &Database,
    tables: Tables,
    search: Option<&str>,
) -> Result<u64, StoreError> {
    let statement = "SELECT count(*) FROM accounts_{g} WHERE (?1 IS NULL OR instr(search, ?1))";
    let row: Option<(u64,)> = db.read_one(&tables.sql(statement), (search,))?;
    Ok(row.map_or(0, |(count,)| count))
}

/// Companies whose interest rises, those first whose people did most: of the people who were active last.
pub(crate) fn rising(db: &Database, tables: Tables, now: Ms) -> Result<Vec<AccountId>, StoreError> {
    let since = now.saturating_sub(INTEREST_MS);
    let statement = "SELECT DISTINCT lower(hex(account)) FROM (SELECT account FROM listed_{g}
         WHERE account IS NOT NULL AND last_at > ? ORDER BY last_at DESC LIMIT ?)";
    let found: Vec<(AccountId,)> = db.read(&tables.sql(statement), (since, RISING_PEOPLE))?;
    let found: Vec<AccountId> = found.into_iter().map(|(id,)| id).collect();
    let interest = interest(db, tables, &found, now)?;
    let mut rising: Vec<(Interest, AccountId)> = interest
        .into_iter()
        .filter(|(_, interest)| interest.is_rising())
        .map(|(id, interest)| (interest, id))
        .collect();
    rising.sort_by_key(|(interest, id)| (std::cmp::Reverse(interest.last), *id));
    Ok(rising.into_iter().map(|(_, id)| id).collect())
}

/// What the browsers of each company's people did lately, and those that come from it.
fn interest(
    db: &Database,
    tables: Tables,
    ids: &[AccountId],
    now: Ms,
) -> Result<BTreeMap<AccountId, Interest>, StoreError> {
    let middle = now.saturating_sub(INTEREST_MS);
    let from = middle.saturating_sub(INTEREST_MS);
    let statement = format!(
        "WITH named(id) AS (SELECT unhex(value) FROM json_each(?)),
           people(account, lead) AS (SELECT n.id, l.id FROM named n JOIN listed_{{g}} l ON l.account = n.id),
           records(account, lead) AS (SELECT account, lead FROM people UNION ALL
             SELECT p.account, m.id FROM people p JOIN leads_{{g}} m ON m.root = p.lead AND m.root <> m.id),
           seen(account, visitor) AS (SELECT r.account, b.visitor FROM records r JOIN bindings_{{g}} b ON b.lead = r.lead
             UNION SELECT n.id, v.visitor FROM named n JOIN account_visitors_{{g}} v ON v.account = n.id)
         SELECT lower(hex(s.account)), sum(a.at > {middle}), sum(a.at <= {middle})
         FROM seen s JOIN activity_{{g}} a ON a.visitor = s.visitor AND a.at > {from} AND a.at <= {now}
         WHERE a.weighs = 1 GROUP BY s.account"
    );
    let rows: Vec<(AccountId, u64, u64)> = db.read_over(&tables.sql(&statement), &hexes(ids))?;
    let found = rows.into_iter();
    Ok(found
        .map(|(id, last, before)| (id, Interest { last, before }))
        .collect())
}

/// These companies as lists show them, in this order.
pub(crate) fn rows(
    db: &Database,
    tables: Tables,
    ids: &[AccountId],
    now: Ms,
) -> Result<Vec<AccountRow>, StoreError> {
    type Figures = (AccountId, String, i32, u32, Option<Ms>);
    let interest = interest(db, tables, ids, now)?;
    let statement = format!(
        "WITH named(id) AS (SELECT unhex(value) FROM json_each(?)), {}
         SELECT lower(hex(a.id)), a.body, coalesce(s.score, 0), coalesce(s.people, 0),
           (SELECT max(l.last_at) FROM listed_{{g}} l WHERE l.account = a.id)
         FROM named n JOIN accounts_{{g}} a ON a.id = n.id LEFT JOIN scored s ON s.account = a.id",
        scored("AND account IN (SELECT id FROM named)")
    );
    let found: Vec<Figures> = db.read_over(&tables.sql(&statement), &hexes(ids))?;
    let mut known = BTreeMap::new();
    for (id, body, score, people, last_at) in found {
        let account: Account = serde_json::from_str(&body)?;
        let interest = interest.get(&id).copied().unwrap_or_default();
        let row = AccountRow {
            account: AccountCard::from(&account),
            score,
            people,
            last_at: last_at.unwrap_or(account.opened_at),
            interest,
            rising: interest.is_rising(),
        };
        known.insert(id, row);
    }
    Ok(ids.iter().filter_map(|id| known.remove(id)).collect())
}

/// A company's people, the best first.
pub(crate) fn people(
    db: &Database,
    tables: Tables,
    id: AccountId,
) -> Result<Vec<LeadRow>, StoreError> {
    let statement = "SELECT l.row FROM listed_{g} s JOIN leads_{g} l ON l.id = s.id WHERE s.account = unhex(?) ORDER BY s.score DESC LIMIT ?";
    let rows: Vec<(String,)> = db.read(&tables.sql(statement), (&id.to_hex(), ACCOUNT_PEOPLE))?;
    let rows = rows.iter().map(|(row,)| Ok(serde_json::from_str(row)?));
    let mut rows = rows.collect::<Result<Vec<LeadRow>, StoreError>>()?;
    name_accounts(db, tables, &mut rows)?;
    Ok(rows)
}

/// The browsers that come from a company and are nobody's, the latest first, and how many there are.
pub(crate) fn anonymous(
    db: &Database,
    tables: Tables,
    id: AccountId,
) -> Result<(Vec<VisitorRow>, u32), StoreError> {
    let of = "FROM account_visitors_{g} c JOIN visitors_{g} v ON v.n = c.visitor WHERE c.account = unhex(?) AND v.anonymous = 1";
    let listed = format!("SELECT v.row {of} ORDER BY v.last_at DESC LIMIT ?");
    let rows: Vec<(String,)> = db.read(&tables.sql(&listed), (&id.to_hex(), ACCOUNT_VISITORS))?;
    let rows = rows.iter().map(|(row,)| Ok(serde_json::from_str(row)?));
    let counted = tables.sql(&format!("SELECT count(*) {of}"));
    let count: Option<(u32,)> = db.read_one(&counted, (&id.to_hex(),))?;
    let rows = rows.collect::<Result<Vec<VisitorRow>, StoreError>>()?;
    Ok((rows, count.map_or(0, |(count,)| count)))
}

/// Those right below a company, by name.
pub(crate) fn below(
    db: &Database,
    tables: Tables,
    id: AccountId,
) -> Result<Vec<AccountName>, StoreError> {
    let statement = "SELECT lower(hex(id)), body->>'name' FROM accounts_{g} WHERE parent = unhex(?) ORDER BY name, id LIMIT ?";
    let found: Vec<(AccountId, String)> =
        db.read(&tables.sql(statement), (&id.to_hex(), ACCOUNT_PEOPLE))?;
    let found = found.into_iter();
    Ok(found.map(|(id, name)| AccountName { id, name }).collect())
}

/// The names of these companies.
pub(crate) fn names(
    db: &Database,
    tables: Tables,
    ids: &[AccountId],
) -> Result<BTreeMap<AccountId, String>, StoreError> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let statement = "SELECT lower(hex(id)), body->>'name' FROM accounts_{g} WHERE id IN (SELECT unhex(value) FROM json_each(?))";
    let found: Vec<(AccountId, String)> = db.read_over(&tables.sql(statement), &hexes(ids))?;
    Ok(found.into_iter().collect())
}

/// Puts the names of their companies into rows of people.
pub(crate) fn name_accounts(
    db: &Database,
    tables: Tables,
    rows: &mut [LeadRow],
) -> Result<(), StoreError> {
    let mut ids: Vec<AccountId> = rows
        .iter()
        .filter_map(|row| Some(row.account.as_ref()?.id))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let names = names(db, tables, &ids)?;
    for account in rows.iter_mut().filter_map(|row| row.account.as_mut()) {
        account.name = names.get(&account.id).cloned().unwrap_or_default();
    }
    Ok(())
}
