//! The workspace's settings: sites, zone and the published rulebook; and the check of an edit to them.

use super::world::World;
use crate::api::{Published, SaveRulebook, SaveSite, Site, origin};
use crate::day::Zone;
use crate::definition::{Agreement, Side};
use crate::id::{Ms, SiteKey, UserId, ViewId, WorkspaceId};
use crate::journal::{Body, RulebookPublished, SiteSaved};
use crate::practice::Practice;
use crate::profile::{self, Schema};
use crate::rulebook::{self, Invalid, Rulebook};
use crate::segment::Condition;
use crate::view::View;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What holds for the whole workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The company's name.
    pub company: String,
    /// The zone that days are counted in.
    pub zone: Zone,
    /// The tracked websites, by key.
    pub sites: BTreeMap<SiteKey, Site>,
    /// The published rulebook.
    pub rulebook: Rulebook,
    /// Its version; 0 before the workspace is opened.
    pub version: u32,
    /// When it was published.
    pub published_at: Ms,
    /// Who published it; nobody, the starter rulebook.
    pub published_by: Option<String>,
    /// The journal's number of the fact that published it.
    pub published_seq: u64,
    /// The fields and tags that there are.
    #[serde(default = "profile::starter")]
    pub schema: Schema,
    /// Who signs the definition of a good lead, for which side.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub heads: BTreeMap<Side, UserId>,
    /// What is agreed about it.
    #[serde(default)]
    pub agreement: Agreement,
    /// The version of it that holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force: Option<u32>,
    /// How leads are worked.
    #[serde(default, skip_serializing_if = "Practice::is_untouched")]
    pub practice: Practice,
    /// The lists that members keep under a name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub views: BTreeMap<ViewId, View>,
    /// The journal's number of the fact by which grades and personas were last made otherwise, the rulebook's own left out.
    #[serde(default)]
    pub judged_seq: u64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            company: String::new(),
            zone: Zone::default(),
            sites: BTreeMap::new(),
            rulebook: Rulebook {
                mql_score: rulebook::SCORE_MAX,
                ..Rulebook::default()
            },
            version: 0,
            published_at: 0,
            published_by: None,
            published_seq: 0,
            schema: profile::starter(),
            heads: BTreeMap::new(),
            agreement: Agreement::default(),
            in_force: None,
            practice: Practice::default(),
            views: BTreeMap::new(),
            judged_seq: 0,
        }
    }
}

impl Settings {
    /// What the rulebook page shows.
    pub fn published(&self) -> Published {
        Published {
            version: self.version,
            at: self.published_at,
            by: self.published_by.clone(),
            rulebook: self.rulebook.clone(),
            rescore: None,
        }
    }
}

/// Why an edit is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// What it is about is not there.
    NotFound,
    /// It was made from an older version than the current one.
    Conflict,
    /// The first field that is wrong, and why.
    Invalid(Invalid),
}

/// Checks a draft rulebook against what is published; the body of the fact that publishes it. Codes: those of
/// [`rulebook::check`], `signed` for another line than the definition that both heads signed, and `in_use` (field `segments`) when
/// one of browsers is not among them that stages, routing or the definition ask for.
pub fn publish(world: &World, save: &SaveRulebook, by: &str) -> Result<Body, EditError> {
    let settings = &world.settings;
    if let Some(invalid) = rulebook::check(&save.rulebook).into_iter().next() {
        return Err(EditError::Invalid(invalid));
    }
    if save.expected_version != settings.version {
        return Err(EditError::Conflict);
    }
    let line = settings.definition().map(|holds| holds.definition.score);
    if line.is_some_and(|line| line != save.rulebook.mql_score) {
        let (field, code) = ("mql_score".to_owned(), "signed");
        return Err(EditError::Invalid(Invalid { field, code }));
    }
    let gone = settings.rulebook.segments.iter().map(|one| one.id.as_str());
    let stays = |id: &str| save.rulebook.segments.iter().any(|one| one.id == id);
    let gone: BTreeSet<&str> = gone
        .filter(|id| !stays(id) && world.segment(id).is_none())
        .collect();
    let mut asked = settings.conditions().flat_map(Condition::segments);
    if asked.any(|id| gone.contains(id)) {
        let (field, code) = ("segments".to_owned(), "in_use");
        return Err(EditError::Invalid(Invalid { field, code }));
    }
    Ok(Body::RulebookPublished(RulebookPublished {
        key: save.key,
        version: settings.version.saturating_add(1),
        by: by.to_owned(),
        rulebook: save.rulebook.clone(),
    }))
}

/// Checks an edit of a site of this workspace against what is saved; the body of the fact that saves it. Codes:
/// `not_a_site_key`, `duplicate`, `too_many`, `not_an_origin`.
pub fn save_site(
    settings: &Settings,
    workspace: &WorkspaceId,
    save: &SaveSite,
) -> Result<Body, EditError> {
    let wrong = |field: String, code| Err(EditError::Invalid(Invalid { field, code }));
    if save.site.workspace().as_ref() != Some(workspace) {
        return wrong("site".into(), "not_a_site_key");
    }
    let known = settings.sites.get(&save.site);
    if known.is_some() && save.expected_version == 0 {
        return wrong("site".into(), "duplicate");
    }
    if save.expected_version != known.map_or(0, |site| site.version) {
        return Err(EditError::Conflict);
    }
    if known.is_none() && settings.sites.len() >= Site::COUNT_MAX {
        return wrong("site".into(), "too_many");
    }
    if save.origins.len() > Site::ORIGINS_MAX {
        return wrong("origins".into(), "too_many");
    }
    let mut origins = Vec::with_capacity(save.origins.len());
    for (place, text) in save.origins.iter().enumerate() {
        match origin(text) {
            None => return wrong(format!("origins[{place}]"), "not_an_origin"),
            Some(origin) if origins.contains(&origin) => {
                return wrong(format!("origins[{place}]"), "duplicate");
            }
            Some(origin) => origins.push(origin),
        }
    }
    Ok(Body::SiteSaved(SiteSaved {
        key: Some(save.key),
        site: Site {
            key: save.site.clone(),
            origins,
            consent_required: save.consent_required,
            version: save.expected_version.saturating_add(1),
        },
    }))
}
