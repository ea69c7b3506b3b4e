//! The sentences of the lead definition.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use crate::state::definition_form::Number;
use domain::definition::Side;

table! {
    DefinitionText
    words {
        title note begin edit none_holds none_holds_text in_force draft changes whole past
        any_grade grades criteria promises reassign reassign_note yes no in_words no_longer also
        no_head sign signed_now heads name_heads owner_names nobody_yet heads_named
        next_draft put_down_now put_down voids in_chinese in_english from_day from_hint from_past
    }
    phrases {
        number: fn(Number) -> &'static str,
        value: fn(Number, u32) -> String,
        hint: fn(Number, u32) -> Option<String>,
        side: fn(Side) -> &'static str,
        holds_since: fn(&str) -> String,
        to_hold_from: fn(&str) -> String,
        waits_for: fn(&str) -> String,
    }
}

/// Minutes of work as days, hours and minutes: eight hours are a day.
fn parts(minutes: u32) -> [u32; 3] {
    let part = |of: u32, by: u32| of.checked_div(by).unwrap_or_default();
    let rest = |of: u32, by: u32| of.checked_rem(by).unwrap_or_default();
    [
        part(minutes, 480),
        part(rest(minutes, 480), 60),
        rest(minutes, 60),
    ]
}

/// The parts that there are, each with its word.
fn span(minutes: u32, words: [&str; 3], glue: &str) -> String {
    let parts = parts(minutes).into_iter().zip(words);
    let parts = parts.filter(|(number, _)| *number > 0);
    let parts: Vec<String> = parts
        .map(|(number, word)| format!("{number} {word}"))
        .collect();
    parts.join(glue)
}
