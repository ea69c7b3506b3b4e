//! Which custom fields and tags a workspace has.
//!
//! Ids stand in facts for ever, so nothing that was saved is taken out again: it is retired, which keeps what it says of
//! people and offers it to nobody. Not here: what makes a schema valid (that is [`super::check()`]).

use super::{FieldId, Value, folded, line, lines};
use crate::lead::Field;
use crate::rulebook::Name;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The fields and tags that a workspace defined. The order of everything is the order it is shown in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// Counted by who stores it; 0 before it was ever saved.
    #[serde(default)]
    pub version: u32,
    /// The custom fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Definition>,
    /// The tag groups, the one that tells people apart best standing first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tag_groups: Vec<TagGroup>,
}

/// A custom field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Its stable name: 1–40 lower-case letters, digits and hyphens.
    pub id: String,
    /// What people call it.
    pub name: Name,
    /// What it holds. A saved field stays of its kind.
    pub kind: Kind,
    /// Whether it is out of use.
    #[serde(default, skip_serializing_if = "is_false")]
    pub retired: bool,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "FieldKind"))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// Text.
    Text {
        /// Whether it may have several lines.
        #[serde(default, skip_serializing_if = "is_false")]
        long: bool,
    },
    /// A number.
    Number {
        /// The least, in thousandths.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<i64>,
        /// The most, in thousandths.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<i64>,
        /// How many digits may follow the point, 0–3.
        #[serde(default)]
        decimals: u8,
    },
    /// A calendar date.
    Date,
    /// One of some options.
    Choice {
        /// Which.
        options: Vec<Choice>,
    },
    /// Several of some options.
    Choices {
        /// Which.
        options: Vec<Choice>,
    },
    /// Yes or no.
    Bool,
}

/// An option of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its stable name in the field.
    pub id: String,
    /// What people call it.
    pub name: Name,
    /// Whether it is out of use.
    #[serde(default, skip_serializing_if = "is_false")]
    pub retired: bool,
}

/// Tags that answer one question: which industry, which need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TagGroup {
    /// Its stable name.
    pub id: String,
    /// What people call it.
    pub name: Name,
    /// Whether a person has one of its tags at most.
    #[serde(default, skip_serializing_if = "is_false")]
    pub exclusive: bool,
    /// The tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// Whether it is out of use.
    #[serde(default, skip_serializing_if = "is_false")]
    pub retired: bool,
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tag {
    /// Its stable name, in all groups together.
    pub id: String,
    /// What people call it.
    pub name: Name,
    /// Whether it is out of use.
    #[serde(default, skip_serializing_if = "is_false")]
    pub retired: bool,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// The group of tags that nobody has sorted yet.
const UNSORTED: &str = "unsorted";
/// What every standard field but the message and the amount holds.
static LINE: Kind = Kind::Text { long: false };
/// What the message holds.
static TEXT: Kind = Kind::Text { long: true };
/// What the amount holds.
static AMOUNT: Kind = Kind::Number {
    min: Some(0),
    max: None,
    decimals: 2,
};

impl Schema {
    /// The custom field of an id.
    pub fn definition(&self, id: &str) -> Option<&Definition> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// What a field holds; none when there is no such field.
    pub fn kind(&self, field: &FieldId) -> Option<&Kind> {
        match field {
            FieldId::Standard(Field::Message) => Some(&TEXT),
            FieldId::Standard(Field::Amount) => Some(&AMOUNT),
            FieldId::Standard(_) => Some(&LINE),
            FieldId::Custom(id) => Some(&self.definition(id)?.kind),
        }
    }

    /// A value as it is kept: text made clean by the field's kind.
    pub fn cleaned(&self, field: &FieldId, value: &Value) -> Value {
        match (self.kind(field), value) {
            (Some(Kind::Text { long: true }), Value::Text(text)) => Value::Text(lines(text)),
            (Some(Kind::Text { long: false }), Value::Text(text)) => Value::Text(line(text)),
            (_, value) => value.clone(),
        }
    }

    /// Whether a field is out of use.
    pub fn is_retired(&self, field: &FieldId) -> bool {
        match field {
            FieldId::Standard(_) => false,
            FieldId::Custom(id) => self.definition(id).is_some_and(|field| field.retired),
        }
    }

    /// Every tag with its group, in order.
    pub fn tags(&self) -> impl Iterator<Item = (&TagGroup, &Tag)> {
        let groups = self.tag_groups.iter();
        groups.flat_map(|group| group.tags.iter().map(move |tag| (group, tag)))
    }

    /// The tag of an id, with its group.
    pub fn tag(&self, id: &str) -> Option<(&TagGroup, &Tag)> {
        self.tags().find(|(_, tag)| tag.id == id)
    }

    /// The tag that a text means: by its id, else by its name in either language. The first of several, since tags of
    /// two groups may share a name.
    pub fn tag_named(&self, text: &str) -> Option<(&TagGroup, &Tag)> {
        let text = folded(text);
        let by_name = || self.tags().find(|(_, tag)| is_called(&tag.name, &text));
        self.tag(&text).or_else(by_name)
    }
}

impl Schema {
    /// Takes in tags that were made on the way, by an import say: those that are new stand in a group of their own, the
    /// last, until someone sorts them. `names` are by id.
    pub fn admit(&mut self, names: &BTreeMap<String, String>) {
        let known: BTreeSet<&str> = self.tags().map(|(_, tag)| tag.id.as_str()).collect();
        let new = names.iter().filter(|(id, _)| !known.contains(id.as_str()));
        let new: Vec<Tag> = new.map(|(id, name)| Tag::called(id, name)).collect();
        if new.is_empty() {
            return;
        }
        let is_it = |group: &&mut TagGroup| group.id == UNSORTED;
        match self.tag_groups.iter_mut().find(is_it) {
            Some(group) => group.tags.extend(new),
            None => self.tag_groups.push(TagGroup {
                id: UNSORTED.into(),
                name: Name {
                    zh: "未分组".into(),
                    en: "Unsorted".into(),
                },
                exclusive: false,
                tags: new,
                retired: false,
            }),
        }
    }
}

impl Tag {
    /// A tag of which one name is known.
    fn called(id: &str, name: &str) -> Tag {
        Tag {
            id: id.into(),
            name: Name {
                zh: name.into(),
                en: name.into(),
            },
            retired: false,
        }
    }
}

impl Kind {
    /// The options; none of a field without.
    pub fn options(&self) -> &[Choice] {
        match self {
            Kind::Choice { options } | Kind::Choices { options } => options,
            Kind::Text { .. } | Kind::Number { .. } | Kind::Date | Kind::Bool => &[],
        }
    }

    /// The option that a text means: by its id, else by its name in either language.
    pub fn option_named(&self, text: &str) -> Option<&Choice> {
        let text = folded(text);
        let options = self.options();
        let by_id = options.iter().find(|option| option.id == text);
        by_id.or_else(|| options.iter().find(|option| is_called(&option.name, &text)))
    }
}

fn is_called(name: &Name, folded_text: &str) -> bool {
    folded(&name.zh) == folded_text || folded(&name.en) == folded_text
}

/// What a workspace begins with: four groups of tags, their tags its own to find, and the two fields that
/// decide a purchase between companies most often.
pub fn starter() -> Schema {
    let name = |zh: &str, en: &str| Name {
        zh: zh.into(),
        en: en.into(),
    };
    let group = |id: &str, zh, en| TagGroup {
        id: id.into(),
        name: name(zh, en),
        exclusive: false,
        tags: Vec::new(),
        retired: false,
    };
    let field = |id: &str, zh, en, kind| Definition {
        id: id.into(),
        name: name(zh, en),
        kind,
        retired: false,
    };
    let budget = Kind::Number {
        min: Some(0),
        max: None,
        decimals: 2,
    };
    Schema {
        version: 0,
        fields: vec![
            field("budget", "预算", "Budget", budget),
            field("buying-date", "预计采购日期", "Buying date", Kind::Date),
        ],
        tag_groups: vec![
            group("industry", "行业", "Industry"),
            group("job", "职位", "Job"),
            group("need", "需求", "Need"),
            group("value", "价值", "Value"),
        ],
    }
}
