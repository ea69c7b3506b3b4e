//! Erasing a person from the projections: the records with keys and suggestions, and the browsers that were theirs alone.
//!
//! A browser that others use too keeps its history and its bindings: what the erased person did there is nobody's, and
//! does not become the next one's. Not here: what becomes of the facts ([`crate::erasure`]).

use super::edits::invalid;
use super::memory::visitor_bytes;
use super::settings::EditError;
use super::world::World;
use crate::api::ErasePerson;
use crate::contact::Key;
use crate::erasure::{Erased, PersonErased, Shared, digest};
use crate::family::Family;
use crate::id::{LeadId, VisitorId};
use crate::journal::{Body, Fact};
use crate::lead::By;
use crate::suggestion::Suggested;
use crate::visitor::Visitor;
use std::collections::BTreeSet;

/// Who is erased: what finds the person, and the browsers that are nobody else's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The keys.
    pub keys: Vec<Key>,
    /// The records.
    pub leads: Vec<LeadId>,
    /// The browsers.
    pub visitors: Vec<VisitorId>,
}

impl World {
    /// By what a person is found, as long as the base knows of one.
    pub fn held_of(&self, id: LeadId) -> Option<Found> {
        let family = self.family(id)?;
        let keys = family.keys().into_iter().map(|(key, _)| key.clone());
        Some(Found {
            keys: keys.collect(),
            leads: family.records().map(|lead| lead.id).collect(),
            visitors: self.own_browsers(&family).map(|v| v.id).collect(),
        })
    }

    /// Checks an erasure; the body of the fact that makes it. Whoever is suggested to be the same must be at hand.
    pub fn erase(&self, call: &ErasePerson, by: &str) -> Result<Body, EditError> {
        let family = self.family(call.id).ok_or(EditError::NotFound)?;
        if family.label() != call.confirm {
            return Err(invalid("confirm", "mismatch"));
        }
        let browsers = family.visitors().into_iter();
        let browsers = browsers.filter_map(|id| self.visitors.get(&id));
        let shared = browsers.filter(|visitor| !is_alone(&family, visitor));
        Ok(Body::PersonErased(Box::new(PersonErased {
            key: call.key,
            leads: family.records().map(|lead| lead.id).collect(),
            browsers: self.own_browsers(&family).map(|v| digest(v.id)).collect(),
            shared: shared.map(|visitor| spans(&family, visitor)).collect(),
            others: partners(&family).into_iter().collect(),
            by: by.to_owned(),
        })))
    }

    fn own_browsers<'a>(&'a self, family: &'a Family<'_>) -> impl Iterator<Item = &'a Visitor> {
        let browsers = family.visitors().into_iter();
        let browsers = browsers.filter_map(|id| self.visitors.get(&id));
        browsers.filter(|visitor| is_alone(family, visitor))
    }

    pub(super) fn apply_person_erased(&mut self, fact: &Fact, erased: &PersonErased) {
        let leads: BTreeSet<LeadId> = erased.leads.iter().copied().collect();
        let mut found = Found {
            leads: erased.leads.clone(),
            ..Found::default()
        };
        let known = leads.iter().filter_map(|id| self.leads.get(id));
        let mut visitors: BTreeSet<VisitorId> =
            known.flat_map(|lead| &lead.visitors).copied().collect();
        // Where some facts are erased and others not yet, nobody may have named a browser that is to go.
        let at_hand = self.visitors.keys().copied();
        visitors.extend(at_hand.filter(|id| erased.browsers.contains(&digest(*id))));
        for id in visitors {
            let alone = |visitor: &Visitor| visitor.leads().is_subset(&leads);
            if self.visitors.get(&id).is_some_and(alone)
                && let Some(visitor) = self.visitors.remove(&id)
            {
                self.bytes = self.bytes.saturating_sub(visitor_bytes(&visitor));
                self.changes.forget(id);
                found.visitors.push(id);
            }
        }
        for id in &leads {
            let lead = self.leads.get(id);
            found
                .keys
                .extend(lead.into_iter().flat_map(|lead| lead.keys.keys().cloned()));
            let puts = lead.into_iter().flat_map(|lead| &lead.puts);
            let given = lead.into_iter().flat_map(|lead| lead.keys.values());
            let given = given.flat_map(|held| &held.by);
            let imports = puts
                .map(|(_, by)| by)
                .chain(given)
                .filter_map(|by| match by {
                    By::Import(import) => Some((*import, *id)),
                    By::Claim(_) | By::Edit => None,
                });
            self.changes.taken_back.extend(imports);
            self.remove_lead(*id);
            // Rows may be left of one whose beginning is erased already.
            self.changes.gone.insert(*id);
            self.changes.named.insert(*id);
        }
        let told = self.conversations.values().map(|noted| &noted.conversation);
        let told = told.filter(|told| leads.contains(&told.lead));
        for id in told.map(|told| told.id).collect::<Vec<_>>() {
            self.conversations.remove(&id);
            self.changes.conversations.insert(id);
        }
        self.forget_tasks(|of| leads.contains(&of));
        self.changes.found.push((fact.seq, found));
        for other in &erased.others {
            self.forget_suggestions(*other, &leads);
        }
        self.touch_leads(erased.others.iter().copied(), fact.seq);
    }

    /// Takes what was suggested of these away from somebody else.
    fn forget_suggestions(&mut self, of: LeadId, about: &BTreeSet<LeadId>) {
        let Some(lead) = self.leads.get_mut(&of) else {
            return;
        };
        let (mut kept, before) = (lead.suggestions.clone(), lead.suggestions.len());
        kept.retain(|_, suggestion| !suggestion.what.leads().iter().any(|id| about.contains(id)));
        if kept.len() < before {
            let gone = lead.suggestions.keys().filter(|id| !kept.contains_key(id));
            let gone: Vec<_> = gone.map(|id| (of, *id)).collect();
            lead.suggestions = kept;
            self.changes.suggestions.extend(gone);
        }
    }

    /// What is left of a fact that was a person's: what it counted.
    pub(super) fn apply_erased(&mut self, fact: &Fact, erased: &Erased) {
        if let Some(event) = &erased.event {
            self.shapes
                .number(event.shape.clone(), &mut self.changes.shapes);
        }
        if let Some(import) = erased.import {
            let known = self.imports.entry(import).or_default();
            known.done = known.done.saturating_add(1);
            known.opened = known.opened.saturating_add(u32::from(erased.opened));
            known.seq = fact.seq;
            self.changes.imports.insert(import);
        }
    }
}

/// Whom suggestions name beside the person.
pub fn partners(family: &Family<'_>) -> BTreeSet<LeadId> {
    let all = family.records().flat_map(|lead| lead.suggestions.values());
    let pairs = all.filter(|suggestion| matches!(suggestion.what, Suggested::SamePerson(..)));
    let named = pairs.flat_map(|suggestion| suggestion.what.leads());
    named.filter(|id| !family.holds(*id)).collect()
}

/// Whether a browser was never anybody else's.
fn is_alone(family: &Family<'_>, visitor: &Visitor) -> bool {
    visitor.leads().iter().all(|lead| family.holds(*lead))
}

/// When a browser was the person's: from each binding to the next that is somebody else's.
fn spans(family: &Family<'_>, visitor: &Visitor) -> Shared {
    let mut spans = Vec::new();
    let mut bindings = visitor.bindings.iter().peekable();
    let mut is_first = true;
    while let Some(binding) = bindings.next() {
        let until = bindings.peek().map(|next| next.from);
        if family.holds(binding.lead) {
            spans.push(((!is_first).then_some(binding.from), until));
        }
        is_first = false;
    }
    Shared {
        visitor: visitor.id,
        spans,
    }
}

#[cfg(test)]
mod tests;
