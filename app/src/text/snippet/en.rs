//! English.

use super::SnippetText;
use crate::state::sighting::Verdict;
use crate::state::tag::Switch;
use domain::event::Rejection;

pub(in crate::text) static TEXT: SnippetText = SnippetText {
    open: "Tag and check",
    no_such_site: "There is no such website",
    no_such_site_text: "The link may be cut short, or the website belongs to another workspace.",
    to_settings: "Go to the settings",
    add_site: "Add a website",
    add_text: "Its name stands in the tag, and stays as it is.",
    site_name: "Short name",
    site_name_hint: "Lower-case letters, digits and hyphens: www",
    site_address: "Address",
    site_address_hint: "https://www.example.com",
    add: "Add",
    tag: "The tag",
    tag_where: "Paste it before </head> on every page.",
    options: "Options",
    domains: "Other domains of the company",
    domains_hint: "On links to these a visitor is carried over; sub-domains of one domain need nothing. Write a.com b.cn.",
    not_domains: "Write domains only, with blanks between them: a.com b.cn.",
    endpoint: "Send through an address of your own",
    endpoint_hint: "A proxy on your own host that passes /e and /s/ on to Trellis: https://www.example.com/x/e. Empty: straight to Trellis.",
    not_an_endpoint: "Write it like https://www.example.com/x/e.",
    stub: "Calls before the script is there",
    stub_note: "Only if your pages make the calls below: this line, before the tag, keeps them until the script has loaded.",
    policy: "Content-Security-Policy",
    policy_note: "If your website sends one, allow this. Without 'wasm-unsafe-eval' the script records by itself, and does not send again what fails.",
    check: "Do we see it?",
    check_paused: "No answer just now; it is asked again by itself.",
    hint_published: "Is the page with the tag published, and is the tag the one on this page?",
    hint_blocked: "Does an ad blocker in your browser keep the script away?",
    hint_signals: "Does your browser ask not to be tracked (Global Privacy Control, Do Not Track)? Then it is not.",
    hint_consent: "With consent required, nothing comes before the visitor consents.",
    accepted_last: "The last that was accepted",
    add_origin: "Add it to the addresses",
    settings: "Settings of this website",
    origins: "Events are accepted from",
    origins_hint: "One address a line, like https://www.example.com. Without any, nothing is accepted.",
    consent_required: "Visitors must consent",
    consent_required_note: "Events without the visitor's consent are refused.",
    read_only: "Marketers and owners can change this.",
    save: "Save",
    saved: "Saved. It takes up to a minute until every collector knows.",
    saved_first: "Someone else saved this website first.",
    take_theirs: "Take what they saved",
    keep_mine: "Keep what I typed",
    recorded: "What it records",
    recorded_views: "Page views with their source: UTM, click ids, referrer. Single-page sites too.",
    recorded_forms: "Forms: seen, begun and submitted. A submitted form with an e-mail field opens a lead.",
    recorded_clicks: "Clicks on links to other websites, and downloads.",
    recorded_field: "A form's field that asks for something else than a lead has, under that name. Others stay in the page.",
    recorded_named: "Clicks on any element that carries this attribute, under that name.",
    recorded_never: "Never passwords, cards, hidden fields, nor what stands inside this attribute.",
    calls: "Calls",
    call_track: "An event of your own.",
    call_identify: "Says who it is, as a submitted form does.",
    call_consent: "The visitor consents, or with false takes it back.",
    call_opt_out: "Forgets the visitor, and records nothing more.",
    call_segments: "Asks which public segments the visitor is in.",
    switch,
    switch_note,
    verdict,
    verdict_note,
    remedy,
    unknown_refusal: |code| format!("Refused: {code}"),
    events_here: |count, shown| match count {
        0 => "No event since this page was opened".into(),
        1 => "1 event since this page was opened".into(),
        _ => format!("{shown} events since this page was opened"),
    },
    line_wrong: |line, why| format!("Line {line}: {why}"),
};

fn switch(switch: Switch) -> &'static str {
    match switch {
        Switch::Consent => "Wait for consent",
        Switch::Signals => "Ignore privacy signals",
        Switch::Hash => "Pages behind the #",
        Switch::Engagement => "Time and scrolling",
        Switch::Integrity => "Subresource Integrity",
    }
}

fn switch_note(switch: Switch) -> &'static str {
    match switch {
        Switch::Consent => {
            "Nothing is stored or sent until the page calls trellis(\"consent\", true)."
        }
        Switch::Signals => {
            "Also records browsers that send Global Privacy Control or Do Not Track."
        }
        Switch::Hash => {
            "For a single-page site that routes behind the #: each change of it is a page view."
        }
        Switch::Engagement => {
            "Seconds a page was in front, and how far it was scrolled. Needed only by rules that use it."
        }
        Switch::Integrity => {
            "The browser runs this very script only. Renew the tag whenever Trellis is upgraded, or nothing is recorded."
        }
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Waiting => "Open your website now",
        Verdict::Seen => "We see it",
        Verdict::Refused => "It arrives, and is refused",
    }
}

fn verdict_note(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Waiting => "In another window. Its first page shows here within seconds.",
        Verdict::Seen => "The latest event of this website:",
        Verdict::Refused => "The latest that came from this website:",
    }
}

fn remedy(rejection: Rejection) -> &'static str {
    match rejection {
        Rejection::ForeignOrigin => {
            "If the page is yours, add its address to those that events are accepted from."
        }
        Rejection::NoConsent => {
            "Switch “Wait for consent” on in the tag and have your banner call trellis(\"consent\", true); or stop requiring consent."
        }
        Rejection::UnknownSite => "Copy the tag of this page anew: its data-site is another one.",
        Rejection::FromFuture | Rejection::TooOld => {
            "The clock of that computer is far off. Nothing needs to be done for others."
        }
        Rejection::Poisoned => "Tell whoever runs Trellis. The other events are not affected.",
        Rejection::Overloaded | Rejection::RateLimited => {
            "The script sends again by itself, and nothing is to be done. If it goes on, look for a page that sends in a loop, or have whoever runs Trellis raise the limit."
        }
        Rejection::BodyTooLarge
        | Rejection::TooManyEvents
        | Rejection::UrlTooLong
        | Rejection::TooManyProps
        | Rejection::NameTooLong
        | Rejection::ValueTooLong => {
            "The page sends more than is taken. Shorten what your own calls send."
        }
        Rejection::InvalidUtf8
        | Rejection::NotJson
        | Rejection::InvalidBatch
        | Rejection::UnknownVersion
        | Rejection::InvalidEvent
        | Rejection::InvalidId
        | Rejection::UnknownKind
        | Rejection::InvalidUrl => {
            "It was not sent by the current script. Copy the tag anew, and clear caches on the way."
        }
    }
}
