//! An edit that a member makes: its check against what holds, and what it answers. Not here: committing it.

use crate::error::Failure;
use crate::projection::load::Keys;
use domain::api::{ErrorCode, Member, SaveRulebook, SaveSite, SaveVerdict};
use domain::fold::{self, EditError, World};
use domain::journal::{Body, VerdictChanged};
use domain::visitor::Visitor;
use uuid::Uuid;

/// What a member changes.
#[derive(Debug)]
pub(super) enum Edit {
    /// The rulebook is published.
    Publish(SaveRulebook),
    /// A site is changed, or added.
    SaveSite(SaveSite),
    /// Whether a browser is a program's is decided.
    Judge(SaveVerdict),
}

impl Edit {
    /// The idempotency key.
    pub(super) fn key(&self) -> Uuid {
        match self {
            Edit::Publish(save) => save.key,
            Edit::SaveSite(save) => save.key,
            Edit::Judge(save) => save.key,
        }
    }

    /// Whom it is about.
    pub(super) fn keys(&self) -> Keys {
        let mut keys = Keys::default();
        if let Edit::Judge(save) = self {
            keys.add_judged(save.visitor);
        }
        keys
    }

    /// The body of the fact that it becomes, or why it is not taken.
    pub(super) fn check(&self, world: &World, member: &Member) -> Result<Body, Failure> {
        let settings = &world.settings;
        let checked = match self {
            Edit::Publish(save) => fold::publish(settings, save, &member.email),
            Edit::SaveSite(save) => fold::save_site(settings, &member.workspace, save),
            Edit::Judge(save) => {
                world.visitor(save.visitor).ok_or_else(no_visitor)?;
                Ok(Body::VerdictChanged(VerdictChanged {
                    key: save.key,
                    visitor: save.visitor,
                    verdict: save.verdict,
                    by: member.email.clone(),
                }))
            }
        };
        match checked {
            Ok(body) => Ok(body),
            Err(EditError::Invalid(invalid)) => Err(Failure::of(invalid)),
            Err(EditError::Conflict) => Err(Failure {
                current: Some(self.current(world)?),
                ..Failure::new(ErrorCode::Conflict, "someone else saved first")
            }),
        }
    }

    /// What it answers, once it is committed.
    pub(super) fn answer(&self, world: &World) -> Result<serde_json::Value, Failure> {
        let current = self.current(world)?;
        if current.is_null() {
            // What was saved is there, unless the key was that of something else.
            return Err(Failure::invalid("key", "used"));
        }
        Ok(current)
    }

    /// What holds now of that which it changes.
    pub(super) fn current(&self, world: &World) -> Result<serde_json::Value, Failure> {
        let settings = &world.settings;
        Ok(match self {
            Edit::Publish(_) => serde_json::to_value(settings.published())?,
            Edit::SaveSite(save) => serde_json::to_value(settings.sites.get(&save.site))?,
            Edit::Judge(save) => {
                let visitor = world.visitor(save.visitor).ok_or_else(no_visitor)?;
                serde_json::to_value(Visitor::row(visitor))?
            }
        })
    }
}

fn no_visitor() -> Failure {
    Failure::new(ErrorCode::NotFound, "no visitor has this id")
}
