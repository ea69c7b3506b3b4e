//! What makes a persona valid.

use super::fit::test_of;
use super::{Criterion, Entry, Evidence, Persona, Subject, Test, limit};
use crate::profile::{Findings, Kind, Schema, limit as values, line};
use crate::rulebook::Invalid;
use std::collections::BTreeSet;
use std::fmt;
use url::Url;

/// Says what is wrong with a persona; nothing when it may be saved. Codes: `empty`, `too_long`, `too_many`, `out_of_range`,
/// `unknown_field`, `unknown_option`, `unknown_tag`, `wrong_kind`, `duplicate`, `not_a_link`, `no_criterion` for an entry about a
/// field whose text says nothing that the field could be.
pub fn check(schema: &Schema, persona: &Persona) -> Vec<Invalid> {
    let mut found = Findings::default();
    found.name(&persona.name, format_args!("name"));
    let short = persona.summary.len() <= limit::SUMMARY_BYTES_MAX;
    found.require(short, format_args!("summary"), "too_long");
    for (group, entries) in &persona.groups {
        let name = group.name();
        let few = entries.len() <= limit::ENTRIES_MAX;
        found.require(few, format_args!("groups.{name}"), "too_many");
        for (place, entry) in entries.iter().enumerate() {
            check_entry(
                &mut found,
                schema,
                entry,
                format_args!("groups.{name}[{place}]"),
            );
        }
    }
    let few = persona.evidence.len() <= limit::EVIDENCE_MAX;
    found.require(few, format_args!("evidence"), "too_many");
    for (place, note) in persona.evidence.iter().enumerate() {
        check_note(&mut found, note, format_args!("evidence[{place}]"));
    }
    let few = persona.fit.len() <= limit::CRITERIA_MAX;
    found.require(few, format_args!("fit"), "too_many");
    for (place, criterion) in persona.fit.iter().enumerate() {
        let path = format_args!("fit[{place}]");
        let before = persona.fit.iter().take(place);
        let own = before
            .clone()
            .all(|other| (&other.about, &other.test) != (&criterion.about, &criterion.test));
        found.require(own, path, "duplicate");
        check_criterion(&mut found, schema, criterion, path);
    }
    found.into_vec()
}

fn check_entry(found: &mut Findings, schema: &Schema, entry: &Entry, path: fmt::Arguments<'_>) {
    found.text(
        &entry.label,
        limit::LABEL_BYTES_MAX,
        format_args!("{path}.label"),
    );
    found.text(
        &entry.text,
        limit::TEXT_BYTES_MAX,
        format_args!("{path}.text"),
    );
    let Some(about) = &entry.about else { return };
    if let Subject::Field(field) = about {
        let known = schema.kind(field).is_some();
        found.require(known, format_args!("{path}.about"), "unknown_field");
        if !known {
            return;
        }
    }
    let long = entry.text.len() > limit::TEXT_BYTES_MAX;
    let reads =
        long || line(&entry.text).is_empty() || test_of(schema, about, &entry.text).is_some();
    found.require(reads, format_args!("{path}.text"), "no_criterion");
}

fn check_note(found: &mut Findings, note: &Evidence, path: fmt::Arguments<'_>) {
    found.text(
        &note.text,
        limit::NOTE_BYTES_MAX,
        format_args!("{path}.text"),
    );
    found.text(
        &note.source,
        limit::SOURCE_BYTES_MAX,
        format_args!("{path}.source"),
    );
    let range = values::DATE_MIN..=values::DATE_MAX;
    found.require(
        range.contains(&note.date),
        format_args!("{path}.date"),
        "out_of_range",
    );
    if let Some(link) = &note.link {
        let short = link.len() <= limit::LINK_BYTES_MAX;
        found.require(short, format_args!("{path}.link"), "too_long");
        // A link of another scheme may run something when it is clicked.
        let holds = !short || is_link(link);
        found.require(holds, format_args!("{path}.link"), "not_a_link");
    }
}

fn is_link(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// Checks a criterion of fit.
pub(crate) fn check_criterion(
    found: &mut Findings,
    schema: &Schema,
    criterion: &Criterion,
    path: fmt::Arguments<'_>,
) {
    let weighs = (1..=limit::WEIGHT_MAX).contains(&criterion.weight);
    found.require(weighs, format_args!("{path}.weight"), "out_of_range");
    let kind = match &criterion.about {
        Subject::Tags => None,
        Subject::Field(field) => {
            let kind = schema.kind(field);
            found.require(
                kind.is_some(),
                format_args!("{path}.about"),
                "unknown_field",
            );
            match kind {
                Some(kind) => Some(kind),
                None => return,
            }
        }
    };
    found.require(
        suits(kind, &criterion.test),
        format_args!("{path}.test"),
        "wrong_kind",
    );
    match &criterion.test {
        Test::OneOf(ids) => {
            check_values(found, ids, path);
            check_ids(found, schema, kind, ids, path);
        }
        Test::Contains(texts) => check_values(found, texts, path),
        Test::Range { min, max } => {
            let says = min.is_some() || max.is_some();
            found.require(says, format_args!("{path}.test"), "empty");
            let range = -values::NUMBER_MAX..=values::NUMBER_MAX;
            let within = [min, max]
                .into_iter()
                .flatten()
                .all(|end| range.contains(end));
            let ordered = min.zip(*max).is_none_or(|(min, max)| min <= max);
            found.require(
                within && ordered,
                format_args!("{path}.test"),
                "out_of_range",
            );
        }
        Test::Is(_) | Test::Known => {}
    }
}

/// Whether a test can be made of a kind of field; `None` stands for the tags.
fn suits(kind: Option<&Kind>, test: &Test) -> bool {
    match test {
        Test::Known => true,
        Test::OneOf(_) => !matches!(kind, Some(Kind::Number { .. } | Kind::Date | Kind::Bool)),
        Test::Contains(_) => matches!(kind, Some(Kind::Text { .. })),
        Test::Range { .. } => matches!(kind, Some(Kind::Number { .. } | Kind::Text { .. })),
        Test::Is(_) => matches!(kind, Some(Kind::Bool)),
    }
}

fn check_values(found: &mut Findings, texts: &BTreeSet<String>, path: fmt::Arguments<'_>) {
    found.require(!texts.is_empty(), format_args!("{path}.test"), "empty");
    found.require(
        texts.len() <= limit::VALUES_MAX,
        format_args!("{path}.test"),
        "too_many",
    );
    let short = texts.iter().all(|text| text.len() <= limit::TEXT_BYTES_MAX);
    found.require(short, format_args!("{path}.test"), "too_long");
    // A text that says nothing would be in every other.
    let says = !short || texts.iter().all(|text| !line(text).is_empty());
    found.require(says, format_args!("{path}.test"), "empty");
}

fn check_ids(
    found: &mut Findings,
    schema: &Schema,
    kind: Option<&Kind>,
    ids: &BTreeSet<String>,
    path: fmt::Arguments<'_>,
) {
    let (code, known): (_, BTreeSet<&str>) = match kind {
        None => (
            "unknown_tag",
            schema.tags().map(|(_, tag)| tag.id.as_str()).collect(),
        ),
        Some(Kind::Choice { options } | Kind::Choices { options }) => (
            "unknown_option",
            options.iter().map(|option| option.id.as_str()).collect(),
        ),
        Some(_) => return,
    };
    let all = ids.iter().all(|id| known.contains(id.as_str()));
    found.require(all, format_args!("{path}.test"), code);
}
