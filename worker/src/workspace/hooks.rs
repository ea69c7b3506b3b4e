//! Doors for tests alone: not built into what is deployed.

use super::alarm;
use super::core::Core;
use super::queue::{self, Work};
use crate::error::Failure;
use crate::projection::{digest, read, rebuild};
use crate::store::{journal, timers};
use domain::api::ErrorCode;
use domain::event::Content;
use domain::journal::Tracked;
use std::rc::Rc;
use uuid::Uuid;

/// The custom event of this name breaks the object while it is committed.
const POISON: &str = "trellis.poison";

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
            alarm::ring(core).await;
            let rest: Option<i64> = timers::next(&core.db)?;
            serde_json::to_string(&rest)?
        }
        "/hooks/projections" => serde_json::to_string(&read::dump(&core.db, core.tables.get())?)?,
        "/hooks/journal" => {
            let facts = journal::after(&core.db, 0, u32::MAX, usize::MAX)?;
            let lines: Result<Vec<String>, serde_json::Error> =
                facts.iter().map(domain::journal::Fact::encode).collect();
            serde_json::to_string(&lines?)?
        }
        "/hooks/rows" => serde_json::json!({
            "events": journal::count_tracked(&core.db)?,
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
            queue::submit(core, Work::BeginRebuild, 0).await?;
            "null".to_owned()
        }
        "/hooks/rebuilding" => rebuild::is_under_way(&core.db)?.to_string(),
        _ => return Err(Failure::new(ErrorCode::NotFound, "no such hook")),
    })
}
