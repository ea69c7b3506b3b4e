//! What an event holds: the name, the kind of value, the limit and an example of each property.

use crate::touch;
use crate::wire::{Kind, limit};

/// A property of events, by its place on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Property {
    /// The event's id.
    Id,
    /// When it happened.
    At,
    /// By which browser; said once a batch.
    Visitor,
    /// On which website; said once a batch.
    Site,
    /// The page's URL.
    Url,
    /// The tracker's session.
    Session,
    /// The URL that led to the page.
    Referrer,
    /// The page's title.
    Title,
    /// UTM: the source.
    UtmSource,
    /// UTM: the medium.
    UtmMedium,
    /// UTM: the campaign.
    UtmCampaign,
    /// UTM: the search term.
    UtmTerm,
    /// UTM: the advertisement.
    UtmContent,
    /// An advertising platform's click id.
    ClickId,
    /// For how long the page was in front.
    Seconds,
    /// How deep it was scrolled.
    Scroll,
    /// The form's name.
    Form,
    /// What was filled in, or said of the person.
    Fields,
    /// The custom event's name.
    Name,
    /// What the website says of it.
    Props,
}

/// What a property's value is, and its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A UUID.
    Uuid,
    /// Milliseconds since 1970, at most so many ago.
    Time {
        /// The age.
        age_ms_max: i64,
    },
    /// Text of so many bytes.
    Text {
        /// The bytes.
        bytes_max: usize,
    },
    /// An address that begins with `http:` or `https:`.
    Url {
        /// Its bytes.
        bytes_max: usize,
    },
    /// Text in the query of the page's URL; a longer one is cut.
    Query {
        /// The bytes.
        bytes_max: usize,
    },
    /// A whole number.
    Whole {
        /// From.
        least: u32,
        /// To.
        most: u32,
    },
    /// Texts by name.
    Pairs {
        /// How many.
        count_max: usize,
        /// A name's bytes.
        key_bytes_max: usize,
        /// A value's bytes.
        value_bytes_max: usize,
    },
}

impl Property {
    /// What every event has.
    pub const COMMON: [Property; 6] = [
        Property::Id,
        Property::At,
        Property::Visitor,
        Property::Site,
        Property::Url,
        Property::Session,
    ];

    /// What events of a kind have beside [`Property::COMMON`].
    pub const fn of(kind: Kind) -> &'static [Property] {
        match kind {
            Kind::PageView => &[
                Property::Title,
                Property::Referrer,
                Property::UtmSource,
                Property::UtmMedium,
                Property::UtmCampaign,
                Property::UtmTerm,
                Property::UtmContent,
                Property::ClickId,
            ],
            Kind::Engagement => &[Property::Seconds, Property::Scroll],
            Kind::FormView | Kind::FormStart => &[Property::Form],
            Kind::FormSubmit => &[Property::Form, Property::Fields],
            Kind::Identify => &[Property::Fields],
            Kind::Custom => &[Property::Name, Property::Props],
        }
    }

    /// Its name on the wire, or in the query of the page's URL.
    pub const fn name(self) -> &'static str {
        match self {
            Property::Id => "id",
            Property::At => "at",
            Property::Visitor => "visitor",
            Property::Site => "site",
            Property::Url => "url",
            Property::Session => "session",
            Property::Referrer => "referrer",
            Property::Title => "title",
            Property::UtmSource => "utm_source",
            Property::UtmMedium => "utm_medium",
            Property::UtmCampaign => "utm_campaign",
            Property::UtmTerm => "utm_term",
            Property::UtmContent => "utm_content",
            Property::ClickId => "bd_vid",
            Property::Seconds => "props.seconds",
            Property::Scroll => "props.scroll",
            Property::Form => "form",
            Property::Fields => "fields",
            Property::Name => "name",
            Property::Props => "props",
        }
    }

    /// What its value is, and the limit.
    pub const fn value(self) -> Value {
        let bytes_max = match self {
            Property::Id | Property::Visitor => return Value::Uuid,
            Property::At => {
                let age_ms_max = limit::AGE_MS_MAX;
                return Value::Time { age_ms_max };
            }
            Property::Url | Property::Referrer => {
                let bytes_max = limit::URL_BYTES_MAX;
                return Value::Url { bytes_max };
            }
            Property::UtmSource
            | Property::UtmMedium
            | Property::UtmCampaign
            | Property::UtmTerm
            | Property::UtmContent
            | Property::ClickId => {
                let bytes_max = touch::VALUE_BYTES_MAX;
                return Value::Query { bytes_max };
            }
            Property::Seconds => {
                let (least, most) = (1, limit::ENGAGED_SECONDS_MAX);
                return Value::Whole { least, most };
            }
            Property::Scroll => {
                let (least, most) = (0, limit::SCROLL_PERCENT_MAX as u32);
                return Value::Whole { least, most };
            }
            Property::Fields | Property::Props => {
                return Value::Pairs {
                    count_max: limit::PROPS_MAX,
                    key_bytes_max: limit::KEY_BYTES_MAX,
                    value_bytes_max: limit::VALUE_BYTES_MAX,
                };
            }
            Property::Site => crate::id::SiteKey::BYTES_MAX,
            Property::Session => limit::SESSION_BYTES_MAX,
            Property::Title => limit::TITLE_BYTES_MAX,
            Property::Form | Property::Name => limit::NAME_BYTES_MAX,
        };
        Value::Text { bytes_max }
    }

    /// A value that would be accepted.
    pub const fn example(self) -> &'static str {
        match self {
            Property::Id => "01a201a9-f5a0-7b73-8323-c96334765c27",
            Property::At => "1795324245408",
            Property::Visitor => "01a201a9-f9dc-7b5c-82f3-835d8de3dcd6",
            Property::Site => "main.www",
            Property::Url => "https://www.example.com/pricing",
            Property::Session => "mwrdp9k0",
            Property::Referrer => "https://www.baidu.com/",
            Property::Title => "Pricing",
            Property::UtmSource => "baidu",
            Property::UtmMedium => "cpc",
            Property::UtmCampaign => "q4",
            Property::UtmTerm => "crm",
            Property::UtmContent => "banner-2",
            Property::ClickId => "bd_7f3a",
            Property::Seconds => "42",
            Property::Scroll => "80",
            Property::Form => "trial",
            Property::Fields => r#"{"email":"li.wei@example.com","company":"Yunge"}"#,
            Property::Name => "video_played",
            Property::Props => r#"{"seconds":"30","title":"Tour"}"#,
        }
    }
}
