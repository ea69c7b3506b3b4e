//! The sentences of what a day asks.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use domain::conversation::Outcome;
use domain::task::{Kind, Why};

table! {
    TodayText
    words {
        title mine everyone promises promises_none tasks tasks_none hot hot_none forgotten forgotten_none
        suggestions suggestions_none done finish outcome note note_hint next_on
        save dismiss dismissed plan_call settled same_person own_key member quiet quiet_text
    }
    phrases {
        kind: fn(Kind) -> &'static str,
        why: fn(&Why) -> &'static str,
        outcome_name: fn(Outcome) -> &'static str,
        late: fn(&str) -> String,
        left: fn(&str) -> String,
        rose: fn(i32, i32) -> String,
        silent_for: fn(u32) -> String,
        was_done: fn(&str) -> String,
        planned: fn(&str) -> String,
        accepted: fn(&str) -> String,
        more: fn(u64) -> String,
    }
}
