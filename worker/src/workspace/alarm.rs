//! The object's one alarm: it runs the timers that are due.
//!
//! The successor is armed and the try is noted before a job runs, so that a job that breaks the object
//! comes back; one that fails five times is parked. Nothing here is returned as an error: the platform
//! would call again by its own rules.

use super::core::{Core, OUTBOX, PUBLISH, REBUILD, RESCORE};
use super::queue::{self, Work};
use crate::automation::{outbox, publish, rescore};
use crate::clock;
use crate::error::{Failure, StoreError};
use crate::limit::TIMER_TRIES_MAX;
use crate::projection::rebuild;
use crate::store::timers;
use domain::api::ErrorCode;
use domain::id::Ms;
use std::rc::Rc;

/// Runs what is due.
pub(super) async fn ring(core: &Rc<Core>) {
    if core.ringing.replace(true) {
        return;
    }
    if let Err(error) = run_due(core).await {
        worker::console_error!("timers: {error}");
    }
    core.ringing.set(false);
    core.publish_armed.set(false);
    if let Err(error) = core.set_alarm() {
        worker::console_error!("the alarm: {error}");
    }
}

async fn run_due(core: &Rc<Core>) -> Result<(), StoreError> {
    let now = clock::now();
    for (name, tries) in timers::due(&core.db, now)? {
        timers::try_again_at(&core.db, &name, outbox::backoff(now, tries))?;
        core.set_alarm()?;
        match run(core, &name, now).await {
            Ok(()) => timers::done(&core.db, &name, due_again_at(core, &name, now)?)?,
            Err(failure) => {
                worker::console_error!(
                    "timer {name}, try {}: {}",
                    tries.saturating_add(1),
                    failure.message
                );
                if tries.saturating_add(1) >= TIMER_TRIES_MAX {
                    timers::park(&core.db, &name)?;
                }
            }
        }
    }
    Ok(())
}

/// When a job that has just run has something to do again: read from what is stored, so that what came while it
/// ran is not overlooked.
fn due_again_at(core: &Core, name: &str, now: Ms) -> Result<Option<Ms>, StoreError> {
    let db = &core.db;
    Ok(match name {
        PUBLISH => publish::pending_at(db, now)?,
        OUTBOX => crate::store::outbox::next(db)?,
        REBUILD => rebuild::is_under_way(db)?.then_some(now),
        RESCORE => rescore::progress(db)?.map(|_| now),
        _ => None,
    })
}

/// Runs a job, or a batch of one.
async fn run(core: &Rc<Core>, name: &str, now: Ms) -> Result<(), Failure> {
    match name {
        PUBLISH => {
            if let Some(workspace) = core.workspace()? {
                publish::publish(&core.db, core.tables.get(), &core.edge()?, &workspace, now)
                    .await?;
            }
        }
        OUTBOX => outbox::send(&core.db, &core.edge()?, now).await?,
        REBUILD => drop(queue::submit(core, Work::Rebuild).await?),
        RESCORE => drop(queue::submit(core, Work::Rescore).await?),
        other => {
            return Err(Failure::new(
                ErrorCode::Internal,
                format!("no job is called {other}"),
            ));
        }
    }
    Ok(())
}
