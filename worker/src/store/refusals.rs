//! How often the collector refused what, by day and site.

use super::sql::Database;
use crate::error::StoreError;
use domain::api::Refusal;
use domain::day::Day;
use domain::id::SiteKey;

/// The table.
pub(crate) const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS refusals(
  day INTEGER NOT NULL, site TEXT NOT NULL, code TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY(day, site, code)) WITHOUT ROWID;";

/// Counts refusals: (site, code, how many).
pub(crate) fn count(
    db: &Database,
    day: Day,
    refused: &[(SiteKey, String, u32)],
) -> Result<(), StoreError> {
    let rows: Vec<_> = refused
        .iter()
        .map(|(site, code, count)| (day, site, code, count))
        .collect();
    db.run_over(
        "INSERT INTO refusals SELECT value->>0, value->>1, value->>2, value->>3 FROM json_each(?) WHERE true
         ON CONFLICT(day, site, code) DO UPDATE SET count = count + excluded.count",
        &rows,
    )
}

/// The latest 500 counts, the newest day first.
pub(crate) fn list(db: &Database) -> Result<Vec<Refusal>, StoreError> {
    let rows: Vec<(Day, SiteKey, String, u64)> =
        db.read("SELECT day, site, code, count FROM refusals ORDER BY day DESC, count DESC, site, code LIMIT 500", ())?;
    Ok(rows
        .into_iter()
        .map(|(day, site, code, count)| Refusal {
            day,
            site,
            code,
            count,
        })
        .collect())
}
