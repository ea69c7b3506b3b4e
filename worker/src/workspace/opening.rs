//! Opening the workspace: anew, or from what KV holds of it.

use super::core::Core;
use super::queue::{self, Work};
use crate::automation::{outbox, publish};
use crate::clock;
use crate::error::Failure;
use crate::store::timers;
use domain::api::Site;
use domain::id::{DEMO_SITE, SiteKey, WorkspaceId};
use domain::journal::WorkspaceOpened;
use domain::{day::Zone, rulebook};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use uuid::Uuid;

/// What opens a workspace.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Opening {
    /// Which.
    pub(crate) workspace: WorkspaceId,
    /// The company's name.
    pub(crate) company: String,
    /// Where the sample company's website stands: `https://site.example`.
    pub(crate) public_origin: String,
    /// The idempotency key.
    pub(crate) key: Uuid,
}

/// Opens the workspace; one that is open stays as it is. When KV has its journal, that comes back first.
pub(super) async fn open(core: &Rc<Core>, opening: Opening) -> Result<(), Failure> {
    if core.last_seq.get() > 0 {
        return Ok(());
    }
    core.require_ready()?;
    core.restoring.set(true);
    let restored = restore(core, &opening.workspace).await;
    core.restoring.set(false);
    restored?;
    core.set_workspace(&opening.workspace)?;
    if core.last_seq.get() > 0 {
        // Its sites may be unknown to the collectors since.
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
        timers::arm(&core.db, super::core::OUTBOX, clock::now())?;
        return Ok(core.set_alarm()?);
    }
    let site = Site {
        key: SiteKey(DEMO_SITE.to_owned()),
        origins: vec![opening.public_origin],
        consent_required: false,
    };
    let opened = WorkspaceOpened {
        key: opening.key,
        company: opening.company,
        zone: Zone::SHANGHAI,
        rulebook: rulebook::starter(),
    };
    queue::submit(core, Work::Open(Box::new(opened), site)).await?;
    Ok(())
}

/// Reads every segment back, in order, a segment a commit.
async fn restore(core: &Rc<Core>, workspace: &WorkspaceId) -> Result<(), Failure> {
    let edge = core.edge()?;
    let mut sealed = 0;
    for key in edge.segment_keys(workspace).await? {
        let facts = edge.segment(&key).await?;
        sealed = core.last_seq.get();
        queue::submit(core, Work::Restore(facts)).await?;
    }
    let last = core.last_seq.get();
    if last > 0 {
        publish::is_published(&core.db, sealed, last)?;
        publish::publish_everyone(&core.db)?;
        core.set_workspace(workspace)?;
    }
    Ok(())
}
