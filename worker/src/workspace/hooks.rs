//! Doors for tests alone: not built into what is deployed.

use super::alarm;
use super::commit::perform;
use super::core::Core;
use super::work::Work;
use crate::error::Failure;
use crate::projection::{digest, read, rebuild};
use crate::store::{archive, journal, timers};
use domain::api::ErrorCode;
use domain::event::Content;
use domain::journal::{Fact, Tracked};
use std::rc::Rc;
use std::time::Duration;
use uuid::Uuid;
use worker::Delay;

/// The custom event of this name breaks the object while it is committed.
const POISON: &str = "trellis.poison";

/// How often it is looked whether an alarm has rung.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// Breaks the object, as a fault in a rule would.
#[expect(clippy::panic, reason = "what a panic does is what the tests ask")]
pub(super) fn poison(tracked: &Tracked) {
    if matches!(&tracked.event.content, Content::Custom { name, .. } if name == POISON) {
        panic!("a poisoned event");
    }
}

/// Runs due timers, builds the projections anew, or tells what no user may see.
pub(super) async fn answer(core: &Rc<Core>, hook: &str, question: &str) -> Result<String, Failure> {
    Ok(match hook {
        "/hooks/timers" => {
            // The platform's own alarm may be ringing: what it does is done when this answers.
            while core.ringing.get() {
                Delay::from(LOOK_EVERY).await;
            }
            alarm::ring(core).await;
            let rest: Option<i64> = timers::next(&core.db)?;
            serde_json::to_string(&rest)?
        }
        "/hooks/projections" => serde_json::to_string(&read::dump(&core.db, core.tables.get())?)?,
        "/hooks/tables" => {
            let mut lines = core.db.dump()?;
            lines.extend(read::dump(&core.db, core.tables.get())?);
            serde_json::to_string(&lines)?
        }
        "/hooks/journal" => {
            let facts = whole_journal(core).await?;
            let lines: Result<Vec<String>, serde_json::Error> =
                facts.iter().map(domain::journal::Fact::encode).collect();
            serde_json::to_string(&lines?)?
        }
        "/hooks/rows" => serde_json::json!({
            "events": journal::count_tracked(&core.db)?.saturating_add(archive::count_trimmed(&core.db)?),
            "events_trimmed": archive::count_trimmed(&core.db)?,
            "ids": journal::count_ids(&core.db)?,
            "rows_written": core.db.rows_written(),
        })
        .to_string(),
        "/hooks/known" => {
            let ids: Vec<Uuid> = serde_json::from_str(question)?;
            journal::count_known(&core.db, &ids)?.to_string()
        }
        "/hooks/digest" => {
            let after: String = serde_json::from_str(question)?;
            serde_json::to_string(&digest::part(&core.db, core.tables.get(), &after)?)?
        }
        "/hooks/rebuild" => {
            perform(core, Work::BeginRebuild)?;
            "null".to_owned()
        }
        "/hooks/rebuilding" => rebuild::is_under_way(&core.db)?.to_string(),
        _ => return Err(Failure::new(ErrorCode::NotFound, "no such hook")),
    })
}

/// Every fact: those that the journal no longer has from KV.
async fn whole_journal(core: &Core) -> Result<Vec<Fact>, Failure> {
    let mut facts: Vec<Fact> = Vec::new();
    let workspace = core.workspace()?;
    loop {
        let last = facts.last().map_or(0, |fact| fact.seq);
        match (
            archive::trimmed_with(&core.db, last.saturating_add(1))?,
            &workspace,
        ) {
            (Some(sealed), Some(workspace)) => {
                let edge = core.edge()?.edge;
                facts.extend(core.shelf.facts(&edge, workspace, &sealed).await?);
            }
            _ => {
                facts.extend(journal::after(&core.db, last, u32::MAX, usize::MAX)?);
                return Ok(facts);
            }
        }
    }
}
