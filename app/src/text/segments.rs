//! The sentences of the screens of segments, and of conditions.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use crate::state::condition_form::{Ask, How, Join};

table! {
    SegmentsText
    words {
        title note new name people who tag none_yet none_yet_text no_such no_such_text to_segments
        public public_note public_badge no_tag id id_hint unsaved saved more remove remove_question remove_text
        members add_member add_member_hint take_out by_hand_note no_members
        conflict conflict_text theirs mine take_theirs keep_mine
        counts counting incomplete incomplete_text some_of_them
        join_label not_label ask_label how_label is is_not values field choose type_one path asset for_seconds any_length
        from to days times within_days from_today_hint remove_line remove_group add_line add_group everybody nobody
        and or read_only
    }
    phrases {
        ask: fn(Ask) -> &'static str,
        how: fn(How) -> &'static str,
        join: fn(Join) -> &'static str,
        no_parts: fn(Join) -> &'static str,
        seconds: fn(u32) -> String,
        of_leads: fn(&str) -> String,
        looked_at: fn(&str, &str) -> String,
        sifting: fn(&str, &str) -> String,
        added: fn(&str) -> String,
        removed: fn(&str) -> String,
        is_removed: fn(&str) -> String,
        why: fn(&str) -> &'static str,
        happened: fn(&str, &str, &str) -> String,
        between: fn(&str, &str) -> String,
        silent: fn(&str) -> String,
        not: fn(&str) -> String,
    }
}
