//! Which controls of a form may be read, and how their values are written.
//!
//! In scope: the rules. Not in scope: finding the controls; `js/loader.js` leaves out those of other
//! forms and those inside `[data-no-track]`, and sorts them by name. A control that may not be read
//! is never asked for its value.

use core::fmt::Write;

use domain::wire::{self, limit};

use crate::rows::Rows;
use crate::text::Text;

/// What is kept free behind the fields, for the end of the event.
const END_BYTES: usize = 2;

/// Writes the rows' `name` and `value` as the members of a JSON object, without braces. Empty values
/// are left out. Rows of the same name follow one another (a group of boxes) and become one value,
/// joined by commas. Names and values are cut to the wire's limits; fields past their number, or past
/// the end of `out`, are left out.
pub(crate) fn write(out: &mut Text<'_>, rows: &impl Rows) {
    let (mut last_bytes, mut name_bytes) = ([0; limit::KEY_BYTES_MAX], [0; limit::KEY_BYTES_MAX]);
    let (mut last, mut name) = (Text::on(&mut last_bytes), Text::on(&mut name_bytes));
    let mut value_bytes = [0; limit::VALUE_BYTES_MAX];
    let mut value = Text::on(&mut value_bytes);
    let mut written = 0;
    let mut row = 0_u32;
    loop {
        name.cut(0);
        let more = rows.read(row, "name", &mut name);
        if name.as_bytes() != last.as_bytes() {
            if written < limit::PROPS_MAX
                && write_one(out, last.as_str(), value.as_str(), written > 0)
            {
                written = written.saturating_add(1);
            }
            value.cut(0);
            last.cut(0);
            let _ = last.write_str(name.as_str());
        }
        if !more {
            return;
        }
        if is_readable(rows, row, name.as_str()) {
            let before = value.as_bytes().len();
            if before > 0 {
                let _ = value.write_str(", ");
            }
            let start = value.as_bytes().len();
            rows.read(row, "value", &mut value);
            if value.as_bytes().len() == start {
                value.cut(before);
            }
        }
        row = row.saturating_add(1);
    }
}

/// Writes a member, and answers whether it did: it is left out when it is empty or does not fit.
fn write_one(out: &mut Text<'_>, name: &str, value: &str, follows: bool) -> bool {
    if name.is_empty() || value.is_empty() {
        return false;
    }
    let before = out.as_bytes().len();
    if follows {
        let _ = out.write_str(",");
    }
    wire::write_text(out, name);
    let _ = out.write_str(":");
    wire::write_text(out, value);
    let fits = !out.is_over() && out.room() >= END_BYTES;
    if !fits {
        out.cut(before);
    }
    fits
}

/// Whether the value of a row may be read, by its `type` and `autocomplete`, which the properties of a
/// custom event do not have, and its name.
///
/// Refused are controls that hold no answer (buttons, boxes that are not checked), secrets (passwords
/// and one-time codes, also when a "show password" button made them text), payment cards, files, and
/// hidden ones, in which sites keep tokens.
fn is_readable(rows: &impl Rows, row: u32, name: &str) -> bool {
    let mut bytes = [0; 256];
    let mut text = Text::on(&mut bytes);
    rows.read(row, "type", &mut text);
    match text.as_str() {
        "" => return true,
        "password" | "hidden" | "file" | "submit" | "button" | "reset" | "image" => return false,
        "checkbox" | "radio" => {
            text.cut(0);
            rows.read(row, "checked", &mut text);
            if text.as_str() != "true" {
                return false;
            }
        }
        _ => {}
    }
    text.cut(0);
    rows.read(row, "autocomplete", &mut text);
    let hint = text.as_str();
    !(holds(hint, "cc-")
        || holds(hint, "passw")
        || holds(hint, "one-time")
        || holds(name, "passw")
        || holds(name, "pwd"))
}

/// Whether `text` has `part` in it, in whatever case. `str::contains` would bring a searcher.
fn holds(text: &str, part: &str) -> bool {
    let mut rest = text.as_bytes();
    while let Some(head) = rest.get(..part.len()) {
        if head.eq_ignore_ascii_case(part.as_bytes()) {
            return true;
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    use serde_json::{Value, json};

    fn written(rows: &[&[(&str, &str)]], room: usize) -> Value {
        let mut bytes = vec![0; room];
        let mut out = Text::on(&mut bytes);
        write(&mut out, &rows);
        serde_json::from_str(&format!("{{{}}}", out.as_str())).unwrap()
    }

    #[test]
    fn only_named_controls_without_secrets_are_read() {
        for (name, kind, autocomplete, expect) in [
            ("email", "email", "email", true),
            ("company", "text", "", true),
            ("size", "select-one", "", true),
            ("message", "textarea", "off", true),
            ("", "text", "", false),
            ("news", "checkbox", "", false),
            ("secret", "password", "", false),
            ("csrf", "hidden", "", false),
            ("cv", "file", "", false),
            ("go", "submit", "", false),
            ("go", "image", "", false),
            ("card", "text", "cc-number", false),
            ("card", "text", "section-a billing CC-NUMBER", false),
            ("secret", "text", "current-password", false),
            ("code", "text", "one-time-code", false),
            ("userPassword", "text", "", false),
            ("pwd", "text", "", false),
        ] {
            let row = [
                ("name", name),
                ("type", kind),
                ("autocomplete", autocomplete),
                ("value", "v"),
            ];
            let expect = if expect {
                json!({ name: "v" })
            } else {
                json!({})
            };
            assert_eq!(written(&[&row], 99), expect, "{name} {kind} {autocomplete}");
        }
    }

    #[test]
    fn checked_boxes_of_a_name_are_one_value() {
        let on = |name, value| {
            [
                ("name", name),
                ("type", "checkbox"),
                ("checked", "true"),
                ("value", value),
            ]
        };
        let off = [
            ("name", "topic"),
            ("type", "checkbox"),
            ("checked", "false"),
            ("value", "no"),
        ];
        assert_eq!(
            written(
                &[
                    &on("news", "on"),
                    &on("topic", "a"),
                    &off,
                    &on("topic", "b")
                ],
                99
            ),
            json!({"news": "on", "topic": "a, b"})
        );
        assert_eq!(written(&[&off], 99), json!({}));
    }

    #[test]
    fn empty_values_are_left_out() {
        let empty = [("name", "a"), ("value", "")];
        let full = [("name", "a"), ("value", "x")];
        assert_eq!(written(&[], 99), json!({}));
        assert_eq!(written(&[&empty], 99), json!({}));
        assert_eq!(written(&[&empty, &full, &empty], 99), json!({"a": "x"}));
    }

    #[test]
    fn names_values_and_their_number_have_limits() {
        let (name, value) = ("n".repeat(70), "线".repeat(1_000));
        let long = [("name", name.as_str()), ("value", value.as_str())];
        let read = written(&[&long, &long], 9_999);
        let (name, value) = read.as_object().unwrap().iter().next().unwrap();
        assert_eq!(name.len(), limit::KEY_BYTES_MAX);
        assert!(value.as_str().unwrap().starts_with(&"线".repeat(300)));
        assert!(value.as_str().unwrap().len() <= limit::VALUE_BYTES_MAX);

        let names: Vec<String> = (0..100).map(|number| number.to_string()).collect();
        let rows: Vec<[(&str, &str); 2]> = names
            .iter()
            .map(|name| [("name", name.as_str()), ("value", "x")])
            .collect();
        let rows: Vec<&[(&str, &str)]> = rows.iter().map(|row| row.as_slice()).collect();
        assert_eq!(
            written(&rows, 9_999).as_object().unwrap().len(),
            limit::PROPS_MAX
        );
        assert_eq!(
            written(&rows, 32).as_object().unwrap().len(),
            3,
            "each takes 7 bytes and a comma, the end 2"
        );
    }
}
