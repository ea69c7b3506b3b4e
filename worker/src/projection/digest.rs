//! For the tests: what the projections hold, as digests a group of visitors, so that projections of millions of rows can
//! be compared. Not built into what is deployed.

use super::tables::Tables;
use crate::error::StoreError;
use crate::store::sql::Database;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Visitors of a group.
const VISITORS: u32 = 1_000;

/// A group's digest, and the last visitor in it, after whom the next group comes.
#[derive(Serialize)]
pub(crate) struct Part {
    digest: String,
    next: Option<String>,
}

/// The digest of the visitors after this one, by their ids in hex. Without one: of all that is no visitor's.
pub(crate) fn part(db: &Database, tables: Tables, after: &str) -> Result<Part, StoreError> {
    let mut digest = Sha256::new();
    let mut add = |statement: &str, visitors: &[String]| -> Result<(), StoreError> {
        let statement = tables.sql(statement);
        let rows: Vec<serde_json::Value> = if visitors.is_empty() {
            db.read(&statement, ())?
        } else {
            db.read_over(&statement, visitors)?
        };
        for row in rows {
            digest.update(row.to_string());
        }
        Ok(())
    };
    let mut last = None;
    if after.is_empty() {
        add("SELECT 'settings', body FROM settings_{g}", &[])?;
        add("SELECT 'shape', id, shape FROM shapes_{g} ORDER BY id", &[])?;
        add(
            "SELECT hex(id), hex(root), score, rules, seq, row, body FROM leads_{g} ORDER BY id",
            &[],
        )?;
        add(
            "SELECT hex(id), created_at, last_at, score, hex(account), channel, source, campaign, role, search, json(facts),
               stage, stage_at, hex(owner), open, silent_since
             FROM listed_{g} ORDER BY id",
            &[],
        )?;
        add("SELECT key, hex(lead) FROM keys_{g} ORDER BY key", &[])?;
        add(
            "SELECT hex(id), open, body FROM suggestions_{g} ORDER BY id",
            &[],
        )?;
        add("SELECT hex(id), body FROM personas_{g} ORDER BY id", &[])?;
        add(
            "SELECT hex(id), hex(lead), at, body FROM conversations_{g} ORDER BY id",
            &[],
        )?;
        add(
            "SELECT hex(lead), at, seq, body FROM entries_{g} ORDER BY lead, at, seq",
            &[],
        )?;
        add(
            "SELECT hex(id), hex(parent), hex(import), name, key, search, body FROM accounts_{g} ORDER BY id",
            &[],
        )?;
        add(
            "SELECT domain, hex(account) FROM account_domains_{g} ORDER BY domain",
            &[],
        )?;
        add(
            "SELECT words, hex(lead) FROM alike_{g} ORDER BY words, lead",
            &[],
        )?;
        add(
            "SELECT hex(lead), kind, due_at, breached, hex(owner), body FROM clocks_{g} ORDER BY lead, kind",
            &[],
        )?;
        add(
            "SELECT hex(id), hex(lead), hex(assignee), open, due_at, body FROM tasks_{g} ORDER BY id",
            &[],
        )?;
        add(
            "SELECT hex(lead), mql, sql, opportunity, won, lost, recycled FROM progress_{g} ORDER BY lead",
            &[],
        )?;
        add(
            "SELECT kind, since, hex(lead), hex(whose), in_time, minutes, body FROM answers_{g} ORDER BY kind, since, lead",
            &[],
        )?;
        add(
            "SELECT id, since, public, body FROM segments_{g} ORDER BY id",
            &[],
        )?;
        add(
            "SELECT segment, hex(lead), at FROM members_{g} ORDER BY segment, lead",
            &[],
        )?;
        last = Some("00".to_owned());
    } else {
        let statement = "SELECT hex(id) FROM visitors_{g} WHERE id > unhex(?) ORDER BY id LIMIT ?";
        let rows: Vec<(String,)> = db.read(&tables.sql(statement), (after, VISITORS))?;
        let visitors: Vec<String> = rows.into_iter().map(|(id,)| id).collect();
        if !visitors.is_empty() {
            for columns in [
                "hex(v.id), v.first_at, v.last_at, v.views, v.score, v.rules, v.seq, v.anonymous, v.row, v.company, v.due FROM visitors_{g} v",
                "hex(v.id), a.at, hex(a.event), a.shape, a.seq, a.weighs FROM visitors_{g} v JOIN activity_{g} a ON a.visitor = v.n",
                "hex(v.id), t.at, hex(t.event), t.body FROM visitors_{g} v JOIN touches_{g} t ON t.visitor = v.n",
                "hex(v.id), s.start, s.first, o.channel, o.source, o.campaign FROM visitors_{g} v
                 JOIN activity_{g} a ON a.visitor = v.n JOIN visits_{g} s ON s.start = a.at AND s.visitor = v.n JOIN origins_{g} o ON o.id = s.origin",
                "hex(v.id), b.at, hex(b.event), hex(b.lead) FROM visitors_{g} v JOIN bindings_{g} b ON b.visitor = v.n",
            ] {
                let statement = format!(
                    "SELECT {columns} WHERE v.id IN (SELECT unhex(value) FROM json_each(?)) ORDER BY 1, 2, 3"
                );
                add(&statement, &visitors)?;
            }
        }
        last = visitors.into_iter().next_back().or(last);
    }
    let digest: Vec<String> = digest
        .finalize()
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    Ok(Part {
        digest: digest.concat(),
        next: last,
    })
}
