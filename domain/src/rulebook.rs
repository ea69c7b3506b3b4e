//! The rulebook: the scoring rules as one versioned value, and what makes one valid.
//!
//! Not here: applying the rules (that is [`crate::score`]) or storing versions of them.

use crate::channel::Channel;
use crate::wire::Kind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

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
}

/// The highest score; the lowest is 0.
pub const SCORE_MAX: i32 = 100;

/// The scoring rules of a workspace. Versions are counted by who stores them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rulebook {
    /// The score at which marketing calls a lead qualified (MQL), 1–100.
    pub mql_score: i32,
    /// The rules, in the order they are shown in. Their order does not matter to a score.
    pub rules: Vec<Rule>,
}

/// One rule: what earns points, how many and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// A name in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// What an event must be to earn a rule's points: all that is given must hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The kind of event.
    #[serde(with = "kind_name")]
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
#[serde(rename_all = "snake_case")]
pub enum Repeat {
    /// By the first such event only.
    Once,
    /// By every such event.
    Every,
    /// By the first so many such events of a day, in the workspace's zone.
    PerDay(u16),
}

/// Why a rulebook is not valid: the field and a stable code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// Where, as a path: `rules[3].points`.
    pub field: String,
    /// Why.
    pub code: &'static str,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.code)
    }
}

/// Says what is wrong with a rulebook; nothing when it may be published. Codes: `empty`, `too_long`, `too_many`,
/// `duplicate`, `zero`, `out_of_range`, `cap_below_points`, `too_many_stars`, `not_a_path`, `channel_needs_page_view`,
/// `name_needs_form_or_custom`.
pub fn check(rulebook: &Rulebook) -> Vec<Invalid> {
    let mut found = Vec::new();
    if !(1..=SCORE_MAX).contains(&rulebook.mql_score) {
        found.push(Invalid {
            field: "mql_score".into(),
            code: "out_of_range",
        });
    }
    if rulebook.rules.len() > limit::RULES_MAX {
        found.push(Invalid {
            field: "rules".into(),
            code: "too_many",
        });
    }
    let mut seen = BTreeSet::new();
    for (place, rule) in rulebook.rules.iter().enumerate() {
        let mut wrong = |field: &str, code| {
            found.push(Invalid {
                field: format!("rules[{place}].{field}"),
                code,
            });
        };
        if !seen.insert(&rule.id) {
            wrong("id", "duplicate");
        }
        for (code, field) in check_rule(rule) {
            wrong(field, code);
        }
    }
    found
}

/// What is wrong with one rule, on its own: (code, field).
fn check_rule(rule: &Rule) -> Vec<(&'static str, &'static str)> {
    let mut found = Vec::new();
    let mut require = |holds: bool, code, field| {
        if !holds {
            found.push((code, field));
        }
    };
    for (text, field) in [
        (&rule.id, "id"),
        (&rule.name.zh, "name.zh"),
        (&rule.name.en, "name.en"),
    ] {
        require(!text.trim().is_empty(), "empty", field);
        require(text.len() <= limit::NAME_BYTES_MAX, "too_long", field);
    }
    let range = -limit::POINTS_MAX..=limit::POINTS_MAX;
    require(rule.points != 0, "zero", "points");
    require(range.contains(&rule.points), "out_of_range", "points");
    if let Some(cap) = rule.cap {
        require(
            (1..=limit::POINTS_MAX).contains(&cap),
            "out_of_range",
            "cap",
        );
        require(
            cap >= rule.points.saturating_abs(),
            "cap_below_points",
            "cap",
        );
    }
    if let Repeat::PerDay(times) = rule.repeat {
        require(
            (1..=limit::PER_DAY_MAX).contains(&times),
            "out_of_range",
            "repeat",
        );
    }
    if let Some(path) = &rule.when.path {
        require(
            path.starts_with('/') || path.starts_with('*'),
            "not_a_path",
            "when.path",
        );
        require(path.len() <= limit::GLOB_BYTES_MAX, "too_long", "when.path");
        let stars = path.bytes().filter(|b| *b == b'*').count();
        require(
            stars <= limit::GLOB_STARS_MAX,
            "too_many_stars",
            "when.path",
        );
    }
    let touches = rule.when.kind == Kind::PageView;
    require(
        touches || rule.when.channel.is_none(),
        "channel_needs_page_view",
        "when.channel",
    );
    if let Some(name) = &rule.when.name {
        require(
            rule.when.kind.is_named(),
            "name_needs_form_or_custom",
            "when.name",
        );
        require(!name.is_empty(), "empty", "when.name");
        require(
            name.len() <= crate::wire::limit::NAME_BYTES_MAX,
            "too_long",
            "when.name",
        );
    }
    found
}

/// The rulebook that a new workspace starts with: what a ToB company's first visits are worth.
pub fn starter() -> Rulebook {
    let rule = |id: &str, zh: &str, en: &str, when: When, points, repeat, cap| Rule {
        id: id.into(),
        name: Name {
            zh: zh.into(),
            en: en.into(),
        },
        when,
        points,
        repeat,
        cap,
    };
    let page = |path: &str| When {
        kind: Kind::PageView,
        path: Some(path.into()),
        name: None,
        channel: None,
    };
    let form = |name: Option<&str>| When {
        kind: Kind::FormSubmit,
        path: None,
        name: name.map(Into::into),
        channel: None,
    };
    Rulebook {
        mql_score: 60,
        rules: vec![
            rule(
                "trial_form",
                "提交试用表单",
                "Trial form submitted",
                form(Some("trial")),
                40,
                Repeat::Once,
                None,
            ),
            rule(
                "contact_form",
                "提交联系表单",
                "Contact form submitted",
                form(Some("contact")),
                25,
                Repeat::Once,
                None,
            ),
            rule(
                "pricing_view",
                "查看报价页面",
                "Pricing page viewed",
                page("*/pricing*"),
                10,
                Repeat::PerDay(2),
                Some(30),
            ),
            rule(
                "case_view",
                "阅读客户案例",
                "Customer story read",
                page("*/case*"),
                6,
                Repeat::PerDay(1),
                Some(18),
            ),
            rule(
                "product_view",
                "查看产品页面",
                "Product page viewed",
                page("*/product*"),
                4,
                Repeat::PerDay(1),
                Some(12),
            ),
            rule(
                "any_view",
                "浏览任意页面",
                "Any page viewed",
                When {
                    kind: Kind::PageView,
                    path: None,
                    name: None,
                    channel: None,
                },
                1,
                Repeat::PerDay(5),
                Some(15),
            ),
            rule(
                "paid_search_visit",
                "经付费搜索到访",
                "Arrived by paid search",
                When {
                    kind: Kind::PageView,
                    path: None,
                    name: None,
                    channel: Some(Channel::PaidSearch),
                },
                5,
                Repeat::PerDay(1),
                Some(10),
            ),
            rule(
                "careers_view",
                "查看招聘页面",
                "Careers page viewed",
                page("*/careers*"),
                -15,
                Repeat::Once,
                None,
            ),
        ],
    }
}

/// [`Kind`] by its name: `wire` has no serde of its own.
pub mod kind_name {
    use crate::wire::Kind;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use std::borrow::Cow;

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

    fn check_one(change: impl FnOnce(&mut Rule), expect: &[(&str, &str)]) {
        let mut rulebook = starter();
        change(&mut rulebook.rules[2]);
        let found: Vec<_> = check(&rulebook)
            .into_iter()
            .map(|i| (i.field, i.code))
            .collect();
        let found: Vec<_> = found
            .iter()
            .map(|(field, code)| (field.as_str(), *code))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn the_starter_rulebook_is_valid() {
        assert_eq!(check(&starter()), []);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_field() {
        check_one(|r| r.points = 0, &[("rules[2].points", "zero")]);
        check_one(
            |r| r.points = 101,
            &[
                ("rules[2].points", "out_of_range"),
                ("rules[2].cap", "cap_below_points"),
            ],
        );
        check_one(
            |r| r.points = i32::MIN,
            &[
                ("rules[2].points", "out_of_range"),
                ("rules[2].cap", "cap_below_points"),
            ],
        );
        check_one(|r| r.cap = Some(9), &[("rules[2].cap", "cap_below_points")]);
        check_one(|r| r.cap = Some(101), &[("rules[2].cap", "out_of_range")]);
        check_one(
            |r| r.repeat = Repeat::PerDay(0),
            &[("rules[2].repeat", "out_of_range")],
        );
        check_one(
            |r| r.when.path = Some("pricing".into()),
            &[("rules[2].when.path", "not_a_path")],
        );
        check_one(
            |r| r.when.path = Some("*".repeat(1_000)),
            &[
                ("rules[2].when.path", "too_long"),
                ("rules[2].when.path", "too_many_stars"),
            ],
        );
        check_one(
            |r| r.id = "trial_form".into(),
            &[("rules[2].id", "duplicate")],
        );
        check_one(
            |r| r.name.zh = "  ".into(),
            &[("rules[2].name.zh", "empty")],
        );
        let named = |kind, name: &str| {
            let when = When {
                kind,
                path: None,
                name: Some(name.into()),
                channel: None,
            };
            move |r: &mut Rule| r.when = when
        };
        check_one(named(Kind::Custom, ""), &[("rules[2].when.name", "empty")]);
        for kind in Kind::ALL {
            let refused = [("rules[2].when.name", "name_needs_form_or_custom")];
            let expect: &[(&str, &str)] = if kind.is_named() { &[] } else { &refused };
            check_one(named(kind, "trial"), expect);
        }
    }

    #[test]
    fn a_rulebook_has_limits_of_its_own() {
        let mut rulebook = starter();
        rulebook.mql_score = 0;
        let rule = rulebook.rules[0].clone();
        rulebook.rules = (0..=limit::RULES_MAX)
            .map(|n| Rule {
                id: n.to_string(),
                ..rule.clone()
            })
            .collect();
        let found: Vec<_> = check(&rulebook)
            .into_iter()
            .map(|i| i.to_string())
            .collect();
        assert_eq!(found, ["mql_score: out_of_range", "rules: too_many"]);
    }

    #[test]
    fn a_rulebook_is_read_back_as_written() {
        let text = serde_json::to_string(&starter()).unwrap();
        assert_eq!(serde_json::from_str::<Rulebook>(&text).unwrap(), starter());
        assert!(
            serde_json::from_str::<Rulebook>(r#"{"mql_score":60,"rules":[],"extra":1}"#).is_err()
        );
    }
}
