//! Who is of a persona's kind: the rules that follow from it, and what a profile answers to them.
//!
//! What is not known of a person is unknown, and not against them. Integers only, so that everyone counts the same. Not here:
//! grades.

use super::{Criterion, Entry, Group, Persona, Subject, Test};
use crate::id::PersonaId;
use crate::profile::{Described, Hints, Kind, Schema, Value, folded, parts, read, span};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Of what is known, so much must fit for a yes.
const FITS_PERCENT: u32 = 60;
/// Of all that is asked, so much must be known for a yes or a no.
const KNOWN_PERCENT: u32 = 30;
/// A word of so few letters must stand alone: "IT" is not in "item".
const SHORT_CHARS_MAX: usize = 3;

/// A criterion, made ready to be asked of many people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FitRule {
    /// Of what.
    pub about: Subject,
    /// What must hold; texts are folded.
    pub test: Test,
    /// What it weighs.
    pub weight: u16,
    /// The group it stands in.
    pub group: Group,
    /// Whether someone wrote it; otherwise it follows from an entry.
    pub written: bool,
    /// Of the tags: the others in the groups of those asked for. Who has one of them, and none that is asked for, is not it.
    #[serde(skip)]
    others: BTreeSet<String>,
}

/// What a profile says to a rule, or to all of a persona's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It fits.
    Yes,
    /// It does not.
    No,
    /// Nobody knows yet.
    Unknown,
}

/// How well a profile fits a persona.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fit {
    /// What weighs for it.
    pub yes: u32,
    /// What weighs against it.
    pub no: u32,
    /// What is not known.
    pub unknown: u32,
    /// The answer to each rule, in their order: the reasons.
    pub answers: Vec<Answer>,
}

/// The rules of a persona: first what follows from its entries, then what someone wrote, which stands in the place of
/// everything else about the same.
pub fn fit_rules(schema: &Schema, persona: &Persona) -> Vec<FitRule> {
    let written: BTreeSet<&Subject> = persona.fit.iter().map(|one| &one.about).collect();
    let entries = persona.groups.iter();
    let entries = entries.flat_map(|(group, entries)| entries.iter().map(|entry| (*group, entry)));
    let derived = entries.filter_map(|(group, entry)| derive(schema, group, entry));
    let derived = derived.filter(|rule| !written.contains(&rule.about));
    let by_hand = persona.fit.iter().map(|one| fit_rule(schema, one));
    derived.chain(by_hand).collect()
}

fn derive(schema: &Schema, group: Group, entry: &Entry) -> Option<FitRule> {
    let about = entry.about.clone()?;
    let test = test_of(schema, &about, &entry.text)?;
    Some(FitRule {
        others: others(schema, &about, &test),
        about,
        test,
        weight: group.weight(),
        group,
        written: false,
    })
}

/// A criterion that someone wrote, made ready.
pub fn fit_rule(schema: &Schema, criterion: &Criterion) -> FitRule {
    let Criterion {
        about,
        test,
        weight,
        group,
    } = criterion.clone();
    let fold = |texts: BTreeSet<String>| texts.iter().map(|text| folded(text)).collect();
    let test = match test {
        Test::OneOf(texts) => Test::OneOf(fold(texts)),
        Test::Contains(texts) => Test::Contains(fold(texts)),
        test @ (Test::Range { .. } | Test::Is(_) | Test::Known) => test,
    };
    FitRule {
        others: others(schema, &about, &test),
        about,
        test,
        weight,
        group,
        written: true,
    }
}

/// What an entry's text asks of what it is about; none when it says nothing that could be answered.
pub(super) fn test_of(schema: &Schema, about: &Subject, text: &str) -> Option<Test> {
    let one_of = |ids: BTreeSet<String>| (!ids.is_empty()).then_some(Test::OneOf(ids));
    let Subject::Field(field) = about else {
        let tags = parts(text).filter_map(|part| schema.tag_named(part));
        return one_of(tags.map(|(_, tag)| tag.id.clone()).collect());
    };
    let kind = schema.kind(field)?;
    let range = |(min, max)| Test::Range {
        min: Some(min),
        max: Some(max),
    };
    match kind {
        // "100-499" is a range; "360" may be a name.
        Kind::Text { .. } => match span(text).filter(|(min, max)| min < max) {
            Some(found) => Some(range(found)),
            None => {
                let texts: BTreeSet<String> = parts(text)
                    .map(folded)
                    .filter(|text| !text.is_empty())
                    .collect();
                (!texts.is_empty()).then_some(Test::Contains(texts))
            }
        },
        Kind::Number { .. } => span(text).map(range),
        Kind::Date => Some(Test::Known),
        Kind::Choice { .. } | Kind::Choices { .. } => {
            let options = parts(text).filter_map(|part| kind.option_named(part));
            one_of(options.map(|option| option.id.clone()).collect())
        }
        Kind::Bool => match read(schema, field, text, Hints::default()) {
            Ok(Value::Bool(is)) => Some(Test::Is(is)),
            _ => None,
        },
    }
}

fn others(schema: &Schema, about: &Subject, test: &Test) -> BTreeSet<String> {
    let (Subject::Tags, Test::OneOf(ids)) = (about, test) else {
        return BTreeSet::new();
    };
    let asked = schema.tag_groups.iter();
    let asked = asked.filter(|group| group.tags.iter().any(|tag| ids.contains(&tag.id)));
    let tags = asked.flat_map(|group| group.tags.iter().map(|tag| tag.id.clone()));
    tags.filter(|id| !ids.contains(id)).collect()
}

impl FitRule {
    /// A single question, which weighs nothing against others.
    pub fn asking(schema: &Schema, about: Subject, test: Test) -> FitRule {
        let criterion = Criterion {
            about,
            test,
            weight: 1,
            group: Group::Company,
        };
        fit_rule(schema, &criterion)
    }

    /// What a profile says to it.
    pub fn matches(&self, person: &impl Described) -> Answer {
        match &self.about {
            Subject::Tags => self.matches_tags(person),
            Subject::Field(field) => match person.value(field) {
                Some(value) => self.matches_value(value),
                None => Answer::Unknown,
            },
        }
    }

    fn matches_tags(&self, person: &impl Described) -> Answer {
        let has = |ids: &BTreeSet<String>| person.tags().any(|tag| ids.contains(tag));
        match &self.test {
            Test::OneOf(ids) if has(ids) => Answer::Yes,
            Test::OneOf(_) if has(&self.others) => Answer::No,
            Test::Known if person.tags().next().is_some() => Answer::Yes,
            _ => Answer::Unknown,
        }
    }

    /// A test that cannot be made of such a value is not answered.
    fn matches_value(&self, value: &Value) -> Answer {
        match (&self.test, value) {
            (Test::Known, _) => Answer::Yes,
            (Test::OneOf(ids), Value::Choice(id)) => Answer::of(ids.contains(id)),
            (Test::OneOf(ids), Value::Choices(chosen)) => Answer::of(!ids.is_disjoint(chosen)),
            (Test::OneOf(texts), Value::Text(text)) => Answer::of(texts.contains(&folded(text))),
            (Test::Contains(texts), Value::Text(text)) => {
                let text = folded(text);
                Answer::of(texts.iter().any(|part| has_words(&text, part)))
            }
            (Test::Range { min, max }, Value::Number(number)) => {
                within((*number, *number), *min, *max)
            }
            (Test::Range { min, max }, Value::Text(text)) => match span(text) {
                Some(found) => within(found, *min, *max),
                None => Answer::Unknown,
            },
            (Test::Is(asked), Value::Bool(is)) => Answer::of(asked == is),
            _ => Answer::Unknown,
        }
    }
}

impl Answer {
    const fn of(holds: bool) -> Answer {
        if holds { Answer::Yes } else { Answer::No }
    }
}

/// Whether all, or nothing, of what a number may be lies between the ends; between the two nobody knows.
fn within((least, most): (i64, i64), min: Option<i64>, max: Option<i64>) -> Answer {
    let (min, max) = (min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX));
    if min <= least && most <= max {
        Answer::Yes
    } else if most < min || max < least {
        Answer::No
    } else {
        Answer::Unknown
    }
}

/// Whether words stand in a text. Where the script sets words apart they begin as a word does, and a short one ends as
/// one: "retail" is in "Retailer", "it" is in "head of IT" and not in "digital".
fn has_words(text: &str, words: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let begins = is_letter(words.chars().next());
    let ends = is_letter(words.chars().next_back()) && words.chars().count() <= SHORT_CHARS_MAX;
    text.match_indices(words).any(|(at, found)| {
        let (before, from) = text.split_at_checked(at).unwrap_or_default();
        let after = from.strip_prefix(found).unwrap_or_default();
        let runs_on = begins && is_letter(before.chars().next_back());
        let goes_on = ends && is_letter(after.chars().next());
        !runs_on && !goes_on
    })
}

/// How well a person fits some rules.
pub fn fit(rules: &[FitRule], person: &impl Described) -> Fit {
    let answers: Vec<Answer> = rules.iter().map(|rule| rule.matches(person)).collect();
    let weight = |answer| {
        let given = rules
            .iter()
            .zip(&answers)
            .filter(|(_, given)| **given == answer);
        given
            .map(|(rule, _)| u32::from(rule.weight))
            .fold(0, u32::saturating_add)
    };
    Fit {
        yes: weight(Answer::Yes),
        no: weight(Answer::No),
        unknown: weight(Answer::Unknown),
        answers,
    }
}

impl Fit {
    /// Whether the person is of the kind: yes when 60 % of what is known fits; unknown as long as less than 30 % of what
    /// is asked is known.
    pub fn answer(&self) -> Answer {
        match self.percent() {
            Some(percent) if self.known_percent() >= KNOWN_PERCENT => {
                Answer::of(percent >= FITS_PERCENT)
            }
            _ => Answer::Unknown,
        }
    }

    /// How much of what is known fits, in percent; none when nothing is known.
    pub fn percent(&self) -> Option<u32> {
        share(self.yes, self.yes.saturating_add(self.no), 100)
    }

    /// How much of what is asked is known, in percent.
    pub fn known_percent(&self) -> u32 {
        let known = self.yes.saturating_add(self.no);
        share(known, known.saturating_add(self.unknown), 100).unwrap_or(0)
    }

    /// 0–1,000, to compare personas by: what is unknown counts as half, so that one answer out of ten does not
    /// win over nine.
    pub fn standing(&self) -> u32 {
        let part = self.yes.saturating_mul(2).saturating_add(self.unknown);
        let all = self
            .yes
            .saturating_add(self.no)
            .saturating_add(self.unknown);
        share(part, all.saturating_mul(2), 1_000).unwrap_or(500)
    }
}

fn share(part: u32, all: u32, of: u32) -> Option<u32> {
    let part = u64::from(part).saturating_mul(u64::from(of));
    u32::try_from(part.checked_div(u64::from(all))?).ok()
}

/// The fits of a profile, the best first. The persona of a person is the first whose [`Fit::answer`] is yes.
pub fn matching<'a>(
    personas: impl IntoIterator<Item = &'a (PersonaId, Vec<FitRule>)>,
    person: &impl Described,
) -> Vec<(PersonaId, Fit)> {
    let mut fits: Vec<_> = personas
        .into_iter()
        .map(|(id, rules)| (*id, fit(rules, person)))
        .collect();
    // The order of personas decides between equals.
    fits.sort_by_key(|(_, fit)| Reverse((fit.standing(), fit.yes)));
    fits
}

#[cfg(test)]
mod tests;
