//! What a list is filtered and sorted by.

use crate::lead::Field;
use crate::profile::{FieldId, Kind, Schema};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A column of the list of people: written `score`, `company`, `custom.budget`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The latest activity.
    #[default]
    LastAt,
    /// The score.
    Score,
    /// When the base learned of the person.
    CreatedAt,
    /// The company in the base, by its id.
    Account,
    /// The channel of the first touch.
    Channel,
    /// The source of the first touch.
    Source,
    /// The campaign of the first touch.
    Campaign,
    /// What the person is to the decision to buy.
    Role,
    /// The tags, by their ids.
    Tags,
    /// The stage, by its id.
    Stage,
    /// Since when the person stands there.
    StageAt,
    /// The member whose lead it is, by the id.
    Owner,
    /// The grade.
    Grade,
    /// The place in the matrix: `A1`.
    Cell,
    /// The grounds on which the person is left out, by their ids.
    Excluded,
    /// The personas that the person is of, by their ids.
    Persona,
    /// The segments that the person is in, by their ids.
    Segment,
    /// The main e-mail address.
    Email,
    /// The main telephone number.
    Phone,
    /// A field. The telephone number as it was typed is none: the main one stands for it.
    Field(FieldId),
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Whole numbers: scores, times, days, thousandths.
    Number,
    /// Yes or no.
    Bool,
    /// A line of text, compared as [`crate::profile::folded`] writes it.
    Line,
    /// A long text, compared in the same way.
    Text,
    /// One of some words, by its id.
    Word,
    /// Several of some words.
    Words,
}

/// Columns that are no fields.
const OWN: &[(&str, Column)] = &[
    ("last_at", Column::LastAt),
    ("score", Column::Score),
    ("created_at", Column::CreatedAt),
    ("account", Column::Account),
    ("channel", Column::Channel),
    ("source", Column::Source),
    ("campaign", Column::Campaign),
    ("role", Column::Role),
    ("tags", Column::Tags),
    ("stage", Column::Stage),
    ("stage_at", Column::StageAt),
    ("owner", Column::Owner),
    ("grade", Column::Grade),
    ("cell", Column::Cell),
    ("excluded", Column::Excluded),
    ("persona", Column::Persona),
    ("segment", Column::Segment),
    ("email", Column::Email),
    ("phone", Column::Phone),
];

impl Column {
    /// What it holds; none of a field that the workspace has not.
    pub fn holds(&self, schema: &Schema) -> Option<Holds> {
        Some(match self {
            Column::LastAt | Column::Score | Column::CreatedAt | Column::StageAt => Holds::Number,
            Column::Account | Column::Channel | Column::Role | Column::Grade | Column::Cell => {
                Holds::Word
            }
            Column::Stage | Column::Owner => Holds::Word,
            Column::Source | Column::Campaign | Column::Email | Column::Phone => Holds::Line,
            Column::Tags | Column::Excluded | Column::Persona | Column::Segment => Holds::Words,
            Column::Field(field) => match schema.kind(field)? {
                Kind::Text { long: true } => Holds::Text,
                Kind::Text { long: false } => Holds::Line,
                Kind::Number { .. } | Kind::Date => Holds::Number,
                Kind::Choice { .. } => Holds::Word,
                Kind::Choices { .. } => Holds::Words,
                Kind::Bool => Holds::Bool,
            },
        })
    }

    /// Whether a list can be sorted by it: what has one value, of which one comes before another to people.
    pub fn is_sortable(&self, holds: Holds) -> bool {
        !matches!(self, Column::Account | Column::Owner)
            && !matches!(holds, Holds::Words | Holds::Text)
    }

    /// Whether every person has a value in it.
    pub fn is_full(&self) -> bool {
        matches!(self, Column::LastAt | Column::Score | Column::CreatedAt)
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Column::Field(field) = self {
            return field.fmt(f);
        }
        let own = OWN.iter().find(|(_, column)| column == self);
        f.write_str(own.map_or("", |(name, _)| name))
    }
}

impl FromStr for Column {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Column, &'static str> {
        if let Some((_, column)) = OWN.iter().find(|(name, _)| *name == text) {
            return Ok(column.clone());
        }
        text.parse().map(Column::Field)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Column {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Column".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let own = OWN.iter().map(|(name, _)| *name);
        let fields = Field::ALL.iter().filter(|field| **field != Field::Phone);
        let names: Vec<&str> = own.chain(fields.map(|field| field.name())).collect();
        let pattern = format!(r"^({}|custom\.[a-z0-9-]{{1,40}})$", names.join("|"));
        schemars::json_schema!({ "type": "string", "pattern": pattern })
    }
}

impl Serialize for Column {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Column, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl From<Field> for Column {
    fn from(field: Field) -> Column {
        match field {
            Field::Phone => Column::Phone,
            field => Column::Field(FieldId::Standard(field)),
        }
    }
}
