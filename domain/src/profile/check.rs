//! What makes a schema valid, and a value valid by it.

use super::number::has_decimals;
use super::read::separates;
use super::{
    Choice, Definition, FieldId, Kind, Schema, TagGroup, Value, folded, limit, line, lines,
};
use crate::id::is_slug;
use crate::rulebook::{Invalid, Name};
use std::collections::BTreeSet;
use std::fmt;
use std::mem::discriminant;

/// What is wrong so far, each with its field.
#[derive(Default)]
pub(crate) struct Findings(Vec<Invalid>);

impl Findings {
    /// Notes `code` of a field unless it holds.
    pub(crate) fn require(&mut self, holds: bool, field: fmt::Arguments<'_>, code: &'static str) {
        if !holds {
            let field = field.to_string();
            self.0.push(Invalid { field, code });
        }
    }

    /// Checks a name in both languages.
    pub(crate) fn name(&mut self, name: &Name, path: fmt::Arguments<'_>) {
        for (lang, text) in [("zh", &name.zh), ("en", &name.en)] {
            self.text(text, limit::NAME_BYTES_MAX, format_args!("{path}.{lang}"));
        }
    }

    /// Checks a text that must say something.
    pub(crate) fn text(&mut self, text: &str, bytes_max: usize, path: fmt::Arguments<'_>) {
        let short = text.len() <= bytes_max;
        self.require(short, path, "too_long");
        self.require(!short || !line(text).is_empty(), path, "empty");
    }

    /// All that was noted.
    pub(crate) fn into_vec(self) -> Vec<Invalid> {
        self.0
    }
}

/// Says what is wrong with a schema that is to follow another; nothing when it may be saved. What stands in facts must
/// be understood for ever: what was saved stays, retired at most, and of its kind. Codes: `too_many`, `not_a_slug`, `duplicate`,
/// `empty`, `too_long`, `out_of_range`, `separator`, `kind_changed`, `removed`.
pub fn check(before: &Schema, after: &Schema) -> Vec<Invalid> {
    let mut found = Findings::default();
    let count = after.fields.len();
    found.require(
        count <= limit::FIELDS_MAX,
        format_args!("fields"),
        "too_many",
    );
    let count = after.tag_groups.len();
    found.require(
        count <= limit::TAG_GROUPS_MAX,
        format_args!("tag_groups"),
        "too_many",
    );
    let count = after.tags().count();
    found.require(
        count <= limit::TAGS_MAX,
        format_args!("tag_groups"),
        "too_many",
    );
    check_fields(&mut found, &after.fields);
    check_groups(&mut found, &after.tag_groups);
    check_kept(&mut found, before, after);
    found.into_vec()
}

/// Ids and names of a list that must each be its own.
#[derive(Default)]
struct Taken<'a> {
    ids: BTreeSet<&'a str>,
    names: BTreeSet<String>,
}

impl<'a> Taken<'a> {
    /// Checks an entry's id and name, and that no other entry has them: not even as the name in the other language, since
    /// a name alone must say which is meant.
    fn check(&mut self, found: &mut Findings, id: &'a str, name: &Name, path: fmt::Arguments<'_>) {
        let slug = is_slug(id, limit::ID_BYTES_MAX);
        found.require(slug, format_args!("{path}.id"), "not_a_slug");
        let own = self.ids.insert(id) && (!slug || !self.names.contains(id));
        found.require(own, format_args!("{path}.id"), "duplicate");
        found.name(name, format_args!("{path}.name"));
        let both = BTreeSet::from([folded(&name.zh), folded(&name.en), id.to_owned()]);
        let own = both.iter().all(|name| !self.names.contains(name));
        found.require(own, format_args!("{path}.name"), "duplicate");
        self.names.extend(both);
    }
}

fn check_fields(found: &mut Findings, fields: &[Definition]) {
    let mut taken = Taken::default();
    for (place, field) in fields.iter().enumerate() {
        taken.check(
            found,
            &field.id,
            &field.name,
            format_args!("fields[{place}]"),
        );
        check_kind(found, &field.kind, format_args!("fields[{place}].kind"));
    }
}

fn check_kind(found: &mut Findings, kind: &Kind, path: fmt::Arguments<'_>) {
    match kind {
        Kind::Text { .. } | Kind::Date | Kind::Bool => {}
        Kind::Number { min, max, decimals } => {
            let range = -limit::NUMBER_MAX..=limit::NUMBER_MAX;
            for (end, name) in [(min, "min"), (max, "max")] {
                let holds = end.is_none_or(|end| range.contains(&end));
                found.require(holds, format_args!("{path}.{name}"), "out_of_range");
            }
            let holds = min.zip(*max).is_none_or(|(min, max)| min <= max);
            found.require(holds, format_args!("{path}.max"), "out_of_range");
            let holds = *decimals <= limit::DECIMALS_MAX;
            found.require(holds, format_args!("{path}.decimals"), "out_of_range");
        }
        Kind::Choice { options } => check_options(found, options, false, path),
        Kind::Choices { options } => check_options(found, options, true, path),
    }
}

fn check_options(
    found: &mut Findings,
    options: &[Choice],
    several: bool,
    path: fmt::Arguments<'_>,
) {
    let count = options.len();
    found.require(count > 0, format_args!("{path}.options"), "empty");
    found.require(
        count <= limit::OPTIONS_MAX,
        format_args!("{path}.options"),
        "too_many",
    );
    let mut taken = Taken::default();
    for (place, option) in options.iter().enumerate() {
        let path = format_args!("{path}.options[{place}]");
        taken.check(found, &option.id, &option.name, path);
        // Several are written in one cell.
        let names = [&option.name.zh, &option.name.en];
        let whole = !several || names.iter().all(|name| !name.contains(separates));
        found.require(whole, format_args!("{path}.name"), "separator");
    }
}

fn check_groups(found: &mut Findings, groups: &[TagGroup]) {
    let (mut taken, mut ids) = (Taken::default(), BTreeSet::new());
    for (place, group) in groups.iter().enumerate() {
        taken.check(
            found,
            &group.id,
            &group.name,
            format_args!("tag_groups[{place}]"),
        );
        let mut taken = Taken::default();
        for (at, tag) in group.tags.iter().enumerate() {
            let path = format_args!("tag_groups[{place}].tags[{at}]");
            taken.check(found, &tag.id, &tag.name, path);
            let names = [&tag.name.zh, &tag.name.en];
            let whole = names.iter().all(|name| !name.contains(separates));
            found.require(whole, format_args!("{path}.name"), "separator");
        }
        for (at, id) in group.tags.iter().map(|tag| tag.id.as_str()).enumerate() {
            let elsewhere = ids.contains(id);
            found.require(
                !elsewhere,
                format_args!("tag_groups[{place}].tags[{at}].id"),
                "duplicate",
            );
        }
        ids.extend(group.tags.iter().map(|tag| tag.id.as_str()));
    }
}

/// What was saved stays.
fn check_kept(found: &mut Findings, before: &Schema, after: &Schema) {
    for old in &before.fields {
        let id = &old.id;
        let Some(new) = after.definition(id) else {
            found.require(false, format_args!("fields.{id}"), "removed");
            continue;
        };
        let same = discriminant(&old.kind) == discriminant(&new.kind);
        found.require(same, format_args!("fields.{id}.kind"), "kind_changed");
        let options: BTreeSet<&str> = new
            .kind
            .options()
            .iter()
            .map(|option| option.id.as_str())
            .collect();
        for option in old.kind.options() {
            let stays = !same || options.contains(option.id.as_str());
            found.require(
                stays,
                format_args!("fields.{id}.kind.options.{}", option.id),
                "removed",
            );
        }
    }
    let groups: BTreeSet<&str> = after
        .tag_groups
        .iter()
        .map(|group| group.id.as_str())
        .collect();
    for group in &before.tag_groups {
        let stays = groups.contains(group.id.as_str());
        found.require(stays, format_args!("tag_groups.{}", group.id), "removed");
    }
    let tags: BTreeSet<&str> = after.tags().map(|(_, tag)| tag.id.as_str()).collect();
    for (_, tag) in before.tags() {
        let stays = tags.contains(tag.id.as_str());
        found.require(stays, format_args!("tags.{}", tag.id), "removed");
    }
}

/// Checks a value for a field. What is out of use is valid: it is what was once said. Codes: `unknown_field`, `wrong_kind`,
/// `empty`, `too_long`, `not_clean`, `out_of_range`, `too_many_decimals`, `unknown_option`.
pub fn check_value(schema: &Schema, field: &FieldId, value: &Value) -> Result<(), Invalid> {
    let kind = schema.kind(field).ok_or("unknown_field");
    let checked = kind.and_then(|kind| check_of_kind(kind, value));
    checked.map_err(|code| Invalid {
        field: field.to_string(),
        code,
    })
}

/// Checks a value for a kind of field.
pub(super) fn check_of_kind(kind: &Kind, value: &Value) -> Result<(), &'static str> {
    let require = |holds: bool, code| if holds { Ok(()) } else { Err(code) };
    let known = |id: &str| kind.options().iter().any(|option| option.id == id);
    require(!value.is_empty(), "empty")?;
    match (kind, value) {
        (Kind::Text { long }, Value::Text(text)) => {
            let (bytes_max, clean) = match long {
                true => (limit::TEXT_BYTES_MAX, lines as fn(&str) -> String),
                false => (limit::LINE_BYTES_MAX, line as fn(&str) -> String),
            };
            require(text.len() <= bytes_max, "too_long")?;
            require(clean(text) == *text, "not_clean")
        }
        (Kind::Number { min, max, decimals }, Value::Number(number)) => {
            let least = min.unwrap_or(-limit::NUMBER_MAX);
            let most = max.unwrap_or(limit::NUMBER_MAX);
            require((least..=most).contains(number), "out_of_range")?;
            require(has_decimals(*number, *decimals), "too_many_decimals")
        }
        (Kind::Date, Value::Date(day)) => {
            let range = limit::DATE_MIN..=limit::DATE_MAX;
            require(range.contains(day), "out_of_range")
        }
        (Kind::Choice { .. }, Value::Choice(id)) => require(known(id), "unknown_option"),
        (Kind::Choices { .. }, Value::Choices(ids)) => {
            require(ids.iter().all(|id| known(id)), "unknown_option")
        }
        (Kind::Bool, Value::Bool(_)) => Ok(()),
        _ => Err("wrong_kind"),
    }
}
