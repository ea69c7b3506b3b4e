//! The sentences of the board of the stages.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

table! {
    BoardText
    words {
        title note no_stage empty more move_to choose_stage reason choose_reason why_back note_hint steps date do_move by_mistake
        keys_hint by_rules contested_text leave_there going_on going_on_open going_on_note nobody_goes_on nobody_goes_on_note
    }
    phrases {
        moved: fn(&str, &str) -> String,
        moving: fn(&str, &str) -> String,
        contested: fn(&str) -> String,
        move_anyway: fn(&str) -> String,
        average: fn(u32) -> String,
        head: fn(&str, u64) -> String,
        days: fn(u32) -> String,
        stuck_for: fn(u32) -> String,
        looked_at: fn(&str, &str) -> String,
        let_go_on: fn(u64) -> String,
        went_on: fn(u64) -> String,
        and_more: fn(&str) -> String,
        why: fn(&str) -> Option<&'static str>,
    }
}
