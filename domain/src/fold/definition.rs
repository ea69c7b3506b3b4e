//! The definition of a good lead, as members agree on it: who the heads are, drafts, signatures, and from when on a version
//! holds.
//!
//! The line at which marketing calls a lead qualified is that of the version that holds, whatever the rulebook says. Not here:
//! what a definition says ([`crate::definition`]).

use super::edits::{invalid, refuse};
use super::settings::{EditError, Settings};
use super::world::{World, Written};
use crate::api::{DefinitionState, DraftDefinition, NameHeads, SignDefinition};
use crate::clock::Promises;
use crate::definition::{self, Definition, Side, Signature, Version, differences};
use crate::id::{Ms, UserId};
use crate::journal::{
    Actor, Body, DefinitionDrafted, DefinitionInForce, DefinitionSigned, Fact, HeadsNamed,
};
use crate::rulebook::Invalid;
use std::collections::BTreeMap;

impl Settings {
    /// The version that holds.
    pub fn definition(&self) -> Option<&Version> {
        self.agreement.version(self.in_force?)
    }

    /// What is promised about each lead: what the version that holds says, else what a new workspace starts with.
    pub fn promises(&self) -> Promises {
        let holds = self.definition();
        holds.map_or_else(Promises::default, |holds| holds.definition.promises.clone())
    }

    /// Goes back to the version that held at a time.
    pub fn define_as_of(&mut self, then: Ms) {
        self.in_force = self.agreement.in_force(then).map(|version| version.version);
        self.draw_line();
    }

    /// When another version is to hold next: now, where one is to hold already and does not.
    pub fn defines_at(&self, now: Ms) -> Option<Ms> {
        let held = self.agreement.in_force(now);
        let is_due = held.is_some_and(|held| self.in_force != Some(held.version));
        is_due.then_some(now).or(self.agreement.next_change(now))
    }

    /// What members see of it.
    pub fn definition_state(&self) -> DefinitionState {
        let holds = self.definition().map(|holds| &holds.definition);
        let draft = self.agreement.draft.as_ref();
        let draft = draft.map(|draft| &draft.definition);
        let both = holds.zip(draft);
        DefinitionState {
            agreement: self.agreement.clone(),
            heads: self.heads.clone(),
            in_force: self.in_force,
            changes: both.map_or_else(Vec::new, |(from, to)| differences(from, to)),
            next: draft.or(holds).cloned().unwrap_or_else(|| Definition {
                score: self.rulebook.mql_score,
                ..definition::starter()
            }),
        }
    }

    /// Takes the line from the version that holds.
    pub(super) fn draw_line(&mut self) {
        if let Some(score) = self.definition().map(|holds| holds.definition.score) {
            self.rulebook.mql_score = score;
        }
    }
}

/// Checks who is to sign; the body of the fact that names them. Codes: `same_person`.
pub fn name_heads(call: &NameHeads, by: &str) -> Result<Body, EditError> {
    if call.marketing == call.sales {
        return Err(invalid("sales", "same_person"));
    }
    Ok(Body::HeadsNamed(HeadsNamed {
        key: call.key,
        heads: BTreeMap::from([(Side::Marketing, call.marketing), (Side::Sales, call.sales)]),
        by: by.to_owned(),
    }))
}

/// Checks a draft; the body of the fact that puts it down. Codes: `not_ahead`, and those of [`definition::check`].
pub fn draft_definition(
    world: &World,
    call: &DraftDefinition,
    by: &str,
    now: Ms,
) -> Result<Body, EditError> {
    let settings = &world.settings;
    let mut agreement = settings.agreement.clone();
    let from = call.from.unwrap_or(now);
    let drafted = agreement.draft(call.definition.clone(), from, call.expected_version, now);
    let version = drafted.map_err(refused)?.version;
    let ladder = &settings.practice.ladder;
    refuse(world.with_terms(ladder, |terms| definition::check(terms, &call.definition)))?;
    Ok(Body::DefinitionDrafted(Box::new(DefinitionDrafted {
        key: call.key,
        version,
        definition: call.definition.clone(),
        from,
        by: by.to_owned(),
    })))
}

/// Checks a signature; the body of the fact that puts it under the draft. Whoever read another version, or signs when it is
/// signed, is told what is current. Codes: `not_the_head`, `same_person`.
pub fn sign_definition(
    settings: &Settings,
    call: &SignDefinition,
    (signer, name): (UserId, &str),
    now: Ms,
) -> Result<Body, EditError> {
    let signature = Signature {
        by: signer,
        name: name.to_owned(),
        at: now,
    };
    let mut agreement = settings.agreement.clone();
    let signed = agreement.sign(call.side, call.expected_version, signature, &settings.heads);
    signed.map_err(refused)?;
    Ok(Body::DefinitionSigned(DefinitionSigned {
        key: call.key,
        version: call.expected_version,
        side: call.side,
        signer,
        name: name.to_owned(),
    }))
}

/// Someone else was first, or it is wrong.
fn refused(wrong: Invalid) -> EditError {
    match wrong.code {
        "conflict" | "no_draft" | "other_version" | "signed_already" => EditError::Conflict,
        _ => EditError::Invalid(wrong),
    }
}

impl World {
    pub(super) fn apply_heads(&mut self, named: &HeadsNamed) {
        self.settings.heads.clone_from(&named.heads);
        self.changes.settings = true;
    }

    pub(super) fn apply_drafted(&mut self, drafted: &DefinitionDrafted) {
        let definition = drafted.definition.clone();
        let agreement = &mut self.settings.agreement;
        agreement.put(drafted.version, definition, drafted.from);
        self.changes.settings = true;
        self.warmth.ask_anew();
    }

    pub(super) fn apply_signed(&mut self, fact: &Fact, signed: &DefinitionSigned) {
        let signature = Signature {
            by: signed.signer,
            name: signed.name.clone(),
            at: fact.occurred_at,
        };
        self.settings.agreement.note(signed.side, signature);
        self.changes.settings = true;
    }

    pub(super) fn apply_in_force(&mut self, holds: &DefinitionInForce) {
        self.settings.in_force = Some(holds.version);
        self.settings.draw_line();
        self.scorer = None;
        self.changes.settings = true;
        self.warmth.ask_anew();
        self.changes.definition = true;
    }

    /// Decides that a version holds from now on, where the time for it has come.
    pub(super) fn define(&mut self, written: &mut Written) {
        let now = written.now();
        let due = self.settings.agreement.in_force(now).filter(|_| {
            let due_at = self.settings.defines_at(now);
            due_at.is_some_and(|due_at| due_at <= now)
        });
        if let Some(version) = due.map(|due| due.version) {
            let body = Body::DefinitionInForce(DefinitionInForce { version });
            self.write(written, now, Actor::System, body);
        }
    }
}

#[cfg(test)]
mod tests;
