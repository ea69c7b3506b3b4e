//! English.

use super::RefusedText;
use domain::agent::BotReason;
use domain::event::Step;
use domain::verdict::Verdict;
use domain::wechat::Refusal;

pub(in crate::text) static TEXT: RefusedText = RefusedText {
    title: "What was refused",
    note: "Everything that came is stored, or stands here with its reason. Suspected programs are stored and weigh nothing until a person says otherwise.",
    open_screen: "See what was refused",
    show: "Show",
    tab_refused: "Refused",
    tab_suspected: "Suspected programs",
    period: "Period",
    all_sites: "All websites",
    no_site: "No known website",
    came: "Came",
    stored: "Stored",
    repeated: "Sent again",
    suspected: "Suspected",
    refused: "Refused",
    nothing_refused: "Nothing was refused",
    nothing_refused_text: "Everything that came in this time was stored. Should something be refused, it stands here with its reason, what to do about it, and examples.",
    nothing_suspected: "No program was suspected",
    nothing_suspected_text: "Nothing that came in this time looks like a program's. What does is stored, weighs nothing, and stands here with the reason.",
    to_sites: "Look at the websites",
    examples: "Examples",
    no_examples: "No example is kept.",
    origin: "Sent from",
    page: "Page",
    agent: "Calls itself",
    member: "Wrong",
    browser: "Browser",
    browsers: "Suspected browsers",
    browsers_note: "Browsers of which an event was suspected when it came, the latest first.",
    events: "Suspected events",
    reason: "Last reason",
    verdict_of: "Held to be",
    is_person: "This is a person",
    is_bot: "This is a program",
    take_back: "Take it back",
    ask_person: "Is this a person?",
    ask_bot: "Is this a program?",
    ask_take_back: "Take the decision back?",
    means_person: "All that this browser did and will do then weighs: scores follow at once, and a form that it sent opens its lead. It can be taken back at any time.",
    means_bot: "Nothing that this browser did or will do then weighs: scores follow at once. Leads that it has named stay. It can be taken back at any time.",
    means_take_back: "Each event then weighs by what was decided when it came. A lead that only this browser's suspected forms have named goes away.",
    cancel: "Cancel",
    weighs: "Held to be a person; it weighs",
    visitors_note: "Browsers that are held to be programs are not among them:",
    verdict_is_marketers: "Marketers and owners can decide otherwise.",
    unknown_site: "A page carries a tag whose data-site no website has. Copy the tag anew from the website's own page in the settings.",
    days: |days| format!("{days} days"),
    step,
    suspicion,
    suspicion_note,
    verdict,
    wechat,
    on_day: |day, count| format!("{day}: {count}"),
};

fn step(step: Step) -> &'static str {
    match step {
        Step::Limit => "Limits",
        Step::Parse => "Reading",
        Step::Site => "Website",
        Step::Origin => "Origin",
        Step::Consent => "Consent",
        Step::Bot => "Programs",
        Step::Classify => "Source",
        Step::Stamp => "Stamp",
        Step::Store => "Storing",
    }
}

fn suspicion(reason: BotReason) -> &'static str {
    match reason {
        BotReason::NamedAgent => "Names itself a program",
        BotReason::Headless => "Browser without a screen",
        BotReason::Automated => "Browser driven by a program",
        BotReason::NoAgent => "Does not say what it is",
        BotReason::MailScanner => "Checks the links of an e-mail",
        BotReason::ReferrerSpam => "Referrer spam",
    }
}

fn suspicion_note(reason: BotReason) -> &'static str {
    match reason {
        BotReason::NamedAgent => {
            "Its user agent names a crawler or a tool: search engines, monitors, scripts. Usually right; nothing needs to be done."
        }
        BotReason::Headless => {
            "Its user agent names a headless browser, as tests and scrapers use. Usually right."
        }
        BotReason::Automated => {
            "The page saw that a program drives the browser: a test, or a remote-control extension that a person may use."
        }
        BotReason::NoAgent => {
            "It sent no user agent. Some privacy proxies leave it out: look at the examples if many forms come this way."
        }
        BotReason::MailScanner => {
            "A mail gateway opens every link before the reader does, so that a click is no reading. The reader's own click comes later and weighs."
        }
        BotReason::ReferrerSpam => {
            "It names a website that is known for sending false visits, so that you look at it. Do not open that website."
        }
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Automatic => "By its events",
        Verdict::Person => "A person",
        Verdict::Bot => "A program",
    }
}

/// What it is called, and what to do.
fn wechat(why: Refusal) -> (&'static str, &'static str) {
    match why {
        Refusal::Unsigned => (
            "WeChat: without a signature",
            "Not sent by WeChat. Nothing needs to be done, unless it comes in crowds.",
        ),
        Refusal::WrongSignature => (
            "WeChat: signed with another token",
            "Enter the same token here and in the official account's settings.",
        ),
        Refusal::Stale => (
            "WeChat: signed long ago",
            "An old request sent once more. If all of them are, this deployment's clock is wrong.",
        ),
        Refusal::TooLarge => (
            "WeChat: a message is too large",
            "WeChat sends nothing of that size. Nothing needs to be done.",
        ),
        Refusal::NotEncrypted => (
            "WeChat: not encrypted",
            "Choose the safe mode in the official account's settings, or take the key away here.",
        ),
        Refusal::Undecryptable => (
            "WeChat: encrypted with another key",
            "Enter the same EncodingAESKey here and in the official account's settings.",
        ),
        Refusal::OtherAccount => (
            "WeChat: for another official account",
            "Check the AppID: the message was encrypted for another one.",
        ),
        Refusal::Malformed => (
            "WeChat: a message cannot be read",
            "It has not the form that WeChat publishes.",
        ),
    }
}
