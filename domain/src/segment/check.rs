//! What makes segments, and every condition, valid.

use super::{Condition, DEPTH_MAX, Dates, Did, Mail, Range, Segment, limit};
use crate::id::{AccountId, is_slug};
use crate::persona::{Criterion, Group, Subject, check_criterion};
use crate::profile::{self, Findings, Schema};
use crate::rulebook::{self, Invalid, SCORE_MAX, check_when};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What conditions may name.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The fields and tags.
    pub schema: &'a Schema,
    /// The stages, by their ids.
    pub stages: &'a BTreeSet<String>,
    /// The segments, by their ids.
    pub segments: &'a BTreeSet<String>,
    /// The forms that the websites have; none when nobody knows them.
    pub forms: Option<&'a BTreeSet<String>>,
    /// The companies that are named somewhere and are in the base; none when nobody looked.
    pub accounts: Option<&'a BTreeSet<AccountId>>,
}

/// Says what is wrong with the segments of a workspace, together; nothing when they may be saved. Codes: `too_many`,
/// `not_a_slug`, `duplicate`, `empty`, `too_long`, `circle`, `unknown_tag`, and those of a condition.
pub fn check(terms: &Terms<'_>, segments: &[Segment]) -> Vec<Invalid> {
    let mut found = Findings::default();
    let few = segments.len() <= limit::SEGMENTS_MAX;
    found.require(few, format_args!("segments"), "too_many");
    let mut taken = BTreeSet::new();
    for (place, segment) in segments.iter().enumerate() {
        let path = format_args!("segments[{place}]");
        let slug = is_slug(&segment.id, rulebook::limit::SEGMENT_ID_BYTES_MAX);
        found.require(slug, format_args!("{path}.id"), "not_a_slug");
        let own = taken.insert(segment.id.as_str());
        found.require(own, format_args!("{path}.id"), "duplicate");
        found.name(&segment.name, format_args!("{path}.name"));
        if let Some(tag) = &segment.tag {
            let known = terms.schema.tag(tag).is_some();
            found.require(known, format_args!("{path}.tag"), "unknown_tag");
        }
        check_condition(&mut found, terms, &segment.who, format_args!("{path}.who"));
    }
    let round = circles(segments);
    for (place, segment) in segments.iter().enumerate() {
        let straight = !round.contains(segment.id.as_str());
        found.require(straight, format_args!("segments[{place}].who"), "circle");
    }
    found.into_vec()
}

/// The segments that ask for themselves, be it through others, or through the tags that those put on.
pub(super) fn circles(segments: &[Segment]) -> BTreeSet<&str> {
    let mut tagging: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for segment in segments {
        if let Some(tag) = &segment.tag {
            tagging.entry(tag).or_default().push(&segment.id);
        }
    }
    let asks: BTreeMap<&str, BTreeSet<&str>> = segments
        .iter()
        .map(|segment| {
            let tags = segment.who.tags();
            let tags = tags.iter().filter_map(|tag| tagging.get(*tag)).flatten();
            let mut asked = segment.who.segments();
            asked.extend(tags);
            (segment.id.as_str(), asked)
        })
        .collect();
    let reaches_itself = |id: &&str| {
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut next: Vec<&str> = asks.get(*id).into_iter().flatten().copied().collect();
        while let Some(asked) = next.pop() {
            if reached.insert(asked) {
                next.extend(asks.get(asked).into_iter().flatten());
            }
        }
        reached.contains(*id)
    };
    asks.keys().copied().filter(reaches_itself).collect()
}

/// Checks a condition. Codes: `too_deep`, `too_many`, `empty`, `too_long`, `out_of_range`, `unknown_field`, `unknown_option`,
/// `unknown_tag`, `unknown_stage`, `unknown_segment`, `unknown_form`, `unknown_account`, `wrong_kind`, `not_a_domain`, and
/// those of what a rule asks of an event.
pub(crate) fn check_condition(
    found: &mut Findings,
    terms: &Terms<'_>,
    condition: &Condition,
    path: fmt::Arguments<'_>,
) {
    let all = condition.all();
    let shallow = all.iter().all(|(_, depth)| *depth < DEPTH_MAX);
    found.require(shallow, path, "too_deep");
    let few = all.len() <= limit::CONDITIONS_MAX;
    found.require(few, path, "too_many");
    if !few {
        return;
    }
    for (condition, _) in all {
        check_one(found, terms, condition, path);
    }
}

/// Checks a condition without those that stand in it.
fn check_one(
    found: &mut Findings,
    terms: &Terms<'_>,
    condition: &Condition,
    path: fmt::Arguments<'_>,
) {
    match condition {
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) | Condition::HasAccount => {}
        Condition::Field { field, is } => {
            let criterion = Criterion {
                about: Subject::Field(field.clone()),
                test: is.clone(),
                weight: 1,
                group: Group::Company,
            };
            check_criterion(found, terms.schema, &criterion, path);
        }
        Condition::FieldDate { field, is } => {
            match terms.schema.kind(field) {
                None => found.require(false, path, "unknown_field"),
                Some(kind) => {
                    let is_date = matches!(kind, profile::Kind::Date);
                    found.require(is_date, path, "wrong_kind");
                }
            }
            check_dates(found, *is, path);
        }
        Condition::Tags(tags) => {
            check_count(found, tags.len(), path);
            let known = tags.iter().all(|tag| terms.schema.tag(tag).is_some());
            found.require(known, path, "unknown_tag");
        }
        Condition::Did(did) => check_did(found, terms, did, path),
        Condition::Silent { days } => {
            let range = (1..=limit::DAYS_MAX).contains(days);
            found.require(range, path, "out_of_range");
        }
        Condition::Moment { is, .. } => check_dates(found, *is, path),
        Condition::Score(range) | Condition::AccountScore(range) => {
            check_range(found, *range, path);
        }
        Condition::Grade(grades) => check_count(found, grades.len(), path),
        Condition::Channel(channels) => check_count(found, channels.len(), path),
        Condition::Stage(stages) => {
            check_count(found, stages.len(), path);
            let known = stages.iter().all(|stage| terms.stages.contains(stage));
            found.require(known, path, "unknown_stage");
        }
        Condition::Account(accounts) => {
            check_count(found, accounts.len(), path);
            let known = terms.accounts;
            let known = known.is_none_or(|known| accounts.is_subset(known));
            found.require(known, path, "unknown_account");
        }
        Condition::Source(sources) => check_texts(found, sources, path),
        Condition::Mail(Mail::Known | Mail::Work) => {}
        Condition::Mail(Mail::Domains(domains)) => {
            check_texts(found, domains, path);
            let hosts = domains
                .iter()
                .all(|domain| crate::host::parse(domain).as_ref() == Some(domain));
            found.require(hosts, path, "not_a_domain");
        }
        Condition::Segment(id) => {
            found.require(terms.segments.contains(id), path, "unknown_segment");
        }
    }
}

fn check_did(found: &mut Findings, terms: &Terms<'_>, did: &Did, path: fmt::Arguments<'_>) {
    let range = (1..=rulebook::limit::AT_LEAST_MAX).contains(&did.at_least);
    found.require(range, format_args!("{path}.at_least"), "out_of_range");
    let range = did
        .days
        .is_none_or(|days| (1..=limit::DAYS_MAX).contains(&days));
    found.require(range, format_args!("{path}.days"), "out_of_range");
    for (code, field) in check_when(&did.when) {
        found.require(false, format_args!("{path}.{field}"), code);
    }
    let known = rulebook::asks_known_form(terms.forms, &did.when);
    found.require(known, format_args!("{path}.when.name"), "unknown_form");
}

fn check_count(found: &mut Findings, count: usize, path: fmt::Arguments<'_>) {
    found.require(count > 0, path, "empty");
    found.require(count <= limit::VALUES_MAX, path, "too_many");
}

fn check_texts(found: &mut Findings, texts: &BTreeSet<String>, path: fmt::Arguments<'_>) {
    check_count(found, texts.len(), path);
    for text in texts {
        found.text(text, crate::persona::limit::TEXT_BYTES_MAX, path);
    }
}

fn check_range(found: &mut Findings, range: Range, path: fmt::Arguments<'_>) {
    let Range { min, max } = range;
    found.require(min.is_some() || max.is_some(), path, "empty");
    let mut ends = [min, max].into_iter().flatten();
    let within = ends.all(|end| (0..=SCORE_MAX).contains(&end));
    let ordered = min.zip(max).is_none_or(|(min, max)| min <= max);
    found.require(within && ordered, path, "out_of_range");
}

fn check_dates(found: &mut Findings, dates: Dates, path: fmt::Arguments<'_>) {
    let days = i32::from(limit::DAYS_MAX);
    let (min, max, range) = match dates {
        Dates::Between { min, max } => (
            min,
            max,
            profile::limit::DATE_MIN..=profile::limit::DATE_MAX,
        ),
        Dates::FromToday { min, max } => (min, max, days.saturating_neg()..=days),
    };
    found.require(min.is_some() || max.is_some(), path, "empty");
    let mut ends = [min, max].into_iter().flatten();
    let within = ends.all(|end| range.contains(&end));
    let ordered = min.zip(max).is_none_or(|(min, max)| min <= max);
    found.require(within && ordered, path, "out_of_range");
}

#[cfg(test)]
mod tests;
