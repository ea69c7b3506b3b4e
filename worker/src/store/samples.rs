//! The newest examples of what was refused and suspected: of each site and name a ring of a few. Not here: what an
//! example may tell (`domain::tally`).

use super::sql::Database;
use crate::error::StoreError;
use crate::limit::{
    SAMPLE_EVERY_MS, SAMPLED_MAX, SAMPLES_A_COMMIT, SAMPLES_KEPT, SAMPLES_LISTED_MAX,
};
use domain::id::{Ms, SiteKey, VisitorId};
use domain::tally::{Sample, What};
use std::collections::HashMap;

/// The table: `place` is where in the ring.
pub(crate) const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS samples(
  site TEXT NOT NULL, what TEXT NOT NULL, name TEXT NOT NULL, place INTEGER NOT NULL, at INTEGER NOT NULL,
  body TEXT NOT NULL, PRIMARY KEY(site, what, name, place)) WITHOUT ROWID;";

/// When the last example of a site and name was kept.
#[derive(Debug, Default)]
pub(crate) struct Sampled {
    kept_at: HashMap<(SiteKey, What, String), Ms>,
}

impl Sampled {
    /// Keeps the first few of these whose last example is not too recent.
    pub(crate) fn keep<'a>(
        &mut self,
        db: &Database,
        samples: impl Iterator<Item = &'a Sample>,
        now: Ms,
    ) -> Result<(), StoreError> {
        let mut some = Vec::new();
        for sample in samples {
            let key = (sample.site.clone(), sample.what, sample.name.clone());
            let before = self.kept_at.get(&key);
            let is_due = before.is_none_or(|at| now.abs_diff(*at) >= SAMPLE_EVERY_MS);
            if is_due && some.len() < SAMPLES_A_COMMIT {
                if self.kept_at.len() >= SAMPLED_MAX {
                    self.kept_at.clear();
                }
                self.kept_at.insert(key, now);
                some.push(sample);
            }
        }
        keep(db, &some)
    }
}

/// Keeps examples, no two of them of the same site and name: each takes the next place in its ring, the oldest's when
/// it is full.
fn keep(db: &Database, samples: &[&Sample]) -> Result<(), StoreError> {
    let rows: Vec<_> = samples
        .iter()
        .map(|s| (&s.site, s.what, &s.name, s.at, s))
        .collect();
    let statement = format!(
        "INSERT OR REPLACE INTO samples SELECT j.value->>0, j.value->>1, j.value->>2,
           coalesce((SELECT iif(count(*) < {SAMPLES_KEPT}, count(*), (
               SELECT place FROM samples o WHERE o.site = j.value->>0 AND o.what = j.value->>1 AND o.name = j.value->>2
               ORDER BY o.at, o.place LIMIT 1))
             FROM samples s WHERE s.site = j.value->>0 AND s.what = j.value->>1 AND s.name = j.value->>2), 0),
           j.value->>3, j.value->>4 FROM json_each(?) j"
    );
    db.run_over(&statement, &rows)
}

/// Takes the examples of these browsers away.
pub(crate) fn forget(db: &Database, visitors: &[VisitorId]) -> Result<(), StoreError> {
    db.run_over(
        "DELETE FROM samples WHERE body->>'visitor' IN (SELECT value FROM json_each(?))",
        visitors,
    )
}

/// The newest examples of that name, of one site or of all.
pub(crate) fn list(
    db: &Database,
    what: What,
    name: &str,
    site: Option<&SiteKey>,
) -> Result<Vec<Sample>, StoreError> {
    let rows: Vec<(String,)> = db.read(
        "SELECT body FROM samples WHERE what = ? AND name = ? AND site = coalesce(?, site)
         ORDER BY at DESC, site, place LIMIT ?",
        (
            what.name(),
            name,
            site.map(|site| site.0.as_str()),
            SAMPLES_LISTED_MAX,
        ),
    )?;
    let samples: Result<Vec<Sample>, _> = rows
        .iter()
        .map(|(body,)| serde_json::from_str(body))
        .collect();
    Ok(samples?)
}
