//! The patterns of crawler-user-agents.json as one automaton, so that what is shipped needs no compiler of patterns.
//!
//! It is searched from each place of a user agent, held to that place. An automaton that may begin anywhere would be
//! twenty times the size. So a pattern must not run on without end, and one that does is held tighter below.

use crate::Failed;
use regex_automata::MatchKind;
use regex_automata::dfa::{StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::syntax;
use serde_json::Value;

/// Patterns that would take people for programs, or that run on: (the pattern, what stands for it; nothing drops
/// it, why).
const HELD: &[(&str, &str, &str)] = &[
    (
        "Sogou",
        r"Sogou [A-Za-z]+ [sS]pider",
        "Sogou's browsers and input method name themselves too",
    ),
    (
        "WhatsApp",
        r"^WhatsApp",
        "its preview fetcher says nothing else; its in-app browser adds the word",
    ),
    ("Viber", r"^Viber", "its in-app browser adds the word"),
    (
        "Fluid",
        "",
        "Fluid makes Mac applications of websites, for people",
    ),
    (
        "Butterfly",
        r"compatible; Butterfly/",
        "HTC's telephone Butterfly",
    ),
    (
        "Sonic",
        r"compatible; Sonic/|RankSonic",
        "InfoSonics makes telephones",
    ),
    (
        "MetaIAB Facebook",
        "",
        "the browser inside Facebook's applications",
    ),
    (
        r"AP3A\.240617\.008",
        "",
        "a build of Android 15 on telephones of several makers",
    ),
    (
        r"008\/",
        r"^008/|[(;] ?008/",
        "ends of version and build numbers",
    ),
    (r"BW\/", r"compatible; BW/", "ends of models"),
    (
        r"Code\/1\.",
        "",
        "the preview of an editor, in front of a person",
    ),
    (
        r"Trae\/",
        "",
        "the preview of an editor, in front of a person",
    ),
    (r"NING\/", r"^NING/", "Suning's application"),
    (r"PayPal\/", r"^PayPal/", "PayPal's application"),
    (
        r"Stripe\/",
        r"^Stripe/",
        "applications with Stripe's parts in them",
    ),
    (r"Tumblr\/", r"^Tumblr/", "Tumblr's application"),
    (r"Notion\/", r"^Notion/", "Notion's application"),
    (r"Asana\/", r"^Asana/", "Asana's application"),
    (r"Bluesky\/", r"^Bluesky/", "Bluesky's application"),
    (r"Instapaper\/", r"^Instapaper/", "Instapaper's application"),
    (r"Grammarly\/", r"^Grammarly/", "Grammarly's application"),
    (
        "Goodreads",
        r"compatible; Goodreads",
        "Goodreads' application",
    ),
    (
        "Blackboard",
        r"Blackboard Safeassign",
        "Blackboard's application",
    ),
    ("Genieo", r"compatible; Genieo", "a toolbar adds the word"),
    ("Odin;", r"compatible; Odin;", "a handheld with Android"),
    ("Magellan", r"^Magellan", "navigation devices"),
    ("Charlotte", r"Charlotte/", "a word of names"),
    ("Adventurer", r"^Adventurer", "a word of models"),
    ("Hello World", r"^Hello World", "a word of applications"),
    ("GoPay", r"^GoPay", "GoPay's application"),
    (
        "Jumio",
        r"^Jumio",
        "applications with Jumio's parts in them",
    ),
    (
        "okhttp",
        r"^okhttp",
        "applications put the word behind their web view's agent",
    ),
    ("colly", r"^colly", "part of words"),
    ("linko", r"linko\.app", "part of words"),
    ("speedy", r"entireweb|^speedy", "part of words"),
    ("ds9", r"^ds9", "part of build numbers"),
    (
        "Nitro-",
        r"compatible; Nitro-|Nitro-Optimizer",
        "a word of models",
    ),
    (
        r"mail\.ru",
        r"top\.mail\.ru",
        "Mail.ru's browser and toolbar",
    ),
    ("Yeti", r"Yeti/", "a word of models"),
    ("DMBrowser", r"^DMBrowser", "a download manager's browser"),
    (
        r"Freespoke\/",
        r"compatible; Freespoke/",
        "Freespoke's browser",
    ),
    (r"upday\/", r"compatible; upday", "upday's application"),
    (r"Daum\/", r"compatible; Daum/", "Daum's application"),
    ("Swisscows", r"Swisscows Favicons", "Swisscows' application"),
    (r"RED\/", r"^RED/", "ends of models"),
    (r"Make\/", r"^Make/", "part of words"),
    (r"Operator\/", r"compatible; Operator/", "part of words"),
    (r"Fetch\/", r"^Fetch/", "part of words"),
    ("Fever", r"Fever/", "a word of models"),
    (r"AHC\/", r"^AHC/", "ends of models"),
    ("Expanse", r"^Expanse", "a word of models"),
    ("Devin", r"Devin/", "part of names"),
    ("Synapse", r"^Synapse", "a word of applications"),
    ("Podimo", r"^Podimo", "Podimo's application"),
    (
        r"ContextualBot[\s\S]*outcomes\.net",
        r"ContextualBot",
        "runs on",
    ),
    (r"Current[\s\S]*RSS Reader", r"; RSS Reader", "runs on"),
    (r"Spider[\s\S]*spider\.com", r"[/.]spider\.com", "runs on"),
];

/// The automaton's bytes.
pub(crate) fn automaton(json: &str, little_endian: bool) -> Result<Vec<u8>, Failed> {
    let pattern = patterns(json)?.join("|");
    let dense = dense::Builder::new()
        .configure(
            dense::Config::new()
                .start_kind(StartKind::Anchored)
                .match_kind(MatchKind::All),
        )
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .thompson(thompson::Config::new().utf8(false))
        .build(&pattern)?;
    let sparse = dense.to_sparse()?;
    Ok(if little_endian {
        sparse.to_bytes_little_endian()
    } else {
        sparse.to_bytes_big_endian()
    })
}

/// The patterns, each in parentheses; none runs on.
fn patterns(json: &str) -> Result<Vec<String>, Failed> {
    let entries: Vec<Value> = serde_json::from_str(json)?;
    let all: Vec<&str> = entries
        .iter()
        .filter_map(|entry| entry.get("pattern")?.as_str())
        .collect();
    for (pattern, _, _) in HELD {
        if !all.contains(pattern) {
            return Err(format!("{pattern:?} is held and not in the table").into());
        }
    }
    let mut kept = Vec::with_capacity(all.len());
    for pattern in all {
        let held = HELD.iter().find(|(of, _, _)| *of == pattern);
        let text = held.map_or(pattern, |(_, instead, _)| instead);
        if text.contains('*') {
            return Err(format!("{pattern:?} runs on: hold it tighter").into());
        }
        if !text.is_empty() {
            kept.push(format!("(?:{text})"));
        }
    }
    Ok(kept)
}
