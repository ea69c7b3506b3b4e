//! The JSON of one event.
//!
//! In scope: the members of [`domain::wire`] in its form and limits. Not in scope: the batch around
//! it ([`crate::batch`]), and which fields may be read ([`crate::field`]).

use core::fmt::Write;

use domain::wire::{self, Kind, limit};

use crate::field;
use crate::rows::Rows;
use crate::text::Text;

/// What an event may take, so that a batch of it alone is within the body's limit with the head (less
/// than 1 KiB) around it.
pub(crate) const BYTES_MAX: usize = limit::BODY_BYTES_MAX.saturating_sub(1_024);

/// An event as it is written: an open JSON object.
pub(crate) struct Event<'a>(Text<'a>);

impl<'a> Event<'a> {
    /// Opens an event of that kind, which happened at `at_ms`.
    pub(crate) fn open(bytes: &'a mut [u8], kind: Kind, at_ms: u64, random: [u8; 10]) -> Event<'a> {
        let mut out = Text::on(bytes);
        let _ = out.write_str("{\"id\":\"");
        wire::write_uuid(&mut out, &wire::uuid_v7(at_ms, random));
        let _ = out.write_str("\",\"at\":");
        wire::write_number(&mut out, at_ms);
        let mut event = Event(out);
        event.text("kind", kind.name());
        event
    }

    /// Adds a text.
    pub(crate) fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        wire::write_text(&mut self.0, value);
    }

    /// Adds the text of a cell of the only row of `view`, cut to its limit. An empty one is left out;
    /// answers whether there was one.
    pub(crate) fn copy(
        &mut self,
        key: &str,
        view: &impl Rows,
        cell: &str,
        bytes_max: usize,
    ) -> bool {
        let mut bytes = [0; limit::URL_BYTES_MAX];
        let mut value = Text::on(bytes.get_mut(..bytes_max).unwrap_or_default());
        view.read(0, cell, &mut value);
        let found = !value.as_bytes().is_empty();
        if found {
            self.text(key, value.as_str());
        }
        found
    }

    /// Adds an object of fields.
    pub(crate) fn fields(&mut self, key: &str, rows: &impl Rows) {
        self.key(key);
        let _ = self.0.write_str("{");
        field::write(&mut self.0, rows);
        let _ = self.0.write_str("}");
    }

    /// Closes the event and gives its JSON.
    pub(crate) fn close(&mut self) -> &str {
        let _ = self.0.write_str("}");
        self.0.as_str()
    }

    /// Writes the key of the next member.
    fn key(&mut self, key: &str) {
        let _ = self.0.write_str(",");
        wire::write_text(&mut self.0, key);
        let _ = self.0.write_str(":");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use serde_json::{Value, json};

    fn event(kind: Kind, write: impl FnOnce(&mut Event<'_>)) -> Value {
        let mut bytes = vec![0; BYTES_MAX];
        let mut event = Event::open(&mut bytes, kind, 1_763_769_999_000, [0; 10]);
        write(&mut event);
        serde_json::from_str(event.close()).unwrap()
    }

    #[test]
    fn an_event_has_the_members_of_the_wire() {
        let view: &[&[(&str, &str)]] = &[&[
            ("url", "https://a.com/?utm_source=x"),
            ("title", "产品 \"A\""),
        ]];
        let read = event(Kind::PageView, |event| {
            assert!(event.copy("url", &view, "url", limit::URL_BYTES_MAX));
            assert!(!event.copy("referrer", &view, "referrer", limit::URL_BYTES_MAX));
            assert!(event.copy("title", &view, "title", 6));
        });
        assert_eq!(
            read,
            json!({
                "id": "019aa8e2-5e98-7000-8000-000000000000",
                "at": 1_763_769_999_000_u64,
                "kind": "page_view",
                "url": "https://a.com/?utm_source=x",
                "title": "产品",
            })
        );
    }

    #[test]
    fn fields_are_an_object() {
        let rows: &[&[(&str, &str)]] = &[
            &[("name", "a"), ("value", "1")],
            &[("name", "b"), ("value", "2")],
        ];
        let read = event(Kind::FormSubmit, |event| {
            event.text("form", "trial");
            event.fields("fields", &rows);
        });
        assert_eq!(read["form"], "trial");
        assert_eq!(read["fields"], json!({"a": "1", "b": "2"}));
        let none: &[&[(&str, &str)]] = &[];
        assert_eq!(
            event(Kind::Custom, |event| event.fields("props", &none))["props"],
            json!({})
        );
    }

    #[test]
    fn an_event_that_is_full_leaves_fields_out_and_still_closes() {
        let value = "\u{1}".repeat(limit::VALUE_BYTES_MAX);
        let names: Vec<String> = (0..60).map(|number| number.to_string()).collect();
        let rows: Vec<[(&str, &str); 2]> = names
            .iter()
            .map(|name| [("name", name.as_str()), ("value", value.as_str())])
            .collect();
        let rows: Vec<&[(&str, &str)]> = rows.iter().map(|row| row.as_slice()).collect();
        let read = event(Kind::FormSubmit, |event| {
            event.fields("fields", &rows.as_slice())
        });
        assert_eq!(
            read["fields"].as_object().unwrap().len(),
            10,
            "of 6 KiB each"
        );
    }
}
