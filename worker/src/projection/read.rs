//! What lists and pages show.

use super::companies::name_accounts;
use super::load::ToHex;
use super::tables::{SEEN_MS, Tables};
use crate::error::StoreError;
use crate::store::sql::Database;
use domain::api::VisitorRow;
use domain::family::Family;
use domain::id::{EventId, ImportId, LeadId, Ms, VisitorId};
use domain::intake::Import;
use domain::lead::LeadRow;
use domain::score::{Shape, ShapeId};
use domain::suggestion::Suggestion;
use domain::visitor::Visitor;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use uuid::Uuid;

/// A place in a list ordered by a number and an id, the greatest first: where the next page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The number the list is ordered by.
    pub(crate) by: i64,
    /// The id, as hexadecimal digits.
    pub(crate) id: String,
}

impl Place {
    /// Reads a cursor; `None` when it is not one.
    pub(crate) fn parse(cursor: &str) -> Option<Place> {
        let (by, id) = cursor.split_once('|')?;
        let hex = id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit());
        let by = by.parse().ok()?;
        hex.then(|| Place {
            by,
            id: id.to_owned(),
        })
    }

    /// The cursor.
    pub(crate) fn print(&self) -> String {
        format!("{}|{}", self.by, self.id)
    }

    /// Before everything.
    pub(crate) fn top() -> Place {
        Place::until(9_007_199_254_740_991)
    }

    /// Before everything that had happened by then.
    pub(crate) fn until(by: Ms) -> Place {
        Place {
            by,
            id: "f".repeat(32),
        }
    }
}

/// What is searched for, in lower case; none where nothing is.
pub(crate) fn searched(search: Option<&str>) -> Option<String> {
    let search = search.map(|text| text.trim().to_lowercase());
    search.filter(|text| !text.is_empty())
}

/// How many leads there are.
pub(crate) fn count_leads(db: &Database, tables: Tables) -> Result<u64, StoreError> {
    let row: Option<(u64,)> = db.read_one(&tables.sql("SELECT count(*) FROM listed_{g}"), ())?;
    Ok(row.map_or(0, |(count,)| count))
}

/// A page of visitors nobody has identified.
pub(crate) fn anonymous(
    db: &Database,
    tables: Tables,
    after: Option<Place>,
    limit: u32,
) -> Result<(Vec<VisitorRow>, Option<Place>), StoreError> {
    let after = after.unwrap_or_else(Place::top);
    let statement = format!(
        "SELECT v.last_at, lower(hex(v.id)), v.row FROM seen_{{g}} s CROSS JOIN visitors_{{g}} v ON v.n = s.visitor
         WHERE s.slot <= ?1 / {SEEN_MS} AND s.slot = v.last_at / {SEEN_MS} AND v.anonymous = 1 AND v.views > 0
           AND (v.last_at, v.id) < (?1, unhex(?2))
         ORDER BY s.slot DESC, v.last_at DESC, v.id DESC LIMIT ?3"
    );
    let rows = db.read(
        &tables.sql(&statement),
        (after.by, &after.id, limit.saturating_add(1)),
    )?;
    page(rows, limit)
}

/// How many visitors nobody has identified.
pub(crate) fn count_anonymous(db: &Database, tables: Tables) -> Result<u64, StoreError> {
    let statement =
        "SELECT (SELECT count(*) FROM visitors_{g}) - (SELECT count(*) FROM unlisted_{g})";
    let row: Option<(u64,)> = db.read_one(&tables.sql(statement), ())?;
    Ok(row.map_or(0, |(count,)| count))
}

/// A page of the visitors that were ever suspected, the latest first seen first.
pub(crate) fn suspected(
    db: &Database,
    tables: Tables,
    after: Option<Place>,
    limit: u32,
) -> Result<(Vec<VisitorRow>, Option<Place>), StoreError> {
    let after = after.unwrap_or_else(Place::top);
    let rows = db.read(
        &tables.sql(
            "SELECT v.n, lower(hex(v.id)), v.row FROM suspected_{g} s JOIN visitors_{g} v ON v.n = s.visitor
             WHERE s.visitor < ? ORDER BY s.visitor DESC LIMIT ?",
        ),
        (after.by, limit.saturating_add(1)),
    )?;
    page(rows, limit)
}

/// How many visitors were ever suspected.
pub(crate) fn count_suspected(db: &Database, tables: Tables) -> Result<u64, StoreError> {
    let statement = tables.sql("SELECT count(*) FROM suspected_{g}");
    let row: Option<(u64,)> = db.read_one(&statement, ())?;
    Ok(row.map_or(0, |(count,)| count))
}

/// Whom subjects of facts name.
pub(crate) fn named<'a>(
    subjects: impl IntoIterator<Item = &'a str>,
) -> (BTreeSet<LeadId>, BTreeSet<VisitorId>) {
    let (mut leads, mut visitors) = (BTreeSet::new(), BTreeSet::new());
    for subject in subjects.into_iter().flat_map(|one| one.split(' ')) {
        match subject.split_once(':') {
            Some(("visitor", id)) => visitors.extend(id.parse::<VisitorId>()),
            Some(("lead", id)) => leads.extend(id.parse::<LeadId>()),
            _ => {}
        }
    }
    (leads, visitors)
}

/// The rows of whom the facts are about, and of the leads that their visitors were identified as.
pub(crate) fn rows_about<'a>(
    db: &Database,
    tables: Tables,
    subjects: impl IntoIterator<Item = &'a str>,
) -> Result<(Vec<LeadRow>, Vec<VisitorRow>), StoreError> {
    let (leads, visitors) = named(subjects);
    let visitors: Vec<String> = visitors.iter().map(ToHex::to_hex).collect();
    let leads: Vec<String> = leads.iter().map(ToHex::to_hex).collect();
    let lead = "SELECT row FROM leads_{g} WHERE id IN (SELECT root FROM leads_{g} WHERE id IN";
    let mut lead_rows: Vec<(String,)> = db.read_over(
        &tables.sql(&format!("{lead} (SELECT unhex(value) FROM json_each(?)))")),
        &leads,
    )?;
    lead_rows.extend(db.read_over::<_, (String,)>(
        &tables.sql(&format!(
            "{lead} (SELECT b.lead FROM bindings_{{g}} b JOIN visitors_{{g}} v ON v.n = b.visitor
             WHERE v.id IN (SELECT unhex(value) FROM json_each(?))))"
        )),
        &visitors,
    )?);
    lead_rows.sort_unstable();
    lead_rows.dedup();
    let statement =
        "SELECT row FROM visitors_{g} WHERE id IN (SELECT unhex(value) FROM json_each(?))";
    let visitor_rows: Vec<(String,)> = db.read_over(&tables.sql(statement), &visitors)?;
    let leads: Result<Vec<LeadRow>, _> = lead_rows
        .iter()
        .map(|(row,)| serde_json::from_str(row))
        .collect();
    let visitors: Result<Vec<VisitorRow>, _> = visitor_rows
        .iter()
        .map(|(row,)| serde_json::from_str(row))
        .collect();
    let mut leads = leads?;
    name_accounts(db, tables, &mut leads)?;
    Ok((leads, visitors?))
}

/// A page of what is to be settled, the newest first.
pub(crate) fn suggestions(
    db: &Database,
    tables: Tables,
    after: Option<Place>,
    limit: u32,
) -> Result<(Vec<Suggestion>, Option<Place>), StoreError> {
    let after = after.unwrap_or_else(Place::top);
    let rows = db.read(
        &tables.sql(
            "SELECT at, lower(hex(id)), body FROM suggestions_{g}
             WHERE open = 1 AND (at, id) < (?, unhex(?)) ORDER BY at DESC, id DESC LIMIT ?",
        ),
        (after.by, &after.id, limit.saturating_add(1)),
    )?;
    page(rows, limit)
}

/// How much is to be settled.
pub(crate) fn count_suggestions(db: &Database, tables: Tables) -> Result<u64, StoreError> {
    let statement = tables.sql("SELECT count(*) FROM suggestions_{g} WHERE open = 1");
    let row: Option<(u64,)> = db.read_one(&statement, ())?;
    Ok(row.map_or(0, |(count,)| count))
}

/// A suggestion.
pub(crate) fn suggestion(
    db: &Database,
    tables: Tables,
    id: Uuid,
) -> Result<Option<Suggestion>, StoreError> {
    let statement = tables.sql("SELECT body FROM suggestions_{g} WHERE id = unhex(?)");
    let row: Option<(String,)> = db.read_one(&statement, (&id.simple().to_string(),))?;
    let found = row.map(|(body,)| serde_json::from_str(&body));
    Ok(found.transpose()?)
}

/// A page of imports, the newest first.
pub(crate) fn imports(
    db: &Database,
    tables: Tables,
    after: Option<Place>,
    limit: u32,
) -> Result<(Vec<Import>, Option<Place>), StoreError> {
    let after = after.unwrap_or_else(Place::top);
    let rows = db.read(
        &tables.sql(
            "SELECT at, lower(hex(id)), body FROM imports_{g} WHERE (at, id) < (?, unhex(?)) ORDER BY at DESC, id DESC LIMIT ?",
        ),
        (after.by, &after.id, limit.saturating_add(1)),
    )?;
    page(rows, limit)
}

/// How many imports there were.
pub(crate) fn count_imports(db: &Database, tables: Tables) -> Result<u64, StoreError> {
    let row: Option<(u64,)> = db.read_one(&tables.sql("SELECT count(*) FROM imports_{g}"), ())?;
    Ok(row.map_or(0, |(count,)| count))
}

/// An import that is being taken back, and the next of those of whom something is to be taken back.
pub(crate) fn undoing(
    db: &Database,
    tables: Tables,
    limit: u32,
) -> Result<Option<(ImportId, Vec<LeadId>)>, StoreError> {
    let statement = tables.sql("SELECT lower(hex(id)) FROM imports_{g} WHERE undoing = 1 LIMIT 1");
    let Some((import,)) = db.read_one::<_, (ImportId,)>(&statement, ())? else {
        return Ok(None);
    };
    let leads: Vec<(LeadId,)> = db.read(
        &tables.sql("SELECT lower(hex(lead)) FROM imported_{g} WHERE import = unhex(?) LIMIT ?"),
        (&import.to_hex(), limit),
    )?;
    Ok(Some((import, leads.into_iter().map(|(id,)| id).collect())))
}

/// The ids of leads after this one, in the order of their ids.
pub(crate) fn lead_ids(
    db: &Database,
    tables: Tables,
    after: &str,
    limit: u32,
) -> Result<Vec<LeadId>, StoreError> {
    let rows: Vec<(LeadId,)> = db.read(
        &tables.sql("SELECT lower(hex(id)) FROM leads_{g} WHERE id > unhex(?) ORDER BY id LIMIT ?"),
        (after, limit),
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The ids of visitors after this one, in the order of their ids.
pub(crate) fn visitor_ids(
    db: &Database,
    tables: Tables,
    after: &str,
    limit: u32,
) -> Result<Vec<VisitorId>, StoreError> {
    let rows: Vec<(VisitorId,)> = db.read(
        &tables
            .sql("SELECT lower(hex(id)) FROM visitors_{g} WHERE id > unhex(?) ORDER BY id LIMIT ?"),
        (after, limit),
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// How many leads and visitors there are.
pub(crate) fn count_all(db: &Database, tables: Tables) -> Result<u64, StoreError> {
    let statement = "SELECT (SELECT count(*) FROM leads_{g}) + (SELECT count(*) FROM visitors_{g})";
    let row: Option<(u64,)> = db.read_one(&tables.sql(statement), ())?;
    Ok(row.map_or(0, |(count,)| count))
}

/// Scores to publish, of these visitors and leads and of the leads that the visitors were identified as:
/// (whose, stage, score, rulebook version).
pub(crate) fn scores(
    db: &Database,
    tables: Tables,
    visitors: &BTreeSet<VisitorId>,
    leads: &BTreeSet<LeadId>,
) -> Result<Vec<(Uuid, String, i32, u32)>, StoreError> {
    let visitors: Vec<String> = visitors.iter().map(ToHex::to_hex).collect();
    let leads: Vec<String> = leads.iter().map(ToHex::to_hex).collect();
    // A record that was merged has the score of whom it was merged into.
    let scored = |named: &str| {
        let statement = format!(
            "WITH named(id) AS ({named}),
               all_of(id) AS (SELECT id FROM named UNION SELECT l.root FROM named n JOIN leads_{{g}} l ON l.id = n.id)
             SELECT lower(hex(l.id)), 'lead', r.score, r.rules
             FROM all_of a JOIN leads_{{g}} l ON l.id = a.id JOIN leads_{{g}} r ON r.id = l.root"
        );
        tables.sql(&statement)
    };
    let mut found: Vec<(Uuid, String, i32, u32)> = db.read_over(
        &tables.sql(
            "SELECT lower(hex(id)), iif(anonymous, 'visitor', 'lead'), score, rules FROM visitors_{g}
             WHERE id IN (SELECT unhex(value) FROM json_each(?))",
        ),
        &visitors,
    )?;
    found.extend(db.read_over::<_, (Uuid, String, i32, u32)>(
        &scored(
            "SELECT b.lead FROM bindings_{g} b JOIN visitors_{g} v ON v.n = b.visitor
             WHERE v.id IN (SELECT unhex(value) FROM json_each(?))",
        ),
        &visitors,
    )?);
    found.extend(db.read_over::<_, (Uuid, String, i32, u32)>(
        &scored("SELECT unhex(value) FROM json_each(?)"),
        &leads,
    )?);
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// What a visitor did, and how often.
pub(crate) type Behaviour = Vec<(Rc<Shape>, u32)>;

/// How often each of these visitors did what: events that weigh, by what they look like. Who did nothing is left out.
pub(crate) fn behaviour(
    db: &Database,
    tables: Tables,
    visitors: &BTreeSet<VisitorId>,
) -> Result<BTreeMap<VisitorId, Behaviour>, StoreError> {
    let visitors: Vec<String> = visitors.iter().map(ToHex::to_hex).collect();
    let counted: Vec<(VisitorId, String)> = db.read_over(
        &tables.sql(
            "SELECT lower(hex(id)), json_group_array(json_array(shape, times)) FROM (
               SELECT v.id, a.shape, count(*) AS times FROM visitors_{g} v JOIN activity_{g} a ON a.visitor = v.n
               WHERE v.id IN (SELECT unhex(value) FROM json_each(?)) AND a.weighs = 1 GROUP BY v.n, a.shape)
             GROUP BY id",
        ),
        &visitors,
    )?;
    let mut times: Vec<(VisitorId, Vec<(ShapeId, u32)>)> = Vec::with_capacity(counted.len());
    for (visitor, counts) in counted {
        times.push((visitor, serde_json::from_str(&counts)?));
    }
    let seen = times.iter().flat_map(|(_, counts)| counts);
    let seen: BTreeSet<ShapeId> = seen.map(|(shape, _)| *shape).collect();
    let shapes = shapes(db, tables, &seen)?;
    let known = |(shape, times)| Some((Rc::clone(shapes.get(&shape)?), times));
    let found = times.into_iter();
    let found = found.map(|(id, counts)| (id, counts.into_iter().filter_map(known).collect()));
    Ok(found.collect())
}

/// The shapes of these numbers: each is read once, however many visitors did it.
fn shapes(
    db: &Database,
    tables: Tables,
    ids: &BTreeSet<ShapeId>,
) -> Result<BTreeMap<ShapeId, Rc<Shape>>, StoreError> {
    let ids: Vec<ShapeId> = ids.iter().copied().collect();
    let rows: Vec<(ShapeId, String)> = db.read_over(
        &tables
            .sql("SELECT id, shape FROM shapes_{g} WHERE id IN (SELECT value FROM json_each(?))"),
        &ids,
    )?;
    let read = |(id, shape): (ShapeId, String)| Ok((id, Rc::new(serde_json::from_str(&shape)?)));
    rows.into_iter().map(read).collect()
}

/// An event of a lead's history, as its row tells it.
#[derive(Clone, Debug)]
pub(crate) struct Past {
    /// When it happened.
    pub(crate) at: Ms,
    /// Which event.
    pub(crate) event: EventId,
    /// By which browser.
    pub(crate) visitor: VisitorId,
    /// The number of its fact.
    pub(crate) seq: u64,
    /// What it looks like to a rule.
    pub(crate) shape: ShapeId,
}

impl Past {
    /// Where a page begins that follows it.
    pub(crate) fn place(&self) -> Place {
        Place {
            by: self.at,
            id: self.event.to_hex(),
        }
    }
}

/// Part of a person's history, the latest first, and where to go on.
pub(crate) fn history(
    db: &Database,
    tables: Tables,
    family: &Family<'_>,
    visitors: &[&Visitor],
    after: Option<Place>,
    limit: u32,
) -> Result<(Vec<Past>, Option<Place>), StoreError> {
    type Row = (Ms, EventId, VisitorId, u64, ShapeId);
    let is_own = |visitor: VisitorId, at, event| {
        let known = visitors.iter().find(|v| v.id == visitor);
        known.is_some_and(|visitor| family.owns(visitor, at, event))
    };
    let keys: Vec<String> = visitors.iter().map(|v| v.id.to_hex()).collect();
    let keys = serde_json::to_string(&keys)?;
    let statement = tables.sql(
        "SELECT a.at, lower(hex(a.event)), lower(hex(v.id)), a.seq, a.shape FROM visitors_{g} v JOIN activity_{g} a ON a.visitor = v.n
         WHERE v.id IN (SELECT unhex(value) FROM json_each(?)) AND (a.at, a.event) < (?, unhex(?))
         ORDER BY a.at DESC, a.event DESC LIMIT ?",
    );
    let mut place = after.unwrap_or_else(Place::top);
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    loop {
        let rows: Vec<Row> = db.read(
            &statement,
            (&keys, place.by, &place.id, limit.saturating_add(1)),
        )?;
        let read = rows.len();
        for (at, event, visitor, seq, shape) in rows {
            if found.len() == wanted {
                return Ok((found, Some(place)));
            }
            let past = Past {
                at,
                event,
                visitor,
                seq,
                shape,
            };
            place = past.place();
            if is_own(visitor, at, event) {
                found.push(past);
            }
        }
        if read <= wanted {
            return Ok((found, None));
        }
    }
}

pub(super) fn page<T: DeserializeOwned>(
    mut rows: Vec<(i64, String, String)>,
    limit: u32,
) -> Result<(Vec<T>, Option<Place>), StoreError> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|(by, id, _)| Place {
        by: *by,
        id: id.clone(),
    });
    let items: Result<Vec<T>, StoreError> = rows
        .iter()
        .map(|(_, _, row)| Ok(serde_json::from_str(row)?))
        .collect();
    Ok((items?, next))
}

/// Every row of the projections as text, without numbers that a rebuild may give otherwise.
#[cfg(feature = "hooks")]
pub(crate) fn dump(db: &Database, tables: Tables) -> Result<Vec<String>, StoreError> {
    let statements = [
        "SELECT 'settings', body FROM settings_{g}",
        "SELECT 'shape', id, shape FROM shapes_{g} ORDER BY id",
        "SELECT 'visitor', hex(id), first_at, last_at, views, score, rules, seq, anonymous, verdict, suspected, reason, kept, row, due
         FROM visitors_{g} ORDER BY id",
        "SELECT 'activity', hex(v.id), a.at, hex(a.event), a.shape, a.seq, a.weighs
         FROM activity_{g} a JOIN visitors_{g} v ON v.n = a.visitor ORDER BY v.id, a.at, a.event",
        "SELECT 'touch', hex(v.id), t.at, hex(t.event), t.body, t.weighs
         FROM touches_{g} t JOIN visitors_{g} v ON v.n = t.visitor ORDER BY v.id, t.at, t.event",
        "SELECT 'reached', hex(v.id), r.at, hex(r.event), r.key
         FROM reached_{g} r JOIN visitors_{g} v ON v.n = r.visitor ORDER BY v.id, r.at, r.event, r.key",
        "SELECT 'kept', hex(v.id), k.at, hex(k.event), k.body
         FROM kept_{g} k JOIN visitors_{g} v ON v.n = k.visitor ORDER BY v.id, k.at, k.event",
        "SELECT 'suspected', hex(v.id) FROM suspected_{g} s JOIN visitors_{g} v ON v.n = s.visitor ORDER BY v.id",
        "SELECT 'binding', hex(v.id), b.at, hex(b.event), hex(b.lead)
         FROM bindings_{g} b JOIN visitors_{g} v ON v.n = b.visitor ORDER BY v.id, b.at, b.event",
        "SELECT 'key', key, hex(lead) FROM keys_{g} ORDER BY key",
        "SELECT 'import', hex(id), at, undoing, body FROM imports_{g} ORDER BY id",
        "SELECT 'imported', hex(import), hex(lead) FROM imported_{g} ORDER BY import, lead",
        "SELECT 'suggestion', hex(id), at, hex(lead), open, body FROM suggestions_{g} ORDER BY id",
        "SELECT 'lead', hex(id), hex(root), score, rules, seq, row, body FROM leads_{g} ORDER BY id",
        "SELECT 'listed', hex(id), created_at, last_at, score, hex(account), channel, source, campaign, role, search, json(facts),
           stage, stage_at, hex(owner), open, silent_since
         FROM listed_{g} ORDER BY id",
        "SELECT 'account', hex(id), hex(parent), name, key, search, body FROM accounts_{g} ORDER BY id",
        "SELECT 'account_domain', domain, hex(account) FROM account_domains_{g} ORDER BY domain",
        "SELECT 'account_visitor', hex(c.account), hex(v.id), v.company
         FROM account_visitors_{g} c JOIN visitors_{g} v ON v.n = c.visitor ORDER BY c.account, v.id",
        "SELECT 'alike', words, hex(lead) FROM alike_{g} ORDER BY words, lead",
        "SELECT 'persona', hex(id), body FROM personas_{g} ORDER BY id",
        "SELECT 'conversation', hex(id), hex(lead), at, body FROM conversations_{g} ORDER BY id",
        "SELECT 'entry', hex(lead), at, seq, body FROM entries_{g} ORDER BY lead, at, seq",
        "SELECT 'clock', hex(lead), kind, due_at, breached, hex(owner), body FROM clocks_{g} ORDER BY lead, kind",
        "SELECT 'task', hex(id), hex(lead), hex(assignee), open, due_at, body FROM tasks_{g} ORDER BY id",
        "SELECT 'visit', hex(v.id), s.start, s.first, o.channel, o.source, o.campaign FROM visits_{g} s
         JOIN visitors_{g} v ON v.n = s.visitor JOIN origins_{g} o ON o.id = s.origin ORDER BY v.id, s.start",
        "SELECT 'progress', hex(lead), mql, sql, opportunity, won, lost, recycled FROM progress_{g} ORDER BY lead",
        "SELECT 'answer', kind, since, hex(lead), hex(whose), in_time, minutes, body FROM answers_{g} ORDER BY kind, since, lead",
        "SELECT 'segment', id, since, public, body FROM segments_{g} ORDER BY id",
        "SELECT 'member', segment, hex(lead), at FROM members_{g} ORDER BY segment, lead",
    ];
    let mut lines = Vec::new();
    for statement in statements {
        let rows: Vec<serde_json::Value> = db.read(&tables.sql(statement), ())?;
        lines.extend(rows.iter().map(ToString::to_string));
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_as_written() {
        let place = Place {
            by: -5,
            id: "0".repeat(32),
        };
        assert_eq!(Place::parse(&place.print()), Some(place));
        for bad in [
            "",
            "1",
            "|",
            "x|00",
            "1|zz",
            &format!("1|{}", "g".repeat(32)),
        ] {
            assert_eq!(Place::parse(bad), None, "{bad}");
        }
    }
}
