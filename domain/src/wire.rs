//! What travels from the tracker to the collector, and its limits.
//!
//! In scope: the names, the limits and the writing of a batch. Not in scope: reading one (that is
//! [`crate::event`], which the tracker does without). `no_std`, no serde, no `format!`.
//!
//! A batch is one JSON object:
//!
//! ```json
//! {"v":1,"site":"main.demo","visitor":"<uuid>","sent":1763770000000,"consent":true,
//!  "events":[{"id":"<uuid v7>","at":1763769999000,"kind":"page_view",
//!             "url":"https://…","referrer":"https://…","title":"…"},
//!            {"id":"…","at":…,"kind":"user_engagement","url":"…","props":{"seconds":"42","scroll":"80"}},
//!            {"id":"…","at":…,"kind":"form_view","url":"…","form":"trial"},
//!            {"id":"…","at":…,"kind":"form_start","url":"…","form":"trial"},
//!            {"id":"…","at":…,"kind":"form_submit","url":"…","form":"trial","fields":{"email":"…"}},
//!            {"id":"…","at":…,"kind":"identify","url":"…","fields":{"email":"…","company":"…"}},
//!            {"id":"…","at":…,"kind":"custom","url":"…","name":"video_played","props":{"seconds":"30"}}]}
//! ```
//!
//! An event may have a `session` too, the time at which the visit began, in base 36: `"session":"mia40dc0"`.
//! A batch has `"automated":true` beside `consent` when a program drives the browser
//! (`navigator.webdriver`); otherwise the member is absent.

/// The version of the wire form, the `v` of a batch.
pub const VERSION: u32 = 1;

/// The limits a batch is held to, by the tracker before it sends and by the collector when it reads.
pub mod limit {
    /// A request body, in bytes.
    pub const BODY_BYTES_MAX: usize = 64 * 1024;
    /// Events in one batch; those beyond are refused by name, the first ones are kept.
    pub const EVENTS_MAX: usize = 50;
    /// A page or referrer URL, in bytes.
    pub const URL_BYTES_MAX: usize = 2_048;
    /// A session's name, in bytes.
    pub const SESSION_BYTES_MAX: usize = 16;
    /// A page title, in bytes; a longer one is cut at a character.
    pub const TITLE_BYTES_MAX: usize = 256;
    /// A form's or a custom event's name, in bytes.
    pub const NAME_BYTES_MAX: usize = 64;
    /// Fields of a form or properties of a custom event.
    pub const PROPS_MAX: usize = 64;
    /// The name of a field or property, in bytes.
    pub const KEY_BYTES_MAX: usize = 64;
    /// The value of a field or property, in bytes.
    pub const VALUE_BYTES_MAX: usize = 1_024;
    /// The seconds of one engagement: a day.
    pub const ENGAGED_SECONDS_MAX: u32 = 86_400;
    /// The deepest scroll of one engagement, in percent.
    pub const SCROLL_PERCENT_MAX: u8 = 100;
    /// How old an event may be when it arrives, in milliseconds: 30 days. Ids are kept as long, so a
    /// retry counts once however late it comes.
    pub const AGE_MS_MAX: i64 = 30 * 24 * 60 * 60 * 1_000;
    /// How far ahead of the collector's clock a corrected event time may lie, in milliseconds.
    pub const AHEAD_MS_MAX: i64 = 5 * 60 * 1_000;
}

/// What kind of event is tracked. The names are GA4's where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A page was shown, by loading or by the history API.
    PageView,
    /// A page was in front for some seconds.
    Engagement,
    /// A form came into view.
    FormView,
    /// The first field of a form was filled in.
    FormStart,
    /// A form was submitted.
    FormSubmit,
    /// The site called `trellis("identify", email, traits)`.
    Identify,
    /// The site called `trellis("track", name, props)`.
    Custom,
}

impl Kind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Kind; 7] = [
        Kind::PageView,
        Kind::Engagement,
        Kind::FormView,
        Kind::FormStart,
        Kind::FormSubmit,
        Kind::Identify,
        Kind::Custom,
    ];

    /// The name on the wire and in the journal.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::PageView => "page_view",
            Kind::Engagement => "user_engagement",
            Kind::FormView => "form_view",
            Kind::FormStart => "form_start",
            Kind::FormSubmit => "form_submit",
            Kind::Identify => "identify",
            Kind::Custom => "custom",
        }
    }

    /// Whether events of this kind have a name: the form's, or their own.
    pub const fn is_named(self) -> bool {
        match self {
            Kind::FormView | Kind::FormStart | Kind::FormSubmit | Kind::Custom => true,
            Kind::PageView | Kind::Engagement | Kind::Identify => false,
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Writes `text`, which is UTF-8, as a JSON string, quotes included, by handing its bytes to `put`.
pub fn write_text(text: &[u8], mut put: impl FnMut(&[u8])) {
    put(b"\"");
    for byte in text {
        if *byte < b' ' || matches!(byte, b'"' | b'\\') {
            put(b"\\u00");
            put(&[hex_digit(byte >> 4), hex_digit(*byte)]);
        } else {
            put(&[*byte]);
        }
    }
    put(b"\"");
}

/// Makes a version 7 UUID (RFC 9562 §5.7) of a time in Unix milliseconds and ten random bytes.
pub fn uuid_v7(at_ms: u64, random: [u8; 10]) -> [u8; 16] {
    let [_, _, t0, t1, t2, t3, t4, t5] = at_ms.to_be_bytes();
    let [r0, r1, r2, r3, r4, r5, r6, r7, r8, r9] = random;
    let version = 0x70 | (r0 & 0x0f);
    let variant = 0x80 | (r2 & 0x3f);
    [
        t0, t1, t2, t3, t4, t5, version, r1, variant, r3, r4, r5, r6, r7, r8, r9,
    ]
}

/// The lower-case hexadecimal digit of the low four bits.
const fn hex_digit(bits: u8) -> u8 {
    let bits = bits & 0x0f;
    bits.wrapping_add(if bits < 10 { b'0' } else { b'a' - 10 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> String {
        let mut out = Vec::new();
        write_text(value.as_bytes(), |bytes| out.extend_from_slice(bytes));
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn text_is_read_back_by_any_json_reader() {
        for value in [
            "",
            "a",
            "线索",
            "\"\\\n\t\u{0}\u{1f}\u{7f}",
            "\u{1F600}",
            "</script>",
        ] {
            assert_eq!(serde_json::from_str::<String>(&text(value)).unwrap(), value);
        }
    }

    #[test]
    fn a_uuid_has_version_7_its_time_and_its_variant() {
        let id = uuid::Uuid::from_bytes(uuid_v7(0x0192_3456_789a, [0xff; 10]));
        assert_eq!(id.to_string(), "01923456-789a-7fff-bfff-ffffffffffff");
        assert_eq!(id.get_version_num(), 7);
    }

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(Kind::from_name("page"), None);
    }
}
