//! Who is asking: what a user agent says of its program and its device.
//!
//! A suspected bot's events are kept, weigh nothing, and carry the reason. Reading an agent is pure and costs some
//! microseconds, so whoever sees many may remember what was read. Not here: what a page view's touch adds to the verdict (that is
//! [`crate::event::TrackedEvent::stamp`]).

mod crawlers;

use crate::device::{Browser, Device};
use crate::touch::{Touch, cut};
use serde::{Deserialize, Serialize};

/// Why an event is held to come from a program. Stored with the event; a verdict may be reversed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// A mail gateway that opens the links of a message to see whether they are safe.
    MailScanner,
    /// It came from, or names as its source, a host that is only there to be seen in reports.
    ReferrerSpam,
}

/// What a user agent says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agent {
    /// Why it is held to be a program's; none of a person's.
    pub bot: Option<BotReason>,
    /// The device it names.
    pub device: Device,
}

/// Of a longer user agent the beginning is read. Real ones have up to some 600 bytes.
pub const AGENT_BYTES_MAX: usize = 1_024;

/// Words of mail gateways and of what fetches the pictures of a message, in lower case, as far as they are publicly
/// known: most scanners call themselves nothing.
const MAIL_SCANNERS: &[&str] = &[
    "barracuda",
    "proofpoint",
    "mimecast",
    "messagelabs",
    "symantec email",
    "cloudmark",
    "ironport",
    "trustwave seg",
    "vade secure",
    "avanan",
    "forcepoint email",
    "sophos email",
    "safelinks",
    "microsoft defender for office",
    "microsoft office existence discovery",
    "microsoft office protocol discovery",
    "ms-office; msoffice",
    "googleimageproxy",
    "yahoomailproxy",
];

/// Words that programs end the name of their kind with; a letter behind one makes it another word.
const KINDS: &[&str] = &["bot", "crawler", "spider"];

/// Words that only programs carry, in lower case, beside those of the table.
const NAMED: &[&str] = &[
    "python-requests",
    "python-urllib",
    "go-http-client",
    "libwww",
    "phantomjs",
    "monitoring",
    "electron-fetch",
    "undici",
    "(+http",
    "; +http",
];

/// Words that programs begin with, in lower case; behind a browser's agent they are an application's.
const BEGINNINGS: &[&str] = &[
    "java/",
    "okhttp",
    "dalvik/",
    "cfnetwork",
    "ruby",
    "perl",
    "php/",
    "node",
];

/// What a user agent says.
pub fn read(user_agent: &str) -> Agent {
    let agent = cut(user_agent.trim(), AGENT_BYTES_MAX);
    let lower = agent.to_ascii_lowercase();
    let bot = if lower.is_empty() || lower == "-" {
        Some(BotReason::NoAgent)
    } else if lower.contains("headless") {
        Some(BotReason::Headless)
    } else if MAIL_SCANNERS.iter().any(|word| lower.contains(word)) {
        Some(BotReason::MailScanner)
    } else if is_named(&lower) || crawlers::find(agent.as_bytes()) {
        Some(BotReason::NamedAgent)
    } else {
        None
    };
    Agent {
        bot,
        device: Device::read(&lower),
    }
}

impl Agent {
    /// The reason to take a batch for a program's. `automated`: the tracker saw that a program drives the browser.
    pub fn judge(&self, automated: bool) -> Option<BotReason> {
        self.bot
            .or_else(|| automated.then_some(BotReason::Automated))
    }
}

/// The reason to take a page view that began a visit for a program's. No Internet Explorer can run the tracker, which
/// is written for the browsers of 2020 and later, so one that comes by an e-mail is a gateway under an old name; people who still name
/// one otherwise (a Chinese browser in its compatible mode) are left alone.
pub fn judge_touch(touch: &Touch, device: &Device) -> Option<BotReason> {
    if touch.is_spam() {
        Some(BotReason::ReferrerSpam)
    } else if device.browser == Browser::Ie && touch.is_by_mail() {
        Some(BotReason::MailScanner)
    } else {
        None
    }
}

fn is_named(lower: &str) -> bool {
    let ends = |kind: &&str| {
        lower.match_indices(*kind).any(|(place, _)| {
            let (before, from) = lower.split_at_checked(place).unwrap_or_default();
            let after = from.get(kind.len()..).and_then(|rest| rest.chars().next());
            // Cubot makes telephones.
            !before.ends_with("cu") && after.is_none_or(|c| "/;), +@:._".contains(c))
        })
    };
    KINDS.iter().any(ends)
        || NAMED.iter().any(|word| lower.contains(word))
        || BEGINNINGS.iter().any(|word| lower.starts_with(word))
}

#[cfg(test)]
pub(crate) mod people;
#[cfg(test)]
mod tests;
