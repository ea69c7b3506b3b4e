//! What can be known of a person: standard and custom fields, typed, and tags in groups.
//!
//! A workspace's [`Schema`] says which there are; [`read`] makes a [`Value`] of what people write, [`show`] writes it so
//! that it is read back the same; whoever is [`Described`] can be asked. Not here: who may change it, and where it is kept.

mod check;
mod clean;
mod date;
mod described;
mod number;
mod read;
mod schema;

pub(crate) use check::Findings;
pub use check::{check, check_value};
pub use clean::{folded, line, lines};
pub(crate) use date::day_of;
pub use date::{DateOrder, read_date, show_date, ymd};
pub use described::Described;
pub use number::{Span, read_number, show_number, span};
pub(crate) use read::name_in;
pub use read::{Hints, parts, read, show};
pub use schema::{Choice, Definition, Kind, Schema, Tag, TagGroup, starter};

use crate::id::is_slug;
use crate::lead::Field;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// What fields and tags are held to.
pub mod limit {
    /// Custom fields of a workspace, those that are out of use among them.
    pub const FIELDS_MAX: usize = 100;
    /// Options of a field.
    pub const OPTIONS_MAX: usize = 200;
    /// Tag groups of a workspace.
    pub const TAG_GROUPS_MAX: usize = 50;
    /// Tags of a workspace, of all groups together.
    pub const TAGS_MAX: usize = 2_000;
    /// Tags of a person.
    pub const TAGS_OF_ONE_MAX: usize = 200;
    /// The id of a field, an option, a group or a tag, in bytes.
    pub const ID_BYTES_MAX: usize = 40;
    /// The name of one, in bytes.
    pub const NAME_BYTES_MAX: usize = 120;
    /// A line of text, in bytes.
    pub const LINE_BYTES_MAX: usize = 1_024;
    /// A long text, in bytes.
    pub const TEXT_BYTES_MAX: usize = 8_192;
    /// Digits that may follow the point of a number.
    pub const DECIMALS_MAX: u8 = 3;
    /// The greatest number either way, in thousandths: what a JavaScript number holds exactly.
    pub const NUMBER_MAX: i64 = 9_007_199_254_740_991;
    /// The first date: 1000-01-01.
    pub const DATE_MIN: i32 = -354_285;
    /// The last date: 9999-12-31.
    pub const DATE_MAX: i32 = 2_932_896;
}

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
            let holds = is_slug(id, limit::ID_BYTES_MAX);
            return holds
                .then(|| FieldId::Custom(id.to_owned()))
                .ok_or("unknown_field");
        }
        let mut all = Field::ALL.into_iter();
        let found = all.find(|field| field.name() == text);
        found.map(FieldId::Standard).ok_or("unknown_field")
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for FieldId {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FieldId".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let standard: Vec<&str> = Field::ALL.iter().map(|field| field.name()).collect();
        let pattern = format!(r"^({}|custom\.[a-z0-9-]{{1,40}})$", standard.join("|"));
        schemars::json_schema!({ "type": "string", "pattern": pattern })
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

impl Value {
    /// Whether it says nothing: such a value is never kept, and overwrites none.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) | Value::Choice(text) => text.is_empty(),
            Value::Choices(ids) => ids.is_empty(),
            Value::Number(_) | Value::Date(_) | Value::Bool(_) => false,
        }
    }
}

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
