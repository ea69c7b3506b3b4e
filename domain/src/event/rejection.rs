//! Why the collector refuses, and what it answers. Every refusal has one code, for ever.

use super::Step;
use serde::{Deserialize, Serialize};

macro_rules! rejections {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal, $step:ident;)+) => {
        /// Why the collector refuses a request, a batch or an event.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rejection { $($(#[$doc])* $name,)+ }

        impl Rejection {
            /// Every refusal there is.
            pub const ALL: &[Rejection] = &[$(Rejection::$name),+];

            /// The stable code, as sent back and counted.
            pub const fn code(self) -> &'static str {
                match self { $(Rejection::$name => $code),+ }
            }

            /// The HTTP status when nothing of the request was accepted.
            pub const fn status(self) -> u16 {
                match self { $(Rejection::$name => $status),+ }
            }

            /// The step that refuses so.
            pub const fn step(self) -> Step {
                match self { $(Rejection::$name => Step::$step),+ }
            }

            /// The refusal of a code; none for a code that is not one.
            pub fn of(code: &str) -> Option<Rejection> {
                Rejection::ALL.iter().copied().find(|why| why.code() == code)
            }
        }
    };
}

rejections! {
    /// The body is larger than [`crate::wire::limit::BODY_BYTES_MAX`].
    BodyTooLarge = "body_too_large", 413, Limit;
    /// The body is not UTF-8.
    InvalidUtf8 = "invalid_utf8", 400, Parse;
    /// The body is not JSON.
    NotJson = "not_json", 400, Parse;
    /// The body is JSON and not a batch.
    InvalidBatch = "invalid_batch", 400, Parse;
    /// A batch of another version of the wire form.
    UnknownVersion = "unknown_version", 400, Parse;
    /// No site has this key.
    UnknownSite = "unknown_site", 404, Site;
    /// The page's origin is not one of the site's.
    ForeignOrigin = "foreign_origin", 403, Origin;
    /// The site needs the visitor's consent, and the batch does not carry it.
    NoConsent = "no_consent", 403, Consent;
    /// The batch has more than [`crate::wire::limit::EVENTS_MAX`] events: those beyond are refused.
    TooManyEvents = "too_many_events", 400, Parse;
    /// The event is not one: a field is missing or of another type.
    InvalidEvent = "invalid_event", 400, Parse;
    /// The event's id is not a UUID.
    InvalidId = "invalid_id", 400, Parse;
    /// The event's kind is not known.
    UnknownKind = "unknown_kind", 400, Parse;
    /// The event's URL is longer than [`crate::wire::limit::URL_BYTES_MAX`].
    UrlTooLong = "url_too_long", 400, Parse;
    /// The event's URL is not an http or https URL.
    InvalidUrl = "invalid_url", 400, Parse;
    /// More than [`crate::wire::limit::PROPS_MAX`] fields or properties.
    TooManyProps = "too_many_props", 400, Parse;
    /// A name is longer than [`crate::wire::limit::NAME_BYTES_MAX`] or [`crate::wire::limit::KEY_BYTES_MAX`].
    NameTooLong = "name_too_long", 400, Parse;
    /// A value is longer than [`crate::wire::limit::VALUE_BYTES_MAX`].
    ValueTooLong = "value_too_long", 400, Parse;
    /// The event lies more than [`crate::wire::limit::AHEAD_MS_MAX`] ahead, its clock corrected.
    FromFuture = "from_future", 400, Parse;
    /// The event is older than [`crate::wire::limit::AGE_MS_MAX`].
    TooOld = "too_old", 400, Parse;
    /// The event broke the collector, alone and twice; it must not be sent again.
    Poisoned = "poisoned", 400, Store;
}

/// A refused event, as the answer names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The id it came with; none when it had no readable one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its place in the batch, from 0.
    pub index: u32,
    /// [`Rejection::code`].
    pub code: String,
}

/// What the collector answers when it accepted anything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Events that are stored now or were already: repeats count as accepted.
    pub accepted: u32,
    /// The others.
    pub refused: Vec<Refused>,
}
