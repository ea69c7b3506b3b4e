//! Which site a key is: from memory, from edge KV, and once from the workspace that the key names.

use crate::error::Failure;
use crate::limit::{SITE_CACHE_MAX, SITE_CACHE_MS};
use crate::store::kv::Edge;
use crate::workspace::door::Door;
use domain::api::Site;
use domain::id::{FIRST_WORKSPACE, Ms, SiteKey, WorkspaceId};
use std::cell::RefCell;
use std::collections::HashMap;
use worker::Env;

thread_local! {
    /// What was found lately, and when.
    static FOUND: RefCell<HashMap<SiteKey, (Ms, Site)>> = RefCell::default();
}

/// The site of that key.
pub(super) async fn find(
    env: &Env,
    workspace: &WorkspaceId,
    key: &SiteKey,
    now: Ms,
) -> Result<Option<Site>, Failure> {
    if let Some(found) = remembered(key, now) {
        return Ok(Some(found));
    }
    let published = match Edge::of(env)?.site(key).await {
        Ok(published) => published,
        Err(error) => {
            // KV that fails costs nothing but a call to the object.
            worker::console_error!("site {key}: {error}");
            None
        }
    };
    let found = match published {
        Some(site) => Some(site),
        // Asking wakes the object, and makes it when there is none: strangers must not do that.
        None if workspace.0 != FIRST_WORKSPACE => None,
        None => Door::to(env, workspace)?.site(key).await?,
    };
    if let Some(site) = &found {
        FOUND.with_borrow_mut(|all| {
            if all.len() >= SITE_CACHE_MAX {
                all.clear();
            }
            all.insert(key.clone(), (now, site.clone()));
        });
    }
    Ok(found)
}

fn remembered(key: &SiteKey, now: Ms) -> Option<Site> {
    FOUND.with_borrow(|all| {
        let (at, site) = all.get(key)?;
        (now.saturating_sub(*at) < SITE_CACHE_MS).then(|| site.clone())
    })
}
