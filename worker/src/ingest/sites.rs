//! Which site a key is: from memory, from edge KV, and once from the workspace that the key names.

use crate::error::Failure;
use crate::limit::{SITE_CACHE_MAX, SITE_CACHE_MS};
use crate::store::kv::Edge;
use crate::workspace::door::Door;
use domain::api::Site;
use domain::id::{FIRST_WORKSPACE, Ms, SiteKey};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use worker::Env;

thread_local! {
    /// What was found lately, and when.
    static FOUND: RefCell<HashMap<SiteKey, (Ms, Rc<Found>)>> = RefCell::default();
}

/// A site, and what is asked of it with every batch.
pub(super) struct Found {
    pub(super) site: Site,
    /// [`Site::hosts`].
    pub(super) hosts: Vec<String>,
}

/// Brings the site of that key into memory, where there is one.
pub(super) async fn learn(env: &Env, key: &SiteKey, now: Ms) -> Result<(), Failure> {
    let Some(workspace) = key.workspace() else {
        return Ok(());
    };
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
        None => Door::to(env, &workspace)?.site(key).await?,
    };
    if let Some(site) = found {
        let hosts = site.hosts();
        let found = Rc::new(Found { site, hosts });
        FOUND.with_borrow_mut(|all| {
            if all.len() >= SITE_CACHE_MAX {
                all.clear();
            }
            all.insert(key.clone(), (now, found));
        });
    }
    Ok(())
}

/// The site of that key, where it was learned lately.
pub(super) fn remembered(key: &SiteKey, now: Ms) -> Option<Rc<Found>> {
    FOUND.with_borrow(|all| {
        let (at, found) = all.get(key)?;
        (now.saturating_sub(*at) < SITE_CACHE_MS).then(|| Rc::clone(found))
    })
}
