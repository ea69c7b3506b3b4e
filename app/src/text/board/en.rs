//! English.

use super::BoardText;

pub(in crate::text) static TEXT: BoardText = BoardText {
    title: "Stages",
    note: "Everyone by stage, who came last on top. Drag a card, or press m on it.",
    no_stage: "In no stage yet",
    empty: "Nobody",
    more: "More",
    move_to: "Move",
    choose_stage: "Into which stage",
    reason: "Why",
    choose_reason: "Choose a reason",
    why_back: "Why does it go back?",
    note_hint: "A sentence for whoever works it next",
    steps: "What has been done?",
    date: "Date",
    do_move: "Move",
    by_mistake: "Moved by mistake",
    keys_hint: "m moves it, ← and → go to the next column",
    conflict: "Someone else moved it meanwhile.",
    moved: |name, stage| format!("{name} is in {stage}."),
    moving: |name, stage| format!("{name} → {stage}"),
    days: |days| match days {
        0 => "today".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    },
    stuck_for: |days| format!("Here for {days} days"),
    why: |code| match code {
        "steps_missing" => Some("A step that is required here was not done yet."),
        "reason_needed" | "unknown_reason" => Some("A reason is needed."),
        "note_needed" => Some("A note is needed to go back."),
        "too_few_attempts" => Some("It was not tried often enough to be given back."),
        "date_needed" => Some("A date goes with this step."),
        "retired" | "unknown_stage" => Some("This stage is out of use."),
        _ => None,
    },
};
