//! Who is asking: whether a user agent is a program that calls itself one.
//!
//! A suspected bot's events are kept, weigh nothing, and carry the reason. Not here: browser and device
//! names, and the full table of bots.

use serde::{Deserialize, Serialize};

/// Why an event is held to come from a program. Stored with the event; a verdict may be reversed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BotReason {
    /// The user agent names a crawler or a tool.
    NamedAgent,
    /// A headless browser.
    Headless,
    /// The tracker saw that the browser is driven by a program.
    Automated,
    /// No user agent at all.
    NoAgent,
}

/// Words that only programs carry in their user agent, in lower case.
const NAMED: &[&str] = &[
    "bot/",
    "bot;",
    "bot)",
    "bot ",
    "crawler",
    "spider",
    "slurp",
    "curl/",
    "wget/",
    "python-requests",
    "python-urllib",
    "go-http-client",
    "java/",
    "okhttp",
    "axios/",
    "node-fetch",
    "libwww",
    "scrapy",
    "facebookexternalhit",
    "bytespider",
    "phantomjs",
    "lighthouse",
    "pingdom",
    "uptimerobot",
    "monitoring",
];

/// The reason to take a request for a program's; `None` for a person's.
pub fn bot(user_agent: &str, automated: bool) -> Option<BotReason> {
    // Cubot makes telephones.
    let agent = user_agent.to_ascii_lowercase().replace("cubot", "");
    if agent.trim().is_empty() {
        Some(BotReason::NoAgent)
    } else if agent.contains("headless") {
        Some(BotReason::Headless)
    } else if NAMED.iter().any(|word| agent.contains(word)) || agent.ends_with("bot") {
        Some(BotReason::NamedAgent)
    } else if automated {
        Some(BotReason::Automated)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_told_from_people() {
        let check = |agent: &str, expect: Option<BotReason>| {
            assert_eq!(bot(agent, false), expect, "{agent}")
        };
        check("", Some(BotReason::NoAgent));
        check(
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            Some(BotReason::NamedAgent),
        );
        check(
            "Mozilla/5.0 (compatible; Baiduspider/2.0)",
            Some(BotReason::NamedAgent),
        );
        check("curl/8.5.0", Some(BotReason::NamedAgent));
        check(
            "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0 Safari/537.36",
            Some(BotReason::Headless),
        );
        for person in [
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 MicroMessenger/8.0.44",
            "Mozilla/5.0 (Linux; Android 8.1; CUBOT X18 Plus) AppleWebKit/537.36 UCBrowser/13.4 Mobile",
            "Mozilla/5.0 (Linux; U; Android 9; zh-cn) AppleWebKit/537.36 Quark/6.2 Mobile",
        ] {
            check(person, None);
            assert_eq!(bot(person, true), Some(BotReason::Automated));
        }
    }
}
