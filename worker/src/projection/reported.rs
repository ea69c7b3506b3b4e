//! What reports count: visits by when they began and where they came from, when people first came how far, and what became of
//! promises. Not here: counting them ([`super::reports`]), and what a visit is (`domain::session`).

use super::load::ToHex;
use super::tables::Tables;
use crate::error::StoreError;
use crate::store::sql::Database;
use domain::fold::{Changes, World};
use domain::id::{EventId, LeadId, Ms, VisitorId};
use domain::session::{Visit, visits, visits_changed};
use domain::stage::Rung;
use std::collections::{BTreeMap, BTreeSet};

/// Those of these visitors' visits: each began with an event of theirs.
const THEIRS: &str = "(start, visitor) IN (SELECT a.at, a.visitor FROM json_each(?) j JOIN visitors_{g} v ON v.id = unhex(j.value)
  JOIN activity_{g} a ON a.visitor = v.n)";

/// Takes the visits of erased browsers away, before what they did goes.
pub(super) fn forget(db: &Database, tables: Tables, changes: &Changes) -> Result<(), StoreError> {
    let erased: Vec<String> = changes.erased.iter().map(ToHex::to_hex).collect();
    db.run_over(
        &tables.sql(&format!("DELETE FROM visits_{{g}} WHERE {THEIRS}")),
        &erased,
    )
}

/// Writes what has changed.
pub(super) fn save(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    save_visits(db, tables, world, changes)?;
    let changed = changes.pursued.iter().chain(&changes.gone);
    let changed: BTreeSet<LeadId> = changed.copied().collect();
    save_progress(db, tables, world, &changed)?;
    save_answers(db, tables, world, &changed)
}

fn save_visits(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    let judged: Vec<String> = changes.judged.iter().map(ToHex::to_hex).collect();
    db.run_over(
        &tables.sql(&format!("DELETE FROM visits_{{g}} WHERE {THEIRS}")),
        &judged,
    )?;
    let mut new: BTreeMap<VisitorId, BTreeSet<(Ms, EventId)>> = BTreeMap::new();
    for one in changes.activities.iter().filter(|one| one.weighs) {
        let events = new.entry(one.visitor).or_default();
        events.insert((one.activity.at, one.activity.event));
    }
    new.retain(|visitor, _| !changes.judged.contains(visitor));
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for (id, new) in &new {
        let Some(visitor) = world.visitor(*id) else {
            continue;
        };
        let changed = visits_changed(visitor, new);
        gone.extend(changed.gone.iter().map(|start| (id.to_hex(), *start)));
        come.extend(changed.come.into_iter().map(|visit| row(*id, visit)));
    }
    for visitor in changes.judged.iter().filter_map(|id| world.visitor(*id)) {
        let all = visits(visitor).into_iter();
        come.extend(all.map(|visit| row(visitor.id, visit)));
    }
    db.run_over(
        &tables.sql(
            "DELETE FROM visits_{g} WHERE (start, visitor) IN
               (SELECT j.value->>1, v.n FROM json_each(?) j JOIN visitors_{g} v ON v.id = unhex(j.value->>0))",
        ),
        &gone,
    )?;
    db.run_over(
        &tables.sql(
            "INSERT OR IGNORE INTO origins_{g}(channel, source, campaign)
             SELECT DISTINCT value->>3, value->>4, value->>5 FROM json_each(?)",
        ),
        &come,
    )?;
    db.run_over(
        &tables.sql(
            "INSERT OR REPLACE INTO visits_{g} SELECT j.value->>1, v.n, o.id, j.value->>2
             FROM json_each(?) j JOIN visitors_{g} v ON v.id = unhex(j.value->>0)
             JOIN origins_{g} o ON (o.channel, o.source, o.campaign) = (j.value->>3, j.value->>4, j.value->>5)",
        ),
        &come,
    )
}

/// A visit as a row: whose, when, whether the first, and by which channel, source and campaign.
type Row = (String, Ms, u8, &'static str, String, String);

fn row(id: VisitorId, visit: Visit) -> Row {
    let first = u8::from(visit.first);
    match visit.origin {
        Some(origin) => {
            let channel = origin.channel.name();
            let (source, campaign) = (origin.source, origin.campaign);
            (id.to_hex(), visit.start, first, channel, source, campaign)
        }
        None => {
            let none = String::new;
            (id.to_hex(), visit.start, first, "", none(), none())
        }
    }
}

/// The rungs that have a column each, in their order.
pub(super) const COLUMNS: [(Rung, &str); 6] = [
    (Rung::Mql, "mql"),
    (Rung::Sql, "sql"),
    (Rung::Opportunity, "opportunity"),
    (Rung::Won, "won"),
    (Rung::Lost, "lost"),
    (Rung::Recycled, "recycled"),
];

fn save_progress(
    db: &Database,
    tables: Tables,
    world: &World,
    changed: &BTreeSet<LeadId>,
) -> Result<(), StoreError> {
    let reached = |id: &LeadId| {
        let lead = world.lead(*id).filter(|lead| lead.merged_into.is_none());
        let reached = lead.map(|lead| &lead.pursuit.reached);
        COLUMNS.map(|(rung, _)| reached.and_then(|reached| reached.get(&rung).copied()))
    };
    let rows: Vec<_> = changed
        .iter()
        .map(|id| (id.to_hex(), reached(id)))
        .collect();
    let known = "(j.value->1) <> '[null,null,null,null,null,null]'";
    db.run_over(
        &tables.sql(&format!(
            "DELETE FROM progress_{{g}} WHERE lead IN (SELECT unhex(j.value->>0) FROM json_each(?) j WHERE NOT {known})"
        )),
        &rows,
    )?;
    db.run_over(
        &tables.sql(&format!(
            "INSERT INTO progress_{{g}} SELECT unhex(j.value->>0), j.value->>'$[1][0]', j.value->>'$[1][1]', j.value->>'$[1][2]',
               j.value->>'$[1][3]', j.value->>'$[1][4]', j.value->>'$[1][5]' FROM json_each(?) j WHERE {known}
             ON CONFLICT(lead) DO UPDATE SET mql = excluded.mql, sql = excluded.sql, opportunity = excluded.opportunity,
               won = excluded.won, lost = excluded.lost, recycled = excluded.recycled
             WHERE (mql, sql, opportunity, won, lost, recycled) IS NOT
               (excluded.mql, excluded.sql, excluded.opportunity, excluded.won, excluded.lost, excluded.recycled)"
        )),
        &rows,
    )
}

fn save_answers(
    db: &Database,
    tables: Tables,
    world: &World,
    changed: &BTreeSet<LeadId>,
) -> Result<(), StoreError> {
    let leads: Vec<String> = changed.iter().map(ToHex::to_hex).collect();
    db.run_over(
        &tables
            .sql("DELETE FROM answers_{g} WHERE lead IN (SELECT unhex(value) FROM json_each(?))"),
        &leads,
    )?;
    let leads = changed.iter().filter_map(|id| world.lead(*id));
    let rows = leads.flat_map(|lead| {
        let answers = lead.pursuit.answers.iter();
        answers.map(move |answer| {
            (
                answer.kind.name(),
                answer.since,
                lead.id.to_hex(),
                answer.whose.as_ref().map(ToHex::to_hex),
                u8::from(answer.is_in_time()),
                answer.minutes,
                answer,
            )
        })
    });
    let rows: Vec<_> = rows.collect();
    db.run_over(
        &tables.sql(
            "INSERT INTO answers_{g} SELECT value->>0, value->>1, unhex(value->>2), unhex(value->>3), value->>4, value->>5, value->>6
             FROM json_each(?)",
        ),
        &rows,
    )
}
