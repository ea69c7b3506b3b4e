//! A change of what is known of a person, by a member, another system or an import.
//!
//! Two people who edit different fields both have their way; of the same field, whoever had not seen the other's value
//! is told. Not here: who may change what, finding the person by a key, and the facts that a change becomes.

use crate::contact::{Key, Strength};
use crate::id::Ms;
use crate::lead::Field;
use crate::profile::{
    Described, FieldId, Filled, Findings, Profile, Schema, Value, check_value, limit,
};
use crate::rulebook::Invalid;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Keys that a person may have.
pub const KEYS_MAX: usize = 50;
/// The roles in a purchase, by their ids.
pub const ROLES: [&str; 5] = [
    "decision_maker",
    "influencer",
    "user",
    "champion",
    "gatekeeper",
];

/// What is to be otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// Fields, each with its new value; none empties it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<FieldId, Option<Value>>,
    /// What was there when the fields were looked at: [`Filled::seq`], 0 of an empty one. A field that is not named is set
    /// whatever it holds by now.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub seen: BTreeMap<FieldId, u64>,
    /// Tags, by their ids.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags_added: BTreeSet<String>,
    /// Tags, by their ids.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags_removed: BTreeSet<String>,
    /// The role in a purchase, by its id; empty takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Keys that the person has too.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub keys_added: BTreeSet<Key>,
    /// Keys that are not the person's.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub keys_removed: BTreeSet<Key>,
}

/// Says what is wrong with an edit of a person who has these keys; nothing when it may be made. Codes: those of
/// [`check_fields`] and [`check_tags`], and `empty` when nothing is changed, `not_set`, `contradiction`, `too_many`, `unknown_role`,
/// `unknown_key`, and `last_key` when neither a key nor a name would be left.
pub fn check(
    schema: &Schema,
    person: &impl Described,
    keys: &BTreeSet<Key>,
    edit: &Edit,
) -> Vec<Invalid> {
    let mut found = Findings::default();
    let blank = Edit {
        seen: edit.seen.clone(),
        ..Edit::default()
    };
    found.require(*edit != blank, format_args!("set"), "empty");
    let seen = edit.seen.keys().all(|field| edit.set.contains_key(field));
    found.require(seen, format_args!("seen"), "not_set");
    if let Some(role) = edit.role.as_deref().filter(|role| !role.is_empty()) {
        found.require(ROLES.contains(&role), format_args!("role"), "unknown_role");
    }
    check_keys(&mut found, person, keys, edit);
    let mut found = found.into_vec();
    found.extend(check_fields(schema, person, &edit.set));
    let tags = check_tags(schema, person, &edit.tags_added, &edit.tags_removed);
    found.extend(tags);
    found
}

fn check_keys(found: &mut Findings, person: &impl Described, keys: &BTreeSet<Key>, edit: &Edit) {
    let both = edit.keys_added.intersection(&edit.keys_removed).count();
    found.require(both == 0, format_args!("keys_removed"), "contradiction");
    let known = edit.keys_removed.is_subset(keys);
    found.require(known, format_args!("keys_removed"), "unknown_key");
    let kept = keys.difference(&edit.keys_removed).chain(&edit.keys_added);
    let count = kept.collect::<BTreeSet<_>>().len();
    found.require(count <= KEYS_MAX, format_args!("keys_added"), "too_many");
    let name = FieldId::Standard(Field::Name);
    let named = match edit.set.get(&name) {
        Some(value) => value.is_some(),
        None => person.value(&name).is_some(),
    };
    let found_by = edit.keys_removed.is_empty() || count > 0 || named;
    found.require(found_by, format_args!("keys_removed"), "last_key");
}

/// Says what is wrong with what is put into a person's fields. What is out of use is not given anew. Codes: those of
/// [`check_value`], and `retired`.
pub fn check_fields(
    schema: &Schema,
    person: &impl Described,
    set: &BTreeMap<FieldId, Option<Value>>,
) -> Vec<Invalid> {
    let mut found = Findings::default();
    for (field, value) in set {
        let known = schema.kind(field).is_some();
        found.require(known, format_args!("set.{field}"), "unknown_field");
        let Some(value) = value.as_ref().filter(|_| known) else {
            continue;
        };
        match check_value(schema, field, value) {
            Err(invalid) => found.require(false, format_args!("set.{field}"), invalid.code),
            Ok(()) => {
                let held = person.value(field);
                let in_use = held == Some(value) || !is_retired(schema, field, value, held);
                found.require(in_use, format_args!("set.{field}"), "retired");
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

/// Says what is wrong with tags that a person is given and that are taken away. Codes: `contradiction`, `unknown_tag`, `retired`,
/// `too_many`, and `exclusive` for a second of a group that gives one only.
pub fn check_tags(
    schema: &Schema,
    person: &impl Described,
    added: &BTreeSet<String>,
    removed: &BTreeSet<String>,
) -> Vec<Invalid> {
    let mut found = Findings::default();
    let both = added.intersection(removed).count();
    found.require(both == 0, format_args!("tags_removed"), "contradiction");
    let before: BTreeSet<&str> = person.tags().collect();
    let new = added.iter().filter(|id| !before.contains(id.as_str()));
    for (place, id) in new.enumerate() {
        let tag = schema.tag(id);
        found.require(
            tag.is_some(),
            format_args!("tags_added[{place}]"),
            "unknown_tag",
        );
        let in_use = tag.is_none_or(|(group, tag)| !tag.retired && !group.retired);
        found.require(in_use, format_args!("tags_added[{place}]"), "retired");
    }
    let mut after = before.clone();
    after.retain(|id| !removed.contains(*id));
    after.extend(added.iter().map(String::as_str));
    let few = after.len() <= limit::TAGS_OF_ONE_MAX || after.len() <= before.len();
    found.require(few, format_args!("tags_added"), "too_many");
    for group in schema.tag_groups.iter().filter(|group| group.exclusive) {
        let here = || group.tags.iter().map(|tag| tag.id.as_str());
        let one = here().filter(|id| after.contains(id)).count() <= 1;
        // Two that came by merging may stay until someone decides.
        let adds = here().any(|id| added.contains(id));
        found.require(one || !adds, format_args!("tags_added"), "exclusive");
    }
    found.into_vec()
}

/// The fields that someone else changed since the editor looked, and not to the same.
pub fn conflicts(profile: &Profile, edit: &Edit) -> Vec<FieldId> {
    let changed = edit.seen.iter().filter(|(field, seen)| {
        let held = profile.fields.get(field);
        let same = edit
            .set
            .get(field)
            .is_some_and(|value| value.as_ref() == held.map(|held| &held.value));
        held.map_or(0, |held| held.seq) != **seen && !same
    });
    changed.map(|(field, _)| field.clone()).collect()
}

/// Makes an edit: its fields hold from now on, whoever set them before, and its tags. What says what is there already
/// changes nothing. Says whether anything is otherwise.
pub fn apply(profile: &mut Profile, edit: &Edit, at: Ms, seq: u64) -> bool {
    let mut changed = false;
    for (field, value) in &edit.set {
        let value = value.as_ref().filter(|value| !value.is_empty());
        if profile.value(field) == value {
            continue;
        }
        changed = true;
        match value.cloned() {
            None => profile.fields.remove(field),
            Some(value) => {
                let by = Strength::Proven;
                profile
                    .fields
                    .insert(field.clone(), Filled { value, at, seq, by })
            }
        };
    }
    let kept = profile.tags.difference(&edit.tags_removed);
    let tags = kept.chain(&edit.tags_added).cloned().collect();
    changed |= tags != profile.tags;
    profile.tags = tags;
    changed
}

#[cfg(test)]
mod tests;
