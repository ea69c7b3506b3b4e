//! An edit that a member makes: its check against what holds, and what it answers. Not here: committing it.

use crate::error::Failure;
use domain::api::{ErrorCode, Member, SaveRulebook, SaveSite};
use domain::fold::{self, EditError, Settings};
use domain::journal::Body;
use uuid::Uuid;

/// What a member changes.
#[derive(Debug)]
pub(super) enum Edit {
    /// The rulebook is published.
    Publish(SaveRulebook),
    /// A site is changed, or added.
    SaveSite(SaveSite),
}

impl Edit {
    /// The idempotency key.
    pub(super) fn key(&self) -> Uuid {
        match self {
            Edit::Publish(save) => save.key,
            Edit::SaveSite(save) => save.key,
        }
    }

    /// The body of the fact that it becomes, or why it is not taken.
    pub(super) fn check(&self, settings: &Settings, member: &Member) -> Result<Body, Failure> {
        let checked = match self {
            Edit::Publish(save) => fold::publish(settings, save, &member.email),
            Edit::SaveSite(save) => fold::save_site(settings, &member.workspace, save),
        };
        match checked {
            Ok(body) => Ok(body),
            Err(EditError::Invalid(invalid)) => Err(Failure::of(invalid)),
            Err(EditError::Conflict) => Err(Failure {
                current: Some(self.current(settings)?),
                ..Failure::new(ErrorCode::Conflict, "someone else saved first")
            }),
        }
    }

    /// What holds now of that which it changes.
    pub(super) fn current(&self, settings: &Settings) -> Result<serde_json::Value, Failure> {
        Ok(match self {
            Edit::Publish(_) => serde_json::to_value(settings.published())?,
            Edit::SaveSite(save) => serde_json::to_value(settings.sites.get(&save.site))?,
        })
    }
}
