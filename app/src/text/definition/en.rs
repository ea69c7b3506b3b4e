//! English.

use super::{DefinitionText, span};
use crate::state::definition_form::Number;
use domain::definition::Side;

pub(in crate::text) static TEXT: DefinitionText = DefinitionText {
    title: "Lead definition",
    note: "What marketing and sales both call a good lead, and what each promises. It holds once both heads have signed.",
    begin: "Write a new version",
    edit: "Change the draft",
    none_holds: "No definition holds yet",
    none_holds_text: "Until one does, the line of the scoring rules decides, with promises to begin with. Write a definition and have the heads of marketing and sales sign it.",
    in_force: "In force",
    draft: "Draft to be signed",
    changes: "What it changes",
    whole: "Read all of it",
    past: "Signed versions",
    any_grade: "Any grade will do",
    grades: "Grades",
    criteria: "What else must hold",
    promises: "What both promise",
    reassign: "Not accepted in time: to somebody else",
    reassign_note: "When sales says neither yes nor no in time, the routing rules give the lead to the next one.",
    yes: "Yes",
    no: "No",
    in_words: "In words",
    no_longer: "No longer",
    also: "Also",
    no_head: "No head was named yet",
    sign: "Sign this version",
    signed_now: "Signed.",
    heads: "Who signs",
    name_heads: "Name the heads",
    owner_names: "An owner names them.",
    nobody_yet: "Nobody yet",
    heads_named: "The heads are named.",
    next_draft: "The next draft",
    put_down_now: "Put it down",
    put_down: "The draft is there to be signed by both.",
    voids: "It becomes another version; whoever signed the draft before signs again.",
    in_chinese: "In Chinese",
    in_english: "In English",
    from_day: "In force from",
    from_hint: "Empty: as soon as both have signed",
    from_past: "In the past: as soon as both have signed",
    number: |number| match number {
        Number::Score => "Score it takes (MQL line)",
        Number::Weekly => "Marketing promises a week",
        Number::Capacity => "Sales can take up a week",
        Number::Assign => "Somebody has it within",
        Number::Accept => "Accepted or returned within",
        Number::Respond => "First spoken to within",
        Number::Attempts => "Tried before giving up",
        Number::Forgotten => "Forgotten when untouched for",
    },
    value: |number, value| match number {
        Number::Score => format!("{value} points"),
        Number::Weekly | Number::Capacity => match value {
            1 => "1 lead".to_owned(),
            value => format!("{value} leads"),
        },
        Number::Attempts => match value {
            1 => "once".to_owned(),
            value => format!("{value} times"),
        },
        Number::Forgotten => match value {
            1 => "1 day".to_owned(),
            value => format!("{value} days"),
        },
        Number::Assign | Number::Accept | Number::Respond => {
            format!("{} of work", span(value, ["d", "h", "min"], " "))
        }
    },
    hint: |number, value| match number {
        Number::Assign | Number::Accept | Number::Respond => Some(match value {
            0..60 => "Minutes of working time".to_owned(),
            _ => format!("{} of working time", span(value, ["d", "h", "min"], " ")),
        }),
        Number::Forgotten => Some("Days".to_owned()),
        Number::Attempts => Some("Times".to_owned()),
        Number::Weekly | Number::Capacity => Some("Leads".to_owned()),
        Number::Score => None,
    },
    side: |side| match side {
        Side::Marketing => "Head of marketing",
        Side::Sales => "Head of sales",
    },
    holds_since: |when| format!("In force since {when}"),
    to_hold_from: |when| format!("not before {when}"),
    waits_for: |name| format!("Waits for {name}"),
};
