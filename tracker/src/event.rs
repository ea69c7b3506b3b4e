//! The JSON of one event, made of what the page hands over.
//!
//! In scope: the members of [`domain::wire`] in their form and limits. Not in scope: the batch around
//! the event, and when it goes (`js/host.js`, [`crate::queue`]); which controls of a form are read
//! (`js/form.js`).

use domain::wire::{self, limit};

use crate::card;
use crate::text::Text;

/// Stands between the parts that the page hands over; the page takes it out of the parts.
const SEPARATOR: u8 = 0x1f;

/// The texts of an event in the order of the parts, with their limits in bytes. The two parts before
/// them are the id and the time, which the page made; behind them come `fields` or `props`, or
/// nothing, and then names and values.
const TEXTS: [(&[u8], usize); 7] = [
    (b"kind", limit::NAME_BYTES_MAX),
    (b"url", limit::URL_BYTES_MAX),
    (b"session", limit::SESSION_BYTES_MAX),
    (b"referrer", limit::URL_BYTES_MAX),
    (b"title", limit::TITLE_BYTES_MAX),
    (b"form", limit::NAME_BYTES_MAX),
    (b"name", limit::NAME_BYTES_MAX),
];

/// What an event may take, so that a batch of it alone is within the body's limit with the head (less
/// than 1 KiB) around it.
pub(crate) const BYTES_MAX: usize = limit::BODY_BYTES_MAX.saturating_sub(1_024);

/// What is kept free behind the names and values, for the end of the event.
const END_BYTES: usize = 2;

/// Writes an event. Empty texts are left out, and so are names and values past their number or the end
/// of `out`, and values that look like a payment card's number. What is too long is cut between characters.
pub(crate) fn write(out: &mut Text<'_>, parts: &[u8]) {
    let mut parts = parts.split(|byte| *byte == SEPARATOR);
    let mut next = || parts.next();
    out.put(b"{\"id\":");
    wire::write_text(next().unwrap_or_default(), |bytes| out.put(bytes));
    out.put(b",\"at\":");
    out.put(next().unwrap_or_default());
    for (name, bytes_max) in TEXTS {
        let value = cut(next().unwrap_or_default(), bytes_max);
        if !value.is_empty() {
            out.put(b",");
            write_pair(out, name, value);
        }
    }
    let of = next().unwrap_or_default();
    if !of.is_empty() {
        out.put(b",");
        wire::write_text(of, |bytes| out.put(bytes));
        out.put(b":{");
        let mut written = 0;
        while let (Some(name), Some(value)) = (next(), next()) {
            let name = cut(name, limit::KEY_BYTES_MAX);
            let left_out = name.is_empty() || value.is_empty() || card::is_in(value);
            if left_out || written == limit::PROPS_MAX {
                continue;
            }
            let before = out.len();
            if written > 0 {
                out.put(b",");
            }
            write_pair(out, name, cut(value, limit::VALUE_BYTES_MAX));
            if out.lacks(END_BYTES) {
                out.cut(before);
            } else {
                written = written.saturating_add(1);
            }
        }
        out.put(b"}");
    }
    out.put(b"}");
}

/// Writes a member.
fn write_pair(out: &mut Text<'_>, name: &[u8], value: &[u8]) {
    wire::write_text(name, |bytes| out.put(bytes));
    out.put(b":");
    wire::write_text(value, |bytes| out.put(bytes));
}

/// The longest start of `text` with at most `bytes_max` bytes that ends between characters of UTF-8.
fn cut(text: &[u8], bytes_max: usize) -> &[u8] {
    let mut end = bytes_max;
    while text.get(end).is_some_and(|byte| byte & 0xc0 == 0x80) {
        end = end.saturating_sub(1);
    }
    text.get(..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn event(parts: &[&str]) -> Value {
        event_in(BYTES_MAX, parts)
    }

    fn event_in(room: usize, parts: &[&str]) -> Value {
        let mut bytes = vec![0; room];
        let mut out = Text::on(&mut bytes);
        write(&mut out, parts.join("\u{1f}").as_bytes());
        serde_json::from_slice(out.as_bytes()).unwrap()
    }

    const HEAD: [&str; 9] = ["i", "7", "custom", "https://a.cn/", "", "", "", "", "n"];

    fn props(pairs: &[&str]) -> Value {
        event(&[&HEAD[..], &["props"], pairs].concat())["props"].take()
    }

    #[test]
    fn an_event_has_the_members_of_the_wire() {
        let id = "019aa8e2-5e98-7000-8000-000000000000";
        let url = "https://a.com/?utm_source=x";
        assert_eq!(
            event(&[
                id,
                "1763769999000",
                "page_view",
                url,
                "mi9x1",
                "",
                "产品",
                "",
                ""
            ]),
            json!({
                "id": id, "at": 1_763_769_999_000_u64, "kind": "page_view", "url": url, "session": "mi9x1", "title": "产品",
            })
        );
        let form = ["form_submit", url, "", "", "", "trial", "", "fields"];
        assert_eq!(
            event(&[&[id, "5"], &form[..], &["email", "a@b.cn", "size", ""]].concat()),
            json!({
                "id": id, "at": 5, "kind": "form_submit", "url": url, "form": "trial", "fields": {"email": "a@b.cn"},
            })
        );
    }

    #[test]
    fn texts_are_cut_between_characters() {
        let title = "线".repeat(100);
        let found = event(&["i", "7", "page_view", "u", "", "", &title]);
        assert_eq!(found["title"], json!("线".repeat(85)));
        for (bytes_max, expect) in [
            (0, ""),
            (1, "a"),
            (2, "a"),
            (3, "a"),
            (4, "a线"),
            (9, "a线"),
        ] {
            assert_eq!(
                cut("a线".as_bytes(), bytes_max),
                expect.as_bytes(),
                "{bytes_max}"
            );
        }
    }

    #[test]
    fn names_values_and_their_number_have_limits() {
        let (name, value) = ("n".repeat(70), "线".repeat(1_000));
        let found = props(&[&name, &value]);
        let (name, value) = found.as_object().unwrap().iter().next().unwrap();
        assert_eq!(name.len(), limit::KEY_BYTES_MAX);
        assert_eq!(value.as_str().unwrap().len(), 1_023);
        let names: Vec<String> = (0..100).map(|number| number.to_string()).collect();
        let pairs: Vec<&str> = names.iter().flat_map(|name| [name.as_str(), "x"]).collect();
        assert_eq!(props(&pairs).as_object().unwrap().len(), limit::PROPS_MAX);
    }

    #[test]
    fn empty_and_odd_pairs_are_left_out() {
        assert_eq!(props(&[]), json!({}));
        assert_eq!(props(&["a", "", "", "x", "b", "1", "c"]), json!({"b": "1"}));
    }

    #[test]
    fn a_card_number_is_left_out() {
        assert_eq!(
            props(&["note", "4242 4242 4242 4242", "b", "1"]),
            json!({"b": "1"})
        );
    }

    #[test]
    fn an_event_that_is_full_leaves_pairs_out_and_still_closes() {
        let value = "\u{1}".repeat(limit::VALUE_BYTES_MAX);
        let pairs = [["a", value.as_str()], ["b", value.as_str()], ["c", "x"]].concat();
        let parts = [&HEAD[..], &["props"], &pairs].concat();
        let found = event_in(7_000, &parts);
        assert_eq!(found["props"].as_object().unwrap().len(), 2, "a and c");
    }
}
