//! English.

use super::scoring::more_of_rule;
use super::{Text, brand};
use crate::format::{points, thousandths};
use crate::state::live::Status;
use crate::state::prefs::Theme;
use crate::state::rules_form::{RepeatChoice, RuleForm, Why};
use domain::agent::BotReason;
use domain::api::{ErrorCode, Role};
use domain::channel::Channel;
use domain::device::{App, Class, Device};
use domain::event::Rejection;
use domain::lead::Field;
use domain::wire::Kind;

pub(super) static TEXT: Text = Text {
    own_name: "English",
    product: "Trellis",
    claim: "Every lead, where it came from, and why it scores as it does.",
    language: "Language",
    theme: "Theme",
    skip: "Skip to the content",
    navigation: "Main",
    leads: "Leads",
    lead: "Lead",
    visitors: "Anonymous visitors",
    visitors_short: "Visitors",
    visitors_note: "Browsers that nobody has left a name in yet. A submitted form turns one into a lead, history included.",
    visitor: "Visitor",
    settings: "Settings",
    sites: "Websites",
    site: "Website",
    sign_in: "Sign in",
    sign_out: "Sign out",
    sign_out_failed: "You are still signed in: no answer. Try again.",
    set_up: "Set up Trellis",
    join: "Join the workspace",
    email: "E-mail",
    password: "Password",
    password_hint: "At least 10 characters. A few words are easier to remember than symbols.",
    company: "Company",
    your_name: "Your name",
    make_account: "Make the account",
    ask_owner: "No account yet? The workspace's owner can send you a link.",
    set_up_is_open: "This Trellis has no account yet.",
    set_up_lead: "The first account owns the workspace and invites the others.",
    set_up_link_where: "Open the one-time link that was printed in the terminal when Trellis started.",
    set_up_link_form: "It ends in /setup#token=… and works once. Restarting Trellis prints a new one.",
    set_up_done: "This Trellis is set up already. Sign in with your account, or ask its owner for an invitation.",
    join_lead: "Choose a name and a password, and you are in.",
    join_link_missing: "An invitation is a link that ends in #token=…. Open it whole, or ask the workspace's owner for a new one.",
    not_an_email: "This does not read as an e-mail address.",
    must_not_be_empty: "Please fill this in.",
    field_refused: "This was not accepted. Please check it.",
    one_moment: "One moment…",
    person: "Person",
    first_source: "First source",
    score: "Score",
    last_activity: "Last activity",
    created: "Created",
    page_views: "Page views",
    first_seen: "First seen",
    order: "Order",
    search: "Search",
    search_leads: "Name, e-mail or company",
    clear_search: "Clear the search",
    nothing_found: "Nobody found",
    load_more: "Load more",
    load_earlier: "Load earlier",
    unknown: "Unknown",
    just_now: "just now",
    mql: "MQL",
    no_leads: "No leads yet",
    no_leads_demo: "Open the sample site, look around and send its form: the lead appears here at once, with its source and its score.",
    track_own_site: "Track your own website",
    open_demo: "Open the sample site",
    no_visitors: "No visitors yet",
    no_visitors_text: "As soon as someone opens a tracked page, the browser appears here.",
    no_such_lead: "There is no such lead",
    no_such_lead_text: "The link may be cut short, or the lead belongs to another workspace.",
    to_leads: "Go to the leads",
    not_found: "Page not found",
    not_found_text: "There is no page at this address. The link may be cut short or out of date.",
    nothing_for_partner: "Nothing has been handed to you yet. Ask the workspace's owner, or come back later.",
    why_this_score: "Why this score",
    no_points_yet: "No rule has given points yet.",
    clamped: "Kept within 0–100",
    sum: "Score",
    timeline: "Timeline",
    known_fields: "What is known",
    sources: "Where from",
    first_touch: "First touch",
    last_touch: "Latest touch",
    only_touch: "First and only touch",
    no_touch: "No touch is known: the first page view has not arrived.",
    touches: "Touches",
    sessions: "Sessions",
    browsers: "Browsers",
    last_device: "Last device",
    unread_event: "Details cannot be read right now",
    source: "Source",
    medium: "Medium",
    campaign: "Campaign",
    term: "Term",
    content: "Content",
    click_id: "Click id",
    referrer: "Referrer",
    landing_page: "Landing page",
    starter_rules: "The rules a workspace starts with. Nobody has changed them yet.",
    rules_read_only: "You can read the rules and follow a trial. Marketers and owners can change them.",
    rule_list: "Rules",
    add_rule: "Add a rule",
    remove_rule: "Remove this rule",
    unnamed_rule: "Unnamed rule",
    added: "New",
    changed: "Changed",
    to_mend: "To mend",
    points: "Points",
    mql_line: "MQL line",
    mql_line_hint: "The score at which marketing calls a lead qualified",
    name_zh: "中文名称",
    name_en: "Name in English",
    kind_of_event: "What happens",
    path_pattern: "On pages whose path is",
    path_hint: "* stands for any text; empty for any page",
    name_of_event: "Name of the form or event",
    any_when_empty: "Empty for any",
    channel_of_visit: "Arriving by",
    any_channel: "Any channel",
    repeat: "Counts",
    times_a_day: "Times a day",
    times_within: "Times",
    within_days: "Within days",
    cap: "Points at most, in all",
    cap_hint: "Empty for no cap",
    no_changes: "No changes. Edit a number to try it out.",
    see_changes: "See the changes",
    discard: "Discard",
    publish: "Publish",
    compare: "Compare",
    published_now: "Published now",
    your_draft: "Your draft",
    not_there: "Not there",
    no_difference: "Both read the same.",
    conflict: "Someone published first",
    take_theirs: "Take the published version",
    keep_mine: "Keep my draft on top of it",
    decide_later: "Decide later",
    what_if_title: "What if",
    mend_first: "Mend the marked fields to see what the draft would change.",
    read_again: "Read the history again",
    qualified_now: "MQL now",
    qualified_then: "MQL by the draft",
    scores_changed: "Scores that change",
    would_cross: "Would become MQL",
    would_fall: "Would no longer be MQL",
    before: "Published",
    after: "Draft",
    mql_a_week: "MQL a week",
    by_source: "By source",
    histogram: "How many leads score how much, by the published rules and by the draft",
    you: "You",
    role_label: "Role",
    invite_someone: "Invite someone",
    owner_invites: "The owner can invite more people.",
    make_link: "Make a link",
    no_sites: "No website is tracked yet.",
    consent_needed: "Asks for consent",
    consent_not_needed: "Needs no consent",
    origins: "Accepted from",
    refusals: "What was refused",
    copy: "Copy",
    copied: "Copied",
    try_again: "Try again",
    try_now: "Try now",
    offline: "You are offline. What you see is as of when the connection was lost; it catches up by itself.",
    reconnecting: "The live connection is lost. What you see may be old; it catches up by itself.",
    no_answer: "No answer. Check the connection, then try again.",
    unreadable: "The answer could not be read. Reload the page to get the current version.",
    close: "Close",
    export: "Export",
    export_stop: "Stop",
    export_failed: "The file could not be written: the browser did not load what writes it, or there are more rows than a sheet holds. Try again, or narrow the list.",
    csv: "CSV",
    xlsx: "Excel",
    tags: "Tags",
    vendor: "Vendor",
    cost: "Cost",
    consent: "Consent",
    consent_at: "Consent date",
    open_id: "OpenID",
    union_id: "UnionID",
    channel_first: "First channel",
    account: "In the base as",
    filters: "Filters",
    any_tag: "Any tag",
    any_score: "Any score",
    any_points: "Any points at all",
    with_email: "Has e-mail",
    with_phone: "Has a telephone",
    with_account: "Has a company",
    clear_filters: "Clear the filters",
    no_match: "No lead fits these filters.",
    exporting: |done, total| format!("{done} of {total} rows written"),
    from_mql: |line| format!("From {line} (MQL)"),
    theme_name,
    live_status,
    channel,
    kind,
    wechat_event,
    engagement: |read| format!("{}, {}% of the page", time_spent(read.seconds), read.scroll),
    session_at: |time| format!("Session at {time}"),
    session_lasted: time_spent,
    key_event: |name| format!("Key event: {name}"),
    pages: |count| match count {
        1 => "1 page".into(),
        _ => format!("{count} pages"),
    },
    field,
    role,
    role_may,
    bot_reason,
    device,
    rejection,
    repeat_choice,
    error,
    why_wrong,
    new_rows: |count| {
        if count == 1 {
            "1 new row: show it".into()
        } else {
            format!("{count} new rows: show them")
        }
    },
    shown_of: |shown, total| format!("{shown} of {total} shown"),
    of: |part, whole| format!("{part} of {whole}"),
    nothing_found_text: |search| format!("No name, e-mail address or company contains “{search}”."),
    score_against_line: |score, line| format!("{score} of 100; MQL from {line}"),
    to_mql: |missing| match missing {
        1 => "1 more point to MQL".into(),
        more if more > 0 => format!("{more} more points to MQL"),
        _ => "Qualified: MQL".into(),
    },
    by_version: |version| format!("by version {version} of the rules"),
    version: |version| format!("version {version}"),
    awards: |count| {
        if count == 1 {
            "once".into()
        } else {
            format!("{count} times")
        }
    },
    lost_to_cap: |lost| format!("cap took {}", points(lost.saturating_neg())),
    faded: |faded| format!("faded {}", thousandths(faded.saturating_neg())),
    silent: |times| match times {
        1 => "Silent for one whole period".into(),
        times => format!("Silent for {times} whole periods"),
    },
    group_cap: |group, cap| format!("{group}: at most {cap} together"),
    to_band: |band, missing| match missing {
        1 => format!("1 more point to band {band}"),
        more => format!("{more} more points to band {band}"),
    },
    from_to: |from, to| format!("{from} → {to}"),
    up_and_down: |up, down| format!("+{up} −{down}"),
    rule_sentence,
    published_by: |who, when| format!("Published by {who}, {when}"),
    published_now_as: |version| {
        format!("Published as version {version}. The scores are being brought up to it.")
    },
    changes_kept_here: |count| match count {
        0 => "Draft, kept in this browser".into(),
        1 => "1 change, kept in this browser".into(),
        more => format!("{more} changes, kept in this browser"),
    },
    fields_to_mend: |count| {
        if count == 1 {
            "1 field to mend before publishing".into()
        } else {
            format!("{count} fields to mend before publishing")
        }
    },
    draft_is_behind: |version, by, from| {
        let by = if by.is_empty() {
            String::new()
        } else {
            format!(" by {by}")
        };
        format!("Version {version} was published{by}. Your draft was made from version {from}.")
    },
    rescoring: |version, done, total| format!("Scoring by version {version}: {done} of {total}"),
    what_if: |up, down, line| {
        let leads = |count: usize| {
            if count == 1 {
                "1 lead".to_owned()
            } else {
                format!("{count} leads")
            }
        };
        match (up, down) {
            (0, 0) => format!("No lead would cross {line} or fall below."),
            (_, 0) => format!("{} would cross {line}, none would fall below.", leads(up)),
            (0, _) => format!("{} would fall below {line}, none would cross.", leads(down)),
            _ => format!("{} would cross {line}, {down} would fall below.", leads(up)),
        }
    },
    history_from: |time| format!("history as of {time}"),
    reading_history: |done, total| format!("Reading the history: {done} of {total} leads"),
    histogram_column: |from, to, before, after| {
        format!("{from}–{to}: {before} before, {after} after")
    },
    mql_line_at: |line| format!("MQL line {line}"),
    most_in_column: |count| format!("tallest: {count}"),
    show_all: |count| format!("Show all {count}"),
    link_for: |who, until| {
        format!("Send this link to {who}. It works once, until {until}, and is not shown again.")
    },
    snippet: &super::snippet::EN,
    dictionary: &super::dictionary::EN,
    refused: &super::refused::EN,
    companies: &super::companies::EN,
    sample: &super::sample::EN,
    today: &super::today::EN,
    personas: &super::personas::EN,
    profile: &super::profile::EN,
    pursuit: &super::pursuit::EN,
    frame: &super::frame::EN,
    kit: &super::kit::EN,
    board: &super::board::EN,
    scoring: &super::scoring::EN,
    definition: &super::definition::EN,
    stages: &super::stages::EN,
    routing: &super::routing::EN,
    reports: &super::reports::EN,
    segments: &super::segments::EN,
    import: &super::import::EN,
    suggestions: &super::suggestions::EN,
    own: &super::own::EN,
    staff: &super::staff::EN,
    records: &super::records::EN,
    edits: &super::edits::EN,
    fields: &super::fields::EN,
    hours: &super::hours::EN,
    lists: &super::lists::EN,
};

fn theme_name(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "As the system",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    }
}

fn live_status(status: Status) -> &'static str {
    match status {
        Status::Starting => "Connecting",
        Status::Connected => "Live",
        Status::Reconnecting => "Reconnecting",
        Status::Offline => "Offline",
    }
}

fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Direct => "Direct",
        Channel::CrossNetwork => "Cross-network",
        Channel::PaidShopping => "Paid shopping",
        Channel::PaidSearch => "Paid search",
        Channel::PaidSocial => "Paid social",
        Channel::PaidVideo => "Paid video",
        Channel::Display => "Display",
        Channel::PaidOther => "Paid, other",
        Channel::Partner => "Partner",
        Channel::Event => "Event or QR code",
        Channel::AiAssistant => "AI assistant",
        Channel::OrganicShopping => "Organic shopping",
        Channel::OrganicSocial => "Organic social",
        Channel::OrganicVideo => "Organic video",
        Channel::OrganicSearch => "Organic search",
        Channel::Email => "E-mail",
        Channel::Affiliates => "Affiliates",
        Channel::Audio => "Audio",
        Channel::Referral => "Referral",
        Channel::Sms => "Text message",
        Channel::MobilePush => "Push notification",
        Channel::Unassigned => "Unassigned",
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::PageView => "Page view",
        Kind::Engagement => "Time on page",
        Kind::FormView => "Form seen",
        Kind::FormStart => "Form begun",
        Kind::FormSubmit => "Form sent",
        Kind::Identify => "Identified",
        Kind::Custom => "Event",
    }
}

/// What happened at an official account of WeChat, by the event's name.
fn wechat_event(name: &str) -> Option<&'static str> {
    Some(match name {
        "wechat.subscribe" => "Followed the official account",
        "wechat.unsubscribe" => "Unfollowed the official account",
        "wechat.scan" => "Scanned a code",
        "wechat.menu" => "Pressed a menu button",
        "wechat.view" => "Opened a menu link",
        "wechat.position" => "Shared the position",
        "wechat.text" => "Wrote a message",
        "wechat.image" => "Sent a picture",
        "wechat.voice" => "Sent a voice message",
        "wechat.video" => "Sent a video",
        "wechat.location" => "Sent a place",
        "wechat.link" => "Sent a link",
        _ => return None,
    })
}

fn time_spent(seconds: u32) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

fn field(field: Field) -> &'static str {
    match field {
        Field::Name => "Name",
        Field::Company => "Company",
        Field::Phone => "Telephone",
        Field::Title => "Job title",
        Field::Size => "Company size",
        Field::Industry => "Industry",
        Field::Message => "Message",
        Field::Department => "Department",
        Field::Country => "Country",
        Field::Region => "Province or state",
        Field::City => "City",
        Field::Website => "Website",
        Field::Wechat => "WeChat",
        Field::Amount => "Opportunity value",
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Owner => "Owner",
        Role::Marketer => "Marketing",
        Role::Sdr => "Sales development",
        Role::Sales => "Sales",
        Role::Success => "Customer success",
        Role::Partner => "Partner",
        Role::Viewer => "Viewer",
    }
}

fn role_may(role: Role) -> &'static str {
    match role {
        Role::Owner => "May do everything, also invite",
        Role::Marketer => "May read all, and change rules and websites",
        Role::Sdr | Role::Sales | Role::Success => "May read all, and work with leads",
        Role::Partner => "Sees only what is handed over",
        Role::Viewer => "May read",
    }
}

fn bot_reason(reason: BotReason) -> &'static str {
    match reason {
        BotReason::NamedAgent => "Program: names itself as one; no points",
        BotReason::Headless => "Program: headless browser; no points",
        BotReason::Automated => "Program: driven browser; no points",
        BotReason::NoAgent => "Program: says not what it is; no points",
        BotReason::MailScanner => "Program: checks links in e-mails; no points",
        BotReason::ReferrerSpam => "Program: referrer spam; no points",
    }
}

/// What a page was seen with: what kind of device, the application, the browser and the system.
fn device(device: Device) -> String {
    let class = match device.class {
        Class::Desktop => "Computer",
        Class::Mobile => "Phone",
        Class::Tablet => "Tablet",
        Class::Tv => "TV",
        Class::Other => "",
    };
    let app = match device.app {
        App::Wechat => "WeChat",
        App::Wecom => "WeCom",
        App::Qq => "QQ",
        App::Dingtalk => "DingTalk",
        App::Feishu => "Feishu",
        App::Weibo => "Weibo",
        App::Douyin => "Douyin",
        App::Toutiao => "Toutiao",
        App::Kuaishou => "Kuaishou",
        App::Bilibili => "Bilibili",
        App::Zhihu => "Zhihu",
        App::Xiaohongshu => "Xiaohongshu",
        App::Baidu => "Baidu",
        App::Alipay => "Alipay",
        App::Taobao => "Taobao",
        App::Jd => "JD",
        App::Pinduoduo => "Pinduoduo",
        App::Facebook => "Facebook",
        App::Instagram => "Instagram",
        App::Linkedin => "LinkedIn",
        App::X => "X",
        App::Tiktok => "TikTok",
        App::Line => "LINE",
        App::Snapchat => "Snapchat",
        App::Pinterest => "Pinterest",
        App::Other => "",
    };
    let mut parts = vec![class.to_owned(), app.to_owned()];
    parts.retain(|part| !part.is_empty());
    parts.extend(brand::parts(device));
    parts.join(" · ")
}

fn rejection(rejection: Rejection) -> &'static str {
    match rejection {
        Rejection::Overloaded => "The collector was busy and asked to send again",
        Rejection::RateLimited => "Too much in a short time; asked to send again",
        Rejection::BodyTooLarge => "The batch is too large",
        Rejection::InvalidUtf8 => "The batch is not UTF-8",
        Rejection::NotJson => "The batch is not JSON",
        Rejection::InvalidBatch => "The batch has another form",
        Rejection::UnknownVersion => "A batch of an unknown version",
        Rejection::UnknownSite => "No website has this key",
        Rejection::ForeignOrigin => "Sent from a page of another website",
        Rejection::NoConsent => "The visitor has not consented",
        Rejection::TooManyEvents => "Too many events in a batch",
        Rejection::InvalidEvent => "The event has another form",
        Rejection::InvalidId => "The event's id is not one",
        Rejection::UnknownKind => "An unknown kind of event",
        Rejection::UrlTooLong => "The page's address is too long",
        Rejection::InvalidUrl => "The page's address is not one",
        Rejection::TooManyProps => "Too many fields",
        Rejection::NameTooLong => "A name is too long",
        Rejection::ValueTooLong => "A value is too long",
        Rejection::FromFuture => "The event lies in the future",
        Rejection::TooOld => "The event is older than 30 days",
        Rejection::Poisoned => "The event broke the collector",
    }
}

fn repeat_choice(choice: RepeatChoice) -> &'static str {
    match choice {
        RepeatChoice::Once => "Once",
        RepeatChoice::Every => "Every time",
        RepeatChoice::PerDay => "A number of times a day",
        RepeatChoice::Within => "A number of times within some days",
    }
}

fn error(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::SignedOut => "The session has ended. Sign in again.",
        ErrorCode::WrongPassword => {
            "The e-mail address or the password is wrong. Check both, then try again."
        }
        ErrorCode::Forbidden => "Your role may not do this. Ask the workspace's owner.",
        ErrorCode::ForeignOrigin => {
            "This page is open at an address that Trellis does not accept. Open Trellis at its own address."
        }
        ErrorCode::SetUpClosed => {
            "This set-up link was used or is out of date. Take the newest from the terminal, or sign in."
        }
        ErrorCode::InvitationClosed => {
            "This invitation was used or is out of date. Ask the workspace's owner for a new one."
        }
        ErrorCode::NotFound => "It is not there any more. Go back to the list.",
        ErrorCode::MethodNotAllowed => "This version of the page is out of date. Reload it.",
        ErrorCode::Conflict => "Someone else changed it first. Compare both, then decide.",
        ErrorCode::Invalid => "Something was not accepted. Check what you typed.",
        ErrorCode::TooLarge => "This is too much at once. Shorten it, then try again.",
        ErrorCode::RateLimited => "Too many tries. Wait a minute, then try again.",
        ErrorCode::Overloaded | ErrorCode::Unavailable => {
            "Trellis is busy. Nothing was changed; try again in a moment."
        }
        ErrorCode::Internal => {
            "Something broke on our side. Nothing was changed; try again, and tell the owner if it happens again."
        }
    }
}

fn why_wrong(why: Why) -> String {
    match why {
        Why::Empty => "Must not be empty.".into(),
        Why::TooLong => "Too long.".into(),
        Why::TooMany => "Too many: remove some.".into(),
        Why::TooManySites => "Too many websites: 50 at most.".into(),
        Why::TooManyOrigins => "Too many addresses: 50 at most.".into(),
        Why::NotAnOrigin => {
            "Write it like https://www.example.com, without a path after it.".into()
        }
        Why::NotASiteName => "Lower-case letters, digits and hyphens, 32 at most.".into(),
        Why::SiteTaken => "Another website has this name.".into(),
        Why::Duplicate => "Another rule has this id. Remove one of them.".into(),
        Why::Zero => "Zero points change nothing: use another number, or remove the rule.".into(),
        Why::OutOfRange(least, most) => {
            format!("Between {} and {most}.", points(least).replace('+', ""))
        }
        Why::CapBelowPoints => {
            "The cap is below one award: raise it to the points at least.".into()
        }
        Why::TooManyStars => "Too many stars: 8 at most.".into(),
        Why::ChannelNeedsPageView => "Only page views have a channel.".into(),
        Why::NameNeedsFormOrCustom => "Only forms and custom events have a name: empty it.".into(),
        Why::NotAPath => "Begin with / or *.".into(),
        Why::NotANumber => "A whole number, please.".into(),
        Why::Signed => {
            "The line is that of the definition that both heads signed: change it there.".into()
        }
        Why::NotFalling => "Each must be lower than the one before.".into(),
        Why::FollowsFromIt => {
            "Who is left out cannot depend on scores, grades, stages or segments: they follow from it."
                .into()
        }
        Why::Incomplete => "The condition is not complete yet.".into(),
        Why::Other => "This was not accepted.".into(),
    }
}

fn rule_sentence(form: &RuleForm) -> String {
    let mut parts = vec![kind(form.kind).to_owned()];
    parts.extend(
        [&form.path, &form.name, &form.asset]
            .into_iter()
            .filter(|text| !text.trim().is_empty())
            .cloned(),
    );
    parts.extend(form.channel.map(|by| format!("by {}", channel(by))));
    parts.extend(form.seconds.map(super::segments::EN.seconds));
    parts.push(match form.repeat {
        RepeatChoice::Once => "once".into(),
        RepeatChoice::Every => "every time".into(),
        RepeatChoice::PerDay => format!("up to {} a day", form.per_day.trim()),
        RepeatChoice::Within => {
            format!("up to {} in {} days", form.per_day.trim(), form.days.trim())
        }
    });
    if !form.cap.trim().is_empty() {
        parts.push(format!("{} points at most", form.cap.trim()));
    }
    parts.extend(more_of_rule(form, &super::scoring::EN));
    parts.join(" · ")
}
