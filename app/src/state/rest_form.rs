//! What a rulebook has beside its rules, as it stands in a form: groups, silence, key events, segments of browsers, grading.
//!
//! A condition is kept as far as it was last complete; while it is typed, whoever shows it holds what is half typed.

use crate::state::rule_form::number;
use domain::grade::{Exclusion, Grading};
use domain::persona::{Criterion, Group, Subject, Test};
use domain::rulebook::{KeyEvent, Name, RuleGroup, Rulebook, Segment, Silence};
use domain::segment::{Condition, Did};
use serde::{Deserialize, Serialize};

/// What a rulebook has beside its rules, in a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RestForm {
    /// The groups.
    pub(crate) groups: Vec<GroupForm>,
    /// What silence costs.
    pub(crate) silence: Option<SilenceForm>,
    /// The key events.
    pub(crate) key_events: Vec<CountForm>,
    /// The segments of browsers.
    pub(crate) segments: Vec<CountForm>,
    /// How people are graded.
    pub(crate) grading: Option<GradingForm>,
}

/// A group of rules in a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GroupForm {
    /// Its stable name, not shown.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) name: Name,
    /// Its cap, as typed.
    pub(crate) cap: String,
}

/// What silence costs, in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SilenceForm {
    /// For each so many days.
    pub(crate) days: String,
    /// So many points.
    pub(crate) points: String,
    /// Down to so many.
    pub(crate) floor: String,
}

/// Something that browsers did so often, in a form: a key event or a segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CountForm {
    /// Its stable name.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) name: Name,
    /// What was done; none while that cannot be read.
    pub(crate) did: Option<Did>,
}

/// How people are graded, in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GradingForm {
    /// What is asked of a profile.
    pub(crate) criteria: Vec<CriterionForm>,
    /// From which share on it is an A, a B, a C, as typed.
    pub(crate) bounds: [String; 3],
    /// So much must be known, as typed.
    pub(crate) known: String,
    /// From which score on somebody is in band 1, 2, 3, as typed.
    pub(crate) bands: [String; 3],
    /// Who is left out.
    pub(crate) exclusions: Vec<ExclusionForm>,
}

/// What is asked of a profile, in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CriterionForm {
    /// Which, in the form.
    pub(crate) key: String,
    /// What must hold of a field or of the tags; none while that cannot be read.
    pub(crate) asks: Option<Condition>,
    /// What it weighs, as typed.
    pub(crate) weight: String,
    /// The group of the persona's card.
    pub(crate) group: Group,
}

/// A ground to leave somebody out, in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ExclusionForm {
    /// Its stable name, not shown.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) name: Name,
    /// Whom it means; none while that cannot be read.
    pub(crate) who: Option<Condition>,
}

/// What could not be read of a form, by its fields.
struct Unread<'a> {
    numbers: &'a mut Vec<String>,
    conditions: &'a mut Vec<String>,
}

impl Unread<'_> {
    fn number(&mut self, text: &str, field: String) -> i32 {
        number(text).unwrap_or_else(|| {
            self.numbers.push(field);
            1
        })
    }

    /// Beyond what the type holds is beyond what may be as well.
    fn small(&mut self, text: &str, field: String) -> u16 {
        u16::try_from(self.number(text, field).max(0)).unwrap_or(u16::MAX)
    }

    fn tiny(&mut self, text: &str, field: String) -> u8 {
        u8::try_from(self.number(text, field).max(0)).unwrap_or(u8::MAX)
    }

    fn condition<T>(&mut self, read: Option<T>, blank: impl FnOnce() -> T, field: String) -> T {
        read.unwrap_or_else(|| {
            self.conditions.push(field);
            blank()
        })
    }
}

impl RestForm {
    /// The form of what a rulebook has beside its rules.
    pub(crate) fn of(rulebook: &Rulebook) -> RestForm {
        let groups = rulebook.groups.iter().map(|group| GroupForm {
            id: group.id.clone(),
            name: group.name.clone(),
            cap: group.cap.to_string(),
        });
        let silence = rulebook.silence.map(|silence| SilenceForm {
            days: silence.days.to_string(),
            points: silence.points.to_string(),
            floor: silence.floor.to_string(),
        });
        let keys = rulebook.key_events.iter().map(|key| CountForm {
            id: key.id.clone(),
            name: key.name.clone(),
            did: Some(Did {
                when: key.when.clone(),
                at_least: key.at_least,
                days: Some(key.days),
            }),
        });
        let segments = rulebook.segments.iter().map(|segment| CountForm {
            id: segment.id.clone(),
            name: segment.name.clone(),
            did: Some(Did {
                when: segment.when.clone(),
                at_least: segment.at_least,
                days: None,
            }),
        });
        RestForm {
            groups: groups.collect(),
            silence,
            key_events: keys.collect(),
            segments: segments.collect(),
            grading: rulebook.grading.as_ref().map(GradingForm::of),
        }
    }

    /// It as far as it can be read, in a rulebook without rules; `numbers` and `conditions` get the fields that cannot be.
    pub(super) fn read(&self, numbers: &mut Vec<String>, conditions: &mut Vec<String>) -> Rulebook {
        let mut unread = Unread {
            numbers,
            conditions,
        };
        let mut groups = Vec::new();
        for (place, group) in self.groups.iter().enumerate() {
            groups.push(RuleGroup {
                id: group.id.clone(),
                name: trimmed(&group.name),
                cap: unread.number(&group.cap, format!("groups[{place}].cap")),
            });
        }
        let silence = self.silence.as_ref().map(|silence| Silence {
            days: unread.small(&silence.days, "silence.days".into()),
            points: unread.number(&silence.points, "silence.points".into()),
            floor: unread.number(&silence.floor, "silence.floor".into()),
        });
        let mut key_events = Vec::new();
        for (place, key) in self.key_events.iter().enumerate() {
            // A key event that names no days would be noted once for ever.
            let did = key.did.clone().filter(|did| did.days.is_some());
            let did = unread.condition(did, blank, format!("key_events[{place}]"));
            key_events.push(KeyEvent {
                id: key.id.clone(),
                name: trimmed(&key.name),
                when: did.when,
                at_least: did.at_least,
                days: did.days.unwrap_or(1),
            });
        }
        let mut segments = Vec::new();
        for (place, segment) in self.segments.iter().enumerate() {
            let did = unread.condition(segment.did.clone(), blank, format!("segments[{place}]"));
            segments.push(Segment {
                id: segment.id.trim().to_owned(),
                name: trimmed(&segment.name),
                when: did.when,
                at_least: did.at_least,
            });
        }
        let grading = self
            .grading
            .as_ref()
            .map(|grading| grading.read(&mut unread));
        Rulebook {
            groups,
            silence,
            key_events,
            segments,
            grading,
            ..Rulebook::default()
        }
    }
}

impl GradingForm {
    /// The form of a grading.
    pub(crate) fn of(grading: &Grading) -> GradingForm {
        let criteria = grading.criteria.iter().enumerate();
        let criteria = criteria.map(|(place, criterion)| CriterionForm {
            key: place.to_string(),
            asks: asked(criterion),
            weight: criterion.weight.to_string(),
            group: criterion.group,
        });
        let exclusions = grading.exclusions.iter().map(|exclusion| ExclusionForm {
            id: exclusion.id.clone(),
            name: exclusion.name.clone(),
            who: Some(exclusion.who.clone()),
        });
        GradingForm {
            criteria: criteria.collect(),
            bounds: grading.bounds.map(|bound| bound.to_string()),
            known: grading.known_percent.to_string(),
            bands: grading.bands.map(|points| points.to_string()),
            exclusions: exclusions.collect(),
        }
    }

    fn read(&self, unread: &mut Unread<'_>) -> Grading {
        let mut criteria = Vec::new();
        for (place, form) in self.criteria.iter().enumerate() {
            let path = format!("grading.criteria[{place}]");
            let known = || (Subject::Tags, Test::Known);
            let asks = form.asks.as_ref().and_then(subject);
            let (about, test) = unread.condition(asks, known, path.clone());
            criteria.push(Criterion {
                about,
                test,
                weight: unread.small(&form.weight, format!("{path}.weight")),
                group: form.group,
            });
        }
        let mut exclusions = Vec::new();
        for (place, form) in self.exclusions.iter().enumerate() {
            let field = format!("grading.exclusions[{place}].who");
            exclusions.push(Exclusion {
                id: form.id.clone(),
                name: trimmed(&form.name),
                who: unread.condition(form.who.clone(), || Condition::All(Vec::new()), field),
            });
        }
        Grading {
            criteria,
            bounds: self
                .bounds
                .each_ref()
                .map(|text| unread.tiny(text, "grading.bounds".into())),
            known_percent: unread.tiny(&self.known, "grading.known_percent".into()),
            bands: self
                .bands
                .each_ref()
                .map(|text| unread.number(text, "grading.bands".into())),
            exclusions,
        }
    }
}

/// What a criterion asks, as a condition.
fn asked(criterion: &Criterion) -> Option<Condition> {
    match (&criterion.about, &criterion.test) {
        (Subject::Field(field), test) => Some(Condition::Field {
            field: field.clone(),
            is: test.clone(),
        }),
        (Subject::Tags, Test::OneOf(tags)) => Some(Condition::Tags(tags.clone())),
        (Subject::Tags, _) => None,
    }
}

/// What a condition asks, as a criterion has it.
fn subject(condition: &Condition) -> Option<(Subject, Test)> {
    match condition {
        Condition::Field { field, is } => Some((Subject::Field(field.clone()), is.clone())),
        Condition::Tags(tags) => Some((Subject::Tags, Test::OneOf(tags.clone()))),
        _ => None,
    }
}

fn blank() -> Did {
    Did {
        when: domain::rulebook::When::any(domain::wire::Kind::PageView),
        at_least: 1,
        days: None,
    }
}

fn trimmed(name: &Name) -> Name {
    Name {
        zh: name.zh.trim().to_owned(),
        en: name.en.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::rulebook::starter;

    #[test]
    fn what_else_a_rulebook_has_comes_back_out_of_its_form() {
        let (mut numbers, mut conditions) = (Vec::new(), Vec::new());
        let read = RestForm::of(&starter()).read(&mut numbers, &mut conditions);
        let expect = Rulebook {
            mql_score: 0,
            rules: Vec::new(),
            ..starter()
        };
        assert_eq!(read, expect);
        assert!(numbers.is_empty() && conditions.is_empty());
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let mut form = RestForm::of(&starter());
        form.groups[0].cap = "-".into();
        form.key_events[0].did = None;
        let grading = form.grading.as_mut().expect("a grading");
        grading.bands[1] = "x".into();
        grading.exclusions[1].who = None;
        let (mut numbers, mut conditions) = (Vec::new(), Vec::new());
        form.read(&mut numbers, &mut conditions);
        assert_eq!(numbers, ["groups[0].cap", "grading.bands"]);
        assert_eq!(conditions, ["key_events[0]", "grading.exclusions[1].who"]);
    }
}
