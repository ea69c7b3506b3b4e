//! A persona's card: what is printed, and what is still missing.
//!
//! Not here: its look, and the words for groups and kinds of evidence.

use super::{Colour, Entry, Evidence, EvidenceKind, FitRule, Group, Persona, fit_rules};
use crate::api::Lang;
use crate::profile::{Schema, name_in};

/// What a card shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card<'a> {
    /// The name in the card's language.
    pub name: &'a str,
    /// The summary.
    pub summary: &'a str,
    /// The colour of the sign.
    pub colour: Colour,
    /// All seven groups, in order.
    pub groups: Vec<CardGroup<'a>>,
    /// How many notes of each kind there are.
    pub evidence: [(EvidenceKind, usize); 5],
    /// Whom it fits.
    pub fit: Vec<FitRule>,
}

/// A group on a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardGroup<'a> {
    /// Which.
    pub group: Group,
    /// What is known; nothing shows as missing.
    pub entries: &'a [Entry],
    /// The notes that speak for it.
    pub evidence: Vec<&'a Evidence>,
}

impl CardGroup<'_> {
    /// Whether nothing is known.
    pub fn is_missing(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether something is said that no note speaks for.
    pub fn is_guess(&self) -> bool {
        !self.is_missing() && self.evidence.is_empty()
    }
}

impl Card<'_> {
    /// The groups of which nothing is known.
    pub fn missing(&self) -> impl Iterator<Item = Group> {
        let groups = self.groups.iter().filter(|group| group.is_missing());
        groups.map(|group| group.group)
    }
}

/// The card of a persona.
pub fn card<'a>(schema: &Schema, persona: &'a Persona, lang: Lang) -> Card<'a> {
    let notes = persona.evidence.iter();
    let group = |group| CardGroup {
        group,
        entries: persona
            .groups
            .get(&group)
            .map(Vec::as_slice)
            .unwrap_or_default(),
        evidence: notes
            .clone()
            .filter(|note| note.groups.contains(&group))
            .collect(),
    };
    let count = |kind| (kind, notes.clone().filter(|note| note.kind == kind).count());
    Card {
        name: name_in(&persona.name, lang),
        summary: &persona.summary,
        colour: persona.colour,
        groups: Group::ALL.map(group).into(),
        evidence: EvidenceKind::ALL.map(count),
        fit: fit_rules(schema, persona),
    }
}
