//! What an import must know of the base: its fields with their options, its tags, and how a text is read.
//!
//! The one seam between an import and the rest: whoever runs one hands in a [`Known`] and a [`Read`].

use super::row::Reason;
use crate::contact::Phone;
use crate::day::Zone;
use crate::profile::{FieldId, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a base has, as an import needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The fields of a person.
    pub fields: Vec<KnownField>,
    /// The tags' ids by their names, as [`fold`] writes them.
    pub tags: BTreeMap<String, String>,
    /// The workspace's clock.
    #[serde(default)]
    pub zone: Zone,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownField {
    /// Which.
    pub id: FieldId,
    /// What it is called, in each language.
    pub names: Vec<String>,
    /// What it holds.
    pub shape: Shape,
    /// What there is to choose from.
    #[serde(default)]
    pub options: Vec<KnownOption>,
}

/// An option of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownOption {
    /// Its id.
    pub id: String,
    /// What it is called, in each language.
    pub names: Vec<String>,
}

/// What a field holds: [`Value`] without the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Text.
    Text,
    /// A number.
    Number,
    /// A date.
    Date,
    /// One of the options.
    Choice,
    /// Several of them.
    Choices,
    /// Yes or no.
    Bool,
}

/// How texts become what the base holds.
pub trait Read {
    /// A telephone number; `country` (ISO 3166, `CN`) is that of a number that names none.
    fn phone(&self, text: &str, country: &str) -> Result<Phone, Reason>;
    /// The value of a field that is text, a number, or yes or no.
    fn value(&self, field: &FieldId, text: &str) -> Result<Value, Reason>;
}

impl Known {
    /// The field of this id.
    pub fn field(&self, id: &FieldId) -> Option<&KnownField> {
        self.fields.iter().find(|field| field.id == *id)
    }
}

impl KnownField {
    /// The option that a text names, by its id or in any language.
    pub fn option(&self, text: &str) -> Option<&str> {
        let text = fold(text);
        let is = |option: &&KnownOption| {
            let mut names = std::iter::once(&option.id).chain(&option.names);
            names.any(|name| fold(name) == text)
        };
        self.options
            .iter()
            .find(is)
            .map(|option| option.id.as_str())
    }
}

/// A text as names are compared: trimmed, in lower case, full-width signs as the usual ones, one blank between words.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().map(narrow).flat_map(char::to_lowercase));
    }
    folded
}

/// The usual form of a full-width sign.
pub(super) fn narrow(c: char) -> char {
    let code = u32::from(c);
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(code.wrapping_sub(0xfee0)).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}
