//! Personas: the check of an edit, what it changes, and which fits a person best. All of them are at hand, for there are few.

use super::edits::{invalid, refuse};
use super::settings::EditError;
use super::world::World;
use crate::api::{BestPersona, RemovePersona, SavePersona};
use crate::family::Family;
use crate::id::PersonaId;
use crate::journal::{Body, Fact, PersonaRemoved, PersonaSaved};
use crate::persona::{self, Answer, FitRule, Persona, fit_rules, limit, matching};

impl World {
    /// Puts a stored persona at hand.
    pub fn put_persona(&mut self, persona: Persona) {
        self.judge = None;
        self.personas.insert(persona.id, persona);
    }

    /// Every persona, in the order of their ids.
    pub fn personas(&self) -> impl Iterator<Item = &Persona> {
        self.personas.values()
    }

    /// A persona.
    pub fn persona(&self, id: PersonaId) -> Option<&Persona> {
        self.personas.get(&id)
    }

    /// The rules that follow from each persona.
    pub fn fits(&self) -> Vec<(PersonaId, Vec<FitRule>)> {
        let schema = &self.settings.schema;
        let all = self.personas.values();
        all.map(|one| (one.id, fit_rules(schema, one))).collect()
    }

    /// The persona that fits a person best: the first that the person is of, else the first of all.
    pub fn best_persona(&self, family: &Family<'_>) -> Option<BestPersona> {
        let fits = matching(&self.fits(), family);
        let yes = fits.iter().find(|(_, fit)| fit.answer() == Answer::Yes);
        let (id, fit) = yes.or(fits.first())?;
        Some(BestPersona {
            id: *id,
            name: self.personas.get(id)?.name.clone(),
            answer: fit.answer(),
            percent: fit.percent(),
            known_percent: fit.known_percent(),
            fit: fit.clone(),
        })
    }

    /// Checks a persona; the body of the fact that saves it.
    pub fn save_persona(&self, save: &SavePersona, by: &str) -> Result<Body, EditError> {
        let known = self.personas.get(&save.id);
        if known.is_none() && save.expected_version > 0 {
            return Err(EditError::NotFound);
        }
        if save.expected_version != known.map_or(0, |known| known.version) {
            return Err(EditError::Conflict);
        }
        if known.is_none() && self.personas.len() >= limit::PERSONAS_MAX {
            return Err(invalid("id", "too_many"));
        }
        refuse(persona::check(&self.settings.schema, &save.persona))?;
        Ok(Body::PersonaSaved(Box::new(PersonaSaved {
            key: save.key,
            persona: Persona {
                id: save.id,
                version: save.expected_version.saturating_add(1),
                ..save.persona.clone()
            },
            by: by.to_owned(),
        })))
    }

    /// Checks that a persona may be taken away; the body of the fact that does it.
    pub fn remove_persona(&self, call: &RemovePersona, by: &str) -> Result<Body, EditError> {
        self.personas.get(&call.id).ok_or(EditError::NotFound)?;
        Ok(Body::PersonaRemoved(PersonaRemoved {
            key: call.key,
            id: call.id,
            by: by.to_owned(),
        }))
    }

    pub(super) fn apply_persona(&mut self, fact: &Fact, saved: &PersonaSaved) {
        self.changes.personas.insert(saved.persona.id);
        self.put_persona(saved.persona.clone());
        self.judge_anew(fact);
    }

    pub(super) fn apply_persona_removed(&mut self, fact: &Fact, removed: &PersonaRemoved) {
        self.changes.personas.insert(removed.id);
        self.personas.remove(&removed.id);
        self.judge_anew(fact);
    }
}
