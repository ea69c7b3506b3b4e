//! The rulebook: the scoring rules, the segments and the key events as one versioned value, and what makes one valid.
//!
//! Not here: applying them (that is [`crate::score`], [`crate::segment`] and [`crate::key_event`]) or storing versions of them.

mod check;
mod starter;

pub use check::{Invalid, check};
pub use starter::starter;

use crate::channel::Channel;
use crate::wire::Kind;
use serde::{Deserialize, Serialize};

/// What a rulebook is held to.
pub mod limit {
    /// Rules in a rulebook.
    pub const RULES_MAX: usize = 200;
    /// A rule's id or name, in bytes.
    pub const NAME_BYTES_MAX: usize = 120;
    /// A URL pattern, in bytes.
    pub const GLOB_BYTES_MAX: usize = 256;
    /// Stars in a URL pattern: more would make matching slow for no gain.
    pub const GLOB_STARS_MAX: usize = 8;
    /// Points of a rule and of a cap, either way.
    pub const POINTS_MAX: i32 = 100;
    /// How often a day a rule may count.
    pub const PER_DAY_MAX: u16 = 100;
    /// Segments in a rulebook.
    pub const SEGMENTS_MAX: usize = 20;
    /// A segment's id, in bytes.
    pub const SEGMENT_ID_BYTES_MAX: usize = 40;
    /// Key events in a rulebook.
    pub const KEY_EVENTS_MAX: usize = 20;
    /// Within how many days a key event may be asked for.
    pub const KEY_EVENT_DAYS_MAX: u16 = 365;
    /// How many events a segment or a key event may ask for.
    pub const AT_LEAST_MAX: u32 = 1_000;
}

/// The highest score; the lowest is 0.
pub const SCORE_MAX: i32 = 100;

/// The scoring rules of a workspace. Versions are counted by who stores them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rulebook {
    /// The score at which marketing calls a lead qualified (MQL), 1–100.
    pub mql_score: i32,
    /// The rules, in the order they are shown in. Their order does not matter to a score.
    pub rules: Vec<Rule>,
    /// The segments, all of them public: anyone who knows a browser's id may ask which it is in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<Segment>,
    /// The key events.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub key_events: Vec<KeyEvent>,
}

/// One rule: what earns points, how many and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Stable name of the rule in explanations: unique in the rulebook.
    pub id: String,
    /// What people call it, in each language.
    pub name: Name,
    /// Which events earn the points.
    pub when: When,
    /// Points for each award, −100…100, not 0.
    pub points: i32,
    /// How often it may be earned.
    pub repeat: Repeat,
    /// The most that this rule may add (or take away, for negative points) in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<i32>,
}

/// A group of browsers: those that did something often enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// What the website knows it by: 1–40 lower-case letters, digits and hyphens; unique in the rulebook.
    pub id: String,
    /// What people call it, in each language.
    pub name: Name,
    /// Which events count.
    pub when: When,
    /// How many of them it takes, 1–1,000.
    pub at_least: u32,
}

/// Something that is noted when a browser does it often enough within some days; once in as many days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct KeyEvent {
    /// Its stable name in facts: unique in the rulebook.
    pub id: String,
    /// What people call it, in each language.
    pub name: Name,
    /// Which events count.
    pub when: When,
    /// How many of them it takes, 1–1,000.
    pub at_least: u32,
    /// Within how many days, 1–365.
    pub days: u16,
}

/// A name in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// What an event must be to earn a rule's points or to count for a segment: all that is given must hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The kind of event.
    #[serde(with = "kind_name")]
    #[cfg_attr(feature = "schema", schemars(with = "kind_name::Schema"))]
    pub kind: Kind,
    /// A pattern on the page's path, `*` standing for any text: `/demo/pricing*`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The form's or the custom event's name; no other event has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The channel of the page view that began a visit; no other event has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
}

/// How often a rule may be earned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Repeat {
    /// By the first such event only.
    Once,
    /// By every such event.
    Every,
    /// By the first so many such events of a day, in the workspace's zone.
    PerDay(u16),
}

/// [`Kind`] by its name: `wire` has no serde of its own.
pub mod kind_name {
    use crate::wire::Kind;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use std::borrow::Cow;

    /// Its schema: one of the names.
    #[cfg(feature = "schema")]
    pub struct Schema;

    #[cfg(feature = "schema")]
    impl schemars::JsonSchema for Schema {
        fn schema_name() -> Cow<'static, str> {
            Cow::Borrowed("Kind")
        }

        fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
            schemars::json_schema!({
                "description": "The kind of a tracked event.",
                "type": "string",
                "enum": Kind::ALL.map(Kind::name),
            })
        }
    }

    /// Writes the kind's name.
    pub fn serialize<S: Serializer>(kind: &Kind, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(kind.name())
    }

    /// Reads a kind by its name.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Kind, D::Error> {
        let name = Cow::<str>::deserialize(deserializer)?;
        Kind::from_name(&name).ok_or_else(|| D::Error::custom("unknown kind"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rulebook_is_read_back_as_written() {
        let text = serde_json::to_string(&starter()).unwrap();
        assert_eq!(serde_json::from_str::<Rulebook>(&text).unwrap(), starter());
        assert!(
            serde_json::from_str::<Rulebook>(r#"{"mql_score":60,"rules":[],"extra":1}"#).is_err()
        );
        let old = r#"{"mql_score":60,"rules":[]}"#;
        let rulebook = serde_json::from_str::<Rulebook>(old).unwrap();
        assert_eq!(rulebook.segments, []);
        assert_eq!(serde_json::to_string(&rulebook).unwrap(), old);
    }
}
