//! The JSON of a batch: a head, and as many events as fit.
//!
//! In scope: the members and the limits of [`domain::wire`]. Not in scope: which events wait and when
//! they go ([`crate::queue`], `js/host.js`).

use core::fmt::Write;

use domain::wire::{self, limit};

use crate::text::Text;

/// A batch as it is written, and how many events it has.
pub(crate) struct Batch<'a> {
    /// The JSON so far.
    body: Text<'a>,
    /// The events in it.
    pub(crate) count: u32,
}

impl<'a> Batch<'a> {
    /// Opens a batch that leaves the client at `sent_ms` of its clock.
    pub(crate) fn open(
        bytes: &'a mut [u8],
        site: &str,
        visitor: &str,
        sent_ms: u64,
        automated: bool,
    ) -> Batch<'a> {
        let mut body = Text::on(bytes);
        let _ = body.write_str("{\"v\":");
        wire::write_number(&mut body, u64::from(wire::VERSION));
        let _ = body.write_str(",\"site\":");
        wire::write_text(&mut body, site);
        let _ = body.write_str(",\"visitor\":");
        wire::write_text(&mut body, visitor);
        let _ = body.write_str(",\"sent\":");
        wire::write_number(&mut body, sent_ms);
        let _ = body.write_str(",\"consent\":true");
        if automated {
            let _ = body.write_str(",\"automated\":true");
        }
        let _ = body.write_str(",\"events\":[");
        Batch { body, count: 0 }
    }

    /// Adds an event, if there is room for one: `read` is told its place and writes it to the buffer;
    /// it answers the bytes, negative when there is no event or it does not fit. Answers whether one
    /// was added.
    pub(crate) fn add(&mut self, read: impl FnOnce(u32, &mut [u8]) -> i32) -> bool {
        if self.count >= limit::EVENTS_MAX as u32 {
            return false;
        }
        let before = self.body.as_bytes().len();
        if self.count > 0 {
            let _ = self.body.write_str(",");
        }
        let bytes = read(self.count, self.body.rest());
        let added = self.body.took(bytes) && self.body.room() >= 2;
        if added {
            self.count = self.count.saturating_add(1);
        } else {
            self.body.cut(before);
        }
        added
    }

    /// Closes the batch and gives its JSON.
    pub(crate) fn close(&mut self) -> &str {
        let _ = self.body.write_str("]}");
        self.body.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use serde_json::{Value, json};

    use crate::event;

    const VISITOR: &str = "01923456-789a-7fff-bfff-ffffffffffff";

    /// Like `waiting` of `js/host.js`: an event goes whole or not at all.
    fn whole(event: &str) -> impl FnOnce(u32, &mut [u8]) -> i32 {
        move |_, into| match into.get_mut(..event.len()) {
            Some(into) => {
                into.copy_from_slice(event.as_bytes());
                event.len() as i32
            }
            None => -1,
        }
    }

    #[test]
    fn a_batch_has_the_members_of_the_wire() {
        for (automated, expect) in [(false, None), (true, Some(&json!(true)))] {
            let mut bytes = [0; 999];
            let mut batch = Batch::open(
                &mut bytes,
                "main.demo",
                VISITOR,
                1_763_770_000_000,
                automated,
            );
            assert!(batch.add(whole("{\"a\":1}")));
            assert!(batch.add(whole("{\"b\":2}")));
            assert!(!batch.add(|_, _| -1));
            let body: Value = serde_json::from_str(batch.close()).unwrap();
            assert_eq!(body["v"], 1);
            assert_eq!(body["site"], "main.demo");
            assert_eq!(body["visitor"], VISITOR);
            assert_eq!(body["sent"], 1_763_770_000_000_u64);
            assert_eq!(body["consent"], true);
            assert_eq!(body.get("automated"), expect);
            assert_eq!(body["events"], json!([{"a": 1}, {"b": 2}]));
        }
    }

    #[test]
    fn a_batch_holds_as_many_events_as_the_wire_allows() {
        let mut bytes = [0; 999];
        let mut batch = Batch::open(&mut bytes, "main.demo", VISITOR, 0, false);
        while batch.add(whole("{}")) {}
        assert_eq!(batch.count as usize, limit::EVENTS_MAX);
        assert_eq!(
            serde_json::from_str::<Value>(batch.close()).unwrap()["events"]
                .as_array()
                .unwrap()
                .len(),
            50
        );
    }

    #[test]
    fn a_batch_stays_within_the_body_limit_and_always_takes_one_event() {
        let site = "\u{1}".repeat(limit::NAME_BYTES_MAX);
        for (bytes, expect) in [(event::BYTES_MAX, 1), (event::BYTES_MAX / 3, 3), (9_000, 7)] {
            let event = format!("\"{}\"", "x".repeat(bytes - 2));
            let mut bytes = vec![0; limit::BODY_BYTES_MAX];
            let mut batch = Batch::open(&mut bytes, &site, VISITOR, u64::MAX, true);
            while batch.add(whole(&event)) {}
            assert_eq!(batch.count, expect);
            assert!(serde_json::from_str::<Value>(batch.close()).is_ok());
        }
    }
}
