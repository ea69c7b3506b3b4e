//! Opening the workspace: anew, from what KV holds of it, or with the made-up company; and emptying that one.

use super::alarm;
use super::commit::perform;
use super::core::Core;
use super::work::Work;
use super::{desk, live};
use crate::automation::{outbox, publish};
use crate::clock;
use crate::error::{Failure, StoreError};
use crate::limit::SEGMENT_FACTS_MAX;
use crate::store::{erasures, meta};
use domain::api::{ErrorCode, Member, Role, Site};
use domain::id::{DEMO_SITE, Ms, SiteKey, UserId, WorkspaceId};
use domain::journal::WorkspaceOpened;
use domain::sample::{Company, Mates};
use domain::{day::Zone, rulebook};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use std::time::Duration;
use uuid::Uuid;
use worker::Delay;

/// Where it is kept what the made-up company was begun with.
const FILLING: &str = "filling";

/// What opens a workspace.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Opening {
    /// Which.
    pub(crate) workspace: WorkspaceId,
    /// The company's name.
    pub(crate) company: String,
    /// Where the sample company's website stands: `https://site.example`.
    pub(crate) sample_origin: String,
    /// The idempotency key.
    pub(crate) key: Uuid,
}

/// Opens the workspace; one that is open stays as it is. When KV has its journal, that comes back first; a restore
/// that broke off goes on where it stopped.
pub(super) async fn open(core: &Rc<Core>, opening: Opening) -> Result<(), Failure> {
    if core.is_open() {
        return Ok(());
    }
    if core.opening.replace(true) {
        let message = "the workspace is being opened; try again";
        return Err(Failure::new(ErrorCode::Unavailable, message));
    }
    let opened = restore_or_begin(core, opening).await;
    core.opening.set(false);
    opened
}

async fn restore_or_begin(core: &Rc<Core>, opening: Opening) -> Result<(), Failure> {
    restore(core, &opening.workspace).await?;
    core.set_workspace(&opening.workspace)?;
    if core.last_seq.get() > 0 {
        return Ok(());
    }
    let site = Site {
        key: SiteKey(DEMO_SITE.to_owned()),
        origins: vec![opening.sample_origin],
        consent_required: false,
        version: Site::first_version(),
    };
    let opened = WorkspaceOpened {
        key: opening.key,
        company: opening.company,
        zone: Zone::SHANGHAI,
        rulebook: rulebook::starter(),
    };
    perform(core, Work::Open(Box::new(opened), site))?;
    Ok(())
}

/// What the made-up company is made from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Filling {
    /// The workspace: [`SAMPLE_WORKSPACE`].
    pub(crate) workspace: WorkspaceId,
    /// What chance begins with.
    pub(crate) seed: u64,
    /// Its last day.
    pub(crate) until: Ms,
    /// Who works in it.
    pub(crate) members: Vec<Member>,
}

/// Fills the workspace with the made-up company; one that is full stays as it is, and one that broke off goes on.
pub(super) async fn fill(core: &Rc<Core>, filling: Filling) -> Result<(), Failure> {
    if core.is_open() {
        return Ok(());
    }
    if core.opening.replace(true) {
        let message = "the sample company is being made; try again";
        return Err(Failure::new(ErrorCode::Unavailable, message));
    }
    let filled = fill_up(core, filling).await;
    core.opening.set(false);
    filled
}

async fn fill_up(core: &Rc<Core>, filling: Filling) -> Result<(), Failure> {
    // What it was begun with gives the same facts again.
    let begun: Option<Filling> = meta::get(&core.db, FILLING)?;
    let filling = begun.unwrap_or(filling);
    meta::put(&core.db, FILLING, &filling)?;
    core.set_workspace(&filling.workspace)?;
    core.set_unfinished(true)?;
    let mut company = Company::new(filling.seed, filling.until, mates(&filling.members));
    loop {
        let mut facts = Vec::new();
        for next in company.by_ref() {
            facts.extend(next);
            if facts.len() >= SEGMENT_FACTS_MAX {
                break;
            }
        }
        if facts.is_empty() {
            break;
        }
        perform(core, Work::Restore(facts))?;
        Delay::from(Duration::ZERO).await;
    }
    core.set_unfinished(false)?;
    alarm::arm_pending(core)?;
    Ok(core.set_alarm()?)
}

/// Everyone who is in; the first of marketing and the first of sales sign, else whoever made it.
fn mates(members: &[Member]) -> Mates {
    let first = |role| members.iter().find(|member| member.role == role);
    let owner = first(Role::Owner).or(members.first());
    let head = |role| {
        let head = first(role).or(owner).map(|member| member.id);
        head.unwrap_or(UserId(Uuid::nil()))
    };
    Mates {
        roster: desk::roster(members),
        heads: (head(Role::Marketer), head(Role::Sales)),
    }
}

/// Empties the workspace of the made-up company, and no other.
pub(super) async fn clear(core: &Rc<Core>) -> Result<(), Failure> {
    if !core.is_sample()? {
        return Ok(());
    }
    core.cleared.set(true);
    live::close_all(core);
    let storage = core.state.storage();
    storage.delete_alarm().await?;
    Ok(storage.delete_all().await?)
}

/// Reads every segment back, in order, a segment a commit. Until the last one is in, nothing else is taken.
async fn restore(core: &Rc<Core>, workspace: &WorkspaceId) -> Result<(), Failure> {
    let edge = core.edge()?.edge;
    let keys = edge.segment_keys(workspace).await;
    let keys = keys.map_err(|error| not_shown("the history", &error))?;
    if keys.is_empty() {
        return Ok(());
    }
    core.set_unfinished(true)?;
    let mut sealed = 0;
    for key in keys {
        let facts = edge.segment(&key).await;
        let facts = facts.map_err(|error| not_shown(&key, &error))?;
        sealed = core.last_seq.get();
        if facts
            .first()
            .is_none_or(|fact| fact.seq > sealed.saturating_add(1))
        {
            let message = format!(
                "the edge store does not show the history after fact {sealed}; try again in a minute"
            );
            return Err(Failure::new(ErrorCode::Unavailable, message));
        }
        perform(core, Work::Restore(facts))?;
    }
    for (seq, job) in erasures::all(&core.db)? {
        let noted = edge.erasure(workspace, seq).await;
        let noted = noted.map_err(|error| not_shown("who is being erased", &error))?;
        erasures::put(&core.db, seq, &job.with(noted.unwrap_or_default()))?;
    }
    publish::is_published(&core.db, sealed, core.last_seq.get())?;
    publish::publish_everyone(&core.db)?;
    // The collectors may not know its sites any more.
    let sites: Vec<Site> = core
        .world
        .borrow()
        .settings
        .sites
        .values()
        .cloned()
        .collect();
    for site in sites {
        outbox::put_site(&core.db, &site, clock::now())?;
    }
    core.set_unfinished(false)?;
    alarm::arm_pending(core)?;
    Ok(core.set_alarm()?)
}

/// The edge store fails, or is behind: whoever opens the workspace may try again, and it goes on where it stopped.
fn not_shown(what: &str, error: &StoreError) -> Failure {
    let message = format!("the edge store does not show {what} whole; try again in a minute");
    worker::console_error!("{message}: {error}");
    Failure::new(ErrorCode::Unavailable, message)
}
