//! A rule as it stands in a form: half-typed numbers included.

use domain::channel::Channel;
use domain::rulebook::{Name, Need, Repeat, Rule, When, kind_name};
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
    pub(crate) days: String,
    /// The cap, as typed; empty for none.
    pub(crate) cap: String,
    /// What was downloaded or played; empty for any.
    pub(crate) asset: String,
    /// For how long a page was in front at least.
    pub(crate) seconds: Option<u32>,
    /// The group whose cap it shares; empty for none.
    pub(crate) group: String,
    /// After how many days an award is worth half, as typed; empty for never.
    pub(crate) half_life: String,
    /// How often it must happen first, as typed; empty for no such need.
    pub(crate) need_times: String,
    /// Within how many days, as typed.
    pub(crate) need_days: String,
}

impl RuleForm {
    /// Chooses the kind of event; what only other kinds have is forgotten.
    pub(crate) fn set_kind(&mut self, kind: Kind) {
        self.kind = kind;
        if !self.has_asset() {
            self.asset.clear();
        }
        if kind != Kind::Engagement {
            self.seconds = None;
        }
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

    /// Whether such events name what was downloaded or played.
    pub(crate) fn has_asset(&self) -> bool {
        matches!(self.kind, Kind::FormSubmit | Kind::Custom)
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
            asset: rule.when.asset.clone().unwrap_or_default(),
            seconds: rule.when.seconds,
            group: rule.group.clone().unwrap_or_default(),
            half_life: shown(rule.half_life_days),
            need_times: shown(rule.need.map(|need| need.times)),
            need_days: shown(rule.need.map(|need| need.days)),
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
            asset: String::new(),
            seconds: None,
            group: String::new(),
            half_life: String::new(),
            need_times: String::new(),
            need_days: String::new(),
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
        let half_life_days = given(&self.half_life).map(|days| small(&days, "half_life_days"));
        let need = given(&self.need_times).map(|times| Need {
            times: small(&times, "need.times"),
            days: small(&self.need_days, "need.days"),
        });
        let name = Name {
            zh: self.zh.trim().to_owned(),
            en: self.en.trim().to_owned(),
        };
        let when = When {
            path: given(&self.path),
            name: given(&self.name),
            channel: self.channel,
            asset: given(&self.asset),
            seconds: self.seconds,
            ..When::any(self.kind)
        };
        Rule {
            cap,
            group: given(&self.group),
            half_life_days,
            need,
            ..Rule::new(&self.id, name, when, points, repeat)
        }
    }
}
/// Within how many days a rule repeats so often that says nothing else.
const DAYS: u16 = 7;

/// A number as it is typed; nothing for none.
fn shown(number: Option<u16>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// What is typed; none where that is nothing.
fn given(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A whole number, with either minus sign.
pub(super) fn number(text: &str) -> Option<i32> {
    text.trim().replace('−', "-").parse().ok()
}
