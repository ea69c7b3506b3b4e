//! English.

use super::DictionaryText;
use domain::dictionary::{Class, Indicator, Property, Status, Value};
use domain::wire::Kind;

pub(in crate::text) static TEXT: DictionaryText = DictionaryText {
    title: "Event dictionary",
    note: "What is collected, what it is for, and what nobody uses. Counts are of the last 30 days, programs included.",
    open: "Open the dictionary",
    panel_note: "What every event means, which rule or figure uses it, and what is collected or awaited in vain.",
    todo: "To look at",
    todo_unused: "These events come, and no rule, segment, key event or figure uses them. Make a rule for them, or stop sending them.",
    todo_waiting: "These rules, segments and key events wait for an event that has never come. Check the path and the name, and whether the page has the tag.",
    make_rule: "Make a rule",
    change_rules: "Go to the rules",
    check_tag: "Check the websites",
    nothing_yet: "Nothing has been collected in the last 30 days",
    nothing_yet_text: "Put the tag on your website, or open the sample site. What comes is counted here, beside what uses it.",
    nothing_matches: "Nothing matches this choice.",
    show_all: "Show everything",
    search: "Name, property or use",
    class: "Class",
    status: "Status",
    all: "All",
    events: "Events",
    events_note: "Open one to see its properties.",
    every_event: "Every event",
    every_event_note: "What all events have, whatever happened.",
    indicators: "Indicators",
    indicators_note: "The figures and reports of Trellis: the decision each one serves, and the events it is made of.",
    about_custom: "An event of your own: the website called trellis(\"track\", …) with this name, or an element has it in data-track.",
    used_by: "Used by",
    used_by_nothing: "Nothing of its own. Like every event it is in the timeline, the sessions and the last activity.",
    property: "Property",
    meaning: "What it says",
    value: "Value",
    limit: "Limit",
    example: "Example",
    never_seen: "Not in 30 days",
    no_events: "None",
    decision: "Decides",
    made_of: "Made of",
    made_of_every: "every event",
    made_of_none: "what was refused, which is no event",
    class_name,
    status_name,
    status_note,
    about,
    meaning_of,
    value_name,
    limit_of,
    indicator,
    decision_of,
    times: |count| format!("{count} ×"),
    last_on: |day| format!("last {day}"),
    rule: |name| format!("Rule: {name}"),
    segment: |name| format!("Segment: {name}"),
};

fn class_name(class: Class) -> &'static str {
    match class {
        Class::Basic => "Basic",
        Class::Attribute => "Attribute",
        Class::Source => "Source",
        Class::Behaviour => "Behaviour",
        Class::Model => "Model",
    }
}

fn status_name(status: Status) -> &'static str {
    match status {
        Status::Used => "In use",
        Status::Unused => "Unused",
        Status::Awaited => "Awaited",
        Status::Quiet => "Never seen",
    }
}

fn status_note(status: Status) -> &'static str {
    match status {
        Status::Used => "It comes and is used.",
        Status::Unused => "It comes, and nothing of its own uses it.",
        Status::Awaited => {
            "A rule, a segment or a key event waits for it, and it has not come in 30 days."
        }
        Status::Quiet => "It has not come in 30 days, and nothing waits for it.",
    }
}

fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::PageView => {
            "A page was shown. The first one of a visit tells where the visitor came from."
        }
        Kind::Engagement => {
            "How long a page was in front, and how far it was scrolled. Sent when the page is left."
        }
        Kind::FormView => "A form came into view.",
        Kind::FormStart => "The first field of a form was filled in.",
        Kind::FormSubmit => {
            "A form was sent. With an e-mail address it opens a lead, or finds the one that is there."
        }
        Kind::Identify => "The website said who uses the browser, by trellis(\"identify\", …).",
        Kind::Custom => {
            "What your website tells by trellis(\"track\", …) or data-track, under names of your own."
        }
    }
}

fn meaning_of(property: Property) -> &'static str {
    match property {
        Property::Id => "Made in the browser. A repeat with the same id counts once.",
        Property::At => "When it happened; the batch's time of sending corrects a wrong clock.",
        Property::Visitor => "Which browser, by a first-party cookie. Once a batch.",
        Property::Site => "Which website, by its key. Once a batch.",
        Property::Url => "The page. Rules look at its path.",
        Property::Session => {
            "The visit as the tracker counts it. Trellis counts sessions anew by corrected time."
        }
        Property::Referrer => "The page that led here, when it is another website's.",
        Property::Title => "The page's title.",
        Property::UtmSource => "Where the link stood. Read from the page's address.",
        Property::UtmMedium => "By which medium: cpc, email, social. Read from the page's address.",
        Property::UtmCampaign => "Which campaign. Read from the page's address.",
        Property::UtmTerm => "What was searched for. Read from the page's address.",
        Property::UtmContent => "Which advertisement. Read from the page's address.",
        Property::ClickId => {
            "An advertising platform's click id: bd_vid, gclid, msclkid and others. Read from the page's address."
        }
        Property::Seconds => "For how many seconds the page was in front.",
        Property::Scroll => "How far it was scrolled at most, in percent.",
        Property::Form => "The form's name, id or heading.",
        Property::Fields => {
            "What was filled in: e-mail, name, company, telephone and what else a lead has."
        }
        Property::Name => "The event's name. Rules look at it.",
        Property::Props => {
            "What the website says of it. Shown in the timeline; rules do not look at it."
        }
    }
}

fn value_name(value: Value) -> &'static str {
    match value {
        Value::Uuid => "UUID",
        Value::Time { .. } => "Time in ms",
        Value::Text { .. } | Value::Query { .. } => "Text",
        Value::Url { .. } => "Address",
        Value::Whole { .. } => "Whole number",
        Value::Pairs { .. } => "Texts by name",
    }
}

fn limit_of(value: Value, number: &dyn Fn(u64) -> String) -> String {
    let bytes = |bytes: usize| format!("{} bytes", number(bytes as u64));
    match value {
        Value::Uuid => "36 characters".into(),
        Value::Time { age_ms_max } => {
            format!("{} days old at most", age_ms_max / 86_400_000)
        }
        Value::Text { bytes_max } | Value::Url { bytes_max } => bytes(bytes_max),
        Value::Query { bytes_max } => format!("{}, then cut", bytes(bytes_max)),
        Value::Whole { least, most } => format!("{least}–{}", number(most.into())),
        Value::Pairs {
            count_max,
            key_bytes_max,
            value_bytes_max,
        } => format!(
            "{count_max}, names {}, values {}",
            bytes(key_bytes_max),
            bytes(value_bytes_max)
        ),
    }
}

fn indicator(indicator: Indicator) -> &'static str {
    match indicator {
        Indicator::Score => "Score and MQL",
        Indicator::Segments => "Segments",
        Indicator::FirstTouch => "First source",
        Indicator::LastTouch => "Latest source",
        Indicator::Channel => "Channel",
        Indicator::Person => "Known fields",
        Indicator::PageViews => "Page views",
        Indicator::Sessions => "Sessions",
        Indicator::LastActivity => "Last activity",
        Indicator::Timeline => "Timeline",
        Indicator::SiteCheck => "Website check",
        Indicator::Refusals => "Refusals",
    }
}

fn decision_of(indicator: Indicator) -> &'static str {
    match indicator {
        Indicator::Score => "Whom sales should call first, and who is not ready yet.",
        Indicator::Segments => "What a page says to this visitor.",
        Indicator::FirstTouch => "Which source to spend more or less on: who brought new people.",
        Indicator::LastTouch => "Which source brings people back, and so closes.",
        Indicator::Channel => "How to share the budget among kinds of sources.",
        Indicator::Person => "Whether the person fits, and how to reach them.",
        Indicator::PageViews => "Whether an anonymous visitor is worth a look.",
        Indicator::Sessions => "Whether someone came back, or read everything at once.",
        Indicator::LastActivity => "Whether now is the time to call.",
        Indicator::Timeline => "What to talk about with the person.",
        Indicator::SiteCheck => "Whether the tag works, or must be mended.",
        Indicator::Refusals => "Whether events are lost by a setting that can be changed.",
    }
}
