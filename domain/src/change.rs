//! What may be changed of what is known of a person: its fields and its tags, by the workspace's schema.
//!
//! Not here: who may change what, whether someone else changed it first, and the facts that a change becomes
//! ([`crate::fold`]).

use crate::profile::{Described, FieldId, Findings, Schema, Value, check_value, limit};
use crate::rulebook::Invalid;
use std::collections::{BTreeMap, BTreeSet};

/// Says what is wrong with what is put into a person's fields. What is out of use is not given anew. Each is told with the
/// field's own name. Codes: those of [`check_value`], and `retired`.
pub fn check_fields(
    schema: &Schema,
    person: &impl Described,
    set: &BTreeMap<FieldId, Option<Value>>,
) -> Vec<Invalid> {
    let mut found = Findings::default();
    for (field, value) in set {
        let known = schema.kind(field).is_some();
        found.require(known, format_args!("{field}"), "unknown_field");
        let Some(value) = value.as_ref().filter(|_| known) else {
            continue;
        };
        match check_value(schema, field, value) {
            Err(invalid) => found.require(false, format_args!("{field}"), invalid.code),
            Ok(()) => {
                let held = person.value(field);
                let in_use = held == Some(value) || !is_retired(schema, field, value, held);
                found.require(in_use, format_args!("{field}"), "retired");
            }
        }
    }
    found.into_vec()
}

/// Whether a value says something new that is out of use.
fn is_retired(schema: &Schema, field: &FieldId, value: &Value, held: Option<&Value>) -> bool {
    let options = schema
        .kind(field)
        .map(|kind| kind.options())
        .unwrap_or_default();
    let retired = |id: &String| {
        options
            .iter()
            .any(|option| option.id == *id && option.retired)
    };
    let new = match (value, held) {
        (Value::Choice(id), _) => retired(id),
        (Value::Choices(ids), Some(Value::Choices(held))) => ids.difference(held).any(retired),
        (Value::Choices(ids), _) => ids.iter().any(retired),
        (Value::Text(_) | Value::Number(_) | Value::Date(_) | Value::Bool(_), _) => false,
    };
    new || schema.is_retired(field)
}

/// Says what is wrong with tags that a person is given, told as of the field `name`, and with those that are taken away.
/// Codes: `contradiction`, `unknown_tag`, `retired`, `too_many`, and `exclusive` for a second of a group that gives one only.
pub fn check_tags(
    schema: &Schema,
    person: &impl Described,
    (name, added): (&str, &BTreeSet<String>),
    removed: &BTreeSet<String>,
) -> Vec<Invalid> {
    let mut found = Findings::default();
    let both = added.intersection(removed).count();
    found.require(both == 0, format_args!("untagged"), "contradiction");
    let before: BTreeSet<&str> = person.tags().collect();
    let new = added.iter().enumerate();
    for (place, id) in new.filter(|(_, id)| !before.contains(id.as_str())) {
        let tag = schema.tag(id);
        found.require(
            tag.is_some(),
            format_args!("{name}[{place}]"),
            "unknown_tag",
        );
        let in_use = tag.is_none_or(|(group, tag)| !tag.retired && !group.retired);
        found.require(in_use, format_args!("{name}[{place}]"), "retired");
    }
    let mut after = before.clone();
    after.retain(|id| !removed.contains(*id));
    after.extend(added.iter().map(String::as_str));
    let few = after.len() <= limit::TAGS_OF_ONE_MAX || after.len() <= before.len();
    found.require(few, format_args!("{name}"), "too_many");
    for group in schema.tag_groups.iter().filter(|group| group.exclusive) {
        let here = || group.tags.iter().map(|tag| tag.id.as_str());
        let one = here().filter(|id| after.contains(id)).count() <= 1;
        // Two that came by merging may stay until someone decides.
        let adds = here().any(|id| added.contains(id));
        found.require(one || !adds, format_args!("{name}"), "exclusive");
    }
    found.into_vec()
}

#[cfg(test)]
mod tests;
