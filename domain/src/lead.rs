//! A lead: a person in the base, and what people see of one in a list.
//!
//! Not here: companies, stages and grades, which come with later parts of the product.

use crate::channel::Channel;
use crate::id::{LeadId, Ms, VisitorId};
use crate::identity::Email;
use crate::touch::TouchAt;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a person, by field. Values are as they were typed, trimmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The person's name.
    Name,
    /// The company's name.
    Company,
    /// A telephone number.
    Phone,
    /// The job title.
    Title,
    /// The company's size, as the form's choice says it.
    Size,
    /// The company's industry.
    Industry,
    /// What the person wrote.
    Message,
}

impl Field {
    /// Every field.
    pub const ALL: [Field; 7] = [
        Field::Name,
        Field::Company,
        Field::Phone,
        Field::Title,
        Field::Size,
        Field::Industry,
        Field::Message,
    ];

    /// The field's stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::Company => "company",
            Field::Phone => "phone",
            Field::Title => "title",
            Field::Size => "size",
            Field::Industry => "industry",
            Field::Message => "message",
        }
    }

    fn bit(self) -> u16 {
        1_u16.checked_shl(self as u32).unwrap_or_default()
    }
}

/// Some of the fields, in two bytes.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Fields(u16);

impl Fields {
    /// Which there are.
    pub fn iter(self) -> impl Iterator<Item = Field> {
        let all = Field::ALL.into_iter();
        all.filter(move |field| self.0 & field.bit() != 0)
    }
}

impl<'a> FromIterator<&'a Field> for Fields {
    fn from_iter<I: IntoIterator<Item = &'a Field>>(fields: I) -> Fields {
        Fields(fields.into_iter().fold(0, |set, field| set | field.bit()))
    }
}

/// A person, as the projections hold one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lead {
    /// Who.
    pub id: LeadId,
    /// The key the person was found by.
    pub email: Email,
    /// When the base first learned of the person.
    pub created_at: Ms,
    /// What is known; claims fill what is empty and overwrite nothing.
    pub fields: BTreeMap<Field, String>,
    /// The browsers that were ever identified as this person.
    pub visitors: BTreeSet<VisitorId>,
    /// 0–100.
    pub score: i32,
    /// The rulebook version that the score was computed by.
    pub rules: u32,
    /// The earliest touch of the person's own history.
    pub first_touch: Option<TouchAt>,
    /// The latest touch.
    pub last_touch: Option<TouchAt>,
    /// The latest event that weighs, else when the person was created.
    pub last_at: Ms,
    /// The journal's number of the last fact that changed it.
    pub seq: u64,
}

/// A lead as lists and live frames show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeadRow {
    /// Who.
    pub id: LeadId,
    /// The e-mail address.
    pub email: String,
    /// The name, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The company, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// The job title, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// 0–100.
    pub score: i32,
    /// The channel of the first touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The source of the first touch: `baidu`; empty when direct.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The campaign of the first touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// When the base first learned of the person.
    pub created_at: Ms,
    /// The latest event.
    pub last_at: Ms,
    /// The journal's number of the last change: a frame with a smaller one is older news.
    pub seq: u64,
}

impl Lead {
    /// The lead as a list shows it.
    pub fn row(&self) -> LeadRow {
        let first = self.first_touch.as_ref().map(|at| &at.touch);
        let field = |field| self.fields.get(&field).cloned();
        LeadRow {
            id: self.id,
            email: self.email.as_str().to_owned(),
            name: field(Field::Name),
            company: field(Field::Company),
            title: field(Field::Title),
            score: self.score,
            channel: first.map(|touch| touch.channel),
            source: first.map(|touch| touch.source.clone()).unwrap_or_default(),
            campaign: first.and_then(|touch| touch.campaign.clone()),
            created_at: self.created_at,
            last_at: self.last_at,
            seq: self.seq,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_fields_is_read_back_as_written() {
        let check = |fields: &[Field]| {
            let set: Fields = fields.iter().collect();
            assert_eq!(set.iter().collect::<Vec<_>>(), fields);
        };
        check(&[]);
        check(&[Field::Company, Field::Message]);
        check(&Field::ALL);
    }
}
