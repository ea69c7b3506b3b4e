//! The object's one alarm: it runs the timers that are due.
//!
//! The successor is armed and the try is noted before a job runs, so that a job that breaks the object
//! comes back; one that failed five times is tried once an hour. Nothing here is returned as an error: the platform
//! would call again by its own rules.

use super::core::{Core, OUTBOX, PUBLISH, REBUILD, RESCORE};
use super::queue::{self, Work};
use crate::automation::{outbox, publish, rescore};
use crate::clock;
use crate::error::{Failure, StoreError};
use crate::limit::{PARKED_MS, TIMER_TRIES_MAX};
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
    if let Err(error) = core.set_alarm() {
        worker::console_error!("the alarm: {error}");
    }
}

async fn run_due(core: &Rc<Core>) -> Result<(), StoreError> {
    let now = clock::now();
    core.ledger.borrow_mut().write(&core.db, now)?;
    for (name, tries) in timers::due(&core.db, now)? {
        let parked = tries >= TIMER_TRIES_MAX;
        let wait_ms = if parked {
            PARKED_MS
        } else {
            outbox::backoff_ms(tries)
        };
        timers::try_again_at(&core.db, &name, now.saturating_add(wait_ms))?;
        core.set_alarm()?;
        match run(core, &name, now).await {
            Ok(()) => {
                timers::done(&core.db, &name, due_again_at(core, &name, now)?)?;
                core.publish_armed.set(false);
            }
            Err(failure) => {
                let tries = tries.saturating_add(1);
                worker::console_error!("timer {name}, try {tries}: {}", failure.message);
            }
        }
    }
    Ok(())
}

/// Arms what has something to do and no timer: after a restart nothing waits for the next event.
pub(super) fn arm_pending(core: &Core) -> Result<(), StoreError> {
    let now = clock::now();
    for name in [PUBLISH, RESCORE, REBUILD, OUTBOX] {
        if let Some(due_at) = due_again_at(core, name, now)? {
            timers::arm(&core.db, name, due_at)?;
        }
    }
    Ok(())
}

/// When a job has something to do: read from what is stored, so that what came while it
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
        REBUILD => drop(queue::submit(core, Work::Rebuild, 0).await?),
        RESCORE => drop(queue::submit(core, Work::Rescore, 0).await?),
        other => {
            return Err(Failure::new(
                ErrorCode::Internal,
                format!("no job is called {other}"),
            ));
        }
    }
    Ok(())
}
