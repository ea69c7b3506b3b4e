//! The object's one alarm: it runs the timers that are due.
//!
//! The successor is armed and the try is noted before a job runs, so that a job that breaks the object
//! comes back; one that failed five times is tried once an hour. Nothing here is returned as an error: the platform
//! would call again by its own rules.

use super::commit::perform;
use super::core::{
    CLOCKS, Core, ERASE, FADE, OUTBOX, PUBLISH, REBUILD, RESCORE, RETIRE, ROUTE, SIFT, TAKE_BACK,
    TRIM,
};
use super::desk;
use super::retired;
use super::work::Work;
use crate::automation::erase::{self, Erase};
use crate::automation::trim::{self, Trim};
use crate::automation::{outbox, publish, rescore, sift};
use crate::clock;
use crate::error::{Failure, StoreError};
use crate::limit::{
    BATCH_REST, JOB_MAX, PARKED_MS, REBUILD_BATCHES_A_RUN, SIFT_BATCHES_A_RUN, TIMER_TRIES_MAX,
};
use crate::projection::{due, pursuits, read, rebuild};
use crate::store::{archive, timers};
use domain::api::ErrorCode;
use domain::id::Ms;
use domain::journal::Fact;
use futures_util::future::{Either, select};
use std::pin::pin;
use std::rc::Rc;
use worker::Delay;

/// The jobs that may write facts.
const DECIDING: [&str; 6] = [TAKE_BACK, FADE, CLOCKS, ROUTE, RETIRE, SIFT];

/// Whether a job has to wait: nothing is decided among facts that are still to be read back, nor by rows that are to be made
/// anew. Both end with everything armed.
fn waits(core: &Core, name: &str) -> bool {
    DECIDING.contains(&name) && (core.unfinished.get() || core.outdated.get())
}

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
        match in_time(run(core, &name, now)).await {
            Ok(()) => {
                // The time it is now, not the time it was: what a long job wrote last rests as long as the rest.
                let now = clock::now();
                timers::done(&core.db, &name, due_again_at(core, &name, now)?)?;
                core.publish_armed.set(false);
                arm_pending(core)?;
            }
            Err(failure) => {
                let tries = tries.saturating_add(1);
                worker::console_error!("timer {name}, try {tries}: {}", failure.message);
            }
        }
    }
    Ok(())
}

/// Gives a job up that waits for an answer that does not come: it must not keep the others from running.
async fn in_time(job: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    match select(pin!(job), pin!(Delay::from(JOB_MAX))).await {
        Either::Left((done, _)) => done,
        Either::Right(_) => Err(Failure::new(
            ErrorCode::Unavailable,
            "the job did not end in time",
        )),
    }
}

/// Arms what has something to do and no timer: after a restart nothing waits for the next event.
pub(super) fn arm_pending(core: &Core) -> Result<(), StoreError> {
    let now = clock::now();
    let others = [
        PUBLISH, RESCORE, REBUILD, OUTBOX, TRIM, TAKE_BACK, ERASE, FADE, SIFT,
    ];
    for name in others.into_iter().chain([CLOCKS, RETIRE, ROUTE]) {
        arm(core, name, now)?;
    }
    Ok(())
}

fn arm(core: &Core, name: &str, now: Ms) -> Result<(), StoreError> {
    match due_again_at(core, name, now)? {
        Some(due_at) => timers::arm(&core.db, name, due_at),
        None => Ok(()),
    }
}

/// When a job has something to do: read from what is stored, so that what came while it
/// ran is not overlooked.
fn due_again_at(core: &Core, name: &str, now: Ms) -> Result<Option<Ms>, StoreError> {
    if waits(core, name) {
        return Ok(None);
    }
    let db = &core.db;
    Ok(match name {
        PUBLISH | OUTBOX if core.is_sample()? => None,
        PUBLISH => publish::pending_at(db, now)?,
        OUTBOX => crate::store::outbox::next(db)?,
        REBUILD => rebuild::is_under_way(db)?.then_some(now),
        RESCORE => rescore::progress(db)?.map(|_| now),
        TRIM => trim::pending_at(db, core.hot_ms)?,
        TAKE_BACK => read::undoing(db, core.tables.get(), 1)?.map(|_| now),
        ERASE => erase::pending_at(db, now)?,
        FADE => {
            let world = core.world.borrow();
            let day = due::first(db, core.tables.get())?;
            let day = day.map(|day| world.settings.zone.begins(day));
            let holds = world.settings.defines_at(now);
            let next = day.into_iter().chain(holds).min();
            next.map(|next| next.max(now))
        }
        CLOCKS => pursuits::next_due(db, core.tables.get())?,
        ROUTE => desk::route_again_at(core, now)?,
        RETIRE => retired::is_under_way(core)?.then_some(now),
        SIFT => {
            let zone = core.world.borrow().settings.zone;
            sift::pending_at(db, core.tables.get(), zone, now)?
        }
        _ => None,
    })
}

/// Runs a job, or a batch of one.
async fn run(core: &Rc<Core>, name: &str, now: Ms) -> Result<(), Failure> {
    match name {
        PUBLISH | OUTBOX if core.is_sample()? => {}
        PUBLISH => {
            if let Some(workspace) = core.workspace()? {
                publish::publish(&core.db, core.tables.get(), &core.edge()?, &workspace, now)
                    .await?;
            }
        }
        OUTBOX => outbox::send(&core.db, &core.edge()?, now).await?,
        TRIM => {
            if let Some(workspace) = core.workspace()? {
                let job = Trim {
                    db: &core.db,
                    edge: &core.edge()?,
                    shelf: &core.shelf,
                    workspace: &workspace,
                    hot_ms: core.hot_ms,
                    now,
                };
                job.run().await?;
            }
        }
        ERASE => {
            if let Some(workspace) = core.workspace()? {
                let job = Erase {
                    db: &core.db,
                    tables: core.tables.get(),
                    edge: &core.edge()?,
                    shelf: &core.shelf,
                    workspace: &workspace,
                    publishes: !core.is_sample()?,
                    now,
                };
                job.run().await?;
                // What was heard last is looked for anew, among what is left.
                core.sightings.borrow_mut().forget_seen();
                core.looked_back.set(false);
            }
        }
        REBUILD => run_rebuild(core).await?,
        RESCORE => drop(perform(core, Work::Rescore)?),
        waiting if waits(core, waiting) => {}
        TAKE_BACK => drop(perform(core, Work::TakeBack)?),
        FADE => drop(perform(core, Work::Fade)?),
        CLOCKS => drop(perform(core, Work::Clocks)?),
        ROUTE => drop(perform(core, Work::Route)?),
        RETIRE => drop(perform(core, Work::Retire)?),
        SIFT => run_sift(core).await?,
        other => {
            return Err(Failure::new(
                ErrorCode::Internal,
                format!("no job is called {other}"),
            ));
        }
    }
    Ok(())
}

/// Some batches of a rebuild, with a rest after each.
async fn run_rebuild(core: &Rc<Core>) -> Result<(), Failure> {
    for _ in 0..REBUILD_BATCHES_A_RUN {
        let facts = trimmed_for_rebuild(core).await?;
        drop(perform(core, Work::Rebuild(facts))?);
        if !rebuild::is_under_way(&core.db)? {
            break;
        }
        Delay::from(BATCH_REST).await;
    }
    Ok(())
}

/// Some batches of people who are asked which segments they are in, with a rest after each.
async fn run_sift(core: &Rc<Core>) -> Result<(), Failure> {
    for _ in 0..SIFT_BATCHES_A_RUN {
        drop(perform(core, Work::Sift)?);
        let now = clock::now();
        let again = due_again_at(core, SIFT, now)?;
        if again.is_none_or(|again| again > now) {
            break;
        }
        Delay::from(BATCH_REST).await;
    }
    Ok(())
}

/// The facts that a rebuild needs next and the journal no longer has: read before its commit, which cannot wait for KV.
async fn trimmed_for_rebuild(core: &Core) -> Result<Vec<Fact>, StoreError> {
    let next = rebuild::next_seq(&core.db)?;
    let trimmed = next.map_or(Ok(None), |seq| archive::trimmed_with(&core.db, seq))?;
    match (trimmed, core.workspace()?) {
        (Some(sealed), Some(workspace)) => {
            let edge = core.edge()?.edge;
            core.shelf.facts(&edge, &workspace, &sealed).await
        }
        _ => Ok(Vec::new()),
    }
}
