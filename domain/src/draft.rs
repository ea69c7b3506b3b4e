//! A person as a form, an import, another system or a member puts one down, before the base has looked who it is.
//!
//! Not here: finding the person, and what of the draft holds.

use crate::contact::{Country, Key};
use crate::id::Ms;
use crate::profile::{FieldId, Value};
use crate::rulebook::Invalid;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is put down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Draft {
    /// The keys, the first of a kind being the main one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<Key>,
    /// The fields that are not empty.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<FieldId, Value>,
    /// Tags, by their ids.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
    /// Where the person comes from.
    #[serde(default)]
    pub origin: Origin,
}

impl Draft {
    /// The draft with its keys in the form in which people are found by them. Codes of
    /// [`Key::normal`].
    pub fn normal(mut self) -> Result<Draft, Invalid> {
        self.keys = normal_keys(self.keys)?;
        Ok(self)
    }
}

/// Keys in the form in which people are found by them, each once. Codes as of [`Draft::normal`].
pub fn normal_keys(keys: Vec<Key>) -> Result<Vec<Key>, Invalid> {
    let mut found: Vec<Key> = Vec::with_capacity(keys.len());
    for (place, key) in keys.into_iter().enumerate() {
        let key = key.normal(Country::CN).map_err(|code| Invalid {
            field: format!("keys[{place}]"),
            code,
        })?;
        if !found.contains(&key) {
            found.push(key);
        }
    }
    Ok(found)
}

/// Where a person comes from, where no visit tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Origin {
    /// By which way it came in.
    pub door: Door,
    /// The source: `CIIE 2026`, `crm`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// From whom it was bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
    /// What it cost, in the smallest unit of the workspace's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_minor: Option<i64>,
    /// On what ground the person may be written to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
}

impl Origin {
    /// What it says; where it says nothing, what the whole file says.
    #[must_use]
    pub fn of_file(self, file: &Origin) -> Origin {
        let says = !self.source.is_empty();
        Origin {
            door: file.door,
            source: if says {
                self.source
            } else {
                file.source.clone()
            },
            vendor: self.vendor.or_else(|| file.vendor.clone()),
            cost_minor: self.cost_minor.or(file.cost_minor),
            consent: self.consent.or_else(|| file.consent.clone()),
        }
    }
}

/// A way into the base.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// A form on a website.
    #[default]
    Form,
    /// A file.
    Import,
    /// Another system.
    Api,
    /// A member of the workspace.
    Member,
    /// WeChat.
    Wechat,
}

/// On what ground someone may be written to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Consent {
    /// In words: "ticked the box at registration".
    pub ground: String,
    /// When it was given.
    pub at: Ms,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_more_than_its_file() {
        let file = Origin {
            door: Door::Import,
            source: "CIIE 2026".into(),
            vendor: Some("Dun".into()),
            cost_minor: Some(1_250),
            consent: None,
        };
        let row = Origin {
            source: "crm".into(),
            cost_minor: Some(0),
            ..Origin::default()
        };
        assert_eq!(Origin::default().of_file(&file), file);
        let expect = Origin {
            source: "crm".into(),
            cost_minor: Some(0),
            ..file.clone()
        };
        assert_eq!(row.of_file(&file), expect);
    }
}
