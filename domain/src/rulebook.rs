//! The rulebook: the scoring rules, the grades, the segments and the key events as one versioned value, and what makes one
//! valid.
//!
//! Not here: applying them (that is [`crate::score`], [`crate::grade`], [`crate::segment`] and [`crate::key_event`]) or
//! storing versions of them.

mod check;
mod starter;

pub use check::{Invalid, check, check_against};
pub(crate) use check::{asks_known_form, check_when};
pub use starter::starter;

use crate::channel::Channel;
use crate::grade::Grading;
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
    /// How often a day, or in a window, a rule may count.
    pub const PER_DAY_MAX: u16 = 100;
    /// A window of a rule, in days.
    pub const WINDOW_DAYS_MAX: u16 = 365;
    /// How many events in a window a rule may ask for.
    pub const NEED_TIMES_MAX: u16 = 100;
    /// The slowest decay: so many days to half.
    pub const HALF_LIFE_DAYS_MAX: u16 = 730;
    /// Groups of rules in a rulebook.
    pub const GROUPS_MAX: usize = 20;
    /// The longest silence that costs points, in days.
    pub const SILENCE_DAYS_MAX: u16 = 365;
    /// What a download or a film is called, in bytes.
    pub const ASSET_BYTES_MAX: usize = 64;
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The groups of rules that share a cap.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<RuleGroup>,
    /// What silence costs; nothing when it costs nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silence: Option<Silence>,
    /// How well people fit, and who is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grading: Option<Grading>,
}

/// Rules whose points together are capped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleGroup {
    /// Stable name of the group: unique in the rulebook.
    pub id: String,
    /// What people call it, in each language.
    pub name: Name,
    /// The most that its rules together may add or take away, 1–100.
    pub cap: i32,
}

/// What it costs to be silent: for each full `days` without an event that weighs, `points` are taken off, down to
/// `floor`. The next event ends the silence and its cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Silence {
    /// How many days, 1–365.
    pub days: u16,
    /// How many points, 1–100.
    pub points: i32,
    /// What silence alone leaves, 0–100. A score that is lower already stays as it is.
    #[serde(default)]
    pub floor: i32,
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
    /// The group whose cap it shares: [`RuleGroup::id`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// After how many days an award is worth half, 1–730; none when it keeps its worth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half_life_days: Option<u16>,
    /// How often it must happen before it earns anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<Need>,
}

/// Only an event that is at least the so many-th of its rule within some days earns points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// How many of them it takes, 2–100.
    pub times: u16,
    /// Within how many days of the workspace, its own day among them, 1–365.
    pub days: u16,
}

impl Rule {
    /// A rule with no more than it needs.
    pub fn new(id: &str, name: Name, when: When, points: i32, repeat: Repeat) -> Rule {
        Rule {
            id: id.to_owned(),
            name,
            when,
            points,
            repeat,
            cap: None,
            group: None,
            half_life_days: None,
            need: None,
        }
    }
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
    /// What was downloaded, sent for or played: the `asset` of a custom event or of a form; no other event has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asset: Option<String>,
    /// For how many seconds at least a page was in front, one of [`crate::score::Shape::SECONDS`]; an engagement alone says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
}

impl When {
    /// Every event of a kind.
    pub const fn any(kind: Kind) -> When {
        When {
            kind,
            path: None,
            name: None,
            channel: None,
            asset: None,
            seconds: None,
        }
    }
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
    /// By so many such events at most within some days of the workspace, the first ones first.
    Within {
        /// How many, 1–100.
        times: u16,
        /// Within how many days, 2–365.
        days: u16,
    },
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
