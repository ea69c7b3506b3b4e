//! Calls about personas: the list with how many people each fits, one with its card, saving and taking away.

use super::call::{Access, Call, Home, Method, Role};
use super::session::Lang;
use crate::id::PersonaId;
use crate::persona::{Answer, Card, Colour, Fit, Persona};
use crate::rulebook::Name;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Lists the personas, each with how many leads it fits. When a persona changed, everyone is looked at anew in slices:
/// `looked_at` of the answer says how far that has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Personas {}

/// The personas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonaList {
    /// Each of them, in the order of their ids.
    pub personas: Vec<PersonaRow>,
    /// How many leads were looked at since the personas are what they are.
    pub looked_at: u64,
    /// How many there are.
    pub leads: u64,
}

/// A persona, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonaRow {
    /// Which.
    pub id: PersonaId,
    /// Its version.
    pub version: u32,
    /// What people call it.
    pub name: Name,
    /// In a few sentences.
    pub summary: String,
    /// The colour of its sign.
    pub colour: Colour,
    /// How many leads are of the kind; [`super::Leads`] lists them with the filter
    /// `{"column": "persona", "op": "is", "value": id}`.
    pub matching: u64,
}

impl Call for Personas {
    const NAME: &'static str = "personas";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/personas";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = PersonaList;
}

/// Reads one persona, with what its card shows. Errors: `not_found`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonaCard {
    /// Which.
    pub id: PersonaId,
    /// The card's language; Chinese when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
}

/// A persona and its card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonaDetail {
    /// The persona, to be edited.
    pub persona: Persona,
    /// The card, to be printed.
    pub card: Card,
}

impl Call for PersonaCard {
    const NAME: &'static str = "persona_card";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/personas/{id}";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = PersonaDetail;
}

/// Saves a persona: a new one when `expected_version` is 0. Errors: `conflict` with the persona as it is; `not_found`;
/// `invalid` with `too_many`, or a code of [`crate::persona::check()`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SavePersona {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: PersonaId,
    /// The version that the edit was made from; 0 of a new one.
    pub expected_version: u32,
    /// The persona; its own id and version are not looked at.
    pub persona: Persona,
}

impl Call for SavePersona {
    const NAME: &'static str = "save_persona";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/personas/{id}";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = Persona;
}

/// Takes a persona away. Errors: `not_found`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RemovePersona {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: PersonaId,
}

/// What was taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Removed {
    /// Its id.
    pub id: Uuid,
}

impl Call for RemovePersona {
    const NAME: &'static str = "remove_persona";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/personas/{id}/remove";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = Removed;
}

/// The persona that fits a person best.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BestPersona {
    /// Which.
    pub id: PersonaId,
    /// What people call it.
    pub name: Name,
    /// Whether the person is of the kind.
    pub answer: Answer,
    /// How much of what is known fits, in percent; none when nothing is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u32>,
    /// How much of what is asked is known, in percent.
    pub known_percent: u32,
    /// The reasons: an answer a rule of the card's `fit`, in its order.
    pub fit: Fit,
}
