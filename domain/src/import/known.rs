//! What an import must know of the base: its fields with their options, its tags, and how a text is read.
//!
//! All of it comes out of the workspace's [`Schema`]; what is out of use there is not in it. Not here: what a file brings
//! that the base does not have: [`Schema::admit`] takes its tags in.

use super::row::Reason;
use crate::contact::{Country, Phone, PhoneFault, PhoneRead};
use crate::day::Zone;
use crate::profile::{DateOrder, Definition, FieldId, Hints, Kind, Schema, Value, folded, read};
use crate::rulebook::Name;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a base has, as an import needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// By what values are read.
    pub schema: Schema,
    /// The fields of a person.
    pub fields: Vec<KnownField>,
    /// The tags' ids by their names, as [`folded`] writes them.
    pub tags: BTreeMap<String, String>,
    /// The workspace's clock.
    pub zone: Zone,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownField {
    /// Which.
    pub id: FieldId,
    /// What it is called, in each language.
    pub names: Vec<String>,
    /// What it holds.
    pub shape: Shape,
    /// What there is to choose from.
    pub options: Vec<KnownOption>,
}

/// An option of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
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

impl Known {
    /// What a base of this schema has.
    pub fn of(schema: Schema, zone: Zone) -> Known {
        let fields = schema.fields.iter().filter(|field| !field.retired);
        let tags = schema
            .tags()
            .filter(|(group, tag)| !group.retired && !tag.retired);
        let mut named = BTreeMap::new();
        for (_, tag) in tags {
            for name in names(&tag.name).iter().chain([&tag.id]) {
                // Tags of two groups may share a name: the first has it.
                named.entry(folded(name)).or_insert_with(|| tag.id.clone());
            }
        }
        Known {
            fields: fields.map(KnownField::of).collect(),
            tags: named,
            zone,
            schema,
        }
    }

    /// A telephone number; `country` (ISO 3166, `CN`) is that of a number that names none.
    pub(super) fn phone(&self, text: &str, country: &str) -> Result<Phone, Reason> {
        let country: Country = country.parse().map_err(|_| Reason::BadPhone)?;
        match Phone::parse(text, country) {
            PhoneRead::Good(phone) => Ok(phone),
            PhoneRead::Ambiguous(_) => Err(Reason::AmbiguousPhone),
            PhoneRead::Bad(PhoneFault::Rounded) => Err(Reason::RoundedNumber),
            PhoneRead::Bad(_) => Err(Reason::BadPhone),
        }
    }

    /// The value of a field that has no options.
    pub(super) fn value(
        &self,
        field: &FieldId,
        text: &str,
        order: Option<DateOrder>,
    ) -> Result<Option<Value>, Reason> {
        let hints = Hints { date_order: order };
        match read(&self.schema, field, text, hints) {
            Ok(value) => Ok(Some(value)),
            // Nothing of it can be seen.
            Err(invalid) if invalid.code == "empty" => Ok(None),
            Err(invalid) => Err(reason(invalid.code)),
        }
    }
    /// The field of this id.
    pub fn field(&self, id: &FieldId) -> Option<&KnownField> {
        self.fields.iter().find(|field| field.id == *id)
    }
}

/// The reason that a code of [`read`] and of [`crate::profile::read_date`] is.
pub(super) fn reason(code: &str) -> Reason {
    match code {
        "too_long" => Reason::TooLong,
        "not_a_number" | "too_many_decimals" | "out_of_range" => Reason::BadNumber,
        "not_yes_or_no" => Reason::BadBool,
        "unknown_option" => Reason::UnknownChoice,
        "ambiguous_date" => Reason::AmbiguousDate,
        "impossible_date" => Reason::ImpossibleDate,
        "unknown_field" => Reason::UnknownField,
        _ => Reason::BadDate,
    }
}

fn names(name: &Name) -> Vec<String> {
    vec![name.zh.clone(), name.en.clone()]
}

impl KnownField {
    fn of(field: &Definition) -> KnownField {
        let options = field.kind.options().iter();
        let options = options.filter(|option| !option.retired);
        KnownField {
            id: FieldId::Custom(field.id.clone()),
            names: names(&field.name),
            shape: Shape::of(&field.kind),
            options: options
                .map(|option| KnownOption {
                    id: option.id.clone(),
                    names: names(&option.name),
                })
                .collect(),
        }
    }

    /// The option that a text names, by its id or in any language.
    pub fn option(&self, text: &str) -> Option<&str> {
        let text = folded(text);
        let is = |option: &&KnownOption| {
            let mut names = std::iter::once(&option.id).chain(&option.names);
            names.any(|name| folded(name) == text)
        };
        self.options
            .iter()
            .find(is)
            .map(|option| option.id.as_str())
    }
}

impl Shape {
    fn of(kind: &Kind) -> Shape {
        match kind {
            Kind::Text { .. } => Shape::Text,
            Kind::Number { .. } => Shape::Number,
            Kind::Date => Shape::Date,
            Kind::Choice { .. } => Shape::Choice,
            Kind::Choices { .. } => Shape::Choices,
            Kind::Bool => Shape::Bool,
        }
    }
}
