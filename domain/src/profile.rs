//! What can be known of a person: standard and custom fields, typed, and tags in groups.
//!
//! Not here: who may change it, and where it is kept.

use crate::lead::Field;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// Which field: written `company` for a standard one, `custom.budget` for one that the workspace defined.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldId {
    /// One that every workspace has.
    Standard(Field),
    /// One that the workspace defined, by its id.
    Custom(String),
}

impl fmt::Display for FieldId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FieldId::Standard(field) => f.write_str(field.name()),
            FieldId::Custom(id) => write!(f, "custom.{id}"),
        }
    }
}

impl FromStr for FieldId {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<FieldId, &'static str> {
        if let Some(id) = text.strip_prefix("custom.") {
            return Ok(FieldId::Custom(id.to_owned()));
        }
        let mut all = Field::ALL.into_iter();
        let found = all.find(|field| field.name() == text);
        found.map(FieldId::Standard).ok_or("unknown_field")
    }
}

impl Serialize for FieldId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FieldId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<FieldId, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "type", content = "is", rename_all = "snake_case")]
pub enum Value {
    /// Text, trimmed.
    Text(String),
    /// A number, in thousandths: exact, and the same on every machine.
    Number(i64),
    /// A calendar date: days since 1970-01-01.
    Date(i32),
    /// One of the field's options, by its id.
    Choice(String),
    /// Several of them.
    Choices(BTreeSet<String>),
    /// Yes or no.
    Bool(bool),
}
