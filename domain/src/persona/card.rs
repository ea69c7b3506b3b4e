//! A persona's card: what is printed, and what is still missing.
//!
//! Not here: its look, and the words for groups and kinds of evidence.

use super::{Colour, Entry, Evidence, EvidenceKind, FitRule, Group, Persona, fit_rules};
use crate::api::Lang;
use crate::profile::{Schema, name_in};
use serde::{Deserialize, Serialize};

/// What a card shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Card {
    /// The name in the card's language.
    pub name: String,
    /// The summary.
    pub summary: String,
    /// The colour of the sign.
    pub colour: Colour,
    /// All seven groups, in order.
    pub groups: Vec<CardGroup>,
    /// How many notes of each kind there are.
    pub evidence: Vec<(EvidenceKind, usize)>,
    /// Whom it fits.
    pub fit: Vec<FitRule>,
}

/// A group on a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CardGroup {
    /// Which.
    pub group: Group,
    /// What is known; nothing shows as missing.
    pub entries: Vec<Entry>,
    /// The notes that speak for it.
    pub evidence: Vec<Evidence>,
}

impl CardGroup {
    /// Whether nothing is known.
    pub fn is_missing(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether something is said that no note speaks for.
    pub fn is_guess(&self) -> bool {
        !self.is_missing() && self.evidence.is_empty()
    }
}

impl Card {
    /// The groups of which nothing is known.
    pub fn missing(&self) -> impl Iterator<Item = Group> {
        let groups = self.groups.iter().filter(|group| group.is_missing());
        groups.map(|group| group.group)
    }
}

/// The card of a persona.
pub fn card(schema: &Schema, persona: &Persona, lang: Lang) -> Card {
    let notes = persona.evidence.iter();
    let group = |group| CardGroup {
        group,
        entries: persona.groups.get(&group).cloned().unwrap_or_default(),
        evidence: notes
            .clone()
            .filter(|note| note.groups.contains(&group))
            .cloned()
            .collect(),
    };
    let count = |kind| (kind, notes.clone().filter(|note| note.kind == kind).count());
    Card {
        name: name_in(&persona.name, lang).to_owned(),
        summary: persona.summary.clone(),
        colour: persona.colour,
        groups: Group::ALL.map(group).into(),
        evidence: EvidenceKind::ALL.map(count).into(),
        fit: fit_rules(schema, persona),
    }
}
