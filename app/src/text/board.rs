//! The sentences of the board of the stages.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

table! {
    BoardText
    words {
        title note no_stage empty more move_to choose_stage reason choose_reason why_back note_hint steps date do_move by_mistake
        keys_hint conflict
    }
    phrases {
        moved: fn(&str, &str) -> String,
        moving: fn(&str, &str) -> String,
        days: fn(u32) -> String,
        stuck_for: fn(u32) -> String,
        why: fn(&str) -> Option<&'static str>,
    }
}
