//! How leads are worked: the clocks that were not met, and the counts; whose time is over, and who waits for somebody. Not here:
//! a lead's own row, which has how it is worked in its body.

use super::load::ToHex;
use super::tables::Tables;
use crate::error::StoreError;
use crate::store::sql::Database;
use domain::api::Page;
use domain::board::StageSum;
use domain::clock::Clock;
use domain::fold::{Changes, World};
use domain::id::{LeadId, Ms, UserId};
use domain::practice::Loads;
use std::collections::BTreeMap;

impl ToHex for UserId {
    fn to_hex(&self) -> String {
        self.0.simple().to_string()
    }
}

/// Brings the counts to hand.
pub(super) fn bring_loads(
    db: &Database,
    tables: Tables,
    world: &mut World,
) -> Result<(), StoreError> {
    let statement = tables.sql("SELECT body FROM settings_{g} WHERE name = 'loads'");
    let stored: Option<(String,)> = db.read_one(&statement, ())?;
    let loads: Option<Loads> = stored
        .map(|(body,)| serde_json::from_str(&body))
        .transpose()?;
    world.put_loads(loads.unwrap_or_default());
    Ok(())
}

/// Writes what has changed. A record that was merged into another has clocks that stand still.
pub(super) fn save(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    let changed: Vec<String> = changes.pursued.iter().map(ToHex::to_hex).collect();
    db.run_over(
        &tables.sql("DELETE FROM clocks_{g} WHERE lead IN (SELECT unhex(value) FROM json_each(?))"),
        &changed,
    )?;
    let leads = changes.pursued.iter().filter_map(|id| world.lead(*id));
    let leads = leads.filter(|lead| lead.merged_into.is_none());
    let rows = leads.flat_map(|lead| {
        let owner = lead.pursuit.owner.map(|owner| owner.user.to_hex());
        let clocks = lead.pursuit.clocks.iter();
        let clocks = clocks.filter(|clock| clock.met_at.is_none());
        clocks.map(move |clock| {
            let breached = u8::from(clock.breached_at.is_some());
            let kind = clock.kind.name();
            (
                lead.id.to_hex(),
                kind,
                clock.due_at,
                breached,
                *clock,
                owner.clone(),
            )
        })
    });
    let rows: Vec<_> = rows.collect();
    db.run_over(
        &tables.sql(
            "INSERT INTO clocks_{g} SELECT unhex(value->>0), value->>1, value->>2, value->>3, value->>4, unhex(value->>5)
             FROM json_each(?)",
        ),
        &rows,
    )?;
    if changes.loads && *world.loads() == Loads::default() {
        db.run(&tables.sql("DELETE FROM settings_{g} WHERE name = 'loads'"))?;
    } else if changes.loads {
        let body = serde_json::to_string(world.loads())?;
        let statement = "INSERT INTO settings_{g} VALUES('loads', ?) ON CONFLICT(name) DO UPDATE SET body = excluded.body";
        db.run_with(&tables.sql(statement), (&body,))?;
    }
    Ok(())
}

/// When the next clock runs out.
pub(crate) fn next_due(db: &Database, tables: Tables) -> Result<Option<Ms>, StoreError> {
    let statement = tables.sql("SELECT min(due_at) FROM clocks_{g} WHERE breached = 0");
    let row: Option<(Option<Ms>,)> = db.read_one(&statement, ())?;
    // The last moment is still in time.
    Ok(row
        .and_then(|(due_at,)| due_at)
        .map(|at| at.saturating_add(1)))
}

/// Whose clocks have run out, those first that did first.
pub(crate) fn due(
    db: &Database,
    tables: Tables,
    now: Ms,
    limit: u32,
) -> Result<Vec<LeadId>, StoreError> {
    let statement = tables.sql(
        "SELECT lower(hex(lead)) FROM clocks_{g} WHERE breached = 0 AND due_at < ? ORDER BY due_at, lead LIMIT ?",
    );
    let mut rows: Vec<LeadId> = db
        .read::<_, (LeadId,)>(&statement, (now, limit))?
        .into_iter()
        .map(|(id,)| id)
        .collect();
    rows.dedup();
    Ok(rows)
}

/// Who is to be worked and is somebody's.
pub(crate) fn of_owner(
    db: &Database,
    tables: Tables,
    owner: UserId,
    limit: u32,
) -> Result<Vec<LeadId>, StoreError> {
    let statement = tables
        .sql("SELECT lower(hex(id)) FROM listed_{g} WHERE owner = unhex(?) AND open = 1 LIMIT ?");
    let rows: Vec<(LeadId,)> = db.read(&statement, (&owner.to_hex(), limit))?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Who stands in one of these stages, after this one by their ids in hex, and after whom to go on; none at the end. So many are
/// looked at, and so many told, at most.
pub(crate) fn standing_in(
    db: &Database,
    tables: Tables,
    stages: &[&str],
    after: &str,
    (looked_at, limit): (u32, u32),
) -> Result<(Vec<LeadId>, Option<String>), StoreError> {
    let next = "SELECT id, stage FROM listed_{g} WHERE id > unhex(?) ORDER BY id LIMIT ?";
    let statement = tables.sql(&format!("SELECT lower(hex(max(id))) FROM ({next})"));
    let last: Option<(Option<String>,)> = db.read_one(&statement, (after, looked_at))?;
    let last = last.and_then(|(last,)| last);
    let statement = tables.sql(&format!(
        "SELECT lower(hex(id)) FROM ({next}) WHERE stage IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?"
    ));
    let stages = serde_json::to_string(stages)?;
    let rows: Vec<(LeadId,)> = db.read(&statement, (after, looked_at, &stages, limit))?;
    let leads: Vec<LeadId> = rows.into_iter().map(|(id,)| id).collect();
    let full = leads.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
    let cut = leads.last().filter(|_| full);
    let next = cut.map_or(last, |last| Some(last.to_hex()));
    Ok((leads, next.filter(|next| !next.is_empty())))
}

/// What stands in each stage in all, as [`domain::board::sums`] says: along the index that has every stage, and along the short
/// one of those with an amount. Whole units and the rest are added apart, so that no number of people is too many.
pub(crate) fn sums(db: &Database, tables: Tables) -> Result<Vec<StageSum>, StoreError> {
    let counted = "SELECT stage, count(*), sum(stage_at) / count(stage_at) FROM listed_{g} GROUP BY stage ORDER BY stage";
    let rows: Vec<(Option<String>, u64, Option<Ms>)> = db.read(&tables.sql(counted), ())?;
    let amount = "facts->>'$.\"amount\"'";
    let valued = format!(
        "SELECT stage, count(*), sum({amount} / 1000), sum({amount} % 1000) FROM listed_{{g}}
         WHERE {amount} IS NOT NULL GROUP BY stage"
    );
    let valued: Vec<(Option<String>, u64, i64, i64)> = db.read(&tables.sql(&valued), ())?;
    let valued = valued.into_iter();
    let mut valued: BTreeMap<_, _> = valued
        .map(|(stage, count, whole, rest)| {
            let amount = whole.saturating_mul(1_000).saturating_add(rest);
            (stage, (count, amount))
        })
        .collect();
    let sum = |(stage, count, since): (Option<String>, u64, Option<Ms>)| {
        let (valued, amount) = valued.remove(&stage).unwrap_or_default();
        StageSum {
            stage,
            count,
            valued,
            amount,
            since,
        }
    };
    Ok(rows.into_iter().map(sum).collect())
}

/// Who is to be worked and is nobody's, after this one by their ids in hex.
pub(crate) fn waiting(
    db: &Database,
    tables: Tables,
    after: &str,
    limit: u32,
) -> Result<Vec<LeadId>, StoreError> {
    let statement = tables.sql(
        "SELECT lower(hex(id)) FROM listed_{g} WHERE open = 1 AND owner IS NULL AND id > unhex(?) ORDER BY id LIMIT ?",
    );
    let rows: Vec<(LeadId,)> = db.read(&statement, (after, limit))?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// A place among clocks: when one was due, whose, and what was promised.
type Place = (Ms, String, String);

/// A page of the clocks that were not met, the earliest due first.
pub(crate) fn clocks(
    db: &Database,
    tables: Tables,
    (owner, breached): (Option<UserId>, bool),
    cursor: Option<&str>,
    limit: u32,
) -> Result<Option<Page<(LeadId, Clock)>>, StoreError> {
    let Some((at, lead, kind)) = place(cursor) else {
        return Ok(None);
    };
    let breached = u32::from(breached);
    // A member's are walked by the index of theirs; everyone's by that of all.
    let of = owner.map_or("?1 IS NULL", |_| "owner = unhex(?1)");
    let owner = owner.map(|owner| owner.to_hex());
    let statement = format!(
        "SELECT lower(hex(lead)), body FROM clocks_{{g}} WHERE {of} AND breached = ?2 AND due_at >= ?3
         AND (due_at, lead, kind) > (?3, unhex(?4), ?5) ORDER BY due_at, lead, kind LIMIT ?6"
    );
    let more = limit.saturating_add(1);
    let rows: Vec<(LeadId, String)> = db.read(
        &tables.sql(&statement),
        (owner.as_ref(), breached, at, &lead, &kind, more),
    )?;
    let found: Result<Vec<(LeadId, Clock)>, StoreError> = rows
        .into_iter()
        .map(|(lead, clock)| Ok((lead, serde_json::from_str(&clock)?)))
        .collect();
    let mut items = found?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let is_more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| is_more);
    let next = next.map(|(lead, clock)| {
        let (at, kind) = (clock.due_at, clock.kind.name());
        format!("{at}|{}|{kind}", lead.to_hex())
    });
    let statement = format!("SELECT count(*) FROM clocks_{{g}} WHERE {of} AND breached = ?2");
    let total: Option<(u64,)> = db.read_one(&tables.sql(&statement), (owner.as_ref(), breached))?;
    Ok(Some(Page {
        items,
        next,
        total: total.map_or(0, |(total,)| total),
        seq: 0,
    }))
}

/// Where a page begins; none of a text that is no cursor.
fn place(cursor: Option<&str>) -> Option<Place> {
    let Some(cursor) = cursor else {
        return Some((0, String::new(), String::new()));
    };
    let mut parts = cursor.split('|');
    let (at, lead, kind) = (parts.next()?, parts.next()?, parts.next()?);
    let hex = lead.len() == 32 && lead.bytes().all(|b| b.is_ascii_hexdigit());
    (hex && parts.next().is_none()).then_some(())?;
    Some((at.parse().ok()?, lead.to_owned(), kind.to_owned()))
}
