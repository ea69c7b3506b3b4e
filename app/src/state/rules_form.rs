//! A rulebook as it stands in a form: half-typed numbers included.
//!
//! Not here: whether the rules are valid, which [`domain::rulebook::check`] says; this adds only what cannot be
//! read as a number at all.

use crate::state::rest_form::RestForm;
use crate::state::rule_form::number;
pub(crate) use crate::state::rule_form::{RepeatChoice, RuleForm};
use domain::rulebook::{Rulebook, SCORE_MAX, check, limit};
use serde::{Deserialize, Serialize};

/// A rulebook in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RulesForm {
    /// The MQL line, as typed.
    pub(crate) mql_score: String,
    /// The rules.
    pub(crate) rules: Vec<RuleForm>,
    /// Everything else.
    pub(crate) rest: RestForm,
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
    /// Numbers that must fall do not.
    NotFalling,
    /// Who is left out is asked by what follows from it.
    FollowsFromIt,
    /// A condition that cannot be read yet.
    Incomplete,
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
            "out_of_range" => {
                let (least, most) = range(field);
                Why::OutOfRange(least, most)
            }
            "not_falling" => Why::NotFalling,
            "follows_from_it" => Why::FollowsFromIt,
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

/// What a number may be, by its field: the least and the most.
fn range(field: &str) -> (i32, i32) {
    let days = i32::from(limit::WINDOW_DAYS_MAX);
    let of: [(&str, (i32, i32)); 10] = [
        ("repeat.days", (2, days)),
        ("half_life_days", (1, i32::from(limit::HALF_LIFE_DAYS_MAX))),
        ("need.times", (2, i32::from(limit::NEED_TIMES_MAX))),
        ("days", (1, days)),
        ("at_least", (1, 1_000)),
        ("silence.points", (1, limit::POINTS_MAX)),
        ("silence.floor", (0, SCORE_MAX)),
        ("weight", (1, i32::from(domain::persona::limit::WEIGHT_MAX))),
        (
            "points",
            (limit::POINTS_MAX.saturating_neg(), limit::POINTS_MAX),
        ),
        ("", (1, limit::POINTS_MAX)),
    ];
    let found = of.into_iter().find(|(end, _)| field.ends_with(end));
    found.map_or((1, limit::POINTS_MAX), |(_, range)| range)
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
            rest: RestForm::of(rulebook),
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
        let mut incomplete = Vec::new();
        let rest = self.rest.read(&mut unread, &mut incomplete);
        let rulebook = Rulebook {
            mql_score,
            rules,
            ..rest
        };
        let mut wrong: Vec<Wrong> = check(&rulebook)
            .into_iter()
            .filter(|invalid| !unread.contains(&invalid.field))
            .filter(|invalid| {
                !incomplete
                    .iter()
                    .any(|field| invalid.field.starts_with(field))
            })
            .map(|invalid| Wrong {
                why: Why::read(invalid.code, &invalid.field),
                field: invalid.field,
            })
            .collect();
        wrong.extend(unread.into_iter().map(|field| Wrong {
            field,
            why: Why::NotANumber,
        }));
        wrong.extend(incomplete.into_iter().map(|field| Wrong {
            field,
            why: Why::Incomplete,
        }));
        (rulebook, wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::channel::Channel;
    use domain::rulebook::starter;
    use domain::wire::Kind;

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
    fn what_else_there_is_is_read_too() {
        check_one(
            |rule| rule.half_life = "0".into(),
            &[("rules[2].half_life_days", Why::OutOfRange(1, 730))],
        );
        check_one(
            |rule| (rule.need_times, rule.need_days) = ("3".into(), "x".into()),
            &[("rules[2].need.days", Why::NotANumber)],
        );
        check_one(|rule| rule.group.clear(), &[]);
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
