//! Lists of people: written beside the records, and asked in the way that `domain::list` says.
//!
//! SQLite filters, sorts and counts; only the rows of a page come out. Without filters an order's own index is walked; with
//! any, everyone is looked at once, because walking an index to find few costs more than sorting what was found. Where only
//! columns of one value are asked for, that is the index by the latest activity, which has all of them. Not here: what a
//! filter means.

use super::companies::name_accounts;
use super::load::{ToHex, hexes};
use super::people::rooted;
use super::tables::Tables;
use crate::error::StoreError;
use crate::store::sql::{Bound, Database};
use domain::family::Family;
use domain::fold::{Changes, World};
use domain::id::LeadId;
use domain::lead::{Lead, LeadRow};
use domain::list::{
    Column, Condition, Direction, Fact, Holds, Listed, Operand, Place, Query, Test,
};
use std::collections::{BTreeMap, BTreeSet};

/// Writes who is listed, and as what. What an event changes, the latest activity and the score, is written apart from
/// what it does not, so that their indexes alone are.
pub(super) fn save(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    let changed = changes
        .leads
        .iter()
        .copied()
        .chain(changes.gone.iter().copied());
    let changed: BTreeSet<LeadId> = changed.chain(rooted(world, changes)).collect();
    let (mut gone, mut listed) = (Vec::new(), Vec::new());
    for id in changed {
        match world.family(id).filter(|family| family.root().id == id) {
            Some(family) => listed.push(Listed::of(&family)),
            None => gone.push(id),
        }
    }
    db.run_over(
        &tables.sql("DELETE FROM listed_{g} WHERE id IN (SELECT unhex(value) FROM json_each(?))"),
        &hexes(&gone),
    )?;
    let account = |one: &Listed| one.account.as_ref().map(ToHex::to_hex);
    let row = |one: &Listed| {
        let words = (
            one.channel,
            one.source.clone(),
            one.campaign.clone(),
            one.role,
        );
        let worked = (
            one.stage.clone(),
            one.stage_at,
            one.owner.as_ref().map(ToHex::to_hex),
            u8::from(one.open),
            one.silent_since,
        );
        (one.id.to_hex(), one.created_at, account(one), words, worked)
    };
    let rows: Vec<_> = listed
        .iter()
        .map(|one| (row(one), one.last_at, one.score, &one.search, &one.facts))
        .collect();
    db.run_over(
        &tables.sql(
            "INSERT INTO listed_{g}(id, created_at, account, channel, source, campaign, role, last_at, score, search, facts,
               stage, stage_at, owner, open, silent_since)
             SELECT unhex(value->>'$[0][0]'), value->>'$[0][1]', unhex(value->>'$[0][2]'), value->>'$[0][3][0]',
               value->>'$[0][3][1]', value->>'$[0][3][2]', value->>'$[0][3][3]', value->>1, value->>2, value->>3, jsonb(value->4),
               value->>'$[0][4][0]', value->>'$[0][4][1]', unhex(value->>'$[0][4][2]'), value->>'$[0][4][3]', value->>'$[0][4][4]'
             FROM json_each(?) WHERE true
             ON CONFLICT(id) DO UPDATE SET search = excluded.search, facts = excluded.facts
             WHERE search <> excluded.search OR facts <> excluded.facts",
        ),
        &rows,
    )?;
    let moved: Vec<_> = listed
        .iter()
        .map(|one| (one.id.to_hex(), one.last_at, one.score))
        .collect();
    db.run_over(
        &tables.sql(
            "UPDATE listed_{g} SET last_at = j.value->>1, score = j.value->>2 FROM json_each(?) j
             WHERE listed_{g}.id = unhex(j.value->>0) AND score <> j.value->>2",
        ),
        &moved,
    )?;
    db.run_over(
        &tables.sql(
            "UPDATE listed_{g} SET last_at = j.value->>1 FROM json_each(?) j
             WHERE listed_{g}.id = unhex(j.value->>0) AND last_at <> j.value->>1",
        ),
        &moved,
    )?;
    let rows: Vec<_> = listed.iter().map(row).collect();
    db.run_over(
        &tables.sql(
            "UPDATE listed_{g} SET created_at = j.value->>1, account = unhex(j.value->>2), channel = j.value->>'$[3][0]',
               source = j.value->>'$[3][1]', campaign = j.value->>'$[3][2]', role = j.value->>'$[3][3]'
             FROM json_each(?) j WHERE listed_{g}.id = unhex(j.value->>0)
               AND (created_at <> j.value->>1 OR account IS NOT unhex(j.value->>2) OR channel IS NOT j.value->>'$[3][0]'
                 OR source IS NOT j.value->>'$[3][1]' OR campaign IS NOT j.value->>'$[3][2]' OR role IS NOT j.value->>'$[3][3]')",
        ),
        &rows,
    )?;
    db.run_over(
        &tables.sql(
            "UPDATE listed_{g} SET stage = j.value->>'$[4][0]', stage_at = j.value->>'$[4][1]', owner = unhex(j.value->>'$[4][2]'),
               open = j.value->>'$[4][3]', silent_since = j.value->>'$[4][4]'
             FROM json_each(?) j WHERE listed_{g}.id = unhex(j.value->>0)
               AND (stage IS NOT j.value->>'$[4][0]' OR stage_at IS NOT j.value->>'$[4][1]'
                 OR owner IS NOT unhex(j.value->>'$[4][2]') OR open <> j.value->>'$[4][3]'
                 OR silent_since IS NOT j.value->>'$[4][4]')",
        ),
        &rows,
    )
}

/// A page of a list: who, in order, where the next page begins, and how many are in the list. So many are left out first.
pub(crate) fn page(
    db: &Database,
    tables: Tables,
    query: &Query,
    (left_out, limit): (u32, u32),
) -> Result<(Vec<LeadId>, Option<Place>, u64), StoreError> {
    let found = Found::of(query);
    let Found { with, from, by, .. } = &found;
    let (mut bound, mut behind) = (found.bound.clone(), String::new());
    if from.contains('?') {
        // Once for those who are counted, once for the page.
        bound.extend(found.bound.iter().cloned());
    }
    if let Some(after) = &query.after {
        behind = format!("AND {}", found.behind(query, after, &mut bound));
    }
    let turn = match query.direction {
        Direction::Descending => "DESC",
        Direction::Ascending => "ASC",
    };
    let nothing_last = if query.order.is_full() {
        String::new()
    } else {
        format!("{by} IS NULL, ")
    };
    let statement = format!(
        "{with} SELECT lower(hex(id)), {by}, (SELECT count(*) FROM {from}) FROM {from} {behind}
         ORDER BY {nothing_last}{by} {turn}, id {turn} LIMIT ? OFFSET ?"
    );
    bound.push(Bound::Number(i64::from(limit).saturating_add(1)));
    bound.push(Bound::Number(i64::from(left_out)));
    let mut rows: Vec<(LeadId, serde_json::Value, u64)> =
        db.read(&tables.sql(&statement), &bound)?;
    let total = match rows.first() {
        Some((.., total)) => *total,
        // Behind the last one, or nobody is in the list.
        None => {
            let counted = tables.sql(&format!("{with} SELECT count(*) FROM {from}"));
            let total: Option<(u64,)> = db.read_one(&counted, &found.bound)?;
            total.map_or(0, |(total,)| total)
        }
    };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|(id, by, _)| Place {
        by: match by {
            serde_json::Value::String(text) => Some(Fact::Text(text.clone())),
            value => value.as_i64().map(Fact::Number),
        },
        id: *id,
    });
    let ids = rows.into_iter().map(|(id, ..)| id).collect();
    Ok((ids, next, total))
}

/// The next who are in a list, in the order of their ids.
pub(crate) fn matching_after(
    db: &Database,
    tables: Tables,
    query: &Query,
    after: Option<LeadId>,
    limit: usize,
) -> Result<Vec<LeadId>, StoreError> {
    let Matching { sql, mut bound } = Matching::of(query);
    let statement = format!(
        "SELECT lower(hex(id)) FROM listed_{{g}} {sql} AND id > unhex(?) ORDER BY id LIMIT ?"
    );
    bound.push(Bound::Text(after.unwrap_or_default().to_hex()));
    bound.push(Bound::Number(i64::try_from(limit).unwrap_or(i64::MAX)));
    let rows: Vec<(LeadId,)> = db.read(&tables.sql(&statement), &bound)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// These people as lists show them, in this order.
pub(crate) fn rows(
    db: &Database,
    tables: Tables,
    ids: &[LeadId],
) -> Result<Vec<LeadRow>, StoreError> {
    let statement = "SELECT row FROM leads_{g} WHERE id IN (SELECT unhex(value) FROM json_each(?))";
    let found: Vec<(String,)> = db.read_over(&tables.sql(statement), &hexes(ids))?;
    let mut known = BTreeMap::new();
    for (row,) in found {
        let row: LeadRow = serde_json::from_str(&row)?;
        known.insert(row.id, row);
    }
    let mut rows: Vec<LeadRow> = ids.iter().filter_map(|id| known.remove(id)).collect();
    name_accounts(db, tables, &mut rows)?;
    Ok(rows)
}

/// The records of people who are listed.
#[derive(Debug)]
pub(crate) struct Records(Vec<(Lead, Vec<Lead>)>);

impl Records {
    /// Each of them.
    pub(crate) fn families(&self) -> impl Iterator<Item = Family<'_>> {
        let all = self.0.iter();
        all.map(|(root, merged)| Family::new(root, merged.iter().collect()))
    }
}

/// The records of these people, in this order.
pub(crate) fn records(
    db: &Database,
    tables: Tables,
    ids: &[LeadId],
) -> Result<Records, StoreError> {
    let statement = "WITH named(id) AS (SELECT unhex(value) FROM json_each(?))
         SELECT lower(hex(l.id)), l.body FROM named n JOIN leads_{g} l ON l.id = n.id
         UNION ALL
         SELECT lower(hex(l.root)), l.body FROM named n JOIN leads_{g} l ON l.root = n.id AND l.root <> l.id";
    let found: Vec<(LeadId, String)> = db.read_over(&tables.sql(statement), &hexes(ids))?;
    let mut roots = BTreeMap::new();
    let mut merged: BTreeMap<LeadId, Vec<Lead>> = BTreeMap::new();
    for (root, body) in found {
        let lead: Lead = serde_json::from_str(&body)?;
        if lead.id == root {
            roots.insert(root, lead);
        } else {
            merged.entry(root).or_default().push(lead);
        }
    }
    let all = ids.iter().filter_map(|id| roots.remove(id));
    let all = all.map(|root| {
        let others = merged.remove(&root.id).unwrap_or_default();
        (root, others)
    });
    Ok(Records(all.collect()))
}

/// Who is in a list, as a part of a statement with its parameters in order. Those that filters found are put down first, with
/// what they are sorted by, and then counted and sorted: so that filters look at everyone once. Where all that is asked
/// for is in one index, looking twice is quicker.
struct Found {
    /// What comes before the statement.
    with: String,
    /// From where they are read.
    from: String,
    /// What they are sorted by there.
    by: String,
    bound: Vec<Bound>,
}

impl Found {
    fn of(query: &Query) -> Found {
        let by = value_of(&query.order);
        if query.groups.is_empty() && query.search.is_none() {
            return Found {
                with: String::new(),
                from: "listed_{g} WHERE true".to_owned(),
                by,
                bound: Vec::new(),
            };
        }
        let Matching { sql, bound } = Matching::of(query);
        let conditions = query.groups.iter().flatten();
        let mut columns = conditions.map(|condition| &condition.column);
        let is_apart = |column| is_fact(column) || *column == Column::Segment;
        if query.search.is_none() && !is_fact(&query.order) && !columns.any(is_apart) {
            return Found {
                with: String::new(),
                from: format!("listed_{{g}} {sql}"),
                // A sign before it keeps SQLite from walking its index.
                by: format!("+{by}"),
                bound,
            };
        }
        Found {
            with: format!(
                "WITH found(id, k) AS MATERIALIZED (SELECT id, {by} FROM listed_{{g}} {sql})"
            ),
            from: "found WHERE true".to_owned(),
            by: "k".to_owned(),
            bound,
        }
    }

    /// That someone stands behind a place.
    fn behind(&self, query: &Query, place: &Place, bound: &mut Vec<Bound>) -> String {
        let by = &self.by;
        let beyond = match query.direction {
            Direction::Descending => '<',
            Direction::Ascending => '>',
        };
        let id = Bound::Text(place.id.to_hex());
        let Some(fact) = &place.by else {
            bound.push(id);
            return format!("{by} IS NULL AND id {beyond} unhex(?)");
        };
        bound.extend([bound_of(fact), id]);
        let behind = format!("({by}, id) {beyond} (?, unhex(?))");
        if query.order.is_full() {
            behind
        } else {
            format!("({behind} OR {by} IS NULL)")
        }
    }
}

/// A condition of a statement, with its parameters in order.
struct Matching {
    sql: String,
    bound: Vec<Bound>,
}

impl Matching {
    /// Who is in a list.
    fn of(query: &Query) -> Matching {
        let mut matching = Matching {
            sql: "WHERE true".to_owned(),
            bound: Vec::new(),
        };
        for group in &query.groups {
            matching.sql.push_str(" AND (");
            for (place, condition) in group.iter().enumerate() {
                if place > 0 {
                    matching.sql.push_str(" OR ");
                }
                let sql = matching.condition(condition);
                matching.sql.push_str(&sql);
            }
            matching.sql.push(')');
        }
        if let Some(search) = &query.search {
            matching.sql.push_str(" AND instr(search, ?)");
            matching.bound.push(Bound::Text(search.clone()));
        }
        matching
    }

    fn condition(&mut self, condition: &Condition) -> String {
        let (column, several) = (&condition.column, condition.holds == Holds::Words);
        let value = match value_of(column) {
            // A sign before it keeps SQLite from walking its index.
            value if column.is_full() => format!("+{value}"),
            value => value,
        };
        match &condition.test {
            Test::Empty if several => format!("NOT {}", self.words(column, None)),
            Test::NotEmpty if several => self.words(column, None),
            Test::Empty => format!("{value} IS NULL"),
            Test::NotEmpty => format!("{value} IS NOT NULL"),
            Test::AnyOf(operands) if several => self.words(column, Some(operands)),
            Test::NoneOf(operands) if several => {
                format!("NOT {}", self.words(column, Some(operands)))
            }
            Test::AllOf(operands) => {
                let each = operands.iter();
                let each: Vec<String> = each
                    .map(|one| self.words(column, Some(std::slice::from_ref(one))))
                    .collect();
                format!("({})", each.join(" AND "))
            }
            Test::AnyOf(operands) => format!("{value} IN {}", self.list(column, operands)),
            Test::NoneOf(operands) => {
                let list = self.list(column, operands);
                format!("({value} IS NULL OR {value} NOT IN {list})")
            }
            Test::Contains(part) => format!("instr({value}, {}) > 0", self.bind(part)),
            Test::NotContains(part) => {
                format!("coalesce(instr({value}, {}), 0) = 0", self.bind(part))
            }
            Test::Starts(part) => format!("instr({value}, {}) = 1", self.bind(part)),
            Test::AtLeast(least) => {
                self.bound.push(Bound::Number(*least));
                format!("{value} >= ?")
            }
            Test::AtMost(most) => {
                self.bound.push(Bound::Number(*most));
                format!("{value} <= ?")
            }
            // No filter that was checked asks it.
            Test::Is(_) | Test::IsNot(_) => "false".to_owned(),
        }
    }

    fn bind(&mut self, text: &str) -> char {
        self.bound.push(Bound::Text(text.to_owned()));
        '?'
    }

    /// Whether one of these is among a person's words; any at all without them. One alone is looked for in the words as
    /// they are written, in half the time: an id has nothing in it that ends a text.
    fn words(&mut self, column: &Column, among: Option<&[Operand]>) -> String {
        if *column == Column::Segment {
            let named = match among {
                Some(several) => format!("WHERE segment IN {}", self.list(column, several)),
                None => String::new(),
            };
            return format!("(id IN (SELECT lead FROM members_{{g}} {named}))");
        }
        let path = path_of(column);
        match among {
            None => format!("(facts->{path} IS NOT NULL)"),
            Some([one]) => {
                let word = serde_json::to_string(one).unwrap_or_default();
                format!(
                    "(coalesce(instr(facts->{path}, {}), 0) > 0)",
                    self.bind(&word)
                )
            }
            Some(several) => {
                let list = self.list(column, several);
                format!("EXISTS(SELECT 1 FROM json_each(facts, {path}) w WHERE w.value IN {list})")
            }
        }
    }

    /// Operands as one parameter.
    fn list(&mut self, column: &Column, operands: &[Operand]) -> &'static str {
        let list = serde_json::to_string(operands).unwrap_or_default();
        if matches!(column, Column::Account | Column::Owner) {
            self.bound.push(Bound::Text(list.replace('-', "")));
            return "(SELECT unhex(value) FROM json_each(?))";
        }
        self.bound.push(Bound::Text(list));
        "(SELECT value FROM json_each(?))"
    }
}

fn bound_of(fact: &Fact) -> Bound {
    match fact {
        Fact::Number(number) => Bound::Number(*number),
        Fact::Text(text) => Bound::Text(text.clone()),
        Fact::Words(_) => Bound::Nothing,
    }
}

/// Whether a column is one of the facts.
fn is_fact(column: &Column) -> bool {
    matches!(
        column,
        Column::Tags
            | Column::Grade
            | Column::Cell
            | Column::Excluded
            | Column::Persona
            | Column::Email
            | Column::Phone
            | Column::Field(_)
    )
}

/// Where a column's value is.
fn value_of(column: &Column) -> String {
    if is_fact(column) {
        format!("(facts->>{})", path_of(column))
    } else {
        column.to_string()
    }
}

/// Where in a person's facts a column is. Its name is of letters, digits, hyphens and one point: nothing that ends a text.
fn path_of(column: &Column) -> String {
    format!("'$.\"{column}\"'")
}
