//! Text into values, and values into text: the one reading for forms, files, other systems and members.
//!
//! What [`show`] writes [`read`] reads back the same. Not here: keys of a person, which have readers of their own.

use super::check::check_of_kind;
use super::{Choice, DateOrder, FieldId, Kind, Schema, Value, folded, limit, line, lines};
use super::{read_date, read_number, show_date, show_number};
use crate::api::Lang;
use crate::rulebook::{Invalid, Name};

/// What a text alone does not tell, and who gave it can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// Which number is the day, of dates with the year last.
    pub date_order: Option<DateOrder>,
}

const YES: &[&str] = &[
    "是",
    "yes",
    "y",
    "true",
    "t",
    "1",
    "on",
    "有",
    "对",
    "✓",
    "✔",
    "√",
    "☑",
    "✅",
    "✔\u{fe0f}",
];
const NO: &[&str] = &[
    "否", "no", "n", "false", "f", "0", "off", "无", "没有", "不是", "✗", "✘", "×", "❌", "☐",
];

/// Reads a text as a field's value. Codes: `unknown_field`, `empty`, `too_long`, `not_a_number`, `too_many_decimals`,
/// `out_of_range`, `not_a_date`, `impossible_date`, `ambiguous_date`, `two_digit_year`, `unknown_option`, `not_yes_or_no`.
pub fn read(schema: &Schema, field: &FieldId, text: &str, hints: Hints) -> Result<Value, Invalid> {
    let kind = schema.kind(field).ok_or("unknown_field");
    let found = kind.and_then(|kind| read_as(kind, text, hints));
    found.map_err(|code| Invalid {
        field: field.to_string(),
        code,
    })
}

fn read_as(kind: &Kind, text: &str, hints: Hints) -> Result<Value, &'static str> {
    if text.trim().is_empty() {
        return Err("empty");
    }
    let value = match kind {
        Kind::Text { long: true } => Value::Text(lines(text)),
        Kind::Text { long: false } => Value::Text(line(text)),
        Kind::Number { .. } => Value::Number(read_number(text)?),
        Kind::Date => Value::Date(read_date(text, hints.date_order)?),
        Kind::Choice { .. } => Value::Choice(read_option(kind, text)?),
        Kind::Choices { options } => {
            // However long the text: no more parts are looked at than could be chosen.
            let most = options.len().saturating_mul(2).saturating_add(1);
            let chosen = parts(text).take(most).map(|part| read_option(kind, part));
            Value::Choices(chosen.collect::<Result<_, _>>()?)
        }
        Kind::Bool => Value::Bool(read_bool(text)?),
    };
    check_of_kind(kind, &value)?;
    Ok(value)
}

fn read_option(kind: &Kind, text: &str) -> Result<String, &'static str> {
    // No option's name is longer, however it is written.
    let short = text.len() <= limit::NAME_BYTES_MAX.saturating_mul(2);
    let found = short.then(|| kind.option_named(text)).flatten();
    found
        .map(|option| option.id.clone())
        .ok_or("unknown_option")
}

fn read_bool(text: &str) -> Result<bool, &'static str> {
    if text.len() > limit::NAME_BYTES_MAX {
        return Err("not_yes_or_no");
    }
    let text = folded(text);
    match text.as_str() {
        "" => Err("empty"),
        text if YES.contains(&text) => Ok(true),
        text if NO.contains(&text) => Ok(false),
        _ => Err("not_yes_or_no"),
    }
}

/// What sets several options or tags in one text apart.
pub(super) fn separates(c: char) -> bool {
    matches!(
        c,
        ';' | '；' | ',' | '，' | '、' | '|' | '｜' | '\n' | '\r' | '\t'
    )
}

/// The parts of a text that names several options or tags: those that say something.
pub fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(separates)
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// A value as people and files see it. An option that the schema has not is written by its id.
pub fn show(schema: &Schema, field: &FieldId, value: &Value, lang: Lang) -> String {
    let options = schema.kind(field).map(Kind::options).unwrap_or_default();
    let option = |id: &String| show_option(options, id, lang);
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => show_number(*number),
        Value::Date(day) => show_date(*day),
        Value::Choice(id) => option(id),
        Value::Choices(ids) => {
            let names: Vec<String> = ids.iter().map(option).collect();
            names.join(match lang {
                Lang::Zh => "、",
                Lang::En => "; ",
            })
        }
        Value::Bool(is) => match (is, lang) {
            (true, Lang::Zh) => "是".into(),
            (false, Lang::Zh) => "否".into(),
            (true, Lang::En) => "Yes".into(),
            (false, Lang::En) => "No".into(),
        },
    }
}

fn show_option(options: &[Choice], id: &str, lang: Lang) -> String {
    let option = options.iter().find(|option| option.id == id);
    option
        .map_or(id, |option| name_in(&option.name, lang))
        .to_owned()
}

/// A name in one of the languages.
pub(crate) fn name_in(name: &Name, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &name.zh,
        Lang::En => &name.en,
    }
}
