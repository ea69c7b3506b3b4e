//! The channel a visit came by: one ordered list of one-line predicates.
//!
//! GA4's default channel grouping (Google's published definition) with what it lacks: Chinese search
//! and social, and AI assistants. The first rule that holds names the channel. Not here: reading
//! the URL and the referrer (that is [`crate::touch`]).

use serde::{Deserialize, Serialize};

/// The version of the rules and tables below; a recorded channel keeps the version it was decided by.
pub const TABLE_VERSION: u16 = 1;

macro_rules! channels {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        /// A channel, in GA4's terms.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// An AI assistant's answer.
    AiAssistant = "ai_assistant",
    /// Unpaid, on a social network.
    OrganicSocial = "organic_social",
    /// Unpaid, on a video site.
    OrganicVideo = "organic_video",
    /// Unpaid, on a search engine.
    OrganicSearch = "organic_search",
    /// A link in an e-mail.
    Email = "email",
    /// An affiliate's link.
    Affiliates = "affiliates",
    /// A link on another site.
    Referral = "referral",
    /// A link in a text message.
    Sms = "sms",
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
}

type Rule = (Channel, fn(&Signals<'_>) -> bool);

/// The rules. Order matters: the first that holds wins.
const RULES: &[Rule] = &[
    (Channel::Direct, |s| {
        s.source.is_empty() && (s.medium.is_empty() || s.medium == "(none)") && !s.paid_click
    }),
    (Channel::PaidSearch, |s| {
        s.site == Some(Site::Search) && is_paid(s)
    }),
    (Channel::PaidSocial, |s| {
        s.site == Some(Site::Social) && is_paid(s)
    }),
    (Channel::PaidVideo, |s| {
        s.site == Some(Site::Video) && is_paid(s)
    }),
    (Channel::Display, |s| {
        one_of(
            s.medium,
            &["display", "banner", "expandable", "interstitial", "cpm"],
        )
    }),
    (Channel::PaidOther, is_paid),
    (Channel::AiAssistant, |s| {
        s.site == Some(Site::Ai) || one_of(s.medium, &["ai", "ai-assistant", "llm"])
    }),
    (Channel::OrganicSocial, |s| {
        s.site == Some(Site::Social)
            || one_of(
                s.medium,
                &[
                    "social",
                    "social-network",
                    "social-media",
                    "sm",
                    "social network",
                    "social media",
                ],
            )
    }),
    (Channel::OrganicVideo, |s| {
        s.site == Some(Site::Video) || s.medium.contains("video")
    }),
    (Channel::OrganicSearch, |s| {
        s.site == Some(Site::Search) || s.medium == "organic"
    }),
    (Channel::Email, |s| {
        one_of(s.medium, EMAIL) || one_of(s.source, EMAIL)
    }),
    (Channel::Affiliates, |s| s.medium == "affiliate"),
    (Channel::Referral, |s| {
        one_of(s.medium, &["referral", "app", "link"])
    }),
    (Channel::Sms, |s| s.medium == "sms" || s.source == "sms"),
];

/// GA4's spellings of e-mail.
const EMAIL: &[&str] = &["email", "e-mail", "e_mail", "e mail", "newsletter", "edm"];

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
        || one_of(medium, &["ppc", "retargeting", "sem"])
        || medium.starts_with("paid")
}

fn one_of(text: &str, list: &[&str]) -> bool {
    list.contains(&text)
}

/// Known sites: (what `utm_source` calls it, the registrable part of its hosts, its kind). The names
/// are the ones that marketers write; the hosts match themselves and their sub-domains.
const SITES: &[(&str, &str, Site)] = &[
    ("baidu", "baidu.com", Site::Search),
    ("google", "google.", Site::Search),
    ("bing", "bing.com", Site::Search),
    ("sogou", "sogou.com", Site::Search),
    ("360", "so.com", Site::Search),
    ("shenma", "sm.cn", Site::Search),
    ("toutiao", "toutiao.com", Site::Search),
    ("yahoo", "yahoo.com", Site::Search),
    ("yandex", "yandex.", Site::Search),
    ("duckduckgo", "duckduckgo.com", Site::Search),
    ("wechat", "weixin.qq.com", Site::Social),
    ("weixin", "weixin110.qq.com", Site::Social),
    ("weibo", "weibo.com", Site::Social),
    ("zhihu", "zhihu.com", Site::Social),
    ("xiaohongshu", "xiaohongshu.com", Site::Social),
    ("linkedin", "linkedin.com", Site::Social),
    ("facebook", "facebook.com", Site::Social),
    ("twitter", "twitter.com", Site::Social),
    ("x", "x.com", Site::Social),
    ("t.co", "t.co", Site::Social),
    ("douyin", "douyin.com", Site::Video),
    ("bilibili", "bilibili.com", Site::Video),
    ("youku", "youku.com", Site::Video),
    ("youtube", "youtube.com", Site::Video),
    ("tiktok", "tiktok.com", Site::Video),
    ("tieba", "tieba.baidu.com", Site::Social),
    ("weibo", "weibo.cn", Site::Social),
    ("instagram", "instagram.com", Site::Social),
    ("linkedin", "lnkd.in", Site::Social),
    ("chatgpt", "chat.openai.com", Site::Ai),
    ("gemini", "gemini.google.com", Site::Ai),
    ("yiyan", "yiyan.baidu.com", Site::Ai),
    ("claude", "claude.ai", Site::Ai),
    ("copilot", "copilot.microsoft.com", Site::Ai),
    ("kimi", "kimi.moonshot.cn", Site::Ai),
    ("yuanbao", "yuanbao.tencent.com", Site::Ai),
    ("chatgpt", "chatgpt.com", Site::Ai),
    ("deepseek", "deepseek.com", Site::Ai),
    ("doubao", "doubao.com", Site::Ai),
    ("kimi", "kimi.com", Site::Ai),
    ("perplexity", "perplexity.ai", Site::Ai),
];

/// What a source name or a host is, and the name it is known by. The longest host that fits counts:
/// `gemini.google.com` is an assistant, `google.com` a search engine.
pub fn site(source: &str) -> Option<(&'static str, Site)> {
    let known = SITES
        .iter()
        .filter(|(name, host, _)| source == *name || is_host(source, host));
    let best = known.max_by_key(|(_, host, _)| host.len());
    best.map(|(name, _, site)| (*name, *site))
}

/// Whether `host` is the known host or below it; a known host that ends in a dot stands for every
/// country's domain: `google.` is `www.google.com.hk` and not `google.example.com`.
fn is_host(host: &str, known: &str) -> bool {
    let Some(stem) = known.strip_suffix('.') else {
        return host
            .strip_suffix(known)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    };
    let mut labels = host
        .rsplit('.')
        .skip_while(|label| label.len() <= 3 && *label != stem);
    labels.next() == Some(stem) && host.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, medium: &str, paid_click: bool, expect: Channel) {
        let site = site(source).map(|(_, site)| site);
        let found = classify(&Signals {
            source,
            medium,
            site,
            paid_click,
        });
        assert_eq!(found, expect, "{source} / {medium} / {paid_click}");
    }

    #[test]
    fn the_rules_in_order() {
        check("", "", false, Channel::Direct);
        check("", "(none)", false, Channel::Direct);
        check("baidu", "cpc", false, Channel::PaidSearch);
        check("baidu", "", true, Channel::PaidSearch);
        check("www.baidu.com", "referral", false, Channel::OrganicSearch);
        check(
            "www.google.com.hk",
            "referral",
            false,
            Channel::OrganicSearch,
        );
        check("google", "ppc", false, Channel::PaidSearch);
        check("zhihu", "paid_social", false, Channel::PaidSocial);
        check(
            "zhuanlan.zhihu.com",
            "referral",
            false,
            Channel::OrganicSocial,
        );
        check(
            "mp.weixin.qq.com",
            "referral",
            false,
            Channel::OrganicSocial,
        );
        check("douyin", "cpm", false, Channel::PaidVideo);
        check("bilibili", "video", false, Channel::OrganicVideo);
        check("adnetwork", "banner", false, Channel::Display);
        check("adnetwork", "cpm", false, Channel::Display);
        check("adnetwork", "cpc", false, Channel::PaidOther);
        check("", "", true, Channel::PaidOther);
        check("chatgpt.com", "referral", false, Channel::AiAssistant);
        check("gemini.google.com", "referral", false, Channel::AiAssistant);
        check("tieba.baidu.com", "referral", false, Channel::OrganicSocial);
        check("october", "newsletter", false, Channel::Email);
        check("newsletter", "", false, Channel::Email);
        check("partner", "affiliate", false, Channel::Affiliates);
        check("example.com", "referral", false, Channel::Referral);
        check("sms", "", false, Channel::Sms);
        check("something", "", false, Channel::Unassigned);
    }

    #[test]
    fn a_look_alike_host_is_not_the_site() {
        for host in [
            "notbaidu.com",
            "baidu.com.example.org",
            "google.example.com",
            "mygoogle.com",
            "google",
        ] {
            assert_eq!(
                site(host).map(|(name, _)| name),
                (host == "google").then_some("google"),
                "{host}"
            );
        }
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
