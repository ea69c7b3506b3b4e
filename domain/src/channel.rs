//! The channel a visit came by: one ordered list of one-line predicates.
//!
//! GA4's default channel grouping (Google's published definition), in its order, with what it lacks: partners,
//! events, and AI assistants. The first rule that holds names the channel. Not here: reading the URL and the referrer
//! (that is [`crate::touch`]) and what a host is ([`sites`]).

pub mod sites;
pub mod spam;

use serde::{Deserialize, Serialize};

/// The version of the rules and of the tables of sites and click ids; a recorded channel keeps the version it was decided by.
pub const TABLE_VERSION: u16 = 2;

macro_rules! channels {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        /// A channel, in GA4's terms.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum Channel {
            $($(#[$doc])* #[serde(rename = $text)] $name,)+
        }

        impl Channel {
            /// Every channel, in the order of the rules.
            pub const ALL: &[Channel] = &[$(Channel::$name),+];

            /// The stable name, as stored and sent.
            pub const fn name(self) -> &'static str {
                match self { $(Channel::$name => $text),+ }
            }
        }
    };
}

channels! {
    /// No source at all: typed, bookmarked, or an app that says nothing.
    Direct = "direct",
    /// Campaigns that a platform spreads over its networks.
    CrossNetwork = "cross_network",
    /// Paid, on a shopping site or of a shopping campaign.
    PaidShopping = "paid_shopping",
    /// Paid, on a search engine.
    PaidSearch = "paid_search",
    /// Paid, on a social network.
    PaidSocial = "paid_social",
    /// Paid, on a video site.
    PaidVideo = "paid_video",
    /// Banners.
    Display = "display",
    /// Paid, elsewhere.
    PaidOther = "paid_other",
    /// A partner, distributor or agent.
    Partner = "partner",
    /// An event, or a code on paper or a stand.
    Event = "event",
    /// An AI assistant's answer.
    AiAssistant = "ai_assistant",
    /// Unpaid, on a shopping site or of a shopping campaign.
    OrganicShopping = "organic_shopping",
    /// Unpaid, on a social network.
    OrganicSocial = "organic_social",
    /// Unpaid, on a video site.
    OrganicVideo = "organic_video",
    /// Unpaid, on a search engine.
    OrganicSearch = "organic_search",
    /// A link on another site.
    Referral = "referral",
    /// A link in an e-mail.
    Email = "email",
    /// An affiliate's link.
    Affiliates = "affiliates",
    /// An advertisement that is heard.
    Audio = "audio",
    /// A link in a text message.
    Sms = "sms",
    /// A notification of an app.
    MobilePush = "mobile_push",
    /// A source that no rule knows.
    Unassigned = "unassigned",
}

impl Channel {
    /// The channel of that stable name.
    pub fn from_name(name: &str) -> Option<Channel> {
        Channel::ALL
            .iter()
            .copied()
            .find(|channel| channel.name() == name)
    }
}

/// What the rules look at, all in lower case.
#[derive(Clone, Debug, Default)]
pub struct Signals<'a> {
    /// Where from: `utm_source`, else what the click id or the referrer says; empty when nothing.
    pub source: &'a str,
    /// How: `utm_medium`, else what the click id or the referrer says; empty when nothing.
    pub medium: &'a str,
    /// `utm_campaign`; empty when it says nothing.
    pub campaign: &'a str,
    /// What kind of site the source is, when the tables know it.
    pub site: Option<Site>,
    /// Whether a click id marks the visit as paid.
    pub paid_click: bool,
}

/// What kind of site a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Site {
    /// A search engine.
    Search,
    /// A social network.
    Social,
    /// A video site.
    Video,
    /// An AI assistant.
    Ai,
    /// A shop or a marketplace.
    Shopping,
    /// Where mail is read.
    Mail,
    /// A page that a visitor passes through to pay or to sign in: no source at all.
    Return,
}

type Rule = (Channel, fn(&Signals<'_>) -> bool);

/// The rules. Order matters: the first that holds wins.
const RULES: &[Rule] = &[
    (Channel::Direct, |s| {
        one_of(s.source, &["", "direct", "(direct)"])
            && one_of(s.medium, &["", "(none)", "(not set)", "none"])
            && !s.paid_click
    }),
    (Channel::CrossNetwork, |s| {
        s.campaign.contains("cross-network") || one_of(s.medium, &["cross-network"])
    }),
    (Channel::PaidShopping, |s| {
        is_paid(s) && (s.site == Some(Site::Shopping) || is_of_shopping(s.campaign))
    }),
    (Channel::PaidSearch, |s| {
        is_paid(s) && (s.site == Some(Site::Search) || s.medium == "sem")
    }),
    (Channel::PaidSocial, |s| {
        s.site == Some(Site::Social) && is_paid(s)
    }),
    (Channel::PaidVideo, |s| {
        s.site == Some(Site::Video) && is_paid(s)
    }),
    (Channel::Display, |s| one_of(s.medium, DISPLAY)),
    (Channel::PaidOther, is_paid),
    (Channel::Partner, |s| one_of(s.medium, PARTNER)),
    (Channel::Event, |s| one_of(s.medium, EVENT)),
    (Channel::AiAssistant, |s| {
        s.site == Some(Site::Ai) || one_of(s.medium, AI)
    }),
    (Channel::OrganicShopping, |s| {
        s.site == Some(Site::Shopping) || is_of_shopping(s.campaign)
    }),
    (Channel::OrganicSocial, |s| {
        s.site == Some(Site::Social) || one_of(s.medium, SOCIAL)
    }),
    (Channel::OrganicVideo, |s| {
        s.site == Some(Site::Video) || s.medium.contains("video")
    }),
    (Channel::OrganicSearch, |s| {
        s.site == Some(Site::Search) || one_of(s.medium, &["organic", "seo"])
    }),
    (Channel::Referral, |s| {
        one_of(s.medium, &["referral", "app", "link"])
    }),
    (Channel::Email, |s| {
        s.site == Some(Site::Mail) || one_of(s.medium, EMAIL) || one_of(s.source, EMAIL)
    }),
    (Channel::Affiliates, |s| {
        one_of(s.medium, &["affiliate", "affiliates"])
    }),
    (Channel::Audio, |s| one_of(s.medium, &["audio", "podcast"])),
    (Channel::Sms, |s| {
        one_of(s.medium, SMS) || one_of(s.source, SMS)
    }),
    (Channel::MobilePush, |s| {
        s.medium.ends_with("push")
            || s.medium.contains("mobile")
            || s.medium.contains("notification")
            || s.source == "firebase"
    }),
];

/// GA4's media of banners.
const DISPLAY: &[&str] = &["display", "banner", "expandable", "interstitial", "cpm"];

/// GA4's media of social networks.
const SOCIAL: &[&str] = &[
    "social",
    "social-network",
    "social-media",
    "sm",
    "social network",
    "social media",
    "kol",
    "koc",
    "社交",
];

/// Media of those who sell for the company.
const PARTNER: &[&str] = &[
    "partner",
    "partners",
    "partnership",
    "distributor",
    "reseller",
    "dealer",
    "channel",
    "agent",
    "agency",
    "alliance",
    "isv",
    "oem",
    "var",
    "co-marketing",
    "渠道",
    "代理",
    "经销商",
    "伙伴",
];

/// Media of events, and of codes that are not clicked but scanned.
const EVENT: &[&str] = &[
    "event",
    "events",
    "qr",
    "qrcode",
    "qr-code",
    "qr_code",
    "offline",
    "expo",
    "exhibition",
    "booth",
    "tradeshow",
    "trade-show",
    "conference",
    "summit",
    "seminar",
    "meetup",
    "salon",
    "roadshow",
    "webinar",
    "live",
    "livestream",
    "print",
    "brochure",
    "flyer",
    "poster",
    "二维码",
    "展会",
    "会议",
    "沙龙",
    "线下",
    "直播",
    "活动",
];

/// Media of assistants' answers.
const AI: &[&str] = &[
    "ai",
    "ai-assistant",
    "ai_assistant",
    "llm",
    "geo",
    "chatbot",
];

/// GA4's spellings of e-mail, and those used beside them.
const EMAIL: &[&str] = &[
    "email",
    "e-mail",
    "e_mail",
    "e mail",
    "newsletter",
    "edm",
    "mail",
    "邮件",
];

/// Spellings of text messages.
const SMS: &[&str] = &["sms", "mms", "短信"];

/// The channel of a visit.
pub fn classify(signals: &Signals<'_>) -> Channel {
    RULES
        .iter()
        .find(|(_, holds)| holds(signals))
        .map_or(Channel::Unassigned, |(channel, _)| *channel)
}

/// GA4's paid media, `^(.*cp.*|ppc|retargeting|paid.*)$`, or a click id that only paid clicks carry.
fn is_paid(signals: &Signals<'_>) -> bool {
    let medium = signals.medium;
    signals.paid_click
        || medium.contains("cp")
        || one_of(
            medium,
            &[
                "ppc",
                "retargeting",
                "remarketing",
                "sem",
                "feed_ads",
                "信息流",
            ],
        )
        || medium.starts_with("paid")
}

/// GA4's campaigns of shopping, `^(.*(([^a-df-z]|^)shop|shopping).*)$`.
fn is_of_shopping(campaign: &str) -> bool {
    campaign.match_indices("shop").any(|(place, _)| {
        let (before, from) = campaign.split_at_checked(place).unwrap_or_default();
        let inside = before.ends_with(|c: char| c.is_ascii_lowercase() && c != 'e');
        !inside || from.starts_with("shopping")
    })
}

fn one_of(text: &str, list: &[&str]) -> bool {
    list.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, medium: &str, campaign: &str, expect: Channel) {
        let signals = Signals {
            source,
            medium,
            campaign,
            site: sites::named(source),
            paid_click: false,
        };
        let found = classify(&signals);
        assert_eq!(found, expect, "{source} / {medium} / {campaign}");
    }

    /// The rows of pages and referrers are in `touch/table.rs`; here is what only the order of the rules decides.
    #[test]
    fn the_first_rule_that_holds_wins() {
        check("", "", "", Channel::Direct);
        check("(direct)", "(none)", "", Channel::Direct);
        check("", "cpc", "", Channel::PaidOther);
        check("google", "cpc", "x cross-network y", Channel::CrossNetwork);
        check("google", "cpc", "shopping-q4", Channel::PaidShopping);
        check("taobao", "cpc", "", Channel::PaidShopping);
        check("douyin", "cpm", "", Channel::PaidVideo);
        check("adnetwork", "cpm", "", Channel::Display);
        check("wechat", "qrcode", "", Channel::Event);
        check("zhihu", "partner", "", Channel::Partner);
        check("email", "referral", "", Channel::Referral);
        check("something", "", "", Channel::Unassigned);
    }

    #[test]
    fn a_shopping_campaign_is_no_workshop() {
        let check = |campaign: &str, expect: bool| {
            assert_eq!(is_of_shopping(campaign), expect, "{campaign}");
        };
        check("shop", true);
        check("spring-shop", true);
        check("eshop", true);
        check("window shopping", true);
        check("workshopping", true);
        check("workshop", false);
        check("bishop-workshop shop", true);
        check("", false);
    }

    #[test]
    fn every_channel_is_found_by_its_name() {
        for channel in Channel::ALL {
            assert_eq!(Channel::from_name(channel.name()), Some(*channel));
            assert_eq!(
                serde_json::to_string(channel).unwrap(),
                format!("\"{}\"", channel.name())
            );
        }
    }
}
