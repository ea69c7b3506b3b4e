//! A rulebook as it stands in a form: half-typed numbers included.
//!
//! Not here: whether the rules are valid, which [`domain::rulebook::check`] says; this adds only what cannot be
//! read as a number at all.

use domain::channel::Channel;
use domain::rulebook::{
    KeyEvent, Name, Repeat, Rule, Rulebook, Segment, When, check, kind_name, limit,
};
use domain::wire::Kind;
use serde::{Deserialize, Serialize};

/// Which of the ways a rule repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RepeatChoice {
    /// Once.
    Once,
    /// Every time.
    Every,
    /// So many a day.
    PerDay,
    /// So many within some days.
    Within,
}

impl RepeatChoice {
    /// Every choice.
    pub(crate) const ALL: [RepeatChoice; 4] = [
        RepeatChoice::Once,
        RepeatChoice::Every,
        RepeatChoice::PerDay,
        RepeatChoice::Within,
    ];

    /// The value of its option.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            RepeatChoice::Once => "once",
            RepeatChoice::Every => "every",
            RepeatChoice::PerDay => "per_day",
            RepeatChoice::Within => "within",
        }
    }
}

/// A rule in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RuleForm {
    /// [`Rule::id`], not shown.
    pub(crate) id: String,
    /// The Chinese name.
    pub(crate) zh: String,
    /// The English name.
    pub(crate) en: String,
    /// The kind of event.
    #[serde(with = "kind_name")]
    pub(crate) kind: Kind,
    /// The pattern on the path; empty for any.
    pub(crate) path: String,
    /// The form's or event's name; empty for any.
    pub(crate) name: String,
    /// The channel; none for any.
    pub(crate) channel: Option<Channel>,
    /// The points, as typed.
    pub(crate) points: String,
    /// How it repeats.
    pub(crate) repeat: RepeatChoice,
    /// How often a day, or within the days, as typed.
    pub(crate) per_day: String,
    /// Within how many days, as typed.
    #[serde(default)]
    pub(crate) days: String,
    /// The cap, as typed; empty for none.
    pub(crate) cap: String,
    /// The rule it shows: what is not edited here is kept.
    #[serde(default)]
    pub(crate) kept: Option<Box<Rule>>,
}

/// A rulebook in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RulesForm {
    /// The MQL line, as typed.
    pub(crate) mql_score: String,
    /// The rules.
    pub(crate) rules: Vec<RuleForm>,
    /// The segments, which are not edited here.
    #[serde(default)]
    pub(crate) segments: Vec<Segment>,
    /// The key events, which are not edited here.
    #[serde(default)]
    pub(crate) key_events: Vec<KeyEvent>,
    /// The groups, the silence and the grading, which are not edited here.
    #[serde(default)]
    pub(crate) kept: Rulebook,
}

/// What of a rulebook is not edited here, beside segments and key events.
pub(crate) fn kept(rulebook: &Rulebook) -> Rulebook {
    Rulebook {
        groups: rulebook.groups.clone(),
        silence: rulebook.silence,
        grading: rulebook.grading.clone(),
        ..Rulebook::default()
    }
}

/// Why a field is wrong. The names are those of [`domain::rulebook::check`] and [`domain::fold::save_site`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// Nothing is written.
    Empty,
    /// Too many bytes.
    TooLong,
    /// Too many rules.
    TooMany,
    /// Too many websites.
    TooManySites,
    /// Too many addresses of a website.
    TooManyOrigins,
    /// Not the origin of a website.
    NotAnOrigin,
    /// Not a website's short name.
    NotASiteName,
    /// Another website has this name.
    SiteTaken,
    /// Another rule has this id.
    Duplicate,
    /// Zero points change nothing.
    Zero,
    /// Below or above what is allowed.
    OutOfRange(i32, i32),
    /// A cap below one award.
    CapBelowPoints,
    /// Too many stars in a pattern.
    TooManyStars,
    /// A pattern that begins neither with `/` nor with `*`.
    NotAPath,
    /// A channel asked of an event that has none.
    ChannelNeedsPageView,
    /// A name asked of an event that has none.
    NameNeedsFormOrCustom,
    /// Not a whole number.
    NotANumber,
    /// Another line than the definition that both heads signed.
    Signed,
    /// A reason newer than this app.
    Other,
}

impl Why {
    /// Reads a code of the API, for a field.
    pub(crate) fn read(code: &str, field: &str) -> Why {
        match code {
            "too_many" if field == "site" => Why::TooManySites,
            "too_many" if field == "origins" => Why::TooManyOrigins,
            "duplicate" if field == "site" => Why::SiteTaken,
            "not_an_origin" => Why::NotAnOrigin,
            "not_a_site_key" => Why::NotASiteName,
            "empty" => Why::Empty,
            "too_long" => Why::TooLong,
            "too_many" => Why::TooMany,
            "duplicate" => Why::Duplicate,
            "zero" => Why::Zero,
            "out_of_range" if field.ends_with("repeat.days") => {
                Why::OutOfRange(2, i32::from(limit::WINDOW_DAYS_MAX))
            }
            "out_of_range" => {
                let least = if field.ends_with("points") {
                    limit::POINTS_MAX.saturating_neg()
                } else {
                    1
                };
                Why::OutOfRange(least, limit::POINTS_MAX)
            }
            "cap_below_points" => Why::CapBelowPoints,
            "too_many_stars" => Why::TooManyStars,
            "not_a_path" => Why::NotAPath,
            "channel_needs_page_view" => Why::ChannelNeedsPageView,
            "name_needs_form_or_custom" => Why::NameNeedsFormOrCustom,
            "not_a_number" => Why::NotANumber,
            "signed" => Why::Signed,
            _ => Why::Other,
        }
    }
}

/// A field that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// Where, as [`domain::rulebook::Invalid`] says it: `rules[3].points`.
    pub(crate) field: String,
    /// Why.
    pub(crate) why: Why,
}

impl RulesForm {
    /// A form that shows this rulebook.
    pub(crate) fn of(rulebook: &Rulebook) -> RulesForm {
        RulesForm {
            mql_score: rulebook.mql_score.to_string(),
            rules: rulebook.rules.iter().map(RuleForm::of).collect(),
            segments: rulebook.segments.clone(),
            key_events: rulebook.key_events.clone(),
            kept: kept(rulebook),
        }
    }

    /// The rulebook as far as it can be read, and everything that is wrong with it. It may be published when
    /// nothing is.
    pub(crate) fn read(&self) -> (Rulebook, Vec<Wrong>) {
        let mut unread = Vec::new();
        let mql_score = number(&self.mql_score).unwrap_or_else(|| {
            unread.push("mql_score".to_owned());
            1
        });
        let mut rules = Vec::new();
        for (place, form) in self.rules.iter().enumerate() {
            rules.push(form.read(|field| unread.push(format!("rules[{place}].{field}"))));
        }
        let segments = self.segments.clone();
        let rulebook = Rulebook {
            mql_score,
            rules,
            segments,
            key_events: self.key_events.clone(),
            ..self.kept.clone()
        };
        let mut wrong: Vec<Wrong> = check(&rulebook)
            .into_iter()
            .filter(|invalid| !unread.contains(&invalid.field))
            .map(|invalid| Wrong {
                why: Why::read(invalid.code, &invalid.field),
                field: invalid.field,
            })
            .collect();
        wrong.extend(unread.into_iter().map(|field| Wrong {
            field,
            why: Why::NotANumber,
        }));
        (rulebook, wrong)
    }
}

impl RuleForm {
    /// Chooses the kind of event; only page views have a channel, and only some kinds a name.
    pub(crate) fn set_kind(&mut self, kind: Kind) {
        self.kind = kind;
        if kind != Kind::PageView {
            self.channel = None;
        }
        if !kind.is_named() {
            self.name.clear();
        }
    }

    /// Whether the name is to be shown: a kind without one may still carry one, from before that was refused.
    pub(crate) fn shows_name(&self) -> bool {
        self.kind.is_named() || !self.name.is_empty()
    }

    /// A form that shows this rule.
    pub(crate) fn of(rule: &Rule) -> RuleForm {
        let (repeat, per_day, days) = match rule.repeat {
            Repeat::Once => (RepeatChoice::Once, 1, DAYS),
            Repeat::Every => (RepeatChoice::Every, 1, DAYS),
            Repeat::PerDay(times) => (RepeatChoice::PerDay, times, DAYS),
            Repeat::Within { times, days } => (RepeatChoice::Within, times, days),
        };
        RuleForm {
            id: rule.id.clone(),
            zh: rule.name.zh.clone(),
            en: rule.name.en.clone(),
            kind: rule.when.kind,
            path: rule.when.path.clone().unwrap_or_default(),
            name: rule.when.name.clone().unwrap_or_default(),
            channel: rule.when.channel,
            points: rule.points.to_string(),
            repeat,
            per_day: per_day.to_string(),
            days: days.to_string(),
            cap: rule.cap.map(|cap| cap.to_string()).unwrap_or_default(),
            kept: Some(Box::new(rule.clone())),
        }
    }

    /// A rule that is about to be written.
    pub(crate) fn blank(id: String) -> RuleForm {
        RuleForm {
            id,
            zh: String::new(),
            en: String::new(),
            kind: Kind::PageView,
            path: String::new(),
            name: String::new(),
            channel: None,
            points: "5".into(),
            repeat: RepeatChoice::PerDay,
            per_day: "1".into(),
            days: DAYS.to_string(),
            cap: String::new(),
            kept: None,
        }
    }

    /// The rule as far as it can be read; a number that cannot is named to `unread` and stands at 1.
    pub(crate) fn read(&self, mut unread: impl FnMut(&str)) -> Rule {
        let mut read = |text: &str, field: &str| {
            number(text).unwrap_or_else(|| {
                unread(field);
                1
            })
        };
        let points = read(&self.points, "points");
        let cap = if self.cap.trim().is_empty() {
            None
        } else {
            Some(read(&self.cap, "cap"))
        };
        // A number too great for the type is too great for the check as well, and a negative one too small.
        let mut small =
            |text: &str, field: &str| u16::try_from(read(text, field).max(0)).unwrap_or(u16::MAX);
        let repeat = match self.repeat {
            RepeatChoice::Once => Repeat::Once,
            RepeatChoice::Every => Repeat::Every,
            RepeatChoice::PerDay => Repeat::PerDay(small(&self.per_day, "repeat")),
            RepeatChoice::Within => Repeat::Within {
                times: small(&self.per_day, "repeat"),
                days: small(&self.days, "repeat.days"),
            },
        };
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let name = Name {
            zh: self.zh.trim().to_owned(),
            en: self.en.trim().to_owned(),
        };
        let kept = self.kept.as_deref();
        let of_kind = kept.filter(|rule| rule.when.kind == self.kind);
        let when = When {
            path: given(&self.path),
            name: given(&self.name),
            channel: self.channel,
            asset: of_kind.and_then(|rule| rule.when.asset.clone()),
            seconds: of_kind.and_then(|rule| rule.when.seconds),
            ..When::any(self.kind)
        };
        Rule {
            cap,
            group: kept.and_then(|rule| rule.group.clone()),
            half_life_days: kept.and_then(|rule| rule.half_life_days),
            need: kept.and_then(|rule| rule.need),
            ..Rule::new(&self.id, name, when, points, repeat)
        }
    }
}

/// Within how many days a rule repeats so often that says nothing else.
const DAYS: u16 = 7;

/// A whole number, with either minus sign.
fn number(text: &str) -> Option<i32> {
    text.trim().replace('−', "-").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::rulebook::starter;

    fn check_one(change: impl FnOnce(&mut RuleForm), expect: &[(&str, Why)]) {
        let mut form = RulesForm::of(&starter());
        change(&mut form.rules[2]);
        let (_, wrong) = form.read();
        let found: Vec<(&str, Why)> = wrong
            .iter()
            .map(|wrong| (wrong.field.as_str(), wrong.why))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn a_rulebook_comes_back_out_of_its_form() {
        assert_eq!(RulesForm::of(&starter()).read(), (starter(), vec![]));
    }

    #[test]
    fn a_field_that_is_no_number_is_named_once() {
        check_one(
            |rule| rule.points = "-".into(),
            &[("rules[2].points", Why::NotANumber)],
        );
        check_one(
            |rule| rule.cap = "x".into(),
            &[("rules[2].cap", Why::NotANumber)],
        );
        check_one(
            |rule| rule.per_day = String::new(),
            &[("rules[2].repeat", Why::NotANumber)],
        );
        check_one(
            |rule| rule.per_day = "70000".into(),
            &[("rules[2].repeat", Why::OutOfRange(1, 100))],
        );
        check_one(|rule| rule.points = "−5".into(), &[]);
        check_one(
            |rule| rule.points = "0".into(),
            &[("rules[2].points", Why::Zero)],
        );
        check_one(
            |rule| rule.path = "pricing".into(),
            &[("rules[2].when.path", Why::NotAPath)],
        );
        check_one(
            |rule| rule.zh = " ".into(),
            &[("rules[2].name.zh", Why::Empty)],
        );
        check_one(
            |rule| rule.name = "trial".into(),
            &[("rules[2].when.name", Why::NameNeedsFormOrCustom)],
        );
    }

    #[test]
    fn another_kind_keeps_only_what_it_has() {
        for kind in Kind::ALL {
            let mut rule = RuleForm::blank("x".into());
            (rule.name, rule.channel) = ("trial".into(), Some(Channel::Direct));
            assert!(rule.shows_name());
            rule.set_kind(kind);
            assert_eq!(rule.shows_name(), kind.is_named());
            let channel = (kind == Kind::PageView).then_some(Channel::Direct);
            assert_eq!(
                (rule.name.is_empty(), rule.channel),
                (!kind.is_named(), channel)
            );
        }
    }

    #[test]
    fn a_blank_rule_lacks_only_its_names() {
        check_one(
            |rule| *rule = RuleForm::blank("x".into()),
            &[
                ("rules[2].name.zh", Why::Empty),
                ("rules[2].name.en", Why::Empty),
            ],
        );
    }
}
