//! What the collector did, by day and site: one table for all counts. Not here: what is counted
//! (`domain::tally`).

use super::sql::Database;
use crate::error::StoreError;
use crate::limit::{SEEN_LISTED_MAX, TALLIES_EVERY_MS, TALLIES_LISTED_MAX, TALLY_DAYS_KEPT};
use domain::day::Day;
use domain::dictionary::Seen;
use domain::id::{Ms, SiteKey};
use domain::tally::{CUSTOM_NAMES_MAX, CUSTOM_PREFIX, Counts, Tally, What};
use domain::wire::Kind;
use std::collections::HashSet;

/// The table.
pub(crate) const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS tally(
  day INTEGER NOT NULL, site TEXT NOT NULL, what TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY(day, site, what, name)) WITHOUT ROWID;";

/// What counting remembers from one commit to the next.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// The day that was counted last.
    day: Option<Day>,
    /// Which of the sites' own events have a count of their own on it.
    custom: HashSet<(SiteKey, String)>,
    /// What was counted since the counts were last written.
    pending: Counts,
    /// When they were.
    written_at: Ms,
}

impl Ledger {
    /// Counts what a commit did. It is written once in [`TALLIES_EVERY_MS`], so that an event alone in its commit does
    /// not pay a row for it: a crash takes the counts of that time along, and no event.
    pub(crate) fn count(
        &mut self,
        db: &Database,
        counts: Counts,
        now: Ms,
    ) -> Result<(), StoreError> {
        self.pending.merge(counts);
        if now.abs_diff(self.written_at) >= TALLIES_EVERY_MS {
            self.write(db, now)?;
        }
        Ok(())
    }

    /// Writes what was counted and is not written yet.
    pub(crate) fn write(&mut self, db: &Database, now: Ms) -> Result<(), StoreError> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let counts = std::mem::take(&mut self.pending);
        self.written_at = now;
        add(db, self, &counts)
    }

    /// Turns to a day: what is counted on it already is read, and what is too old is taken away.
    fn turn_to(&mut self, db: &Database, day: Day) -> Result<(), StoreError> {
        if self.day == Some(day) {
            return Ok(());
        }
        let names: Vec<(SiteKey, String)> = db.read(
            "SELECT site, name FROM tally WHERE day = ? AND what = 'stored' AND instr(name, ?) = 1",
            (day.0, CUSTOM_PREFIX),
        )?;
        let first = day.0.saturating_sub(TALLY_DAYS_KEPT);
        db.run_with("DELETE FROM tally WHERE day < ?", (first,))?;
        self.custom = names.into_iter().collect();
        self.day = Some(day);
        Ok(())
    }

    /// What a site's own event is counted as: its own name, while there is room for one more on the day.
    fn admit(&mut self, site: &SiteKey, name: String) -> String {
        let own = (site.clone(), name);
        if !self.custom.contains(&own) {
            let of_site = self.custom.iter().filter(|(other, _)| other == site);
            if of_site.count() >= CUSTOM_NAMES_MAX {
                return Kind::Custom.name().to_owned();
            }
            self.custom.insert(own.clone());
        }
        own.1
    }
}

/// Adds counts: one statement.
pub(crate) fn add(db: &Database, ledger: &mut Ledger, counts: &Counts) -> Result<(), StoreError> {
    let mut rows = Vec::new();
    for tally in counts.tallies() {
        ledger.turn_to(db, tally.day)?;
        let is_custom = tally.what == What::Stored && tally.name.starts_with(CUSTOM_PREFIX);
        let name = if is_custom {
            ledger.admit(&tally.site, tally.name)
        } else {
            tally.name
        };
        rows.push((tally.day, tally.site, tally.what, name, tally.count));
    }
    db.run_over(
        "INSERT INTO tally SELECT value->>0, value->>1, value->>2, value->>3, value->>4 FROM json_each(?) WHERE true
         ON CONFLICT(day, site, what, name) DO UPDATE SET count = count + excluded.count",
        &rows,
    )
}

/// The counts of this day and later, the newest first; of what was stored the sums, under an empty name.
pub(crate) fn list(db: &Database, from: Day) -> Result<Vec<Tally>, StoreError> {
    let rows: Vec<(Day, SiteKey, What, String, u64)> = db.read(
        "SELECT day, site, what, iif(what = 'stored', '', name) AS named, sum(count) FROM tally WHERE day >= ?
         GROUP BY day, site, what, named ORDER BY day DESC, sum(count) DESC, site, what, named LIMIT ?",
        (from.0, TALLIES_LISTED_MAX),
    )?;
    let tally = |(day, site, what, name, count)| Tally {
        day,
        site,
        what,
        name,
        count,
    };
    Ok(rows.into_iter().map(tally).collect())
}

/// What was stored on this day and later, by kind and by custom event, of all sites.
pub(crate) fn seen(db: &Database, from: Day) -> Result<Vec<Seen>, StoreError> {
    let rows: Vec<(String, u64, Day)> = db.read(
        "SELECT name, sum(count), max(day) FROM tally WHERE day >= ? AND what = 'stored'
         GROUP BY name ORDER BY sum(count) DESC, name LIMIT ?",
        (from.0, SEEN_LISTED_MAX),
    )?;
    let seen = |(name, count, last): (String, u64, Day)| Seen::read(&name, count, last);
    Ok(rows.into_iter().filter_map(seen).collect())
}

/// Takes over what the table before this one counted, once.
pub(crate) fn take_over(db: &Database) -> Result<(), StoreError> {
    let older = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'refusals'";
    if db.read_one::<_, (u8,)>(older, ())?.is_none() {
        return Ok(());
    }
    db.run(
        "INSERT OR IGNORE INTO tally SELECT day, site, 'refused', code, count FROM refusals; DROP TABLE refusals;",
    )
}
